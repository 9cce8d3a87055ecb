//! From diagnostics to text: sorts and de-duplicates them, looks up words and places once, and hands the findings to
//! the printer of the chosen format. Nothing is written here, and no terminal is asked: colour comes in as a choice.

mod github;
mod human;
mod json;
mod junit;
pub mod markdown;
pub mod page;
mod place;
mod sarif;
mod short;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::place::Places;
use crate::cli::words;
use crate::diagnostic::catalogue::{self, Language, Text};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// The text for findings in a format, with a line of counts for people.
pub fn print(findings: &Findings, format: Format, look: Look) -> String {
    match format {
        Format::Human => human::print(findings, look),
        Format::Short => short::print(findings, look.language),
        Format::Json => json::print(findings),
        Format::Markdown => markdown::print(findings, look.language),
        Format::Sarif => sarif::print(findings, look.language),
        Format::Junit => junit::print(findings, look.language),
        Format::Github => github::print(findings, usize::MAX),
    }
}

/// The most useful findings as annotations, and the others as a table for the summary of a GitHub workflow, if any is
/// left.
pub fn github_with_summary(findings: &Findings, language: Language) -> (String, Option<String>) {
    (github::print(findings, github::SHOWN), github::table(findings, language))
}

/// A form of output.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    /// Excerpts for people.
    Human,
    /// One line each.
    Short,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// A test report as JUnit writes it.
    Junit,
    /// Annotations of GitHub workflows.
    Github,
    /// A list in Markdown.
    Markdown,
}

impl Format {
    /// Whether a program reads it, so that it belongs on standard output whatever the command.
    pub fn is_for_programs(self) -> bool {
        match self {
            Format::Human | Format::Short => false,
            Format::Json | Format::Sarif | Format::Junit | Format::Github | Format::Markdown => true,
        }
    }
}

/// How words look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The language of the words.
    pub language: Language,
    /// Whether colour is used.
    pub colour: Colour,
}

/// Whether colour is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// Escape codes of terminals.
    Terminal,
    /// None.
    Plain,
}

/// All findings in the order of their places.
pub struct Findings {
    list: Vec<Finding>,
    errors: usize,
    warnings: usize,
    /// How many known ones were passed over.
    known: usize,
    /// The mildest level that fails.
    limit: Level,
    /// Every file that was looked at.
    files: Vec<String>,
    /// The settings of the site, which stand for the whole site where a program wants a file.
    settings: String,
}

/// The settings as people see them.
const SETTINGS: &str = "content/site.toml";

/// A diagnostic with its words and places.
struct Finding {
    code: &'static str,
    group: &'static str,
    level: Level,
    text: Text,
    place: Option<Place>,
    related: Vec<Place>,
    fixes: Vec<(Place, String)>,
    fingerprint: String,
}

/// A span for people, with the lines it stands on.
struct Place {
    path: Arc<str>,
    disk: Option<PathBuf>,
    /// Line and column of the first character, from 1.
    start: (usize, usize),
    /// Line and column after the last character, from 1.
    end: (usize, usize),
    /// The lines the span stands on, and its bytes in them.
    excerpt: String,
    marked: std::ops::Range<usize>,
}

impl Place {
    /// The file as seen from the current folder when the site's folder was named so, so that programs that know the
    /// repository find it.
    fn local_path(&self) -> String {
        local(self.disk.as_deref()).unwrap_or_else(|| self.path.to_string())
    }
}

