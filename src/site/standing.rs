//! Where a figure stands: its rank among its peers, its distance from the region above, what moved most since the year
//! before, and which targets are met no longer. Only comparable figures count; what was left out is counted with its reason.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::indicator::{Indicator, IndicatorId, Polarity};
use crate::region::{Level, RegionId};
use crate::site::compare::{self, Apart, Change, change, events};
use crate::site::target::{self, TargetState};
use crate::site::{Observation, Role, Site};
use crate::unit::Dimension;

/// Fewest comparable regions among which a rank means something.
pub const FEWEST_PEERS: usize = 5;
/// A count below it changes by large percentages for small reasons, and is not listed among the largest changes.
pub const SMALL_COUNT: u32 = 100;
/// A rate of fewer events than this is not listed among the largest changes.
pub const FEW_EVENTS: u32 = 10;

/// A region among the regions of its parent and level.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Rank from 1: best first where polarity is known, else largest first.
    pub rank: u32,
    /// Whether another region has the same rank.
    pub tied: bool,
    /// How many regions compare, this one included.
    pub count: usize,
    /// The smallest value among them.
    pub low: &'a Observation,
    /// The largest.
    pub high: &'a Observation,
}

/// The rank of a figure among the regions of its parent and level in its period; how many compare where these are too few or
/// the figure itself does not.
pub fn place<'a>(site: &'a Site, one: &Observation) -> Result<Place<'a>, usize> {
    let region = site.regions.get(one.region);
    let Some(parent) = region.parent else { return Err(0) };
    let alike = |id: &RegionId| site.regions.get(*id).level == region.level;
    let peers: Vec<RegionId> = site.children(Some(parent)).iter().copied().filter(alike).collect();
    let rows = compare::ranking(site, one.indicator, one.period, &peers).rows;
    let count = rows.len();
    let own = rows.iter().find(|(_, peer)| peer.region == one.region);
    let low = rows.iter().map(|(_, peer)| *peer).min_by_key(|peer| peer.value);
    let high = rows.iter().map(|(_, peer)| *peer).max_by_key(|peer| peer.value);
    let (Some((rank, _)), Some(low), Some(high)) = (own, low, high) else { return Err(count) };
    if count < FEWEST_PEERS {
        return Err(count);
    }
    let tied = rows.iter().filter(|(other, _)| other == rank).count() > 1;
    Ok(Place { rank: *rank, tied, count, low, high })
}

/// The distance of a figure from that of a region above, in the indicator's unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Own value minus the other, exact.
    pub difference: Decimal,
    /// The distance in words without sign: `1.2个百分点`, `0.3‰`.
    pub amount: String,
    /// The working with the figures as written: `5.4‰ − 5.1‰`.
    pub formula: String,
    /// Better (`true`) or worse, where polarity is known and there is a difference.
    pub better: Option<bool>,
}

/// How far a figure is from another region's of the same indicator and period.
pub fn gap(site: &Site, own: &Observation, other: &Observation) -> Result<Gap, Apart> {
    let indicator = site.indicators.get(own.indicator);
    let (Some(a), Some(b)) = (own.value, other.value) else { return Err(Apart::Missing) };
    let levels = |one: &Observation| site.regions.get(one.region).level;
    if let Some(apart) = compare::unfit(site, own).or_else(|| compare::unfit(site, other)) {
        return Err(apart);
    }
    if own.period != other.period {
        return Err(Apart::Period);
    }
    if levels(own) != levels(other) && !indicator.compares_across_levels() {
        return Err(Apart::Level);
    }
    let difference = a.checked_sub(b).ok_or(Apart::Missing)?;
    let size = difference.abs().normalize();
    let amount = match indicator.unit.symbol() {
        "%" if site.config.language.is_chinese() => format!("{size}个百分点"),
        "%" => format!("{size} pp"),
        symbol => format!("{size}{symbol}"),
    };
    let formula = format!("{} − {}", written(own), written(other));
    let rounding = compare::rounding(own, other, indicator);
    let better = compare::better(indicator, difference).filter(|_| !rounding);
    Ok(Gap { difference, amount, formula, better })
}

fn written(one: &Observation) -> &str {
    one.quantity.as_ref().map_or("", |quantity| quantity.as_written())
}

/// A figure that differs from the region above and moves further the same way.
#[derive(Debug)]
pub struct Drift<'a> {
    /// The figure.
    pub own: &'a Observation,
    /// That of the region above.
    pub above: &'a Observation,
    /// The distance.
    pub gap: Gap,
    /// The change on the year before.
    pub change: Change,
}

