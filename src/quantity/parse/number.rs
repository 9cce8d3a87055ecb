//! The digits of a figure: sign, groups of three, decimals. Exact, and strict where a slip would change the number.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::QuantityError;
use super::folded::{Folded, THIN};

pub(super) struct Number {
    pub(super) value: Decimal,
    pub(super) decimals: u8,
    /// How many zeros end the whole part.
    pub(super) trailing_zeros: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads the number that must begin at a character.
pub(super) fn read_number(text: &Folded, start: usize) -> Result<Number, QuantityError> {
    let sign = text.chars.get(start).copied().filter(|c| matches!(c, '-' | '+'));
    let first = start + usize::from(sign.is_some());
    if !text.chars.get(first).is_some_and(char::is_ascii_digit) {
        let from = if start < text.chars.len() { start } else { 0 };
        return Err(QuantityError::NotANumber { range: text.range(from..text.chars.len()) });
    }
    let end = end_of(text, first);
    let token = text.string(first..end);
    let range = text.range(first..end);
    let (whole, fraction) = token.split_once('.').unwrap_or((&token, ""));
    if fraction.contains('.') {
        return Err(QuantityError::NotANumber { range });
    }
    if !is_grouped(whole) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(QuantityError::BadGrouping { range });
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(QuantityError::NotANumber { range });
    }
    let digits: String = token.chars().filter(char::is_ascii_digit).collect();
    let value = exact(&digits, fraction.len(), sign == Some('-'), range)?;
    let trailing_zeros = if whole == "0" { 0 } else { trailing_zeros(whole) };
    Ok(Number { value, decimals: fraction.len() as u8, trailing_zeros, start, end })
}

/// The end of digits, points and separators; a separator at the very end belongs to what follows.
fn end_of(text: &Folded, first: usize) -> usize {
    let is_part = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | &THIN);
    let length = text.chars[first..].iter().take_while(|c| is_part(c)).count();
    let token = &text.chars[first..first + length];
    let last = token.iter().rposition(char::is_ascii_digit).expect("the first character is a digit");
    first + last + 1
}

/// Whether the whole part has no separators, or one sort of them after every third digit from the right.
fn is_grouped(whole: &str) -> bool {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return true;
    };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or("");
    let all_digits = whole.chars().all(|c| c.is_ascii_digit() || c == separator);
    separator != ' '
        && all_digits
        && (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3)
}

fn trailing_zeros(whole: &str) -> usize {
    whole.chars().rev().filter(char::is_ascii_digit).take_while(|c| *c == '0').count()
}

pub(crate) fn exact(
    digits: &str,
    decimals: usize,
    negative: bool,
    range: Range<usize>,
) -> Result<Decimal, QuantityError> {
    if digits.len() > 28 {
        return Err(QuantityError::TooLong { range });
    }
    let mantissa: i128 = digits.parse().expect("at most 28 ASCII digits");
    let mantissa = if negative { -mantissa } else { mantissa };
    Ok(Decimal::try_from_i128_with_scale(mantissa, decimals as u32).expect("28 digits fit into a decimal"))
}
