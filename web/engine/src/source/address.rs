//! Addresses of tiles of shapes.

use wangge_core::geometry::tile::TileCoord;

/// Zoom from which doors are asked for, one by one.
const DOORS_FROM: u8 = 14;

/// A template such as `/shapes/{version}/{layers}/{z}/{x}/{y}`, and the version to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    template: String,
    version: String,
}

impl Address {
    /// From a template; parts it does not have are simply not filled in.
    pub fn new(template: String, version: String) -> Self {
        Self { template, version }
    }

    /// The version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Changes the version; returns whether it is another.
    pub fn set_version(&mut self, version: String) -> bool {
        let is_other = self.version != version;
        self.version = version;
        is_other
    }

    /// Address of a tile: every layer that is drawn there, in one.
    pub fn of(&self, tile: TileCoord) -> String {
        let layers = if tile.z() >= DOORS_FROM { "areas,households,roads,base" } else { "areas,roads,base" };
        self.template
            .replace("{version}", &self.version)
            .replace("{layers}", layers)
            .replace("{z}", &tile.z().to_string())
            .replace("{x}", &tile.x().to_string())
            .replace("{y}", &tile.y().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_are_asked_for_only_where_they_are_drawn() {
        let address = Address::new("/shapes/{version}/{layers}/{z}/{x}/{y}".to_owned(), "7".to_owned());
        let tile = |z| TileCoord::new(z, 3, 5).unwrap();
        assert_eq!(address.of(tile(13)), "/shapes/7/areas,roads,base/13/3/5");
        assert_eq!(address.of(tile(14)), "/shapes/7/areas,households,roads,base/14/3/5");
    }
}
