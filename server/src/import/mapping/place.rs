//! Where the shape of a row comes from when the file has none of its own: longitude and latitude, or WKT.

use crate::kinds::{Field, FieldFault, folded_text};
use crate::table::{Cell, RawShape, cell::trimmed, wkt as text};

/// Longitude, latitude and WKT as fields.
pub(super) static FIELDS: [Field; 3] = [
    Field::new("lon", "longitude or easting, a number", "经度")
        .or("lng long longitude 东经 经 lonwgs84 lngwgs84 wgs84lon wgs84lng longitudewgs84 gpslon gpslng pointlon pointlng \
             bdlon bdlng gcjlon gcjlng x x坐标 坐标x 经度坐标 横坐标 东坐标 easting pointx centerx mapx xcoord coordx")
        .fits(|cell| number(cell).is_some()),
    Field::new("lat", "latitude or northing, a number", "纬度")
        .or("latitude 北纬 纬 latwgs84 wgs84lat latitudewgs84 gpslat pointlat bdlat gcjlat y y坐标 坐标y 纬度坐标 纵坐标 \
             北坐标 northing pointy centery mapy ycoord coordy")
        .fits(|cell| number(cell).is_some()),
    Field::new("wkt", "a shape as well-known text", "WKT 图形")
        .or("geometry geom thegeom shape geomwkt wktgeom wktgeometry 图形 几何 几何图形 空间数据 边界 坐标串")
        .known_by(|cell| matches!(cell, Cell::Text(wkt) if wkt.contains('(') && text::is_likely(wkt))),
];

/// The point of two cells; none when both are empty.
pub(super) fn point(lon: Option<&Cell>, lat: Option<&Cell>) -> Result<Option<RawShape>, FieldFault> {
    let (lon, lat) = (lon.unwrap_or(&Cell::Empty), lat.unwrap_or(&Cell::Empty));
    match (number(lon), number(lat)) {
        (Some(lon), Some(lat)) => Ok(Some(RawShape::Point([lon, lat]))),
        _ if lon.is_empty() && lat.is_empty() => Ok(None),
        (None, _) => Err(fault("lon", lon)),
        (_, None) => Err(fault("lat", lat)),
    }
}

/// The shape of a cell of well-known text; none when it is empty.
pub(super) fn wkt(cell: Option<&Cell>) -> Result<Option<RawShape>, FieldFault> {
    let cell = cell.unwrap_or(&Cell::Empty);
    if cell.is_empty() {
        return Ok(None);
    }
    text::parse(&cell.text()).map(Some).map_err(|message| FieldFault { field: "wkt", message })
}

/// The number in a cell; a degree sign behind it and letters of the compass are read over.
fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(*number as f64),
        Cell::Real(number) => Some(*number),
        Cell::Text(text) => trimmed(text).parse().ok().or_else(|| in_words(&folded_text(cell))),
        _ => None,
    }
}

fn in_words(text: &str) -> Option<f64> {
    let text = text.trim_matches(|c: char| "°度 EN东经北纬".contains(c));
    // A comma where others write a point.
    text.parse().ok().or_else(|| text.replacen(',', ".", 1).parse().ok())
}

fn fault(field: &'static str, cell: &Cell) -> FieldFault {
    let message = match cell.text() {
        text if text.is_empty() => "is empty while the other is there; both are needed".to_owned(),
        text => {
            let short: String = text.chars().take(40).collect();
            format!("{short:?} is not a number; it must be one, such as 117.6523")
        }
    };
    FieldFault { field, message }
}

/// Whether values are degrees: numbers with at least three decimals, within the globe.
pub(super) fn is_degrees(values: &[Cell]) -> bool {
    let is_one = |cell: &Cell| {
        let decimals = cell.text().split_once('.').map_or(0, |(_, decimals)| decimals.len());
        decimals >= 3 && number(cell).is_some_and(|number| number.abs() <= 180.0)
    };
    let most = values.iter().filter(|cell| is_one(cell)).count();
    !values.is_empty() && most * 10 >= values.len() * 9 && values.iter().all(|cell| number(cell).is_some())
}

/// Whether some value is larger than a latitude can be.
pub(super) fn is_beyond_latitude(values: &[Cell]) -> bool {
    values.iter().filter_map(number).any(|number| number.abs() > 90.0)
}
