//! Figures and targets, by indicator, region, period and role.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Amount, Change, Field, Manner, Place, Scope, Side, Stated, ValueChange};
use crate::diagnostic::catalogue::Language;
use crate::period::Period;
use crate::quantity::{Bound, Quantity};
use crate::report::Missing;
use crate::site::{Observation, Role, Site, compare};
use crate::unit::{Unit, convert};

/// Indicator, region, period and role, by names that mean the same in both versions.
type Key = (Arc<str>, Arc<str>, Period, Role);

/// What changed, and what is only written otherwise.
pub(super) fn compare(old: Side<'_>, new: Side<'_>, manner: Manner) -> (Vec<ValueChange>, Vec<ValueChange>) {
    let (before, after) = (keyed(old.site, manner.scope), keyed(new.site, manner.scope));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let change = |key: &Key| match (before.get(key), after.get(key)) {
        (Some(first), Some(last)) => both(old, new, (first, last), manner),
        (Some(first), None) => Some(one(old, Change::Removed, first)),
        (None, Some(last)) => Some(one(new, Change::Added, last)),
        (None, None) => None,
    };
    let all: Vec<ValueChange> = keys.into_iter().filter_map(change).collect();
    let (wordings, mut values): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.change == Change::Wording);
    // Anything is much more than nothing.
    let size = |one: &ValueChange| one.amount.as_ref().map(|amount| amount.relative.unwrap_or(Decimal::MAX));
    values.sort_by(|a, b| a.change.cmp(&b.change).then_with(|| size(b).cmp(&size(a))));
    (values, wordings)
}

fn keyed(site: &Site, scope: Scope) -> BTreeMap<Key, &Observation> {
    let stated = |one: &&Observation| scope == Scope::Whole || matches!(one.role, Role::Actual | Role::Target);
    let key = |one: &Observation| {
        let indicator = site.indicators.get(one.indicator).id.clone();
        (indicator, site.regions.get(one.region).code.clone(), one.period, one.role)
    };
    site.observations().iter().filter(stated).map(|one| (key(one), one)).collect()
}

/// The place of an observation.
pub(super) fn place(site: &Site, one: &Observation) -> Place {
    let (indicator, region) = (site.indicators.get(one.indicator), site.regions.get(one.region));
    Place {
        indicator: indicator.id.to_string(),
        indicator_name: indicator.name.to_string(),
        region: region.code.to_string(),
        region_name: region.name.to_string(),
        period: one.period.to_string(),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Actual => "actual",
        Role::Target => "target",
        Role::Baseline => "baseline",
        Role::Derived => "derived",
    }
}

fn stated(side: Side<'_>, one: &Observation) -> Stated {
    let place = side.sources.locate(one.span);
    Stated {
        written: one.quantity.as_ref().map(|figure| figure.as_written().to_owned()).unwrap_or_default(),
        value: one.value.map(|value| value.normalize().to_string()),
        missing: one.missing.filter(|_| one.quantity.is_none()).map(Missing::id),
        path: if side.has_files { place.path.to_string() } else { String::new() },
        line: if side.has_files { place.line } else { 0 },
    }
}

fn one(side: Side<'_>, change: Change, one: &Observation) -> ValueChange {
    let it = Some(stated(side, one));
    let (old, new) = if change == Change::Added { (None, it) } else { (it, None) };
    ValueChange {
        change,
        place: place(side.site, one),
        role: role(one.role),
        old,
        new,
        amount: None,
        apart: None,
        fields: Vec::new(),
    }
}

fn both(
    old: Side<'_>,
    new: Side<'_>,
    (first, last): (&Observation, &Observation),
    manner: Manner,
) -> Option<ValueChange> {
    let unit = &new.site.indicators.get(last.indicator).unit;
    let fields = fields(first, last, manner.scope);
    let change = match (&first.quantity, &last.quantity) {
        (None, None) if fields.is_empty() => return None,
        (None, None) => Change::Status,
        (Some(a), Some(b)) if same(a, b, unit) => match (fields.is_empty(), a.as_written() == b.as_written()) {
            (true, true) => return None,
            (true, false) => Change::Wording,
            (false, _) => Change::Status,
        },
        _ => Change::Changed,
    };
    let (amount, apart) = match change {
        Change::Changed => amount(new.site, first, last, manner.language),
        _ => (None, None),
    };
    Some(ValueChange {
        change,
        place: place(new.site, last),
        role: role(last.role),
        old: Some(stated(old, first)),
        new: Some(stated(new, last)),
        amount,
        apart,
        fields,
    })
}

