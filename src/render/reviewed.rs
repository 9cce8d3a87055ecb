//! A report as its reviewer looks at it: every figure of the front matter with the sentence behind it and its state, and the
//! figures of the text that no metric claims, each with its place in the page.

use crate::error::Result;
use crate::plan::PageKind;
use crate::prose::Proof;
use crate::render::Studio;
use crate::render::proof::Mark;
use crate::render::view::{Body, ProofRow, StatusView};
use crate::report::Report;
use crate::site::ReportId;
use crate::source::Span;

/// What a reviewer looks at.
#[derive(Debug)]
pub struct Reviewed {
    /// The figures of the front matter.
    pub figures: Vec<Figure>,
    /// The figures of the text that no metric claims.
    pub loose: Vec<Loose>,
}

/// A figure of the front matter.
#[derive(Debug)]
pub struct Figure {
    /// What the text says of it.
    pub row: ProofRow,
    /// Whether the text states it.
    pub backed: bool,
    /// Its state against the target; empty where there is none.
    pub status: StatusView,
    /// The names in the report's page to point at, the first that is there: the figure in the text, the line of the table.
    pub anchors: Vec<String>,
}

/// A figure of the text that no metric claims.
#[derive(Debug)]
pub struct Loose {
    /// Up to the figure, the figure, and the rest.
    pub words: [String; 3],
    /// Where it stands in the file.
    pub span: Span,
    /// Its name in the report's page.
    pub anchor: String,
}

/// Characters shown on each side of a figure that no metric claims.
const AROUND: usize = 16;

/// The name in the page of what stands at a byte of a text.
pub fn anchor(byte: usize) -> String {
    format!("nianbao-review-at-{byte}")
}

/// Names the marks of a text, and adds the figures that no metric claims.
pub(super) fn name(marks: &mut Vec<Mark>, report: &Report, proof: &Proof, zh: bool) {
    for mark in marks.iter_mut() {
        mark.id = anchor(mark.place.start);
    }
    let title = if zh { "front matter 里没有这个数" } else { "no figure of the front matter" };
    marks.extend(proof.unclaimed.iter().map(|span| {
        let place = within(report, *span);
        Mark { id: anchor(place.start), place, url: String::new(), title: title.to_owned() }
    }));
    marks.sort_by_key(|mark| (mark.place.start, mark.place.end));
    marks.dedup_by(|b, a| b.place.start < a.place.end);
}

/// The bytes of a text, without the front matter before it.
fn within(report: &Report, span: Span) -> std::ops::Range<usize> {
    let at = |byte: u32| (byte as usize).saturating_sub(report.body.offset);
    at(span.start)..at(span.end)
}

impl Studio<'_> {
    /// What a reviewer looks at in a report, with links as seen from a page.
    pub fn reviewed(&self, path: &str, id: ReportId) -> Result<Reviewed> {
        let report = self.site.report(id);
        let (scene, proved) = (self.scene(path), self.proof(id, report)?);
        let (text, proof) = &*proved;
        let Body::Proof(sheet) = self.page(path, &PageKind::Proof(id))?.body else {
            return Ok(Reviewed { figures: Vec::new(), loose: Vec::new() });
        };
        let figures = sheet.rows.into_iter().zip(&proof.verdicts).map(|(row, verdict)| {
            let metric = &report.metrics[verdict.metric];
            let goal = self.site.target_at(metric.indicator, metric.region, metric.period);
            let place = verdict.finding.shown().map(|place| anchor(within(report, place.span).start));
            let line = format!("m-{}", self.site.indicators.get(metric.indicator).id);
            Figure {
                row,
                backed: verdict.finding.place().is_some(),
                status: goal
                    .filter(|_| !verdict.is_target || metric.value.is_none())
                    .map(|goal| scene.status(goal).0)
                    .unwrap_or_default(),
                anchors: place.into_iter().chain([line]).collect(),
            }
        });
        let loose = proof.unclaimed.iter().map(|span| {
            let place = within(report, *span);
            Loose { words: around(text, &place), span: *span, anchor: anchor(place.start) }
        });
        Ok(Reviewed { figures: figures.collect(), loose: loose.collect() })
    }
}

/// The words around a place on its line.
fn around(text: &str, place: &std::ops::Range<usize>) -> [String; 3] {
    let end = |c: char| matches!(c, '\n' | '。' | '；');
    let (before, rest) = text.split_at_checked(place.start).unwrap_or((text, ""));
    let (figure, after) = rest.split_at_checked(place.len()).unwrap_or((rest, ""));
    let before = before.rsplit(end).next().unwrap_or_default();
    let after = after.split(end).next().unwrap_or_default();
    let skipped = before.chars().count().saturating_sub(AROUND);
    let cut = |text: String, was_longer: bool, dots: &str| if was_longer { dots.replace('.', &text) } else { text };
    let more = after.chars().count() > AROUND;
    [
        cut(before.chars().skip(skipped).collect(), skipped > 0, "…."),
        figure.to_owned(),
        cut(after.chars().take(AROUND).collect(), more, ".…"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_figure() {
        let check = |text: &str, figure: &str, expected: [&str; 3]| {
            let start = text.find(figure).expect("the figure is in the text");
            assert_eq!(around(text, &(start..start + figure.len())), expected);
        };
        check("一句。床位7张，够用。三句", "7张", ["床位", "7张", "，够用"]);
        let long = "长".repeat(20);
        let cut = "长".repeat(16);
        check(&format!("{long}7张{long}"), "7张", [&format!("…{cut}"), "7张", &format!("{cut}…")]);
    }
}
