//! Carries out a draw list, and holds what draws refer to: meshes and tables.

use super::meshes::Meshes;
use super::pipeline::texture_layout;
use super::scatter::Scatter;
use super::table::Table;
use super::targets::Targets;
use super::uniforms::Uniforms;
use super::uploads::Uploads;
use super::{Gpu, coverage, dot, fill, line, mask};
use crate::draw::{Draw, DrawList, MeshHandle, Paint, TableId, TableUpdate, TileMesh, TilePlacement};
use bytemuck::{Pod, Zeroable};

/// What one frame cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FrameFigures {
    /// Draw calls, the tiles' masks among them.
    pub draw_calls: u32,
    /// Vertices they ran over.
    pub vertices: u64,
    /// Bytes written to the GPU since the frame before.
    pub uploaded_bytes: u64,
}

/// A tile's block, as the shaders read it.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct TileBlock {
    clip_from_tile: [f32; 6],
    half_viewport_px: [f32; 2],
    pattern_from_tile: f32,
    screen_from_pattern: f32,
    pixel_ratio: f32,
    pad: f32,
}

/// Bytes of the largest paint.
const PAINT_BYTES: usize = size_of::<crate::draw::DotPaint>();

struct Pipelines {
    mask: wgpu::RenderPipeline,
    fill: wgpu::RenderPipeline,
    coverage: wgpu::RenderPipeline,
    line: wgpu::RenderPipeline,
    dot: wgpu::RenderPipeline,
}

/// Everything on the GPU.
pub struct Renderer {
    gpu: Gpu,
    uploads: Uploads,
    data_layout: wgpu::BindGroupLayout,
    tile_blocks: Uniforms,
    paint_blocks: Uniforms,
    pipelines: Pipelines,
    scatter: Scatter,
    dot_table: Table,
    fill_table: Table,
    meshes: Meshes,
    targets: Option<Targets>,
}

impl Renderer {
    /// Builds the pipelines on an open device.
    pub fn new(gpu: Gpu) -> Self {
        let device = &gpu.device;
        let tile_blocks = Uniforms::new(device, "tiles", size_of::<TileBlock>());
        let paint_blocks = Uniforms::new(device, "paints", PAINT_BYTES);
        let data_layout = texture_layout(device, "pulled data");
        let (tile, paint, data) = (tile_blocks.layout(), paint_blocks.layout(), &data_layout);
        let format = gpu.format();
        let pipelines = Pipelines {
            mask: mask::pipeline(device, format, tile),
            fill: fill::pipeline(device, format, &[tile, paint]),
            coverage: coverage::pipeline(device, format, &[tile, paint, data]),
            line: line::pipeline(device, format, &[tile, paint, data]),
            dot: dot::pipeline(device, format, &[tile, paint, data, data]),
        };
        Self {
            uploads: Uploads::new(gpu.queue.clone()),
            scatter: Scatter::new(device),
            dot_table: Table::new(device, &data_layout, TableId::Dots),
            fill_table: Table::new(device, &data_layout, TableId::Fills),
            meshes: Meshes::default(),
            targets: None,
            tile_blocks,
            paint_blocks,
            data_layout,
            pipelines,
            gpu,
        }
    }

    /// The device and surface.
    pub fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// Gives the picture a size, px.
    pub fn resize(&mut self, width_px: u32, height_px: u32) {
        self.gpu.resize(width_px, height_px);
    }

    /// Copies a tile's mesh to the GPU.
    pub fn add_mesh(&mut self, mesh: &TileMesh) -> MeshHandle {
        self.meshes.add(&self.gpu.device, &self.uploads, &self.data_layout, mesh)
    }

    /// Lets a mesh go.
    pub fn remove_mesh(&mut self, handle: MeshHandle) {
        self.meshes.remove(handle);
    }

    /// Brings a table up to date.
    pub fn update_table(&mut self, id: TableId, update: &TableUpdate) {
        let table = match id {
            TableId::Dots => &mut self.dot_table,
            TableId::Fills => &mut self.fill_table,
        };
        table.apply(&self.gpu.device, &self.uploads, &self.data_layout, &mut self.scatter, update);
    }

