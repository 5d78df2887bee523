//! Pixels: carries out a [`DrawList`] on WebGPU. Names no domain type and decides nothing about what is shown.
//!
//! [`DrawList`]: crate::draw::DrawList

mod coverage;
mod dot;
mod fill;
mod gpu;
mod line;
mod mask;
mod meshes;
mod pipeline;
mod renderer;
mod scatter;
mod table;
mod targets;
mod uniforms;
mod uploads;

pub use gpu::{Gpu, GpuError};
pub use renderer::{FrameFigures, Renderer};

#[cfg(test)]
mod shader_tests;
