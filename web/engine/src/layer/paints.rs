//! From styles to paints: what a zoom and a pixel ratio make of them, and which level of areas speaks when.

use super::color::Color;
use super::curve::Curve;
use super::style::{CoverageStyle, LineStyle};
use crate::draw::{CoveragePaint, DotPaint, FillPaint, GLYPHS, Glyph, LinePaint, NO_SLOT};
use wangge_core::domain::area::Level;

/// Where communities take over from subdistricts, and grids from communities.
const LEVEL_LIMITS: [(f64, Level); 2] = [(11.0, Level::Community), (12.5, Level::Grid)];
/// Zooms over which one level fades into the next.
const LEVEL_FADE: f64 = 0.25;
/// How much a fill darkens for the hatch on it.
const HATCH_SHADE: f32 = 0.45;

/// How strongly the fills of a level show at a zoom, 0..=1: one level at a time, with a short fade between, and all of
/// them paler near the ground so that buildings and doors read.
pub fn fill_strength(level: Level, zoom: f64) -> f64 {
    let rise = |limit: f64| ((zoom - limit) / LEVEL_FADE + 0.5).clamp(0.0, 1.0);
    let [(first, _), (second, _)] = LEVEL_LIMITS;
    let share = match level {
        Level::Subdistrict => 1.0 - rise(first),
        Level::Community => rise(first) * (1.0 - rise(second)),
        Level::Grid => rise(second),
        Level::District | Level::Block => 0.0,
    };
    share * Curve::linear(&[(15.0, 1.0), (16.5, 0.62), (18.0, 0.4)]).at(zoom)
}

/// The level one works at: its outlines are the darkest.
pub fn working_level(zoom: f64) -> Level {
    LEVEL_LIMITS.iter().rev().find(|(limit, _)| zoom >= *limit).map_or(Level::Subdistrict, |(_, level)| *level)
}

/// Zoom from which the outlines of a level are drawn.
pub fn outline_from(level: Level) -> f64 {
    match level {
        Level::District | Level::Subdistrict => 0.0,
        Level::Community => 10.25,
        Level::Grid => 12.0,
        Level::Block => 14.5,
    }
}

/// One colour.
pub fn fill(color: Color) -> FillPaint {
    FillPaint { color: color.premultiplied(), only_slot: NO_SLOT, pad: [0; 3] }
}

/// Reached shares, at a strength.
pub fn coverage(style: &CoverageStyle, ink: Color, zoom: f64, pixel_ratio: f64, strength: f64) -> CoveragePaint {
    let worst = style.colors[0];
    CoveragePaint {
        colors: style.colors.map(Color::premultiplied),
        not_started: style.not_started.premultiplied(),
        mark: worst.mixed(ink, HATCH_SHADE).premultiplied(),
        steps: style.steps,
        opacity: (style.opacity.at(zoom) * strength) as f32,
        mark_width_px: (1.1 * pixel_ratio) as f32,
        pad: [0.0; 2],
    }
}

/// A line of a width in CSS pixels.
pub fn line(color: Color, width_css: f64, pixel_ratio: f64) -> LinePaint {
    LinePaint {
        color: color.premultiplied(),
        width_px: (width_css * pixel_ratio) as f32,
        only_slot: NO_SLOT,
        pad: [0; 2],
    }
}

/// A styled line at a zoom; none where it is not shown or too thin to see.
pub fn styled_line(style: &LineStyle, zoom: f64, pixel_ratio: f64) -> Option<LinePaint> {
    let width = style.width.at(zoom);
    (style.zooms.holds(zoom) && width > 0.05).then(|| line(style.color, width, pixel_ratio))
}

/// One shape for every dot, whatever its state.
pub fn mark(glyph: Glyph, color: Color, rim: Color, radius_css: f64, stroke_css: f64, pixel_ratio: f64) -> DotPaint {
    let mut glyphs = [Glyph::Nothing as u32; GLYPHS];
    glyphs[0] = glyph as u32;
    DotPaint {
        colors: [color.premultiplied(); GLYPHS],
        glyphs,
        rim: rim.premultiplied(),
        collar: [0.0; 4],
        radius_px: (radius_css * pixel_ratio) as f32,
        rim_px: if rim.alpha > 0.0 { pixel_ratio as f32 } else { 0.0 },
        collar_px: 0.0,
        opacity: 1.0,
        collar_bit: 0,
        fixed_state: 0,
        stroke_px: (stroke_css * pixel_ratio) as f32,
        pad: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_level_is_filled_at_a_time_away_from_the_limits() {
        for (zoom, level) in [(9.0, Level::Subdistrict), (11.7, Level::Community), (14.0, Level::Grid)] {
            let strengths = Level::ALL.map(|l| (l, fill_strength(l, zoom)));
            for (other, strength) in strengths {
                assert_eq!(strength > 0.0, other == level, "{other} at {zoom}");
            }
            assert_eq!(working_level(zoom), level);
        }
    }

    #[test]
    fn fills_pale_but_never_vanish_near_the_ground() {
        assert_eq!(fill_strength(Level::Grid, 14.9), 1.0);
        assert!(fill_strength(Level::Grid, 17.0) < 0.6);
        assert!(fill_strength(Level::Grid, 22.0) > 0.2);
    }
}
