//! Strings in one piece of memory, numbered in the order they came: a plain list, and a set of unique ones.

use hashbrown::HashTable;
use serde::{Deserialize, Serialize};

/// An append-only list of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(crate) fn with_capacity(texts: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::with_capacity(texts) }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all strings together.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The string with a number; empty for a number not given out.
    pub(crate) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) as usize };
        self.ends.get(at).and_then(|end| self.text.get(start..*end as usize)).unwrap_or("")
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// Adds all strings of another list behind those there are.
    pub(super) fn append(&mut self, more: &Self) {
        let before = self.text.len() as u32;
        self.text.push_str(&more.text);
        self.ends.extend(more.ends.iter().map(|end| before + end));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|number| self.get(number))
    }

    /// Puts the strings from `first` on into another order: the one at `order[i]` goes to `first + i`.
    pub(super) fn reorder(&mut self, first: usize, order: &[u32]) {
        let start = if first == 0 { 0 } else { self.ends[first - 1] as usize };
        let mut sorted = Self::with_capacity(order.len(), self.text.len() - start);
        order.iter().for_each(|at| sorted.push(self.get(*at)));
        self.text.truncate(start);
        self.ends.truncate(first);
        self.text.push_str(&sorted.text);
        self.ends.extend(sorted.ends.iter().map(|end| end + start as u32));
    }
}

/// Number that equal texts share; only used inside one process. Folded multiplication, eight bytes at a time.
pub(crate) fn hash(text: &str) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        product as u64 ^ (product >> 64) as u64
    };
    let bytes = text.as_bytes();
    let start = bytes.len() as u64 ^ K;
    let (body, last) = match (bytes.as_chunks::<8>().0, bytes.last_chunk::<8>()) {
        // The last eight bytes may overlap those before, which costs less than putting the rest together.
        ([body @ .., _], Some(last)) if bytes.len().is_multiple_of(8) => (body, u64::from_le_bytes(*last)),
        (body, Some(last)) => (body, u64::from_le_bytes(*last)),
        (body, None) => (body, bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte))),
    };
    let whole = body.iter().fold(start, |h, chunk| fold(h ^ u64::from_le_bytes(*chunk), K));
    fold(whole ^ last, 0xE703_7ED1_A0B4_28DB)
}

/// Regions a large table is filled by: each fits the cache nearest to a core.
const REGIONS: usize = 1024;

/// An append-only set of strings; each has a dense number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings {
    texts: Texts,
    numbers: HashTable<u32>,
}

impl Strings {
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The string with a number; empty for a number not given out.
    pub(crate) fn get(&self, number: u32) -> &str {
        self.texts.get(number)
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.find(hash(text), |n| self.get(*n) == text).copied()
    }

    /// Number of a string, given out now if it is new.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let hash_of = hash(text);
        if let Some(number) = self.numbers.find(hash_of, |n| self.texts.get(*n) == text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text);
        let texts = &self.texts;
        self.numbers.insert_unique(hash_of, number, |n| hash(texts.get(*n)));
        number
    }

    /// Makes room for more strings.
    pub(crate) fn reserve(&mut self, more: usize) {
        let texts = &self.texts;
        self.numbers.reserve(more, |n| hash(texts.get(*n)));
    }

    /// The strings as a list.
    pub(crate) fn into_texts(self) -> Texts {
        self.texts
    }

    /// The list, to which strings may be added that are not found until [`Strings::settle`].
    pub(super) fn texts_mut(&mut self) -> &mut Texts {
        &mut self.texts
    }

    /// Lets the strings from number `first` on be found.
    ///
    /// Many are put in by regions of the table, because a place at random in a large one costs a trip to memory.
    ///
    /// # Errors
    /// A string that stands twice.
    pub(super) fn settle(&mut self, first: usize) -> Result<(), String> {
        let more = self.len() - first;
        self.reserve(more);
        let numbers = first as u32..self.len() as u32;
        if more < REGIONS * 16 {
            return numbers.into_iter().try_for_each(|number| self.put_in(hash(self.get(number)), number));
        }
        let slots = (self.numbers.capacity() * 8 / 7).next_power_of_two();
        let region = |hash: u64| (hash as usize & (slots - 1)) / (slots / REGIONS);
        let hashes: Vec<u64> = numbers.clone().map(|number| hash(self.get(number))).collect();
        let mut starts = [0u32; REGIONS + 1];
        hashes.iter().for_each(|hash| starts[region(*hash) + 1] += 1);
        (0..REGIONS).for_each(|i| starts[i + 1] += starts[i]);
        let mut by_region = vec![(0u64, 0u32); more];
        for (hash, number) in hashes.into_iter().zip(numbers) {
            let next = &mut starts[region(hash)];
            by_region[*next as usize] = (hash, number);
            *next += 1;
        }
        by_region.into_iter().try_for_each(|(hash, number)| self.put_in(hash, number))
    }

    fn put_in(&mut self, hash_of: u64, number: u32) -> Result<(), String> {
        let texts = &self.texts;
        // The text itself is looked at only where another seems to be the same.
        if self.numbers.find(hash_of, |n| texts.get(*n) == texts.get(number)).is_some() {
            return Err(texts.get(number).to_owned());
        }
        self.numbers.insert_unique(hash_of, number, |n| hash(texts.get(*n)));
        Ok(())
    }
}

