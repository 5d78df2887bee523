//! Sorts a vector tile's features into groups and gives each its geometry.

use super::borders::{Borders, closed, is_cut};
use super::fill::Triangulator;
use crate::draw::{Dot, FillVertex, Group, NO_SLOT, Part, Segment, TileMesh};
use std::collections::BTreeMap;
use std::str::FromStr;
use wangge_core::domain::area::Level;
use wangge_core::domain::feature::{BaseClass, RoadClass};
use wangge_core::format::mvt::{DecodedFeature, DecodedLayer, MvtError, Value, decode};
use wangge_core::geometry::tile::{EXTENT, TileCoord};

/// Edges of buildings are drawn from this zoom on.
const BUILDING_EDGES_FROM: u8 = 15;

/// Mesh of a tile of shapes (layers `areas`, `households`, `roads`, `base`; others are left out).
///
/// Doors are taken only where the tile holds them, not from its buffer, so that each is drawn once. Below zoom 14 the
/// points of `households` stand for blocks and are left out.
///
/// # Errors
/// [`MvtError`] when the bytes are no vector tile.
pub fn tile_mesh(bytes: &[u8], tile: TileCoord) -> Result<TileMesh, MvtError> {
    let mut builder = Builder { triangulator: Triangulator::new(), ..Builder::new() };
    for layer in decode(bytes)? {
        match layer.name {
            "areas" => builder.areas(&layer),
            "roads" => builder.roads(&layer),
            "base" => builder.base(&layer, tile.z()),
            "households" if tile.z() >= 14 => builder.doors(&layer),
            _ => {}
        }
    }
    Ok(builder.finish())
}

#[derive(Default)]
struct Fills {
    vertices: Vec<FillVertex>,
    indices: Vec<u32>,
}

struct Builder {
    triangulator: Triangulator,
    fills: BTreeMap<Group, Fills>,
    borders: BTreeMap<Group, Borders>,
    lines: BTreeMap<Group, Vec<Segment>>,
    dots: BTreeMap<Group, Vec<Dot>>,
}

impl Builder {
    fn new() -> Self {
        Self {
            triangulator: Triangulator::new(),
            fills: BTreeMap::new(),
            borders: BTreeMap::new(),
            lines: BTreeMap::new(),
            dots: BTreeMap::new(),
        }
    }

    fn areas(&mut self, layer: &DecodedLayer<'_>) {
        for (feature, level) in sorted(layer, "level", |id| Level::from_str(id).ok()) {
            let slot = slot_of(&feature);
            for rings in polygons(layer, &feature) {
                self.fill(Group::area_fill(level), &rings, slot);
                let borders = self.borders.entry(Group::area_line(level)).or_default();
                for ring in &rings {
                    borders.add(ring, slot);
                }
            }
        }
    }

    fn roads(&mut self, layer: &DecodedLayer<'_>) {
        for (feature, class) in sorted(layer, "class", road_class) {
            self.line(Group::road(class), layer, &feature);
        }
    }

    fn base(&mut self, layer: &DecodedLayer<'_>, zoom: u8) {
        for (feature, class) in sorted(layer, "class", base_class) {
            match class {
                BaseClass::Barrier => self.line(Group::base(class), layer, &feature),
                BaseClass::Gate => self.dot(Group::base(class), layer, &feature),
                BaseClass::Water | BaseClass::Green | BaseClass::Building => {
                    let slot = slot_of(&feature);
                    for rings in polygons(layer, &feature) {
                        self.fill(Group::base(class), &rings, slot);
                        if class == BaseClass::Building && zoom >= BUILDING_EDGES_FROM {
                            let edges = rings.iter().flat_map(|ring| closed(ring)).filter(|(a, b)| !is_cut(*a, *b));
                            let edges = edges.map(|(from, to)| Segment { from, to, slot, other: NO_SLOT });
                            self.lines.entry(Group::base_line(class)).or_default().extend(edges);
                        }
                    }
                }
            }
        }
    }

    fn doors(&mut self, layer: &DecodedLayer<'_>) {
        for feature in layer.features() {
            self.dot(Group::DOORS, layer, &feature);
        }
    }

    fn fill(&mut self, group: Group, rings: &[Vec<[i16; 2]>], slot: u32) {
        let fills = self.fills.entry(group).or_default();
        self.triangulator.add(rings, slot, &mut fills.vertices, &mut fills.indices);
    }

    fn line(&mut self, group: Group, layer: &DecodedLayer<'_>, feature: &DecodedFeature<'_, '_>) {
        let slot = slot_of(feature);
        let segments = self.lines.entry(group).or_default();
        for part in feature.parts() {
            let part = in_extent(layer, &part);
            let pairs = part.windows(2).filter(|pair| pair[0] != pair[1]);
            segments.extend(pairs.map(|pair| Segment { from: pair[0], to: pair[1], slot, other: NO_SLOT }));
        }
    }

    fn dot(&mut self, group: Group, layer: &DecodedLayer<'_>, feature: &DecodedFeature<'_, '_>) {
        let slot = slot_of(feature);
        let inside = |v: i16| (0..EXTENT as i16).contains(&v);
        let dots = self.dots.entry(group).or_default();
        for part in feature.parts() {
            let places = in_extent(layer, &part).into_iter().filter(|[x, y]| inside(*x) && inside(*y));
            dots.extend(places.map(|at| Dot { at, slot }));
        }
    }

