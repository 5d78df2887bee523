//! Applies an import: its segments one after the other, then the doors' grids and the tables.

use super::{ApplyError, Sent, facts, rebuilt};
use crate::domain::{
    changes::RoundChanges,
    district::District,
    event::{PastVisit, SegmentRef, SegmentRows},
    facility::FacilityRow,
    feature::{BaseRow, RoadRow},
    households::Arriving,
    keyed::{Key, Keyed},
    segments::{SegmentData, Workbench},
    shop::ShopRow,
    staffing::StaffingRow,
};
use crate::geometry::{
    curve::key_from_fixed,
    shape::{FixedBox, Shape},
};
use jiff::civil::Date;

/// What changed in the rounds, and whether the shapes did.
pub(super) fn import(
    district: &mut District,
    n: u64,
    segments: &[SegmentRef],
    today: Option<Date>,
    bench: &mut dyn Workbench,
) -> Result<(Vec<RoundChanges>, bool), ApplyError> {
    let mut failed = None;
    let mut shapes = false;
    let rounds = rebuilt(district, |district| {
        let mut import = Import::begin(district, n, today);
        let done = segments.iter().try_for_each(|segment| {
            let data = bench.segment(segment).map_err(|reason| ApplyError::Segment { n, reason })?;
            import.take(data, bench)
        });
        match done.and_then(|()| import.finish(bench)) {
            Ok(drawn) => shapes = drawn,
            Err(error) => failed = Some(error),
        }
    });
    failed.map_or(Ok((rounds, shapes)), Err)
}

/// An import under way. Slots of new rows follow the curve over all rows of the import, however many segments hold them.
struct Import<'a> {
    district: &'a mut District,
    n: u64,
    /// Whether areas began or ended: every door may be in another.
    areas: bool,
    /// Whether anything drawn came in.
    drawn: bool,
    /// Whether anything but visits came in.
    rows: bool,
    doors: Option<Arriving>,
    /// New rows until all are there.
    roads: Vec<RoadRow>,
    base: Vec<BaseRow>,
    facilities: Vec<FacilityRow>,
    shops: Vec<ShopRow>,
    staffing: Vec<StaffingRow>,
}

impl<'a> Import<'a> {
    fn begin(district: &'a mut District, n: u64, today: Option<Date>) -> Self {
        let dated = today.is_some_and(|today| district.advance_to(today));
        Self {
            district,
            n,
            areas: dated,
            drawn: dated,
            rows: dated,
            doors: None,
            roads: Vec::new(),
            base: Vec::new(),
            facilities: Vec::new(),
            shops: Vec::new(),
            staffing: Vec::new(),
        }
    }

    fn take(&mut self, data: SegmentData, bench: &dyn Workbench) -> Result<(), ApplyError> {
        let district = &mut *self.district;
        let rows = match data {
            SegmentData::Doors(doors) => {
                (self.rows, self.drawn) = (true, true);
                let arriving = self.doors.get_or_insert_with(|| Arriving::at(&district.households));
                let n = self.n;
                return district.households.take(arriving, &doors).map_err(|id| ApplyError::Twice { n, id });
            }
            SegmentData::Rows(rows) => rows,
        };
        if let Some(kind) = rows.kind() {
            self.rows = true;
            self.drawn |= kind.is_drawn();
        }
        match rows {
            // Parents and children of one import may lie in several segments; all are linked anew each time.
            SegmentRows::Areas(rows) => {
                self.areas = true;
                district.take_areas(rows);
            }
            SegmentRows::Roads(rows) => update(&mut district.roads, rows, &mut self.roads),
            SegmentRows::Base(rows) => update(&mut district.base, rows, &mut self.base),
            SegmentRows::Facilities(rows) => update(&mut district.facilities, rows, &mut self.facilities),
            SegmentRows::Shops(rows) => update(&mut district.shops, rows, &mut self.shops),
            SegmentRows::Staffing(rows) => update(&mut district.staffing, rows, &mut self.staffing),
            SegmentRows::Visits(rows) => return self.take_visits(&rows, bench),
            SegmentRows::Households(rows) => return self.take(SegmentRows::Households(rows).into(), bench),
        }
        Ok(())
    }

    /// Visits may name doors of the same import that came before them.
    fn take_visits(&mut self, rows: &[PastVisit], bench: &dyn Workbench) -> Result<(), ApplyError> {
        self.settle_doors(bench)?;
        for row in rows {
            let sent = Sent { visit: &row.visit, round_named: true, happened_at: row.visit.happened_at };
            let facts = facts(self.district, self.n, sent, row.recorded_at)?;
            self.district.visits.record(&row.visit, facts);
        }
        Ok(())
    }

    /// Gives the doors that came their slots; those that come later are a group of their own.
    fn settle_doors(&mut self, bench: &dyn Workbench) -> Result<(), ApplyError> {
        let Some(arriving) = self.doors.take() else { return Ok(()) };
        let District { areas, households, .. } = self.district;
        // Where areas changed as well, every door is assigned at the end.
        let areas = (!self.areas).then_some(&*areas);
        households.settle(arriving, areas, bench).map_err(|id| ApplyError::Twice { n: self.n, id })
    }

    fn finish(mut self, bench: &dyn Workbench) -> Result<bool, ApplyError> {
        self.settle_doors(bench)?;
        let district = self.district;
        if self.areas {
            district.assign_all();
        } else if self.drawn {
            district.count_doors();
        }
        district.roads.extend(along_curve(self.roads, |r| FixedBox::around(&r.line)));
        district.base.extend(along_curve(self.base, |r| bounds(&r.shape)));
        district.facilities.extend(along_curve(self.facilities, |r| FixedBox::around([&r.at])));
        district.shops.extend(along_curve(self.shops, |r| FixedBox::around([&r.at])));
        district.staffing.extend(self.staffing);
        if self.rows {
            district.rows_version = self.n;
        }
        Ok(self.drawn)
    }
}

/// Puts rows in the place of those with their key; the others wait for a slot.
fn update<T: Key>(table: &mut Keyed<T>, rows: Vec<T>, new: &mut Vec<T>) {
    new.extend(rows.into_iter().filter_map(|row| table.update(row)));
}

fn bounds(shape: &Shape) -> Option<FixedBox> {
    match shape {
        Shape::Point(p) => FixedBox::around([p]),
        Shape::Line(line) => FixedBox::around(line),
        Shape::Polygons(polygons) => FixedBox::around(polygons.iter().flat_map(|p| &p.outer)),
    }
}

/// Rows in tile-curve order of the middle of their box; rows in the same place keep their order.
fn along_curve<T>(rows: Vec<T>, bounds: impl Fn(&T) -> Option<FixedBox>) -> impl Iterator<Item = T> {
    let key = |row: &T| bounds(row).map_or(0, |b| key_from_fixed(b.middle()));
    let mut keyed: Vec<(u64, T)> = rows.into_iter().map(|row| (key(&row), row)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, row)| row)
}
