//! What a trend shows: the leading series from first to last, its extremes, the others at the same time, and what is missing.

use crate::chart::number::written;
use crate::chart::series::{figures, runs, solid};
use crate::chart::{Cell, ChartTable, Column, Figure, Lang, Row, RowKind};

use super::change::{change, rounding, verb};
use super::ends::{Named, one_level};
use super::{list, nothing, period};

type Point<'a> = (&'a Column, &'a Figure);

/// The clauses of the sentence.
pub fn clauses(table: &ChartTable, lang: Lang) -> Vec<String> {
    let some = |row: &&Row| figures(table, row).next().is_some();
    let Some(row) = table.rows.iter().find(|row| row.emphasis && some(row)).or(table.rows.iter().find(some)) else {
        return vec![nothing(&table.title, lang)];
    };
    let who = subject(table, row, lang);
    let runs = runs(table, row);
    let since = runs.iter().rposition(|run| run.after_break).unwrap_or(0);
    let points: Vec<Point<'_>> = runs[since.min(runs.len())..]
        .iter()
        .flat_map(|run| &run.columns)
        .filter_map(|place| {
            figures(table, row).find(|(at, _, _)| at == place).map(|(_, column, figure)| (column, figure))
        })
        .collect();
    let mut clauses = match points.as_slice() {
        [] => vec![loose(table, row, &who, lang)],
        [only] => vec![single(only, &who, lang)],
        [first, .., last] => from_to(&points, first, last, table, &who, lang),
    };
    if since > 0 {
        clauses.push(match lang {
            Lang::Zh => "此前口径或范围不同，不作比较".to_owned(),
            Lang::En => "earlier figures follow another definition and are not compared".to_owned(),
        });
    }
    clauses.extend(newer(table, row, points.last().map(|(column, _)| *column), lang));
    if let Some((column, _)) = points.last().filter(|_| table.row_kind == RowKind::Region) {
        clauses.extend(others(table, row, column, lang));
    }
    clauses.extend(missing(table, row, lang));
    clauses
}

/// A newer figure of the leading series that may not be joined, told with the reason.
fn newer(table: &ChartTable, row: &Row, last: Option<&Column>, lang: Lang) -> Option<String> {
    let (_, column, figure) = figures(table, row).last()?;
    let newer = last.is_some_and(|last| column.position > last.position) && !solid(column, figure);
    let (when, what) = (period(&column.label, lang), written(figure));
    newer.then(|| match lang {
        Lang::Zh => format!("{when}为{what}，不参与比较"),
        Lang::En => format!("{what} in {when} is not compared"),
    })
}

/// `天门市婴儿死亡率`, unless the title already names the region.
pub fn subject(table: &ChartTable, row: &Row, lang: Lang) -> String {
    match lang {
        // The title may name several indicators or regions; only its own name is true of one.
        _ if table.row_kind == RowKind::Indicator => row.name.clone(),
        _ if table.rows.len() > 1 && !row.name.is_empty() && table.title.contains(&row.name) => row.name.clone(),
        _ if row.name.is_empty() || table.title.contains(&row.name) => table.title.clone(),
        Lang::Zh => format!("{}{}", row.name, table.title),
        Lang::En => format!("{}, {}", table.title, row.name),
    }
}

fn single((column, figure): &Point<'_>, who: &str, lang: Lang) -> String {
    let (when, what) = (period(&column.label, lang), written(figure));
    match lang {
        Lang::Zh => format!("{when}{who}为{what}，可比的只有这一期，不构成趋势"),
        Lang::En => format!("{who} was {what} in {when}, the only comparable period, so there is no trend"),
    }
}

/// Only figures that may not be joined: the newest is told with its period.
fn loose(table: &ChartTable, row: &Row, who: &str, lang: Lang) -> String {
    let Some((_, column, figure)) = figures(table, row).last() else {
        return nothing(&table.title, lang);
    };
    let (when, what) = (period(&column.label, lang), written(figure));
    match lang {
        Lang::Zh => format!("{when}{who}为{what}，没有可以前后比较的数"),
        Lang::En => format!("{who} was {what} in {when}; no two figures can be compared"),
    }
}

