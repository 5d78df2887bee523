//! Segments read ahead on a thread of their own, so that reading one and applying the one before it overlap.

use super::{Store, StoreError};
use std::sync::mpsc::sync_channel;
use wangge_core::domain::{ReadSegment, event::SegmentRef};

/// Segments that wait to be used, at most: memory holds this many, the one being read and the one being used.
const WAITING: usize = 1;

/// Lets `work` ask for segments, each once and in their order.
///
/// # Errors
/// [`StoreError`] of the segment that could not be read; `work` was told of it by its text.
pub fn read_ahead<T>(
    store: &dyn Store,
    segments: &[SegmentRef],
    work: impl FnOnce(&mut ReadSegment<'_>) -> T,
) -> Result<T, StoreError> {
    let mut failed = None;
    let mut note = |error: StoreError| {
        let text = error.to_string();
        failed.get_or_insert(error);
        text
    };
    let done = if segments.len() < 2 {
        work(&mut |segment| store.read_segment(segment).map_err(&mut note))
    } else {
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(WAITING);
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
            work(&mut |segment| match receiver.recv() {
                Ok((id, read)) if id == segment.id => read.map_err(&mut note),
                _ => Err(format!("segment {} was not read after those before it", segment.id)),
            })
        })
    };
    failed.map_or(Ok(done), Err)
}
