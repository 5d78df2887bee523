//! Unique strings in one piece of memory, numbered in the order they came.

use hashbrown::HashTable;
use serde::{Deserialize, Serialize};

/// An append-only set of strings; each has a dense number.
#[derive(Debug, Clone, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
    numbers: HashTable<u32>,
}

/// Number that equal texts share.
pub(super) fn hash(text: &str) -> u64 {
    // FNV-1a: fast on short strings; only used inside one process.
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

impl Strings {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The string with a number; empty for a number not given out.
    pub(super) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) as usize };
        self.ends.get(at).and_then(|end| self.text.get(start..*end as usize)).unwrap_or("")
    }

    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.find(hash(text), |n| self.get(*n) == text).copied()
    }

    /// Number of a string, given out now if it is new.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if let Some(number) = self.find(text) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        let (all, ends) = (&self.text, &self.ends);
        let rehash = |n: &u32| {
            let at = *n as usize;
            let start = if at == 0 { 0 } else { ends[at - 1] as usize };
            hash(&all[start..ends[at] as usize])
        };
        self.numbers.insert_unique(hash(text), number, rehash);
        number
    }
}

impl Serialize for Strings {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.text, &self.ends).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (text, ends): (String, Vec<u32>) = Deserialize::deserialize(deserializer)?;
        let mut strings = Self::default();
        let mut start = 0usize;
        for end in ends {
            let part = text
                .get(start..end as usize)
                .ok_or_else(|| serde::de::Error::custom(format!("string ends at {end}, outside the text")))?;
            let before = strings.len();
            if strings.intern(part) as usize != before {
                return Err(serde::de::Error::custom(format!("string {part:?} stands twice")));
            }
            start = end as usize;
        }
        Ok(strings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_string_is_found_under_the_number_it_got(texts in prop::collection::vec(".{0,12}", 0..60)) {
            let mut strings = Strings::default();
            let numbers: Vec<u32> = texts.iter().map(|t| strings.intern(t)).collect();
            for (text, number) in texts.iter().zip(numbers) {
                prop_assert_eq!(strings.get(number), text.as_str());
                prop_assert_eq!(strings.find(text), Some(number));
            }
            let bytes = postcard::to_stdvec(&strings).unwrap();
            let back: Strings = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(back.len(), strings.len());
            for text in &texts {
                prop_assert_eq!(back.find(text), strings.find(text));
            }
        }
    }
}
