//! One line per finding, for people who know the codes and for editors.

use super::{Findings, headline};
use crate::cli::words;
use crate::diagnostic::catalogue::Language;

/// A line per finding and one with the counts.
pub(super) fn print(findings: &Findings, language: Language) -> String {
    let mut out = String::new();
    for finding in &findings.list {
        out.push_str(&headline(finding, language));
        out.push('\n');
    }
    if !findings.list.is_empty() {
        out.push_str(&words::counts(findings.errors, findings.warnings, language));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Format, tests::sample};
    use super::*;

    #[test]
    fn a_line_each() {
        assert_eq!(
            sample(Format::Short, Language::Chinese),
            "错误[site-missing]: 没有站点设置文件 `content/site.toml`\n\
             content/429006/2021.md:2:1: 错误[unknown-key]: `+++` 里没有 `titel` 这个键\n\
             content/429006/2021.md:5:8: 警告[duplicate-metric]: \
             `beds` 在 `429006`、2020 有两个数值：`7.13张` 和 `7.12张`\n\
             2 个错误，1 个警告\n"
        );
    }
}
