//! The home page.

use crate::error::Result;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::figures::{counts, goals, progress_counts};
use crate::render::scene::Scene;
use crate::render::view::{Body, Home, Link, LinkGroup, Page};
use crate::render::{Sheet, Studio, charts, figures};
use crate::site::choice::{self, foremost, headline};

/// Newest reports shown.
const LATEST: usize = 8;

pub(super) fn page(studio: &Studio<'_>, scene: &Scene<'_>) -> Result<Page> {
    let site = scene.site;
    let parts = match site.home() {
        Some(home) => studio.text(scene, &home.path, &home.body)?,
        None => Vec::new(),
    };
    let mut latest: Vec<_> = site.reports().collect();
    latest.sort_by(|(a_id, a), (b_id, b)| {
        let key = |one: &crate::report::Report| (one.period, one.date);
        key(b).cmp(&key(a)).then(a_id.cmp(b_id))
    });
    let with_data = site.regions_with_data();
    let top = choice::top_region(site);
    let newest = headline(site).into_iter().filter_map(|id| scene.newest(id, top?));
    let newest: Vec<_> = newest.collect();
    let mut regions: Vec<RegionId> = with_data.into_iter().collect();
    regions.sort_by_key(|id| site.regions.get(*id).code.clone());
    let states = goals(site.observations().iter()).map(|goal| scene.status(goal).1);
    let view = Home {
        parts,
        key_figures: newest.into_iter().map(|one| scene.key_figure(one, None)).take(6).collect(),
        charts: charts::chosen(scene, choice::home(site)),
        latest: latest.into_iter().take(LATEST).map(|(id, report)| scene.report_item(id, report)).collect(),
        regions: foremost(site, &regions).into_iter().map(|id| scene.region(id)).collect(),
        years: site.periods().rev().filter(|period| period.is_full_year()).map(|period| scene.period(period)).collect(),
        topics: topics(scene),
        progress: progress_counts(states),
        counts: counts(site),
    };
    let title = site.home().map(|home| home.title.clone()).filter(|title| !title.is_empty());
    let sheet = Sheet {
        template: "home.html",
        title: title.unwrap_or_else(|| site.config.title.clone()),
        description: site.config.description.clone(),
        column: ("首页", "Home", "首页"),
        breadcrumb: Vec::new(),
    };
    let draft = site.home().is_some_and(|page| page.draft);
    Ok(Page { draft, ..sheet.page(scene, Body::Home(view)) })
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
