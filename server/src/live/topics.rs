//! What a viewer wants to hear of; where the log stands, shapes and resets are for everybody.

use std::{fmt, str::FromStr};

/// Something messages are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Doors and figures of the rounds.
    Rounds,
    /// How far imports are: not part of the log, never told again.
    Imports,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 2] = [Self::Rounds, Self::Imports];

    /// Its word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rounds => "rounds",
            Self::Imports => "imports",
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A topic nobody tells of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not known; there are rounds and imports")]
pub struct UnknownTopic(pub String);

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(text: &str) -> Result<Self, UnknownTopic> {
        Self::ALL
            .into_iter()
            .find(|topic| topic.id() == text)
            .ok_or_else(|| UnknownTopic(text.chars().take(40).collect()))
    }
}

/// The topics of one viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Topics {
    rounds: bool,
    imports: bool,
}

impl Topics {
    /// The same with one more.
    #[must_use]
    pub fn with(self, topic: Topic) -> Self {
        match topic {
            Topic::Rounds => Self { rounds: true, ..self },
            Topic::Imports => Self { imports: true, ..self },
        }
    }

    /// Whether one is among them.
    pub fn has(self, topic: Topic) -> bool {
        match topic {
            Topic::Rounds => self.rounds,
            Topic::Imports => self.imports,
        }
    }
}

impl FromIterator<Topic> for Topics {
    fn from_iter<I: IntoIterator<Item = Topic>>(topics: I) -> Self {
        topics.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_read_from_its_own_word_and_no_other() {
        for topic in Topic::ALL {
            assert_eq!(topic.id().parse(), Ok(topic));
        }
        for text in ["", "Rounds", "rounds ", "weather"] {
            assert!(text.parse::<Topic>().unwrap_err().to_string().contains("rounds and imports"));
        }
    }
}
