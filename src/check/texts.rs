//! Rules about the running text of reports and pages. Each text is read once more, in parallel, and every rule sees its
//! passages.

use rayon::prelude::*;

use crate::check::Known;
use crate::diagnostic::Diagnostic;
use crate::hash::Hash;
use crate::passage::{self, Passage};
use crate::prose::{Proof, Reader};
use crate::report::{Body, Report};
use crate::site::{Site, reads};
use crate::source::Sources;

mod arity;
mod claims;
mod furniture;
mod headings;
mod maps;
mod numerals;
mod privacy;
mod prose;
mod punctuation;
#[cfg(test)]
mod sample;
mod scan;
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
    /// What its text says of its figures; none for free pages.
    pub proof: Option<Proof>,
}

/// A rule about one document.
type TextRule = fn(&Document<'_>, &mut Vec<Diagnostic>);

/// All of them.
const RULES: &[TextRule] = &[
    prose::agrees,
    claims::hold,
    stray::characters,
    words::terms,
    words::required,
    privacy::personal_data,
    headings::order,
    headings::lists,
    headings::empty,
    punctuation::width,
    punctuation::balance,
    punctuation::doubled,
    punctuation::end,
    punctuation::blanks,
    numerals::figures,
    arity::respectively,
    furniture::lines,
    furniture::attachments,
    maps::numbers,
];

/// Most findings of one sort that are told one by one; a text with more has the same slip throughout.
const EACH: usize = 3;

/// Adds findings of one sort: one by one if they are few, else the first with their `count` and what mends them all.
fn fold(own: Vec<Diagnostic>, found: &mut Vec<Diagnostic>) {
    let count = own.len();
    if count <= EACH {
        found.extend(own);
    } else {
        let fixes = own.iter().flat_map(|one| one.fixes.clone()).collect();
        found.extend(own.into_iter().next().map(|first| Diagnostic { fixes, ..first.arg("count", count) }));
    }
}

/// Runs all rules over all texts.
pub(super) fn check(site: &Site, sources: &Sources, known: &dyn Known, found: &mut Vec<Diagnostic>) {
    let reports = site.all_reports().iter().map(|report| (&report.path, &report.body, Some(&**report)));
    let bodies: Vec<_> =
        reports.chain(site.pages().iter().chain(site.home()).map(|page| (&page.path, &page.body, None))).collect();
    let reader = Reader::new(site);
    let read = |body: &Body, report: Option<&Report>| {
        let file = sources.text(body.file);
        let text = file.get(body.offset..).unwrap_or_default();
        let passages = passage::read(text, body.file, body.offset);
        let proof = report.map(|report| reader.read(report, &passages));
        let document = Document { site, text, body, report, passages, proof };
        let mut found = Vec::new();
        RULES.iter().for_each(|rule| rule(&document, &mut found));
        (found, Hash::of(file.as_bytes()) == body.hash)
    };
    let each = bodies.par_iter().map(|(path, body, report)| {
        if known.is_clean(path, body.hash) {
            return Vec::new();
        }
        let ((found, as_loaded), cells) = reads::record(|| read(body, *report));
        if found.is_empty() && as_loaded {
            known.add_clean(path, body.hash, cells);
        }
        found
    });
    let each: Vec<Vec<Diagnostic>> = each.collect();
    found.extend(each.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sample::{places, site};

    /// What rules look for, as a pattern.
    const SLIPS: &str = "(?:[一二十是、，。,.:;“”《》（）()1-9#|>*`\\n \u{a0}率提高了%千万亿~-]\
        |分别达到|附件：|!\\[地图\\]\\(a\\)|@a.b|微信|’21年|\\PC){0,60}";

    #[test]
    fn no_rule_panics_and_places_lie_inside() {
        let site = site();
        proptest!(|(text in SLIPS)| {
            for span in places(&site.site, &text) {
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
            }
        });
    }
}
