//! Where the map is looked at: the camera and how it moves. Knows nothing of tiles' contents or of the GPU.

mod camera;
mod motion;

pub use camera::{Camera, MAX_ZOOM, MIN_ZOOM, TILE_PX, WorldBox, WorldPoint};
pub use motion::Motion;
