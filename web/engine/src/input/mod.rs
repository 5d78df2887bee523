//! What people do with mouse, finger and keyboard: raw events become gestures, gestures become actions. Pure.

mod action;
mod event;
mod gesture;
mod keyboard;

pub use action::Action;
pub use event::{InputEvent, Pointer, PointerKind, WheelUnit};
pub use gesture::Recognizer;
pub use keyboard::action_of_key;
