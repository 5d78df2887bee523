//! How much of a file is taken into memory at once, whatever the file claims.

/// Bounds a reader keeps to; beyond them a row is refused, or the file where it is more than a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one row, record or feature as the file has it.
    pub row_bytes: usize,
    /// Bytes of one text value; WKT is held to [`row_bytes`](Self::row_bytes) instead.
    pub cell_bytes: usize,
    /// Positions of one shape.
    pub vertices: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Bytes an archive (a zipped shapefile, a workbook) may unpack to.
    pub unpacked_bytes: u64,
    /// Bytes of a file's parts that must be held in memory, such as the texts of a workbook.
    pub held_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            row_bytes: 128 << 20,
            cell_bytes: 64 << 10,
            vertices: 1_100_000,
            columns: 4_096,
            unpacked_bytes: 4 << 30,
            held_bytes: 256 << 20,
        }
    }
}
