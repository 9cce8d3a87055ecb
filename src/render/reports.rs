//! The page of a report.

use crate::error::Result;
use crate::indicator::IndicatorId;
use crate::plan::PageKind;
use crate::render::figures::{by_topic, key_figures, number_anchors};
use crate::render::scene::Scene;
use crate::render::view::{Body, FigureView, Link, MetricRow, Page, ReportView};
use crate::render::{Sheet, Studio, body, charts, revisions, section, words};
use crate::report::{Disclosure, Metric, Report};
use crate::site::choice;
use crate::site::{Observation, ReportId, Role};

pub(super) fn page(studio: &Studio<'_>, scene: &Scene<'_>, id: ReportId) -> Result<Page> {
    let site = scene.site;
    let report = site.report(id);
    let own = Some(report.region);
    let rows: Vec<(IndicatorId, MetricRow)> =
        report.metrics.iter().filter_map(|metric| Some((metric.indicator, row(scene, report, metric)?))).collect();
    let mut groups = by_topic(scene, rows);
    number_anchors(&mut groups);
    let values = report.metrics.iter().filter(|metric| metric.region == report.region && metric.value.is_some());
    let values: Vec<&Observation> =
        values.filter_map(|metric| site.value_at(metric.indicator, metric.region, metric.period)).collect();
    let key_figures = key_figures(scene, values.iter().copied(), own);
    let (previous, next) = neighbours(scene, id, report);
    let siblings =
        site.reports_of(report.region).filter(|(other, one)| *other != id && one.period.year() == report.period.year());
    let view = ReportView {
        region: scene.region(report.region),
        period: scene.period(report.period),
        proof: scene.plan.link(scene.path, &PageKind::Proof(id)),
        report_kind: report.kind.id().to_owned(),
        kind_name: words::kind(report.kind, scene.zh).to_owned(),
        date: report.date.map(|date| date.to_string()).unwrap_or_default(),
        pub_date: report.date.map(|date| format!("{date} 00:00")).unwrap_or_default(),
        publisher: report.publisher.clone(),
        sources: report
            .sources
            .iter()
            .map(|source| Link { name: source.name.clone(), url: source.url.clone(), ..Link::default() })
            .collect(),
        topics: report.topics.clone(),
        summary: report.summary.clone(),
        disclosure: report.disclosure.as_ref().map(|block| disclosure(block, report, scene.zh)).unwrap_or_default(),
        key_figures,
        metric_count: groups.iter().map(|group| group.rows.len()).sum(),
        groups,
        charts: charts::chosen(scene, choice::report(site, id)),
        parts: studio.report_text(scene, id, report)?,
        toc: body::toc(&report.body.outline),
        attachments: body::attachments(scene, &report.path, &report.body),
        notes: charts::notes(scene, &values),
        previous,
        next,
        siblings: siblings.map(|(other, _)| scene.report_link(other)).collect(),
        revisions: revisions::of_report(scene, id),
        qr: String::new(),
    };
    let description = if report.summary.is_empty() {
        let name = site.regions.full_name(report.region);
        format!("{name}，{}，{}。", report.period.label(true), words::kind(report.kind, true))
    } else {
        report.summary.clone()
    };
    let sheet = Sheet {
        template: "report.html",
        title: report.title.clone(),
        description,
        column: ("工作动态", "Reports", "工作动态"),
        breadcrumb: vec![section(scene, &PageKind::Regions, "地区", "Regions"), scene.region(report.region)],
    };
    let mut page = Page { draft: report.draft, ..sheet.page(scene, Body::Report(Box::new(view))) };
    if let Body::Report(view) = &mut page.body {
        view.qr = qr(&page.canonical);
    }
    Ok(page)
}

/// The line of a metric: its own words, with the site's knowledge of targets and former values beside.
fn row(scene: &Scene<'_>, report: &Report, metric: &Metric) -> Option<MetricRow> {
    let site = scene.site;
    let found = site.value_at(metric.indicator, metric.region, metric.period);
    let goal = site.target_at(metric.indicator, metric.region, metric.period);
    let value = found.filter(|_| metric.value.is_some() || metric.missing.is_some() || metric.target.is_some());
    let mut row = scene.metric_row(value, goal, Some(report.region))?;
    let indicator = site.indicators.get(metric.indicator);
    let (value_note, goal_note) = (revised_note(scene, found), revised_note(scene, goal));
    let note = value_note.clone().unwrap_or_else(|| metric.note.clone());
    if let Some(quantity) = &metric.value {
        row.figure = FigureView { flag: row.figure.flag, note: note.clone(), ..scene.quantity(quantity, indicator) };
    }
    if let Some(target) = &metric.target {
        row.target = FigureView { flag: row.target.flag, ..scene.quantity(target, indicator) };
        row.target_source = metric.target_source.clone();
    }
    if let Some((region, quantity)) = &metric.baseline {
        row.parent = Some((scene.region(*region), scene.quantity(quantity, indicator)));
    }
    if let (Some(value), Some(role)) = (&metric.value, found.map(|one| one.role))
        && role == Role::Actual
        && value.is_exact()
        && let Some(computed) = crate::site::compute(site, metric.indicator, metric.region, metric.period)
    {
        row.figure.verified = format!("{} = {}", computed.formula, value.as_written());
    }
    if metric.period == report.period {
        row.period = String::new();
    }
    row.note = match goal_note {
        Some(words) if value_note.is_none() => words,
        _ => note,
    };
    Some(row)
}

/// The note of a figure with revisions, which tells them.
fn revised_note(scene: &Scene<'_>, one: Option<&Observation>) -> Option<String> {
    let one = one?;
    let revised = scene.site.revisions_at(one.place()?).next().is_some();
    revised.then(|| one.note.clone())
}

fn neighbours(scene: &Scene<'_>, id: ReportId, report: &Report) -> (Option<Link>, Option<Link>) {
    let same = |one: &Report| one.kind == report.kind && one.period.is_full_year() == report.period.is_full_year();
    let all: Vec<(ReportId, &Report)> = scene.site.reports_of(report.region).filter(|(_, one)| same(one)).collect();
    let at = all.iter().position(|(other, _)| *other == id).expect("a report is among those like it");
    let link =
        |(other, one): &(ReportId, &Report)| Link { note: one.period.label(scene.zh), ..scene.report_link(*other) };
    (at.checked_sub(1).map(|before| link(&all[before])), all.get(at + 1).map(link))
}

fn disclosure(block: &Disclosure, report: &Report, zh: bool) -> Vec<(String, String)> {
    let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let lines = [
        ("索引号", "Index number", block.index.clone()),
        ("分类", "Category", block.category.clone()),
        ("发布机构", "Publisher", report.publisher.clone()),
        ("发文日期", "Issued", date(block.issued)),
        ("名称", "Name", report.title.clone()),
        ("文号", "Document number", block.document_number.clone()),
        ("效力状态", "Validity", block.validity.clone()),
        ("发布日期", "Published", date(report.date)),
    ];
    let filled = lines.into_iter().filter(|(.., value)| !value.is_empty());
    filled.map(|(chinese, english, value)| (if zh { chinese } else { english }.to_owned(), value)).collect()
}

/// A QR code of an address as SVG; empty without address or when the address is too long for one.
fn qr(address: &str) -> String {
    use fast_qr::convert::{Builder, Shape, svg::SvgBuilder};
    if address.is_empty() {
        return String::new();
    }
    let Ok(code) = fast_qr::QRBuilder::new(address).build() else { return String::new() };
    SvgBuilder::default().shape(Shape::Square).margin(2).to_str(&code)
}
