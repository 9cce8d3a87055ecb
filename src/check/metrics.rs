//! Rules about figures.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::indicator::Formula;
use crate::plan::Plan;
use crate::quantity::{self, Quantity};
use crate::site::{Computed, Role, Site, choice, compute, formula_fits, half_step, selection};
use crate::unit::Unit;

/// The units of an indicator's parts make its own.
pub(super) fn formulas_fit(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for (id, indicator) in site.indicators.iter() {
        let parts = indicator.formula.parts();
        if formula_fits(indicator, &site.indicators) && !parts.contains(&id) {
            continue;
        }
        let units = parts.iter().map(|part| site.indicators.get(*part)).map(|one| format!("{}({})", one.id, one.unit));
        found.push(
            Diagnostic::error("formula-units", indicator.span)
                .arg("indicator", &indicator.name)
                .arg("unit", &indicator.unit)
                .arg("parts", units.collect::<Vec<_>>().join(", ")),
        );
    }
}

/// A stated ratio or sum agrees with its parts: what its digits and bound allow and what the digits of the parts allow have
/// a value in common.
pub(super) fn formulas_hold(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for one in site.observations().iter().filter(|one| one.role == Role::Actual) {
        let indicator = site.indicators.get(one.indicator);
        let code = match indicator.formula {
            Formula::Given => continue,
            Formula::Ratio(..) => "ratio-disagrees",
            Formula::Sum(_) => "sum-disagrees",
        };
        let (Some(written), Some(value)) = (&one.quantity, one.value) else { continue };
        let Some(computed) = compute(site, one.indicator, one.region, one.period) else { continue };
        if allows(written, &indicator.unit, &computed) {
            continue;
        }
        let decimals = value.scale().max(2).min(computed.value.normalize().scale().max(value.scale())) as u8;
        let digits = quantity::format(quantity::round(computed.value, decimals), decimals);
        found.push(
            Diagnostic::error(code, one.span)
                .arg("indicator", &indicator.name)
                .arg("written", written.as_written())
                .arg("computed", format!("{digits}{}", indicator.unit))
                .arg("formula", computed.formula),
        );
    }
}

/// Whether a figure as written and a computed value can both be true.
fn allows(written: &Quantity, unit: &Unit, computed: &Computed) -> bool {
    let Some(half) = half_step(written, unit) else { return true };
    let own = |end: Decimal| written.unit.as_ref().map_or(Some(end), |from| crate::unit::convert(end, from, unit));
    let interval = written.interval();
    let above = interval.low.and_then(|(low, _)| own(low)).is_none_or(|low| computed.high >= low - half);
    above && interval.high.and_then(|(high, _)| own(high)).is_none_or(|high| computed.low <= high + half)
}

/// The headline indicators of site.toml exist.
pub(super) fn headlines_exist(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for id in &site.config.headline {
        if site.indicators.find(&id.value).is_none() {
            let unknown = Diagnostic::error("unknown-indicator", id.span).arg("id", &id.value);
            found.push(unknown.suggest(&id.value, site.indicators.ids()));
        }
    }
}

/// A chart fence shows at least one figure, and what its intent needs to say something.
pub(super) fn charts_show_something(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for fence in choice::of_fences(site) {
        if let Err(reason) = selection::select(site, &fence.request) {
            found.push(Diagnostic::error("chart-empty", fence.span).arg("reason", reason));
        }
    }
}
