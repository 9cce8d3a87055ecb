//! Indicators that follow from others: a ratio or a sum of exhaustive parts, computed exactly where all parts are given as
//! exact values for the same region and period. Stated values are never replaced; `check` compares them.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::indicator::{Formula, Indicator, IndicatorId, Indicators};
use crate::period::Period;
use crate::quantity::{self, Bound, Quantity};
use crate::region::RegionId;
use crate::report::Status;
use crate::site::{Observation, Role, Site};
use crate::unit::{Dimension, Unit, convert, shift};

/// A computed value with its working.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Computed {
    /// The value in the indicator's unit from the figures as printed, not rounded.
    pub value: Decimal,
    /// The least value the rounding of the printed parts leaves possible.
    pub low: Decimal,
    /// The greatest.
    pub high: Decimal,
    /// The working with the figures as written: `20.47万人 ÷ 18.68万人`.
    pub formula: String,
}

/// The value an indicator should have in a region and period by its formula; `None` when it has none, parts are missing or
/// bounded, or their units do not make the indicator's.
pub fn compute(site: &Site, indicator: IndicatorId, region: RegionId, period: Period) -> Option<Computed> {
    let target = site.indicators.get(indicator);
    let shape = shape(target, &site.indicators)?;
    let parts: Vec<&Observation> =
        target.formula.parts().iter().map(|id| stated(site, *id, region, period)).collect::<Option<_>>()?;
    let written = parts.iter().filter_map(|one| one.quantity.as_deref()).map(Quantity::as_written);
    let ranges = parts
        .iter()
        .map(|one| Range::of(one.quantity.as_ref()?, &site.indicators.get(one.indicator).unit))
        .collect::<Option<Vec<_>>>()?;
    let (sign, range) = match (shape, ranges.as_slice()) {
        (Shape::Quotient { power }, [above, below]) => (" ÷ ", above.over(*below)?.shifted(power)?),
        (Shape::Quotient { .. }, _) => return None,
        (Shape::Sum { powers }, ranges) => {
            let zero = Range { value: Decimal::ZERO, low: Decimal::ZERO, high: Decimal::ZERO };
            let add = |sum: Range, (part, power): (&Range, i32)| sum.plus(part.shifted(power)?);
            (" + ", ranges.iter().zip(powers).try_fold(zero, add)?)
        }
    };
    let formula = written.collect::<Vec<_>>().join(sign);
    Some(Computed { value: range.value, low: range.low, high: range.high, formula })
}

/// Whether the units of an indicator's parts make its own; a wrong formula would compute wrong figures.
pub fn formula_fits(indicator: &Indicator, indicators: &Indicators) -> bool {
    indicator.formula == Formula::Given || shape(indicator, indicators).is_some()
}

/// The exact value an indicator is stated with.
fn stated(site: &Site, id: IndicatorId, region: RegionId, period: Period) -> Option<&Observation> {
    let one = site.series(id, region).find(|one| one.role == Role::Actual && one.period == period)?;
    one.is_exact().then_some(one)
}

/// How parts become a whole, with the powers of ten between their units and the indicator's.
enum Shape {
    Quotient { power: i32 },
    Sum { powers: Vec<i32> },
}

fn shape(indicator: &Indicator, indicators: &Indicators) -> Option<Shape> {
    let unit = |id: &IndicatorId| &indicators.get(*id).unit;
    match &indicator.formula {
        Formula::Given => None,
        Formula::Ratio(above, below) => quotient(unit(above), unit(below), &indicator.unit),
        Formula::Sum(parts) => {
            let powers = parts.iter().map(|part| addend(unit(part), &indicator.unit)).collect::<Option<Vec<_>>>()?;
            Some(Shape::Sum { powers })
        }
    }
}

/// A share or rate of counts of any kind (例 of 人) or of two figures of one dimension; 张/千人 of 张 and 人; a bare number of
/// two figures of one dimension. 张 alone is no quotient: nothing says per how many.
fn quotient(above: &Unit, below: &Unit, whole: &Unit) -> Option<Shape> {
    let things = |unit: &Unit| matches!(unit.dimension(), Dimension::Count(_) | Dimension::Number);
    let alike = above.dimension() == below.dimension();
    let fits = match whole.dimension() {
        Dimension::Ratio => alike || (things(above) && things(below)),
        Dimension::Number => alike,
        Dimension::Per(one, other) => match (above.dimension(), below.dimension()) {
            (Dimension::Count(above), Dimension::Count(below)) => above == one && below == other,
            _ => false,
        },
        Dimension::Count(name) => &**name == "倍" && alike,
        Dimension::Points => false,
    };
    let power = i32::from(above.power()) - i32::from(below.power()) - i32::from(whole.power());
    fits.then_some(Shape::Quotient { power })
}

