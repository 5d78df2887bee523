//! Triangles of one colour: water, green, buildings, a selected area.

use super::pipeline::{MapPipeline, TileStencil, fill_vertices};

/// The pipeline; draw a run of indices.
pub fn pipeline(
    device: &wgpu::Device,
    format: wgpu::TextureFormat,
    layouts: &[&wgpu::BindGroupLayout; 2],
) -> wgpu::RenderPipeline {
    MapPipeline {
        label: "fill",
        wgsl: include_str!("fill.wgsl"),
        layouts,
        vertices: Some(fill_vertices()),
        topology: wgpu::PrimitiveTopology::TriangleList,
        stencil: TileStencil::Inside,
    }
    .build(device, format)
}
