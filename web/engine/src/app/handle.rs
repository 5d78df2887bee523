//! The handle a page holds: the whole border between the page and the map.

use super::canvas_events::listen_to_canvas;
use super::inbox::{Inbox, News};
use super::map::Map;
use super::options::Options;
use crate::input::Action;
use crate::layer::{Selection, Style};
use crate::platform::{Listener, has_webgpu, wake_after};
use crate::render::Gpu;
use crate::view::{WorldBox, WorldPoint};
use js_sys::Function;
use std::cell::RefCell;
use std::rc::Rc;
use wangge_core::domain::figures::Counts;
use wangge_core::domain::visit::DoorByte;
use wangge_core::format::state_table::{StateRows, decode};
use wangge_core::geometry::position::LonLat;
use wangge_core::geometry::tile::TileCoord;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// How long to wait before asking again for a device that could not be had.
const DEVICE_RETRY_MS: f64 = 3_000.0;

/// A map on a canvas.
#[wasm_bindgen]
pub struct WanggeMap {
    map: Rc<RefCell<Map>>,
    inbox: Rc<Inbox>,
    canvas: HtmlCanvasElement,
    _listeners: Vec<Listener>,
}

#[wasm_bindgen]
impl WanggeMap {
    /// Makes a map on a canvas. Options: `{"shapes": template, "version", "bounds"?, "worker"?, "maxzoom"?}`.
    ///
    /// # Errors
    /// A sentence for people when the browser has no WebGPU, or what is wrong with the options.
    pub async fn create(canvas: HtmlCanvasElement, options_json: String) -> Result<WanggeMap, JsError> {
        let options = Options::parse(&options_json).map_err(|e| JsError::new(&e))?;
        if !has_webgpu() {
            return Err(JsError::new("this browser has no WebGPU, which the map is drawn with"));
        }
        let bounds = options.bounds;
        let gpu = open_gpu(&canvas).await.map_err(|e| JsError::new(&e.to_string()))?;
        let inbox = Inbox::new();
        wake_when_lost(&gpu, &inbox);
        let listeners = listen_to_canvas(&canvas, &inbox);
        let map = Rc::new(RefCell::new(Map::new(options, gpu, Rc::clone(&inbox))));
        let handle = Self { map, inbox, canvas, _listeners: listeners };
        let (width, height) = (handle.canvas.client_width(), handle.canvas.client_height());
        let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio());
        handle.resize(f64::from(width), f64::from(height), ratio);
        if let Some([west, south, east, north]) = bounds {
            handle.fit_bounds(west, south, east, north, 24.0)?;
        }
        Ok(handle)
    }

    /// Takes a style: a `/style.json` document. Call again for another theme.
    ///
    /// # Errors
    /// What in it cannot be read.
    pub fn set_style(&self, style_json: &str) -> Result<(), JsError> {
        let style = Style::parse(style_json)?;
        self.change(|map| map.set_style(style));
        Ok(())
    }

    /// Takes the states of all doors: the body of `/api/state/households`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn set_door_states(&self, bytes: &[u8]) -> Result<(), JsError> {
        let (_, rows) = decode(bytes)?;
        let StateRows::Doors(doors) = rows else {
            return Err(JsError::new("this is a state table of areas, not doors"));
        };
        self.change(|map| map.states().set_doors(doors.to_vec()));
        Ok(())
    }

    /// Takes the counts of all areas: the body of `/api/state/areas`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn set_area_counts(&self, bytes: &[u8]) -> Result<(), JsError> {
        let (_, rows) = decode(bytes)?;
        let StateRows::Areas(areas) = rows else {
            return Err(JsError::new("this is a state table of doors, not areas"));
        };
        self.change(|map| map.states().set_areas(areas.iter()));
        Ok(())
    }

    /// Takes changes: `doors` is slot, byte, …; `areas` is slot, eligible, touched, reached, …. The next frame shows them.
    pub fn apply_changes(&self, doors: &[u32], areas: &[u32]) {
        self.change(|map| {
            let states = map.states();
            for door in doors.chunks_exact(2) {
                states.change_door(door[0], DoorByte(door[1] as u8));
            }
            for area in areas.chunks_exact(4) {
                let counts = Counts { eligible: area[1], touched: area[2], reached: area[3] };
                states.change_area(area[0], counts);
            }
        });
    }

    /// Asks for the shapes of another version.
    pub fn set_shapes_version(&self, version: String) {
        self.change(|map| map.set_shapes_version(version));
    }

    /// Gives the canvas a size.
    pub fn resize(&self, width_css: f64, height_css: f64, device_pixel_ratio: f64) {
        self.change(|map| {
            let (width, height) = map.resize(width_css, height_css, device_pixel_ratio);
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        });
    }

    /// Shows a box of degrees with a margin in CSS pixels; one whose west is greater than its east crosses the
    /// antimeridian. What is up stays.
    ///
    /// # Errors
    /// When a corner is not on the globe.
    pub fn fit_bounds(&self, west: f64, south: f64, east: f64, north: f64, padding_px: f64) -> Result<(), JsError> {
        let bounds = WorldBox { min: world(west, north)?, max: world(east, south)? };
        self.change(|map| map.move_camera(|camera| camera.fit(bounds, padding_px)));
        Ok(())
    }

    /// Looks at a position from a zoom, `bearing` degrees clockwise from north being up; without one what is up stays.
    ///
    /// # Errors
    /// When the position is not on the globe.
    pub fn set_view(&self, lon: f64, lat: f64, zoom: f64, bearing: Option<f64>) -> Result<(), JsError> {
        let centre = world(lon, lat)?;
        self.change(|map| {
            map.move_camera(|camera| {
                camera.look_at(centre, zoom);
                camera.set_bearing(bearing.unwrap_or(camera.bearing()));
            });
        });
        Ok(())
    }

    /// The view as JSON: `{"lon", "lat", "zoom", "bearing"}`.
    pub fn view(&self) -> String {
        let map = self.map.borrow();
        let centre = map.camera().centre().lonlat();
        let round = |v: f64| (v * 1e7).round() / 1e7;
        let (zoom, bearing) = (round(map.camera().zoom()), round(map.camera().bearing()));
        serde_json::json!({"lon": round(centre.lon()), "lat": round(centre.lat()), "zoom": zoom, "bearing": bearing})
            .to_string()
    }

    /// Moves the ground by CSS pixels.
    pub fn pan_by(&self, dx: f64, dy: f64) {
        self.change(|map| map.act(Action::PanBy { dx, dy }));
    }

    /// Zooms smoothly by levels about a place in CSS pixels.
    pub fn zoom_by(&self, levels: f64, x_css: f64, y_css: f64) {
        self.change(|map| map.act(Action::ZoomSmoothly { levels, about: Some((x_css, y_css)) }));
    }

    /// Turns smoothly until north is up.
    pub fn north_up(&self) {
        self.change(|map| map.act(Action::NorthUp));
    }

    /// Whether to leave out smooth zooming and sliding, for people who asked their system to.
    pub fn set_reduced_motion(&self, reduced: bool) {
        self.change(|map| map.set_reduced_motion(reduced));
    }

    /// Place of a position on the canvas, CSS pixels: `[x, y]`, on the copy of the world nearest to the middle.
    ///
    /// # Errors
    /// When the position is not on the globe.
    pub fn project(&self, lon: f64, lat: f64) -> Result<Vec<f64>, JsError> {
        let map = self.map.borrow();
        let (x, y) = map.camera().css_from_world(world(lon, lat)?.nearest_to(map.camera().centre()));
        Ok(vec![x, y])
    }

    /// Affine from shares of the Web Mercator square (x east, y south, 0 to 1) to CSS pixels of the canvas: columns of the
    /// linear part, then the shift.
    pub fn screen_affine(&self) -> Vec<f64> {
        self.map.borrow().camera().screen_affine().to_vec()
    }

    /// Position of a place on the canvas: `[lon, lat]`.
    pub fn unproject(&self, x_css: f64, y_css: f64) -> Vec<f64> {
        let place = self.map.borrow().camera().world_from_css(x_css, y_css).lonlat();
        vec![place.lon(), place.lat()]
    }

    /// What lies at a place on the canvas, as JSON: `{"doors": [slot…], "areas": [{"slot", "level"}…]}`, the nearest door
    /// and the smallest area first, from the tiles that are here.
    pub fn pick(&self, x_css: f64, y_css: f64) -> String {
        let picked = self.map.borrow().pick(x_css, y_css);
        serde_json::to_string(&picked).unwrap_or_default()
    }

    /// Marks a `"door"` or an `"area"` by its slot, or `"none"`.
    ///
    /// # Errors
    /// When `kind` is none of these.
    pub fn select(&self, kind: &str, slot: u32) -> Result<(), JsError> {
        let selection = match kind {
            "door" => Selection::Door(slot),
            "area" => Selection::Area(slot),
            "none" => Selection::Nothing,
            _ => return Err(JsError::new(&format!("kind {kind:?} is none of \"door\", \"area\", \"none\""))),
        };
        self.change(|map| map.select(selection));
        Ok(())
    }

    /// Takes in what arrived and draws when anything changed. `now_ms` is the time of the animation frame. Returns whether
    /// it wants another frame; otherwise the callback of [`WanggeMap::on_wake`] says when.
    pub fn frame(&self, now_ms: f64) -> bool {
        let mut map = self.map.borrow_mut();
        if let Some(after_ms) = map.lost_device(now_ms) {
            open_device_later(self.canvas.clone(), Rc::clone(&self.inbox), after_ms);
        }
        map.frame(now_ms)
    }

    /// Who is called when a frame is needed: a tile arrived, somebody touched the map, or the handle was told something.
    pub fn on_wake(&self, callback: Function) {
        self.inbox.set_wake(callback);
        self.inbox.wake();
    }

    /// Numbers about the map, as JSON.
    pub fn stats(&self) -> String {
        serde_json::to_string(&self.map.borrow().stats()).unwrap_or_default()
    }

    fn change(&self, change: impl FnOnce(&mut Map)) {
        change(&mut self.map.borrow_mut());
        self.inbox.wake();
    }
}

