//! A FeatureCollection taken apart as it is read: its members in any order, its features one at a time.
//!
//! Only one feature is held, so that a file may be of any size; what stands inside a feature is not looked at here.

use super::{place::kind, value_end::ValueEnd};
use crate::table::{
    read::{fault::refused, window::Window},
    source::{Format, TableError},
};

/// Bytes of a member that is kept, such as `crs`.
const KEPT: usize = 64 << 10;

/// A collection being walked through.
pub(super) struct Walk {
    window: Window,
    state: State,
    row_bytes: usize,
    /// The members met so far.
    pub members: Members,
}

/// Members of the collection that mean something.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// `type`, as JSON.
    pub named: Option<String>,
    /// `crs`, as JSON.
    pub crs: Option<String>,
    /// What `features` is, in words; an array is walked through.
    pub features: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Members { is_first: bool },
    Features { is_first: bool },
    End,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A feature, so many bytes long, at the start of [`Walk::bytes`]; to be passed.
    Feature(usize),
    /// A feature larger than a row may be; it was passed.
    TooLarge {
        /// Its bytes.
        bytes: u64,
    },
    /// The end of the features.
    FeaturesEnd,
    /// The end of the file.
    End,
}

impl Walk {
    pub(super) fn new(window: Window, row_bytes: usize) -> Self {
        Self { window, state: State::Start, row_bytes, members: Members::default() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.window.rest()
    }

    pub(super) fn window(&self) -> &Window {
        &self.window
    }

    /// Is done with a feature.
    pub(super) fn pass(&mut self, length: usize) {
        self.window.pass_counting(length);
    }

    /// The next part of the file.
    pub(super) fn next(&mut self) -> Result<Part, TableError> {
        loop {
            let byte = self.peek()?;
            match (self.state, byte) {
                (State::Start, Some(b'{')) => {
                    self.window.pass(1, 0);
                    self.state = State::Members { is_first: true };
                }
                (State::Start, Some(_)) => {
                    let value = self.take_value()?.unwrap_or_default();
                    let is_value = serde_json::from_str::<serde::de::IgnoredAny>(&value).is_ok();
                    return Err(if is_value { not_a_collection(kind(&value)) } else { self.expected("a \"{\"") });
                }
                (State::Members { .. }, Some(b'}')) => {
                    self.window.pass(1, 0);
                    self.state = State::End;
                }
                (State::Members { is_first }, Some(_)) => {
                    self.comma_unless(is_first)?;
                    self.state = State::Members { is_first: false };
                    if self.member()? {
                        self.state = State::Features { is_first: true };
                    }
                }
                (State::Features { .. }, Some(b']')) => {
                    self.window.pass(1, 0);
                    self.state = State::Members { is_first: false };
                    return Ok(Part::FeaturesEnd);
                }
                (State::Features { is_first }, Some(_)) => {
                    self.comma_unless(is_first)?;
                    self.peek()?;
                    self.state = State::Features { is_first: false };
                    return self.feature();
                }
                (State::End, None) => return Ok(Part::End),
                (State::End, Some(_)) => return Err(self.expected("nothing more")),
                (_, None) => return Err(self.expected("\"]\" or \"}\"")),
            }
        }
    }

    /// The next byte that is no space; it is not passed.
    fn peek(&mut self) -> Result<Option<u8>, TableError> {
        loop {
            let rest = self.window.rest();
            let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
            let byte = rest.get(spaces).copied();
            self.window.pass_counting(spaces);
            if byte.is_some() || !self.window.grow()? {
                return Ok(byte);
            }
        }
    }

    fn pass_byte(&mut self, wanted: u8, what: &str) -> Result<(), TableError> {
        if self.peek()? != Some(wanted) {
            return Err(self.expected(what));
        }
        self.window.pass(1, 0);
        Ok(())
    }

    fn comma_unless(&mut self, is_first: bool) -> Result<(), TableError> {
        if is_first { Ok(()) } else { self.pass_byte(b',', "\",\" or the end of the list") }
    }

    /// Takes a member; true when it is the array of features, of which only the bracket was passed.
    fn member(&mut self) -> Result<bool, TableError> {
        if self.peek()? != Some(b'"') {
            return Err(self.expected("a name in quotes"));
        }
        let key = self.take_value()?.unwrap_or_default();
        let key: String = serde_json::from_str(&key).map_err(|_| self.expected("a name in quotes"))?;
        self.pass_byte(b':', "\":\"")?;
        let first = self.peek()?;
        let is_twice = match key.as_str() {
            "features" => self.members.features.is_some(),
            "type" => self.members.named.is_some(),
            "crs" => self.members.crs.is_some(),
            _ => false,
        };
        if is_twice {
            return Err(refused(
                Format::GeoJson,
                format!("the file is not JSON as it should be: {key:?} stands twice"),
            ));
        }
        if key == "features" && first == Some(b'[') {
            self.members.features = Some("an array");
            self.window.pass(1, 0);
            return Ok(true);
        }
        let value = self.take_value()?;
        match key.as_str() {
            "features" => self.members.features = Some(value.as_deref().map_or("an object", kind)),
            "type" => self.members.named = Some(value.unwrap_or_default()),
            "crs" => self.members.crs = Some(value.unwrap_or_default()),
            _ => {}
        }
        Ok(false)
    }

    /// Passes a value; its text unless it is long.
    fn take_value(&mut self) -> Result<Option<String>, TableError> {
        let (mut end, mut kept) = (ValueEnd::default(), Vec::new());
        let mut length = 0_usize;
        loop {
            let rest = self.window.rest();
            let found = end.feed(rest);
            let part = &rest[..found.unwrap_or(rest.len())];
            length += part.len();
            if length <= KEPT {
                kept.extend_from_slice(part);
            }
            let passed = part.len();
            self.window.pass_counting(passed);
            if found == Some(0) && length == 0 {
                return Err(self.expected("a value"));
            }
            if found.is_some() || (!self.window.grow()? && end.is_bare()) {
                break;
            }
            if self.window.rest().is_empty() {
                return Err(self.expected("the end of a value"));
            }
        }
        Ok((length <= KEPT).then(|| String::from_utf8_lossy(&kept).into_owned()))
    }

    fn feature(&mut self) -> Result<Part, TableError> {
        let (mut end, mut scanned) = (ValueEnd::default(), 0);
        loop {
            let rest = self.window.rest();
            if let Some(length) = end.feed(&rest[scanned..]).map(|length| scanned + length) {
                return if length == 0 { Err(self.expected("a feature")) } else { Ok(Part::Feature(length)) };
            }
            scanned = rest.len();
            if scanned > self.row_bytes {
                return self.pass_large(end);
            }
            if !self.window.grow()? {
                self.window.pass_counting(scanned);
                return Err(self.expected("the end of a feature"));
            }
        }
    }

    fn pass_large(&mut self, mut end: ValueEnd) -> Result<Part, TableError> {
        let mut bytes = self.window.rest().len() as u64;
        self.window.pass_counting(self.window.rest().len());
        while self.window.grow()? {
            let rest = self.window.rest();
            let found = end.feed(rest);
            let length = found.unwrap_or(rest.len());
            bytes += length as u64;
            self.window.pass_counting(length);
            if found.is_some() {
                return Ok(Part::TooLarge { bytes });
            }
        }
        Err(self.expected("the end of a feature"))
    }

    fn expected(&self, what: &str) -> TableError {
        let (line, column) = (self.window.line(), self.window.column());
        let found =
            match String::from_utf8_lossy(&self.window.rest()[..self.window.rest().len().min(40)]).chars().next() {
                Some(found) => format!("{found:?} stands"),
                None => "it ends".to_owned(),
            };
        let message = format!("the file is not JSON: {found} at line {line} column {column} where {what} is expected");
        refused(Format::GeoJson, message)
    }
}

/// JSON of another type.
pub(super) fn not_a_collection(found: &str) -> TableError {
    let message = format!(
        "the file is {found}; a FeatureCollection is needed: {{\"type\": \"FeatureCollection\", \"features\": […]}}"
    );
    refused(Format::GeoJson, message)
}
