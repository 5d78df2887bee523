//! State tables in the GPU's memory: a texture a table, a texel a slot.

use super::pipeline::texture_bind;
use super::scatter::Scatter;
use super::uploads::Uploads;
use crate::draw::{TableId, TableUpdate};

/// Texels a row; the shaders shift by its bits.
pub const WIDTH: u32 = 1 << 10;
/// More changes at once than this are scattered by one pass instead of written one by one.
const SCATTER_FROM: usize = 64;

/// A table.
pub struct Table {
    id: TableId,
    texture: wgpu::Texture,
    bind: wgpu::BindGroup,
}

impl Table {
    /// An empty table: one row of zeros.
    pub fn new(device: &wgpu::Device, layout: &wgpu::BindGroupLayout, id: TableId) -> Self {
        let texture = texture_of(device, id, 1);
        Self { id, bind: texture_bind(device, "state table", layout, &texture), texture }
    }

    /// Format of a table's texels.
    pub fn format(id: TableId) -> wgpu::TextureFormat {
        match id {
            TableId::Dots => wgpu::TextureFormat::R8Uint,
            TableId::Fills => wgpu::TextureFormat::R32Uint,
        }
    }

    /// Bind group for the shaders that read it.
    pub fn bind_group(&self) -> &wgpu::BindGroup {
        &self.bind
    }

    /// Brings it up to date. Few changes are written texel by texel, many by a pass of `scatter`.
    pub fn apply(
        &mut self,
        device: &wgpu::Device,
        uploads: &Uploads,
        layout: &wgpu::BindGroupLayout,
        scatter: &mut Scatter,
        update: &TableUpdate,
    ) {
        let bytes = self.id.value_bytes();
        match update {
            TableUpdate::Whole(values) => {
                let rows = ((values.len() / bytes) as u32).div_ceil(WIDTH).max(1);
                if rows != self.texture.height() {
                    self.texture = texture_of(device, self.id, rows);
                    self.bind = texture_bind(device, "state table", layout, &self.texture);
                }
                uploads.texels(&self.texture, 0, bytes, values);
            }
            TableUpdate::Some(edits) if edits.len() > SCATTER_FROM => {
                scatter.run(device, uploads, self.id, &self.texture, edits);
            }
            TableUpdate::Some(edits) => {
                for edit in edits.iter().filter(|e| e.slot / WIDTH < self.texture.height()) {
                    uploads.texels(&self.texture, edit.slot, bytes, &edit.bits.to_le_bytes()[..bytes]);
                }
            }
        }
    }
}

fn texture_of(device: &wgpu::Device, id: TableId, rows: u32) -> wgpu::Texture {
    let most = device.limits().max_texture_dimension_2d;
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("state table"),
        size: wgpu::Extent3d { width: WIDTH, height: rows.min(most), depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: Table::format(id),
        usage: wgpu::TextureUsages::TEXTURE_BINDING
            | wgpu::TextureUsages::COPY_DST
            | wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    })
}
