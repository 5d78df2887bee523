//! Properties of the camera at any bearing, zoom, size and pixel ratio.

use super::{Camera, MAX_ZOOM, MIN_ZOOM, WorldBox, WorldPoint};
use proptest::prelude::*;
use wangge_core::geometry::position::LonLat;
use wangge_core::geometry::tile::{EXTENT, TileCoord};

fn zhangzhou(zoom: f64) -> Camera {
    let mut camera = Camera::new();
    camera.resize(1000.0, 700.0, 2.0);
    camera.look_at(LonLat::new(117.65, 24.51).map(WorldPoint::from_lonlat).unwrap(), zoom);
    camera
}

prop_compose! {
    fn any_camera()(
        (x, y) in (0.0..1.0, 0.05..0.95),
        zoom in MIN_ZOOM..MAX_ZOOM,
        bearing in -720.0..720.0,
        (width, height) in (50.0..4000.0, 50.0..3000.0),
        ratio in prop::sample::select(vec![1.0, 1.25, 1.5, 2.0, 3.0]),
    ) -> Camera {
        let mut camera = Camera::new();
        camera.resize(width, height, ratio);
        camera.look_at(WorldPoint { x, y }, zoom);
        camera.set_bearing(bearing);
        camera
    }
}

/// A place on the picture from shares of its size.
fn on_picture(camera: &Camera, (across, down): (f64, f64)) -> (f64, f64) {
    let (width, height) = camera.size_css();
    (across * width, down * height)
}

fn assert_same_place((x, y): (f64, f64), (x2, y2): (f64, f64), within_css: f64) {
    assert!((x - x2).hypot(y - y2) < within_css, "({x}, {y}) became ({x2}, {y2})");
}

/// Where f32 puts a unit of a tile, as the vertex shaders do, CSS pixels.
fn shader_css(camera: &Camera, tile: TileCoord, copy: i32, (ux, uy): (f32, f32)) -> (f64, f64) {
    let m = camera.clip_from_tile(tile, copy);
    let (clip_x, clip_y) = (m[0] * ux + m[2] * uy + m[4], m[1] * ux + m[3] * uy + m[5]);
    let (width, height) = camera.size_css();
    ((f64::from(clip_x) + 1.0) * width / 2.0, (1.0 - f64::from(clip_y)) * height / 2.0)
}

/// Where a unit of a tile lies in the world.
fn world_of(tile: TileCoord, copy: i32, (ux, uy): (f32, f32)) -> WorldPoint {
    let tiles = f64::from(tile.z()).exp2();
    let share = |at: u32, unit: f32| (f64::from(at) + f64::from(unit) / f64::from(EXTENT)) / tiles;
    WorldPoint { x: share(tile.x(), ux) + f64::from(copy), y: share(tile.y(), uy) }
}