/// A lost device shows itself in the next frame; this asks for that frame.
fn wake_when_lost(gpu: &Gpu, inbox: &Rc<Inbox>) {
    let (lost, inbox) = (gpu.until_lost(), Rc::clone(inbox));
    wasm_bindgen_futures::spawn_local(async move {
        lost.await;
        inbox.wake();
    });
}

/// Opens a device for the inbox; keeps trying, because a device is often lost while the machine sleeps.
fn open_device_later(canvas: HtmlCanvasElement, inbox: Rc<Inbox>, after_ms: f64) {
    wake_after(after_ms, move || {
        wasm_bindgen_futures::spawn_local(async move {
            let gpu = open_gpu(&canvas).await;
            match &gpu {
                Ok(gpu) => wake_when_lost(gpu, &inbox),
                Err(_) => open_device_later(canvas, Rc::clone(&inbox), DEVICE_RETRY_MS),
            }
            inbox.put(News::Device(gpu));
        });
    });
}

#[cfg(target_arch = "wasm32")]
async fn open_gpu(canvas: &HtmlCanvasElement) -> Result<Gpu, crate::render::GpuError> {
    let canvas = canvas.clone();
    Gpu::open(|instance| {
        instance.create_surface(wgpu::SurfaceTarget::Canvas(canvas)).map_err(|error| error.to_string())
    })
    .await
}

#[cfg(not(target_arch = "wasm32"))]
async fn open_gpu(_: &HtmlCanvasElement) -> Result<Gpu, crate::render::GpuError> {
    Gpu::open(|_| Err("a canvas is only in a browser".to_owned())).await
}

fn world(lon: f64, lat: f64) -> Result<WorldPoint, JsError> {
    Ok(WorldPoint::from_lonlat(LonLat::new(lon, lat)?))
}

/// For the worker: the mesh of a vector tile's bytes, as bytes.
///
/// # Errors
/// What is wrong with the tile.
#[wasm_bindgen(js_name = tile_mesh)]
pub fn tile_mesh_bytes(bytes: &[u8], z: u8, x: u32, y: u32) -> Result<Vec<u8>, JsError> {
    let tile = TileCoord::new(u32::from(z), u64::from(x), u64::from(y))?;
    Ok(crate::mesh::tile_mesh(bytes, tile)?.to_bytes())
}

/// Panics are told to the console with their place.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}