impl Serialize for Strings {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.texts.text, &self.texts.ends).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (text, ends): (String, Vec<u32>) = Deserialize::deserialize(deserializer)?;
        let mut start = 0;
        for end in &ends {
            if text.get(start..*end as usize).is_none() {
                return Err(serde::de::Error::custom(format!("string ends at {end}, outside the text")));
            }
            start = *end as usize;
        }
        let mut strings = Self { texts: Texts { text, ends }, numbers: HashTable::new() };
        let settled = strings.settle(0);
        settled.map_err(|text| serde::de::Error::custom(format!("string {text:?} stands twice")))?;
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

        #[test]
        fn strings_put_in_order_are_those_there_were(
            known in prop::collection::hash_set("[a-z]{0,3}", 0..9),
            more in prop::collection::hash_set("[0-9]{1,12}", 0..30),
            seed in any::<u64>(),
        ) {
            let mut strings = Strings::default();
            known.iter().for_each(|t| assert!((strings.intern(t) as usize) < known.len()));
            let first = strings.len();
            more.iter().for_each(|t| strings.texts_mut().push(t));
            let more: Vec<&String> = more.iter().collect();
            let mut order: Vec<u32> = (0..more.len() as u32).collect();
            order.sort_by_key(|at| hash(more[*at as usize]) ^ seed);
            let moved: Vec<u32> = order.iter().map(|at| at + first as u32).collect();
            strings.texts_mut().reorder(first, &moved);
            strings.settle(first).unwrap();
            for (number, at) in (first as u32..).zip(&order) {
                prop_assert_eq!(strings.get(number), more[*at as usize]);
                prop_assert_eq!(strings.find(more[*at as usize]), Some(number));
            }
            prop_assert!(known.iter().all(|t| strings.find(t).is_some_and(|n| (n as usize) < first)));
        }
    }

    #[test]
    fn many_strings_are_found_and_one_that_stands_twice_among_them_is_named() {
        let mut strings = Strings::default();
        strings.intern("known");
        (0..40_000).for_each(|i| strings.texts_mut().push(&format!("door-{i}")));
        strings.settle(1).unwrap();
        assert!((0..40_000u32).all(|i| strings.find(&format!("door-{i}")) == Some(i + 1)));
        assert_eq!((strings.find("known"), strings.find("door-40000")), (Some(0), None));
        (30_000..60_000).for_each(|i| strings.texts_mut().push(&format!("door-{}", i + 9_999)));
        assert_eq!(strings.settle(40_001), Err("door-39999".to_owned()));
    }

    #[test]
    fn a_string_that_stands_twice_is_named() {
        let mut strings = Strings::default();
        strings.intern("a");
        strings.texts_mut().push("b");
        strings.texts_mut().push("a");
        assert_eq!(strings.settle(1), Err("a".to_owned()));
    }
}