/// Counters of bodies, which Chinese mixes freely: 医院21个、诊所132家.
const BODIES: [&str; 6] = ["个", "家", "所", "处", "座", "间"];

/// Bodies counted by several counters add up; people, things and times do not; other units only within their dimension.
pub(crate) fn addend(part: &Unit, whole: &Unit) -> Option<i32> {
    let fits = match (part.dimension(), whole.dimension()) {
        (Dimension::Count(a), Dimension::Count(b)) => a == b || (BODIES.contains(&&**a) && BODIES.contains(&&**b)),
        (a, b) => a == b,
    };
    fits.then(|| i32::from(part.power()) - i32::from(whole.power()))
}

/// A printed figure and the values it may have been rounded from.
#[derive(Clone, Copy)]
pub struct Range {
    /// As printed.
    pub value: Decimal,
    /// The least it may have been rounded from.
    pub low: Decimal,
    /// The most.
    pub high: Decimal,
}

impl Range {
    /// A figure in a unit; none between dimensions, or when a value does not fit into a decimal.
    pub fn of(quantity: &Quantity, unit: &Unit) -> Option<Range> {
        let (value, half) = (quantity.value_in(unit)?, half_step(quantity, unit)?);
        Some(Range { value, low: value.checked_sub(half)?, high: value.checked_add(half)? })
    }

    /// The quotient by a figure that is above zero for certain.
    pub fn over(self, below: Range) -> Option<Range> {
        if below.low <= Decimal::ZERO {
            return None;
        }
        let corners = [
            self.low.checked_div(below.low)?,
            self.low.checked_div(below.high)?,
            self.high.checked_div(below.low)?,
            self.high.checked_div(below.high)?,
        ];
        let (low, high) = (corners.iter().min()?, corners.iter().max()?);
        Some(Range { value: self.value.checked_div(below.value)?, low: *low, high: *high })
    }

    /// The difference.
    pub fn minus(self, other: Range) -> Option<Range> {
        self.plus(Range { value: -other.value, low: -other.high, high: -other.low })
    }

    fn plus(self, other: Range) -> Option<Range> {
        Some(Range {
            value: self.value.checked_add(other.value)?,
            low: self.low.checked_add(other.low)?,
            high: self.high.checked_add(other.high)?,
        })
    }

    fn shifted(self, power: i32) -> Option<Range> {
        let shifted = |value| shift(value, power);
        Some(Range { value: shifted(self.value)?, low: shifted(self.low)?, high: shifted(self.high)? })
    }
}

/// Half the step of the last printed digit in a unit; nothing for a whole count, which is not rounded.
pub fn half_step(quantity: &Quantity, unit: &Unit) -> Option<Decimal> {
    let own = quantity.unit.as_ref().unwrap_or(unit);
    let counted = matches!(own.dimension(), Dimension::Count(_) | Dimension::Number);
    if counted && quantity.scale == 0 && quantity.decimals == 0 {
        return Some(Decimal::ZERO);
    }
    convert(quantity.ulp() / Decimal::TWO, own, unit)
}

