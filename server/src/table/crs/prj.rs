//! What a definition in well-known text means: a system with a code where one fits, else one made of its parameters.

use super::definition::Definition;
use super::wkt::{Element, Item};
use super::{Crs, CrsError};
use std::sync::Arc;

/// The system a text describes.
pub(super) fn system(text: &str) -> Result<Crs, CrsError> {
    let root = Element::read(text).map_err(CrsError::Definition)?;
    let described = horizontal(&root).map_err(CrsError::Definition)?;
    if let Some(crs) = epsg_code(described).and_then(|code| Crs::from_epsg(code).ok()) {
        return Ok(crs);
    }
    let parameters = Parameters::read(described).map_err(CrsError::Definition)?;
    parameters.system(described.name())
}

const PROJECTED: [&str; 2] = ["PROJCS", "PROJCRS"];
const GEOGRAPHIC: [&str; 5] = ["GEOGCS", "GEOGCRS", "GEODCRS", "BASEGEOGCRS", "BASEGEODCRS"];

/// The part that says where on the ground: a compound system also says how high.
fn horizontal(root: &Element) -> Result<&Element, String> {
    let word = root.word.as_str();
    if PROJECTED.contains(&word) || GEOGRAPHIC.contains(&word) {
        return Ok(root);
    }
    let within = match word {
        "BOUNDCRS" => root.one(&["SOURCECRS"]),
        "COMPD_CS" | "COMPOUNDCRS" => Some(root),
        "LOCAL_CS" | "ENGCRS" => return Err("it is a local system, tied to no place on the globe".to_owned()),
        "GEOCCS" => return Err("it counts from the centre of the globe, not along its surface".to_owned()),
        _ => return Err(format!("{word} is no coordinate system; PROJCS, GEOGCS, PROJCRS or GEOGCRS would be")),
    };
    let parts = |element: &Element| PROJECTED.iter().chain(&GEOGRAPHIC).any(|word| *word == element.word);
    within
        .and_then(|element| {
            element.items.iter().find_map(|item| match item {
                Item::Element(part) if parts(part) => Some(part),
                _ => None,
            })
        })
        .ok_or_else(|| format!("{word} holds no PROJCS, GEOGCS, PROJCRS or GEOGCRS"))
}

/// The EPSG code at the end of an element.
fn epsg_code(element: &Element) -> Option<u32> {
    let last = element.all(&["AUTHORITY", "ID"]).last()?;
    let code = match last.items.get(1)? {
        Item::Text(code) => code.parse().ok()?,
        Item::Number(code) if (0.0..=1e6).contains(code) => *code as u32,
        _ => return None,
    };
    let is_web_mercator_of_esri = matches!(code, 102_100 | 102_113);
    (last.name().eq_ignore_ascii_case("EPSG") || is_web_mercator_of_esri).then_some(code)
}

/// A name without what different programs join its parts by.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the text says of projection and datum, in degrees and metres.
struct Parameters {
    /// Word of the projection for PROJ; none for degrees.
    projection: Option<&'static str>,
    datum: String,
    a_m: f64,
    inverse_flattening: f64,
    shift: Vec<f64>,
    prime_meridian: f64,
    unit_m: f64,
    lon_0: f64,
    lat_0: f64,
    scale: f64,
    easting_m: f64,
    northing_m: f64,
    parallels: [Option<f64>; 2],
}

impl Parameters {
    fn read(system: &Element) -> Result<Self, String> {
        let geographic =
            if GEOGRAPHIC.contains(&system.word.as_str()) { Some(system) } else { system.one(&GEOGRAPHIC) };
        let geographic = geographic.ok_or("it names no datum")?;
        degrees_only(geographic)?;
        let datum = geographic.one(&["DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF"]).ok_or("it names no datum")?;
        let ellipsoid = datum.one(&["SPHEROID", "ELLIPSOID"]).ok_or("its datum has no ellipsoid")?;
        let mut size = ellipsoid.numbers();
        let mut read = Self {
            projection: None,
            datum: plain(datum.name()),
            a_m: within("semi-major axis", size.next().unwrap_or(0.0), 6.3e6, 6.4e6)?,
            inverse_flattening: size.next().unwrap_or(0.0),
            shift: datum.one(&["TOWGS84"]).map(|shift| shift.numbers().collect()).unwrap_or_default(),
            prime_meridian: geographic
                .one(&["PRIMEM", "PRIMEMERIDIAN"])
                .and_then(|m| m.numbers().next())
                .unwrap_or(0.0),
            unit_m: 1.0,
            lon_0: 0.0,
            lat_0: 0.0,
            scale: 1.0,
            easting_m: 0.0,
            northing_m: 0.0,
            parallels: [None; 2],
        };
        if read.inverse_flattening != 0.0 {
            within("inverse flattening", read.inverse_flattening, 100.0, 1e6)?;
        }
        within("prime meridian", read.prime_meridian, -180.0, 180.0)?;
        if PROJECTED.contains(&system.word.as_str()) {
            read.projected(system)?;
        }
        Ok(read)
    }

