//! The way to the writer: a bounded queue, its thread, and the clock that lets follow-ups become due.

use super::{now, outcome::OpenError, outcome::Outcome, writer::Writer};
use parking_lot::{Mutex, RwLock};
use std::{
    sync::{Arc, mpsc as threads},
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::{mpsc, oneshot};
use wangge_core::domain::{Command, District};

/// Submissions that may wait; further senders wait themselves.
const QUEUE: usize = 1024;
/// Time between looks at the clock.
const TICK: Duration = Duration::from_secs(1);

/// Commands of one caller, and where the answer goes.
pub(super) struct Submission {
    pub(super) commands: Vec<Command>,
    pub(super) count: usize,
    pub(super) answer: oneshot::Sender<Vec<Outcome>>,
}

impl Submission {
    /// A submission and the receiver of its answer.
    pub(super) fn new(commands: Vec<Command>) -> (Self, oneshot::Receiver<Vec<Outcome>>) {
        let (answer, receiver) = oneshot::channel();
        (Self { count: commands.len(), commands, answer }, receiver)
    }
}

/// The queue's open end; the threads behind it end when it is closed or dropped.
pub(super) struct Intake {
    sender: Mutex<Option<mpsc::Sender<Submission>>>,
    threads: Mutex<Option<Threads>>,
}

struct Threads {
    writer: JoinHandle<()>,
    clock: JoinHandle<()>,
    /// Dropped to end the clock's thread at once.
    stop_clock: threads::Sender<()>,
}

impl Intake {
    /// Starts the writer's thread and the clock's.
    pub(super) fn start(writer: Writer, district: Arc<RwLock<District>>) -> Result<Self, OpenError> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let thread = |name: &str| std::thread::Builder::new().name(name.to_owned());
        let writer = thread("wangge-writer").spawn(move || writer.run(receiver)).map_err(OpenError::Thread)?;
        // A weak sender does not keep the queue open.
        let weak = sender.downgrade();
        let (stop_clock, stopped) = threads::channel();
        let clock =
            thread("wangge-clock").spawn(move || tick(&weak, &district, &stopped)).map_err(OpenError::Thread)?;
        let threads = Threads { writer, clock, stop_clock };
        Ok(Self { sender: Mutex::new(Some(sender)), threads: Mutex::new(Some(threads)) })
    }

    /// A sender; none once closed.
    pub(super) fn sender(&self) -> Option<mpsc::Sender<Submission>> {
        self.sender.lock().clone()
    }

    /// Whether the writer is there to take something.
    pub(super) fn is_open(&self) -> bool {
        self.sender.lock().as_ref().is_some_and(|sender| !sender.is_closed())
    }

    /// Takes no more and waits until everything taken is answered.
    pub(super) fn close(&self) {
        drop(self.sender.lock().take());
        let Some(Threads { writer, clock, stop_clock }) = self.threads.lock().take() else { return };
        drop(stop_clock);
        for thread in [clock, writer] {
            if thread.join().is_err() {
                tracing::error!("a thread of the writer ended by a panic");
            }
        }
    }
}

fn tick(sender: &mpsc::WeakSender<Submission>, district: &RwLock<District>, stopped: &threads::Receiver<()>) {
    loop {
        if district.read().next_due().is_some_and(|due| due <= now()) {
            let Some(sender) = sender.upgrade() else { return };
            let (submission, answer) = Submission::new(vec![Command::AdvanceClock]);
            if sender.blocking_send(submission).is_err() {
                return;
            }
            drop(sender);
            // Waiting for the answer keeps one tick in the queue at a time; a failed one is tried again at the next.
            let _ = answer.blocking_recv();
        }
        match stopped.recv_timeout(TICK) {
            Err(threads::RecvTimeoutError::Timeout) => {}
            _ => return,
        }
    }
}
