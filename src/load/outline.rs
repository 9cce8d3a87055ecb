//! What a text holds: headings, links and pictures, chart fences. Found once when the file is loaded, so that later stages
//! need not keep the text.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::diagnostic::Diagnostic;
use crate::load::Nouns;
use crate::load::fence;
use crate::markdown::{Located, Markdown, heading_texts};
use crate::report::{ChartFence, Heading, Outline, Reference};
use crate::source::{FileId, Span};

/// Reads a text that starts at byte `at` of its file.
pub(super) fn read(text: &str, file: FileId, at: usize, nouns: Nouns<'_>, found: &mut Vec<Diagnostic>) -> Outline {
    let markdown = Markdown::new(text);
    let events = markdown.events();
    let mut outline = Outline { headings: headings(&events), characters: text.chars().count(), ..Outline::default() };
    let mut fence: Option<(usize, String)> = None;
    let mut picture: Option<(Span, String, bool)> = None;
    for (event, range) in &events {
        let span = Span::new(file, range.clone()).shifted(at);
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_chart(info) => {
                fence = Some((range.start, String::new()));
            }
            Event::Text(words) => {
                if let Some((start, body)) = &mut fence {
                    if body.is_empty() {
                        *start = range.start;
                    }
                    body.push_str(words);
                }
                if let Some((_, _, described)) = &mut picture {
                    *described = true;
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((start, body)) = fence.take() {
                    let index = outline.charts.len();
                    let chart = fence::chart(&body, span, at + start, nouns, found);
                    outline.charts.extend(chart.map(|(id, request)| ChartFence { index, id, request, span }));
                }
            }
            Event::Html(html) | Event::InlineHtml(html) if outline.html_lost.is_none() && loses(html) => {
                outline.html_lost = Some(span);
            }
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => reference(dest_url, span, false, &mut outline, found),
            Event::Start(Tag::Image { dest_url, .. }) => {
                picture = Some((span, dest_url.to_string(), false));
                reference(dest_url, span, true, &mut outline, found);
            }
            Event::End(TagEnd::Image) => {
                if let Some((span, target, false)) = picture.take() {
                    found.push(Diagnostic::warning("image-alt", span).arg("target", target));
                }
            }
            _ => {}
        }
    }
    outline
}

/// Whether a fence asks for a chart.
pub fn is_chart(info: &str) -> bool {
    info.split_whitespace().next() == Some("chart")
}

fn headings(events: &[Located<'_>]) -> Vec<Heading> {
    let starts = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Heading { level, id, .. }) => Some((*level as u8, id.as_deref().unwrap_or_default())),
        _ => None,
    });
    let with_words = starts.zip(heading_texts(events));
    with_words.map(|((level, anchor), text)| Heading { level, text, anchor: anchor.to_owned() }).collect()
}

/// What an address is, by its beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Address {
    /// Another site, mail or telephone.
    Outside,
    /// A file of the content, or an anchor.
    Inside,
    /// `javascript:`, `data:` and whatever else a reader should not follow.
    Unsafe,
}

/// Sorts an address.
pub fn sort(target: &str) -> Address {
    let trimmed = target.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let scheme = trimmed.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '#', '?']));
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => Address::Outside,
        Some(_) => Address::Unsafe,
        None if trimmed.starts_with("//") => Address::Outside,
        None => Address::Inside,
    }
}

/// Whether cleaning takes something out of raw HTML: tags or attributes beyond the safe ones. Comments say nothing.
fn loses(html: &str) -> bool {
    let html = html.trim();
    if html.is_empty() || html.starts_with("<!--") || html.starts_with("-->") {
        return false;
    }
    let allowed = ammonia::Builder::default().clone_tags();
    html.match_indices('<').any(|(at, _)| {
        let tag = html[at + 1..].split('>').next().unwrap_or_default().trim_start_matches('/');
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let named = !name.is_empty();
        let attributes = tag[name.len()..].split_whitespace().filter_map(|part| part.split('=').next());
        let bad = |attribute: &str| attribute.to_ascii_lowercase().starts_with("on") || attribute == "style";
        let cell = matches!(name.as_str(), "td" | "th");
        let known = allowed.contains(name.to_ascii_lowercase().as_str()) || name == "section";
        named && (!known || (!cell && attributes.into_iter().any(bad)))
    })
}