    fn projected(&mut self, system: &Element) -> Result<(), String> {
        let conversion = system.one(&["CONVERSION"]).unwrap_or(system);
        let method = conversion.one(&["PROJECTION", "METHOD"]).ok_or("it names no projection")?.name();
        let axis = system.one(&["AXIS"]).unwrap_or(system);
        let unit = system.one(&["UNIT", "LENGTHUNIT"]).or_else(|| axis.one(&["UNIT", "LENGTHUNIT"]));
        self.unit_m = within("unit", unit.and_then(|unit| unit.numbers().next()).unwrap_or(1.0), 1e-3, 1e5)?;
        for parameter in conversion.all(&["PARAMETER"]) {
            let value = parameter.numbers().next().unwrap_or(0.0);
            let metres = value * own_unit(parameter).unwrap_or(self.unit_m);
            match plain(parameter.name()).as_str() {
                "centralmeridian"
                | "longitudeofnaturalorigin"
                | "longitudeoforigin"
                | "longitudeofcenter"
                | "longitudeoffalseorigin" => self.lon_0 = within("central meridian", value, -360.0, 360.0)?,
                "latitudeoforigin" | "latitudeofnaturalorigin" | "latitudeofcenter" | "latitudeoffalseorigin" => {
                    self.lat_0 = within("latitude of origin", value, -90.0, 90.0)?;
                }
                "scalefactor" | "scalefactoratnaturalorigin" => self.scale = within("scale factor", value, 0.1, 10.0)?,
                "falseeasting" | "eastingatfalseorigin" => self.easting_m = within("false easting", metres, -1e9, 1e9)?,
                "falsenorthing" | "northingatfalseorigin" => {
                    self.northing_m = within("false northing", metres, -1e9, 1e9)?;
                }
                "standardparallel1" | "latitudeof1ststandardparallel" => {
                    self.parallels[0] = Some(within("standard parallel", value, -90.0, 90.0)?);
                }
                "standardparallel2" | "latitudeof2ndstandardparallel" => {
                    self.parallels[1] = Some(within("standard parallel", value, -90.0, 90.0)?);
                }
                _ => {}
            }
        }
        let extension = system.one(&["EXTENSION"]).and_then(|e| e.items.get(1));
        let is_web = matches!(extension, Some(Item::Text(text)) if text.contains("+a=6378137 +b=6378137"))
            || plain(system.name()).contains("pseudomercator");
        self.projection = Some(match plain(method).as_str() {
            _ if is_web => "webmerc",
            "mercatorauxiliarysphere" | "popularvisualisationpseudomercator" => "webmerc",
            "transversemercator" | "gausskruger" => "tmerc",
            "mercator" | "mercator1sp" | "mercator2sp" | "mercatorvarianta" | "mercatorvariantb" => "merc",
            "lambertconformalconic"
            | "lambertconformalconic1sp"
            | "lambertconformalconic2sp"
            | "lambertconicconformal1sp"
            | "lambertconicconformal2sp" => "lcc",
            "albers" | "albersconicequalarea" | "albersequalarea" => "aea",
            _ => return Err(format!("projection {method:?} is not read from a definition")),
        });
        Ok(())
    }

    fn system(&self, name: &str) -> Result<Crs, CrsError> {
        if let Some(code) = self.code(name) {
            return Crs::from_epsg(code);
        }
        let definition = Definition::new(name.to_owned(), name.to_owned(), &self.proj());
        let definition = definition.map_err(|error| CrsError::Definition(error.to_string().to_lowercase()))?;
        Ok(Crs::Defined(Arc::new(definition)))
    }

    fn is_wgs84(&self) -> bool {
        ["wgs1984", "wgs84", "worldgeodeticsystem1984"].iter().any(|word| self.datum.contains(word))
    }

    fn is_cgcs2000(&self) -> bool {
        ["china2000", "cgcs2000", "chinageodeticcoordinatesystem2000"].iter().any(|word| self.datum.contains(word))
    }

