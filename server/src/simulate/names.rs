//! Names: believable and invented, each kind of place with its own stems, each name given once.

use super::random::Dice;
use super::recipe::Recipe;
use std::collections::HashSet;
use wangge_core::domain::feature::RoadClass;

/// Gives names, none twice.
pub struct Namer<'a> {
    recipe: &'a Recipe,
    dice: Dice,
    given: HashSet<String>,
}

impl<'a> Namer<'a> {
    /// A namer of a seed.
    pub fn new(recipe: &'a Recipe, seed: u64) -> Self {
        Self { recipe, dice: Dice::new(seed, 0x4E41_4D45), given: HashSet::new() }
    }

    /// A name made by `make` that was not given yet; after many tries one with a number.
    fn fresh(&mut self, make: impl Fn(&mut Dice) -> String) -> String {
        for _ in 0..60 {
            let name = make(&mut self.dice);
            if self.given.insert(name.clone()) {
                return name;
            }
        }
        let name = make(&mut self.dice);
        let numbered = (2..).map(|n| format!("{name}{}", numeral(n))).find(|n| !self.given.contains(n));
        let name = numbered.unwrap_or(name);
        self.given.insert(name.clone());
        name
    }

    /// A subdistrict (街道) or, at the rim, a town (镇).
    pub fn subdistrict(&mut self, town: bool) -> String {
        let names = &self.recipe.names;
        let (stems, ending) = if town { (&names.towns, "镇") } else { (&names.subdistricts, "街道") };
        self.fresh(|dice| format!("{}{ending}", chosen(dice, stems)))
    }

    /// Stem of a community or, at the rim, a village; without the ending.
    pub fn community(&mut self, village: bool) -> String {
        let names = &self.recipe.names;
        if village {
            return self.fresh(|dice| {
                let stem = chosen(dice, &names.villages);
                // Large districts use up the list: the rest are upper, lower, new … of those.
                let prefix = ["上", "下", "新", "东", "西"][dice.below(5)];
                if dice.chance(0.7) || stem.starts_with(prefix) { stem.to_owned() } else { format!("{prefix}{stem}") }
            });
        }
        self.fresh(|dice| two_characters(dice, names))
    }

    /// A compound; towers have the newer kind of name.
    pub fn compound(&mut self, towers: bool) -> String {
        let names = &self.recipe.names;
        let endings = if towers { &names.tower_endings } else { &names.compound_endings };
        self.fresh(|dice| format!("{}{}", two_characters(dice, names), chosen(dice, endings)))
    }

    /// A street of a class, as long as it is.
    pub fn street(&mut self, class: RoadClass, length_m: f64) -> String {
        let names = &self.recipe.names;
        match class {
            RoadClass::Primary if length_m > 1_500.0 => {
                self.fresh(|dice| format!("{}大道", two_characters(dice, names)))
            }
            RoadClass::Primary | RoadClass::Secondary => {
                self.fresh(|dice| format!("{}路", two_characters(dice, names)))
            }
            RoadClass::Tertiary => {
                self.fresh(|dice| format!("{}{}", two_characters(dice, names), chosen(dice, &names.street_endings)))
            }
            RoadClass::Residential => self
                .fresh(|dice| format!("{}{}", two_characters(dice, names), chosen(dice, &names.residential_endings))),
            RoadClass::Lane | RoadClass::Footway => {
                self.fresh(|dice| format!("{}{}", chosen(dice, &names.lane_stems), chosen(dice, &names.lane_endings)))
            }
        }
    }

    /// A park.
    pub fn park(&mut self, large: bool) -> String {
        let names = &self.recipe.names;
        if large {
            self.fresh(|dice| chosen(dice, &names.parks).to_owned())
        } else {
            self.fresh(|dice| format!("{}{}", two_characters(dice, names), ["口袋公园", "游园", "广场"][dice.below(3)]))
        }
    }

    /// A place named by one of some endings.
    pub fn with_ending(&mut self, endings: &[String]) -> String {
        let names = &self.recipe.names;
        self.fresh(|dice| format!("{}{}", two_characters(dice, names), chosen(dice, endings)))
    }
}

fn chosen<'l>(dice: &mut Dice, list: &'l [String]) -> &'l str {
    dice.pick(list).map_or("", String::as_str)
}

fn two_characters(dice: &mut Dice, names: &super::recipe::Names) -> String {
    let first = chosen(dice, &names.stems_first);
    let mut second = chosen(dice, &names.stems_second);
    if second == first {
        second = chosen(dice, &names.stems_second);
    }
    format!("{first}{second}")
}

/// Chinese numeral of 1..=99, such as 二十三; larger numbers in digits.
pub fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match n {
        1..=9 => DIGITS[n].to_owned(),
        10..=19 => format!("十{}", DIGITS[n - 10]),
        20..=99 => format!("{}十{}", DIGITS[n / 10], DIGITS[n % 10]),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_compounds_have_ten_thousand_names() {
        let recipe = Recipe::built_in().unwrap();
        let mut namer = Namer::new(&recipe, 1);
        let names: HashSet<String> = (0..10_000).map(|i| namer.compound(i % 2 == 0)).collect();
        assert_eq!(names.len(), 10_000);
    }

    #[test]
    fn numerals_read_as_in_chinese() {
        assert_eq!([1, 10, 11, 20, 99, 100].map(numeral), ["一", "十", "十一", "二十", "九十九", "100"]);
    }
}
