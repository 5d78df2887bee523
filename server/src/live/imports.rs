//! How far imports are: the latest word of each, for those who may hear it. Not in the log, not in the memory, without
//! a number; a viewer that comes back reads the job.

use super::message::{self, Frame};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use wangge_core::format::live::ImportProgress;

/// Imports whose latest word is kept; only those under way matter, and few are.
const KEPT: usize = 16;

/// Latest words, each with the count of words up to it.
#[derive(Debug, Default)]
struct Words {
    count: u64,
    latest: VecDeque<(u64, ImportProgress)>,
}

/// Where progress is told, and heard.
#[derive(Debug, Default)]
pub(super) struct Board {
    words: watch::Sender<Words>,
}

impl Board {
    /// Takes in a word; it stands for every earlier one of its import.
    pub(super) fn tell(&self, progress: ImportProgress) {
        self.words.send_modify(|words| {
            words.count += 1;
            words.latest.retain(|(_, told)| told.id != progress.id);
            if words.latest.len() == KEPT {
                words.latest.pop_front();
            }
            words.latest.push_back((words.count, progress));
        });
    }

    /// Listens from now on, resting `gap` after each word.
    pub(super) fn listen(&self, gap: Duration) -> Listener {
        let receiver = self.words.subscribe();
        let heard = receiver.borrow().count;
        Listener { receiver, heard, gap, rested: Instant::now() }
    }
}

/// One viewer's ear.
#[derive(Debug)]
pub(super) struct Listener {
    receiver: watch::Receiver<Words>,
    heard: u64,
    gap: Duration,
    /// When the rest after the last word is over.
    rested: Instant,
}

impl Listener {
    /// The imports that moved since the last call, one frame each. Can be dropped while it waits without losing
    /// anything; never ready again once nobody can tell any more.
    pub(super) async fn next(&mut self) -> Vec<Frame> {
        tokio::time::sleep_until(self.rested).await;
        let heard = self.heard;
        if self.receiver.wait_for(|words| words.count > heard).await.is_err() {
            return std::future::pending().await;
        }
        let words = self.receiver.borrow_and_update();
        let frames =
            words.latest.iter().filter(|(count, _)| *count > heard).map(|(_, told)| message::import(told)).collect();
        self.heard = words.count;
        self.rested = Instant::now() + self.gap;
        frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wangge_core::format::live::LiveMessage;

    fn progress(id: &str, rows: u64) -> ImportProgress {
        ImportProgress {
            id: id.into(),
            state: "looking".into(),
            stage: Some("reading".into()),
            done_bytes: rows * 10,
            bytes: 1000,
            rows,
        }
    }

    async fn rows(listener: &mut Listener) -> Vec<(String, u64)> {
        let frames = tokio::time::timeout(Duration::from_secs(20), listener.next()).await.unwrap();
        let read = |frame: Frame| match LiveMessage::from_json(&frame.text).unwrap() {
            LiveMessage::Import(told) if frame.seq.is_none() => (told.id, told.rows),
            other => panic!("{other:?}"),
        };
        frames.into_iter().map(read).collect()
    }

    #[tokio::test]
    async fn of_many_words_the_latest_of_each_import_is_heard_once() {
        let board = Board::default();
        board.tell(progress("old", 1));
        let mut listener = board.listen(Duration::ZERO);
        for row in 0..500 {
            board.tell(progress("a", row));
        }
        board.tell(progress("b", 7));
        assert_eq!(rows(&mut listener).await, [("a".to_owned(), 499), ("b".to_owned(), 7)]);
        board.tell(progress("b", 8));
        assert_eq!(rows(&mut listener).await, [("b".to_owned(), 8)]);
    }

    #[tokio::test]
    async fn after_a_word_comes_a_rest_and_a_wait_cut_off_loses_nothing() {
        let gap = Duration::from_millis(100);
        let board = Board::default();
        let mut listener = board.listen(gap);
        board.tell(progress("a", 1));
        let begun = Instant::now();
        rows(&mut listener).await;
        board.tell(progress("a", 2));
        // Waits far shorter than the rest, each given up: what was told must still be there at the end of it.
        let told = loop {
            if let Ok(frames) = tokio::time::timeout(Duration::from_millis(7), listener.next()).await {
                break frames;
            }
        };
        assert!(begun.elapsed() >= gap, "told within the rest");
        assert!(told[0].text.contains("\"rows\":2"), "{}", told[0].text);
    }

    #[tokio::test]
    async fn only_so_many_imports_are_kept() {
        let board = Board::default();
        let mut listener = board.listen(Duration::ZERO);
        for id in 0..40 {
            board.tell(progress(&id.to_string(), id));
        }
        assert_eq!(rows(&mut listener).await.len(), KEPT);
    }
}
