//! Writes the draw list of a moment: coverage, water and green, buildings, streets, outlines, doors, what is selected.

use super::color::Color;
use super::paints;
use super::style::{FillStyle, ROADS, Style};
use crate::draw::{
    CoveragePaint, Draw, DrawList, FillPaint, Glyph, Group, LinePaint, NO_SLOT, Paint, Part, TilePlacement,
};
use wangge_core::domain::area::Level;
use wangge_core::domain::feature::BaseClass;

/// What is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    /// Nothing.
    #[default]
    Nothing,
    /// The door of a slot.
    Door(u32),
    /// The area of a slot.
    Area(u32),
}

/// A tile in view.
#[derive(Debug, Clone, Copy)]
pub struct SceneTile<'a> {
    /// Where it lies.
    pub placement: TilePlacement,
    /// Its runs of fills.
    pub fills: &'a [Part],
    /// Its runs of lines.
    pub lines: &'a [Part],
    /// Its runs of points.
    pub points: &'a [Part],
    /// Place of the selected door among its dots.
    pub selected_dot: Option<u32>,
}

/// A moment.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Colours and widths.
    pub style: &'a Style,
    /// Zoom.
    pub zoom: f64,
    /// Device pixels a CSS pixel.
    pub pixel_ratio: f64,
    /// Tiles in view; a later one hides an earlier one where they overlap.
    pub tiles: &'a [SceneTile<'a>],
    /// What is selected.
    pub selection: Selection,
}

/// The draw list of a moment.
pub fn draw_list(scene: &Scene<'_>) -> DrawList {
    let mut painter = Painter {
        scene,
        list: DrawList {
            background: scene.style.background.premultiplied(),
            tiles: scene.tiles.iter().map(|tile| tile.placement).collect(),
            ..DrawList::default()
        },
    };
    painter.coverage();
    painter.ground();
    painter.buildings();
    painter.roads();
    painter.fences();
    painter.outlines();
    painter.doors();
    painter.selection();
    painter.list
}

struct Painter<'a> {
    scene: &'a Scene<'a>,
    list: DrawList,
}

