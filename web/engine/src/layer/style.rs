//! The style document, read by layer id: the only source of the map's colours.

use super::color::Color;
use super::curve::Curve;
use super::doors::DoorStyle;
use serde_json::Value;
use wangge_core::domain::area::Level;
use wangge_core::domain::feature::RoadClass;

/// Roads from the narrowest to the widest: the order they are drawn in.
pub const ROADS: [RoadClass; 6] = [
    RoadClass::Footway,
    RoadClass::Lane,
    RoadClass::Residential,
    RoadClass::Tertiary,
    RoadClass::Secondary,
    RoadClass::Primary,
];

/// What is wrong with a style.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    /// Not JSON.
    #[error("the style is not JSON: {0}")]
    Json(String),
    /// No list of layers.
    #[error("the style has no \"layers\" list")]
    NoLayers,
    /// No background to draw on.
    #[error("the style has no layer \"background\" with a background-color")]
    NoBackground,
    /// A value that cannot be read.
    #[error("{property} of style layer {layer:?} is {value}, which the map does not understand")]
    Value {
        /// Which layer.
        layer: String,
        /// Which property.
        property: &'static str,
        /// What it says, shortened.
        value: String,
    },
}

/// Zooms a layer is shown at: from the first, up to but not including the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZoomRange(pub f64, pub f64);

impl ZoomRange {
    /// Whether a zoom is in it.
    pub fn holds(self, zoom: f64) -> bool {
        self.0 <= zoom && zoom < self.1
    }
}

/// A fill of one colour.
#[derive(Debug, Clone, PartialEq)]
pub struct FillStyle {
    /// Colour.
    pub color: Color,
    /// Colour of its edge.
    pub edge: Option<Color>,
    /// Where it is shown.
    pub zooms: ZoomRange,
}

/// A line of one colour.
#[derive(Debug, Clone, PartialEq)]
pub struct LineStyle {
    /// Colour.
    pub color: Color,
    /// Width, CSS pixels.
    pub width: Curve,
    /// Where it is shown.
    pub zooms: ZoomRange,
}

/// Fills coloured by reached share.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageStyle {
    /// Colours of the five classes.
    pub colors: [Color; 5],
    /// Where classes two to five begin.
    pub steps: [f32; 4],
    /// Colour of an area not started.
    pub not_started: Color,
    /// Opacity by zoom.
    pub opacity: Curve,
    /// Where its level is the one worked at.
    pub zooms: ZoomRange,
}

/// Everything the style says that the map can show; a layer the style lacks is not drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// The ground.
    pub background: Color,
    /// Water, green and buildings.
    pub water: Option<FillStyle>,
    /// Parks and woods.
    pub green: Option<FillStyle>,
    /// Buildings.
    pub building: Option<FillStyle>,
    /// Fences and walls.
    pub barrier: Option<LineStyle>,
    /// Ways through them: the colour of their rim.
    pub gate: Option<Color>,
    /// Casing and street by class, from the narrowest to the widest class.
    pub roads: [(Option<LineStyle>, Option<LineStyle>); 6],
    /// Area fills by level.
    pub area_fills: [Option<CoverageStyle>; 5],
    /// Area outlines by level.
    pub area_lines: [Option<LineStyle>; 5],
    /// Doors.
    pub doors: Option<DoorStyle>,
    /// What is selected.
    pub selection: Color,
}

impl Style {
    /// Reads a style document.
    ///
    /// # Errors
    /// [`StyleError`] naming the layer and property that cannot be read.
    pub fn parse(json: &str) -> Result<Self, StyleError> {
        let document: Value = serde_json::from_str(json).map_err(|e| StyleError::Json(e.to_string()))?;
        let layers = Layers(document.get("layers").and_then(Value::as_array).ok_or(StyleError::NoLayers)?);
        let background = layers.color("background", "background-color")?.ok_or(StyleError::NoBackground)?;
        let mut roads = [const { (None, None) }; 6];
        for (road, class) in roads.iter_mut().zip(ROADS) {
            *road =
                (layers.line(&format!("road-casing-{}", class.id()))?, layers.line(&format!("road-{}", class.id()))?);
        }
        let (mut area_fills, mut area_lines) = ([const { None }; 5], [const { None }; 5]);
        for level in Level::ALL {
            area_fills[level as usize] = layers.coverage(&format!("area-fill-{}", level.id()), background)?;
            area_lines[level as usize] = layers.line(&format!("area-line-{}", level.id()))?;
        }
        let district: Option<Color> = area_lines[0].as_ref().map(|line: &LineStyle| line.color);
        let accent = document.pointer("/metadata/wangge:accent").and_then(Value::as_str).and_then(Color::parse);
        let gate = layers.color("gate", "circle-stroke-color")?;
        Ok(Self {
            background,
            water: layers.fill("water")?,
            green: layers.fill("green")?,
            building: layers.fill("building")?,
            barrier: layers.line("barrier")?,
            gate,
            roads,
            area_fills,
            area_lines,
            doors: match layers.get("households") {
                Some(layer) => {
                    Some(DoorStyle::read(layer, layers.color("households-due", "circle-color")?, background)?)
                }
                None => None,
            },
            selection: accent.or(district).unwrap_or(background),
        })
    }
}