/// Whether an address leads to the author's own machine or to the network of the office: `file:`, `C:\`, `\\server`,
/// localhost, 127.0.0.1 and the private ranges.
pub fn is_local(target: &str) -> bool {
    let target = target.trim();
    let drive = matches!(target.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if drive || target.starts_with('\\') || scheme.as_deref() == Some("file") {
        return true;
    }
    let web = matches!(scheme.as_deref(), Some("http" | "https")) || target.starts_with("//");
    let Some((_, rest)) = target.split_once("//").filter(|_| web) else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    if let Some(inside) = host.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
        return inside.parse::<std::net::Ipv6Addr>().is_ok_and(|address| address.is_loopback());
    }
    let name = host.split(':').next().unwrap_or_default();
    let own = |address: std::net::Ipv4Addr| {
        address.is_loopback() || address.is_private() || address.is_link_local() || address.is_unspecified()
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(own)
}

fn reference(target: &str, span: Span, image: bool, outline: &mut Outline, found: &mut Vec<Diagnostic>) {
    match sort(target) {
        _ if is_local(target) => found.push(Diagnostic::error("link-local", span).arg("target", target)),
        Address::Unsafe => found.push(Diagnostic::warning("link-unsafe", span).arg("target", target)),
        Address::Outside if image => found.push(Diagnostic::error("image-missing", span).arg("target", target)),
        Address::Outside => {}
        Address::Inside => {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            outline.references.push(Reference { target: unescape(path), anchor: unescape(anchor), image, span });
        }
    }
}

/// The path below `content/` a link of a file leads to; `/x` starts at `content/`. `None` when it leaves the folder.
pub fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in target.trim_start_matches('/').split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Resolves percent escapes; a broken escape stays as it is.
pub fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match (bytes[at], hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sorted_by_scheme() {
        let check = |target, expected| assert_eq!(sort(target), expected, "{target}");
        check("https://a.gov.cn", Address::Outside);
        check("mailto:a@b.cn", Address::Outside);
        check("JavaScript:alert(1)", Address::Unsafe);
        check(" \u{1}javascript:alert(1)", Address::Unsafe);
        check("data:text/html,x", Address::Unsafe);
        check("../2022.md#a:b", Address::Inside);
        check("#甲", Address::Inside);
        check("//cdn.example.com/x.js", Address::Outside);
    }

    #[test]
    fn addresses_of_the_office_are_told() {
        for target in [
            "file:///C:/a.doc",
            "C:\\a.doc",
            "d:/a.doc",
            "\\\\server\\a",
            "http://localhost:8080/",
            "https://127.0.0.1/a",
            "http://192.168.1.3/a",
            "http://10.0.0.1:80",
            "http://172.16.0.1",
            "http://u@10.1.2.3/",
            "http://[::1]/",
            "//10.0.0.1/a",
        ] {
            assert!(is_local(target), "{target}");
        }
        for target in [
            "https://a.gov.cn",
            "http://11.0.0.1/",
            "http://172.32.0.1",
            "http://localhost.gov.cn/",
            "a:b",
            "10.0.0.1/a",
            "mailto:a@10.0.0.1",
            "2022.md",
            "#c:/",
            "",
            "http://",
            "http://[",
            "https://a.gov.cn//10.0.0.1/",
        ] {
            assert!(!is_local(target), "{target}");
        }
    }

    #[test]
    fn links_start_at_the_folder_of_the_file() {
        let check = |from, target, expected: Option<&str>| assert_eq!(resolve(from, target).as_deref(), expected);
        check("429006/2021.md", "2022.md", Some("429006/2022.md"));
        check("429006/2021.md", "../420000/2021.md", Some("420000/2021.md"));
        check("429006/2021.md", "/pages/about.md", Some("pages/about.md"));
        check("429006/2021.md", "../../x.md", None);
    }

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(unescape("%E7%94%B2%20b.csv"), "甲 b.csv");
        assert_eq!(unescape("100%.csv"), "100%.csv");
        assert_eq!(unescape("%ff"), "%ff");
    }
}
