//! What a viewer sees of the district: everything, or one area with what lies in it.

use wangge_core::domain::District;

/// The part of the district a stream tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everything.
    Whole,
    /// The area at a slot, everything in it, and the figures of the areas above it.
    Within(u32),
}

impl Scope {
    /// The scope of a request that may name an area.
    pub fn new(within: Option<u32>) -> Self {
        within.map_or(Self::Whole, Self::Within)
    }

    /// Whether a door lies in the scope; one in no area lies only in the whole.
    pub fn has_door(self, district: &District, door: u32) -> bool {
        match self {
            Self::Whole => true,
            Self::Within(area) => {
                district.households().leaf(door).is_some_and(|leaf| district.areas().up(leaf).any(|slot| slot == area))
            }
        }
    }

    /// Whether the sums over all doors, those in no grid included, belong to the scope.
    pub fn has_sums(self) -> bool {
        self == Self::Whole
    }

    /// Whether an area's figures belong to the scope: it lies in it or holds it.
    pub fn has_area(self, district: &District, slot: u32) -> bool {
        match self {
            Self::Whole => true,
            Self::Within(area) => {
                let areas = district.areas();
                areas.up(slot).any(|above| above == area) || areas.up(area).any(|above| above == slot)
            }
        }
    }
}
