//! Facilities: a health centre, a market and a measuring point in every subdistrict, an office in every community, and
//! the hospitals that stand on the base map.

use super::{building_of, doors_by_area};
use crate::simulate::district::DemoDistrict;
use crate::simulate::random::Dice;
use crate::simulate::recipe::Recipe;
use std::collections::HashSet;
use wangge_core::domain::area::Level;
use wangge_core::domain::facility::{FacilityKind, FacilityRow};
use wangge_core::domain::feature::{BaseClass, BaseRow};
use wangge_core::domain::household::HouseholdRow;
use wangge_core::geometry::label::interior_point;
use wangge_core::geometry::shape::Shape;

/// Facilities of a district, numbered in the order of its areas.
pub fn rows(district: &DemoDistrict, recipe: &Recipe, seed: u64) -> Vec<FacilityRow> {
    let mut dice = Dice::new(seed, 0x4641_4349);
    let mut out = Rows(Vec::new());
    for (level, ending_of_town) in [(Level::Subdistrict, "镇"), (Level::Community, "村")] {
        let doors = doors_by_area(district, level);
        for area in district.areas.iter().filter(|area| area.level == level) {
            let Some(doors) = doors.get(area.code.as_str()) else { continue };
            let rural = area.name.ends_with(ending_of_town);
            let stem = area.name.trim_end_matches("街道").trim_end_matches("社区");
            if level == Level::Community {
                let name = format!("{stem}{}", if rural { "委会" } else { "社区居委会" });
                out.add(name, FacilityKind::CommunityOffice, &mut dice, doors);
                continue;
            }
            let centre = if rural { "卫生院" } else { "社区卫生服务中心" };
            out.add(format!("{stem}{centre}"), FacilityKind::Hospital, &mut dice, doors);
            out.add(format!("{stem}综合市场"), FacilityKind::Market, &mut dice, doors);
            out.add(format!("{stem}空气监测点"), FacilityKind::MeasuringPoint, &mut dice, doors);
        }
    }
    let mut named = HashSet::new();
    let hospitals = district.base.iter().filter(|row| row.class == BaseClass::Building);
    for row in hospitals.filter(|row| recipe.names.clinics.iter().any(|ending| row.name.ends_with(ending.as_str()))) {
        if named.insert(row.name.as_str()) {
            out.add_building(row);
        }
    }
    out.0
}

struct Rows(Vec<FacilityRow>);

impl Rows {
    /// A facility on the ground floor of one of some doors.
    fn add(&mut self, name: String, kind: FacilityKind, dice: &mut Dice, doors: &[&HouseholdRow]) {
        if let Some(door) = dice.pick(doors) {
            self.0.push(FacilityRow { id: self.id(), name, kind, at: door.at, address: building_of(&door.address) });
        }
    }

    /// A hospital in a building of its own.
    fn add_building(&mut self, row: &BaseRow) {
        let Shape::Polygons(polygons) = &row.shape else { return };
        if let Some(at) = interior_point(polygons) {
            let (id, name) = (self.id(), row.name.clone());
            self.0.push(FacilityRow { id, name, kind: FacilityKind::Hospital, at, address: String::new() });
        }
    }

    fn id(&self) -> String {
        format!("facility-{:04}", self.0.len() + 1)
    }
}
