//! A bar that shows how far an import is; on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wangge::import::{Progress, Stage};

/// A bar on standard error; silent where that is no terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// An empty bar.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template("{prefix:9} [{bar:32}] {bytes}/{total_bytes} {msg}") {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn at(&self, stage: Stage, done_bytes: u64, bytes: u64, rows: u64) {
        if self.0.is_hidden() {
            return;
        }
        self.0.set_prefix(stage.id());
        self.0.set_length(bytes);
        self.0.set_position(done_bytes.min(bytes));
        self.0.set_message(format!("{rows} rows"));
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
