//! From styles to paints: what a zoom and a pixel ratio make of them, and which level of areas speaks when.

use super::color::Color;
use super::curve::Curve;
use super::style::{CoverageStyle, LineStyle, ZoomRange};
use crate::draw::{CoveragePaint, DotPaint, FillPaint, GLYPHS, Glyph, LinePaint, NO_SLOT};
use wangge_core::domain::area::Level;
use wangge_core::domain::feature::BaseClass;

/// Zooms over which one level fades into the next.
const LEVEL_FADE: f64 = 0.25;
/// How much a fill darkens for the hatch on it.
const HATCH_SHADE: f32 = 0.45;

/// How strongly fills shown over a range of zooms show at one, 0..=1: a short fade between one level and the next, and
/// all of them paler near the ground so that buildings and doors read.
pub fn fill_strength(zooms: ZoomRange, zoom: f64) -> f64 {
    let rise = |limit: f64| ((zoom - limit) / LEVEL_FADE + 0.5).clamp(0.0, 1.0);
    let ZoomRange(from, to) = zooms;
    let share = (if from <= 0.0 { 1.0 } else { rise(from) }) * (1.0 - rise(to));
    share * Curve::linear(&[(15.0, 1.0), (16.5, 0.62), (18.0, 0.4)]).at(zoom)
}

/// How strongly a class of the base map covers the coverage under it: water wholly, parks mostly, buildings the more the
/// nearer they are, so that from afar they are only a texture.
pub fn base_strength(class: BaseClass, zoom: f64) -> f32 {
    match class {
        BaseClass::Green => 0.8,
        BaseClass::Building => Curve::linear(&[(14.0, 0.3), (15.0, 0.6), (16.5, 0.95)]).at(zoom) as f32,
        BaseClass::Water | BaseClass::Barrier | BaseClass::Gate => 1.0,
    }
}

/// The level one works at: the one whose fills are shown. Its outlines are the darkest.
pub fn working_level(fills: &[Option<CoverageStyle>; 5], zoom: f64) -> Option<Level> {
    let shown = |level: &Level| fills[*level as usize].as_ref().is_some_and(|fill| fill.zooms.holds(zoom));
    Level::ALL.into_iter().find(shown)
}

/// Colour of an outline: paler towards the ground where it is not of the level one works at. Opacity becomes paleness
/// too, because round joins of see-through lines would show.
pub fn outline_color(color: Color, ground: Color, is_working: bool) -> Color {
    let strength = color.alpha * if is_working { 1.0 } else { 0.7 };
    ground.mixed(Color { alpha: 1.0, ..color }, strength)
}

/// How much thinner outlines are drawn from afar.
pub fn outline_scale(zoom: f64) -> f64 {
    Curve::linear(&[(9.0, 0.55), (13.0, 1.0)]).at(zoom)
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
    fn one_level_fades_into_the_next_and_their_strengths_add_up() {
        let (community, grid) = (ZoomRange(11.0, 12.5), ZoomRange(12.5, 17.0));
        for zoom in [12.4, 12.45, 12.5, 12.6] {
            let sum = fill_strength(community, zoom) + fill_strength(grid, zoom);
            assert!((sum - 1.0).abs() < 1e-9, "{sum} at {zoom}");
        }
        assert_eq!((fill_strength(community, 14.0), fill_strength(grid, 14.0)), (0.0, 1.0));
    }

    #[test]
    fn fills_pale_but_never_vanish_near_the_ground() {
        let block = ZoomRange(12.5, f64::INFINITY);
        assert!(fill_strength(block, 17.0) < 0.6);
        assert!(fill_strength(block, 22.0) > 0.2);
    }

    #[test]
    fn outlines_are_never_see_through() {
        let ink = Color::parse("#000000").unwrap().faded(0.5);
        let ground = Color::parse("#ffffff").unwrap();
        let drawn = outline_color(ink, ground, true);
        assert_eq!((drawn.alpha, drawn.rgb), (1.0, [0.5; 3]));
        assert!(outline_color(ink, ground, false).rgb[0] > 0.5);
    }
}
