//! The hierarchy: groups of blocks given codes and names, level by level.

use super::grouping::Groups;
use crate::simulate::blocks::layout::{Layout, Use};
use crate::simulate::city::mesh::Mesh;
use crate::simulate::names::{Namer, numeral};
use crate::simulate::plane::{Spot, centroid, spot};
use crate::simulate::recipe::Recipe;
use std::collections::BTreeMap;
use wangge_core::geometry::curve::key_from_fixed;

/// Areas of one level. Everything is by index, in the order of codes.
#[derive(Debug, Clone, Default)]
pub struct Tier {
    /// Codes.
    pub codes: Vec<String>,
    /// Names.
    pub names: Vec<String>,
    /// Index in the tier above.
    pub parents: Vec<u32>,
    /// Area each face of the mesh lies in.
    pub of_face: Vec<Option<u32>>,
}

impl Tier {
    fn over(faces: usize) -> Self {
        Self { of_face: vec![None; faces], ..Self::default() }
    }

    fn add(&mut self, code: String, name: String, parent: u32) -> u32 {
        self.codes.push(code);
        self.names.push(name);
        self.parents.push(parent);
        (self.codes.len() - 1) as u32
    }
}

/// The areas below the district.
pub struct Hierarchy {
    /// Subdistricts and towns.
    pub subdistricts: Tier,
    /// Communities and villages.
    pub communities: Tier,
    /// Grids.
    pub grids: Tier,
    /// Blocks.
    pub blocks: Tier,
    /// Face of each block.
    pub faces: Vec<u32>,
    /// Doors of each block.
    pub doors: Vec<u32>,
}

/// Gives every group a code and a name. At the rim, where most doors are in villages, subdistricts are towns (镇, from 100)
/// and communities villages (村, from 200), as in the national scheme.
pub fn name(
    recipe: &Recipe,
    mesh: &Mesh,
    layouts: &[Option<Layout>],
    groups: &Groups,
    namer: &mut Namer<'_>,
) -> Hierarchy {
    let county = County::new(mesh, layouts, groups);
    let tier = || Tier::over(mesh.face_count());
    let mut out = Hierarchy {
        subdistricts: tier(),
        communities: tier(),
        grids: tier(),
        blocks: tier(),
        faces: Vec::new(),
        doors: Vec::new(),
    };
    let all: Vec<u32> = (0..groups.subdistricts.len() as u32).collect();
    let mut numbers = Numbers { urban: 0, rural: 99 };
    for (sub, town) in county.sorted(&all, 0.5, |s| county.of_subdistrict(s)) {
        let code = format!("{}{:03}", recipe.district.code, numbers.next(town));
        let index = out.subdistricts.add(code, namer.subdistrict(town), 0);
        name_communities(recipe, &county, groups, sub, index, &mut out, namer);
    }
    out
}

fn name_communities(
    recipe: &Recipe,
    county: &County<'_>,
    groups: &Groups,
    sub: u32,
    sub_index: u32,
    out: &mut Hierarchy,
    namer: &mut Namer<'_>,
) {
    let mut numbers = Numbers { urban: 0, rural: 199 };
    for (community, rural) in county.sorted(&groups.subdistricts[sub as usize], 0.55, |c| county.of_community(c)) {
        let code = format!("{}{:03}", out.subdistricts.codes[sub_index as usize], numbers.next(rural));
        let stem = namer.community(rural);
        let name = format!("{stem}{}", if rural { "村" } else { "社区" });
        let index = out.communities.add(code.clone(), name, sub_index);
        let mut runs = BTreeMap::new();
        let grids = county.sorted(&groups.communities[community as usize], 2.0, |g| county.of_grid(g));
        for (g, (grid, _)) in grids.into_iter().enumerate() {
            let grid_code = format!("{code}{:03}", g + 1);
            let grid_index = out.grids.add(grid_code.clone(), format!("第{}网格", numeral(g + 1)), index);
            let blocks = county.sorted(&groups.grids[grid as usize], 2.0, |b| vec![b]);
            for (b, (block, _)) in blocks.into_iter().enumerate() {
                let face = groups.faces[block as usize];
                let used = county.layouts[face as usize].as_ref().map_or(Use::Old, |l| l.used);
                let name = block_name(recipe, used, &stem, &mut runs, namer);
                let block_index = out.blocks.add(format!("{grid_code}{:03}", b + 1), name, grid_index);
                out.subdistricts.of_face[face as usize] = Some(sub_index);
                out.communities.of_face[face as usize] = Some(index);
                out.grids.of_face[face as usize] = Some(grid_index);
                out.blocks.of_face[face as usize] = Some(block_index);
                out.faces.push(face);
                out.doors.push(groups.doors[block as usize]);
            }
        }
    }
}

