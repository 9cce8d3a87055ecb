//! The site as a whole: visible reports in order, one observation for every figure, looked up by indicator, region and
//! period. What may stand beside what is decided in `compare`, whether a target is met in `target`. Two values for one
//! place are reported here, because only here both are known.

pub mod choice;
pub mod compare;
pub(crate) mod derive;
pub mod standing;
pub use derive::{Computed, compute, formula_fits, half_step};
pub mod reads;
mod revised;
pub mod selection;
pub mod target;

use std::collections::{BTreeMap, BTreeSet};

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::indicator::{IndicatorId, Indicators};
use crate::load::Content;
use crate::load::outline::resolve;
use crate::period::Period;
use crate::quantity::{Bound, Quantity};
use crate::region::{RegionId, Regions};
use crate::report::{ContentFile, FreePage, Metric, Missing, Report, Status};
use crate::revision::{Aspect, Place, Revision};
use crate::signature::Signature;
use crate::site::reads::{Cell, note, note_as};
use crate::source::Span;
use crate::unit::{Units, convert};

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
    pub quantity: Option<Arc<Quantity>>,
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

    /// What it is about, where the ledger of revisions can name it.
    pub fn place(&self) -> Option<Place> {
        let aspect = match self.role {
            Role::Actual => Aspect::Value,
            Role::Target => Aspect::Target,
            Role::Baseline | Role::Derived => return None,
        };
        Some(Place { indicator: self.indicator, region: self.region, period: self.period, aspect })
    }

    /// Whether the figure is one exact value.
    pub fn is_exact(&self) -> bool {
        self.quantity.as_deref().is_some_and(Quantity::is_exact)
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
    /// Signatures of reports, those of hidden ones too; no page shows them.
    pub signatures: Vec<Signature>,
    reports: Vec<Arc<Report>>,
    home: Option<FreePage>,
    pages: Vec<FreePage>,
    files: Vec<ContentFile>,
    /// Newest first.
    revisions: Vec<Revision>,
    observations: Vec<Observation>,
    by_series: BTreeMap<(IndicatorId, RegionId), Range<u32>>,
    /// The series with a break; few as a rule.
    broken: BTreeSet<(IndicatorId, RegionId)>,
    by_region: BTreeMap<RegionId, Vec<u32>>,
    by_indicator: BTreeMap<IndicatorId, Range<u32>>,
    by_period: BTreeMap<Period, Vec<u32>>,
    reports_by_region: BTreeMap<RegionId, Vec<ReportId>>,
    reports_by_period: BTreeMap<Period, Vec<ReportId>>,
    children: BTreeMap<Option<RegionId>, Vec<RegionId>>,
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
        let Content { config, indicators, regions, units, revisions, reports, home, pages, mut files, signatures } =
            content;
        let (mut reports, hidden): (Vec<_>, Vec<_>) = reports.into_iter().partition(|report| {
            let open = report.publish.is_none_or(|day| day <= show.today);
            let valid = report.expires.is_none_or(|day| show.today < day);
            (show.drafts || !report.draft) && open && valid
        });
        let shown = |page: &FreePage| show.drafts || !page.draft;
        let (pages, hidden_pages): (Vec<_>, Vec<_>) = pages.into_iter().partition(shown);
        let (home, hidden_home) =
            home.map_or((None, None), |page| if shown(&page) { (Some(page), None) } else { (None, Some(page)) });
        // The attachments of a text nobody may read yet stay at home with it.
        let own = attached(&hidden, hidden_pages.iter().chain(&hidden_home));
        let public = attached(&reports, pages.iter().chain(&home));
        files.retain(|file| !own.contains(&*file.path) || public.contains(&*file.path));
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
        twins(&reports, &regions, found);
        let (shown, hidden) = (reports.as_slice(), hidden.as_slice());
        let bench = revised::Bench { indicators: &indicators, regions: &regions, shown, hidden, today: show.today };
        let revisions = revised::settle(revisions, bench, found);
        let mut site = Site {
            config,
            indicators,
            regions,
            units,
            today: show.today,
            signatures,
            reports,
            home,
            pages,
            files,
            revisions,
            observations: Vec::new(),
            by_series: BTreeMap::new(),
            broken: BTreeSet::new(),
            by_region: BTreeMap::new(),
            by_indicator: BTreeMap::new(),
            by_period: BTreeMap::new(),
            reports_by_region: BTreeMap::new(),
            reports_by_period: BTreeMap::new(),
            children: BTreeMap::new(),
        };
        site.observations = site.observe(found);
        revised::mark(&mut site.observations, &site.revisions, site.config.language.is_chinese());
        site.index();
        let derived = derive::derived(&site);
        if !derived.is_empty() {
            site.observations.extend(derived);
            site.index();
        }
        site.shelve();
        site
    }

    /// One observation a place and role; a second, different one is a mistake.
    fn observe(&self, found: &mut Vec<Diagnostic>) -> Vec<Observation> {
        let of_report = |(at, report): (usize, &Arc<Report>)| -> Vec<Observation> {
            report.metrics.iter().flat_map(|metric| self.of_metric(ReportId(at as u32), metric)).collect()
        };
        let mut all: Vec<Observation> = self.reports.par_iter().enumerate().flat_map_iter(of_report).collect();
        // Stable: of two figures for one place the first report's stays first.
        all.par_sort_by_key(place);
        let mut one_each: Vec<Observation> = Vec::with_capacity(all.len());
        for observation in all {
            match one_each.last_mut().filter(|first| place(first) == place(&observation)) {
                None => one_each.push(observation),
                Some(first) if self.same_figure(first, &observation) => merge(first, observation),
                Some(first) if first.quantity.is_none() && observation.quantity.is_some() => *first = observation,
                Some(_) if observation.quantity.is_none() => {}
                Some(first) => found.push(self.duplicate(first, &observation)),
            }
        }
        one_each
    }

    fn of_metric(&self, report: ReportId, metric: &Metric) -> Vec<Observation> {
        let unit = &self.indicators.get(metric.indicator).unit;
        let make = |role, quantity: Option<&Arc<Quantity>>, region, span| Observation {
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

    /// Whether two observations of one place say the same, in other units (5.4‰, 0.54%) or rounded (1.7亿, 16958万).
    fn same_figure(&self, a: &Observation, b: &Observation) -> bool {
        let unit = &self.indicators.get(a.indicator).unit;
        let below =
            |one: &Quantity| one.below.map(|end| one.unit.as_ref().map_or(Some(end), |from| convert(end, from, unit)));
        let (Some(x), Some(y)) = (&a.quantity, &b.quantity) else {
            return a.quantity.is_none() && b.quantity.is_none() && a.missing == b.missing;
        };
        if x.bound != y.bound || below(x) != below(y) {
            return false;
        }
        let distance = a.value.zip(b.value).map(|(x, y)| (x - y).abs());
        // The coarser wording may be the finer one rounded; bounds are not rounded.
        let half = half_step(x, unit).zip(half_step(y, unit)).map_or(Decimal::ZERO, |(x, y)| x.max(y));
        let allowed = if x.is_exact() { half } else { Decimal::ZERO };
        let finest = half_step(x, unit) != half_step(y, unit);
        distance.is_some_and(|distance| distance.is_zero() || (finest && distance <= allowed))
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
        self.observations.par_sort_by_key(place);
        let ends = |same: fn(&Observation, &Observation) -> bool| {
            let mut at = 0;
            self.observations.chunk_by(same).map(move |chunk| {
                let start = at;
                at += chunk.len();
                (&chunk[0], start as u32..at as u32)
            })
        };
        // In order already: whole stretches.
        let series = ends(|a, b| (a.indicator, a.region) == (b.indicator, b.region));
        self.by_series = series.map(|(one, range)| ((one.indicator, one.region), range)).collect();
        self.by_indicator =
            ends(|a, b| a.indicator == b.indicator).map(|(one, range)| (one.indicator, range)).collect();
        let breaks = self.observations.iter().filter(|one| one.status == Status::Break);
        self.broken = breaks.map(|one| (one.indicator, one.region)).collect();
        self.by_region.clear();
        self.by_period.clear();
        for (at, one) in self.observations.iter().enumerate() {
            let at = at as u32;
            self.by_region.entry(one.region).or_default().push(at);
            self.by_period.entry(one.period).or_default().push(at);
        }
    }

    /// Indexes what does not change with derived figures: reports, and which region lies below which.
    fn shelve(&mut self) {
        for (at, report) in self.reports.iter().enumerate() {
            let id = ReportId(at as u32);
            self.reports_by_region.entry(report.region).or_default().push(id);
            self.reports_by_period.entry(report.period).or_default().push(id);
        }
        let with_data = self.regions_with_data();
        let above = with_data.iter().flat_map(|id| self.regions.ancestors(*id));
        let shown: BTreeSet<RegionId> = above.chain(with_data.iter().copied()).collect();
        let mut shown: Vec<RegionId> = shown.into_iter().collect();
        shown.sort_by_key(|id| self.regions.get(*id).code.clone());
        for id in shown {
            self.children.entry(self.regions.get(id).parent).or_default().push(id);
        }
    }

    fn stretch(&self, range: Option<&Range<u32>>) -> &[Observation] {
        range.map_or(&[], |range| &self.observations[range.start as usize..range.end as usize])
    }

    fn pick<'a>(&'a self, at: Option<&'a Vec<u32>>) -> impl DoubleEndedIterator<Item = &'a Observation> + Clone + 'a {
        at.map(Vec::as_slice).unwrap_or_default().iter().map(|at| &self.observations[*at as usize])
    }

    /// All observations, by indicator, region, period and role.
    pub fn observations(&self) -> &[Observation] {
        note(Cell::Observations);
        &self.observations
    }

    /// Everything about an indicator in a region, by period.
    pub fn series(
        &self,
        indicator: IndicatorId,
        region: RegionId,
    ) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        note(Cell::series(indicator, region));
        self.stretch(self.by_series.get(&(indicator, region))).iter()
    }

    /// The measured values of an indicator in a region, by period; a computed value stands where none was stated.
    pub fn values(
        &self,
        indicator: IndicatorId,
        region: RegionId,
    ) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        self.series(indicator, region).filter(|one| one.role.is_value())
    }

    /// Whether a break stands anywhere among the figures of an indicator in a region.
    pub fn has_break(&self, indicator: IndicatorId, region: RegionId) -> bool {
        note(Cell::series(indicator, region));
        self.broken.contains(&(indicator, region))
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
        note(Cell::Region(region.0));
        self.pick(self.by_region.get(&region))
    }

    /// Everything about an indicator.
    pub fn of_indicator(&self, indicator: IndicatorId) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        note(Cell::Indicator(indicator.0));
        self.stretch(self.by_indicator.get(&indicator)).iter()
    }

    /// Everything about a period.
    pub fn of_period(&self, period: Period) -> impl DoubleEndedIterator<Item = &Observation> + Clone {
        note_as(|| Cell::period(period));
        self.pick(self.by_period.get(&period))
    }

    /// Periods with figures, oldest first.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = Period> + '_ {
        note(Cell::Periods);
        self.by_period.keys().copied()
    }

    /// Regions with figures or reports.
    pub fn regions_with_data(&self) -> BTreeSet<RegionId> {
        note(Cell::Regions);
        let reports = self.reports.iter().map(|report| report.region);
        self.by_region.keys().copied().chain(reports).collect()
    }

    /// The regions below a region, or at the top, that have figures or reports or lie above such, by code.
    pub fn children(&self, parent: Option<RegionId>) -> &[RegionId] {
        note(Cell::Children(parent.map(|id| id.0)));
        self.children.get(&parent).map(Vec::as_slice).unwrap_or_default()
    }

    /// The reports of a region, in order.
    pub fn reports_of(&self, region: RegionId) -> impl DoubleEndedIterator<Item = (ReportId, &Report)> {
        note(Cell::ReportsOf(region.0));
        let ids = self.reports_by_region.get(&region).map(Vec::as_slice).unwrap_or_default();
        ids.iter().map(|id| (*id, &*self.reports[id.0 as usize]))
    }

    /// The reports of a period, in order.
    pub fn reports_in(&self, period: Period) -> impl DoubleEndedIterator<Item = (ReportId, &Report)> {
        note_as(|| Cell::reports_in(period));
        let ids = self.reports_by_period.get(&period).map(Vec::as_slice).unwrap_or_default();
        ids.iter().map(|id| (*id, &*self.reports[id.0 as usize]))
    }

    /// The regions of an indicator's measured values, by code.
    pub fn regions_of(&self, indicator: IndicatorId) -> Vec<RegionId> {
        note(Cell::RegionsOf(indicator.0));
        let all = self.stretch(self.by_indicator.get(&indicator)).iter();
        let regions: BTreeSet<RegionId> = all.filter(|one| one.role.is_value()).map(|one| one.region).collect();
        let mut regions: Vec<RegionId> = regions.into_iter().collect();
        regions.sort_by(|a, b| self.regions.get(*a).code.cmp(&self.regions.get(*b).code));
        regions
    }

    /// A report.
    pub fn report(&self, id: ReportId) -> &Report {
        let report = &self.reports[id.0 as usize];
        note_as(|| Cell::Report(reads::name(&report.path)));
        report
    }

    /// The revisions of figures readers see and of figures withdrawn, newest first.
    pub fn revisions(&self) -> &[Revision] {
        note(Cell::Observations);
        &self.revisions
    }

    /// The revisions of a region's figures, newest first.
    pub fn revisions_of(&self, region: RegionId) -> impl Iterator<Item = &Revision> {
        note(Cell::Region(region.0));
        self.revisions.iter().filter(move |one| one.place.region == region)
    }

    /// The revisions of a figure, newest first.
    pub fn revisions_at(&self, place: Place) -> impl Iterator<Item = &Revision> {
        note(Cell::series(place.indicator, place.region));
        self.revisions.iter().filter(move |one| one.place == place)
    }

    /// index.md.
    pub fn home(&self) -> Option<&FreePage> {
        note(Cell::Page(reads::name("index.md")));
        self.home.as_ref()
    }

    /// A free page, by its place.
    pub fn page(&self, at: usize) -> &FreePage {
        let page = &self.pages[at];
        note_as(|| Cell::Page(reads::name(&page.path)));
        page
    }

    /// Visible free pages.
    pub fn pages(&self) -> &[FreePage] {
        note(Cell::Pages);
        &self.pages
    }

    /// Files that travel.
    pub fn files(&self) -> &[ContentFile] {
        note(Cell::Files);
        &self.files
    }

    /// Visible reports by region code, period, kind and path.
    pub fn all_reports(&self) -> &[Arc<Report>] {
        note(Cell::Reports);
        &self.reports
    }

    /// All reports with their index.
    pub fn reports(&self) -> impl ExactSizeIterator<Item = (ReportId, &Report)> + DoubleEndedIterator {
        note(Cell::Reports);
        self.reports.iter().enumerate().map(|(at, report)| (ReportId(at as u32), &**report))
    }
}

