//! Options as data: the figures of the table, and nothing a strict page would refuse.

use super::*;
use crate::chart::sample::cases;
use crate::chart::series::figures;

/// The numbers of all data items, sorted.
fn check(name: &str, table: &ChartTable) {
    let option = echarts_option(table, Lang::Zh);
    let number = |item: &Value| match &item["value"] {
        Value::Array(parts) => match (table.intent, parts.len()) {
            // Dumbbells lie along the first axis.
            (Intent::Change, 2) => parts[0].as_f64(),
            (Intent::Grid, 4) => parts[2].as_f64(),
            _ => parts.last().and_then(Value::as_f64),
        },
        single => single.as_f64(),
    };
    let series = option["series"].as_array().cloned().unwrap_or_default();
    let drawn = series.iter().filter(|one| match table.intent {
        // The marks of goals repeat what the tooltips of the bars say.
        Intent::Progress => one["type"] != "scatter",
        Intent::Change => one["type"] != "lines",
        Intent::Grid => one["type"] == "heatmap",
        Intent::Trend | Intent::Ranking | Intent::Compare | Intent::Share => true,
    });
    let mut found: Vec<f64> = drawn
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

#[test]
fn every_figure_is_told_as_written_with_its_remarks() {
    for (name, mut table) in cases() {
        for figure in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Cell::Figure(figure) = figure {
                figure.note = "仅含公立机构".to_owned();
                figure.apart = "截至11月30日".to_owned();
                figure.formula = "20.47万 ÷ 18.68万".to_owned();
            }
        }
        let option = echarts_option(&table, Lang::Zh).to_string();
        let first_only = table.intent == Intent::Progress;
        for (place, _, figure) in table.rows.iter().flat_map(|row| figures(&table, row)) {
            if first_only && place == 1 {
                continue;
            }
            let told = match table.intent {
                Intent::Share => format!("%（{}；", figure.written),
                _ => format!("：{}（", figure.written),
            };
            assert!(option.contains(&told), "{name}: {told}");
            assert!(option.contains("仅含公立机构；截至11月30日；推算：20.47万 ÷ 18.68万"), "{name}");
        }
    }
}

#[test]
fn the_page_knows_every_colour_for_dark_paper() {
    let script = include_str!("../../../themes/gov/static/js/charts.js").to_lowercase();
    for (name, table) in cases() {
        let option = echarts_option(&table, Lang::Zh).to_string();
        for part in option.split("\"#").skip(1) {
            let colour = part.split('"').next().unwrap_or_default().to_lowercase();
            assert!(
                script.contains(&format!("\"#{colour}\"")),
                "{name}: #{colour} is not among the colours of charts.js"
            );
        }
    }
}

#[test]
fn ends_of_a_change_are_joined_and_its_working_is_told() {
    let (_, table) = cases().into_iter().find(|(name, _)| *name == "change").expect("the case");
    let option = echarts_option(&table, Lang::Zh);
    let lines = &option["series"][2]["data"];
    assert_eq!(lines[0]["name"], "天门市：▲ 3.2个百分点 好转（推算：91.3% − 88.1%）");
    assert_eq!(lines[0]["coords"], json!([[88.1, 0], [91.3, 0]]));
    assert_eq!(option["yAxis"][1]["data"][2], "持平");
}

#[test]
fn cells_are_shaded_by_the_key_unless_they_are_not_compared() {
    let (_, table) = cases().into_iter().find(|(name, _)| *name == "grid").expect("the case");
    let option = echarts_option(&table, Lang::Zh);
    let pieces = &option["visualMap"]["pieces"];
    assert_eq!(pieces[0], json!({ "label": "<3", "color": "#E6EEF7", "lt": 3.0 }));
    assert_eq!(pieces[4], json!({ "label": "≥6", "color": "#11406A", "gte": 6.0 }));
    let cells = option["series"][0]["data"].as_array().expect("cells");
    let apart: Vec<&str> =
        cells.iter().filter(|cell| cell["visualMap"] == false).filter_map(|cell| cell["value"][3].as_str()).collect();
    assert_eq!(apart, ["≤3.6", "5.2"]);
}

#[test]
fn a_figure_beside_a_target_is_told_with_it() {
    let table = crate::chart::sample::table(Intent::Progress, "‰", "2023 2023", &["天门市: 2.69 ≤7", "南昌市: - ≤5"]);
    let option = echarts_option(&table, Lang::Zh);
    assert_eq!(option["series"][1]["data"][0]["label"]["formatter"], "2.69‰　目标 ≤7‰");
    assert_eq!(option["yAxis"]["data"][1], "南昌市\n— 缺数　目标 ≤5‰");
}
