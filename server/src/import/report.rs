//! A plan and what became of it, in words for a terminal.

use super::plan::{Counts, Datum, Plan, PlanFile, Report, Topology};
use super::topology::area;
use std::fmt::{self, Display, Formatter};

/// Refused rows a terminal shows.
const REFUSED: usize = 20;
/// Reasons, findings and vanished keys a terminal shows.
const LINES: usize = 20;
/// Findings of each kind a terminal shows.
const EXAMPLES: usize = 3;
/// Characters of a column with values that are shown.
const VALUES: usize = 48;

impl Display for Plan {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            show_file(file, f)?;
        }
        show_counts(&self.counts, &self.kind, f)?;
        self.show_refused(f)?;
        if let Some(topology) = &self.topology {
            write!(f, "{topology}")?;
        }
        self.show_assignment(f)?;
        if self.counts.vanished > 0 {
            let noun = if self.kind == "households" { "doors" } else { self.kind.as_str() };
            writeln!(
                f,
                "vanished: {} {noun} of the district lie where the files have some, but are not in them; they stay:",
                grouped(self.counts.vanished)
            )?;
            few(&self.vanished, self.counts.vanished, f)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "note: {note}"))
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Counts { rows, refused, .. } = self.plan.counts;
        let (counts, source) = (&self.plan.counts, &self.plan.source);
        match (&self.seq, self.taken) {
            (Some(seq), _) => write!(f, "{source}: {} rows, {} taken", grouped(rows), grouped(counts.good()))
                .and_then(|()| write!(f, ", {} refused; event {seq}", grouped(refused))),
            (None, true) => write!(
                f,
                "{source}: {} rows, {} there already, {} refused; nothing changed",
                grouped(rows),
                grouped(counts.good()),
                grouped(refused)
            ),
            (None, false) => {
                let why = self.plan.why_not.as_deref().unwrap_or("it was not asked for");
                write!(f, "{source}: {} rows, 0 taken, {} refused: {why}", grouped(rows), grouped(refused))
            }
        }
    }
}

fn show_file(file: &PlanFile, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{}: {}", file.name, file.format)?;
    for (word, value) in [("layer", &file.layer), ("encoding", &file.encoding)] {
        if let Some(value) = value {
            write!(f, ", {word} {value}")?;
        }
    }
    writeln!(f, ", {} ({}), {} rows", file.crs, file.crs_from, grouped(file.rows))?;
    let head = ["field", "column", "found", "values"].map(str::to_owned);
    let mut lines = vec![head];
    for field in &file.mapping {
        let values = field.examples.join(", ");
        let column = field.column.clone().unwrap_or_else(|| "-".to_owned());
        lines.push([field.field.clone(), column, field.how.clone(), cut(&values, VALUES)]);
    }
    table(&lines, f)?;
    if !file.unused.is_empty() {
        writeln!(f, "  not used: {}", cut(&file.unused.join(", "), 200))?;
    }
    file.notes.iter().try_for_each(|note| writeln!(f, "  note: {note}"))?;
    file.datum.as_ref().map_or(Ok(()), |datum| show_datum(datum, f))
}

fn show_datum(datum: &Datum, f: &mut Formatter<'_>) -> fmt::Result {
    let word = match (datum.passes, datum.trusted) {
        (_, true) => "coordinates (trusted)",
        (true, _) => "coordinates",
        _ if datum.asks => "coordinates (which are they?)",
        (false, _) => "coordinates (stopped here)",
    };
    datum.sentences.iter().try_for_each(|sentence| writeln!(f, "  {word}: {sentence}"))
}

fn show_counts(counts: &Counts, kind: &str, f: &mut Formatter<'_>) -> fmt::Result {
    let Counts { rows, added, changed, moved, same, refused, .. } = *counts;
    writeln!(f, "{kind}")?;
    let lines =
        [("rows", rows), ("added 新增", added), ("moved 移位", moved), ("changed 变更", changed), ("same 不变", same)];
    for (word, count) in lines.into_iter().chain([("refused 拒收", refused)]) {
        writeln!(f, "  {}{:>12}", padded(word, 14), grouped(count))?;
    }
    Ok(())
}

