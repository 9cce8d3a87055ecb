//! What a comparison shows: in each column the highest and the lowest of the comparable figures and their distance.

use crate::chart::number::written;
use crate::chart::series::{bound, figures, solid};
use crate::chart::{ChartTable, Column, Lang, Row};

use super::ends::{Ends, Named, ends};
use super::{list, nothing, period};

/// The clauses of the sentence.
pub fn clauses(table: &ChartTable, lang: Lang) -> Vec<String> {
    if table.is_empty() {
        return vec![nothing(&table.title, lang)];
    }
    let compared: Vec<(&Column, Ends)> = (0..table.columns.len())
        .filter_map(|place| Some((&table.columns[place], column(table, place, lang)?)))
        .collect();
    let mut clauses = match compared.as_slice() {
        [] => vec![match lang {
            Lang::Zh if levels(table) => "同一组中没有两个同级可比的数，不比高低".to_owned(),
            Lang::Zh => "同一组中没有两个可比的数，不作比较".to_owned(),
            Lang::En if levels(table) => "no two figures of a set are of one level and can be compared".to_owned(),
            Lang::En => "no two figures of a set can be compared".to_owned(),
        }],
        [_] | [_, _] | [_, _, _] => compared.iter().map(|(column, ends)| told(table, column, ends, lang)).collect(),
        _ => widest_and_narrowest(table, &compared, lang),
    };
    let told = table.rows.iter().filter(|row| row.emphasis && (compared.is_empty() || table.rows.len() > 1));
    clauses.extend(told.filter_map(|row| own(table, row, lang)));
    if let Some(first) = clauses.first_mut() {
        *first = match lang {
            Lang::Zh => format!("{}：{first}", table.title),
            Lang::En => format!("{}: {first}", table.title),
        };
    }
    clauses.extend(not_compared(table, lang));
    clauses
}

/// Whether the rows are of different levels of government.
fn levels(table: &ChartTable) -> bool {
    table.rows.iter().any(|row| row.level != table.rows[0].level)
}

/// The ends of one column.
fn column(table: &ChartTable, place: usize, lang: Lang) -> Option<Ends> {
    let column = &table.columns[place];
    let figure = |row| Row::figure(row, place).filter(|figure| solid(column, figure));
    let named: Vec<Named<'_>> = table.rows.iter().filter_map(|row| Some(Named::of(row, figure(row)?))).collect();
    ends(&named, lang)
}

fn told(table: &ChartTable, column: &Column, ends: &Ends, lang: Lang) -> String {
    let (when, words) = (period(&column.label, lang), ends.words(&table.unit, lang));
    match lang {
        // A name runs on without a comma only when it ends like a period.
        Lang::Zh if !when.ends_with('年') => format!("{when}，{}{words}", ends.among(lang)),
        Lang::Zh => format!("{when}{}{words}", ends.among(lang)),
        Lang::En => format!("{when}, {}: {words}", ends.among(lang)),
    }
}

fn widest_and_narrowest(table: &ChartTable, compared: &[(&Column, Ends)], lang: Lang) -> Vec<String> {
    let widest = compared.iter().rev().max_by_key(|(_, ends)| ends.difference);
    let narrowest = compared.iter().min_by_key(|(_, ends)| ends.difference);
    let (Some((wide, most)), Some((narrow, least))) = (widest, narrowest) else { return Vec::new() };
    let (wide_words, narrow_words) = (told(table, wide, most, lang), told(table, narrow, least, lang));
    let count = compared.len();
    if most.difference == least.difference {
        return vec![match lang {
            Lang::Zh => format!("{count}组可比的数差距相同，{wide_words}"),
            Lang::En => format!("the gap is the same in {count} sets; {wide_words}"),
        }];
    }
    match lang {
        Lang::Zh => {
            vec![format!("{count}组可比的数中，差距最大的是{wide_words}"), format!("差距最小的是{narrow_words}")]
        }
        Lang::En => {
            vec![format!("of {count} sets the gap is widest in {wide_words}"), format!("narrowest in {narrow_words}")]
        }
    }
}

/// The figures of the page's own region, where there are few.
fn own(table: &ChartTable, row: &Row, lang: Lang) -> Option<String> {
    let told: Vec<String> = figures(table, row)
        .filter(|(_, column, figure)| solid(column, figure))
        .map(|(_, column, figure)| match lang {
            Lang::Zh => format!("{}为{}", period(&column.label, lang), written(figure)),
            Lang::En => format!("{} in {}", written(figure), period(&column.label, lang)),
        })
        .collect();
    (1..4).contains(&told.len()).then(|| match lang {
        Lang::Zh => format!("{}{}", row.name, told.join("、")),
        Lang::En => format!("{} has {}", row.name, told.join(", ")),
    })
}

/// Bounds, other figures that are not compared, and gaps, each with region and column.
fn not_compared(table: &ChartTable, lang: Lang) -> Vec<String> {
    let (mut bounds, mut loose, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    for row in &table.rows {
        for (place, column) in table.columns.iter().enumerate() {
            let what = match lang {
                Lang::Zh => format!("{}{}", row.name, period(&column.label, lang)),
                Lang::En => format!("{} {}", row.name, period(&column.label, lang)),
            };
            match row.figure(place) {
                Some(figure) if bound(figure) => bounds.push(what),
                Some(figure) if !solid(column, figure) => loose.push(what),
                Some(_) => {}
                None => gaps.push(what),
            }
        }
    }
    let said = |names: &[String], zh: &str, en: &str| {
        (!names.is_empty()).then(|| match lang {
            Lang::Zh => format!("{}{zh}", list(names, lang)),
            Lang::En => format!("{en} {}", list(names, lang)),
        })
    };
    let bounds = said(&bounds, "只有界限值，不参与比较", "only a bound is known for");
    let loose = said(&loose, "不可比，不参与比较", "not comparable and not compared:");
    let gaps = said(&gaps, "缺数", "no figure for");
    [bounds, loose, gaps].into_iter().flatten().collect()
}
