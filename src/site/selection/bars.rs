//! Bars: rankings, groups, changes between two periods, and targets.

use std::collections::BTreeSet;

use crate::indicator::{IndicatorId, Polarity};
use crate::period::Period;
use crate::region::RegionId;
use crate::report::{ChartRequest, PeriodChoice};
use crate::site::compare::{self, Apart};
use crate::site::{Observation, Role, Site, target};

use super::{Empty, Head, Line, Place, Selection, level_out, newest, place};

/// Most periods of grouped bars when none are named.
const SERIES: usize = 6;

/// Regions of one period in order.
pub(super) fn ranking<'a>(
    site: &'a Site,
    request: &ChartRequest,
    regions: &[RegionId],
) -> Result<Selection<'a>, Empty> {
    let indicator = *request.indicators.first().ok_or("empty-figures")?;
    let period = match request.periods.ends() {
        Some((_, last)) => Some(last),
        None => compare::newest_period(site, indicator, regions),
    };
    let period = period.ok_or("empty-figures")?;
    let ranking = compare::ranking(site, indicator, period, regions);
    if ranking.rows.len() < 2 {
        return Err("empty-ranking");
    }
    let rows = ranking.rows.iter().map(|(rank, one)| Line {
        head: Head::Region(one.region),
        cells: vec![Place { one: Some(one), ..Place::default() }],
        rank: Some(*rank),
        change: None,
    });
    let columns = vec![Head::Period { period, partial: false }];
    Ok(Selection { columns, rows: rows.collect(), apart: ranking.apart, ..Selection::default() })
}

/// Regions by periods of one indicator, or by several indicators at one period.
pub(super) fn compare<'a>(site: &'a Site, request: &ChartRequest, regions: &[RegionId]) -> Selection<'a> {
    let Some(first) = request.indicators.first().copied() else {
        return Selection::default();
    };
    let (kept, apart) = level_out(site, first, request, regions);
    let line = |region: &RegionId, cells: Vec<Place<'a>>| Line {
        head: Head::Region(*region),
        cells,
        rank: None,
        change: None,
    };
    if request.indicators.len() > 1 {
        let with = |period: &Period| {
            let all = request.indicators.iter().flat_map(|id| kept.iter().map(move |region| (*id, *region)));
            all.filter(|(id, region)| site.value_at(*id, *region, *period).is_some_and(|one| one.value.is_some()))
                .count()
        };
        let period = match request.periods.ends() {
            Some((_, last)) => Some(last),
            // The newest year in which as many figures stand side by side as in any.
            None => {
                let all: BTreeSet<Period> = periods(site, request, &kept).into_iter().collect();
                all.into_iter().filter(Period::is_full_year).max_by_key(|period| (with(period), *period))
            }
        };
        let Some(period) = period else { return Selection { apart, ..Selection::default() } };
        let cells = |region: &RegionId| {
            let one = |id: &IndicatorId| place(site, site.value_at(*id, *region, period), None);
            request.indicators.iter().map(one).collect()
        };
        let rows = kept.iter().map(|region| line(region, cells(region))).collect();
        let columns = request.indicators.iter().map(|id| Head::Indicator(*id)).collect();
        return Selection { columns, rows, apart, ..Selection::default() };
    }
    let mut periods = periods(site, request, &kept);
    let main = compare::main_kind(periods.iter().copied());
    let mut dropped = Vec::new();
    if !matches!(request.periods, PeriodChoice::List(_)) {
        let (kept, other) = periods.into_iter().partition(|period| main.is_some_and(|main| main.same_kind(period)));
        (periods, dropped) = (kept, other);
    }
    let periods = periods.split_off(periods.len().saturating_sub(SERIES));
    // What the definition parts from the newest figure stands apart: bars have no line to interrupt.
    let cells = |region: &RegionId| {
        let at = |period: &Period| site.value_at(first, *region, *period);
        let newest = periods.iter().rev().find_map(at);
        let cell = |period: &Period| {
            let place = place(site, at(period), main);
            let broken = place.one.zip(newest).is_some_and(|(one, newest)| compare::broken(site, one, newest));
            Place { apart: place.apart.or(broken.then_some(Apart::Break)), ..place }
        };
        periods.iter().map(cell).collect()
    };
    let rows = kept.iter().map(|region| line(region, cells(region))).collect();
    let partial = |period: &Period| main.is_some_and(|main| !main.same_kind(period));
    let columns = periods.iter().map(|period| Head::Period { period: *period, partial: partial(period) }).collect();
    Selection { columns, rows, apart, dropped, ..Selection::default() }
}

