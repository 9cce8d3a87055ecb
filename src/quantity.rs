//! Quantities: a figure as an author wrote it (`12.8/10万`, `85%以上`, `36.7万余份`) becomes an exact decimal with its bound,
//! multiplier, unit, printed precision and words. Nothing goes through a binary float, and nothing is guessed: what does
//! not read as exactly one figure is a [`QuantityError`]. [`parse`] reads, [`format()`] and [`round`] print.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::unit::{Unit, convert, shift};

mod display;
pub mod find;
mod parse;

pub use self::display::{format, format_grouped, round};
pub use self::parse::parse;

/// A figure as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// What the words around the digits say of the figure.
    pub bound: Bound,
    /// The digits as written, with their sign and their zeros.
    pub number: Decimal,
    /// The power of ten of the multiplier: 万 is 4, 十万 5, 亿 8; 0 without one.
    pub scale: u8,
    /// The unit, if one is written.
    pub unit: Option<Unit>,
    /// How many digits are printed behind the point.
    pub decimals: u8,
    /// With 余 or 多: the end of the value, not included. 90余万 ends before 100万, 36.7万余 before 36.8万.
    pub below: Option<Decimal>,
    /// The text as written, without blanks around it.
    pub lexeme: Arc<str>,
}

/// What the words around a figure say of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Bound {
    /// The figure itself.
    Eq,
    /// At least: 以上, 不低于, 至少. 以上 includes the figure (民法典 1259).
    Ge,
    /// At most: 以下, 以内, 不超过.
    Le,
    /// More than: 超过, 高于, and 余 and 多.
    Gt,
    /// Less than: 低于, 不足.
    Lt,
    /// About: 约, 近, 左右.
    Approx,
}

/// The values a figure allows, in its own unit. Without ends nothing is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    /// The lower end, and whether it is included.
    pub low: Option<(Decimal, bool)>,
    /// The upper end, and whether it is included.
    pub high: Option<(Decimal, bool)>,
}

/// Why a text is not one figure; ranges are bytes of the text given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuantityError {
    /// Nothing but blanks.
    Empty,
    /// No number where one must stand.
    NotANumber {
        /// The words in its place.
        range: Range<usize>,
    },
    /// A unit that is neither built in nor declared.
    UnknownUnit {
        /// The unit as written.
        range: Range<usize>,
        /// The unit, folded.
        unit: String,
        /// A known unit that may be meant.
        suggestion: Option<String>,
    },
    /// Two figures, from one to another.
    Range {
        /// Both figures.
        range: Range<usize>,
    },
    /// Two words that both bound the figure, as in 不低于85%以上.
    DoubleBound {
        /// The second of them.
        range: Range<usize>,
    },
    /// Something after the figure.
    Trailing {
        /// The superfluous text.
        range: Range<usize>,
    },
    /// More than 28 digits or 100 characters, or a value too large for a decimal.
    TooLong {
        /// The digits or the text.
        range: Range<usize>,
    },
    /// Separators that do not make groups of three digits.
    BadGrouping {
        /// The digits.
        range: Range<usize>,
    },
}

impl Quantity {
    /// The value in its own unit: the digits times the multiplier.
    pub fn value(&self) -> Decimal {
        shift(self.number, i32::from(self.scale)).expect("the parser refuses a figure whose value does not fit")
    }

    /// The value in another unit; a figure without unit is taken to be in it. None between dimensions.
    pub fn value_in(&self, to: &Unit) -> Option<Decimal> {
        match &self.unit {
            None => Some(self.value()),
            Some(from) => convert(self.value(), from, to),
        }
    }

    /// The step of the last printed digit in its own unit: 0.1 for 12.8, 1000 for 36.7万.
    pub fn ulp(&self) -> Decimal {
        let power = i32::from(self.scale) - i32::from(self.decimals);
        shift(Decimal::ONE, power).expect("the parser reads at most 28 digits and multipliers up to 万亿")
    }

    /// Whether it states the value itself, neither bounded nor about.
    pub fn is_exact(&self) -> bool {
        self.bound == Bound::Eq && self.below.is_none()
    }

    /// The values it allows. Rounding is not considered; for that see [`Quantity::ulp`].
    pub fn interval(&self) -> Interval {
        let value = self.value();
        match self.bound {
            Bound::Eq => Interval { low: Some((value, true)), high: Some((value, true)) },
            Bound::Ge => Interval { low: Some((value, true)), high: None },
            Bound::Gt => Interval { low: Some((value, false)), high: self.below.map(|below| (below, false)) },
            Bound::Le => Interval { low: None, high: Some((value, true)) },
            Bound::Lt => Interval { low: None, high: Some((value, false)) },
            Bound::Approx => Interval { low: None, high: None },
        }
    }

