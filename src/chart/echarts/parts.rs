//! The option of shares: stacked bars up to 100 %, a series a part, so that the legend turns parts on and off.

use charming::component::{Axis, Grid, Legend, LegendItem, LegendType};
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::AxisType;
use charming::series::Bar;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chart::number::{bare, float};
use crate::chart::sentence::period;
use crate::chart::series::{REST, figures, solid};
use crate::chart::svg::lines_of;
use crate::chart::text::em;
use crate::chart::{Cell, ChartTable, Column, Figure, Lang, Row};

use super::looks::{INK, ON, colour, filled, outlined, plain};
use super::{chart, gap, names, tip, value};

/// The width of the narrowest live chart, in pixels.
const NARROWEST: f64 = 420.0;

/// Builds the option, the first row on top.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let labels: Vec<String> = table.columns.iter().map(|column| period(&column.label, lang)).collect();
    let legend: Vec<LegendItem> = labels.iter().cloned().map(LegendItem::from).collect();
    // Rounded shares may add up to a little more than 100.
    let total = |row: &Row| figures(table, row).map(|(.., figure)| figure.value).sum::<Decimal>();
    let most = table.rows.iter().map(total).max().unwrap_or_default().max(Decimal::ONE_HUNDRED);
    let axis = Axis::new().type_(AxisType::Value).min(0).max(float(most)).interval(25.0);
    let names_width = table.rows.iter().map(|row| 13.0 * em(&row.name)).fold(0.0, f64::max).min(160.0);
    let width = NARROWEST - 40.0 - names_width;
    let fits = |words: &str, figure: &Figure| width * float(figure.value) / float(most) >= 12.0 * em(words) + 4.0;
    let share = |figure: &Figure| format!("{}%", bare(figure));
    // Parts are named inside where all names fit; else by the legend, in as many lines as the narrowest chart needs.
    let called = |place: usize, figure: &Figure| format!("{} {}", labels[place], share(figure));
    let mut all = table.rows.iter().flat_map(|row| figures(table, row));
    let named = all.all(|(place, _, figure)| fits(&called(place, figure), figure));
    let mut lines = vec![0.0];
    for label in &labels {
        let width = 40.0 + 12.0 * em(label);
        match lines.last_mut() {
            Some(line) if *line == 0.0 || *line + width <= NARROWEST => *line += width,
            _ => lines.push(width),
        }
    }
    let top = if named { 8.0 } else { 8.0 + 24.0 * lines.len() as f64 };
    let mut chart = chart()
        .grid(Grid::new().left(8).right(24).top(top).bottom(8).contain_label(true))
        .x_axis(axis)
        .y_axis(Axis::new().type_(AxisType::Category).inverse(true).data(names(table)));
    if !named {
        chart = chart.legend(Legend::new().top(0).left(0).type_(LegendType::Plain).data(legend));
    }
    for (place, label) in labels.iter().enumerate() {
        let parts = table.rows.iter().map(|row| part(table, row, place, lang)).collect();
        chart = chart.series(Bar::new().name(label.clone()).stack("whole").data(parts));
    }
    let mut option = value(chart);
    option["xAxis"]["axisLabel"] = json!({ "formatter": "{value}%", "showMaxLabel": most == Decimal::ONE_HUNDRED });
    option["yAxis"]["axisLabel"] = json!({ "width": 160, "overflow": "break", "interval": 0 });
    let loose: Vec<Value> = table
        .rows
        .iter()
        .enumerate()
        .filter_map(|(number, row)| {
            below(table, row, lang, &|figure| fits(&share(figure), figure), width).map(|words| (number, words))
        })
        .map(|(number, words)| json!({ "value": [0, number], "label": { "formatter": words } }))
        .collect();
    let thick = if loose.is_empty() { 32 } else { 22 };
    // Not in charming: decals and a label per part.
    for (place, column) in table.columns.iter().enumerate() {
        let series = &mut option["series"][place];
        series["itemStyle"] = filled(table, place);
        series["itemStyle"]["borderColor"] = json!(ON);
        series["itemStyle"]["borderWidth"] = json!(1);
        series["barMaxWidth"] = json!(thick);
        for (number, row) in table.rows.iter().enumerate() {
            let Some(figure) = row.figure(place) else { continue };
            let joined = solid(column, figure);
            if fits(&share(figure), figure) {
                let words = if named { called(place, figure) } else { share(figure) };
                let left_over = colour(table, place) == REST;
                let mut label = json!({
                    "show": true, "formatter": plain(&words), "color": if joined && !left_over { ON } else { INK },
                });
                if joined && !left_over && place >= 2 {
                    // Letters keep off the lines of the decal.
                    label["backgroundColor"] = json!(colour(table, place));
                    label["padding"] = json!([1, 3]);
                }
                series["data"][number]["label"] = label;
            }
            if !joined {
                series["data"][number]["itemStyle"] = outlined(colour(table, place));
            }
        }
    }
    option["yAxis"]["axisTick"] = json!({ "show": false });
    if let (false, Some(series)) = (loose.is_empty(), option["series"].as_array_mut()) {
        series.push(json!({
            "type": "scatter", "silent": true, "symbol": "rect", "symbolSize": 2, "data": loose,
            "itemStyle": { "color": "transparent" },
            "label": {
                "show": true, "position": [5, 15], "align": "left", "verticalAlign": "top", "lineHeight": 15,
                "color": INK,
            },
        }));
    }
    option
}

/// What stands below the bar of a row, as in the drawing: shares whose part is too narrow for them, and what is missing.
fn below(table: &ChartTable, row: &Row, lang: Lang, fits: &dyn Fn(&Figure) -> bool, width: f64) -> Option<String> {
    let words = |(place, column): (usize, &Column)| match (row.cells.get(place), period(&column.label, lang)) {
        (Some(Cell::Figure(figure)), _) if fits(figure) => None,
        (Some(Cell::Figure(figure)), label) => Some(format!("{label} {}%", bare(figure))),
        (Some(Cell::Gap(reason)), label) if !reason.is_empty() => Some(format!("{label} — {reason}")),
        (_, label) => Some(format!("{label} —")),
    };
    let comma = match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    };
    let loose: Vec<String> = table.columns.iter().enumerate().filter_map(words).collect();
    let lines = lines_of(&loose, comma, width / 12.0);
    (!lines.is_empty()).then(|| plain(&lines.join("\n")))
}

fn part(table: &ChartTable, row: &Row, place: usize, lang: Lang) -> DataPoint {
    let column = &table.columns[place];
    DataPoint::Item(match row.figure(place) {
        // The tooltip tells the share; the part as written comes first among the remarks.
        Some(figure) => {
            let share = Figure {
                written: format!("{}%", bare(figure)),
                status: [figure.written.as_str(), figure.status.as_str()].join(if figure.status.is_empty() {
                    ""
                } else {
                    "；"
                }),
                ..figure.clone()
            };
            DataPointItem::new(float(figure.value)).name(plain(&tip(row, column, &share, lang)))
        }
        None => DataPointItem::new("-").name(gap(row, column, place, lang)),
    })
}
