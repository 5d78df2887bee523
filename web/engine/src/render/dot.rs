//! Dots: one point a feature, shaped and coloured by a table.

use super::pipeline::{MapPipeline, TileStencil};

/// Vertices of one dot.
pub const VERTICES: u32 = 3;

/// The pipeline; draw [`VERTICES`] a dot. The third bind group is the tile's points, the fourth the table.
pub fn pipeline(
    device: &wgpu::Device,
    format: wgpu::TextureFormat,
    layouts: &[&wgpu::BindGroupLayout; 4],
) -> wgpu::RenderPipeline {
    MapPipeline {
        label: "dot",
        wgsl: include_str!("dot.wgsl"),
        layouts,
        vertices: None,
        topology: wgpu::PrimitiveTopology::TriangleList,
        stencil: TileStencil::Anywhere,
    }
    .build(device, format)
}
