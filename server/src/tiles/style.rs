//! The MapLibre style of the district: what ordinary clients draw the inline tiles with, and where our engine reads its
//! colours, by layer id.
//!
//! Hatches and door shapes need sprites and are the engine's own. Source: MapLibre Style Specification 8.

use super::layers::{DOOR_ZOOM, LayerSet, MAX_USEFUL_ZOOM, MapLayer, area_min_zoom, base_min_zoom, road_min_zoom};
use super::palette::{Palette, Theme};
use super::tilejson::{Extent, tiles_url};
use serde_json::{Value, json};
use wangge_core::domain::{
    District,
    area::Level,
    feature::{BaseClass, RoadClass},
};

/// How strongly figures are laid over the base map.
const FILL_OPACITY: f64 = 0.6;
/// Shares at which the colour of an area changes.
const SHARE_STEPS: [f64; 4] = [0.5, 0.75, 0.9, 0.98];

/// The style document; `base_url` is scheme, host and port, or empty for addresses without them.
pub fn style(district: &District, base_url: &str, theme: Theme) -> Value {
    let palette = theme.palette();
    let extent = Extent::of(district);
    let [lon, lat, zoom] = extent.center;
    let mut layers =
        vec![json!({"id": "background", "type": "background", "paint": {"background-color": palette.land}})];
    layers.extend(ground(palette));
    layers.extend(Level::ALL.into_iter().map(|level| area_fill(palette, level)));
    layers.extend(roads(palette));
    layers.extend(barriers(palette));
    layers.extend(Level::ALL.into_iter().rev().map(|level| area_line(palette, level)));
    layers.extend(doors(palette));
    json!({
        "version": 8,
        "name": format!("Wangge {}", theme.id()),
        "metadata": {
            "wangge:theme": theme.id(),
            "wangge:shapes_version": district.shapes_version().to_string(),
            "wangge:accent": palette.accent,
        },
        "center": [lon, lat],
        "zoom": zoom,
        "sources": {
            "ground": source(&extent, base_url, &[MapLayer::Roads, MapLayer::Base]),
            "state": source(&extent, base_url, &[MapLayer::Areas, MapLayer::Households]),
        },
        "layers": layers,
    })
}

/// What visits never change is a source of its own, so that a client need not fetch it again.
fn source(extent: &Extent, base_url: &str, layers: &[MapLayer]) -> Value {
    let names: Vec<&str> = LayerSet::ALL.iter().filter(|layer| layers.contains(layer)).map(MapLayer::id).collect();
    json!({
        "type": "vector",
        "tiles": [tiles_url(base_url, &names.join(","), None)],
        "minzoom": 0,
        "maxzoom": MAX_USEFUL_ZOOM,
        "bounds": extent.bounds,
    })
}

fn ground(palette: &Palette) -> [Value; 3] {
    let fills =
        [(BaseClass::Water, palette.water), (BaseClass::Green, palette.green), (BaseClass::Building, palette.building)];
    fills.map(|(class, color)| {
        let mut layer = json!({
            "id": class.id(), "type": "fill", "source": "ground", "source-layer": "base",
            "minzoom": base_min_zoom(class), "filter": ["==", ["get", "class"], class.id()],
            "paint": {"fill-color": color},
        });
        if class == BaseClass::Building {
            layer["paint"]["fill-outline-color"] = json!(palette.building_edge);
        }
        layer
    })
}

fn barriers(palette: &Palette) -> [Value; 2] {
    let filter = |class: BaseClass| json!(["==", ["get", "class"], class.id()]);
    [
        json!({
            "id": "barrier", "type": "line", "source": "ground", "source-layer": "base",
            "minzoom": base_min_zoom(BaseClass::Barrier), "filter": filter(BaseClass::Barrier),
            "paint": {"line-color": palette.barrier, "line-width": widths(&[(15, 0.75), (18, 2.0)])},
        }),
        json!({
            "id": "gate", "type": "circle", "source": "ground", "source-layer": "base",
            "minzoom": base_min_zoom(BaseClass::Gate), "filter": filter(BaseClass::Gate),
            "paint": {
                "circle-color": palette.land, "circle-radius": widths(&[(15, 1.5), (18, 4.0)]),
                "circle-stroke-color": palette.barrier, "circle-stroke-width": 1.5,
            },
        }),
    ]
}

/// Levels share the map: each is filled over the zooms at which it is the one worked at.
fn fill_zooms(level: Level) -> (f64, f64) {
    match level {
        Level::District => (0.0, 8.0),
        Level::Subdistrict => (8.0, 11.0),
        Level::Community => (11.0, 12.5),
        Level::Grid => (12.5, 17.0),
        Level::Block => (17.0, 24.0),
    }
}

fn area_fill(palette: &Palette, level: Level) -> Value {
    let (from, to) = fill_zooms(level);
    json!({
        "id": format!("area-fill-{level}"), "type": "fill", "source": "state", "source-layer": "areas",
        "minzoom": from, "maxzoom": to, "filter": ["==", ["get", "level"], level.id()],
        "paint": {"fill-color": share_color(palette), "fill-opacity": FILL_OPACITY},
    })
}

