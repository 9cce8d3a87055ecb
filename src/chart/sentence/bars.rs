//! What a ranking and a progress chart show: the leading place, the ends, and how many targets are met.

use rust_decimal::Decimal;

use crate::chart::series::bound;
use crate::chart::{ChartTable, Figure, Lang, Row};

use super::trend::subject;
use super::{list, nothing, period};

/// The clauses for a ranking.
pub fn ranking(table: &ChartTable, lang: Lang) -> Vec<String> {
    let rows: Vec<(&Row, &Figure)> = table.rows.iter().filter_map(|row| Some((row, row.figure(0)?))).collect();
    let when = table.columns.first().map(|column| period(&column.label, lang)).unwrap_or_default();
    let ranked: Vec<&(&Row, &Figure)> = rows.iter().filter(|(_, figure)| !bound(figure)).collect();
    let about = match lang {
        Lang::Zh if table.title.contains(&when) => table.title.clone(),
        Lang::Zh => format!("{when}{}", table.title),
        Lang::En if when.is_empty() => table.title.clone(),
        Lang::En => format!("{}, {when}", table.title),
    };
    let mut clauses = match ranked.as_slice() {
        [] => vec![nothing(&about, lang)],
        [(row, figure)] => vec![match lang {
            Lang::Zh => format!("{about}：有可比数的只有{}，为{}，不作排名", row.name, figure.written),
            Lang::En => {
                format!("{about}: only {} has a comparable figure, {}, so nothing is ranked", row.name, figure.written)
            }
        }],
        _ => several(&ranked, &about, lang),
    };
    let bounds: Vec<String> =
        rows.iter().filter(|(_, figure)| bound(figure)).map(|(row, _)| row.name.clone()).collect();
    if !bounds.is_empty() {
        clauses.push(match lang {
            Lang::Zh => format!("{}只有界限值，不参与比较", list(&bounds, lang)),
            Lang::En => format!("only a bound is known for {}", list(&bounds, lang)),
        });
    }
    clauses.extend(missing(table, lang));
    clauses
}

fn several(ranked: &[&(&Row, &Figure)], about: &str, lang: Lang) -> Vec<String> {
    let values = || ranked.iter().map(|(_, figure)| figure.value);
    let (highest, lowest) = (values().max().unwrap_or_default(), values().min().unwrap_or_default());
    let count = ranked.len();
    let end = |value: Decimal| {
        let rows: Vec<_> = ranked.iter().filter(|(_, figure)| figure.value == value).collect();
        let names: Vec<String> = rows.iter().map(|(row, _)| row.name.clone()).collect();
        (list(&names, lang), rows.first().map(|(_, figure)| figure.written.clone()).unwrap_or_default())
    };
    let ((top, most), (bottom, least)) = (end(highest), end(lowest));
    if highest == lowest {
        return vec![match lang {
            Lang::Zh => format!("{about}：有数的{count}个均为{most}"),
            Lang::En => format!("{about}: all {count} are {most}"),
        }];
    }
    let falling = ranked.first().map(|(_, figure)| figure.value) >= ranked.last().map(|(_, figure)| figure.value);
    let mut clauses = Vec::new();
    for (row, figure) in ranked.iter().filter(|(row, _)| row.emphasis) {
        let Some(rank) = row.rank else { continue };
        let tied = ranked.iter().filter(|(other, _)| other.rank == Some(rank)).count() > 1;
        let (name, what) = (&row.name, &figure.written);
        clauses.push(match (lang, tied) {
            (Lang::Zh, true) => format!("{name}为{what}，并列第{rank}位"),
            (Lang::Zh, false) => format!("{name}为{what}，居第{rank}位"),
            (Lang::En, true) => format!("{name} has {what}, tied at {rank}"),
            (Lang::En, false) => format!("{name} has {what}, at {rank}"),
        });
    }
    clauses.push(match lang {
        Lang::Zh => format!("最高为{top}（{most}），最低为{bottom}（{least}）"),
        Lang::En => format!("highest {top} ({most}), lowest {bottom} ({least})"),
    });
    clauses[0] = match (lang, falling) {
        (Lang::Zh, true) => format!("{about}：有数的{count}个由高到低排列，{}", clauses[0]),
        (Lang::Zh, false) => format!("{about}：有数的{count}个由低到高排列，{}", clauses[0]),
        (Lang::En, true) => format!("{about}, {count} from high to low: {}", clauses[0]),
        (Lang::En, false) => format!("{about}, {count} from low to high: {}", clauses[0]),
    };
    clauses
}

