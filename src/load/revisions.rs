//! revisions.toml: a table `[[revision]]` for each published figure that was changed.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::indicator::IndicatorId;
use crate::keys::{Key, Keys, Kind, Text, Value};
use crate::load::front_matter::{find_region, one_of, parse_period};
use crate::load::{Nouns, figures};
use crate::quantity::Quantity;
use crate::revision::{Aspect, Place, Revision, RevisionKind, RevisionSpans, WITHDRAWN};

/// Reads revisions.toml.
pub(super) fn read(value: &Value, nouns: Nouns<'_>, found: &mut Vec<Diagnostic>) -> Vec<Revision> {
    let keys = Keys::of(value, "revisions.toml", found);
    let entries = keys.tables("revision");
    keys.finish(found);
    entries.into_iter().filter_map(|value| entry(value, nouns, found)).collect()
}

/// Reads an entry; `None` when a part of it is missing or cannot be read.
fn entry(value: &Value, nouns: Nouns<'_>, found: &mut Vec<Diagnostic>) -> Option<Revision> {
    let keys = Keys::of(value, "[[revision]]", found);
    let indicator = keys.required("indicator").and_then(|text| find_indicator(&text, nouns, &keys));
    let region = keys.required("region").and_then(|text| find_region(&text, nouns, &keys));
    let period = keys.required("period").and_then(|text| parse_period(&text, &keys));
    let aspect = match keys.text("role") {
        Some(text) => one_of(&text, &Aspect::NAMES, "unknown-kind", "kind", &keys),
        None => Some(Aspect::Value),
    };
    let kind = keys.required("kind");
    let kind = kind.and_then(|text| one_of(&text, &RevisionKind::NAMES, "unknown-kind", "kind", &keys));
    let date = keys.date("date");
    let (old, new) = (given("old", &keys), given("new", &keys));
    if keys.get("date").is_none() {
        keys.report(Diagnostic::error("missing-key", keys.span).arg("key", "date").arg("place", "[[revision]]"));
    }
    let reason = keys.text("reason");
    if reason.as_ref().is_none_or(|text| text.value.is_empty()) {
        let place = reason.as_ref().map_or(keys.span, |text| text.span);
        keys.report(Diagnostic::error("revision-reason", place));
    }
    let reason = reason.map(|text| text.value).unwrap_or_default();
    let notice = keys.string("notice");
    let span = keys.span;
    keys.finish(found);
    let (old_at, new_at) = (old?, new?);
    let place = Place { indicator: indicator?, region: region?, period: period?, aspect: aspect? };
    let mut read = |name: &str, value: &Value| figure(name, value, place, nouns, found);
    let (old, new) = (read("old", old_at), read("new", new_at));
    let (date, date_span) = date?;
    let spans = RevisionSpans { old: old_at.span, new: new_at.span, date: date_span };
    Some(Revision { place, old: old?, new: new?, kind: kind?, reason, date, notice, span, spans })
}

/// The value of a key that must be there.
fn given<'a>(key: &'static str, keys: &Keys<'a>) -> Option<&'a Value> {
    let value = keys.get(key);
    if value.is_none() {
        keys.report(Diagnostic::error("missing-key", keys.span).arg("key", key).arg("place", "[[revision]]"));
    }
    value
}

fn find_indicator(text: &Text, nouns: Nouns<'_>, keys: &Keys<'_>) -> Option<IndicatorId> {
    let id = nouns.indicators.find(&text.value);
    if id.is_none() {
        keys.report(figures::unknown_indicator(&text.value, text.span, nouns));
    }
    id
}

/// A figure in a unit that fits the indicator, or the word for none.
#[expect(clippy::option_option, reason = "a figure that is withdrawn is not one that cannot be read")]
fn figure(
    name: &str,
    value: &Value,
    place: Place,
    nouns: Nouns<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Option<Arc<Quantity>>> {
    if matches!(&value.kind, Kind::Text(text) if text.trim() == WITHDRAWN) {
        return Some(None);
    }
    let key = Key { name: name.to_owned(), span: value.span };
    figures::figure(value, &key, place, nouns, found).map(Some)
}
