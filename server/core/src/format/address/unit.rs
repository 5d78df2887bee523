//! The numbered part at the end of a Chinese address: a number and the word that says what it counts.

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// 号楼, 栋, 幢, 座: one of several buildings.
    Building,
    /// 号: a house on a street; after a building, a door.
    House,
    /// 单元: a stair.
    Stair,
    /// 门, 梯: a stair, where a building stands before it.
    Entry,
    /// 层: a floor.
    Floor,
    /// 楼, F: a floor, where a building stands before it.
    Storey,
    /// 室, 房, 户, 摊: a door.
    Door,
}

/// A numbered part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    /// What its number counts.
    pub(super) counts: Counts,
    /// All of it.
    pub(super) text: &'a str,
    /// Its number, without the word.
    pub(super) number: &'a str,
    /// Whether the word after the number is only a form, as in `501室`.
    pub(super) plain: bool,
}

/// Longest first, so that 号楼 is not read as 楼.
const WORDS: [(&str, Counts); 12] = [
    ("号商铺 号铺面 号摊位", Counts::Door),
    ("号楼 號樓 号樓 号厅 號廳 号馆 #楼", Counts::Building),
    ("单元 單元", Counts::Stair),
    ("号室 號室 号房 號房 号户 号摊 号铺 号店 号档", Counts::Door),
    ("号门 號門 号梯", Counts::Entry),
    ("楼层", Counts::Floor),
    ("栋 棟 幢 座 #", Counts::Building),
    ("号 號", Counts::House),
    ("门 門 梯", Counts::Entry),
    ("层 層", Counts::Floor),
    ("楼 樓 F", Counts::Storey),
    ("室 房 户 戶", Counts::Door),
];

/// The last characters of the words: most texts end in none of them.
const ENDS: &str = "铺面位楼樓厅廳馆元室房户摊店档门門梯层栋棟幢座#号號層F戶";

/// What a house number in Chinese numerals stands behind; elsewhere, as in 长江一号, it is part of a name.
const WAYS: &str = "路街道巷弄里村组段院坊屯胡同";
/// Marks before a number that make it one of several.
const SEVERAL: &str = "、/&~至和与及或到.:;";

/// The unit a text ends with, and the text before it.
pub(super) fn last(text: &str) -> Option<(&str, Unit<'_>)> {
    let (body, branch) = branch(text);
    body.chars().next_back().filter(|end| ENDS.contains(*end))?;
    let mut words = WORDS.iter().flat_map(|(words, counts)| words.split(' ').map(move |word| (word, counts)));
    words.find_map(|(word, counts)| {
        let numbered = body.strip_suffix(word)?;
        // 三座 is a name, 3座 a building.
        if word == "座" && numbered.ends_with(is_numeral) {
            return None;
        }
        let (before, number) = number_at_end(numbered, *counts)?;
        let (before, counts) = match *counts {
            Counts::Storey if number.starts_with(|c: char| c.is_ascii_alphabetic()) && word != "F" => {
                (before, Counts::Building)
            }
            // 12号附3号 is one house number.
            Counts::House if before.ends_with('附') => {
                let (outer, house) = last(before.strip_suffix('附')?)?;
                (house.counts == Counts::House).then_some((outer, Counts::House))?
            }
            counts => (before, counts),
        };
        let branched = branch.is_empty() || matches!(counts, Counts::House | Counts::Storey | Counts::Building);
        let alone = !before.ends_with(|c| SEVERAL.contains(c)) && fits(before, number, counts);
        let plain = branch.is_empty() && matches!(word, "室" | "房" | "号室" | "号房" | "號室" | "號房");
        (branched && alone).then(|| (before, Unit { counts, text: &text[before.len()..], number, plain }))
    })
}

/// Whether a number can count such things behind such a text.
fn fits(before: &str, number: &str, counts: Counts) -> bool {
    let numerals = number.starts_with(is_numeral);
    match counts {
        Counts::House => !numerals || before.ends_with(|c| WAYS.contains(c)),
        Counts::Door => !numerals || number.chars().count() > 1,
        _ => true,
    }
}

/// The text without `之3` or `-3` behind its last word, and that branch.
fn branch(text: &str) -> (&str, &str) {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    let body = head.strip_suffix('之').or_else(|| {
        // 12号-3 is a branch of a house, 12号-501 a door in it.
        head.strip_suffix('-').filter(|b| b.ends_with(['号', '號']) && text.len() - head.len() <= 2)
    });
    match body {
        Some(body) if head.len() < text.len() => (body, &text[body.len()..]),
        _ => (text, ""),
    }
}

