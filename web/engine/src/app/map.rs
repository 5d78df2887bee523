//! The map: what it holds, and what a frame does.

use super::inbox::{Inbox, News};
use super::options::Options;
use super::picking::{Picked, pick};
use super::stats::Stats;
use super::tile_work::TileWork;
use crate::draw::{DrawList, MeshHandle, Part, PatternScale, TableId, TileMesh, TilePlacement};
use crate::input::Action;
use crate::layer::{Scene, SceneTile, Selection, States, Style, draw_list};
use crate::pick::PickIndex;
use crate::platform::{now_ms, wake_after, warn};
use crate::render::{Gpu, Renderer};
use crate::source::{Address, Corners, TileStore, copies_in_view, tiles_in_view};
use crate::view::{Camera, Motion, TILE_PX};
use js_sys::Uint8Array;
use std::rc::Rc;
use wangge_core::geometry::tile::{EXTENT, TileCoord};

/// Bytes of tiles kept for coming back to.
const TILE_BYTES: usize = 192 << 20;
/// Time a frame may spend on copying new tiles to the GPU.
const UPLOAD_MS: f64 = 4.0;
/// A device lost again within this time is not replaced at once.
const DEVICE_PAUSE_MS: f64 = 5_000.0;
/// The stencil tells so many tiles apart.
const MOST_DRAWN: usize = 255;

/// A tile that is here.
struct Tile {
    mesh: Option<MeshHandle>,
    fills: Vec<Part>,
    lines: Vec<Part>,
    points: Vec<Part>,
    index: PickIndex,
}

/// The map.
pub struct Map {
    inbox: Rc<Inbox>,
    work: TileWork,
    address: Address,
    deepest: u8,
    camera: Camera,
    motion: Motion,
    style: Option<Style>,
    states: States,
    selection: Selection,
    store: TileStore<Tile>,
    in_view: Vec<TileCoord>,
    drawn: Vec<(TileCoord, i32)>,
    renderer: Option<Renderer>,
    is_dirty: bool,
    retry_at: Option<f64>,
    device_lost_at: Option<f64>,
    stats: Stats,
}

impl Map {
    /// A map on an open device.
    pub fn new(options: Options, gpu: Gpu, inbox: Rc<Inbox>) -> Self {
        let stats = Stats { adapter: gpu.adapter().to_owned(), ..Stats::default() };
        Self {
            work: TileWork::new(&inbox, options.worker.as_deref()),
            inbox,
            address: Address::new(options.shapes, options.version),
            deepest: options.maxzoom,
            camera: Camera::new(),
            motion: Motion::default(),
            style: None,
            states: States::default(),
            selection: Selection::Nothing,
            store: TileStore::new(TILE_BYTES),
            in_view: Vec::new(),
            drawn: Vec::new(),
            renderer: Some(Renderer::new(gpu)),
            is_dirty: true,
            retry_at: None,
            device_lost_at: None,
            stats,
        }
    }

    /// The camera.
    pub fn camera(&self) -> &Camera {
        &self.camera
    }

    /// Moves the camera at once; motion under way ends.
    pub fn move_camera(&mut self, change: impl FnOnce(&mut Camera)) {
        self.motion.stop();
        change(&mut self.camera);
        self.is_dirty = true;
    }

