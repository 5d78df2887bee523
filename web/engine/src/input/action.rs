//! Actions: what a gesture asks of the view.

/// One thing to do to the view. Places are CSS pixels from the picture's upper left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    /// End motion under way.
    Hold,
    /// Move the ground.
    PanBy {
        /// To the right.
        dx: f64,
        /// Down.
        dy: f64,
    },
    /// Move the ground smoothly, as keys do.
    GlideBy {
        /// To the right.
        dx: f64,
        /// Down.
        dy: f64,
    },
    /// Let the ground slide on, CSS pixels a millisecond.
    Slide {
        /// To the right.
        vx: f64,
        /// Down.
        vy: f64,
    },
    /// Zoom at once, as fingers do.
    ZoomNow {
        /// Levels in.
        levels: f64,
        /// Held place.
        x: f64,
        /// Held place.
        y: f64,
    },
    /// Turn at once, as fingers and drags do.
    TurnNow {
        /// What is added to the bearing.
        degrees: f64,
        /// Held place; the middle of the picture when absent.
        about: Option<(f64, f64)>,
    },
    /// Turn smoothly about the middle, as keys do.
    TurnSmoothly {
        /// What is added to the bearing.
        degrees: f64,
    },
    /// Turn smoothly until north is up.
    NorthUp,
    /// Zoom smoothly, as a wheel or a double click does.
    ZoomSmoothly {
        /// Levels in.
        levels: f64,
        /// Held place; the middle of the picture when absent.
        about: Option<(f64, f64)>,
    },
}
