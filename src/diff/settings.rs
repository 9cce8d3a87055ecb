//! site.toml, indicators.toml and regions.toml, key by key.

use std::collections::BTreeMap;

use super::tree::{below, fields, flat};
use super::{Change, SettingChange, Side};
use crate::keys::{self, Kind, Value};
use crate::load::split;

/// What changed in the settings, the indicators and the regions.
pub(super) fn compare(old: Side<'_>, new: Side<'_>) -> Vec<SettingChange> {
    let mut all = of_site(read(old, "site.toml").as_ref(), read(new, "site.toml").as_ref());
    for file in ["indicators.toml", "regions.toml"] {
        all.extend(of_tables(file, read(old, file).as_ref(), read(new, file).as_ref()));
    }
    all
}

fn read(side: Side<'_>, name: &str) -> Option<Value> {
    let sources = side.sources;
    let (file, _) = sources.files().find(|(_, path)| below(side, path) == name)?;
    let bytes = sources.path(file).and_then(|path| std::fs::read(path).ok())?;
    // What is wrong with them was told when they were loaded.
    let mut told = Vec::new();
    let (text, offset) = split::decode(&bytes, file, &mut told)?;
    keys::parse(text, file, offset, &mut told)
}

fn of_site(old: Option<&Value>, new: Option<&Value>) -> Vec<SettingChange> {
    let flat = |value: Option<&Value>| value.map(flat).unwrap_or_default();
    let changed = fields(&flat(old), &flat(new)).into_iter().map(|field| SettingChange {
        file: "site.toml",
        change: match (field.old.is_empty(), field.new.is_empty()) {
            (true, _) => Change::Added,
            (_, true) => Change::Removed,
            _ => Change::Changed,
        },
        key: field.field.clone(),
        name: field.field.clone(),
        fields: vec![field],
    });
    changed.collect()
}

/// Files of one table an indicator or region.
fn of_tables(file: &'static str, old: Option<&Value>, new: Option<&Value>) -> Vec<SettingChange> {
    let (before, after) = (tables(old), tables(new));
    let gone = before.iter().filter(|(key, _)| !after.iter().any(|(other, _)| other == key));
    let was: BTreeMap<&str, &Value> = before.iter().map(|(key, value)| (*key, *value)).collect();
    let is: BTreeMap<&str, &Value> = after.iter().map(|(key, value)| (*key, *value)).collect();
    let change = |key: &str| {
        let (change, fields) = match (was.get(key), is.get(key)) {
            (Some(first), Some(last)) => (Change::Changed, fields(&flat(first), &flat(last))),
            (Some(_), None) => (Change::Removed, Vec::new()),
            _ => (Change::Added, Vec::new()),
        };
        let value = is.get(key).or(was.get(key))?;
        let name = flat(value).into_iter().find(|(name, _)| name == "name").map(|(_, name)| name);
        let told =
            SettingChange { file, change, key: key.to_owned(), name: name.unwrap_or_else(|| key.into()), fields };
        (change != Change::Changed || !told.fields.is_empty()).then_some(told)
    };
    after.iter().chain(gone).filter_map(|(key, _)| change(key)).collect()
}

fn tables(value: Option<&Value>) -> Vec<(&str, &Value)> {
    match value.map(|value| &value.kind) {
        Some(Kind::Table(entries)) => entries.iter().map(|(key, value)| (key.name.as_str(), value)).collect(),
        _ => Vec::new(),
    }
}
