//! Series over periods: trends and grids.

use std::collections::BTreeSet;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::region::RegionId;
use crate::report::ChartRequest;
use crate::site::compare::{self, Apart};
use crate::site::{Observation, Site};

use super::{Head, Line, Selection, level_out, place};

/// One indicator in regions, or several indicators in one region, over time. Years without a figure between the first and the
/// last stay visible as gaps.
pub(super) fn trend<'a>(site: &'a Site, request: &ChartRequest, regions: &[RegionId]) -> Selection<'a> {
    let (series, apart) = match request.indicators.as_slice() {
        [indicator] => {
            let (kept, apart) = level_out(site, *indicator, request, regions);
            (kept.into_iter().map(|region| (Head::Region(region), *indicator, region)).collect::<Vec<_>>(), apart)
        }
        indicators => {
            let one = |id: &IndicatorId| regions.first().map(|region| (Head::Indicator(*id), *id, *region));
            (indicators.iter().filter_map(one).collect(), Vec::new())
        }
    };
    let mut selection = over_time(site, request, series, apart);
    // A line without a point is none; that its figures are missing is told.
    selection.apart.extend(selection.rows.iter().filter_map(Line::missing).map(|one| (one, Apart::Missing)));
    selection.rows.retain(Line::is_filled);
    selection
}

/// One indicator, regions by periods.
pub(super) fn grid<'a>(site: &'a Site, request: &ChartRequest, regions: &[RegionId]) -> Selection<'a> {
    let Some(indicator) = request.indicators.first().copied() else {
        return Selection::default();
    };
    let (kept, apart) = level_out(site, indicator, request, regions);
    let series = kept.into_iter().map(|region| (Head::Region(region), indicator, region)).collect();
    let mut selection = over_time(site, request, series, apart);
    selection.rows.retain(|line| line.cells.iter().any(|cell| cell.one.is_some()));
    selection
}

fn over_time<'a>(
    site: &'a Site,
    request: &ChartRequest,
    series: Vec<(Head, IndicatorId, RegionId)>,
    apart: Vec<(&'a Observation, Apart)>,
) -> Selection<'a> {
    let values =
        |id: IndicatorId, region: RegionId| site.values(id, region).filter(|one| request.periods.holds(one.period));
    let mut periods: BTreeSet<Period> =
        series.iter().flat_map(|(_, id, region)| values(*id, *region).map(|one| one.period)).collect();
    let fit = series.iter().flat_map(|(_, id, region)| values(*id, *region));
    let main = compare::main_kind(fit.filter(|one| one.is_exact()).map(|one| one.period))
        .or_else(|| compare::main_kind(periods.iter().copied()));
    if let (Some(first), Some(last), true) =
        (periods.first(), periods.last(), main.is_some_and(|main| main.is_full_year()))
    {
        let (first, last) = (first.year(), last.year());
        periods.extend((first..=last).map(Period::Year).filter(|period| request.periods.holds(*period)));
    }
    let line = |(head, id, region): &(Head, IndicatorId, RegionId)| Line {
        head: *head,
        cells: periods.iter().map(|period| place(site, site.value_at(*id, *region, *period), main)).collect(),
        rank: None,
        change: None,
    };
    let rows = series.iter().map(line).collect();
    let partial = |period: &Period| main.is_some_and(|main| !main.same_kind(period));
    let columns = periods.iter().map(|period| Head::Period { period: *period, partial: partial(period) }).collect();
    Selection { columns, rows, apart, ..Selection::default() }
}
