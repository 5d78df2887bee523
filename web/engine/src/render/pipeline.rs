//! What all map pipelines have in common: blending, samples, and the stencil that cuts a tile at its edge.

use super::targets::{SAMPLES, STENCIL};

/// How a pipeline uses the stencil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileStencil {
    /// Writes the tile's number and no colour.
    Mark,
    /// Draws only where the tile's number stands.
    Inside,
    /// Draws everywhere: dots, which lie in one tile but may hang over its edge.
    Anywhere,
}

/// What differs between map pipelines.
pub struct MapPipeline<'a> {
    /// Name, and stem of the shader's file.
    pub label: &'a str,
    /// The shader.
    pub wgsl: &'a str,
    /// Layouts of the bind groups, in order.
    pub layouts: &'a [&'a wgpu::BindGroupLayout],
    /// The vertex buffer; none when vertices are pulled.
    pub vertices: Option<wgpu::VertexBufferLayout<'a>>,
    /// How triangles follow.
    pub topology: wgpu::PrimitiveTopology,
    /// Use of the stencil.
    pub stencil: TileStencil,
}

impl MapPipeline<'_> {
    /// Builds it for a surface format.
    pub fn build(&self, device: &wgpu::Device, format: wgpu::TextureFormat) -> wgpu::RenderPipeline {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(self.label),
            source: wgpu::ShaderSource::Wgsl(self.wgsl.into()),
        });
        let layouts: Vec<Option<&wgpu::BindGroupLayout>> = self.layouts.iter().copied().map(Some).collect();
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(self.label),
            bind_group_layouts: &layouts,
            immediate_size: 0,
        });
        let buffers: Vec<Option<wgpu::VertexBufferLayout<'_>>> = self.vertices.iter().cloned().map(Some).collect();
        let (compare, pass_op) = match self.stencil {
            TileStencil::Mark => (wgpu::CompareFunction::Always, wgpu::StencilOperation::Replace),
            TileStencil::Inside => (wgpu::CompareFunction::Equal, wgpu::StencilOperation::Keep),
            TileStencil::Anywhere => (wgpu::CompareFunction::Always, wgpu::StencilOperation::Keep),
        };
        let face = wgpu::StencilFaceState {
            compare,
            fail_op: wgpu::StencilOperation::Keep,
            depth_fail_op: wgpu::StencilOperation::Keep,
            pass_op,
        };
        let write_mask =
            if self.stencil == TileStencil::Mark { wgpu::ColorWrites::empty() } else { wgpu::ColorWrites::ALL };
        device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some(self.label),
            layout: Some(&layout),
            vertex: wgpu::VertexState {
                module: &module,
                entry_point: Some("vertex"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                buffers: &buffers,
            },
            primitive: wgpu::PrimitiveState { topology: self.topology, ..Default::default() },
            depth_stencil: Some(wgpu::DepthStencilState {
                format: STENCIL,
                depth_write_enabled: None,
                depth_compare: None,
                stencil: wgpu::StencilState { front: face, back: face, read_mask: 0xFF, write_mask: 0xFF },
                bias: wgpu::DepthBiasState::default(),
            }),
            multisample: wgpu::MultisampleState { count: SAMPLES, ..Default::default() },
            fragment: Some(wgpu::FragmentState {
                module: &module,
                entry_point: Some("fragment"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                targets: &[Some(wgpu::ColorTargetState {
                    format,
                    blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                    write_mask,
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}

/// Layout of a bind group with one unsigned-integer texture.
pub fn texture_layout(device: &wgpu::Device, label: &str) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some(label),
        entries: &[wgpu::BindGroupLayoutEntry {
            binding: 0,
            visibility: wgpu::ShaderStages::VERTEX,
            ty: wgpu::BindingType::Texture {
                sample_type: wgpu::TextureSampleType::Uint,
                view_dimension: wgpu::TextureViewDimension::D2,
                multisampled: false,
            },
            count: None,
        }],
    })
}

/// Bind group of one texture.
pub fn texture_bind(
    device: &wgpu::Device,
    label: &str,
    layout: &wgpu::BindGroupLayout,
    texture: &wgpu::Texture,
) -> wgpu::BindGroup {
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some(label),
        layout,
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) }],
    })
}

/// Attributes of a fill's vertex: position and slot.
pub const FILL_ATTRIBUTES: [wgpu::VertexAttribute; 2] = wgpu::vertex_attr_array![0 => Sint16x2, 1 => Uint32];

/// Buffer layout of a fill's vertices.
pub fn fill_vertices() -> wgpu::VertexBufferLayout<'static> {
    wgpu::VertexBufferLayout { array_stride: 8, step_mode: wgpu::VertexStepMode::Vertex, attributes: &FILL_ATTRIBUTES }
}