/// Whether two figures say the same in whatever units.
fn same(a: &Quantity, b: &Quantity, unit: &Unit) -> bool {
    let end = |one: &Quantity| one.below.map(|end| one.unit.as_ref().map_or(Some(end), |own| convert(end, own, unit)));
    match (a.value_in(unit), b.value_in(unit)) {
        (Some(x), Some(y)) => x == y && a.bound == b.bound && end(a) == end(b),
        _ => a.as_written() == b.as_written(),
    }
}

/// By how much a figure changed, or why that cannot be said.
fn amount(
    site: &Site,
    first: &Observation,
    last: &Observation,
    language: Language,
) -> (Option<Amount>, Option<&'static str>) {
    let unit = &site.indicators.get(last.indicator).unit;
    // Two bounds of one sort compare by their figures: ≥85% and ≥90%.
    let alike = match (&first.quantity, &last.quantity) {
        (Some(a), Some(b)) => a.bound == b.bound && a.bound != Bound::Approx && a.below.is_none() && b.below.is_none(),
        _ => return (None, None),
    };
    let measured = |one: &Observation| {
        let bare = |figure: &Arc<Quantity>| Arc::new(Quantity { bound: Bound::Eq, ..(**figure).clone() });
        Observation {
            indicator: last.indicator,
            region: last.region,
            role: Role::Actual,
            value: one.quantity.as_ref().and_then(|figure| figure.value_in(unit)),
            quantity: if alike { one.quantity.as_ref().map(bare) } else { one.quantity.clone() },
            ..one.clone()
        }
    };
    let (before, now) = (measured(first), measured(last));
    match compare::change_between(site, &before, &now) {
        Err(apart) => (None, Some(apart.reason(language == Language::Chinese))),
        Ok(change) => {
            let sign = if change.difference.is_sign_negative() { "−" } else { "+" };
            let old = before.value.map(|value| value.abs()).filter(|value| !value.is_zero());
            let amount = Amount {
                difference: change.difference.normalize().to_string(),
                words: format!("{sign}{}", worded(&change.amount, language)),
                formula: change.formula,
                better: change.better.filter(|_| last.role != Role::Target),
                rounding: change.rounding,
                relative: old.and_then(|old| change.difference.abs().checked_div(old)),
            };
            (Some(amount), None)
        }
    }
}

/// An amount in the language of the reader, not of the site.
fn worded(amount: &str, language: Language) -> String {
    const POINTS: [&str; 2] = ["个百分点", " pp"];
    let own = if language == Language::Chinese { POINTS[0] } else { POINTS[1] };
    match POINTS.iter().find_map(|points| amount.strip_suffix(points)) {
        Some(size) => format!("{size}{own}"),
        None => amount.to_owned(),
    }
}

