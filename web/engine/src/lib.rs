//! The map: shapes, state and pixels on WebGPU.
//!
//! `app → layer, source, render, view, input, pick, mesh → platform`; rooms on one line do not know each other and meet in
//! `draw`. Everything compiles natively too, so that all but the pixels is tested without a browser.
#![forbid(unsafe_code)]

pub mod app;
pub mod draw;
pub mod input;
pub mod layer;
pub mod mesh;
pub mod pick;
pub mod platform;
pub mod render;
pub mod source;
pub mod view;

pub use app::{WanggeMap, tile_mesh_bytes};
