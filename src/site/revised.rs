//! The ledger of revisions against the reports: an entry holds when its new figure is what the report now says and its old
//! one is what the entry before it left. What holds is marked on the figures themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::indicator::Indicators;
use crate::quantity::Quantity;
use crate::region::Regions;
use crate::report::{Report, Status};
use crate::revision::{Aspect, Place, Revision, same_value, shown, wording};
use crate::site::Observation;
use crate::source::Span;

/// What the ledger is judged by.
#[derive(Clone, Copy)]
pub(super) struct Bench<'a> {
    pub indicators: &'a Indicators,
    pub regions: &'a Regions,
    /// The reports readers see.
    pub shown: &'a [Arc<Report>],
    /// The others.
    pub hidden: &'a [Arc<Report>],
    pub today: jiff::civil::Date,
}

/// A figure as a report states it.
struct Statement<'a> {
    figure: &'a Quantity,
    span: Span,
    draft: bool,
}

/// Judges the entries and keeps those about figures that readers see or that were withdrawn, newest first.
pub(super) fn settle(revisions: Vec<Revision>, bench: Bench<'_>, found: &mut Vec<Diagnostic>) -> Vec<Revision> {
    if revisions.is_empty() {
        return revisions;
    }
    let mut by_place: BTreeMap<Place, Vec<Revision>> = BTreeMap::new();
    for one in revisions {
        judge(&one, bench, found);
        by_place.entry(one.place).or_default().push(one);
    }
    let (shown, hidden) = (statements(bench.shown, &by_place), statements(bench.hidden, &by_place));
    let of = |all: &BTreeMap<Place, Vec<Statement<'_>>>, place| all.get(&place).is_some_and(|list| !list.is_empty());
    let mut kept = Vec::new();
    for (place, list) in by_place {
        let list = in_order(list, bench, found);
        let last = list.last().expect("a place has an entry");
        ends_with_report(last, shown.get(&place), hidden.get(&place), bench, found);
        if last.new.is_none() || of(&shown, place) {
            kept.extend(list);
        }
    }
    kept.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.place.cmp(&b.place)));
    kept
}

/// What can be said of an entry by itself.
fn judge(one: &Revision, bench: Bench<'_>, found: &mut Vec<Diagnostic>) {
    let unit = &bench.indicators.get(one.place.indicator).unit;
    if one.date > bench.today {
        let future = Diagnostic::error("date-future", one.spans.date);
        found.push(future.arg("date", one.date).arg("today", bench.today));
    }
    if same_value(one.old.as_deref(), one.new.as_deref(), unit) {
        let same = Diagnostic::error("revision-same", one.spans.new);
        let same = same.arg("old", wording(one.old.as_deref())).arg("new", wording(one.new.as_deref()));
        found.push(same.related(one.spans.old, "old"));
    }
}

/// The entries of a figure, oldest first: one a day, each starting where the one before it ended.
fn in_order(mut list: Vec<Revision>, bench: Bench<'_>, found: &mut Vec<Diagnostic>) -> Vec<Revision> {
    list.sort_by_key(|one| one.date);
    let mut ordered: Vec<Revision> = Vec::new();
    for one in list {
        let unit = &bench.indicators.get(one.place.indicator).unit;
        match ordered.last() {
            Some(before) if before.date == one.date => {
                let twice = named(Diagnostic::error("revision-duplicate", one.spans.date), one.place, bench);
                found.push(twice.arg("date", one.date).related(before.spans.date, "first"));
                continue;
            }
            Some(before) if !same_value(before.new.as_deref(), one.old.as_deref(), unit) => {
                let broken = named(Diagnostic::error("revision-chain", one.spans.old), one.place, bench);
                let broken = broken.arg("old", wording(one.old.as_deref())).arg("date", before.date);
                found.push(broken.arg("left", wording(before.new.as_deref())).related(before.spans.new, "before"));
            }
            _ => {}
        }
        ordered.push(one);
    }
    ordered
}

