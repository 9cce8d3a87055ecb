//! Periods with figures, one of them, and a period in the regions below one.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::RowKind;
use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::changes::{changes, moves_view};
use crate::render::figures::{by_topic, number_anchors};
use crate::render::progress::below;
use crate::render::scene::Scene;
use crate::render::view::{
    Body, Link, MetricGroup, MetricRow, Page, TableRow, TableView, YearChildrenView, YearItem, YearPart, YearView,
    YearsView,
};
use crate::render::{Sheet, charts, section};
use crate::site::choice;
use crate::site::standing::{Moves, moves};
use crate::site::{Observation, Role};

pub(super) fn list_page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let item = |period: Period| YearItem {
        link: scene.period(period),
        regions: site.of_period(period).map(|one| one.region).collect::<BTreeSet<_>>().len(),
        figures: site.of_period(period).filter(|one| one.quantity.is_some()).count(),
        reports: site.reports_in(period).count(),
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
    let parents = crate::plan::year_parents(site, period);
    // Where the regions below have pages of their own, only those with nothing above stand here.
    let shown = |id: RegionId| parents.is_empty() || site.regions.get(id).parent.is_none();
    let reports = site.reports_in(period).filter(|(_, report)| shown(report.region));
    let alike: Vec<Period> = site.periods().filter(|one| one.is_full_year() == period.is_full_year()).collect();
    let at = alike.iter().position(|one| *one == period);
    let beside = |step: isize| {
        let next = at?.checked_add_signed(step)?;
        alike.get(next).map(|one| scene.period(*one))
    };
    let view = YearView {
        period: period.to_string(),
        full: period.is_full_year(),
        charts: charts::chosen(scene, choice::year(site, period)),
        changes: changes(scene, site.of_period(period)),
        parts: parts(scene, period, &parents),
        groups: groups(scene, site.of_period(period).filter(|one| shown(one.region))),
        reports: reports.map(|(id, report)| scene.report_item(id, report)).collect(),
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

/// All figures by topic, and targets without a figure. Other regions stand in the same table, and trends on their own pages.
fn groups<'a>(scene: &Scene<'_>, figures: impl Iterator<Item = &'a Observation>) -> Vec<MetricGroup> {
    let site = scene.site;
    let no_value = |goal: &Observation| site.value_at(goal.indicator, goal.region, goal.period).is_none();
    let mut rows: Vec<(IndicatorId, MetricRow)> = figures
        .filter(|one| one.role.is_value() || (one.role == Role::Target && no_value(one)))
        .filter_map(|one| {
            let goal = site.target_at(one.indicator, one.region, one.period);
            let value = one.role.is_value().then_some(one);
            let row = scene.metric_row(value, goal, None)?;
            Some((one.indicator, MetricRow { period: String::new(), parent: None, spark: String::new(), ..row }))
        })
        .collect();
    rows.sort_by_key(|(id, _)| *id);
    let mut groups = by_topic(scene, rows);
    number_anchors(&mut groups);
    groups
}

/// The regions below each parent, with how their figures moved.
fn parts(scene: &Scene<'_>, period: Period, parents: &[RegionId]) -> Vec<YearPart> {
    let site = scene.site;
    let mut below_of: BTreeMap<RegionId, Vec<&Observation>> = BTreeMap::new();
    if !parents.is_empty() {
        for one in site.of_period(period).filter(|one| one.role.is_value()) {
            if let Some(parent) = site.regions.get(one.region).parent {
                below_of.entry(parent).or_default().push(one);
            }
        }
    }
    let part = |parent: &RegionId| {
        let figures = below_of.get(parent)?;
        let moves: Moves = moves(site, figures.iter().copied());
        let url = scene.plan.link(scene.path, &PageKind::YearChildren(period, *parent));
        Some(YearPart {
            link: Link { url, ..below(scene, *parent) },
            regions: figures.iter().map(|one| one.region).collect::<BTreeSet<_>>().len(),
            figures: figures.iter().filter(|one| one.quantity.is_some()).count(),
            moves: moves_view(&moves, scene.zh),
        })
    };
    parents.iter().filter_map(part).collect()
}

pub(super) fn children_page(scene: &Scene<'_>, period: Period, parent: RegionId) -> Page {
    let site = scene.site;
    let children = site.children(Some(parent));
    let figures: Vec<&Observation> =
        children.iter().flat_map(|id| site.of_region(*id)).filter(|one| one.period == period).collect();
    let deeper = |id: &&RegionId| scene.plan.page_path(&PageKind::YearChildren(period, **id)).is_some();
    let link = |id: &RegionId| Link {
        url: scene.plan.link(scene.path, &PageKind::YearChildren(period, *id)),
        ..below(scene, *id)
    };
    let reports = children.iter().flat_map(|id| site.reports_of(*id)).filter(|(_, report)| report.period == period);
    let view = YearChildrenView {
        period: scene.period(period),
        parent: scene.region(parent),
        full: period.is_full_year(),
        changes: changes(scene, figures.iter().copied()),
        tables: tables(scene, period, children, &figures),
        deeper: children.iter().filter(deeper).map(link).collect(),
        reports: reports.map(|(id, report)| scene.report_item(id, report)).collect(),
    };
    let (name, when) = (below(scene, parent).name, period.label(scene.zh));
    let sheet = Sheet {
        template: "year-children.html",
        title: if scene.zh { format!("{when}{name}") } else { format!("{when}: {name}") },
        description: String::new(),
        column: ("时期", "Periods", "数据发布"),
        breadcrumb: vec![section(scene, &PageKind::Years, "时期", "Periods"), scene.period(period)],
    };
    sheet.page(scene, Body::YearChildren(Box::new(view)))
}

/// Region × indicator, a table a topic, for the indicators with values.
fn tables(scene: &Scene<'_>, period: Period, regions: &[RegionId], figures: &[&Observation]) -> Vec<TableView> {
    let site = scene.site;
    let used: BTreeSet<IndicatorId> =
        figures.iter().filter(|one| one.role.is_value()).map(|one| one.indicator).collect();
    let mut topics: Vec<(&str, Vec<IndicatorId>)> = Vec::new();
    for id in used {
        let topic = &*site.indicators.get(id).topic;
        match topics.iter_mut().find(|(name, _)| *name == topic) {
            Some((_, list)) => list.push(id),
            None => topics.push((topic, vec![id])),
        }
    }
    let head = |id: &IndicatorId| {
        let indicator = site.indicators.get(*id);
        let (name, unit) = (scene.indicator_name(indicator), indicator.unit.symbol());
        match (unit.is_empty(), scene.zh) {
            (true, _) => name,
            (false, true) => format!("{name}（{unit}）"),
            (false, false) => format!("{name} ({unit})"),
        }
    };
    let row = |id: RegionId, list: &[IndicatorId]| {
        let cells = list.iter().map(|indicator| {
            let symbol = site.indicators.get(*indicator).unit.symbol();
            let figure = site.value_at(*indicator, id, period).map(|one| scene.figure(one)).unwrap_or_default();
            // The unit stands in the head of the column.
            let unit = if figure.unit == symbol { String::new() } else { figure.unit.clone() };
            crate::render::view::FigureView { unit, ..figure }
        });
        TableRow { head: scene.region(id), emphasis: false, rank: 0, cells: cells.collect() }
    };
    let table = |(topic, list): (&str, Vec<IndicatorId>)| {
        let has = |id: &&RegionId| list.iter().any(|one| site.value_at(*one, **id, period).is_some());
        TableView {
            caption: if topic.is_empty() { period.label(scene.zh) } else { topic.to_owned() },
            head: std::iter::once(RowKind::Region.label(charts::lang(scene)).to_owned())
                .chain(list.iter().map(head))
                .collect(),
            rows: regions.iter().filter(has).map(|id| row(*id, &list)).collect(),
        }
    };
    topics.into_iter().map(table).collect()
}
