//! Grouping: blocks into grids of so many doors, grids into communities, communities into subdistricts.

use super::regions::Regions;
use super::shares::{self, GridDoors};
use crate::simulate::blocks::layout::Layout;
use crate::simulate::city::streets::{Place, Streets};
use crate::simulate::recipe::Recipe;

/// The groups: each lists members of the level below by index, blocks as indices into `faces`.
pub struct Groups {
    /// Communities of each subdistrict.
    pub subdistricts: Vec<Vec<u32>>,
    /// Grids of each community.
    pub communities: Vec<Vec<u32>>,
    /// Blocks of each grid.
    pub grids: Vec<Vec<u32>>,
    /// Face of each block.
    pub faces: Vec<u32>,
    /// Doors of each block.
    pub doors: Vec<u32>,
}

/// The blocks of a city and how many doors they have as usual and at most.
struct Blocks<'a> {
    streets: &'a Streets,
    faces: Vec<u32>,
    /// Block of each face.
    of_face: Vec<Option<u32>>,
    /// Doors as usual, scaled to the number asked for.
    usual: Vec<f64>,
    most: Vec<u32>,
}

/// Groups the blocks of a city and gives each its number of doors, `households` in all.
///
/// None when the blocks cannot hold that many in grids of the recipe's size.
pub fn group(recipe: &Recipe, streets: &Streets, layouts: &[Option<Layout>], households: u32) -> Option<Groups> {
    let blocks = Blocks::of(streets, layouts, households);
    let mesh = &streets.mesh;
    let (grids, grid_doors) = grids(recipe, &blocks, households)?;
    let grid_of = index_of(&grids, blocks.faces.len());
    let grid_at = |face: u32| blocks.of_face[face as usize].map(|b| grid_of[b as usize]);

    let count = subdistrict_count(households).min(grids.len());
    let wanted = ((grids.len() as f64 / recipe.grids_per_community).round() as usize).max(count);
    let mut regions = Regions::new(mesh, &vec![1.0; grids.len()], grid_at);
    regions.grow(recipe.grids_per_community * 1.7, |_, left| left <= wanted);
    let communities = regions.groups();
    let community_of = index_of(&communities, grids.len());

    let sizes: Vec<f64> = communities.iter().map(|c| c.len() as f64).collect();
    let mut regions = Regions::new(mesh, &sizes, |f| grid_at(f).map(|g| community_of[g as usize]));
    regions.grow(grids.len() as f64 / count as f64 * 1.5, |_, left| left <= count);

    let mut doors = vec![0; blocks.faces.len()];
    for (grid, &total) in grids.iter().zip(&grid_doors) {
        let usual: Vec<f64> = grid.iter().map(|&b| blocks.usual[b as usize]).collect();
        let most: Vec<u32> = grid.iter().map(|&b| blocks.most[b as usize]).collect();
        for (&block, own) in grid.iter().zip(shares::block_doors(&usual, &most, total)) {
            doors[block as usize] = own;
        }
    }
    Some(Groups { subdistricts: regions.groups(), communities, grids, faces: blocks.faces, doors })
}

impl<'a> Blocks<'a> {
    fn of(streets: &'a Streets, layouts: &[Option<Layout>], households: u32) -> Self {
        let faces: Vec<u32> = (0..streets.mesh.face_count() as u32)
            .filter(|&f| matches!(streets.places[f as usize], Place::Block | Place::Strip))
            .collect();
        let mut of_face = vec![None; streets.mesh.face_count()];
        for (i, &face) in faces.iter().enumerate() {
            of_face[face as usize] = Some(i as u32);
        }
        let layout = |f: &u32| layouts[*f as usize].as_ref();
        let doors: Vec<f64> = faces.iter().map(|f| layout(f).map_or(0.0, |l| f64::from(l.doors()))).collect();
        let scale = f64::from(households) / doors.iter().sum::<f64>().max(1.0);
        let usual = doors.iter().map(|d| d * scale).collect();
        let most = faces.iter().map(|f| layout(f).map_or(0, Layout::most)).collect();
        Self { streets, faces, of_face, usual, most }
    }

    /// Grows regions of blocks until `enough`; riverside strips go with the land across the road, not with each other.
    fn regions(&self, most: f64, enough: impl Fn(f64, usize) -> bool) -> Vec<Vec<u32>> {
        let mut regions = Regions::new(&self.streets.mesh, &self.usual, |f| self.of_face[f as usize]);
        regions.attach(|b| self.streets.places[self.faces[b as usize] as usize] == Place::Strip);
        regions.grow(most, enough);
        regions.groups()
    }
}

/// Blocks of each grid and the grids' doors; none when no grouping works out.
fn grids(recipe: &Recipe, blocks: &Blocks<'_>, households: u32) -> Option<(Vec<Vec<u32>>, Vec<u32>)> {
    let range = &recipe.doors_per_grid;
    let most = f64::from(range.most) * 0.98;
    let with_doors = |groups: Vec<Vec<u32>>| {
        let wanted: Vec<GridDoors> = groups
            .iter()
            .map(|g| GridDoors {
                usual: g.iter().map(|&b| blocks.usual[b as usize]).sum(),
                most: g.iter().map(|&b| blocks.most[b as usize]).sum(),
            })
            .collect();
        shares::grid_doors(&wanted, range.least, range.most, households).map(|doors| (groups, doors))
    };
    // Of the groupings that work out, the one whose grids are nearest to the usual size.
    let unusual = |grids: usize| (f64::from(households) / grids as f64 - f64::from(range.usual)).abs();
    let by_size = [1.06, 1.0, 0.94, 1.14, 0.86, 1.22, 0.75]
        .into_iter()
        .filter_map(|factor| {
            let least = f64::from(range.least) * factor;
            with_doors(blocks.regions(most, |lightest, _| lightest >= least))
        })
        .reduce(|best, c| if unusual(best.0.len()) <= unusual(c.0.len()) { best } else { c });
    // Few blocks may not come out within the range by themselves: then a number of grids is aimed at.
    by_size.or_else(|| {
        let usual = (f64::from(households) / f64::from(range.usual)).round().max(1.0) as usize;
        [usual, usual + 1, usual.saturating_sub(1).max(1)]
            .into_iter()
            .find_map(|count| with_doors(blocks.regions(most, |_, left| left <= count)))
    })
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
