//! The charts pages choose by themselves, the most telling first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::indicator::{Formula, IndicatorId};
use crate::period::Period;
use crate::region::{Level, RegionId};
use crate::report::{ChartIntent, ChartRequest, PeriodChoice, Picked};
use crate::site::{ReportId, Role, Site, compare, selection};

use super::{Choice, GRID_LIMIT, foremost, headline};

/// Most lines of a trend; more cannot be told apart.
const LINES: usize = 6;
/// Most charts a page chooses.
const CHARTS: usize = 6;

/// Trends of the first headline indicators in the region the home page speaks of.
pub fn home(site: &Site) -> Vec<Choice> {
    let Some(top) = top_region(site) else { return Vec::new() };
    let trends = headline(site).into_iter().take(4).map(|id| trend(site, id, vec![top], Some(top)));
    trends.filter(|choice| shows(site, choice)).collect()
}

/// The region the home page speaks of: the highest with figures of headline indicators.
pub fn top_region(site: &Site) -> Option<RegionId> {
    let headline = headline(site);
    let has = |id: &RegionId| headline.iter().filter(|one| compare::newest(site, **one, *id).is_some()).count();
    let level = |id: &RegionId| Reverse(site.regions.get(*id).level);
    let regions = site.regions_with_data();
    regions.into_iter().filter(|id| has(id) > 0).max_by_key(|id| (level(id), has(id), Reverse(*id)))
}

/// Trends of a report's indicators beside the regions above: those with most years first.
pub fn report(site: &Site, id: ReportId) -> Vec<Choice> {
    let report = site.report(id);
    let drawn: BTreeSet<IndicatorId> =
        report.body.outline.charts.iter().flat_map(|fence| fence.request.indicators.iter().copied()).collect();
    let own = report.metrics.iter().filter(|metric| metric.region == report.region && metric.value.is_some());
    let mut chosen: Vec<(Reverse<usize>, usize, IndicatorId)> = own
        .enumerate()
        .filter(|(_, metric)| !drawn.contains(&metric.indicator))
        .map(|(at, metric)| (Reverse(years(site, metric.indicator, report.region)), at, metric.indicator))
        .filter(|(Reverse(years), ..)| *years >= 3)
        .collect();
    chosen.sort();
    let mut seen = BTreeSet::new();
    chosen.retain(|(.., indicator)| seen.insert(*indicator));
    chosen.truncate(CHARTS);
    let above = |indicator| with_above(site, indicator, report.region);
    chosen.into_iter().map(|(.., id)| trend(site, id, above(id), Some(report.region))).collect()
}

/// Trends of a region's indicators beside the regions above: headline indicators first, then those with most years.
pub fn region(site: &Site, region: RegionId) -> Vec<Choice> {
    let headline = headline(site);
    let indicators: BTreeSet<IndicatorId> =
        site.of_region(region).filter(|one| one.role.is_value()).map(|one| one.indicator).collect();
    let mut chosen: Vec<(usize, Reverse<usize>, IndicatorId)> = indicators
        .into_iter()
        .map(|one| (one, years(site, one, region)))
        .filter(|(_, years)| *years >= 2)
        .map(|(one, years)| (place(&headline, one), Reverse(years), one))
        .collect();
    chosen.sort();
    chosen.truncate(CHARTS);
    chosen.into_iter().map(|(.., id)| trend(site, id, with_above(site, id, region), Some(region))).collect()
}

/// A trend of the regions that tell most, the newest ranking, a two-point change, targets, and the parts of a sum.
pub fn indicator(site: &Site, id: IndicatorId) -> Vec<Choice> {
    let shown = foremost(site, &site.regions_of(id));
    let newest = newest_rankable(site, id, &shown);
    let mut choices = vec![telling(site, id, &shown, newest)];
    choices.extend(newest.map(|period| ranking(site, id, period, &shown, None)));
    choices.extend(newest.and_then(|period| two_points(site, id, period, &shown)));
    choices.extend(against_targets(site, id));
    choices.extend(parts(site, id, &shown));
    choices.retain(|choice| shows(site, choice));
    choices
}

