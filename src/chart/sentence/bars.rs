//! What a ranking and a progress chart show: the leading place, the ends, and how many targets are met.

use rust_decimal::Decimal;

use crate::chart::series::bound;
use crate::chart::{Cell, ChartTable, Figure, Lang, Polarity, Row};

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

/// The clauses for progress.
pub fn progress(table: &ChartTable, lang: Lang) -> Vec<String> {
    let mut verdicts: Vec<(&Row, &Figure, &Figure, Option<bool>)> = Vec::new();
    for row in &table.rows {
        if let (Some(figure), Some(Cell::Figure(goal))) = (row.figure(0), row.cells.get(1)) {
            verdicts.push((row, figure, goal, met(figure, goal, table.polarity)));
        }
    }
    let mut clauses = match verdicts.as_slice() {
        [] => vec![nothing(&table.title, lang)],
        [(row, figure, goal, met)] => {
            let (name, written, target) = (&row.name, &figure.written, &goal.written);
            let verdict = match (lang, met) {
                (Lang::Zh, Some(true)) => "已达到",
                (Lang::Zh, Some(false)) => "未达到",
                (Lang::Zh, None) => "能否达到无法判断",
                (Lang::En, Some(true)) => "met",
                (Lang::En, Some(false)) => "not met",
                (Lang::En, None) => "undecided",
            };
            vec![match lang {
                Lang::Zh => format!("{name}为{written}，目标{target}，{verdict}"),
                Lang::En => format!("{name} is {written} against a target of {target}: {verdict}"),
            }]
        }
        _ => {
            let count = |wanted| verdicts.iter().filter(|(.., met)| *met == wanted).count();
            let (yes, no, open, all) = (count(Some(true)), count(Some(false)), count(None), verdicts.len());
            let missed: Vec<String> =
                verdicts.iter().filter(|(.., met)| *met == Some(false)).map(|(row, ..)| row.name.clone()).collect();
            let mut words = Vec::new();
            match lang {
                Lang::Zh if yes > 0 => words.push(format!("{yes}项已达到")),
                Lang::En => words.push(format!("{yes} of {all} targets are met")),
                Lang::Zh => {}
            }
            match lang {
                Lang::Zh if no > 0 => words.push(format!("{no}项未达到（{}）", list(&missed, lang))),
                Lang::En if no > 0 => words.push(format!("{no} not met ({})", list(&missed, lang))),
                Lang::Zh | Lang::En => {}
            }
            match lang {
                Lang::Zh if open > 0 => words.push(format!("{open}项无法判断")),
                Lang::En if open > 0 => words.push(format!("{open} undecided")),
                Lang::Zh | Lang::En => {}
            }
            vec![match lang {
                Lang::Zh => format!("{}：有目标的{all}项中{}", table.title, words.join("，")),
                Lang::En => format!("{}: {}", table.title, words.join(", ")),
            }]
        }
    };
    clauses.extend(missing(table, lang));
    clauses
}

/// Whether a figure meets its target, as far as the signs of both allow; without a sign the polarity decides the side.
fn met(figure: &Figure, goal: &Figure, polarity: Polarity) -> Option<bool> {
    let (value, wanted) = (figure.value, goal.value);
    let up = match (goal.sign, polarity) {
        ("≥" | ">", _) => true,
        ("≤" | "<", _) => false,
        (_, Polarity::Higher) => true,
        (_, Polarity::Lower) => false,
        (_, Polarity::None) => return None,
    };
    let strict = matches!(goal.sign, ">" | "<");
    let reached = match (up, strict) {
        (true, false) => value >= wanted,
        (true, true) => value > wanted,
        (false, false) => value <= wanted,
        (false, true) => value < wanted,
    };
    // A lower bound proves that a floor is reached and that a ceiling is broken, never the contrary.
    match (figure.sign, up) {
        ("≥", true) | ("≤", false) => reached.then_some(true),
        (">", true) | ("<", false) if value == wanted => Some(true),
        (">", true) | ("<", false) => reached.then_some(true),
        ("≥", false) | ("≤", true) => (!reached).then_some(false),
        (">", false) | ("<", true) if value == wanted => Some(false),
        (">", false) | ("<", true) => (!reached).then_some(false),
        ("约", _) if value == wanted => None,
        _ => Some(reached),
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
