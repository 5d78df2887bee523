//! Groups: the sorts of features a tile's mesh is divided into, each painted alike.

use wangge_core::domain::area::Level;
use wangge_core::domain::feature::{BaseClass, RoadClass};

/// One sort of features in a tile. To the renderer it is a number; `mesh` fills groups and `layer` paints them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group(pub u8);

impl Group {
    /// Doors, as dots.
    pub const DOORS: Self = Self(40);

    /// The insides of the areas of a level, as fills.
    pub fn area_fill(level: Level) -> Self {
        Self(level as u8)
    }

    /// The outlines of the areas of a level, as lines.
    pub fn area_line(level: Level) -> Self {
        Self(8 + level as u8)
    }

    /// The roads of a class, as lines.
    pub fn road(class: RoadClass) -> Self {
        Self(16 + class as u8)
    }

    /// Base features of a class: fills for water, green and buildings, lines for barriers, dots for gates.
    pub fn base(class: BaseClass) -> Self {
        Self(24 + class as u8)
    }

    /// The edges of base polygons of a class, as lines.
    pub fn base_line(class: BaseClass) -> Self {
        Self(32 + class as u8)
    }

    /// The level whose insides this group holds; none for any other group.
    pub fn filled_level(self) -> Option<Level> {
        Level::ALL.into_iter().find(|level| Self::area_fill(*level) == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_groups_share_a_number() {
        let roads = [
            RoadClass::Primary,
            RoadClass::Secondary,
            RoadClass::Tertiary,
            RoadClass::Residential,
            RoadClass::Lane,
            RoadClass::Footway,
        ];
        let bases = [BaseClass::Water, BaseClass::Green, BaseClass::Building, BaseClass::Barrier, BaseClass::Gate];
        let mut all = vec![Group::DOORS];
        all.extend(Level::ALL.map(Group::area_fill));
        all.extend(Level::ALL.map(Group::area_line));
        all.extend(roads.map(Group::road));
        all.extend(bases.map(Group::base));
        all.extend(bases.map(Group::base_line));
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }
}
