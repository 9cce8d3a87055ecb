//! Periods with figures, and one of them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::figures::{by_topic, headline, number_anchors};
use crate::render::scene::Scene;
use crate::render::view::{Body, MetricRow, Page, YearItem, YearView, YearsView};
use crate::render::{Sheet, charts, section};
use crate::site::compare::{self, change};
use crate::site::{Observation, Role};

/// Most rankings of a period.
const RANKINGS: usize = 6;
/// Most changes listed.
const CHANGES: usize = 20;

pub(super) fn list_page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let mut reports: BTreeMap<Period, usize> = BTreeMap::new();
    for report in &site.reports {
        *reports.entry(report.period).or_default() += 1;
    }
    let item = |period: Period| YearItem {
        link: scene.period(period),
        regions: site.of_period(period).map(|one| one.region).collect::<BTreeSet<_>>().len(),
        figures: site.of_period(period).filter(|one| one.quantity.is_some()).count(),
        reports: reports.get(&period).copied().unwrap_or(0),
    };
    let sheet = Sheet {
        template: "years.html",
        title: if scene.zh { "时期" } else { "Periods" }.to_owned(),
        description: String::new(),
        column: ("时期", "Periods", "数据发布"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Years(YearsView { items: site.periods().rev().map(item).collect() }))
}

pub(super) fn page(scene: &Scene<'_>, period: Period) -> Page {
    let site = scene.site;
    let mut rows: Vec<(IndicatorId, MetricRow)> = site
        .of_period(period)
        .filter(|one| one.role.is_value() || (one.role == Role::Target && no_value(scene, one)))
        .filter_map(|one| {
            let goal = site.target_at(one.indicator, one.region, period);
            let value = one.role.is_value().then_some(one);
            Some((one.indicator, scene.metric_row(value, goal, None)?))
        })
        .map(|(id, row)| (id, MetricRow { period: String::new(), ..row }))
        .collect();
    rows.sort_by_key(|(id, _)| *id);
    let mut groups = by_topic(scene, rows);
    number_anchors(&mut groups);
    let reports: Vec<_> = site
        .reports()
        .filter(|(_, report)| report.period == period)
        .map(|(id, report)| scene.report_item(id, report))
        .collect();
    let alike: Vec<Period> = site.periods().filter(|one| one.is_full_year() == period.is_full_year()).collect();
    let at = alike.iter().position(|one| *one == period);
    let beside = |step: isize| {
        let next = at?.checked_add_signed(step)?;
        alike.get(next).map(|one| scene.period(*one))
    };
    let view = YearView {
        period: period.to_string(),
        full: period.is_full_year(),
        charts: rankings(scene, period),
        changes: changes(scene, period),
        groups,
        reports,
        previous: beside(-1),
        next: beside(1),
    };
    let sheet = Sheet {
        template: "year.html",
        title: period.label(scene.zh),
        description: String::new(),
        column: ("时期", "Periods", "数据发布"),
        breadcrumb: vec![section(scene, &PageKind::Years, "时期", "Periods")],
    };
    sheet.page(scene, Body::Year(Box::new(view)))
}

fn no_value(scene: &Scene<'_>, goal: &Observation) -> bool {
    scene.site.value_at(goal.indicator, goal.region, goal.period).is_none()
}

/// Rankings of indicators with most comparable regions, headline indicators first.
fn rankings(scene: &Scene<'_>, period: Period) -> Vec<crate::render::view::ChartView> {
    let site = scene.site;
    let headline = headline(site);
    let indicators: BTreeSet<IndicatorId> =
        site.of_period(period).filter(|one| one.role.is_value()).map(|one| one.indicator).collect();
    let regions = |id: IndicatorId| -> Vec<RegionId> {
        site.of_indicator(id).filter(|one| one.period == period && one.role.is_value()).map(|one| one.region).collect()
    };
    let mut chosen: Vec<(usize, std::cmp::Reverse<usize>, IndicatorId)> = indicators
        .into_iter()
        .map(|id| (id, compare::ranking(site, id, period, &regions(id)).rows.len()))
        .filter(|(_, size)| *size >= 3)
        .map(|(id, size)| {
            let place = headline.iter().position(|one| *one == id).unwrap_or(usize::MAX);
            (place, std::cmp::Reverse(size), id)
        })
        .collect();
    chosen.sort();
    chosen.truncate(RANKINGS);
    let tables = chosen.into_iter().map(|(.., id)| {
        let chart = format!("chart-{}", site.indicators.get(id).id);
        charts::ranking(scene, chart, id, period, &regions(id), None)
    });
    charts::views(scene, tables)
}

/// The largest changes on the comparable period before, relative to the former value.
fn changes(scene: &Scene<'_>, period: Period) -> Vec<MetricRow> {
    let site = scene.site;
    let mut changed: Vec<(Decimal, &Observation)> = site
        .of_period(period)
        .filter(|one| one.role == Role::Actual)
        .filter_map(|one| {
            let change = change(site, one).ok().filter(|change| !change.difference.is_zero())?;
            let former = one.value? - change.difference;
            let size = change.difference.abs().checked_div(former.abs())?;
            Some((size, one))
        })
        .collect();
    changed.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| (x.indicator, x.region).cmp(&(y.indicator, y.region))));
    changed.truncate(CHANGES);
    changed
        .into_iter()
        .filter_map(|(_, one)| scene.metric_row(Some(one), None, None))
        .map(|row| MetricRow { anchor: String::new(), period: String::new(), ..row })
        .collect()
}