    /// The text as written.
    pub fn as_written(&self) -> &str {
        &self.lexeme
    }
}

impl Bound {
    /// The code for machines: `eq`, `ge`, `le`, `gt`, `lt`, `approx`.
    pub fn code(self) -> &'static str {
        match self {
            Bound::Eq => "eq",
            Bound::Ge => "ge",
            Bound::Le => "le",
            Bound::Gt => "gt",
            Bound::Lt => "lt",
            Bound::Approx => "approx",
        }
    }

    /// The sign for readers: empty, `≥`, `≤`, `>`, `<`, `约`.
    pub fn sign(self) -> &'static str {
        match self {
            Bound::Eq => "",
            Bound::Ge => "≥",
            Bound::Le => "≤",
            Bound::Gt => ">",
            Bound::Lt => "<",
            Bound::Approx => "约",
        }
    }
}

impl Interval {
    /// Whether a value lies inside; an interval without ends holds every value.
    pub fn contains(&self, value: Decimal) -> bool {
        let above = self.low.is_none_or(|(low, included)| value > low || (included && value == low));
        above && self.high.is_none_or(|(high, included)| value < high || (included && value == high))
    }
}

impl QuantityError {
    /// The place in the text given; `0..0` when it is empty.
    pub fn range(&self) -> Range<usize> {
        match self {
            QuantityError::Empty => 0..0,
            QuantityError::NotANumber { range }
            | QuantityError::UnknownUnit { range, .. }
            | QuantityError::Range { range }
            | QuantityError::DoubleBound { range }
            | QuantityError::Trailing { range }
            | QuantityError::TooLong { range }
            | QuantityError::BadGrouping { range } => range.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Units;

    /// Value, step of the last digit, allowed values; and the value in another unit after ` -> `.
    fn check(input: &str, expected: &str) {
        let units = Units::default();
        let (text, to) = input.split_once(" -> ").map_or((input, None), |(text, to)| (text, Some(to)));
        let quantity = parse(text, &units).expect("a figure");
        let got = match to {
            Some(to) => {
                let to = units.parse(to).expect("a unit");
                quantity.value_in(&to).map_or("none".to_owned(), |value| value.to_string())
            }
            None => {
                let Interval { low, high } = quantity.interval();
                let low =
                    low.map_or("(".to_owned(), |(low, inside)| format!("{}{low}", if inside { '[' } else { '(' }));
                let high =
                    high.map_or(")".to_owned(), |(high, inside)| format!("{high}{}", if inside { ']' } else { ')' }));
                format!("{} ±{} {low}, {high}", quantity.value(), quantity.ulp())
            }
        };
        assert_eq!(got, expected, "{input}");
    }

    #[test]
    fn values_and_what_they_allow() {
        check("12.8/10万", "12.8 ±0.1 [12.8, 12.8]");
        check("5.40‰", "5.40 ±0.01 [5.40, 5.40]");
        check("176.0172万剂次", "1760172 ±1 [1760172, 1760172]");
        check("85%以上", "85 ±1 [85, )");
        check("超过85%", "85 ±1 (85, )");
        check("12.8/10万以内", "12.8 ±0.1 (, 12.8]");
        check("低于7‰", "7 ±1 (, 7)");
        check("约300人", "300 ±1 (, )");
        check("90余万元", "900000 ±10000 (900000, 1000000)");
        check("36.7万余份", "367000 ±1000 (367000, 368000)");
        check("300余名", "300 ±1 (300, 400)");
    }

    #[test]
    fn values_in_another_unit() {
        check("5.40‰ -> %", "0.540");
        check("12.8/10万 -> ‰", "0.128");
        check("0 -> /10万", "0");
        check("36.7万名 -> 人", "367000");
        check("36.7万人 -> 人次", "none");
        check("6.51% -> 个百分点", "none");
    }

    #[test]
    fn intervals_hold_values() {
        let interval = parse("90余万元", &Units::default()).expect("a figure").interval();
        let held = [900_000, 900_001, 999_999, 1_000_000].map(|value| interval.contains(Decimal::from(value)));
        assert_eq!(held, [false, true, true, false]);
    }
}
