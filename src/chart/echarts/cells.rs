//! The option of a grid: a heat map with the figure in each cell and a key that turns classes on and off.

use charming::component::{Axis, Grid};
use charming::element::AxisType;
use serde_json::{Value, json};

use crate::chart::classes::{Classes, DEEP, SHADES};
use crate::chart::number::{bare, float};
use crate::chart::sentence::period;
use crate::chart::series::{GREY, figures, solid};
use crate::chart::{ChartTable, Lang};

use super::looks::{INK, ON};
use super::{between, chart, gap, names, tip, value};

/// Builds the option, the first row on top, the periods above.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let classes = Classes::of(table);
    let periods: Vec<String> = table.columns.iter().map(|column| column.label.clone()).collect();
    let chart = chart()
        .grid(Grid::new().left(8).right(8).top(8).bottom(40).contain_label(true))
        .x_axis(Axis::new().type_(AxisType::Category).data(periods))
        .y_axis(Axis::new().type_(AxisType::Category).inverse(true).data(names(table)));
    let mut option = value(chart);
    // Not in charming: items of a heat map with a name and a style, and pieces without an upper end.
    option["xAxis"]["position"] = json!("top");
    option["xAxis"]["axisLabel"] = json!({ "interval": 0, "hideOverlap": true });
    option["yAxis"]["axisLabel"] = json!({ "width": 140, "overflow": "break", "interval": 0 });
    for axis in ["xAxis", "yAxis"] {
        option[axis]["axisLine"] = json!({ "show": false });
        option[axis]["axisTick"] = json!({ "show": false });
    }
    option["visualMap"] = json!({
        "type": "piecewise", "seriesIndex": 0, "dimension": 2, "orient": "horizontal", "left": 0, "bottom": 0,
        "itemSymbol": "rect", "textStyle": { "color": INK }, "pieces": pieces(&classes, lang),
    });
    // A cell's fourth value is the figure as it is printed in it.
    let label = json!({ "show": true, "formatter": "{@[3]}", "fontSize": 12, "color": INK, "textBorderWidth": 0 });
    option["series"] = json!([
        {
            "type": "heatmap", "data": cells(table, &classes, lang), "label": label,
            "itemStyle": { "borderColor": ON, "borderWidth": 1.5 },
        },
        // A heat map has no place for a cell without a number.
        {
            "type": "scatter", "data": gaps(table, lang), "symbol": "rect", "symbolSize": 20,
            "itemStyle": { "color": "transparent" },
            "label": { "show": true, "position": "inside", "formatter": "—", "color": INK },
        },
    ]);
    let rules = rules(table, lang);
    if let (false, Some(series)) = (rules.is_empty(), option["series"].as_array_mut()) {
        series.push(json!({
            "type": "lines", "coordinateSystem": "cartesian2d", "xAxisIndex": 1, "yAxisIndex": 1, "z": 5, "data": rules,
            "lineStyle": { "color": INK, "width": 2.5, "opacity": 1 },
        }));
        let mut upright = between(table.rows.len() as f64);
        upright["inverse"] = json!(true);
        option["xAxis"] = json!([option["xAxis"].take(), between(table.columns.len() as f64)]);
        option["yAxis"] = json!([option["yAxis"].take(), upright]);
    }
    option
}

/// The rules before figures that are defined otherwise than those to their left.
fn rules(table: &ChartTable, lang: Lang) -> Vec<Value> {
    let mut rules = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        for (place, column, _) in figures(table, row).filter(|(.., figure)| figure.break_before) {
            let (x, y) = (place as f64 - 0.5, number as f64);
            let when = period(&column.label, lang);
            let name = match lang {
                Lang::Zh => format!("{}：{when}前口径或范围不同", row.name),
                Lang::En => format!("{}: defined otherwise before {when}", row.name),
            };
            rules.push(json!({ "name": name, "coords": [[x, y - 0.5], [x, y + 0.5]] }));
        }
    }
    rules
}

fn pieces(classes: &Classes, lang: Lang) -> Vec<Value> {
    let limits = classes.limits();
    let piece = |(class, (shade, words)): (usize, (usize, String))| {
        let mut piece = json!({ "label": words, "color": SHADES[shade] });
        if let Some(from) = class.checked_sub(1).and_then(|below| limits.get(below)) {
            piece["gte"] = json!(float(*from));
        }
        if let Some(to) = limits.get(class) {
            piece["lt"] = json!(float(*to));
        }
        // A single class has no limits, and a piece needs one.
        if limits.is_empty() {
            piece["gte"] = json!(-1e300);
        }
        piece
    };
    classes.key(lang).into_iter().enumerate().map(piece).collect()
}

fn cells(table: &ChartTable, classes: &Classes, lang: Lang) -> Vec<Value> {
    let (mut shaded, mut outlined) = (Vec::new(), Vec::new());
    for (number, row) in table.rows.iter().enumerate() {
        for (place, column, figure) in figures(table, row) {
            let deep = solid(column, figure) && classes.shade(figure.value) >= DEEP;
            let mut cell = json!({
                "value": [place, number, float(figure.value), bare(figure)], "name": tip(row, column, figure, lang),
            });
            if deep {
                cell["label"] = json!({ "color": ON });
            }
            if solid(column, figure) {
                shaded.push(cell);
            } else {
                cell["visualMap"] = json!(false);
                cell["itemStyle"] = json!({ "color": "transparent", "borderColor": GREY, "borderWidth": 1 });
                outlined.push(cell);
            }
        }
    }
    // Outlines are drawn last, over the rims of their neighbours.
    shaded.append(&mut outlined);
    shaded
}

fn gaps(table: &ChartTable, lang: Lang) -> Vec<Value> {
    let mut gaps = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        for (place, column) in table.columns.iter().enumerate() {
            if row.figure(place).is_none() {
                gaps.push(json!({ "value": [place, number], "name": gap(row, column, place, lang) }));
            }
        }
    }
    gaps
}
