//! Shops, with the hours they are open.

use super::field::{Field, FieldFault, ShapeNeed, is_code};
use super::{Kind, Values, optional, position};
use crate::table::{Cell, RawShape};
use wangge_core::domain::{
    hours::OpeningHours,
    row::{ImportRow, RowKind},
    shop::ShopRow,
};

const ID: usize = 0;
const NAME: usize = 1;
const CATEGORY: usize = 2;
const HOURS: usize = 3;
const HOUSEHOLD: usize = 4;
const ADDRESS: usize = 5;

static FIELDS: [Field; 6] = [
    Field::new("id", "an id of up to 64 characters without spaces", "编号")
        .needed()
        .or("商铺编号 店铺编号 商户编号 门店编号 商铺编码 店铺编码 商户编码 编码 统一社会信用代码 营业执照号 shopid storeid \
             poiid osmid fullid gid objectid fid")
        .key(),
    Field::new("name", "text shown on the map", "名称")
        .needed()
        .or("店名 商铺名称 店铺名称 商户名称 门店名称 字号 招牌 名字 shopname storename poiname label title"),
    Field::new("category", "what it sells or does, in any words", "业态")
        .or("类别 类型 经营类型 经营类别 经营范围 行业 行业类别 主营 分类 shop shoptype kind type class tag"),
    Field::new("hours", "when it is open, such as Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00", "营业时间")
        .or("开放时间 营业时段 经营时间 openinghours openhours opening businesshours open")
        .fits(|cell| cell.text().parse::<OpeningHours>().is_ok_and(|hours| hours.is_known())),
    Field::new("household", "the id of the door it is behind", "户编号")
        .or("门户编号 房屋编号 房屋编码 户号 householdid doorid door houseid")
        .fits(is_code),
    Field::new("address", "where it is, in one text", "地址").or("详细地址 经营地址 经营场所 店铺地址 商铺地址 addr location addrfull"),
];

/// Shops.
pub(super) struct Shops;

impl Kind for Shops {
    fn kind(&self) -> RowKind {
        RowKind::Shops
    }

    fn shape(&self) -> ShapeNeed {
        ShapeNeed::Point
    }

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault> {
        let hours = values.cell(HOURS).text().parse().map_err(|error| values.fault(HOURS, error))?;
        Ok(ImportRow::Shop(ShopRow {
            id: values.needed_key(ID)?.into_owned(),
            name: values.needed_text(NAME)?.into_owned(),
            category: values.text(CATEGORY)?.into_owned(),
            at: values.point("a shop")?,
            household: values.key(HOUSEHOLD)?.map(|key| key.into_owned()),
            hours,
            address: values.text(ADDRESS)?.into_owned(),
        }))
    }

    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>) {
        let ImportRow::Shop(row) = row else { return (Vec::new(), None) };
        let cells = vec![
            Cell::Text(row.id.clone()),
            Cell::Text(row.name.clone()),
            optional(&row.category),
            optional(&row.hours.to_string()),
            optional(row.household.as_deref().unwrap_or("")),
            optional(&row.address),
        ];
        (cells, Some(RawShape::Point(position::raw(row.at))))
    }
}
