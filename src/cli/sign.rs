//! `sign`: signs reports off, or shows who signed. Its words stand here too.

use std::path::{Component, Path};
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use unicode_width::UnicodeWidthStr;

use super::arguments::{Gate, Sign};
use super::check::{self, Result};
use super::options::Options;
use super::print::{Findings, Format};
use super::words::{plural, shown};
use super::{Status, machine, refuse, settings, show, tell};
use crate::build::{self, Outcome};
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::load::signatures::NAME;
use crate::load::{self, Content};
use crate::report::Report;
use crate::sign::{self, StageStanding, Standing, State, Unfit};
use crate::signature::{Signature, Stage};
use crate::site::{Site, Visibility};
use crate::source::Sources;

/// Reads a stage as typed.
pub fn stages() -> impl TypedValueParser<Value = Stage> {
    PossibleValuesParser::new(Stage::NAMES.map(|(name, _)| name))
        .map(|name| Stage::named(&name).expect("clap lets known names through only"))
}

/// Signs, or shows who signed.
pub fn run(wishes: &Sign, options: &Options) -> Status {
    let result = match wishes {
        Sign { status: true, .. } => status(options),
        Sign { stage: Some(stage), by: Some(by), .. } => sign(wishes, *stage, by.trim(), options),
        // clap does not let this through.
        Sign { .. } => Ok(Status::Refused),
    };
    match result {
        Ok(status) | Err(status) => status,
    }
}

fn sign(wishes: &Sign, stage: Stage, by: &str, options: &Options) -> Result<Status> {
    let language = options.language;
    let told = |error| machine(&error, language);
    let refused = |reason: &str| Err(refuse(reason, language));
    if by.is_empty() {
        return refused(nobody(language));
    }
    let note = wishes.note.as_deref().unwrap_or_default().trim();
    for (option, text) in [("--by", by), ("--note", note)] {
        if text.contains(char::is_control) {
            return refused(&control(option, text, language));
        }
    }
    let names = wishes.report.iter().map(|path| name(path, &options.root)).collect::<Vec<_>>();
    let content = load::load(&options.root, &mut Sources::default(), &mut Vec::new()).map_err(told)?;
    // A report that is to appear later is checked for the day it appears.
    let appears = |content: &Content| {
        let wanted = content.reports.iter().filter(|report| names.iter().any(|name| **name == *report.path));
        wanted.filter_map(|report| report.publish).max().unwrap_or(options.today).max(options.today)
    };
    let today = content.as_ref().map_or(options.today, appears);
    let build = build::Options { today, ..settings(options, &Gate { drafts: true, ..Gate::default() }) };
    let outcome = check::pipeline(&build, options)?;
    let Some(content) = content else { return mistakes(outcome.diagnostics, &outcome.sources, options) };
    let Outcome { sources, diagnostics, .. } = outcome;
    let concerns = |one: &Diagnostic| {
        let Some(name) = one.span.and_then(|span| sources.name(span.file).strip_prefix("content/")) else {
            return false;
        };
        one.level == Level::Error && (name == NAME || names.iter().any(|wanted| wanted == name))
    };
    let against: Vec<Diagnostic> = diagnostics.iter().filter(|one| concerns(one)).cloned().collect();
    if !against.is_empty() {
        return mistakes(against, &sources, options);
    }
    let is_chinese = content.config.language.is_chinese();
    let (mut signatures, mut faults) = (Vec::new(), Vec::new());
    for name in &names {
        let Some(report) = content.reports.iter().find(|report| *report.path == **name) else {
            faults.push(unknown(name, &content.reports, language));
            continue;
        };
        let (standing, digest) = sign::standing_of(&options.root, report, &content).map_err(told)?;
        match sign::unfit(&standing, stage, by, content.config.same_signer) {
            Some(unfit) => faults.push(why(name, stage, &unfit, language)),
            None if signatures.iter().any(|one: &Signature| one.report == report.path) => {}
            None => signatures.push(Signature {
                report: report.path.clone(),
                stage,
                by: by.to_owned(),
                date: options.today,
                digest,
                note: note.to_owned(),
            }),
        }
    }
    if !faults.is_empty() {
        return refused(&nothing(&faults, language));
    }
    sign::add(&options.root, &signatures, is_chinese).map_err(told)?;
    Ok(tell(&signed(&signatures, stage, language), options))
}

