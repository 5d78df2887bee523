//! Lines: roads, fences, outlines.

use super::pipeline::{MapPipeline, TileStencil};

/// Vertices of one piece.
pub const VERTICES: u32 = 6;

/// The pipeline; draw [`VERTICES`] a piece. The third bind group is the tile's pieces.
pub fn pipeline(
    device: &wgpu::Device,
    format: wgpu::TextureFormat,
    layouts: &[&wgpu::BindGroupLayout; 3],
) -> wgpu::RenderPipeline {
    MapPipeline {
        label: "line",
        wgsl: include_str!("line.wgsl"),
        layouts,
        vertices: None,
        topology: wgpu::PrimitiveTopology::TriangleList,
        stencil: TileStencil::Inside,
    }
    .build(device, format)
}