proptest! {
    #[test]
    fn projecting_back_gives_the_same_place(camera in any_camera(), share in (-1.0..2.0, -1.0..2.0)) {
        let place = on_picture(&camera, share);
        let world = camera.world_from_css(place.0, place.1);
        assert_same_place(camera.css_from_world(world), place, 1e-3);
        let m = camera.screen_affine();
        let affine = (m[0] * world.x + m[2] * world.y + m[4], m[1] * world.x + m[3] * world.y + m[5]);
        assert_same_place(affine, place, 1e-3);
    }

    #[test]
    fn zooming_keeps_the_ground_under_the_cursor(
        mut camera in any_camera(), share in (0.0..1.0, 0.0..1.0), zoom in 6.0..MAX_ZOOM,
    ) {
        // Near the poles the square ends and the centre with it; the world's copies are told apart by x.
        prop_assume!(camera.zoom() > 6.0);
        let place = on_picture(&camera, share);
        let held = camera.world_from_css(place.0, place.1);
        camera.zoom_about(zoom, place.0, place.1);
        prop_assume!((0.001..0.999).contains(&camera.centre().y));
        assert_same_place(camera.css_from_world(held.nearest_to(camera.centre())), place, 1e-3);
    }

    #[test]
    fn turning_keeps_the_ground_under_the_cursor(
        mut camera in any_camera(), share in (0.0..1.0, 0.0..1.0), bearing in -720.0..720.0,
    ) {
        prop_assume!(camera.zoom() > 6.0);
        let place = on_picture(&camera, share);
        let held = camera.world_from_css(place.0, place.1);
        camera.turn_about(bearing, place.0, place.1);
        prop_assume!((0.001..0.999).contains(&camera.centre().y));
        assert_same_place(camera.css_from_world(held.nearest_to(camera.centre())), place, 1e-3);
        prop_assert!((0.0..360.0).contains(&camera.bearing()));
    }

    #[test]
    fn a_drag_takes_the_ground_along_at_any_bearing(
        mut camera in any_camera(), (dx, dy) in (-300.0..300.0, -300.0..300.0),
    ) {
        prop_assume!(camera.zoom() > 6.0);
        let held = camera.centre();
        let (x, y) = camera.css_from_world(held);
        camera.pan_by(dx, dy);
        prop_assume!((0.001..0.999).contains(&camera.centre().y));
        assert_same_place(camera.css_from_world(held.nearest_to(camera.centre())), (x + dx, y + dy), 1e-3);
    }

    #[test]
    fn a_box_fits_with_its_margin_at_any_bearing(
        mut camera in any_camera(), (west, north) in (0.0_f64..1.0, 0.2_f64..0.7), (wide, high) in (0.001_f64..0.2, 0.001_f64..0.2),
    ) {
        prop_assume!(camera.size_css().0 > 200.0 && camera.size_css().1 > 200.0);
        let east = (west + wide).rem_euclid(1.0);
        let bounds = WorldBox { min: WorldPoint { x: west, y: north }, max: WorldPoint { x: east, y: north + high } };
        camera.fit(bounds, 20.0);
        prop_assume!(camera.zoom() > MIN_ZOOM);
        let (width, height) = camera.size_css();
        let bounds = bounds.unrolled();
        let middle = WorldPoint { x: (bounds.min.x + bounds.max.x) / 2.0, y: 0.5 };
        let shift = camera.centre().x - middle.x;
        let mut least = f64::INFINITY;
        for (x, y) in [(bounds.min.x, bounds.min.y), (bounds.max.x, bounds.min.y),
                       (bounds.max.x, bounds.max.y), (bounds.min.x, bounds.max.y)] {
            let (x, y) = camera.css_from_world(WorldPoint { x: x + shift, y });
            least = least.min(x).min(y).min(width - x).min(height - y);
        }
        prop_assert!((least - 20.0).abs() < 0.01, "the nearest corner is {least} px from the edge");
    }

    /// A unit of a tile and the one beside it are drawn within a tenth of a device pixel of where they belong.
    #[test]
    fn nothing_trembles_at_the_nearest_zoom(camera in any_camera(), share in (0.0..1.0, 0.0..1.0)) {
        let mut camera = camera;
        camera.look_at(camera.centre(), MAX_ZOOM);
        let place = on_picture(&camera, share);
        let world = camera.world_from_css(place.0, place.1);
        let tiles = 16f64.exp2();
        let (copy, x) = (world.x.floor(), world.x.rem_euclid(1.0));
        prop_assume!(x < 1.0);
        let tile = TileCoord::new(16, (x * tiles) as u64, (world.y * tiles) as u64).unwrap();
        let unit = |share: f64| ((share * tiles).fract() * f64::from(EXTENT)).floor() as f32;
        let (ux, uy) = (unit(x), unit(world.y));
        for near in [(ux, uy), (ux + 1.0, uy), (ux, uy + 1.0), (ux - 1.0, uy - 1.0)] {
            let drawn = shader_css(&camera, tile, copy as i32, near);
            let exact = camera.css_from_world(world_of(tile, copy as i32, near));
            assert_same_place(drawn, exact, 0.1 / camera.device_pixel_ratio());
        }
    }

    /// The corner two tiles share is drawn by both in one place, up to a fraction of the unit that masks reach over it.
    #[test]
    fn neighbours_meet_at_any_bearing(camera in any_camera(), share in (0.0..1.0, 0.0..1.0)) {
        let place = on_picture(&camera, share);
        let world = camera.world_from_css(place.0, place.1);
        prop_assume!((0.001..0.999).contains(&world.y));
        let z = (camera.zoom().floor() as u32).min(16);
        let tiles = f64::from(z).exp2();
        let last = (1_u64 << z) - 1;
        let (copy, x) = (world.x.floor() as i32, ((world.x.rem_euclid(1.0) * tiles) as u64).min(last));
        let y = (world.y * tiles) as u64;
        let tile = TileCoord::new(z, x, y).unwrap();
        let (east, east_copy) = if x == last { (0, copy + 1) } else { (x + 1, copy) };
        let beside = TileCoord::new(z, east, y).unwrap();
        let unit_css = camera.css_px_per_world() / tiles / f64::from(EXTENT);
        for uy in [0.0, 1777.0, 4096.0] {
            let here = shader_css(&camera, tile, copy, (4096.0, uy));
            assert_same_place(here, shader_css(&camera, beside, east_copy, (0.0, uy)), unit_css / 4.0);
        }
    }
}