impl<'a> Painter<'a> {
    /// Adds a paint and a draw for each run it fits; a paint nothing is drawn with is not kept.
    fn paint(&mut self, paint: Paint, run_of: impl Fn(&SceneTile<'a>) -> Option<(u32, u32)>) {
        let paint_index = self.list.paints.len() as u16;
        let before = self.list.draws.len();
        for (tile, scene_tile) in self.scene.tiles.iter().enumerate() {
            if let Some((first, count)) = run_of(scene_tile) {
                self.list.draws.push(Draw { tile: tile as u16, paint: paint_index, first, count });
            }
        }
        if self.list.draws.len() > before {
            self.list.paints.push(paint);
        }
    }

    fn fill(&mut self, group: Group, paint: FillPaint) {
        self.paint(Paint::Fill(paint), |tile| run(tile.fills, group));
    }

    fn line(&mut self, group: Group, paint: LinePaint) {
        self.paint(Paint::Line(paint), |tile| run(tile.lines, group));
    }

    fn base_fill(&mut self, class: BaseClass, style: Option<&FillStyle>) {
        let zoom = self.scene.zoom;
        if let Some(style) = style.filter(|s| s.zooms.holds(zoom)) {
            let color = style.color.faded(paints::base_strength(class, zoom));
            self.fill(Group::base(class), paints::fill(color));
        }
    }

    /// Over the coverage: nobody lives in the river, so it is not coloured by who was reached.
    fn ground(&mut self) {
        let style = self.scene.style;
        self.base_fill(BaseClass::Green, style.green.as_ref());
        self.base_fill(BaseClass::Water, style.water.as_ref());
    }

    fn coverage(&mut self) {
        let Scene { style, zoom, pixel_ratio, .. } = *self.scene;
        for level in Level::ALL {
            let Some(fill) = style.area_fills[level as usize].as_ref() else { continue };
            let strength = paints::fill_strength(fill.zooms, zoom);
            if strength <= 0.0 {
                continue;
            }
            let ink = self.ink();
            let paint: CoveragePaint = paints::coverage(fill, ink, zoom, pixel_ratio, strength);
            self.paint(Paint::Coverage(paint), |tile| run(tile.fills, Group::area_fill(level)));
        }
    }

    /// The darkest of the map's own colours: the district's outline.
    fn ink(&self) -> Color {
        self.scene.style.area_lines[0]
            .as_ref()
            .map_or(self.scene.style.selection, |line| Color { alpha: 1.0, ..line.color })
    }

    fn buildings(&mut self) {
        let Scene { style, zoom, pixel_ratio, .. } = *self.scene;
        self.base_fill(BaseClass::Building, style.building.as_ref());
        let edge = style.building.as_ref().filter(|s| s.zooms.holds(zoom)).and_then(|s| s.edge);
        if let Some(edge) = edge.filter(|_| zoom >= 15.0) {
            let paint = paints::line(edge.faded((zoom - 15.0) as f32), 0.75, pixel_ratio);
            self.line(Group::base_line(BaseClass::Building), paint);
        }
    }

    fn roads(&mut self) {
        let Scene { style, zoom, pixel_ratio, .. } = *self.scene;
        for casing in [true, false] {
            for ((outer, inner), class) in style.roads.iter().zip(ROADS) {
                let line = if casing { outer } else { inner };
                if let Some(paint) = line.as_ref().and_then(|l| paints::styled_line(l, zoom, pixel_ratio)) {
                    self.line(Group::road(class), paint);
                }
            }
        }
    }

    fn fences(&mut self) {
        let Scene { style, zoom, pixel_ratio, .. } = *self.scene;
        if let Some(paint) = style.barrier.as_ref().and_then(|l| paints::styled_line(l, zoom, pixel_ratio)) {
            self.line(Group::base(BaseClass::Barrier), paint);
        }
        if let Some(color) = style.gate.filter(|_| zoom >= 15.5) {
            let radius = (zoom - 13.0).clamp(2.5, 6.0);
            let paint = paints::mark(Glyph::Square, style.background, color, radius * 0.7, 0.0, pixel_ratio);
            self.paint(Paint::Dots(Box::new(paint)), |tile| run(tile.points, Group::base(BaseClass::Gate)));
        }
    }

    fn outlines(&mut self) {
        let Scene { style, zoom, pixel_ratio, .. } = *self.scene;
        let working = paints::working_level(&style.area_fills, zoom);
        for level in Level::ALL.into_iter().rev() {
            let Some(line) = style.area_lines[level as usize].as_ref() else { continue };
            if zoom < paints::outline_from(level) {
                continue;
            }
            let color = paints::outline_color(line.color, style.background, working == Some(level));
            let Some(paint) = paints::styled_line(line, zoom, pixel_ratio) else { continue };
            let width_px = paint.width_px * paints::outline_scale(zoom) as f32;
            let paint = LinePaint { color: color.premultiplied(), width_px, ..paint };
            self.line(Group::area_line(level), paint);
        }
    }

    fn doors(&mut self) {
        let Scene { style, zoom, pixel_ratio, .. } = *self.scene;
        let opacity = ((zoom - 14.5) / 0.5).clamp(0.0, 1.0) as f32;
        if let Some(doors) = style.doors.as_ref().filter(|_| opacity > 0.0) {
            let paint = doors.paint(zoom, pixel_ratio, opacity);
            self.paint(Paint::Dots(Box::new(paint)), |tile| run(tile.points, Group::DOORS));
        }
    }

    fn selection(&mut self) {
        let Scene { style, zoom, pixel_ratio, .. } = *self.scene;
        match self.scene.selection {
            Selection::Nothing => {}
            Selection::Door(_) => {
                let radius = style.doors.as_ref().map_or(4.0, |doors| doors.radius_css(zoom)) + 5.0;
                for (color, radius, stroke) in [(style.background, radius + 1.25, 5.0), (style.selection, radius, 2.5)]
                {
                    let paint = paints::mark(Glyph::Ring, color, Color::default(), radius, stroke, pixel_ratio);
                    self.paint(Paint::Dots(Box::new(paint)), |tile| Some((tile.selected_dot?, 1)));
                }
            }
            Selection::Area(slot) => {
                let only = slot.min(NO_SLOT - 1);
                for level in Level::ALL {
                    let tint = paints::fill(style.selection.faded(0.10));
                    self.fill(Group::area_fill(level), FillPaint { only_slot: only, ..tint });
                }
                for (color, width) in [(style.background, 6.0), (style.selection, 3.0)] {
                    for level in Level::ALL {
                        let paint = paints::line(color, width, pixel_ratio);
                        self.line(Group::area_line(level), LinePaint { only_slot: only, ..paint });
                    }
                }
            }
        }
    }
}

fn run(parts: &[Part], group: Group) -> Option<(u32, u32)> {
    parts.iter().find(|part| part.group == group).map(|part| (part.first, part.count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{MeshHandle, PatternScale};
    use serde_json::json;
    use wangge_core::domain::feature::RoadClass;

    fn style() -> Style {
        let line = |id: &str, color: &str| json!({"id": id, "paint": {"line-color": color, "line-width": 2}});
        let fill = |id: &str, color: &str| json!({"id": id, "paint": {"fill-color": color}});
        let step =
            json!(["step", ["get", "reached_share"], "#a00", 0.5, "#b00", 0.75, "#c00", 0.9, "#d00", 0.98, "#e00"]);
        let layers = json!([
            {"id": "background", "paint": {"background-color": "#fff"}},
            fill("water", "#00f"),
            fill("building", "#eee"),
            {"id": "area-fill-grid", "minzoom": 12.5, "maxzoom": 17, "paint": {"fill-color": step}},
            line("road-casing-lane", "#ccc"),
            line("road-lane", "#fff"),
            line("area-line-grid", "#333"),
            {"id": "households", "paint": {"circle-color": ["match", ["get", "state"], "met", "#0f0", "#888"]}},
        ]);
        Style::parse(&json!({ "layers": layers }).to_string()).unwrap()
    }

    fn part(group: Group, first: u32) -> Part {
        Part { group, first, count: 3 }
    }

    fn list(zoom: f64, selection: Selection) -> DrawList {
        let fills = [
            part(Group::area_fill(Level::Grid), 0),
            part(Group::base(BaseClass::Water), 3),
            part(Group::base(BaseClass::Building), 6),
        ];
        let lines = [part(Group::area_line(Level::Grid), 0), part(Group::road(RoadClass::Lane), 3)];
        let points = [part(Group::DOORS, 0)];
        let placement = TilePlacement {
            mesh: Some(MeshHandle(1)),
            clip_from_tile: [0.0; 6],
            pattern: PatternScale { pattern_from_tile: 1.0, screen_from_pattern: 1.0 },
        };
        let tile = SceneTile { placement, fills: &fills, lines: &lines, points: &points, selected_dot: Some(2) };
        draw_list(&Scene { style: &style(), zoom, pixel_ratio: 2.0, tiles: &[tile], selection })
    }

    fn kinds(list: &DrawList) -> Vec<&'static str> {
        list.draws
            .iter()
            .map(|draw| match list.paints[usize::from(draw.paint)] {
                Paint::Fill(_) => "fill",
                Paint::Coverage(_) => "coverage",
                Paint::Line(_) => "line",
                Paint::Dots(_) => "dots",
            })
            .collect()
    }

    #[test]
    fn things_lie_on_each_other_as_on_the_ground() {
        let list = list(16.0, Selection::Nothing);
        assert_eq!(kinds(&list), ["coverage", "fill", "fill", "line", "line", "line", "dots"]);
        assert_eq!(list.draws[1].first, 3, "water is over the coverage");
    }

    #[test]
    fn doors_and_grids_leave_the_picture_with_distance() {
        assert!(!kinds(&list(14.0, Selection::Nothing)).contains(&"dots"));
        assert!(!kinds(&list(9.0, Selection::Nothing)).contains(&"coverage"));
    }

    #[test]
    fn a_selected_door_is_ringed_and_nothing_else_is() {
        let list = list(17.0, Selection::Door(9));
        let ring = list.draws.last().unwrap();
        assert_eq!((ring.first, ring.count), (2, 1));
    }

    #[test]
    fn a_selected_area_is_drawn_by_its_slot_alone() {
        let list = list(14.0, Selection::Area(77));
        let Some(Paint::Line(line)) = list.paints.last() else { panic!("no outline") };
        assert_eq!(line.only_slot, 77);
    }
}
