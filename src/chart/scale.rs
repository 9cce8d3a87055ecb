//! Axes: the nice range and ticks for a set of figures, computed on decimals so that a tick is a number somebody would write.

use rust_decimal::Decimal;

use super::number::float;

/// The range of an axis; `low` and `high` are multiples of `step`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scale {
    /// The lower end.
    pub low: Decimal,
    /// The upper end, above `low`.
    pub high: Decimal,
    /// The distance of two ticks.
    pub step: Decimal,
}

impl Scale {
    /// The axis of a line chart: from zero unless all figures lie within the upper half of what zero would give.
    pub fn lines(values: &[Decimal]) -> Scale {
        let (low, high) = ends(values);
        let half = high / Decimal::TWO;
        let from_zero = low == high
            || (low >= Decimal::ZERO && low <= half)
            || (high <= Decimal::ZERO && high >= low / Decimal::TWO);
        if from_zero { nice(low.min(Decimal::ZERO), high.max(Decimal::ZERO)) } else { nice(low, high) }
    }

    /// The axis of bars: zero is always on it.
    pub fn bars(values: &[Decimal]) -> Scale {
        let (low, high) = ends(values);
        nice(low.min(Decimal::ZERO), high.max(Decimal::ZERO))
    }

    /// Whether zero is off the axis; the chart has to say so.
    pub fn cut(&self) -> bool {
        self.low > Decimal::ZERO || self.high < Decimal::ZERO
    }

    /// The ticks, ascending.
    pub fn ticks(&self) -> Vec<Decimal> {
        let mut ticks = vec![self.low.normalize()];
        let mut at = self.low;
        while let Some(next) = at.checked_add(self.step).filter(|next| *next <= self.high && *next > at) {
            ticks.push(next.normalize());
            at = next;
        }
        ticks
    }

    /// The place of a value between the ends, 0 to 1.
    pub fn place(&self, value: Decimal) -> f64 {
        (float(value) - float(self.low)) / (float(self.high) - float(self.low))
    }
}

fn ends(values: &[Decimal]) -> (Decimal, Decimal) {
    let low = values.iter().min().copied().unwrap_or_default();
    let high = values.iter().max().copied().unwrap_or_default();
    (low, high)
}

/// Widens a range to multiples of the finest of 1, 2, 2.5 and 5 times a power of ten that needs at most five steps.
fn nice(low: Decimal, high: Decimal) -> Scale {
    const STEPS: u32 = 5;
    if low == high {
        return Scale { low: Decimal::ZERO, high: Decimal::ONE, step: Decimal::new(25, 2) };
    }
    // Figures near the end of what a decimal holds get their own ends as the only ticks.
    let plain = Scale { low, high, step: high.checked_sub(low).unwrap_or(high) };
    let Some(mut power) = high.checked_sub(low).map(|span| power_below(span / Decimal::from(STEPS))) else {
        return plain;
    };
    for _ in 0..3 {
        for tenths in [10, 20, 25, 50] {
            let step = power * Decimal::new(tenths, 1);
            let Some((below, above)) =
                (low / step).floor().checked_mul(step).zip((high / step).ceil().checked_mul(step))
            else {
                return plain;
            };
            if above.checked_sub(below).is_some_and(|span| span <= step * Decimal::from(STEPS)) {
                return Scale { low: below.normalize(), high: above.normalize(), step: step.normalize() };
            }
        }
        let Some(next) = power.checked_mul(Decimal::TEN).filter(|next| *next < Decimal::MAX / Decimal::TEN) else {
            return plain;
        };
        power = next;
    }
    plain
}

/// The largest power of ten that is not above a positive value.
pub(super) fn power_below(value: Decimal) -> Decimal {
    let mut power = Decimal::ONE;
    while power * Decimal::TEN <= value && power.scale() == 0 && power < Decimal::MAX / Decimal::ONE_HUNDRED {
        power *= Decimal::TEN;
    }
    while power > value && power.scale() < 20 {
        power /= Decimal::TEN;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[&str], expected: &str) {
        let values: Vec<Decimal> = values.iter().map(|value| value.parse().expect("a decimal")).collect();
        let ticks: Vec<String> = Scale::lines(&values).ticks().iter().map(Decimal::to_string).collect();
        assert_eq!(ticks.join(" "), expected);
    }

    #[test]
    fn ticks_are_numbers_people_write() {
        check(&["0", "12.8"], "0 5 10 15");
        check(&["98.2", "99.7"], "98 98.5 99 99.5 100");
        check(&["3.2", "5.1"], "3 3.5 4 4.5 5 5.5");
        check(&["0", "100000000"], "0 20000000 40000000 60000000 80000000 100000000");
        check(&["-3", "4"], "-4 -2 0 2 4");
        check(&["0.00012", "0.0009"], "0 0.0002 0.0004 0.0006 0.0008 0.001");
    }

    #[test]
    fn equal_figures_stand_on_zero() {
        check(&["7"], "0 2 4 6 8");
        check(&["0", "0"], "0 0.25 0.5 0.75 1");
        check(&["-7", "-7"], "-8 -6 -4 -2 0");
        check(&[], "0 0.25 0.5 0.75 1");
    }

    #[test]
    fn the_largest_decimals_do_not_overflow() {
        let scale = Scale::lines(&[Decimal::MAX, Decimal::MIN]);
        assert!(scale.place(Decimal::MAX) <= 1.0);
        assert!(!scale.ticks().is_empty());
        assert!(Scale::bars(&[Decimal::MAX]).place(Decimal::MAX) <= 1.0);
    }
}