    /// Does what a gesture, a key or a button asks for.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Hold => self.motion.stop(),
            Action::PanBy { dx, dy } => self.move_camera(|camera| camera.pan_by(dx, dy)),
            Action::GlideBy { dx, dy } => self.motion.glide_by(dx, dy),
            Action::Slide { vx, vy } => self.motion.slide(vx, vy),
            Action::ZoomNow { levels, x, y } => {
                self.move_camera(|camera| camera.zoom_about(camera.zoom() + levels, x, y));
            }
            Action::ZoomSmoothly { levels, about } => {
                let (x, y) = about.unwrap_or_else(|| self.camera.middle());
                self.motion.zoom_by(&self.camera, levels, x, y);
            }
            Action::TurnNow { degrees, about } => {
                let (x, y) = about.unwrap_or_else(|| self.camera.middle());
                self.move_camera(|camera| camera.turn_about(camera.bearing() + degrees, x, y));
            }
            Action::TurnSmoothly { degrees } => self.motion.turn_by(&self.camera, degrees),
            Action::NorthUp => self.motion.turn_to(&self.camera, 0.0),
        }
    }

    /// Whether zooming is at once and nothing slides.
    pub fn set_reduced_motion(&mut self, reduced: bool) {
        self.motion.set_reduced(reduced);
    }

    /// Gives the picture a size; returns it in device pixels.
    pub fn resize(&mut self, width_css: f64, height_css: f64, pixel_ratio: f64) -> (u32, u32) {
        self.camera.resize(width_css, height_css, pixel_ratio);
        let (width_css, height_css) = self.camera.size_css();
        let px = |css: f64| (css * self.camera.device_pixel_ratio()).round().max(1.0) as u32;
        let size = (px(width_css), px(height_css));
        if let Some(renderer) = &mut self.renderer {
            renderer.resize(size.0, size.1);
        }
        self.is_dirty = true;
        size
    }

    /// Takes another style.
    pub fn set_style(&mut self, style: Style) {
        self.style = Some(style);
        self.is_dirty = true;
    }

    /// The states, to be changed. The next frame shows them.
    pub fn states(&mut self) -> &mut States {
        &mut self.states
    }

    /// Selects something.
    pub fn select(&mut self, selection: Selection) {
        self.is_dirty |= self.selection != selection;
        self.selection = selection;
    }

    /// Asks for the shapes of another version; the old ones are shown until the new ones are here.
    pub fn set_shapes_version(&mut self, version: String) {
        if self.address.set_version(version) || self.stats.wants_version {
            for request in self.store.renew() {
                self.work.end(request);
            }
            self.stats.wants_version = false;
        }
    }

    /// What lies at a place, CSS pixels.
    pub fn pick(&self, x_css: f64, y_css: f64) -> Picked {
        let tiles = self.drawn.iter().filter_map(|(tile, _)| Some((*tile, &self.store.get(*tile)?.index)));
        pick(&self.camera, tiles, x_css, y_css)
    }

    /// Numbers about the map.
    pub fn stats(&self) -> Stats {
        let figures = self.store.figures();
        Stats {
            tiles_requested: figures.requested,
            tiles_loaded: figures.loaded,
            tiles_visible: self.drawn.len(),
            tiles_pending: figures.pending,
            tiles_failed: figures.failed,
            tile_bytes: figures.bytes,
            complete: self.store.is_complete(&self.in_view),
            shapes_version: self.address.version().to_owned(),
            ..self.stats.clone()
        }
    }

    /// After how many milliseconds another device has to be opened, when this one is gone. Says so once.
    pub fn lost_device(&mut self, now: f64) -> Option<f64> {
        if !self.renderer.as_ref().is_some_and(|r| r.gpu().is_lost()) {
            return None;
        }
        self.renderer = None;
        for request in self.store.clear() {
            self.work.end(request);
        }
        self.drawn.clear();
        self.states.start_over();
        self.stats.devices_lost += 1;
        let soon_again = self.device_lost_at.replace(now).is_some_and(|last| now - last < DEVICE_PAUSE_MS);
        Some(if soon_again { DEVICE_PAUSE_MS } else { 0.0 })
    }

    /// One frame: takes in what arrived, moves, asks for tiles, and draws when anything is different. Returns whether it
    /// wants another frame soon.
    pub fn frame(&mut self, now: f64) -> bool {
        let began = now_ms();
        let left_over = self.take_in(began);
        self.is_dirty |= self.motion.advance(&mut self.camera, now);
        self.ask_for_tiles(now);
        self.update_tables();
        let is_shown = !self.is_dirty || self.draw(began);
        self.motion.is_under_way() || left_over || !is_shown
    }

    /// Takes in what arrived; returns whether tiles were left for the next frame.
    fn take_in(&mut self, began: f64) -> bool {
        let mut left = Vec::new();
        for news in self.inbox.take() {
            match news {
                News::Input(action) => self.act(action),
                News::Tile { request, tile, mesh } => {
                    if mesh.is_some() && now_ms() - began > UPLOAD_MS {
                        left.push(News::Tile { request, tile, mesh });
                    } else {
                        self.take_tile(request, tile, mesh.as_ref());
                    }
                }
                News::TileFailed { request, tile } => {
                    self.work.end(request);
                    self.store.fail(request, tile, now_ms());
                }
                News::ShapesGone => self.stats.wants_version = true,
                News::Device(Ok(gpu)) => self.take_device(gpu),
                News::Device(Err(error)) => self.stats.fault = Some(error.to_string()),
            }
        }
        let is_left = !left.is_empty();
        self.inbox.put_back(left);
        is_left
    }

    fn take_tile(&mut self, request: u64, tile: TileCoord, bytes: Option<&Uint8Array>) {
        self.work.end(request);
        if !self.store.awaits(request, tile) {
            return;
        }
        let Some(renderer) = &mut self.renderer else {
            self.store.fail(request, tile, now_ms());
            return;
        };
        let content = match bytes.map(|bytes| TileMesh::from_bytes(&bytes.to_vec())) {
            Some(Ok(mesh)) => {
                let index = PickIndex::of(&mesh);
                let byte_len = mesh.byte_len() + index.byte_len();
                let handle = (!mesh.is_empty()).then(|| renderer.add_mesh(&mesh));
                let TileMesh { fills, lines, points, .. } = mesh;
                Some((Tile { mesh: handle, fills, lines, points, index }, byte_len))
            }
            Some(Err(error)) => {
                warn(&format!("tile {tile} cannot be shown: {error}"));
                self.store.fail(request, tile, now_ms());
                return;
            }
            None => None,
        };
        if let Some(handle) = self.store.take_in(request, tile, content).and_then(|old| old.mesh) {
            renderer.remove_mesh(handle);
        }
        self.is_dirty = true;
    }

    fn take_device(&mut self, gpu: Gpu) {
        self.stats.adapter = gpu.adapter().to_owned();
        self.renderer = Some(Renderer::new(gpu));
        let ((width, height), ratio) = (self.camera.size_css(), self.camera.device_pixel_ratio());
        self.resize(width, height, ratio);
    }

    fn ask_for_tiles(&mut self, now: f64) {
        if self.renderer.is_none() || self.stats.wants_version {
            return;
        }
        let corners: Corners = self.camera.corners().map(|corner| [corner.x, corner.y]);
        self.in_view = tiles_in_view(&corners, self.camera.zoom(), self.deepest);
        let plan = self.store.plan(&self.in_view, now);
        for request in plan.cancel {
            self.work.end(request);
        }
        for (request, tile) in plan.start {
            self.work.start(request, tile, &self.address.of(tile));
        }
        let retry_at = self.store.next_retry_ms(&self.in_view);
        if let Some(at) = retry_at.filter(|_| retry_at != self.retry_at) {
            let inbox = Rc::clone(&self.inbox);
            wake_after((at - now).max(0.0) + 1.0, move || inbox.wake());
        }
        self.retry_at = retry_at;
        let copies = |tile| copies_in_view(&corners, tile).into_iter().map(move |copy| (tile, copy));
        let drawn = self.store.to_draw(&self.in_view).into_iter().flat_map(copies).collect();
        self.is_dirty |= drawn != self.drawn;
        self.drawn = drawn;
        for gone in self.store.evict() {
            if let (Some(renderer), Some(handle)) = (&mut self.renderer, gone.mesh) {
                renderer.remove_mesh(handle);
            }
        }
    }

    fn update_tables(&mut self) {
        let Some(renderer) = &mut self.renderer else { return };
        for table in [TableId::Dots, TableId::Fills] {
            if let Some(update) = self.states.take_update(table) {
                renderer.update_table(table, &update);
                self.is_dirty = true;
            }
        }
    }

    /// Draws; returns false when it has to be tried again soon.
    fn draw(&mut self, began: f64) -> bool {
        let list = self.draw_list();
        let Some((renderer, list)) = self.renderer.as_mut().zip(list) else { return true };
        let Some(figures) = renderer.draw(&list, self.camera.device_pixel_ratio() as f32) else { return false };
        self.is_dirty = false;
        self.stats.frames += 1;
        self.stats.draw_calls = figures.draw_calls;
        self.stats.vertices = figures.vertices;
        self.stats.uploaded_bytes_last_frame = figures.uploaded_bytes;
        self.stats.cpu_ms_last_frame = now_ms() - began;
        if let Some(fault) = renderer.gpu().take_fault() {
            warn(&fault);
            self.stats.fault = Some(fault);
        }
        true
    }

    fn draw_list(&self) -> Option<DrawList> {
        let style = self.style.as_ref()?;
        let tiles: Vec<SceneTile<'_>> =
            self.drawn.iter().take(MOST_DRAWN).map(|placed| self.scene_tile(*placed)).collect();
        Some(draw_list(&Scene {
            style,
            zoom: self.camera.zoom(),
            pixel_ratio: self.camera.device_pixel_ratio(),
            tiles: &tiles,
            selection: self.selection,
        }))
    }

    fn scene_tile(&self, (tile, copy): (TileCoord, i32)) -> SceneTile<'_> {
        let content = self.store.get(tile);
        let placement = TilePlacement {
            mesh: content.and_then(|c| c.mesh),
            clip_from_tile: self.camera.clip_from_tile(tile, copy),
            pattern: pattern_scale(&self.camera, tile),
        };
        let selected_dot = match self.selection {
            Selection::Door(slot) => content.and_then(|c| c.index.dot_of_door(slot)),
            Selection::Nothing | Selection::Area(_) => None,
        };
        let parts = |of: fn(&Tile) -> &Vec<Part>| content.map_or(&[][..], |c| of(c));
        SceneTile {
            placement,
            fills: parts(|c| &c.fills),
            lines: parts(|c| &c.lines),
            points: parts(|c| &c.points),
            selected_dot,
        }
    }
}

/// Patterns are laid at the nearest whole zoom and stretched from there, so they stay with the ground.
fn pattern_scale(camera: &Camera, tile: TileCoord) -> PatternScale {
    let laid_at = camera.zoom().round();
    let tile_px = TILE_PX * (laid_at - f64::from(tile.z())).exp2();
    let stretch = (camera.zoom() - laid_at).exp2() * camera.device_pixel_ratio();
    PatternScale { pattern_from_tile: (tile_px / f64::from(EXTENT)) as f32, screen_from_pattern: stretch as f32 }
}
