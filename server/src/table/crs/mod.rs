//! Coordinate systems of files, and the way between their numbers and CRS84.
//!
//! A system is found once, by what a person types or a file declares; after that a position costs no lookup. Numbers are
//! taken as files hold them, easting or longitude first, whatever order the registry names; `-swapped` turns them round.
//! Which system a file is really in is not asked here: `import`'s detective tests that.

use super::source::DeclaredCrs;
use definition::Definition;
use std::fmt;
use std::sync::Arc;
use wangge_core::geometry::datum::{Bd09, Gcj02, bd09_from_wgs84, gcj02_from_wgs84, wgs84_from_bd09, wgs84_from_gcj02};
use wangge_core::geometry::position::{GeometryError, LonLat};

mod definition;
mod names;
mod prj;
#[cfg(test)]
mod tests;
mod wkt;
mod words;

/// A coordinate system.
#[derive(Debug, Clone, Default)]
pub enum Crs {
    /// WGS-84 degrees, longitude first. EPSG:4326 in a file is taken as this: files hold longitude first.
    #[default]
    Crs84,
    /// EPSG:4490, CGCS2000 degrees: within a few centimetres of WGS-84, and taken as the same.
    Cgcs2000,
    /// GCJ-02 degrees (Amap, Tencent, Google in China).
    Gcj02,
    /// BD-09 degrees (Baidu).
    Bd09,
    /// A system with a definition, most of them in metres.
    Defined(Arc<Definition>),
    /// Another system with its two numbers the other way round: latitude or northing first.
    Swapped(Box<Crs>),
}

/// Why a coordinate system cannot be used, or a position not be read in it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// A word that names none.
    #[error(
        "coordinate system {0:?} is not known; crs84, gcj02, bd09, latlon, or an EPSG code such as 4490, 4548 or 3857 \
         would be right, with -swapped behind it where northing or latitude comes first"
    )]
    Unknown(String),
    /// A code without a definition.
    #[error("EPSG:{0} has no definition here; transform the file to EPSG:4326 first")]
    UnknownCode(u32),
    /// A code with a definition that cannot serve.
    #[error("EPSG:{code} cannot be used: {why}; transform the file to EPSG:4326 first")]
    Unusable {
        /// The code.
        code: u32,
        /// What stands in the way.
        why: String,
    },
    /// A definition in well-known text that makes no system.
    #[error("the coordinate system's definition cannot be used: {0}; name it with --crs")]
    Definition(String),
    /// Numbers that are no position in the system.
    #[error("[{}, {}] is no position in {crs}: {why}", xy[0], xy[1])]
    NoPosition {
        /// The system.
        crs: String,
        /// The numbers, in the order of the file.
        xy: [f64; 2],
        /// What is wrong with them.
        why: String,
    },
}

impl Crs {
    /// The system with an EPSG code.
    ///
    /// # Errors
    /// [`CrsError`] when it has no definition, or one that is known to be wrong or needs a grid of shifts.
    pub fn from_epsg(code: u32) -> Result<Self, CrsError> {
        match code {
            4326 => Ok(Self::Crs84),
            4490 => Ok(Self::Cgcs2000),
            // The codes Web Mercator had before it had one of its own.
            900_913 | 3785 | 102_100 | 102_113 => Self::from_epsg(3857),
            _ => Definition::epsg(code).map(|definition| Self::Defined(Arc::new(definition))),
        }
    }

    /// The system a definition in well-known text describes: WKT 1, that of ESRI's `.prj`, or WKT 2.
    ///
    /// An EPSG code in it is believed; without one its name and parameters are read. The order of axes it states is not
    /// followed, as files do not follow it.
    ///
    /// # Errors
    /// [`CrsError::Definition`] when it is malformed or describes nothing known.
    pub fn from_wkt(text: &str) -> Result<Self, CrsError> {
        prj::system(text)
    }

    /// The system a file declares.
    ///
    /// # Errors
    /// [`CrsError`] as for a code, a word or a definition.
    pub fn from_declared(declared: &DeclaredCrs) -> Result<Self, CrsError> {
        match declared {
            DeclaredCrs::Epsg(code) => Self::from_epsg(*code),
            DeclaredCrs::Name(name) => name.parse(),
            DeclaredCrs::Wkt(text) => Self::from_wkt(text),
        }
    }

    /// The same system with its two numbers the other way round.
    pub fn swapped(self) -> Self {
        match self {
            Self::Swapped(inner) => *inner,
            straight => Self::Swapped(Box::new(straight)),
        }
    }

    /// What to type to get it: `crs84`, `gcj02`, `EPSG:4548`, `latlon`, `EPSG:4548-swapped`. A definition without a code
    /// has its name here, which cannot be typed.
    pub fn id(&self) -> String {
        match self {
            Self::Crs84 => "crs84".to_owned(),
            Self::Cgcs2000 => "EPSG:4490".to_owned(),
            Self::Gcj02 => "gcj02".to_owned(),
            Self::Bd09 => "bd09".to_owned(),
            Self::Defined(definition) => definition.id.clone(),
            Self::Swapped(inner) if matches!(**inner, Self::Crs84) => "latlon".to_owned(),
            Self::Swapped(inner) => format!("{}-swapped", inner.id()),
        }
    }

