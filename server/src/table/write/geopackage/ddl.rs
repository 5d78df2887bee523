//! What stands in a GeoPackage beside the rows: its marks, its tables about tables, and the R-tree (12-128r18, annexes
//! C and F.3).

use super::{super::TableSchema, binary::SRS, column_type};
use rusqlite::{Connection, params};

/// `GPKG`, and version 1.3.0.
const APPLICATION_ID: u32 = 0x4750_4B47;
const USER_VERSION: u32 = 10_300;

/// WGS-84 as the standard's annex has it.
const WGS84: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#;

/// The tables every GeoPackage has.
pub(super) fn frame() -> String {
    format!(
        "PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {USER_VERSION};
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', {SRS}, 'EPSG', {SRS}, '{WGS84}', 'longitude and latitude in degrees on the WGS 84 ellipsoid');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);"
    )
}

/// Names in the file.
pub(super) struct Names {
    table: String,
    key: String,
    shape: String,
    geometry_type: String,
}

impl Names {
    pub(super) fn of(schema: &TableSchema) -> Self {
        // Names of this kind are the engine's or the standard's own.
        let reserved = ["gpkg_", "rtree_", "sqlite_"].iter().any(|start| schema.name.to_lowercase().starts_with(start));
        let table = match schema.name.trim() {
            "" => "rows".to_owned(),
            name if reserved => format!("t_{name}"),
            name => name.to_owned(),
        };
        let geometry_type = schema.shape.map(|shape| shape.to_string().to_uppercase()).unwrap_or_default();
        Self { table, key: schema.free("fid"), shape: schema.free("geom"), geometry_type }
    }

    /// The table, and its empty R-tree.
    pub(super) fn table(&self, schema: &TableSchema) -> String {
        let mut columns = vec![format!("{} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", quoted(&self.key))];
        if schema.shape.is_some() {
            columns.push(format!("{} {}", quoted(&self.shape), self.geometry_type));
        }
        columns.extend(schema.columns.iter().map(|c| format!("{} {}", quoted(&c.name), column_type(c.kind))));
        let table = format!("CREATE TABLE {} ({});", quoted(&self.table), columns.join(", "));
        match schema.shape {
            None => table,
            Some(_) => format!(
                "{table} CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy);",
                quoted(&self.rtree())
            ),
        }
    }

    /// Inserts a row: its key, its shape if there are shapes, its values.
    pub(super) fn insert(&self, schema: &TableSchema) -> String {
        let count = 1 + usize::from(schema.shape.is_some()) + schema.columns.len();
        format!("INSERT INTO {} VALUES ({})", quoted(&self.table), vec!["?"; count].join(", "))
    }

    /// Inserts a box into the R-tree.
    pub(super) fn index(&self) -> String {
        format!("INSERT INTO {} VALUES (?, ?, ?, ?, ?)", quoted(&self.rtree()))
    }

    fn rtree(&self) -> String {
        format!("rtree_{}_{}", self.table, self.shape)
    }

    /// Enters the table into the lists of the file, and makes the triggers that keep the R-tree.
    pub(super) fn register(
        &self,
        connection: &Connection,
        has_shapes: bool,
        extent: Option<[f64; 4]>,
    ) -> rusqlite::Result<()> {
        let number = |at: usize| extent.map(|extent| extent[at]);
        let (kind, srs) = if has_shapes { ("features", Some(SRS)) } else { ("attributes", None) };
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id)
             VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7)",
            params![self.table, kind, number(0), number(1), number(2), number(3), srs],
        )?;
        if !has_shapes {
            return Ok(());
        }
        connection.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, 0, 0)",
            params![self.table, self.shape, self.geometry_type, SRS],
        )?;
        connection.execute(
            "INSERT INTO gpkg_extensions VALUES
             (?1, ?2, 'gpkg_rtree_index', 'http://www.geopackage.org/spec131/#extension_rtree', 'write-only')",
            params![self.table, self.shape],
        )?;
        connection.execute_batch(&self.triggers())
    }

    /// The triggers of annex F.3, by which the R-tree follows every change a client makes.
    fn triggers(&self) -> String {
        let (table, key, shape, tree) =
            (quoted(&self.table), quoted(&self.key), quoted(&self.shape), quoted(&self.rtree()));
        let there = format!("(NEW.{shape} NOTNULL AND NOT ST_IsEmpty(NEW.{shape}))");
        let gone = format!("(NEW.{shape} ISNULL OR ST_IsEmpty(NEW.{shape}))");
        let put = format!(
            "INSERT OR REPLACE INTO {tree} VALUES (NEW.{key}, ST_MinX(NEW.{shape}), ST_MaxX(NEW.{shape}), \
             ST_MinY(NEW.{shape}), ST_MaxY(NEW.{shape}));"
        );
        let take = format!("DELETE FROM {tree} WHERE id = OLD.{key};");
        let take_both = format!("DELETE FROM {tree} WHERE id IN (OLD.{key}, NEW.{key});");
        let (same, other) = (format!("OLD.{key} = NEW.{key}"), format!("OLD.{key} != NEW.{key}"));
        [
            ("insert", "INSERT".to_owned(), there.clone(), put.clone()),
            ("update1", format!("UPDATE OF {shape}"), format!("{same} AND {there}"), put.clone()),
            ("update2", format!("UPDATE OF {shape}"), format!("{same} AND {gone}"), take.clone()),
            ("update3", "UPDATE".to_owned(), format!("{other} AND {there}"), format!("{take} {put}")),
            ("update4", "UPDATE".to_owned(), format!("{other} AND {gone}"), take_both),
            ("delete", "DELETE".to_owned(), format!("OLD.{shape} NOT NULL"), take),
        ]
        .map(|(name, event, when, action)| {
            let trigger = quoted(&format!("{}_{name}", self.rtree()));
            format!("CREATE TRIGGER {trigger} AFTER {event} ON {table} WHEN {when} BEGIN {action} END;\n")
        })
        .concat()
    }
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
