//! Staffing: who holds the posts of a grid ("2+N": a grid member, a community police officer, N teams).
//!
//! A holder is a badge number or the code of a team. Names and phone numbers of people are not kept here: the log cannot
//! forget.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a post is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Grid member (网格员).
    GridMember,
    /// Community police officer (社区民警).
    Police,
    /// One of the N teams.
    Team,
}

impl StaffRole {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::GridMember, Self::Police, Self::Team];

    /// The id used in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::GridMember => "grid_member",
            Self::Police => "police",
            Self::Team => "team",
        }
    }
}

impl fmt::Display for StaffRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A text that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("role {0:?} is none of grid_member, police, team")]
pub struct StaffRoleError(String);

impl FromStr for StaffRole {
    type Err = StaffRoleError;
    fn from_str(text: &str) -> Result<Self, StaffRoleError> {
        Self::ALL.into_iter().find(|r| r.id() == text).ok_or_else(|| StaffRoleError(text.chars().take(40).collect()))
    }
}

/// Who holds a post of a grid, as it comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffingRow {
    /// Unique: the grid's code, `/` and the post, such as `350602001001001/police-1`.
    pub id: String,
    /// Code of the grid.
    pub grid: String,
    /// What the post is for.
    pub role: StaffRole,
    /// Badge number or team code; see [`is_holder`].
    pub holder: String,
    /// First day, local date `YYYY-MM-DD`.
    pub starts_on: Option<String>,
    /// Day it ends, not included.
    pub ends_on: Option<String>,
}

/// Whether a text can be a badge number or a team's code: 1..=32 characters of `A-Z a-z 0-9 - _ . /` with a digit among
/// them, and not a mobile or landline number. Keeps names and phone numbers of people out of the log.
pub fn is_holder(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"-_./".contains(&c);
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    let only_digits = text.bytes().all(|c| c.is_ascii_digit() || c == b'-');
    let phone = only_digits && (digits.len() > 9 || (digits.first() == Some(&b'0') && digits.len() > 8));
    (1..=32).contains(&text.len()) && text.bytes().all(plain) && !digits.is_empty() && !phone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_phone_numbers_are_no_holders() {
        for badge in ["035012", "W-0417", "T17", "350602/T3", "police.12"] {
            assert!(is_holder(badge), "{badge}");
        }
        for person in
            ["张三", "Li Ming", "LiMing", "13805961234", "138-0596-1234", "0596-2012345", "", "+8613805961234"]
        {
            assert!(!is_holder(person), "{person}");
        }
    }
}
