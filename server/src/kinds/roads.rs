//! Roads: centre lines with a class.

use super::field::{Field, FieldFault, ShapeNeed};
use super::{Kind, Values, optional, position, word};
use crate::table::{Cell, RawShape};
use wangge_core::domain::{
    feature::{RoadClass, RoadRow},
    row::{ImportRow, RowKind},
};

const ID: usize = 0;
const NAME: usize = 1;
const CLASS: usize = 2;

static FIELDS: [Field; 3] = [
    Field::new("id", "an id of up to 64 characters without spaces", "编号")
        .needed()
        .or("道路编号 道路编码 道路id 路段编号 路段编码 编码 roadid edgeid linkid segmentid wayid osmid fullid gid objectid \
             fid")
        .key(),
    Field::new("name", "text shown on the map", "名称").or("道路名称 路名 道路名 街道名称 roadname streetname street label"),
    Field::new("class", "primary, secondary, tertiary, residential, lane or footway", "道路等级")
        .or("等级 类别 类型 道路类型 道路类别 路级 roadclass roadtype highway fclass category type kind level")
        .known_by(|cell| word::is_word(cell, &CLASSES)),
];

/// Classes; the words of OpenStreetMap's `highway` are among them.
static CLASSES: [(RoadClass, &str, &str); 6] = [
    (
        RoadClass::Primary,
        "primary",
        "motorway motorwaylink trunk trunklink primarylink 快速路 主干路 主干道 高速 高速公路 国道 省道",
    ),
    (RoadClass::Secondary, "secondary", "secondarylink 次干路 次干道 县道"),
    (RoadClass::Tertiary, "tertiary", "tertiarylink 支路 乡道"),
    (RoadClass::Residential, "residential", "unclassified livingstreet road street yes 街 街道 居住区道路 村道"),
    (
        RoadClass::Lane,
        "lane",
        "service track alley busway busguideway escape 巷 弄 里弄 小巷 胡同 巷道 内部道路 小区道路",
    ),
    (
        RoadClass::Footway,
        "footway",
        "path steps pedestrian cycleway bridleway corridor crossing ladder viaferrata 人行道 步道 步行街 步行道 小路 台阶 自行车道",
    ),
];

/// Roads.
pub(super) struct Roads;

impl Kind for Roads {
    fn kind(&self) -> RowKind {
        RowKind::Roads
    }

    fn shape(&self) -> ShapeNeed {
        ShapeNeed::Line
    }

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault> {
        let id = values.needed_key(ID)?.into_owned();
        let name = values.text(NAME)?.into_owned();
        // A road nobody classed is drawn as a street.
        let class = values.word(CLASS, &CLASSES)?.unwrap_or(RoadClass::Residential);
        Ok(ImportRow::Road(RoadRow { id, name, class, line: values.line("a road")? }))
    }

    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>) {
        let ImportRow::Road(row) = row else { return (Vec::new(), None) };
        let cells = vec![Cell::Text(row.id.clone()), optional(&row.name), Cell::Text(row.class.id().to_owned())];
        (cells, Some(position::raw_line(&row.line)))
    }
}
