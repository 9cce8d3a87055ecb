//! Selections as text: a line a row, cells as written, `?` and the reason behind what stands apart.

use super::*;
use crate::report::PeriodChoice;
use crate::site::sample::{Sample, site_of};

/// A chart of intent, indicators, regions and periods: `trend rate 429006,420000 2015..2023`.
fn request(sample: &Sample, text: &str) -> ChartRequest {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [intent, indicators, regions, periods] = words.as_slice() else { panic!("four words: {text}") };
    let intent = ChartIntent::NAMES.iter().find(|(name, _)| name == intent).expect("an intent").1;
    let indicator = |id: &str| sample.site.indicators.find(id).expect("an indicator");
    let region = |code: &str| sample.site.regions.find(code).expect("a region");
    let period = |text: &str| Period::parse(text).expect("a period");
    let periods = match (*periods, periods.split_once("..")) {
        ("-", _) => PeriodChoice::Open,
        (_, Some((low, high))) => PeriodChoice::Years(low.parse().expect("a year"), high.parse().expect("a year")),
        (list, None) => PeriodChoice::List(list.split(',').map(period).collect()),
    };
    let (indicators, whole) = indicators.split_once('/').map_or((*indicators, None), |(parts, all)| (parts, Some(all)));
    let children = regions.strip_prefix("in:").map(region);
    ChartRequest {
        intent,
        indicators: indicators.split(',').map(indicator).collect(),
        whole: whole.map(indicator),
        regions: if children.is_some() { Vec::new() } else { regions.split(',').map(region).collect() },
        children,
        own: None,
        periods,
        picked: None,
        title: String::new(),
    }
}

fn show(sample: &Sample, selection: &Selection<'_>) -> String {
    let site = &sample.site;
    let head = |head: &Head| match head {
        Head::Region(id) => site.regions.get(*id).code.to_string(),
        Head::Indicator(id) => site.indicators.get(*id).id.to_string(),
        Head::Period { period, partial } => format!("{period}{}", if *partial { "*" } else { "" }),
        Head::Result => "result".to_owned(),
        Head::Goal => "goal".to_owned(),
        Head::Rest => "rest".to_owned(),
    };
    let written = |one: &Observation| one.quantity.as_ref().map_or("none", |figure| figure.as_written()).to_owned();
    let cell = |place: &Place<'_>| {
        let text = match (&place.share, place.one) {
            (Some(share), _) => format!("{}%", share.percent),
            (None, Some(one)) => written(one),
            (None, None) => "-".to_owned(),
        };
        text + &place.apart.map(|apart| format!("?{apart:?}")).unwrap_or_default()
    };
    let line = |line: &Line<'_>| {
        let rank = line.rank.map(|rank| format!("{rank}. ")).unwrap_or_default();
        let cells: Vec<String> = line.cells.iter().map(cell).collect();
        let change = line.change.as_ref().map(|change| format!(" [{} = {}]", change.amount, change.formula));
        format!("{rank}{}: {}{}", head(&line.head), cells.join(" "), change.unwrap_or_default())
    };
    let columns: Vec<String> = selection.columns.iter().map(head).collect();
    let mut lines = vec![columns.join(" ")];
    lines.extend(selection.rows.iter().map(line));
    let apart = |(one, why): &(&Observation, Apart)| {
        format!("apart {} {} {}: {why:?}", site.regions.get(one.region).code, one.period, written(one))
    };
    lines.extend(selection.apart.iter().map(apart));
    lines.join(" | ")
}

/// The selection a request makes on reports, or why there is none.
fn check(reports: &str, asked: &str, expected: &str) {
    let sample = site_of(reports);
    assert_eq!(sample.codes(), "", "{reports}");
    let got = match select(&sample.site, &request(&sample, asked)) {
        Ok(selection) => show(&sample, &selection),
        Err(empty) => empty.to_owned(),
    };
    assert_eq!(got, expected, "{asked}");
}

#[test]
fn parts_of_a_year_and_bounds_stand_apart_in_trends() {
    check(
        "429006 2019 | rate = \"5‰\"\n429006 2021 | rate = \"4‰以内\"\n429006 2021-H1 | rate = \"2‰\"",
        "trend rate 429006 -",
        "2019 2020 2021-H1* 2021 | 429006: 5‰ - 2‰?Period 4‰以内?Bound",
    );
    // Half years alone are a series of their own.
    check(
        "429006 2020-H1 | rate = \"5‰\"\n429006 2021-H1 | rate = \"4‰\"",
        "trend rate 429006 -",
        "2020-H1 2021-H1 | 429006: 5‰ 4‰",
    );
    check("429006 2019 | rate = \"5‰\"", "trend rate 429006 2020..2021", "empty-figures");
}

#[test]
fn targets_are_no_values_and_missing_is_no_zero() {
    check(
        r#"429006 2020 | share = { target = "≥90%" }
        429006 2021 | share = { value = "91.33%", target = "≥90%" }
        140823 2021 | share = { missing = "suppressed" }
        360112 2021 | share = "0%""#,
        "trend share 429006,140823,360112 -",
        "2021 | 429006: 91.33% | 360112: 0% | apart 140823 2021 none: Missing",
    );
    let suppressed = r#"429006 2021 | share = "0%"
        140823 2021 | share = { missing = "suppressed" }"#;
    check(suppressed, "grid share 429006,140823 -", "2021 | 429006: 0% | 140823: none?Missing");
}

