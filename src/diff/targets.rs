//! Targets whose state is another than before, whether the figure or the target changed.

use super::values::place;
use super::{Flip, Side, State};
use crate::diagnostic::catalogue::Language;
use crate::site::target::{self, TargetState};
use crate::site::{Observation, Role};

/// Targets of both versions with another state.
pub(super) fn flips(old: Side<'_>, new: Side<'_>, language: Language) -> Vec<Flip> {
    let goals = new.site.observations().iter().filter(|one| one.role == Role::Target);
    let flip = |goal: &Observation| {
        let place = place(new.site, goal);
        let (indicator, region) = (old.site.indicators.find(&place.indicator)?, old.site.regions.find(&place.region)?);
        let before = old.site.target_at(indicator, region, goal.period)?;
        let (first, last) = (state(old, before, language), state(new, goal, language));
        let target = goal.quantity.as_ref().map(|figure| figure.as_written().to_owned()).unwrap_or_default();
        (first.state != last.state).then_some(Flip { place, target, old: first, new: last })
    };
    goals.filter_map(flip).collect()
}

fn state(side: Side<'_>, goal: &Observation, language: Language) -> State {
    let indicator = side.site.indicators.get(goal.indicator);
    let progress = target::progress(target::result(side.site, goal), goal, indicator, side.site.today);
    let doubt = progress.doubt.map(|doubt| doubt.reason(language == Language::Chinese).to_owned());
    let state = match progress.state {
        TargetState::Met => "met",
        TargetState::Missed => "missed",
        TargetState::Due => "due",
        TargetState::Unreported => "unreported",
        TargetState::Incomparable => "incomparable",
    };
    State { state, working: doubt.unwrap_or(progress.working) }
}
