//! What does not compare is kept apart: each trap of `tests/sites/traps` has a chart, and the table behind it says what was
//! joined, ranked or compared and what was not, with the reason.

use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::example;
use crate::project::{TODAY, nianbao};

/// The folder the site of traps was built to.
fn built() -> &'static Path {
    static BUILT: OnceLock<TempDir> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = nianbao(&example::root().join("tests/sites/traps"));
        command.args(["build", "--quiet", "--today", TODAY, "--output"]).arg(folder.path());
        let run = command.output().expect("the program starts");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        folder
    });
    folder.path()
}

fn read(chart: &str, face: &str) -> String {
    let path = built().join(format!("embed/pages/charts/{chart}.{face}"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The sentence of a chart.
fn says(chart: &str, expected: &str) {
    let page = read(chart, "html");
    let (_, rest) = page.split_once("<p class=\"sentence\">").expect("a sentence");
    assert_eq!(rest.split('<').next(), Some(expected), "{chart}");
}

/// The records of a chart's table: row, column, rank, value, as written, reason to stand apart, remark.
fn check(chart: &str, expected: &[&str]) {
    let text = read(chart, "csv");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let line = |record: csv::StringRecord| {
        let cells: Vec<&str> =
            [0, 1, 2, 3, 5, 8, 10].iter().map(|at| &record[*at]).filter(|cell| !cell.is_empty()).collect();
        cells.join(" | ")
    };
    let found: Vec<String> = reader.records().map(|record| line(record.expect("a record"))).collect();
    assert_eq!(found, expected, "{chart}");
}

#[test]
fn a_half_year_a_bound_and_a_target_are_not_joined_to_full_years() {
    check(
        "half-year",
        &[
            "天门市 | 2014 | 60 | 60%",
            "天门市 | 2015 | 75 | 75%",
            "天门市 | 2016年上半年 | 40 | 40% | 时段不同",
            "天门市 | 2016 | 90 | 90%以上 | 是界限或约数，不是确数",
            "新建区 | 2014 | 70 | 70%",
            "新建区 | 2015",
            "新建区 | 2016年上半年",
            "新建区 | 2016 | 88 | 88%",
        ],
    );
}

#[test]
fn a_bound_and_another_level_are_not_ranked() {
    check(
        "bound",
        &[
            "闻喜县 | 2016 | 1 | 91.33 | 91.33%",
            "新建区 | 2016 | 2 | 88 | 88%",
            "济宁市 | 2016年 | 95% | 行政级别不同",
            "天门市 | 2016年 | 90%以上 | 是界限或约数，不是确数",
        ],
    );
}

#[test]
fn counts_of_a_county_and_a_prefecture_do_not_stand_side_by_side_and_zero_does() {
    check(
        "level",
        &[
            "天门市 | 2016 | 2700 | 2700张",
            "闻喜县 | 2016 | 1500 | 1500张",
            "新建区 | 2016 | 0 | 0张",
            "济宁市 | 2016年 | 42000张 | 行政级别不同",
        ],
    );
}

#[test]
fn figures_before_a_changed_definition_stand_apart() {
    check(
        "break-apart",
        &[
            "天门市 | 2014 | 3000 | 3000张 | 口径变了",
            "天门市 | 2015 | 2600 | 2600张 | 本年起不含村卫生室",
            "天门市 | 2016 | 2700 | 2700张",
        ],
    );
}

#[test]
fn what_is_missing_is_no_zero_and_few_events_are_no_rate() {
    check(
        "missing",
        &[
            "天门市 | 2016 | 0 | 0 | 小样本，例数太少，不作比较",
            "闻喜县 | 2016 | 49.2 | 49.2/10万 | 小样本，例数太少，不作比较",
            "新建区 | 2016 | 不公布",
            "济宁市 | 2016 | 12.0 | 12.0/10万",
        ],
    );
    check(
        "small",
        &[
            "新建区 | 2016 | 1 | 125 | 125.00%",
            "天门市 | 2016 | 2 | 101 | 101.00%",
            "闻喜县 | 2016年 | 100.00% | 小样本，例数太少，不作比较",
        ],
    );
}

#[test]
fn a_renamed_region_gets_a_note() {
    let page = std::fs::read_to_string(built().join("pages/charts/index.html")).expect("the page");
    assert!(page.contains("新建区：2015年由新建县（代码360122）改设"), "no note on the former name");
}

#[test]
fn nothing_is_joined_across_a_break_that_no_figure_shows() {
    says(
        "unseen-break",
        "2018年天门市村卫生室为300个，可比的只有这一期，不构成趋势；此前口径或范围不同，不作比较；2017年缺数。",
    );
    says("unlisted-break", "2016年天门市床位数为2700张，可比的只有这一期，不构成趋势；此前口径或范围不同，不作比较。");
    says(
        "break-in-part",
        "2018年天门市医疗机构为322个，可比的只有这一期，不构成趋势；此前口径或范围不同，不作比较；2017年缺数。",
    );
}

#[test]
fn an_exact_figure_after_a_bound_has_no_change_and_is_no_bound_itself() {
    check(
        "former-bound",
        &[
            "上门率 | 2016 | 89.0 | 89.0%",
            "上门率 | 2017 | 90 | 90%",
            "上门率 | 增减 | 1.0",
            "天门市 签约率 | 2017年 | 92% | 上期数是界限、约数或小样本，不作比较",
        ],
    );
    says("former-bound", "上门率由2016年的89.0%升至2017年的90%，上升1.0个百分点（好转）；另有1项因不可比未列入。");
}

#[test]
fn what_rounding_explains_is_neither_better_nor_worse() {
    check(
        "rounding",
        &["天门市 | 2017 | 90 | 90%", "天门市 | 2018 | 90.4 | 90.4%", "天门市 | 增减 | 0.4 | 相差在舍入之内"],
    );
    says("rounding", "天门市上门率由2017年的90%升至2018年的90.4%，上升0.4个百分点（舍入之内）。");
}

#[test]
fn a_small_ratio_is_not_printed_as_zero() {
    check("tiny", &["天门市 | 2018 | 0.0005 | 0.0005%"]);
}

#[test]
fn high_and_low_are_told_within_one_level() {
    says("levels", "签约率：2018年同级可比的2个数中最高为天门市（93%），最低为闻喜县（91%），相差2个百分点。");
}

#[test]
fn of_two_indicators_the_sentence_tells_one_and_ranks_none() {
    says("two-indicators", "签约率由2017年的92%升至2018年的93%，上升1个百分点。");
}
