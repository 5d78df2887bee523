//! Findings in sentences: what is wrong, how big it is, what mends it.

use super::report::Size;
use wangge_core::geometry::coverage::{Finding, FindingKind, Repair};

/// A number with its thousands apart.
fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &rest
}

/// An area a person can imagine.
pub fn area(m2: f64) -> String {
    match m2 {
        m2 if m2 >= 1e6 => format!("{} km²", grouped(m2 / 1e6, 2)),
        m2 if m2 >= 100.0 => format!("{} m²", grouped(m2, 0)),
        m2 if m2 >= 1.0 => format!("{m2:.1} m²"),
        m2 => format!("{m2:.3} m²"),
    }
}

/// A length a person can imagine.
pub(super) fn length(m: f64) -> String {
    match m {
        m if m >= 1e3 => format!("{} km", grouped(m / 1e3, 1)),
        m if m >= 10.0 => format!("{m:.0} m"),
        m if m >= 1.0 => format!("{m:.1} m"),
        m => format!("{m:.2} m"),
    }
}

fn share(of: f64) -> String {
    if of >= 0.001 { format!("{:.1} %", of * 100.0) } else { "less than 0.1 %".to_owned() }
}

/// So many of something.
pub(super) fn counted(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {what}s"),
    }
}

/// Codes in a row, the last after "and".
pub(super) fn listed(codes: &[String]) -> String {
    match codes {
        [] => "no area".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How big a finding is.
pub(super) fn size(finding: &Finding) -> Size {
    match finding.kind {
        FindingKind::NearMiss => Size { value: finding.width_m, unit: "m" },
        FindingKind::TJunction => Size { value: f64::from(finding.vertices), unit: "corners" },
        FindingKind::TooComplex => Size { value: f64::from(finding.vertices), unit: "crossings" },
        _ => Size { value: finding.area_m2, unit: "m²" },
    }
}

/// What is wrong and how big it is.
pub(super) fn message(finding: &Finding) -> String {
    let code = |at: usize| finding.codes.get(at).map_or("", String::as_str);
    let land = area(finding.area_m2);
    let thin = || format!("{land}, {} long and {} wide on average", length(finding.length_m), length(finding.width_m));
    let part = share(finding.share);
    let corners = |one: &str| format!("{} of {one}", counted(finding.vertices as usize, "corner"));
    match finding.kind {
        FindingKind::Twice => format!("{} have the very same outline of {land}", listed(&finding.codes)),
        FindingKind::Overlap => format!("{} and {} both have {land}, {part} of {}", code(0), code(1), code(0)),
        FindingKind::OverlapSliver => format!("{} and {} both have {}", code(0), code(1), thin()),
        FindingKind::Outside => format!("{land} of {}, {part} of it, lie outside {}", code(0), code(1)),
        FindingKind::OutsideSliver => format!("{} of {} lie outside {}", thin(), code(0), code(1)),
        FindingKind::Gap => {
            let within = finding.within.as_ref().map(|parent| format!(", {part} of {parent},")).unwrap_or_default();
            format!("{land}{within} are in no area; beside {}", listed(&finding.codes))
        }
        FindingKind::GapSliver => format!("{} are in no area; between {}", thin(), listed(&finding.codes)),
        FindingKind::NearMiss => format!(
            "{} beside {}, at most {} off its border",
            corners(code(0)),
            code(1),
            length(finding.width_m.max(0.01))
        ),
        FindingKind::TJunction => {
            format!("{} on the border of {}, which has none there", corners(code(0)), code(1))
        }
        FindingKind::TooComplex => match finding.codes.as_slice() {
            [one, other] => format!(
                "the borders of {one} and {other} cross at least {} times: too often to be measured exactly, so {one} was left out",
                finding.vertices
            ),
            _ => format!("{} lies on or in too many others to be measured and was left out", code(0)),
        },
    }
}

/// What mends it.
pub(super) fn repair(finding: &Finding, tolerance_m: f64) -> String {
    let code = |at: usize| finding.codes.get(at).map_or("", String::as_str);
    let by_hand = match finding.kind {
        FindingKind::Overlap => "decide which of the two it belongs to and draw their border again",
        FindingKind::Outside => "draw the area again, or name the parent it lies in",
        FindingKind::Gap => "give it to one of its neighbours, or to an area of its own",
        FindingKind::TooComplex => "draw it again with fewer corners",
        _ => "look at it on the map",
    };
    let with = format!("--repair {tolerance_m}");
    match finding.repair {
        Repair::KeepIn(at) => format!("{with} leaves it to {}", code(at)),
        Repair::FillInto(at) => format!("{with} gives it to {}", code(at)),
        Repair::CutAtParent => format!("{with} cuts it off"),
        Repair::MoveCorners => format!("{with} moves them onto it"),
        Repair::InsertCorners => format!("{with} gives it these corners"),
        Repair::DropCopies => "keep one, and give the others their own outline or a last day".to_owned(),
        Repair::ByHand => by_hand.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_so_that_a_person_can_imagine_them() {
        assert_eq!(
            [0.0123, 7.96, 1234.5, 2_256_000_000.0].map(area),
            ["0.012 m²", "8.0 m²", "1,234 m²", "2,256.00 km²"]
        );
        assert_eq!([0.213, 1.26, 47.9, 1_234.0].map(length), ["0.21 m", "1.3 m", "48 m", "1.2 km"]);
        assert_eq!([1, 3].map(|count| counted(count, "grid")), ["1 grid", "3 grids"]);
        assert_eq!(counted(2, "community"), "2 communities");
        assert_eq!(listed(&["a", "b", "c"].map(str::to_owned)), "a, b and c");
    }
}
