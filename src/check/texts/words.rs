//! The words a site watches: `[check.words]` of site.toml.

use std::ops::Range;

use crate::config::Retired;
use crate::diagnostic::Diagnostic;
use crate::passage::Passage;
use crate::report::ReportKind;

use super::Document;

/// Terms that are not written, and terms that were out of date when the period of a report began.
pub(super) fn terms(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let words = &document.site.config.words;
    if words.forbid.is_empty() && words.retired.is_empty() {
        return;
    }
    let start = document.report.map(|report| report.period.start());
    for passage in &document.passages {
        let line = Line::of(passage);
        for (term, instead) in &words.forbid {
            for at in line.find(term, instead) {
                let place = passage.span(line.range(at, term.len()));
                found.push(with(Diagnostic::error("word-forbidden", place).arg("term", term), instead));
            }
        }
        for retired in words.retired.iter().filter(|retired| start.is_some_and(|start| start > retired.since)) {
            let Retired { term, since, instead } = retired;
            for at in line.find(term, instead).into_iter().filter(|at| !line.is_former(*at)) {
                let place = passage.span(line.range(at, term.len()));
                let old = Diagnostic::warning("word-retired", place).arg("term", term).arg("since", since);
                found.push(with(old, instead));
            }
        }
    }
}

/// What to write instead, where there is something.
fn with(diagnostic: Diagnostic, instead: &str) -> Diagnostic {
    if instead.is_empty() { diagnostic } else { diagnostic.arg("instead", instead) }
}

/// Every summary holds the terms that it must.
pub(super) fn required(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let words = &document.site.config.words.require;
    let Some(report) = document.report.filter(|report| report.kind == ReportKind::Summary && !words.is_empty()) else {
        return;
    };
    let lines: Vec<Line> = document.passages.iter().map(Line::of).collect();
    let known = |term: &str| report.title.contains(term) || lines.iter().any(|line| line.text.contains(term));
    for term in words.iter().filter(|term| !known(&term.value)) {
        let missing = Diagnostic::warning("word-missing", report.span).arg("term", &term.value);
        found.push(missing.related(term.span, "rule"));
    }
}

/// The words of a passage without its line breaks.
struct Line {
    text: String,
    /// Where the breaks were: bytes of `text`, ascending.
    breaks: Vec<usize>,
    /// What stands in 《》.
    titles: Vec<Range<usize>>,
}

impl Line {
    fn of(passage: &Passage) -> Line {
        let mut line = Line { text: String::with_capacity(passage.text.len()), breaks: Vec::new(), titles: Vec::new() };
        let mut open = None;
        for c in passage.text.chars() {
            match c {
                '\n' => {
                    line.breaks.push(line.text.len());
                    continue;
                }
                '《' => open = open.or(Some(line.text.len())),
                '》' => line.titles.extend(open.take().map(|start| start..line.text.len())),
                _ => {}
            }
            line.text.push(c);
        }
        line
    }

    /// Where a term stands in the text: not in the title of another document, nor as a part of what to write instead.
    fn find(&self, term: &str, instead: &str) -> Vec<usize> {
        let longer: Vec<usize> = match instead.find(term) {
            Some(inside) => self.text.match_indices(instead).map(|(at, _)| at + inside).collect(),
            None => Vec::new(),
        };
        let all = self.text.match_indices(term).map(|(at, _)| at);
        all.filter(|at| longer.binary_search(at).is_err() && !self.in_title(*at)).collect()
    }

    fn in_title(&self, at: usize) -> bool {
        let before = self.titles.partition_point(|title| title.start <= at);
        before.checked_sub(1).is_some_and(|last| self.titles[last].contains(&at))
    }

    /// Whether a term is called a former one: 原卫计委.
    fn is_former(&self, at: usize) -> bool {
        self.text[..at].ends_with('原')
    }

    /// The bytes of the passage that a term came from.
    fn range(&self, at: usize, length: usize) -> Range<usize> {
        self.there(at)..self.there(at + length - 1) + 1
    }

    /// The byte of the passage that a byte of the text came from.
    fn there(&self, at: usize) -> usize {
        at + self.breaks.partition_point(|place| *place <= at)
    }
}