/// Shows what stands against signing.
fn mistakes(found: Vec<Diagnostic>, sources: &Sources, options: &Options) -> Result<Status> {
    let findings = Findings::of(&found, sources, Level::Error, options.language);
    check::print_findings(&findings, options, false)?;
    let reason = match options.language {
        Chinese => "有错误的报告不能签，请先改好",
        English => "reports with errors cannot be signed; mend them first",
    };
    refuse(reason, options.language);
    Ok(Status::Mistakes)
}

/// The path of a report below `content/`, whether it was typed from the site's folder, the current one, or from `content`.
fn name(typed: &Path, root: &Path) -> String {
    let content = root.join("content");
    let absolute = || {
        let (typed, content) = (std::path::absolute(typed).ok()?, std::path::absolute(&content).ok()?);
        typed.strip_prefix(content).ok().map(Path::to_path_buf)
    };
    let inside = typed.strip_prefix(&content).ok().map(Path::to_path_buf).or_else(absolute);
    let path = inside.unwrap_or_else(|| typed.to_path_buf());
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let name = parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    name.strip_prefix("content/").map_or(name.clone(), str::to_owned)
}

fn status(options: &Options) -> Result<Status> {
    let told = |error| machine(&error, options.language);
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let content = load::load(&options.root, &mut sources, &mut found).map_err(told)?;
    let Some(content) = content else { return mistakes(found, &sources, options) };
    // Signatures that cannot be read would look like none.
    let of_list = |one: &Diagnostic| one.span.is_some_and(|span| sources.name(span.file).ends_with(NAME));
    let unread: Vec<Diagnostic> = found.iter().filter(|one| of_list(one)).cloned().collect();
    if !unread.is_empty() {
        return mistakes(unread, &sources, options);
    }
    let site = Site::new(content, Visibility { today: options.today, drafts: true }, &mut Vec::new());
    let all = sign::status(&options.root, &site).map_err(told)?;
    let text = match options.format {
        Format::Json => json(&all),
        _ => table(&all, options.language),
    };
    Ok(show(&text, options.language))
}

/// An object with a list of reports; keys are only ever added.
fn json(all: &[Standing]) -> String {
    let stage = |stage: &StageStanding| {
        let mut value = serde_json::json!({ "stage": stage.stage.name(false), "state": stage.state.id() });
        if let Some(one) = &stage.signature {
            value["by"] = one.by.as_str().into();
            value["date"] = one.date.to_string().into();
            value["digest"] = one.digest.to_string().into();
            value["note"] = one.note.as_str().into();
        }
        value
    };
    let report = |one: &Standing| {
        let stages: Vec<_> = one.stages.iter().map(stage).collect();
        let (path, title, draft, passed) = (&one.report, &one.title, one.draft, one.is_passed());
        serde_json::json!({ "report": path, "title": title, "draft": draft, "passed": passed, "stages": stages })
    };
    let reports: Vec<_> = all.iter().map(report).collect();
    format!("{:#}\n", serde_json::json!({ "reports": reports }))
}

/// A line for each report, a column for each stage.
fn table(all: &[Standing], language: Language) -> String {
    let head = match language {
        Chinese => ["报告", "初审", "复审", "终审"],
        English => ["report", "first", "second", "final"],
    };
    let mut rows = vec![head.map(str::to_owned)];
    for one in all {
        let [first, second, last] = one.stages.each_ref().map(|stage| cell(stage, language));
        let draft = match (one.draft, language) {
            (false, _) => "",
            (true, Chinese) => "（草稿）",
            (true, English) => " (draft)",
        };
        rows.push([format!("{}{draft}", shown(&one.report)), first, second, last]);
    }
    let widths: [usize; 3] = std::array::from_fn(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0));
    let mut out = String::new();
    for row in &rows {
        for (cell, width) in row.iter().zip(widths) {
            out += &format!("{cell}{}  ", " ".repeat(width - cell.width()));
        }
        out += &format!("{}\n", row[3]);
    }
    let passed = all.iter().filter(|one| one.is_passed()).count();
    out + &match language {
        Chinese => format!("{} 份报告，签齐 {passed} 份\n", all.len()),
        English => format!("{}, {passed} passed\n", plural(all.len(), "report")),
    }
}

