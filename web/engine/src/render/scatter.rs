//! Many changes of a table at once: one small render pass into its texture, a point a change.

use super::table::Table;
use super::uploads::Uploads;
use crate::draw::{TableEdit, TableId};

const EDIT_ATTRIBUTES: [wgpu::VertexAttribute; 2] = wgpu::vertex_attr_array![0 => Uint32, 1 => Uint32];

/// The pipelines and the buffer changes are handed over in.
pub struct Scatter {
    dots: wgpu::RenderPipeline,
    fills: wgpu::RenderPipeline,
    size: wgpu::Buffer,
    bind: wgpu::BindGroup,
    edits: wgpu::Buffer,
}

impl Scatter {
    /// Builds the pipelines.
    pub fn new(device: &wgpu::Device) -> Self {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("scatter"),
            source: wgpu::ShaderSource::Wgsl(include_str!("scatter.wgsl").into()),
        });
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("scatter"),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::VERTEX,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: None,
                },
                count: None,
            }],
        });
        let size = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("scatter size"),
            size: 16,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let bind = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("scatter"),
            layout: &layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: size.as_entire_binding() }],
        });
        let pipeline = |id| pipeline_for(device, &module, &layout, Table::format(id));
        Self {
            dots: pipeline(TableId::Dots),
            fills: pipeline(TableId::Fills),
            size,
            bind,
            edits: edit_buffer(device, 4096),
        }
    }

    /// Writes the changes; each slot at most once, so their order does not matter. Slots beyond the table fall off its
    /// edge. Submits its own work, because the buffer is used again by the next call.
    pub fn run(
        &mut self,
        device: &wgpu::Device,
        uploads: &Uploads,
        id: TableId,
        texture: &wgpu::Texture,
        edits: &[TableEdit],
    ) {
        let bytes: &[u8] = bytemuck::cast_slice(edits);
        if bytes.len() as u64 > self.edits.size() {
            self.edits = edit_buffer(device, (bytes.len() as u64).next_power_of_two());
        }
        uploads.buffer(&self.edits, 0, bytes);
        uploads.buffer(&self.size, 0, bytemuck::bytes_of(&[texture.height() as f32, 0.0, 0.0, 0.0]));
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("scatter") });
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("scatter"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations { load: wgpu::LoadOp::Load, store: wgpu::StoreOp::Store },
                })],
                depth_stencil_attachment: None,
                timestamp_writes: None,
                occlusion_query_set: None,
                multiview_mask: None,
            });
            pass.set_pipeline(match id {
                TableId::Dots => &self.dots,
                TableId::Fills => &self.fills,
            });
            pass.set_bind_group(0, &self.bind, &[]);
            pass.set_vertex_buffer(0, self.edits.slice(..bytes.len() as u64));
            pass.draw(0..edits.len() as u32, 0..1);
        }
        uploads.queue().submit([encoder.finish()]);
    }
}

fn edit_buffer(device: &wgpu::Device, size: u64) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("scatter edits"),
        size,
        usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

fn pipeline_for(
    device: &wgpu::Device,
    module: &wgpu::ShaderModule,
    bind: &wgpu::BindGroupLayout,
    format: wgpu::TextureFormat,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("scatter"),
        bind_group_layouts: &[Some(bind)],
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("scatter"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("vertex"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[Some(wgpu::VertexBufferLayout {
                array_stride: 8,
                step_mode: wgpu::VertexStepMode::Vertex,
                attributes: &EDIT_ATTRIBUTES,
            })],
        },
        primitive: wgpu::PrimitiveState { topology: wgpu::PrimitiveTopology::PointList, ..Default::default() },
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some("fragment"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(wgpu::ColorTargetState { format, blend: None, write_mask: wgpu::ColorWrites::ALL })],
        }),
        multiview_mask: None,
        cache: None,
    })
}
