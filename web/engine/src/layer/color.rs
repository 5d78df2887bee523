//! Colours as a style writes them, and mixing.

/// An sRGB colour, each part 0..=1, not premultiplied.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [f32; 3],
    /// Opacity.
    pub alpha: f32,
}

impl Color {
    /// Reads `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)` and `transparent`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "transparent" {
            return Some(Self::default());
        }
        match text.strip_prefix('#') {
            Some(hex) => Self::from_hex(hex),
            None => Self::from_function(text),
        }
    }

    fn from_hex(hex: &str) -> Option<Self> {
        let digits: Vec<u32> = hex.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
        let parts: Vec<u32> = match digits.len() {
            3 | 4 => digits.iter().map(|d| d * 17).collect(),
            6 | 8 => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
            _ => return None,
        };
        let part = |i: usize| parts.get(i).map(|v| *v as f32 / 255.0);
        Some(Self { rgb: [part(0)?, part(1)?, part(2)?], alpha: part(3).unwrap_or(1.0) })
    }

    fn from_function(text: &str) -> Option<Self> {
        let inside = text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb("))?.strip_suffix(')')?;
        let parts: Vec<f32> = inside.split(',').map(|p| p.trim().parse().ok()).collect::<Option<_>>()?;
        let (&[r, g, b] | &[r, g, b, _]) = parts.as_slice() else { return None };
        let share = |v: f32| (v / 255.0).clamp(0.0, 1.0);
        Some(Self { rgb: [share(r), share(g), share(b)], alpha: parts.get(3).map_or(1.0, |a| a.clamp(0.0, 1.0)) })
    }

    /// The colour with its opacity taken times a share.
    pub fn faded(self, share: f32) -> Self {
        Self { alpha: self.alpha * share.clamp(0.0, 1.0), ..self }
    }

    /// The colour a share of the way to another.
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share.clamp(0.0, 1.0);
        let [r, g, b] = [0, 1, 2].map(|i| mix(self.rgb[i], other.rgb[i]));
        Self { rgb: [r, g, b], alpha: mix(self.alpha, other.alpha) }
    }

    /// As the GPU blends it.
    pub fn premultiplied(self) -> [f32; 4] {
        let [r, g, b] = self.rgb.map(|v| v * self.alpha);
        [r, g, b, self.alpha]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_colour_gives_the_same() {
        let red = Color { rgb: [1.0, 0.0, 0.0], alpha: 1.0 };
        for text in ["#f00", "#FF0000", "#ff0000ff", "rgb(255, 0, 0)", "rgba(255,0,0,1)"] {
            assert_eq!(Color::parse(text), Some(red), "{text}");
        }
        assert_eq!(Color::parse("#0000"), Some(Color::default()));
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "#", "#12", "#ggg", "rgb(1,2)", "rgb(1,2,x)", "hotpink"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }
}
