//! Whether a target is met: by the bound of the target, or by the polarity of the indicator where the target is a bare
//! figure. Intervals are compared, nothing is divided, so zero is as good as any other value.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::indicator::{Indicator, Polarity};
use crate::quantity::{Bound, Quantity};
use crate::site::Observation;

/// The state of a target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TargetState {
    /// 达标.
    Met,
    /// 未达标.
    Missed,
    /// 未到期: no comparable value yet and the day has not come.
    Due,
    /// 未见结果: the day has come and no value was reported.
    Unreported,
    /// 不可比.
    Incomparable,
}

/// The state of a target with its working.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// State.
    pub state: TargetState,
    /// The working: `0 ≤ 14/10万`; empty when nothing was compared.
    pub working: String,
}

/// Compares a value with a target of the same indicator, region and period.
pub fn progress(value: Option<&Quantity>, target: &Observation, indicator: &Indicator, today: Date) -> Progress {
    let due = target.due.unwrap_or_else(|| target.period.end());
    let open = today <= due;
    let Some(value) = value else {
        let state = if open { TargetState::Due } else { TargetState::Unreported };
        return Progress { state, working: String::new() };
    };
    let state = match target.quantity.as_ref().and_then(|goal| reached(value, goal, indicator)) {
        Some(true) => TargetState::Met,
        Some(false) if open && target.due.is_some_and(|day| day > target.period.end()) => TargetState::Due,
        Some(false) => TargetState::Missed,
        None => TargetState::Incomparable,
    };
    let working = target.quantity.as_ref().map(|goal| working(value, goal, indicator, state)).unwrap_or_default();
    Progress { state, working }
}

/// The bound a target means: its own, or the one its indicator's polarity gives.
fn meaning(goal: &Quantity, polarity: Polarity) -> Option<Bound> {
    match (goal.bound, polarity) {
        (Bound::Eq | Bound::Approx, Polarity::Higher) => Some(Bound::Ge),
        (Bound::Eq | Bound::Approx, Polarity::Lower) => Some(Bound::Le),
        (Bound::Eq | Bound::Approx, Polarity::None) => None,
        (bound, _) => Some(bound),
    }
}

/// Whether the value surely reaches the goal; `None` when that cannot be told.
fn reached(value: &Quantity, goal: &Quantity, indicator: &Indicator) -> Option<bool> {
    let limit = goal.value_in(&indicator.unit)?;
    let bound = meaning(goal, indicator.polarity)?;
    let to_unit = |end: Decimal| match &value.unit {
        Some(unit) => crate::unit::convert(end, unit, &indicator.unit),
        None => Some(end),
    };
    let interval = value.interval();
    let end = |end: Option<(Decimal, bool)>| end.and_then(|(at, inclusive)| Some((to_unit(at)?, inclusive)));
    let (low, high) = (end(interval.low), end(interval.high));
    let reaches = |(at, inclusive): (Decimal, bool)| match bound {
        Bound::Ge => at >= limit,
        Bound::Gt => at > limit || (at == limit && !inclusive),
        Bound::Le => at <= limit,
        Bound::Lt => at < limit || (at == limit && !inclusive),
        Bound::Eq | Bound::Approx => false,
    };
    let fails = |(at, inclusive): (Decimal, bool)| match bound {
        Bound::Ge => at < limit || (at == limit && !inclusive),
        Bound::Gt => at <= limit,
        Bound::Le => at > limit || (at == limit && !inclusive),
        Bound::Lt => at >= limit,
        Bound::Eq | Bound::Approx => false,
    };
    let (worst, best) = match bound {
        Bound::Ge | Bound::Gt => (low, high),
        _ => (high, low),
    };
    if worst.is_some_and(reaches) {
        return Some(true);
    }
    best.is_some_and(fails).then_some(false)
}

fn working(value: &Quantity, goal: &Quantity, indicator: &Indicator, state: TargetState) -> String {
    let sign = match (meaning(goal, indicator.polarity), state) {
        (Some(Bound::Ge), TargetState::Met) => "≥",
        (Some(Bound::Gt), TargetState::Met) => ">",
        (Some(Bound::Le), TargetState::Met) => "≤",
        (Some(Bound::Lt), TargetState::Met) => "<",
        (Some(Bound::Ge), TargetState::Missed | TargetState::Due) => "<",
        (Some(Bound::Gt), TargetState::Missed | TargetState::Due) => "≤",
        (Some(Bound::Le), TargetState::Missed | TargetState::Due) => ">",
        (Some(Bound::Lt), TargetState::Missed | TargetState::Due) => "≥",
        _ => return String::new(),
    };
    format!("{} {sign} {}", value.as_written(), bare(goal))
}

/// The goal without its bound: 14/10万.
fn bare(goal: &Quantity) -> String {
    let unit = goal.unit.as_ref().map(|unit| unit.symbol().to_owned()).unwrap_or_default();
    let multiplier = match goal.scale {
        0 => "",
        1 => "十",
        2 => "百",
        3 => "千",
        4 => "万",
        5 => "十万",
        6 => "百万",
        7 => "千万",
        _ => "亿",
    };
    format!("{}{multiplier}{unit}", crate::quantity::format(goal.number, goal.decimals))
}
