//! Keys of the map while it has the focus.

use super::Action;

/// How far an arrow key moves the ground.
const STEP_CSS: f64 = 80.0;

/// How far a key turns the map.
const TURN_DEGREES: f64 = 15.0;

/// What a key does; nothing for keys the map leaves to the page. With shift the arrows to the sides turn the map, and the
/// other two take steps four times as long.
pub fn action_of_key(key: &str, shift: bool) -> Option<Action> {
    let step = if shift { 4.0 * STEP_CSS } else { STEP_CSS };
    let zoom = |levels: f64| Action::ZoomSmoothly { levels, about: None };
    match key {
        "ArrowLeft" if shift => Some(Action::TurnSmoothly { degrees: -TURN_DEGREES }),
        "ArrowRight" if shift => Some(Action::TurnSmoothly { degrees: TURN_DEGREES }),
        "n" | "N" => Some(Action::NorthUp),
        "ArrowLeft" => Some(Action::GlideBy { dx: step, dy: 0.0 }),
        "ArrowRight" => Some(Action::GlideBy { dx: -step, dy: 0.0 }),
        "ArrowUp" => Some(Action::GlideBy { dx: 0.0, dy: step }),
        "ArrowDown" => Some(Action::GlideBy { dx: 0.0, dy: -step }),
        "+" | "=" => Some(zoom(1.0)),
        "-" | "_" => Some(zoom(-1.0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_shows_more_of_the_side_it_points_to() {
        let Some(Action::GlideBy { dx, .. }) = action_of_key("ArrowRight", false) else { panic!("no glide") };
        assert!(dx < 0.0);
    }

    #[test]
    fn shift_and_an_arrow_to_the_side_turn_the_map_and_n_turns_it_back() {
        assert_eq!(action_of_key("ArrowRight", true), Some(Action::TurnSmoothly { degrees: 15.0 }));
        assert_eq!(action_of_key("ArrowLeft", true), Some(Action::TurnSmoothly { degrees: -15.0 }));
        assert_eq!(action_of_key("n", false), Some(Action::NorthUp));
    }

    #[test]
    fn keys_of_the_page_are_left_alone() {
        for key in ["/", "l", "Tab", "Enter", "?"] {
            assert_eq!(action_of_key(key, false), None);
        }
    }
}