impl Display for Topology {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let total: u64 = self.counts.values().sum();
        let word = if total == 0 { "nothing wrong between the areas".to_owned() } else { grouped(total) };
        writeln!(f, "topology 拓扑: {word}")?;
        for alike in self.findings.chunk_by(|one, next| one.kind == next.kind) {
            let kind = &alike[0].kind;
            let land = self.land_m2.get(kind).map(|m2| format!(", {} in all", area(*m2))).unwrap_or_default();
            let count = self.counts.get(kind).copied().unwrap_or_default();
            writeln!(f, "  {} {kind}{land}", grouped(count))?;
            for finding in alike.iter().take(EXAMPLES) {
                let areas = cut(&finding.areas.join(", "), 80);
                let at = finding.at.map(|[lon, lat]| format!(" at {lon:.6}, {lat:.6}")).unwrap_or_default();
                writeln!(f, "    {areas}{at}: {}", finding.message)?;
            }
            let more = count.saturating_sub(EXAMPLES as u64);
            if more > 0 {
                writeln!(f, "    and {} more", grouped(more))?;
            }
        }
        if self.elsewhere > 0 {
            writeln!(f, "  {} more between areas that do not come in", grouped(self.elsewhere))?;
        }
        self.repaired.iter().try_for_each(|line| writeln!(f, "  repaired: {line}"))
    }
}

impl Plan {
    fn show_refused(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for row in self.refused.iter().take(REFUSED) {
            write!(f, "refused: ")?;
            if let Some(file) = &row.file {
                write!(f, "{file} ")?;
            }
            write!(f, "row {}", row.row)?;
            if let Some(key) = &row.key {
                write!(f, " ({key})")?;
            }
            writeln!(f, ": {}: {}", row.field, row.reason)?;
        }
        if self.counts.refused > REFUSED as u64 {
            writeln!(f, "refused by reason:")?;
            for reason in self.refused_by_reason.iter().take(LINES) {
                writeln!(f, "  {:>10}  {}", grouped(reason.rows), reason.reason)?;
            }
        }
        Ok(())
    }

    fn show_assignment(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Counts { unassigned, on_edge, in_several, reassigned, .. } = self.counts;
        let (areas, shown) = (self.kind == "areas", &self.assignment);
        let sorts = [
            (unassigned, "lie in no grid; they are counted and shown as unassigned", &shown.outside),
            (on_edge, "lie on the edge of a grid; the lowest code has them", &shown.on_edge),
            (in_several, "lie inside more than one grid; the lowest code has them", &shown.in_several),
        ];
        for (count, words, names) in sorts.into_iter().filter(|(count, ..)| *count > 0) {
            let whose = if areas { "doors of the district would" } else { "doors" };
            writeln!(f, "grids 网格: {} {whose} {words}:", grouped(count))?;
            few(names, count, f)?;
        }
        if reassigned > 0 {
            writeln!(f, "grids 网格: {} doors of the district would come into another grid", grouped(reassigned))?;
        }
        Ok(())
    }
}

/// The first of many names, on one line.
fn few(names: &[String], all: u64, f: &mut Formatter<'_>) -> fmt::Result {
    let shown: Vec<String> = names.iter().take(LINES).map(|name| cut(name, 60)).collect();
    write!(f, "  {}", shown.join(", "))?;
    let more = all.saturating_sub(shown.len() as u64);
    if more > 0 { writeln!(f, " and {} more", grouped(more)) } else { writeln!(f) }
}

/// Lines of cells, each column as wide as its widest cell.
fn table<const N: usize>(lines: &[[String; N]], f: &mut Formatter<'_>) -> fmt::Result {
    let width = |column: usize| lines.iter().map(|line| columns_of(&line[column])).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    for line in lines {
        let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| padded(cell, width)).collect();
        writeln!(f, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Columns of a terminal a text takes: Chinese characters take two.
fn columns_of(text: &str) -> usize {
    let is_wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
            | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}')
    };
    text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns_of(text))))
}

