//! Parts of a whole: shares computed exactly from figures of one region and period; what the parts leave over is shown.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::quantity;
use crate::region::RegionId;
use crate::report::ChartRequest;
use crate::site::compare::{self, Apart};
use crate::site::derive::{addend, half_step};
use crate::site::{Observation, Site};
use crate::unit::shift;

use super::{Empty, Head, Line, Place, Selection, Share};

/// Shares by region at one period, or by period in one region.
pub(super) fn share<'a>(site: &'a Site, request: &ChartRequest, regions: &[RegionId]) -> Result<Selection<'a>, Empty> {
    let at = |region: RegionId, period: Period| wholly(site, request, region, period);
    let complete = |region: &RegionId| -> Vec<Period> {
        let first = request.indicators.first().into_iter().flat_map(|id| site.values(*id, *region));
        let asked = first.map(|one| one.period).filter(|period| request.periods.holds(*period));
        let all: BTreeSet<Period> = asked.collect();
        all.into_iter().filter(|period| at(*region, *period).is_ok()).collect()
    };
    let mut rows = Vec::new();
    let mut apart = Vec::new();
    let mut push = |head: Head, region: RegionId, period: Period| match at(region, period) {
        Ok(cells) => rows.push(Line { head, cells, rank: None, change: None }),
        Err(Some((one, why))) => apart.push((one, why)),
        Err(None) => {}
    };
    let mut dropped = Vec::new();
    if let [region] = regions {
        let periods = complete(region);
        let main = compare::main_kind(periods.iter().copied());
        let (periods, other): (Vec<Period>, Vec<Period>) =
            periods.into_iter().partition(|period| main.is_some_and(|main| main.same_kind(period)));
        dropped = other;
        for period in periods {
            push(Head::Period { period, partial: false }, *region, period);
        }
    } else {
        let periods: Vec<Period> = regions.iter().flat_map(&complete).collect();
        let full = periods.iter().filter(|period| period.is_full_year()).max();
        let newest = full.or(periods.iter().max()).copied();
        let period = request.periods.ends().map(|(_, last)| last).or(newest).ok_or("empty-share")?;
        for region in regions {
            push(Head::Region(*region), *region, period);
        }
    }
    if rows.is_empty() {
        return Err("empty-share");
    }
    part_at_breaks(site, &mut rows, &mut apart);
    let mut columns: Vec<Head> = request.indicators.iter().map(|id| Head::Indicator(*id)).collect();
    let is_over = |line: &Line<'_>| line.cells.last().is_some_and(|cell| cell.share.is_some() && cell.one.is_none());
    if rows.iter().any(is_over) {
        columns.push(Head::Rest);
    } else {
        rows.iter_mut().for_each(|line| line.cells.truncate(request.indicators.len()));
    }
    Ok(Selection { columns, rows, apart, dropped, ..Selection::default() })
}

/// Shares of one region from before a break are not set beside the newest.
fn part_at_breaks<'a>(site: &Site, rows: &mut Vec<Line<'a>>, apart: &mut Vec<(&'a Observation, Apart)>) {
    let is_time = |line: &Line<'_>| matches!(line.head, Head::Period { .. });
    let Some(newest) = rows.last().filter(|line| is_time(line)).cloned() else { return };
    let broken = |line: &Line<'a>| {
        let pairs = line.cells.iter().zip(&newest.cells).filter_map(|(then, now)| then.one.zip(now.one));
        pairs
            .filter(|(then, now)| then.period < now.period)
            .find(|(then, now)| compare::broken(site, then, now))
            .map(|(then, _)| then)
    };
    apart.extend(rows.iter().filter_map(|line| Some((broken(line)?, Apart::Break))));
    rows.retain(|line| broken(line).is_none());
}

/// What keeps the parts of one place from being shares: a figure and the reason.
type Refused<'a> = Option<(&'a Observation, Apart)>;

/// The parts of one place with their shares, and last what they leave over.
fn wholly<'a>(
    site: &'a Site,
    request: &ChartRequest,
    region: RegionId,
    period: Period,
) -> Result<Vec<Place<'a>>, Refused<'a>> {
    let unit_of = |id: IndicatorId| &site.indicators.get(id).unit;
    let whole_unit = request.whole.or(request.indicators.first().copied()).map(unit_of).ok_or(None)?;
    let exact = |id: IndicatorId| -> Result<(&'a Observation, Decimal, Decimal), Refused<'a>> {
        let one = site.value_at(id, region, period).ok_or(None)?;
        let why = compare::unfit(site, one).filter(|why| *why != Apart::Small);
        let (Some(value), Some(figure), None) = (one.value, &one.quantity, why) else {
            return Err(why.map(|why| (one, why)));
        };
        let power = addend(unit_of(id), whole_unit).ok_or(None)?;
        let half = half_step(figure, unit_of(id)).ok_or(None)?;
        Ok((one, shift(value, power).ok_or(None)?, shift(half, power).ok_or(None)?))
    };
    let parts = request.indicators.iter().map(|id| exact(*id)).collect::<Result<Vec<_>, _>>()?;
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, (_, value, _)| sum.checked_add(*value)).ok_or(None)?;
    let doubt = parts.iter().map(|(.., half)| *half).sum::<Decimal>();
    let (whole, whole_written, whole_half) = match request.whole {
        Some(id) => {
            let (one, value, half) = exact(id)?;
            (value, written(one), half)
        }
        None => (sum, parts.iter().map(|(one, ..)| written(one)).collect::<Vec<_>>().join(" + "), Decimal::ZERO),
    };
    let first = parts.first().map(|(one, ..)| *one);
    if let Some((one, ..)) = parts.iter().find(|(_, value, _)| *value < Decimal::ZERO) {
        return Err(Some((one, Apart::Negative)));
    }
    if whole <= Decimal::ZERO {
        return Err(first.map(|one| (one, Apart::Whole)));
    }
    if sum > whole + doubt + whole_half {
        return Err(first.map(|one| (one, Apart::Parts)));
    }
    let base = if request.whole.is_none() { format!("({whole_written})") } else { whole_written.clone() };
    let percent = |value: Decimal| {
        let percent = value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
        // Something is not 0.0 %, and what is not all is not 100.0 %.
        let told = |rounded: Decimal| {
            (rounded.is_zero() == value.is_zero()) && ((rounded == Decimal::ONE_HUNDRED) == (value == whole))
        };
        (1..=6).map(|places| quantity::round(percent, places)).find(|rounded| told(*rounded))
    };
    let mut cells = Vec::new();
    for (one, value, _) in &parts {
        let formula = format!("{} ÷ {base}", written(one));
        let share = Share { percent: percent(*value).ok_or(None)?, amount: *value, unit: whole_unit.clone(), formula };
        cells.push(Place { one: Some(one), apart: None, share: Some(share) });
    }
    let rest = whole - sum;
    // What rounding alone explains is no part of its own.
    if rest > doubt + whole_half {
        let parts = parts.iter().map(|(one, ..)| written(one)).collect::<Vec<_>>().join(" − ");
        let formula = format!("({whole_written} − {parts}) ÷ {base}");
        let share = Share { percent: percent(rest).ok_or(None)?, amount: rest, unit: whole_unit.clone(), formula };
        cells.push(Place { one: None, apart: None, share: Some(share) });
    } else {
        cells.push(Place::default());
    }
    Ok(cells)
}

fn written(one: &Observation) -> String {
    one.quantity.as_ref().map(|figure| figure.as_written().to_owned()).unwrap_or_default()
}
