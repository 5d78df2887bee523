//! Rows set aside on disk as the file has them, so that memory stays flat however many there are.

use crate::table::{Cell, Position, RawShape, Row};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// Largest record read back: larger than any row the readers let through.
const LARGEST: u32 = 256 << 20;

/// A row as it was, with what is to be remembered about it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Which of the files, from 0.
    pub(super) file: u32,
    /// Number of the row in it.
    pub(super) number: u64,
    /// Why it is refused; empty when it is not.
    pub(super) reason: String,
    /// Its text, where it could not be read as a row.
    pub(super) text: Option<String>,
    cells: Vec<KeptCell>,
    shape: Option<KeptShape>,
}

impl Kept {
    /// A row that could be read.
    pub(super) fn of(file: u32, row: &Row) -> Self {
        let cells = row.cells.iter().map(KeptCell::of).collect();
        let shape = row.shape.as_ref().map(KeptShape::of);
        Self { file, number: row.number, reason: String::new(), text: None, cells, shape }
    }

    /// A row of which only its text, or nothing, is there.
    pub(super) fn unread(file: u32, number: u64, text: Option<String>) -> Self {
        Self { file, number, text, ..Self::default() }
    }

    /// The same with the reason for which it is refused.
    #[must_use]
    pub(super) fn because(self, reason: String) -> Self {
        Self { reason, ..self }
    }

    /// It as a row again.
    pub(super) fn row(&self) -> Row {
        Row { number: self.number, cells: self.cells().collect(), shape: self.shape() }
    }

    /// Its values, in the order of its file's columns.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell> {
        self.cells.iter().map(KeptCell::cell)
    }

    /// Its shape, in its file's coordinate system.
    pub(super) fn shape(&self) -> Option<RawShape> {
        self.shape.as_ref().map(KeptShape::shape)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum KeptCell {
    Empty,
    Bool(bool),
    Integer(i64),
    Real(f64),
    Text(String),
    Date(jiff::civil::Date),
    DateTime(jiff::civil::DateTime),
}

impl KeptCell {
    fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Empty => Self::Empty,
            Cell::Bool(value) => Self::Bool(*value),
            Cell::Integer(number) => Self::Integer(*number),
            Cell::Real(number) => Self::Real(*number),
            Cell::Text(text) => Self::Text(text.clone()),
            Cell::Date(date) => Self::Date(*date),
            Cell::DateTime(moment) => Self::DateTime(*moment),
        }
    }

    fn cell(&self) -> Cell {
        match self {
            Self::Empty => Cell::Empty,
            Self::Bool(value) => Cell::Bool(*value),
            Self::Integer(number) => Cell::Integer(*number),
            Self::Real(number) => Cell::Real(*number),
            Self::Text(text) => Cell::Text(text.clone()),
            Self::Date(date) => Cell::Date(*date),
            Self::DateTime(moment) => Cell::DateTime(*moment),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum KeptShape {
    Point(Position),
    Points(Vec<Position>),
    Lines(Vec<Vec<Position>>),
    Polygons(Vec<Vec<Vec<Position>>>),
}

impl KeptShape {
    fn of(shape: &RawShape) -> Self {
        match shape.clone() {
            RawShape::Point(position) => Self::Point(position),
            RawShape::Points(positions) => Self::Points(positions),
            RawShape::Lines(lines) => Self::Lines(lines),
            RawShape::Polygons(polygons) => Self::Polygons(polygons),
        }
    }

    fn shape(&self) -> RawShape {
        match self.clone() {
            Self::Point(position) => RawShape::Point(position),
            Self::Points(positions) => RawShape::Points(positions),
            Self::Lines(lines) => RawShape::Lines(lines),
            Self::Polygons(polygons) => RawShape::Polygons(polygons),
        }
    }
}

/// A file of kept rows, written to its end and read from anywhere.
#[derive(Debug)]
pub(super) struct Spool {
    file: BufWriter<File>,
    end: u64,
}

impl Spool {
    /// A new, empty one.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)?;
        Ok(Self { file: BufWriter::new(file), end: 0 })
    }

    /// Adds a row; answers where it lies.
    pub(super) fn put(&mut self, kept: &Kept) -> io::Result<u64> {
        let bytes = postcard::to_stdvec(kept).map_err(io::Error::other)?;
        let at = self.end;
        self.file.write_all(&(bytes.len() as u32).to_le_bytes())?;
        self.file.write_all(&bytes)?;
        self.end += 4 + bytes.len() as u64;
        Ok(at)
    }

    /// The row that lies somewhere.
    pub(super) fn get(&mut self, at: u64) -> io::Result<Kept> {
        self.file.flush()?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(at))?;
        let read = read(&mut *file);
        file.seek(SeekFrom::Start(self.end))?;
        read?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Hands everything to the disk.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }

    /// Every row of a flushed one, in the order they were put.
    pub(super) fn rows(path: &Path) -> io::Result<impl Iterator<Item = io::Result<Kept>> + use<>> {
        let mut file = io::BufReader::new(File::open(path)?);
        Ok(std::iter::from_fn(move || read(&mut file).transpose()))
    }
}

/// The next row; none at the end.
fn read(file: &mut impl Read) -> io::Result<Option<Kept>> {
    let mut size = [0; 4];
    match file.read_exact(&mut size) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let size = u32::from_le_bytes(size);
    if size > LARGEST {
        return Err(io::Error::other(format!("a kept row of {size} bytes")));
    }
    let mut bytes = vec![0; size as usize];
    file.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(number: u64) -> Row {
        let cells = vec![
            Cell::Text("漳华路".to_owned()),
            Cell::Empty,
            Cell::Real(f64::INFINITY),
            Cell::Integer(-7),
            Cell::Bool(true),
            Cell::Date(date(2026, 11, 23)),
            Cell::DateTime(date(2026, 11, 23).at(8, 5, 0, 0)),
        ];
        Row { number, cells, shape: Some(RawShape::Lines(vec![vec![[117.6, 24.5], [1e308, -0.0]]])) }
    }

    #[test]
    fn rows_come_back_as_they_were_from_anywhere_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows");
        let mut spool = Spool::create(&path).unwrap();
        let places: Vec<u64> = (0..3).map(|n| spool.put(&Kept::of(1, &row(n))).unwrap()).collect();
        let unread = Kept::unread(0, 9, Some("{".to_owned())).because("row: no".to_owned());
        assert_eq!(spool.get(places[1]).unwrap(), Kept::of(1, &row(1)));
        spool.put(&unread).unwrap();
        spool.flush().unwrap();
        let all: Vec<Kept> = Spool::rows(&path).unwrap().collect::<io::Result<_>>().unwrap();
        assert_eq!(all, [Kept::of(1, &row(0)), Kept::of(1, &row(1)), Kept::of(1, &row(2)), unread]);
        assert_eq!(all[0].cells().collect::<Vec<_>>(), row(0).cells);
        assert_eq!(all[0].shape(), row(0).shape);
    }
}
