//! OpenStreetMap in PBF: its roads or its base map, as a table.
//!
//! A file has nodes, ways and relations apart, so it is gone through several times: what is wanted, then where its nodes
//! lie, then row after row. Positions are kept for the nodes that are needed, nothing else of the file.

mod blocks;
mod nodes;
mod rings;
mod survey;
mod tags;

#[cfg(test)]
mod tests;

use super::fault::{refused, row_fault, unusable};
use crate::table::{
    cell::Cell,
    limits::Limits,
    open::OpenOptions,
    shape::{Position, RawShape},
    source::{DeclaredCrs, Format, Header, Row, RowFault, Source, Step, TableError},
};
use blocks::Blocks;
use nodes::Nodes;
use osmpbf::{Element, PrimitiveBlock};
use std::{collections::VecDeque, path::Path};
use survey::{Areal, Survey};
use tags::{Tags, Wanted};

/// Layers of every file.
pub const LAYERS: [&str; 2] = ["roads", "base"];

/// What of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OsmLayer {
    Roads,
    Base,
}

impl OsmLayer {
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Roads => &["id", "name", "highway", "oneway", "bridge", "tunnel", "layer", "access"],
            Self::Base => &["id", "name", "class"],
        }
    }
}

/// Reader of a layer of an OSM PBF file.
pub struct OsmSource {
    header: Header,
    layer: OsmLayer,
    limits: Limits,
    blocks: Blocks,
    nodes: Nodes,
    /// Areas of several ways, which come last.
    relations: VecDeque<Areal>,
    survey: Survey,
    waiting: VecDeque<Result<Row, RowFault>>,
    number: u64,
}

impl OsmSource {
    /// Reader of the layer wanted: `roads` or `base`.
    ///
    /// # Errors
    /// [`TableError`] when the file cannot be read, is damaged, or no layer was chosen.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let layer = match options.layer.as_deref() {
            Some("roads") => OsmLayer::Roads,
            Some("base") => OsmLayer::Base,
            Some(other) => {
                let message = format!("has no layer {other:?}; it is read as roads or as base");
                return Err(refused(Format::OsmPbf, message));
            }
            None => return Err(refused(Format::OsmPbf, "holds roads and base; say which of the two layers is meant")),
        };
        let mut survey = Survey::of(path, layer, &options.limits)?;
        let nodes = Nodes::find(path, std::mem::take(&mut survey.nodes))?;
        let blocks = Blocks::open(path)?;
        let header = Header {
            format: Format::OsmPbf,
            columns: layer.columns().iter().map(|name| (*name).to_owned()).collect(),
            has_shapes: true,
            crs: Some(DeclaredCrs::Name("OGC:CRS84".to_owned())),
            rows: None,
            bytes: blocks.bytes(),
            encoding: None,
            layer: options.layer.clone(),
            notes: survey.notes(),
        };
        let relations = survey.relations.drain(..).collect();
        Ok(Self {
            header,
            layer,
            limits: options.limits.clone(),
            blocks,
            nodes,
            relations,
            survey,
            waiting: VecDeque::new(),
            number: 0,
        })
    }

    /// Puts the rows of a block into the waiting line.
    fn take(&mut self, block: &PrimitiveBlock) {
        for element in block.elements() {
            let found = match &element {
                Element::Way(way) => {
                    let tags = Tags::of_way(way);
                    self.layer.wanted_way(&tags, way).map(|wanted| {
                        let shape = self.way_shape(wanted, &way.refs().collect::<Vec<i64>>());
                        (format!("way/{}", way.id()), self.values(&tags, wanted), shape)
                    })
                }
                Element::Node(node) if self.layer == OsmLayer::Base => {
                    let tags = Tags::of_node(node);
                    tags.is_gate().then(|| {
                        let at = RawShape::Point([node.lon(), node.lat()]);
                        (format!("node/{}", node.id()), self.values(&tags, Wanted::Gate), Ok(at))
                    })
                }
                Element::DenseNode(node) if self.layer == OsmLayer::Base => {
                    let tags = Tags::of_dense(node);
                    tags.is_gate().then(|| {
                        let at = RawShape::Point([node.lon(), node.lat()]);
                        (format!("node/{}", node.id()), self.values(&tags, Wanted::Gate), Ok(at))
                    })
                }
                _ => None,
            };
            if let Some((id, values, shape)) = found {
                self.push(id, values, shape);
            }
        }
    }

    fn push(&mut self, id: String, mut values: Vec<Cell>, shape: Result<RawShape, String>) {
        self.number += 1;
        let shape = shape.and_then(|shape| match unusable(&shape, &self.limits) {
            Some(reason) => Err(reason),
            None => Ok(shape),
        });
        let row = match shape {
            Ok(shape) => {
                values.insert(0, Cell::Text(id));
                Ok(Row { number: self.number, cells: values, shape: Some(shape) })
            }
            Err(reason) => Err(row_fault(self.number, "geometry", format!("{id} {reason}"), None)),
        };
        self.waiting.push_back(row);
    }

    /// Cells after the id.
    fn values(&self, tags: &Tags<'_>, wanted: Wanted) -> Vec<Cell> {
        let cell = |value: Option<&str>| value.map_or(Cell::Empty, |text| Cell::Text(text.to_owned()));
        match self.layer {
            OsmLayer::Roads => self.layer.columns()[1..].iter().map(|key| cell(tags.get(key))).collect(),
            OsmLayer::Base => vec![cell(tags.get("name")), Cell::Text(wanted.class().to_owned())],
        }
    }

    fn way_shape(&self, wanted: Wanted, refs: &[i64]) -> Result<RawShape, String> {
        if refs.len() > self.limits.vertices {
            return Err(format!("has {} nodes; at most {} are taken", refs.len(), self.limits.vertices));
        }
        if !wanted.is_area() {
            // A way that leaves the extract loses its far nodes; what is here is drawn.
            let line: Vec<Position> = refs.iter().filter_map(|node| self.nodes.position(*node)).collect();
            return if line.len() < 2 {
                Err(format!("has {} of its {} nodes in the file; a line needs two", line.len(), refs.len()))
            } else {
                Ok(RawShape::Lines(vec![line]))
            };
        }
        Ok(RawShape::Polygons(vec![vec![self.nodes.ring(refs)?]]))
    }
}

impl Source for OsmSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        loop {
            match self.waiting.pop_front() {
                Some(Ok(next)) => {
                    *row = next;
                    return Ok(Step::Row);
                }
                Some(Err(fault)) => return Ok(Step::Fault(fault)),
                None => {}
            }
            if let Some(block) = self.blocks.next()? {
                blocks::guarded(|| self.take(&block))?;
            } else if let Some(area) = self.relations.pop_front() {
                let shape = rings::polygons(&area, &self.survey.members, &self.nodes);
                let name = area.name.map_or(Cell::Empty, Cell::Text);
                let class = Cell::Text(area.class.class().to_owned());
                self.push(format!("relation/{}", area.id), vec![name, class], shape);
            } else {
                return Ok(Step::End);
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        self.blocks.read()
    }
}
