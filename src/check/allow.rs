//! Findings allowed on purpose: by a comment in a text (`<!-- nianbao: allow CODE reason -->`) or by `[[check.allow]]` in
//! site.toml. Only findings that are warnings or notes by themselves can pass, and an allowance without use or reason is a
//! finding itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use crate::config::Allowance;
use crate::diagnostic::catalogue::{self, Language, describe};
use crate::diagnostic::{Diagnostic, Level, fingerprint};
use crate::markdown::Markdown;
use crate::report::Body;
use crate::site::Site;
use crate::source::{FileId, Sources, Span};

/// How every comment to the program begins.
const OPENING: &str = "nianbao:";

/// Takes the allowed findings out, and adds what is wrong with the allowances.
pub(super) fn apply(site: &Site, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let mut wrong = Vec::new();
    let pages = site.pages.iter().chain(&site.home).map(|page| &page.body);
    for body in site.reports.iter().map(|report| &report.body).chain(pages) {
        by_comments(body, sources, found, &mut wrong);
    }
    if !site.config.allowed.is_empty() {
        by_entries(site, sources, found, &mut wrong);
    }
    found.append(&mut wrong);
}

/// Lets pass what site.toml allows.
fn by_entries(site: &Site, sources: &Sources, found: &mut Vec<Diagnostic>, wrong: &mut Vec<Diagnostic>) {
    let shown = Shown::of(site, sources);
    let mut texts = BTreeMap::new();
    for entry in &site.config.allowed {
        by_entry(entry, site.today, &shown, sources, &mut texts, found, wrong);
    }
}

/// Lets pass what the comments of one text allow.
fn by_comments(body: &Body, sources: &Sources, found: &mut Vec<Diagnostic>, wrong: &mut Vec<Diagnostic>) {
    let file = sources.text(body.file);
    let text = file.get(body.offset..).unwrap_or_default();
    if !text.contains(OPENING) {
        return;
    }
    let place = |range: Range<usize>| Span::new(body.file, range).shifted(body.offset);
    for remark in Markdown::new(text).remarks() {
        let span = place(remark.range);
        let (verb, rest) = word(&remark.words);
        if verb != "allow" {
            wrong.push(Diagnostic::warning("allow-unknown", span).arg("code", verb).suggest(verb, ["allow"]));
            continue;
        }
        let (code, reason) = word(rest);
        let about = place(remark.about);
        let within = |one: &Diagnostic| {
            one.span.is_some_and(|at| at.file == about.file && about.start <= at.start && at.start < about.end)
        };
        allow(code, reason, span, true, within, found, wrong);
    }
}

/// The first word of a text, and the rest.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace).map_or((text, ""), |(first, rest)| (first, rest.trim()))
}

/// Lets pass what an entry of site.toml allows.
fn by_entry(
    entry: &Allowance,
    today: Date,
    shown: &Shown<'_>,
    sources: &Sources,
    texts: &mut BTreeMap<FileId, String>,
    found: &mut Vec<Diagnostic>,
    wrong: &mut Vec<Diagnostic>,
) {
    let code = entry.code.value.as_str();
    if let Some((until, span)) = entry.until.filter(|(until, _)| *until < today) {
        wrong.push(Diagnostic::warning("allow-expired", span).arg("code", code).arg("until", until));
        return;
    }
    let mut meant = |one: &Diagnostic| {
        let Some(span) = one.span.filter(|span| is_at(sources.name(span.file), &entry.path)) else { return false };
        let mut line = || fingerprint::line(texts.entry(span.file).or_insert_with(|| sources.text(span.file)), span);
        entry.text.is_empty() || says(one, &entry.text) || line().contains(&entry.text)
    };
    let seen = shown.is(&entry.path);
    allow(code, &entry.reason, entry.code.span, seen, |one| one.code == code && meant(one), found, wrong);
}

/// Whether a file of the site is meant by a path below `content/` or below the site's folder.
fn is_at(name: &str, path: &str) -> bool {
    name == path || name.strip_prefix("content/") == Some(path)
}

/// Whether the message holds some words, in either language.
fn says(one: &Diagnostic, words: &str) -> bool {
    [Language::Chinese, Language::English].iter().any(|language| describe(one, *language).message.contains(words))
}

/// Lets findings of a code pass where `meant` says so. `seen` is false where this run looks at nothing, so that nothing
/// can be said about use.
fn allow(
    code: &str,
    reason: &str,
    span: Span,
    seen: bool,
    mut meant: impl FnMut(&Diagnostic) -> bool,
    found: &mut Vec<Diagnostic>,
    wrong: &mut Vec<Diagnostic>,
) {
    if catalogue::entry(code).is_none() {
        let known = catalogue::entries().keys().map(String::as_str);
        wrong.push(Diagnostic::warning("allow-unknown", span).arg("code", code).suggest(code, known));
        return;
    }
    if !catalogue::MOVABLE.contains(&code) {
        wrong.push(Diagnostic::error("check-fixed", span).arg("code", code));
        return;
    }
    let before = found.len();
    found.retain(|one| !(one.code == code && one.level != Level::Error && meant(one)));
    if found.len() == before && seen {
        wrong.push(Diagnostic::note("allow-unused", span).arg("code", code));
    } else if reason.is_empty() {
        wrong.push(Diagnostic::warning("allow-reason", span).arg("code", code));
    }
}

/// The texts this run looks at, among all files it read; drafts that are not built were read only.
struct Shown<'a> {
    texts: BTreeSet<&'a str>,
    hidden: BTreeSet<&'a str>,
}

impl<'a> Shown<'a> {
    fn of(site: &'a Site, sources: &'a Sources) -> Shown<'a> {
        let pages = site.pages.iter().chain(&site.home).map(|page| page.body.file);
        let files = site.reports.iter().map(|report| report.body.file).chain(pages);
        let texts: BTreeSet<&str> = files.map(|file| &**sources.name(file)).collect();
        let hidden = sources.names().filter(|name| name.ends_with(".md") && !texts.contains(*name)).collect();
        Shown { texts, hidden }
    }

    /// Whether a path names a text that is looked at, or nothing at all.
    fn is(&self, path: &str) -> bool {
        let named = |names: &BTreeSet<&str>| names.iter().any(|name| is_at(name, path));
        named(&self.texts) || !named(&self.hidden)
    }
}
