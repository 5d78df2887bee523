//! Numbers that change with the zoom, as a style writes them.

use serde_json::Value;

/// A number by zoom: stops with straight or exponential lines between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    base: f64,
    stops: Vec<(f64, f64)>,
}

impl Curve {
    /// The same at every zoom.
    pub fn constant(value: f64) -> Self {
        Self { base: 1.0, stops: vec![(0.0, value)] }
    }

    /// Straight lines between stops of rising zoom.
    pub fn linear(stops: &[(f64, f64)]) -> Self {
        Self { base: 1.0, stops: stops.to_vec() }
    }

    /// Reads a number, or `["interpolate", ["linear"] | ["exponential", base], ["zoom"], zoom, number, …]`.
    pub fn parse(value: &Value) -> Option<Self> {
        if let Some(number) = value.as_f64() {
            return Some(Self::constant(number));
        }
        let [name, kind, input, pairs @ ..] = value.as_array()?.as_slice() else { return None };
        if name != "interpolate" || *input != serde_json::json!(["zoom"]) || pairs.len() % 2 != 0 {
            return None;
        }
        let base = match kind.as_array()?.as_slice() {
            [kind] if kind == "linear" => 1.0,
            [kind, base] if kind == "exponential" => base.as_f64()?,
            _ => return None,
        };
        let stops: Vec<(f64, f64)> =
            pairs.chunks(2).map(|pair| Some((pair[0].as_f64()?, pair[1].as_f64()?))).collect::<Option<_>>()?;
        (!stops.is_empty() && stops.is_sorted_by(|a, b| a.0 < b.0)).then_some(Self { base, stops })
    }

    /// The number at a zoom; before the first and after the last stop theirs.
    pub fn at(&self, zoom: f64) -> f64 {
        let after = self.stops.partition_point(|stop| stop.0 <= zoom);
        let (Some(low), high) = (after.checked_sub(1).and_then(|i| self.stops.get(i)), self.stops.get(after)) else {
            return self.stops.first().map_or(0.0, |stop| stop.1);
        };
        let Some(high) = high else { return low.1 };
        let (span, gone) = (high.0 - low.0, zoom - low.0);
        let share = if (self.base - 1.0).abs() < 1e-9 {
            gone / span
        } else {
            (self.base.powf(gone) - 1.0) / (self.base.powf(span) - 1.0)
        };
        low.1 + (high.1 - low.1) * share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_between_stops_lie_on_the_line() {
        let curve = Curve::parse(&json!(["interpolate", ["linear"], ["zoom"], 10, 1, 14, 5])).unwrap();
        assert_eq!([8.0, 10.0, 12.0, 14.0, 20.0].map(|z| curve.at(z)), [1.0, 1.0, 3.0, 5.0, 5.0]);
    }

    #[test]
    fn an_exponential_curve_doubles_with_each_zoom_at_base_two() {
        let curve = Curve::parse(&json!(["interpolate", ["exponential", 2], ["zoom"], 10, 1, 13, 8])).unwrap();
        assert!((curve.at(11.0) - 2.0).abs() < 1e-9 && (curve.at(12.0) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn other_expressions_are_not_curves() {
        for value in [
            json!("thick"),
            json!(["interpolate", ["linear"], ["get", "x"], 1, 2]),
            json!(["interpolate", ["linear"], ["zoom"], 3, 1, 2, 1]),
            json!(["interpolate", ["linear"], ["zoom"]]),
        ] {
            assert_eq!(Curve::parse(&value), None, "{value}");
        }
    }
}