/// What is worse than the region above and worsens, and what is better and improves.
#[derive(Debug, Default)]
pub struct Standing<'a> {
    /// Worse and worsening.
    pub worse: Vec<Drift<'a>>,
    /// Better and improving.
    pub better: Vec<Drift<'a>>,
    /// How many indicators could be compared both ways.
    pub compared: usize,
}

/// Compares the newest figure of each indicator with the nearest region above that has an exact one for the same period, and
/// with the year before. Only indicators with a known better direction and of a kind that compares across levels.
pub fn standing<'a>(site: &'a Site, region: RegionId, indicators: impl Iterator<Item = IndicatorId>) -> Standing<'a> {
    let mut standing = Standing::default();
    for id in indicators {
        let indicator = site.indicators.get(id);
        if indicator.polarity == Polarity::None || !indicator.compares_across_levels() {
            continue;
        }
        let Some(own) = compare::newest(site, id, region) else { continue };
        let mut above = site.regions.ancestors(region).filter_map(|above| site.value_at(id, above, own.period));
        let Some(above) = above.find(|one| compare::unfit(site, one).is_none()) else { continue };
        let (Ok(gap), Ok(change)) = (gap(site, own, above), change(site, own)) else { continue };
        standing.compared += 1;
        match (gap.better, change.better) {
            (Some(false), Some(false)) => standing.worse.push(Drift { own, above, gap, change }),
            (Some(true), Some(true)) => standing.better.push(Drift { own, above, gap, change }),
            _ => {}
        }
    }
    standing
}

/// How the figures of a period moved on the year before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Moves {
    /// How many rose.
    pub up: usize,
    /// How many fell.
    pub down: usize,
    /// How many stayed the same, but for rounding.
    pub same: usize,
    /// How many are better, where polarity is known.
    pub better: usize,
    /// How many are worse.
    pub worse: usize,
    /// How many have nothing comparable, by reason.
    pub apart: BTreeMap<Apart, usize>,
}

/// Counts rises and falls; entries without a figure are no figures and are not counted.
pub fn moves<'a>(site: &Site, figures: impl Iterator<Item = &'a Observation>) -> Moves {
    let mut moves = Moves::default();
    for one in figures.filter(|one| one.role.is_value() && one.quantity.is_some()) {
        match change(site, one) {
            Err(apart) => *moves.apart.entry(apart).or_default() += 1,
            Ok(change) => {
                match change.difference {
                    difference if difference.is_zero() || change.rounding => moves.same += 1,
                    difference if difference.is_sign_positive() => moves.up += 1,
                    _ => moves.down += 1,
                }
                match change.better {
                    Some(true) => moves.better += 1,
                    Some(false) => moves.worse += 1,
                    None => {}
                }
            }
        }
    }
    moves
}

/// The largest changes of a period on the year before.
#[derive(Debug, Default)]
pub struct Largest<'a> {
    /// For the better, largest first.
    pub better: Vec<&'a Observation>,
    /// For the worse.
    pub worse: Vec<&'a Observation>,
    /// Neither better nor worse.
    pub other: Vec<&'a Observation>,
    /// How many changes were not weighed because their numbers are small.
    pub small: usize,
}

/// Picks the largest changes: percentages by points, all else by the change relative to the former value, one point being
/// worth one percent. Small numbers are not weighed, and no indicator fills more than three lines of a list.
pub fn largest<'a>(site: &'a Site, figures: impl Iterator<Item = &'a Observation>, most: usize) -> Largest<'a> {
    let mut weighed: Vec<(Decimal, Option<bool>, &Observation)> = Vec::new();
    let mut largest = Largest::default();
    for one in figures.filter(|one| one.role.is_value()) {
        let Ok(change) = change(site, one) else { continue };
        if change.difference.is_zero() || change.rounding {
            continue;
        }
        let indicator = site.indicators.get(one.indicator);
        if is_small(site, one) {
            largest.small += 1;
            continue;
        }
        let Some(size) = one.value.and_then(|now| weight(indicator, now, change.difference)) else { continue };
        weighed.push((size, change.better, one));
    }
    let place = |one: &Observation| (one.indicator, site.regions.get(one.region).code.clone());
    weighed.sort_by(|(a, _, x), (b, _, y)| b.cmp(a).then_with(|| place(x).cmp(&place(y))));
    for (_, better, one) in weighed {
        let list = match better {
            Some(true) => &mut largest.better,
            Some(false) => &mut largest.worse,
            None => &mut largest.other,
        };
        if list.len() < most && list.iter().filter(|other| other.indicator == one.indicator).count() < 3 {
            list.push(one);
        }
    }
    largest
}