    /// The EPSG code whose parameters these are, among the systems files of Chinese districts come in.
    fn code(&self, name: &str) -> Option<u32> {
        let is = |value: f64, wanted: f64| (value - wanted).abs() < 1e-6;
        if self.prime_meridian != 0.0 || !is(self.unit_m, 1.0) {
            return None;
        }
        let projection = match self.projection {
            None if self.is_wgs84() => return Some(4326),
            None if self.is_cgcs2000() => return Some(4490),
            Some("webmerc") if self.lon_0 == 0.0 && self.easting_m == 0.0 && self.northing_m == 0.0 => {
                return Some(3857);
            }
            projection => projection?,
        };
        if projection != "tmerc" || self.lat_0 != 0.0 {
            return None;
        }
        if self.is_wgs84() && is(self.scale, 0.9996) && is(self.easting_m, 500_000.0) {
            let zone = multiple(self.lon_0 + 183.0, 6.0).filter(|zone| (1..=60).contains(zone))?;
            let first = if is(self.northing_m, 0.0) { 32600 } else { 32700 };
            return (first == 32600 || is(self.northing_m, 1e7)).then_some(first + zone);
        }
        if !self.is_cgcs2000() || !is(self.scale, 1.0) || !is(self.northing_m, 0.0) {
            return None;
        }
        // With a false easting of 500 km the 3-degree and the 6-degree system are one; only the name says which is meant.
        let zone = multiple(self.easting_m - 500_000.0, 1e6)?;
        let (narrow, wide) = (multiple(self.lon_0, 3.0), multiple(self.lon_0 + 3.0, 6.0));
        let is_wide = wide.is_some() && !name.contains('3');
        match (zone, narrow, wide) {
            (0, _, Some(wide @ 13..=23)) if is_wide => Some(4502 + wide - 13),
            (0, Some(narrow @ 25..=45), _) => Some(4534 + narrow - 25),
            (_, Some(narrow @ 25..=45), _) if zone == narrow => Some(4513 + narrow - 25),
            (_, _, Some(wide @ 13..=23)) if zone == wide => Some(4491 + wide - 13),
            _ => None,
        }
    }

    /// The definition in PROJ's form.
    fn proj(&self) -> String {
        let word = self.projection.unwrap_or("longlat");
        let mut text = format!("+proj={word} +a={}", self.a_m);
        match self.inverse_flattening {
            0.0 => text += &format!(" +b={}", self.a_m),
            flattening => text += &format!(" +rf={flattening}"),
        }
        let shift: Vec<String> = self.shift.iter().map(ToString::to_string).collect();
        if matches!(shift.len(), 3 | 7) {
            text += &format!(" +towgs84={}", shift.join(","));
        } else if self.datum.contains("beijing1954") {
            // EPSG:15918, Beijing 1954 to WGS 84 (1).
            text += " +towgs84=15.8,-154.4,-82.3";
        }
        if self.prime_meridian != 0.0 {
            text += &format!(" +pm={}", self.prime_meridian);
        }
        if self.projection.is_none() {
            return text;
        }
        text += &format!(" +lon_0={} +x_0={} +y_0={}", self.lon_0, self.easting_m, self.northing_m);
        text += &format!(" +to_meter={}", self.unit_m);
        text + &match (word, self.parallels) {
            ("merc", [Some(parallel), _]) => format!(" +lat_ts={parallel}"),
            ("lcc", [None, _]) => format!(" +lat_0={0} +lat_1={0} +k_0={1}", self.lat_0, self.scale),
            (_, [Some(first), second]) => {
                format!(" +lat_0={} +lat_1={first} +lat_2={} +k_0={}", self.lat_0, second.unwrap_or(first), self.scale)
            }
            _ => format!(" +lat_0={} +k_0={}", self.lat_0, self.scale),
        }
    }
}

/// The whole number of steps a value is, if it is one.
fn multiple(value: f64, step: f64) -> Option<u32> {
    let steps = (value / step).round();
    ((value - steps * step).abs() < 1e-6 && (0.0..1e6).contains(&steps)).then_some(steps as u32)
}

/// Metres of a parameter's own unit, which WKT 2 gives each.
fn own_unit(parameter: &Element) -> Option<f64> {
    parameter.one(&["LENGTHUNIT"]).and_then(|unit| unit.numbers().next())
}

/// Refuses grads and the like.
fn degrees_only(geographic: &Element) -> Result<(), String> {
    let unit = geographic.one(&["UNIT", "ANGLEUNIT"]);
    match unit.and_then(|unit| Some((unit.name(), unit.numbers().next()?))) {
        Some((name, size)) if (size - 1f64.to_radians()).abs() > 1e-9 => {
            Err(format!("its angles are in {name}; only degrees are read"))
        }
        _ => Ok(()),
    }
}

fn within(what: &str, value: f64, low: f64, high: f64) -> Result<f64, String> {
    if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(format!("its {what} is {value}; {low} to {high} would be right"))
    }
}
