//! The tiles that cover the picture.

use wangge_core::geometry::tile::TileCoord;

/// More tiles than this are never shown at once; the stencil tells 255 apart, stand-ins included.
const MOST_TILES: usize = 120;

/// Tiles that meet a box, nearest to its middle first. `west_north_east_south` are shares of the world square, `zoom` the
/// view's; deeper than `deepest` tiles are shown larger instead.
pub fn tiles_in_view(west_north_east_south: [f64; 4], zoom: f64, deepest: u8) -> Vec<TileCoord> {
    let [west, north, east, south] = west_north_east_south.map(|v| v.clamp(0.0, 1.0));
    let z = (zoom.floor().max(0.0) as u8).min(deepest);
    let tiles = f64::from(z).exp2();
    let last = tiles - 1.0;
    let range = |from: f64, to: f64| ((from * tiles).floor().min(last) as u64, (to * tiles).floor().min(last) as u64);
    let ((x0, x1), (y0, y1)) = (range(west, east), range(north, south));
    if !(east > west && south > north) || (x1 - x0 + 1).saturating_mul(y1 - y0 + 1) > MOST_TILES as u64 * 4 {
        return Vec::new();
    }
    let middle = ((west + east) / 2.0 * tiles - 0.5, (north + south) / 2.0 * tiles - 0.5);
    let mut found: Vec<(f64, TileCoord)> = (y0..=y1)
        .flat_map(|y| (x0..=x1).map(move |x| (x, y)))
        .filter_map(|(x, y)| {
            let far = (x as f64 - middle.0).hypot(y as f64 - middle.1);
            Some((far, TileCoord::new(u32::from(z), x, y).ok()?))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.truncate(MOST_TILES);
    found.into_iter().map(|(_, tile)| tile).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tile_under_the_middle_comes_first() {
        let tiles = tiles_in_view([0.10, 0.10, 0.40, 0.40], 4.3, 16);
        assert_eq!(tiles.first(), TileCoord::new(4, 3, 3).ok().as_ref());
        assert_eq!(tiles.len(), 36);
    }

    #[test]
    fn past_the_deepest_zoom_tiles_are_only_larger() {
        let tiles = tiles_in_view([0.5, 0.5, 0.5 + 1e-7, 0.5 + 1e-7], 21.9, 16);
        assert_eq!(tiles.len(), 1);
        assert_eq!(tiles[0].z(), 16);
    }

    #[test]
    fn nothing_is_asked_for_off_the_edge_or_from_nonsense() {
        assert!(tiles_in_view([1.5, 0.2, 1.9, 0.4], 5.0, 16).is_empty());
        assert!(tiles_in_view([f64::NAN, 0.2, 1.9, 0.4], 5.0, 16).is_empty());
        assert!(tiles_in_view([0.0, 0.0, 1.0, 1.0], 16.0, 16).is_empty(), "a picture of millions of tiles");
    }
}
