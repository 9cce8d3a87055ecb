//! Rules about figures of one site that hardly can both be true: a year beside the year before, a figure beside what
//! another report says of it, a target beside another.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::indicator::{Indicator, IndicatorId, Polarity};
use crate::period::Period;
use crate::plan::Plan;
use crate::quantity::{Bound, Quantity};
use crate::region::RegionId;
use crate::report::Status;
use crate::site::{Observation, Role, Site, compare, half_step};
use crate::source::Span;
use crate::unit::{Dimension, convert};

/// A figure this many times another, or this part of it, is doubtful.
const JUMP: Decimal = Decimal::TEN;

/// Counts below this change many times over by chance.
const FEW: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Powers of ten that get lost with their word: 万, 亿.
const MULTIPLIERS: [(i64, &str); 2] = [(10_000, "万"), (100_000_000, "亿")];

/// No figure is ten times, or a tenth of, that of the year before.
pub(super) fn years_follow(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for now in site.observations().iter().filter(|one| one.role == Role::Actual) {
        let before = now.period.year_before().and_then(|period| site.value_at(now.indicator, now.region, period));
        let Some(before) = before.filter(|before| before.role == Role::Actual) else { continue };
        let indicator = site.indicators.get(now.indicator);
        let odd = jump(site, before, now, indicator).filter(|_| !returns(site, before, now, indicator));
        let odd = odd.or_else(|| unit_change(before, now, indicator));
        found.extend(odd.filter(|_| !compare::broken(site, before, now)));
    }
}

/// Whether a figure is back where it was two years before: then the one in between is at fault, and told already.
fn returns(site: &Site, before: &Observation, now: &Observation, indicator: &Indicator) -> bool {
    let earlier = before.period.year_before().and_then(|period| site.value_at(now.indicator, now.region, period));
    let earlier = earlier.filter(|earlier| earlier.role == Role::Actual && !compare::broken(site, earlier, now));
    earlier.is_some_and(|earlier| {
        let back = earlier.value.zip(now.value).and_then(|(old, new)| old.max(new).checked_div(old.min(new)));
        back.is_some_and(|ratio| ratio < JUMP) && jump(site, earlier, before, indicator).is_some()
    })
}

fn jump(site: &Site, before: &Observation, now: &Observation, indicator: &Indicator) -> Option<Diagnostic> {
    if [before, now].into_iter().any(|one| compare::unfit(site, one).is_some()) {
        return None;
    }
    let (old, new) = (before.value?, now.value?);
    let (low, high) = (old.min(new), old.max(new));
    if low <= Decimal::ZERO {
        return None;
    }
    let ratio = high.checked_div(low)?;
    let told = |diagnostic: Diagnostic| {
        diagnostic
            .arg("indicator", &indicator.name)
            .arg("region", &site.regions.get(now.region).name)
            .arg("written", written(now))
            .arg("former", written(before))
            .arg("period", before.period)
            .related(before.span, "former")
    };
    if let Some(word) = lost_multiplier(ratio) {
        return Some(told(Diagnostic::warning("multiplier-lost", now.span)).arg("word", word));
    }
    let counted = !indicator.unit.is_ratio();
    let doubtful = ratio >= JUMP && !(counted && low < FEW);
    doubtful.then(|| {
        let times = crate::quantity::round(ratio, 1).normalize();
        told(Diagnostic::warning("value-jump", now.span)).arg("times", times)
    })
}

/// The multiplier whose loss explains a ratio; a year changes a figure by less than half.
fn lost_multiplier(ratio: Decimal) -> Option<&'static str> {
    let near = |power: i64| {
        let share = ratio.checked_div(Decimal::from(power));
        share.is_some_and(|share| share > Decimal::new(67, 2) && share < Decimal::new(15, 1))
    };
    MULTIPLIERS.iter().find(|(power, _)| near(*power)).map(|(_, word)| *word)
}

/// A rate in another unit than the year before, such as ‰ after /10万.
fn unit_change(before: &Observation, now: &Observation, indicator: &Indicator) -> Option<Diagnostic> {
    let unit = |one: &Observation| one.quantity.as_ref()?.unit.clone();
    let (old, new) = (unit(before)?, unit(now)?);
    let rate = new.is_ratio() || matches!(new.dimension(), Dimension::Per(..));
    (rate && old.power() != new.power()).then(|| {
        Diagnostic::note("unit-changed", now.span)
            .arg("indicator", &indicator.name)
            .arg("written", written(now))
            .arg("former", written(before))
            .related(before.span, "former")
    })
}

fn written(one: &Observation) -> &str {
    one.quantity.as_deref().map(Quantity::as_written).unwrap_or_default()
}