impl Role {
    /// Whether it is a value of the region itself, measured or computed.
    pub fn is_value(self) -> bool {
        matches!(self, Role::Actual | Role::Derived)
    }
}

/// What an observation is about: no two of a site share it.
fn place(one: &Observation) -> (IndicatorId, RegionId, Period, Role) {
    (one.indicator, one.region, one.period, one.role)
}

/// Files that texts link to, by path below `content/`.
fn attached<'a>(reports: &[Arc<Report>], pages: impl Iterator<Item = &'a FreePage>) -> BTreeSet<String> {
    let of_reports = reports.iter().map(|report| (report.path.clone(), &report.body));
    let all: Vec<_> = of_reports.chain(pages.map(|page| (page.path.clone(), &page.body))).collect();
    let targets = all.iter().flat_map(|(path, body)| {
        body.outline.references.iter().filter_map(move |reference| resolve(path, &reference.target))
    });
    targets.collect()
}

/// Reports two reports that are one: same region, period, kind and title.
fn twins(reports: &[Arc<Report>], regions: &Regions, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for report in reports {
        let key = (report.region, report.period, report.kind, report.title.as_str());
        match seen.get(&key) {
            None => {
                seen.insert(key, report.span);
            }
            Some(first) => found.push(
                Diagnostic::warning("duplicate-report", report.span)
                    .arg("region", &regions.get(report.region).name)
                    .arg("period", report.period)
                    .arg("kind", report.kind.id())
                    .related(*first, "first"),
            ),
        }
    }
}

