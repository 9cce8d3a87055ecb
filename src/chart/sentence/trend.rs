//! What a trend shows: the leading series from first to last, its extremes, the others at the same time, and what is missing.

use crate::chart::number::written;
use crate::chart::series::{figures, runs};
use crate::chart::{Cell, ChartTable, Column, Figure, Lang, Row};

use super::change::{change, verb};
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
    if let Some((column, _)) = points.last() {
        clauses.extend(others(table, column, lang));
    }
    clauses.extend(missing(table, row, lang));
    clauses
}

/// `天门市婴儿死亡率`, unless the title already names the region.
pub fn subject(table: &ChartTable, row: &Row, lang: Lang) -> String {
    match lang {
        // Of several rows the title may name each; only its own name is true of one.
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
            format!("{who}由{from}的{before}{}{to}的{after}，{change}", verb(first.1, last.1, &table.unit))
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

/// The highest and the lowest series at the leading one's last period, where at least two can be compared.
fn others(table: &ChartTable, column: &Column, lang: Lang) -> Option<String> {
    let place = table.columns.iter().position(|other| other == column)?;
    let mut here: Vec<(&Row, &Figure)> = Vec::new();
    for row in &table.rows {
        if !runs(table, row).iter().any(|run| run.columns.contains(&place)) {
            continue;
        }
        here.extend(figures(table, row).find(|(at, _, _)| *at == place).map(|(_, _, figure)| (row, figure)));
    }
    if here.len() < 2 {
        return None;
    }
    let (highest, lowest) = (here.iter().map(|one| one.1.value).max()?, here.iter().map(|one| one.1.value).min()?);
    let when = period(&column.label, lang);
    if highest == lowest {
        return Some(match lang {
            Lang::Zh => format!("{when}所列{}个系列数值相同", here.len()),
            Lang::En => format!("in {when} all {} series are equal", here.len()),
        });
    }
    let names = |value| {
        let rows: Vec<&(&Row, &Figure)> = here.iter().filter(|one| one.1.value == value).collect();
        let names: Vec<String> = rows.iter().map(|one| one.0.name.clone()).collect();
        (list(&names, lang), rows.first().map(|one| written(one.1)).unwrap_or_default())
    };
    let ((top, most), (bottom, least)) = (names(highest), names(lowest));
    Some(match lang {
        Lang::Zh => format!("{when}所列{}个系列中最高的是{top}（{most}），最低的是{bottom}（{least}）", here.len()),
        Lang::En => {
            format!("of {} series in {when}, {top} is highest ({most}) and {bottom} lowest ({least})", here.len())
        }
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
