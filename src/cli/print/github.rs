//! Annotations of GitHub workflows: `::error file=…,line=…,col=…::message`, one line per finding.

use std::path::Path;

use super::json::level;
use super::{Finding, Findings, Place};
use crate::diagnostic::Level;

/// An annotation per finding. Files are named from the current folder when the site's folder was, so that GitHub finds
/// them in the repository.
pub(super) fn print(findings: &Findings) -> String {
    findings.list.iter().map(annotation).collect()
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
            let file = property(&file(place));
            format!("::{command} file={file},line={line},col={column},{end},title={title}::{message}\n")
        }
    }
}

fn file(place: &Place) -> String {
    match &place.disk {
        Some(path) if path.is_relative() => {
            let path = path.strip_prefix(Path::new(".")).unwrap_or(path);
            path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
        }
        _ => place.path.to_string(),
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
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
