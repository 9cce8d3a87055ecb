//! Whether a target is met: by the bound of the target, or by the polarity of the indicator where the target is a bare
//! figure. Intervals are compared, nothing is divided, so zero is as good as any other value. Which figure answers a
//! target is decided here too: that of its own period, or of a later one up to the day it is due.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::indicator::{Indicator, Polarity};
use crate::period::{Period, PeriodKind};
use crate::quantity::{Bound, Quantity};
use crate::site::{Observation, Site};

/// The state of a target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TargetState {
    /// 达标.
    Met,
    /// 未达标.
    Missed,
    /// 未到期: not reached yet and the day has not come.
    Due,
    /// 未见结果: the day has come and no value for it was reported.
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
    /// Why nothing was compared, where a figure is there.
    pub doubt: Option<Doubt>,
}

/// Why a figure does not decide a target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Doubt {
    /// The figure is of a part of the target's period.
    Part,
    /// The figure's bound or approximation leaves both possible.
    Value,
    /// The target itself is no certain figure: 约, 余.
    Goal,
    /// A bare target of an indicator of which neither direction is better.
    Direction,
}

impl Doubt {
    /// The reason for readers.
    pub fn reason(self, chinese: bool) -> &'static str {
        match (self, chinese) {
            (Doubt::Part, true) => "时段未完，不能判定",
            (Doubt::Value, true) => "数值是界限或约数，不能判定",
            (Doubt::Goal, true) => "目标是约数，不能判定",
            (Doubt::Direction, true) => "未定高低好坏，不能判定",
            (Doubt::Part, false) => "part of the period only, undecided",
            (Doubt::Value, false) => "the value is a bound or approximate, undecided",
            (Doubt::Goal, false) => "the target is approximate, undecided",
            (Doubt::Direction, false) => "neither direction is better, undecided",
        }
    }
}

/// The figure that answers a target: the newest of its own kind of period up to the day it is due, else the newest within
/// its period; an entry without figure (未报) when there is nothing else.
pub fn result<'a>(site: &'a Site, goal: &Observation) -> Option<&'a Observation> {
    let values = site.values(goal.indicator, goal.region);
    let known = values.clone().filter(|one| one.quantity.is_some());
    let whole = known.clone().filter(|one| answers(one.period, goal)).max_by_key(|one| one.period);
    let part = || known.filter(|one| within(one.period, goal)).max_by_key(|one| one.period);
    whole.or_else(part).or_else(|| values.clone().find(|one| one.period == goal.period))
}

/// Compares a figure with a target of the same indicator and region.
pub fn progress(value: Option<&Observation>, goal: &Observation, indicator: &Indicator, today: Date) -> Progress {
    let due = due(goal);
    let open = today <= due;
    let figure = value.and_then(|one| Some((one.period, one.quantity.as_ref()?)));
    let (Some((period, value)), Some(limit)) = (figure, &goal.quantity) else {
        let state = if open { TargetState::Due } else { TargetState::Unreported };
        return Progress { state, working: String::new(), doubt: None };
    };
    let undecided = |state, doubt| Progress { state, working: String::new(), doubt: Some(doubt) };
    let waiting = if open { TargetState::Due } else { TargetState::Incomparable };
    if !answers(period, goal) {
        return undecided(waiting, Doubt::Part);
    }
    let verdict = match reached(value, limit, indicator) {
        Ok(verdict) => verdict,
        Err(doubt) => return undecided(TargetState::Incomparable, doubt),
    };
    let early = ends_early(period, due);
    let upwards = matches!(meaning(limit, indicator.polarity), Some(Bound::Ge | Bound::Gt));
    let state = match (verdict, upwards) {
        (true, true) if !early || open || period == goal.period => TargetState::Met,
        // A count of deaths below its limit may still pass it before the period ends.
        (true, false) if today < period.end() => TargetState::Due,
        (true, false) if !early || (open && period.is_full_year()) => TargetState::Met,
        (false, _) if open => TargetState::Due,
        (false, _) if !early => TargetState::Missed,
        _ if period.is_full_year() => TargetState::Unreported,
        _ => return undecided(waiting, Doubt::Part),
    };
    Progress { state, working: working(value, limit, indicator, verdict), doubt: None }
}

/// The share of a target that is done (推算).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// In percent, rounded to two decimals.
    pub percent: Decimal,
    /// The working with the figures as written: `3034人 ÷ 3000人`.
    pub formula: String,
}

/// Value over target where that tells how much is done: exact counts and amounts of which more is better, a target above zero.
pub fn completion(site: &Site, value: &Observation, goal: &Observation) -> Option<Completion> {
    let indicator = site.indicators.get(goal.indicator);
    let (done, task) = (value.quantity.as_ref()?, goal.quantity.as_ref()?);
    let counts = !indicator.unit.is_ratio() && !indicator.unit.is_points() && !indicator.unit.is_time();
    let less_is_better = indicator.polarity == Polarity::Lower || matches!(task.bound, Bound::Le | Bound::Lt);
    let certain = done.is_exact() && task.below.is_none() && task.bound != Bound::Approx;
    if !counts || less_is_better || !certain {
        return None;
    }
    let task_value = goal.value.filter(|task| *task > Decimal::ZERO)?;
    let percent = value.value?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(task_value)?;
    let formula = format!("{} ÷ {}", done.as_written(), task.as_written());
    Some(Completion { percent: crate::quantity::round(percent, 2), formula })
}

