//! The tree of regions and the profile of one.

use std::collections::{BTreeMap, BTreeSet};

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::figures::{headline, key_figures, targets};
use crate::render::scene::Scene;
use crate::render::view::{
    Body, FigureView, MetricRow, Page, RegionGroup, RegionNode, RegionRow, RegionView, RegionsView,
};
use crate::render::{Sheet, charts, data, section};

/// Most charts of a profile.
const CHARTS: usize = 6;
/// Most period columns of a table; older ones are on the indicator pages.
const PERIODS: usize = 10;

pub(super) fn tree_page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let with_data = site.regions_with_data();
    let mut children: BTreeMap<Option<RegionId>, BTreeSet<RegionId>> = BTreeMap::new();
    for id in &with_data {
        let way = std::iter::once(*id).chain(site.regions.ancestors(*id));
        for step in way {
            children.entry(site.regions.get(step).parent).or_default().insert(step);
        }
    }
    let mut reports: BTreeMap<RegionId, usize> = BTreeMap::new();
    for report in &site.reports {
        *reports.entry(report.region).or_default() += 1;
    }
    let view = RegionsView { tree: nodes(scene, None, &children, &reports) };
    let sheet = Sheet {
        template: "regions.html",
        title: if scene.zh { "地区" } else { "Regions" }.to_owned(),
        description: String::new(),
        column: ("地区", "Regions", "数据发布"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Regions(view))
}

fn nodes(
    scene: &Scene<'_>,
    parent: Option<RegionId>,
    children: &BTreeMap<Option<RegionId>, BTreeSet<RegionId>>,
    reports: &BTreeMap<RegionId, usize>,
) -> Vec<RegionNode> {
    let mut below: Vec<RegionId> = children.get(&parent).into_iter().flatten().copied().collect();
    below.sort_by_key(|id| scene.site.regions.get(*id).code.clone());
    let node = |id: RegionId| RegionNode {
        link: scene.region(id),
        level: scene.site.regions.get(id).level.label(scene.zh).to_owned(),
        reports: reports.get(&id).copied().unwrap_or(0),
        children: nodes(scene, Some(id), children, reports),
    };
    below.into_iter().map(node).collect()
}

pub(super) fn page(scene: &Scene<'_>, id: RegionId) -> Page {
    let site = scene.site;
    let region = site.regions.get(id);
    let own = Some(id);
    let indicators: BTreeSet<IndicatorId> =
        site.of_region(id).filter(|one| one.role.is_value()).map(|one| one.indicator).collect();
    let newest: Vec<_> = indicators.iter().filter_map(|one| scene.newest(*one, id)).collect();
    let mut reports: Vec<_> = site.reports().filter(|(_, report)| report.region == id).collect();
    reports.reverse();
    let children: BTreeSet<RegionId> = site
        .regions_with_data()
        .into_iter()
        .flat_map(|with| std::iter::once(with).chain(site.regions.ancestors(with)).collect::<Vec<_>>())
        .filter(|one| site.regions.get(*one).parent == own)
        .collect();
    let history = site.regions.former_of(id).map(|former| {
        if scene.zh {
            format!("{}年以前的代码{}（{}）", former.year, former.code, former.name)
        } else {
            format!("code {} ({}) until {}", former.code, former.name, former.year)
        }
    });
    let view = RegionView {
        code: region.code.to_string(),
        level: region.level.label(scene.zh).to_owned(),
        full_name: site.regions.full_name(id),
        parent: region.parent.map(|parent| scene.region(parent)),
        children: children.into_iter().map(|child| scene.region(child)).collect(),
        history: history.collect(),
        key_figures: key_figures(scene, newest.iter().copied(), own),
        groups: groups(scene, id, &indicators),
        charts: trend_charts(scene, id, &indicators),
        progress: targets(scene, site.of_region(id), own)
            .into_iter()
            .map(|(.., row)| MetricRow { anchor: String::new(), ..row })
            .collect(),
        reports: reports.into_iter().map(|(id, report)| scene.report_item(id, report)).collect(),
        files: data::of_region(scene, id),
    };
    let mut breadcrumb = vec![section(scene, &PageKind::Regions, "地区", "Regions")];
    let above: Vec<RegionId> = site.regions.ancestors(id).collect();
    breadcrumb.extend(above.into_iter().rev().map(|above| scene.region(above)));
    let sheet = Sheet {
        template: "region.html",
        title: region.name.to_string(),
        description: String::new(),
        column: ("地区", "Regions", "数据发布"),
        breadcrumb,
    };
    sheet.page(scene, Body::Region(Box::new(view)))
}

