//! Segments read ahead on a thread of their own, so that reading one and applying the one before it overlap.

use super::{Store, StoreError};
use std::sync::mpsc::{Receiver, sync_channel};
use wangge_core::domain::{SegmentData, Workbench, event::SegmentRef};

/// Segments that wait to be used, at most: memory holds this many, the one being read and the one being used.
const WAITING: usize = 1;

type Read = (u64, Result<SegmentData, StoreError>);

/// Lets `work` ask for segments, each once and in their order.
///
/// # Errors
/// [`StoreError`] of the segment that could not be read; `work` was told of it by its text.
pub fn read_ahead<T>(
    store: &dyn Store,
    segments: &[SegmentRef],
    work: impl FnOnce(&mut dyn Workbench) -> T,
) -> Result<T, StoreError> {
    let (sender, receiver) = sync_channel::<Read>(WAITING);
    let mut bench = Bench { receiver, failed: None };
    let done = std::thread::scope(|scope| {
        if !segments.is_empty() {
            scope.spawn(move || {
                for segment in segments {
                    let read = store.read_segment(segment);
                    let stop = read.is_err();
                    // An error says that nobody wants more.
                    if sender.send((segment.id, read)).is_err() || stop {
                        return;
                    }
                }
            });
        }
        let done = work(&mut bench);
        // The thread ends when nobody takes what it reads.
        bench.receiver = sync_channel(0).1;
        done
    });
    bench.failed.map_or(Ok(done), Err)
}

struct Bench {
    receiver: Receiver<Read>,
    failed: Option<StoreError>,
}

impl Workbench for Bench {
    fn segment(&mut self, named: &SegmentRef) -> Result<SegmentData, String> {
        match self.receiver.recv() {
            Ok((id, read)) if id == named.id => read.map_err(|error| {
                let text = error.to_string();
                self.failed = Some(error);
                text
            }),
            _ => Err(format!("segment {} was not read after those before it", named.id)),
        }
    }

    fn both(&self, one: &mut (dyn FnMut() + Send), other: &mut (dyn FnMut() + Send)) {
        std::thread::scope(|scope| {
            scope.spawn(one);
            other();
        });
    }
}
