//! The option of a comparison: a bar series a column, so that the legend turns columns on and off.

use charming::component::{Axis, Grid, Legend, LegendItem, LegendType};
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::AxisType;
use charming::series::Bar;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chart::number::{float, written};
use crate::chart::scale::Scale;
use crate::chart::series::{figures, solid};
use crate::chart::text::em;
use crate::chart::{ChartTable, Lang, Row};

use super::looks::{beside, colour, filled, outlined};
use super::{Across, chart, gap, hang_targets, names, targets, tip, value};
use crate::chart::sentence::period;

/// Builds the option, the first group on top.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let all = || table.rows.iter().flat_map(|row| figures(table, row)).map(|(.., figure)| figure);
    let values: Vec<Decimal> =
        all().map(|figure| figure.value).chain(table.target.iter().map(|target| target.value)).collect();
    let scale = Scale::bars(&values);
    let widest = all().map(|figure| em(&written(figure))).fold(0.0, f64::max);
    let labels: Vec<String> = table.columns.iter().map(|column| period(&column.label, lang)).collect();
    let legend: Vec<LegendItem> = labels.iter().cloned().map(LegendItem::from).collect();
    let axis = Axis::new().type_(AxisType::Value).name(table.unit.clone()).min(float(scale.low)).max(float(scale.high));
    let mut chart = chart()
        .grid(
            Grid::new()
                .left(8)
                .right(16.0 + 12.0 * widest)
                .top(if table.target.is_empty() { 32 } else { 56 })
                .bottom(8)
                .contain_label(true),
        )
        .legend(Legend::new().top(0).left(0).type_(LegendType::Scroll).data(legend))
        .x_axis(axis.interval(float(scale.step)))
        .y_axis(Axis::new().type_(AxisType::Category).inverse(true).data(names(table)));
    for (place, label) in labels.iter().enumerate() {
        let bars =
            Bar::new().name(label.clone()).data(table.rows.iter().map(|row| bar(table, row, place, lang)).collect());
        let marked = place == 0 && !table.target.is_empty();
        chart = chart.series(if marked { bars.mark_line(targets(table, Across::Rows)) } else { bars });
    }
    let mut option = value(chart);
    // Not in charming: decals, a label per bar, and bars of a group without a gap.
    for place in 0..table.columns.len() {
        let series = &mut option["series"][place];
        series["itemStyle"] = filled(table, place);
        series["barGap"] = json!("10%");
        series["barCategoryGap"] = json!("24%");
        for (number, row) in table.rows.iter().enumerate() {
            let Some(figure) = row.figure(place) else { continue };
            series["data"][number]["label"] = beside(&written(figure), figure);
            if !solid(&table.columns[place], figure) {
                series["data"][number]["itemStyle"] = outlined(colour(table, place));
            }
        }
    }
    option["xAxis"]["axisLabel"] = json!({ "hideOverlap": true });
    hang_targets(&mut option);
    option
}

fn bar(table: &ChartTable, row: &Row, place: usize, lang: Lang) -> DataPoint {
    let column = &table.columns[place];
    DataPoint::Item(match row.figure(place) {
        Some(figure) => DataPointItem::new(float(figure.value)).name(tip(row, column, figure, lang)),
        None => DataPointItem::new("-").name(gap(row, column, place, lang)),
    })
}
