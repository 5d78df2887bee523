//! Files of a job as they come in, streamed to disk.

use super::{
    super::{ImportOptions, ImportRequest},
    board::Board,
    job::{Job, JobError, JobFile, JobState},
    worker::Order,
};
use std::{
    collections::HashSet,
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    sync::{Arc, mpsc},
};
use uuid::Uuid;

/// Characters of a file name that are kept.
const NAME_LENGTH: usize = 100;

/// A job whose files come in. Dropped before [`Upload::finish`], it was never there.
pub struct Upload {
    board: Arc<Board>,
    orders: mpsc::Sender<Order>,
    id: Uuid,
    folder: PathBuf,
    files: Vec<JobFile>,
    names: HashSet<String>,
    open: Option<BufWriter<File>>,
    bytes: u64,
    room: u64,
    finished: bool,
}

impl Upload {
    pub(super) fn open(board: Arc<Board>, orders: mpsc::Sender<Order>) -> Result<Self, JobError> {
        let (id, folder) = board.open()?;
        let room = board.room();
        let (names, files) = (HashSet::new(), Vec::new());
        let upload = Self { board, orders, id, folder, files, names, open: None, bytes: 0, room, finished: false };
        std::fs::create_dir_all(upload.folder.join("files"))?;
        Ok(upload)
    }

    /// Id of the job.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Begins a file. Of its name only the last part is kept, made unlike the others. Blocks.
    ///
    /// # Errors
    /// [`JobError::Io`].
    pub fn begin(&mut self, name: &str) -> Result<(), JobError> {
        self.end_file()?;
        let name = self.own_name(name);
        self.open = Some(BufWriter::new(File::create(self.folder.join("files").join(&name))?));
        self.files.push(JobFile { name, bytes: 0 });
        Ok(())
    }

    /// Adds bytes to the file begun last. Blocks for as long as the disk does.
    ///
    /// # Errors
    /// [`JobError::TooLarge`], [`JobError::NoFile`] before the first, or [`JobError::Io`].
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), JobError> {
        let (Some(file), Some(known)) = (&mut self.open, self.files.last_mut()) else { return Err(JobError::NoFile) };
        self.bytes += bytes.len() as u64;
        if self.bytes > self.room {
            return Err(JobError::TooLarge { limit: self.board.limits().bytes });
        }
        file.write_all(bytes)?;
        known.bytes += bytes.len() as u64;
        Ok(())
    }

    /// The files are whole: the job waits to be looked at. Blocks.
    ///
    /// # Errors
    /// [`JobError::NoFile`], [`JobError::Option`], [`JobError::Io`]; the job is gone then.
    pub fn finish(mut self, options: ImportOptions) -> Result<Job, JobError> {
        ImportRequest::understand(&options, Vec::new())?;
        self.end_file()?;
        if self.files.is_empty() {
            return Err(JobError::NoFile);
        }
        let files = std::mem::take(&mut self.files);
        // Asked again: others may have come in meanwhile.
        let room = self.board.room();
        if self.bytes > room {
            return Err(JobError::TooLarge { limit: self.board.limits().bytes });
        }
        let job = self.board.change(self.id, |entry| {
            entry.job.files = files;
            entry.job.options = options;
            entry.begin(JobState::Looking);
            Ok(())
        })?;
        self.finished = true;
        self.orders.send(Order::Look(self.id)).map_err(|_| JobError::Closed)?;
        Ok(job)
    }

    fn end_file(&mut self) -> Result<(), JobError> {
        if let Some(mut file) = self.open.take() {
            file.flush()?;
        }
        Ok(())
    }

    /// The last part of a name, without what could leave the folder or be hidden in it.
    fn own_name(&mut self, name: &str) -> String {
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain = |c: &char| !c.is_control() && !"\"<>|:*?".contains(*c);
        let kept: Vec<char> = last.chars().filter(plain).collect();
        // The end is kept: it says the format.
        let kept: String = kept[kept.len().saturating_sub(NAME_LENGTH)..].iter().collect();
        let kept = kept.trim_start_matches('.').trim();
        let kept = if kept.is_empty() { "file" } else { kept };
        let names = (1..).map(|n| if n == 1 { kept.to_owned() } else { format!("{n}-{kept}") });
        let own = names.into_iter().find(|name| !self.names.contains(name)).unwrap_or_default();
        self.names.insert(own.clone());
        own
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.finished {
            self.board.drop_unfinished(self.id);
        }
    }
}