/// Keeps the finer of two wordings of one figure, with what only the other says.
fn merge(first: &mut Observation, second: Observation) {
    let (finer, other) = match finer(first, &second) {
        true => (first.clone(), second),
        false => (second, first.clone()),
    };
    let text = |a: String, b: String| if a.is_empty() { b } else { a };
    *first = Observation {
        note: text(finer.note, other.note),
        target_source: text(finer.target_source, other.target_source),
        due: finer.due.or(other.due),
        status: if finer.status == Status::Normal { other.status } else { finer.status },
        ..finer
    };
}

/// Whether the first is printed to at least as many places.
fn finer(first: &Observation, second: &Observation) -> bool {
    let places = |one: &Observation| {
        one.quantity.as_ref().map_or(0, |figure| {
            let power = figure.unit.as_ref().map_or(0, |unit| i32::from(unit.power()));
            i32::from(figure.decimals) - i32::from(figure.scale) - power
        })
    };
    places(first) >= places(second)
}

#[cfg(test)]
pub(crate) mod sample;

#[cfg(test)]
mod tests {
    use super::sample::{site_of, site_with};

    /// The codes found and the figure kept for two statements about one place.
    fn check(first: &str, second: &str, expected: &str) {
        let sample = site_of(&format!("429006 2021 | {first}\n429006 2021 | {second}"));
        let indicator = first.split_once(' ').expect("an indicator").0;
        let kept = sample.value(indicator, "2021").quantity.as_ref().map(|figure| figure.as_written().to_owned());
        assert_eq!(format!("{} {}", sample.codes(), kept.unwrap_or_default()).trim(), expected, "{first} {second}");
    }

