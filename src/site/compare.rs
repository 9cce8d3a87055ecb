//! What may stand beside what. Every rank, growth figure and joined line asks here, so that a half year never stands for a
//! year and a bound never for a value; what is left out is left out with a reason.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::indicator::{Formula, Indicator, IndicatorId, Polarity};
use crate::period::Period;
use crate::quantity;
use crate::region::{Former, Level, RegionId};
use crate::report::Status;
use crate::site::derive::half_step;
use crate::site::{Observation, Role, Site};
use crate::unit::{Dimension, shift};

/// Why two figures do not compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Apart {
    /// There is no figure.
    Missing,
    /// A bound or an approximate figure.
    Bound,
    /// Other months of the year.
    Period,
    /// The definition or basis changed in between.
    Break,
    /// Another level of government.
    Level,
    /// Division by zero.
    Zero,
    /// A growth rate on a value below zero.
    Negative,
    /// So few events that chance decides: a small sample.
    Small,
    /// Aimed at, or stated of another region: no value of the region itself.
    Role,
    /// The parts pass the whole.
    Parts,
    /// The former figure is a bound, an approximate one or a small sample.
    Former,
    /// There is no target.
    Goal,
    /// A share of nothing.
    Whole,
}

impl Apart {
    /// The reason for readers.
    pub fn reason(self, chinese: bool) -> &'static str {
        match (self, chinese) {
            (Apart::Missing, true) => "没有数",
            (Apart::Bound, true) => "是界限或约数，不是确数",
            (Apart::Period, true) => "时段不同",
            (Apart::Break, true) => "口径变了",
            (Apart::Level, true) => "行政级别不同",
            (Apart::Zero, true) => "上期为零，不算增幅",
            (Apart::Negative, true) => "有负数，不算增幅和占比",
            (Apart::Small, true) => "小样本，例数太少，不作比较",
            (Apart::Role, true) => "不是实际数",
            (Apart::Parts, true) => "各部分之和超过合计",
            (Apart::Former, true) => "上期数是界限、约数或小样本，不作比较",
            (Apart::Goal, true) => "没有定目标",
            (Apart::Whole, true) => "合计为零，不算占比",
            (Apart::Missing, false) => "no figure",
            (Apart::Bound, false) => "a bound or an approximate figure, not an exact one",
            (Apart::Period, false) => "another part of the year",
            (Apart::Break, false) => "the definition changed",
            (Apart::Level, false) => "another level of government",
            (Apart::Zero, false) => "the former value is zero, no growth rate",
            (Apart::Negative, false) => "a value is negative, no growth rate or share",
            (Apart::Small, false) => "a small sample: too few events to compare",
            (Apart::Role, false) => "no measured value",
            (Apart::Parts, false) => "the parts add up to more than the whole",
            (Apart::Former, false) => "the former figure is a bound, an approximate one or a small sample",
            (Apart::Goal, false) => "no target is set",
            (Apart::Whole, false) => "the whole is zero, no share",
        }
    }
}

/// Why a figure by itself compares with nothing: it is missing, a bound, a target, or rests on too few events. `None` for an
/// exact value; whether that compares with another one depends on both.
pub fn unfit(site: &Site, one: &Observation) -> Option<Apart> {
    if !one.role.is_value() {
        return Some(Apart::Role);
    }
    match one.value {
        None => Some(Apart::Missing),
        Some(_) if !one.is_exact() => Some(Apart::Bound),
        Some(_) if is_small(site, one) => Some(Apart::Small),
        Some(_) => None,
    }
}

/// Whether a rate or share rests on fewer events than the site asks for (`[compare] small`, 5 unless set): the numerator as
/// stated for the place, else the rate times its stated base. Where neither is known nothing is said.
///
/// One death among 2,032 births is 49.2 per 100,000 and none is zero; neither tells a difference (norm: publishers of rates
/// suppress or flag those with fewer than 5 to 20 events).
fn is_small(site: &Site, one: &Observation) -> bool {
    let limit = Decimal::from(site.config.small);
    !limit.is_zero() && events(site, one).is_some_and(|events| events < limit)
}

