//! Decimals become digits: fixed-point text, rounded by GB/T 8170 and grouped by GB/T 15835. The only place that prints a
//! number which was not written by an author.

use rust_decimal::{Decimal, RoundingStrategy};

/// Prints with exactly so many decimals and an ASCII minus; rounds if it must. Zero has no sign.
pub fn format(value: Decimal, decimals: u8) -> String {
    let rounded = round(value, decimals);
    let places = usize::from(decimals);
    let mut digits = rounded.mantissa().unsigned_abs().to_string();
    digits.push_str(&"0".repeat(places.saturating_sub(rounded.scale() as usize)));
    if digits.len() <= places {
        digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
    }
    if places > 0 {
        digits.insert(digits.len() - places, '.');
    }
    if rounded.is_sign_negative() && !rounded.is_zero() {
        digits.insert(0, '-');
    }
    digits
}

/// Prints like [`format()`] with commas between groups of three, from five digits on; four may stand (GB/T 15835).
pub fn format_grouped(value: Decimal, decimals: u8) -> String {
    let mut text = format(value, decimals);
    let start = usize::from(text.starts_with('-'));
    let end = text.find('.').unwrap_or(text.len());
    if end - start < 5 {
        return text;
    }
    let mut at = end;
    while at > start + 3 {
        at -= 3;
        text.insert(at, ',');
    }
    text
}

/// Rounds once, from the exact value, half to even (GB/T 8170: 四舍六入五成双).
pub fn round(value: Decimal, decimals: u8) -> Decimal {
    value.round_dp_with_strategy(u32::from(decimals), RoundingStrategy::MidpointNearestEven)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, decimals: u8, plain: &str, grouped: &str) {
        let value: Decimal = value.parse().expect("a decimal");
        assert_eq!(format(value, decimals), plain, "{value}");
        assert_eq!(format_grouped(value, decimals), grouped, "{value}");
    }

    #[test]
    fn printing() {
        check("0", 0, "0", "0");
        check("0", 2, "0.00", "0.00");
        check("5.4", 2, "5.40", "5.40");
        check("1234", 0, "1234", "1234");
        check("12345", 0, "12345", "12,345");
        check("-1234567.5", 1, "-1234567.5", "-1,234,567.5");
        check("-123456", 0, "-123456", "-123,456");
        check("1234.56789", 5, "1234.56789", "1234.56789");
        check("-0.4", 0, "0", "0");
        check("-0.05", 2, "-0.05", "-0.05");
        check("0.007", 3, "0.007", "0.007");
        check("1", 30, "1.000000000000000000000000000000", "1.000000000000000000000000000000");
        check(
            "79228162514264337593543950335",
            2,
            "79228162514264337593543950335.00",
            "79,228,162,514,264,337,593,543,950,335.00",
        );
    }

    #[test]
    fn rounding_half_to_even() {
        check("1.05", 1, "1.0", "1.0");
        check("1.15", 1, "1.2", "1.2");
        check("2.5", 0, "2", "2");
        check("3.5", 0, "4", "4");
        check("2.5001", 0, "3", "3");
        check("-2.5", 0, "-2", "-2");
        check("78.2608695652", 2, "78.26", "78.26");
        check("15.4546", 0, "15", "15");
    }
}