/// The day a target is due: as stated, else the end of its period; a day alone (截至…) stands for its year.
fn due(goal: &Observation) -> Date {
    let end = match goal.period.kind() {
        PeriodKind::AsOf(..) => date(goal.period.year(), 12, 31),
        _ => goal.period.end(),
    };
    goal.due.unwrap_or(end)
}

/// Whether a figure of a period decides a target: its own period, or with a later due day the same part of a later year or
/// the whole year around it.
fn answers(period: Period, goal: &Observation) -> bool {
    let later = goal.due.is_some_and(|due| period.end() <= due) && period.end() >= goal.period.end();
    let alike = period.same_kind(&goal.period) && !matches!(period.kind(), PeriodKind::AsOf(..));
    period == goal.period || later && (alike || (period.is_full_year() && period.covers(&goal.period)))
}

/// Whether a period is a part of the target's.
fn within(period: Period, goal: &Observation) -> bool {
    period.start() >= goal.period.start() && period.end() <= due(goal)
}

/// Whether a later figure can still be expected by the day: a whole year after this one, or the rest of its year.
fn ends_early(period: Period, due: Date) -> bool {
    let end = period.end();
    let year = if end == date(end.year(), 12, 31) { end.year() + 1 } else { end.year() };
    date(year, 12, 31) <= due
}

/// The bound a target means: its own, or the one its indicator's polarity gives.
fn meaning(goal: &Quantity, polarity: Polarity) -> Option<Bound> {
    match (goal.bound, polarity) {
        (Bound::Eq, Polarity::Higher) => Some(Bound::Ge),
        (Bound::Eq, Polarity::Lower) => Some(Bound::Le),
        (Bound::Eq | Bound::Approx, _) => None,
        (bound, _) => Some(bound),
    }
}

/// Whether the value surely reaches the goal or surely does not; the doubt when that cannot be told.
fn reached(value: &Quantity, goal: &Quantity, indicator: &Indicator) -> Result<bool, Doubt> {
    // 300余 is some figure above 300, not the demand to pass 300.
    if goal.bound == Bound::Approx || goal.below.is_some() {
        return Err(Doubt::Goal);
    }
    let limit = goal.value_in(&indicator.unit).ok_or(Doubt::Value)?;
    let bound = meaning(goal, indicator.polarity).ok_or(Doubt::Direction)?;
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
    match (worst.is_some_and(reaches), best.is_some_and(fails)) {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        (false, false) => Err(Doubt::Value),
    }
}

fn working(value: &Quantity, goal: &Quantity, indicator: &Indicator, reached: bool) -> String {
    let sign = match (meaning(goal, indicator.polarity), reached) {
        (Some(Bound::Ge), true) | (Some(Bound::Lt), false) => "≥",
        (Some(Bound::Gt), true) | (Some(Bound::Le), false) => ">",
        (Some(Bound::Le), true) | (Some(Bound::Gt), false) => "≤",
        (Some(Bound::Lt), true) | (Some(Bound::Ge), false) => "<",
        (Some(Bound::Eq | Bound::Approx) | None, _) => return String::new(),
    };
    format!("{} {sign} {}", value.as_written(), bare(goal))
}