/// The periods asked for that have a figure, ascending.
fn periods(site: &Site, request: &ChartRequest, regions: &[RegionId]) -> Vec<Period> {
    let all = request.indicators.iter().flat_map(|id| regions.iter().flat_map(|region| site.values(*id, *region)));
    let periods: BTreeSet<Period> = all.map(|one| one.period).filter(|period| request.periods.holds(*period)).collect();
    periods.into_iter().collect()
}

/// Two periods of regions of one indicator, or of several indicators in one region; the best or largest newest figure first.
pub(super) fn change<'a>(site: &'a Site, request: &ChartRequest, regions: &[RegionId]) -> Result<Selection<'a>, Empty> {
    let (before, after) = request.periods.ends().ok_or("empty-change")?;
    let (series, mut apart): (Vec<(Head, IndicatorId, RegionId)>, _) = match request.indicators.as_slice() {
        [indicator] => {
            let (kept, apart) = level_out(site, *indicator, request, regions);
            (kept.into_iter().map(|region| (Head::Region(region), *indicator, region)).collect(), apart)
        }
        indicators => {
            let one = |id: &IndicatorId| regions.first().map(|region| (Head::Indicator(*id), *id, *region));
            (indicators.iter().filter_map(one).collect(), Vec::new())
        }
    };
    let mut rows = Vec::new();
    for (head, id, region) in series {
        let at = |period| site.value_at(id, region, period);
        match (at(before), at(after)) {
            (Some(old), Some(new)) => match compare::change_between(site, old, new) {
                Ok(change) => {
                    let cells = [old, new].map(|one| Place { one: Some(one), ..Place::default() }).to_vec();
                    rows.push(Line { head, cells, rank: None, change: Some(change) });
                }
                Err(why) => apart.push((new, why)),
            },
            (Some(one), None) | (None, Some(one)) => apart.push((one, Apart::Missing)),
            // Without a figure in either period there is nothing to leave out; it is told as absent.
            (None, None) => {}
        }
    }
    if rows.is_empty() {
        return Err("empty-change");
    }
    let ascending = request.indicators.first().is_some_and(|id| site.indicators.get(*id).polarity == Polarity::Lower);
    let newer = |line: &Line<'_>| line.cells.last().and_then(|cell| cell.one?.value);
    rows.sort_by(|a, b| if ascending { newer(a).cmp(&newer(b)) } else { newer(b).cmp(&newer(a)) });
    let column = |period| Head::Period { period, partial: false };
    Ok(Selection { columns: vec![column(before), column(after)], rows, apart, ..Selection::default() })
}

/// Targets with what came of them: of the period asked for, else the newest of each indicator and region.
pub(super) fn progress<'a>(
    site: &'a Site,
    request: &ChartRequest,
    regions: &[RegionId],
) -> Result<Selection<'a>, Empty> {
    let several = request.indicators.len() > 1;
    let mut rows = Vec::new();
    let mut apart = Vec::new();
    for id in &request.indicators {
        for region in regions {
            let is_goal = |one: &&Observation| one.role == Role::Target && one.value.is_some();
            let mut goals = site.series(*id, *region).filter(is_goal);
            let Some(goal) = goals.rfind(|one| request.periods.holds(one.period)) else {
                apart.extend(newest(site, request, *id, *region).map(|one| (one, Apart::Goal)));
                continue;
            };
            let result = target::result(site, goal);
            let head = if several { Head::Indicator(*id) } else { Head::Region(*region) };
            let other = result.filter(|one| one.period != goal.period).map(|_| Apart::Period);
            let bound = result.and_then(|one| compare::unfit(site, one)).filter(|why| *why == Apart::Bound);
            let cells = vec![
                Place { one: result, apart: other.or(bound), share: None },
                Place { one: Some(goal), ..Place::default() },
            ];
            rows.push(Line { head, cells, rank: None, change: None });
        }
    }
    if rows.is_empty() {
        return Err("empty-targets");
    }
    Ok(Selection { columns: vec![Head::Result, Head::Goal], rows, apart, ..Selection::default() })
}
