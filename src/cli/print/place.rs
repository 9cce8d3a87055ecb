//! Finds lines and columns. Every file with a finding is read once, however many findings it has.

use std::collections::BTreeMap;

use super::Place;
use crate::source::{FileId, Sources, Span};

/// Longest excerpt; of a longer span the first line is shown.
const LINES: usize = 8;

/// The places of spans in files.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    files: BTreeMap<FileId, File>,
}

struct File {
    text: String,
    /// The first byte of each line.
    lines: Vec<usize>,
}

impl Places<'_> {
    /// An empty collection over some files.
    pub(super) fn of(sources: &Sources) -> Places<'_> {
        Places { sources, files: BTreeMap::new() }
    }

    /// The place of a span, with its lines.
    pub(super) fn find(&mut self, span: Span) -> Place {
        let file = self.files.entry(span.file).or_insert_with(|| File::new(self.sources.text(span.file)));
        let text = file.text.as_str();
        let start = text.floor_char_boundary((span.start as usize).min(text.len()));
        let end = text.ceil_char_boundary((span.end as usize).min(text.len())).max(start);
        let (first, last) = (file.line(start), file.line(end.saturating_sub(1).max(start)));
        let shown = if last - first < LINES { last } else { first };
        let from = file.lines[first] + if first == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
        let to = file.lines.get(shown + 1).copied().unwrap_or(text.len());
        let excerpt = text[from.min(to)..to].trim_end_matches(['\n', '\r']).to_owned();
        let within = |offset: usize| offset.saturating_sub(from).min(excerpt.len());
        Place {
            path: self.sources.name(span.file).clone(),
            disk: self.sources.path(span.file).cloned(),
            start: file.position(start),
            end: file.position(end),
            marked: within(start)..within(end),
            excerpt,
        }
    }
}

impl File {
    fn new(text: String) -> File {
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        File { text, lines }
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset) - 1
    }

    /// Line and column from 1, columns in characters; a byte order mark is not counted.
    fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let before = &self.text[self.lines[line]..offset];
        (line + 1, before.trim_start_matches('\u{feff}').chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, range: std::ops::Range<usize>, expected: &str) {
        let mut sources = Sources::default();
        let file = sources.add_text("a.md", text);
        let place = Places::of(&sources).find(Span::new(file, range));
        let Place { start, end, excerpt, marked, .. } = place;
        assert_eq!(format!("{start:?}-{end:?} {excerpt:?} {marked:?}"), expected);
    }

    #[test]
    fn places() {
        check("甲乙\n丙丁x\n", 7..13, r#"(2, 1)-(2, 3) "丙丁x" 0..6"#);
        check("甲乙\r\n丙", 3..6, r#"(1, 2)-(1, 3) "甲乙" 3..6"#);
        check("\u{feff}甲", 3..6, r#"(1, 1)-(1, 2) "甲" 0..3"#);
        check("a\nb\nc", 0..3, r#"(1, 1)-(2, 2) "a\nb" 0..3"#);
        check("", 0..0, r#"(1, 1)-(1, 1) "" 0..0"#);
        check("甲", 99..120, r#"(1, 2)-(1, 2) "甲" 3..3"#);
        check("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", 0..20, r#"(1, 1)-(10, 3) "1" 0..1"#);
    }
}
