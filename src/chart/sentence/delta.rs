//! What a chart of changes shows: how many rose, fell and stayed, the largest rise and fall, and how many are better or worse
//! where that is known.

use rust_decimal::Decimal;

use crate::chart::number::written;
use crate::chart::{ChartTable, Delta, Figure, Lang, Row};

use super::change::verb;
use super::ends::amount;
use super::trend::subject;
use super::{list, nothing, period};

struct Moved<'a> {
    row: &'a Row,
    earlier: &'a Figure,
    later: &'a Figure,
    change: &'a Delta,
}

/// The clauses of the sentence.
pub fn clauses(table: &ChartTable, lang: Lang) -> Vec<String> {
    let all: Vec<Moved<'_>> = table.rows.iter().filter_map(moved).collect();
    let (from, to) = periods(table, lang);
    let mut clauses = match all.as_slice() {
        [] if table.is_empty() => vec![nothing(&table.title, lang)],
        [] => vec![match lang {
            Lang::Zh => format!("{}：没有两期都可比的数，不作比较", table.title),
            Lang::En => format!("{}: no figures of both periods can be compared", table.title),
        }],
        [only] => vec![single(table, only, (&from, &to), lang)],
        _ => several(table, &all, (&from, &to), lang),
    };
    let without: Vec<String> = table
        .rows
        .iter()
        .filter(|row| row.figure(0).is_none() || row.figure(1).is_none())
        .map(|row| row.name.clone())
        .collect();
    if !without.is_empty() && !table.is_empty() {
        clauses.push(match lang {
            Lang::Zh => format!("{}缺数", list(&without, lang)),
            Lang::En => format!("no figure for {}", list(&without, lang)),
        });
    }
    clauses
}

fn moved(row: &Row) -> Option<Moved<'_>> {
    let (earlier, later) = (row.figure(0)?, row.figure(1)?);
    Some(Moved { row, earlier, later, change: row.change.as_ref()? })
}

fn periods(table: &ChartTable, lang: Lang) -> (String, String) {
    let label = |place: usize| table.columns.get(place).map(|column| period(&column.label, lang)).unwrap_or_default();
    (label(0), label(1))
}

fn judged(change: &Delta, lang: Lang) -> &'static str {
    match (change.better, lang) {
        (Some(true), Lang::Zh) => "（好转）",
        (Some(false), Lang::Zh) => "（变差）",
        (Some(true), Lang::En) => " (better)",
        (Some(false), Lang::En) => " (worse)",
        (None, Lang::Zh) if change.rounding => "（舍入之内）",
        (None, Lang::En) if change.rounding => " (within rounding)",
        (None, _) => "",
    }
}

fn single(table: &ChartTable, one: &Moved<'_>, (from, to): (&str, &str), lang: Lang) -> String {
    let who = subject(table, one.row, lang);
    let (before, after) = (written(one.earlier), written(one.later));
    let (size, judged) = (&one.change.amount, judged(one.change, lang));
    let rise = one.change.difference > Decimal::ZERO;
    match (lang, one.change.difference.is_zero()) {
        (Lang::Zh, true) => format!("{who}{from}为{before}，{to}为{after}，持平"),
        (Lang::En, true) => format!("{who} was {before} in {from} and {after} in {to}, the same"),
        (Lang::Zh, false) => {
            let direction = if rise { "上升" } else { "下降" };
            let verb = verb(one.earlier, one.later, &table.unit);
            format!("{who}由{from}的{before}{verb}{to}的{after}，{direction}{size}{judged}")
        }
        (Lang::En, false) => {
            let direction = if rise { "up" } else { "down" };
            format!("{who} went from {before} in {from} to {after} in {to}, {direction} {size}{judged}")
        }
    }
}

