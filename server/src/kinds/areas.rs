//! Areas: polygons with a code, at a level.

use super::field::{Field, FieldFault, ShapeNeed, is_code};
use super::word::{self, Words};
use super::{Kind, Values, date, day, optional, position};
use crate::table::write::ColumnKind;
use crate::table::{Cell, RawShape};
use wangge_core::domain::{
    area::{AreaRow, Level},
    row::{ImportRow, RowKind},
};

const CODE: usize = 0;
const NAME: usize = 1;
const LEVEL: usize = 2;
const PARENT: usize = 3;
const STARTS_ON: usize = 4;
const ENDS_ON: usize = 5;

static FIELDS: [Field; 6] = [
    Field::new("code", "a code of up to 64 characters without spaces", "编码")
        .needed()
        .or("网格编码 网格代码 网格编号 网格号 网格id gridcode gridid gridno 社区编码 社区代码 村编码 村代码 街道编码 \
             街道代码 区划代码 行政区划代码 行政区划编码 行政代码 区域编码 区域代码 区编码 代码 编号 areacode areaid \
             codebase basecode villcode villagecode communitycode towncode townid streetcode districtcode countycode \
             adcode zoneid code2 id objectid fid")
        .key(),
    Field::new("name", "text shown on the map", "名称")
        .needed()
        .or("网格名称 网格名 gridname 社区名称 社区名 村名称 村名 街道名称 镇名称 乡镇名称 区划名称 区域名称 行政区名称 \
             小区名称 名字 地名 areaname villname villagename communityname townname districtname label title town \
             village community district"),
    Field::new("level", "district, subdistrict, community, grid or block", "层级")
        .needed()
        .or("级别 等级 行政级别 区划级别 区域级别 类型 区域类型 arealevel adminlevel leveltype areatype type kind")
        .known_by(|cell| word::is_word(cell, &LEVELS)),
    Field::new("parent", "the code of the area it lies in", "上级编码")
        .or("上级代码 上级编号 上级区划 上级 父级编码 父编码 父级 所属社区编码 所属社区代码 社区编码 社区代码 所属街道编码 \
             街道编码 街道代码 所属区划编码 所属编码 parentcode parentid areaparent code2 communitycode villcode towncode \
             townid streetcode districtcode countycode citycode")
        .fits(is_code),
    Field::new("starts_on", "the first day it is valid, YYYY-MM-DD", "启用日期")
        .or("开始日期 生效日期 生效时间 起始日期 启用时间 开始时间 startdate start validfrom from effective effectivefrom")
        .column(ColumnKind::Date)
        .fits(|cell| date::date(cell).is_some()),
    Field::new("ends_on", "the day it ends, not included, YYYY-MM-DD", "停用日期")
        .or("结束日期 失效日期 失效时间 终止日期 停用时间 结束时间 enddate end validto to until effectiveto")
        .column(ColumnKind::Date)
        .fits(|cell| date::date(cell).is_some()),
];

static LEVELS: [(Level, &str, &str); 5] = [
    (Level::District, "district", "区 县 区县 市辖区 县级 区级 county"),
    (Level::Subdistrict, "subdistrict", "街道 镇 乡 乡镇 街镇 镇街 街道办 街道办事处 街道级 town township street"),
    (Level::Community, "community", "社区 村 社区村 村居 居委会 村委会 行政村 里 社区级 village neighbourhood"),
    (Level::Grid, "grid", "网格 基础网格 微网格 网格级 cell microgrid"),
    (Level::Block, "block", "小区 街块 街区 住宅小区 楼院 院落 compound"),
];

/// Areas.
pub(super) struct Areas;

impl Kind for Areas {
    fn kind(&self) -> RowKind {
        RowKind::Areas
    }

    fn shape(&self) -> ShapeNeed {
        ShapeNeed::Polygons
    }

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault> {
        let code = values.needed_key(CODE)?.into_owned();
        let name = values.needed_text(NAME)?.into_owned();
        let levels: &Words<Level> = &LEVELS;
        let level = match values.word(LEVEL, levels)? {
            Some(level) => level,
            None => {
                return Err(
                    values.fault(LEVEL, "is missing; it must be district, subdistrict, community, grid or block")
                );
            }
        };
        let parent = parent(values, &code, level)?;
        let (starts_on, ends_on) = values.term(STARTS_ON, ENDS_ON)?;
        let geometry = values.polygons("an area")?;
        Ok(ImportRow::Area(AreaRow { code, name, level, parent, geometry, starts_on, ends_on }))
    }

    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>) {
        let ImportRow::Area(row) = row else { return (Vec::new(), None) };
        let cells = vec![
            Cell::Text(row.code.clone()),
            Cell::Text(row.name.clone()),
            Cell::Text(row.level.id().to_owned()),
            optional(row.parent.as_deref().unwrap_or("")),
            day(row.starts_on.as_deref()),
            day(row.ends_on.as_deref()),
        ];
        (cells, Some(position::raw_polygons(&row.geometry)))
    }
}

/// Digits of a code of the national scheme at a level.
fn national_digits(level: Level) -> usize {
    match level {
        Level::District => 6,
        Level::Subdistrict => 9,
        Level::Community => 12,
        Level::Grid => 15,
        Level::Block => 18,
    }
}

/// Code of the area a row lies in: as given, else the part of its own code that is the one above.
fn parent(values: &Values<'_>, code: &str, level: Level) -> Result<Option<String>, FieldFault> {
    match (values.key(PARENT)?, level.above()) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(values.fault(PARENT, "is given for a district; a district lies in no area")),
        (Some(parent), Some(_)) if parent == code => {
            Err(values.fault(PARENT, format!("{parent:?} is the area's own code")))
        }
        (Some(parent), Some(_)) => Ok(Some(parent.into_owned())),
        (None, Some(above)) => {
            let is_national = code.len() == national_digits(level) && code.bytes().all(|b| b.is_ascii_digit());
            let digits = national_digits(level);
            match code.get(..national_digits(above)).filter(|_| is_national) {
                Some(prefix) => Ok(Some(prefix.to_owned())),
                None => Err(values.fault(
                    PARENT,
                    format!("is missing; it must be the code of the {above}, as {code:?} has not the {digits} digits of a {level} in the national scheme"),
                )),
            }
        }
    }
}
