//! Households: doors with an address.

use super::field::{Field, FieldFault, ShapeNeed};
use super::made::{Made, MadeDoor, Words};
use super::{Kind, Values, folded_text, made_id, number, optional, position, word};
use crate::table::write::ColumnKind;
use crate::table::{Cell, RawShape};
use std::borrow::Cow;
use wangge_core::domain::{
    household::{Address, HouseholdKind},
    row::{ImportRow, RowKind},
};
use wangge_core::format::address;

const ID: usize = 0;
const KIND: usize = 1;
const RESIDENTS: usize = 2;
const PLACE: usize = 3;
const BUILDING: usize = 4;
const STAIR: usize = 5;
const FLOOR: usize = 6;
const DOOR: usize = 7;
const ADDRESS: usize = 8;

static FIELDS: [Field; 9] = [
    Field::new("id", "an id of up to 64 characters without spaces; made of the address when absent", "户编号")
        .or("户id 门户编号 房屋编号 房屋编码 房屋id 房屋代码 住户编号 住户编码 户号 地址编码 标准地址编码 编号 编码 \
             householdid houseid doorid addressid osmid fullid uuid guid code gid objectid fid")
        .key(),
    Field::new("kind", "home, rental or shop; home when absent", "房屋性质")
        .or("房屋类型 房屋用途 用途 使用性质 居住类型 居住性质 住户类型 户类型 类型 性质 usage householdtype householdkind \
             tenure type")
        .known_by(|cell| word::is_word(cell, &KINDS)),
    Field::new("residents", "how many people are registered there, 0 when absent", "常住人口")
        .or("居住人数 人口数 人数 人口 居民数 实有人口 户籍人口 家庭人口 居住人口 population persons people inhabitants \
             householdsize")
        .column(ColumnKind::Integer)
        .fits(|cell| number::integer(cell).is_some_and(|n| (0..=i64::from(u16::MAX)).contains(&n))),
    Field::new("place", "street or compound", "小区或街路")
        .or("小区名称 小区名 小区 楼盘名称 楼盘 院落名称 院落 街路巷名称 街路巷 道路名称 路名 街道名 自然村 村庄 村名 地名 \
             compound estate street streetname addrstreet road roadname village"),
    Field::new("building", "building or house number, such as 3号楼 or 12/4", "楼栋")
        .or("楼栋号 楼栋名称 楼号 栋号 幢号 座号 楼幢号 楼幢 栋 幢 楼 门牌号 门牌 housenumber houseno addrhousenumber \
             buildingnumber buildingno buildingname bldg house block")
        .fits(is_building),
    Field::new("stair", "stair, such as 2单元", "单元").or("单元号 单元名称 梯号 梯 staircase stairway entrance unit unitno"),
    Field::new("floor", "floor, a whole number, below the ground negative", "楼层")
        .or("所在楼层 所在层 层 floorno storey floornumber")
        .column(ColumnKind::Integer)
        .fits(|cell| floor(cell).is_some()),
    Field::new("door", "door, such as 501", "房号")
        .or("室号 房间号 户室号 户室 房门号 门户号 房屋号 门号 室 摊位号 doornumber doorno room roomno flat flatno apartment \
             apartmentno apt"),
    Field::new("address", "the whole address in one text; fills the parts that have no column", "详细地址")
        .or("地址 标准地址 房屋地址 门牌地址 完整地址 居住地址 现住址 住址 家庭住址 房屋坐落 坐落 地址全称 fulladdress addressfull \
             addrfull addr location")
        .known_by(is_address),
];

static KINDS: [(HouseholdKind, &str, &str); 3] = [
    (HouseholdKind::Home, "home", "住户 自住 自有 自住房 住宅 居民 民居 住房 常住 residential owner owned house"),
    (HouseholdKind::Rental, "rental", "出租 出租屋 出租房 租赁 租住 租户 租赁房 rent rented tenant let leased"),
    (HouseholdKind::Shop, "shop", "商铺 商户 店铺 店面 门店 商店 门面 商用 商业 沿街商铺 store commercial retail"),
];

/// Households.
pub(super) struct Households;

impl Kind for Households {
    fn kind(&self) -> RowKind {
        RowKind::Households
    }

    fn shape(&self) -> ShapeNeed {
        ShapeNeed::Point
    }

