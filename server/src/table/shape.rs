//! Shapes as a file has them: numbers in its own coordinate system, unchecked.

/// First and second number of a position, in the order of the file; longitude or easting first once read.
pub type Position = [f64; 2];

/// A shape no check has seen; only the gate of the core makes geometry of it.
#[derive(Debug, Clone, PartialEq)]
pub enum RawShape {
    /// One position.
    Point(Position),
    /// Several positions.
    Points(Vec<Position>),
    /// One or more lines.
    Lines(Vec<Vec<Position>>),
    /// One or more polygons, each an outer ring and its holes; rings repeat their first position at the end.
    Polygons(Vec<Vec<Vec<Position>>>),
}

impl RawShape {
    /// The word the field uses for it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Point(_) => "Point",
            Self::Points(_) => "MultiPoint",
            Self::Lines(lines) if lines.len() == 1 => "LineString",
            Self::Lines(_) => "MultiLineString",
            Self::Polygons(polygons) if polygons.len() == 1 => "Polygon",
            Self::Polygons(_) => "MultiPolygon",
        }
    }

    /// Every position, to be looked at.
    pub fn positions(&self) -> Box<dyn Iterator<Item = &Position> + '_> {
        match self {
            Self::Point(position) => Box::new(std::iter::once(position)),
            Self::Points(positions) => Box::new(positions.iter()),
            Self::Lines(lines) => Box::new(lines.iter().flatten()),
            Self::Polygons(polygons) => Box::new(polygons.iter().flatten().flatten()),
        }
    }

    /// Every position, to be turned into another coordinate system.
    pub fn positions_mut(&mut self) -> Box<dyn Iterator<Item = &mut Position> + '_> {
        match self {
            Self::Point(position) => Box::new(std::iter::once(position)),
            Self::Points(positions) => Box::new(positions.iter_mut()),
            Self::Lines(lines) => Box::new(lines.iter_mut().flatten()),
            Self::Polygons(polygons) => Box::new(polygons.iter_mut().flatten().flatten()),
        }
    }
}
