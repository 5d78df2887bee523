//! Layers out into files of every format: rows as an import takes them back, with what is known of them besides.
//!
//! Columns beyond a kind's fields are for reading only; an import passes over them. No lock is held while a file is
//! written: rows are taken in pieces, all of one place in the log. When rows come in meanwhile it begins again.

mod areas;
mod asked;
mod error;
mod households;
mod layer;
mod moment;
mod rows;
mod template;
#[cfg(test)]
mod tests;
mod visits;

pub use asked::ExportRequest;
pub use error::ExportError;
pub use layer::{FormatError, Layer, LayerError, format_of, format_of_file};
pub use moment::{Moment, MomentError};
pub use template::write_template;

use crate::{
    commit::Service,
    table::{
        Cell, Format, RawShape,
        write::{Out, Sink, TableSchema, create},
    },
};
use asked::Asked;
use jiff::Timestamp;
use std::path::Path;
use wangge_core::domain::{District, row::RowKind, seq::Seq};

/// How often an export begins again because rows came in.
const ATTEMPTS: usize = 3;

/// What went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Place in the log all rows are of.
    pub seq: Seq,
    /// Id of the round the states and figures are of.
    pub round: Option<String>,
    /// Rows.
    pub rows: u64,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// A row as it goes out.
type OutRow = (Vec<Cell>, Option<RawShape>);

/// Rows of a layer, piece by piece.
trait Pieces {
    /// What its table looks like.
    fn schema(&self) -> TableSchema;

    /// Appends the next rows; false when there are no more. The district is that of the same rows at every call.
    fn next(&mut self, district: &District, rows: &mut Vec<OutRow>) -> bool;
}

/// Writes a layer to a file, which is there whole or not at all. Blocks.
///
/// # Errors
/// [`ExportError`] when something asked for is not there, or the file cannot be written.
pub fn export(
    service: &Service,
    request: &ExportRequest,
    format: Format,
    path: &Path,
    now: Timestamp,
) -> Result<Exported, ExportError> {
    for _ in 0..ATTEMPTS {
        if let Some(exported) = attempt(service, request, format, path, now)? {
            return Ok(exported);
        }
    }
    Err(ExportError::Changed)
}

/// One pass over a layer; none when rows came in meanwhile.
fn attempt(
    service: &Service,
    request: &ExportRequest,
    format: Format,
    path: &Path,
    now: Timestamp,
) -> Result<Option<Exported>, ExportError> {
    let asked = Asked::of(&service.district.read(), request, now)?;
    let Layer::Rows(kind) = request.layer else {
        let mut sink = create(format, Out::from(path), &visits::schema())?;
        visits::write(service, &asked, &mut *sink)?;
        return ended(sink, asked).map(Some);
    };
    let mut pieces: Box<dyn Pieces + '_> = match kind {
        RowKind::Areas => match areas::Areas::of(service, &asked) {
            Some(areas) => Box::new(areas),
            None => return Ok(None),
        },
        RowKind::Households => Box::new(households::Households::of(&asked)),
        kind => Box::new(rows::Rows::of(kind, &asked)),
    };
    let mut sink = create(format, Out::from(path), &pieces.schema())?;
    let mut rows = Vec::new();
    loop {
        rows.clear();
        let more = {
            let district = service.district.read();
            if district.rows_version() != asked.rows_version {
                return Ok(None);
            }
            pieces.next(&district, &mut rows)
        };
        rows.iter().try_for_each(|(cells, shape)| sink.write(cells, shape.as_ref()))?;
        if !more {
            break;
        }
    }
    drop(pieces);
    ended(sink, asked).map(Some)
}

fn ended(sink: Box<dyn Sink>, asked: Asked) -> Result<Exported, ExportError> {
    let written = sink.finish()?;
    let round = asked.round.map(|round| round.id);
    Ok(Exported { seq: asked.seq, round, rows: written.rows, notes: written.notes })
}
