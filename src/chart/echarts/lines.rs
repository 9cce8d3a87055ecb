//! The option of a trend: one ECharts line per run of joined figures, so that gaps and breaks stay gaps.

use charming::component::{Axis, Grid, Legend, LegendItem, LegendType};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{AxisType, Color, ItemStyle, LineStyle, LineStyleType, Symbol};
use charming::series::Line;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use crate::chart::number::float;
use crate::chart::scale::Scale;
use crate::chart::sentence::period;
use crate::chart::series::{
    DASHES, Run, Series, Shape, bound, figures, reaches_end, regular_distance, runs, series, solid,
};
use crate::chart::svg::{ARROW, bound_mark};
use crate::chart::text::em;
use crate::chart::{ChartTable, Figure, Lang, Row};

use super::{Across, between, chart, targets, tip, value};

/// Builds the option of a trend.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let all = series(table);
    let scale = scale(table, &all);
    let name = match (lang, scale.cut()) {
        (_, false) => table.unit.clone(),
        (Lang::Zh, true) => format!("{}（纵轴不从零起）", table.unit),
        (Lang::En, true) => format!("{} (axis does not start at zero)", table.unit),
    };
    // Names of up to eight series stand at the line ends as well, where there is room for the longest.
    let longest = all.iter().map(|one| em(&one.row.name)).fold(0.0, f64::max);
    let named = all.len() <= 8 && longest <= 12.0;
    let right = if named { 24.0 + longest * 12.0 } else { 24.0 };
    let legend: Vec<LegendItem> = all.iter().map(|one| LegendItem::from(one.row.name.clone())).collect();
    let values = Axis::new().type_(AxisType::Value).name(name).min(float(scale.low)).max(float(scale.high));
    let mut chart = chart()
        .grid(Grid::new().left(8).right(right).top(40).bottom(48).contain_label(true))
        .legend(Legend::new().bottom(0).type_(LegendType::Scroll).data(legend))
        .x_axis(Axis::new().type_(AxisType::Category).data(categories(table)))
        .y_axis(values.interval(float(scale.step)));
    let mut ends: Vec<usize> = Vec::new();
    let mut bounds: Vec<(usize, Value)> = Vec::new();
    let mut drawn: usize = 0;
    for one in &all {
        for columns in parts(table, one.row) {
            let line = line(table, one, &columns, lang);
            // The targets hang on whichever line comes first.
            let marked = drawn == 0 && !table.target.is_empty();
            chart = chart.series(if marked { line.mark_line(targets(table, Across::Columns)) } else { line });
            bounds.extend(columns.iter().filter_map(|place| Some((drawn, pointing(one, one.row.figure(*place)?)?))));
            drawn += 1;
        }
        ends.extend(drawn.checked_sub(1).filter(|_| reaches_end(table, one.row)));
    }
    let mut option = value(chart);
    for (place, looks) in bounds {
        // A bound is a line of its own with one point.
        if let (Some(item), Value::Object(looks)) = (option["series"][place]["data"][0].as_object_mut(), looks) {
            item.extend(looks);
        }
    }
    mark_breaks(&mut option, table, &all, lang);
    // Not in charming: the axis name starts at the axis instead of being centred on it and cut.
    option["yAxis"]["nameTextStyle"] = json!({ "align": "left" });
    if named {
        // Not in charming: the name at the end of a line, moved aside where two meet.
        ends.dedup();
        let own = all.iter().find(|one| one.row.emphasis).map(|one| one.row.name.as_str()).unwrap_or_default();
        for end in ends {
            option["series"][end]["endLabel"] = json!({
                "show": true, "formatter": "{a}", "distance": 8, "lineHeight": 17,
                "fontWeight": if option["series"][end]["name"] == own { "bold" } else { "normal" },
            });
            option["series"][end]["labelLayout"] = json!({ "moveOverlap": "shiftY" });
        }
    }
    option
}

/// The mark of a bound with its arrow, if the figure is one.
fn pointing(one: &Series<'_>, figure: &Figure) -> Option<Value> {
    if !bound(figure) {
        return None;
    }
    // From the middle to the upper and the lower edge of the mark, and its width.
    let (upper, lower, width) = match one.shape {
        Shape::Circle => (4.0, 4.0, 8.0),
        Shape::Square => (3.5, 3.5, 7.0),
        Shape::Triangle => (5.0, 3.5, 9.0),
        Shape::Diamond | Shape::Plus => (5.0, 5.0, 10.0),
        Shape::Down => (3.5, 5.0, 9.0),
    };
    let (height, middle) = match figure.sign {
        "≥" | ">" => (ARROW + lower, (lower - ARROW) / 2.0),
        _ => (ARROW + upper, (ARROW - upper) / 2.0),
    };
    let path = format!("path://{}", bound_mark(one.shape, figure.sign));
    Some(json!({ "symbol": path, "symbolSize": [width, height], "symbolOffset": [0, middle] }))
}