fn cell(stage: &StageStanding, language: Language) -> String {
    let Some(one) = &stage.signature else { return "–".to_owned() };
    let state = match (stage.state, language) {
        (State::Missing, _) => "",
        (State::Valid, _) => " ✓",
        (State::Changed, Chinese) => " 签后有改动",
        (State::Changed, English) => " changed since",
        (State::SameSigner, Chinese) => " 一人签了两审",
        (State::SameSigner, English) => " signed twice",
    };
    format!("{} {}{state}", shown(&one.by), one.date)
}

fn signed(all: &[Signature], stage: Stage, language: Language) -> String {
    match language {
        Chinese => format!("已签{}：{} 份报告，记入 content/{NAME}\n", stage.name(true), all.len()),
        English => format!("signed {} ({}), noted in content/{NAME}\n", plural(all.len(), "report"), stage.name(false)),
    }
}

fn nothing(faults: &[String], language: Language) -> String {
    let lines: String = faults.iter().map(|fault| format!("\n  {fault}")).collect();
    match language {
        Chinese => format!("没有签：{lines}"),
        English => format!("nothing was signed:{lines}"),
    }
}

fn nobody(language: Language) -> &'static str {
    match language {
        Chinese => "`--by` 要写签署人的姓名",
        English => "`--by` needs the name of who signs",
    }
}

fn control(option: &str, text: &str, language: Language) -> String {
    let text = shown(text);
    match language {
        Chinese => format!("`{option}` 里有换行等控制字符：`{text}`；请写成一行文字"),
        English => format!("`{option}` holds line ends or other control characters: `{text}`; write one line of text"),
    }
}

fn unknown(name: &str, reports: &[Arc<Report>], language: Language) -> String {
    let near = nearest(name, reports.iter().map(|report| &*report.path));
    match (near, language) {
        (Some(near), Chinese) => format!("没有报告 `{name}`，是不是要写 `{near}`"),
        (Some(near), English) => format!("no report `{name}`, did you mean `{near}`"),
        (None, Chinese) => format!("没有报告 `{name}`；写 content/ 里的路径，如 429006/2021.md"),
        (None, English) => format!("no report `{name}`; write its path below content/, such as 429006/2021.md"),
    }
}

fn why(name: &str, stage: Stage, unfit: &Unfit, language: Language) -> String {
    let word = stage.name(language == Chinese);
    match (unfit, language) {
        (Unfit::Draft, Chinese) => format!("`{name}` 还是草稿；先删去 `draft = true`，因为签后再删就算改动"),
        (Unfit::Draft, English) => {
            format!("`{name}` is a draft; first take `draft = true` out, which would count as a change later")
        }
        (Unfit::Order(before), Chinese) => {
            format!("`{name}` 的{}没有签，或者签后有改动；依次签：先{}，再{word}", before.name(true), before.name(true))
        }
        (Unfit::Order(before), English) => {
            let before = before.name(false);
            format!("`{name}` is not signed `{before}`, or changed since; sign it `{before}` before `{word}`")
        }
        (Unfit::Twice(one), Chinese) => format!("`{name}` 的{word}已由 {} 于 {} 签过，报告没有改动", one.by, one.date),
        (Unfit::Twice(one), English) => {
            format!("`{name}` was signed `{word}` by {} on {}, and has not changed", one.by, one.date)
        }
        (Unfit::SameSigner(one), Chinese) => format!(
            "`{name}` 的{}也是 {} 签的；一人不签两审，请换一人，或在 site.toml 的 [check] 写 `same_signer = true`",
            one.stage.name(true),
            one.by
        ),
        (Unfit::SameSigner(one), English) => format!(
            "{} also signed `{name}` as `{}`; let somebody else sign, or write `same_signer = true` in [check] of site.toml",
            one.by,
            one.stage.name(false)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_found_however_they_are_typed() {
        let check = |typed: &str, root: &str| assert_eq!(name(Path::new(typed), Path::new(root)), "429006/2021.md");
        check("429006/2021.md", ".");
        check("content/429006/2021.md", ".");
        check("./content/429006/2021.md", ".");
        check("content/429006/2021.md", "/site");
        check("/site/content/429006/2021.md", "/site");
        check("site/content/429006/2021.md", "site");
        check("./site/content/429006/2021.md", "site");
    }
}