    fn finish(self) -> TileMesh {
        let mut mesh = TileMesh::default();
        for (group, fills) in self.fills {
            let base = mesh.vertices.len() as u32;
            mesh.fills.extend(part(group, mesh.indices.len(), fills.indices.len()));
            mesh.vertices.extend(fills.vertices);
            mesh.indices.extend(fills.indices.into_iter().map(|i| base + i));
        }
        let borders = self.borders.into_iter().map(|(group, borders)| (group, borders.into_segments()));
        for (group, segments) in borders.chain(self.lines) {
            mesh.lines.extend(part(group, mesh.segments.len(), segments.len()));
            mesh.segments.extend(segments);
        }
        for (group, dots) in self.dots {
            mesh.points.extend(part(group, mesh.dots.len(), dots.len()));
            mesh.dots.extend(dots);
        }
        mesh
    }
}

fn part(group: Group, first: usize, count: usize) -> Option<Part> {
    (count > 0).then_some(Part { group, first: first as u32, count: count as u32 })
}

/// Features whose text property names something we know, with what it names.
fn sorted<'l, 'a, T: Copy>(
    layer: &'l DecodedLayer<'a>,
    key: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<(DecodedFeature<'l, 'a>, T)> {
    let Some(key) = layer.key(key) else { return Vec::new() };
    layer
        .features()
        .filter_map(|feature| {
            let Some(Value::Text(text)) = feature.get_at(key) else { return None };
            Some((feature, read(text)?))
        })
        .collect()
}

fn road_class(id: &str) -> Option<RoadClass> {
    use RoadClass::{Footway, Lane, Primary, Residential, Secondary, Tertiary};
    [Primary, Secondary, Tertiary, Residential, Lane, Footway].into_iter().find(|class| class.id() == id)
}

fn base_class(id: &str) -> Option<BaseClass> {
    use BaseClass::{Barrier, Building, Gate, Green, Water};
    [Water, Green, Building, Barrier, Gate].into_iter().find(|class| class.id() == id)
}

fn slot_of(feature: &DecodedFeature<'_, '_>) -> u32 {
    feature.id().and_then(|id| u32::try_from(id).ok()).unwrap_or(NO_SLOT)
}

fn polygons(layer: &DecodedLayer<'_>, feature: &DecodedFeature<'_, '_>) -> Vec<Vec<Vec<[i16; 2]>>> {
    feature.polygons().iter().map(|rings| rings.iter().map(|ring| in_extent(layer, ring)).collect()).collect()
}

/// Positions in our extent; what lies absurdly far outside the tile clamps to where 16 bits end.
fn in_extent(layer: &DecodedLayer<'_>, positions: &[(i32, i32)]) -> Vec<[i16; 2]> {
    let unit = |v: i32| {
        let scaled = if layer.extent == EXTENT {
            i64::from(v)
        } else {
            i64::from(v) * i64::from(EXTENT) / i64::from(layer.extent)
        };
        scaled.clamp(i64::from(i16::MIN), i64::from(i16::MAX)) as i16
    };
    positions.iter().map(|(x, y)| [unit(*x), unit(*y)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wangge_core::format::mvt::{LayerWriter, TileWriter};

    fn tile(z: u32) -> TileCoord {
        TileCoord::new(z, 5, 5).unwrap()
    }

    fn sample() -> Vec<u8> {
        let mut areas = LayerWriter::new("areas");
        let tags = [areas.key("level"), areas.value(Value::Text("grid"))];
        areas.polygons(Some(3), &tags, &[vec![vec![(0, 0), (100, 0), (100, 100), (0, 100)]]]);
        areas.polygons(Some(4), &tags, &[vec![vec![(100, 0), (200, 0), (200, 100), (100, 100)]]]);
        let mut roads = LayerWriter::new("roads");
        let tags = [roads.key("class"), roads.value(Value::Text("lane"))];
        roads.lines(Some(9), &tags, &[vec![(0, 0), (50, 50), (90, 50)]]);
        let mut doors = LayerWriter::new("households");
        doors.point(Some(1), &[], (20, 30));
        doors.point(Some(2), &[], (-10, 30));
        let mut writer = TileWriter::default();
        writer.add(areas);
        writer.add(roads);
        writer.add(doors);
        writer.finish()
    }

    #[test]
    fn groups_lie_in_their_parts() {
        let mesh = tile_mesh(&sample(), tile(15)).unwrap();
        assert_eq!(mesh.fills, [Part { group: Group::area_fill(Level::Grid), first: 0, count: 12 }]);
        assert_eq!(
            mesh.lines,
            [
                Part { group: Group::area_line(Level::Grid), first: 0, count: 7 },
                Part { group: Group::road(RoadClass::Lane), first: 7, count: 2 },
            ]
        );
        assert_eq!(mesh.segments[8].slot, 9);
    }

    #[test]
    fn a_door_in_the_buffer_belongs_to_the_neighbour() {
        let mesh = tile_mesh(&sample(), tile(15)).unwrap();
        assert_eq!(mesh.dots, [Dot { at: [20, 30], slot: 1 }]);
    }

    #[test]
    fn block_points_of_far_zooms_are_not_doors() {
        assert!(tile_mesh(&sample(), tile(13)).unwrap().dots.is_empty());
    }

    #[test]
    fn broken_bytes_are_refused_and_no_bytes_are_an_empty_tile() {
        assert!(tile_mesh(&[0xFF; 40], tile(3)).is_err());
        assert!(tile_mesh(&[], tile(3)).unwrap().is_empty());
    }
}
