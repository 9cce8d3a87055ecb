//! Options as data: the figures of the table, and nothing a strict page would refuse.

use super::*;
use crate::chart::sample::cases;
use crate::chart::series::figures;
use crate::chart::{Polarity, svg};

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
    // What has no name or lies on an axis of its own repeats no figure.
    let told = |one: &&Value| one["xAxisIndex"] != 1 && one["data"].as_array().is_none_or(|all| all.iter().all(named));
    let drawn = series.iter().filter(told).filter(|one| match table.intent {
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

fn named(item: &Value) -> bool {
    item["name"].is_string()
}

/// A case by its name.
fn case(name: &str) -> ChartTable {
    cases().into_iter().find(|(found, _)| *found == name).expect("the case").1
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

/// The remarks as one text, without the breaks of their lines.
fn remarks(option: &Value) -> String {
    let words = option["title"]["subtext"].as_str().unwrap_or_default();
    words.replace(['\n', '　', ' '], "")
}

#[test]
fn remarks_are_those_of_the_drawing() {
    let keys =
        ["空心：", "箭头：", "口径或范围有变化", "数值越高越好", "数值越低越好", "空框：", "竖线：", "—：缺数", "各档"];
    for (name, mut table) in cases() {
        table.polarity = Polarity::Lower;
        for lang in [Lang::Zh, Lang::En] {
            let drawn = svg(&table, lang);
            let letters: String =
                drawn.split("<text").skip(1).filter_map(|text| text.split(['>', '<']).nth(1)).collect();
            let letters = letters.replace(['　', ' '], "").replace("&lt;", "<").replace("&gt;", ">");
            let option = echarts_option(&table, lang);
            for remark in said(table.as_bars().as_ref().unwrap_or(&table), lang) {
                let remark = remark.replace([' ', '　'], "");
                assert!(letters.contains(remark.trim_start_matches("//")), "{name}: the drawing does not say {remark}");
                assert!(remarks(&option).contains(&remark), "{name}: the live chart does not say {remark}");
            }
            // The drawing says nothing of this kind that is not among the remarks.
            for key in keys.iter().filter(|key| lang == Lang::Zh && letters.contains(**key)) {
                assert!(remarks(&option).contains(key), "{name}: the live chart does not say {key}");
            }
        }
    }
}

#[test]
fn remarks_have_room_of_their_own() {
    let mut table = case("partial");
    let bare = |option: &Value| (option["grid"][0]["bottom"].as_f64(), option["legend"]["bottom"].as_f64());
    let many = bare(&echarts_option(&table, Lang::Zh));
    table.rows.truncate(1);
    for cell in &mut table.rows[0].cells {
        *cell = Cell::Figure(crate::chart::sample::figure("3", "%"));
    }
    table.columns.iter_mut().for_each(|column| column.partial = false);
    let option = echarts_option(&table, Lang::Zh);
    assert_eq!(option["title"], Value::Null);
    assert_eq!(bare(&option), (Some(48.0), Some(0.0)));
    assert_eq!(many, (Some(88.0), Some(40.0)));
}

#[test]
fn a_break_interrupts_the_line_and_is_marked_half_way() {
    let option = echarts_option(&case("partial"), Lang::Zh);
    let series = option["series"].as_array().expect("series");
    let breaks: Vec<&Value> = series.iter().filter(|one| one["xAxisIndex"] == 1).collect();
    assert_eq!(breaks.len(), 1);
    // Between 2017 (10.4), the fourth period, and 2019 (14.2), the sixth; 2018 has no figure.
    assert_eq!(breaks[0]["data"][0]["value"], json!([4.0, 12.3]));
    assert_eq!(breaks[0]["data"][0]["name"], "新建区：2019年起口径或范围有变化，前后不相连");
    assert_eq!(breaks[0]["name"], "新建区");
    assert_eq!(option["xAxis"][1], json!({ "type": "value", "show": false, "min": -0.5, "max": 9.5 }));
    assert_eq!(option["xAxis"][0]["data"].as_array().map(Vec::len), Some(10));
    let over = |one: &&Value| {
        one["type"] == "line" && one["name"] == "新建区" && {
            let years: Vec<&str> =
                one["data"].as_array().into_iter().flatten().filter_map(|item| item["value"][0].as_str()).collect();
            years.contains(&"2017") && years.contains(&"2019")
        }
    };
    assert!(!series.iter().any(|one| over(&one)));
}

#[test]
fn a_grid_has_a_rule_before_a_break() {
    let option = echarts_option(&case("grid"), Lang::Zh);
    let rules = &option["series"][2];
    assert_eq!(
        rules["data"],
        json!([{ "name": "新建区：2019年前口径或范围不同", "coords": [[1.5, 2.5], [1.5, 3.5]] }])
    );
    assert_eq!(option["yAxis"][1]["inverse"], true);
    assert_eq!(echarts_option(&case("grid-provinces"), Lang::Zh)["series"].as_array().map(Vec::len), Some(2));
}

#[test]
fn bounds_point_to_where_the_figure_may_lie() {
    let option = echarts_option(&case("bounds"), Lang::Zh);
    let lower = &option["series"][0]["data"][0];
    assert_eq!(
        lower["symbol"],
        "path://M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0zM0-5v-8m-3 3l3-3 3 3".replace("M0-5", "M0 -5")
    );
    assert_eq!(lower["symbolOffset"], json!([0, -4.5]));
    let option = echarts_option(&case("compare-traps"), Lang::Zh);
    assert_eq!(option["series"][0]["data"][1]["label"]["formatter"], "← ≤9.1/10万");
}

#[test]
fn names_at_line_ends_move_apart_and_only_at_the_end() {
    let mut table = case("five");
    let ends = |option: &Value| -> Vec<String> {
        let series = option["series"].as_array().cloned().unwrap_or_default();
        let ends = series
            .iter()
            .filter(|one| one["endLabel"]["show"] == true && one["labelLayout"]["moveOverlap"] == "shiftY");
        ends.filter_map(|one| Some(one["name"].as_str()?.to_owned())).collect()
    };
    assert_eq!(ends(&echarts_option(&table, Lang::Zh)), ["天门市", "湖北省", "全国", "仙桃市", "潜江市"]);
    // A line that ends half-way is named by the legend alone.
    table.rows[1].cells.truncate(5);
    assert_eq!(ends(&echarts_option(&table, Lang::Zh)), ["天门市", "全国", "仙桃市", "潜江市"]);
    assert!(ends(&echarts_option(&case("fifteen"), Lang::Zh)).is_empty());
}

#[test]
fn shares_too_narrow_for_a_label_stand_below_and_all_parts_are_named() {
    let table = case("share-six");
    let option = echarts_option(&table, Lang::Zh);
    let names: Vec<&str> = option["legend"]["data"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["name"].as_str().or(one.as_str()))
        .collect();
    assert_eq!(names.len(), 6);
    assert_eq!(option["legend"]["type"], "plain");
    let below = option["series"][6]["data"].to_string();
    for words in ["社区卫生服务中心（站） 0%", "妇幼保健和专科疾病防治机构 1.2%", "妇幼保健和专科疾病防治机构 —"]
    {
        assert!(below.contains(words), "{words}: {below}");
    }
    // Every share is printed: inside its part or below.
    for (number, row) in table.rows.iter().enumerate() {
        for (place, _, figure) in figures(&table, row) {
            let inside = option["series"][place]["data"][number]["label"]["formatter"].as_str();
            let words = format!("{}%", crate::chart::number::bare(figure));
            assert!(inside == Some(words.as_str()) || below.contains(&words), "{} {words}", row.name);
        }
    }
    let named = echarts_option(&case("share-one"), Lang::Zh);
    assert_eq!(named["legend"], Value::Null);
    assert_eq!(named["series"][0]["data"][0]["label"]["formatter"], "男 51.2%");
}

#[test]
fn without_a_figure_the_drawing_stays() {
    for name in ["empty", "bars-empty", "progress-empty", "grid-empty", "share-empty"] {
        let option = echarts_option(&case(name), Lang::Zh);
        assert_eq!(option["series"], Value::Null, "{name}");
        assert_eq!(option["title"][0]["text"], sentence(&case(name), Lang::Zh), "{name}");
    }
}

#[test]
fn a_ranking_says_why_a_figure_is_missing() {
    let option = echarts_option(&case("ranking"), Lang::Zh);
    let words: Vec<&Value> =
        option["series"][1]["data"].as_array().into_iter().flatten().map(|item| &item["label"]["formatter"]).collect();
    assert_eq!(words, ["— 口径不同，不可比"]);
}

#[test]
fn a_target_is_named_at_its_mark_and_the_figure_keeps_off_it() {
    let rows = ["天门市: 6.69 ≤7", "仙桃市: 0.2 ≤0.5", "潜江市: ≤0.1 ≤6", "南昌市: - ≤5"];
    let option = echarts_option(&crate::chart::sample::table(Intent::Progress, "‰", "2023 2023", &rows), Lang::Zh);
    let label = |series: usize, item: usize| option["series"][series]["data"][item]["label"].clone();
    assert_eq!(label(1, 0)["formatter"], "目标 ≤7‰");
    assert_eq!(label(1, 0)["position"], "top");
    assert_eq!((&label(0, 0)["formatter"], &label(0, 0)["position"]), (&json!("6.69‰"), &json!("insideLeft")));
    // Too short for its figure, and the mark is near: the figure stands beyond the mark and says what it is.
    assert_eq!(label(0, 1), Value::Null);
    assert_eq!(label(2, 0)["formatter"], "实际 0.2‰");
    assert_eq!((&label(0, 2)["formatter"], &label(0, 2)["position"]), (&json!("← ≤0.1‰"), &json!("right")));
    assert_eq!(label(2, 1)["formatter"], "— 缺数　目标 ≤5‰");
}
