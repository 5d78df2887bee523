//! The camera: centre, zoom, bearing and size of the picture, with every transform built in f64.

use super::world::{WorldBox, WorldPoint};
use wangge_core::geometry::tile::{EXTENT, TileCoord};

/// CSS pixels a side of a tile at its own zoom.
pub const TILE_PX: f64 = 512.0;
/// Farthest zoom.
pub const MIN_ZOOM: f64 = 2.0;
/// Nearest zoom.
pub const MAX_ZOOM: f64 = 22.0;

/// Degrees clockwise from north of what is up, with its sine and cosine.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bearing {
    degrees: f64,
    sin: f64,
    cos: f64,
}

impl Bearing {
    const NORTH: Self = Self { degrees: 0.0, sin: 0.0, cos: 1.0 };

    /// A bearing of any finite number of degrees, turned into 0..360.
    fn new(degrees: f64) -> Self {
        let whole = degrees.rem_euclid(360.0);
        // A tiny negative number is rounded up to the whole turn.
        let degrees = if whole < 360.0 { whole } else { 0.0 };
        if degrees == 0.0 {
            return Self::NORTH;
        }
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self { degrees, sin, cos }
    }

    /// A distance to the right and down on the screen, of one east and south.
    fn screen_from_ground(&self, east: f64, south: f64) -> (f64, f64) {
        (east * self.cos + south * self.sin, south * self.cos - east * self.sin)
    }

    /// The inverse of [`Bearing::screen_from_ground`].
    fn ground_from_screen(&self, right: f64, down: f64) -> (f64, f64) {
        (right * self.cos - down * self.sin, right * self.sin + down * self.cos)
    }
}

/// What the picture shows: a centre, a zoom, a bearing and a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    centre: WorldPoint,
    zoom: f64,
    bearing: Bearing,
    width_css: f64,
    height_css: f64,
    device_pixel_ratio: f64,
}

impl Camera {
    /// A camera over the whole world for a picture of one pixel; give it a size and a view next.
    pub fn new() -> Self {
        Self {
            centre: WorldPoint { x: 0.5, y: 0.5 },
            zoom: MIN_ZOOM,
            bearing: Bearing::NORTH,
            width_css: 1.0,
            height_css: 1.0,
            device_pixel_ratio: 1.0,
        }
    }

    /// Takes the size of the picture; sizes that are not positive numbers are ignored.
    pub fn resize(&mut self, width_css: f64, height_css: f64, device_pixel_ratio: f64) {
        let usable = |v: f64| v.is_finite() && v > 0.0;
        if usable(width_css) && usable(height_css) && usable(device_pixel_ratio) {
            self.width_css = width_css;
            self.height_css = height_css;
            self.device_pixel_ratio = device_pixel_ratio.clamp(0.25, 8.0);
        }
    }

    /// Looks at a position from a zoom; values that are not finite are ignored. East and west have no end: the centre is
    /// brought back to the first copy of the world.
    pub fn look_at(&mut self, centre: WorldPoint, zoom: f64) {
        if centre.x.is_finite() && centre.y.is_finite() && zoom.is_finite() {
            self.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
            self.centre = WorldPoint { x: wrap(centre.x), y: centre.y.clamp(0.0, 1.0) };
        }
    }

    /// Turns the picture about its middle: `degrees` clockwise from north are up. What is not finite is ignored.
    pub fn set_bearing(&mut self, degrees: f64) {
        if degrees.is_finite() {
            self.bearing = Bearing::new(degrees);
        }
    }

    /// Looks at a box so that it fits with a margin on every side, CSS pixels, at the bearing there is.
    pub fn fit(&mut self, bounds: WorldBox, padding_css: f64) {
        let bounds = bounds.unrolled();
        let room = |size: f64| (size - 2.0 * padding_css.max(0.0)).max(size * 0.1);
        let (wide, high) = (bounds.max.x - bounds.min.x, (bounds.max.y - bounds.min.y).abs());
        let (sin, cos) = (self.bearing.sin.abs(), self.bearing.cos.abs());
        let scale = (room(self.width_css) / (wide * cos + high * sin).max(1e-9))
            .min(room(self.height_css) / (high * cos + wide * sin).max(1e-9));
        let centre = WorldPoint { x: (bounds.min.x + bounds.max.x) / 2.0, y: (bounds.min.y + bounds.max.y) / 2.0 };
        self.look_at(centre, (scale / TILE_PX).log2());
    }

    /// Centre of the picture.
    pub fn centre(&self) -> WorldPoint {
        self.centre
    }

    /// Zoom: a tile's side is 512 CSS pixels at its own zoom.
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// Degrees clockwise from north of what is up, 0..360.
    pub fn bearing(&self) -> f64 {
        self.bearing.degrees
    }

    /// Size of the picture, CSS pixels.
    pub fn size_css(&self) -> (f64, f64) {
        (self.width_css, self.height_css)
    }

    /// Middle of the picture, CSS pixels.
    pub fn middle(&self) -> (f64, f64) {
        (self.width_css / 2.0, self.height_css / 2.0)
    }

