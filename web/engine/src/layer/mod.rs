//! What the map shows: reads the style, keeps the state, and writes the draw list. Names nothing of the GPU.

mod color;
mod curve;
mod doors;
mod paints;
mod scene;
mod state;
mod style;

pub use scene::{Scene, SceneTile, Selection, draw_list};
pub use state::States;
pub use style::{Style, StyleError};
