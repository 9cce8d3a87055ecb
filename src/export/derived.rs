//! 推算: what the site works out from two figures, with the working. Changes on the year before as `compare` allows them, and
//! the share of a target that is done. Indicators computed from others stand among the observations as `derived`.

use rust_decimal::Decimal;

use crate::export::table::{Column, Kind, Row, Table};
use crate::plan::DataTable;
use crate::quantity;
use crate::site::compare;
use crate::site::target;
use crate::site::{Observation, Role, Site};

/// The columns of derived.csv.
pub(super) const COLUMNS: [Column; 10] = [
    Column {
        name: "MEASURE",
        zh: (
            "推算种类",
            "推算种类：growth 比上年增长百分之几，points 比上年增减几个百分点，difference 比上年增减多少，completion 目标完成百分之几",
        ),
        en: (
            "measure",
            "growth in percent on the year before, percentage points on it, difference in the unit on it, completion of the target in percent",
        ),
        kind: Kind::OneOf(&["growth", "points", "difference", "completion"]),
    },
    Column { name: "INDICATOR", zh: ("指标代号", ""), en: ("indicator", "indicator id"), kind: Kind::Key },
    Column { name: "INDICATOR_NAME", zh: ("指标名称", ""), en: ("indicator name", ""), kind: Kind::Key },
    Column { name: "REF_AREA", zh: ("行政区划代码", ""), en: ("region", "division code"), kind: Kind::Key },
    Column { name: "REF_AREA_NAME", zh: ("地区名称", ""), en: ("region name", ""), kind: Kind::Key },
    Column {
        name: "TIME_PERIOD",
        zh: ("时期", "实际数的时期"),
        en: ("period", "period of the value"),
        kind: Kind::Key,
    },
    Column {
        name: "AGAINST",
        zh: ("对比时期", "相比的上年同期；目标完成的，是目标的时期"),
        en: ("against", "the same period of the year before; for completion the period of the target"),
        kind: Kind::Key,
    },
    Column {
        name: "VALUE",
        zh: ("数值", "推算的数，带正负号"),
        en: ("value", "the value worked out, with its sign"),
        kind: Kind::Number,
    },
    Column { name: "UNIT_MEASURE", zh: ("计量单位", ""), en: ("unit", "unit of measure"), kind: Kind::Text },
    Column {
        name: "FORMULA",
        zh: ("算式", "算式，数照原文写法"),
        en: ("formula", "the working, figures as written"),
        kind: Kind::Text,
    },
];

/// What can be worked out from observations.
pub(super) fn table<'a>(site: &'a Site, all: impl Iterator<Item = &'a Observation> + 'a) -> Table<'a> {
    Table { what: DataTable::Derived, rows: Box::new(all.filter_map(|one| row(site, one))) }
}

/// A value worked out.
struct Worked {
    measure: &'static str,
    period: String,
    against: String,
    value: String,
    unit: String,
    formula: String,
}

fn row<'a>(site: &'a Site, one: &'a Observation) -> Option<Row<'a>> {
    let worked = match one.role {
        Role::Actual | Role::Derived => change(site, one),
        Role::Target => completion(site, one),
        Role::Baseline => None,
    }?;
    let indicator = site.indicators.get(one.indicator);
    let region = site.regions.get(one.region);
    Some(vec![
        worked.measure.into(),
        (&*indicator.id).into(),
        (&*indicator.name).into(),
        (&*region.code).into(),
        (&*region.name).into(),
        worked.period.into(),
        worked.against.into(),
        worked.value.into(),
        worked.unit.into(),
        worked.formula.into(),
    ])
}

fn change(site: &Site, one: &Observation) -> Option<Worked> {
    let change = compare::change(site, one).ok()?;
    let (value, unit) = signed(&change.amount, change.difference);
    let indicator = &site.indicators.get(one.indicator).unit;
    let measure = match (indicator.symbol(), unit) {
        ("%", _) => "points",
        _ if indicator.is_points() => "points",
        (_, "%") => "growth",
        _ => "difference",
    };
    Some(Worked {
        measure,
        period: one.period.to_string(),
        against: change.against.to_string(),
        value,
        unit: unit.to_owned(),
        formula: change.formula,
    })
}

/// The amount of a change as a number with its sign, and its unit: `-3.2` and `个百分点`.
pub(super) fn signed(amount: &str, difference: Decimal) -> (String, &str) {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let (number, unit) = amount.split_at(amount.find(|c| !digits(c)).unwrap_or(amount.len()));
    // What rounds to nothing has no sign.
    let falls = difference.is_sign_negative() && number.contains(|c| matches!(c, '1'..='9'));
    (format!("{}{number}", if falls { "-" } else { "" }), unit.trim_start())
}

fn completion(site: &Site, goal: &Observation) -> Option<Worked> {
    let value = target::result(site, goal)?;
    let done = target::completion(site, value, goal)?;
    Some(Worked {
        measure: "completion",
        period: value.period.to_string(),
        against: goal.period.to_string(),
        value: quantity::format(done.percent, 2),
        unit: "%".to_owned(),
        formula: done.formula,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::site_of;

    /// Measure, periods, value, unit and working of everything worked out.
    fn check(lines: &str, expected: &[&str]) {
        let sample = site_of(lines);
        let site = &sample.site;
        let rows = table(site, site.observations().iter()).rows;
        let rows: Vec<String> = rows.map(|row| [0, 5, 6, 7, 8, 9].map(|at: usize| &*row[at]).join(" ")).collect();
        assert_eq!(rows, expected, "{lines}");
    }

    #[test]
    fn changes_keep_their_sign_and_kind() {
        let years = |metric: &str, old: &str, new: &str| {
            format!("429006 2021 | {metric} = \"{new}\"\n429006 2020 | {metric} = \"{old}\"")
        };
        check(&years("people", "2900人", "2755人"), &["growth 2021 2020 -5.0 % (2755人 − 2900人) ÷ 2900人"]);
        check(&years("share", "88.1%", "91.35%"), &["points 2021 2020 3.25 个百分点 91.35% − 88.1%"]);
        check(&years("rate", "5.4‰", "5.4‰"), &["difference 2021 2020 0.0 ‰ 5.4‰ − 5.4‰"]);
        check(&years("share", "≥85%", "91%"), &[]);
        check(&years("people", "0人", "91人"), &[]);
    }

    #[test]
    fn completion_is_of_the_figure_that_answers_the_target() {
        check(
            r#"429006 2021 | people = { value = "3034人", target = "3000人" }"#,
            &["completion 2021 2021 101.13 % 3034人 ÷ 3000人"],
        );
        check(r#"429006 2021 | share = { value = "85%", target = "80%" }"#, &[]);
        check(r#"429006 2021 | people = { value = "3034人", target = "0人" }"#, &[]);
    }
}