#[test]
fn counts_of_other_levels_stand_apart_and_rates_do_not() {
    let reports = r#"429006 2021 | people = "100人" | rate = "5‰"
        140823 2021 | people = "90人" | rate = "4‰"
        370800 2021 | people = "9000人" | rate = "3‰""#;
    check(
        reports,
        "compare people 429006,140823,370800 -",
        "2021 | 429006: 100人 | 140823: 90人 | apart 370800 2021 9000人: Level",
    );
    check(reports, "grid rate 429006,370800 -", "2021 | 429006: 5‰ | 370800: 3‰");
    check(
        reports,
        "ranking rate 429006,140823,370800 -",
        "2021 | 1. 140823: 4‰ | 2. 429006: 5‰ | apart 370800 2021 3‰: Level",
    );
    check(reports, "ranking rate in:140800 -", "empty-ranking");
}

#[test]
fn changes_compare_two_periods_and_list_what_does_not() {
    check(
        r#"429006 2020 | share = "80%" | people = "100人"
        429006 2021 | share = "81.5%" | people = "90人"
        140823 2020 | share = "70%以上"
        140823 2021 | share = "75%"
        360112 2021 | share = "60%"
        520201 2020 | share = "50%"
        520201 2021 | share = { value = "60%", status = "break" }"#,
        "change share 429006,140823,360112,520201 2020,2021",
        "2020 2021 | 429006: 80% 81.5% [1.5个百分点 = 81.5% − 80%] | apart 140823 2021 75%: Former | \
         apart 360112 2021 60%: Missing | apart 520201 2021 60%: Break",
    );
    check(
        "429006 2020 | people = \"100人\"\n429006 2021 | people = \"90人\"",
        "change people 429006 2020,2021",
        "2020 2021 | 429006: 100人 90人 [10.0% = (90人 − 100人) ÷ 100人]",
    );
    check("429006 2020 | people = \"100人\"", "change people 429006 2020,2021", "empty-change");
}

#[test]
fn bars_before_a_break_stand_apart() {
    check(
        r#"429006 2019 | share = "70%"
        429006 2020 | share = { value = "80%", status = "break" }
        429006 2021 | share = "81%""#,
        "compare share 429006 -",
        "2019 2020 2021 | 429006: 70%?Break 80% 81%",
    );
}

#[test]
fn small_samples_are_neither_ranked_nor_compared() {
    let reports = r#"429006 2021 | people = "3人" | task = "4人"
        140823 2021 | people = "30人" | task = "40人"
        360112 2021 | people = "36人" | task = "40人""#;
    check(
        reports,
        "ranking done 429006,140823,360112 -",
        "2021 | 1. 360112: 90.00% | 2. 140823: 75.00% | apart 429006 2021 75.00%: Small",
    );
    check(reports, "grid done 429006,140823 -", "2021 | 429006: 75.00%?Small | 140823: 75.00%");
}

#[test]
fn shares_add_up_or_show_the_rest() {
    let reports = r#"429006 2020 | public = "21个" | private = "132家"
        429006 2021 | public = "20个" | private = "100家" | hospitals = "120个""#;
    check(reports, "share public,private/hospitals 429006 -", "public private | 2020: 13.7% 86.3% | 2021: 16.7% 83.3%");
    check(reports, "share public/hospitals 429006 2021", "public rest | 2021: 16.7% 83.3%");
    check(reports, "share public,private 429006,140823 2021", "public private | 429006: 16.7% 83.3%");
    check(r#"429006 2021 | people = "50人" | task = "40人""#, "share people/task 429006 2021", "empty-share");
    check(r#"429006 2021 | public = "20余个" | private = "100家""#, "share public,private 429006 -", "empty-share");
}

#[test]
fn progress_shows_the_newest_target_and_its_result() {
    check(
        r#"429006 2020 | share = { value = "70%", target = "≥80%" }
        429006 2021 | share = { value = "85%以上", target = "≥90%" }
        140823 2021 | share = "60%"
        360112 2021 | share = { target = "≥90%" }"#,
        "progress share 429006,140823,360112 -",
        "result goal | 429006: 85%以上?Bound ≥90% | 360112: - ≥90% | apart 140823 2021 60%: Goal",
    );
    check("429006 2020 | share = \"70%\"", "progress share 429006 -", "empty-targets");
}

#[test]
fn several_indicators_of_one_region_share_a_chart() {
    check(
        r#"429006 2020 | people = "100人" | task = "120人"
        429006 2021 | people = "110人""#,
        "trend people,task 429006 -",
        "2020 2021 | people: 100人 110人 | task: 120人 -",
    );
    check(
        r#"429006 2020 | people = "100人" | task = "120人"
        140823 2021 | people = "110人""#,
        "compare people,task 429006,140823 -",
        "people task | 429006: 100人 120人 | 140823: - -",
    );
}
