//! Gestures: dragging, pinching, twisting, turning the wheel and tapping twice, told from raw events.

use super::{Action, InputEvent, Pointer, PointerKind, WheelUnit, action_of_key};
use std::collections::VecDeque;

/// A pointer that moves less is a click, CSS pixels.
const CLICK_SLOP_CSS: f64 = 4.0;
/// The same for a finger.
const TAP_SLOP_CSS: f64 = 10.0;
/// Longest time between the two taps of a double tap.
const DOUBLE_TAP_MS: f64 = 300.0;
/// Farthest the second tap may be from the first.
const DOUBLE_TAP_CSS: f64 = 30.0;
/// The speed of a slide is measured over this time before the pointer went up.
const SPEED_WINDOW_MS: f64 = 90.0;
/// Wheel pixels of one zoom level.
const WHEEL_PX_PER_LEVEL: f64 = 300.0;
/// The same for a pinch on a touch pad, whose numbers are small.
const PINCH_PX_PER_LEVEL: f64 = 60.0;

/// Degrees a drag turns the map by, a CSS pixel to the right.
const TURN_PER_CSS: f64 = 0.6;
/// Two fingers that twist by less only pinch, degrees.
const TWIST_SLOP: f64 = 9.0;

/// Tells gestures from raw events; one for each map.
#[derive(Debug, Clone, Default)]
pub struct Recognizer {
    down: Vec<Pointer>,
    pressed_at: Option<Pointer>,
    dragged: bool,
    /// Whether the one pointer turns the map.
    turns: bool,
    /// How far two fingers twisted so far, degrees, and whether that was far enough to turn the map.
    twist: (f64, bool),
    trail: VecDeque<Pointer>,
    last_tap: Option<Pointer>,
}

impl Recognizer {
    /// Whether the gesture under way, or the last one ended, moved too far to be a click.
    pub fn was_drag(&self) -> bool {
        self.dragged
    }

    /// Takes an event and tells what it asks for.
    pub fn take(&mut self, event: &InputEvent) -> Vec<Action> {
        match event {
            InputEvent::Down(pointer) => self.press(*pointer, false),
            InputEvent::DownToTurn(pointer) => self.press(*pointer, true),
            InputEvent::Move(pointer) => self.follow(*pointer),
            InputEvent::Up(pointer) => self.lift(*pointer),
            InputEvent::Cancel { id } => {
                self.down.retain(|p| p.id != *id);
                self.trail.clear();
                Vec::new()
            }
            InputEvent::Wheel { x, y, delta_y, unit, pinch } => wheel(*x, *y, *delta_y, *unit, *pinch),
            InputEvent::Key { key, shift } => action_of_key(key, *shift).into_iter().collect(),
        }
    }

    fn press(&mut self, pointer: Pointer, turns: bool) -> Vec<Action> {
        self.turns = turns;
        self.twist = (0.0, false);
        self.down.retain(|p| p.id != pointer.id);
        self.down.push(pointer);
        self.trail.clear();
        if self.down.len() == 1 {
            self.pressed_at = Some(pointer);
            self.dragged = false;
        } else {
            self.dragged = true;
        }
        vec![Action::Hold]
    }

    fn follow(&mut self, pointer: Pointer) -> Vec<Action> {
        let Some(place) = self.down.iter().position(|p| p.id == pointer.id) else { return Vec::new() };
        let before = self.down.clone();
        self.down[place] = pointer;
        match before.as_slice() {
            [only] => self.drag(*only, pointer),
            [first, second, ..] if place < 2 => {
                let (before, after) = ((*first, *second), (self.down[0], self.down[1]));
                let mut actions = pinch(before, after);
                actions.extend(self.twist(before, after));
                actions
            }
            _ => Vec::new(),
        }
    }

    fn drag(&mut self, from: Pointer, to: Pointer) -> Vec<Action> {
        let slop = if to.kind == PointerKind::Touch { TAP_SLOP_CSS } else { CLICK_SLOP_CSS };
        if !self.dragged {
            let start = self.pressed_at.unwrap_or(from);
            if distance(start, to) < slop {
                // What moved so far is left out of the drag, so that the ground does not jump when it begins.
                return Vec::new();
            }
            self.dragged = true;
        }
        if self.turns {
            return vec![Action::TurnNow { degrees: (to.x - from.x) * TURN_PER_CSS, about: None }];
        }
        self.trail.push_back(to);
        while self.trail.front().is_some_and(|p| to.at_ms - p.at_ms > SPEED_WINDOW_MS) {
            self.trail.pop_front();
        }
        vec![Action::PanBy { dx: to.x - from.x, dy: to.y - from.y }]
    }

