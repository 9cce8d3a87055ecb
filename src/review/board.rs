//! 评审总览: how many findings there are, and every report with its findings, figures without ground, signatures and changes;
//! those with findings first.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use super::panel::{level, signature};
use super::{ASSETS, BOARD, Desk, without};
use crate::error::Result;
use crate::html::{escape, prose};
use crate::plan::{PageKind, relative};
use crate::render::Studio;
use crate::report::Report;
use crate::signature::Stage;

/// A report.
struct Row<'a> {
    path: &'a Arc<str>,
    report: &'a Report,
    /// Errors, warnings, notes.
    counts: [usize; 3],
    /// Figures without a sentence; those of the text that no metric claims.
    without: [usize; 2],
    changed: usize,
}

/// The page.
pub(super) fn page(desk: &Desk, studio: &Studio<'_>) -> Result<String> {
    let config = &studio.site.config;
    let all: Vec<usize> = (0..desk.findings.len()).collect();
    let title = desk.say("评审总览", "Review overview");
    let note = desk.say("评审版，不对外", "For review, not for the public");
    let root = crate::plan::root(BOARD);
    let base = match (&desk.base, desk.say("zh", "en")) {
        (None, _) => String::new(),
        (Some(base), "zh") => {
            format!(" · 同 <code>{}</code> 相比，{} 个页面有改动", escape(base), desk.changes.pages())
        }
        (Some(base), _) => {
            format!(" · pages that changed since <code>{}</code>: {}", escape(base), desk.changes.pages())
        }
    };
    Ok(format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} - {}</title>\n<link rel=\"icon\" href=\"{root}{}\" type=\"image/svg+xml\">\n<link rel=\"stylesheet\" href=\"{root}{}\">\n</head>\n\
         <body id=\"nianbao-review-board\">\n<header>\n<p class=\"note\">{note}</p>\n<h1>{title}</h1>\n\
         <p><a href=\"{root}index.html\">{}</a>{base}</p>\n{}</header>\n<main>\n{}{}{}{}</main>\n</body>\n</html>\n",
        config.language.tag(),
        escape(&config.title),
        ASSETS[2].0,
        ASSETS[0].0,
        escape(&config.title),
        totals(desk, &all),
        reports(desk, studio)?,
        pages(desk, studio),
        site(desk),
        changes(desk),
    ))
}

fn totals(desk: &Desk, all: &[usize]) -> String {
    let [errors, warnings, notes] = desk.counts(all);
    let words = [
        ("error", errors, desk.say("错误", "errors")),
        ("warning", warnings, desk.say("警告", "warnings")),
        ("note", notes, desk.say("说明", "notes")),
    ];
    let item = |(class, count, word): &(&str, usize, &str)| {
        let class = if *count == 0 { "none" } else { class };
        format!("<li class=\"{class}\"><b>{count}</b> {word}</li>\n")
    };
    format!("<ul class=\"totals\">\n{}</ul>\n", words.iter().map(item).collect::<String>())
}

fn reports(desk: &Desk, studio: &Studio<'_>) -> Result<String> {
    let kinds: Vec<_> = studio
        .plan
        .pages()
        .iter()
        .filter_map(|(path, kind)| match kind {
            PageKind::Report(id) => Some((path, *id)),
            _ => None,
        })
        .collect();
    let rows: Result<Vec<Row<'_>>> = kinds
        .par_iter()
        .map(|(path, id)| {
            let report = studio.site.report(*id);
            Ok(Row {
                path,
                report,
                counts: desk.counts(desk.on(path)),
                without: without(&studio.reviewed(BOARD, *id)?),
                changed: desk.changes.on(path).len(),
            })
        })
        .collect();
    let mut rows = rows?;
    rows.sort_by_key(|row| (Reverse(row.counts), row.path.clone()));
    let zh = desk.say("zh", "en") == "zh";
    let stages = Stage::ALL.map(|stage| stage.name(zh));
    let columns = [
        desk.say("报告", "Report"),
        desk.say("错误", "Errors"),
        desk.say("警告", "Warnings"),
        desk.say("说明", "Notes"),
        desk.say("数无出处", "Unbacked"),
        desk.say("数未登记", "Unclaimed"),
    ];
    let changes = desk.base.is_some().then(|| desk.say("改动", "Changes"));
    let column = |name: &&str| format!("<th scope=\"col\">{name}</th>");
    let head: String = columns.iter().map(column).collect();
    let head =
        head + &stages.iter().map(|name| format!("<th scope=\"col\" class=\"sign\">{name}</th>")).collect::<String>();
    let head = head + &changes.iter().map(column).collect::<String>();
    let title = desk.say("报告", "Reports");
    Ok(format!(
        "<section>\n<h2>{title} <span>{}</span></h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{title}\">\n\
         <table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n</section>\n",
        rows.len(),
        rows.iter().map(|row| line(desk, studio, row)).collect::<String>()
    ))
}

