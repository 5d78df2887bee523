//! The bytes of a text file in order, recoded into UTF-8 where the file's own cannot be cut safely.

use super::fault::{refused, unreadable};
use crate::table::{
    encoding,
    source::{Format, TableError},
};
use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// Stands in recoded text where a byte fitted no character; no UTF-8 text holds it.
const WRONG: u8 = 0xFF;
const CHUNK: usize = 64 << 10;

/// A file read from its start.
pub(in crate::table) struct Input {
    path: PathBuf,
    file: File,
    bytes: u64,
    read: u64,
    recoder: Option<Recoder>,
}

struct Recoder {
    decoder: Decoder,
    raw: Vec<u8>,
    ends: bool,
}

impl Input {
    /// A file, recoded from an encoding if one is given.
    pub(in crate::table) fn open(
        path: &Path,
        format: Format,
        recode: Option<&'static Encoding>,
    ) -> Result<Self, TableError> {
        let file = File::open(path).map_err(unreadable(path))?;
        let metadata = file.metadata().map_err(unreadable(path))?;
        if metadata.is_dir() {
            return Err(refused(format, format!("{} is a folder; a file is needed", path.display())));
        }
        let recoder = recode.map(|encoding| Recoder {
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: Vec::new(),
            ends: false,
        });
        Ok(Self { path: path.to_owned(), file, bytes: metadata.len(), read: 0, recoder })
    }

    /// The first bytes of a file as it has them.
    pub(in crate::table) fn start(path: &Path, length: usize) -> Result<Vec<u8>, TableError> {
        let mut start = Vec::new();
        let file = File::open(path).map_err(unreadable(path))?;
        file.take(length as u64).read_to_end(&mut start).map_err(unreadable(path))?;
        Ok(start)
    }

    /// Size of the file.
    pub(in crate::table) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes taken from the file so far.
    pub(in crate::table) fn read(&self) -> u64 {
        self.read
    }

    /// Whether the bytes given are those of the file.
    pub(in crate::table) fn is_plain(&self) -> bool {
        self.recoder.is_none()
    }

    /// Puts about `wanted` further bytes at the end of `out`; none at the end of the file.
    pub(in crate::table) fn fill(&mut self, out: &mut Vec<u8>, wanted: usize) -> Result<usize, TableError> {
        let before = out.len();
        match &mut self.recoder {
            None => {
                // Into memory that is there already; taking it from the file's claimed size would trust the claim.
                out.resize(before + wanted, 0);
                let mut filled = before;
                while filled < out.len() {
                    match self.file.read(&mut out[filled..]) {
                        Ok(0) => break,
                        Ok(count) => filled += count,
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(error) => {
                            out.truncate(before);
                            return Err(unreadable(&self.path)(error));
                        }
                    }
                }
                out.truncate(filled);
                self.read += (filled - before) as u64;
            }
            Some(recoder) => {
                while out.len() - before < wanted && !recoder.ends {
                    recoder.raw.clear();
                    let part = (&mut self.file).take(CHUNK as u64).read_to_end(&mut recoder.raw);
                    self.read += part.map_err(unreadable(&self.path))? as u64;
                    recoder.ends = recoder.raw.is_empty();
                    recode(recoder, out);
                }
            }
        }
        Ok(out.len() - before)
    }
}

fn recode(recoder: &mut Recoder, out: &mut Vec<u8>) {
    let mut part = [0; 3 * 1024];
    let mut at = 0;
    loop {
        let (result, read, written) =
            recoder.decoder.decode_to_utf8_without_replacement(&recoder.raw[at..], &mut part, recoder.ends);
        at += read;
        out.extend_from_slice(&part[..written]);
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => out.push(WRONG),
        }
    }
}

/// How a text file is to be read: what it must be recoded from, its encoding after that, and a note where a
/// declared encoding gives way to a byte order mark.
pub(in crate::table) struct Reading {
    /// What [`Input`] recodes from.
    pub recode: Option<&'static Encoding>,
    /// Encoding named by a mark or by a person.
    pub known: Option<&'static Encoding>,
    /// What a person should know.
    pub note: Option<String>,
}

/// Reading of a file by its mark and what was declared.
pub(in crate::table) fn reading(path: &Path, format: Format, declared: Option<&str>) -> Result<Reading, TableError> {
    let start = Input::start(path, 4096)?;
    let declared = declared.map(encoding::declared).transpose().map_err(|message| refused(format, message))?;
    let marked = encoding::marked(&start).map(|(encoding, _)| encoding);
    let note = match (declared, marked) {
        (Some(declared), Some(marked)) if declared != marked => {
            Some(format!("read as {}, which its byte order mark names, and not as {}", marked.name(), declared.name()))
        }
        _ => None,
    };
    let known = marked.or(declared);
    if !known.is_some_and(encoding::is_wide) && start.contains(&0) {
        let message = "holds zero bytes, so it is no text in UTF-8 or GB18030; \
                       if it is UTF-16 without a byte order mark, declare utf-16le or utf-16be";
        return Err(refused(format, message));
    }
    Ok(Reading { recode: known.filter(|encoding| encoding::is_wide(encoding)), known, note })
}