    fn twist(&mut self, before: (Pointer, Pointer), after: (Pointer, Pointer)) -> Option<Action> {
        let angle = |(a, b): (Pointer, Pointer)| (b.y - a.y).atan2(b.x - a.x).to_degrees();
        let turned = (angle(after) - angle(before) + 540.0).rem_euclid(360.0) - 180.0;
        let (twisted, turns) = &mut self.twist;
        *twisted += turned;
        if !*turns {
            // What was twisted so far is left out, so that the ground does not jump when it begins to turn.
            *turns = twisted.abs() >= TWIST_SLOP;
            return None;
        }
        let about = Some(((after.0.x + after.1.x) / 2.0, (after.0.y + after.1.y) / 2.0));
        // Fingers that go round clockwise take the ground along, and what is up moves the other way.
        Some(Action::TurnNow { degrees: -turned, about })
    }

    fn lift(&mut self, pointer: Pointer) -> Vec<Action> {
        let was_down = self.down.len();
        self.down.retain(|p| p.id != pointer.id);
        if was_down == 0 || self.down.len() == was_down {
            return Vec::new();
        }
        if !self.down.is_empty() {
            // One finger of a pinch stays: it goes on as a drag.
            self.trail.clear();
            return Vec::new();
        }
        match (self.dragged, self.turns) {
            (true, _) => self.let_go(pointer),
            (false, false) => self.tap(pointer),
            (false, true) => Vec::new(),
        }
    }

    fn let_go(&mut self, pointer: Pointer) -> Vec<Action> {
        self.last_tap = None;
        let Some(first) = self.trail.pop_front() else { return Vec::new() };
        self.trail.clear();
        let time = pointer.at_ms - first.at_ms;
        if !(10.0..=2.0 * SPEED_WINDOW_MS).contains(&time) {
            return Vec::new();
        }
        vec![Action::Slide { vx: (pointer.x - first.x) / time, vy: (pointer.y - first.y) / time }]
    }

    fn tap(&mut self, pointer: Pointer) -> Vec<Action> {
        let second = self
            .last_tap
            .is_some_and(|t| pointer.at_ms - t.at_ms < DOUBLE_TAP_MS && distance(t, pointer) < DOUBLE_TAP_CSS);
        self.last_tap = (!second).then_some(pointer);
        if second {
            vec![Action::ZoomSmoothly { levels: 1.0, about: Some((pointer.x, pointer.y)) }]
        } else {
            Vec::new()
        }
    }
}

