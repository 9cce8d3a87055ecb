//! A page of findings for reviewers: grouped by file, each with the words it is about, readable without network,
//! script or program, and on paper.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use unicode_width::UnicodeWidthStr;

use super::json::level;
use super::{Finding, Findings, Place};
use crate::cli::words;
use crate::diagnostic::catalogue::Language;
use crate::html;

const STYLE: &str = include_str!("page.css");
/// Characters shown on each side of the words a finding is about, and of these words.
const AROUND: usize = 24;
const WITHIN: usize = 60;

/// The page. `links` leads from the names of files to their pages.
pub fn print(findings: &Findings, links: &BTreeMap<String, String>, today: Date, language: Language) -> String {
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &findings.list {
        files.entry(finding.place.as_ref().map_or("", |place| &place.path)).or_default().push(finding);
    }
    let tag = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let title = words::findings(language);
    let counts = words::counts(findings.errors, findings.warnings, language);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{counts} · <time>{today}</time></p>\n</header>\n"
    );
    if files.len() > 1 {
        out.push_str(&contents(&files, language));
    }
    out.push_str("<main>\n");
    for (number, (path, found)) in files.iter().enumerate() {
        let link =
            links.get(*path).map(|link| format!(" <a href=\"{}\">{}</a>", escape(link), words::page_link(language)));
        let name = escape(file_name(path, language));
        out.push_str(&format!("<section>\n<h2 id=\"f{number}\">{name}{}</h2>\n", link.unwrap_or_default()));
        out.extend(found.iter().map(|finding| article(finding, language)));
        out.push_str("</section>\n");
    }
    out + "</main>\n</body>\n</html>\n"
}

/// The files with how many findings each has.
fn contents(files: &BTreeMap<&str, Vec<&Finding>>, language: Language) -> String {
    let line = |(number, (path, found)): (usize, (&&str, &Vec<&Finding>))| {
        format!("<li><a href=\"#f{number}\">{}</a> {}</li>\n", escape(file_name(path, language)), found.len())
    };
    format!("<nav>\n<ol>\n{}</ol>\n</nav>\n", files.iter().enumerate().map(line).collect::<String>())
}

fn file_name(path: &str, language: Language) -> &str {
    if path.is_empty() { words::whole_site(language) } else { path }
}

fn article(finding: &Finding, language: Language) -> String {
    let Finding { level: severity, text, place, fingerprint, code, .. } = finding;
    let (class, name) = (level(*severity), words::level(*severity, language));
    let at = place.as_ref().map(|place| format!("{}:{} · ", place.start.0, place.start.1)).unwrap_or_default();
    let mut out = format!(
        "<article class=\"{class}\" id=\"{fingerprint}\">\n<p><strong>{name}</strong> {}</p>\n\
         <p class=\"place\">{at}<code>{code}</code></p>\n",
        prose(&text.message)
    );
    if let Some(place) = place {
        out.push_str(&excerpt(place, text.label.as_deref().unwrap_or_default()));
    }
    for (place, label) in finding.related.iter().zip(&text.related) {
        let Place { path, start: (line, column), .. } = place;
        out.push_str(&format!("<p class=\"place\">{}:{line}:{column}</p>\n{}", escape(path), excerpt(place, label)));
    }
    if !text.help.is_empty() {
        let lines = text.help.iter().map(|line| format!("<li>{}</li>\n", prose(line)));
        out.push_str(&format!("<ul>\n{}</ul>\n", lines.collect::<String>()));
    }
    out + "</article>\n"
}

/// The line a place begins on, cut around it, with a caret and a few words below.
fn excerpt(place: &Place, label: &str) -> String {
    let (before, marked, after) = around(&place.excerpt, &place.marked);
    let number = format!("<i>{} | </i>", place.start.0);
    let carets = "^".repeat(words::shown(&marked).width().max(1));
    format!(
        "<pre>{number}{before}<mark>{}</mark>{}\n\
         <span class=\"lead\">{number}{before}</span><b>{carets} {}</b></pre>\n",
        escape(&words::shown(&marked)),
        escape(&after),
        escape(label),
        before = escape(&before),
    )
}

/// What stands before the marked words on their line, these words up to the end of the line, and what follows.
fn around(text: &str, marked: &Range<usize>) -> (String, String, String) {
    let (before, rest) = text.split_at(text.floor_char_boundary(marked.start.min(text.len())));
    let before = before.rsplit('\n').next().unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let (marked, after) = line.split_at(line.floor_char_boundary(marked.len().min(line.len())));
    let skipped = before.chars().count().saturating_sub(AROUND);
    let before: String = before.chars().skip(skipped).collect();
    let before = if skipped > 0 { format!("…{before}") } else { before };
    (before, cut(marked, WITHIN), cut(after, AROUND))
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A sentence of a finding, what stands between backticks as code.
fn prose(text: &str) -> String {
    html::prose(&named(text))
}

/// Text in HTML; control characters, which no page may hold, by their names.
pub fn escape(text: &str) -> String {
    html::escape(&named(text))
}

fn named(text: &str) -> String {
    let name = |c: char| {
        if c.is_control() && !matches!(c, '\n' | '\t') { words::shown(&c.to_string()) } else { c.to_string() }
    };
    text.chars().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_around_the_words() {
        let check = |text: &str, marked: Range<usize>, expected: [&str; 3]| {
            let (before, marked, after) = around(text, &marked);
            assert_eq!([before.as_str(), marked.as_str(), after.as_str()], expected);
        };
        check("甲乙丙", 3..6, ["甲", "乙", "丙"]);
        check("a\nb\nc", 0..5, ["", "a", ""]);
        check("", 0..0, ["", "", ""]);
        let long = "一".repeat(100);
        check(&long, 150..153, [&format!("…{}", "一".repeat(24)), "一", &format!("{}…", "一".repeat(24))]);
        assert_eq!(prose("没有 `<a>`"), "没有 <code>&lt;a&gt;</code>");
        assert_eq!(prose("一个 ` 号"), "一个 ` 号");
        assert_eq!(escape("<a b=\"c\">&\u{1}"), "&lt;a b=&quot;c&quot;&gt;&amp;U+0001");
    }
}