struct Layers<'a>(&'a [Value]);

impl<'a> Layers<'a> {
    fn get(&self, id: &str) -> Option<StyleLayer<'a>> {
        self.0.iter().find(|layer| layer.get("id").is_some_and(|v| v == id)).map(StyleLayer)
    }

    fn color(&self, id: &str, property: &'static str) -> Result<Option<Color>, StyleError> {
        self.get(id).map_or(Ok(None), |layer| layer.color(property))
    }

    fn fill(&self, id: &str) -> Result<Option<FillStyle>, StyleError> {
        let Some(layer) = self.get(id) else { return Ok(None) };
        let Some(color) = layer.color("fill-color")? else { return Ok(None) };
        let opacity = layer.curve("fill-opacity")?.map_or(1.0, |c| c.at(16.0));
        let edge = layer.color("fill-outline-color")?;
        Ok(Some(FillStyle { color: color.faded(opacity as f32), edge, zooms: layer.zooms() }))
    }

    fn line(&self, id: &str) -> Result<Option<LineStyle>, StyleError> {
        let Some(layer) = self.get(id) else { return Ok(None) };
        let Some(color) = layer.color("line-color")? else { return Ok(None) };
        let opacity = layer.curve("line-opacity")?.map_or(1.0, |c| c.at(16.0));
        let width = layer.curve("line-width")?.unwrap_or(Curve::constant(1.0));
        Ok(Some(LineStyle { color: color.faded(opacity as f32), width, zooms: layer.zooms() }))
    }

    fn coverage(&self, id: &str, ground: Color) -> Result<Option<CoverageStyle>, StyleError> {
        let Some(layer) = self.get(id) else { return Ok(None) };
        let Some(value) = layer.paint("fill-color") else { return Ok(None) };
        let wrong = || layer.wrong("fill-color", value);
        let step = find(value, &|v| v.as_array().is_some_and(|list| list.first().is_some_and(|name| name == "step")));
        let step = step.and_then(Value::as_array).ok_or_else(wrong)?;
        let [_, _, first, rest @ ..] = step.as_slice() else { return Err(wrong()) };
        let color = |v: &Value| v.as_str().and_then(Color::parse).ok_or_else(wrong);
        let mut colors = [color(first)?; 5];
        let mut steps = [f32::INFINITY; 4];
        for (place, pair) in rest.chunks(2).take(4).enumerate() {
            let [limit, shade] = pair else { return Err(wrong()) };
            steps[place] = limit.as_f64().ok_or_else(wrong)? as f32;
            colors[place + 1] = color(shade)?;
        }
        Ok(Some(CoverageStyle {
            colors,
            steps,
            not_started: case_color(value, "touched").unwrap_or(ground),
            opacity: layer.curve("fill-opacity")?.unwrap_or(Curve::constant(1.0)),
            zooms: layer.zooms(),
        }))
    }
}

/// One layer of the document.
#[derive(Clone, Copy)]
pub struct StyleLayer<'a>(&'a Value);

