//! Annotations of GitHub workflows: `::error file=…,line=…,col=…::message`, one line per finding. GitHub shows ten of a
//! step; where the step has a summary, the ten most useful are annotations and the others a table in it.

use std::collections::BTreeMap;

use super::json::level;
use super::{Finding, Findings, Place};
use crate::cli::words;
use crate::diagnostic::Level;
use crate::diagnostic::catalogue::Language;

/// Annotations GitHub shows of a step.
pub(super) const SHOWN: usize = 10;
/// Rows of the table; a summary must not grow beyond a megabyte.
const ROWS: usize = 1000;

/// Annotations of the most useful findings. Files are named from the current folder when the site's folder was, so that
/// GitHub finds them in the repository.
pub(super) fn print(findings: &Findings, most: usize) -> String {
    ranked(findings).into_iter().take(most).map(annotation).collect()
}

/// The findings by use: the gravest first, and of one level the first of each code before the second of any.
fn ranked(findings: &Findings) -> Vec<&Finding> {
    let mut seen: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    let mut ranked: Vec<_> = findings.list.iter().collect();
    ranked.sort_by_cached_key(|finding| {
        let nth = seen.entry((finding.level, finding.code)).or_insert(0);
        *nth += 1;
        (finding.level, *nth)
    });
    ranked
}

/// The findings behind the first ten as a table.
pub(super) fn table(findings: &Findings, language: Language) -> Option<String> {
    let rest = ranked(findings).split_off(SHOWN.min(findings.list.len()));
    if rest.is_empty() {
        return None;
    }
    let counts = words::counts(findings.errors, findings.warnings, language);
    let [level, place, code, message] = words::columns(language);
    let mut out = format!("### nianbao: {counts}\n\n| {level} | {place} | {code} | {message} |\n|---|---|---|---|\n");
    out.extend(rest.iter().take(ROWS).map(|finding| row(finding, language)));
    if rest.len() > ROWS {
        out.push_str(&format!("\n{}\n", words::more(rest.len() - ROWS, language)));
    }
    Some(out + "\n")
}

fn row(finding: &Finding, language: Language) -> String {
    let place =
        finding.place.as_ref().map_or_else(String::new, |place| format!("{}:{}", place.local_path(), place.start.0));
    let level = words::level(finding.level, language);
    format!("| {level} | {} | {} | {} |\n", cell(&place), finding.code, cell(&finding.text.message))
}

/// Words that neither end a cell nor become markup.
fn cell(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.replace('\\', "\\\\").replace('|', "\\|").replace('&', "&amp;").replace('<', "&lt;").replace('[', "\\[")
}

fn annotation(finding: &Finding) -> String {
    let command = match finding.level {
        Level::Error | Level::Warning => level(finding.level),
        Level::Note => "notice",
    };
    let message: Vec<&str> =
        std::iter::once(&finding.text.message).chain(&finding.text.help).map(String::as_str).collect();
    let message = escape(&message.join("\n"));
    let title = property(finding.code);
    match &finding.place {
        None => format!("::{command} title={title}::{message}\n"),
        Some(place) => {
            let Place { start: (line, column), end: (end_line, end_column), .. } = place;
            // GitHub counts the end in, and refuses end columns on spans of several lines.
            let end = match end_line == line {
                true => format!("endLine={end_line},endColumn={}", (end_column - 1).max(*column)),
                false => format!("endLine={end_line}"),
            };
            let file = property(&place.local_path());
            format!("::{command} file={file},line={line},col={column},{end},title={title}::{message}\n")
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Format, tests::sample};
    use super::*;
    use crate::diagnostic::catalogue::Language;

    #[test]
    fn annotations() {
        let printed = sample(Format::Github, Language::English);
        let lines: Vec<&str> = printed.lines().collect();
        assert!(lines[0].starts_with("::error title=site-missing::there is no settings file"), "{}", lines[0]);
        assert_eq!(
            lines[1],
            "::error file=content/429006/2021.md,line=2,col=1,endLine=2,endColumn=5,title=unknown-key\
             ::unknown key `titel` in `+++`%0Adid you mean `title`%0Aknown keys: period, title"
        );
        assert!(lines[2].starts_with("::warning file=content/429006/2021.md,line=5,col=8,endLine=5,endColumn=14"));
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn escapes() {
        assert_eq!(cell("a|b<c\n[d]"), "a\\|b&lt;c \\[d]");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
