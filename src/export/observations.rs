//! Observations, a row a figure. OBS_VALUE × 10^UNIT_MULT in UNIT_MEASURE is the value.

use crate::export::table::{Column, Kind, Row, Table};
use crate::plan::{DataTable, PageKind, Plan};
use crate::quantity;
use crate::site::{Observation, Role, Site};

/// The columns.
pub(super) const COLUMNS: [Column; 14] = [
    Column { name: "INDICATOR", zh: ("指标代号", ""), en: ("indicator", "indicator id"), kind: Kind::Key },
    Column { name: "INDICATOR_NAME", zh: ("指标名称", ""), en: ("indicator name", ""), kind: Kind::Key },
    Column { name: "REF_AREA", zh: ("行政区划代码", ""), en: ("region", "division code"), kind: Kind::Key },
    Column { name: "REF_AREA_NAME", zh: ("地区名称", ""), en: ("region name", ""), kind: Kind::Key },
    Column {
        name: "TIME_PERIOD",
        zh: ("时期", "时期：2021、2021-H1、2021-Q3、2021-07、2021-01/2021-07；单独一日是截止日"),
        en: ("period", "2021, 2021-H1, 2021-Q3, 2021-07, 2021-01/2021-07; a single day is an as-of date"),
        kind: Kind::Key,
    },
    Column {
        name: "ROLE",
        zh: ("性质", "性质：actual 实际，target 目标，baseline 参照，derived 推算"),
        en: ("role", "actual, target, baseline (stated of another region for comparison), derived (computed)"),
        kind: Kind::OneOf(&["actual", "target", "baseline", "derived"]),
    },
    Column {
        name: "BOUND",
        zh: ("界限", "界限：eq 确数，ge 不低于，le 不高于，gt 高于，lt 低于，approx 约数"),
        en: ("bound", "eq exact, ge at least, le at most, gt more than, lt less than, approx about"),
        kind: Kind::OneOf(&BOUNDS),
    },
    Column {
        name: "OBS_VALUE",
        zh: ("数值", "数值（十进制，未经浮点换算），乘以 10 的 UNIT_MULT 次方；空着是没有数，不是零"),
        en: ("value", "value as an exact decimal, times ten to the power UNIT_MULT; empty means no figure, not zero"),
        kind: Kind::Number,
    },
    Column { name: "UNIT_MEASURE", zh: ("计量单位", ""), en: ("unit", "unit of measure"), kind: Kind::Text },
    Column {
        name: "UNIT_MULT",
        zh: ("单位倍数", "单位的十的幂：4 是万，8 是亿"),
        en: ("unit multiplier", "power of ten of the unit: 4 is 万, 8 is 亿"),
        kind: Kind::Integer,
    },
    Column {
        name: "AS_WRITTEN",
        zh: ("原文写法", ""),
        en: ("as written", "as written in the source"),
        kind: Kind::Text,
    },
    Column {
        name: "OBS_STATUS",
        zh: ("数据状态", "数据状态：A 正常，P 初步，E 估计，R 修订，B 口径变化，M 缺"),
        en: ("status", "A normal, P provisional, E estimated, R revised, B break in series, M missing"),
        kind: Kind::OneOf(&["A", "P", "E", "R", "B", "M"]),
    },
    Column { name: "REPORT", zh: ("出处", "出处网页"), en: ("report", "page of the report"), kind: Kind::Text },
    Column {
        name: "NOTE",
        zh: ("备注", "备注；推算数在此写算法，缺数在此写原因"),
        en: ("note", "note; for derived figures the working, for missing ones the reason"),
        kind: Kind::Text,
    },
];

/// The codes of bounds.
pub(super) const BOUNDS: [&str; 6] = ["eq", "ge", "le", "gt", "lt", "approx"];

/// The table of some observations.
pub(super) fn table<'a>(site: &'a Site, plan: &'a Plan, all: impl Iterator<Item = &'a Observation> + 'a) -> Table<'a> {
    Table { what: DataTable::Observations, rows: Box::new(all.map(|one| row(site, plan, one))) }
}

fn row<'a>(site: &'a Site, plan: &Plan, one: &'a Observation) -> Row<'a> {
    let indicator = site.indicators.get(one.indicator);
    let region = site.regions.get(one.region);
    let (value, unit, scale, written) = match &one.quantity {
        Some(figure) => {
            let own = figure.unit.as_ref().unwrap_or(&indicator.unit);
            let ratio = indicator.unit.is_ratio();
            // Ratios stand in the indicator's unit; everything else as written, its multiplier as a power of ten.
            match (ratio, one.value) {
                (true, Some(value)) => (value.to_string(), indicator.unit.symbol(), 0, figure.as_written()),
                _ => {
                    let number = quantity::format(figure.number, figure.decimals);
                    // 名 and 人 are one thing: a column of one indicator has one name for it.
                    let same = own.dimension() == indicator.unit.dimension() && own.power() == indicator.unit.power();
                    let unit = if same { &indicator.unit } else { own };
                    (number, unit.symbol(), figure.scale, figure.as_written())
                }
            }
        }
        None => (String::new(), indicator.unit.symbol(), 0, ""),
    };
    let role = match one.role {
        Role::Actual => "actual",
        Role::Target => "target",
        Role::Baseline => "baseline",
        Role::Derived => "derived",
    };
    let status = if one.quantity.is_none() { "M" } else { one.status.code() };
    let missing = one.missing.filter(|_| one.quantity.is_none());
    let note = match missing {
        _ if !one.formula.is_empty() => &one.formula,
        _ if !one.note.is_empty() => &one.note,
        Some(missing) => missing.id(),
        None => "",
    };
    vec![
        (&*indicator.id).into(),
        (&*indicator.name).into(),
        (&*region.code).into(),
        (&*region.name).into(),
        one.period.to_string().into(),
        role.into(),
        one.bound().code().into(),
        value.into(),
        unit.into(),
        scale.to_string().into(),
        written.into(),
        status.into(),
        page(site, plan, &PageKind::Report(one.report)).into(),
        note.into(),
    ]
}

/// The address of a page: absolute where the site has an address, else below the output folder.
pub(super) fn page(site: &Site, plan: &Plan, kind: &PageKind) -> String {
    let path = plan.page_path(kind).map(AsRef::as_ref).unwrap_or_default();
    format!("{}{path}", site.config.base_url)
}

#[cfg(test)]
mod tests {
    /// Role, bound, value, unit, power of ten, wording, status and note of the first figure.
    fn check_row(metric: &str, expected: &str) {
        let sample = crate::site::sample::site_of(&format!("429006 2021 | {metric}"));
        let plan = crate::plan::Plan::new(&sample.site, &mut Vec::new());
        let row = super::row(&sample.site, &plan, &sample.site.observations()[0]);
        let cells = [5, 6, 7, 8, 9, 10, 11, 13].map(|at: usize| &*row[at]);
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
