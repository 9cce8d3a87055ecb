//! Observations as CSV (UTF-8 with a byte order mark, RFC 4180, cells that a spreadsheet would take for formulas defused) and
//! as JSON, with the same columns and the same texts. OBS_VALUE × 10^UNIT_MULT in UNIT_MEASURE is the value.

use serde_json::{Map, Value};

use crate::plan::{PageKind, Plan};
use crate::quantity;
use crate::site::{Observation, Role, Site};

/// The columns with their meaning in Chinese and English; the names are those of SDMX where it has them.
pub const COLUMNS: [(&str, &str, &str); 14] = [
    ("INDICATOR", "指标代号", "indicator id"),
    ("INDICATOR_NAME", "指标名称", "indicator name"),
    ("REF_AREA", "行政区划代码", "division code"),
    ("REF_AREA_NAME", "地区名称", "region name"),
    (
        "TIME_PERIOD",
        "时期：2021、2021-H1、2021-Q3、2021-07、2021-01/2021-07；单独一日是截止日",
        "period: 2021, 2021-H1, 2021-Q3, 2021-07, 2021-01/2021-07; a single day is an as-of date",
    ),
    ("ROLE", "性质：actual 实际，target 目标，baseline 参照，derived 推算", "role: actual, target, baseline, derived"),
    (
        "BOUND",
        "界限：eq 确数，ge 不低于，le 不高于，gt 高于，lt 低于，approx 约数",
        "bound: eq, ge, le, gt, lt, approx",
    ),
    (
        "OBS_VALUE",
        "数值（十进制，未经浮点换算）；空着是没有数，不是零",
        "value as an exact decimal; empty means no figure, not zero",
    ),
    ("UNIT_MEASURE", "计量单位", "unit of measure"),
    ("UNIT_MULT", "单位的十的幂：4 是万，8 是亿", "power of ten of the unit: 4 is 万, 8 is 亿"),
    ("AS_WRITTEN", "原文写法", "as written in the source"),
    (
        "OBS_STATUS",
        "数据状态：A 正常，P 初步，E 估计，R 修订，B 口径变化，M 缺",
        "status: A normal, P provisional, E estimated, R revised, B break, M missing",
    ),
    ("REPORT", "出处网页", "page of the report"),
    (
        "NOTE",
        "备注；推算数在此写算法，缺数在此写原因",
        "note; for derived figures the formula, for missing ones the reason",
    ),
];

fn row(site: &Site, plan: &Plan, one: &Observation) -> [String; 14] {
    let indicator = site.indicators.get(one.indicator);
    let region = site.regions.get(one.region);
    let (value, unit, scale, written) = match &one.quantity {
        Some(figure) => {
            let own = figure.unit.as_ref().unwrap_or(&indicator.unit);
            let ratio = indicator.unit.is_ratio();
            // Ratios stand in the indicator's unit; everything else as written, its multiplier as a power of ten.
            match (ratio, one.value) {
                (true, Some(value)) => (value.to_string(), indicator.unit.symbol(), 0, figure.as_written().to_owned()),
                _ => {
                    let number = quantity::format(figure.number, figure.decimals);
                    // 名 and 人 are one thing: a column of one indicator has one name for it.
                    let same = own.dimension() == indicator.unit.dimension() && own.power() == indicator.unit.power();
                    let unit = if same { &indicator.unit } else { own };
                    (number, unit.symbol(), figure.scale, figure.as_written().to_owned())
                }
            }
        }
        None => (String::new(), indicator.unit.symbol(), 0, String::new()),
    };
    let role = match one.role {
        Role::Actual => "actual",
        Role::Target => "target",
        Role::Baseline => "baseline",
        Role::Derived => "derived",
    };
    let report = plan.page_path(&PageKind::Report(one.report)).map(|path| path.to_string()).unwrap_or_default();
    let status = if one.quantity.is_none() { "M" } else { one.status.code() };
    let note = match (one.formula.is_empty(), one.missing.filter(|_| one.quantity.is_none() && one.note.is_empty())) {
        (false, _) => one.formula.clone(),
        (true, None) => one.note.clone(),
        (true, Some(missing)) => missing.id().to_owned(),
    };
    [
        indicator.id.to_string(),
        indicator.name.to_string(),
        region.code.to_string(),
        region.name.to_string(),
        one.period.to_string(),
        role.to_owned(),
        one.bound().code().to_owned(),
        value,
        unit.to_owned(),
        scale.to_string(),
        written,
        status.to_owned(),
        format!("{}{report}", site.config.base_url),
        note,
    ]
}

pub(super) fn csv(site: &Site, plan: &Plan, all: &[&Observation]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    let written = "writing to memory does not fail";
    writer.write_record(COLUMNS.map(|(name, ..)| name)).expect(written);
    for one in all {
        writer.write_record(row(site, plan, one).map(defuse)).expect(written);
    }
    writer.into_inner().expect(written)
}

/// A text a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
pub(super) fn defuse(cell: String) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && cell.parse::<rust_decimal::Decimal>().is_err() { format!("'{cell}") } else { cell }
}

pub(super) fn json(site: &Site, plan: &Plan, all: &[&Observation]) -> Vec<u8> {
    let object = |one: &&Observation| {
        let cells = COLUMNS.iter().zip(row(site, plan, one));
        let entries = cells.map(|((name, ..), cell)| ((*name).to_owned(), Value::String(cell)));
        Value::Object(entries.collect::<Map<String, Value>>())
    };
    let rows: Vec<String> = all.iter().map(|one| object(one).to_string()).collect();
    format!("[\n{}\n]\n", rows.join(",\n")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::defuse;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        let check = |cell: &str, expected: &str| assert_eq!(defuse(cell.to_owned()), expected);
        check("=1+1", "'=1+1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("-1.2", "-1.2");
        check("-x", "'-x");
        check("甲", "甲");
    }

    /// Role, bound, value, unit, power of ten, wording, status and note of the first figure.
    fn check_row(metric: &str, expected: &str) {
        let sample = crate::site::sample::site_of(&format!("429006 2021 | {metric}"));
        let plan = crate::plan::Plan::new(&sample.site, &mut Vec::new());
        let row = super::row(&sample.site, &plan, &sample.site.observations()[0]);
        let cells = [5, 6, 7, 8, 9, 10, 11, 13].map(|at: usize| row[at].as_str());
        assert_eq!(cells.join(","), expected);
    }

    #[test]
    fn ratios_stand_in_the_indicators_unit_and_counts_keep_their_multiplier() {
        check_row(r#"rate = "540/10万""#, "actual,eq,5.40,‰,0,540/10万,A,");
        check_row(r#"people = "36.70万名""#, "actual,eq,36.70,人,4,36.70万名,A,");
        check_row(r#"people = "36.7万余人""#, "actual,gt,36.7,人,4,36.7万余人,A,");
        check_row(r#"share = { target = "≥85%" }"#, "target,ge,85,%,0,≥85%,A,");
        check_row(r#"share = { missing = "suppressed" }"#, "actual,eq,,%,0,,M,suppressed");
        check_row(r#"share = { value = "85%", status = "provisional", note = "快报" }"#, "actual,eq,85,%,0,85%,P,快报");
    }
}
