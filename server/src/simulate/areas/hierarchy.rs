//! The hierarchy: blocks into grids, grids into communities, communities into subdistricts, each with code and name.

use super::regions::Regions;
use super::shares::{self, GridDoors};
use crate::simulate::blocks::layout::{Layout, Use};
use crate::simulate::city::plan::Plan;
use crate::simulate::city::streets::{Place, Streets};
use crate::simulate::names::{Namer, numeral};
use crate::simulate::plane::{Spot, centroid, spot};
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

/// Groups blocks into areas and gives each block its number of doors, `households` in all.
///
/// None when the blocks cannot hold that many, or not that few.
pub fn arrange(
    plan: &Plan<'_>,
    streets: &Streets,
    layouts: &[Option<Layout>],
    households: u32,
    namer: &mut Namer<'_>,
) -> Option<Hierarchy> {
    let mesh = &streets.mesh;
    let faces: Vec<u32> = (0..mesh.face_count() as u32)
        .filter(|&f| matches!(streets.places[f as usize], Place::Block | Place::Strip))
        .collect();
    let mut member = vec![None; mesh.face_count()];
    for (i, &face) in faces.iter().enumerate() {
        member[face as usize] = Some(i as u32);
    }
    let layout = |i: u32| layouts[faces[i as usize] as usize].as_ref();
    let usual: Vec<f64> = (0..faces.len() as u32).map(|i| layout(i).map_or(0.0, |l| f64::from(l.doors()))).collect();
    let total: f64 = usual.iter().sum();
    let weights: Vec<f64> = usual.iter().map(|u| u * f64::from(households) / total.max(1.0)).collect();
    let most: Vec<u32> = (0..faces.len() as u32).map(|i| layout(i).map_or(0, Layout::most)).collect();

    let range = &plan.recipe.doors_per_grid;
    let strip = |i: u32| streets.places[faces[i as usize] as usize] == Place::Strip;
    let grow_grids = |least: f64| {
        let mut regions = Regions::new(mesh, &weights, |f| member[f as usize]);
        regions.attach(strip);
        regions.grow(f64::from(range.most) * 0.98, |lightest, _| lightest >= least);
        regions.groups()
    };
    let candidates = [1.06, 1.0, 0.94, 1.14, 0.86, 1.22, 0.75, 0.6, 1.4].into_iter().filter_map(|factor| {
        let groups = grow_grids(f64::from(range.least) * factor);
        let wanted: Vec<GridDoors> = groups
            .iter()
            .map(|g| GridDoors {
                usual: g.iter().map(|&i| weights[i as usize]).sum(),
                most: g.iter().map(|&i| most[i as usize]).sum(),
            })
            .collect();
        shares::grid_doors(&wanted, range.least, range.most, households).map(|doors| (groups, doors))
    });
    // Of the groupings that work, the one with the most usual number of doors a grid.
    let unusual = |grids: usize| (f64::from(households) / grids as f64 - f64::from(range.usual)).abs();
    let (grids, grid_doors) = candidates.fold(None, |best: Option<(Vec<Vec<u32>>, Vec<u32>)>, c| match best {
        Some(b) if unusual(b.0.len()) <= unusual(c.0.len()) => Some(b),
        _ => Some(c),
    })?;
    let grid_of = index_of(&grids, faces.len());

    let ones = vec![1.0; grids.len()];
    let mut regions = Regions::new(mesh, &ones, |f| member[f as usize].map(|i| grid_of[i as usize]));
    let count = subdistrict_count(households);
    let wanted = ((grids.len() as f64 / plan.recipe.grids_per_community).round() as usize).max(count.min(grids.len()));
    regions.grow(plan.recipe.grids_per_community * 1.7, |_, left| left <= wanted);
    let communities = regions.groups();
    let community_of = index_of(&communities, grids.len());

    let sizes: Vec<f64> = communities.iter().map(|c| c.len() as f64).collect();
    let in_community = |f: u32| member[f as usize].map(|i| community_of[grid_of[i as usize] as usize]);
    let mut regions = Regions::new(mesh, &sizes, in_community);
    regions.grow(grids.len() as f64 / count as f64 * 1.5, |_, left| left <= count);
    let subdistricts = regions.groups();

    let places: Vec<Spot> = faces.iter().map(|&f| centroid(&mesh.outline(f))).collect();
    let village: Vec<bool> =
        (0..faces.len() as u32).map(|i| layout(i).is_some_and(|l| l.used == Use::Village)).collect();
    let mut block_doors = vec![0; faces.len()];
    for (grid, &doors) in grids.iter().zip(&grid_doors) {
        let usual: Vec<f64> = grid.iter().map(|&i| weights[i as usize]).collect();
        let most: Vec<u32> = grid.iter().map(|&i| most[i as usize]).collect();
        for (&i, doors) in grid.iter().zip(shares::block_doors(&usual, &most, doors)) {
            block_doors[i as usize] = doors;
        }
    }
    let groups = Groups { subdistricts, communities, grids, places, village, usual: weights };
    Some(name_all(plan, layouts, &groups, &faces, &block_doors, mesh.face_count(), namer))
}