/// The number a text ends with, as it can stand before such a word, and the text before it.
fn number_at_end(text: &str, counts: Counts) -> Option<(&str, &str)> {
    let last = text.chars().next_back()?;
    let start = if last.is_ascii_alphanumeric() {
        ascii_number(text)?
    } else if is_numeral(last) {
        text.trim_end_matches(is_numeral)
    } else if is_cyclic(last) && matches!(counts, Counts::Building | Counts::Stair) {
        text.strip_suffix(last)?
    } else if is_side(last) && counts == Counts::Stair {
        Some(text.trim_end_matches(is_side)).filter(|start| text.len() - start.len() <= 6)?
    } else {
        return None;
    };
    let start = match counts {
        Counts::Floor | Counts::Storey => below(start),
        Counts::Stair => start.strip_suffix(is_side).unwrap_or(start),
        Counts::House | Counts::Building => start.strip_suffix(is_cyclic).unwrap_or(start),
        _ => start,
    };
    Some(text.split_at(start.strip_suffix('第').unwrap_or(start).len()))
}

/// Text before a number of letters and digits at the end: `12`, `A12`, `12B`, `12-3`, `A`.
fn ascii_number(text: &str) -> Option<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let word = &text[text.trim_end_matches(is_word).len()..];
    let before = &text[..text.len() - word.len()];
    if !word.contains(|c: char| c.is_ascii_digit()) {
        return (word.len() == 1).then_some(before);
    }
    let tail = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let letters = tail.trim_end_matches(|c: char| c.is_ascii_digit());
    if word.len() - tail.len() > 1 || tail.len() - letters.len() > 6 {
        return None;
    }
    match letters {
        // 12-3号: a house and its branch.
        "" => {
            let head = before.strip_suffix('-').map(|b| (b, b.trim_end_matches(|c: char| c.is_ascii_digit())));
            match head {
                Some((b, h)) if h.len() < b.len() && !h.ends_with('-') => Some(h),
                _ => Some(before),
            }
        }
        letters if letters.len() <= 2 && letters.bytes().all(|b| b.is_ascii_alphabetic()) => Some(before),
        // SOHO3号楼: the letters are a name.
        _ => Some(&text[..before.len() + letters.len()]),
    }
}

/// Text before the sign that makes a floor lie below the ground. A dash is that sign only where it separates nothing.
fn below(start: &str) -> &str {
    let sign = ["负", "負", "地下", "B"].into_iter().find_map(|sign| start.strip_suffix(sign));
    let dash = || start.strip_suffix('-').filter(|s| s.is_empty() || s.ends_with(' '));
    sign.or_else(dash).unwrap_or(start)
}

/// 甲, 乙, 丙, …: the heavenly stems count buildings.
fn is_cyclic(c: char) -> bool {
    "甲乙丙丁戊己庚辛".contains(c)
}

fn is_side(c: char) -> bool {
    "东西南北中東".contains(c)
}

/// Whether it is a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百廿两".contains(c)
}

/// Floor of a number before 层 or 楼; below the ground it is negative.
pub(super) fn floor(number: &str) -> Option<i16> {
    let upper = ["负", "負", "地下", "-", "B"].into_iter().find_map(|sign| number.strip_prefix(sign));
    let digits = upper.unwrap_or(number);
    let digits = digits.strip_prefix('第').unwrap_or(digits);
    let count: i16 = digits.parse().ok().or_else(|| numeral_value(digits))?;
    (1..200).contains(&count).then_some(if upper.is_some() { -count } else { count })
}

/// 十二 is 12, 二十 is 20, 一〇三 is 103.
fn numeral_value(text: &str) -> Option<i16> {
    let digit = |c: char| "〇一二三四五六七八九".chars().zip(0i16..).find(|(d, _)| *d == c).map(|(_, n)| n);
    if !text.contains('十') {
        let number = text.chars().map(|c| digit(if c == '零' { '〇' } else { c }));
        return number.reduce(|a, b| a?.checked_mul(10)?.checked_add(b?)).flatten();
    }
    let (tens, ones) = text.split_once('十')?;
    let of = |part: &str, none: i16| match (part.chars().next(), part.chars().nth(1)) {
        (None, _) => Some(none),
        (Some(c), None) => digit(c),
        _ => None,
    };
    Some(of(tens, 1)? * 10 + of(ones, 0)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_ends_in_a_character_that_is_looked_for() {
        for word in WORDS.iter().flat_map(|(words, _)| words.split(' ')) {
            assert!(word.ends_with(|c| ENDS.contains(c)), "{word}");
        }
    }
}
