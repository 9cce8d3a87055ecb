//! Indicators that follow from others: a ratio or a sum of exhaustive parts, computed exactly where all parts are given as
//! exact values for the same region and period. Stated values are never replaced; `check` compares them.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::indicator::{Formula, Indicator, IndicatorId};
use crate::period::Period;
use crate::quantity::{self, Bound, Quantity};
use crate::region::RegionId;
use crate::report::Status;
use crate::site::{Observation, Role, Site};
use crate::unit::{Unit, convert};

/// A computed value with its working.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Computed {
    /// The exact value in the indicator's unit, not rounded.
    pub value: Decimal,
    /// The working with the figures as written: `20.47万人 ÷ 18.68万人`.
    pub formula: String,
}

/// The value an indicator should have in a region and period by its formula; `None` when it has none or parts are missing.
pub fn compute(site: &Site, indicator: IndicatorId, region: RegionId, period: Period) -> Option<Computed> {
    let target = site.indicators.get(indicator);
    let part = |id: IndicatorId| {
        let one = site.series(id, region).find(|one| one.role == Role::Actual && one.period == period)?;
        one.is_exact().then_some(one)
    };
    let written = |one: &Observation| one.quantity.as_ref().map(|q| q.as_written().to_owned()).unwrap_or_default();
    match &target.formula {
        Formula::Given => None,
        Formula::Ratio(numerator, denominator) => {
            let (above, below) = (part(*numerator)?, part(*denominator)?);
            let quotient = above.value?.checked_div(below.value.filter(|value| !value.is_zero())?)?;
            let value = in_unit(quotient, target)?;
            Some(Computed { value, formula: format!("{} ÷ {}", written(above), written(below)) })
        }
        Formula::Sum(parts) => {
            let parts = parts.iter().map(|id| part(*id)).collect::<Option<Vec<_>>>()?;
            let value = parts.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.value?))?;
            let formula = parts.iter().map(|one| written(one)).collect::<Vec<_>>().join(" + ");
            Some(Computed { value, formula })
        }
    }
}

/// A plain quotient in the unit of a ratio indicator: 0.5 is 50 %.
fn in_unit(quotient: Decimal, indicator: &Indicator) -> Option<Decimal> {
    if indicator.unit.is_ratio() {
        return quotient.checked_mul(hundredfold(&indicator.unit)?);
    }
    Some(quotient)
}

/// How many of the ratio's unit make one whole: 100 for %, 1000 for ‰.
fn hundredfold(unit: &Unit) -> Option<Decimal> {
    let percent = crate::unit::Units::default().parse("%")?;
    convert(Decimal::ONE_HUNDRED, &percent, unit)
}

/// Computed observations where a formula can be worked out and nothing was stated.
pub(super) fn derived(site: &Site) -> Vec<Observation> {
    let mut derived = Vec::new();
    for (id, indicator) in site.indicators.iter() {
        let first = match &indicator.formula {
            Formula::Given => continue,
            Formula::Ratio(numerator, _) => *numerator,
            Formula::Sum(parts) => parts[0],
        };
        for part in site.of_indicator(first).filter(|one| one.role == Role::Actual) {
            if site.value_at(id, part.region, part.period).is_some() {
                continue;
            }
            let Some(computed) = compute(site, id, part.region, part.period) else { continue };
            let decimals =
                if matches!(indicator.formula, Formula::Ratio(..)) { 2 } else { computed.value.scale().min(6) as u8 };
            let number = quantity::round(computed.value, decimals);
            let lexeme: Arc<str> = format!("{}{}", quantity::format(number, decimals), indicator.unit.symbol()).into();
            derived.push(Observation {
                indicator: id,
                role: Role::Derived,
                value: Some(number),
                quantity: Some(Quantity {
                    bound: Bound::Eq,
                    number,
                    scale: 0,
                    unit: Some(indicator.unit.clone()),
                    decimals,
                    below: None,
                    lexeme,
                }),
                status: Status::Normal,
                missing: None,
                note: String::new(),
                formula: computed.formula,
                target_source: String::new(),
                due: None,
                ..part.clone()
            });
        }
    }
    derived
}
