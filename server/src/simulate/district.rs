//! The district: from a number of doors and a seed to rows of areas, doors, roads and the base map.

use super::areas::dissolve::dissolve;
use super::areas::grouping::group;
use super::areas::hierarchy::{Hierarchy, Tier, name};
use super::base::{self, Built};
use super::blocks::layout::Layout;
use super::blocks::site::Site;
use super::blocks::{grounds, uses};
use super::city::plan::Plan;
use super::city::streets::{Place, Streets, lay};
use super::doors::fill::fill;
use super::doors::numbers::number;
use super::doors::rows::{DoorBlock, rows};
use super::names::Namer;
use super::recipe::{Recipe, RecipeError};
use super::roads::Roads;
use super::services;
use rayon::prelude::*;
use wangge_core::domain::area::{AreaRow, Level};
use wangge_core::domain::facility::FacilityRow;
use wangge_core::domain::feature::{BaseRow, RoadClass, RoadRow};
use wangge_core::domain::household::HouseholdRow;
use wangge_core::domain::shop::ShopRow;
use wangge_core::domain::staffing::StaffingRow;

/// Fewest doors a district is made with.
pub const LEAST_HOUSEHOLDS: u32 = 1_000;
/// Most doors a district is made with.
pub const MOST_HOUSEHOLDS: u32 = 1_000_000;

/// A generated district: rows as an import takes them, parents before children.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DemoDistrict {
    /// Areas of every level, parents first.
    pub areas: Vec<AreaRow>,
    /// Doors, grid by grid in walking order; those of no grid last.
    pub households: Vec<HouseholdRow>,
    /// Streets, lanes and paths.
    pub roads: Vec<RoadRow>,
    /// Water, greens, buildings, fences, gates.
    pub base: Vec<BaseRow>,
    /// Health centres, markets, offices, measuring points.
    pub facilities: Vec<FacilityRow>,
    /// What is behind the doors that are shops.
    pub shops: Vec<ShopRow>,
    /// Posts of the grids, grid by grid.
    pub staffing: Vec<StaffingRow>,
}

/// Why no district came out.
#[derive(Debug, thiserror::Error)]
pub enum DistrictError {
    /// The recipe is wrong.
    #[error("the recipe of the demo district is wrong")]
    Recipe(#[from] RecipeError),
    /// A number of doors outside the range.
    #[error("{0} doors asked for; a district has {LEAST_HOUSEHOLDS} to {MOST_HOUSEHOLDS}")]
    Households(u32),
    /// No city of this seed holds so many doors in grids of the asked size.
    #[error("no city of seed {seed} holds {households} doors in grids of the recipe's size")]
    DoesNotFit {
        /// Doors asked for.
        households: u32,
        /// The seed.
        seed: u64,
    },
}

/// A city laid out: its streets, what stands where, and who belongs to which area.
struct City<'a> {
    plan: Plan<'a>,
    streets: Streets,
    layouts: Vec<Option<Layout>>,
    hierarchy: Hierarchy,
    namer: Namer<'a>,
}

/// District of exactly `households` doors ([`LEAST_HOUSEHOLDS`] to [`MOST_HOUSEHOLDS`]): the same for the same number and seed.
///
/// # Errors
/// [`DistrictError`] when the number is outside the range or the recipe is wrong.
pub fn district(households: u32, seed: u64) -> Result<DemoDistrict, DistrictError> {
    if !(LEAST_HOUSEHOLDS..=MOST_HOUSEHOLDS).contains(&households) {
        return Err(DistrictError::Households(households));
    }
    let recipe = Recipe::built_in()?;
    let apart = (f64::from(households) * recipe.unassigned_share).round() as u32;
    let mut radius_m = (f64::from(households) / recipe.doors_per_km2 / std::f64::consts::PI).sqrt() * 1_000.0;
    for attempt in 0..10 {
        let plan = Plan::new(&recipe, seed, radius_m);
        let mut streets = lay(&plan);
        let outside = streets.set_huts_apart(&plan, apart);
        let layouts = build(&plan, &streets);
        let usual: u32 = (0..layouts.len())
            .filter(|&f| matches!(streets.places[f], Place::Block | Place::Strip))
            .filter_map(|f| layouts[f].as_ref().map(Layout::doors))
            .sum();
        // Too dense or too thin against what stands there as usual: the city grows or shrinks and is laid out again.
        let need = f64::from(households - outside) / f64::from(usual.max(1));
        let near = if attempt < 4 { 0.85..=1.18 } else { 0.45..=2.2 };
        if near.contains(&need) {
            let mut namer = Namer::new(&recipe, seed);
            if let Some(groups) = group(&recipe, &streets, &layouts, households - outside) {
                let hierarchy = name(&recipe, &streets.mesh, &layouts, &groups, &mut namer);
                let city = City { plan, streets, layouts, hierarchy, namer };
                return Ok(city.into_rows(outside));
            }
        }
        // The first steps go all the way; later ones half, as small cities change by leaps.
        let step = need.clamp(0.5, 2.0).sqrt();
        radius_m *= if near.contains(&need) {
            1.03
        } else if attempt < 2 {
            step
        } else {
            step.sqrt()
        };
    }
    Err(DistrictError::DoesNotFit { households, seed })
}

/// Layouts of every face of the district and of its huts.
fn build(plan: &Plan<'_>, streets: &Streets) -> Vec<Option<Layout>> {
    (0..streets.mesh.face_count() as u32)
        .into_par_iter()
        .map(|face| {
            let site = || Site::new(plan, &streets.mesh, face);
            match streets.places[face as usize] {
                Place::Outskirts => None,
                Place::Strip => Some(grounds::bank(&site())),
                Place::Huts => Some(grounds::huts(&site())),
                Place::Block => Some(uses::block(&site())),
            }
        })
        .collect()
}