fn several(table: &ChartTable, all: &[Moved<'_>], (from, to): (&str, &str), lang: Lang) -> Vec<String> {
    let count =
        |wanted: fn(&Decimal) -> bool| all.iter().filter(|one| told(one) && wanted(&one.change.difference)).count();
    let (up, down) = (count(|d| *d > Decimal::ZERO), count(|d| *d < Decimal::ZERO));
    let rounded = all.iter().filter(|one| one.change.rounding).count();
    let still = all.len() - up - down - rounded;
    let rows = table.row_kind.label(lang);
    let words = match lang {
        Lang::Zh => [(up, "上升"), (down, "下降"), (still, "持平"), (rounded, "相差在舍入之内")]
            .map(|(n, what)| (n, format!("{n}个{what}"))),
        Lang::En => [(up, "up"), (down, "down"), (still, "unchanged"), (rounded, "within rounding")]
            .map(|(n, what)| (n, format!("{n} {what}"))),
    };
    let words: Vec<String> = words.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    let mut clauses = vec![match lang {
        Lang::Zh if up == all.len() => format!("{}：{to}与{from}相比，可比的{up}个{rows}均上升", table.title),
        Lang::Zh if down == all.len() => format!("{}：{to}与{from}相比，可比的{down}个{rows}均下降", table.title),
        Lang::Zh if still == all.len() => format!("{}：{to}与{from}相比，可比的{still}个{rows}均持平", table.title),
        Lang::Zh => format!("{}：{to}与{from}相比，可比的{}个{rows}中{}", table.title, all.len(), words.join("、")),
        Lang::En => format!("{}: of {} comparable from {from} to {to}, {}", table.title, all.len(), words.join(", ")),
    }];
    clauses.extend(largest(table, all, true, lang));
    clauses.extend(largest(table, all, false, lang));
    clauses.extend(judgement(all, lang));
    clauses
}

/// The largest rise or fall. Growth in per cent is compared with growth only; mixed with amounts, the difference decides.
fn largest(table: &ChartTable, all: &[Moved<'_>], rise: bool, lang: Lang) -> Option<String> {
    let growth = all.iter().filter(|one| told(one)).all(|one| grew(table, one));
    let size = |one: &Moved<'_>| -> Option<Decimal> {
        let difference = one.change.difference.abs();
        if growth { difference.checked_div(one.earlier.value.abs()) } else { Some(difference) }
    };
    let there: Vec<&Moved<'_>> =
        all.iter().filter(|one| told(one) && (one.change.difference > Decimal::ZERO) == rise).collect();
    let most = there.iter().filter_map(|one| size(one)).max()?;
    let leading: Vec<&&Moved<'_>> = there.iter().filter(|one| size(one) == Some(most)).collect();
    let names: Vec<String> = leading.iter().map(|one| one.row.name.clone()).collect();
    let names = list(&names, lang);
    let first = leading.first()?;
    // Where amounts and growth are mixed, the words follow what decided.
    let mixed = !growth && all.iter().any(|one| grew(table, one));
    let how = if mixed { amount(most, &table.unit, lang) } else { first.change.amount.clone() };
    let (before, after) = (written(first.earlier), written(first.later));
    let facts = match (lang, leading.len()) {
        (Lang::Zh, 1) => format!("由{before}到{after}，{how}"),
        (Lang::Zh, _) => format!("均为{how}"),
        (Lang::En, 1) => format!("{before} to {after}, {how}"),
        (Lang::En, _) => format!("{how} each"),
    };
    Some(match (lang, rise, there.len() == 1) {
        (Lang::Zh, true, true) => format!("上升的是{names}（{facts}）"),
        (Lang::Zh, true, false) => format!("升幅最大的是{names}（{facts}）"),
        (Lang::Zh, false, true) => format!("下降的是{names}（{facts}）"),
        (Lang::Zh, false, false) => format!("降幅最大的是{names}（{facts}）"),
        (Lang::En, true, true) => format!("up: {names} ({facts})"),
        (Lang::En, true, false) => format!("largest rise {names} ({facts})"),
        (Lang::En, false, true) => format!("down: {names} ({facts})"),
        (Lang::En, false, false) => format!("largest fall {names} ({facts})"),
    })
}

/// Whether a change is told as growth in per cent.
fn grew(table: &ChartTable, one: &Moved<'_>) -> bool {
    table.unit != "%" && one.change.amount.ends_with('%')
}

/// Whether there is a difference that rounding does not explain.
fn told(one: &Moved<'_>) -> bool {
    !one.change.difference.is_zero() && !one.change.rounding
}

/// How many are better and worse, where that is known of every change.
fn judgement(all: &[Moved<'_>], lang: Lang) -> Option<String> {
    let changed = || all.iter().filter(|one| told(one));
    if changed().next().is_none() || changed().any(|one| one.change.better.is_none()) {
        return None;
    }
    let better = changed().filter(|one| one.change.better == Some(true)).count();
    let worse = changed().count() - better;
    Some(match (lang, better, worse) {
        (Lang::Zh, 0, _) => format!("按指标优劣方向，{worse}个变差"),
        (Lang::Zh, _, 0) => format!("按指标优劣方向，{better}个好转"),
        (Lang::Zh, _, _) => format!("按指标优劣方向，{better}个好转、{worse}个变差"),
        (Lang::En, 0, _) => format!("{worse} for the worse"),
        (Lang::En, _, 0) => format!("{better} for the better"),
        (Lang::En, _, _) => format!("{better} for the better, {worse} for the worse"),
    })
}
