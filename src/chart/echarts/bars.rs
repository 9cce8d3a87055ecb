//! The option of a ranking or of progress: horizontal bars from zero, the figure as written at each end.

use charming::component::{Axis, Grid};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{AxisType, ItemStyle, Symbol};
use charming::series::{Bar, Scatter};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chart::number::{float, written};
use crate::chart::scale::Scale;
use crate::chart::sentence::gap_words;
use crate::chart::series::{COLOURS, GREY, bound};
use crate::chart::text::em;
use crate::chart::{Cell, ChartTable, Figure, Intent, Lang, Row};

use super::looks::{INK, ON, plain, pointed};
use super::{Across, chart, hang_targets, targets, tip, value};

/// The width of the bars in the narrowest live chart, in pixels.
const NARROWEST: f64 = 180.0;

/// Builds the option of bars, the first row on top.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let goals = |row: &Row| if table.intent == Intent::Progress { row.figure(1).cloned() } else { None };
    let mut values: Vec<Decimal> = table.rows.iter().filter_map(|row| row.figure(0)).map(|f| f.value).collect();
    values.extend(table.target.iter().map(|target| target.value));
    values.extend(table.rows.iter().filter_map(goals).map(|figure| figure.value));
    let scale = Scale::bars(&values);
    let names: Vec<String> = table.rows.iter().map(label).collect();
    let progress = table.intent == Intent::Progress;
    let words = |row: &Row| row.figure(0).map(|figure| pointed(&written(figure), figure));
    let mut beside: Vec<f64> = table.rows.iter().filter_map(words).map(|words| em(&words)).collect();
    beside.extend(table.rows.iter().filter_map(goals).map(|goal| em(&aim(&goal, lang)) / 2.0));
    let right = 16.0 + 12.0 * beside.into_iter().fold(0.0, f64::max);
    let axis = Axis::new().type_(AxisType::Value).min(float(scale.low)).max(float(scale.high));
    // The figures of progress carry their units. The room above is for the names of targets.
    let axis = if progress { axis } else { axis.name(table.unit.clone()) };
    let top = if progress {
        20
    } else if table.target.is_empty() {
        8
    } else {
        32
    };
    let bars = Bar::new().name(table.title.clone()).data(table.rows.iter().map(|row| bar(table, row, lang)).collect());
    let bars = if table.target.is_empty() { bars } else { bars.mark_line(targets(table, Across::Rows)) };
    let mut chart = chart()
        .grid(Grid::new().left(8).right(right).top(top).bottom(8).contain_label(true))
        .x_axis(axis.interval(float(scale.step)))
        .y_axis(Axis::new().type_(AxisType::Category).inverse(true).data(names))
        .series(bars);
    let goals = |row: &Row| row.figure(0).and_then(|_| goals(row));
    let marks: Vec<DataPoint> =
        table.rows.iter().zip(0..).filter_map(|(row, place)| mark(table, row, goals(row)?, place, lang)).collect();
    if !marks.is_empty() {
        let colour = ItemStyle::new().color("#B3261E");
        chart = chart.series(Scatter::new().symbol(Symbol::Rect).item_style(colour).data(marks));
    }
    let mut option = value(chart);
    // Not in charming: a label per bar, and a mark that is narrower than high with its name above.
    let (mut marked, mut beyond) = (0, Vec::new());
    for (place, row) in table.rows.iter().enumerate() {
        let (Some(figure), Some(words)) = (row.figure(0), words(row)) else {
            let words = [Some(gap_words(row, 0, lang)), row.figure(1).filter(|_| progress).map(|goal| aim(goal, lang))];
            let words = words.into_iter().flatten().collect::<Vec<_>>().join("　");
            let label = json!({ "show": true, "position": "right", "formatter": plain(&words) });
            beyond.push(json!({ "value": [0, place], "label": label }));
            continue;
        };
        let side = if figure.value < Decimal::ZERO { "left" } else { "right" };
        let label = |words: &str| json!({ "show": true, "position": side, "formatter": plain(words) });
        let Some(goal) = goals(row) else {
            option["series"][0]["data"][place]["label"] = label(&words);
            continue;
        };
        option["series"][1]["data"][marked]["label"] =
            json!({ "show": true, "position": "top", "distance": 1, "formatter": plain(&aim(&goal, lang)) });
        marked += 1;
        let part = |value: Decimal| NARROWEST * float(value.abs()) / float(scale.high - scale.low);
        let room = 12.0 * em(&words) + 10.0;
        let ahead = (goal.value > figure.value) == (side == "right");
        if part(figure.value) >= room {
            // Inside the bar, so that it never meets a mark beyond.
            let inside = if side == "left" { "insideRight" } else { "insideLeft" };
            option["series"][0]["data"][place]["label"] = json!({
                "show": true, "position": inside, "formatter": plain(&words), "color": INK,
                // Letters on paper: no ink reads on grey both by day and by night.
                "backgroundColor": ON, "padding": [0, 4], "distance": 2,
            });
        } else if ahead && part(goal.value - figure.value) < room {
            beyond.push(json!({
                "value": [float(goal.value), place], "label": label(&actual(&written(figure), lang)),
            }));
            // The arrow of a bound stays at the end of its bar.
            if bound(figure) {
                option["series"][0]["data"][place]["label"] = label(pointed("", figure).trim());
            }
        } else {
            option["series"][0]["data"][place]["label"] = label(&words);
        }
    }
    if progress {
        option["series"][0]["barMaxWidth"] = json!(14);
    }
    // What stands beside no bar hangs on a mark that is not seen.
    if let (false, Some(series)) = (beyond.is_empty(), option["series"].as_array_mut()) {
        series.push(json!({
            "type": "scatter", "symbolSize": 4, "itemStyle": { "color": "transparent" }, "silent": true, "data": beyond,
        }));
    }
    hang_targets(&mut option);
    if let Some(marks) = option["series"].get_mut(1).filter(|_| marked > 0) {
        marks["symbolSize"] = json!([4, 18]);
    }
    option["xAxis"]["axisLabel"] = json!({ "hideOverlap": true });
    option["yAxis"]["axisLabel"] = json!({ "width": 160, "overflow": "break", "interval": 0 });
    option
}

