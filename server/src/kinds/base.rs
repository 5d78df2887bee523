//! The base map: water, green, buildings, barriers and the gates in them.
//!
//! Files of OpenStreetMap have no class but a column for each tag; those are fields of their own, read where `class` is
//! empty.

use super::field::{Field, FieldFault, ShapeNeed};
use super::word::{self, Words};
use super::{Kind, Values, optional, position};
use crate::table::{Cell, RawShape};
use wangge_core::domain::{
    feature::{BaseClass, BaseRow},
    row::{ImportRow, RowKind},
};
use wangge_core::geometry::shape::Shape;

const ID: usize = 0;
const NAME: usize = 1;
const CLASS: usize = 2;
const BARRIER: usize = 3;
const NATURAL: usize = 4;
const WATERWAY: usize = 5;
const LANDUSE: usize = 6;
const LEISURE: usize = 7;
const BUILDING: usize = 8;

/// The tags, a gate in a wall of a building before the building.
const TAGS: [usize; 6] = [BARRIER, NATURAL, WATERWAY, LANDUSE, LEISURE, BUILDING];

static FIELDS: [Field; 9] = [
    Field::new("id", "an id of up to 64 characters without spaces", "编号")
        .needed()
        .or("要素编号 要素编码 编码 featureid osmid fullid wayid gid objectid fid")
        .key(),
    Field::new("name", "text shown on the map", "名称").or("要素名称 名字 featurename label"),
    Field::new("class", "water, green, building, barrier or gate", "类别")
        .or("类型 要素类型 要素类别 地物类型 地物类别 分类 featureclass featuretype fclass category type kind")
        .known_by(|cell| word::is_word(cell, &CLASSES)),
    Field::new("barrier", "a value of OpenStreetMap's tag, such as fence or gate", "barrier 标签"),
    Field::new("natural", "a value of OpenStreetMap's tag, such as water or wood", "natural 标签"),
    Field::new("waterway", "a value of OpenStreetMap's tag, such as riverbank", "waterway 标签"),
    Field::new("landuse", "a value of OpenStreetMap's tag, such as forest", "landuse 标签"),
    Field::new("leisure", "a value of OpenStreetMap's tag, such as park", "leisure 标签"),
    Field::new("building", "a value of OpenStreetMap's tag, such as yes or apartments", "building 标签"),
];

static CLASSES: [(BaseClass, &str, &str); 5] = [
    (
        BaseClass::Water,
        "water",
        "river canal lake pond reservoir riverbank basin dock bay 水 水系 水体 水域 河流 河 湖 湖泊 池塘 水库",
    ),
    (
        BaseClass::Green,
        "green",
        "park garden forest wood grass meadow recreationground villagegreen scrub grassland heath shrubbery flowerbed dogpark \
        orchard naturereserve golfcourse 绿地 公园 林地 草地 绿化 森林",
    ),
    (BaseClass::Building, "building", "house apartments residential buildings 建筑 建筑物 房屋 楼房 楼"),
    (
        BaseClass::Barrier,
        "barrier",
        "fence wall hedge retainingwall citywall guardrail handrail 围墙 墙 栅栏 围栏 护栏 围挡",
    ),
    (
        BaseClass::Gate,
        "gate",
        "liftgate swinggate slidinggate kissinggate hampshiregate entrance turnstile bollard \
        tollbooth sallyport 大门 门 出入口 门岗 卡口 岗亭",
    ),
];

/// Base features.
pub(super) struct Base;

impl Kind for Base {
    fn kind(&self) -> RowKind {
        RowKind::Base
    }

    fn shape(&self) -> ShapeNeed {
        ShapeNeed::Any
    }

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault> {
        let id = values.needed_key(ID)?.into_owned();
        let name = values.text(NAME)?.into_owned();
        let class = class(values)?;
        let shape = match class {
            BaseClass::Gate => Shape::Point(values.point("a gate")?),
            BaseClass::Barrier => Shape::Line(values.line("a barrier")?),
            BaseClass::Water => Shape::Polygons(values.polygons("water")?),
            BaseClass::Green => Shape::Polygons(values.polygons("green")?),
            BaseClass::Building => Shape::Polygons(values.polygons("a building")?),
        };
        Ok(ImportRow::Base(BaseRow { id, name, class, shape }))
    }

    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>) {
        let ImportRow::Base(row) = row else { return (Vec::new(), None) };
        let mut cells = vec![Cell::Empty; FIELDS.len()];
        cells[ID] = Cell::Text(row.id.clone());
        cells[NAME] = optional(&row.name);
        cells[CLASS] = Cell::Text(row.class.id().to_owned());
        let shape = match &row.shape {
            Shape::Point(point) => RawShape::Point(position::raw(*point)),
            Shape::Line(line) => position::raw_line(line),
            Shape::Polygons(polygons) => position::raw_polygons(polygons),
        };
        (cells, Some(shape))
    }
}

/// The class as given, else what the tags say.
fn class(values: &Values<'_>) -> Result<BaseClass, FieldFault> {
    let classes: &Words<BaseClass> = &CLASSES;
    if let Some(class) = values.word(CLASS, classes)? {
        return Ok(class);
    }
    for tag in TAGS {
        let value = values.text(tag)?;
        if value.is_empty() || value == "no" {
            continue;
        }
        if tag == BUILDING {
            return Ok(BaseClass::Building);
        }
        let class = word::find(&value, classes);
        let fits = |class: &BaseClass| match tag {
            BARRIER => matches!(class, BaseClass::Barrier | BaseClass::Gate),
            WATERWAY => *class == BaseClass::Water,
            _ => matches!(class, BaseClass::Water | BaseClass::Green),
        };
        if let Some(class) = class.filter(fits) {
            return Ok(class);
        }
        if values.cell(BUILDING).is_empty() {
            let message =
                format!("{value:?} is not shown on the base map; it shows water, green, buildings, barriers, gates");
            return Err(values.fault(tag, message));
        }
    }
    Err(values.fault(CLASS, "is missing; it must be water, green, building, barrier or gate"))
}
