//! Rules about the files that travel with the texts: what they hold, what they are called, whether anybody links them.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::config::HtmlPolicy;
use crate::diagnostic::Diagnostic;
use crate::load::outline::resolve;
use crate::plan::Plan;
use crate::report::ContentFile;
use crate::site::Site;
use crate::source::Span;

/// What a file is by its first bytes, and the endings of names that fit it.
const KINDS: &[(&str, Magic, &[&str])] = &[
    ("PDF", Magic::Within(b"%PDF-"), &["pdf"]),
    ("doc/xls/ppt", Magic::Start(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), &["doc", "xls", "ppt", "docx", "xlsx", "pptx"]),
    ("docx/xlsx/pptx/zip", Magic::Start(b"PK\x03\x04"), &["docx", "xlsx", "pptx", "zip", "ofd"]),
    ("zip", Magic::Start(b"PK\x05\x06"), &["zip"]),
    ("PNG", Magic::Start(b"\x89PNG\r\n\x1a\n"), &["png"]),
    ("JPEG", Magic::Start(b"\xff\xd8\xff"), &["jpg", "jpeg"]),
    ("GIF", Magic::Start(b"GIF8"), &["gif"]),
    ("WebP", Magic::Riff(b"WEBP"), &["webp"]),
    ("RAR", Magic::Start(b"Rar!\x1a\x07"), &["rar"]),
    ("7z", Magic::Start(b"7z\xbc\xaf\x27\x1c"), &["7z"]),
    ("RTF", Magic::Start(b"{\\rtf"), &["rtf"]),
    ("EXE", Magic::Program, &[]),
    ("HTML", Magic::Markup(b"<html"), &["html", "htm"]),
    ("SVG", Magic::Markup(b"<svg"), &["svg"]),
];

