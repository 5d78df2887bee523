//! The draw list: what one frame shows, as plain data.

use super::MeshHandle;
use bytemuck::{Pod, Zeroable};

/// A slot no feature has.
pub const NO_SLOT: u32 = u32::MAX;
/// States a dot's byte can name (its low four bits).
pub const GLYPHS: usize = 16;

/// Everything one frame shows. Draws happen in their order, each inside its tile's part of the screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DrawList {
    /// Colour under everything, sRGB with premultiplied alpha.
    pub background: [f32; 4],
    /// Tiles; a later one takes the place of an earlier one where they overlap.
    pub tiles: Vec<TilePlacement>,
    /// Paints named by the draws.
    pub paints: Vec<Paint>,
    /// The draws.
    pub draws: Vec<Draw>,
}

/// Where a tile lies on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TilePlacement {
    /// Its mesh; none for a tile known to be empty, which still hides what it stands in front of.
    pub mesh: Option<MeshHandle>,
    /// Columns of the linear part, then the shift: clip = x·c0 + y·c1 + shift, tile units in.
    pub clip_from_tile: [f32; 6],
    /// Scale of hatches and dot patterns in it.
    pub pattern: PatternScale,
}

/// How patterns lie on a tile: fixed to the ground, redrawn when the zoom passes a half.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PatternScale {
    /// Pattern pixels a tile unit; a tile's side is a whole number of periods.
    pub pattern_from_tile: f32,
    /// Screen pixels a pattern pixel.
    pub screen_from_pattern: f32,
}

/// One draw: a run of a tile's mesh in a paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// Index into [`DrawList::tiles`].
    pub tile: u16,
    /// Index into [`DrawList::paints`].
    pub paint: u16,
    /// First index, segment or dot.
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// How a run is painted, and by that what it is a run of.
#[derive(Debug, Clone, PartialEq)]
pub enum Paint {
    /// Triangles of one colour.
    Fill(FillPaint),
    /// Triangles coloured by their slot's value in [`super::TableId::Fills`].
    Coverage(CoveragePaint),
    /// Lines.
    Line(LinePaint),
    /// Points, shaped and coloured by their slot's byte in [`super::TableId::Dots`].
    Dots(Box<DotPaint>),
}

/// Triangles of one colour.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct FillPaint {
    /// sRGB, premultiplied.
    pub color: [f32; 4],
    /// Only the feature of this slot, or [`NO_SLOT`] for all.
    pub only_slot: u32,
    /// Fills the row.
    pub pad: [u32; 3],
}

/// Triangles coloured by class of a share, the lowest class hatched, those not started dotted.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct CoveragePaint {
    /// Colour of each class, lowest first; sRGB, premultiplied.
    pub colors: [[f32; 4]; 5],
    /// Colour of an area nobody has begun.
    pub not_started: [f32; 4],
    /// Colour of hatch and dots.
    pub mark: [f32; 4],
    /// Where classes two to five begin.
    pub steps: [f32; 4],
    /// Opacity of everything.
    pub opacity: f32,
    /// Width of hatch lines, px.
    pub mark_width_px: f32,
    /// Fills the row.
    pub pad: [f32; 2],
}

/// Lines.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct LinePaint {
    /// sRGB, premultiplied.
    pub color: [f32; 4],
    /// Width, px.
    pub width_px: f32,
    /// Only lines of this slot, or [`NO_SLOT`] for all.
    pub only_slot: u32,
    /// Fills the row.
    pub pad: [u32; 2],
}

/// Shape of a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u32)]
pub enum Glyph {
    /// Not drawn.
    #[default]
    Nothing = 0,
    /// A disc.
    Disc = 1,
    /// A hollow ring.
    Ring = 2,
    /// A disc inside a ring.
    DiscInRing = 3,
    /// A triangle, point up.
    Triangle = 4,
    /// A square on its corner.
    Diamond = 5,
    /// A square.
    Square = 6,
    /// A diagonal cross.
    Cross = 7,
}

/// Points.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct DotPaint {
    /// Colour by state; sRGB, premultiplied.
    pub colors: [[f32; 4]; GLYPHS],
    /// Shape by state, a [`Glyph`] each.
    pub glyphs: [u32; GLYPHS],
    /// Colour of the rim that lifts a dot off the ground.
    pub rim: [f32; 4],
    /// Colour of the collar.
    pub collar: [f32; 4],
    /// Radius of the shape, px.
    pub radius_px: f32,
    /// Width of the rim, px.
    pub rim_px: f32,
    /// Width of the collar, px.
    pub collar_px: f32,
    /// Opacity of everything.
    pub opacity: f32,
    /// Bit of the byte that puts a collar on.
    pub collar_bit: u32,
    /// State of every dot whatever the table says, or [`NO_SLOT`] to read the table.
    pub fixed_state: u32,
    /// Width of a ring's stroke, px; 0 for one that suits the radius.
    pub stroke_px: f32,
    /// Fills the row.
    pub pad: u32,
}