fn line(desk: &Desk, studio: &Studio<'_>, row: &Row<'_>) -> String {
    let number = |class: &str, count: usize| match count {
        0 => "<td class=\"none\">0</td>".to_owned(),
        count => format!("<td class=\"{class}\">{count}</td>"),
    };
    let zh = desk.say("zh", "en") == "zh";
    let region = &studio.site.regions.get(row.report.region).name;
    let signed = desk.standings.get(&*row.report.path).map(|standing| {
        standing
            .stages
            .iter()
            .map(|one| format!("<td class=\"sign\">{}</td>", signature(desk, one)))
            .collect::<String>()
    });
    let [errors, warnings, notes] = row.counts;
    let [unbacked, loose] = row.without;
    format!(
        "<tr><th scope=\"row\"><a href=\"{}\">{}</a> <span>{} {}</span></th>{}{}{}{}{}{}{}</tr>\n",
        escape(&relative(BOARD, row.path)),
        escape(&row.report.title),
        escape(region),
        row.report.period.label(zh),
        number("error", errors),
        number("warning", warnings),
        number("note", notes),
        number("unbacked", unbacked),
        number("loose", loose),
        signed.unwrap_or_default(),
        if desk.base.is_some() { number("changed", row.changed) } else { String::new() }
    )
}

/// Pages that are no reports and have findings.
fn pages(desk: &Desk, studio: &Studio<'_>) -> String {
    let reports: Vec<&Arc<str>> =
        studio.site.reports().filter_map(|(id, _)| studio.plan.page_path(&PageKind::Report(id))).collect();
    let items: String = desk
        .on_page
        .iter()
        .filter(|(page, _)| !reports.contains(page))
        .map(|(page, list)| {
            let to = relative(BOARD, page);
            format!("<li><a href=\"{}\">{}</a> <b>{}</b></li>\n", escape(&to), escape(page), list.len())
        })
        .collect();
    section(desk.say("其他页面", "Other pages"), "ul", &items)
}

/// Findings that concern no page.
fn site(desk: &Desk) -> String {
    let item = |at: &usize| {
        let one = &desk.findings[*at];
        let (class, name) = level(desk, one.level);
        let place = one
            .place
            .as_ref()
            .map(|(file, line, column)| format!("<p class=\"place\">{}:{line}:{column}</p>", escape(file)));
        let help: String = one.help.iter().map(|line| format!("<p class=\"help\">{}</p>", prose(line))).collect();
        let message = prose(&one.message);
        let code = one.code;
        let place = place.unwrap_or_default();
        format!("<li class=\"{class}\"><p><b>{name}</b> {message} <code>{code}</code></p>{place}{help}</li>\n")
    };
    let items: String = desk.elsewhere.iter().map(item).collect();
    section(desk.say("不在任何页面上的检查结果", "Findings on no page"), "ol", &items)
}

/// Changes that no page shows.
fn changes(desk: &Desk) -> String {
    let items: String = desk.changes.elsewhere.iter().map(|one| format!("<li>{one}</li>\n")).collect();
    section(desk.say("不在任何页面上的改动", "Changes on no page"), "ul", &items)
}

fn section(title: &str, list: &str, items: &str) -> String {
    match items.is_empty() {
        true => String::new(),
        false => format!("<section>\n<h2>{title}</h2>\n<{list}>\n{items}</{list}>\n</section>\n"),
    }
}
