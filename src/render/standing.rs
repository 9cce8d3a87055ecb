//! A region beside the regions above and its peers, and what drifts from the region above, as views.

use std::collections::BTreeSet;

use crate::indicator::IndicatorId;
use crate::region::RegionId;
use crate::render::scene::{Scene, direction, judgement};
use crate::render::view::{BesideRow, BesideView, ChangeView, FigureView, StandingRow, StandingView};
use crate::render::words;
use crate::site::Observation;
use crate::site::standing::{self, Drift, FEWEST_PEERS, place};

/// The newest figures of a region beside those of the regions above and of its peers.
pub(super) fn beside(scene: &Scene<'_>, id: RegionId, newest: &[&Observation]) -> BesideView {
    let site = scene.site;
    let region = site.regions.get(id);
    let ancestors: Vec<RegionId> = site.regions.ancestors(id).collect();
    let above = |one: &Observation| -> Vec<FigureView> {
        let compares = site.indicators.get(one.indicator).compares_across_levels();
        let at = |above: &RegionId| site.value_at(one.indicator, *above, one.period).filter(|_| compares);
        ancestors.iter().map(|above| at(above).map(|value| scene.figure(value)).unwrap_or_default()).collect()
    };
    let row = |one: &&Observation| {
        let place = place(site, one);
        let figure = |one: Option<&Observation>| one.map(|one| scene.figure(one)).unwrap_or_default();
        BesideRow {
            indicator: scene.indicator(one.indicator),
            period: one.period.label(scene.zh),
            figure: scene.figure(one),
            change: scene.change(one),
            above: above(one),
            rank: place.as_ref().map_or(0, |place| place.rank),
            tied: place.as_ref().is_ok_and(|place| place.tied),
            peers: place.as_ref().map_or_else(|count| *count, |place| place.count),
            low: figure(place.as_ref().ok().map(|place| place.low)),
            high: figure(place.as_ref().ok().map(|place| place.high)),
        }
    };
    let has = |figure: &FigureView| !figure.written.is_empty();
    let mut rows: Vec<BesideRow> = newest.iter().map(row).collect();
    rows.retain(|row| row.rank > 0 || row.above.iter().any(has));
    // A region above without a figure needs no column.
    let used: Vec<bool> = (0..ancestors.len()).map(|at| rows.iter().any(|row| has(&row.above[at]))).collect();
    for row in &mut rows {
        let mut at = used.iter();
        row.above.retain(|_| at.next() == Some(&true));
    }
    let above = ancestors.iter().zip(used).filter(|(_, used)| *used).map(|(id, _)| scene.region(*id)).collect();
    let level = region.level.label(scene.zh);
    let among = |parent: RegionId| {
        let parent = &site.regions.get(parent).name;
        if scene.zh { format!("{parent}{level}各地") } else { format!("regions of {parent} at {level} level") }
    };
    let ranked = rows.iter().any(|row| row.rank > 0);
    let among = region.parent.filter(|_| ranked).map(among).unwrap_or_default();
    BesideView { above, among, rows, fewest: FEWEST_PEERS }
}

/// What is worse than above and worsens, and what is better and improves.
pub(super) fn view(scene: &Scene<'_>, id: RegionId, indicators: &BTreeSet<IndicatorId>) -> StandingView {
    let standing = standing::standing(scene.site, id, indicators.iter().copied());
    StandingView {
        worse: standing.worse.iter().map(|drift| row(scene, drift)).collect(),
        better: standing.better.iter().map(|drift| row(scene, drift)).collect(),
        compared: standing.compared,
        has_above: scene.site.regions.get(id).parent.is_some(),
    }
}

fn row(scene: &Scene<'_>, drift: &Drift<'_>) -> StandingRow {
    let above = scene.region(drift.above.region);
    let gap = ChangeView {
        direction: direction(drift.gap.difference),
        amount: drift.gap.amount.clone(),
        judgement: judgement(drift.gap.better),
        against: words::against(&above.name, scene.zh),
        formula: drift.gap.formula.clone(),
        reason: String::new(),
    };
    let change = scene.change(drift.own);
    StandingRow {
        indicator: scene.indicator(drift.own.indicator),
        period: drift.own.period.label(scene.zh),
        figure: scene.figure(drift.own),
        above_figure: scene.figure(drift.above),
        words: sentence(scene, drift),
        above,
        gap,
        change,
    }
}

/// 比湖北省高0.3‰（5.4‰ − 5.1‰），比2020年上升0.4‰（5.4‰ − 5‰）。越低越好。
fn sentence(scene: &Scene<'_>, drift: &Drift<'_>) -> String {
    let site = scene.site;
    let above = &site.regions.get(drift.above.region).name;
    let higher = drift.gap.difference.is_sign_positive();
    let rose = drift.change.difference.is_sign_positive();
    let former = drift.change.against.label(scene.zh);
    let polarity = words::polarity(site.indicators.get(drift.own.indicator).polarity, scene.zh);
    let (gap, change) = (&drift.gap, &drift.change);
    if scene.zh {
        let (side, way) = (if higher { "高" } else { "低" }, if rose { "上升" } else { "下降" });
        format!(
            "比{above}{side}{}（{}），比{former}{way}{}（{}）；这项指标{polarity}。",
            gap.amount, gap.formula, change.amount, change.formula
        )
    } else {
        let (side, way) = (if higher { "above" } else { "below" }, if rose { "up" } else { "down" });
        format!(
            "{} {side} {above} ({}), {way} {} on {former} ({}); {polarity}.",
            gap.amount, gap.formula, change.amount, change.formula
        )
    }
}
