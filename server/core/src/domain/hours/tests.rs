//! Text to hours and back, in both languages.

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> OpeningHours {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn canonical(text: &str) -> String {
    read(text).to_string()
}

#[test]
fn the_forms_people_write_become_one_text() {
    let cases = [
        ("Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00", "Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00"),
        ("周一至周五 8:00-20:00", "Mo-Fr 08:00-20:00"),
        ("周一至五8：00—20：00；周六日９点-１８点半", "Mo-Fr 08:00-20:00; Sa,Su 09:00-18:30"),
        ("星期一、星期三 8:30～12:00，14:00～18:00", "Mo,We 08:30-12:00,14:00-18:00"),
        ("营业时间：每天 7时30分到22时", "07:30-22:00"),
        ("工作日 9:00-17:00；周末休息", "Mo-Fr 09:00-17:00"),
        ("24/7", "24/7"),
        ("24小时", "24/7"),
        ("00:00-24:00", "24/7"),
        ("18:00-02:00", "18:00-02:00"),
        ("18:00-次日2:00", "18:00-02:00"),
        ("Fr,Sa 18:00-26:00", "Fr,Sa 18:00-02:00"),
        ("上午9:00-下午5:30", "09:00-17:30"),
        ("Monday-Saturday 9am-5:30 pm", "Mo-Sa 09:00-17:30"),
        ("08:00-20:00; We off", "Mo,Tu,Th-Su 08:00-20:00"),
        ("Sa-Mo 10:00-16:00", "Mo,Sa,Su 10:00-16:00"),
        ("Mo 08:00-12:00, Mo-We 14:00-18:00", "Mo 08:00-12:00,14:00-18:00; Tu,We 14:00-18:00"),
        ("off", "off"),
        ("", ""),
        ("  ", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn past_midnight_belongs_to_the_day_it_began() {
    let hours = read("Fr 18:00-02:00");
    assert_eq!(hours.intervals(Weekday::Friday), [(1080, 1560)]);
    assert_eq!(hours.intervals(Weekday::Saturday), []);
    assert_eq!(hours.is_open(Weekday::Saturday, 60), Some(true));
    assert_eq!(hours.is_open(Weekday::Saturday, 120), Some(false));
    assert_eq!(hours.is_open(Weekday::Friday, 60), Some(false));
    assert_eq!(OpeningHours::default().is_open(Weekday::Friday, 60), None);
}

#[test]
fn what_cannot_be_kept_is_refused_in_words() {
    let message = |text: &str| text.parse::<OpeningHours>().unwrap_err().to_string();
    assert!(message("Mo-Fr whenever").contains("\"whenever\" is not understood; hours are written like Mo-Fr"));
    assert!(message("PH off").contains("\"PH\" is not kept here"));
    assert!(message("Mo 25:70-26:00").contains("\"25:70-26\" is no time of day"));
    assert!(message("Mo 8-20").contains("is no time of day"));
    assert!(message("Mo-Fr").contains("a time is missing"));
    assert!(message("Mo- 08:00-09:00").contains("the last day of a range is missing"));
    assert!(message("08:00").contains("the end of an interval is missing"));
    assert!(message("08:00-40:00").contains("08:00-40:00 is longer than a day"));
    assert!(message("08:00-12:00,11:00-13:00").contains("11:00 begins before the interval before it ends"));
    assert!(message(&"Mo ".repeat(200)).contains("of 600 characters"));
}

fn any_hours() -> impl Strategy<Value = OpeningHours> {
    let day = prop::collection::btree_set(0u16..DAY, 0..7).prop_map(|bounds| {
        let bounds: Vec<u16> = bounds.into_iter().collect();
        let mut day: Vec<Interval> = bounds.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        // An odd last bound opens past midnight, up to the first opening of the day.
        if let [.., last] = bounds[..]
            && bounds.len() % 2 == 1
        {
            day.push((last, last + DAY - (last - bounds[0]).min(DAY - 1)));
        }
        day
    });
    prop::option::of(prop::array::uniform7(day)).prop_map(|days| OpeningHours { days: days.map(Box::new) })
}

proptest! {
    #[test]
    fn hours_survive_their_text(hours in any_hours()) {
        let text = hours.to_string();
        prop_assert_eq!(&read(&text), &hours, "{}", text);
        prop_assert_eq!(canonical(&text), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([A-Za-z]{0,3}|[0-9:]{0,6}|[-,;~ ]|[周一五至日休]){0,14}") {
        if let Ok(hours) = text.parse::<OpeningHours>() {
            prop_assert_eq!(read(&hours.to_string()), hours);
        }
    }
}
