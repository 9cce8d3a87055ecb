//! indicators.toml: one table an indicator.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::indicator::{Formula, Indicator, IndicatorId, Indicators, Polarity};
use crate::keys::{Key, Keys, Kind, Text, Value};
use crate::unit::{Unit, Units};

/// Reads indicators.toml.
pub(super) fn read(value: &Value, units: &Units, found: &mut Vec<Diagnostic>) -> Indicators {
    let table = Keys::of(value, "indicators.toml", found);
    let entries = table.entries();
    let position = |id: &str| entries.iter().position(|(key, _)| key.name == id).map(|at| IndicatorId(at as u32));
    let known = || entries.iter().map(|(key, _)| key.name.as_str());
    let mut topics: Vec<Arc<str>> = Vec::new();
    let mut list = Vec::new();
    for (key, value) in entries {
        let keys = Keys::of(value, format!("[{}]", key.name), found);
        check_id(key, &keys);
        let resolve = |ids: Vec<Text>| -> Vec<IndicatorId> {
            let resolved = ids.into_iter().filter_map(|text| {
                let id = position(&text.value);
                if id.is_none() {
                    keys.report(
                        Diagnostic::error("unknown-indicator", text.span)
                            .arg("id", &text.value)
                            .suggest(&text.value, known()),
                    );
                }
                id
            });
            resolved.collect()
        };
        let topic = keys.string("topic");
        let topic = match topics.iter().find(|one| ***one == *topic) {
            Some(topic) => topic.clone(),
            None => {
                topics.push(topic.as_str().into());
                topics.last().expect("just pushed").clone()
            }
        };
        let formula = formula(&keys, resolve);
        list.push(Indicator {
            id: key.name.as_str().into(),
            name: keys.required("name").map_or_else(|| key.name.clone(), |text| text.value).into(),
            name_en: keys.string("name_en"),
            unit: unit(&keys, units),
            polarity: polarity(&keys),
            topic,
            definition: keys.string("definition"),
            source: keys.string("source"),
            method: keys.string("method"),
            frequency: keys.string("frequency"),
            aliases: keys.texts("aliases").into_iter().map(|text| text.value).collect(),
            plausible: keys.number_pair("plausible").map(|[low, high]| (low, high)),
            formula,
            denominator: keys.text("denominator").and_then(|text| resolve(vec![text]).into_iter().next()),
            span: key.span,
        });
        keys.finish(found);
    }
    Indicators::new(list)
}

/// An id becomes a folder name and an anchor, so it is ASCII in kebab case.
fn check_id(key: &Key, keys: &Keys<'_>) {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if key.name.is_empty() || !key.name.chars().all(fine) || key.name.starts_with('-') {
        keys.report(Diagnostic::error("path-unsafe", key.span).arg("path", &key.name));
    }
}

fn unit(keys: &Keys<'_>, units: &Units) -> Unit {
    let Some(text) = keys.text("unit") else { return Unit::none() };
    units.parse(&text.value).unwrap_or_else(|| {
        keys.report(
            Diagnostic::error("unknown-unit", text.span)
                .arg("unit", &text.value)
                .suggest(&text.value, units.names())
                .arg("known", units.names().join(" ")),
        );
        Unit::none()
    })
}

fn polarity(keys: &Keys<'_>) -> Polarity {
    let Some(text) = keys.text("polarity") else { return Polarity::None };
    match text.value.as_str() {
        "higher" => Polarity::Higher,
        "lower" => Polarity::Lower,
        "none" => Polarity::None,
        _ => {
            keys.report(
                Diagnostic::error("unknown-kind", text.span)
                    .arg("kind", &text.value)
                    .suggest(&text.value, ["higher", "lower", "none"])
                    .arg("known", "higher, lower, none"),
            );
            Polarity::None
        }
    }
}

fn formula(keys: &Keys<'_>, resolve: impl Fn(Vec<Text>) -> Vec<IndicatorId>) -> Formula {
    let ratio_at = keys.get("ratio");
    let sum_at = keys.get("sum");
    if let Some(Value { span, kind: Kind::Array(parts) }) = ratio_at
        && parts.len() != 2
    {
        keys.report(
            Diagnostic::error("wrong-type", *span)
                .arg("key", "ratio")
                .arg("expected", "[\"numerator\", \"denominator\"]")
                .arg("found", parts.len()),
        );
        return Formula::Given;
    }
    if let (Some(_), Some(Value { span, .. })) = (ratio_at, sum_at) {
        keys.report(Diagnostic::error("formula-double", *span));
    }
    match (ratio_at, sum_at) {
        (Some(_), _) => match resolve(keys.texts("ratio")).as_slice() {
            [numerator, denominator] => Formula::Ratio(*numerator, *denominator),
            _ => Formula::Given,
        },
        (None, Some(_)) => match resolve(keys.texts("sum")) {
            parts if parts.is_empty() => Formula::Given,
            parts => Formula::Sum(parts),
        },
        (None, None) => Formula::Given,
    }
}
