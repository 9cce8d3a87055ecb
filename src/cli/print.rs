//! From diagnostics to text: sorts and de-duplicates them, looks up words and places once, and hands the findings to the
//! printer of the chosen format. Nothing is written here, and no terminal is asked: colour comes in as a choice.

mod github;
mod human;
mod json;
mod place;
mod short;

use std::path::PathBuf;
use std::sync::Arc;

use self::place::Places;
use crate::cli::words;
use crate::diagnostic::catalogue::{self, Language, Text};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// The text for diagnostics in a format, with a line of counts for people.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources, format: Format, look: Look) -> String {
    let findings = gather(diagnostics, sources, look.language);
    match format {
        Format::Human => human::print(&findings, look),
        Format::Short => short::print(&findings, look.language),
        Format::Json => json::print(&findings),
        Format::Github => github::print(&findings),
    }
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
    /// Annotations of GitHub workflows.
    Github,
}

impl Format {
    /// Whether a program reads it, so that it belongs on standard output whatever the command.
    pub fn is_for_programs(self) -> bool {
        match self {
            Format::Human | Format::Short => false,
            Format::Json | Format::Github => true,
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
struct Findings {
    list: Vec<Finding>,
    errors: usize,
    warnings: usize,
}

/// A diagnostic with its words and places.
struct Finding {
    code: &'static str,
    level: Level,
    text: Text,
    place: Option<Place>,
    related: Vec<Place>,
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

fn gather(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> Findings {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    let path = |diagnostic: &Diagnostic| diagnostic.span.map(|span| sources.name(span.file).clone());
    sorted.sort_by(|a, b| path(a).cmp(&path(b)).then_with(|| a.cmp(b)));
    sorted.dedup();
    let mut places = Places::of(sources);
    let list: Vec<Finding> = sorted
        .into_iter()
        .map(|diagnostic| Finding {
            code: diagnostic.code,
            level: diagnostic.level,
            text: catalogue::describe(diagnostic, language),
            place: diagnostic.span.map(|span| places.find(span)),
            related: diagnostic.related.iter().map(|(span, _)| places.find(*span)).collect(),
        })
        .collect();
    let count = |level| list.iter().filter(|finding| finding.level == level).count();
    Findings { errors: count(Level::Error), warnings: count(Level::Warning), list }
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
        let list = [twice, key.clone(), key, global];
        print(&list, &sources, format, Look { language, colour: Colour::Plain })
    }

    #[test]
    fn findings_are_sorted_and_said_once() {
        let short = sample(Format::Short, Language::English);
        let places: Vec<&str> = short.lines().map(|line| line.split(" ").next().unwrap_or("")).collect();
        assert_eq!(places, ["error[site-missing]:", "content/429006/2021.md:2:1:", "content/429006/2021.md:5:8:", "2"]);
    }
}
