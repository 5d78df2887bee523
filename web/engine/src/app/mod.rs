//! The map as a whole: ties the rooms together and is the handle the page holds.

mod canvas_events;
mod handle;
mod inbox;
mod map;
mod options;
mod picking;
mod stats;
mod tile_work;

pub use handle::{WanggeMap, tile_mesh_bytes};
