//! The folded text of a figure, character by character, with the byte range each came from. Blanks are dropped except
//! inside digits, where they would join two numbers; there they stay as one space (or as a thin one, which groups).

use std::ops::Range;

use crate::unit::{fold, is_blank, is_zero_width};

/// A group separator that is a thin space in the text (GB/T 15835).
pub(crate) const THIN: char = '\u{2009}';

pub(crate) struct Folded {
    pub(crate) chars: Vec<char>,
    bytes: Vec<Range<usize>>,
    length: usize,
}

impl Folded {
    pub(crate) fn new(text: &str) -> Folded {
        let mut folded = Folded { chars: Vec::new(), bytes: Vec::new(), length: text.len() };
        let mut blank: Option<(char, Range<usize>)> = None;
        for (at, c) in text.char_indices() {
            let bytes = at..at + c.len_utf8();
            if is_zero_width(c) {
                continue;
            }
            if is_blank(c) {
                let thin = blank.is_none() && matches!(c, '\u{2006}' | '\u{2009}' | '\u{202F}');
                let start = blank.map_or(bytes.start, |(_, before)| before.start);
                blank = Some((if thin { THIN } else { ' ' }, start..bytes.end));
                continue;
            }
            let c = fold_sign(fold(c));
            if let Some((space, place)) = blank.take()
                && folded.chars.last().is_some_and(|last| is_digit_like(*last) || matches!(last, '-' | '+'))
                && is_digit_like(c)
            {
                folded.push(space, place);
            }
            folded.push(c, bytes);
        }
        folded
    }

    /// The bytes of the text that some characters came from.
    pub(crate) fn range(&self, chars: Range<usize>) -> Range<usize> {
        let start = self.bytes.get(chars.start).map_or(self.length, |bytes| bytes.start);
        match self.bytes[chars].last() {
            Some(last) => start..last.end,
            None => start..start,
        }
    }

    /// Whether a character was typed in half width.
    pub(crate) fn is_ascii(&self, at: usize) -> bool {
        self.bytes[at].len() == 1
    }

    pub(crate) fn string(&self, chars: Range<usize>) -> String {
        self.chars[chars].iter().collect()
    }

    fn push(&mut self, c: char, bytes: Range<usize>) {
        self.chars.push(c);
        self.bytes.push(bytes);
    }
}

fn is_digit_like(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

fn fold_sign(c: char) -> char {
    match c {
        '．' => '.',
        '，' => ',',
        '－' | '−' | '﹣' => '-',
        '＋' => '+',
        '＞' | '﹥' => '>',
        '＜' | '﹤' => '<',
        '＝' => '=',
        '～' | '〜' | '∼' | '˜' => '~',
        _ => c,
    }
}
