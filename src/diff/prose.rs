//! The door to `similar`, and the text of a document by sentence: sentences are laid beside each other without their marks
//! and blanks, so that a line wrapped otherwise or a comma of another width is no change of the text.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Hunk, Stretch};
use crate::passage::{self, Block};
use crate::source::FileId;

/// The text of a document.
pub(super) struct Text<'a> {
    /// The text behind the front matter.
    pub text: &'a str,
    /// Its file.
    pub file: FileId,
    /// The whole file.
    pub whole: &'a str,
    /// Where the text starts in it.
    pub offset: usize,
}

/// A sentence.
struct Sentence {
    /// What is compared.
    key: String,
    /// As it stands.
    text: String,
    block: Block,
    heading: String,
    line: usize,
}

/// What ends a sentence.
const ENDS: [char; 4] = ['。', '！', '？', '；'];

/// What may follow the end and still belongs to it.
const CLOSERS: [char; 8] = ['”', '’', '」', '』', '）', ')', '"', '》'];

/// The sentences that changed, and those that only look otherwise.
pub(super) fn compare(old: &Text<'_>, new: &Text<'_>) -> (Vec<Hunk>, Vec<Hunk>) {
    let (before, after) = (sentences(old), sentences(new));
    let keys = |all: &[Sentence]| all.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
    let (mut changed, mut formatting) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Patience, &keys(&before), &keys(&after)) {
        let (was, is) = (&before[op.old_range()], &after[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => {
                let other = |(a, b): &(&Sentence, &Sentence)| a.text != b.text || a.block != b.block;
                let pairs = was.iter().zip(is).filter(other);
                formatting.extend(pairs.map(|(a, b)| hunk(std::slice::from_ref(a), std::slice::from_ref(b))));
            }
            // As many sentences as before: each is the former one, changed.
            DiffOp::Replace { old_len, new_len, .. } if old_len == new_len => {
                let pairs = was.iter().zip(is);
                changed.extend(pairs.map(|(a, b)| hunk(std::slice::from_ref(a), std::slice::from_ref(b))));
            }
            _ => changed.push(hunk(was, is)),
        }
    }
    // Marks that no word shows, such as bold or a list's bullet.
    if changed.is_empty() && formatting.is_empty() && bare(old.text) != bare(new.text) && !only_blocks(old, new) {
        formatting.push(Hunk { heading: String::new(), line: 0, old: Vec::new(), new: Vec::new() });
    }
    (changed, formatting)
}

/// Whether two texts differ in code alone, which is told as charts.
fn only_blocks(old: &Text<'_>, new: &Text<'_>) -> bool {
    let outside = |text: &str| {
        let mut inside = false;
        let keep = |line: &&str| {
            let fence = line.trim_start().starts_with("```");
            inside ^= fence;
            !fence && !inside
        };
        bare(&text.lines().filter(keep).collect::<Vec<_>>().join("\n"))
    };
    outside(old.text) == outside(new.text)
}

