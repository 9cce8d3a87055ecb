//! The option of a change: a line a row between two marks, and the change in words on an axis of its own at the right.

use charming::component::{Axis, Grid, Legend, LegendItem};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{AxisType, Symbol};
use charming::series::Scatter;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chart::number::{float, written};
use crate::chart::scale::Scale;
use crate::chart::sentence::{change_words, period};
use crate::chart::series::{COLOURS, GREY, figures};
use crate::chart::text::em;
use crate::chart::{ChartTable, Figure, Lang, Row};

use super::looks::{INK, ON, plain};
use super::{chart, names, tip, value};

/// Builds the option, the first row on top.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let values: Vec<Decimal> =
        table.rows.iter().flat_map(|row| figures(table, row)).map(|(.., figure)| figure.value).collect();
    let scale = Scale::lines(&values);
    let name = match (lang, scale.cut()) {
        (_, false) => table.unit.clone(),
        (Lang::Zh, true) => format!("{}（横轴不从零起）", table.unit),
        (Lang::En, true) => format!("{} (axis does not start at zero)", table.unit),
    };
    let changes: Vec<String> = table.rows.iter().map(|row| change_words(row, lang)).collect();
    // The figures beside the outermost marks keep off the names and the changes.
    let figures = table.rows.iter().flat_map(|row| figures(table, row)).map(|(.., figure)| em(&written(figure)));
    let room = 14.0 + 12.0 * figures.fold(0.0, f64::max);
    let labels: Vec<String> = table.columns.iter().take(2).map(|column| period(&column.label, lang)).collect();
    let legend: Vec<LegendItem> = labels.iter().cloned().map(LegendItem::from).collect();
    let axis = Axis::new().type_(AxisType::Value).name(name).min(float(scale.low)).max(float(scale.high));
    let rows = || Axis::new().type_(AxisType::Category).inverse(true);
    let mut chart = chart()
        .grid(Grid::new().left(8.0 + room).right(8.0 + room).top(40).bottom(40).contain_label(true))
        .legend(Legend::new().top(0).left(0).data(legend))
        .x_axis(axis.interval(float(scale.step)))
        .y_axis(rows().data(names(table)))
        .y_axis(rows().data(changes));
    for (place, label) in labels.iter().enumerate() {
        let marks = (0..).zip(&table.rows).filter_map(|(number, row)| mark(table, row, place, number, lang));
        chart = chart
            .series(Scatter::new().name(label.clone()).symbol(Symbol::Circle).symbol_size(11.0).data(marks.collect()));
    }
    let mut option = value(chart);
    // Not in charming: lines between points, a label per mark, and a category axis without a line at the right.
    option["xAxis"]["nameLocation"] = json!("middle");
    option["xAxis"]["nameGap"] = json!(24);
    option["xAxis"]["axisLabel"] = json!({ "hideOverlap": true });
    option["yAxis"][0]["axisLabel"] = json!({ "width": 160, "overflow": "break", "interval": 0 });
    option["yAxis"][1]["position"] = json!("right");
    option["yAxis"][0]["offset"] = json!(room);
    option["yAxis"][1]["offset"] = json!(room);
    option["yAxis"][0]["axisLine"] = json!({ "show": false });
    option["yAxis"][0]["axisTick"] = json!({ "show": false });
    option["yAxis"][1]["axisLine"] = json!({ "show": false });
    option["yAxis"][1]["axisTick"] = json!({ "show": false });
    option["yAxis"][1]["axisLabel"] = json!({ "interval": 0, "color": INK });
    for place in 0..labels.len() {
        let series = &mut option["series"][place];
        series["itemStyle"] = json!({ "color": COLOURS[0] });
        let rows = table.rows.iter().filter(|row| row.figure(place).is_some());
        for (number, row) in rows.enumerate() {
            let Some(figure) = row.figure(place) else { continue };
            let item = &mut series["data"][number];
            item["label"] = label(row, place, figure);
            item["itemStyle"] = match place {
                // The paper inside keeps the line from showing through.
                0 => json!({ "color": ON, "borderColor": colour(table, row), "borderWidth": 2, "opacity": 1 }),
                _ => json!({ "color": colour(table, row), "opacity": 1 }),
            };
            // Equal figures show as a ring around the later mark.
            if place == 0 && row.figure(1).is_some_and(|later| later.value == figure.value) {
                item["symbolSize"] = json!(17);
            }
        }
    }
    if let Some(first) = option["series"].get_mut(0) {
        first["itemStyle"] = json!({ "color": ON, "borderColor": COLOURS[0], "borderWidth": 2 });
    }
    if let Some(series) = option["series"].as_array_mut() {
        series.push(lines(table, lang));
    }
    option
}

fn mark(table: &ChartTable, row: &Row, place: usize, number: i64, lang: Lang) -> Option<DataPoint> {
    let figure = row.figure(place)?;
    let at = vec![CompositeValue::from(float(figure.value)), CompositeValue::from(number)];
    Some(DataPoint::Item(DataPointItem::new(at).name(tip(row, &table.columns[place], figure, lang))))
}

/// The figure as written on the side away from the line; equal figures that are written alike only once.
fn label(row: &Row, place: usize, figure: &Figure) -> Value {
    let other = row.figure(1 - place);
    let left = other.is_some_and(|other| figure.value < other.value || (figure.value == other.value && place == 0));
    let twice = place == 0 && other.is_some_and(|other| other.value == figure.value && other.written == figure.written);
    let side = if left { "left" } else { "right" };
    json!({ "show": !twice, "position": side, "formatter": plain(&written(figure)) })
}

fn colour(table: &ChartTable, row: &Row) -> &'static str {
    if row.emphasis || !table.rows.iter().any(|row| row.emphasis) { COLOURS[0] } else { GREY }
}

fn lines(table: &ChartTable, lang: Lang) -> Value {
    let line = |(number, row): (usize, &Row)| {
        let (earlier, later) = (row.figure(0)?, row.figure(1)?);
        let formula = row.change.as_ref().map(|change| change.formula.as_str()).unwrap_or_default();
        let working = match (lang, formula.is_empty()) {
            (_, true) => String::new(),
            (Lang::Zh, false) => format!("（推算：{formula}）"),
            (Lang::En, false) => format!(" (computed: {formula})"),
        };
        let words = change_words(row, lang);
        let name = match lang {
            Lang::Zh => format!("{}：{words}{working}", row.name),
            Lang::En => format!("{}: {words}{working}", row.name),
        };
        Some(json!({
            "name": name,
            "coords": [[float(earlier.value), number], [float(later.value), number]],
            "lineStyle": { "color": colour(table, row) },
        }))
    };
    let data: Vec<Value> = table.rows.iter().enumerate().filter_map(line).collect();
    json!({
        "type": "lines", "coordinateSystem": "cartesian2d", "z": 1, "data": data,
        "lineStyle": { "width": 2.5, "opacity": 1 },
    })
}
