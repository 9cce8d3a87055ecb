//! What shares show: the largest of the named parts, how its share differs between the wholes, and what is left over.
//!
//! A whole whose parts are not all given exactly is not judged: an unknown part may be the largest.

use crate::chart::number::bare;
use crate::chart::series::{figures, rest, solid};
use crate::chart::{ChartTable, Figure, Lang, Row};

use super::ends::{Named, ends};
use super::{list, nothing, period};

/// The clauses of the sentence.
pub fn clauses(table: &ChartTable, lang: Lang) -> Vec<String> {
    if table.is_empty() {
        return vec![nothing(&table.title, lang)];
    }
    let whole: Vec<&Row> = table.rows.iter().filter(|row| complete(table, row)).collect();
    let mut clauses = match whole.as_slice() {
        [] => vec![match lang {
            Lang::Zh => format!("{}：各部分不全或不可比，不作比较", table.title),
            Lang::En => format!("{}: parts are missing or not comparable, so nothing is compared", table.title),
        }],
        [row] => single(table, row, lang),
        _ => several(table, &whole, lang),
    };
    let without: Vec<String> = table
        .rows
        .iter()
        .filter(|row| !whole.is_empty() && !complete(table, row))
        .map(|row| period(&row.name, lang))
        .collect();
    if !without.is_empty() {
        clauses.push(match lang {
            Lang::Zh => format!("{}各部分不全或不可比，不参与比较", list(&without, lang)),
            Lang::En => format!("parts missing or not comparable for {}", list(&without, lang)),
        });
    }
    clauses
}

/// The places of the named parts.
fn parts(table: &ChartTable) -> impl Iterator<Item = usize> {
    let rest = rest(table);
    (0..table.columns.len()).filter(move |place| rest != Some(*place))
}

fn complete(table: &ChartTable, row: &Row) -> bool {
    parts(table).all(|place| row.figure(place).is_some_and(|figure| solid(&table.columns[place], figure)))
}

fn percent(figure: &Figure) -> String {
    format!("{}%", bare(figure))
}

/// The columns of the largest named part of a row.
fn largest(table: &ChartTable, row: &Row) -> Vec<usize> {
    let value = |place: usize| row.figure(place).map(|figure| figure.value);
    let most = parts(table).filter_map(value).max();
    parts(table).filter(|place| value(*place) == most && most.is_some()).collect()
}

fn names(table: &ChartTable, places: &[usize], lang: Lang) -> String {
    list(&places.iter().map(|place| period(&table.columns[*place].label, lang)).collect::<Vec<_>>(), lang)
}

fn single(table: &ChartTable, row: &Row, lang: Lang) -> Vec<String> {
    let who = period(&row.name, lang);
    let about = match lang {
        _ if row.name.is_empty() || table.title.contains(&row.name) => table.title.clone(),
        Lang::Zh => format!("{who}{}", table.title),
        Lang::En => format!("{}, {who}", table.title),
    };
    let top = largest(table, row);
    let called = names(table, &top, lang);
    let share = top.first().and_then(|place| row.figure(*place));
    let written = share.map(|figure| figure.written.clone()).unwrap_or_default();
    let share = share.map(percent).unwrap_or_default();
    let only = parts(table).count() == 1;
    let listed = if rest(table).is_some() { "所列部分中" } else { "" };
    let mut clauses = vec![match (lang, top.len()) {
        (Lang::Zh, _) if only => format!("{about}：{called}占{share}（{written}）"),
        (Lang::En, _) if only => format!("{about}: {called} {share} ({written})"),
        (Lang::Zh, 1) => format!("{about}：{listed}占比最大的是{called}，为{share}（{written}）"),
        (Lang::En, 1) => format!("{about}: the largest part listed is {called}, {share} ({written})"),
        (Lang::Zh, _) => format!("{about}：{listed}{called}占比并列最大，均为{share}"),
        (Lang::En, _) => format!("{about}: the largest parts listed are {called}, {share} each"),
    }];
    if let Some(figure) = rest(table).and_then(|place| row.figure(place)) {
        clauses.push(match lang {
            Lang::Zh => format!("其余占{}", percent(figure)),
            Lang::En => format!("the rest is {}", percent(figure)),
        });
    }
    clauses
}