/// What is said of a figure beside its value.
fn fields(first: &Observation, last: &Observation, scope: Scope) -> Vec<Field> {
    let day = |one: &Observation| one.due.filter(|_| one.role == Role::Target).map(|day| day.to_string());
    let by = |one: &Observation| if one.role == Role::Target { one.target_source.clone() } else { String::new() };
    let missing = |one: &Observation| one.missing.filter(|_| one.quantity.is_none()).map_or("", Missing::id).to_owned();
    let status = |one: &Observation| one.status.code().to_owned();
    let all = [
        ("status", status(first), status(last)),
        ("missing", missing(first), missing(last)),
        ("note", first.note.clone(), last.note.clone()),
        ("due", day(first).unwrap_or_default(), day(last).unwrap_or_default()),
        ("target_source", by(first), by(last)),
    ];
    let kept = if scope == Scope::Whole { all.len() } else { 1 };
    let changed = all.into_iter().take(kept).filter(|(_, old, new)| old != new);
    changed.map(|(field, old, new)| Field { field: field.to_owned(), old, new }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::{Sample, site_of};

    /// What changed, a line each; what is only written otherwise behind `=`.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        fn side(sample: &Sample) -> Side<'_> {
            Side { site: &sample.site, sources: &sample.sources, content: "content/", has_files: true }
        }
        let (old, new) = (site_of(old), site_of(new));
        let manner = Manner { scope: Scope::Whole, language: Language::English };
        let (values, wordings) = compare(side(&old), side(&new), manner);
        let shown = |side: &Option<Stated>| {
            let side = side.as_ref();
            side.map_or("–".to_owned(), |side| format!("{}{}", side.written, side.missing.unwrap_or_default()))
        };
        let told = |one: &ValueChange| {
            let size = one.amount.as_ref().map(|amount| amount.words.as_str()).or(one.apart).unwrap_or_default();
            let fields: Vec<_> =
                one.fields.iter().map(|one| format!("{}:{}>{}", one.field, one.old, one.new)).collect();
            let sign = if one.change == Change::Wording { "=" } else { "" };
            let role = if one.role == "actual" { "" } else { one.role };
            let all = format!(
                "{sign}{} {role} {}→{} {size} {}",
                one.place.indicator,
                shown(&one.old),
                shown(&one.new),
                fields.join(" ")
            );
            all.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let all: Vec<String> = values.iter().chain(&wordings).map(told).collect();
        assert_eq!(all.join("; "), expected);
    }

    fn one(old: &str, new: &str, expected: &str) {
        check(&format!("429006 2021 | {old}"), &format!("429006 2021 | {new}"), expected);
    }

    #[test]
    fn changes_have_the_size_their_unit_allows() {
        one(r#"share = "85%""#, r#"share = "90%""#, "share 85%→90% +5 pp");
        one(r#"rate = "5.4‰""#, r#"rate = "5.1‰""#, "rate 5.4‰→5.1‰ −0.3‰");
        one(r#"people = "3000人""#, r#"people = "0.33万人""#, "people 3000人→0.33万人 +10.0%");
        one(r#"people = "0人""#, r#"people = "3人""#, "people 0人→3人 the former value is zero, no growth rate");
        one(
            r#"balance = "-5元""#,
            r#"balance = "5元""#,
            "balance -5元→5元 a value is negative, no growth rate or share",
        );
        one(r#"share = "85%以上""#, r#"share = "90%以上""#, "share 85%以上→90%以上 +5 pp");
        let bound = "a bound or an approximate figure, not an exact one";
        one(r#"share = "85%""#, r#"share = "85%以上""#, &format!("share 85%→85%以上 {bound}"));
    }

    #[test]
    fn the_same_figure_written_otherwise_is_noise() {
        one(r#"rate = "540/10万""#, r#"rate = "5.40‰""#, "=rate 540/10万→5.40‰");
        one(r#"people = "3000人""#, r#"people = "3000名""#, "=people 3000人→3000名");
        one(r#"share = "85%以上""#, r#"share = "≥85%""#, "=share 85%以上→≥85%");
        one(r#"share = "85%""#, r#"share = "85%""#, "");
    }

    #[test]
    fn what_is_said_of_a_figure_counts_too() {
        one(
            r#"share = "85%""#,
            r#"share = { value = "85%", status = "revised", note = "核" }"#,
            "share 85%→85% status:A>R note:>核",
        );
        one(r#"share = { missing = "pending" }"#, r#"share = "85%""#, "share pending→85% missing:pending>");
        one(
            r#"share = { target = "≥80%" }"#,
            r#"share = { target = "≥80%", due = 2030-12-31 }"#,
            "share target ≥80%→≥80% due:>2030-12-31",
        );
        one(r#"share = "85%""#, r#"rate = "1‰""#, "rate –→1‰; share 85%→–");
    }

    #[test]
    fn the_largest_relative_change_comes_first() {
        let lines = |people: &str, task: &str, share: &str| {
            format!(r#"429006 2021 | people = "{people}人" | visits = "{task}人次" | share = "{share}%""#)
        };
        check(
            &lines("1000", "1000", "50"),
            &lines("1100", "1500", "60"),
            "visits 1000人次→1500人次 +50.0%; share 50%→60% +10 pp; people 1000人→1100人 +10.0%",
        );
    }
}
