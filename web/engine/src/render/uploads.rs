//! The one way to the GPU's memory, counting what goes through it.

use std::cell::Cell;

/// A queue that counts the bytes written through it.
pub struct Uploads {
    queue: wgpu::Queue,
    bytes: Cell<u64>,
}

impl Uploads {
    /// Counts from zero.
    pub fn new(queue: wgpu::Queue) -> Self {
        Self { queue, bytes: Cell::new(0) }
    }

    /// The queue itself, for submitting.
    pub fn queue(&self) -> &wgpu::Queue {
        &self.queue
    }

    /// Bytes written since this was last asked.
    pub fn take_bytes(&self) -> u64 {
        self.bytes.take()
    }

    /// Writes to a buffer.
    pub fn buffer(&self, buffer: &wgpu::Buffer, offset: u64, data: &[u8]) {
        self.bytes.set(self.bytes.get() + data.len() as u64);
        self.queue.write_buffer(buffer, offset, data);
    }

    /// A new buffer with these bytes, padded to a whole word.
    pub fn new_buffer(
        &self,
        device: &wgpu::Device,
        label: &str,
        usage: wgpu::BufferUsages,
        data: &[u8],
    ) -> wgpu::Buffer {
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some(label),
            size: (data.len() as u64).next_multiple_of(wgpu::COPY_BUFFER_ALIGNMENT).max(wgpu::COPY_BUFFER_ALIGNMENT),
            usage: usage | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        if !data.is_empty() {
            self.buffer(&buffer, 0, data);
        }
        buffer
    }

    /// Writes texels in reading order, from one on: the rest of its row, whole rows, then the beginning of the last.
    pub fn texels(&self, texture: &wgpu::Texture, first: u32, texel_bytes: usize, data: &[u8]) {
        let width = texture.width();
        let mut at = first;
        let mut rest = data;
        while !rest.is_empty() {
            let texels = (rest.len() / texel_bytes) as u32;
            let column = at % width;
            let (columns, rows) =
                if column != 0 || texels < width { ((width - column).min(texels), 1) } else { (width, texels / width) };
            let (now, later) = rest.split_at((columns * rows) as usize * texel_bytes);
            self.bytes.set(self.bytes.get() + now.len() as u64);
            self.queue.write_texture(
                wgpu::TexelCopyTextureInfo {
                    texture,
                    mip_level: 0,
                    origin: wgpu::Origin3d { x: column, y: at / width, z: 0 },
                    aspect: wgpu::TextureAspect::All,
                },
                now,
                wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(columns * texel_bytes as u32),
                    rows_per_image: None,
                },
                wgpu::Extent3d { width: columns, height: rows, depth_or_array_layers: 1 },
            );
            at += columns * rows;
            rest = later;
            if texels == 0 {
                return;
            }
        }
    }
}