/// Computed observations where a formula can be worked out and nothing was stated.
pub(super) fn derived(site: &Site) -> Vec<Observation> {
    let mut derived = Vec::new();
    for (id, indicator) in site.indicators.iter() {
        let Some(first) = indicator.formula.parts().first().copied() else { continue };
        for part in site.of_indicator(first).filter(|one| one.role == Role::Actual) {
            if site.value_at(id, part.region, part.period).is_some() {
                continue;
            }
            let Some(computed) = compute(site, id, part.region, part.period) else { continue };
            let Some(quantity) = printed(&computed, indicator) else { continue };
            derived.push(Observation {
                indicator: id,
                role: Role::Derived,
                value: Some(quantity.value()),
                quantity: Some(quantity.into()),
                status: status(site, &indicator.formula.parts(), part),
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

/// The computed value with as many digits as its parts support: at most two decimals, and 万 where the last digits of a
/// count are not known.
fn printed(computed: &Computed, indicator: &Indicator) -> Option<Quantity> {
    let doubt = (computed.high - computed.low) / Decimal::TWO;
    let known = |power: i32| shift(Decimal::ONE, power).is_some_and(|step| doubt <= step);
    let (scale, decimals) = match indicator.formula {
        Formula::Sum(_) if doubt.is_zero() => (0, computed.value.scale().min(6) as u8),
        Formula::Sum(_) if doubt > Decimal::ONE => {
            (4, (0..=3).rev().find(|places| known(4 - places)).unwrap_or(0) as u8)
        }
        Formula::Sum(_) => (0, (0..=6).rev().find(|places| known(-places)).unwrap_or(0) as u8),
        _ => (0, (0..=2).rev().find(|places| known(-places)).unwrap_or(0) as u8),
    };
    // 300 of 57,000,000 are no 0.00 %.
    let vanishes = |places: u8| quantity::round(computed.value, places).is_zero() && !computed.value.is_zero();
    let decimals = match scale {
        0 if vanishes(decimals) => {
            let more = (decimals..=8).find(|places| !vanishes(*places) && known(-i32::from(*places)));
            // One place more than the first that is not nought, where the parts support it.
            more.map_or(decimals, |places| if known(-i32::from(places + 1)) { places + 1 } else { places })
        }
        _ => decimals,
    };
    let number = quantity::round(shift(computed.value, -i32::from(scale))?, decimals);
    let multiplier = if scale == 4 { "万" } else { "" };
    let digits = quantity::format(number, decimals);
    let lexeme: Arc<str> = format!("{digits}{multiplier}{}", indicator.unit.symbol()).into();
    let unit = Some(indicator.unit.clone());
    Some(Quantity { bound: Bound::Eq, number, scale, unit, decimals, below: None, lexeme })
}

/// What holds of a part holds of the whole: a break, else an estimate, else a provisional or revised part.
fn status(site: &Site, parts: &[IndicatorId], at: &Observation) -> Status {
    let of = |id: &IndicatorId| stated(site, *id, at.region, at.period).map_or(Status::Normal, |one| one.status);
    let all: Vec<Status> = parts.iter().map(of).collect();
    let order = [Status::Break, Status::Estimated, Status::Provisional, Status::Revised];
    order.into_iter().find(|status| all.contains(status)).unwrap_or(Status::Normal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::{site_of, site_with};

    /// The computed figure of an indicator in 2021, with its status; `none` when there is none.
    fn check(indicator: &str, lines: &str, expected: &str) {
        let sample = site_of(lines);
        assert_eq!(sample.codes(), "");
        let id = sample.site.indicators.find(indicator).expect("an indicator");
        let derived = sample.site.of_indicator(id).find(|one| one.role == Role::Derived);
        let got = derived.map_or("none".to_owned(), |one| {
            let written = one.quantity.as_ref().map(|figure| figure.as_written().to_owned()).unwrap_or_default();
            format!("{written} {} {}", one.value.map(|value| value.normalize()).unwrap_or_default(), one.status.code())
        });
        assert_eq!(got, expected, "{lines}");
    }

    #[test]
    fn ratios_have_the_digits_their_parts_support() {
        check("done", r#"429006 2021 | people = "3034人" | task = "3000人""#, "101.13% 101.13 A");
        check("done", r#"429006 2021 | people = "20.47万人" | task = "18.68万人""#, "109.6% 109.6 A");
        check("done", r#"429006 2021 | people = "300人" | task = "57000000人""#, "0.0005% 0.0005 A");
        check("done", r#"429006 2021 | people = "3034人" | task = "0人""#, "none");
        check("done", r#"429006 2021 | people = "3000余人" | task = "3000人""#, "none");
        check("done", r#"429006 2021 | people = "8人" | task = { value = "9人", status = "break" }"#, "88.89% 88.89 B");
        check("done", "429006 2021 | people = \"3034人\"\n429006 2020 | task = \"3000人\"", "none");
        check("done", r#"429006 2021 | people = { value = "3034人", as_of = 2021-11-30 } | task = "3000人""#, "none");
    }

    #[test]
    fn sums_mix_counters_and_multipliers() {
        check("hospitals", r#"429006 2021 | public = "21个" | private = "132家""#, "153个 153 A");
        check("hospitals", r#"429006 2021 | public = "20.47万个" | private = "3000家""#, "20.77万个 207700 A");
        check("hospitals", r#"429006 2021 | public = "21个""#, "none");
    }

    #[test]
    fn units_must_come_out() {
        let fits = |whole: &str, above: &str, below: &str, key: &str| {
            let text = format!(
                "[a]\nname = \"a\"\nunit = \"{above}\"\n[b]\nname = \"b\"\nunit = \"{below}\"\n[c]\nname = \"c\"\nunit = \"{whole}\"\n{key} = [\"a\", \"b\"]\n"
            );
            let sample = site_with(&[("indicators.toml".to_owned(), text)]);
            let id = sample.site.indicators.find("c").expect("an indicator");
            formula_fits(sample.site.indicators.get(id), &sample.site.indicators)
        };
        assert!(fits("%", "家", "个", "ratio"));
        assert!(fits("‰", "例", "人", "ratio"));
        assert!(fits("%", "元", "元", "ratio"));
        assert!(fits("张/千人", "张", "人", "ratio"));
        assert!(!fits("张", "张", "人", "ratio"));
        assert!(!fits("张/千人", "人", "张", "ratio"));
        assert!(!fits("%", "%", "人", "ratio"));
        assert!(fits("个", "家", "所", "sum"));
        assert!(fits("%", "‰", "%", "sum"));
        assert!(!fits("人", "人", "人次", "sum"));
        assert!(!fits("人", "人", "%", "sum"));
    }
}
