//! The camera: centre, zoom and size of the picture, with every transform built in f64.

use wangge_core::geometry::position::{HALF_WORLD_M, LonLat, Mercator, lonlat_from_mercator, mercator_from_lonlat};
use wangge_core::geometry::tile::{EXTENT, TileCoord};

/// CSS pixels a side of a tile at its own zoom.
pub const TILE_PX: f64 = 512.0;
/// Farthest zoom.
pub const MIN_ZOOM: f64 = 2.0;
/// Nearest zoom.
pub const MAX_ZOOM: f64 = 22.0;

/// A position as shares of the WebMercatorQuad square: x east from −180°, y south from +85.0511°, both 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WorldPoint {
    /// Share of the way east.
    pub x: f64,
    /// Share of the way south.
    pub y: f64,
}

impl WorldPoint {
    /// World position of degrees; latitudes beyond the square clamp to its edge.
    pub fn from_lonlat(p: LonLat) -> Self {
        let m = mercator_from_lonlat(p);
        Self { x: 0.5 + m.x / (2.0 * HALF_WORLD_M), y: 0.5 - m.y / (2.0 * HALF_WORLD_M) }
    }

    /// Degrees of a world position; positions outside the square clamp to the globe.
    pub fn lonlat(self) -> LonLat {
        lonlat_from_mercator(Mercator {
            x: (self.x - 0.5) * 2.0 * HALF_WORLD_M,
            y: (0.5 - self.y) * 2.0 * HALF_WORLD_M,
        })
    }
}

/// A box of world positions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldBox {
    /// North-west corner.
    pub min: WorldPoint,
    /// South-east corner.
    pub max: WorldPoint,
}

/// What the picture shows: a centre, a zoom and a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    centre: WorldPoint,
    zoom: f64,
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

    /// Looks at a position from a zoom; values that are not finite are ignored.
    pub fn look_at(&mut self, centre: WorldPoint, zoom: f64) {
        if centre.x.is_finite() && centre.y.is_finite() && zoom.is_finite() {
            self.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
            self.centre = WorldPoint { x: centre.x.clamp(0.0, 1.0), y: centre.y.clamp(0.0, 1.0) };
        }
    }

    /// Looks at a box so that it fits with a margin on every side, CSS pixels.
    pub fn fit(&mut self, bounds: WorldBox, padding_css: f64) {
        let room = |size: f64| (size - 2.0 * padding_css.max(0.0)).max(size * 0.1);
        let side = |a: f64, b: f64| (b - a).abs().max(1e-9);
        let scale = (room(self.width_css) / side(bounds.min.x, bounds.max.x))
            .min(room(self.height_css) / side(bounds.min.y, bounds.max.y));
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

    /// Size of the picture, CSS pixels.
    pub fn size_css(&self) -> (f64, f64) {
        (self.width_css, self.height_css)
    }

    /// Device pixels a CSS pixel.
    pub fn device_pixel_ratio(&self) -> f64 {
        self.device_pixel_ratio
    }

    /// CSS pixels along a side of the world.
    pub fn css_px_per_world(&self) -> f64 {
        TILE_PX * self.zoom.exp2()
    }

    /// Picture position of a world position, CSS pixels from the upper left.
    pub fn css_from_world(&self, p: WorldPoint) -> (f64, f64) {
        let scale = self.css_px_per_world();
        (self.width_css / 2.0 + (p.x - self.centre.x) * scale, self.height_css / 2.0 + (p.y - self.centre.y) * scale)
    }

    /// World position of a picture position: the inverse of [`Camera::css_from_world`].
    pub fn world_from_css(&self, x: f64, y: f64) -> WorldPoint {
        let scale = self.css_px_per_world();
        WorldPoint {
            x: self.centre.x + (x - self.width_css / 2.0) / scale,
            y: self.centre.y + (y - self.height_css / 2.0) / scale,
        }
    }

    /// World positions in the picture.
    pub fn visible(&self) -> WorldBox {
        WorldBox { min: self.world_from_css(0.0, 0.0), max: self.world_from_css(self.width_css, self.height_css) }
    }

    /// Moves the ground by a distance in CSS pixels: to the right and down for positive values.
    pub fn pan_by(&mut self, dx_css: f64, dy_css: f64) {
        let scale = self.css_px_per_world();
        self.look_at(WorldPoint { x: self.centre.x - dx_css / scale, y: self.centre.y - dy_css / scale }, self.zoom);
    }

    /// Changes the zoom, keeping the ground under a picture position where it is.
    pub fn zoom_about(&mut self, zoom: f64, x_css: f64, y_css: f64) {
        if !(zoom.is_finite() && x_css.is_finite() && y_css.is_finite()) {
            return;
        }
        let held = self.world_from_css(x_css, y_css);
        let zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        let scale = TILE_PX * zoom.exp2();
        let centre = WorldPoint {
            x: held.x - (x_css - self.width_css / 2.0) / scale,
            y: held.y - (y_css - self.height_css / 2.0) / scale,
        };
        self.look_at(centre, zoom);
    }

    /// Clip-space affine of a tile: columns of the linear part, then the shift. Everything is computed in f64 relative
    /// to the centre and cast last, so nothing trembles at the nearest zoom.
    pub fn clip_from_tile(&self, tile: TileCoord) -> [f32; 6] {
        let tiles = f64::from(tile.z()).exp2();
        let scale = self.css_px_per_world();
        let unit_css = scale / tiles / f64::from(EXTENT);
        let left = (f64::from(tile.x()) / tiles - self.centre.x) * scale;
        let top = (f64::from(tile.y()) / tiles - self.centre.y) * scale;
        let (half_width, half_height) = (self.width_css / 2.0, self.height_css / 2.0);
        [
            (unit_css / half_width) as f32,
            0.0,
            0.0,
            (-unit_css / half_height) as f32,
            (left / half_width) as f32,
            (-top / half_height) as f32,
        ]
    }
}