    #[test]
    fn one_figure_may_be_said_twice_but_not_two() {
        check(r#"rate = "5.4‰""#, r#"rate = "0.540%""#, "0.540%");
        check(r#"rate = "5.4‰""#, r#"rate = "5.5‰""#, "duplicate-metric 5.4‰");
        check(r#"people = "1.7亿人""#, r#"people = "16958万人""#, "16958万人");
        check(r#"people = "1.7亿人""#, r#"people = "16458万人""#, "duplicate-metric 1.7亿人");
        check(r#"people = "3034人""#, r#"people = "3035人""#, "duplicate-metric 3034人");
        check(r#"rate = "5‰余""#, r#"rate = "0.5%余""#, "5‰余");
        check(r#"share = "85%以上""#, r#"share = "≥85%""#, "85%以上");
        check(r#"share = "85%以上""#, r#"share = "85%""#, "duplicate-metric 85%以上");
        check(r#"share = { missing = "pending" }"#, r#"share = "85%""#, "85%");
    }

    fn report(head: &str, body: &str) -> String {
        format!("+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n{head}\n+++\n{body}")
    }

    #[test]
    fn hidden_reports_hide_their_files_and_figures() {
        let shown = |head: &str| {
            let files = [
                ("a.md", report(&format!("{head}\n[metrics]\nrate = \"1‰\""), "[表](a.csv) [总表](all.csv)")),
                ("b.md", report("kind = \"plan\"", "[总表](all.csv)")),
                ("a.csv", "1".to_owned()),
                ("all.csv", "2".to_owned()),
            ];
            let sample = site_with(&files.map(|(path, text)| (path.to_owned(), text)));
            let files: Vec<_> = sample.site.files.iter().map(|file| file.path.to_string()).collect();
            format!("{} {} {}", sample.site.reports.len(), sample.site.observations().len(), files.join(" "))
        };
        assert_eq!(shown(""), "2 1 a.csv all.csv");
        assert_eq!(shown("draft = true"), "1 0 all.csv");
        assert_eq!(shown("publish = 2026-06-30"), "2 1 a.csv all.csv");
        assert_eq!(shown("publish = 2026-07-01"), "1 0 all.csv");
        assert_eq!(shown("expires = 2026-06-30"), "1 0 all.csv");
        assert_eq!(shown("expires = 2026-07-01"), "2 1 a.csv all.csv");
    }

    #[test]
    fn a_report_written_twice_is_noticed() {
        let codes = |head: &str| {
            let files = [("a.md".to_owned(), report("", "")), ("b.md".to_owned(), report(head, ""))];
            site_with(&files).codes()
        };
        assert_eq!(codes(""), "duplicate-report");
        assert_eq!(codes("kind = \"plan\""), "");
    }
}
