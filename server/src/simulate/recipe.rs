//! The recipe of the demo district: its numbers and the stems of its names, read from `data/demo.json`.

use serde::Deserialize;

const SOURCE: &str = include_str!("../../../data/demo.json");

/// What is wrong with a recipe.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// Not JSON of the expected form.
    #[error("the recipe is not of the expected form")]
    Form(#[from] serde_json::Error),
    /// A number outside its range.
    #[error("recipe value {name} is {value}; it must be in {low}..={high}")]
    Range {
        /// Name of the value.
        name: &'static str,
        /// The value.
        value: f64,
        /// Least allowed.
        low: f64,
        /// Most allowed.
        high: f64,
    },
    /// A list of names that is too short.
    #[error("recipe list names.{name} has {len} entries; it needs at least {least}")]
    Short {
        /// Name of the list.
        name: &'static str,
        /// Entries it has.
        len: usize,
        /// Entries it needs.
        least: usize,
    },
}

/// The recipe.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The district itself.
    pub district: DistrictName,
    /// Doors a km² all over.
    pub doors_per_km2: f64,
    /// Width of the river against the district's radius.
    pub river_width_share: f64,
    /// Share of doors outside every area.
    pub unassigned_share: f64,
    /// Doors a grid.
    pub doors_per_grid: DoorsPerGrid,
    /// Grids a community.
    pub grids_per_community: f64,
    /// Ground area of a block, by what is built there.
    pub block_area_m2: BlockArea,
    /// Share of blocks put to another use than homes.
    pub uses: Uses,
    /// Specialised teams.
    pub teams: usize,
    /// What shops do.
    pub trades: Vec<Trade>,
    /// Stems of names.
    pub names: Names,
}

/// What some shops do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trade {
    /// In a word.
    pub category: String,
    /// What names end with.
    pub ending: String,
    /// When they are open.
    pub hours: String,
}

/// Code and name of the district.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictName {
    /// Six digits.
    pub code: String,
    /// Name shown.
    pub name: String,
}

/// Doors a grid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoorsPerGrid {
    /// At least.
    pub least: u32,
    /// Usually.
    pub usual: u32,
    /// At most.
    pub most: u32,
}

/// Ground area of a block in m².
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockArea {
    /// In old quarters.
    pub old: f64,
    /// Where towers stand.
    pub towers: f64,
    /// Where slabs stand.
    pub slabs: f64,
    /// Between fields.
    pub villages: f64,
}

/// Share of blocks put to another use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uses {
    /// Schools.
    pub school: f64,
    /// Markets and malls.
    pub market: f64,
    /// Hospitals and health centres.
    pub clinic: f64,
    /// Works and warehouses at the rim.
    pub works: f64,
    /// Woods and orchards at the rim.
    pub wood: f64,
    /// Small parks.
    pub pocket_park: f64,
}

/// Stems of names. All are invented; none is a person's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The river.
    pub river: String,
    /// Subdistricts (街道), without the ending.
    pub subdistricts: Vec<String>,
    /// Towns (镇), without the ending.
    pub towns: Vec<String>,
    /// Villages, without the ending.
    pub villages: Vec<String>,
    /// First characters of made names.
    pub stems_first: Vec<String>,
    /// Second characters of made names.
    pub stems_second: Vec<String>,
    /// Endings of compounds.
    pub compound_endings: Vec<String>,
    /// Endings of compounds of towers.
    pub tower_endings: Vec<String>,
    /// Endings of streets.
    pub street_endings: Vec<String>,
    /// Endings of residential streets.
    pub residential_endings: Vec<String>,
    /// Endings of lanes.
    pub lane_endings: Vec<String>,
    /// Stems of lanes.
    pub lane_stems: Vec<String>,
    /// Parks.
    pub parks: Vec<String>,
    /// Endings of schools.
    pub schools: Vec<String>,
    /// Endings of markets.
    pub markets: Vec<String>,
    /// Endings of hospitals.
    pub clinics: Vec<String>,
    /// Endings of works.
    pub works: Vec<String>,
}

impl Recipe {
    /// The recipe this program was built with.
    ///
    /// # Errors
    /// [`RecipeError`] when it is malformed; a test makes sure that it is not.
    pub fn built_in() -> Result<Self, RecipeError> {
        Self::parse(SOURCE)
    }

    /// Checked recipe.
    ///
    /// # Errors
    /// [`RecipeError`] naming the value that is wrong.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        let recipe: Self = serde_json::from_str(text)?;
        recipe.check()?;
        Ok(recipe)
    }

    fn check(&self) -> Result<(), RecipeError> {
        let grid = &self.doors_per_grid;
        let (area, uses, names) = (&self.block_area_m2, &self.uses, &self.names);
        let ranges = [
            ("doors_per_km2", self.doors_per_km2, 1_000.0, 20_000.0),
            ("river_width_share", self.river_width_share, 0.01, 0.12),
            ("unassigned_share", self.unassigned_share, 0.0, 0.01),
            ("doors_per_grid.least", grid.least.into(), 100.0, 400.0),
            ("doors_per_grid.most", grid.most.into(), f64::from(grid.least) * 1.5, 1_000.0),
            ("doors_per_grid.usual", grid.usual.into(), f64::from(grid.least) * 1.2, f64::from(grid.most) * 0.9),
            ("grids_per_community", self.grids_per_community, 2.0, 30.0),
            ("block_area_m2.old", area.old, 2_000.0, 100_000.0),
            ("block_area_m2.towers", area.towers, 6_000.0, 30_000.0),
            ("block_area_m2.slabs", area.slabs, 6_000.0, 30_000.0),
            ("block_area_m2.villages", area.villages, 10_000.0, 200_000.0),
            ("uses", uses.school + uses.market + uses.clinic + uses.works + uses.wood + uses.pocket_park, 0.0, 0.5),
            ("teams", self.teams as f64, 1.0, 999.0),
            ("trades", self.trades.len() as f64, 1.0, 100.0),
            ("district.code", self.district.code.parse().unwrap_or(f64::NAN), 100_000.0, 999_999.0),
        ];
        for (name, value, low, high) in ranges {
            if !(low..=high).contains(&value) {
                return Err(RecipeError::Range { name, value, low, high });
            }
        }
        let lists = [
            ("subdistricts", &names.subdistricts, 12),
            ("towns", &names.towns, 12),
            ("villages", &names.villages, 12),
            ("stems_first", &names.stems_first, 20),
            ("stems_second", &names.stems_second, 20),
            ("compound_endings", &names.compound_endings, 4),
            ("tower_endings", &names.tower_endings, 4),
            ("street_endings", &names.street_endings, 1),
            ("residential_endings", &names.residential_endings, 1),
            ("lane_endings", &names.lane_endings, 1),
            ("lane_stems", &names.lane_stems, 20),
            ("parks", &names.parks, 1),
            ("schools", &names.schools, 1),
            ("markets", &names.markets, 1),
            ("clinics", &names.clinics, 1),
            ("works", &names.works, 1),
        ];
        for (name, list, least) in lists {
            if list.len() < least {
                return Err(RecipeError::Short { name, len: list.len(), least });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_recipe_is_valid() {
        Recipe::built_in().unwrap();
    }

    #[test]
    fn a_recipe_out_of_range_is_refused_by_name() {
        let bad = SOURCE.replace("\"unassigned_share\": 0.002", "\"unassigned_share\": 0.5");
        let error = Recipe::parse(&bad).unwrap_err().to_string();
        assert!(error.contains("unassigned_share is 0.5"), "{error}");
    }
}