impl City<'_> {
    fn into_rows(mut self, outside: u32) -> DemoDistrict {
        self.tie_paths();
        let roads = Roads::of(&self.streets.mesh, &mut self.namer);
        let households = self.households(&roads, outside);
        let numbers = number(&self.streets.mesh, &roads, &self.layouts);
        let built: Vec<Built<'_>> = self
            .layouts
            .iter()
            .enumerate()
            .filter_map(|(face, l)| l.as_ref().map(|l| (face, l)))
            .map(|(face, layout)| Built {
                name: self.hierarchy.blocks.of_face[face].map_or("", |b| &self.hierarchy.blocks.names[b as usize]),
                layout,
                numbers: numbers[face].iter().map(|n| n.number).collect(),
            })
            .collect();
        let base = base::rows(&self.plan, &built);
        let mut rows = roads.rows(&self.streets.mesh);
        for (i, path) in built.iter().flat_map(|b| &b.layout.paths).enumerate() {
            let prefix = if path.class == RoadClass::Lane { "lane" } else { "path" };
            rows.push(RoadRow {
                id: format!("{prefix}-{:06}", i + 1),
                name: String::new(),
                class: path.class,
                line: path.line.iter().map(|p| p.fixed()).collect(),
            });
        }
        let mut district =
            DemoDistrict { areas: self.areas(), households, roads: rows, base, ..DemoDistrict::default() };
        services::furnish(&mut district, self.plan.recipe, self.plan.seed);
        district
    }

    /// Puts the ends of paths on the mesh, so that street and path share a node.
    fn tie_paths(&mut self) {
        let mesh = &mut self.streets.mesh;
        for (face, layout) in self.layouts.iter_mut().enumerate() {
            let Some(layout) = layout else { continue };
            for path in &mut layout.paths {
                let last = path.line.len() - 1;
                for (joins, end) in path.joins.into_iter().zip([0, last]) {
                    if let Some(node) = mesh.node_near(face as u32, path.line[end]).filter(|_| joins) {
                        path.line[end] = mesh.at(node);
                    }
                }
            }
        }
    }

    fn areas(&self) -> Vec<AreaRow> {
        let h = &self.hierarchy;
        let district = &self.plan.recipe.district;
        let whole = Tier {
            codes: vec![district.code.clone()],
            names: vec![district.name.clone()],
            parents: Vec::new(),
            of_face: h.blocks.of_face.iter().map(|b| b.map(|_| 0)).collect(),
        };
        let tiers = [&whole, &h.subdistricts, &h.communities, &h.grids, &h.blocks];
        let mut rows = Vec::new();
        for (i, (tier, level)) in tiers.into_iter().zip(Level::ALL).enumerate() {
            let shapes = dissolve(&self.streets.mesh, tier.codes.len(), |f| tier.of_face[f as usize]);
            for (k, geometry) in shapes.into_iter().enumerate() {
                rows.push(AreaRow {
                    code: tier.codes[k].clone(),
                    name: tier.names[k].clone(),
                    level,
                    parent: i.checked_sub(1).map(|above| tiers[above].codes[tier.parents[k] as usize].clone()),
                    geometry,
                    starts_on: None,
                    ends_on: None,
                });
            }
        }
        rows
    }

    /// Doors of every block and of the huts; fills each layout's stairs on the way.
    fn households(&mut self, roads: &Roads, outside: u32) -> Vec<HouseholdRow> {
        let h = &self.hierarchy;
        let huts: Vec<usize> = (0..self.layouts.len()).filter(|&f| self.streets.places[f] == Place::Huts).collect();
        let mut wanted: Vec<(usize, u32)> = h.faces.iter().zip(&h.doors).map(|(&f, &d)| (f as usize, d)).collect();
        let mut left = outside;
        for &face in &huts {
            let doors = self.layouts[face].as_ref().map_or(0, Layout::most).min(left);
            wanted.push((face, doors));
            left -= doors;
        }
        let mut counts: Vec<Vec<Vec<u32>>> = vec![Vec::new(); self.layouts.len()];
        for &(face, doors) in &wanted {
            if let Some(layout) = self.layouts[face].as_mut() {
                counts[face] = fill(layout, doors);
            }
        }
        let numbers = number(&self.streets.mesh, roads, &self.layouts);
        let apart = format!("{}000000000", self.plan.recipe.district.code);
        let shore = format!("{}滩", self.plan.recipe.names.river);
        let mut first: Vec<(usize, &str, &str, u32)> = Vec::new();
        let mut last: Option<(&str, u32)> = None;
        for &(face, doors) in &wanted {
            let block = h.blocks.of_face[face];
            let (prefix, place) = block.map_or((apart.as_str(), shore.as_str()), |b| {
                (h.grids.codes[h.blocks.parents[b as usize] as usize].as_str(), h.blocks.names[b as usize].as_str())
            });
            let start = last.filter(|l| l.0 == prefix).map_or(1, |l| l.1);
            first.push((face, prefix, place, start));
            last = Some((prefix, start + doors));
        }
        first
            .into_par_iter()
            .map(|(face, prefix, place, first)| {
                let Some(layout) = self.layouts[face].as_ref() else { return Vec::new() };
                let block = DoorBlock { prefix, first, place, layout, counts: &counts[face], numbers: &numbers[face] };
                rows(&block, roads, &mut self.plan.dice(face as u64 + 1, 0x444F))
            })
            .flatten_iter()
            .collect()
    }
}
