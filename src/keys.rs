//! The door to the `toml` crate: reads a TOML text into a tree whose keys and values know their place, and hands out keys
//! one by one so that every mistake of a file (wrong type, unknown or missing key) comes out of one run. Numbers keep their
//! digits as written. What the keys mean is not known here.

use std::cell::RefCell;

use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Places, Span};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of TOML values; numbers and dates as written.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A string.
    Text(String),
    /// An integer or float, digits as written.
    Number(String),
    /// true or false.
    Bool(bool),
    /// A date or time as written.
    Date(String),
    /// An array.
    Array(Vec<Value>),
    /// A table, in the author's order.
    Table(Vec<(Key, Value)>),
}

/// A key with its place.
#[derive(Clone, Debug)]
pub struct Key {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A text with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The text.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

impl Kind {
    fn name(&self) -> &'static str {
        match self {
            Kind::Text(_) => "text",
            Kind::Number(_) => "a number",
            Kind::Bool(_) => "true/false",
            Kind::Date(_) => "a date",
            Kind::Array(_) => "an array",
            Kind::Table(_) => "a table",
        }
    }
}

/// Parses a TOML text that stands at byte `offset` of a file. A syntax error becomes a diagnostic and no value.
pub fn parse(text: &str, file: FileId, offset: usize, found: &mut Vec<Diagnostic>) -> Option<Value> {
    match DeTable::parse(text) {
        Ok(table) => {
            let place = Place { text, file, offset };
            let span = place.span(table.span());
            Some(Value { span, kind: place.table(table.into_inner()) })
        }
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let span = Span::new(file, range.clone()).shifted(offset);
            found.push(match bare_han_key(text, range.start) {
                Some(key) => Diagnostic::error("toml-chinese-key", span).arg("key", key),
                None => Diagnostic::error("toml-syntax", span).arg("reason", error.message()),
            });
            None
        }
    }
}

/// The unquoted key with Chinese characters on the line of a syntax error.
fn bare_han_key(text: &str, at: usize) -> Option<String> {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next()?;
    let key = line.split(['=', ']']).next()?.trim().trim_start_matches('[').trim();
    let bare = !key.starts_with(['"', '\'', '#', '{']) && key.chars().any(|c| c as u32 >= 0x2e80);
    bare.then(|| key.to_owned())
}

struct Place<'a> {
    text: &'a str,
    file: FileId,
    offset: usize,
}

impl Place<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range).shifted(self.offset)
    }

    fn table(&self, table: DeTable<'_>) -> Kind {
        let entries = table.into_iter().map(|(key, value)| {
            let key = Key { span: self.span(key.span()), name: key.into_inner().into_owned() };
            let range = value.span();
            let value = Value { span: self.span(range.clone()), kind: self.kind(value.into_inner(), range) };
            (key, value)
        });
        Kind::Table(entries.collect())
    }

    fn kind(&self, value: DeValue<'_>, range: std::ops::Range<usize>) -> Kind {
        let lexeme = || self.text.get(range.clone()).unwrap_or_default().trim().to_owned();
        match value {
            DeValue::String(text) => Kind::Text(text.into_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => Kind::Number(lexeme()),
            DeValue::Boolean(value) => Kind::Bool(value),
            DeValue::Datetime(_) => Kind::Date(lexeme()),
            DeValue::Array(items) => Kind::Array(
                items
                    .into_iter()
                    .map(|item| {
                        let range = item.span();
                        Value { span: self.span(range.clone()), kind: self.kind(item.into_inner(), range) }
                    })
                    .collect(),
            ),
            DeValue::Table(table) => self.table(table),
        }
    }
}

/// Hands out the keys of a table; [`Keys::finish`] reports those nobody asked for.
pub struct Keys<'a> {
    entries: &'a [(Key, Value)],
    asked: RefCell<Vec<&'static str>>,
    place: String,
    /// Where the table stands.
    pub span: Span,
    /// What was found wrong.
    pub found: RefCell<Vec<Diagnostic>>,
}

