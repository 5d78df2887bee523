//! Versions of areas: which one a row means, how a later one takes the place of an earlier one, and which are in force.

use super::{Area, Areas, row_of};
use crate::domain::{area::AreaRow, dates::maybe_date};
use crate::geometry::{
    curve::key_from_fixed,
    label::interior_point,
    position::FixedPoint,
    shape::{FixedBox, MultiPolygon},
};
use jiff::civil::Date;
use std::cmp::Ordering;

/// Which version of the area with its code a row means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::domain) enum Version<'a> {
    /// The one at the slot: a row with its first day, or with none.
    Last,
    /// One that begins after it.
    Later(Date),
    /// One it had before.
    Former(&'a AreaRow),
    /// One that would have begun before it, of which nothing is known.
    Older,
}

impl Area {
    pub(in crate::domain) fn version_of(&self, row: &AreaRow) -> Version<'_> {
        let (Some(own), Some(start)) = (maybe_date(self.starts_on.as_ref()), maybe_date(row.starts_on.as_ref())) else {
            return match maybe_date(row.starts_on.as_ref()) {
                Some(start) => Version::Later(start),
                None => Version::Last,
            };
        };
        match start.cmp(&own) {
            Ordering::Equal => Version::Last,
            Ordering::Greater => Version::Later(start),
            Ordering::Less => {
                let former = self.former.iter().find(|f| maybe_date(f.starts_on.as_ref()) == Some(start));
                former.map_or(Version::Older, Version::Former)
            }
        }
    }

    /// Takes the content of a row; its first day stays when the row has none.
    fn correct(&mut self, row: AreaRow) {
        if self.geometry != row.geometry {
            (self.bounds, self.label) = frame(&row.geometry);
            self.geometry = row.geometry;
        }
        self.name = row.name;
        self.parent_code = row.parent;
        self.starts_on = row.starts_on.or_else(|| self.starts_on.take());
        self.ends_on = row.ends_on;
    }

    /// Lets a later version take this one's place; this one ends the day that one begins, if not before.
    fn supersede(&mut self, row: AreaRow, start: Date) {
        let mut old = row_of(self);
        if maybe_date(old.ends_on.as_ref()).is_none_or(|end| start < end) {
            old.ends_on.clone_from(&row.starts_on);
        }
        self.former.push(old);
        self.correct(row);
    }
}

impl Areas {
    /// Takes rows in whose day has come: corrects versions, lets later ones take the place of earlier ones, and gives
    /// slots to new codes in tile-curve order. The rows were checked: each code once, levels as they were, no older
    /// versions. [`Areas::settle`] has to follow.
    pub(in crate::domain) fn import(&mut self, rows: Vec<AreaRow>) {
        let mut new: Vec<(u64, AreaRow)> = Vec::new();
        for row in rows {
            let Some(area) = self.by_code(&row.code).and_then(|slot| self.areas.get_mut(slot as usize)) else {
                new.push((middle_key(&row), row));
                continue;
            };
            match area.version_of(&row) {
                Version::Last => area.correct(row),
                Version::Later(start) => area.supersede(row, start),
                Version::Former(_) | Version::Older => {}
            }
        }
        new.sort_by(|a, b| (a.0, a.1.level, &a.1.code).cmp(&(b.0, b.1.level, &b.1.code)));
        new.into_iter().for_each(|(_, row)| self.add(row));
    }

    /// Gives a row the next slot.
    pub(super) fn add(&mut self, row: AreaRow) {
        let slot = self.areas.len() as u32;
        let (bounds, label) = frame(&row.geometry);
        self.slots.insert(row.code.clone(), slot);
        self.areas.push(Area {
            slot,
            code: row.code,
            name: row.name,
            level: row.level,
            parent: None,
            parent_code: row.parent,
            children: Vec::new(),
            geometry: row.geometry,
            bounds,
            label,
            doors: 0,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            ended: false,
            former: Vec::new(),
        });
    }

    /// Decides which areas are in force on a day and makes the tree of those. Without a day none has ended.
    pub(in crate::domain) fn settle(&mut self, today: Option<Date>) {
        self.next_end = None;
        for area in &mut self.areas {
            let end = maybe_date(area.ends_on.as_ref());
            area.ended = end.zip(today).is_some_and(|(end, today)| end <= today);
            if !area.ended {
                self.next_end = [self.next_end, end].into_iter().flatten().min();
            }
            area.children.clear();
        }
        for slot in 0..self.areas.len() {
            let area = &self.areas[slot];
            let above = area.parent_code.as_deref().filter(|_| !area.ended).and_then(|code| self.in_force(code));
            // A larger level above a smaller one: the tree has no circles.
            let parent = above.filter(|above| above.level < area.level).map(|above| above.slot);
            self.areas[slot].parent = parent;
            if let Some(parent) = parent {
                self.areas[parent as usize].children.push(slot as u32);
            }
        }
        let mut all: Vec<Vec<u32>> = self.areas.iter_mut().map(|area| std::mem::take(&mut area.children)).collect();
        for (slot, children) in all.iter_mut().enumerate() {
            children.sort_by(|a, b| self.areas[*a as usize].code.cmp(&self.areas[*b as usize].code));
            self.areas[slot].children = std::mem::take(children);
        }
    }

    /// The first day on which an area in force ends.
    pub(in crate::domain) fn next_end(&self) -> Option<Date> {
        self.next_end
    }
}

/// Box around polygons and a point inside them.
fn frame(geometry: &MultiPolygon) -> (FixedBox, FixedPoint) {
    let origin = FixedPoint { x: 0, y: 0 };
    let bounds = FixedBox::around(geometry.iter().flat_map(|p| &p.outer));
    let bounds = bounds.unwrap_or(FixedBox { min: origin, max: origin });
    (bounds, interior_point(geometry).unwrap_or(bounds.min))
}

fn middle_key(row: &AreaRow) -> u64 {
    FixedBox::around(row.geometry.iter().flat_map(|p| &p.outer)).map_or(0, |b| key_from_fixed(b.middle()))
}
