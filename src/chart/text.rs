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
    text.chars().map(|c| f64::from(hundredths(c))).sum::<f64>() / 100.0
}

/// Breaks text into the fewest lines of at most `width` ems, as even as they can be; a word of ASCII is broken only when it
/// is longer than a line.
pub fn wrap(text: &str, width: f64) -> Vec<String> {
    let width = width.max(2.0);
    let fewest = fill(text, width);
    if fewest.len() < 2 {
        return fewest;
    }
    let mut tried = em(text) / fewest.len() as f64;
    while tried < width {
        let even = fill(text, tried.max(2.0));
        if even.len() == fewest.len() && even.iter().all(|line| em(line) <= width) {
            return even;
        }
        tried += 0.5;
    }
    fewest
}

/// Fills lines greedily.
fn fill(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, width) {
        if !line.is_empty() && em(line.trim_end()) + em(piece.trim_end()) > width {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(if line.is_empty() { piece.trim_start() } else { &piece });
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Cuts text where a line may end: after every wide character and every space, never before closing or after opening marks.
fn pieces(text: &str, width: f64) -> Vec<String> {
    const CLOSING: &str = "，。；：！？、）》〉】」』”’％‰℃,.;:!?)]}%";
    const OPENING: &str = "（《〈【「『“‘([{";
    let mut pieces: Vec<String> = Vec::new();
    let mut may_end = true;
    for c in text.chars() {
        let wide = hundredths(c) >= 100;
        let glued = CLOSING.contains(c)
            || (!may_end && !wide)
            || pieces.last().is_some_and(|p| p.ends_with(|l| OPENING.contains(l)));
        match pieces.last_mut() {
            Some(piece) if glued && em(piece) + em(&c.to_string()) <= width => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        may_end = wide || c == ' ';
    }
    pieces
}

fn hundredths(c: char) -> u16 {
    match c {
        ' '..='~' => ASCII[c as usize - ' ' as usize],
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