/// The last entry of a figure says what the report says.
fn ends_with_report(
    last: &Revision,
    shown: Option<&Vec<Statement<'_>>>,
    hidden: Option<&Vec<Statement<'_>>>,
    bench: Bench<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let unit = &bench.indicators.get(last.place.indicator).unit;
    let stated = match &last.new {
        // A draft may state anew what is withdrawn.
        None => shown.into_iter().flatten().find(|one| !one.draft),
        Some(new) => {
            let all = || shown.or(hidden).into_iter().flatten();
            if all().any(|one| same_value(Some(one.figure), Some(new), unit)) {
                return;
            }
            if all().next().is_none() {
                let lost = named(Diagnostic::error("revision-lost", last.span), last.place, bench);
                found.push(lost.arg("new", new.as_written()));
            }
            all().next()
        }
    };
    if let Some(stated) = stated {
        let differs = named(Diagnostic::error("revision-disagrees", last.spans.new), last.place, bench);
        let differs = differs.arg("new", wording(last.new.as_deref())).arg("stated", stated.figure.as_written());
        found.push(differs.related(stated.span, "stated"));
    }
}

/// Adds what a figure is about.
fn named(diagnostic: Diagnostic, place: Place, bench: Bench<'_>) -> Diagnostic {
    diagnostic
        .arg("indicator", &bench.indicators.get(place.indicator).name)
        .arg("region", &bench.regions.get(place.region).name)
        .arg("period", place.period)
}

/// What reports state of the figures the ledger is about.
fn statements<'a>(
    reports: &'a [Arc<Report>],
    ledger: &BTreeMap<Place, Vec<Revision>>,
) -> BTreeMap<Place, Vec<Statement<'a>>> {
    let mut all: BTreeMap<Place, Vec<Statement<'a>>> = BTreeMap::new();
    for report in reports {
        for metric in &report.metrics {
            let stated = [
                (Aspect::Value, &metric.value, metric.value_span),
                (Aspect::Target, &metric.target, metric.target_span),
            ];
            for (aspect, figure, span) in stated {
                let Some(figure) = figure.as_deref() else { continue };
                let (indicator, region, period) = (metric.indicator, metric.region, metric.period);
                let place = Place { indicator, region, period, aspect };
                if ledger.contains_key(&place) {
                    all.entry(place).or_default().push(Statement { figure, span, draft: report.draft });
                }
            }
        }
    }
    all
}

/// Marks the figures with entries as revised and notes what they were.
pub(super) fn mark(observations: &mut [Observation], revisions: &[Revision], zh: bool) {
    let mut by_place: BTreeMap<Place, Vec<&Revision>> = BTreeMap::new();
    for one in revisions {
        by_place.entry(one.place).or_default().push(one);
    }
    if by_place.is_empty() {
        return;
    }
    for one in observations {
        let Some(list) = one.place().and_then(|place| by_place.get(&place)) else { continue };
        if one.quantity.is_none() || list.first().is_none_or(|newest| newest.new.is_none()) {
            continue;
        }
        let mut words: Vec<String> = (!one.note.is_empty()).then(|| one.note.clone()).into_iter().collect();
        words.extend(list.iter().map(|revision| note(revision, zh)));
        words.extend(still(one.status, zh).map(str::to_owned));
        one.note = words.join(if zh { "；" } else { "; " });
        // That a series breaks matters more: nothing is compared across.
        if one.status != Status::Break {
            one.status = Status::Revised;
        }
    }
}

/// What was revised, in a few words: `2026-07-01更正：原为7.12张，重复计算`.
fn note(one: &Revision, zh: bool) -> String {
    let reason = one.reason.trim_end_matches(['。', '.']);
    let (date, kind, old) = (one.date, one.kind.label(zh), shown(one.old.as_deref(), zh));
    match zh {
        true => format!("{date}{kind}：原为{old}，{reason}"),
        false => format!("{date} {kind}: formerly {old}, {reason}"),
    }
}

