//! Numbers as text for charts: exact decimals in, shortest plain text out. Nothing else in `chart` prints a digit of a figure.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Figure, Lang};

/// Prints a figure of the table with the decimals it has: 4.0 stays 4.0, because the zero was measured.
pub fn figure(value: Decimal) -> String {
    grouped(value.to_string())
}

/// The nearest float, for places on a drawing and for scripts; never printed as a figure.
pub fn float(value: Decimal) -> f64 {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    // Both parts are exact, so the quotient is the nearest float.
    match (i64::try_from(value.mantissa()), POWERS.get(value.scale() as usize)) {
        (Ok(mantissa), Some(power)) if mantissa.unsigned_abs() < 1 << 53 => mantissa as f64 / power,
        _ => value.to_f64().unwrap_or_default(),
    }
}

/// A figure as the source writes it; one that is computed here, with its sign and all its decimals.
pub fn written(figure: &Figure) -> String {
    if figure.written.is_empty() { bare(figure) } else { figure.written.clone() }
}

/// A figure with its sign and without its unit.
pub fn bare(figure: &Figure) -> String {
    let digits = self::figure(figure.value);
    if figure.sign.is_empty() { digits } else { format!("{}{digits}", figure.sign) }
}

/// Prints the shortest plain text: no trailing zeros, a comma every three digits from five integer digits on.
pub fn number(value: Decimal) -> String {
    let value = value.normalize();
    grouped(if value.is_zero() { "0".to_owned() } else { value.to_string() })
}

/// Prints a tick of an axis: every tick of one axis has the decimals of its step; large ones end in 万 or 亿.
pub fn tick(value: Decimal, step: Decimal, magnitude: Magnitude) -> String {
    if value.is_zero() {
        return "0".to_owned();
    }
    let decimals = (step / magnitude.factor).normalize().scale();
    let text = format!("{:.*}", decimals as usize, value / magnitude.factor);
    format!("{}{}", grouped(text), magnitude.word)
}

/// A power of ten that shortens the ticks of an axis, with its word.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Magnitude {
    factor: Decimal,
    word: &'static str,
}

impl Magnitude {
    /// Chooses the magnitude for an axis; a unit that brings its own 万 or 亿 gets none.
    pub fn of(largest: Decimal, step: Decimal, unit: &str, lang: Lang) -> Magnitude {
        let choices: [(i64, &'static str); 2] = match lang {
            Lang::Zh => [(100_000_000, "亿"), (10_000, "万")],
            Lang::En => [(1_000_000_000, " bn"), (1_000_000, " m")],
        };
        let plain = Magnitude { factor: Decimal::ONE, word: "" };
        if unit.starts_with(['万', '亿', '百', '千']) {
            return plain;
        }
        let fits = |factor: Decimal| largest >= factor && step * Decimal::ONE_HUNDRED >= factor;
        choices
            .into_iter()
            .map(|(factor, word)| Magnitude { factor: Decimal::from(factor), word })
            .find(|magnitude| largest >= Decimal::from(100_000) && fits(magnitude.factor))
            .unwrap_or(plain)
    }
}

/// Puts commas into the integer part of a plain number.
fn grouped(text: String) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |dot| digits.split_at(dot));
    if whole.len() < 5 {
        return text;
    }
    let mut out = String::from(sign);
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(number(input.parse().expect("a decimal")), expected);
    }

    #[test]
    fn numbers_are_short_and_grouped() {
        check("98.50", "98.5");
        check("-0.00", "0");
        check("1000", "1000");
        check("12345.60", "12,345.6");
        check("-123456789012", "-123,456,789,012");
    }

    #[test]
    fn floats_are_the_nearest() {
        for text in ["0", "-0.1", "12.8", "0.3", "9007199254740993", "79228162514264337593543950335", "0.000001"] {
            let value: Decimal = text.parse().expect("a decimal");
            assert_eq!(float(value), text.parse::<f64>().expect("a float"), "{text}");
        }
    }

    #[test]
    fn ticks_share_decimals_and_magnitude() {
        let step = Decimal::new(25, 1);
        let plain = Magnitude::of(Decimal::TEN, step, "‰", Lang::Zh);
        assert_eq!(tick(Decimal::from(5), step, plain), "5.0");
        let step = Decimal::from(50_000_000);
        let hundred_million = Magnitude::of(Decimal::from(150_000_000), step, "元", Lang::Zh);
        assert_eq!(tick(Decimal::from(100_000_000), step, hundred_million), "1.0亿");
        assert_eq!(Magnitude::of(Decimal::from(150_000_000), step, "万元", Lang::Zh).word, "");
    }
}