    /// Draws a frame; none when the surface was not ready and the frame has to be asked for again.
    pub fn draw(&mut self, list: &DrawList, pixel_ratio: f32) -> Option<FrameFigures> {
        let picture = self.gpu.next_picture()?;
        let size_px = (picture.texture.width(), picture.texture.height());
        if self.targets.as_ref().is_none_or(|t| t.size_px() != size_px) {
            self.targets = Some(Targets::new(&self.gpu.device, self.gpu.format(), size_px));
        }
        let half_viewport_px = [size_px.0 as f32 / 2.0, size_px.1 as f32 / 2.0];
        let tiles: Vec<TileBlock> =
            list.tiles.iter().map(|tile| tile_block(tile, half_viewport_px, pixel_ratio)).collect();
        self.tile_blocks.show(&self.gpu.device, &self.uploads, tiles.iter().map(bytemuck::bytes_of));
        self.paint_blocks.show(&self.gpu.device, &self.uploads, list.paints.iter().map(paint_bytes));

        let view = picture.texture.create_view(&wgpu::TextureViewDescriptor::default());
        let descriptor = wgpu::CommandEncoderDescriptor { label: Some("map") };
        let mut encoder = self.gpu.device.create_command_encoder(&descriptor);
        let mut figures = FrameFigures::default();
        if let Some(targets) = &self.targets {
            let mut pass = targets.begin(&mut encoder, &view, list.background);
            self.mark_tiles(&mut pass, list, &mut figures);
            self.run(&mut pass, list, &mut figures);
        }
        self.gpu.queue.submit([encoder.finish()]);
        self.gpu.queue.present(picture);
        figures.uploaded_bytes = self.uploads.take_bytes();
        Some(figures)
    }

    fn mark_tiles(&self, pass: &mut wgpu::RenderPass<'_>, list: &DrawList, figures: &mut FrameFigures) {
        pass.set_pipeline(&self.pipelines.mask);
        for index in 0..list.tiles.len() as u16 {
            pass.set_bind_group(0, self.tile_blocks.bind_group(), &[self.tile_blocks.offset(index)]);
            pass.set_stencil_reference(u32::from(index) + 1);
            pass.draw(0..4, 0..1);
            figures.draw_calls += 1;
            figures.vertices += 4;
        }
    }

    fn run(&self, pass: &mut wgpu::RenderPass<'_>, list: &DrawList, figures: &mut FrameFigures) {
        let mut last: Option<Draw> = None;
        for draw in &list.draws {
            let (Some(tile), Some(paint)) =
                (list.tiles.get(usize::from(draw.tile)), list.paints.get(usize::from(draw.paint)))
            else {
                continue;
            };
            let Some(mesh) = tile.mesh.and_then(|handle| self.meshes.get(handle)) else { continue };
            if last.is_none_or(|l| l.paint != draw.paint) {
                self.set_paint(pass, paint, draw.paint);
            }
            if last.is_none_or(|l| l.tile != draw.tile) {
                pass.set_bind_group(0, self.tile_blocks.bind_group(), &[self.tile_blocks.offset(draw.tile)]);
                pass.set_stencil_reference(u32::from(draw.tile) + 1);
            }
            last = Some(*draw);
            let range = |each: u32| draw.first * each..(draw.first + draw.count) * each;
            let each = match paint {
                Paint::Fill(_) | Paint::Coverage(_) => {
                    let Some((corners, indices)) = &mesh.fills else { continue };
                    pass.set_vertex_buffer(0, corners.slice(..));
                    pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
                    pass.draw_indexed(range(1), 0, 0..1);
                    1
                }
                Paint::Line(_) => {
                    let Some(segments) = &mesh.segments else { continue };
                    pass.set_bind_group(2, segments, &[]);
                    pass.draw(range(line::VERTICES), 0..1);
                    line::VERTICES
                }
                Paint::Dots(_) => {
                    let Some(dots) = &mesh.dots else { continue };
                    pass.set_bind_group(2, dots, &[]);
                    pass.draw(range(dot::VERTICES), 0..1);
                    dot::VERTICES
                }
            };
            figures.draw_calls += 1;
            figures.vertices += u64::from(draw.count * each);
        }
    }

    fn set_paint(&self, pass: &mut wgpu::RenderPass<'_>, paint: &Paint, index: u16) {
        match paint {
            Paint::Fill(_) => pass.set_pipeline(&self.pipelines.fill),
            Paint::Coverage(_) => {
                pass.set_pipeline(&self.pipelines.coverage);
                pass.set_bind_group(2, self.fill_table.bind_group(), &[]);
            }
            Paint::Line(_) => pass.set_pipeline(&self.pipelines.line),
            Paint::Dots(_) => {
                pass.set_pipeline(&self.pipelines.dot);
                pass.set_bind_group(3, self.dot_table.bind_group(), &[]);
            }
        }
        pass.set_bind_group(1, self.paint_blocks.bind_group(), &[self.paint_blocks.offset(index)]);
    }
}

fn tile_block(tile: &TilePlacement, half_viewport_px: [f32; 2], pixel_ratio: f32) -> TileBlock {
    TileBlock {
        clip_from_tile: tile.clip_from_tile,
        half_viewport_px,
        pattern_from_tile: tile.pattern.pattern_from_tile,
        screen_from_pattern: tile.pattern.screen_from_pattern,
        pixel_ratio,
        pad: 0.0,
    }
}

fn paint_bytes(paint: &Paint) -> &[u8] {
    match paint {
        Paint::Fill(p) => bytemuck::bytes_of(p),
        Paint::Coverage(p) => bytemuck::bytes_of(p),
        Paint::Line(p) => bytemuck::bytes_of(p),
        Paint::Dots(p) => bytemuck::bytes_of(&**p),
    }
}