#[test]
fn what_is_up_is_the_bearing() {
    let mut camera = zhangzhou(15.0);
    let north = WorldPoint { x: camera.centre().x, y: camera.centre().y - 1e-3 };
    let east = WorldPoint { x: camera.centre().x + 1e-3, y: camera.centre().y };
    camera.set_bearing(90.0);
    let ((x, y), (nx, _)) = (camera.css_from_world(east), camera.css_from_world(north));
    assert!((x - 500.0).abs() < 1e-6 && y < 350.0, "looking east, east is up");
    assert!(nx < 500.0, "looking east, north is left");
    camera.set_bearing(-360.0 - 1e-15);
    assert_eq!(camera.bearing(), 0.0);
}

#[test]
fn unturned_the_numbers_are_the_plain_ones() {
    let camera = zhangzhou(17.3);
    let tile = TileCoord::new(16, 54_184, 28_221).unwrap();
    let (scale, tiles) = (camera.css_px_per_world(), 16f64.exp2());
    let unit = scale / tiles / 4096.0;
    let left = (f64::from(tile.x()) / tiles - camera.centre().x) * scale;
    let top = (f64::from(tile.y()) / tiles - camera.centre().y) * scale;
    let plain = [unit / 500.0, 0.0, 0.0, -unit / 350.0, left / 500.0, -top / 350.0].map(|v| v as f32);
    assert_eq!(camera.clip_from_tile(tile, 0), plain);
}

#[test]
fn a_pan_goes_on_past_the_antimeridian() {
    let mut camera = zhangzhou(5.0);
    camera.look_at(WorldPoint { x: 0.999, y: 0.5 }, 5.0);
    camera.pan_by(-100.0, 0.0);
    assert!(camera.centre().x < 0.1, "{:?}", camera.centre());
    let fiji = WorldPoint { x: 0.99, y: 0.5 };
    let (x, _) = camera.css_from_world(fiji.nearest_to(camera.centre()));
    assert!((0.0..500.0).contains(&x), "what lies west of the line is left of it, at {x}");
}

#[test]
fn nonsense_leaves_the_camera_where_it_was() {
    let mut camera = zhangzhou(12.0);
    let before = camera;
    camera.look_at(WorldPoint { x: f64::NAN, y: 0.1 }, 3.0);
    camera.zoom_about(f64::INFINITY, 1.0, 1.0);
    camera.resize(0.0, -3.0, f64::NAN);
    camera.set_bearing(f64::NAN);
    camera.turn_about(f64::INFINITY, 1.0, 1.0);
    assert_eq!(camera, before);
}
