//! Texts for the tests of rules.

use crate::diagnostic::Diagnostic;
use crate::passage;
use crate::site::Site;
use crate::site::sample::{Sample, site_with};
use crate::source::Span;

use super::{Document, TextRule};

/// The file of a report with a text, and the findings of a rule on that text.
fn run(rule: TextRule, site: &Site, body: &str) -> Vec<Diagnostic> {
    let report = &site.all_reports()[0];
    let mut shifted = report.body.clone();
    shifted.offset = 0;
    let passages = passage::read(body, shifted.file, 0);
    let document = Document { site, text: body, body: &shifted, report: Some(report), passages, proof: None };
    let mut found = Vec::new();
    rule(&document, &mut found);
    found
}

/// An empty report; texts are put below it one after the other.
pub(super) fn site() -> Sample {
    let head = "+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n+++\n";
    site_with(&[("a.md".to_owned(), head.to_owned())])
}

/// The codes of a rule's findings with the words at their places.
pub(super) fn check(rule: TextRule, body: &str, expected: &str) {
    let found = run(rule, &site().site, body);
    let words = |span: Span| &body[span.start as usize..span.end as usize];
    let shown: Vec<_> = found.iter().map(|one| format!("{} {}", one.code, one.span.map_or("", words))).collect();
    assert_eq!(shown.join("|"), expected, "{body}");
}

/// The places of all findings of all rules.
pub(super) fn places(site: &Site, body: &str) -> Vec<Span> {
    let found = super::RULES.iter().flat_map(|rule| run(*rule, site, body));
    found.flat_map(|one| one.span.into_iter().chain(one.related.into_iter().map(|(span, _)| span))).collect()
}