/// A text on one line, cut where it is long.
fn cut(text: &str, most: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let kept: String = plain.clone().take(most).collect();
    if plain.count() > most { format!("{kept}…") } else { kept }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Finding, MappedField, ReasonCount, RefusedRow};
    use super::*;

    #[test]
    fn digits_come_in_groups_of_three() {
        let said: Vec<String> = [0, 999, 1000, 12_774, 1_000_000].map(grouped).to_vec();
        assert_eq!(said, ["0", "999", "1,000", "12,774", "1,000,000"]);
    }

    #[test]
    fn columns_stand_under_each_other_whatever_the_script() {
        let field = |field: &str, column: &str| MappedField {
            field: field.to_owned(),
            column: Some(column.to_owned()),
            how: "synonym".to_owned(),
            examples: vec!["一号".to_owned(), "2".to_owned()],
            ..MappedField::default()
        };
        let file = PlanFile {
            name: "门.csv".to_owned(),
            format: "CSV".to_owned(),
            crs: "crs84".to_owned(),
            crs_from: "assumed".to_owned(),
            mapping: vec![field("id", "门牌编号"), field("residents", "n")],
            ..PlanFile::default()
        };
        let text = Plan { files: vec![file], ..Plan::default() }.to_string();
        let at: Vec<usize> = text
            .lines()
            .filter(|line| line.contains("synonym"))
            .map(|line| columns_of(&line[..line.find("synonym").unwrap()]))
            .collect();
        assert_eq!(at.len(), 2);
        assert_eq!(at[0], at[1], "{text}");
    }

    #[test]
    fn whatever_was_found_is_said() {
        let refused = (1..=40).map(|row| RefusedRow {
            row,
            key: Some(format!("door-{row}")),
            field: "residents".to_owned(),
            reason: "\"x\" is no number".to_owned(),
            ..RefusedRow::default()
        });
        let finding = Finding {
            kind: "overlap".to_owned(),
            areas: vec!["a".to_owned(), "b".to_owned()],
            at: Some([117.6, 24.5]),
            message: "8 m²".to_owned(),
        };
        let counts = Counts { rows: 100, refused: 40, unassigned: 2, vanished: 1_500, on_edge: 3, ..Counts::default() };
        let plan = Plan {
            source: "doors.csv".to_owned(),
            kind: "households".to_owned(),
            counts,
            refused: refused.collect(),
            refused_by_reason: vec![ReasonCount { reason: "residents: \"…\" is no number".to_owned(), rows: 40 }],
            topology: Some(Topology {
                counts: [("overlap".to_owned(), 30)].into(),
                land_m2: [("overlap".to_owned(), 8.04)].into(),
                elsewhere: 0,
                findings: vec![finding; 30],
                repaired: vec!["3 corners moved".to_owned()],
            }),
            vanished: vec!["door-900".to_owned()],
            why_not: Some("40 rows are refused".to_owned()),
            notes: vec!["go on".to_owned()],
            ..Plan::default()
        };
        let text = plan.to_string();
        let wanted = [
            "refused: row 20 (door-20): residents: \"x\" is no number",
            "        40  residents: \"…\" is no number",
            "  30 overlap, 8.0 m² in all",
            "    a, b at 117.600000, 24.500000: 8 m²",
            "and 27 more",
            "3 corners moved",
            "2 doors lie in no grid",
            "1,500 doors",
            "door-900 and 1,499 more",
            "note: go on",
        ];
        for words in wanted {
            assert!(text.contains(words), "{words} is missing in\n{text}");
        }
        assert!(!text.contains("row 21 "), "{text}");
        let report = Report { plan, taken: false, seq: None };
        assert_eq!(report.to_string(), "doors.csv: 100 rows, 0 taken, 40 refused: 40 rows are refused");
    }
}
