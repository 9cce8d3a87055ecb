//! Rules about links of the content.

use std::collections::BTreeMap;

use crate::config::HtmlPolicy;
use crate::diagnostic::Diagnostic;
use crate::load::outline::{Address, is_local, resolve, sort};
use crate::plan::Plan;
use crate::report::{Body, Reference, Report};
use crate::site::Site;

/// Links to other files of the content lead to pages or files, and their anchors exist.
pub(super) fn targets_exist(site: &Site, plan: &Plan, found: &mut Vec<Diagnostic>) {
    let reports = site.all_reports().iter().map(|report| (&*report.path, (&report.body, Some(&**report))));
    let pages = site.pages().iter().chain(site.home()).map(|page| (&*page.path, (&page.body, None)));
    let texts: Texts<'_> = reports.chain(pages).collect();
    for (path, (body, _)) in &texts {
        for reference in &body.outline.references {
            check_reference(site, plan, &texts, (path, reference), found);
        }
    }
    for (_, link) in &site.config.menu {
        if is_local(&link.value) {
            found.push(Diagnostic::error("link-local", link.span).arg("target", &link.value));
            continue;
        }
        let target = link.value.split('#').next().unwrap_or_default();
        if sort(target) != Address::Outside && plan.made_from(target.trim_start_matches('/')).is_none() {
            let dead = Diagnostic::error("link-dead", link.span).arg("target", &link.value);
            found.push(dead.suggest(target, plan.pages().iter().map(|(path, _)| &**path)));
        }
    }
}

/// Raw HTML that is cleaned away is not cleaned away in silence.
pub(super) fn html_stays(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    if site.config.html != HtmlPolicy::Sanitise {
        return;
    }
    let reports = site.all_reports().iter().map(|report| &report.body);
    let bodies = reports.chain(site.pages().iter().chain(site.home()).map(|page| &page.body));
    found.extend(bodies.filter_map(|body| body.outline.html_lost).map(|span| Diagnostic::note("html-removed", span)));
}

/// Texts by path, with the report of those that belong to one.
type Texts<'a> = BTreeMap<&'a str, (&'a Body, Option<&'a Report>)>;

fn check_reference(
    site: &Site,
    plan: &Plan,
    texts: &Texts<'_>,
    (path, reference): (&str, &Reference),
    found: &mut Vec<Diagnostic>,
) {
    let target = match (reference.target.is_empty(), reference.anchor.is_empty()) {
        // `[附件]()` leads nowhere, `[上文](#甲)` into the same text.
        (true, true) => None,
        (true, false) => Some(path.to_owned()),
        (false, _) => resolve(path, &reference.target),
    };
    let known = target.as_deref().filter(|target| plan.made_from(target).is_some());
    let Some(target) = known else {
        found.push(dead(plan, path, reference, target.as_deref().unwrap_or_default()));
        return;
    };
    let Some((body, report)) = texts.get(target) else { return };
    let anchor = &reference.anchor;
    let heading = body.outline.headings.iter().any(|heading| heading.anchor == *anchor);
    if !anchor.is_empty() && !heading && !report.is_some_and(|report| has_metric(site, report, anchor)) {
        let dead = Diagnostic::error("anchor-dead", reference.span).arg("target", target).arg("anchor", anchor);
        found.push(dead.suggest(anchor, body.outline.headings.iter().map(|heading| heading.anchor.as_str())));
    }
}

/// Whether an anchor is that of a line in the report's table of figures: `m-infant-mortality`.
fn has_metric(site: &Site, report: &Report, anchor: &str) -> bool {
    let indicator = anchor.strip_prefix("m-").and_then(|id| site.indicators.find(id));
    report.metrics.iter().any(|metric| Some(metric.indicator) == indicator)
}

fn dead(plan: &Plan, path: &str, reference: &Reference, wanted: &str) -> Diagnostic {
    let page = reference.target.ends_with(".md") || reference.target.ends_with('/') || reference.target.is_empty();
    let code = match (reference.image, page) {
        (true, _) => "image-missing",
        (false, true) => "link-dead",
        (false, false) => "attachment-missing",
    };
    let dead = Diagnostic::error(code, reference.span).arg("target", &reference.target);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let near = crate::diagnostic::nearest(wanted, plan.sources()).map(|near| {
        let inside = near.strip_prefix(folder).filter(|rest| folder.is_empty() || rest.starts_with('/'));
        inside.map_or(format!("/{near}"), |inside| inside.trim_start_matches('/').to_owned())
    });
    match near {
        Some(near) if code == "link-dead" => dead.arg("suggestion", near),
        _ => dead,
    }
}