/// The events a rate or share rests on, as far as the site knows them.
pub fn events(site: &Site, one: &Observation) -> Option<Decimal> {
    let indicator = site.indicators.get(one.indicator);
    if !indicator.unit.is_ratio() {
        return None;
    }
    let at = |id: IndicatorId| site.value_at(id, one.region, one.period);
    let exact = |id: IndicatorId| at(id).filter(|part| part.is_exact()).and_then(|part| part.value);
    let counted = |id: &IndicatorId| matches!(site.indicators.get(*id).unit.dimension(), Dimension::Count(_));
    let (above, below) = match indicator.formula {
        Formula::Ratio(above, below) => (Some(above), Some(below)),
        _ => (None, None),
    };
    if let Some(events) = above.filter(counted).and_then(exact) {
        return Some(events);
    }
    let base = indicator.denominator.or(below).filter(counted).and_then(exact)?;
    let share = shift(one.value?, i32::from(indicator.unit.power()))?;
    // The rate is rounded: half an event either way decides nothing.
    Some(quantity::round(base.checked_mul(share)?, 0))
}

/// The part of the year whose figures share a line: whole years where there are any, else the commonest.
pub fn main_kind(periods: impl Iterator<Item = Period>) -> Option<Period> {
    let mut counts: Vec<(Period, usize)> = Vec::new();
    for period in periods {
        if period.is_full_year() {
            return Some(period);
        }
        match counts.iter_mut().find(|(known, _)| known.same_kind(&period)) {
            Some((_, count)) => *count += 1,
            None => counts.push((period, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(period, _)| period)
}

/// Splits regions into those that share an axis for an indicator and those that do not: rates compare across levels of
/// government, counts only within the level that most of them have, or that of `own`.
pub fn one_level(
    site: &Site,
    indicator: IndicatorId,
    regions: &[RegionId],
    own: Option<RegionId>,
) -> (Vec<RegionId>, Vec<RegionId>) {
    let level = |id: &RegionId| site.regions.get(*id).level;
    if site.indicators.get(indicator).compares_across_levels() {
        return (regions.to_vec(), Vec::new());
    }
    let main = match own.filter(|own| regions.contains(own)) {
        Some(own) => Some(level(&own)),
        None => main_level(regions.iter().map(level)),
    };
    regions.iter().partition(|id| Some(level(id)) == main)
}

/// The commonest level, the highest of equals.
fn main_level(levels: impl Iterator<Item = Level>) -> Option<Level> {
    let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
    for level in levels {
        *counts.entry(level).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(level, _)| level)
}

/// Former codes a region gave up between two periods: the boundary may have changed with the name.
pub fn renamed(site: &Site, region: RegionId, first: Period, last: Period) -> impl Iterator<Item = &Former> {
    let between =
        move |former: &&Former| former.year.parse::<i16>().is_ok_and(|year| first.year() < year && year <= last.year());
    site.regions.former_of(region).filter(between)
}

/// A change between two comparable figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// New minus old, exact, in the indicator's unit.
    pub difference: Decimal,
    /// The amount in words without sign: `0.3个百分点`, `2.1%`, `0.8/10万`.
    pub amount: String,
    /// The working with the figures as written: `91.3% − 88.1%`, `(3034人 − 2900人) ÷ 2900人`.
    pub formula: String,
    /// The period compared with.
    pub against: Period,
    /// Better (`true`) or worse, where polarity is known and there is a difference that rounding does not explain.
    pub better: Option<bool>,
    /// Whether the two figures may be one and the same value rounded differently: 90% and 90.4%, 8.156张 and 8.16张.
    pub rounding: bool,
}

/// The change of a figure on the same part of the year before.
pub fn change(site: &Site, now: &Observation) -> Result<Change, Apart> {
    let before = now.period.year_before().ok_or(Apart::Period)?;
    let before = site.value_at(now.indicator, now.region, before).ok_or(Apart::Missing)?;
    change_between(site, before, now)
}

/// The change from one figure to another of the same indicator and region.
pub fn change_between(site: &Site, before: &Observation, now: &Observation) -> Result<Change, Apart> {
    let (Some(old), Some(new)) = (before.value, now.value) else { return Err(Apart::Missing) };
    if let Some(apart) = unfit(site, now) {
        return Err(apart);
    }
    match unfit(site, before) {
        None => {}
        Some(Apart::Missing) => return Err(Apart::Missing),
        Some(_) => return Err(Apart::Former),
    }
    if !before.period.same_kind(&now.period) {
        return Err(Apart::Period);
    }
    if broken(site, before, now) {
        return Err(Apart::Break);
    }
    let indicator = site.indicators.get(now.indicator);
    let difference = new - old;
    let decimals = |one: &Observation| {
        one.quantity.as_ref().map_or(0, |quantity| {
            let printed = quantity.unit.as_ref().unwrap_or(&indicator.unit).power() - indicator.unit.power();
            (i32::from(quantity.decimals) - i32::from(quantity.scale) - i32::from(printed)).max(0) as u8
        })
    };
    let precision = decimals(before).max(decimals(now));
    let size = quantity::format(difference.abs(), precision);
    let symbol = indicator.unit.symbol();
    let written = |one: &Observation| match one.quantity.as_ref()?.as_written() {
        text if text.starts_with('-') => Some(format!("({text})")),
        text => Some(text.to_owned()),
    };
    let (first, last) = (written(before).unwrap_or_default(), written(now).unwrap_or_default());
    let mut formula = format!("{last} − {first}");
    let amount = if symbol == "%" {
        format!("{size}{}", if site.config.language.is_chinese() { "个百分点" } else { " pp" })
    } else if indicator.unit.is_ratio() || indicator.unit.is_points() || indicator.unit.is_time() {
        format!("{size}{symbol}")
    } else {
        if old.is_zero() {
            return Err(Apart::Zero);
        }
        // From -5 to 5 is no growth of 200 %, and from 5 to -5 no fall of 200 %.
        if old.is_sign_negative() || new.is_sign_negative() {
            return Err(Apart::Negative);
        }
        let percent = difference.abs().checked_mul(Decimal::ONE_HUNDRED).and_then(|value| value.checked_div(old));
        formula = format!("({last} − {first}) ÷ {first}");
        let percent = percent.ok_or(Apart::Zero)?;
        // A rise of 0.04 % is no rise of 0.0 %.
        let told = |places: &u8| !quantity::round(percent, *places).is_zero() || percent.is_zero();
        let places = (1..=6).find(told).unwrap_or(6);
        format!("{}%", quantity::format(quantity::round(percent, places), places))
    };
    let rounding = rounding(before, now, indicator);
    let better = better(indicator, difference).filter(|_| !rounding);
    Ok(Change { difference, amount, formula, against: before.period, better, rounding })
}

/// Whether a difference is an improvement.
pub fn better(indicator: &Indicator, difference: Decimal) -> Option<bool> {
    match indicator.polarity {
        _ if difference.is_zero() => None,
        Polarity::Higher => Some(difference.is_sign_positive()),
        Polarity::Lower => Some(difference.is_sign_negative()),
        Polarity::None => None,
    }
}

/// Whether two different figures, of which one is printed more coarsely, differ by no more than that rounding can make.
pub fn rounding(a: &Observation, b: &Observation, indicator: &Indicator) -> bool {
    let half = |one: &Observation| half_step(one.quantity.as_ref()?, &indicator.unit);
    let (Some(first), Some(second), Some(x), Some(y)) = (a.value, b.value, half(a), half(b)) else { return false };
    first != second && x != y && (first - second).abs() <= x.max(y)
}

/// Whether the series is broken between two figures: a break stands after the first, up to and with the second, in the
/// indicator itself or in what it is made of.
pub fn broken(site: &Site, before: &Observation, now: &Observation) -> bool {
    /// Formulas of formulas are looked into this far; a longer chain is a mistake in the indicators.
    const DEPTH: u8 = 4;
    fn within(site: &Site, id: IndicatorId, region: RegionId, (first, last): (Period, Period), depth: u8) -> bool {
        let between = |one: &Observation| one.period > first && one.period <= last;
        let own = site.has_break(id, region)
            && site.values(id, region).any(|one| between(one) && one.status == Status::Break);
        let indicator = site.indicators.get(id);
        let parts = || indicator.formula.parts().into_iter().chain(indicator.denominator);
        own || (depth > 0 && parts().any(|part| within(site, part, region, (first, last), depth - 1)))
    }
    within(site, now.indicator, now.region, (before.period, now.period), DEPTH)
}

/// The newest stated full-year value of a region, else its newest stated value.
pub fn newest(site: &Site, indicator: IndicatorId, region: RegionId) -> Option<&Observation> {
    let values = site.values(indicator, region).filter(|one| one.quantity.is_some() && one.role == Role::Actual);
    let full = values.clone().rfind(|one| one.period.is_full_year());
    full.or_else(|| values.clone().next_back())
}

/// The period a ranking shows when none is asked for: the newest full year with values, else the newest period.
pub fn newest_period(site: &Site, indicator: IndicatorId, regions: &[RegionId]) -> Option<Period> {
    let values = || regions.iter().flat_map(|region| site.values(indicator, *region)).filter(|one| one.value.is_some());
    let full = values().map(|one| one.period).filter(Period::is_full_year).max();
    full.or_else(|| values().map(|one| one.period).max())
}

/// A ranking of one period with what was left out.
#[derive(Debug)]
pub struct Ranking<'a> {
    /// Rank from 1, ties share it; best first where polarity is known, else largest first.
    pub rows: Vec<(u32, &'a Observation)>,
    /// What was left out and why.
    pub apart: Vec<(&'a Observation, Apart)>,
}

/// Ranks regions by an indicator in a period: exact values of one level of government only, none of small samples.
pub fn ranking<'a>(site: &'a Site, indicator: IndicatorId, period: Period, regions: &[RegionId]) -> Ranking<'a> {
    let mut ranking = Ranking { rows: Vec::new(), apart: Vec::new() };
    let level = |one: &Observation| site.regions.get(one.region).level;
    let regions: BTreeSet<RegionId> = regions.iter().copied().collect();
    let figures: Vec<&Observation> =
        regions.iter().filter_map(|region| site.value_at(indicator, *region, period)).collect();
    let main = main_level(figures.iter().filter(|one| unfit(site, one).is_none()).map(|one| level(one)));
    for one in figures {
        match unfit(site, one) {
            Some(apart) => ranking.apart.push((one, apart)),
            None if Some(level(one)) != main => ranking.apart.push((one, Apart::Level)),
            None => ranking.rows.push((0, one)),
        }
    }
    let ascending = site.indicators.get(indicator).polarity == Polarity::Lower;
    ranking.rows.sort_by(|(_, a), (_, b)| {
        let order = if ascending { a.value.cmp(&b.value) } else { b.value.cmp(&a.value) };
        order.then_with(|| site.regions.get(a.region).code.cmp(&site.regions.get(b.region).code))
    });
    for at in 0..ranking.rows.len() {
        let tied = at > 0 && ranking.rows[at - 1].1.value == ranking.rows[at].1.value;
        ranking.rows[at].0 = if tied { ranking.rows[at - 1].0 } else { at as u32 + 1 };
    }
    ranking
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::site_of;

    /// The change of an indicator's figure of 2021 on the year before.
    fn check(before: &str, now: &str, expected: &str) {
        let sample = site_of(&format!("429006 2020 | {before}\n429006 2021 | {now}"));
        assert_eq!(sample.codes(), "");
        let indicator = now.split_once(' ').expect("an indicator").0;
        let got = match change(&sample.site, sample.value(indicator, "2021")) {
            Ok(change) => format!("{} {} {:?}", change.difference.normalize(), change.amount, change.better),
            Err(apart) => format!("{apart:?}"),
        };
        assert_eq!(got, expected, "{before} → {now}");
    }

    #[test]
    fn changes_keep_unit_and_precision() {
        check(r#"rate = "5.40‰""#, r#"rate = "5.1‰""#, "-0.3 0.30‰ Some(true)");
        check(r#"rate = "0.54%""#, r#"rate = "5.1‰""#, "-0.3 0.3‰ Some(true)");
        check(r#"share = "88.5%""#, r#"share = "95%""#, "6.5 6.5个百分点 Some(true)");
        check(r#"share = "95%""#, r#"share = "95.0%""#, "0 0.0个百分点 None");
        check(r#"people = "20.47万人""#, r#"people = "20.57万人""#, "1000 0.5% Some(true)");
        check(r#"people = "100000人""#, r#"people = "100040人""#, "40 0.04% Some(true)");
        check(r#"people = "0人""#, r#"people = "3人""#, "Zero");
        check(r#"balance = "-5元""#, r#"balance = "5元""#, "Negative");
        check(r#"balance = "5元""#, r#"balance = "-5元""#, "Negative");
    }

    #[test]
    fn what_rounding_explains_is_not_judged() {
        check(r#"share = "90%""#, r#"share = "90.4%""#, "0.4 0.4个百分点 None");
        check(r#"share = "90.5%""#, r#"share = "90%""#, "-0.5 0.5个百分点 None");
        check(r#"share = "90%""#, r#"share = "90.6%""#, "0.6 0.6个百分点 Some(true)");
        check(r#"share = "90.1%""#, r#"share = "90.2%""#, "0.1 0.1个百分点 Some(true)");
        check(r#"people = "20.47万人""#, r#"people = "20.5万人""#, "300 0.1% None");
        check(r#"people = "20.47万人""#, r#"people = "204710人""#, "10 0.005% None");
        check(r#"people = "20471人""#, r#"people = "20472人""#, "1 0.005% Some(true)");
    }

    #[test]
    fn what_does_not_compare_has_no_change() {
        check(r#"share = "85%以上""#, r#"share = "90%""#, "Former");
        check(r#"share = "约85%""#, r#"share = "90%""#, "Former");
        check(r#"people = "300余人""#, r#"people = "350人""#, "Former");
        check(r#"share = "85%""#, r#"share = "90%以上""#, "Bound");
        check(r#"share = "85%""#, r#"share = { value = "90%", status = "break" }"#, "Break");
        check(r#"share = { value = "85%", status = "break" }"#, r#"share = "90%""#, "5 5个百分点 Some(true)");
        check(r#"share = { value = "85%", as_of = 2020-11-30 }"#, r#"share = "90%""#, "Missing");
    }

    #[test]
    fn small_samples_are_told_by_their_events_or_their_base() {
        let small = |lines: &str, indicator: &str, period: &str| {
            let sample = site_of(lines);
            unfit(&sample.site, sample.value(indicator, period)) == Some(Apart::Small)
        };
        assert!(small(r#"429006 2021 | people = "4人" | task = "4000人""#, "done", "2021"));
        assert!(!small(r#"429006 2021 | people = "5人" | task = "5人""#, "done", "2021"));
        // The numerator is not stated: 0.1 % of 4,000 are 4 events.
        assert!(small(r#"429006 2021 | done = "0.1%" | task = "4000人""#, "done", "2021"));
        assert!(!small(r#"429006 2021 | done = "0.1%" | task = "5000人""#, "done", "2021"));
        // Nothing is known of the base.
        assert!(!small(r#"429006 2021 | rate = "0‰""#, "rate", "2021"));
    }

    #[test]
    fn ranks_share_ties_and_leave_bounds_and_levels_out() {
        let sample = site_of(
            r#"429006 2021 | rate = "5.0‰"
            140823 2021 | rate = "0.5%"
            360112 2021 | rate = "4‰"
            520201 2021 | rate = "≤3‰"
            370800 2021 | rate = "2‰""#,
        );
        let site = &sample.site;
        let id = site.indicators.find("rate").expect("an indicator");
        let mut regions = site.regions_of(id);
        regions.extend(regions.clone());
        let ranking = ranking(site, id, Period::Year(2021), &regions);
        let code = |one: &Observation| site.regions.get(one.region).code.to_string();
        let rows: Vec<_> = ranking.rows.iter().map(|(rank, one)| format!("{rank} {}", code(one))).collect();
        assert_eq!(rows, ["1 360112", "2 140823", "2 429006"]);
        let apart: BTreeSet<_> = ranking.apart.iter().map(|(one, why)| format!("{} {why:?}", code(one))).collect();
        assert_eq!(apart.into_iter().collect::<Vec<_>>(), ["370800 Level", "520201 Bound"]);
    }
}