impl<'a> Keys<'a> {
    /// The keys of a table; `place` names it in messages. A value that is no table is reported and has no keys.
    pub fn of(value: &'a Value, place: impl Into<String>, found: &mut Vec<Diagnostic>) -> Keys<'a> {
        let place = place.into();
        let entries: &[(Key, Value)] = match &value.kind {
            Kind::Table(entries) => entries,
            other => {
                found.push(wrong_type(value.span, &place, "a table", other));
                &[]
            }
        };
        Keys { entries, asked: RefCell::default(), place, span: value.span, found: RefCell::default() }
    }

    /// The value of a key.
    pub fn get(&self, key: &'static str) -> Option<&'a Value> {
        self.asked.borrow_mut().push(key);
        self.entries.iter().find(|(name, _)| name.name == key).map(|(_, value)| value)
    }

    /// All entries, for tables with free keys.
    pub fn entries(&self) -> &'a [(Key, Value)] {
        self.entries
    }

    /// Where the table and its values stand.
    pub fn places(&self) -> Places {
        let keys = self.entries.iter().map(|(key, value)| (key.name.clone(), value.span)).collect();
        Places::new(self.span, keys)
    }

    fn wrong(&self, key: &str, value: &Value, expected: &'static str) {
        self.found.borrow_mut().push(wrong_type(value.span, key, expected, &value.kind));
    }

    /// Whether anything was found wrong.
    pub fn has_mistakes(&self) -> bool {
        !self.found.borrow().is_empty()
    }

    /// Reports something found.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        match &value.kind {
            Kind::Text(text) => Some(Text { value: text.trim().to_owned(), span: value.span }),
            _ => {
                self.wrong(key, value, "text");
                None
            }
        }
    }

    /// A text that must be there and not be empty.
    pub fn required(&self, key: &'static str) -> Option<Text> {
        if self.entries.iter().any(|(name, _)| name.name == key) {
            let text = self.text(key)?;
            if !text.value.is_empty() {
                return Some(text);
            }
        }
        self.asked.borrow_mut().push(key);
        self.report(Diagnostic::error("missing-key", self.span).arg("key", key).arg("place", &self.place));
        None
    }

    /// A text or nothing as an owned string.
    pub fn string(&self, key: &'static str) -> String {
        self.text(key).map(|text| text.value).unwrap_or_default()
    }

    /// true or false; false when missing.
    pub fn flag(&self, key: &'static str) -> bool {
        match self.get(key) {
            Some(Value { kind: Kind::Bool(value), .. }) => *value,
            Some(value) => {
                self.wrong(key, value, "true or false");
                false
            }
            None => false,
        }
    }

    /// A date, bare or as text.
    pub fn date(&self, key: &'static str) -> Option<(jiff::civil::Date, Span)> {
        let value = self.get(key)?;
        let (Kind::Date(text) | Kind::Text(text)) = &value.kind else {
            self.wrong(key, value, "a date such as 2022-02-18");
            return None;
        };
        // A time may follow the day; anything else is a slip such as 2022-02-185.
        let (day, rest) = text.trim().split_at_checked(10).unwrap_or((text.trim(), ""));
        match day.parse() {
            Ok(date) if rest.is_empty() || rest.starts_with(['T', 't', ' ']) => Some((date, value.span)),
            _ => {
                self.report(Diagnostic::error("date-invalid", value.span).arg("text", text));
                None
            }
        }
    }

    /// An array of texts; a single text counts as an array of one.
    pub fn texts(&self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = match &value.kind {
            Kind::Array(items) => items.as_slice(),
            Kind::Text(_) => std::slice::from_ref(value),
            _ => {
                self.wrong(key, value, "an array of texts");
                &[]
            }
        };
        let text = |item: &Value| match &item.kind {
            Kind::Text(text) => Some(Text { value: text.trim().to_owned(), span: item.span }),
            _ => {
                self.wrong(key, item, "text");
                None
            }
        };
        items.iter().filter_map(text).collect()
    }

    /// Two numbers, the lesser first, such as `plausible = [0, 500]`.
    pub fn number_pair(&self, key: &'static str) -> Option<[Decimal; 2]> {
        let value = self.get(key)?;
        let number = |text: &str| {
            let text = text.replace('_', "");
            text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
        };
        if let Kind::Array(items) = &value.kind
            && let [Value { kind: Kind::Number(low), .. }, Value { kind: Kind::Number(high), .. }] = items.as_slice()
            && let (Some(low), Some(high)) = (number(low), number(high))
            && low <= high
        {
            return Some([low, high]);
        }
        self.wrong(key, value, "two numbers such as [0, 500]");
        None
    }

    /// One table or an array of tables.
    pub fn tables(&self, key: &'static str) -> Vec<&'a Value> {
        match self.get(key) {
            None => Vec::new(),
            Some(Value { kind: Kind::Array(items), .. }) => items.iter().collect(),
            Some(value) => vec![value],
        }
    }

    /// Reports the keys nobody asked for and hands over everything found.
    pub fn finish(self, found: &mut Vec<Diagnostic>) {
        let mut known = self.asked.into_inner();
        known.sort_unstable();
        known.dedup();
        for (key, _) in self.entries {
            if !known.contains(&key.name.as_str()) {
                found.push(unknown_key(key, &self.place, &known));
            }
        }
        found.append(&mut self.found.into_inner());
    }

    /// Hands over everything found, for tables with free keys.
    pub fn close(self, found: &mut Vec<Diagnostic>) {
        found.append(&mut self.found.into_inner());
    }
}

fn unknown_key(key: &Key, place: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error("unknown-key", key.span)
        .arg("key", &key.name)
        .arg("place", place)
        .suggest(&key.name, known.iter().copied())
        .arg("known", known.join(", "))
}

fn wrong_type(span: Span, key: &str, expected: &'static str, kind: &Kind) -> Diagnostic {
    Diagnostic::error("wrong-type", span).arg("key", key).arg("expected", expected).arg("found", kind.name())
}
