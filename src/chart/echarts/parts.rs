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
use crate::chart::{ChartTable, Figure, Lang, Row};

use super::looks::{INK, ON, colour, filled, outlined, plain};
use super::{chart, gap, names, tip, value};

/// The narrowest part, in per cent, that is labelled inside.
const LABELLED: i64 = 8;

/// Builds the option, the first row on top.
pub fn option(table: &ChartTable, lang: Lang) -> Value {
    let labels: Vec<String> = table.columns.iter().map(|column| period(&column.label, lang)).collect();
    let legend: Vec<LegendItem> = labels.iter().cloned().map(LegendItem::from).collect();
    // Rounded shares may add up to a little more than 100.
    let total = |row: &Row| figures(table, row).map(|(.., figure)| figure.value).sum::<Decimal>();
    let most = table.rows.iter().map(total).max().unwrap_or_default().max(Decimal::ONE_HUNDRED);
    let axis = Axis::new().type_(AxisType::Value).min(0).max(float(most)).interval(25.0);
    let mut chart = chart()
        .grid(Grid::new().left(8).right(24).top(40).bottom(24).contain_label(true))
        .legend(Legend::new().top(0).left(0).type_(LegendType::Scroll).data(legend))
        .x_axis(axis)
        .y_axis(Axis::new().type_(AxisType::Category).inverse(true).data(names(table)));
    for (place, label) in labels.iter().enumerate() {
        let parts = table.rows.iter().map(|row| part(table, row, place, lang)).collect();
        chart = chart.series(Bar::new().name(label.clone()).stack("whole").data(parts));
    }
    let mut option = value(chart);
    option["xAxis"]["axisLabel"] = json!({ "formatter": "{value}%", "showMaxLabel": most == Decimal::ONE_HUNDRED });
    option["yAxis"]["axisLabel"] = json!({ "width": 160, "overflow": "break", "interval": 0 });
    // Not in charming: decals and a label per part.
    for (place, column) in table.columns.iter().enumerate() {
        let series = &mut option["series"][place];
        series["itemStyle"] = filled(table, place);
        series["itemStyle"]["borderColor"] = json!(ON);
        series["itemStyle"]["borderWidth"] = json!(1);
        series["barMaxWidth"] = json!(32);
        for (number, row) in table.rows.iter().enumerate() {
            let Some(figure) = row.figure(place) else { continue };
            let joined = solid(column, figure);
            if figure.value >= Decimal::from(LABELLED) {
                let left_over = colour(table, place) == REST;
                let mut label = json!({
                    "show": true, "formatter": format!("{}%", bare(figure)), "color": if joined && !left_over { ON } else { INK },
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
    option
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
