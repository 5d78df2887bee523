//! How the camera moves between frames: smooth zooming about a held place, turning, steps of the keyboard, and the slide after a
//! pan is let go.

use super::camera::{Camera, MAX_ZOOM, MIN_ZOOM};

/// Time in which a zoom or a step covers 63 % of what is left.
const EASE_TIME_MS: f64 = 70.0;
/// Time in which a slide loses 63 % of its speed.
const SLIDE_TIME_MS: f64 = 260.0;
/// A slide slower than this ends, CSS pixels a millisecond.
const SLIDE_END: f64 = 0.02;
/// A pan let go slower than this does not slide.
const SLIDE_START: f64 = 0.15;
/// Longest step of one frame: after a pause the motion goes on rather than jumps.
const LONGEST_STEP_MS: f64 = 200.0;

/// Motion under way.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Motion {
    zoom: Option<ZoomMotion>,
    /// Bearing turned to, degrees, whole turns counted.
    turn: Option<f64>,
    glide: Option<(f64, f64)>,
    slide: Option<(f64, f64)>,
    last_ms: Option<f64>,
    reduced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct ZoomMotion {
    target: f64,
    x_css: f64,
    y_css: f64,
}

impl Motion {
    /// Whether anything moves.
    pub fn is_under_way(&self) -> bool {
        self.zoom.is_some() || self.turn.is_some() || self.glide.is_some() || self.slide.is_some()
    }

    /// With reduced motion zooms and turns happen at once and nothing slides.
    pub fn set_reduced(&mut self, reduced: bool) {
        self.reduced = reduced;
    }

    /// Ends all motion where it is.
    pub fn stop(&mut self) {
        self.zoom = None;
        self.turn = None;
        self.glide = None;
        self.slide = None;
    }

    /// Zooms by a number of levels about a picture position; further calls add up.
    pub fn zoom_by(&mut self, camera: &Camera, levels: f64, x_css: f64, y_css: f64) {
        if !(levels.is_finite() && x_css.is_finite() && y_css.is_finite()) {
            return;
        }
        let from = self.zoom.map_or(camera.zoom(), |z| z.target);
        self.slide = None;
        self.zoom = Some(ZoomMotion { target: (from + levels).clamp(MIN_ZOOM, MAX_ZOOM), x_css, y_css });
    }

    /// Turns by degrees about the middle; further calls add up.
    pub fn turn_by(&mut self, camera: &Camera, degrees: f64) {
        if degrees.is_finite() {
            self.turn = Some(self.turn.unwrap_or(camera.bearing()) + degrees);
            self.slide = None;
        }
    }

    /// Turns to a bearing about the middle, the shorter way round.
    pub fn turn_to(&mut self, camera: &Camera, bearing: f64) {
        if bearing.is_finite() {
            self.turn = Some(camera.bearing() + shorter_way(camera.bearing(), bearing));
            self.slide = None;
        }
    }

    /// Moves the ground by a distance in CSS pixels; further calls add up.
    pub fn glide_by(&mut self, dx_css: f64, dy_css: f64) {
        if dx_css.is_finite() && dy_css.is_finite() {
            let (left_x, left_y) = self.glide.unwrap_or_default();
            self.glide = Some((left_x + dx_css, left_y + dy_css));
            self.slide = None;
        }
    }

    /// Lets the ground slide on at a speed in CSS pixels a millisecond.
    pub fn slide(&mut self, vx: f64, vy: f64) {
        let fast = vx.is_finite() && vy.is_finite() && vx.hypot(vy) >= SLIDE_START;
        self.slide = (fast && !self.reduced).then_some((vx, vy));
    }

