//! Columns that say something about a person: never taken, and named where the mapping is shown.
//!
//! The log cannot forget, so names, phone numbers and papers of people do not come in through it.

use super::plain::plain;

/// Words for a person's papers and ways to reach them, in any kind.
const CONTACTS: &str = "电话 手机 手机号 电话号码 手机号码 联系方式 联系电话 座机 身份证 身份证号 身份证号码 证件号 \
    证件号码 微信 微信号 qq 邮箱 出生日期 生日 phone tel telephone mobile cellphone cell email mail idcard \
    idnumber nationalid wechat birthday dateofbirth birthdate";
/// Words for a person.
const PEOPLE: &str = "联系人 姓名 户主 户主姓名 业主 业主姓名 房东 租客 承租人 法人 法人代表 法定代表人 经营者 经营者姓名 \
    负责人 负责人姓名 责任人 网格员姓名 民警姓名 网格长 网格长姓名 contact contactperson householder fullname \
    firstname lastname surname";

/// Whether a column, by its name, says something about a person. Where rows are people's homes or posts, `name` and
/// 名字 do, too.
pub fn is_personal(column: &str, rows_are_of_people: bool) -> bool {
    let column = plain(column);
    let has = |words: &str| words.split_whitespace().any(|word| word == column);
    let endings = ["电话", "手机", "手机号", "身份证号", "身份证", "姓名", "phone", "mobile"];
    has(CONTACTS)
        || has(PEOPLE)
        || endings.iter().any(|ending| column.ends_with(ending))
        || rows_are_of_people && has("name 名字 名称 人名")
}
