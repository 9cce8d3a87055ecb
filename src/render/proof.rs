//! 校对单: every figure of a report beside the sentence that states it, to be read against the source and signed; and the
//! same places as marks in the text.

use crate::error::Result;
use crate::plan::PageKind;
use crate::prose::{Finding, Proof};
use crate::render::scene::Scene;
use crate::render::view::{Body, Link, Page, ProofRow, ProofView};
use crate::render::{Sheet, Studio, section};
use crate::report::Report;
use crate::site::ReportId;

/// A figure of a text that leads to its indicator.
pub(super) struct Mark {
    /// The bytes of the text.
    pub place: std::ops::Range<usize>,
    /// Where it leads; empty for a figure no metric claims.
    pub url: String,
    /// What is seen on hover.
    pub title: String,
    /// Its name in the page; empty where nobody asks for it.
    pub id: String,
}

pub(super) fn page(studio: &Studio<'_>, scene: &Scene<'_>, id: ReportId) -> Result<Page> {
    let report = scene.site.report(id);
    let proved = studio.proof(id, report)?;
    let (_, proof) = &*proved;
    let rows: Vec<ProofRow> = proof.verdicts.iter().map(|verdict| row(scene, report, verdict)).collect();
    let backed = proof.verdicts.iter().filter(|verdict| verdict.finding.place().is_some()).count();
    let title =
        if scene.zh { format!("校对单：{}", report.title) } else { format!("Proof sheet: {}", report.title) };
    let view = ProofView {
        report: scene.report_link(id),
        region: scene.region(report.region),
        period: scene.period(report.period),
        publisher: report.publisher.clone(),
        date: report.date.map(|date| date.to_string()).unwrap_or_default(),
        count: rows.len(),
        backed,
        figures: proof.figures,
        claimed: proof.figures.saturating_sub(proof.unclaimed.len()),
        rows,
    };
    let sheet = Sheet {
        template: "proof.html",
        title,
        description: String::new(),
        column: ("校对单", "Proof sheets", "工作动态"),
        breadcrumb: vec![
            section(scene, &PageKind::Regions, "地区", "Regions"),
            scene.region(report.region),
            scene.report_link(id),
        ],
    };
    Ok(Page { draft: report.draft, ..sheet.page(scene, Body::Proof(Box::new(view))) })
}

fn row(scene: &Scene<'_>, report: &Report, verdict: &crate::prose::Verdict) -> ProofRow {
    let metric = &report.metrics[verdict.metric];
    let indicator = scene.site.indicators.get(metric.indicator);
    let quantity = if verdict.is_target { &metric.target } else { &metric.value };
    let role = match (verdict.is_target, scene.zh) {
        (false, _) => "",
        (true, true) => "目标",
        (true, false) => "target",
    };
    let (code, word) = match (&verdict.finding, scene.zh) {
        (Finding::Agrees(_), true) => ("agrees", "一致"),
        (Finding::Agrees(_), false) => ("agrees", "agrees"),
        (Finding::Bound(_), true) => ("bound", "界限不同"),
        (Finding::Bound(_), false) => ("bound", "another bound"),
        (Finding::Contradicts(_) | Finding::QuoteDiffers(_), true) => ("contradicts", "不一致"),
        (Finding::Contradicts(_) | Finding::QuoteDiffers(_), false) => ("contradicts", "contradicts"),
        (Finding::Elsewhere(_) | Finding::Unnamed(_), true) => ("unnamed", "数在，名称不在"),
        (Finding::Elsewhere(_) | Finding::Unnamed(_), false) => ("unnamed", "figure without name"),
        (Finding::QuoteLost | Finding::Missing, true) => ("missing", "正文未见"),
        (Finding::QuoteLost | Finding::Missing, false) => ("missing", "not in the text"),
    };
    let place = verdict.finding.shown();
    let [before, figure, after] = place.map(|place| place.sentence.clone()).unwrap_or_default();
    ProofRow {
        indicator: scene.indicator(metric.indicator),
        region: (metric.region != report.region).then(|| scene.region(metric.region)),
        period: if metric.period == report.period { String::new() } else { metric.period.label(scene.zh) },
        role: role.to_owned(),
        figure: quantity.as_ref().map(|quantity| scene.quantity(quantity, indicator)).unwrap_or_default(),
        code: code.to_owned(),
        word: word.to_owned(),
        before,
        said: figure,
        after,
    }
}

/// The figures of a text that are proved, in order.
pub(super) fn marks(scene: &Scene<'_>, report: &Report, proof: &Proof) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for verdict in &proof.verdicts {
        let Some(place) = verdict.finding.place() else { continue };
        let metric = &report.metrics[verdict.metric];
        let at = |byte: u32| (byte as usize).saturating_sub(report.body.offset);
        let link: Link = scene.indicator(metric.indicator);
        let region = &scene.site.regions.get(metric.region).name;
        let period = metric.period.label(scene.zh);
        let title = match (verdict.is_target, scene.zh) {
            (false, true) => format!("{region}，{period}，{}", link.name),
            (true, true) => format!("{region}，{period}，{}，目标", link.name),
            (false, false) => format!("{region}, {period}, {}", link.name),
            (true, false) => format!("{region}, {period}, {}, target", link.name),
        };
        marks.push(Mark { place: at(place.span.start)..at(place.span.end), url: link.url, title, id: String::new() });
    }
    marks.sort_by_key(|mark| (mark.place.start, mark.place.end));
    // Two figures of the front matter in one place lead to the first.
    marks.dedup_by(|b, a| b.place.start < a.place.end);
    marks
}
