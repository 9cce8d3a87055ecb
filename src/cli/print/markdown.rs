//! Findings as a list in Markdown, for comments on a merge request.

use super::{Finding, Findings, headline};
use crate::diagnostic::catalogue::Language;

/// An item a finding; nothing when there is none.
pub(super) fn print(findings: &Findings, language: Language) -> String {
    let item = |finding: &Finding| format!("- {}\n", escape(&headline(finding, language)));
    findings.list.iter().map(item).collect()
}

/// Text that Markdown shows as it stands, on one line and inside a table.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Behind an @ a forge looks for people.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
