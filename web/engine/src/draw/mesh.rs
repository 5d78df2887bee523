//! A tile's geometry, ready to be copied to the GPU.

use super::Group;
use bytemuck::{Pod, Zeroable};

/// Names a mesh the renderer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeshHandle(pub u32);

/// A corner of a triangle, in tile units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
#[repr(C)]
pub struct FillVertex {
    /// Position in tile units; the tile is 0..=4096, its buffer reaches a little outside.
    pub at: [i16; 2],
    /// Slot of the feature.
    pub slot: u32,
}

/// A straight piece of a line, in tile units. The vertex shader makes a capsule of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Segment {
    /// Where it begins.
    pub from: [i16; 2],
    /// Where it ends.
    pub to: [i16; 2],
    /// Slot of the feature, for a border of the first of its two areas.
    pub slot: u32,
    /// For a border the slot of the area on its other side, or [`super::NO_SLOT`].
    pub other: u32,
}

/// A point, in tile units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Dot {
    /// Position.
    pub at: [i16; 2],
    /// Slot of the feature.
    pub slot: u32,
}

/// A run of one group inside its array: of indices for fills, of segments for lines, of dots for points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The group.
    pub group: Group,
    /// First element.
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// Everything drawn of one tile. Groups follow each other in each array; `parts` says where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TileMesh {
    /// Corners of fills.
    pub vertices: Vec<FillVertex>,
    /// Triangles of fills, three indices each.
    pub indices: Vec<u32>,
    /// Pieces of lines.
    pub segments: Vec<Segment>,
    /// Points.
    pub dots: Vec<Dot>,
    /// Runs of fills.
    pub fills: Vec<Part>,
    /// Runs of lines.
    pub lines: Vec<Part>,
    /// Runs of points.
    pub points: Vec<Part>,
}

impl TileMesh {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.indices.is_empty() && self.segments.is_empty() && self.dots.is_empty()
    }

    /// Bytes of its arrays.
    pub fn byte_len(&self) -> usize {
        size_of_val(&*self.vertices)
            + size_of_val(&*self.indices)
            + size_of_val(&*self.segments)
            + size_of_val(&*self.dots)
    }
}
