//! The home page.

use crate::error::Result;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::figures::{counts, foremost, goals, headline, progress_counts};
use crate::render::scene::Scene;
use crate::render::view::{Body, Home, Link, LinkGroup, Page};
use crate::render::{Sheet, Studio, charts, figures};

/// Newest reports shown.
const LATEST: usize = 8;

pub(super) fn page(studio: &Studio<'_>, scene: &Scene<'_>) -> Result<Page> {
    let site = scene.site;
    let parts = match &site.home {
        Some(home) => studio.text(scene, &home.path, &home.body, None)?,
        None => Vec::new(),
    };
    let mut latest: Vec<_> = site.reports().collect();
    latest.sort_by(|(a_id, a), (b_id, b)| {
        let key = |one: &crate::report::Report| (one.period, one.date);
        key(b).cmp(&key(a)).then(a_id.cmp(b_id))
    });
    let with_data = site.regions_with_data();
    let top = top_region(scene, &with_data);
    let newest = headline(site).into_iter().filter_map(|id| scene.newest(id, top?));
    let newest: Vec<_> = newest.collect();
    let tables = headline(site).into_iter().take(4).filter_map(|id| {
        let chart = format!("chart-{}", site.indicators.get(id).id);
        charts::trend(scene, chart, id, &[top?], top, None)
    });
    let mut regions: Vec<RegionId> = with_data.into_iter().collect();
    regions.sort_by_key(|id| site.regions.get(*id).code.clone());
    let states = goals(site.observations().iter()).map(|goal| scene.status(goal).1);
    let view = Home {
        parts,
        key_figures: newest.into_iter().map(|one| scene.key_figure(one, None)).take(6).collect(),
        charts: charts::views(scene, tables.map(Some)),
        latest: latest.into_iter().take(LATEST).map(|(id, report)| scene.report_item(id, report)).collect(),
        regions: foremost(site, &regions).into_iter().map(|id| scene.region(id)).collect(),
        years: site.periods().rev().filter(|period| period.is_full_year()).map(|period| scene.period(period)).collect(),
        topics: topics(scene),
        progress: progress_counts(states),
        counts: counts(site),
    };
    let title = site.home.as_ref().map(|home| home.title.clone()).filter(|title| !title.is_empty());
    let sheet = Sheet {
        template: "home.html",
        title: title.unwrap_or_else(|| site.config.title.clone()),
        description: site.config.description.clone(),
        column: ("首页", "Home", "首页"),
        breadcrumb: Vec::new(),
    };
    Ok(sheet.page(scene, Body::Home(view)))
}

/// The region the home page speaks of: the highest with figures of headline indicators.
fn top_region(scene: &Scene<'_>, regions: &std::collections::BTreeSet<RegionId>) -> Option<RegionId> {
    let headline = headline(scene.site);
    let has = |id: &RegionId| headline.iter().filter(|one| scene.newest(**one, *id).is_some()).count();
    let level = |id: &RegionId| std::cmp::Reverse(scene.site.regions.get(*id).level);
    regions.iter().copied().filter(|id| has(id) > 0).max_by_key(|id| (level(id), has(id), std::cmp::Reverse(*id)))
}

fn topics(scene: &Scene<'_>) -> Vec<LinkGroup> {
    let mut groups: Vec<LinkGroup> = Vec::new();
    let list = scene.plan.link(scene.path, &PageKind::Indicators);
    for (id, indicator) in scene.site.indicators.iter() {
        if scene.site.of_indicator(id).next().is_none() {
            continue;
        }
        let link: Link = scene.indicator(id);
        match groups.iter_mut().find(|group| group.name == *indicator.topic) {
            Some(group) => group.links.push(link),
            None => groups.push(LinkGroup {
                name: indicator.topic.to_string(),
                url: format!("{list}#{}", figures::topic_anchor(&indicator.topic)),
                links: vec![link],
            }),
        }
    }
    for group in &mut groups {
        group.links.truncate(8);
    }
    groups
}
