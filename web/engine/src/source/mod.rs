//! Which tiles are needed, which are here, and which stand in for others. Pure: asks for nothing itself.

mod address;
mod cover;
mod store;

pub use address::Address;
pub use cover::{Corners, copies_in_view, tiles_in_view};
pub use store::{Plan, StoreFigures, TileStore};