    /// Its name for people.
    pub fn name(&self) -> String {
        match self {
            Self::Crs84 => "WGS 84, longitude first".to_owned(),
            Self::Cgcs2000 => "CGCS2000".to_owned(),
            Self::Gcj02 => "GCJ-02 (Amap, Tencent)".to_owned(),
            Self::Bd09 => "BD-09 (Baidu)".to_owned(),
            Self::Defined(definition) => definition.name.clone(),
            Self::Swapped(inner) if matches!(**inner, Self::Crs84) => "WGS 84, latitude first".to_owned(),
            Self::Swapped(inner) if inner.is_degrees() => format!("{}, latitude first", inner.name()),
            Self::Swapped(inner) => format!("{}, northing first", inner.name()),
        }
    }

    /// What a person must know who uses it, such as that its shift to WGS-84 is not known here.
    pub fn caution(&self) -> Option<&str> {
        match self {
            Self::Defined(definition) => definition.caution.as_deref(),
            Self::Swapped(inner) => inner.caution(),
            _ => None,
        }
    }

    /// Whether its numbers are degrees; otherwise they are metres or feet.
    pub fn is_degrees(&self) -> bool {
        match self {
            Self::Defined(definition) => definition.is_degrees(),
            Self::Swapped(inner) => inner.is_degrees(),
            _ => true,
        }
    }

    /// Whether reading it costs nothing: its numbers are those of CRS84.
    pub fn is_crs84(&self) -> bool {
        matches!(self, Self::Crs84 | Self::Cgcs2000)
    }

    /// CRS84 degrees of a file's numbers.
    ///
    /// Those of CRS84 itself pass as they are, unchecked: the core's gate judges every position.
    ///
    /// # Errors
    /// [`CrsError::NoPosition`] when the numbers are not finite or mean nothing in this system.
    #[inline]
    pub fn lonlat_from(&self, xy: [f64; 2]) -> Result<[f64; 2], CrsError> {
        if self.is_crs84() { Ok(xy) } else { self.read(xy) }
    }

    fn read(&self, [x, y]: [f64; 2]) -> Result<[f64; 2], CrsError> {
        let wrong = |source: GeometryError| self.no_position([x, y], &source);
        match self {
            Self::Crs84 | Self::Cgcs2000 => Ok([x, y]),
            Self::Gcj02 => Ok(wgs84_from_gcj02(Gcj02::new(x, y).map_err(wrong)?).into()),
            Self::Bd09 => Ok(wgs84_from_bd09(Bd09::new(x, y).map_err(wrong)?).into()),
            Self::Defined(definition) => definition.lonlat_from([x, y]).map_err(|why| self.no_position([x, y], &why)),
            // An error names the whole system and the numbers as the file has them.
            Self::Swapped(inner) => inner.lonlat_from([y, x]).map_err(|error| match error {
                CrsError::NoPosition { why, .. } => self.no_position([x, y], &why),
                other => other,
            }),
        }
    }

    /// This system's numbers of CRS84 degrees.
    ///
    /// # Errors
    /// [`CrsError::NoPosition`] when the degrees are none or lie where the system has no numbers.
    #[inline]
    pub fn from_lonlat(&self, lonlat: [f64; 2]) -> Result<[f64; 2], CrsError> {
        if self.is_crs84() { Ok(lonlat) } else { self.write(lonlat) }
    }

    fn write(&self, [lon, lat]: [f64; 2]) -> Result<[f64; 2], CrsError> {
        let at = || LonLat::new(lon, lat).map_err(|source| Self::Crs84.no_position([lon, lat], &source));
        match self {
            Self::Crs84 | Self::Cgcs2000 => Ok([lon, lat]),
            Self::Gcj02 => at().map(gcj02_from_wgs84).map(|p| [p.lon(), p.lat()]),
            Self::Bd09 => at().map(bd09_from_wgs84).map(|p| [p.lon(), p.lat()]),
            Self::Defined(definition) => {
                at()?;
                let beyond = |why| self.no_position([lon, lat], &format!("as longitude and latitude, {why}"));
                definition.numbers_of([lon, lat]).map_err(beyond)
            }
            Self::Swapped(inner) => inner.from_lonlat([lon, lat]).map(|[x, y]| [y, x]),
        }
    }

    fn no_position(&self, xy: [f64; 2], why: &impl ToString) -> CrsError {
        CrsError::NoPosition { crs: self.id(), xy, why: why.to_string() }
    }
}

impl PartialEq for Crs {
    /// Systems are equal when the same word gets them.
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl fmt::Display for Crs {
    /// Name and id: `CGCS2000 / 3-degree Gauss-Kruger CM 117E (EPSG:4548)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, id) = (self.name(), self.id());
        if name == id { f.write_str(&id) } else { write!(f, "{name} ({id})") }
    }
}
