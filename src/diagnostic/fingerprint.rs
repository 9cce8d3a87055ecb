//! What findings are known by from run to run: code, file and the words of the line, never its number, so that text
//! added above a finding does not make it a new one.

use std::collections::BTreeMap;

use super::Diagnostic;
use crate::hash::Hash;
use crate::source::{FileId, Sources, Span};

/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 16;

/// Puts findings in the order of their places, says each once, and gives those without a fingerprint theirs.
pub fn stamp(found: &mut Vec<Diagnostic>, sources: &Sources) {
    let path = |one: &Diagnostic| one.span.map(|span| sources.name(span.file).clone());
    found.sort_by(|a, b| path(a).cmp(&path(b)).then_with(|| a.cmp(b)));
    found.dedup();
    let mut files: BTreeMap<FileId, String> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for one in found.iter_mut().filter(|one| one.fingerprint.is_empty()) {
        let words = match one.span {
            Some(span) => line(files.entry(span.file).or_insert_with(|| sources.text(span.file)), span),
            None => facts(one),
        };
        let key = format!("{}\0{}\0{words}", one.code, path(one).unwrap_or_default());
        let ordinal = seen.entry(key.clone()).or_insert(0);
        one.fingerprint = Hash::of(format!("{key}\0{ordinal}").as_bytes()).to_string()[..DIGITS].into();
        *ordinal += 1;
    }
}

/// The line a span begins on, its blanks folded.
pub fn line(text: &str, span: Span) -> String {
    let at = text.floor_char_boundary((span.start as usize).min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    line.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The facts of a finding without a place.
fn facts(one: &Diagnostic) -> String {
    one.args.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fingerprints of warnings about every `x` of a text.
    fn prints(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let file = sources.add_text("a.md", text);
        let warning = |(at, _)| Diagnostic::warning("text-stray", Span::new(file, at..at + 1));
        let mut found: Vec<Diagnostic> = text.match_indices('x').map(warning).collect();
        stamp(&mut found, &sources);
        found.into_iter().map(|one| one.fingerprint.into_string()).collect()
    }

    #[test]
    fn lines_above_and_blanks_do_not_count_but_words_and_digits_do() {
        let one = prints("甲 x 1\n");
        assert_eq!(prints("新的一行\n\n  甲  x\t1\r\n"), one);
        assert_ne!(prints("甲 x 2\n"), one);
        assert_ne!(prints("乙 x 1\n"), one);
        assert_eq!(one[0].len(), DIGITS);
    }

    #[test]
    fn equal_lines_are_told_apart_by_their_order() {
        let two = prints("x\n\nx\n");
        assert_ne!(two[0], two[1]);
        assert_eq!(prints("x\n")[0], two[0]);
        assert_eq!(prints("xx\n").len(), 2);
    }
}
