//! Revisions of published figures: the page of all of them, and those that a report and a region show themselves.

use crate::plan::{FileKind, PageKind};
use crate::quantity::Quantity;
use crate::region::RegionId;
use crate::render::Sheet;
use crate::render::scene::Scene;
use crate::render::view::{Body, FigureView, Link, Page, RevisionView, RevisionsView};
use crate::report::Report;
use crate::revision::{Aspect, Place, Revision, shown};
use crate::site::ReportId;

pub(super) fn page(scene: &Scene<'_>) -> Page {
    let items = scene.site.revisions().iter().map(|one| view(scene, one)).collect();
    let feed = scene.plan.file_link(scene.path, &FileKind::RevisionFeed);
    let sheet = Sheet {
        template: "revisions.html",
        title: if scene.zh { "修订与更正" } else { "Revisions and corrections" }.to_owned(),
        description: String::new(),
        column: ("修订与更正", "Revisions", "数据发布"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Revisions(RevisionsView { items, feed }))
}

/// The revisions of a region's figures.
pub(super) fn of_region(scene: &Scene<'_>, id: RegionId) -> Vec<RevisionView> {
    scene.site.revisions_of(id).map(|one| view(scene, one)).collect()
}

/// The revisions of the figures a report states, and of those it once may have stated.
pub(super) fn of_report(scene: &Scene<'_>, id: ReportId) -> Vec<RevisionView> {
    let report = scene.site.report(id);
    let mut regions: Vec<RegionId> = report.metrics.iter().map(|metric| metric.region).chain([report.region]).collect();
    regions.sort();
    regions.dedup();
    let of_regions = regions.into_iter().flat_map(|region| scene.site.revisions_of(region));
    let mut own: Vec<&Revision> = of_regions.filter(|one| is_of(report, one)).collect();
    own.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.place.cmp(&b.place)));
    own.into_iter().map(|one| view(scene, one)).collect()
}

/// Whether a report states a figure, or a withdrawn figure is of its region and period.
fn is_of(report: &Report, one: &Revision) -> bool {
    let Place { region, period, .. } = one.place;
    states(report, one.place) || (one.new.is_none() && region == report.region && period == report.period)
}

fn states(report: &Report, place: Place) -> bool {
    let Place { indicator, region, period, aspect } = place;
    report.metrics.iter().any(|metric| {
        let figure = if aspect == Aspect::Target { &metric.target } else { &metric.value };
        figure.is_some() && (metric.indicator, metric.region, metric.period) == (indicator, region, period)
    })
}

fn view(scene: &Scene<'_>, one: &Revision) -> RevisionView {
    let Revision { place, old, new, kind, reason, date, notice, .. } = one;
    let anchor = one.anchor(&scene.site.indicators, &scene.site.regions);
    let page = scene.plan.link(scene.path, &PageKind::Revisions);
    RevisionView {
        url: if page.is_empty() { String::new() } else { format!("{page}#{anchor}") },
        anchor,
        revision_kind: kind.id(),
        kind_name: kind.label(scene.zh).to_owned(),
        date: date.to_string(),
        indicator: scene.indicator(place.indicator),
        region: scene.region(place.region),
        period: scene.period(place.period),
        is_target: place.aspect == Aspect::Target,
        old: figure(scene, *place, old.as_deref()),
        new: figure(scene, *place, new.as_deref()),
        reason: reason.clone(),
        notice: notice.clone(),
        reports: reports(scene, one),
    }
}

fn figure(scene: &Scene<'_>, place: Place, figure: Option<&Quantity>) -> FigureView {
    match figure {
        Some(figure) => scene.quantity(figure, scene.site.indicators.get(place.indicator)),
        None => FigureView { missing: shown(None, scene.zh).to_owned(), ..FigureView::default() },
    }
}

/// The reports of a revision, each leading to the line of its figure.
fn reports(scene: &Scene<'_>, one: &Revision) -> Vec<Link> {
    let site = scene.site;
    let anchor = format!("#m-{}", site.indicators.get(one.place.indicator).id);
    let value = site.series(one.place.indicator, one.place.region).find(|value| value.place() == Some(one.place));
    if let Some(value) = value.filter(|value| value.quantity.is_some()) {
        let link = scene.report_link(value.report);
        return vec![Link { url: format!("{}{anchor}", link.url), ..link }];
    }
    let of_region = site.reports_of(one.place.region).filter(|(_, report)| report.period == one.place.period);
    of_region.map(|(id, _)| scene.report_link(id)).collect()
}
