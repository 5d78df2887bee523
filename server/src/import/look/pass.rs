//! One pass over every row of every file: read, mapped, brought to CRS84, made into rows of the kind; what cannot be is
//! refused with its place and reason.

use super::{Look, file::OpenFile};
use crate::{
    import::{
        ImportError,
        features::{Change, place_of},
        ground::point_of,
        plan::Datum,
        progress::Stage,
        read::{Batch, Found, Reading},
        refusals::Reason,
        seen::Sight,
        spool::Kept,
    },
    kinds::Made,
    table::{Cell, Row, RowFault, cell::trimmed},
};
use std::hash::{BuildHasher, Hash, Hasher};
use wangge_core::{
    domain::{
        Door,
        row::{ImportRow, RowKind},
    },
    geometry::position::FixedPoint,
};

/// What is done with the rows a pass makes.
pub(super) trait Taker {
    /// Takes a good row. It is not taken before [`Taker::batch`] at the latest.
    fn row(&mut self, look: &mut Look<'_>, from: &From<'_>, row: ImportRow) -> Result<(), ImportError>;

    /// Takes a good door, where the kind makes doors without rows.
    fn door(&mut self, door: &Door<'_>) {
        debug_assert!(false, "door {:?} is no row of this kind", door.id);
    }

    /// Told of a key that the files name in a row that is refused.
    fn named(&mut self, key: &str);

    /// A file is at its end: whether its numbers are in the coordinate system they were read by.
    fn datum(&mut self, look: &Look<'_>, file: &OpenFile) -> Result<Option<Datum>, ImportError>;

    /// A few thousand rows came.
    fn batch(&mut self, look: &mut Look<'_>) -> Result<(), ImportError>;
}

/// Where a row comes from.
pub(super) struct From<'a> {
    /// Which file.
    pub(super) file: u32,
    /// The row as the file has it.
    pub(super) raw: &'a Row,
}

impl From<'_> {
    /// The row, to be kept on disk.
    pub(super) fn kept(&self) -> Kept {
        Kept::of(self.file, self.raw)
    }
}