fn from_to(
    points: &[Point<'_>],
    first: &Point<'_>,
    last: &Point<'_>,
    table: &ChartTable,
    who: &str,
    lang: Lang,
) -> Vec<String> {
    let (from, to) = (period(&first.0.label, lang), period(&last.0.label, lang));
    let (before, after) = (written(first.1), written(last.1));
    let mut clauses = Vec::new();
    if points.iter().all(|(_, figure)| figure.value == first.1.value) {
        return vec![match lang {
            Lang::Zh => format!("{from}至{to}，{who}有数的{}期均为{after}", points.len()),
            Lang::En => format!("{who} was {after} in all {} periods from {from} to {to}", points.len()),
        }];
    }
    let change = change(first.1, last.1, &table.unit, lang);
    clauses.push(match (lang, first.1.value == last.1.value) {
        (Lang::Zh, true) => format!("{who}{from}为{before}，{to}为{after}，首尾持平"),
        (Lang::En, true) => format!("{who} was {before} in {from} and {after} in {to}, the same at both ends"),
        (Lang::Zh, false) => {
            let verb = if rounding(first.1, last.1) { "到" } else { verb(first.1, last.1, &table.unit) };
            format!("{who}由{from}的{before}{verb}{to}的{after}，{change}")
        }
        (Lang::En, false) => format!("{who} went from {before} in {from} to {after} in {to}, {change}"),
    });
    let highest = points.iter().rev().max_by_key(|(_, figure)| figure.value);
    let lowest = points.iter().min_by_key(|(_, figure)| figure.value);
    let inner = |point: &&Point<'_>| point.1.value != first.1.value && point.1.value != last.1.value;
    if let Some((column, figure)) = highest.filter(inner) {
        clauses.push(match lang {
            Lang::Zh => format!("其间最高为{}的{}", period(&column.label, lang), written(figure)),
            Lang::En => format!("highest in {} at {}", period(&column.label, lang), written(figure)),
        });
    }
    if let Some((column, figure)) = lowest.filter(inner) {
        clauses.push(match lang {
            Lang::Zh => format!("其间最低为{}的{}", period(&column.label, lang), written(figure)),
            Lang::En => format!("lowest in {} at {}", period(&column.label, lang), written(figure)),
        });
    }
    clauses
}

/// At the leading series' last period: the highest and the lowest of one level of government, where at least two can be
/// compared, and the figures of other levels.
fn others(table: &ChartTable, lead: &Row, column: &Column, lang: Lang) -> Vec<String> {
    let Some(place) = table.columns.iter().position(|other| other == column) else { return Vec::new() };
    let joined = |row: &&Row| runs(table, row).iter().any(|run| run.columns.contains(&place));
    let here: Vec<Named<'_>> =
        table.rows.iter().filter(joined).filter_map(|row| Some(Named::of(row, row.figure(place)?))).collect();
    let (peers, other) = one_level(&here);
    let when = period(&column.label, lang);
    let mut clauses = Vec::new();
    clauses.extend(extremes(&peers, !other.is_empty(), &when, lang));
    // Where no two are of one level, each is told.
    let rest = if peers.len() < 2 { here } else { other };
    let told: Vec<String> = rest
        .iter()
        .filter(|one| one.name != lead.name)
        .map(|one| match lang {
            Lang::Zh => format!("{}为{}", one.name, written(one.figure)),
            Lang::En => format!("{} {}", one.name, written(one.figure)),
        })
        .collect();
    if !told.is_empty() {
        clauses.push(match lang {
            Lang::Zh => format!("同期{}", list(&told, lang)),
            Lang::En => format!("in the same period {}", list(&told, lang)),
        });
    }
    clauses
}

fn extremes(here: &[Named<'_>], mixed: bool, when: &str, lang: Lang) -> Option<String> {
    let (highest, lowest) =
        (here.iter().map(|one| one.figure.value).max()?, here.iter().map(|one| one.figure.value).min()?);
    let count = here.len();
    let among = match (lang, mixed) {
        (Lang::Zh, false) => format!("所列{count}个系列"),
        (Lang::Zh, true) => format!("同级的{count}个系列"),
        (Lang::En, false) => format!("{count} series"),
        (Lang::En, true) => format!("{count} series of one level"),
    };
    if count < 2 {
        return None;
    }
    if highest == lowest {
        return Some(match lang {
            Lang::Zh => format!("{when}{among}数值相同"),
            Lang::En => format!("in {when} all {among} are equal"),
        });
    }
    let names = |value| {
        let rows: Vec<&Named<'_>> = here.iter().filter(|one| one.figure.value == value).collect();
        let names: Vec<String> = rows.iter().map(|one| one.name.clone()).collect();
        (list(&names, lang), rows.first().map(|one| written(one.figure)).unwrap_or_default())
    };
    let ((top, most), (bottom, least)) = (names(highest), names(lowest));
    Some(match lang {
        Lang::Zh => format!("{when}{among}中最高的是{top}（{most}），最低的是{bottom}（{least}）"),
        Lang::En => format!("of {among} in {when}, highest {top} ({most}), lowest {bottom} ({least})"),
    })
}

/// The periods without a figure for the leading series.
fn missing(table: &ChartTable, row: &Row, lang: Lang) -> Option<String> {
    let gaps: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(place, column)| !column.partial && !matches!(row.cells.get(*place), Some(Cell::Figure(_))))
        .map(|(_, column)| period(&column.label, lang))
        .collect();
    if gaps.is_empty() {
        return None;
    }
    Some(match lang {
        Lang::Zh if gaps.len() > 4 => format!("{}时期缺数", list(&gaps, lang)),
        Lang::Zh => format!("{}缺数", list(&gaps, lang)),
        Lang::En => format!("no figure for {}", list(&gaps, lang)),
    })
}
