//! What is drawn into before it reaches the canvas: a multisampled colour and a stencil of the same size.

/// Samples a pixel. Four give fills smooth edges; lines and dots are smooth by themselves.
pub const SAMPLES: u32 = 4;
/// Format of the stencil.
pub const STENCIL: wgpu::TextureFormat = wgpu::TextureFormat::Stencil8;

/// Multisampled colour and stencil.
pub struct Targets {
    size_px: (u32, u32),
    color: wgpu::TextureView,
    stencil: wgpu::TextureView,
}

impl Targets {
    /// Targets of a size, px.
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat, size_px: (u32, u32)) -> Self {
        let view = |label, format| {
            let texture = device.create_texture(&wgpu::TextureDescriptor {
                label: Some(label),
                size: wgpu::Extent3d { width: size_px.0, height: size_px.1, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: SAMPLES,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
                view_formats: &[],
            });
            texture.create_view(&wgpu::TextureViewDescriptor::default())
        };
        Self { size_px, color: view("map color", format), stencil: view("map stencil", STENCIL) }
    }

    /// Size, px.
    pub fn size_px(&self) -> (u32, u32) {
        self.size_px
    }

    /// Begins the pass that draws the map into a picture over a background of sRGB with premultiplied alpha.
    pub fn begin<'e>(
        &self,
        encoder: &'e mut wgpu::CommandEncoder,
        picture: &wgpu::TextureView,
        background: [f32; 4],
    ) -> wgpu::RenderPass<'e> {
        let [r, g, b, a] = background.map(f64::from);
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("map"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &self.color,
                depth_slice: None,
                resolve_target: Some(picture),
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a }),
                    store: wgpu::StoreOp::Discard,
                },
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &self.stencil,
                depth_ops: None,
                stencil_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(0), store: wgpu::StoreOp::Discard }),
            }),
            timestamp_writes: None,
            occlusion_query_set: None,
            multiview_mask: None,
        })
    }
}
