//! The site as a whole: visible reports in order, one observation for every figure, looked up by indicator, region and
//! period. What may stand beside what is decided in `compare`, whether a target is met in `target`. Two values for one
//! place are reported here, because only here both are known.

pub mod compare;
pub(crate) mod derive;
pub use derive::{Computed, compute, formula_fits, half_step};
pub mod target;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::indicator::{IndicatorId, Indicators};
use crate::load::Content;
use crate::period::Period;
use crate::quantity::{Bound, Quantity};
use crate::region::{RegionId, Regions};
use crate::report::{ContentFile, FreePage, Metric, Missing, Report, Status};
use crate::source::Span;
use crate::unit::Units;

/// Index of a report in [`Site::reports`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReportId(pub u32);

/// What a figure is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Measured.
    Actual,
    /// Aimed at.
    Target,
    /// Another region's value, stated for comparison.
    Baseline,
    /// Computed from others (推算).
    Derived,
}

/// One figure: an indicator in a region and period.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Indicator.
    pub indicator: IndicatorId,
    /// Region.
    pub region: RegionId,
    /// Period.
    pub period: Period,
    /// Role.
    pub role: Role,
    /// The figure as written or computed; none when missing.
    pub quantity: Option<Quantity>,
    /// Its value in the indicator's unit.
    pub value: Option<Decimal>,
    /// Quality.
    pub status: Status,
    /// Why it is missing.
    pub missing: Option<Missing>,
    /// The report that states it.
    pub report: ReportId,
    /// Its note.
    pub note: String,
    /// How it was computed; empty for stated figures.
    pub formula: String,
    /// Who set the target.
    pub target_source: String,
    /// When the target is due.
    pub due: Option<Date>,
    /// Where it stands.
    pub span: Span,
}

impl Observation {
    /// The bound of the figure; equal for a missing one.
    pub fn bound(&self) -> Bound {
        self.quantity.as_ref().map_or(Bound::Eq, |quantity| quantity.bound)
    }

    /// Whether the figure is one exact value.
    pub fn is_exact(&self) -> bool {
        self.quantity.as_ref().is_some_and(Quantity::is_exact)
    }
}

/// The whole site.
#[derive(Debug)]
pub struct Site {
    /// site.toml.
    pub config: Config,
    /// Indicators.
    pub indicators: Indicators,
    /// Regions.
    pub regions: Regions,
    /// Units.
    pub units: Units,
    /// Today, an input.
    pub today: Date,
    /// Visible reports by region code, period, kind and path.
    pub reports: Vec<Report>,
    /// index.md.
    pub home: Option<FreePage>,
    /// Visible free pages.
    pub pages: Vec<FreePage>,
    /// Files that travel.
    pub files: Vec<ContentFile>,
    observations: Vec<Observation>,
    by_series: BTreeMap<(IndicatorId, RegionId), Vec<u32>>,
    by_region: BTreeMap<RegionId, Vec<u32>>,
    by_indicator: BTreeMap<IndicatorId, Vec<u32>>,
    by_period: BTreeMap<Period, Vec<u32>>,
}

/// What decides which reports are visible.
#[derive(Clone, Copy, Debug)]
pub struct Visibility {
    /// Today.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
}

