//! State tables of a past moment: what was true then, as far as it had been recorded by then.

use super::{
    asked::parsed,
    problem::{Answer, Problem},
    state::StateLayer,
};
use crate::{commit::Service, export::Moment};
use jiff::Timestamp;
use tokio::sync::Semaphore;
use wangge_core::{
    domain::{AsOf, District, seq::Seq, visit::DoorByte},
    format::state_table::{encode_areas, encode_doors},
};

/// Tables made at once; each may take some tenths of a second of a core.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// Doors looked at before others get the district's lock.
const PIECE: u32 = 20_000;
/// Times a table is begun again because rows came in meanwhile.
const TRIES: usize = 3;

/// A past moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Past {
    /// What was true then; now without it.
    at: Option<Timestamp>,
    /// As far as recorded by then; all that is known without it.
    known_at: Option<Timestamp>,
}

impl Past {
    /// The moment asked for; none when it is now.
    ///
    /// # Errors
    /// A problem naming the parameter that is no moment.
    pub(super) fn asked(at: Option<&str>, known_at: Option<&str>) -> Answer<Option<Self>> {
        let moment = |name, text: Option<&str>| -> Answer<Option<Timestamp>> {
            Ok(text.map(|text| parsed::<Moment>(name, text)).transpose()?.map(|moment| moment.0))
        };
        let past = Self { at: moment("at", at)?, known_at: moment("known_at", known_at)? };
        Ok((past.at.is_some() || past.known_at.is_some()).then_some(past))
    }

    /// When the rounds were as they are asked for.
    pub(super) fn at(self) -> Option<Timestamp> {
        self.at
    }

    /// A text that differs between moments, for a tag.
    pub(super) fn tag(self) -> String {
        let micros = |moment: Option<Timestamp>| moment.map_or(String::new(), |at| at.as_microsecond().to_string());
        format!("-at{}-known{}", micros(self.at), micros(self.known_at))
    }

    /// The table of a round, by its id.
    ///
    /// # Errors
    /// A problem when rows come in faster than it can be made.
    pub(super) async fn table(
        self,
        service: std::sync::Arc<Service>,
        layer: StateLayer,
        round: String,
    ) -> Answer<Vec<u8>> {
        let _turn = AT_ONCE.acquire().await.map_err(Problem::internal)?;
        let made = tokio::task::spawn_blocking(move || (0..TRIES).find_map(|_| self.made(&service, layer, &round)));
        made.await
            .map_err(Problem::internal)?
            .ok_or_else(|| Problem::unavailable("rows keep coming in; ask again in a moment"))
    }

    /// The table, or none when rows came in while it was made.
    fn made(self, service: &Service, layer: StateLayer, round: &str) -> Option<Vec<u8>> {
        let mut seen: Option<(AsOf, u64, Seq, u64)> = None;
        let mut doors: Vec<DoorByte> = Vec::new();
        loop {
            let district = service.district.read();
            let (as_of, rows, seq, shapes) = *seen.get_or_insert_with(|| {
                let moment = district.moment(self.at, self.known_at);
                (moment, district.rows_version(), district.seq(), district.shapes_version())
            });
            if district.rows_version() != rows {
                return None;
            }
            let index = district.round_index(round)?;
            let count = district.households().len() as u32;
            let first = doors.len() as u32;
            if first >= count {
                return Some(encoded(&district, layer, &doors, seq, shapes));
            }
            let past = district.as_of(index, as_of);
            doors.extend((first..count.min(first + PIECE)).map(|door| past.byte(door)));
        }
    }
}

fn encoded(district: &District, layer: StateLayer, doors: &[DoorByte], seq: Seq, shapes: u64) -> Vec<u8> {
    match layer {
        StateLayer::Households => encode_doors(seq, shapes, doors),
        StateLayer::Areas => encode_areas(seq, shapes, &district.counts_of(doors)),
    }
}
