//! Tiles' parts of the screen, marked in the stencil.

use super::pipeline::{MapPipeline, TileStencil};

/// The pipeline; draw four vertices.
pub fn pipeline(
    device: &wgpu::Device,
    format: wgpu::TextureFormat,
    tile: &wgpu::BindGroupLayout,
) -> wgpu::RenderPipeline {
    MapPipeline {
        label: "mask",
        wgsl: include_str!("mask.wgsl"),
        layouts: &[tile],
        vertices: None,
        topology: wgpu::PrimitiveTopology::TriangleStrip,
        stencil: TileStencil::Mark,
    }
    .build(device, format)
}