/// What a figure still is although the mark of a revision takes the place of its own.
fn still(status: Status, zh: bool) -> Option<&'static str> {
    match (status, zh) {
        (Status::Provisional, true) => Some("仍为初步数"),
        (Status::Provisional, false) => Some("still provisional"),
        (Status::Estimated, true) => Some("仍为估计数"),
        (Status::Estimated, false) => Some("still an estimate"),
        (Status::Normal | Status::Revised | Status::Break, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::site::sample::site_with;

    const ENTRY: &str = "indicator = \"rate\"\nregion = \"429006\"\nperiod = \"2021\"\nkind = \"correction\"\nreason = \"录入错误。\"\n";

    /// The codes of a ledger beside a report of 2021 with a rate of 5.4‰; a line gives old, new and date.
    fn check(ledger: &[(&str, &str, &str)], report: &str, expected: &str) {
        let entry = |(old, new, date): &(&str, &str, &str)| {
            format!("[[revision]]\n{ENTRY}old = \"{old}\"\nnew = \"{new}\"\ndate = {date}\n")
        };
        let ledger: String = ledger.iter().map(entry).collect();
        let text = format!("+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n{report}\n+++\n");
        let sample = site_with(&[("a.md".to_owned(), text), ("revisions.toml".to_owned(), ledger)]);
        let notes = sample.site.observations().iter().map(|one| format!("{} {}", one.status.code(), one.note));
        assert_eq!(format!("{} | {}", sample.codes(), notes.collect::<Vec<_>>().join(" ")), expected);
    }

    #[test]
    fn a_ledger_agrees_with_the_reports_and_with_itself() {
        let now = "[metrics]\nrate = \"5.4‰\"";
        let first = ("4.5‰", "5.6‰", "2026-01-05");
        check(&[("4.5‰", "0.54%", "2026-01-05")], now, " | R 2026-01-05更正：原为4.5‰，录入错误");
        check(
            &[("5.6‰", "5.4‰", "2026-03-01"), first],
            now,
            " | R 2026-03-01更正：原为5.6‰，录入错误；2026-01-05更正：原为4.5‰，录入错误",
        );
        let note = "R 2026-01-05更正：原为4.5‰，录入错误";
        check(&[first], now, &format!("revision-disagrees | {note}"));
        check(&[("5.4‰", "0.54%", "2026-01-05")], now, "revision-same | R 2026-01-05更正：原为5.4‰，录入错误");
        check(&[("4.5‰", "5.4‰", "2026-07-01")], now, "date-future | R 2026-07-01更正：原为4.5‰，录入错误");
        check(
            &[first, ("5.6‰", "5.4‰", "2026-01-05")],
            now,
            &format!("revision-duplicate revision-disagrees | {note}"),
        );
        check(
            &[first, ("5.5‰", "5.4‰", "2026-03-01")],
            now,
            "revision-chain | R 2026-03-01更正：原为5.5‰，录入错误；2026-01-05更正：原为4.5‰，录入错误",
        );
        check(&[first], "", "revision-lost | ");
    }

    #[test]
    fn figures_may_be_withdrawn_and_keep_what_else_is_said_of_them() {
        let gone = ("4.5‰", "withdrawn", "2026-01-05");
        check(&[gone], "", " | ");
        check(&[gone], "[metrics]\nrate = \"5.4‰\"", "revision-disagrees | A ");
        check(&[gone], "draft = true\n[metrics]\nrate = \"5.4‰\"", " | ");
        let back = ("withdrawn", "5.4‰", "2026-02-05");
        let notes = "R 2026-02-05更正：原为撤回，录入错误；2026-01-05更正：原为4.5‰，录入错误";
        check(&[gone, back], "[metrics]\nrate = \"5.4‰\"", &format!(" | {notes}"));
        let one = ("4.5‰", "5.4‰", "2026-01-05");
        check(
            &[one],
            "[metrics]\nrate = { value = \"5.4‰\", status = \"break\", note = \"新口径\" }",
            " | B 新口径；2026-01-05更正：原为4.5‰，录入错误",
        );
        check(
            &[one],
            "[metrics]\nrate = { value = \"5.4‰\", status = \"provisional\" }",
            " | R 2026-01-05更正：原为4.5‰，录入错误；仍为初步数",
        );
        check(&[one], "draft = true\n[metrics]\nrate = \"5.4‰\"", " | ");
    }
}
