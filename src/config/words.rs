//! `[check.words]`: terms a site does not write, terms out of date, and terms every summary holds.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::keys::{Key, Keys, Kind, Text, Value};

/// The key below `[check]`.
pub(super) const KEY: &str = "words";

/// Words a site watches.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Terms never written, each with what to write instead; empty when there is nothing to write.
    pub forbid: Vec<(String, String)>,
    /// Terms of bodies and programmes that are no more.
    pub retired: Vec<Retired>,
    /// Terms that every summary holds.
    pub require: Vec<Text>,
}

/// A term that was right until a day.
#[derive(Clone, Debug)]
pub struct Retired {
    /// The term.
    pub term: String,
    /// The day from which it is out of date.
    pub since: Date,
    /// What to write instead; may be empty.
    pub instead: String,
}

/// Reads the words out of `[check]`.
pub(super) fn words(check: &Value, found: &mut Vec<Diagnostic>) -> Words {
    let Kind::Table(entries) = &check.kind else { return Words::default() };
    let Some((_, value)) = entries.iter().find(|(key, _)| key.name == KEY) else { return Words::default() };
    let keys = Keys::of(value, "[check.words]", found);
    let words = Words {
        forbid: keys.get("forbid").map(|value| forbid(value, found)).unwrap_or_default(),
        retired: keys.get("retired").map(|value| retired(value, found)).unwrap_or_default(),
        require: keys.texts("require").into_iter().filter(|term| !term.value.is_empty()).collect(),
    };
    keys.finish(found);
    words
}

/// `{ "贫困人口" = "脱贫人口" }`.
fn forbid(value: &Value, found: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let keys = Keys::of(value, "[check.words] forbid", found);
    let term = |(Key { name, .. }, value): &(Key, Value)| match &value.kind {
        Kind::Text(instead) => Some((name.trim().to_owned(), instead.trim().to_owned())),
        _ => {
            let wrong = Diagnostic::error("wrong-type", value.span).arg("key", name);
            keys.report(wrong.arg("expected", "text").arg("found", "?"));
            None
        }
    };
    let terms = keys.entries().iter().filter_map(term).filter(|(term, _)| !term.is_empty()).collect();
    keys.close(found);
    terms
}

/// `{ "卫计委" = { since = 2018-03-17, use = "卫健委" } }`.
fn retired(value: &Value, found: &mut Vec<Diagnostic>) -> Vec<Retired> {
    let keys = Keys::of(value, "[check.words] retired", found);
    let term = |(key, value): &(Key, Value)| {
        let term = Keys::of(value, format!("[check.words] retired {}", key.name), found);
        let (since, instead) = (term.date("since"), term.string("use"));
        if since.is_none() && !term.has_mistakes() && matches!(value.kind, Kind::Table(_)) {
            term.report(Diagnostic::error("missing-key", value.span).arg("key", "since").arg("place", &key.name));
        }
        term.finish(found);
        let name = key.name.trim().to_owned();
        since.filter(|_| !name.is_empty()).map(|(since, _)| Retired { term: name, since, instead })
    };
    let terms = keys.entries().iter().filter_map(term).collect();
    keys.close(found);
    terms
}