/// Running numbers of codes: town and country are numbered apart.
struct Numbers {
    urban: u32,
    rural: u32,
}

impl Numbers {
    fn next(&mut self, rural: bool) -> u32 {
        let number = if rural { &mut self.rural } else { &mut self.urban };
        *number += 1;
        *number
    }
}

/// What naming asks of groups: where they are and how rural.
struct County<'a> {
    layouts: &'a [Option<Layout>],
    groups: &'a Groups,
    places: Vec<Spot>,
}

impl<'a> County<'a> {
    fn new(mesh: &Mesh, layouts: &'a [Option<Layout>], groups: &'a Groups) -> Self {
        let places = groups.faces.iter().map(|&f| centroid(&mesh.outline(f))).collect();
        Self { layouts, groups, places }
    }

    fn of_grid(&self, grid: u32) -> Vec<u32> {
        self.groups.grids[grid as usize].clone()
    }

    fn of_community(&self, community: u32) -> Vec<u32> {
        self.groups.communities[community as usize].iter().flat_map(|&g| self.of_grid(g)).collect()
    }

    fn of_subdistrict(&self, sub: u32) -> Vec<u32> {
        self.groups.subdistricts[sub as usize].iter().flat_map(|&c| self.of_community(c)).collect()
    }

    /// Members in the order in which codes are given, and whether each is rural: the urban first, neighbours near each
    /// other.
    fn sorted(&self, members: &[u32], rural_from: f64, blocks: impl Fn(u32) -> Vec<u32>) -> Vec<(u32, bool)> {
        let mut keyed: Vec<(bool, u64, u32)> = members
            .iter()
            .map(|&m| {
                let blocks = blocks(m);
                let sum = blocks.iter().fold(spot(0.0, 0.0), |s, &b| s + self.places[b as usize]);
                let middle = sum * (1.0 / blocks.len().max(1) as f64);
                (self.rural_share(&blocks) > rural_from, key_from_fixed(middle.fixed()), m)
            })
            .collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(rural, _, m)| (m, rural)).collect()
    }

    /// Share of doors that are in villages.
    fn rural_share(&self, blocks: &[u32]) -> f64 {
        let rural = |b: u32| {
            let face = self.groups.faces[b as usize];
            self.layouts[face as usize].as_ref().is_some_and(|l| l.used == Use::Village)
        };
        let doors = |b: u32| f64::from(self.groups.doors[b as usize]);
        let all: f64 = blocks.iter().map(|&b| doors(b)).sum();
        blocks.iter().filter(|&&b| rural(b)).map(|&b| doors(b)).sum::<f64>() / all.max(1.0)
    }
}

/// Name of a block; blocks without a name of their own are numbered through their community.
fn block_name(
    recipe: &Recipe,
    used: Use,
    stem: &str,
    runs: &mut BTreeMap<Use, usize>,
    namer: &mut Namer<'_>,
) -> String {
    let names = &recipe.names;
    let run = runs.entry(used).or_default();
    *run += 1;
    let number = numeral(*run);
    match used {
        Use::Towers => namer.compound(true),
        Use::Slabs => namer.compound(false),
        Use::Old => format!("{stem}老街{number}片"),
        Use::Village => format!("{stem}{number}组"),
        Use::Park => namer.park(true),
        Use::PocketPark => namer.park(false),
        Use::School => namer.with_ending(&names.schools),
        Use::Market => namer.with_ending(&names.markets),
        Use::Clinic => namer.with_ending(&names.clinics),
        Use::Works => namer.with_ending(&names.works),
        Use::Wood => format!("{stem}果林{number}片"),
        Use::Bank | Use::Huts => format!("{stem}江岸{number}段"),
    }
}