/// Colour by reached share; the land's where no door is eligible, the ground's where none was attempted.
fn share_color(palette: &Palette) -> Value {
    let mut step = vec![json!("step"), json!(["get", "reached_share"]), json!(palette.reached[0])];
    for (share, color) in SHARE_STEPS.into_iter().zip(&palette.reached[1..]) {
        step.extend([json!(share), json!(color)]);
    }
    json!(["case", ["!", ["has", "reached_share"]], palette.land, ["==", ["get", "touched"], 0], palette.ground, step,])
}

fn area_line(palette: &Palette, level: Level) -> Value {
    let (width, opacity) = match level {
        Level::District => (3.0, 0.85),
        Level::Subdistrict => (2.25, 0.75),
        Level::Community => (1.5, 0.65),
        Level::Grid => (1.0, 0.6),
        Level::Block => (0.5, 0.45),
    };
    json!({
        "id": format!("area-line-{level}"), "type": "line", "source": "state", "source-layer": "areas",
        "minzoom": area_min_zoom(level), "filter": ["==", ["get", "level"], level.id()],
        "layout": {"line-join": "round"},
        "paint": {"line-color": palette.ink, "line-opacity": opacity, "line-width": width},
    })
}

/// Width in pixels by zoom, and how much wider the casing is.
fn road_widths(class: RoadClass) -> (&'static [(u8, f64)], f64) {
    match class {
        RoadClass::Primary => (&[(8, 1.0), (12, 2.5), (16, 10.0), (20, 60.0)], 1.5),
        RoadClass::Secondary => (&[(8, 0.6), (12, 2.0), (16, 8.0), (20, 48.0)], 1.5),
        RoadClass::Tertiary => (&[(11, 0.8), (13, 1.6), (16, 6.0), (20, 36.0)], 1.25),
        RoadClass::Residential => (&[(12, 0.5), (14, 1.5), (16, 4.5), (20, 26.0)], 1.0),
        RoadClass::Lane => (&[(14, 0.5), (16, 2.0), (20, 14.0)], 0.75),
        RoadClass::Footway => (&[(14, 0.4), (16, 1.0), (20, 7.0)], 0.5),
    }
}

/// All casings first, so that roads run into one another; small roads before wide ones.
fn roads(palette: &Palette) -> Vec<Value> {
    const CLASSES: [RoadClass; 6] = [
        RoadClass::Footway,
        RoadClass::Lane,
        RoadClass::Residential,
        RoadClass::Tertiary,
        RoadClass::Secondary,
        RoadClass::Primary,
    ];
    let layer = |id: String, class: RoadClass, color: &str, width: Value| {
        json!({
            "id": id, "type": "line", "source": "ground", "source-layer": "roads",
            "minzoom": road_min_zoom(class), "filter": ["==", ["get", "class"], class.id()],
            "layout": {"line-cap": "round", "line-join": "round"},
            "paint": {"line-color": color, "line-width": width},
        })
    };
    let casings = CLASSES.into_iter().map(|class| {
        let (stops, casing) = road_widths(class);
        let wider: Vec<(u8, f64)> = stops.iter().map(|(zoom, width)| (*zoom, width + 2.0 * casing)).collect();
        layer(format!("road-casing-{}", class.id()), class, palette.casing, widths(&wider))
    });
    let streets = CLASSES
        .into_iter()
        .map(|class| layer(format!("road-{}", class.id()), class, palette.street, widths(road_widths(class).0)));
    casings.chain(streets).collect()
}

fn doors(palette: &Palette) -> [Value; 3] {
    let mut colors = vec![json!("match"), json!(["get", "state"])];
    for (state, color) in palette.doors {
        colors.extend([json!(state), json!(color)]);
    }
    colors.push(json!(palette.outside));
    let circle = |id: &str, from: u8, to: u8, paint: Value| {
        json!({
            "id": id, "type": "circle", "source": "state", "source-layer": "households",
            "minzoom": from, "maxzoom": to, "paint": paint,
        })
    };
    let blocks = circle(
        "households-block",
        12,
        DOOR_ZOOM,
        json!({
            "circle-color": share_color(palette), "circle-radius": widths(&[(12, 2.0), (14, 4.0)]),
            "circle-stroke-color": palette.ink, "circle-stroke-width": 0.5,
        }),
    );
    let mut due = circle(
        "households-due",
        DOOR_ZOOM,
        24,
        json!({"circle-color": palette.follow_up, "circle-radius": widths(&[(14, 2.5), (16, 4.75), (18, 8.0), (20, 13.0)])}),
    );
    due["filter"] = json!(["==", ["get", "follow_up_due"], true]);
    let doors = circle(
        "households",
        DOOR_ZOOM,
        24,
        json!({"circle-color": colors, "circle-radius": widths(&[(14, 1.5), (16, 3.25), (18, 6.0), (20, 10.0)])}),
    );
    [blocks, due, doors]
}

/// Pixels by zoom, growing evenly with the map between the stops.
fn widths(stops: &[(u8, f64)]) -> Value {
    let mut expression = vec![json!("interpolate"), json!(["exponential", 1.5]), json!(["zoom"])];
    for (zoom, width) in stops {
        expression.extend([json!(zoom), json!(width)]);
    }
    Value::Array(expression)
}
