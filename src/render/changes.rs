//! What changed in a period on the year before, as a view: rises and falls, the largest changes, targets that turned.

use crate::render::scene::Scene;
use crate::render::view::{ChangesView, FlipRow, MetricRow, MovesView};
use crate::site::Observation;
use crate::site::compare::Apart;
use crate::site::standing::{FEW_EVENTS, Flip, Moves, SMALL_COUNT, flips, largest, moves};

/// Most changes of a list.
const CHANGES: usize = 10;
/// Most turned targets of a list.
const FLIPS: usize = 20;

/// What changed among figures of one period.
pub(super) fn changes<'a>(scene: &Scene<'a>, figures: impl Iterator<Item = &'a Observation> + Clone) -> ChangesView {
    let site = scene.site;
    let largest = largest(site, figures.clone(), CHANGES);
    let rows = |list: &[&Observation]| -> Vec<MetricRow> {
        let rows = list.iter().filter_map(|one| scene.metric_row(Some(one), None, None));
        rows.map(|row| MetricRow { anchor: String::new(), period: String::new(), parent: None, ..row }).collect()
    };
    let (won, lost): (Vec<Flip<'_>>, Vec<Flip<'_>>) = flips(site, figures.clone()).into_iter().partition(|one| one.met);
    let turned = |list: &[Flip<'_>]| list.iter().take(FLIPS).map(|flip| flip_row(scene, flip)).collect();
    ChangesView {
        moves: moves_view(&moves(site, figures), scene.zh),
        better: rows(&largest.better),
        worse: rows(&largest.worse),
        other: rows(&largest.other),
        lost: turned(&lost),
        won: turned(&won),
        more_lost: lost.len().saturating_sub(FLIPS),
        more_won: won.len().saturating_sub(FLIPS),
        small: largest.small,
        small_count: SMALL_COUNT,
        few_events: FEW_EVENTS,
    }
}

/// Rises and falls with the reasons of what does not compare, the commonest first.
pub(super) fn moves_view(moves: &Moves, zh: bool) -> MovesView {
    let words = |apart: &Apart| match (apart, zh) {
        (Apart::Missing, true) => "上年同期没有数",
        (Apart::Missing, false) => "no figure for the year before",
        _ => apart.reason(zh),
    };
    let mut reasons: Vec<(String, usize)> =
        moves.apart.iter().map(|(apart, count)| (words(apart).to_owned(), *count)).collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    MovesView {
        compared: moves.up + moves.down + moves.same,
        up: moves.up,
        down: moves.down,
        same: moves.same,
        better: moves.better,
        worse: moves.worse,
        apart: moves.apart.values().sum(),
        reasons,
    }
}

fn flip_row(scene: &Scene<'_>, flip: &Flip<'_>) -> FlipRow {
    FlipRow {
        indicator: scene.indicator(flip.now.indicator),
        region: scene.region(flip.now.region),
        former_period: flip.before.period.label(scene.zh),
        former: scene.status(flip.before).0,
        now: scene.status(flip.now).0,
    }
}
