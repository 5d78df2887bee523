//! What the rooms hand each other: groups, meshes, tables and the list of draws.
//!
//! `layer` writes a [`DrawList`] and `render` carries it out; neither knows the other.

mod group;
mod list;
mod mesh;
mod table;
mod wire;

pub use group::Group;
pub use list::{
    CoveragePaint, DotPaint, Draw, DrawList, FillPaint, GLYPHS, Glyph, LinePaint, NO_SLOT, Paint, PatternScale,
    TilePlacement,
};
pub use mesh::{Dot, FillVertex, MeshHandle, Part, Segment, TileMesh};
pub use table::{TableEdit, TableId, TableUpdate};
pub use wire::WireError;
