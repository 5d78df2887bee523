//! The end of a look: whether what was found may be taken, and why not.

use super::Look;
use crate::{
    commit::Staging,
    import::{ImportError, Prepared, plan::Plan},
};
use wangge_core::domain::{area::Level, row::RowKind};

impl Look<'_> {
    /// Sums up.
    pub(super) fn decide(self, staging: Staging, vanished: Vec<String>) -> Result<Prepared, ImportError> {
        let mut plan = Plan {
            source: self.request.source.clone(),
            kind: self.request.kind.id().to_owned(),
            files: self.files,
            counts: self.counts,
            topology: self.topology,
            assignment: self.assignment,
            refused: self.book.first(),
            refused_by_reason: self.book.reasons(),
            vanished,
            would_take: false,
            why_not: None,
            notes: self.notes,
        };
        plan.why_not = why_not(&plan, self.request.partial);
        plan.would_take = plan.why_not.is_none();
        advise(&mut plan, self.service.district.read().areas().iter().any(|area| area.level == Level::Grid));
        let altering = plan.would_take && plan.counts.altering() > 0;
        Ok(Prepared {
            service: self.service.clone(),
            // What will not be taken gives its space back now.
            staging: altering.then_some(staging),
            rows_version: self.rows_version,
            features: self.features.into(),
            refusals: self.book.close()?.into(),
            plan,
        })
    }
}

fn why_not(plan: &Plan, partial: bool) -> Option<String> {
    let stopped = plan.files.iter().find_map(|file| file.datum.as_ref().filter(|datum| !datum.passes));
    if let Some(datum) = stopped.filter(|datum| datum.asks) {
        let words = datum.candidates.iter().map(|candidate| format!("--crs {}", candidate.crs)).collect::<Vec<_>>();
        return Some(format!(
            "nobody said which coordinate system the file is in, and its numbers cannot tell; say {}, whichever it is",
            words.join(" or ")
        ));
    }
    if let Some(datum) = stopped {
        let with = datum.suggested.as_ref().map_or_else(String::new, |crs| format!("say --crs {crs}, or "));
        let because = datum.sentences.first().cloned().unwrap_or_default();
        return Some(format!("{because}; {with}--trust-crs if the coordinates are right as they are"));
    }
    let counts = plan.counts;
    if counts.refused > 0 && counts.good() == 0 {
        return Some("every row is refused".to_owned());
    }
    if counts.refused > 0 && !partial {
        let (refused, good) = (counts.refused, counts.good());
        return Some(format!(
            "{refused} rows are refused, and {good} good ones left out because of them; mend those, or take the good ones \
             with --partial"
        ));
    }
    None
}

/// What to know and do next.
fn advise(plan: &mut Plan, has_grids: bool) {
    let counts = plan.counts;
    let mut say = |note: &str| plan.notes.push(note.to_owned());
    if counts.refused > 0 {
        say("--rejects FILE writes the refused rows with their reasons; mend them there and bring that file in");
    }
    if counts.vanished > 0 {
        say(
            "rows that are not in the files are never deleted; record a visit with `demolished` or `moved` where a door is gone",
        );
    }
    if plan.kind == RowKind::Households.id() && counts.good() > 0 && !has_grids {
        say("the district has no grids yet; bring areas in, and the doors find theirs by themselves");
    }
    if counts.rows == 0 {
        say("the files hold no rows");
    }
}
