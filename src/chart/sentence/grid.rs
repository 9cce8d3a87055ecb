//! What a grid shows: how much it covers, the ends of the newest whole period, and what is missing or not compared.

use crate::chart::number::written;
use crate::chart::series::{figures, solid};
use crate::chart::{ChartTable, Column, Lang, Row};

use super::ends::{Named, ends};
use super::{nothing, period};

/// The clauses of the sentence.
pub fn clauses(table: &ChartTable, lang: Lang) -> Vec<String> {
    if table.is_empty() {
        return vec![nothing(&table.title, lang)];
    }
    let mut clauses = vec![covered(table, lang), newest(table, lang)];
    let all = || table.rows.iter().flat_map(|row| figures(table, row));
    let whole = table.columns.iter().filter(|column| !column.partial).count();
    let missing = table.rows.len() * whole - all().filter(|(_, column, _)| !column.partial).count();
    let loose = all().filter(|(_, column, figure)| !solid(column, figure)).count();
    match lang {
        Lang::Zh if missing > 0 => clauses.push(format!("缺数{missing}个")),
        Lang::En if missing > 0 => clauses.push(format!("{missing} missing")),
        Lang::Zh | Lang::En => {}
    }
    match lang {
        Lang::Zh if loose > 0 => clauses.push(format!("另有{loose}个数不可比，不参与比较")),
        Lang::En if loose > 0 => clauses.push(format!("{loose} not comparable and not compared")),
        Lang::Zh | Lang::En => {}
    }
    clauses
}

/// How many rows and periods: `孕产妇死亡率：2014年至2023年，31个地区、10期`.
fn covered(table: &ChartTable, lang: Lang) -> String {
    let label = |place: Option<&Column>| place.map(|one| period(&one.label, lang)).unwrap_or_default();
    let (first, last) = (label(table.columns.first()), label(table.columns.last()));
    let (title, rows, columns) = (&table.title, table.rows.len(), table.columns.len());
    let head = table.row_kind.label(lang);
    match (lang, columns) {
        (Lang::Zh, 1) => format!("{title}：{first}，{rows}个{head}"),
        (Lang::Zh, _) => format!("{title}：{first}至{last}，{rows}个{head}、{columns}期"),
        (Lang::En, 1) => format!("{title}: {first}, {}", counted(rows, "row")),
        (Lang::En, _) => format!("{title}: {first} to {last}, {} and {columns} periods", counted(rows, "row")),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The ends of the newest whole period that has a comparable figure.
fn newest(table: &ChartTable, lang: Lang) -> String {
    let here = |place: usize| {
        let figure = |row| Row::figure(row, place).filter(|figure| solid(&table.columns[place], figure));
        table.rows.iter().filter_map(|row| Some(Named::of(row, figure(row)?))).collect::<Vec<Named<'_>>>()
    };
    let newest = (0..table.columns.len()).rev().find(|place| !here(*place).is_empty());
    let Some(place) = newest else {
        return match lang {
            Lang::Zh => "没有可比的数，不作比较".to_owned(),
            Lang::En => "no figures can be compared".to_owned(),
        };
    };
    let when = period(&table.columns[place].label, lang);
    let named = here(place);
    let only = named.first().map(|one| (one.name.clone(), written(one.figure))).unwrap_or_default();
    if table.rows.len() == 1 {
        return match lang {
            Lang::Zh => format!("{when}{}为{}", only.0, only.1),
            Lang::En => format!("{} in {when}: {}", only.0, only.1),
        };
    }
    match (ends(&named, lang), lang) {
        (Some(ends), Lang::Zh) => format!("{when}{}{}", ends.among(lang), ends.words(&table.unit, lang)),
        (Some(ends), Lang::En) => format!("{} in {when}: {}", ends.among(lang), ends.words(&table.unit, lang)),
        (None, Lang::Zh) if named.len() > 1 => format!("{when}没有两个同级可比的数，不比高低"),
        (None, Lang::En) if named.len() > 1 => format!("no two figures of {when} are of one level"),
        (None, Lang::Zh) => format!("{when}可比的只有{}（{}），不作比较", only.0, only.1),
        (None, Lang::En) => {
            format!("only {} is comparable in {when} ({}), so nothing is compared", only.0, only.1)
        }
    }
}