/// How many subdistricts a district of a size has.
fn subdistrict_count(households: u32) -> usize {
    (f64::from(households) / 620.0).sqrt().round().clamp(1.0, 12.0) as usize
}

/// Group of each member.
fn index_of(groups: &[Vec<u32>], count: usize) -> Vec<u32> {
    let mut of = vec![0; count];
    for (g, members) in groups.iter().enumerate() {
        for &m in members {
            of[m as usize] = g as u32;
        }
    }
    of
}

struct Groups {
    subdistricts: Vec<Vec<u32>>,
    communities: Vec<Vec<u32>>,
    grids: Vec<Vec<u32>>,
    places: Vec<Spot>,
    village: Vec<bool>,
    usual: Vec<f64>,
}

impl Groups {
    fn blocks_of_grid(&self, grid: u32) -> &[u32] {
        &self.grids[grid as usize]
    }

    fn blocks_of_community(&self, community: u32) -> Vec<u32> {
        self.communities[community as usize].iter().flat_map(|&g| self.blocks_of_grid(g).to_vec()).collect()
    }

    fn middle(&self, blocks: &[u32]) -> Spot {
        let sum = blocks.iter().fold(spot(0.0, 0.0), |s, &b| s + self.places[b as usize]);
        sum * (1.0 / blocks.len().max(1) as f64)
    }

    /// Share of doors that are in villages.
    fn rural(&self, blocks: &[u32]) -> f64 {
        let sum = |all: bool| -> f64 {
            blocks.iter().filter(|&&b| all || self.village[b as usize]).map(|&b| self.usual[b as usize]).sum()
        };
        sum(false) / sum(true).max(1.0)
    }

    /// Indices in the order in which codes are given: neighbours near each other.
    fn sorted(&self, indices: &[u32], place: impl Fn(u32) -> Spot) -> Vec<u32> {
        let mut sorted = indices.to_vec();
        sorted.sort_by_key(|&i| (key_from_fixed(place(i).fixed()), i));
        sorted
    }
}