/// Marks each break between two lines of a row with the two strokes of the drawing; the legend hides them with the row.
fn mark_breaks(option: &mut Value, table: &ChartTable, all: &[Series<'_>], lang: Lang) {
    let places: Vec<usize> =
        categories(table).iter().enumerate().filter(|(_, label)| !label.is_empty()).map(|(place, _)| place).collect();
    let marks = |one: &Series<'_>| -> Option<Value> {
        let runs = runs(table, one.row);
        let at = |place: &usize| Some((*places.get(*place)? as f64, float(one.row.figure(*place)?.value)));
        let mark = |pair: &[Run]| {
            let (before, after) = (at(pair[0].columns.last()?)?, at(pair[1].columns.first()?)?);
            let middle = [f64::midpoint(before.0, after.0), f64::midpoint(before.1, after.1)];
            let when = period(&table.columns[*pair[1].columns.first()?].label, lang);
            let name = match lang {
                Lang::Zh => format!("{}：{when}起口径或范围有变化，前后不相连", one.row.name),
                Lang::En => format!("{}: definition or boundary changed before {when}, not joined", one.row.name),
            };
            pair[1].after_break.then(|| json!({ "value": middle, "name": name }))
        };
        let data: Vec<Value> = runs.windows(2).filter_map(mark).collect();
        (!data.is_empty()).then(|| {
            json!({
                "type": "scatter", "name": one.row.name, "xAxisIndex": 1, "data": data, "z": 3,
                "symbol": "path://M0 10l5-10m0 10l5-10", "symbolSize": [9, 10],
                "itemStyle": { "color": "transparent", "borderColor": one.hex(), "borderWidth": 1.5, "opacity": 1 },
            })
        })
    };
    let marks: Vec<Value> = all.iter().filter_map(marks).collect();
    if let (false, Some(series)) = (marks.is_empty(), option["series"].as_array_mut()) {
        series.extend(marks);
        let count = categories(table).len() as f64;
        option["xAxis"] = json!([option["xAxis"].take(), between(count)]);
        // Else the upright axis would move to the zero of the hidden one.
        option["yAxis"]["axisLine"] = json!({ "onZero": false });
    }
}

/// The periods, with an empty place for each one that the regular distance expects and the table has not.
fn categories(table: &ChartTable) -> Vec<String> {
    let regular = regular_distance(table);
    let mut before: Option<Decimal> = None;
    let mut categories = Vec::new();
    for column in &table.columns {
        if !column.partial {
            let distance = column.position - before.unwrap_or(column.position);
            let places = distance.checked_div(regular).unwrap_or_default().round().to_usize().unwrap_or_default();
            categories.extend(std::iter::repeat_n(String::new(), places.saturating_sub(1).min(200)));
            before = Some(column.position);
        }
        categories.push(column.label.clone());
    }
    categories
}

fn scale(table: &ChartTable, all: &[Series<'_>]) -> Scale {
    let figures = all.iter().flat_map(|one| figures(table, one.row)).map(|(_, _, figure)| figure.value);
    let values: Vec<Decimal> = figures.chain(table.target.iter().map(|target| target.value)).collect();
    Scale::lines(&values)
}

/// The columns of each drawn line of a row: its runs, and each figure that is not solid alone; the last one ends the row.
fn parts(table: &ChartTable, row: &Row) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = runs(table, row).into_iter().map(|run| run.columns).collect();
    let loose =
        figures(table, row).filter(|(_, column, figure)| !solid(column, figure)).map(|(place, _, _)| vec![place]);
    parts.extend(loose);
    parts.sort_by_key(|part| part.last().copied());
    parts
}

fn line(table: &ChartTable, one: &Series<'_>, part: &[usize], lang: Lang) -> Line {
    let point = |place: &usize| -> Option<DataPoint> {
        let (column, figure) = (&table.columns[*place], one.row.figure(*place)?);
        let at = vec![CompositeValue::from(column.label.clone()), CompositeValue::from(float(figure.value))];
        let item = DataPointItem::new(at).name(tip(one.row, column, figure, lang));
        let hollow = ItemStyle::new().color("transparent").border_color(one.hex()).border_width(1.5);
        Some(DataPoint::Item(if solid(column, figure) { item } else { item.item_style(hollow) }))
    };
    let dash = match DASHES[one.dash] {
        [] => LineStyleType::Solid,
        [first, ..] if *first < 5 => LineStyleType::Dotted,
        [..] => LineStyleType::Dashed,
    };
    let symbol = match one.shape {
        Shape::Circle => Symbol::Circle,
        Shape::Square => Symbol::Rect,
        Shape::Triangle => Symbol::Triangle,
        Shape::Diamond => Symbol::Diamond,
        Shape::Down => Symbol::Custom("path://M0 10L-9-7H9z".to_owned()),
        Shape::Plus => Symbol::Custom("path://M-3-10h6v7h7v6h-7v7h-6v-7h-7v-6h7z".to_owned()),
    };
    Line::new()
        .name(one.row.name.clone())
        .symbol(symbol)
        .symbol_size(9.0)
        .show_symbol(true)
        .item_style(ItemStyle::new().color(Color::from(one.hex())))
        .line_style(LineStyle::new().type_(dash).width(one.stroke()).color(one.hex()))
        .data(part.iter().filter_map(point).collect())
}
