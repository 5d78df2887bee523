//! Uniform blocks of one frame, many in one buffer, written only when they differ from the frame before.

use super::uploads::Uploads;
use std::num::NonZeroU64;

/// A buffer of equal blocks, each bound through a dynamic offset.
pub struct Uniforms {
    label: &'static str,
    block: u64,
    layout: wgpu::BindGroupLayout,
    buffer: wgpu::Buffer,
    bind: wgpu::BindGroup,
    shown: Vec<u8>,
}

impl Uniforms {
    /// A buffer for blocks of at most `block_bytes`.
    pub fn new(device: &wgpu::Device, label: &'static str, block_bytes: usize) -> Self {
        let align = u64::from(device.limits().min_uniform_buffer_offset_alignment).max(16);
        let block = (block_bytes as u64).next_multiple_of(align);
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some(label),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: true,
                    min_binding_size: None,
                },
                count: None,
            }],
        });
        let buffer = new_buffer(device, label, block);
        let bind = bind(device, label, &layout, &buffer, block);
        Self { label, block, layout, buffer, bind, shown: Vec::new() }
    }

    /// Layout of the bind group.
    pub fn layout(&self) -> &wgpu::BindGroupLayout {
        &self.layout
    }

    /// The bind group; its offset is [`Uniforms::offset`] of a block.
    pub fn bind_group(&self) -> &wgpu::BindGroup {
        &self.bind
    }

    /// Offset of a block.
    pub fn offset(&self, index: u16) -> u32 {
        self.block as u32 * u32::from(index)
    }

    /// Makes these the blocks; nothing is written where nothing changed.
    pub fn show<'a>(&mut self, device: &wgpu::Device, uploads: &Uploads, blocks: impl Iterator<Item = &'a [u8]>) {
        let mut bytes = Vec::with_capacity(self.shown.len());
        for block in blocks {
            bytes.extend_from_slice(block);
            bytes.resize(bytes.len().next_multiple_of(self.block as usize), 0);
        }
        if bytes.len() as u64 > self.buffer.size() {
            self.buffer = new_buffer(device, self.label, (bytes.len() as u64).next_power_of_two());
            self.bind = bind(device, self.label, &self.layout, &self.buffer, self.block);
            self.shown.clear();
        }
        if bytes != self.shown {
            uploads.buffer(&self.buffer, 0, &bytes);
            self.shown = bytes;
        }
    }
}

fn new_buffer(device: &wgpu::Device, label: &str, size: u64) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(label),
        size,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

fn bind(
    device: &wgpu::Device,
    label: &str,
    layout: &wgpu::BindGroupLayout,
    buffer: &wgpu::Buffer,
    block: u64,
) -> wgpu::BindGroup {
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some(label),
        layout,
        entries: &[wgpu::BindGroupEntry {
            binding: 0,
            resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer,
                offset: 0,
                size: NonZeroU64::new(block),
            }),
        }],
    })
}
