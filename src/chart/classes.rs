//! The classes of a grid: at most five, from low to high, with limits that somebody would write.
//!
//! Classes are equally wide while that tells the figures apart: of the steps that people count in, the one whose fullest class
//! is smallest. Where two thirds of the figures would still share one class (0 beside 10⁸), each class takes about as many
//! figures as the next, and its limit is the shortest number between two neighbours. Only solid figures are classed.

use rust_decimal::Decimal;

use super::number::number;
use super::scale::power_below;
use super::series::{figures, solid};
use super::{ChartTable, Lang};

/// The shades for white paper, from low to high; class `q1` is the first. Figures on the last two are white.
pub const SHADES: [&str; 5] = ["#E6EEF7", "#BDD3EA", "#86AFD9", "#3F74B0", "#11406A"];

/// The first shade that takes letters in the colour of the paper.
pub const DEEP: usize = 3;

const MOST: usize = SHADES.len();

/// The limits between classes; a figure at a limit belongs to the class above it.
#[derive(Clone, PartialEq, Debug)]
pub struct Classes {
    limits: Vec<Decimal>,
    ends: Option<(Decimal, Decimal)>,
}

impl Classes {
    /// Classes the solid figures of a table.
    pub fn of(table: &ChartTable) -> Classes {
        let all = table.rows.iter().flat_map(|row| figures(table, row));
        let mut values: Vec<Decimal> =
            all.filter(|(_, column, figure)| solid(column, figure)).map(|(.., figure)| figure.value).collect();
        values.sort_unstable();
        let ends = values.first().copied().zip(values.last().copied());
        let Some((low, high)) = ends else { return Classes { limits: Vec::new(), ends } };
        let mut equal = Classes { limits: Vec::new(), ends };
        for step in steps(low, high) {
            let tried = Classes { limits: multiples(step, low, high), ends };
            if (2..=MOST).contains(&tried.count()) && tried.fullest(&values) < equal.fullest(&values) {
                equal = tried;
            }
        }
        if equal.fullest(&values) * 3 <= values.len() * 2 {
            return equal;
        }
        let parts = Classes { limits: parts(&values), ends };
        if parts.fullest(&values) < equal.fullest(&values) { parts } else { equal }
    }

    /// The number of classes; none without a solid figure.
    pub fn count(&self) -> usize {
        if self.ends.is_some() { self.limits.len() + 1 } else { 0 }
    }

    /// The shade of a value, 0 to 4: few classes take shades far apart.
    pub fn shade(&self, value: Decimal) -> usize {
        self.spread(self.class(value))
    }

    /// The limits of all classes in words, each with its shade; empty without a solid figure.
    pub fn key(&self, lang: Lang) -> Vec<(usize, String)> {
        let Some((low, high)) = self.ends else { return Vec::new() };
        let words = |class: usize| {
            let below = class.checked_sub(1).and_then(|place| self.limits.get(place));
            match (below, self.limits.get(class)) {
                (None, None) if low == high => number(low),
                (None, None) => format!("{}–{}", number(low), number(high)),
                (None, Some(limit)) => format!("<{}", number(*limit)),
                (Some(limit), None) => format!("≥{}", number(*limit)),
                (Some(from), Some(to)) => match lang {
                    Lang::Zh => format!("{}～{}", number(*from), number(*to)),
                    Lang::En => format!("{} to {}", number(*from), number(*to)),
                },
            }
        };
        (0..self.count()).map(|class| (self.spread(class), words(class))).collect()
    }

    /// The limits themselves, ascending.
    pub fn limits(&self) -> &[Decimal] {
        &self.limits
    }

    fn class(&self, value: Decimal) -> usize {
        self.limits.iter().take_while(|limit| **limit <= value).count()
    }

    fn spread(&self, class: usize) -> usize {
        const SPREAD: [&[usize]; MOST] = [&[1], &[1, 3], &[0, 2, 4], &[0, 1, 3, 4], &[0, 1, 2, 3, 4]];
        SPREAD[self.limits.len().min(MOST - 1)][class.min(self.limits.len())]
    }

