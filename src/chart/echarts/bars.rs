//! The option of a ranking or of progress: horizontal bars from zero, the figure as written at each end.

use charming::component::{Axis, Grid};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{AxisType, ItemStyle, Symbol};
use charming::series::{Bar, Scatter};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chart::number::{float, written};
use crate::chart::scale::Scale;
use crate::chart::series::{COLOURS, GREY, bound};
use crate::chart::text::em;
use crate::chart::{Cell, ChartTable, Figure, Intent, Lang, Row};

use super::{Across, chart, hang_targets, targets, tip, value};

/// Builds the option of bars, the first row on top.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let goals = |row: &Row| if table.intent == Intent::Progress { row.figure(1).cloned() } else { None };
    let mut values: Vec<Decimal> = table.rows.iter().filter_map(|row| row.figure(0)).map(|f| f.value).collect();
    values.extend(table.target.iter().map(|target| target.value));
    values.extend(table.rows.iter().filter_map(goals).map(|figure| figure.value));
    let scale = Scale::bars(&values);
    let names: Vec<String> = table.rows.iter().map(|row| label(row, goals(row).as_ref(), lang)).collect();
    let words = |row: &Row| row.figure(0).map(|figure| told(figure, goals(row).as_ref(), lang));
    let widest = table.rows.iter().filter_map(words).map(|words| em(&words)).fold(0.0, f64::max);
    let right = 16.0 + 12.0 * widest;
    let axis = Axis::new().type_(AxisType::Value).name(table.unit.clone()).min(float(scale.low)).max(float(scale.high));
    let bars = Bar::new().name(table.title.clone()).data(table.rows.iter().map(|row| bar(table, row, lang)).collect());
    let bars = if table.target.is_empty() { bars } else { bars.mark_line(targets(table, Across::Rows)) };
    let mut chart = chart()
        .grid(Grid::new().left(8).right(right).top(32).bottom(24).contain_label(true))
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
    // Not in charming: a label per bar, and a mark that is narrower than high.
    for (place, row) in table.rows.iter().enumerate() {
        let Some(words) = words(row) else { continue };
        let side = if row.figure(0).is_some_and(|figure| figure.value < Decimal::ZERO) { "left" } else { "right" };
        let label = json!({ "show": true, "position": side, "formatter": words });
        // The label hangs on whatever reaches farther: the bar or the mark of its goal.
        let beyond = row.figure(0).zip(goals(row)).is_some_and(|(figure, goal)| goal.value >= figure.value);
        if beyond {
            let mark = table.rows[..place].iter().filter(|row| goals(row).is_some()).count();
            option["series"][1]["data"][mark]["label"] = label;
        } else {
            option["series"][0]["data"][place]["label"] = label;
        }
    }
    hang_targets(&mut option);
    if let Some(marks) = option["series"].get_mut(1) {
        marks["symbolSize"] = json!([4, 24]);
    }
    option["yAxis"]["axisLabel"] = json!({ "width": 160, "overflow": "break", "interval": 0 });
    option
}

/// The figure as written, beside its target where there is one: a figure alone would read as that of the nearer mark.
fn told(figure: &Figure, goal: Option<&Figure>, lang: Lang) -> String {
    match (goal, lang) {
        (None, _) => written(figure),
        (Some(goal), Lang::Zh) => format!("{}　目标 {}", written(figure), written(goal)),
        (Some(goal), Lang::En) => format!("{}, target {}", written(figure), written(goal)),
    }
}

/// The name with its rank; where a target has no figure there is no bar to hang its words on, so they stand here.
fn label(row: &Row, goal: Option<&Figure>, lang: Lang) -> String {
    match (row.rank, goal.filter(|_| row.figure(0).is_none()), lang) {
        (Some(rank), ..) => format!("{rank} {}", row.name),
        (None, Some(goal), Lang::Zh) => format!("{}\n— 缺数　目标 {}", row.name, written(goal)),
        (None, Some(goal), Lang::En) => format!("{}\n— no figure, target {}", row.name, written(goal)),
        (None, None, _) => row.name.clone(),
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
    let style = if figure.joined && !bound(figure) {
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
