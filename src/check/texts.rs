//! Rules about the running text of reports and pages. Each text is read once more, in parallel, and every rule sees its
//! passages.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::passage::{self, Passage};
use crate::prose::Reader;
use crate::report::{Body, Report};
use crate::site::Site;
use crate::source::Sources;

mod claims;
mod prose;
mod stray;
mod words;

/// A document with its text.
pub(super) struct Document<'a> {
    /// The site.
    pub site: &'a Site,
    /// The text behind the front matter, as it stands in the file.
    pub text: &'a str,
    /// Where it is.
    pub body: &'a Body,
    /// Its report; none for free pages.
    pub report: Option<&'a Report>,
    /// Its blocks.
    pub passages: Vec<Passage>,
    /// What reads figures and names.
    pub reader: &'a Reader<'a>,
}

/// A rule about one document.
type TextRule = fn(&Document<'_>, &mut Vec<Diagnostic>);

/// All of them.
const RULES: &[TextRule] = &[prose::agrees, claims::hold, stray::characters, words::terms, words::required];

/// Runs all rules over all texts.
pub(super) fn check(site: &Site, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let reports = site.reports.iter().map(|report| (&report.body, Some(report)));
    let bodies: Vec<_> = reports.chain(site.pages.iter().chain(&site.home).map(|page| (&page.body, None))).collect();
    let reader = Reader::new(site);
    let each = bodies.par_iter().map(|(body, report)| {
        let file = sources.text(body.file);
        let text = file.get(body.offset..).unwrap_or_default();
        let passages = passage::read(text, body.file, body.offset);
        let document = Document { site, text, body, report: *report, passages, reader: &reader };
        let mut found = Vec::new();
        RULES.iter().for_each(|rule| rule(&document, &mut found));
        found
    });
    let each: Vec<Vec<Diagnostic>> = each.collect();
    found.extend(each.into_iter().flatten());
}
