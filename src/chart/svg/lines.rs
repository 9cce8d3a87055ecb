//! The lines of a trend with their marks: filled for joined figures, hollow for the others, an arrow for a bound, two
//! strokes for a break.

use crate::chart::series::{Series, bound, figures, runs, solid};
use crate::chart::{Cell, ChartTable, Figure, Lang};

use super::draw::{At, arrow, line_look, mark, path, strokes};
use super::legend::{Item, Swatch};
use super::space::{Rect, Space};
use super::trend::Plot;

/// Draws one series, without its group.
pub fn draw(table: &ChartTable, one: &Series<'_>, plot: &Plot) -> String {
    let (mut line, mut breaks) = (String::new(), String::new());
    let mut last: Option<(f64, f64)> = None;
    for run in runs(table, one.row) {
        let points: Vec<(f64, f64)> = run.columns.iter().filter_map(|place| point(table, one, plot, *place)).collect();
        if let (true, Some(before), Some(first)) = (run.after_break, last, points.first()) {
            breaks += &strokes(f64::midpoint(before.0, first.0), f64::midpoint(before.1, first.1));
        }
        last = points.last().copied();
        if points.len() > 1 {
            for (place, (x, y)) in points.iter().enumerate() {
                line += &format!("{}{} {}", if place == 0 { "M" } else { "L" }, At(*x), At(*y));
            }
        }
    }
    let (mut full, mut hollow, mut arrows) = (String::new(), String::new(), String::new());
    for (_, column, figure) in figures(table, one.row) {
        let (x, y) = (plot.x(column), plot.y(figure.value));
        let shape = mark(one.shape, x, y);
        if solid(column, figure) {
            full += &shape
        } else {
            hollow += &shape
        }
        arrows += &arrow(figure.sign, x, y);
    }
    path(&line, &line_look(one))
        + &path(&full, "stroke=\"none\"")
        + &path(&hollow, "class=\"hollow\" fill=\"#FFF\" stroke-width=\"1.5\"")
        + &path(&(breaks + &arrows), "class=\"sign\" fill=\"none\" stroke-width=\"1.5\"")
}

/// Takes the room of all marks and notes the lines between them.
pub fn occupy(table: &ChartTable, all: &[Series<'_>], plot: &Plot, space: &mut Space) {
    for one in all {
        for (_, column, figure) in figures(table, one.row) {
            let (x, y) = (plot.x(column), plot.y(figure.value));
            space.take(Rect::around(x, y, 5.5));
            match figure.sign {
                "≥" | ">" => space.take(Rect::around(x, y - 9.0, 4.5)),
                "≤" | "<" => space.take(Rect::around(x, y + 9.0, 4.5)),
                _ => {}
            }
        }
        for run in runs(table, one.row) {
            let points: Vec<_> = run.columns.iter().filter_map(|place| point(table, one, plot, *place)).collect();
            for pair in points.windows(2) {
                space.avoid(pair[0], pair[1]);
            }
        }
    }
}

/// Explains the marks that this chart uses beside plain ones.
pub fn keys(table: &ChartTable, lang: Lang) -> Vec<Item<'static>> {
    let any = |test: &dyn Fn(&crate::chart::Column, &Figure) -> bool| {
        table.rows.iter().any(|row| figures(table, row).any(|(_, column, figure)| test(column, figure)))
    };
    let broken = table.rows.iter().any(|row| runs(table, row).iter().skip(1).any(|run| run.after_break));
    let words = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    let mut keys = Vec::new();
    if any(&|column, _| column.partial) {
        let text = words("空心：不足一个整期，不与整期相连", "Hollow: part of a period, not joined to whole ones");
        keys.push(Item { swatch: Swatch::Hollow, text });
    } else if any(&|column, figure| !solid(column, figure)) {
        let text = words("空心：不与相邻的数相连", "Hollow: not joined to its neighbours");
        keys.push(Item { swatch: Swatch::Hollow, text });
    }
    if any(&|_, figure| bound(figure)) {
        let text = words("箭头：来源只给出界限", "Arrow: the source gives only a bound");
        keys.push(Item { swatch: Swatch::Plain, text });
    }
    if broken {
        let text = words("口径或范围有变化，前后不相连", "Definition or boundary changed, not joined");
        keys.push(Item { swatch: Swatch::Break, text });
    }
    keys
}

fn point(table: &ChartTable, one: &Series<'_>, plot: &Plot, place: usize) -> Option<(f64, f64)> {
    match one.row.cells.get(place) {
        Some(Cell::Figure(figure)) => Some((plot.x(&table.columns[place]), plot.y(figure.value))),
        _ => None,
    }
}
