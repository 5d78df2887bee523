//! Staffing: who holds the posts of a grid, by badge or team, never by name.

use super::field::{Field, FieldFault, ShapeNeed, is_code};
use super::{Kind, Values, date, day, word};
use crate::table::write::ColumnKind;
use crate::table::{Cell, RawShape};
use wangge_core::domain::{
    row::{ImportRow, RowKind},
    staffing::{StaffRole, StaffingRow, is_holder},
};

const GRID: usize = 0;
const ROLE: usize = 1;
const POST: usize = 2;
const HOLDER: usize = 3;
const STARTS_ON: usize = 4;
const ENDS_ON: usize = 5;

static FIELDS: [Field; 6] = [
    Field::new("grid", "the code of the grid", "网格编码")
        .needed()
        .or("网格代码 网格编号 网格号 所属网格编码 所属网格 网格 gridcode gridid gridno areacode area code")
        .known_by(is_code),
    Field::new("role", "grid_member, police or team", "岗位")
        .needed()
        .or("角色 人员类型 人员类别 岗位类型 岗位类别 职务 身份 类别 类型 stafftype duty position category type kind")
        .known_by(|cell| word::is_word(cell, &ROLES)),
    Field::new("post", "the post in its grid, such as police-1; the role when there is one post of it", "岗位编号")
        .or("岗位编码 岗位代码 岗位号 席位 postid postno slot"),
    Field::new("holder", "a badge number or team code, never a name or phone number", "工号")
        .needed()
        .or("警号 工牌号 证号 胸牌号 队伍编号 队伍编码 队伍代码 团队编号 团队编码 小队编号 badge badgeno badgenumber badgeid \
             teamcode teamid teamno team staffid staffno employeeid")
        .known_by(|cell| is_holder(&cell.text())),
    Field::new("starts_on", "the first day, YYYY-MM-DD", "到岗日期")
        .or("开始日期 上岗日期 起始日期 生效日期 开始时间 startdate start validfrom from since")
        .column(ColumnKind::Date)
        .fits(|cell| date::date(cell).is_some()),
    Field::new("ends_on", "the day it ends, not included, YYYY-MM-DD", "离岗日期")
        .or("结束日期 下岗日期 终止日期 失效日期 结束时间 enddate end validto to until")
        .column(ColumnKind::Date)
        .fits(|cell| date::date(cell).is_some()),
];

static ROLES: [(StaffRole, &str, &str); 3] = [
    (StaffRole::GridMember, "grid_member", "网格员 专职网格员 格员 member gridworker worker"),
    (StaffRole::Police, "police", "民警 社区民警 警察 片警 公安 policeofficer officer"),
    (StaffRole::Team, "team", "队伍 团队 小队 专班 工作队 小组 n squad"),
];

/// Staffing.
pub(super) struct Staffing;

impl Kind for Staffing {
    fn kind(&self) -> RowKind {
        RowKind::Staffing
    }

    fn shape(&self) -> ShapeNeed {
        ShapeNeed::None
    }

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    fn is_of_people(&self) -> bool {
        true
    }

    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault> {
        let grid = values.needed_key(GRID)?.into_owned();
        let missing = || values.fault(ROLE, "is missing; it must be grid_member, police or team");
        let role = values.word(ROLE, &ROLES)?.ok_or_else(missing)?;
        let holder = values.needed_text(HOLDER)?.into_owned();
        if !is_holder(&holder) {
            // The value itself may be about a person: it stays out of messages, reports and logs.
            let message = "looks like a name or a phone number; it must be a badge number or team code with a digit in \
                 it, such as 035012 or T17";
            return Err(values.fault(HOLDER, message));
        }
        let id = match values.key(POST)? {
            Some(post) => format!("{grid}/{post}"),
            None => format!("{grid}/{role}"),
        };
        let (starts_on, ends_on) = values.term(STARTS_ON, ENDS_ON)?;
        Ok(ImportRow::Staffing(StaffingRow { id, grid, role, holder, starts_on, ends_on }))
    }

    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>) {
        let ImportRow::Staffing(row) = row else { return (Vec::new(), None) };
        let post = row.id.split_once('/').map_or("", |(_, post)| post);
        let cells = vec![
            Cell::Text(row.grid.clone()),
            Cell::Text(row.role.id().to_owned()),
            Cell::Text(post.to_owned()),
            Cell::Text(row.holder.clone()),
            day(row.starts_on.as_deref()),
            day(row.ends_on.as_deref()),
        ];
        (cells, None)
    }
}
