//! The ECharts face of a chart table: an option for the script in [`super::script`], same figures, no function in it.
//!
//! charming builds the option; each figure's tooltip is its item's name, written here, so that no formatter script is needed
//! and a strict content security policy holds. Series take the same dashes, marks and colours as in the SVG.

mod bars;
mod cells;
mod dumbbells;
mod groups;
mod lines;
mod looks;
mod parts;

use charming::Chart;
use charming::component::{Aria, Title};
use charming::element::{
    Formatter, Label, LabelPosition, LineStyle, LineStyleType, MarkLine, MarkLineData, MarkLineVariant,
};
use charming::element::{Symbol, Tooltip, Trigger};
use serde_json::{Value, json};

use super::number::{float, number, written};
use super::sentence::{period, sentence};
use super::svg::{draws_nothing, said};
use super::text::{em, wrap};
use super::{Cell, ChartTable, Column, Figure, Intent, Lang, Row};

/// Builds the ECharts option of the chart; the script draws it into a box of any size.
pub fn echarts_option(table: &ChartTable, lang: Lang) -> Value {
    let mut option = match (table.as_bars(), table.intent) {
        _ if draws_nothing(table) => value(chart().title(Title::new().text(sentence(table, lang)))),
        (Some(bars), _) => bars::option(&bars, lang),
        (None, Intent::Trend) => lines::option(table, lang),
        (None, Intent::Ranking | Intent::Progress) => bars::option(table, lang),
        (None, Intent::Compare) => groups::option(table, lang),
        (None, Intent::Change) => dumbbells::option(table, lang),
        (None, Intent::Grid) => cells::option(table, lang),
        (None, Intent::Share) => parts::option(table, lang),
    };
    remark(&mut option, &said(table.as_bars().as_ref().unwrap_or(table), lang));
    // charming's label has no description; the sentence is better than the one ECharts would generate.
    option["aria"]["label"] = json!({ "enabled": true, "description": sentence(table, lang) });
    option
}

/// Sets the remarks of the drawing below everything else, in lines that fit the narrowest live chart.
fn remark(option: &mut Value, remarks: &[String]) {
    const NARROWEST: f64 = 400.0;
    const FONT: f64 = 12.0;
    const LINE: f64 = 17.0;
    if remarks.is_empty() {
        return;
    }
    let mut lines: Vec<String> = Vec::new();
    for remark in remarks {
        match lines.last_mut() {
            Some(line) if em(line) + 1.0 + em(remark) <= NARROWEST / FONT => {
                line.push('　');
                line.push_str(remark);
            }
            _ => lines.extend(wrap(remark, NARROWEST / FONT)),
        }
    }
    let height = LINE * lines.len() as f64 + 6.0;
    for place in ["/grid/bottom", "/grid/0/bottom", "/legend/bottom", "/legend/0/bottom", "/visualMap/bottom"] {
        if let Some(bottom) = option.pointer_mut(place) {
            *bottom = json!(bottom.as_f64().unwrap_or_default() + height);
        }
    }
    option["title"] = json!({
        "text": "", "subtext": lines.join("\n"), "left": 0, "bottom": 0, "padding": 0, "itemGap": 0,
        "subtextStyle": { "fontSize": FONT, "lineHeight": LINE },
    });
}

/// What all charts share.
fn chart() -> Chart {
    Chart::new()
        .animation(false)
        .aria(Aria::new().enabled(true))
        .tooltip(Tooltip::new().trigger(Trigger::Item).formatter(Formatter::from("{b}")))
}

fn value(chart: Chart) -> Value {
    serde_json::to_value(chart).expect("an option is made of strings, numbers, lists and string keys")
}

/// What the tooltip says: who, when, the figure as written, and what is special about it.
fn tip(row: &Row, column: &Column, figure: &Figure, lang: Lang) -> String {
    let formula = match (lang, figure.formula.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, false) => format!("推算：{}", figure.formula),
        (Lang::En, false) => format!("computed: {}", figure.formula),
    };
    let mut remarks = vec![figure.status.as_str(), figure.note.as_str(), figure.apart.as_str(), formula.as_str()];
    remarks.retain(|remark| !remark.is_empty());
    let when = period(&column.label, lang);
    let written = written(figure);
    match (lang, remarks.is_empty()) {
        (Lang::Zh, true) => format!("{} {when}：{written}", row.name),
        (Lang::Zh, false) => format!("{} {when}：{written}（{}）", row.name, remarks.join("；")),
        (Lang::En, true) => format!("{}, {when}: {written}", row.name),
        (Lang::En, false) => format!("{}, {when}: {written} ({})", row.name, remarks.join("; ")),
    }
}

/// What the tooltip says of a cell without a figure.
fn gap(row: &Row, column: &Column, place: usize, lang: Lang) -> String {
    let when = period(&column.label, lang);
    let reason = match row.cells.get(place) {
        Some(Cell::Gap(reason)) if !reason.is_empty() => format!(" {reason}"),
        _ => String::new(),
    };
    match lang {
        Lang::Zh => format!("{} {when}：—{reason}", row.name),
        Lang::En => format!("{}, {when}: —{reason}", row.name),
    }
}

/// A hidden value axis over `count` places of a category axis, for what stands between two of them.
fn between(count: f64) -> Value {
    json!({ "type": "value", "show": false, "min": -0.5, "max": count - 0.5 })
}

/// The names of the rows for a category axis, which has to find each of them once.
fn names(table: &ChartTable) -> Vec<String> {
    table.rows.iter().map(|row| row.name.clone()).collect()
}

/// Moves the names of targets to the start of their lines: the axis runs downwards, so the start is above the bars.
fn hang_targets(option: &mut Value) {
    if let Some(lines) = option["series"][0].pointer_mut("/markLine/data").and_then(Value::as_array_mut) {
        for line in lines {
            line["label"]["position"] = json!("start");
        }
    }
}

/// The targets as lines across the value axis.
fn targets(table: &ChartTable, across: Across) -> MarkLine {
    // Neighbours take turns at four places, so that close targets stay readable.
    let places = [
        LabelPosition::InsideEndTop,
        LabelPosition::InsideStartBottom,
        LabelPosition::InsideStartTop,
        LabelPosition::InsideEndBottom,
    ];
    let lines = table.target.iter().zip(places.into_iter().cycle()).map(|(target, place)| {
        let space = if target.label.is_empty() { "" } else { " " };
        let words = format!("{}{space}{}{}{}", target.label, target.sign, number(target.value), table.unit);
        let label = Label::new().show(true).position(place).formatter(Formatter::String(words.clone()));
        let line = MarkLineData::new().name(words).label(label);
        MarkLineVariant::Simple(match across {
            Across::Rows => line.x_axis(float(target.value)),
            Across::Columns => line.y_axis(float(target.value)),
        })
    });
    MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .line_style(LineStyle::new().type_(LineStyleType::Dashed).color("#B3261E").width(1.5))
        .data(lines.collect())
}

/// Which axis a target line crosses.
#[derive(Clone, Copy)]
enum Across {
    Rows,
    Columns,
}

#[cfg(test)]
mod tests;
