//! Targets, each with the figure that answers it, its state and the working.

use crate::export::observations::{BOUNDS, page};
use crate::export::table::{Column, Kind, Row, Table};
use crate::plan::{DataTable, PageKind, Plan};
use crate::site::target::{self, TargetState};
use crate::site::{Observation, Role, Site};

/// The columns of targets.csv.
pub(super) const COLUMNS: [Column; 18] = [
    Column { name: "INDICATOR", zh: ("指标代号", ""), en: ("indicator", "indicator id"), kind: Kind::Key },
    Column { name: "INDICATOR_NAME", zh: ("指标名称", ""), en: ("indicator name", ""), kind: Kind::Key },
    Column { name: "REF_AREA", zh: ("行政区划代码", ""), en: ("region", "division code"), kind: Kind::Key },
    Column { name: "REF_AREA_NAME", zh: ("地区名称", ""), en: ("region name", ""), kind: Kind::Key },
    Column { name: "TIME_PERIOD", zh: ("目标时期", ""), en: ("period", "period of the target"), kind: Kind::Key },
    Column {
        name: "TARGET", zh: ("目标", "目标，照原文写法"), en: ("target", "target as written"), kind: Kind::Text
    },
    Column {
        name: "TARGET_BOUND",
        zh: ("目标界限", "目标的界限：eq 未写界限，ge 不低于，le 不高于，gt 高于，lt 低于，approx 约数"),
        en: (
            "bound of the target",
            "eq none written, ge at least, le at most, gt more than, lt less than, approx about",
        ),
        kind: Kind::OneOf(&BOUNDS),
    },
    Column {
        name: "TARGET_VALUE",
        zh: ("目标数值", "目标数值，按 UNIT_MEASURE"),
        en: ("value of the target", "value of the target in UNIT_MEASURE"),
        kind: Kind::Number,
    },
    Column {
        name: "UNIT_MEASURE",
        zh: ("计量单位", "TARGET_VALUE 和 RESULT_VALUE 的计量单位"),
        en: ("unit", "unit of TARGET_VALUE and RESULT_VALUE"),
        kind: Kind::Text,
    },
    Column {
        name: "SET_BY", zh: ("谁定的", "目标由谁定"), en: ("set by", "who set the target"), kind: Kind::Text
    },
    Column {
        name: "DUE",
        zh: ("到期日", "到期日；空着是到目标时期末"),
        en: ("due", "day the target is due; empty means the end of its period"),
        kind: Kind::Day,
    },
    Column {
        name: "RESULT",
        zh: ("结果", "回答目标的数，照原文写法；空着是没有数"),
        en: ("result", "the figure that answers the target, as written; empty means none"),
        kind: Kind::Text,
    },
    Column {
        name: "RESULT_VALUE",
        zh: ("结果数值", "结果数值，按 UNIT_MEASURE；结果是界限或约数时，是写出的那个数"),
        en: (
            "value of the result",
            "value of the result in UNIT_MEASURE; of a bound or an approximate figure, the one written",
        ),
        kind: Kind::Number,
    },
    Column { name: "RESULT_PERIOD", zh: ("结果时期", ""), en: ("period of the result", ""), kind: Kind::Text },
    Column {
        name: "STATE",
        zh: ("状态", "状态：met 达标，missed 未达标，due 未到期，unreported 未见结果，incomparable 不可比"),
        en: ("state", "met, missed, due (not yet), unreported (no result), incomparable"),
        kind: Kind::OneOf(&["met", "missed", "due", "unreported", "incomparable"]),
    },
    Column {
        name: "WORKING",
        zh: ("判定", "判定的式子，或不能判定的原因"),
        en: ("working", "the comparison made, or why none was made"),
        kind: Kind::Text,
    },
    Column {
        name: "REPORT",
        zh: ("出处", "写明目标的网页"),
        en: ("report", "page that states the target"),
        kind: Kind::Text,
    },
    Column { name: "NOTE", zh: ("备注", ""), en: ("note", ""), kind: Kind::Text },
];

/// The targets among observations.
pub(super) fn table<'a>(site: &'a Site, plan: &'a Plan, all: impl Iterator<Item = &'a Observation> + 'a) -> Table<'a> {
    let rows = all.filter(|one| one.role == Role::Target).map(|goal| row(site, plan, goal));
    Table { what: DataTable::Targets, rows: Box::new(rows) }
}

fn row<'a>(site: &'a Site, plan: &Plan, goal: &'a Observation) -> Row<'a> {
    let indicator = site.indicators.get(goal.indicator);
    let region = site.regions.get(goal.region);
    let value = target::result(site, goal);
    let figure = value.filter(|one| one.quantity.is_some());
    let progress = target::progress(value, goal, indicator, site.today);
    let state = match progress.state {
        TargetState::Met => "met",
        TargetState::Missed => "missed",
        TargetState::Due => "due",
        TargetState::Unreported => "unreported",
        TargetState::Incomparable => "incomparable",
    };
    let reason = |doubt: target::Doubt| doubt.reason(site.config.language.is_chinese()).to_owned();
    let working = progress.doubt.map_or(progress.working, reason);
    let written =
        |one: &'a Observation| one.quantity.as_ref().map(|quantity| quantity.as_written()).unwrap_or_default();
    let number = |one: &Observation| one.value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        (&*indicator.id).into(),
        (&*indicator.name).into(),
        (&*region.code).into(),
        (&*region.name).into(),
        goal.period.to_string().into(),
        written(goal).into(),
        goal.bound().code().into(),
        number(goal).into(),
        indicator.unit.symbol().into(),
        (&*goal.target_source).into(),
        goal.due.map(|due| due.to_string()).unwrap_or_default().into(),
        figure.map(written).unwrap_or_default().into(),
        figure.map(number).unwrap_or_default().into(),
        figure.map(|one| one.period.to_string()).unwrap_or_default().into(),
        state.into(),
        working.into(),
        page(site, plan, &PageKind::Report(goal.report)).into(),
        (&*goal.note).into(),
    ]
}
