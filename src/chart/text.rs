//! The width of text without a font: one em for a wide character, a table for ASCII; and lines that fit a width.
//!
//! The table follows the common sans faces and errs on the wide side, so that a box computed here holds the drawn text.

use unicode_width::UnicodeWidthChar;

/// Hundredths of an em for the characters from space to tilde.
const ASCII: [u16; 95] = [
    28, 33, 41, 58, 58, 93, 70, 26, 36, 36, 45, 60, 29, 36, 29, 40, // space ! " # $ % & ' ( ) * + , - . /
    58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 30, 30, 60, 60, 60, 54, // 0-9 : ; < = > ?
    98, 67, 68, 70, 73, 62, 60, 76, 76, 32, 56, 68, 58, 84, 76, 78, // @ A-O
    67, 78, 69, 65, 63, 76, 67, 94, 67, 65, 63, 36, 40, 36, 56, 58, // P-Z [ \ ] ^ _
    40, 58, 62, 54, 62, 58, 37, 62, 61, 28, 29, 57, 30, 93, 61, 61, // ` a-o
    62, 62, 41, 51, 40, 61, 55, 82, 55, 55, 52, 38, 32, 38, 60, // p-z { | } ~
];

/// Measures text in ems.
pub fn em(text: &str) -> f64 {
    f64::from(text.chars().map(|c| u32::from(hundredths(c))).sum::<u32>()) / 100.0
}

/// Breaks text into the fewest lines of at most `width` ems, as even as they can be; a word of ASCII is broken only when it
/// is longer than a line.
pub fn wrap(text: &str, width: f64) -> Vec<String> {
    let width = width.max(2.0);
    let whole = em(text);
    if whole <= width {
        return vec![text.trim().to_owned()];
    }
    let fewest = fill(text, width);
    let owned = |lines: Vec<&str>| lines.into_iter().map(str::to_owned).collect();
    if fewest.len() < 2 {
        return owned(fewest);
    }
    let mut tried = whole / fewest.len() as f64;
    while tried < width {
        let even = fill(text, tried.max(2.0));
        if even.len() == fewest.len() && even.iter().all(|line| em(line) <= width) {
            return owned(even);
        }
        tried += 0.5;
    }
    owned(fewest)
}

/// Fills lines greedily.
fn fill(text: &str, width: f64) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (from, to) in pieces(text, width) {
        if from > start && em(text[start..to].trim()) > width {
            lines.push(text[start..from].trim());
            start = from;
        }
    }
    lines.push(text[start..].trim());
    lines
}

/// Where text may be cut, as pieces that follow each other: after every wide character and every space, never before closing or
/// after opening marks.
fn pieces(text: &str, width: f64) -> Vec<(usize, usize)> {
    const CLOSING: &str = "，。；：！？、）》〉】」』”’％‰℃,.;:!?)]}%";
    const OPENING: &str = "（《〈【「『“‘([{";
    let mut pieces: Vec<(usize, usize)> = Vec::with_capacity(text.len() / 3 + 1);
    let (mut may_end, mut opened) = (true, false);
    let mut long = 0.0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let size = f64::from(hundredths(c)) / 100.0;
        let wide = size >= 1.0;
        let glued = opened || (!may_end && !wide) || CLOSING.contains(c);
        match pieces.last_mut() {
            Some(piece) if glued && long + size <= width => {
                piece.1 = end;
                long += size;
            }
            _ => {
                pieces.push((at, end));
                long = size;
            }
        }
        may_end = wide || c == ' ';
        opened = OPENING.contains(c);
    }
    pieces
}

fn hundredths(c: char) -> u16 {
    match c {
        ' '..='~' => ASCII[c as usize - ' ' as usize],
        // Most text is this, and the answer short.
        '\u{4e00}'..='\u{9fff}' => 100,
        '‰' => 140,
        '\u{a0}'..='\u{24f}' => 62,
        _ if c.width() == Some(0) => 0,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: f64, expected: &[&str]) {
        assert_eq!(wrap(text, width), expected);
    }

    #[test]
    fn widths_come_from_the_table() {
        assert_eq!(em("天门市"), 3.0);
        assert!((em("12.8") - 2.03).abs() < 0.001);
        assert_eq!(em(""), 0.0);
        assert_eq!(em("e\u{301}"), 0.58);
    }

    #[test]
    fn lines_are_even_and_words_stay_whole() {
        check("天门市", 9.0, &["天门市"]);
        check("新疆生产建设兵团第十师北屯市", 9.0, &["新疆生产建设兵", "团第十师北屯市"]);
        check("甲（乙丙）丁", 3.0, &["甲（乙", "丙）丁"]);
        check("Inner Mongolia", 5.0, &["Inner", "Mongolia"]);
        check("", 5.0, &[""]);
    }
}