    /// The number of figures in the fullest class; the values are ascending.
    fn fullest(&self, values: &[Decimal]) -> usize {
        let ends = self.limits.iter().map(|limit| values.partition_point(|value| value < limit)).chain([values.len()]);
        let mut before = 0;
        let sizes = ends.map(|end| {
            let size = end - before;
            before = end;
            size
        });
        sizes.max().unwrap_or(0)
    }
}

/// The steps that could cut a range into a few classes, the roundest first.
fn steps(low: Decimal, high: Decimal) -> Vec<Decimal> {
    let Some(span) = high.checked_sub(low).filter(|span| *span > Decimal::ZERO) else { return Vec::new() };
    let mut power = power_below(span);
    let mut steps = Vec::new();
    for _ in 0..2 {
        for tenths in [10, 50, 20, 25, 40, 30, 15] {
            steps.extend(power.checked_mul(Decimal::new(tenths, 1)));
        }
        power /= Decimal::TEN;
    }
    steps
}

/// The multiples of a step above `low` and not above `high`; one more than there may be limits when there are too many.
fn multiples(step: Decimal, low: Decimal, high: Decimal) -> Vec<Decimal> {
    let mut multiples = Vec::new();
    let mut next = (low / step).floor().checked_mul(step).and_then(|at| at.checked_add(step));
    while let Some(at) = next.filter(|at| *at <= high && multiples.len() < MOST) {
        multiples.push(at.normalize());
        next = at.checked_add(step);
    }
    multiples
}

/// Limits between classes of about equal numbers; equal figures stay together.
fn parts(values: &[Decimal]) -> Vec<Decimal> {
    let mut limits: Vec<Decimal> = Vec::new();
    for part in 1..MOST {
        let mut at = (part * values.len() / MOST).max(1);
        while at < values.len() && values[at] == values[at - 1] {
            at += 1;
        }
        let Some(above) = values.get(at) else { continue };
        let limit = between(values[at - 1], *above);
        if limits.last().is_none_or(|last| *last < limit) {
            limits.push(limit);
        }
    }
    limits
}

/// The shortest number above `low` and not above `high`.
fn between(low: Decimal, high: Decimal) -> Decimal {
    let mut power = Decimal::ONE;
    while power < Decimal::MAX / Decimal::ONE_HUNDRED && (power < high.abs() || power < low.abs()) {
        power *= Decimal::TEN;
    }
    while power.scale() < 20 {
        for step in [power, power / Decimal::TWO] {
            let next = (low / step).floor().checked_add(Decimal::ONE).and_then(|times| times.checked_mul(step));
            if let Some(next) = next.filter(|next| *next > low && *next <= high) {
                return next.normalize();
            }
        }
        power /= Decimal::TEN;
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Intent;
    use crate::chart::sample::table;

    fn check(cells: &str, expected: &str) {
        let columns =
            (2000..2000 + cells.split(' ').count()).map(|year| year.to_string()).collect::<Vec<_>>().join(" ");
        let table = table(Intent::Grid, "%", &columns, &[&format!("甲县: {cells}")]);
        let key: Vec<String> =
            Classes::of(&table).key(Lang::Zh).into_iter().map(|(shade, words)| format!("{shade} {words}")).collect();
        assert_eq!(key.join(", "), expected);
    }

    #[test]
    fn limits_are_numbers_people_write() {
        check("1 3 5 7 9", "0 <2, 1 2～4, 2 4～6, 3 6～8, 4 ≥8");
        check("91.2 93.5 98.4 99.1", "0 <93, 1 93～96, 3 96～99, 4 ≥99");
        check("0 1 2 3 4 5 6 100000000", "0 <1, 1 1～3, 2 3～4, 3 4～6, 4 ≥6");
        check("0 9", "1 <5, 3 ≥5");
        check("7 7 7", "1 7");
        check("≥7 8?", "");
    }

    #[test]
    fn the_number_between_is_the_shortest() {
        let between = |low: &str, high: &str| {
            between(low.parse().expect("a decimal"), high.parse().expect("a decimal")).to_string()
        };
        assert_eq!(between("3.14", "3.2"), "3.2");
        assert_eq!(between("1234", "1890"), "1500");
        assert_eq!(between("-0.7", "0.4"), "0");
        assert_eq!(between("6", "100000000"), "100000000");
    }
}
