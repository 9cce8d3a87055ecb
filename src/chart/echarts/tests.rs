//! Options as data: the figures of the table, and nothing a strict page would refuse.

use super::*;
use crate::chart::sample::cases;
use crate::chart::series::figures;

/// The numbers of all data items, sorted.
fn check(name: &str, table: &ChartTable) {
    let option = echarts_option(table, Lang::Zh);
    let number = |item: &Value| match &item["value"] {
        Value::Array(pair) => pair[1].as_f64(),
        single => single.as_f64(),
    };
    let series = option["series"].as_array().cloned().unwrap_or_default();
    let bars = series.iter().filter(|one| one["type"] != "scatter");
    let mut found: Vec<f64> = bars
        .flat_map(|one| one["data"].as_array().cloned().unwrap_or_default())
        .filter_map(|item| number(&item))
        .collect();
    let first_only = table.intent == Intent::Progress;
    let mut expected: Vec<f64> = table
        .rows
        .iter()
        .flat_map(|row| figures(table, row).filter(|(place, ..)| !first_only || *place == 0))
        .map(|(_, _, figure)| float(figure.value))
        .collect();
    found.sort_by(f64::total_cmp);
    expected.sort_by(f64::total_cmp);
    assert_eq!(found, expected, "{name}");
    assert_eq!(option["animation"], false, "{name}");
    assert_eq!(option["aria"]["label"]["description"], sentence(table, Lang::Zh), "{name}");
    assert!(!option.to_string().contains("function"), "{name}");
}

#[test]
fn figures_are_those_of_the_table() {
    for (name, table) in cases() {
        check(name, &table);
    }
}

#[test]
fn tooltips_carry_the_figure_as_written() {
    let (_, mut five) = cases().swap_remove(0);
    if let Cell::Figure(figure) = &mut five.rows[0].cells[0] {
        figure.written = "6.20‰".to_owned();
        figure.status = "初步数".to_owned();
    }
    let option = echarts_option(&five, Lang::Zh);
    assert_eq!(option["series"][0]["data"][0]["name"], "天门市 2014年：6.20‰（初步数）");
    assert_eq!(option["series"][0]["markLine"]["data"][0]["yAxis"], 5.0);
}
