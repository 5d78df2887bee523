//! From a vector tile's bytes to geometry ready for the GPU. Pure: runs in the worker, and in tests.

mod borders;
mod builder;
mod fill;

pub use builder::tile_mesh;