fn bare(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn hunk(old: &[Sentence], new: &[Sentence]) -> Hunk {
    let texts = |all: &[Sentence]| all.iter().map(|one| one.text.clone()).collect();
    let first = new.first().or(old.first());
    Hunk {
        heading: first.map(|one| one.heading.clone()).unwrap_or_default(),
        line: first.map_or(0, |one| one.line),
        old: texts(old),
        new: texts(new),
    }
}

fn sentences(text: &Text<'_>) -> Vec<Sentence> {
    let mut heading = String::new();
    let (mut line, mut seen) = (1, 0);
    let mut all = Vec::new();
    for passage in passage::read(text.text, text.file, text.offset) {
        if matches!(passage.block, Block::Heading(_)) {
            heading = passage.text.trim().to_owned();
        }
        for range in cut(&passage.text) {
            let words = joined(&passage.text[range.clone()]);
            let at = (passage.span(range).start as usize).clamp(seen, text.whole.len());
            line += text.whole.as_bytes()[seen..at].iter().filter(|byte| **byte == b'\n').count();
            seen = at;
            let heading = if matches!(passage.block, Block::Heading(_)) { String::new() } else { heading.clone() };
            all.push(Sentence { key: folded(&words), text: words, block: passage.block, heading, line });
        }
    }
    all
}

/// The byte ranges of the sentences of a block.
fn cut(text: &str) -> Vec<std::ops::Range<usize>> {
    let (mut start, mut ended) = (0, false);
    let mut ranges = Vec::new();
    for (at, c) in text.char_indices() {
        if ended && !ENDS.contains(&c) && !CLOSERS.contains(&c) {
            ranges.push(start..at);
            (start, ended) = (at, false);
        }
        ended |= ENDS.contains(&c);
    }
    ranges.push(start..text.len());
    let trim = |range: std::ops::Range<usize>| {
        let words = &text[range.clone()];
        let start = range.start + words.len() - words.trim_start().len();
        start..start + words.trim().len()
    };
    ranges.into_iter().map(trim).filter(|range| !range.is_empty()).collect()
}

/// The words of a sentence on one line: Chinese runs on over a line break, other words need a blank.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split('\n').map(str::trim) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == ',' || c == '.');
        if latin(out.chars().next_back()) && latin(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// What two sentences that read the same have in common: no blanks, marks of one width.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}' && *c != '\u{feff}').map(narrow).collect()
}

/// The stretches of two texts, a figure or a Latin word being one piece.
pub(super) fn stretches(old: &str, new: &str) -> Vec<(Stretch, String)> {
    let (before, after) = (pieces(old), pieces(new));
    let mut all: Vec<(Stretch, String)> = Vec::new();
    let mut add = |stretch, pieces: &[&str]| {
        if !pieces.is_empty() {
            all.push((stretch, pieces.concat()));
        }
    };
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        match op {
            DiffOp::Equal { .. } => add(Stretch::Same, &after[op.new_range()]),
            _ => {
                add(Stretch::Old, &before[op.old_range()]);
                add(Stretch::New, &after[op.new_range()]);
            }
        }
    }
    all
}

fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(word.max(first.len_utf8()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn text<'a>(sources: &mut Sources, text: &'a str) -> Text<'a> {
        Text { text, file: sources.add_text("a.md", text), whole: text, offset: 0 }
    }

    /// The sentences that changed (line, before, after) and how many only look otherwise.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &[(usize, &str, &str)], formatting: usize) {
        let mut sources = Sources::default();
        let (changed, noise) = compare(&text(&mut sources, old), &text(&mut sources, new));
        let told: Vec<_> = changed.iter().map(|one| (one.line, one.old.join("|"), one.new.join("|"))).collect();
        let told: Vec<_> = told.iter().map(|(line, old, new)| (*line, old.as_str(), new.as_str())).collect();
        assert_eq!((told.as_slice(), noise.len()), (expected, formatting), "{old}\n→\n{new}");
    }

    #[test]
    fn sentences_are_laid_beside_each_other() {
        check("甲。乙！\n\n丙", "甲。乙！\n\n丙", &[], 0);
        check("甲1。乙。丙。", "甲2。乙。丙。", &[(1, "甲1。", "甲2。")], 0);
        check("甲。\n\n丙。", "甲。\n\n乙。\n\n丙。", &[(3, "", "乙。")], 0);
        check("甲。乙。丙。", "甲。丙。", &[(1, "乙。", "")], 0);
        check("他说“甲。”乙。", "他说“丙。”乙。", &[(1, "他说“甲。”", "他说“丙。”")], 0);
        check("甲1。乙1。", "甲2。乙2。", &[(1, "甲1。", "甲2。"), (1, "乙1。", "乙2。")], 0);
    }

    #[test]
    fn marks_and_line_breaks_are_noise_or_nothing() {
        check("甲乙丙，丁。", "甲乙\n丙，丁。", &[], 1);
        check("甲，乙。", "甲,乙。", &[], 1);
        check("**甲**乙。", "甲乙。", &[], 1);
        check("甲 乙。", "甲乙。", &[], 1);
        check("# 甲", "## 甲", &[], 1);
        check("甲。\r\n", "甲。\n", &[], 0);
        check("甲。\n```chart\na\n```\n", "甲。\n```chart\nb\n```\n", &[], 0);
    }

    #[test]
    fn figures_change_as_wholes() {
        let told = |(stretch, text): (Stretch, String)| match stretch {
            Stretch::Same => text,
            Stretch::Old => format!("[-{text}]"),
            Stretch::New => format!("[+{text}]"),
        };
        let check = |old: &str, new: &str, expected: &str| {
            assert_eq!(stretches(old, new).into_iter().map(told).collect::<String>(), expected);
        };
        check("床位7123张", "床位7128张", "床位[-7123][+7128]张");
        check("12.8/10万", "12.9/10万", "[-12.8][+12.9]/10万");
        check("", "甲", "[+甲]");
    }
}
