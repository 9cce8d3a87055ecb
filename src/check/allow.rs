//! Findings allowed on purpose: by a comment in a text (`<!-- nianbao: allow CODE reason -->`) or by
//! `[[check.allow]]` in site.toml. Only findings that are warnings or notes by themselves can pass, and an allowance
//! without use or reason is a finding itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::Allowance;
use crate::diagnostic::catalogue::{self, Language, describe};
use crate::diagnostic::{Diagnostic, Level, fingerprint};
use crate::load::split;
use crate::markdown::Markdown;
use crate::site::Site;
use crate::source::{FileId, Sources, Span};

/// How every comment to the program begins.
const OPENING: &str = "nianbao:";
const CONTENT: &str = "content/";

/// Takes the allowed findings out, and adds what is wrong with the allowances.
pub(super) fn apply(site: &Site, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let mut wrong = Vec::new();
    let texts = Texts::of(site, sources);
    for (remark, seen) in texts.remarks(sources) {
        by_comment(&remark, seen, found, &mut wrong);
    }
    let mut lines = BTreeMap::new();
    for entry in &site.config.allowed {
        by_entry(entry, site.today, &texts, sources, &mut lines, found, &mut wrong);
    }
    found.append(&mut wrong);
}

/// The Markdown files read, and whether this run looks at each: drafts that are not built were read only.
struct Texts<'a> {
    all: Vec<(FileId, &'a str, bool)>,
}

/// A comment to the program with its place and what it is about.
struct Comment {
    words: String,
    span: Span,
    about: Span,
}

impl<'a> Texts<'a> {
    fn of(site: &Site, sources: &'a Sources) -> Texts<'a> {
        let pages = site.pages().iter().chain(site.home()).map(|page| page.body.file);
        let shown: BTreeSet<FileId> = site.all_reports().iter().map(|report| report.body.file).chain(pages).collect();
        let texts = sources.files().filter(|(_, name)| name.starts_with(CONTENT) && name.ends_with(".md"));
        Texts { all: texts.map(|(file, name)| (file, name, shown.contains(&file))).collect() }
    }

    /// Whether a path names a text that is looked at, or nothing at all.
    fn looks_at(&self, path: &str) -> bool {
        self.all.iter().find(|(_, name, _)| is_at(name, path)).is_none_or(|(_, _, shown)| *shown)
    }

    /// The comments of all texts, and whether the run looks at their text.
    fn remarks(&self, sources: &Sources) -> Vec<(Comment, bool)> {
        let each = self.all.par_iter().map(|(file, _, shown)| (comments(*file, &sources.text(*file)), *shown));
        let each: Vec<(Vec<Comment>, bool)> = each.collect();
        each.into_iter().flat_map(|(comments, shown)| comments.into_iter().map(move |one| (one, shown))).collect()
    }
}

/// The comments to the program in a file.
fn comments(file: FileId, text: &str) -> Vec<Comment> {
    if !text.contains(OPENING) {
        return Vec::new();
    }
    // What is wrong with the file was said when it was loaded.
    let nobody = &mut Vec::new();
    let parts =
        split::decode(text.as_bytes(), file, nobody).and_then(|(text, at)| split::split(text, at, file, nobody));
    let Some(parts) = parts else { return Vec::new() };
    let place = |range: Range<usize>| Span::new(file, range).shifted(parts.body_at);
    let remarks = Markdown::new(parts.body).remarks().into_iter();
    remarks.map(|one| Comment { words: one.words, span: place(one.range), about: place(one.about) }).collect()
}

/// Lets pass what a comment allows.
fn by_comment(comment: &Comment, seen: bool, found: &mut Vec<Diagnostic>, wrong: &mut Vec<Diagnostic>) {
    let Comment { words, span, about } = comment;
    let (verb, rest) = word(words);
    if verb != "allow" {
        wrong.push(Diagnostic::warning("allow-unknown", *span).arg("code", verb).suggest(verb, ["allow"]));
        return;
    }
    let (code, reason) = word(rest);
    let within = |one: &Diagnostic| {
        one.span.is_some_and(|at| at.file == about.file && about.start <= at.start && at.start < about.end)
    };
    allow(code, reason, *span, seen, within, found, wrong);
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
    read: &Texts<'_>,
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
    let seen = read.looks_at(&entry.path);
    allow(code, &entry.reason, entry.code.span, seen, |one| one.code == code && meant(one), found, wrong);
}

/// Whether a file of the site is meant by a path below `content/` or below the site's folder.
fn is_at(name: &str, path: &str) -> bool {
    name == path || name.strip_prefix(CONTENT) == Some(path)
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