/// The size of a change in percent or points; none where the former value is no base.
fn weight(indicator: &Indicator, now: Decimal, difference: Decimal) -> Option<Decimal> {
    if indicator.unit.symbol() == "%" || indicator.unit.is_points() {
        return Some(difference.abs());
    }
    let former = now.checked_sub(difference)?;
    difference.abs().checked_mul(Decimal::ONE_HUNDRED)?.checked_div(former.abs())
}

/// Whether a change comes from so few things that its size says little: a count below a hundred; a rate per thousand or
/// rarer whose events are fewer than ten, and where these are not known, a zero or any such rate of a county.
fn is_small(site: &Site, now: &Observation) -> bool {
    let former = now.period.year_before().and_then(|before| site.value_at(now.indicator, now.region, before));
    let both = [Some(now), former];
    let both = || both.iter().flatten().filter_map(|one| Some((one.period, one.value?)));
    let indicator = site.indicators.get(now.indicator);
    if matches!(indicator.unit.dimension(), Dimension::Count(_)) && !indicator.unit.is_time() {
        let limit = Decimal::from(SMALL_COUNT);
        return both().any(|(_, value)| value.abs() < limit) && !indicator.compares_across_levels();
    }
    if !indicator.unit.is_ratio() || indicator.unit.symbol() == "%" {
        return false;
    }
    let known: Vec<Decimal> = [Some(now), former].into_iter().flatten().filter_map(|one| events(site, one)).collect();
    if known.len() == both().count() {
        return known.iter().any(|events| *events < Decimal::from(FEW_EVENTS));
    }
    site.regions.get(now.region).level >= Level::County || both().any(|(_, value)| value.is_zero())
}

/// A target that was met in one year and missed in the next, or the other way round.
#[derive(Clone, Copy, Debug)]
pub struct Flip<'a> {
    /// The target of the year before.
    pub before: &'a Observation,
    /// The target of the period.
    pub now: &'a Observation,
    /// Whether it is met now.
    pub met: bool,
}

