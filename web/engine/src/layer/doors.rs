//! How doors look: a shape and a colour for each state.

use super::color::Color;
use super::curve::Curve;
use super::style::{StyleError, StyleLayer, find};
use crate::draw::{DotPaint, GLYPHS, Glyph, NO_SLOT};
use serde_json::Value;
use wangge_core::domain::visit::DoorState;

/// Bit of a door's byte that says a follow-up is due.
const FOLLOW_UP_BIT: u32 = 0x10;

/// Doors as the style says.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorStyle {
    colors: [Color; GLYPHS],
    rim: Color,
    collar: Option<Color>,
    radius: Curve,
}

impl DoorStyle {
    /// Reads the layer `households`: its `circle-color` matches the state. `due` is the collar of a door to come back to,
    /// `ground` the rim where the style names none.
    ///
    /// # Errors
    /// [`StyleError::Value`].
    pub fn read(layer: StyleLayer<'_>, due: Option<Color>, ground: Color) -> Result<Self, StyleError> {
        let value = layer.paint("circle-color").unwrap_or(&Value::Null);
        let wrong = || layer.wrong("circle-color", value);
        let is_match = |v: &Value| v.as_array().is_some_and(|list| list.first().is_some_and(|name| name == "match"));
        let list = find(value, &is_match).and_then(Value::as_array).ok_or_else(wrong)?;
        let (Some(fallback), Some(pairs)) = (list.last(), list.get(2..list.len().saturating_sub(1))) else {
            return Err(wrong());
        };
        let color = |v: &Value| v.as_str().and_then(Color::parse).ok_or_else(wrong);
        let mut colors = [color(fallback)?; GLYPHS];
        for pair in pairs.chunks(2) {
            let [label, shade] = pair else { return Err(wrong()) };
            let labels = label.as_array().map_or(std::slice::from_ref(label), Vec::as_slice);
            for state in labels.iter().filter_map(Value::as_str).filter_map(DoorState::from_id) {
                colors[state as usize] = color(shade)?;
            }
        }
        Ok(Self {
            colors,
            rim: layer.color("circle-stroke-color")?.unwrap_or(ground),
            collar: due,
            radius: layer.curve("circle-radius")?.unwrap_or_else(default_radius),
        })
    }

    /// Paint of the doors at a zoom.
    pub fn paint(&self, zoom: f64, pixel_ratio: f64, opacity: f32) -> DotPaint {
        let radius_css = self.radius.at(zoom);
        let ratio = pixel_ratio as f32;
        let mut glyphs = [Glyph::Nothing as u32; GLYPHS];
        for state in DoorState::ALL {
            glyphs[state as usize] = glyph_of(state) as u32;
        }
        DotPaint {
            colors: self.colors.map(Color::premultiplied),
            glyphs,
            rim: self.rim.premultiplied(),
            collar: self.collar.unwrap_or_default().premultiplied(),
            radius_px: radius_css as f32 * ratio,
            // Small dots lie close together; a rim around each would eat its neighbours.
            rim_px: ((radius_css as f32 - 1.8) * 0.6).clamp(0.0, 1.25) * ratio,
            collar_px: (radius_css as f32 * 0.4).clamp(0.8, 2.5) * ratio,
            opacity,
            collar_bit: if self.collar.is_some() { FOLLOW_UP_BIT } else { 0 },
            fixed_state: NO_SLOT,
            stroke_px: 0.0,
            pad: 0,
        }
    }

    /// Radius of a door at a zoom, CSS pixels.
    pub fn radius_css(&self, zoom: f64) -> f64 {
        self.radius.at(zoom)
    }
}

fn glyph_of(state: DoorState) -> Glyph {
    match state {
        DoorState::None | DoorState::Met => Glyph::Disc,
        DoorState::Untouched => Glyph::Ring,
        DoorState::Remote => Glyph::DiscInRing,
        DoorState::NoAnswer => Glyph::Triangle,
        DoorState::Refused => Glyph::Diamond,
        DoorState::NoAccess => Glyph::Square,
        DoorState::Vacant | DoorState::Moved | DoorState::Demolished => Glyph::Cross,
    }
}

fn default_radius() -> Curve {
    Curve::linear(&[(14.0, 1.0), (15.0, 1.6), (16.0, 2.6), (17.0, 4.4), (18.0, 6.5), (20.0, 10.0)])
}

#[cfg(test)]
mod tests {
    use crate::layer::style::Style;
    use serde_json::json;
    use wangge_core::domain::visit::DoorState;

    #[test]
    fn each_state_has_its_colour_and_the_others_the_fallback() {
        let colors = json!(["match", ["get", "state"], "untouched", "#f00", ["vacant", "moved"], "#00f", "#888"]);
        let style = json!({"layers": [
            {"id": "background", "paint": {"background-color": "#fff"}},
            {"id": "households-due", "paint": {"circle-color": "#0072b2"}},
            {"id": "households", "paint": {"circle-color": colors}},
        ]});
        let paint = Style::parse(&style.to_string()).unwrap().doors.unwrap().paint(17.0, 2.0, 1.0);
        assert_eq!(paint.colors[DoorState::Untouched as usize], [1.0, 0.0, 0.0, 1.0]);
        assert_eq!(paint.colors[DoorState::Moved as usize], [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(paint.colors[DoorState::Met as usize], paint.colors[DoorState::None as usize]);
        assert_eq!(paint.rim, [1.0; 4]);
        assert_eq!(paint.collar_bit, 0x10);
    }
}
