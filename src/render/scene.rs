//! The page being looked at and everything it may speak of; the small views that many pages share are made here.

use rust_decimal::Decimal;

use crate::indicator::{Indicator, IndicatorId};
use crate::period::Period;
use crate::plan::{PageKind, Plan};
use crate::quantity::{self, Quantity};
use crate::region::RegionId;
use crate::render::spark::spark;
use crate::render::view::{ChangeView, FigureView, KeyFigure, Link, MetricRow, ReportItem, StatusView};
use crate::render::words;
use crate::report::Report;
use crate::site::compare::{self, Apart};
use crate::site::target::{self, TargetState};
use crate::site::{Observation, ReportId, Site};

/// One page being looked at.
#[derive(Clone)]
pub struct Scene<'a> {
    /// The site.
    pub site: &'a Site,
    /// The plan.
    pub plan: &'a Plan,
    /// Path of the page.
    pub path: &'a str,
    /// Whether the words are Chinese.
    pub zh: bool,
    /// Names of units that stay with their figures.
    pub unit_names: std::sync::Arc<Vec<String>>,
}

impl Scene<'_> {
    pub(super) fn region(&self, id: RegionId) -> Link {
        let url = self.plan.link(self.path, &PageKind::Region(id));
        let current = self.plan.page_path(&PageKind::Region(id)).is_some_and(|path| **path == *self.path);
        Link { name: self.site.regions.get(id).name.to_string(), url, current, note: String::new() }
    }

    pub(super) fn indicator_name(&self, indicator: &Indicator) -> String {
        if self.zh || indicator.name_en.is_empty() { indicator.name.to_string() } else { indicator.name_en.clone() }
    }

    pub(super) fn indicator(&self, id: IndicatorId) -> Link {
        let url = self.plan.link(self.path, &PageKind::Indicator(id));
        Link { name: self.indicator_name(self.site.indicators.get(id)), url, ..Link::default() }
    }

    pub(super) fn period(&self, period: Period) -> Link {
        let url = self.plan.link(self.path, &PageKind::Year(period));
        Link { name: period.label(self.zh), url, ..Link::default() }
    }

    pub(super) fn report_link(&self, id: ReportId) -> Link {
        let report = self.site.report(id);
        let url = self.plan.link(self.path, &PageKind::Report(id));
        Link { name: report.title.clone(), url, ..Link::default() }
    }

    pub(super) fn report_item(&self, id: ReportId, report: &Report) -> ReportItem {
        ReportItem {
            link: self.report_link(id),
            region: self.region(report.region),
            period: report.period.label(self.zh),
            kind: words::kind(report.kind, self.zh).to_owned(),
            date: report.date.map(|date| date.to_string()).unwrap_or_default(),
            publisher: report.publisher.clone(),
            summary: report.summary.clone(),
            figures: report.metrics.len(),
        }
    }

    pub(super) fn quantity(&self, quantity: &Quantity, indicator: &Indicator) -> FigureView {
        let written = quantity.as_written();
        let symbol = quantity.unit.as_ref().map(|unit| unit.symbol()).unwrap_or_default();
        let (number, unit) = match written.strip_suffix(symbol) {
            Some(number) if !symbol.is_empty() => (number.to_owned(), symbol.to_owned()),
            // A bare figure such as `0` is shown as written, with the indicator's unit beside it.
            _ if quantity.unit.is_none() => (written.to_owned(), indicator.unit.symbol().to_owned()),
            _ => (written.to_owned(), String::new()),
        };
        let exact = quantity.is_exact().then(|| quantity.value_in(&indicator.unit)).flatten();
        FigureView {
            written: written.to_owned(),
            number,
            unit,
            value: exact.map(|value| value.normalize().to_string()).unwrap_or_default(),
            ..FigureView::default()
        }
    }

    pub(super) fn figure(&self, one: &Observation) -> FigureView {
        let indicator = self.site.indicators.get(one.indicator);
        let base = one.quantity.as_ref().map(|quantity| self.quantity(quantity, indicator)).unwrap_or_default();
        FigureView {
            flag: words::status(one.status, self.zh).to_owned(),
            missing: match (&one.quantity, one.missing) {
                (None, Some(missing)) => words::missing(missing, self.zh).to_owned(),
                _ => String::new(),
            },
            note: one.note.clone(),
            formula: one.formula.clone(),
            ..base
        }
    }

    pub(super) fn change(&self, one: &Observation) -> ChangeView {
        match compare::change(self.site, one) {
            Ok(change) => {
                let direction = direction(change.difference);
                let judgement = if change.rounding { "rounding" } else { judgement(change.better) };
                let against = words::against(&change.against.label(self.zh), self.zh);
                ChangeView {
                    direction,
                    amount: change.amount,
                    judgement,
                    against,
                    formula: change.formula,
                    reason: String::new(),
                }
            }
            Err(Apart::Missing) => ChangeView::default(),
            Err(apart) => ChangeView { reason: apart.reason(self.zh).to_owned(), ..ChangeView::default() },
        }
    }

    /// The state of a target by the figure that answers it, whichever line it is shown on.
    pub(super) fn status(&self, goal: &Observation) -> (StatusView, TargetState) {
        let indicator = self.site.indicators.get(goal.indicator);
        let value = target::result(self.site, goal);
        let progress = target::progress(value, goal, indicator, self.site.today);
        let (code, sign, word) = words::target_state(progress.state, self.zh);
        let words = progress.doubt.map_or(progress.working, |doubt| doubt.reason(self.zh).to_owned());
        let other = value.map(|one| one.period).filter(|period| *period != goal.period && !words.is_empty());
        let working = match other {
            Some(period) if self.zh => format!("{}：{words}", period.label(true)),
            Some(period) => format!("{}: {words}", period.label(false)),
            None => words,
        };
        (StatusView { code, sign, word: word.to_owned(), working }, progress.state)
    }

    /// Value over target of counts: 推算, with its working.
    pub(super) fn completion(&self, value: &Observation, goal: &Observation) -> FigureView {
        let Some(completion) = target::completion(self.site, value, goal) else { return FigureView::default() };
        let number = quantity::format(completion.percent, 2);
        FigureView {
            written: format!("{number}%"),
            value: number.clone(),
            number,
            unit: "%".to_owned(),
            formula: completion.formula,
            ..FigureView::default()
        }
    }

    /// A line for a value, a target, or both, of one indicator, region and period.
    pub(super) fn metric_row(
        &self,
        value: Option<&Observation>,
        goal: Option<&Observation>,
        own: Option<RegionId>,
    ) -> Option<MetricRow> {
        let one = value.or(goal)?;
        let site = self.site;
        let parent = self.parent_value(one);
        Some(MetricRow {
            anchor: format!("m-{}", site.indicators.get(one.indicator).id),
            indicator: self.indicator(one.indicator),
            region: (own != Some(one.region)).then(|| self.region(one.region)),
            period: one.period.label(self.zh),
            figure: value.map(|value| self.figure(value)).unwrap_or_default(),
            target: goal.map(|goal| FigureView { note: String::new(), ..self.figure(goal) }).unwrap_or_default(),
            target_source: goal.map(|goal| goal.target_source.clone()).unwrap_or_default(),
            target_period: goal
                .filter(|goal| goal.period != one.period)
                .map(|goal| goal.period.label(self.zh))
                .unwrap_or_default(),
            due: goal.and_then(|goal| goal.due).map(|due| due.to_string()).unwrap_or_default(),
            status: goal.map(|goal| self.status(goal).0).unwrap_or_default(),
            completion: value.zip(goal).map(|(value, goal)| self.completion(value, goal)).unwrap_or_default(),
            change: value.map(|value| self.change(value)).unwrap_or_default(),
            parent,
            spark: self.spark(one.indicator, one.region),
            note: one.note.clone(),
        })
    }

    /// The nearest region above with a value for the same period.
    fn parent_value(&self, one: &Observation) -> Option<(Link, FigureView)> {
        let indicator = self.site.indicators.get(one.indicator);
        if !indicator.compares_across_levels() {
            return None;
        }
        self.site.regions.ancestors(one.region).find_map(|above| {
            let value = self.site.value_at(one.indicator, above, one.period)?;
            Some((self.region(above), self.figure(value)))
        })
    }

    pub(super) fn key_figure(&self, one: &Observation, own: Option<RegionId>) -> KeyFigure {
        let goal = self.site.target_at(one.indicator, one.region, one.period);
        KeyFigure {
            indicator: self.indicator(one.indicator),
            region: (own != Some(one.region)).then(|| self.region(one.region)),
            period: one.period.label(self.zh),
            figure: self.figure(one),
            status: goal.map(|goal| self.status(goal).0).unwrap_or_default(),
            change: self.change(one),
            spark: self.spark(one.indicator, one.region),
        }
    }

    /// A tiny trend of full years; empty when there are fewer than three comparable values.
    pub(super) fn spark(&self, indicator: IndicatorId, region: RegionId) -> String {
        let exact = |one: &&Observation| one.is_exact() && one.period.is_full_year();
        let mut before: Option<&Observation> = None;
        let mut points: Vec<(i16, Decimal, bool)> = Vec::new();
        for one in self.site.values(indicator, region).filter(exact) {
            let broken = before.is_some_and(|before| compare::broken(self.site, before, one));
            points.extend(one.value.map(|value| (one.period.year(), value, broken)));
            before = Some(one);
        }
        spark(&points)
    }

    /// The newest full-year value, else the newest value.
    pub(super) fn newest(&self, indicator: IndicatorId, region: RegionId) -> Option<&Observation> {
        compare::newest(self.site, indicator, region)
    }
}

/// `up`, `down` or `same`.
pub(super) fn direction(difference: Decimal) -> &'static str {
    match difference {
        difference if difference.is_zero() => "same",
        difference if difference.is_sign_positive() => "up",
        _ => "down",
    }
}

/// `better`, `worse`, or empty.
pub(super) fn judgement(better: Option<bool>) -> &'static str {
    match better {
        Some(true) => "better",
        Some(false) => "worse",
        None => "",
    }
}
