//! Tiles' geometry in the GPU's memory.

use super::pipeline::texture_bind;
use super::uploads::Uploads;
use crate::draw::{MeshHandle, TileMesh};
use std::collections::HashMap;

/// Texels a row of the textures that vertices are pulled from; the shaders shift by its bits.
const WIDTH: u32 = 1 << 10;

/// One tile's geometry. What a tile has none of is absent.
pub struct GpuMesh {
    /// Corners and indices of fills.
    pub fills: Option<(wgpu::Buffer, wgpu::Buffer)>,
    /// Pieces of lines.
    pub segments: Option<wgpu::BindGroup>,
    /// Points.
    pub dots: Option<wgpu::BindGroup>,
}

/// All of them, by handle.
#[derive(Default)]
pub struct Meshes {
    last: u32,
    held: HashMap<MeshHandle, GpuMesh>,
}

impl Meshes {
    /// Copies a tile's mesh to the GPU.
    pub fn add(
        &mut self,
        device: &wgpu::Device,
        uploads: &Uploads,
        layout: &wgpu::BindGroupLayout,
        mesh: &TileMesh,
    ) -> MeshHandle {
        let fills = (!mesh.indices.is_empty()).then(|| {
            let vertices = bytemuck::cast_slice(&mesh.vertices);
            let indices = bytemuck::cast_slice(&mesh.indices);
            (
                uploads.new_buffer(device, "tile corners", wgpu::BufferUsages::VERTEX, vertices),
                uploads.new_buffer(device, "tile indices", wgpu::BufferUsages::INDEX, indices),
            )
        });
        let pulled = |label, format, texel_bytes: usize, data: &[u8]| {
            (!data.is_empty()).then(|| {
                let texels = (data.len() / texel_bytes) as u32;
                let texture = device.create_texture(&wgpu::TextureDescriptor {
                    label: Some(label),
                    size: wgpu::Extent3d {
                        width: texels.min(WIDTH),
                        height: texels.div_ceil(WIDTH),
                        depth_or_array_layers: 1,
                    },
                    mip_level_count: 1,
                    sample_count: 1,
                    dimension: wgpu::TextureDimension::D2,
                    format,
                    usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                    view_formats: &[],
                });
                uploads.texels(&texture, 0, texel_bytes, data);
                texture_bind(device, label, layout, &texture)
            })
        };
        let gpu = GpuMesh {
            fills,
            segments: pulled("tile lines", wgpu::TextureFormat::Rgba32Uint, 16, bytemuck::cast_slice(&mesh.segments)),
            dots: pulled("tile dots", wgpu::TextureFormat::Rg32Uint, 8, bytemuck::cast_slice(&mesh.dots)),
        };
        self.last += 1;
        let handle = MeshHandle(self.last);
        self.held.insert(handle, gpu);
        handle
    }

    /// A mesh by handle.
    pub fn get(&self, handle: MeshHandle) -> Option<&GpuMesh> {
        self.held.get(&handle)
    }

    /// Lets a mesh go.
    pub fn remove(&mut self, handle: MeshHandle) {
        self.held.remove(&handle);
    }
}
