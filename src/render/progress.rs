//! Targets: all of them, or those of the regions below one. Missed ones come first; where they are too many for one page they
//! are counted by region and shown on pages of their own.

use std::collections::BTreeMap;

use crate::plan::{LIST_LIMIT, PageKind};
use crate::region::RegionId;
use crate::render::figures::{goals, number_anchors, progress_counts, targets};
use crate::render::scene::Scene;
use crate::render::view::{Body, Link, MetricGroup, MetricRow, Page, ProgressCounts, ProgressPart, ProgressView};
use crate::render::{Sheet, section};
use crate::site::Observation;
use crate::site::target::TargetState;

pub(super) fn page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let mut states: BTreeMap<Option<RegionId>, Vec<TargetState>> = BTreeMap::new();
    for goal in goals(site.observations().iter()) {
        states.entry(site.regions.get(goal.region).parent).or_default().push(scene.status(goal).1);
    }
    let parents = crate::plan::progress_parents(site);
    let shown: Vec<RegionId> = if parents.is_empty() {
        let mut all: Vec<RegionId> = site.regions_with_data().into_iter().collect();
        all.sort_by_key(|id| site.regions.get(*id).code.clone());
        all
    } else {
        site.children(None).to_vec()
    };
    let part = |parent: &RegionId| ProgressPart {
        link: Link { url: scene.plan.link(scene.path, &PageKind::ProgressChildren(*parent)), ..below(scene, *parent) },
        counts: progress_counts(states.get(&Some(*parent)).into_iter().flatten().copied()),
    };
    let view = ProgressView {
        parent: None,
        counts: progress_counts(states.values().flatten().copied()),
        groups: groups(scene, &shown, |_| true),
        parts: parents.iter().map(part).collect(),
    };
    let sheet = Sheet {
        template: "progress.html",
        title: if scene.zh { "目标进展" } else { "Progress against targets" }.to_owned(),
        description: String::new(),
        column: ("目标进展", "Progress", "数据发布"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Progress(view))
}

pub(super) fn children_page(scene: &Scene<'_>, parent: RegionId) -> Page {
    let site = scene.site;
    let children = site.children(Some(parent));
    let counts = |id: &RegionId| progress_counts(goals(site.of_region(*id)).map(|goal| scene.status(goal).1));
    let each: Vec<(RegionId, ProgressCounts)> =
        children.iter().map(|id| (*id, counts(id))).filter(|(_, counts)| counts.total > 0).collect();
    let mut all = ProgressCounts::default();
    for (_, one) in &each {
        all.add(one);
    }
    let crowded = all.total > LIST_LIMIT;
    let missed = all.missed <= LIST_LIMIT;
    let part = |(id, counts): (RegionId, ProgressCounts)| {
        let region = scene.region(id);
        ProgressPart { link: Link { url: format!("{}#s-progress", region.url), ..region }, counts }
    };
    let view = ProgressView {
        parent: Some(scene.region(parent)),
        counts: all,
        groups: groups(scene, children, |state| !crowded || (missed && state == TargetState::Missed)),
        parts: if crowded { each.into_iter().map(part).collect() } else { Vec::new() },
    };
    let name = below(scene, parent).name;
    let sheet = Sheet {
        template: "progress.html",
        title: if scene.zh { format!("{name}目标进展") } else { format!("Progress against targets: {name}") },
        description: String::new(),
        column: ("目标进展", "Progress", "数据发布"),
        breadcrumb: vec![section(scene, &PageKind::Progress, "目标进展", "Progress against targets")],
    };
    sheet.page(scene, Body::Progress(view))
}

/// A region as the one above those shown: 湖北省各地.
pub(super) fn below(scene: &Scene<'_>, parent: RegionId) -> Link {
    let region = scene.region(parent);
    let name = if scene.zh { format!("{}各地", region.name) } else { format!("regions of {}", region.name) };
    Link { name, ..region }
}

/// Orders targets by what asks for attention, the newest first.
pub(super) fn missed_first(rows: &mut [(TargetState, &Observation, MetricRow)]) {
    let order = |state: TargetState| match state {
        TargetState::Missed => 0,
        TargetState::Unreported => 1,
        TargetState::Incomparable => 2,
        TargetState::Due => 3,
        TargetState::Met => 4,
    };
    rows.sort_by_key(|(state, goal, _)| (order(*state), std::cmp::Reverse(goal.period), goal.indicator));
}

/// The targets of regions in the given states, missed ones first.
fn groups(scene: &Scene<'_>, regions: &[RegionId], wanted: impl Fn(TargetState) -> bool) -> Vec<MetricGroup> {
    let mut groups = Vec::new();
    for id in regions {
        let mut rows = targets(scene, scene.site.of_region(*id), Some(*id));
        let counts = progress_counts(rows.iter().map(|(state, ..)| *state));
        rows.retain(|(state, ..)| wanted(*state));
        if rows.is_empty() {
            continue;
        }
        missed_first(&mut rows);
        let code = &scene.site.regions.get(*id).code;
        let region = scene.region(*id);
        let rows = rows.into_iter().map(|(.., mut row)| {
            row.anchor = format!("{code}-{}", row.anchor);
            // What changed and what other regions have is on their own pages; here stands what was aimed at.
            row.change = Default::default();
            row.parent = None;
            row.spark = String::new();
            row
        });
        groups.push(MetricGroup {
            topic: region.name,
            url: region.url,
            note: tally(&counts, scene.zh),
            anchor: format!("r-{code}"),
            rows: rows.collect(),
        });
    }
    number_anchors(&mut groups);
    groups
}

/// Counts in words: 达标3，未达标1.
fn tally(counts: &ProgressCounts, zh: bool) -> String {
    let states = [
        (TargetState::Met, counts.met),
        (TargetState::Missed, counts.missed),
        (TargetState::Due, counts.due),
        (TargetState::Unreported, counts.unreported),
        (TargetState::Incomparable, counts.incomparable),
    ];
    let words = states.into_iter().filter(|(_, count)| *count > 0).map(|(state, count)| {
        let (.., word) = crate::render::words::target_state(state, zh);
        if zh { format!("{word}{count}") } else { format!("{word}: {count}") }
    });
    words.collect::<Vec<_>>().join(if zh { "，" } else { ", " })
}