    /// Device pixels a CSS pixel.
    pub fn device_pixel_ratio(&self) -> f64 {
        self.device_pixel_ratio
    }

    /// CSS pixels along a side of the world.
    pub fn css_px_per_world(&self) -> f64 {
        TILE_PX * self.zoom.exp2()
    }

    /// Picture position of a world position, CSS pixels from the upper left. Copies of the world are told apart by x.
    pub fn css_from_world(&self, p: WorldPoint) -> (f64, f64) {
        let scale = self.css_px_per_world();
        let (right, down) =
            self.bearing.screen_from_ground((p.x - self.centre.x) * scale, (p.y - self.centre.y) * scale);
        (self.width_css / 2.0 + right, self.height_css / 2.0 + down)
    }

    /// World position of a picture position: the inverse of [`Camera::css_from_world`].
    pub fn world_from_css(&self, x: f64, y: f64) -> WorldPoint {
        let (east, south) = self.css_from_middle(x, y);
        let scale = self.css_px_per_world();
        WorldPoint { x: self.centre.x + east / scale, y: self.centre.y + south / scale }
    }

    /// How far a picture position lies east and south of the centre, CSS pixels.
    fn css_from_middle(&self, x: f64, y: f64) -> (f64, f64) {
        self.bearing.ground_from_screen(x - self.width_css / 2.0, y - self.height_css / 2.0)
    }

    /// World positions of the picture's corners, clockwise on the screen from the upper left.
    pub fn corners(&self) -> [WorldPoint; 4] {
        let (right, bottom) = (self.width_css, self.height_css);
        [(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)].map(|(x, y)| self.world_from_css(x, y))
    }

    /// [`Camera::css_from_world`] as numbers: columns of the linear part, then the shift.
    pub fn screen_affine(&self) -> [f64; 6] {
        let scale = self.css_px_per_world();
        let (east, south) = (self.bearing.screen_from_ground(scale, 0.0), self.bearing.screen_from_ground(0.0, scale));
        let corner = self.css_from_world(WorldPoint::default());
        [east.0, east.1, south.0, south.1, corner.0, corner.1]
    }

    /// Moves the ground by a distance in CSS pixels: to the right and down for positive values.
    pub fn pan_by(&mut self, dx_css: f64, dy_css: f64) {
        let (east, south) = self.bearing.ground_from_screen(dx_css, dy_css);
        let scale = self.css_px_per_world();
        self.look_at(WorldPoint { x: self.centre.x - east / scale, y: self.centre.y - south / scale }, self.zoom);
    }

    /// Changes the zoom, keeping the ground under a picture position where it is.
    pub fn zoom_about(&mut self, zoom: f64, x_css: f64, y_css: f64) {
        if !(zoom.is_finite() && x_css.is_finite() && y_css.is_finite()) {
            return;
        }
        let held = self.world_from_css(x_css, y_css);
        self.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        self.hold(held, x_css, y_css);
    }

    /// Turns the picture, keeping the ground under a picture position where it is.
    pub fn turn_about(&mut self, degrees: f64, x_css: f64, y_css: f64) {
        if degrees.is_finite() && x_css.is_finite() && y_css.is_finite() {
            let held = self.world_from_css(x_css, y_css);
            self.set_bearing(degrees);
            self.hold(held, x_css, y_css);
        }
    }

    /// Moves the centre so that a world position is at a picture position.
    fn hold(&mut self, held: WorldPoint, x_css: f64, y_css: f64) {
        let (east, south) = self.css_from_middle(x_css, y_css);
        let scale = self.css_px_per_world();
        self.look_at(WorldPoint { x: held.x - east / scale, y: held.y - south / scale }, self.zoom);
    }

    /// Clip-space affine of a tile on a copy of the world, 0 being the first: columns of the linear part, then the shift.
    /// Everything is computed in f64 relative to the centre and cast last, so nothing trembles at the nearest zoom.
    pub fn clip_from_tile(&self, tile: TileCoord, copy: i32) -> [f32; 6] {
        let tiles = f64::from(tile.z()).exp2();
        let scale = self.css_px_per_world();
        let unit_css = scale / tiles / f64::from(EXTENT);
        let west = (f64::from(tile.x()) / tiles + f64::from(copy) - self.centre.x) * scale;
        let north = (f64::from(tile.y()) / tiles - self.centre.y) * scale;
        let (half_width, half_height) = (self.width_css / 2.0, self.height_css / 2.0);
        let clip = |(right, down): (f64, f64)| [(right / half_width) as f32, (-down / half_height) as f32];
        let [xx, yx] = clip(self.bearing.screen_from_ground(unit_css, 0.0));
        let [xy, yy] = clip(self.bearing.screen_from_ground(0.0, unit_css));
        let [left, top] = clip(self.bearing.screen_from_ground(west, north));
        [xx, yx, xy, yy, left, top]
    }
}

/// An x of the first copy of the world.
fn wrap(x: f64) -> f64 {
    let x = x.rem_euclid(1.0);
    // A tiny negative number is rounded up to the next copy.
    if x < 1.0 { x } else { 0.0 }
}

impl Default for Camera {
    fn default() -> Self {
        Self::new()
    }
}