/// The clauses for progress: what is known of each target, as it was judged.
pub fn progress(table: &ChartTable, lang: Lang) -> Vec<String> {
    let goal = |row: &Row| row.figure(1).cloned();
    let rows: Vec<(&Row, Figure)> = table.rows.iter().filter_map(|row| Some((row, goal(row)?))).collect();
    match rows.as_slice() {
        [] => vec![nothing(&table.title, lang)],
        [(row, goal)] => vec![alone(table, row, goal, lang)],
        _ => vec![together(table, &rows, lang)],
    }
}

fn alone(table: &ChartTable, row: &Row, goal: &Figure, lang: Lang) -> String {
    let (who, target, state) = (subject(table, row, lang), &goal.written, state(row, lang));
    match (row.figure(0), lang) {
        (Some(figure), Lang::Zh) => format!("{who}为{}，目标{target}，{state}", figure.written),
        (Some(figure), Lang::En) => format!("{who}: {} against a target of {target}, {state}", figure.written),
        (None, Lang::Zh) => format!("{who}目标{target}，{state}"),
        (None, Lang::En) => format!("{who}: target {target}, {state}"),
    }
}

fn together(table: &ChartTable, rows: &[(&Row, Figure)], lang: Lang) -> String {
    let met = |row: &Row| row.judged.as_ref().and_then(|judged| judged.met);
    let mut states: Vec<(Option<bool>, String, Vec<String>)> = Vec::new();
    for (row, _) in rows {
        let state = state(row, lang);
        match states.iter_mut().find(|(_, known, _)| *known == state) {
            Some((.., names)) => names.push(row.name.clone()),
            None => states.push((met(row), state, vec![row.name.clone()])),
        }
    }
    // Met first, then missed, then what is open.
    states.sort_by_key(|(met, ..)| met.map_or(2, |met| u8::from(!met)));
    let words = states.iter().map(|(met, state, names)| match (met, lang) {
        (Some(true), Lang::Zh) => format!("{}项{state}", names.len()),
        (Some(true), Lang::En) => format!("{} {state}", names.len()),
        (_, Lang::Zh) => format!("{}项{state}（{}）", names.len(), list(names, lang)),
        (_, Lang::En) => format!("{} {state} ({})", names.len(), list(names, lang)),
    });
    let words: Vec<String> = words.collect();
    match lang {
        Lang::Zh => format!("{}：{}项目标中{}", table.title, rows.len(), words.join("，")),
        Lang::En => format!("{}: of {} targets, {}", table.title, rows.len(), words.join(", ")),
    }
}

/// The state of a row's target in words.
fn state(row: &Row, lang: Lang) -> String {
    match (&row.judged, lang) {
        (Some(judged), _) => judged.word.clone(),
        (None, Lang::Zh) => "无法判断".to_owned(),
        (None, Lang::En) => "undecided".to_owned(),
    }
}

fn missing(table: &ChartTable, lang: Lang) -> Option<String> {
    let gaps: Vec<String> =
        table.rows.iter().filter(|row| row.figure(0).is_none()).map(|row| row.name.clone()).collect();
    if gaps.is_empty() || gaps.len() == table.rows.len() {
        return None;
    }
    Some(match lang {
        Lang::Zh => format!("{}缺数", list(&gaps, lang)),
        Lang::En => format!("no figure for {}", list(&gaps, lang)),
    })
}