fn several(table: &ChartTable, whole: &[&Row], lang: Lang) -> Vec<String> {
    let heads: Vec<Vec<usize>> = whole.iter().map(|row| largest(table, row)).collect();
    // Without a remainder the parts listed are all there are.
    let (listed, among) = if rest(table).is_some() { ("所列部分中", "所列部分中") } else { ("", "中") };
    let rows = table.row_kind.label(lang);
    let mut clauses = Vec::new();
    if let [place] = heads[0].as_slice()
        && heads.iter().all(|head| head == &heads[0])
    {
        let place = *place;
        let called = names(table, &[place], lang);
        // The shares themselves are told, not the parts as written.
        let told = |row: &&Row| row.figure(place).map(|one| Figure { written: percent(one), ..one.clone() });
        let told: Vec<Figure> = whole.iter().filter_map(told).collect();
        let name = |row: &Row| period(&row.name, lang);
        let shares: Vec<Named<'_>> =
            whole.iter().zip(&told).map(|(row, figure)| Named { name: name(row), ..Named::of(row, figure) }).collect();
        let shared = |one: &Named<'_>| match lang {
            Lang::Zh => format!("{}为{}", one.name, one.figure.written),
            Lang::En => format!("{} {}", one.name, one.figure.written),
        };
        let words = match (ends(&shares, lang), lang) {
            (Some(ends), Lang::Zh) if ends.mixed => format!("同级的{}个中{}", ends.count, ends.words("%", lang)),
            (Some(ends), Lang::En) if ends.mixed => format!("{} of one level: {}", ends.count, ends.words("%", lang)),
            (Some(ends), _) => ends.words("%", lang),
            (None, _) => list(&shares.iter().map(shared).collect::<Vec<_>>(), lang),
        };
        let count = whole.len();
        let only = parts(table).count() == 1;
        clauses.push(match lang {
            Lang::Zh if only => format!("{}：{count}个{rows}中{called}的占比{words}", table.title),
            Lang::En if only => format!("{}: share of {called} in {count}: {words}", table.title),
            Lang::Zh => format!("{}：{count}个{rows}{among}占比最大的都是{called}，其占比{words}", table.title),
            Lang::En => {
                format!("{}: {called} is the largest part listed in all {count}; its share: {words}", table.title)
            }
        });
    } else {
        let mut counts = Vec::new();
        for place in parts(table) {
            let count = heads.iter().filter(|head| head.contains(&place)).count();
            let called = names(table, &[place], lang);
            counts.extend((count > 0).then(|| match lang {
                Lang::Zh => format!("{count}个{rows}是{called}"),
                Lang::En => format!("{called} in {count}"),
            }));
        }
        let tied = if heads.iter().any(|head| head.len() > 1) {
            match lang {
                Lang::Zh => "（含并列）",
                Lang::En => " (ties counted for each)",
            }
        } else {
            ""
        };
        clauses.push(match lang {
            Lang::Zh => format!("{}：{listed}占比最大的，{}{tied}", table.title, counts.join("，")),
            Lang::En => format!("{}: largest part listed: {}{tied}", table.title, counts.join(", ")),
        });
    }
    clauses.extend(rests(table, lang));
    clauses
}

/// How much the parts leave over, from the least to the most.
fn rests(table: &ChartTable, lang: Lang) -> Option<String> {
    let place = rest(table)?;
    let all: Vec<&Figure> = table
        .rows
        .iter()
        .flat_map(|row| figures(table, row))
        .filter(|(at, column, figure)| *at == place && solid(column, figure))
        .map(|(.., figure)| figure)
        .collect();
    let least = all.iter().min_by_key(|figure| figure.value)?;
    let most = all.iter().max_by_key(|figure| figure.value)?;
    Some(match (lang, least.value == most.value) {
        (Lang::Zh, true) => format!("其余均占{}", percent(least)),
        (Lang::En, true) => format!("the rest is {} in all", percent(least)),
        (Lang::Zh, false) => format!("其余占{}至{}", percent(least), percent(most)),
        (Lang::En, false) => format!("the rest is {} to {}", percent(least), percent(most)),
    })
}