/// The targets of a period whose state turned since the year before.
pub fn flips<'a>(site: &'a Site, figures: impl Iterator<Item = &'a Observation>) -> Vec<Flip<'a>> {
    let state = |goal: &Observation| {
        let indicator = site.indicators.get(goal.indicator);
        target::progress(target::result(site, goal), goal, indicator, site.today).state
    };
    let flip = |now: &'a Observation| {
        let before = site.target_at(now.indicator, now.region, now.period.year_before()?)?;
        match (state(before), state(now)) {
            (TargetState::Met, TargetState::Missed) => Some(Flip { before, now, met: false }),
            (TargetState::Missed, TargetState::Met) => Some(Flip { before, now, met: true }),
            _ => None,
        }
    };
    figures.filter(|one| one.role == Role::Target).filter_map(flip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;
    use crate::site::sample::{Sample, site_of};

    fn find<'a>(sample: &'a Sample, indicator: &str, code: &str, period: &str) -> &'a Observation {
        let indicator = sample.site.indicators.find(indicator).expect("an indicator");
        let region = sample.site.regions.find(code).expect("a region");
        let period = Period::parse(period).expect("a period");
        sample.site.value_at(indicator, region, period).expect("a value")
    }

    /// The place of the rate of 420100 in 2021 among its peers.
    fn ranked(lines: &str, expected: &str) {
        let sample = site_of(lines);
        assert_eq!(sample.codes(), "", "{lines}");
        let got = match place(&sample.site, find(&sample, "rate", "420100", "2021")) {
            Ok(place) => {
                let tied = if place.tied { " tied" } else { "" };
                format!("{}{tied} of {}: {} to {}", place.rank, place.count, written(place.low), written(place.high))
            }
            Err(count) => format!("none of {count}"),
        };
        assert_eq!(got, expected, "{lines}");
    }

    /// Reports of six prefectures of Hubei: 420100 with the given figure, five others from 1‰ to 5‰.
    fn six(own: &str) -> String {
        let others = ["420200", "420300", "420500", "420600", "420700"];
        let others = others.iter().zip(1..).map(|(code, rate)| format!("{code} 2021 | rate = \"{rate}‰\"\n"));
        format!("420100 2021 | rate = {own}\n{}", others.collect::<String>())
    }

    #[test]
    fn ranks_need_five_exact_peers_of_one_period_and_level() {
        ranked(&six("\"2.5‰\""), "3 of 6: 1‰ to 5‰");
        ranked(&six("\"3.0‰\""), "3 tied of 6: 1‰ to 5‰");
        ranked(&six("\"0\""), "1 of 6: 0 to 5‰");
        ranked(&six("\"0.6%\""), "6 of 6: 1‰ to 0.6%");
        ranked(&six("\"≤3‰\""), "none of 5");
        let but = |from: &str, to: &str| six("\"3‰\"").replace(from, to);
        ranked(&but("\"5‰\"", "\"约5‰\""), "3 tied of 5: 1‰ to 4‰");
        let fewer = but("420700 2021", "429006 2021").replace("\"4‰\"", "\"≥4‰\"");
        ranked(&fewer, "none of 4");
        ranked(&but("420700 2021", "420700 2021-H1").replace("420600 2021", "420600 2020"), "none of 4");
    }

    /// Worse and better indicators of Wuhan and how many were compared.
    fn stands(lines: &str, expected: &str) {
        let sample = site_of(lines);
        assert_eq!(sample.codes(), "", "{lines}");
        let region = sample.site.regions.find("420100").expect("a region");
        let all = sample.site.indicators.iter().map(|(id, _)| id);
        let standing = standing(&sample.site, region, all);
        let name = |one: &Drift| {
            let above = &sample.site.regions.get(one.above.region).code;
            format!("{above} {} = {}", one.gap.formula, one.gap.amount)
        };
        let list = |drifts: &[Drift]| drifts.iter().map(name).collect::<Vec<_>>().join(", ");
        let got = format!("{}|{}|{}", list(&standing.worse), list(&standing.better), standing.compared);
        assert_eq!(got, expected, "{lines}");
    }

    #[test]
    fn drifts_are_told_from_comparable_figures_only() {
        let own = |before: &str, now: &str, above: &str| {
            format!("420100 2020 | {before}\n420100 2021 | {now}\n420000 2021 | {above}")
        };
        stands(&own(r#"rate = "5.0‰""#, r#"rate = "5.4‰""#, r#"rate = "5.10‰""#), "420000 5.4‰ − 5.10‰ = 0.3‰||1");
        stands(&own(r#"rate = "5.0‰""#, r#"rate = "0""#, r#"rate = "0.51%""#), "|420000 0 − 0.51% = 5.1‰|1");
        stands(
            &own(r#"share = "90.0%""#, r#"share = "88.5%""#, r#"share = "91.0%""#),
            "420000 88.5% − 91.0% = 2.5个百分点||1",
        );
        // worse but improving, equal to the region above, unchanged
        stands(&own(r#"rate = "6‰""#, r#"rate = "5.4‰""#, r#"rate = "5.1‰""#), "||1");
        stands(&own(r#"rate = "5.0‰""#, r#"rate = "5.1‰""#, r#"rate = "5.10‰""#), "||1");
        stands(&own(r#"rate = "5.4‰""#, r#"rate = "5.4‰""#, r#"rate = "5.1‰""#), "||1");
        // nothing but rounding
        stands(&own(r#"rate = "5.0‰""#, r#"rate = "5.4‰""#, r#"rate = "5‰""#), "||1");
        // a bound, another period, a break, a count, no known direction, no region above, no year before
        stands(&own(r#"rate = "5.0‰""#, r#"rate = "5.4‰""#, r#"rate = "≤5.1‰""#), "||0");
        stands(&own(r#"rate = "5.0‰""#, r#"rate = "≤5.4‰""#, r#"rate = "5.1‰""#), "||0");
        stands(&own(r#"rate = "5.0‰""#, r#"rate = { value = "5.4‰", period = "2021-H1" }"#, r#"rate = "5.1‰""#), "||0");
        stands(&own(r#"rate = "5.0‰""#, r#"rate = { value = "5.4‰", status = "break" }"#, r#"rate = "5.1‰""#), "||0");
        stands(&own(r#"people = "9人""#, r#"people = "8人""#, r#"people = "90人""#), "||0");
        stands(&own(r#"visits = "9人次""#, r#"visits = "8人次""#, r#"visits = "7人次""#), "||0");
        stands("420100 2020 | rate = \"5.0‰\"\n420100 2021 | rate = \"5.4‰\"", "||0");
        stands("420100 2021 | rate = \"5.4‰\"\n420000 2021 | rate = \"5.1‰\"", "||0");
    }

    #[test]
    fn the_nearest_region_with_an_exact_figure_is_the_one_above() {
        let lines = r#"420100 2020 | rate = "5.0‰"
            420100 2021 | rate = "5.4‰"
            420000 2021 | rate = "5.1‰以下"
            100000 2021 | rate = "5.0‰""#;
        stands(lines, "100000 5.4‰ − 5.0‰ = 0.4‰||1");
    }

    /// The largest changes of 2021, better, worse and other, and how many small ones stayed out.
    fn swings(lines: &str, expected: &str) {
        let sample = site_of(lines);
        assert_eq!(sample.codes(), "", "{lines}");
        let largest = largest(&sample.site, sample.site.of_period(Period::Year(2021)), 5);
        let list = |all: &[&Observation]| all.iter().map(|one| written(one).to_owned()).collect::<Vec<_>>().join(" ");
        let got =
            format!("{}|{}|{}|{}", list(&largest.better), list(&largest.worse), list(&largest.other), largest.small);
        assert_eq!(got, expected, "{lines}");
    }

    #[test]
    fn small_numbers_do_not_head_the_list_of_changes() {
        let of = |code: &str, before: &str, now: &str| format!("{code} 2020 | {before}\n{code} 2021 | {now}\n");
        swings(&of("420100", r#"people = "1人""#, r#"people = "3人""#), "|||1");
        swings(&of("420100", r#"people = "99人""#, r#"people = "300人""#), "|||1");
        swings(&of("420100", r#"people = "100人""#, r#"people = "300人""#), "300人|||0");
        swings(&of("420100", r#"visits = "100人次""#, r#"visits = "300人次""#), "||300人次|0");
        swings(&of("420100", r#"rate = "5‰""#, r#"rate = "6‰""#), "|6‰||0");
        swings(&of("420100", r#"rate = "0""#, r#"rate = "6‰""#), "|||1");
        swings(&of("429006", r#"rate = "5‰""#, r#"rate = "6‰""#), "|||1");
        swings(&of("429006", r#"share = "5%""#, r#"share = "0%""#), "|0%||0");
        // 12 points weigh more than 10 %, and 8 points less
        let count = of("420100", r#"people = "1000人""#, r#"people = "1100人""#);
        let count = |share: &str| count.replace("1000人\"", "1000人\" | share = \"50%\"").replace("1100人\"", share);
        swings(&count("1100人\" | share = \"62%\""), "62% 1100人|||0");
        swings(&count("1100人\" | share = \"58%\""), "1100人 58%|||0");
    }

    #[test]
    fn no_indicator_fills_a_list() {
        let one = |code: &str, now: &str| format!("{code} 2020 | rate = \"5‰\"\n{code} 2021 | rate = \"{now}\"\n");
        let lines = [("420100", "1‰"), ("420200", "2‰"), ("420300", "3‰"), ("420500", "4‰"), ("420600", "5‰")];
        swings(&lines.map(|(code, now)| one(code, now)).concat(), "1‰ 2‰ 3‰|||0");
    }

    #[test]
    fn moves_are_counted_with_what_does_not_compare() {
        let sample = site_of(
            r#"420100 2020 | rate = "5‰" | share = "80%" | people = "0人" | visits = "3人次"
            420100 2021 | rate = "6‰" | share = "80%" | people = "5人" | visits = "2人次" | task = "9人"
            420200 2020 | rate = "5‰"
            420200 2021 | rate = "≤6‰" | share = { missing = "pending" }"#,
        );
        let got = moves(&sample.site, sample.site.of_period(Period::Year(2021)));
        // The done rate of 5人 ÷ 9人 is computed in 2021 only.
        let apart = [(Apart::Missing, 2), (Apart::Bound, 1), (Apart::Zero, 1)].into_iter().collect();
        assert_eq!(got, Moves { up: 1, down: 1, same: 1, better: 0, worse: 1, apart });
    }

    #[test]
    fn turned_targets_are_found() {
        let sample = site_of(
            r#"420100 2020 | rate = { value = "5‰", target = "≤5‰" } | share = { value = "80%", target = "≥85%" }
            420100 2021 | rate = { value = "6‰", target = "≤5.5‰" } | share = { value = "90%", target = "≥90%" }
            420200 2020 | rate = { value = "5‰", target = "≤5‰" }
            420200 2021 | rate = { target = "≤5‰" } | share = { value = "80%", target = "≥85%" }"#,
        );
        let name = |flip: &Flip| format!("{} {}", sample.site.indicators.get(flip.now.indicator).id, flip.met);
        let all = flips(&sample.site, sample.site.of_period(Period::Year(2021)));
        assert_eq!(all.iter().map(name).collect::<Vec<_>>(), ["rate false", "share true"]);
    }
}
