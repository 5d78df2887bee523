//! Facilities: hospitals, markets, community offices, measuring points.

use super::field::{Field, FieldFault, ShapeNeed};
use super::{Kind, Values, optional, position, word};
use crate::table::{Cell, RawShape};
use wangge_core::domain::{
    facility::{FacilityKind, FacilityRow},
    row::{ImportRow, RowKind},
};

const ID: usize = 0;
const NAME: usize = 1;
const KIND: usize = 2;
const ADDRESS: usize = 3;

static FIELDS: [Field; 4] = [
    Field::new("id", "an id of up to 64 characters without spaces", "编号")
        .needed()
        .or("设施编号 设施编码 机构编号 机构代码 机构编码 编码 代码 facilityid poiid osmid fullid gid objectid fid")
        .key(),
    Field::new("name", "text shown on the map", "名称")
        .needed()
        .or("设施名称 机构名称 单位名称 场所名称 地点名称 名字 facilityname poiname label title"),
    Field::new("kind", "hospital, market, community_office, measuring_point or other", "类别")
        .or("类型 设施类型 设施类别 机构类型 机构类别 场所类型 分类 facilitytype facilitykind facilityclass amenity \
             category class type tag")
        .known_by(|cell| word::is_word(cell, &KINDS)),
    Field::new("address", "where it is, in one text", "地址").or("详细地址 所在地址 地点 位置 addr location addrfull"),
];

static KINDS: [(FacilityKind, &str, &str); 5] = [
    (
        FacilityKind::Hospital,
        "hospital",
        "clinic doctors healthcentre 医院 卫生院 卫生室 诊所 卫生站 卫生服务中心 \
        社区卫生服务中心 社区医院 综合医院 专科医院 医疗机构 医疗",
    ),
    (FacilityKind::Market, "market", "marketplace supermarket 菜市场 农贸市场 集贸市场 市场 超市 农副产品 商超"),
    (
        FacilityKind::CommunityOffice,
        "community_office",
        "communitycentre communitycenter 居委会 村委会 社区居委会 \
        村民委员会 居民委员会 社区服务中心 党群服务中心 社区办公室",
    ),
    (
        FacilityKind::MeasuringPoint,
        "measuring_point",
        "measuringstation monitoringstation monitoringpoint 监测点 检测点 \
        监测站 采样点 测量点 测温点",
    ),
    (FacilityKind::Other, "other", "其他 其它"),
];

/// Facilities.
pub(super) struct Facilities;

impl Kind for Facilities {
    fn kind(&self) -> RowKind {
        RowKind::Facilities
    }

    fn shape(&self) -> ShapeNeed {
        ShapeNeed::Point
    }

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault> {
        Ok(ImportRow::Facility(FacilityRow {
            id: values.needed_key(ID)?.into_owned(),
            name: values.needed_text(NAME)?.into_owned(),
            kind: values.word(KIND, &KINDS)?.unwrap_or_default(),
            at: values.point("a facility")?,
            address: values.text(ADDRESS)?.into_owned(),
        }))
    }

    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>) {
        let ImportRow::Facility(row) = row else { return (Vec::new(), None) };
        let cells = vec![
            Cell::Text(row.id.clone()),
            Cell::Text(row.name.clone()),
            Cell::Text(row.kind.id().to_owned()),
            optional(&row.address),
        ];
        (cells, Some(RawShape::Point(position::raw(row.at))))
    }
}