fn distance(a: Pointer, b: Pointer) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn pinch(before: (Pointer, Pointer), after: (Pointer, Pointer)) -> Vec<Action> {
    let middle = |(a, b): (Pointer, Pointer)| ((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
    let (x0, y0) = middle(before);
    let (x1, y1) = middle(after);
    let mut actions = vec![Action::PanBy { dx: x1 - x0, dy: y1 - y0 }];
    let (apart0, apart1) = (distance(before.0, before.1), distance(after.0, after.1));
    if apart0 > 1.0 && apart1 > 1.0 {
        actions.push(Action::ZoomNow { levels: (apart1 / apart0).log2(), x: x1, y: y1 });
    }
    actions
}

fn wheel(x: f64, y: f64, delta_y: f64, unit: WheelUnit, pinch: bool) -> Vec<Action> {
    let px = match unit {
        WheelUnit::Pixel => delta_y,
        WheelUnit::Line => delta_y * 33.0,
        WheelUnit::Page => delta_y * 300.0,
    };
    let per_level = if pinch { PINCH_PX_PER_LEVEL } else { WHEEL_PX_PER_LEVEL };
    let levels = (-px / per_level).clamp(-1.0, 1.0);
    vec![Action::ZoomSmoothly { levels, about: Some((x, y)) }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(id: i32, x: f64, y: f64, at_ms: f64) -> Pointer {
        Pointer { id, kind: PointerKind::Mouse, x, y, at_ms }
    }

    fn pans(actions: &[Action]) -> (f64, f64) {
        actions.iter().fold((0.0, 0.0), |sum, action| match action {
            Action::PanBy { dx, dy } => (sum.0 + dx, sum.1 + dy),
            _ => sum,
        })
    }

    fn feed(recognizer: &mut Recognizer, events: &[InputEvent]) -> Vec<Action> {
        events.iter().flat_map(|event| recognizer.take(event)).collect()
    }

    #[test]
    fn a_press_that_hardly_moves_is_a_click() {
        let mut r = Recognizer::default();
        let actions = feed(
            &mut r,
            &[
                InputEvent::Down(at(1, 10.0, 10.0, 0.0)),
                InputEvent::Move(at(1, 12.0, 11.0, 20.0)),
                InputEvent::Up(at(1, 12.0, 11.0, 40.0)),
            ],
        );
        assert_eq!(actions, [Action::Hold]);
        assert!(!r.was_drag());
    }

    #[test]
    fn a_drag_moves_the_ground_and_slides_when_let_go_fast() {
        let mut r = Recognizer::default();
        let mut events = vec![InputEvent::Down(at(1, 0.0, 0.0, 0.0))];
        events.extend((1..=10).map(|i| InputEvent::Move(at(1, f64::from(i) * 10.0, 0.0, f64::from(i) * 10.0))));
        events.push(InputEvent::Up(at(1, 100.0, 0.0, 105.0)));
        let actions = feed(&mut r, &events);
        assert_eq!(pans(&actions), (100.0, 0.0));
        let Some(Action::Slide { vx, .. }) = actions.last() else { panic!("no slide") };
        assert!((vx - 1.0).abs() < 0.2);
        assert!(r.was_drag());
    }

    #[test]
    fn a_drag_held_still_before_it_is_let_go_does_not_slide() {
        let mut r = Recognizer::default();
        let actions = feed(
            &mut r,
            &[
                InputEvent::Down(at(1, 0.0, 0.0, 0.0)),
                InputEvent::Move(at(1, 50.0, 0.0, 20.0)),
                InputEvent::Up(at(1, 50.0, 0.0, 900.0)),
            ],
        );
        assert!(!actions.iter().any(|a| matches!(a, Action::Slide { .. })));
    }

    #[test]
    fn two_fingers_twice_as_far_apart_zoom_one_level() {
        let mut r = Recognizer::default();
        let actions = feed(
            &mut r,
            &[
                InputEvent::Down(at(1, 100.0, 100.0, 0.0)),
                InputEvent::Down(at(2, 200.0, 100.0, 5.0)),
                InputEvent::Move(at(1, 50.0, 100.0, 20.0)),
                InputEvent::Move(at(2, 250.0, 100.0, 40.0)),
            ],
        );
        let levels: f64 =
            actions.iter().map(|a| if let Action::ZoomNow { levels, .. } = a { *levels } else { 0.0 }).sum();
        assert!((levels - 1.0).abs() < 1e-9);
        assert_eq!(pans(&actions), (0.0, 0.0));
    }

    fn turned(actions: &[Action]) -> f64 {
        actions.iter().map(|a| if let Action::TurnNow { degrees, .. } = a { *degrees } else { 0.0 }).sum()
    }

    #[test]
    fn a_drag_with_the_other_button_turns_and_neither_pans_nor_slides() {
        let mut r = Recognizer::default();
        let mut events = vec![InputEvent::DownToTurn(at(1, 0.0, 0.0, 0.0))];
        events.extend((1..=10).map(|i| InputEvent::Move(at(1, f64::from(i) * 10.0, 3.0, f64::from(i) * 10.0))));
        events.push(InputEvent::Up(at(1, 100.0, 3.0, 105.0)));
        let actions = feed(&mut r, &events);
        assert!((turned(&actions) - 60.0).abs() < 1e-9, "{actions:?}");
        assert!(!actions.iter().any(|a| matches!(a, Action::PanBy { .. } | Action::Slide { .. })));
        assert!(r.was_drag());
    }

    #[test]
    fn fingers_that_twist_turn_the_ground_with_them_and_a_plain_pinch_does_not() {
        let around = |degrees: f64| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            [at(1, 200.0 - 80.0 * cos, 200.0 - 80.0 * sin, 0.0), at(2, 200.0 + 80.0 * cos, 200.0 + 80.0 * sin, 0.0)]
        };
        let mut r = Recognizer::default();
        feed(&mut r, &around(0.0).map(InputEvent::Down));
        let few = feed(&mut r, &around(5.0).map(InputEvent::Move));
        assert_eq!(turned(&few), 0.0, "a hand is never quite still");
        let more: Vec<Action> =
            (6..=40).flat_map(|d| feed(&mut r, &around(f64::from(d)).map(InputEvent::Move))).collect();
        let degrees = turned(&more);
        assert!((-32.0..-29.0).contains(&degrees), "turned by {degrees}");
    }

    #[test]
    fn two_quick_taps_zoom_in_where_they_fell() {
        let mut r = Recognizer::default();
        let tap = |t: f64| [InputEvent::Down(at(1, 40.0, 50.0, t)), InputEvent::Up(at(1, 40.0, 50.0, t + 30.0))];
        assert_eq!(feed(&mut r, &tap(0.0)), [Action::Hold]);
        let actions = feed(&mut r, &tap(150.0));
        assert!(actions.contains(&Action::ZoomSmoothly { levels: 1.0, about: Some((40.0, 50.0)) }));
        assert_eq!(feed(&mut r, &tap(250.0)), [Action::Hold], "a third tap begins anew");
    }

    #[test]
    fn a_wheel_turned_away_zooms_in_under_the_cursor() {
        let mut r = Recognizer::default();
        let event = InputEvent::Wheel { x: 5.0, y: 6.0, delta_y: -100.0, unit: WheelUnit::Pixel, pinch: false };
        let actions = r.take(&event);
        let [Action::ZoomSmoothly { levels, about }] = actions.as_slice() else { panic!("{actions:?}") };
        assert!(*levels > 0.2 && *about == Some((5.0, 6.0)));
    }
}
