//! TOML as a list of dotted keys with their values as text, so that two of them can be laid beside each other.

use std::collections::BTreeMap;

use super::{Field, Side};
use crate::keys::{Kind, Value};

/// The part of a file's name below `content/`, whatever version stands before it.
pub(super) fn below<'a>(side: Side<'_>, name: &'a str) -> &'a str {
    name.strip_prefix(side.content).unwrap_or(name)
}

/// All values by their dotted keys, in the author's order. Lists of plain values are one value.
pub(super) fn flat(value: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    add(value, String::new(), &mut all);
    all
}

fn add(value: &Value, at: String, all: &mut Vec<(String, String)>) {
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    match &value.kind {
        Kind::Table(entries) => entries.iter().for_each(|(key, value)| add(value, below(&key.name), all)),
        Kind::Array(items) if items.iter().any(|item| plain(item).is_none()) => {
            items.iter().enumerate().for_each(|(place, item)| add(item, below(&(place + 1).to_string()), all));
        }
        _ => all.push((at, plain(value).unwrap_or_default())),
    }
}

/// The text of a value without keys of its own.
fn plain(value: &Value) -> Option<String> {
    match &value.kind {
        Kind::Text(text) | Kind::Number(text) | Kind::Date(text) => Some(text.clone()),
        Kind::Bool(truth) => Some(truth.to_string()),
        Kind::Array(items) => items.iter().map(plain).collect::<Option<Vec<_>>>().map(|items| items.join(", ")),
        Kind::Table(_) => None,
    }
}

/// The keys whose values differ, in the order of the second list, then what only the first has.
pub(super) fn fields(old: &[(String, String)], new: &[(String, String)]) -> Vec<Field> {
    let before: BTreeMap<&str, &str> = old.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let after: BTreeMap<&str, &str> = new.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let field = |key: &str| Field {
        field: key.to_owned(),
        old: before.get(key).copied().unwrap_or_default().to_owned(),
        new: after.get(key).copied().unwrap_or_default().to_owned(),
    };
    let gone = old.iter().filter(|(key, _)| !after.contains_key(key.as_str()));
    let all = new.iter().chain(gone).map(|(key, _)| field(key));
    all.filter(|field| field.old != field.new).collect()
}
