//! Which tables a GeoPackage has, and which of them is wanted.

use crate::table::source::DeclaredCrs;
use rusqlite::{Connection, OptionalExtension, Result};

/// Tables looked at; a file with more is no one's map.
const MOST: usize = 1000;

/// A table of a GeoPackage.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub name: String,
    /// Its column of shapes, if it has one.
    pub shapes: Option<String>,
    /// Number of its coordinate system in the file.
    pub srs_id: i64,
}

/// Tables with features or attributes, in the file's order; none when it lists none.
pub(super) fn listed(connection: &Connection) -> Result<Option<Vec<Layer>>> {
    if !has_table(connection, "gpkg_contents")? {
        return Ok(None);
    }
    let has_shapes = has_table(connection, "gpkg_geometry_columns")?;
    let shapes = if has_shapes {
        "SELECT c.table_name, g.column_name, coalesce(g.srs_id, c.srs_id, 0) FROM gpkg_contents c
         LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)
         WHERE c.data_type IN ('features', 'attributes', 'aspatial') ORDER BY c.rowid LIMIT ?1"
    } else {
        "SELECT table_name, NULL, 0 FROM gpkg_contents WHERE data_type IN ('attributes', 'aspatial')
         ORDER BY rowid LIMIT ?1"
    };
    let mut statement = connection.prepare(shapes)?;
    let rows = statement
        .query_map([MOST as i64], |row| Ok(Layer { name: row.get(0)?, shapes: row.get(1)?, srs_id: row.get(2)? }))?;
    rows.collect::<Result<Vec<_>>>().map(Some)
}

/// The layer wanted: the one named, the only one, or the only one with shapes.
///
/// # Errors
/// A sentence that names all.
pub(super) fn chosen(layers: &[Layer], wanted: Option<&str>) -> std::result::Result<Layer, String> {
    let names = || layers.iter().map(|layer| format!("{:?}", layer.name)).collect::<Vec<_>>().join(", ");
    if let Some(wanted) = wanted {
        let is_wanted = |layer: &&Layer| layer.name == wanted || layer.name.eq_ignore_ascii_case(wanted);
        let found = layers.iter().find(is_wanted).cloned();
        return found.ok_or_else(|| format!("has no layer {wanted:?}; its layers are {}", names()));
    }
    let with_shapes: Vec<&Layer> = layers.iter().filter(|layer| layer.shapes.is_some()).collect();
    match (layers, with_shapes.as_slice()) {
        ([], _) => Err("has no layer with features or attributes".to_owned()),
        ([only], _) => Ok(only.clone()),
        (_, [only]) => Ok((*only).clone()),
        _ => Err(format!("has several layers, of which one must be chosen: {}", names())),
    }
}

/// What kind of thing a name in the schema is: `table`, `view`, `virtual`, or none of this name.
pub(super) fn kind_of(connection: &Connection, name: &str) -> Result<Option<String>> {
    let kind = "SELECT CASE WHEN type = 'table' AND rootpage = 0 THEN 'virtual' ELSE type END
                FROM sqlite_master WHERE type IN ('table', 'view') AND lower(name) = lower(?1)";
    connection.query_row(kind, [name], |row| row.get(0)).optional()
}

/// The coordinate system of a number in the file.
pub(super) fn crs(connection: &Connection, srs_id: i64) -> Result<Option<DeclaredCrs>> {
    if srs_id <= 0 || !has_table(connection, "gpkg_spatial_ref_sys")? {
        return Ok(None);
    }
    let row = connection
        .query_row(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [srs_id],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<String>>(2)?)),
        )
        .optional()?;
    Ok(row.and_then(|(organization, code, definition)| {
        let wkt = definition.filter(|wkt| wkt.contains('['));
        match (u32::try_from(code), wkt) {
            (Ok(code), _) if organization.eq_ignore_ascii_case("epsg") => Some(DeclaredCrs::Epsg(code)),
            (_, Some(wkt)) => Some(DeclaredCrs::Wkt(wkt)),
            _ if organization.eq_ignore_ascii_case("none") => None,
            _ => Some(DeclaredCrs::Name(format!("{organization}:{code}"))),
        }
    }))
}

/// How many rows the file says a layer has, where GDAL wrote it down.
pub(super) fn said_rows(connection: &Connection, layer: &str) -> Option<u64> {
    let said =
        connection.query_row("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?1", [layer], |row| {
            row.get::<_, Option<i64>>(0)
        });
    said.ok().flatten().and_then(|count| u64::try_from(count).ok())
}

fn has_table(connection: &Connection, name: &str) -> Result<bool> {
    kind_of(connection, name).map(|kind| kind.as_deref() == Some("table"))
}
