//! A verdict in sentences for the report.

use super::verdict::{Decision, Fit, Moved, Verdict};
use std::fmt;

impl Verdict {
    /// What was found, how sure that is, how far things would move, and what to type.
    pub fn sentences(&self) -> Vec<String> {
        let given = &self.as_given;
        let mut said = match &self.decision {
            Decision::Agrees => vec![format!(
                "the coordinates fit {}, and no other system as well: {}",
                given.crs,
                self.described(given)
            )],
            Decision::Unsure { why } => {
                vec![
                    format!("whether the coordinates are in {} cannot be told: {why}", given.crs),
                    self.described(given),
                ]
            }
            Decision::Other => vec![
                format!(
                    "the coordinates fit {}, not {} (confidence {})",
                    self.best.crs,
                    given.crs,
                    rounded(self.confidence)
                ),
                format!("read as {}: {}", self.best.crs.id(), self.described(&self.best)),
                format!("read as {}: {}", given.crs.id(), self.described(given)),
            ],
        };
        if let Some(moved) = self.moved {
            said.push(format!("read as {} everything lies {moved}", self.best.crs.id()));
        }
        if self.decision == Decision::Other {
            said.extend(
                self.close().take(2).map(|fit| format!("{} fits nearly as well: {}", fit.crs, self.described(fit))),
            );
            let id = self.best.crs.id();
            said.push(format!("say --crs {id} to read them so, or --trust-crs to go on as given"));
        }
        let cautions = [&self.best, given].into_iter().filter_map(|fit| fit.crs.caution());
        for caution in cautions {
            if !said.iter().any(|sentence| sentence == caution) {
                said.push(caution.to_owned());
            }
        }
        said
    }

    fn described(&self, fit: &Fit) -> String {
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        if fit.readable == 0 {
            return format!("none of {} positions is one", fit.sampled);
        }
        if fit.near == 0 {
            return format!("none of {} positions is within 20 km of the areas", fit.sampled);
        }
        let mut text = format!("{} of {} positions in a {}", percent(fit.share), fit.sampled, self.level);
        if let Some(share) = fit.in_building {
            text += &format!(", {} of those in a building", percent(share));
        }
        if let Some(share) = fit.on_border {
            text += &format!(", {} within 6 m of a border", percent(share));
        }
        if fit.agreeing.1 > 0 {
            text += &format!(", {} of {} in the area their row states", fit.agreeing.0, fit.agreeing.1);
        }
        text
    }
}

impl fmt::Display for Verdict {
    /// The sentences, a line each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentences().join("\n"))
    }
}

impl fmt::Display for Moved {
    /// `585 m to the north-west, at most 590 m`; kilometres from ten on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WINDS: [&str; 8] =
            ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
        let length = |metres: f64| match metres {
            _ if metres < 1.0 => "less than a metre".to_owned(),
            _ if metres < 10_000.0 => format!("{metres:.0} m"),
            _ => format!("{:.0} km", metres / 1000.0),
        };
        let wind = WINDS[(self.bearing_deg / 45.0).round() as usize % 8];
        write!(f, "{} to the {wind}, at most {}", length(self.median_m), length(self.most_m))
    }
}

/// A confidence without a false certainty.
fn rounded(confidence: f64) -> String {
    if confidence > 0.999 { "over 0.999".to_owned() } else { format!("{confidence:.2}") }
}