fn name_all(
    plan: &Plan<'_>,
    layouts: &[Option<Layout>],
    groups: &Groups,
    faces: &[u32],
    block_doors: &[u32],
    face_count: usize,
    namer: &mut Namer<'_>,
) -> Hierarchy {
    let tier = || Tier { of_face: vec![None; face_count], ..Tier::default() };
    let mut out = Hierarchy {
        subdistricts: tier(),
        communities: tier(),
        grids: tier(),
        blocks: tier(),
        faces: Vec::new(),
        doors: Vec::new(),
    };
    let blocks_of_sub = |s: u32| -> Vec<u32> {
        groups.subdistricts[s as usize].iter().flat_map(|&c| groups.blocks_of_community(c)).collect()
    };
    let all: Vec<u32> = (0..groups.subdistricts.len() as u32).collect();
    let mut subs = groups.sorted(&all, |s| groups.middle(&blocks_of_sub(s)));
    let town = |s: u32| groups.rural(&blocks_of_sub(s)) > 0.5;
    subs.sort_by_key(|&s| town(s));
    let (mut urban_code, mut town_code) = (0, 99);
    for sub in subs {
        let number = if town(sub) { &mut town_code } else { &mut urban_code };
        *number += 1;
        let sub_code = format!("{}{:03}", plan.recipe.district.code, number);
        let sub_index = out.subdistricts.codes.len() as u32;
        out.subdistricts.codes.push(sub_code.clone());
        out.subdistricts.names.push(namer.subdistrict(town(sub)));
        out.subdistricts.parents.push(0);
        let mut members =
            groups.sorted(&groups.subdistricts[sub as usize], |c| groups.middle(&groups.blocks_of_community(c)));
        let rural = |c: u32| groups.rural(&groups.blocks_of_community(c)) > 0.55;
        members.sort_by_key(|&c| rural(c));
        let (mut resident_code, mut village_code) = (0, 199);
        for community in members {
            let number = if rural(community) { &mut village_code } else { &mut resident_code };
            *number += 1;
            let code = format!("{sub_code}{number:03}");
            let stem = namer.community(rural(community));
            let index = out.communities.codes.len() as u32;
            out.communities.codes.push(code.clone());
            out.communities.names.push(format!("{stem}{}", if rural(community) { "村" } else { "社区" }));
            out.communities.parents.push(sub_index);
            let mut villages = 0;
            let grids =
                groups.sorted(&groups.communities[community as usize], |g| groups.middle(groups.blocks_of_grid(g)));
            for (g, grid) in grids.into_iter().enumerate() {
                let grid_code = format!("{code}{:03}", g + 1);
                let grid_index = out.grids.codes.len() as u32;
                out.grids.codes.push(grid_code.clone());
                out.grids.names.push(format!("第{}网格", numeral(g + 1)));
                out.grids.parents.push(index);
                let blocks = groups.sorted(groups.blocks_of_grid(grid), |b| groups.places[b as usize]);
                for (b, block) in blocks.into_iter().enumerate() {
                    let face = faces[block as usize];
                    let used = layouts[face as usize].as_ref().map_or(Use::Old, |l| l.used);
                    out.blocks.codes.push(format!("{grid_code}{:03}", b + 1));
                    out.blocks.names.push(block_name(plan, used, &stem, b, &mut villages, namer));
                    out.blocks.parents.push(grid_index);
                    for (tier, i) in [
                        (&mut out.subdistricts, sub_index),
                        (&mut out.communities, index),
                        (&mut out.grids, grid_index),
                        (&mut out.blocks, out.faces.len() as u32),
                    ] {
                        tier.of_face[face as usize] = Some(i);
                    }
                    out.faces.push(face);
                    out.doors.push(block_doors[block as usize]);
                }
            }
        }
    }
    out
}

fn block_name(
    plan: &Plan<'_>,
    used: Use,
    stem: &str,
    index: usize,
    villages: &mut usize,
    namer: &mut Namer<'_>,
) -> String {
    let names = &plan.recipe.names;
    match used {
        Use::Towers => namer.compound(true),
        Use::Slabs => namer.compound(false),
        Use::Old => format!("{stem}老街{}片", numeral(index + 1)),
        Use::Village => {
            *villages += 1;
            format!("{stem}{}组", numeral(*villages))
        }
        Use::Park => namer.park(true),
        Use::PocketPark => namer.park(false),
        Use::School => namer.with_ending(&names.schools),
        Use::Market => namer.with_ending(&names.markets),
        Use::Clinic => namer.with_ending(&names.clinics),
        Use::Works => namer.with_ending(&names.works),
        Use::Wood => format!("{stem}果林{}片", numeral(index + 1)),
        Use::Bank | Use::Huts => format!("{}绿带{}段", names.river, numeral(index + 1)),
    }
}