/// The ranking of a region's children, unless it would be taller than any screen, and the trend of the region itself.
pub fn children(site: &Site, id: IndicatorId, parent: RegionId) -> Vec<Choice> {
    let regions = children_with(site, id, parent);
    let newest = newest_rankable(site, id, &regions).filter(|_| regions.len() <= GRID_LIMIT);
    let ranking = newest.map(|period| ranking(site, id, period, &[], Some(parent)));
    let above =
        Choice { anchor: "chart-trend".to_owned(), ..trend(site, id, with_above(site, id, parent), Some(parent)) };
    ranking.into_iter().chain([above]).filter(|choice| shows(site, choice)).collect()
}

/// The children of a region with values of an indicator.
pub fn children_with(site: &Site, id: IndicatorId, parent: RegionId) -> Vec<RegionId> {
    let has_value = |region: &&RegionId| site.values(id, **region).next().is_some();
    site.children(Some(parent)).iter().filter(has_value).copied().collect()
}

/// Rankings of indicators with most comparable regions, headline indicators first.
pub fn year(site: &Site, period: Period) -> Vec<Choice> {
    let headline = headline(site);
    let mut regions: BTreeMap<IndicatorId, Vec<RegionId>> = BTreeMap::new();
    for one in site.of_period(period).filter(|one| one.role.is_value()) {
        regions.entry(one.indicator).or_default().push(one.region);
    }
    let mut chosen: Vec<(usize, Reverse<usize>, IndicatorId, Vec<RegionId>)> = regions
        .into_iter()
        .map(|(id, regions)| (id, foremost(site, &regions)))
        .map(|(id, regions)| (id, compare::ranking(site, id, period, &regions).rows.len(), regions))
        .filter(|(_, size, _)| *size >= 3)
        .map(|(id, size, regions)| (place(&headline, id), Reverse(size), id, regions))
        .collect();
    chosen.sort();
    chosen.truncate(CHARTS);
    let named = |id: IndicatorId| format!("chart-{}", site.indicators.get(id).id);
    chosen
        .into_iter()
        .map(|(.., id, regions)| Choice { anchor: named(id), ..ranking(site, id, period, &regions, None) })
        .collect()
}

/// The newest full year in which more than half as many regions compare as in the best year.
pub fn newest_rankable(site: &Site, id: IndicatorId, regions: &[RegionId]) -> Option<Period> {
    let values = regions.iter().flat_map(|region| site.values(id, *region));
    let periods: BTreeSet<Period> = values.map(|one| one.period).filter(Period::is_full_year).collect();
    let sizes: Vec<(Period, usize)> =
        periods.into_iter().map(|period| (period, compare::ranking(site, id, period, regions).rows.len())).collect();
    let best = sizes.iter().map(|(_, size)| *size).max()?;
    sizes.into_iter().rev().find(|(_, size)| size * 2 > best).map(|(period, _)| period)
}

fn shows(site: &Site, choice: &Choice) -> bool {
    selection::select(site, &choice.request).is_ok()
}

fn place(headline: &[IndicatorId], id: IndicatorId) -> usize {
    headline.iter().position(|one| *one == id).unwrap_or(usize::MAX)
}

/// Full years with an exact value.
fn years(site: &Site, id: IndicatorId, region: RegionId) -> usize {
    site.values(id, region).filter(|one| one.is_exact() && one.period.is_full_year()).count()
}

/// A region, and those above it with figures where rates compare with theirs.
fn with_above(site: &Site, id: IndicatorId, region: RegionId) -> Vec<RegionId> {
    let mut regions = vec![region];
    if site.indicators.get(id).compares_across_levels() {
        let above = site.regions.ancestors(region);
        let above = above.filter(|above| site.regions.get(*above).level <= Level::Prefecture);
        regions.extend(above.filter(|above| site.values(id, *above).any(|one| one.value.is_some())));
    }
    regions
}

fn trend(site: &Site, id: IndicatorId, regions: Vec<RegionId>, own: Option<RegionId>) -> Choice {
    let anchor = format!("chart-{}", site.indicators.get(id).id);
    Choice { anchor, request: ChartRequest { regions, own, ..ChartRequest::of(ChartIntent::Trend, id) } }
}

fn ranking(site: &Site, id: IndicatorId, period: Period, regions: &[RegionId], children: Option<RegionId>) -> Choice {
    let regions: BTreeSet<RegionId> = regions.iter().copied().collect();
    let mut regions: Vec<RegionId> = regions.into_iter().collect();
    regions.sort_by(|a, b| site.regions.get(*a).code.cmp(&site.regions.get(*b).code));
    let periods = PeriodChoice::List(vec![period]);
    let request = ChartRequest { regions, children, periods, ..ChartRequest::of(ChartIntent::Ranking, id) };
    Choice { anchor: "chart-ranking".to_owned(), request }
}