/// Indicator × period, by topic; each topic has the periods its figures have.
fn groups(scene: &Scene<'_>, id: RegionId, indicators: &BTreeSet<IndicatorId>) -> Vec<RegionGroup> {
    let site = scene.site;
    let mut topics: Vec<(&str, Vec<IndicatorId>)> = Vec::new();
    for indicator in indicators {
        let topic = &*site.indicators.get(*indicator).topic;
        match topics.iter_mut().find(|(name, _)| *name == topic) {
            Some((_, list)) => list.push(*indicator),
            None => topics.push((topic, vec![*indicator])),
        }
    }
    let group = |(topic, list): (&str, Vec<IndicatorId>)| {
        let periods: BTreeSet<Period> =
            list.iter().flat_map(|one| site.values(*one, id).map(|value| value.period)).collect();
        let mut periods: Vec<Period> = periods.into_iter().rev().take(PERIODS).collect();
        periods.reverse();
        let row = |indicator: &IndicatorId| {
            let cell = |period: &Period| {
                site.value_at(*indicator, id, *period).map(|value| scene.figure(value)).unwrap_or_default()
            };
            RegionRow {
                indicator: scene.indicator(*indicator),
                unit: site.indicators.get(*indicator).unit.symbol().to_owned(),
                cells: periods.iter().map(cell).collect(),
                spark: scene.spark(*indicator, id),
                parent: parent_newest(scene, *indicator, id),
            }
        };
        RegionGroup {
            topic: topic.to_owned(),
            periods: periods.iter().map(|period| period.label(scene.zh)).collect(),
            rows: list.iter().map(row).collect(),
        }
    };
    topics.into_iter().map(group).collect()
}

/// The value of the region above for the newest period of the region.
fn parent_newest(scene: &Scene<'_>, indicator: IndicatorId, id: RegionId) -> FigureView {
    let compares = scene.site.indicators.get(indicator).compares_across_levels();
    let newest = scene.newest(indicator, id).filter(|_| compares);
    let above = newest.and_then(|newest| {
        scene.site.regions.ancestors(id).find_map(|above| scene.site.value_at(indicator, above, newest.period))
    });
    let view = above.map(|one| {
        let note = format!("{} {}", scene.site.regions.get(one.region).name, one.period.label(scene.zh));
        FigureView { note, ..scene.figure(one) }
    });
    view.unwrap_or_default()
}

fn trend_charts(
    scene: &Scene<'_>,
    id: RegionId,
    indicators: &BTreeSet<IndicatorId>,
) -> Vec<crate::render::view::ChartView> {
    let site = scene.site;
    let headline = headline(site);
    let years = |one: &IndicatorId| {
        site.values(*one, id).filter(|value| value.is_exact() && value.period.is_full_year()).count()
    };
    let mut chosen: Vec<(usize, std::cmp::Reverse<usize>, IndicatorId)> = indicators
        .iter()
        .map(|one| (one, years(one)))
        .filter(|(_, years)| *years >= 2)
        .map(|(one, years)| {
            let place = headline.iter().position(|id| id == one).unwrap_or(usize::MAX);
            (place, std::cmp::Reverse(years), *one)
        })
        .collect();
    chosen.sort();
    chosen.truncate(CHARTS);
    let tables = chosen.into_iter().map(|(.., indicator)| {
        let mut regions = vec![id];
        if site.indicators.get(indicator).compares_across_levels() {
            regions.extend(site.regions.ancestors(id));
        }
        let chart = format!("chart-{}", site.indicators.get(indicator).id);
        charts::trend(scene, chart, indicator, &regions, Some(id), None)
    });
    charts::views(scene, tables)
}