    /// Moves the camera to where it is at a moment; returns whether it moved.
    pub fn advance(&mut self, camera: &mut Camera, now_ms: f64) -> bool {
        let step = self.last_ms.map_or(16.0, |last| (now_ms - last).clamp(0.0, LONGEST_STEP_MS));
        let before = *camera;
        let share = if self.reduced { 1.0 } else { 1.0 - (-step / EASE_TIME_MS).exp() };
        if let Some(zoom) = self.zoom {
            let mut next = camera.zoom() + (zoom.target - camera.zoom()) * share;
            if (zoom.target - next).abs() < 0.002 {
                next = zoom.target;
                self.zoom = None;
            }
            camera.zoom_about(next, zoom.x_css, zoom.y_css);
        }
        if let Some(target) = self.turn {
            let left = shorter_way(camera.bearing(), target);
            let arrives = left.abs() * (1.0 - share) < 0.05;
            camera.set_bearing(if arrives { target } else { camera.bearing() + left * share });
            self.turn = (!arrives).then_some(target);
        }
        if let Some((dx, dy)) = self.glide {
            let share = if dx.hypot(dy) < 0.5 { 1.0 } else { share };
            camera.pan_by(dx * share, dy * share);
            self.glide = (share < 1.0).then_some((dx * (1.0 - share), dy * (1.0 - share)));
        }
        if let Some((vx, vy)) = self.slide {
            camera.pan_by(vx * step, vy * step);
            let keep = (-step / SLIDE_TIME_MS).exp();
            let slower = (vx * keep, vy * keep);
            self.slide = (slower.0.hypot(slower.1) > SLIDE_END).then_some(slower);
        }
        self.last_ms = self.is_under_way().then_some(now_ms);
        *camera != before
    }
}

/// Degrees to turn by from one bearing to another, −180..180.
fn shorter_way(from: f64, to: f64) -> f64 {
    (to - from + 180.0).rem_euclid(360.0) - 180.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::WorldPoint;

    fn camera() -> Camera {
        let mut camera = Camera::new();
        camera.resize(800.0, 600.0, 1.0);
        camera.look_at(WorldPoint { x: 0.8, y: 0.4 }, 12.0);
        camera
    }

    fn run(motion: &mut Motion, camera: &mut Camera, frames: usize) {
        for frame in 0..frames {
            motion.advance(camera, frame as f64 * 16.0);
        }
    }

    #[test]
    fn a_zoom_arrives_exactly_and_ends() {
        let (mut motion, mut camera) = (Motion::default(), camera());
        motion.zoom_by(&camera, 0.5, 10.0, 10.0);
        motion.zoom_by(&camera, 0.5, 10.0, 10.0);
        run(&mut motion, &mut camera, 120);
        assert_eq!(camera.zoom(), 13.0);
        assert!(!motion.is_under_way());
    }

    #[test]
    fn steps_add_up_and_arrive() {
        let (mut motion, mut camera) = (Motion::default(), camera());
        let held = camera.world_from_css(400.0, 300.0);
        motion.glide_by(-80.0, 0.0);
        motion.glide_by(-80.0, 10.0);
        run(&mut motion, &mut camera, 120);
        let (x, y) = camera.css_from_world(held);
        assert!((x - 240.0).abs() < 1e-6 && (y - 310.0).abs() < 1e-6);
        assert!(!motion.is_under_way());
    }

    #[test]
    fn a_turn_goes_the_shorter_way_and_arrives_exactly() {
        let (mut motion, mut camera) = (Motion::default(), camera());
        camera.set_bearing(340.0);
        motion.turn_to(&camera, 0.0);
        motion.advance(&mut camera, 0.0);
        assert!(camera.bearing() > 340.0, "{}", camera.bearing());
        run(&mut motion, &mut camera, 120);
        assert_eq!(camera.bearing(), 0.0);
        motion.turn_by(&camera, 15.0);
        motion.turn_by(&camera, 15.0);
        run(&mut motion, &mut camera, 120);
        assert_eq!(camera.bearing(), 30.0);
        assert!(!motion.is_under_way());
    }

    #[test]
    fn a_slide_goes_on_where_the_pointer_went_on_a_turned_map() {
        let (mut motion, mut camera) = (Motion::default(), camera());
        camera.set_bearing(90.0);
        let before = camera.centre();
        motion.slide(1.0, 0.0);
        run(&mut motion, &mut camera, 300);
        assert!((camera.centre().x - before.x).abs() < 1e-12);
        assert!(camera.centre().y < before.y, "with east up, what lies left is north");
    }

    #[test]
    fn a_slide_comes_to_rest() {
        let (mut motion, mut camera) = (Motion::default(), camera());
        motion.slide(1.0, 0.0);
        let before = camera.centre();
        run(&mut motion, &mut camera, 300);
        assert!(camera.centre().x < before.x);
        assert!(!motion.is_under_way());
    }

    #[test]
    fn reduced_motion_zooms_at_once_and_never_slides() {
        let (mut motion, mut camera) = (Motion::default(), camera());
        motion.set_reduced(true);
        motion.slide(5.0, 5.0);
        motion.zoom_by(&camera, 2.0, 1.0, 1.0);
        motion.advance(&mut camera, 0.0);
        assert_eq!(camera.zoom(), 14.0);
        assert!(!motion.is_under_way());
    }
}
