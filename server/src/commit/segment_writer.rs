//! Segments written on a thread of their own, so that reading a file and writing its rows overlap.

use super::outcome::CommitFailure;
use crate::store::{Store, StoreError};
use std::{
    sync::{
        Arc,
        mpsc::{SyncSender, sync_channel},
    },
    thread::JoinHandle,
};
use wangge_core::domain::{
    DoorColumns, SegmentData,
    event::{SegmentRef, SegmentRows},
};

/// Pieces that wait to be written, at most; whoever adds more waits.
const WAITING: usize = 2;

/// What goes into one segment.
pub(super) enum Piece {
    /// Rows; they become columns on the writing thread.
    Rows(SegmentRows),
    /// Doors in columns.
    Doors(Box<DoorColumns>),
}

impl From<Piece> for SegmentData {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Rows(rows) => rows.into(),
            Piece::Doors(doors) => Self::Doors(doors),
        }
    }
}

type Written = (Vec<SegmentRef>, Result<(), StoreError>);

/// Writes segments in the order they are given.
pub(super) struct SegmentWriter {
    pieces: SyncSender<Piece>,
    thread: JoinHandle<Written>,
}

impl SegmentWriter {
    /// Starts the thread.
    pub(super) fn start(store: Arc<dyn Store>) -> std::io::Result<Self> {
        let (pieces, given) = sync_channel::<Piece>(WAITING);
        let write = move || {
            let mut written = Vec::new();
            for piece in given {
                match store.write_segment(&piece.into()) {
                    Ok(segment) => written.push(segment),
                    Err(error) => return (written, Err(error)),
                }
            }
            (written, Ok(()))
        };
        let thread = std::thread::Builder::new().name("wangge-segments".to_owned()).spawn(write)?;
        Ok(Self { pieces, thread })
    }

    /// Gives a piece to be written; false when the thread has ended, of which [`SegmentWriter::finish`] says why.
    pub(super) fn give(&self, piece: Piece) -> bool {
        self.pieces.send(piece).is_ok()
    }

    /// Waits until all is written: the segments in order, and why one could not be written.
    pub(super) fn finish(self) -> (Vec<SegmentRef>, Result<(), CommitFailure>) {
        drop(self.pieces);
        match self.thread.join() {
            Ok((written, done)) => (written, done.map_err(|error| CommitFailure::of(&error))),
            Err(_) => {
                tracing::error!("the thread that writes segments ended by a panic");
                (Vec::new(), Err(CommitFailure::Other))
            }
        }
    }
}
