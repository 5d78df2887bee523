//! The colours of the map, in one table a theme.

use std::str::FromStr;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// A text that names no theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("theme {0:?} is none of light, dark")]
pub struct ThemeError(String);

impl FromStr for Theme {
    type Err = ThemeError;
    fn from_str(text: &str) -> Result<Self, ThemeError> {
        match text {
            "light" => Ok(Self::Light),
            "dark" => Ok(Self::Dark),
            other => Err(ThemeError(other.chars().take(40).collect())),
        }
    }
}

/// Colours of a theme.
pub(super) struct Palette {
    /// Areas whose round has not begun.
    pub(super) ground: &'static str,
    /// Area borders.
    pub(super) ink: &'static str,
    /// What nothing else covers, and areas without eligible doors.
    pub(super) land: &'static str,
    pub(super) water: &'static str,
    pub(super) green: &'static str,
    pub(super) building: &'static str,
    /// Edges of buildings.
    pub(super) building_edge: &'static str,
    /// Fences and walls, and the gates through them.
    pub(super) barrier: &'static str,
    pub(super) street: &'static str,
    pub(super) casing: &'static str,
    /// Doors outside the round.
    pub(super) outside: &'static str,
    /// Reached share below 50 %, 75 %, 90 %, 98 %, and above: brown to teal.
    pub(super) reached: [&'static str; 5],
    /// What is selected.
    pub(super) accent: &'static str,
    /// A collar around doors to come back to.
    pub(super) follow_up: &'static str,
    /// Doors by state: Okabe and Ito's colours.
    pub(super) doors: [(&'static str, &'static str); 9],
}

const REACHED: [&str; 5] = ["#A6611A", "#DFC27D", "#F1EEE4", "#80CDC1", "#018571"];
const FOLLOW_UP: &str = "#0072B2";
const DOORS: [(&str, &str); 9] = [
    ("untouched", "#D55E00"),
    ("met", "#009E73"),
    ("remote", "#56B4E9"),
    ("no_answer", "#E69F00"),
    ("refused", "#CC79A7"),
    ("no_access", "#8A7A00"),
    ("vacant", "#8C959D"),
    ("moved", "#8C959D"),
    ("demolished", "#8C959D"),
];

const LIGHT: Palette = Palette {
    ground: "#F7F6F3",
    ink: "#1D242B",
    land: "#F4F3EF",
    water: "#CBDDE6",
    green: "#E0EAD8",
    building: "#E6E1D8",
    building_edge: "#CFC7B9",
    barrier: "#8F877A",
    street: "#FFFFFF",
    casing: "#D8D3C8",
    outside: "#C3C8CC",
    accent: "#0B5FA5",
    reached: REACHED,
    follow_up: FOLLOW_UP,
    doors: DOORS,
};

const DARK: Palette = Palette {
    ground: "#0F1419",
    ink: "#E8ECEF",
    land: "#14191F",
    water: "#1A2A36",
    green: "#17241D",
    building: "#262D35",
    building_edge: "#39424C",
    barrier: "#5E6872",
    street: "#2A323B",
    casing: "#10151A",
    outside: "#4A525A",
    accent: "#6CB6FF",
    reached: REACHED,
    follow_up: FOLLOW_UP,
    doors: DOORS,
};

impl Theme {
    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }

    /// The name in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}