/// How the first bytes tell.
#[derive(Clone, Copy)]
enum Magic {
    /// They are these.
    Start(&'static [u8]),
    /// They hold these; a PDF may begin with other bytes.
    Within(&'static [u8]),
    /// A RIFF container of this sort.
    Riff(&'static [u8]),
    /// A Windows program.
    Program,
    /// Text that begins with `<` and holds this tag.
    Markup(&'static [u8]),
}

/// Endings of text files, which may begin with anything that is not another kind.
const TEXT: &[&str] = &["csv", "tsv", "txt", "json"];

/// Endings of files that run when they are opened.
const PROGRAMS: &[&str] =
    &["exe", "bat", "cmd", "com", "js", "jse", "vbs", "vbe", "wsf", "msi", "scr", "hta", "lnk", "ps1", "dll"];

/// How much of a file is looked at.
const HEAD: u64 = 1024;

/// Files hold something of the kind their name says, and nothing that runs.
pub(super) fn files_are_sound(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    let links = links(site);
    let each: Vec<Vec<Diagnostic>> = site.files().par_iter().map(|file| check_file(file, &links)).collect();
    found.extend(each.into_iter().flatten());
}

/// Files that no text links are published all the same.
pub(super) fn files_are_linked(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    // Raw HTML and verbatim snippets may link too, unseen.
    if site.config.html == HtmlPolicy::Sanitise {
        return;
    }
    let links = links(site);
    let menu =
        |file: &ContentFile| site.config.menu.iter().any(|(_, link)| link.value.trim_start_matches('/') == &*file.path);
    let snippets = site.config.gov.as_ref().map(|gov| [&gov.conac_html, &gov.error_report_html]);
    let shown = |file: &ContentFile| snippets.is_some_and(|all| all.iter().any(|html| html.contains(&*file.path)));
    let unlinked = site.files().iter().filter(|file| !links.contains_key(&*file.path) && !menu(file) && !shown(file));
    found.extend(
        unlinked.map(|file| Diagnostic::note("file-unlinked", Span::start_of(file.file)).arg("path", &file.path)),
    );
}

/// The first link to every file, by path below `content/`.
fn links(site: &Site) -> BTreeMap<String, Span> {
    let reports = site.all_reports().iter().map(|report| (&report.path, &report.body));
    let texts = reports.chain(site.pages().iter().chain(site.home()).map(|page| (&page.path, &page.body)));
    let mut links = BTreeMap::new();
    for (path, body) in texts {
        for reference in &body.outline.references {
            if let Some(target) = resolve(path, &reference.target) {
                links.entry(target).or_insert(reference.span);
            }
        }
    }
    links
}

fn check_file(file: &ContentFile, links: &BTreeMap<String, Span>) -> Vec<Diagnostic> {
    let place = links.get(&*file.path).copied().unwrap_or(Span::start_of(file.file));
    let mut found = Vec::new();
    if is_garbled(&file.path) {
        found.push(Diagnostic::warning("attachment-name", place).arg("path", &file.path));
    }
    let extension = file.path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    if PROGRAMS.contains(&extension.as_str()) {
        let runs = Diagnostic::error("attachment-unsafe", place).arg("path", &file.path);
        found.push(runs.arg("extension", extension));
        return found;
    }
    if file.size == 0 {
        found.push(Diagnostic::error("attachment-empty", place).arg("path", &file.path));
        return found;
    }
    if let Some(kind) = head(&file.disk).and_then(|head| other_kind(&extension, &head)) {
        let other = Diagnostic::warning("attachment-type", place).arg("path", &file.path);
        found.push(other.arg("extension", extension).arg("reason", kind));
    }
    found
}

/// The first bytes of a file; none when it cannot be read, which is found out when it is copied.
fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    Some(head)
}

/// What a file is when its ending says otherwise; endings nobody knows pass.
fn other_kind(extension: &str, head: &[u8]) -> Option<&'static str> {
    let text = TEXT.contains(&extension);
    let page = matches!(extension, "html" | "htm");
    if !text && !KINDS.iter().any(|(_, _, endings)| endings.contains(&extension)) {
        return None;
    }
    let kind = KINDS.iter().find(|(_, magic, _)| magic.fits(head));
    match kind {
        Some((_, _, endings)) if endings.contains(&extension) => None,
        // A table or a text may speak of anything, also of tags; a page may hold a drawing.
        Some((_, Magic::Markup(_) | Magic::Within(_), _)) if text || page => None,
        Some((name, ..)) => Some(name),
        // The first tag of a drawing may stand behind a long comment.
        None if text || page || extension == "svg" => None,
        None => Some("file-other"),
    }
}

impl Magic {
    fn fits(self, head: &[u8]) -> bool {
        let holds = |bytes: &[u8]| head.windows(bytes.len()).any(|window| window.eq_ignore_ascii_case(bytes));
        match self {
            Magic::Start(bytes) => head.starts_with(bytes),
            Magic::Within(bytes) => head.windows(bytes.len()).any(|window| window == bytes),
            Magic::Riff(sort) => head.starts_with(b"RIFF") && head.get(8..12) == Some(sort),
            Magic::Program => head.starts_with(b"MZ") && head.iter().take(64).any(|byte| *byte == 0),
            Magic::Markup(tag) => {
                let first = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
                first.starts_with(b"<") && holds(tag)
            }
        }
    }
}

/// Whether a name was read in the wrong encoding: 锟斤拷, 闄勪欢 for 附件, é™„ä»¶, or the boxes of an old archive.
fn is_garbled(path: &str) -> bool {
    const WORDS: &[&str] = &["锟斤拷", "烫烫烫", "屯屯屯", "ï¿½", "â€"];
    let boxes = path.chars().any(|c| matches!(c, '\u{2500}'..='\u{259f}'));
    boxes || WORDS.iter().any(|word| path.contains(word)) || path.split(['/', '.', ' ', '-', '_']).any(was_other)
}

/// Whether a word turns into Chinese when it is written in GBK or Latin-1 and read as UTF-8.
fn was_other(word: &str) -> bool {
    let latin: Option<Vec<u8>> = word.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    if latin.is_some_and(|bytes| is_chinese(&bytes)) {
        return true;
    }
    let (bytes, _, lost) = encoding_rs::GBK.encode(word);
    !lost && is_chinese(&bytes)
}

/// Whether bytes are UTF-8 that holds Chinese and, beside ASCII, nothing else.
fn is_chinese(bytes: &[u8]) -> bool {
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.chars().any(han) && text.chars().all(|c| c.is_ascii() || han(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let check = |extension: &str, head: &[u8], expected: Option<&str>| {
            assert_eq!(other_kind(extension, head), expected, "{extension} {head:?}");
        };
        let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0";
        check("pdf", b"%PDF-1.7", None);
        check("pdf", b"\n\n%PDF-1.4", None);
        check("pdf", b"PK\x03\x04", Some("docx/xlsx/pptx/zip"));
        check("pdf", b"<!DOCTYPE html>\n<HTML>", Some("HTML"));
        check("pdf", "正文".as_bytes(), Some("file-other"));
        check("doc", ole, None);
        check("docx", ole, None);
        check("doc", b"{\\rtf1", Some("RTF"));
        check("doc", b"PK\x03\x04", Some("docx/xlsx/pptx/zip"));
        check("xls", b"<html><table>", Some("HTML"));
        check("csv", b"PK\x03\x04", Some("docx/xlsx/pptx/zip"));
        check("csv", b"MZ,1", None);
        check("csv", b"<svg>,%PDF-", None);
        check("jpg", b"\x89PNG\r\n\x1a\n", Some("PNG"));
        check("webp", b"RIFF\0\0\0\0WEBPVP8 ", None);
        check("svg", b"<?xml version=\"1.0\"?>\n<svg>", None);
        check("svg", b"<!-- a long comment", None);
        check("svg", b"\x89PNG\r\n\x1a\n", Some("PNG"));
        check("svg", b"<!doctype html><html><svg>", Some("HTML"));
        check("html", b"<p><svg>", None);
        check("pdf", b"MZ\x90\0", Some("EXE"));
        check("mp4", b"anything", None);
        check("ofd", b"PK\x03\x04", None);
        check("zip", b"PK\x05\x06", None);
    }

    #[test]
    fn names_read_in_the_wrong_encoding_are_told() {
        for name in
            ["锟斤拷.pdf", "闄勪欢.pdf", "\u{e9}\u{99}\u{84}\u{e4}\u{bb}\u{b6}.doc", "╕╜╝■.xls", "2021/閫氱煡1.doc"]
        {
            assert!(is_garbled(name), "{name}");
        }
        for name in ["附件1.pdf", "指标一览.csv", "联通.txt", "工作总结（定稿）.docx", "café.pdf", "一.png", "鑫淼.doc"]
        {
            assert!(!is_garbled(name), "{name}");
        }
    }
}
