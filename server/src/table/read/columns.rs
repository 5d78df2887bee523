//! Names of columns that a table's own first row gives: none empty, none twice.

/// Names with the empty ones numbered and repeated ones told apart, and a note for each that was changed.
pub(in crate::table) fn named_apart(given: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut names: Vec<String> = Vec::with_capacity(given.len());
    let mut taken: std::collections::HashSet<String> = given.iter().map(|name| name.trim().to_owned()).collect();
    let mut seen = std::collections::HashSet::new();
    let mut notes = Vec::new();
    for (index, name) in given.into_iter().enumerate() {
        let name = name.trim();
        if !name.is_empty() && seen.insert(name.to_owned()) {
            names.push(name.to_owned());
            continue;
        }
        let stem = if name.is_empty() { format!("column {}", index + 1) } else { name.to_owned() };
        let first = if name.is_empty() { 1 } else { 2 };
        let free = (first..).map(|n| if n == 1 { stem.clone() } else { format!("{stem} {n}") });
        let chosen = free.take(names.len() + 3).find(|name| !taken.contains(name)).unwrap_or_default();
        if !name.is_empty() {
            notes.push(format!("column {} is named {name:?} as another is; it is called {chosen:?} here", index + 1));
        }
        taken.insert(chosen.clone());
        names.push(chosen);
    }
    (names, notes)
}

#[cfg(test)]
mod tests {
    use super::named_apart;

    #[test]
    fn names_are_told_apart_and_none_is_empty() {
        let given = ["name", "", "name", "name 2", " name ", ""].map(String::from).to_vec();
        let (names, notes) = named_apart(given);
        assert_eq!(names, ["name", "column 2", "name 3", "name 2", "name 4", "column 6"]);
        assert_eq!(notes.len(), 2);
        assert_eq!(notes[0], "column 3 is named \"name\" as another is; it is called \"name 3\" here");
    }
}