/// The goal without its bound: 14/10万.
fn bare(goal: &Quantity) -> String {
    const MULTIPLIERS: [&str; 13] =
        ["", "十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"];
    let unit = goal.unit.as_ref().map(|unit| unit.symbol()).unwrap_or_default();
    let number = crate::quantity::format(goal.number, goal.decimals);
    match MULTIPLIERS.get(usize::from(goal.scale)) {
        Some(multiplier) => format!("{number}{multiplier}{unit}"),
        None => format!("{}{unit}", crate::quantity::format(goal.value(), 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::site_of;

    /// State, working and doubt of the only target.
    fn check(lines: &str, expected: &str) {
        let sample = site_of(lines);
        assert_eq!(sample.codes(), "", "{lines}");
        let goal = sample.goal();
        let indicator = sample.site.indicators.get(goal.indicator);
        let progress = progress(result(&sample.site, goal), goal, indicator, sample.site.today);
        let doubt = progress.doubt.map(|doubt| format!("{doubt:?}")).unwrap_or_default();
        assert_eq!(format!("{:?} {}{doubt}", progress.state, progress.working).trim(), expected, "{lines}");
    }

    fn one(metric: &str, expected: &str) {
        check(&format!("429006 2021 | {metric}"), expected);
    }

    #[test]
    fn bounds_of_targets_decide() {
        one(r#"rate = { value = "0", target = "≤7‰" }"#, "Met 0 ≤ 7‰");
        one(r#"rate = { value = "7‰", target = "7‰以内" }"#, "Met 7‰ ≤ 7‰");
        one(r#"rate = { value = "7‰", target = "低于7‰" }"#, "Missed 7‰ ≥ 7‰");
        one(r#"rate = { value = "7.01‰", target = "7‰" }"#, "Missed 7.01‰ > 7‰");
        one(r#"rate = { value = "690/10万", target = "≤7‰" }"#, "Met 690/10万 ≤ 7‰");
        one(r#"share = { value = "85%", target = "85%" }"#, "Met 85% ≥ 85%");
        one(r#"share = { value = "84.9%", target = "≥85%" }"#, "Missed 84.9% < 85%");
        one(r#"people = { value = "3034人", target = "0.3万人" }"#, "Met 3034人 ≥ 0.3万人");
        one(r#"people = { value = "1百亿人", target = "2百亿人" }"#, "Missed 1百亿人 < 2百亿人");
    }

    #[test]
    fn bounds_of_values_decide_only_what_they_imply() {
        one(r#"share = { value = "≥85%", target = "≥85%" }"#, "Met ≥85% ≥ 85%");
        one(r#"share = { value = "85%以上", target = "≥90%" }"#, "Incomparable Value");
        one(r#"share = { value = "超过85%", target = "超过85%" }"#, "Met 超过85% > 85%");
        one(r#"share = { value = "低于85%", target = "≥85%" }"#, "Missed 低于85% < 85%");
        one(r#"rate = { value = "≤7‰", target = "≤7‰" }"#, "Met ≤7‰ ≤ 7‰");
        one(r#"rate = { value = "≥7‰", target = "≤7‰" }"#, "Incomparable Value");
        one(r#"people = { value = "300余人", target = "300人" }"#, "Met 300余人 ≥ 300人");
        one(r#"people = { value = "300余人", target = "400人" }"#, "Missed 300余人 < 400人");
        one(r#"people = { value = "300余人", target = "350人" }"#, "Incomparable Value");
        one(r#"people = { value = "约500人", target = "300人" }"#, "Incomparable Value");
        one(r#"people = { value = "350人", target = "300余人" }"#, "Incomparable Goal");
        one(r#"people = { value = "299人", target = "约300人" }"#, "Incomparable Goal");
        one(r#"visits = { value = "5人次", target = "3人次" }"#, "Incomparable Direction");
        one(r#"visits = { value = "5人次", target = "≥3人次" }"#, "Met 5人次 ≥ 3人次");
    }

    #[test]
    fn days_decide_between_due_missed_and_unreported() {
        let due = |year| format!(r#"share = {{ value = "60%", target = "≥80%", due = {year}-12-31 }}"#);
        one(&due(2030), "Due 60% < 80%");
        one(&due(2021), "Missed 60% < 80%");
        one(&due(2025), "Unreported 60% < 80%");
        one(r#"share = { target = "≥80%" }"#, "Unreported");
        check(r#"429006 2026 | share = { target = "≥80%" }"#, "Due");
        check(r#"429006 2026 | share = { value = "70%", target = "≥80%" }"#, "Due 70% < 80%");
        check(r#"429006 2026 | rate = { value = "3‰", target = "≤7‰" }"#, "Due 3‰ ≤ 7‰");
        check(r#"429006 2026-H1 | rate = { value = "3‰", target = "≤7‰" }"#, "Met 3‰ ≤ 7‰");
    }

    #[test]
    fn a_plan_meets_the_figure_of_a_later_report() {
        let plan = r#"429006 2021 | share = { target = "≥80%" }"#;
        check(&format!("{plan}\n429006 2021 | share = \"85%\""), "Met 85% ≥ 80%");
        check(&format!("{plan}\n429006 2022 | share = \"85%\""), "Unreported");
        let plan = r#"429006 2021 | share = { target = "≥80%", due = 2025-12-31 }"#;
        check(&format!("{plan}\n429006 2021 | share = \"60%\"\n429006 2025 | share = \"85%\""), "Met 85% ≥ 80%");
        check(&format!("{plan}\n429006 2026 | share = \"85%\""), "Unreported");
    }

    #[test]
    fn part_of_a_year_decides_nothing() {
        let part = |period: &str| {
            format!("429006 2021 | people = {{ target = \"200人\" }}\n429006 {period} | people = \"210人\"")
        };
        check(&part("2021-11-30"), "Incomparable Part");
        check(&part("2021-H1"), "Incomparable Part");
        check(&part("2022-H1"), "Unreported");
        let open = "429006 2026 | people = { target = \"200人\" }\n429006 2026-03-31 | people = \"90人\"";
        check(open, "Due Part");
        one(r#"people = { value = "90人", target = "200人", as_of = 2021-11-30 }"#, "Incomparable Part");
        one(r#"people = { value = "210人", target = "200人", as_of = 2021-11-30 }"#, "Met 210人 ≥ 200人");
        one(r#"rate = { value = "0‰", target = "≤7‰", as_of = 2021-11-30 }"#, "Incomparable Part");
    }
}
