//! A passage as a row of characters: rules look at neighbours by index and turn indices back into places.

use std::ops::Range;

use crate::passage::Passage;
use crate::source::Span;

/// The characters of a passage.
pub(super) struct Chars<'a> {
    passage: &'a Passage,
    all: Vec<(usize, char)>,
}

impl<'a> Chars<'a> {
    /// Takes a passage apart.
    pub(super) fn new(passage: &'a Passage) -> Chars<'a> {
        Chars { passage, all: passage.text.char_indices().collect() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The character at an index; a blank outside.
    pub(super) fn at(&self, index: usize) -> char {
        self.all.get(index).map_or('\n', |(_, c)| *c)
    }

    /// The character before an index; a line break at the start.
    pub(super) fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\n', |index| self.at(index))
    }

    /// The byte at which a character starts.
    fn byte(&self, index: usize) -> usize {
        self.all.get(index).map_or(self.passage.text.len(), |(at, _)| *at)
    }

    /// The words of a range.
    pub(super) fn text(&self, range: Range<usize>) -> &'a str {
        self.passage.text.get(self.byte(range.start)..self.byte(range.end)).unwrap_or_default()
    }

    /// The words of at most `count` characters before an index.
    pub(super) fn lead(&self, index: usize, count: usize) -> &'a str {
        self.text(index.saturating_sub(count)..index)
    }

    /// The place of a range.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.passage.span(self.byte(range.start)..self.byte(range.end))
    }

    /// Whether a character belongs to inline code.
    pub(super) fn is_code(&self, index: usize) -> bool {
        self.passage.is_code(self.byte(index))
    }

    /// The end of the run of characters from an index on that a test accepts.
    pub(super) fn run(&self, from: usize, accepts: impl Fn(char) -> bool) -> usize {
        (from..self.len()).find(|index| !accepts(self.at(*index))).unwrap_or(self.len())
    }

    /// The end of the number (digits, perhaps with a point and more digits) that starts at an index.
    pub(super) fn number(&self, from: usize) -> usize {
        let whole = self.run(from, |c| c.is_ascii_digit());
        let fraction = self.run(whole + 1, |c| c.is_ascii_digit());
        if whole > from && self.at(whole) == '.' && fraction > whole + 1 { fraction } else { whole }
    }
}

/// A Chinese character, not a mark.
pub(super) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// The value of a Chinese numeral up to 99 written as in headings: 一, 十, 十二, 二十一.
pub(super) fn numeral(text: &str) -> Option<u32> {
    let digit = |text: &str| match text {
        "一" => Some(1),
        "二" => Some(2),
        "三" => Some(3),
        "四" => Some(4),
        "五" => Some(5),
        "六" => Some(6),
        "七" => Some(7),
        "八" => Some(8),
        "九" => Some(9),
        _ => None,
    };
    match text.split_once('十') {
        None => digit(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            Some(10 * tens + ones)
        }
    }
}

/// A character of a Chinese numeral as headings use it.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// A Chinese numeral as headings use it.
pub(super) fn chinese(value: u32) -> String {
    let digit = |value: u32| "一二三四五六七八九".chars().nth((value as usize).wrapping_sub(1));
    let tens = if value >= 20 { digit(value / 10) } else { None };
    let ten = (value >= 10).then_some('十');
    tens.into_iter().chain(ten).chain(digit(value % 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_headings() {
        for value in 1..=99 {
            assert_eq!(numeral(&chinese(value)), Some(value));
        }
        assert_eq!([chinese(10), chinese(12), chinese(21)].join(" "), "十 十二 二十一");
        assert_eq!(numeral("百"), None);
        assert_eq!(numeral("一二"), None);
    }
}