impl Site {
    /// Puts the content in order.
    pub fn new(content: Content, show: Visibility, found: &mut Vec<Diagnostic>) -> Site {
        let Content { config, indicators, regions, units, mut reports, home, mut pages, files } = content;
        reports.retain(|report| {
            let open = report.publish.is_none_or(|day| day <= show.today);
            let valid = report.expires.is_none_or(|day| show.today < day);
            (show.drafts || !report.draft) && open && valid
        });
        pages.retain(|page| show.drafts || !page.draft);
        reports.sort_by(|a, b| {
            let key = |report: &Report| (regions.get(report.region).code.clone(), report.period, report.kind);
            key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path))
        });
        for report in &reports {
            if let Some(date) = report.date.filter(|date| *date > show.today) {
                let future = Diagnostic::error("date-future", report.date_span);
                found.push(future.arg("date", date).arg("today", show.today));
            }
        }
        let mut site = Site {
            config,
            indicators,
            regions,
            units,
            today: show.today,
            reports,
            home,
            pages,
            files,
            observations: Vec::new(),
            by_series: BTreeMap::new(),
            by_region: BTreeMap::new(),
            by_indicator: BTreeMap::new(),
            by_period: BTreeMap::new(),
        };
        site.observations = site.observe(found);
        site.index();
        let derived = derive::derived(&site);
        if !derived.is_empty() {
            site.observations.extend(derived);
            site.index();
        }
        site
    }

    /// One observation a place and role; a second, different one is a mistake.
    fn observe(&self, found: &mut Vec<Diagnostic>) -> Vec<Observation> {
        let mut seen: BTreeMap<(IndicatorId, RegionId, Period, Role), Observation> = BTreeMap::new();
        for (at, report) in self.reports.iter().enumerate() {
            for metric in &report.metrics {
                for observation in self.of_metric(ReportId(at as u32), metric) {
                    let key = (observation.indicator, observation.region, observation.period, observation.role);
                    match seen.get_mut(&key) {
                        None => {
                            seen.insert(key, observation);
                        }
                        Some(first) if same_figure(first, &observation) => {
                            if first.note.is_empty() {
                                first.note = observation.note;
                            }
                        }
                        Some(first) if first.quantity.is_none() && observation.quantity.is_some() => {
                            *first = observation;
                        }
                        Some(_) if observation.quantity.is_none() => {}
                        Some(first) => found.push(self.duplicate(first, &observation)),
                    }
                }
            }
        }
        seen.into_values().collect()
    }

    fn of_metric(&self, report: ReportId, metric: &Metric) -> Vec<Observation> {
        let unit = &self.indicators.get(metric.indicator).unit;
        let make = |role, quantity: Option<&Quantity>, region, span| Observation {
            indicator: metric.indicator,
            region,
            period: metric.period,
            role,
            value: quantity.and_then(|quantity| quantity.value_in(unit)),
            quantity: quantity.cloned(),
            status: metric.status,
            missing: metric.missing,
            report,
            note: metric.note.clone(),
            formula: String::new(),
            target_source: metric.target_source.clone(),
            due: metric.due,
            span,
        };
        let mut all = Vec::new();
        if metric.value.is_some() || metric.missing.is_some() {
            all.push(make(Role::Actual, metric.value.as_ref(), metric.region, metric.value_span));
        }
        if let Some(target) = &metric.target {
            let status = Status::Normal;
            all.push(Observation {
                status,
                missing: None,
                ..make(Role::Target, Some(target), metric.region, metric.target_span)
            });
        }
        if let Some((region, quantity)) = &metric.baseline {
            let status = Status::Normal;
            all.push(Observation {
                status,
                missing: None,
                ..make(Role::Baseline, Some(quantity), *region, metric.span)
            });
        }
        all
    }

    fn duplicate(&self, first: &Observation, second: &Observation) -> Diagnostic {
        let written = |one: &Observation| one.quantity.as_ref().map(|q| q.as_written().to_owned()).unwrap_or_default();
        Diagnostic::error("duplicate-metric", second.span)
            .arg("indicator", &self.indicators.get(second.indicator).name)
            .arg("region", &self.regions.get(second.region).name)
            .arg("period", second.period)
            .arg("first", written(first))
            .arg("second", written(second))
            .related(first.span, "first")
    }

    fn index(&mut self) {
        let key = |one: &Observation| (one.indicator, one.region, one.period, one.role);
        self.observations.sort_by_key(key);
        self.by_series.clear();
        self.by_region.clear();
        self.by_indicator.clear();
        self.by_period.clear();
        for (at, one) in self.observations.iter().enumerate() {
            let at = at as u32;
            self.by_series.entry((one.indicator, one.region)).or_default().push(at);
            self.by_region.entry(one.region).or_default().push(at);
            self.by_indicator.entry(one.indicator).or_default().push(at);
            self.by_period.entry(one.period).or_default().push(at);
        }
    }

    fn pick<'a>(&'a self, at: Option<&'a Vec<u32>>) -> impl DoubleEndedIterator<Item = &'a Observation> + Clone + 'a {
        at.map(Vec::as_slice).unwrap_or_default().iter().map(|at| &self.observations[*at as usize])
    }

    /// All observations, by indicator, region, period and role.
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// Everything about an indicator in a region, by period.
    pub fn series(
        &self,
        indicator: IndicatorId,
        region: RegionId,
    ) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        self.pick(self.by_series.get(&(indicator, region)))
    }

    /// The measured values of an indicator in a region, by period; a computed value stands where none was stated.
    pub fn values(
        &self,
        indicator: IndicatorId,
        region: RegionId,
    ) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        self.series(indicator, region).filter(|one| one.role.is_value())
    }

    /// The measured or computed value at a place.
    pub fn value_at(&self, indicator: IndicatorId, region: RegionId, period: Period) -> Option<&Observation> {
        self.values(indicator, region).find(|one| one.period == period)
    }

    /// The target at a place.
    pub fn target_at(&self, indicator: IndicatorId, region: RegionId, period: Period) -> Option<&Observation> {
        self.series(indicator, region).find(|one| one.role == Role::Target && one.period == period)
    }

    /// Everything about a region.
    pub fn of_region(&self, region: RegionId) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        self.pick(self.by_region.get(&region))
    }

    /// Everything about an indicator.
    pub fn of_indicator(&self, indicator: IndicatorId) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        self.pick(self.by_indicator.get(&indicator))
    }

    /// Everything about a period.
    pub fn of_period(&self, period: Period) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        self.pick(self.by_period.get(&period))
    }

    /// Periods with figures, oldest first.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = Period> + '_ {
        self.by_period.keys().copied()
    }

    /// Regions with figures or reports.
    pub fn regions_with_data(&self) -> BTreeSet<RegionId> {
        let reports = self.reports.iter().map(|report| report.region);
        self.by_region.keys().copied().chain(reports).collect()
    }

    /// The regions of an indicator's measured values, by code.
    pub fn regions_of(&self, indicator: IndicatorId) -> Vec<RegionId> {
        let regions: BTreeSet<RegionId> =
            self.of_indicator(indicator).filter(|one| one.role.is_value()).map(|one| one.region).collect();
        let mut regions: Vec<RegionId> = regions.into_iter().collect();
        regions.sort_by(|a, b| self.regions.get(*a).code.cmp(&self.regions.get(*b).code));
        regions
    }

    /// A report.
    pub fn report(&self, id: ReportId) -> &Report {
        &self.reports[id.0 as usize]
    }

    /// All reports with their index.
    pub fn reports(&self) -> impl DoubleEndedIterator<Item = (ReportId, &Report)> {
        self.reports.iter().enumerate().map(|(at, report)| (ReportId(at as u32), report))
    }
}

impl Role {
    /// Whether it is a value of the region itself, measured or computed.
    pub fn is_value(self) -> bool {
        matches!(self, Role::Actual | Role::Derived)
    }
}

/// Whether two observations of one place say the same.
fn same_figure(a: &Observation, b: &Observation) -> bool {
    match (&a.quantity, &b.quantity) {
        (Some(x), Some(y)) => a.value == b.value && x.bound == y.bound && x.below == y.below,
        (None, None) => a.missing == b.missing,
        _ => false,
    }
}