    fn fields(&self) -> &'static [Field] {
        &FIELDS
    }

    fn is_of_people(&self) -> bool {
        true
    }

    fn key_made(&self) -> Option<&'static str> {
        Some("made of place, building, stair and door")
    }

    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault> {
        self.made(values).map(Made::into_row)
    }

    fn made<'a>(&self, values: &Values<'a>) -> Result<Made<'a>, FieldFault> {
        let given = values.key(ID)?;
        let kind = values.word(KIND, &KINDS)?.unwrap_or_default();
        let residents = values.integer(RESIDENTS, 0..=i64::from(u16::MAX))?.unwrap_or(0) as u16;
        let words = address(values)?;
        let (id, words) = match given {
            Some(id) => (id, words),
            None => {
                let address = words.into_address();
                (Cow::Owned(made_id(values, &address)?), Words::of(address))
            }
        };
        let at = values.point("a door")?;
        Ok(Made::Door(MadeDoor { id, at, kind, residents, words }))
    }

    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>) {
        let ImportRow::Household(row) = row else { return (Vec::new(), None) };
        let address = &row.address;
        let cells = vec![
            Cell::Text(row.id.clone()),
            Cell::Text(row.kind.id().to_owned()),
            Cell::Integer(row.residents.into()),
            optional(&address.place),
            optional(&address.building),
            optional(&address.stair),
            if address.floor == 0 { Cell::Empty } else { Cell::Integer(address.floor.into()) },
            optional(&address.door),
            Cell::Empty,
        ];
        (cells, Some(RawShape::Point(position::raw(row.at))))
    }
}

/// The address of its columns; what they leave open is taken out of the address in one text, when there is one.
fn address<'a>(values: &Values<'a>) -> Result<Words<'a>, FieldFault> {
    let cell = values.cell(FLOOR);
    let floor = match floor(cell) {
        Some(floor) => floor,
        None if cell.is_empty() => 0,
        None => values.integer(FLOOR, i64::from(i16::MIN)..=i64::from(i16::MAX))?.unwrap_or(0) as i16,
    };
    let mut words = Words {
        place: values.text(PLACE)?,
        building: values.text(BUILDING)?,
        stair: values.text(STAIR)?,
        floor,
        door: values.text(DOOR)?,
    };
    let text = values.text(ADDRESS)?;
    if !text.is_empty() {
        let mut address = words.into_address();
        fill(&mut address, &text);
        words = Words::of(address);
    }
    // The number of a door says its floor, unless the file has floors of its own.
    if words.floor == 0 && !values.is_mapped(FLOOR) && !(words.building.is_empty() && words.stair.is_empty()) {
        words.floor = address::floor_of_door(&words.door).unwrap_or(0);
    }
    Ok(words)
}

impl Words<'_> {
    fn of(address: Address) -> Self {
        let Address { place, building, stair, floor, door } = address;
        let [place, building, stair, door] = [place, building, stair, door].map(Cow::Owned);
        Self { place, building, stair, floor, door }
    }

    pub(super) fn into_address(self) -> Address {
        let Self { place, building, stair, floor, door } = self;
        let [place, building, stair, door] = [place, building, stair, door].map(Cow::into_owned);
        Address { place, building, stair, floor, door }
    }
}

/// Parts that are empty filled from an address in one text. A place of its own stays; what the text says of the place
/// besides is kept behind it, unless one stands in the other.
fn fill(address: &mut Address, text: &str) {
    let parsed = address::parse(text);
    let has_parts = !parsed.building.is_empty() || !parsed.door.is_empty();
    let place = &mut address.place;
    if place.is_empty() || !has_parts && parsed.place.contains(place.as_str()) {
        *place = parsed.place;
    } else if !place.contains(&parsed.place) && !parsed.place.contains(place.as_str()) {
        *place = format!("{place} {}", parsed.place);
    }
    for (part, parsed) in
        [(&mut address.building, parsed.building), (&mut address.stair, parsed.stair), (&mut address.door, parsed.door)]
    {
        if part.is_empty() {
            *part = parsed;
        }
    }
    if address.floor == 0 {
        address.floor = parsed.floor;
    }
}

/// The floor in a cell: a whole number, or in words such as 负一层.
fn floor(cell: &Cell) -> Option<i16> {
    let number = number::integer(cell).and_then(|number| i16::try_from(number).ok());
    number.or_else(|| if matches!(cell, Cell::Text(_)) { address::floor(&folded_text(cell)) } else { None })
}

/// Whether a value can name a building; the tag `building=yes` of OpenStreetMap does not.
fn is_building(cell: &Cell) -> bool {
    let text = cell.text();
    let letters = text.chars().count() <= 2 && !text.is_empty();
    letters || text.chars().any(|c| c.is_numeric() || matches!(c, '\u{3400}'..='\u{9FFF}'))
}

/// Whether a value is an address in one text.
fn is_address(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if !address::parse(text).building.is_empty())
}
