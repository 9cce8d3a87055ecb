//! The page where readers choose what to compare. The script does the choosing; this view says where its data lies and
//! lists the precomputed pages.

use std::collections::BTreeMap;

use crate::plan::{FileKind, PageKind};
use crate::region::{Level, RegionId};
use crate::render::Sheet;
use crate::render::figures::topic_anchor;
use crate::render::scene::Scene;
use crate::render::view::{Body, CompareView, Link, LinkGroup, Page};

pub(super) fn page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let list = scene.plan.link(scene.path, &PageKind::Indicators);
    let mut topics: Vec<LinkGroup> = Vec::new();
    for (id, indicator) in site.indicators.iter().filter(|(id, _)| site.of_indicator(*id).next().is_some()) {
        match topics.iter_mut().find(|topic| topic.name == *indicator.topic) {
            Some(topic) => topic.links.push(scene.indicator(id)),
            None => topics.push(LinkGroup {
                name: indicator.topic.to_string(),
                url: format!("{list}#{}", topic_anchor(&indicator.topic)),
                links: vec![scene.indicator(id)],
            }),
        }
    }
    let mut levels: BTreeMap<Level, Vec<RegionId>> = BTreeMap::new();
    for id in site.regions_with_data() {
        levels.entry(site.regions.get(id).level).or_default().push(id);
    }
    // Thousands of names are a page of their own: the tree of regions.
    let regions = levels.into_iter().map(|(level, mut ids)| {
        ids.sort_by_key(|id| site.regions.get(*id).code.clone());
        let links: Vec<Link> = ids.iter().take(MOST).map(|id| scene.region(*id)).collect();
        let url = if ids.len() > MOST { scene.plan.link(scene.path, &PageKind::Regions) } else { String::new() };
        LinkGroup { name: level.label(scene.zh).to_owned(), url, links }
    });
    let view = CompareView {
        index: scene.plan.file_link(scene.path, &FileKind::CompareIndex),
        version: crate::export::index_version(site, scene.plan),
        topics,
        regions: regions.collect(),
        years: site.periods().rev().map(|period| scene.period(period)).collect(),
    };
    let sheet = Sheet {
        template: "compare.html",
        title: if scene.zh { "比较" } else { "Compare" }.to_owned(),
        description: String::new(),
        column: ("比较", "Compare", "数据发布"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Compare(view))
}

/// Most regions of a level listed here.
const MOST: usize = 60;