/// The words of a target: `目标 ≤7‰`.
fn aim(goal: &Figure, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("目标 {}", written(goal)),
        Lang::En => format!("target {}", written(goal)),
    }
}

/// The words of a figure that stand beside the mark of its target.
fn actual(words: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("实际 {words}"),
        Lang::En => format!("actual {words}"),
    }
}

/// Whether the bar of a figure is filled.
fn solid(figure: &Figure) -> bool {
    figure.joined && !bound(figure)
}

/// The name with its rank.
fn label(row: &Row) -> String {
    match row.rank {
        Some(rank) => format!("{rank} {}", row.name),
        None => row.name.clone(),
    }
}

fn bar(table: &ChartTable, row: &Row, lang: Lang) -> DataPoint {
    let (Some(figure), Some(column)) = (row.figure(0), table.columns.first()) else {
        let reason = match row.cells.first() {
            Some(Cell::Gap(reason)) => format!("{} — {reason}", row.name),
            _ => format!("{} —", row.name),
        };
        return DataPoint::Item(DataPointItem::new("-").name(reason));
    };
    let colour = if row.emphasis { COLOURS[0] } else { GREY };
    let style = if solid(figure) {
        ItemStyle::new().color(colour)
    } else {
        ItemStyle::new().color("transparent").border_color(colour).border_width(1.5)
    };
    DataPoint::Item(DataPointItem::new(float(figure.value)).name(tip(row, column, figure, lang)).item_style(style))
}

fn mark(table: &ChartTable, row: &Row, goal: Figure, place: i64, lang: Lang) -> Option<DataPoint> {
    let column = table.columns.get(1)?;
    let at = vec![CompositeValue::from(float(goal.value)), CompositeValue::from(place)];
    Some(DataPoint::Item(DataPointItem::new(at).name(tip(row, column, &goal, lang))))
}
