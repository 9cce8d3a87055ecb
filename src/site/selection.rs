//! What a chart shows: a request becomes rows and columns of observations, each with the reason why it stands apart, if any.
//! Which figures may share a line, a rank or a shade is asked of `compare`; words and drawings are made later.

mod bars;
mod share;
mod table;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::region::RegionId;
use crate::report::{ChartIntent, ChartRequest};
use crate::site::compare::{self, Apart, Change};
use crate::site::{Observation, Site};

/// The figures of a chart in order.
#[derive(Debug, Default)]
pub struct Selection<'a> {
    /// What the columns are.
    pub columns: Vec<Head>,
    /// Rows, at least one with a figure.
    pub rows: Vec<Line<'a>>,
    /// What is shown nowhere in the chart and why.
    pub apart: Vec<(&'a Observation, Apart)>,
    /// What was asked for by name and has no figure at all.
    pub absent: Vec<Head>,
    /// Periods that are other parts of the year than those shown and stay out.
    pub dropped: Vec<Period>,
}

/// What a row or a column stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Head {
    /// A region.
    Region(RegionId),
    /// An indicator.
    Indicator(IndicatorId),
    /// A period; whether it is another part of the year than the chart's other figures.
    Period {
        /// The period.
        period: Period,
        /// Whether its figures are joined to none of another kind.
        partial: bool,
    },
    /// The measured figures of targets.
    Result,
    /// The targets.
    Goal,
    /// What the parts of a whole leave over.
    Rest,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// What it is about.
    pub head: Head,
    /// One cell a column.
    pub cells: Vec<Place<'a>>,
    /// The rank; ties share it.
    pub rank: Option<u32>,
    /// The change between its two figures.
    pub change: Option<Change>,
}

/// A cell: a figure, a computed share, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Place<'a> {
    /// The figure; none for a gap, and for what the parts of a whole leave over.
    pub one: Option<&'a Observation>,
    /// Why it is not joined, ranked or shaded.
    pub apart: Option<Apart>,
    /// Its share of the whole.
    pub share: Option<Share>,
}

/// A part of a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Share {
    /// In per cent, to one decimal place.
    pub percent: rust_decimal::Decimal,
    /// The part in the unit of the whole; what is left over is computed.
    pub amount: rust_decimal::Decimal,
    /// That unit.
    pub unit: crate::unit::Unit,
    /// The working with the figures as written: `132家 ÷ 153个`.
    pub formula: String,
}

impl<'a> Line<'a> {
    /// What was said to be missing, where nothing else is known.
    fn missing(&self) -> Option<&'a Observation> {
        self.cells.iter().rev().find_map(|cell| cell.one).filter(|_| !self.is_filled())
    }

    /// Whether it has a figure.
    fn is_filled(&self) -> bool {
        self.cells.iter().any(|cell| cell.share.is_some() || cell.one.is_some_and(|one| one.value.is_some()))
    }
}

/// Why there is nothing to show, as a key of `diagnostic/reasons.toml`.
pub type Empty = &'static str;

/// Chooses the figures of a chart.
///
/// # Errors
/// The reason when there is nothing to show: a chart that was asked for is never an empty box.
pub fn select<'a>(site: &'a Site, request: &ChartRequest) -> Result<Selection<'a>, Empty> {
    let regions = regions(site, request);
    if regions.is_empty() {
        return Err(if request.children.is_some() { "empty-children" } else { "empty-regions" });
    }
    let mut selection = match request.intent {
        ChartIntent::Trend => table::trend(site, request, &regions),
        ChartIntent::Grid => table::grid(site, request, &regions),
        ChartIntent::Ranking => bars::ranking(site, request, &regions)?,
        ChartIntent::Compare => bars::compare(site, request, &regions),
        ChartIntent::Change => bars::change(site, request, &regions)?,
        ChartIntent::Progress => bars::progress(site, request, &regions)?,
        ChartIntent::Share => share::share(site, request, &regions)?,
    };
    if !selection.rows.iter().any(Line::is_filled) {
        return Err("empty-figures");
    }
    selection.absent = absent(request, &selection);
    Ok(selection)
}

/// The regions and indicators asked for by name of which nothing is shown and nothing is said.
fn absent(request: &ChartRequest, selection: &Selection<'_>) -> Vec<Head> {
    let cells = || selection.rows.iter().flat_map(|line| &line.cells).filter_map(|place| place.one);
    let told = || cells().chain(selection.apart.iter().map(|(one, _)| *one));
    let heads = || selection.rows.iter().map(|line| line.head).chain(selection.columns.iter().copied());
    let regions = request.regions.iter().filter(|id| !told().any(|one| one.region == **id)).map(|id| Head::Region(*id));
    let indicators =
        request.indicators.iter().filter(|id| !told().any(|one| one.indicator == **id)).map(|id| Head::Indicator(*id));
    regions.chain(indicators).filter(|head| !heads().any(|other| other == *head)).collect()
}

/// The regions of a chart: those named, the children with figures, or the page's own.
fn regions(site: &Site, request: &ChartRequest) -> Vec<RegionId> {
    let mut regions = request.regions.clone();
    if let Some(parent) = request.children {
        let ids = || request.indicators.iter().chain(&request.whole);
        let figures = |region: &RegionId| ids().any(|id| site.series(*id, *region).next().is_some());
        let below = site.children(Some(parent)).iter().copied().filter(figures);
        let below: Vec<RegionId> = below.filter(|id| !regions.contains(id)).collect();
        regions.extend(below);
    }
    if regions.is_empty() && request.children.is_none() {
        regions.extend(request.own);
    }
    regions
}

/// A figure with the reason why it stands apart from figures of a period like `main`.
fn place<'a>(site: &Site, one: Option<&'a Observation>, main: Option<Period>) -> Place<'a> {
    let apart = one.and_then(|one| {
        let period = || main.filter(|main| !main.same_kind(&one.period)).map(|_| Apart::Period);
        compare::unfit(site, one).or_else(period)
    });
    Place { one, apart, share: None }
}

/// The newest value of a region among the periods asked for, else its newest, to say what was left out.
fn newest<'a>(
    site: &'a Site,
    request: &ChartRequest,
    indicator: IndicatorId,
    region: RegionId,
) -> Option<&'a Observation> {
    let values = || site.values(indicator, region).filter(|one| one.value.is_some());
    values().rfind(|one| request.periods.holds(one.period)).or_else(|| values().next_back())
}

/// The regions that share an axis, and the newest figures of those that do not.
fn level_out<'a>(
    site: &'a Site,
    indicator: IndicatorId,
    request: &ChartRequest,
    regions: &[RegionId],
) -> (Vec<RegionId>, Vec<(&'a Observation, Apart)>) {
    let with: Vec<RegionId> =
        regions.iter().copied().filter(|region| site.values(indicator, *region).next().is_some()).collect();
    let (kept, other) = compare::one_level(site, indicator, &with, request.own);
    let apart = other.into_iter().filter_map(|region| Some((newest(site, request, indicator, region)?, Apart::Level)));
    (kept, apart.collect())
}

#[cfg(test)]
mod tests;
