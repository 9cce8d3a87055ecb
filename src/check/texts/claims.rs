//! What a text says of its figures is worked out again: changes on the year before, distances from the target.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::prose::claims::{Against, Claim};
use crate::quantity;
use crate::report::Metric;
use crate::site::compare;
use crate::site::derive::Range;
use crate::unit::{Dimension, Unit, convert};

use super::Document;

/// A claim holds within what rounding of the figures allows. Claims that rest on a figure the site has not, or on figures
/// that do not compare, are left alone.
pub(super) fn hold(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(report), Some(proof)) = (document.report, &document.proof) else { return };
    for claim in &proof.claims {
        let metric = &report.metrics[claim.metric];
        let worked = match claim.against {
            Against::YearBefore => on_year_before(document, metric, claim),
            Against::Target => above_target(document, metric, claim),
        };
        let Some(Worked { allowed, working, result }) = worked else { continue };
        let Some(said) = signed(document, metric, claim) else { continue };
        if allowed.low <= said.1 && said.0 <= allowed.high {
            continue;
        }
        let indicator = &document.site.indicators.get(metric.indicator).name;
        let sign = if claim.rise { "+" } else { "−" };
        let wrong = Diagnostic::warning("claim-disagrees", claim.place.span)
            .arg("indicator", indicator)
            .arg("said", format!("{sign}{}", claim.place.written))
            .arg("working", format!("{working} = {result}"));
        found.push(wrong.related(claim.figure.span, "figure"));
    }
}

/// What a claim should say, and the working.
struct Worked {
    allowed: Range,
    working: String,
    result: String,
}

/// The values a claim may mean, with its sign, in percent or in the unit of the indicator.
fn signed(document: &Document<'_>, metric: &Metric, claim: &Claim) -> Option<(Decimal, Decimal)> {
    let unit = &document.site.indicators.get(metric.indicator).unit;
    let own = claim.amount.unit.as_ref()?;
    let whole = claim.amount.ulp() / Decimal::TWO;
    let (value, half) = match is_growth(own, unit) || own.is_points() {
        true => (claim.amount.value(), whole),
        false => (claim.amount.value_in(unit)?, convert(whole, own, unit)?),
    };
    let value = if claim.rise { value } else { -value };
    Some((value - half, value + half))
}

/// Whether an amount is a rate of growth: per cent of something that is none itself.
fn is_growth(amount: &Unit, unit: &Unit) -> bool {
    amount.symbol() == "%" && !unit.is_ratio()
}

fn on_year_before(document: &Document<'_>, metric: &Metric, claim: &Claim) -> Option<Worked> {
    let site = document.site;
    let before = metric.period.year_before()?;
    let now = site.value_at(metric.indicator, metric.region, metric.period)?;
    let then = site.value_at(metric.indicator, metric.region, before)?;
    if matches!(compare::change_between(site, then, now), Err(apart) if !matches!(apart, compare::Apart::Zero)) {
        return None;
    }
    let unit = &site.indicators.get(metric.indicator).unit;
    let (first, last) = (then.quantity.as_ref()?, metric.value.as_ref()?);
    let (a, b) = (Range::of(first, unit)?, Range::of(last, unit)?);
    let own = claim.amount.unit.as_ref()?;
    let (first, last) = (first.as_written(), last.as_written());
    if is_growth(own, unit) {
        // Growth of money is mostly told in constant prices.
        let money = matches!(unit.dimension(), Dimension::Count(name) if &**name == "元");
        let times = b.over(a).filter(|_| !money)?;
        let percent = |times: Decimal| times.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED);
        let allowed = Range { value: percent(times.value)?, low: percent(times.low)?, high: percent(times.high)? };
        let result = quantity::round(allowed.value, u8::max(claim.amount.decimals, 1));
        let working = format!("({last} − {first}) ÷ {first}");
        return Some(Worked { allowed, working, result: format!("{}%", result.normalize()) });
    }
    // Points of a percentage, else the unit itself; nothing else is a difference of it.
    let fits = (own.is_points() && unit.symbol() == "%") || (!own.is_points() && own.dimension() == unit.dimension());
    if !fits || (own.symbol() == "%" && unit.is_ratio()) {
        return None;
    }
    difference(b.minus(a)?, own, unit, format!("{last} − {first}"))
}

fn above_target(document: &Document<'_>, metric: &Metric, claim: &Claim) -> Option<Worked> {
    let unit = &document.site.indicators.get(metric.indicator).unit;
    let (target, value, own) = (metric.target.as_ref()?, metric.value.as_ref()?, claim.amount.unit.as_ref()?);
    let fits = (own.is_points() && unit.symbol() == "%") || (own.dimension() == unit.dimension() && !unit.is_ratio());
    let certain = value.is_exact() && target.below.is_none();
    let (a, b) = (Range::of(target, unit)?, Range::of(value, unit)?);
    let working = format!("{} − {}", value.as_written(), target.as_written());
    difference(b.minus(a)?, own, unit, working).filter(|_| fits && certain)
}

fn difference(allowed: Range, own: &Unit, unit: &Unit, working: String) -> Option<Worked> {
    let symbol = if own.is_points() { own.symbol() } else { unit.symbol() };
    let result = format!("{}{symbol}", allowed.value.normalize());
    Some(Worked { allowed, working, result })
}