impl Look<'_> {
    /// Reads every file and hands the good rows on.
    pub(super) fn pass(&mut self, taker: &mut dyn Taker) -> Result<(), ImportError> {
        for number in 0..self.request.files.len() {
            let (mut file, source, first) = OpenFile::open(self, number as u32)?;
            self.book.file(file.number, &file.plan.name, &source.header().columns, source.header().has_shapes);
            let bytes = source.header().bytes;
            let before = self.counts.rows;
            let ended = std::thread::scope(|scope| {
                let mut batch = first.batch;
                self.take_batch(&mut file, &mut batch, taker)?;
                if !first.more {
                    return Ok(None);
                }
                let mut reading = Reading::start(scope, source, batch);
                while let Some(batch) = reading.next() {
                    self.take_batch(&mut file, batch, taker)?;
                }
                reading.end(&file.plan.name)
            })?;
            if let Some(error) = first.error.or(ended) {
                // What came before stands; the rest is one refusal, so that nothing of the file is lost in silence.
                let row = self.counts.rows - before + 1;
                let reason = Reason::new("file", format!("{error}; what comes after this row is not read"));
                self.refuse(None, &reason, Kept::unread(file.number, row, None), None)?;
            }
            file.plan.rows = self.counts.rows - before;
            self.mended.append(&mut file.mended());
            file.plan.datum = taker.datum(self, &file)?;
            self.done_bytes += bytes;
            self.files.push(file.plan);
        }
        Ok(())
    }

    fn take_batch(&mut self, file: &mut OpenFile, batch: &mut Batch, taker: &mut dyn Taker) -> Result<(), ImportError> {
        if self.progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        if let Some(columns) = batch.columns.take() {
            self.book.file(file.number, &file.plan.name, &columns, file.has_shapes);
        }
        self.seen.bring_near(file.keys(batch.rows()));
        batch.each(|found| match found {
            Found::Row(row) => self.take_row(file, row, taker),
            Found::Fault(fault) => self.fault(file.number, fault),
        })?;
        taker.batch(self)?;
        self.progress.at(Stage::Reading, self.done_bytes + batch.bytes, self.bytes, self.counts.rows);
        Ok(())
    }

    fn take_row(&mut self, file: &mut OpenFile, raw: &Row, taker: &mut dyn Taker) -> Result<(), ImportError> {
        self.counts.rows += 1;
        let from = From { file: file.number, raw };
        let placed = file.placed(raw);
        let made = match &placed {
            Ok(shape) => file.made(self.kind, raw, shape.as_deref()),
            Err(fault) => Err(fault.clone()),
        };
        let fault = match made {
            // A million of these come; where they lie they stay.
            Ok(Made::Door(ref made)) => {
                let door = made.door();
                return match self.unfit(file, raw, door.id, Some(door.at))? {
                    None => {
                        taker.door(&door);
                        Ok(())
                    }
                    Some(reason) => self.refuse_named(door.id, &reason, &from, file, taker),
                };
            }
            Ok(Made::Row(row)) => return self.take_whole(file, &from, row, taker),
            Err(fault) => fault,
        };
        let fault = match placed {
            Ok(Some(shape)) if file.mends(&fault) => match file.mend(self.kind, raw, &shape, fault) {
                Ok(row) => return self.take_whole(file, &from, row, taker),
                Err(fault) => fault,
            },
            _ => fault,
        };
        let key = file.key(raw);
        if let Some(key) = &key {
            taker.named(key);
        }
        let reason = Reason::new(fault.field, fault.message);
        self.refuse_row(key.as_deref(), &reason, &from, file)
    }

    fn take_whole(
        &mut self,
        file: &OpenFile,
        from: &From<'_>,
        row: ImportRow,
        taker: &mut dyn Taker,
    ) -> Result<(), ImportError> {
        match self.unfit(file, from.raw, row.key(), point_of(&row))? {
            None => taker.row(self, from, row),
            Some(reason) => self.refuse_named(row.key(), &reason, from, file, taker),
        }
    }

    fn fault(&mut self, file: u32, fault: &RowFault) -> Result<(), ImportError> {
        self.counts.rows += 1;
        let kept = Kept::unread(file, fault.number, fault.text.clone());
        self.refuse(None, &Reason::new(fault.field.as_str(), fault.message.as_str()), kept, None)
    }

    fn refuse_named(
        &mut self,
        key: &str,
        reason: &Reason,
        from: &From<'_>,
        file: &OpenFile,
        taker: &mut dyn Taker,
    ) -> Result<(), ImportError> {
        taker.named(key);
        self.refuse_row(Some(key), reason, from, file)
    }

    fn refuse_row(
        &mut self,
        key: Option<&str>,
        reason: &Reason,
        from: &From<'_>,
        file: &OpenFile,
    ) -> Result<(), ImportError> {
        let place = file.position(from.raw);
        self.refuse(key, reason, from.kept(), place)
    }

    /// Writes a refused row down, and shows it on the map where it has a place.
    pub(super) fn refuse(
        &mut self,
        key: Option<&str>,
        reason: &Reason,
        kept: Kept,
        place: Option<[f64; 2]>,
    ) -> Result<(), ImportError> {
        self.counts.refused += 1;
        let name = || key.map_or_else(|| format!("row {}", kept.number), str::to_owned);
        let sentence = reason.sentence();
        self.features.offer(Change::Refused, || (name(), place_of(place.as_ref())), Some(&sentence));
        Ok(self.book.refuse(key, reason, kept)?)
    }

    /// Why a row may not come in though it is one: an earlier row has its key.
    fn unfit(
        &mut self,
        file: &OpenFile,
        raw: &Row,
        key: &str,
        at: Option<FixedPoint>,
    ) -> Result<Option<Reason>, ImportError> {
        let sight = Sight { file: file.number, number: raw.number, content: self.content_of(raw), at };
        let Some(first) = self.seen.first(key, sight)? else { return Ok(None) };
        let field = if self.request.kind == RowKind::Areas { "code" } else { "id" };
        let earlier = match self.request.files.get(first.file as usize) {
            Some(path) if first.file != file.number => {
                format!("row {} of {}", first.number, super::super::request::name_of(path))
            }
            _ => format!("row {}", first.number),
        };
        let key: String = key.chars().take(64).collect();
        let differs = match (first.at, at) {
            _ if first.content == sight.content => "says the same".to_owned(),
            (Some(there), Some(here)) if there != here => format!("lies {} away", distance(there, here)),
            _ => "says something else".to_owned(),
        };
        let message =
            format!("{key:?} is a duplicate of {earlier}, which stands; this row {differs}, each may come once");
        Ok(Some(Reason::new(field, message)))
    }

    /// A number made of everything a row says.
    fn content_of(&self, raw: &Row) -> u64 {
        let mut hasher = self.content.build_hasher();
        for cell in &raw.cells {
            match cell {
                Cell::Text(text) => trimmed(text).hash(&mut hasher),
                other => other.text().hash(&mut hasher),
            }
        }
        if let Some(shape) = &raw.shape {
            shape.positions().flatten().for_each(|number| number.to_bits().hash(&mut hasher));
        }
        hasher.finish()
    }
}

/// Ground metres between two places, for a sentence.
fn distance(a: FixedPoint, b: FixedPoint) -> String {
    let units = f64::from(a.x.abs_diff(b.x)).hypot(f64::from(a.y.abs_diff(b.y)));
    let metres = units * wangge_core::geometry::position::metres_per_unit(a);
    if metres < 10_000.0 { format!("{metres:.1} m") } else { format!("{:.0} km", metres / 1000.0) }
}
