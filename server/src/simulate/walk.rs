//! Grid members at work: they walk door to door and knock, through the same door as everybody else's visits.

use super::crew::Crew;
use super::random::{Dice, mix};
use super::story::{GridFacts, Story, is_old_house};
use crate::commit::{Outcome as Committed, Service};
use jiff::Timestamp;
use std::{future::Future, sync::Arc, time::Duration};
use wangge_core::domain::{Command, area::Level};

/// Doors looked at in one hold of the district's lock.
const DOORS_AT_ONCE: u32 = 20_000;

/// How the members walk.
#[derive(Debug, Clone, Copy)]
pub struct WalkOptions {
    /// Visits a second, all members together.
    pub visits_per_sec: f64,
    /// Same seed, same log: same choices.
    pub seed: u64,
}

impl WalkOptions {
    /// A calm pace for a district: something is always moving, and a round lasts hours.
    pub fn calm(households: usize, seed: u64) -> Self {
        Self { visits_per_sec: (households as f64 / 12_000.0).clamp(1.0, 8.0), seed }
    }
}

/// Knocks until `stop` resolves. When the newest active round has no door left to try, the members rest.
pub async fn walk(service: Arc<Service>, options: WalkOptions, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let (count, seed) = {
        let district = service.district.read();
        let grids = district.areas().iter().filter(|a| a.level == Level::Grid).count();
        ((grids / 5).clamp(2, 24), mix(options.seed ^ district.seq().n))
    };
    let story = tell(&service, options.seed).await;
    let mut crew = Crew::new(count, story, Dice::new(seed, 0x57A1));
    let mut pause = Duration::ZERO;
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(pause) => {}
        }
        let next = crew.next_visit(&service.district.read(), Timestamp::now());
        pause = match next {
            Some(visit) => {
                let outcome = service.submit(vec![Command::Visit(visit)]).await;
                match outcome.first() {
                    Some(Committed::Refused(refusal)) => tracing::debug!(%refusal, "a simulated visit is refused"),
                    Some(Committed::Failed(_)) | None => tracing::debug!("a simulated visit is not recorded"),
                    Some(_) => {}
                }
                // People do not knock in step: the pause varies around its mean.
                Duration::from_secs_f64(crew.dice.between(0.4, 1.6) / options.visits_per_sec)
            }
            None => Duration::from_secs(5),
        };
    }
}

/// The story of a district as its past was told, read again from its doors.
async fn tell(service: &Service, seed: u64) -> Story {
    let grids: Vec<(u32, String)> = {
        let district = service.district.read();
        let grids = district.areas().iter().filter(|a| a.level == Level::Grid);
        grids.map(|a| (a.slot, a.code.clone())).collect()
    };
    let most = grids.iter().map(|g| g.0 as usize + 1).max().unwrap_or(0);
    let mut counts = vec![(0, 0); most];
    let mut from = 0;
    loop {
        {
            let district = service.district.read();
            let doors = district.households();
            let to = doors.slots().end.min(from + DOORS_AT_ONCE);
            if from >= to {
                break;
            }
            for door in from..to {
                if let Some((all, old)) = doors.grid(door).and_then(|g| counts.get_mut(g as usize)) {
                    *all += 1;
                    *old += u32::from(is_old_house(doors.kind(door), &doors.address(door)));
                }
            }
            from = to;
        }
        tokio::task::yield_now().await;
    }
    let mut facts: Vec<GridFacts<'_>> = grids
        .iter()
        .map(|(slot, code)| {
            let (doors, old) = counts[*slot as usize];
            GridFacts { code, doors, old }
        })
        .collect();
    facts.sort_unstable_by_key(|g| g.code);
    Story::of(&facts, seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commit::ServiceOptions;
    use crate::simulate::{district, past};
    use wangge_core::domain::event::SegmentRows;

    /// A served district of 1,000 doors with a past.
    fn served(folder: &std::path::Path) -> Arc<Service> {
        let service = Service::open(folder, ServiceOptions::default()).unwrap();
        let made = district(1_000, 1).unwrap();
        let (rounds, visits) = past(&made, 1, Timestamp::now());
        let rows = vec![SegmentRows::Areas(made.areas), SegmentRows::Households(made.households)];
        assert!(matches!(service.import("generated", rows), Committed::Accepted(_)));
        for outcome in service.submit_blocking(rounds.into_iter().map(Command::OpenRound).collect()) {
            assert!(matches!(outcome, Committed::Accepted(_)));
        }
        assert!(matches!(service.import("past", vec![SegmentRows::Visits(visits)]), Committed::Accepted(_)));
        service
    }

    fn on_a_runtime<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(work)
    }

    #[test]
    fn members_knock_at_doors_left_until_they_are_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let service = served(folder.path());
        let (visits, before) = {
            let district = service.district.read();
            (district.visit_count(), [0, 1].map(|r| district.rounds()[r].total))
        };
        let watched = service.clone();
        let stop = async move {
            while watched.district.read().visit_count() < visits + 120 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        on_a_runtime(walk(service.clone(), WalkOptions { visits_per_sec: 5_000.0, seed: 1 }, stop));
        let district = service.district.read();
        assert!(district.rounds()[1].total.reached > before[1].reached);
        assert_eq!(district.rounds()[0].total, before[0], "a finished round is left alone");
    }

    #[test]
    fn the_story_read_from_the_doors_is_the_one_the_past_told() {
        let folder = tempfile::tempdir().unwrap();
        let service = served(folder.path());
        let told = crate::simulate::past::story_of(&district(1_000, 1).unwrap(), 1);
        assert_eq!(on_a_runtime(tell(&service, 1)), told);
    }
}
