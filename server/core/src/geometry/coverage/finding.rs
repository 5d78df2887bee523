//! What can be wrong with areas that should lie beside one another without gaps and overlaps.
//!
//! Findings are plain values; the words for them belong to whoever shows them.

use crate::geometry::position::FixedPoint;
use crate::geometry::shape::MultiPolygon;

/// An area of the level that is looked at, or of the one above.
#[derive(Debug, Clone, Copy)]
pub struct CoverArea<'a> {
    /// Its code, unlike every other of its level.
    pub code: &'a str,
    /// Code of the area it should lie in.
    pub parent: Option<&'a str>,
    /// Its polygons, as the gate gave them.
    pub shape: &'a MultiPolygon,
    /// Whether it stays as it is in a repair; others give way to it.
    pub fixed: bool,
}

/// What kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Areas with the very same polygons.
    Twice,
    /// Land two areas both have.
    Overlap,
    /// Land of an area outside its parent.
    Outside,
    /// Land no area has, enclosed by areas or inside a parent that has others.
    Gap,
    /// An area too entangled with another one to be measured exactly; `vertices` is how many crossings were seen.
    TooComplex,
    /// An overlap nowhere wider than the tolerance.
    OverlapSliver,
    /// Land outside the parent, nowhere wider than the tolerance.
    OutsideSliver,
    /// A gap nowhere wider than the tolerance.
    GapSliver,
    /// Corners of an area that come within the tolerance of a neighbour's border from outside without lying on it.
    NearMiss,
    /// Corners of an area on a neighbour's edge (to half a unit, 5 mm) where the neighbour has none.
    TJunction,
}

impl FindingKind {
    /// Every kind, worst first.
    pub const ALL: [Self; 10] = [
        Self::Twice,
        Self::Overlap,
        Self::Outside,
        Self::Gap,
        Self::TooComplex,
        Self::OverlapSliver,
        Self::OutsideSliver,
        Self::GapSliver,
        Self::NearMiss,
        Self::TJunction,
    ];

    /// The kind as an identifier.
    pub fn id(self) -> &'static str {
        match self {
            Self::Twice => "twice",
            Self::Overlap => "overlap",
            Self::Outside => "outside",
            Self::Gap => "gap",
            Self::TooComplex => "too_complex",
            Self::OverlapSliver => "overlap_sliver",
            Self::OutsideSliver => "outside_sliver",
            Self::GapSliver => "gap_sliver",
            Self::NearMiss => "near_miss",
            Self::TJunction => "t_junction",
        }
    }
}

/// What would mend a fault. Numbers are places in the finding's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// This area keeps the land and the others give it up.
    KeepIn(usize),
    /// This area, the neighbour with the longest border to it, takes the land.
    FillInto(usize),
    /// The area is cut at its parent's border.
    CutAtParent,
    /// The corners are moved onto the neighbour's border.
    MoveCorners,
    /// The neighbour gets corners where the area has them.
    InsertCorners,
    /// All but one are taken away.
    DropCopies,
    /// Nobody but a person can tell.
    ByHand,
}

/// A fault, where it is and how big.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// Areas concerned. Overlap: both, the lower code first. Outside: the child and its parent. Gap: its neighbours,
    /// those with the longest border first, at most eight. Near miss, T-junction: whose corners, then whose border.
    pub codes: Vec<String>,
    /// A place in it, or at its edge.
    pub at: FixedPoint,
    /// Its area, square metres.
    pub area_m2: f64,
    /// Half its perimeter, metres: about the length of a sliver.
    pub length_m: f64,
    /// Its mean width, metres: area by half the perimeter. Near miss: the largest distance.
    pub width_m: f64,
    /// Corners concerned, where it is about corners.
    pub vertices: u32,
    /// Which part it is of the first area, or of the parent a gap lies in, 0 to 1; 0 where it is of neither.
    pub share: f64,
    /// Code of the parent a gap lies in.
    pub within: Option<String>,
    /// Its polygons for a map, of at most [`MOST_POSITIONS`] positions; none where it is about corners.
    pub shape: MultiPolygon,
    /// What would mend it.
    pub repair: Repair,
}

/// Positions a finding's shape may have; larger ones are simplified.
pub const MOST_POSITIONS: usize = 500;