/// What a report says of the year before, or of another region, agrees with the report of that year or region. Two
/// values of one place are found when the site is put together.
pub(super) fn statements_agree(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for metric in site.all_reports().iter().flat_map(|report| &report.metrics) {
        let at = |region, period| site.value_at(metric.indicator, region, period).filter(|one| is_settled(one));
        if let (Some(previous), Some(period)) = (&metric.previous, metric.period.year_before())
            && !matches!(metric.status, Status::Break | Status::Revised)
            && let Some(own) = at(metric.region, period)
        {
            found.extend(difference(site, previous, metric.previous_span, own));
        }
        if let Some((region, stated)) = &metric.baseline
            && let Some(own) = at(*region, metric.period)
        {
            found.extend(difference(site, stated, metric.span, own));
        }
    }
}

/// Whether a figure is stated and not corrected since.
fn is_settled(one: &Observation) -> bool {
    one.role == Role::Actual && one.is_exact() && matches!(one.status, Status::Normal | Status::Break)
}

fn difference(site: &Site, stated: &Quantity, place: Span, own: &Observation) -> Option<Diagnostic> {
    let indicator = site.indicators.get(own.indicator);
    let quantity = own.quantity.as_ref()?;
    if !stated.is_exact() || may_be_one(stated, quantity, indicator)? {
        return None;
    }
    let differs = Diagnostic::warning("value-differs", place)
        .arg("indicator", &indicator.name)
        .arg("region", &site.regions.get(own.region).name)
        .arg("period", own.period)
        .arg("stated", stated.as_written())
        .arg("own", quantity.as_written());
    Some(differs.related(own.span, "own"))
}

/// Whether two exact figures may be one value, printed to different places.
fn may_be_one(a: &Quantity, b: &Quantity, indicator: &Indicator) -> Option<bool> {
    let (x, y) = (a.value_in(&indicator.unit)?, b.value_in(&indicator.unit)?);
    let (half, other) = (half_step(a, &indicator.unit)?, half_step(b, &indicator.unit)?);
    Some(x == y || (half != other && x.checked_sub(y)?.abs() <= half.max(other)))
}

/// A target of a day: the indicator, the region, the day and who set it.
type Goal<'a> = (IndicatorId, RegionId, jiff::civil::Date, &'a str);

/// One setter has one target for a day, whichever report states it, and aims in the direction that is better.
pub(super) fn targets_agree(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<Goal<'_>, (&Quantity, Span, Period)> = BTreeMap::new();
    for metric in site.all_reports().iter().flat_map(|report| &report.metrics) {
        let Some(target) = &metric.target else { continue };
        let indicator = site.indicators.get(metric.indicator);
        if is_backwards(target, indicator) {
            let wrong = Diagnostic::warning("target-direction", metric.target_span);
            found.push(wrong.arg("indicator", &indicator.name).arg("target", target.as_written()));
        }
        let Some(due) = metric.due else { continue };
        let key = (metric.indicator, metric.region, due, metric.target_source.as_str());
        match seen.get(&key) {
            None => {
                seen.insert(key, (target, metric.target_span, metric.period));
            }
            // Two targets of one period are found when the site is put together; a note tells why a target was changed.
            Some((_, _, period)) if *period == metric.period || !metric.note.is_empty() => {}
            Some((first, ..)) if one_goal(first, target, indicator) => {}
            Some((first, place, _)) => {
                let other = Diagnostic::warning("target-contradicts", metric.target_span)
                    .arg("indicator", &indicator.name)
                    .arg("region", &site.regions.get(metric.region).name)
                    .arg("due", due)
                    .arg("first", first.as_written())
                    .arg("second", target.as_written());
                found.push(other.related(*place, "first"));
            }
        }
    }
}

/// Whether a target asks for more of what should be less, or for less of what should be more.
fn is_backwards(target: &Quantity, indicator: &Indicator) -> bool {
    matches!(
        (indicator.polarity, target.bound),
        (Polarity::Lower, Bound::Ge | Bound::Gt) | (Polarity::Higher, Bound::Le | Bound::Lt)
    )
}

/// Whether two wordings are one target: a plain figure means the bound its indicator gives.
fn one_goal(a: &Quantity, b: &Quantity, indicator: &Indicator) -> bool {
    let alike = a.bound == b.bound || [a.bound, b.bound].contains(&Bound::Eq);
    let own = |one: &Quantity| one.value_in(&indicator.unit);
    let below = |one: &Quantity| {
        one.below.map(|end| one.unit.as_ref().map_or(Some(end), |unit| convert(end, unit, &indicator.unit)))
    };
    alike && own(a) == own(b) && below(a) == below(b)
}