impl Default for Camera {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(zoom: f64) -> Camera {
        let mut camera = Camera::new();
        camera.resize(1000.0, 700.0, 2.0);
        let centre = LonLat::new(117.65, 24.51).map(WorldPoint::from_lonlat).unwrap();
        camera.look_at(centre, zoom);
        camera
    }

    #[test]
    fn projecting_back_gives_the_same_place() {
        let camera = camera(17.3);
        for (x, y) in [(0.0, 0.0), (500.0, 350.0), (999.0, 12.5)] {
            let (x2, y2) = camera.css_from_world(camera.world_from_css(x, y));
            assert!((x - x2).abs() < 1e-3 && (y - y2).abs() < 1e-3);
        }
    }

    #[test]
    fn zooming_keeps_the_ground_under_the_cursor() {
        let mut camera = camera(12.0);
        let before = camera.world_from_css(130.0, 610.0);
        camera.zoom_about(15.5, 130.0, 610.0);
        let (x, y) = camera.css_from_world(before);
        assert!((x - 130.0).abs() < 1e-6 && (y - 610.0).abs() < 1e-6);
    }

    #[test]
    fn a_box_fits_with_its_margin() {
        let mut camera = camera(3.0);
        let bounds = WorldBox { min: WorldPoint { x: 0.82, y: 0.42 }, max: WorldPoint { x: 0.83, y: 0.425 } };
        camera.fit(bounds, 40.0);
        let (left, top) = camera.css_from_world(bounds.min);
        let (right, bottom) = camera.css_from_world(bounds.max);
        assert!((left - 40.0).abs() < 1e-6 && (right - 960.0).abs() < 1e-6);
        assert!(top >= 40.0 && bottom <= 660.0);
    }

    #[test]
    fn clip_corners_of_a_tile_agree_with_the_camera_at_the_nearest_zoom() {
        let camera = camera(22.0);
        let centre = camera.centre();
        let at = |share: f64| (share * f64::from(16).exp2()) as u64;
        let tile = TileCoord::new(16, at(centre.x), at(centre.y)).unwrap();
        let m = camera.clip_from_tile(tile);
        // The unit of the tile nearest to the picture's centre.
        let tiles = 16f64.exp2();
        let unit = |centre: f64, tile: u32| ((centre * tiles - f64::from(tile)) * 4096.0).round();
        let (ux, uy) = (unit(centre.x, tile.x()), unit(centre.y, tile.y()));
        let world = WorldPoint {
            x: (f64::from(tile.x()) + ux / 4096.0) / tiles,
            y: (f64::from(tile.y()) + uy / 4096.0) / tiles,
        };
        let (x_css, y_css) = camera.css_from_world(world);
        let clip_x = m[0] * ux as f32 + m[4];
        let clip_y = m[3] * uy as f32 + m[5];
        assert!((f64::from(clip_x) - (x_css / 500.0 - 1.0)).abs() * 500.0 < 0.05);
        assert!((f64::from(clip_y) - (1.0 - y_css / 350.0)).abs() * 350.0 < 0.05);
    }

    #[test]
    fn nonsense_leaves_the_camera_where_it_was() {
        let mut camera = camera(12.0);
        let before = camera;
        camera.look_at(WorldPoint { x: f64::NAN, y: 0.1 }, 3.0);
        camera.zoom_about(f64::INFINITY, 1.0, 1.0);
        camera.resize(0.0, -3.0, f64::NAN);
        assert_eq!(camera, before);
    }
}
