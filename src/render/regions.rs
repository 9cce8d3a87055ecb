//! The tree of regions and the profile of one.

use std::collections::BTreeSet;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::figures::{key_figures, targets};
use crate::render::progress::missed_first;
use crate::render::scene::Scene;
use crate::render::view::{Body, MetricRow, Page, RegionGroup, RegionNode, RegionRow, RegionView, RegionsView};
use crate::render::{Sheet, charts, data, revisions, section, standing};
use crate::site::choice;

/// Most period columns of a table; older ones are on the indicator pages.
const PERIODS: usize = 10;

pub(super) fn tree_page(scene: &Scene<'_>) -> Page {
    let view = RegionsView { tree: nodes(scene, None) };
    let sheet = Sheet {
        template: "regions.html",
        title: if scene.zh { "地区" } else { "Regions" }.to_owned(),
        description: String::new(),
        column: ("地区", "Regions", "数据发布"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Regions(view))
}

fn nodes(scene: &Scene<'_>, parent: Option<RegionId>) -> Vec<RegionNode> {
    let node = |id: &RegionId| RegionNode {
        link: scene.region(*id),
        level: scene.site.regions.get(*id).level.label(scene.zh).to_owned(),
        reports: scene.site.reports_of(*id).count(),
        children: nodes(scene, Some(*id)),
    };
    scene.site.children(parent).iter().map(node).collect()
}

pub(super) fn page(scene: &Scene<'_>, id: RegionId) -> Page {
    let site = scene.site;
    let region = site.regions.get(id);
    let own = Some(id);
    let indicators: BTreeSet<IndicatorId> =
        site.of_region(id).filter(|one| one.role.is_value()).map(|one| one.indicator).collect();
    let newest: Vec<_> = indicators.iter().filter_map(|one| scene.newest(*one, id)).collect();
    let mut reports: Vec<_> = site.reports_of(id).collect();
    reports.reverse();
    let history = site.regions.former_of(id).map(|former| {
        if scene.zh {
            format!("{}年以前的代码{}（{}）", former.year, former.code, former.name)
        } else {
            format!("code {} ({}) until {}", former.code, former.name, former.year)
        }
    });
    let mut aimed = targets(scene, site.of_region(id), own);
    missed_first(&mut aimed);
    let view = RegionView {
        code: region.code.to_string(),
        level: region.level.label(scene.zh).to_owned(),
        full_name: site.regions.full_name(id),
        parent: region.parent.map(|parent| scene.region(parent)),
        children: site.children(own).iter().map(|child| scene.region(*child)).collect(),
        history: history.collect(),
        key_figures: key_figures(scene, newest.iter().copied(), own),
        beside: standing::beside(scene, id, &newest),
        standing: standing::view(scene, id, &indicators),
        groups: groups(scene, id, &indicators),
        charts: charts::chosen(scene, choice::region(site, id)),
        progress: aimed.into_iter().map(|(.., row)| MetricRow { anchor: String::new(), ..row }).collect(),
        reports: reports.into_iter().map(|(id, report)| scene.report_item(id, report)).collect(),
        files: data::of_region(scene, id),
        revisions: revisions::of_region(scene, id),
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
