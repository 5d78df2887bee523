//! Well-known text as a tree: words, strings, numbers and what stands in their brackets. It knows no meaning.
//!
//! Source: OGC 18-010r7 (WKT 2), 12-063r5, and the older form of OGC 01-009 with ESRI's names.

/// A bracketed element, such as `UNIT["Meter",1.0]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    /// Its word, upper case.
    pub(super) word: String,
    /// What its brackets hold.
    pub(super) items: Vec<Item>,
}

/// One thing between commas.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A text in quotes.
    Text(String),
    /// A number.
    Number(f64),
    /// A bare word, such as `north`.
    Word(String),
    /// Another element.
    Element(Element),
}

/// Longest text read; the longest in the registry is under 5,000.
const LONGEST: usize = 65_536;
/// Deepest nesting read; WKT 2 needs 7.
const DEEPEST: usize = 24;

impl Element {
    /// Reads one element and nothing behind it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("it is {} bytes long; at most {LONGEST} are read", text.len()));
        }
        let mut reader = Reader { text, at: 0 };
        match reader.item(0)? {
            Item::Element(element) => {
                reader.skip_space();
                let rest = &text[reader.at..];
                let is_end = rest.trim_matches(['\0', '\u{feff}', ' ']).is_empty();
                if is_end {
                    Ok(element)
                } else {
                    Err(format!("something stands behind its end, at byte {}", reader.at))
                }
            }
            _ => Err("it is no well-known text; that begins like PROJCS[\"…\"".to_owned()),
        }
    }

    /// The first text: the element's name.
    pub(super) fn name(&self) -> &str {
        match self.items.first() {
            Some(Item::Text(name)) => name,
            _ => "",
        }
    }

    /// The numbers among its items, in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        self.items.iter().filter_map(|item| if let Item::Number(number) = item { Some(*number) } else { None })
    }

    /// Elements directly within, by any of some words.
    pub(super) fn all<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = &'a Self> + 'a {
        self.items.iter().filter_map(move |item| match item {
            Item::Element(element) if words.contains(&element.word.as_str()) => Some(element),
            _ => None,
        })
    }

    /// The first of them.
    pub(super) fn one<'a>(&'a self, words: &'a [&str]) -> Option<&'a Self> {
        self.all(words).next()
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn item(&mut self, depth: usize) -> Result<Item, String> {
        self.skip_space();
        if depth > DEEPEST {
            return Err(format!("brackets are nested deeper than {DEEPEST} at byte {}", self.at));
        }
        match self.peek() {
            Some('"') => self.quoted().map(Item::Text),
            Some(c) if c.is_ascii_digit() || matches!(c, '+' | '-' | '.') => self.number().map(Item::Number),
            Some(c) if c.is_ascii_alphabetic() => self.word_or_element(depth),
            Some(c) => Err(format!("{c:?} at byte {} begins neither a word, a text nor a number", self.at)),
            None => Err("it ends in the middle".to_owned()),
        }
    }

    fn word_or_element(&mut self, depth: usize) -> Result<Item, String> {
        let word = self.take(|c| c.is_ascii_alphanumeric() || c == '_').to_owned();
        self.skip_space();
        let close = match self.peek() {
            Some('[') => ']',
            Some('(') => ')',
            _ => return Ok(Item::Word(word)),
        };
        self.at += 1;
        let mut items = vec![self.item(depth + 1)?];
        loop {
            self.skip_space();
            match self.peek() {
                Some(',') => {
                    self.at += 1;
                    items.push(self.item(depth + 1)?);
                }
                Some(c) if c == close => {
                    self.at += 1;
                    return Ok(Item::Element(Element { word: word.to_ascii_uppercase(), items }));
                }
                Some(c) => return Err(format!("{c:?} at byte {} stands where ',' or '{close}' would", self.at)),
                None => return Err(format!("{word} is not closed")),
            }
        }
    }

    /// A text in quotes; two quotes in it stand for one.
    fn quoted(&mut self) -> Result<String, String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            text.push_str(self.take(|c| c != '"'));
            if self.peek().is_none() {
                return Err("a text in quotes is not closed".to_owned());
            }
            self.at += 1;
            if self.peek() != Some('"') {
                return Ok(text);
            }
            text.push('"');
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<f64, String> {
        let at = self.at;
        let text = self.take(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'));
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| format!("{text:?} at byte {at} is no number"))
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, keep: impl Fn(char) -> bool) -> &str {
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn skip_space(&mut self) {
        self.take(|c| c.is_whitespace() || c == '\u{feff}');
    }
}
