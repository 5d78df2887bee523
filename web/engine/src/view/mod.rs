//! Where the map is looked at: the camera and how it moves. Knows nothing of tiles' contents or of the GPU.

mod camera;
#[cfg(test)]
mod camera_tests;
mod motion;
mod world;

pub use camera::{Camera, MAX_ZOOM, MIN_ZOOM, TILE_PX};
pub use motion::Motion;
pub use world::{WorldBox, WorldPoint};
