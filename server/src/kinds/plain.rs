//! One form of a word, however a person or program wrote it.

use wangge_core::format::address::folded;

/// Traditional characters of the words that occur in headers and lists, each before its simplified one.
const SIMPLIFIED: &str = "棟栋樓楼號号單单區区鄉乡鎮镇經经緯纬標标門门戶户類类編编碼码稱称級级層层數数開开結结業业\
    營营時时間间醫医電电話话負负責责員员崗岗隊队屬属圖图鋪铺舖铺長长東东處处鄰邻縣县實实種种質质產产證证聯联係系\
    點点終终動动寬宽網网學学務务樣样測测檢检監监溫温車车醫医療疗診诊園园綠绿圍围牆墙欄栏橋桥灣湾範范租租歷历\
    機机構构個个過过題题備备註注詳详細细";

/// A word in lower case, full-width signs narrow, traditional characters simplified, without spaces, `_`, `-`, `.` and
/// what stands in brackets behind it: `經度（°）` is `经度`, `House_Number` is `housenumber`.
pub fn plain(text: &str) -> String {
    let text = folded(text);
    let bare = match text.find(['(', '[', '{', '（', '【']) {
        Some(at) if at > 0 => &text[..at],
        _ => &text,
    };
    let mut out = String::with_capacity(bare.len());
    for c in bare.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.' | '*' | ':' | '@' | '"')) {
        out.extend(simplified(c).to_lowercase());
    }
    out
}

fn simplified(c: char) -> char {
    let mut pairs = SIMPLIFIED.chars();
    while let (Some(traditional), Some(simple)) = (pairs.next(), pairs.next()) {
        if traditional == c {
            return simple;
        }
    }
    c
}