/// The trend of all regions of one level, or of those that frame them: the one above, the first two, the middle and the last
/// two by rank.
fn telling(site: &Site, id: IndicatorId, regions: &[RegionId], newest: Option<Period>) -> Choice {
    let request = |regions, picked| ChartRequest { regions, picked, ..ChartRequest::of(ChartIntent::Trend, id) };
    let choice = |regions, picked| Choice { anchor: "chart-trend".to_owned(), request: request(regions, picked) };
    let years = |region: &RegionId| site.values(id, *region).filter(|one| one.period.is_full_year()).count();
    // Counts of a nation and a county do not share an axis to any use.
    let (lines, _) = compare::one_level(site, id, regions, None);
    let mut lines: Vec<RegionId> = lines.into_iter().filter(|region| years(region) >= 2).collect();
    if lines.len() <= LINES {
        return choice(lines, None);
    }
    let highest = lines.iter().map(|region| site.regions.get(*region).level).min();
    let mut top = lines.iter().filter(|region| Some(site.regions.get(**region).level) == highest);
    let top = top.next().copied().filter(|_| top.next().is_none());
    let ranked: Vec<RegionId> = newest.map_or_else(Vec::new, |period| {
        let rows = compare::ranking(site, id, period, &lines).rows;
        rows.into_iter().map(|(_, one)| one.region).filter(|region| Some(*region) != top).collect()
    });
    let (Some(period), [first, second, middle @ .., last_but_one, last]) = (newest, ranked.as_slice()) else {
        lines.sort_by_key(|region| (Reverse(years(region)), site.regions.get(*region).level));
        lines.truncate(LINES);
        lines.sort_by_key(|region| site.regions.get(*region).code.clone());
        return choice(lines, None);
    };
    let middle = middle.get(middle.len() / 2);
    let chosen = top.as_ref().into_iter().chain([first, second]).chain(middle).chain([last_but_one, last]);
    choice(chosen.copied().collect(), Some(Picked { top, period }))
}

/// The newest ranked year beside the earliest of the nine years before in which at least three regions compare with it.
fn two_points(site: &Site, id: IndicatorId, newest: Period, regions: &[RegionId]) -> Option<Choice> {
    let earlier = (newest.year() - 9..newest.year()).map(Period::Year);
    let requests = earlier.map(|period| ChartRequest {
        regions: regions.to_vec(),
        periods: PeriodChoice::List(vec![period, newest]),
        ..ChartRequest::of(ChartIntent::Change, id)
    });
    let compares =
        |request: &ChartRequest| selection::select(site, request).is_ok_and(|selection| selection.rows.len() >= 3);
    let request = requests.into_iter().find(compares)?;
    Some(Choice { anchor: "chart-change".to_owned(), request })
}

/// Targets of at least two regions.
fn against_targets(site: &Site, id: IndicatorId) -> Option<Choice> {
    let goals = site.of_indicator(id).filter(|one| one.role == Role::Target).map(|one| one.region);
    let regions: BTreeSet<RegionId> = goals.collect();
    let regions: Vec<RegionId> = regions.into_iter().collect();
    let drawable = (2..=GRID_LIMIT).contains(&regions.len());
    let request = ChartRequest { regions, ..ChartRequest::of(ChartIntent::Progress, id) };
    drawable.then(|| Choice { anchor: "chart-progress".to_owned(), request })
}

/// The parts of a sum in the region with most of them over time.
fn parts(site: &Site, id: IndicatorId, regions: &[RegionId]) -> Option<Choice> {
    let Formula::Sum(parts) = &site.indicators.get(id).formula else { return None };
    if !(2..=LINES).contains(&parts.len()) {
        return None;
    }
    let request = |region: &RegionId| ChartRequest {
        indicators: parts.clone(),
        whole: Some(id),
        regions: vec![*region],
        ..ChartRequest::of(ChartIntent::Share, id)
    };
    let rows = |request: &ChartRequest| selection::select(site, request).map_or(0, |selection| selection.rows.len());
    let requests = regions.iter().map(request).map(|request| (rows(&request), request));
    let (_, request) = requests.filter(|(rows, _)| *rows > 0).rev().max_by_key(|(rows, _)| *rows)?;
    Some(Choice { anchor: "chart-share".to_owned(), request })
}
