//! Whether a JSON file is text, and in which encoding it must be read.

use super::super::{
    fault::refused,
    input::{self, Input},
};
use crate::table::source::{Format, TableError};
use encoding_rs::{Encoding, UTF_8};
use std::path::Path;

/// Bytes looked at in one go.
const STEP: usize = 1 << 20;

/// How a file is recoded.
pub(super) struct Recoding {
    /// From what; none where it is UTF-8, as JSON is.
    pub recode: Option<&'static Encoding>,
    /// What a person should know.
    pub note: Option<String>,
}

/// Recoding of a file by its mark and what was declared.
pub(super) fn recoding(path: &Path, format: Format, declared: Option<&str>) -> Result<Recoding, TableError> {
    let reading = input::reading(path, format, declared)?;
    Ok(Recoding { recode: reading.known.filter(|encoding| *encoding != UTF_8), note: reading.note })
}

/// Whether all of a file is text.
///
/// # Errors
/// The place of the first byte that fits no character.
pub(super) fn check(mut input: Input, recode: Option<&'static Encoding>) -> Result<(), TableError> {
    let (mut held, mut passed) = (Vec::new(), 0);
    loop {
        let more = input.fill(&mut held, STEP)?;
        let valid = match std::str::from_utf8(&held) {
            Ok(_) => held.len(),
            Err(error) if error.error_len().is_none() && more > 0 => error.valid_up_to(),
            Err(error) => {
                let at = passed + error.valid_up_to();
                return Err(refused(
                    Format::GeoJson,
                    match recode {
                        None => format!(
                            "the file is not UTF-8 text: byte {at} fits no character; if it is in another encoding, declare it, such as gb18030"
                        ),
                        Some(encoding) => {
                            format!("a byte fits no character of {} after {at} bytes of text", encoding.name())
                        }
                    },
                ));
            }
        };
        if more == 0 {
            return Ok(());
        }
        passed += valid;
        held.drain(..valid);
    }
}
