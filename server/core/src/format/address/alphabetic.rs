//! Addresses in Latin and Cyrillic letters: parts between commas, or a street with its house number at one end.

use crate::domain::household::Address;

/// Words before or behind the number of a door.
const DOORS: &str = "кв кв. квартира офис оф. ком. комната пом. flat apt apt. apartment unit suite room rm ste";
/// Words before or behind the number of a stair.
const STAIRS: &str = "подъезд подьезд под. entrance staircase stair stairway";
/// Words before or behind the number of a floor.
const FLOORS: &str = "этаж эт. floor fl fl. level";
/// Words before a house number that only say that it is one.
const HOUSES: &str = "дом д. no. no №";
/// Words between numbers of a house that has several.
const WINGS: &str = "к к. корпус корп. кор. стр стр. строение литера лит. блок block bldg building секция владение";
/// What ends the name of an English street.
const STREETS: &str = "\
    street st st. road rd rd. avenue ave ave. lane ln drive dr boulevard blvd way place square court terrace \
    highway row close quay";
/// Words that are no name without the number beside them: the street is called by it.
const NUMBERED: &str = "\
    улица ул. переулок проспект шоссе микрорайон мкр мкр. квартал трасса highway route hwy road street";
/// Words that are followed by a number of their own.
const BEFORE_NUMBERS: &str = "микрорайон мкр мкр. квартал трасса highway route hwy №";

/// Parts of a folded text; none when it cannot be told what they are.
pub(super) fn parse(text: &str) -> Option<Address> {
    let mut segments: Vec<&str> = text.split(',').map(str::trim).collect();
    if segments.iter().any(|segment| segment.is_empty()) {
        return None;
    }
    let mut address = Address::default();
    while let [_, .., last] = segments.as_slice() {
        if worded(last, DOORS).is_some() && address.door.is_empty() {
            address.door = (*last).to_owned();
        } else if let Some(number) = worded(last, FLOORS).filter(|_| address.floor == 0) {
            let digits = number.trim_end_matches(|c: char| c.is_alphabetic() || c == '-');
            address.floor = digits.parse().ok().filter(|floor| *floor != 0)?;
        } else if worded(last, STAIRS).is_some() && address.stair.is_empty() {
            address.stair = (*last).to_owned();
        } else {
            break;
        }
        segments.pop();
    }
    let houses = segments.iter().skip(1).rev().take_while(|segment| is_house(segment)).count();
    let (place, house) = segments.split_at(segments.len() - houses);
    (address.place, address.building) = match (place, house) {
        (place, [_, ..]) => (place.join(", "), house.join(", ")),
        ([street], []) => number_first(street).or_else(|| number_last(street))?,
        ([street, rest @ ..], []) => {
            // A town before the street: only the last part can hold the number.
            let (last, before) = rest.split_last()?;
            let (place, house) = number_first(last).or_else(|| number_last(last))?;
            let before: Vec<&str> = std::iter::once(*street).chain(before.iter().copied()).collect();
            (format!("{}, {place}", before.join(", ")), house)
        }
        _ => return None,
    };
    Some(address)
}

/// The number beside one of the words, when there is nothing else: `кв. 5`, `flat 3b`, `3 подъезд`.
fn worded<'a>(segment: &'a str, words: &str) -> Option<&'a str> {
    let is_number = |token: &str| token.len() <= 8 && token.contains(|c: char| c.is_ascii_digit());
    let is_word = |token: &str| has(words, token);
    match segment.split(' ').collect::<Vec<_>>()[..] {
        [first, second] if is_word(first) && is_number(second) => Some(second),
        [first, second] if is_number(first) && is_word(second) => Some(first),
        // кв.5
        [one] => {
            let (word, number) = one.split_at(one.find('.')? + 1);
            (is_word(word) && is_number(number)).then_some(number)
        }
        _ => None,
    }
}

/// Whether a part between commas is a house number: `2/1`, `31а`, `дом 5`, `58а корпус 1`.
fn is_house(segment: &str) -> bool {
    let mut tokens = segment.split(' ').peekable();
    if tokens.peek().is_some_and(|first| has(HOUSES, first)) {
        tokens.next();
    }
    tokens.next().is_some_and(is_number) && tokens.all(is_wing)
}

/// A number with at most two letters around it: `12`, `4/3`, `26к1`, `а5`, `5/А`, `№7`.
fn is_number(token: &str) -> bool {
    let token = token.strip_prefix('№').unwrap_or(token);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let fits = token.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '\''));
    let lead = token.split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
    fits && token.contains(|c: char| c.is_ascii_digit()) && letters(lead) <= 1 && letters(token) <= 2
}

/// What may follow a house number: a letter, another number, `корпус`, `стр.1`.
fn is_wing(token: &str) -> bool {
    let word = token.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_letter = token.chars().count() == 1 && token.chars().all(char::is_alphabetic);
    is_letter || is_number(token) || has(WINGS, word)
}

/// `12 Baker Street`: a house number before a street of Latin letters.
fn number_first(text: &str) -> Option<(String, String)> {
    let (house, street) = text.split_once(' ')?;
    let named = street.rsplit_once(' ').is_some_and(|(_, last)| has(STREETS, last));
    let latin = text.is_ascii() && house.starts_with(|c: char| c.is_ascii_digit()) && is_number(house);
    let is_order = ["st", "nd", "rd", "th"].iter().any(|ending| house.ends_with(ending));
    (latin && named && !is_order).then(|| (street.to_owned(), house.to_owned()))
}

/// `проспект Нургисы Тлендиева 54`: a street and its house number, which may go on with a letter or a wing.
fn number_last(text: &str) -> Option<(String, String)> {
    let tokens: Vec<&str> = text.split(' ').collect();
    let wings = tokens.iter().rev().take_while(|token| is_wing(token) || is_number(token)).count();
    let (street, house) = tokens.split_at(tokens.len() - wings);
    let digit_first = house.first().is_some_and(|first| is_number(first) && first.starts_with(char::is_numeric));
    (digit_first && is_name(street)).then(|| (street.join(" "), house.join(" ")))
}

/// Whether words name a street without a number behind them: not `улица`, `улица Е` or `неим.`
fn is_name(words: &[&str]) -> bool {
    let Some(last) = words.last() else { return false };
    let is_short = last.chars().count() <= 4 && last.chars().all(char::is_uppercase);
    let alone = words.len() == 1 && has(NUMBERED, last);
    let inside = [DOORS, STAIRS, FLOORS, BEFORE_NUMBERS].iter().any(|words| has(words, last));
    !is_short && !alone && !last.ends_with('.') && !inside
}

/// Whether a word is one of a list, however it is capitalised.
fn has(words: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    words.split(' ').any(|w| w == word)
}
