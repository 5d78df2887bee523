//! Triangles coloured by a table: how much of an area is done.

use super::pipeline::{MapPipeline, TileStencil, fill_vertices};

/// The pipeline; draw a run of indices. The third bind group is the table.
pub fn pipeline(
    device: &wgpu::Device,
    format: wgpu::TextureFormat,
    layouts: &[&wgpu::BindGroupLayout; 3],
) -> wgpu::RenderPipeline {
    MapPipeline {
        label: "coverage",
        wgsl: include_str!("coverage.wgsl"),
        layouts,
        vertices: Some(fill_vertices()),
        topology: wgpu::PrimitiveTopology::TriangleList,
        stencil: TileStencil::Inside,
    }
    .build(device, format)
}
