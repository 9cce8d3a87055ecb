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

/// The records of a chart's table: row, column, value, as written, reason to stand apart.
fn check(chart: &str, expected: &[&str]) {
    let path = built().join(format!("embed/pages/charts/{chart}.csv"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let line = |record: csv::StringRecord| {
        let cells: Vec<&str> = [0, 1, 2, 4, 7].iter().map(|at| &record[*at]).filter(|cell| !cell.is_empty()).collect();
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
            "闻喜县 | 2016 | 91.33 | 91.33%",
            "新建区 | 2016 | 88 | 88%",
            "济宁市 2016年 95% | 行政级别不同",
            "天门市 2016年 90%以上 | 是界限或约数，不是确数",
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
            "济宁市 2016年 42000张 | 行政级别不同",
        ],
    );
}

#[test]
fn figures_before_a_changed_definition_stand_apart() {
    check(
        "break-apart",
        &["天门市 | 2014 | 3000 | 3000张 | 口径变了", "天门市 | 2015 | 2600 | 2600张", "天门市 | 2016 | 2700 | 2700张"],
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
            "新建区 | 2016 | 125 | 125.00%",
            "天门市 | 2016 | 101 | 101.00%",
            "闻喜县 2016年 100.00% | 小样本，例数太少，不作比较",
        ],
    );
}

#[test]
fn a_renamed_region_gets_a_note() {
    let page = std::fs::read_to_string(built().join("pages/charts/index.html")).expect("the page");
    assert!(page.contains("新建区：2015年由新建县（代码360122）改设"), "no note on the former name");
}
