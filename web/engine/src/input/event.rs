//! Raw events, as the browser tells them, in CSS pixels of the canvas and milliseconds.

/// What touches the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerKind {
    /// Mouse.
    Mouse,
    /// Finger.
    Touch,
    /// Pen.
    Pen,
}

/// A pointer at a place and a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pointer {
    /// Tells pointers apart.
    pub id: i32,
    /// What it is.
    pub kind: PointerKind,
    /// Place, CSS pixels from the left.
    pub x: f64,
    /// Place, CSS pixels from the top.
    pub y: f64,
    /// Moment.
    pub at_ms: f64,
}

/// What a wheel's number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WheelUnit {
    /// CSS pixels.
    Pixel,
    /// Lines.
    Line,
    /// Pages.
    Page,
}

/// A raw event.
#[derive(Debug, Clone, PartialEq)]
pub enum InputEvent {
    /// The primary button or a finger went down.
    Down(Pointer),
    /// The secondary button went down, or the primary one with the control key held: the map is to be turned.
    DownToTurn(Pointer),
    /// A pointer moved.
    Move(Pointer),
    /// A pointer went up.
    Up(Pointer),
    /// The browser took a pointer away.
    Cancel {
        /// Which.
        id: i32,
    },
    /// The wheel turned, or two fingers moved on a touch pad.
    Wheel {
        /// Place, CSS pixels from the left.
        x: f64,
        /// Place, CSS pixels from the top.
        y: f64,
        /// How far; positive is towards the person.
        delta_y: f64,
        /// What `delta_y` counts.
        unit: WheelUnit,
        /// Whether the touch pad says it is a pinch.
        pinch: bool,
    },
    /// A key went down while the map had the focus.
    Key {
        /// Its name, as `KeyboardEvent.key` gives it.
        key: String,
        /// Whether shift was held.
        shift: bool,
    },
}
