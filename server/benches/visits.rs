//! Durable visits from 64 writers, each waiting for its answer, beside bare SQLite inserting the same rows in batches of
//! the same size.

#![allow(clippy::expect_used)] // A bench that cannot run has nothing better to do than say so.

mod floor;

use floor::{ROUNDS, service, tell};
use rusqlite::{Connection, params};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use wangge::commit::{Outcome as Committed, Service};

const DOORS: u32 = 50_000;
const WRITERS: u64 = 64;
const A_ROUND: Duration = Duration::from_secs(2);
/// Bytes of an event as the log keeps it, about: a visit in JSON.
const ROW_BYTES: usize = 330;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let service = service(folder.path(), DOORS);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    let (mut ours, mut bare, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let batches = service.live.published();
        let (rate, count) = runtime.block_on(write(&service, round as u64));
        let batch = (count as f64 / (service.live.published() - batches).max(1) as f64).round().max(1.0);
        ours.push(rate);
        sizes.push(batch);
        bare.push(insert(folder.path(), batch as usize, round));
    }
    println!(
        "{DOORS} doors, {WRITERS} writers, batches of about {:.0}; median of {ROUNDS} interleaved rounds",
        floor::median(sizes)
    );
    tell("durable visits", "visits/s", &ours, &bare);
}

async fn write(service: &Arc<Service>, round: u64) -> (f64, u64) {
    let written = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (service, written) = (service.clone(), written.clone());
            tokio::spawn(async move {
                let mut i = round * 1_000_000 + writer;
                while begun.elapsed() < A_ROUND {
                    let outcomes = service.submit(vec![floor::visit(&service, i)]).await;
                    assert!(matches!(outcomes[0], Committed::Accepted(_)));
                    written.fetch_add(1, Ordering::Relaxed);
                    i += WRITERS;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("a writer ends");
    }
    let count = written.load(Ordering::Relaxed);
    (count as f64 / begun.elapsed().as_secs_f64(), count)
}

/// The floor: rows a second of a table like the log's, `batch` of them in each durable transaction.
fn insert(folder: &Path, batch: usize, round: usize) -> f64 {
    let mut log = Connection::open(folder.join(format!("bare-{round}.sqlite"))).expect("a new database");
    log.pragma_update(None, "journal_mode", "wal").expect("WAL");
    log.pragma_update(None, "synchronous", "full").expect("FULL");
    log.execute("create table event (n integer primary key, at integer not null, body blob not null)", [])
        .expect("a table");
    let row = vec![b'x'; ROW_BYTES];
    let begun = Instant::now();
    let mut rows = 0i64;
    while begun.elapsed() < A_ROUND {
        let transaction = log.transaction().expect("a transaction");
        for _ in 0..batch {
            rows += 1;
            let mut insert = transaction.prepare_cached("insert into event values (?, ?, ?)").expect("it parses");
            insert.execute(params![rows, rows, row]).expect("a row");
        }
        transaction.commit().expect("it is durable");
    }
    rows as f64 / begun.elapsed().as_secs_f64()
}
