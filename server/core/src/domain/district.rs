//! The district as it is now: a pure function of the log.

use super::{
    area::AreaRow,
    areas::Areas,
    facility::FacilityRow,
    feature::{BaseRow, RoadRow},
    households::Households,
    keyed::Keyed,
    rounds::{Ground, RoundState},
    seq::Seq,
    shop::ShopRow,
    staffing::StaffingRow,
    visits::Visits,
};
use jiff::{Timestamp, civil::Date};

/// Everything the district knows. Changed by `apply` alone.
#[derive(Debug, Clone, Default)]
pub struct District {
    pub(super) epoch: u32,
    pub(super) n: u64,
    pub(super) shapes_version: u64,
    pub(super) rows_version: u64,
    /// The day up to which areas began and ended; none before the first event that says one.
    pub(super) today: Option<Date>,
    pub(super) areas: Areas,
    pub(super) households: Households,
    pub(super) roads: Keyed<RoadRow>,
    pub(super) base: Keyed<BaseRow>,
    pub(super) facilities: Keyed<FacilityRow>,
    pub(super) shops: Keyed<ShopRow>,
    pub(super) staffing: Keyed<StaffingRow>,
    pub(super) waiting: Vec<AreaRow>,
    pub(super) rounds: Vec<RoundState>,
    pub(super) visits: Visits,
    /// Follow-ups at or before this are due, microseconds since 1970 UTC.
    pub(super) clock: i64,
}

impl District {
    /// A district of which nothing is known yet.
    pub fn empty(epoch: u32) -> Self {
        Self { epoch, ..Self::default() }
    }

    /// A district with the areas of this one, in force and waiting, and nothing else: small enough to be copied while
    /// others read, for questions that take long.
    pub fn only_areas(&self) -> Self {
        Self {
            epoch: self.epoch,
            n: self.n,
            shapes_version: self.shapes_version,
            rows_version: self.rows_version,
            today: self.today,
            areas: self.areas.clone(),
            waiting: self.waiting.clone(),
            ..Self::default()
        }
    }

    /// Place in the log of the last event applied.
    pub fn seq(&self) -> Seq {
        Seq { epoch: self.epoch, n: self.n }
    }

    /// Number of the last event that changed areas, doors, roads or base; 0 before the first.
    pub fn shapes_version(&self) -> u64 {
        self.shapes_version
    }

    /// Number of the last event that changed rows of any kind; 0 before the first.
    pub fn rows_version(&self) -> u64 {
        self.rows_version
    }

    /// The day up to which areas began and ended, by the district's calendar.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// Areas by slot.
    pub fn areas(&self) -> &Areas {
        &self.areas
    }

    /// Doors by slot.
    pub fn households(&self) -> &Households {
        &self.households
    }

    /// Roads by slot.
    pub fn roads(&self) -> &[RoadRow] {
        self.roads.rows()
    }

    /// Base map by slot.
    pub fn base(&self) -> &[BaseRow] {
        self.base.rows()
    }

    /// Facilities by slot.
    pub fn facilities(&self) -> &[FacilityRow] {
        self.facilities.rows()
    }

    /// Shops by slot.
    pub fn shops(&self) -> &[ShopRow] {
        self.shops.rows()
    }

    /// Posts of the grids by slot, those whose days are over included.
    pub fn staffing(&self) -> &[StaffingRow] {
        self.staffing.rows()
    }

    /// Versions of areas whose first day has not come yet, by that day and their code.
    pub fn waiting(&self) -> &[AreaRow] {
        &self.waiting
    }

    /// Rounds in the order they were made; the index is stable.
    pub fn rounds(&self) -> &[RoundState] {
        &self.rounds
    }

    /// Index of the round with an id.
    pub fn round_index(&self, id: &str) -> Option<usize> {
        self.rounds.iter().position(|r| r.round.id == id)
    }

    /// The round meant when none is named: the newest active one; when none is active, the one that began last.
    pub fn default_round(&self, now: Timestamp) -> Option<usize> {
        let newest = |rounds: &mut dyn Iterator<Item = (usize, &RoundState)>| {
            rounds.max_by_key(|(index, r)| (r.round.starts_at, *index)).map(|(index, _)| index)
        };
        newest(&mut self.rounds.iter().enumerate().filter(|(_, r)| r.round.contains(now)))
            .or_else(|| newest(&mut self.rounds.iter().enumerate().filter(|(_, r)| r.round.starts_at <= now)))
            .or_else(|| newest(&mut self.rounds.iter().enumerate()))
    }

    /// How many visits were recorded, corrected ones included.
    pub fn visit_count(&self) -> usize {
        self.visits.len()
    }

    /// When a door's latest counting visit in a round happened.
    pub fn last_visit_at(&self, round: usize, door: u32) -> Option<Timestamp> {
        self.visits
            .of_door(door)
            .filter(|v| usize::from(v.round) == round && !v.is_replaced())
            .map(|v| v.happened_at)
            .max()
            .and_then(|at| Timestamp::from_microsecond(at).ok())
    }

    /// When the next follow-up becomes due, or the next version of an area begins or ends: `AdvanceClock` has something
    /// to do from then on.
    pub fn next_due(&self) -> Option<Timestamp> {
        let follow_up = self.visits.next_follow_up(self.clock).and_then(|at| Timestamp::from_microsecond(at).ok());
        [follow_up, self.next_dating_at()].into_iter().flatten().min()
    }

    pub(super) fn clock(&self) -> Timestamp {
        Timestamp::from_microsecond(self.clock).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground { areas: &self.areas, households: &self.households, visits: &self.visits, clock: self.clock }
    }
}