/// A relative path with `/` between its parts.
fn local(disk: Option<&Path>) -> Option<String> {
    let path = disk.filter(|path| path.is_relative())?;
    let path = path.strip_prefix(Path::new(".")).unwrap_or(path);
    Some(path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
}

fn settings(sources: &Sources) -> String {
    let disk = sources.files().find(|(_, name)| *name == SETTINGS).and_then(|(file, _)| sources.path(file));
    local(disk.map(PathBuf::as_path)).unwrap_or_else(|| SETTINGS.to_owned())
}

impl Findings {
    /// Looks up the words and places of diagnostics. `limit` is the mildest level that fails.
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources, limit: Level, language: Language) -> Findings {
        let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
        let path = |diagnostic: &Diagnostic| diagnostic.span.map(|span| sources.name(span.file).clone());
        sorted.sort_by(|a, b| path(a).cmp(&path(b)).then_with(|| a.cmp(b)));
        sorted.dedup();
        let mut places = Places::of(sources);
        let list: Vec<Finding> = sorted.into_iter().map(|one| Finding::of(one, &mut places, language)).collect();
        let count = |level| list.iter().filter(|finding| finding.level == level).count();
        Findings {
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            known: 0,
            limit,
            settings: settings(sources),
            files: sources.files().map(|(_, name)| name.to_owned()).collect(),
            list,
        }
    }

    /// Says how many known ones were passed over.
    pub fn with_known(self, known: usize) -> Findings {
        Findings { known, ..self }
    }
}

impl Finding {
    fn of(diagnostic: &Diagnostic, places: &mut Places<'_>, language: Language) -> Finding {
        Finding {
            code: diagnostic.code,
            group: catalogue::entry(diagnostic.code).map_or("", |entry| &entry.group),
            level: diagnostic.level,
            text: catalogue::describe(diagnostic, language),
            place: diagnostic.span.map(|span| places.find(span)),
            related: diagnostic.related.iter().map(|(span, _)| places.find(*span)).collect(),
            fixes: diagnostic.fixes.iter().map(|fix| (places.find(fix.span), fix.text.clone())).collect(),
            fingerprint: diagnostic.fingerprint.to_string(),
        }
    }
}

/// `path:line:column: level[code]: message`, the first line of a finding for people.
fn headline(finding: &Finding, language: Language) -> String {
    let level = words::level(finding.level, language);
    let message = format!("{level}[{}]: {}", finding.code, finding.text.message);
    match &finding.place {
        Some(Place { path, start: (line, column), .. }) => format!("{path}:{line}:{column}: {message}"),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints findings about a small file: an unknown key (twice the same), a doubled figure, and one without a place.
    pub(super) fn sample(format: Format, language: Language) -> String {
        let mut sources = Sources::default();
        let text = "+++\ntitel = \"年报\"\n[metrics]\n床位数 = \"1张\"\nbeds = \"7.12张\"\n+++\n床位数为7.21张。\n";
        let first = sources.add_text("content/429006/2020.md", "beds = \"7.13张\"");
        let file = sources.add_text("content/429006/2021.md", text);
        let at = |part: &str| {
            let start = text.find(part).expect("the part is in the text");
            crate::source::Span::new(file, start..start + part.len())
        };
        let key = Diagnostic::error("unknown-key", at("titel"))
            .arg("key", "titel")
            .arg("place", "`+++`")
            .arg("known", "period, title")
            .suggest("titel", ["period", "title"]);
        let twice = Diagnostic::warning("duplicate-metric", at("\"7.12张\""))
            .arg("indicator", "beds")
            .arg("region", "429006")
            .arg("period", "2020")
            .arg("first", "7.13张")
            .arg("second", "7.12张")
            .related(crate::source::Span::new(first, 7..17), "first");
        let global = Diagnostic::global("site-missing").arg("path", "content/site.toml");
        let mut list = vec![twice, key.clone(), key, global];
        crate::diagnostic::fingerprint::stamp(&mut list, &sources);
        let findings = Findings::of(&list, &sources, Level::Error, language);
        print(&findings, format, Look { language, colour: Colour::Plain })
    }

    #[test]
    fn findings_are_sorted_and_said_once() {
        let short = sample(Format::Short, Language::English);
        let places: Vec<&str> = short.lines().map(|line| line.split(" ").next().unwrap_or("")).collect();
        assert_eq!(places, ["error[site-missing]:", "content/429006/2021.md:2:1:", "content/429006/2021.md:5:8:", "2"]);
    }
}
