//! Lists of figures that several pages share: headline figures, groups by topic, targets.

use std::collections::BTreeMap;

use crate::indicator::IndicatorId;
use crate::region::RegionId;
use crate::render::scene::Scene;
use crate::render::view::{Counts, KeyFigure, MetricGroup, MetricRow, ProgressCounts};
use crate::site::choice::headline;
use crate::site::target::{self, TargetState};
use crate::site::{Observation, Role, Site};

/// Up to six figures: headline indicators first, then the others in order; exact values before bounds.
pub(super) fn key_figures<'a>(
    scene: &Scene<'_>,
    values: impl Iterator<Item = &'a Observation>,
    own: Option<RegionId>,
) -> Vec<KeyFigure> {
    let headline = headline(scene.site);
    let mut ranked: Vec<(usize, bool, usize, &Observation)> = values
        .enumerate()
        .filter(|(_, one)| one.quantity.is_some())
        .map(|(at, one)| {
            let place = headline.iter().position(|id| *id == one.indicator).unwrap_or(usize::MAX);
            (place, !one.is_exact(), at, one)
        })
        .collect();
    ranked.sort_by_key(|(place, bound, at, _)| (*place, *bound, *at));
    let mut seen = std::collections::BTreeSet::new();
    ranked.retain(|(.., one)| seen.insert(one.indicator));
    ranked.truncate(6);
    ranked.into_iter().map(|(.., one)| scene.key_figure(one, own)).collect()
}

/// Groups rows by topic, topics in the order of their first row.
pub(super) fn by_topic(scene: &Scene<'_>, rows: Vec<(IndicatorId, MetricRow)>) -> Vec<MetricGroup> {
    let mut groups: Vec<MetricGroup> = Vec::new();
    for (indicator, row) in rows {
        let topic = &*scene.site.indicators.get(indicator).topic;
        match groups.iter_mut().find(|group| group.topic == topic) {
            Some(group) => group.rows.push(row),
            None => {
                let anchor = topic_anchor(topic);
                groups.push(MetricGroup {
                    topic: topic.to_owned(),
                    url: String::new(),
                    note: String::new(),
                    anchor,
                    rows: vec![row],
                });
            }
        }
    }
    groups
}

/// The anchor of a topic.
pub(super) fn topic_anchor(topic: &str) -> String {
    format!("t-{}", crate::markdown::anchor(topic))
}

/// Makes anchors unique in a page: a second row of an indicator gets a number.
pub(super) fn number_anchors(groups: &mut [MetricGroup]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in groups.iter_mut().flat_map(|group| &mut group.rows) {
        let count = seen.entry(row.anchor.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            row.anchor = format!("{}--{count}", row.anchor);
        }
    }
}

/// The targets among observations.
pub(super) fn goals<'a>(all: impl Iterator<Item = &'a Observation>) -> impl Iterator<Item = &'a Observation> {
    all.filter(|one| one.role == Role::Target)
}

/// The targets among observations with what came of them.
pub(super) fn targets<'a>(
    scene: &Scene<'_>,
    all: impl Iterator<Item = &'a Observation>,
    own: Option<RegionId>,
) -> Vec<(TargetState, &'a Observation, MetricRow)> {
    goals(all)
        .filter_map(|goal| {
            let value = target::result(scene.site, goal);
            let (_, state) = scene.status(goal);
            Some((state, goal, scene.metric_row(value, Some(goal), own)?))
        })
        .collect()
}

impl ProgressCounts {
    /// Adds other counts.
    pub(super) fn add(&mut self, other: &ProgressCounts) {
        self.met += other.met;
        self.missed += other.missed;
        self.due += other.due;
        self.unreported += other.unreported;
        self.incomparable += other.incomparable;
        self.total += other.total;
    }
}

/// Counts of targets by state.
pub(super) fn progress_counts(states: impl Iterator<Item = TargetState>) -> ProgressCounts {
    let mut counts = ProgressCounts::default();
    for state in states {
        counts.total += 1;
        match state {
            TargetState::Met => counts.met += 1,
            TargetState::Missed => counts.missed += 1,
            TargetState::Due => counts.due += 1,
            TargetState::Unreported => counts.unreported += 1,
            TargetState::Incomparable => counts.incomparable += 1,
        }
    }
    counts
}

/// Sizes of the site.
pub(super) fn counts(site: &Site) -> Counts {
    let used: std::collections::BTreeSet<IndicatorId> = site.observations().iter().map(|one| one.indicator).collect();
    Counts {
        reports: site.all_reports().len(),
        figures: site.observations().iter().filter(|one| one.quantity.is_some()).count(),
        regions: site.regions_with_data().len(),
        indicators: used.len(),
    }
}
