//! The words of `quote` in a text. Blanks, table bars and the width of signs do not matter.

use std::ops::Range;

use super::lexicon::folded;
use super::line::Line;

/// Where a quotation stands.
pub enum Quoted {
    /// Word for word: which line, and the characters.
    Here(usize, Range<usize>),
    /// With other digits.
    Otherwise(usize, Range<usize>),
    /// Nowhere.
    Nowhere,
}

/// Finds the words of a quotation.
pub fn find(lines: &[Line<'_>], quote: &str) -> Quoted {
    let wanted: Vec<char> = folded(quote).chars().filter(|c| !is_loose(*c)).collect();
    if wanted.is_empty() {
        return Quoted::Nowhere;
    }
    let exact: String = wanted.iter().collect();
    let masked = mask(&exact);
    let mut otherwise = None;
    for (at, line) in lines.iter().enumerate() {
        let places: Vec<usize> = (0..line.chars().len()).filter(|at| !is_loose(line.chars()[*at])).collect();
        let text: String = places.iter().map(|at| line.chars()[*at]).collect();
        let range = |start: usize, length: usize| {
            let last = places.get((start + length).saturating_sub(1)).copied().unwrap_or_default();
            places.get(start).copied().unwrap_or_default()..last + 1
        };
        if let Some(byte) = text.find(&exact) {
            let start = text[..byte].chars().count();
            return Quoted::Here(at, range(start, wanted.len()));
        }
        if otherwise.is_none()
            && let Some((start, length)) = masked_in(&text, &masked)
        {
            otherwise = Some(Quoted::Otherwise(at, range(start, length)));
        }
    }
    otherwise.unwrap_or(Quoted::Nowhere)
}

fn is_loose(c: char) -> bool {
    matches!(c, '|' | '*') || c == ' ' || c == crate::quantity::find::THIN
}

/// A text with one sign for every run of digits.
fn mask(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let digit = c.is_ascii_digit() || c == '.';
        if !digit {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// Where a masked text stands in another: start and length in characters of that other.
fn masked_in(text: &str, wanted: &str) -> Option<(usize, usize)> {
    if !wanted.contains('#') || wanted.chars().all(|c| c == '#') {
        return None;
    }
    let own = mask(text);
    let byte = own.find(wanted)?;
    let (before, within) = (own[..byte].chars().count(), wanted.chars().count());
    // Characters of the text behind each character of the mask.
    let mut places = Vec::new();
    let mut digits = false;
    for (at, c) in text.chars().enumerate() {
        let digit = c.is_ascii_digit() || c == '.';
        if !(digit && digits) {
            places.push(at);
        }
        digits = digit;
    }
    let start = *places.get(before)?;
    let end = places.get(before + within).copied().unwrap_or_else(|| text.chars().count());
    Some((start, end - start))
}