impl<'a> StyleLayer<'a> {
    /// A paint property.
    pub fn paint(&self, property: &str) -> Option<&'a Value> {
        self.0.get("paint")?.get(property)
    }

    /// A paint property that must be a colour when it is there.
    ///
    /// # Errors
    /// [`StyleError::Value`].
    pub fn color(&self, property: &'static str) -> Result<Option<Color>, StyleError> {
        let Some(value) = self.paint(property) else { return Ok(None) };
        value.as_str().and_then(Color::parse).map(Some).ok_or_else(|| self.wrong(property, value))
    }

    /// A paint property that must be a number by zoom when it is there.
    ///
    /// # Errors
    /// [`StyleError::Value`].
    pub fn curve(&self, property: &'static str) -> Result<Option<Curve>, StyleError> {
        let Some(value) = self.paint(property) else { return Ok(None) };
        Curve::parse(value).map(Some).ok_or_else(|| self.wrong(property, value))
    }

    /// The zooms it is shown at.
    pub fn zooms(&self) -> ZoomRange {
        let zoom = |key: &str, otherwise| self.0.get(key).and_then(Value::as_f64).unwrap_or(otherwise);
        ZoomRange(zoom("minzoom", 0.0), zoom("maxzoom", f64::INFINITY))
    }

    /// The error for a property's value.
    pub fn wrong(&self, property: &'static str, value: &Value) -> StyleError {
        let layer = self.0.get("id").and_then(Value::as_str).unwrap_or("?").to_owned();
        StyleError::Value { layer, property, value: value.to_string().chars().take(80).collect() }
    }
}

/// The first value inside a value, itself included, that fits.
pub fn find<'a>(value: &'a Value, fits: &impl Fn(&Value) -> bool) -> Option<&'a Value> {
    if fits(value) {
        return Some(value);
    }
    value.as_array()?.iter().find_map(|inner| find(inner, fits))
}

/// The colour a `case` gives under the condition that reads a property.
pub fn case_color(value: &Value, property: &str) -> Option<Color> {
    let is_case = |v: &Value| v.as_array().is_some_and(|list| list.first().is_some_and(|name| name == "case"));
    let branches = find(value, &is_case)?.as_array()?.get(1..)?;
    let reads = |condition: &Value| find(condition, &|v| v == property).is_some();
    branches.chunks(2).find_map(|branch| match branch {
        [condition, color] if reads(condition) => color.as_str().and_then(Color::parse),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn style(layers: Value) -> Result<Style, StyleError> {
        Style::parse(&json!({ "version": 8, "layers": layers }).to_string())
    }

    fn ground() -> Value {
        json!({"id": "background", "type": "background", "paint": {"background-color": "#f4f3ef"}})
    }

    #[test]
    fn coverage_is_read_out_of_its_case() {
        let step =
            json!(["step", ["get", "reached_share"], "#a00", 0.5, "#b00", 0.75, "#c00", 0.9, "#d00", 0.98, "#e00"]);
        let color =
            json!(["case", ["==", ["get", "eligible"], 0], "#0000", ["==", ["get", "touched"], 0], "#123", step]);
        let layers = json!([ground(), {"id": "area-fill-grid", "paint": {"fill-color": color, "fill-opacity": 0.6}}]);
        let style = style(layers).unwrap();
        let fill = style.area_fills[Level::Grid as usize].as_ref().unwrap();
        assert_eq!(fill.steps, [0.5, 0.75, 0.9, 0.98]);
        assert_eq!(fill.colors[4], Color::parse("#e00").unwrap());
        assert_eq!(fill.not_started, Color::parse("#123").unwrap());
        assert_eq!(fill.opacity.at(12.0), 0.6);
    }

    #[test]
    fn lines_keep_their_width_by_zoom() {
        let width = json!(["interpolate", ["linear"], ["zoom"], 10, 1, 20, 11]);
        let layers =
            json!([ground(), {"id": "road-lane", "minzoom": 14, "paint": {"line-color": "#fff", "line-width": width}}]);
        let style = style(layers).unwrap();
        let lane = style.roads[1].1.as_ref().unwrap();
        assert_eq!(lane.width.at(15.0), 6.0);
        assert!(!lane.zooms.holds(13.9) && lane.zooms.holds(14.0));
    }

    #[test]
    fn a_value_that_cannot_be_read_is_named() {
        let layers = json!([ground(), {"id": "water", "paint": {"fill-color": ["rgb", 1, 2, 3]}}]);
        let message = style(layers).unwrap_err().to_string();
        assert!(message.contains("fill-color") && message.contains("water"), "{message}");
    }

    #[test]
    fn a_style_without_ground_or_layers_is_refused() {
        assert_eq!(style(json!([])), Err(StyleError::NoBackground));
        assert_eq!(Style::parse("{}"), Err(StyleError::NoLayers));
        assert!(matches!(Style::parse("<html>"), Err(StyleError::Json(_))));
    }
}
