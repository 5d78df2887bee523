//! A system with a definition of projection and ellipsoid, ready to transform.
//!
//! The projections are proj4rs's, the definitions those of the EPSG registry in PROJ's old form. Compared with PROJ 9.5.1 at
//! three places of each area of use: exact to a centimetre wherever no shift of datum is involved (all of CGCS2000, UTM,
//! Web Mercator), to some metres where the shift is one of seven parameters. What is wrong beyond that is refused by code.

use super::CrsError;
use super::names::epsg_name;
use proj4rs::Proj;
use proj4rs::adaptors::transform_vertex_2d;

/// Codes whose definition puts positions more than 4 km off what PROJ 9.5.1 makes of them: degrees for grads, axes the
/// other way, another sphere.
const WRONG: [u32; 22] = [
    2065, 3167, 3303, 3973, 3974, 3975, 4055, 4688, 4807, 4810, 4811, 4816, 4819, 4821, 4901, 4902, 5513, 6200, 8044,
    8045, 26591, 26592,
];

/// A system, ready to transform.
#[derive(Clone)]
pub struct Definition {
    /// What gets it: `EPSG:4548`; its name where it has no code.
    pub(super) id: String,
    /// Name for people.
    pub(super) name: String,
    /// What a person must know who uses it.
    pub(super) caution: Option<String>,
    system: Proj,
    wgs84: Proj,
}

impl std::fmt::Debug for Definition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Definition({})", self.id)
    }
}

impl Definition {
    /// The definition of an EPSG code.
    pub(super) fn epsg(code: u32) -> Result<Self, CrsError> {
        let unusable = |why: &str| CrsError::Unusable { code, why: why.to_owned() };
        let text =
            u16::try_from(code).ok().and_then(crs_definitions::from_code).ok_or(CrsError::UnknownCode(code))?.proj4;
        if WRONG.contains(&code) {
            return Err(unusable("its definition here is known to be kilometres off"));
        }
        let name = epsg_name(code).unwrap_or_else(|| format!("EPSG:{code}"));
        Self::new(format!("EPSG:{code}"), name, text).map_err(|error| match error {
            proj4rs::errors::Error::NadGridNotAvailable => unusable("it needs a grid of shifts that is not built in"),
            other => unusable(&other.to_string().to_lowercase()),
        })
    }

    /// A definition in PROJ's form; the caller made it and answers for its numbers.
    pub(super) fn new(id: String, name: String, text: &str) -> Result<Self, proj4rs::errors::Error> {
        let system = Proj::from_proj_string(text)?;
        if system.is_geocent() || !(system.has_inverse() && system.has_forward()) {
            return Err(proj4rs::errors::Error::ProjectionNotFound);
        }
        let wgs84 = Proj::from_proj_string("+proj=longlat +datum=WGS84")?;
        let caution = (!is_tied_to_wgs84(text, &system)).then(|| {
            format!(
                "how {name} lies to WGS-84 is not known here, so positions may be off by up to 900 m; transform the file \
                 to EPSG:4490 or EPSG:4326 first"
            )
        });
        Ok(Self { id, name, caution, system, wgs84 })
    }

    pub(super) fn is_degrees(&self) -> bool {
        self.system.is_latlong()
    }

    pub(super) fn lonlat_from(&self, [x, y]: [f64; 2]) -> Result<[f64; 2], String> {
        if !x.is_finite() || !y.is_finite() {
            return Err("coordinates must be numbers".to_owned());
        }
        if self.is_degrees() {
            if y.abs() > 90.0 || x.abs() > 360.0 {
                return Err("its numbers are degrees".to_owned());
            }
            return self.on_globe((x.to_radians(), y.to_radians()));
        }
        let lonlat = self.on_globe((x, y))?;
        // A projection's inverse makes some position of any number, far away too: only one that leads back is meant.
        let back = self.numbers_of(lonlat)?;
        let leads_back = (back[0] - x).abs() + (back[1] - y).abs() < 1.0;
        if leads_back { Ok(lonlat) } else { Err(OUTSIDE.to_owned()) }
    }

    fn on_globe(&self, at: (f64, f64)) -> Result<[f64; 2], String> {
        let (lon, lat) = transform_vertex_2d(&self.system, &self.wgs84, at).map_err(|error| beyond(&error))?;
        let (lon, lat) = (lon.to_degrees(), lat.to_degrees());
        let is_known = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        if is_known { Ok([lon, lat]) } else { Err(OUTSIDE.to_owned()) }
    }

    pub(super) fn numbers_of(&self, [lon, lat]: [f64; 2]) -> Result<[f64; 2], String> {
        let at = (lon.to_radians(), lat.to_radians());
        let (x, y) = transform_vertex_2d(&self.wgs84, &self.system, at).map_err(|error| beyond(&error))?;
        let (x, y) = if self.is_degrees() { (x.to_degrees(), y.to_degrees()) } else { (x, y) };
        let is_known = x.is_finite() && y.is_finite();
        if is_known { Ok([x, y]) } else { Err(OUTSIDE.to_owned()) }
    }
}

const OUTSIDE: &str = "it is outside what the projection shows";

fn beyond(error: &proj4rs::errors::Error) -> String {
    format!("{OUTSIDE} ({})", error.to_string().to_lowercase())
}

/// Whether positions come out in WGS-84 to some metres: a shift is given, or the ellipsoid is that of the datums of the
/// satellite age, which agree that well.
fn is_tied_to_wgs84(text: &str, system: &Proj) -> bool {
    let shift_given = ["+towgs84=", "+datum=", "+nadgrids="].iter().any(|word| text.contains(word));
    let (a, b) = system.ellipse_parameters();
    shift_given || ((a - 6_378_137.0).abs() < 0.5 && (b - 6_356_752.3).abs() < 0.5)
}
