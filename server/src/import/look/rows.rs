//! Rows of every kind but areas and doors: judged a few thousand at a time and set aside at once, so that memory stays flat.

use super::{
    Look, datum,
    file::OpenFile,
    judge::Judge,
    pass::{From, Taker},
    refer,
};
use crate::import::{ImportError, Prepared, plan::Datum};
use wangge_core::domain::row::ImportRow;

/// Looks at rows that can be judged one by one.
pub(super) fn look(mut look: Look<'_>) -> Result<Prepared, ImportError> {
    let judge = Judge::begin(look.service, look.request.kind);
    let mut rows = Rows { named: Vec::new(), batch: Vec::new(), judge };
    look.pass(&mut rows)?;
    rows.judge.decide(look)
}

struct Rows<'a> {
    /// Keys of refused rows, until the batch is over.
    named: Vec<String>,
    batch: Vec<ImportRow>,
    judge: Judge<'a>,
}

impl Taker for Rows<'_> {
    fn row(&mut self, look: &mut Look<'_>, from: &From<'_>, row: ImportRow) -> Result<(), ImportError> {
        if let Some(reason) = refer::to_nothing(look.service, &row) {
            self.named(row.key());
            return look.refuse(Some(row.key()), &reason, from.kept(), None);
        }
        self.batch.push(row);
        Ok(())
    }

    fn named(&mut self, key: &str) {
        self.named.push(key.to_owned());
    }

    fn datum(&mut self, look: &Look<'_>, file: &OpenFile) -> Result<Option<Datum>, ImportError> {
        Ok(datum::of_rows(look, file))
    }

    fn batch(&mut self, _: &mut Look<'_>) -> Result<(), ImportError> {
        self.judge.named(self.named.drain(..));
        self.judge.rows(&mut self.batch)
    }
}
