//! Bytes of a file → text → front matter and body. Knows encodings and fences, not what stands between them.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// A document cut at its fences; offsets are bytes of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parts<'a> {
    /// TOML between the fences.
    pub front_matter: &'a str,
    /// Where it starts.
    pub front_matter_at: usize,
    /// The text behind the second fence.
    pub body: &'a str,
    /// Where it starts.
    pub body_at: usize,
}

/// The text of a file and the byte it starts at (3 after a byte order mark). Other encodings than UTF-8 are named.
pub fn decode<'a>(bytes: &'a [u8], file: FileId, found: &mut Vec<Diagnostic>) -> Option<(&'a str, usize)> {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    match std::str::from_utf8(&bytes[start..]) {
        Ok(text) if !looks_like_utf16(bytes) => Some((text, start)),
        Ok(_) => {
            found.push(Diagnostic::error("encoding", Span::start_of(file)).arg("encoding", "UTF-16"));
            None
        }
        Err(error) => {
            let at = start + error.valid_up_to();
            found.push(match foreign_encoding(bytes) {
                Some(name) => Diagnostic::error("encoding", Span::start_of(file)).arg("encoding", name),
                None => Diagnostic::error("not-utf8", Span::new(file, at..at)),
            });
            None
        }
    }
}

fn looks_like_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    marked || bytes.iter().take(64).filter(|byte| **byte == 0).count() > 8
}

fn foreign_encoding(bytes: &[u8]) -> Option<&'static str> {
    if looks_like_utf16(bytes) {
        return Some("UTF-16");
    }
    let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
    let han = text.chars().filter(|c| matches!(*c as u32, 0x4e00..=0x9fff)).count();
    (!broken && han > 0).then_some("GBK")
}

/// Cuts a document at its `+++` fences. `start` is the byte of the file at which `text` starts.
pub fn split<'a>(text: &'a str, start: usize, file: FileId, found: &mut Vec<Diagnostic>) -> Option<Parts<'a>> {
    let first = text.len() - text.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let line = |at: usize| text[at..].split_inclusive('\n').next().unwrap_or_default();
    let opening = line(first);
    if opening.trim_end() != "+++" {
        found.push(Diagnostic::error(
            "front-matter-missing",
            Span::new(file, start + first..start + first + opening.trim_end().len()),
        ));
        return None;
    }
    let inside = first + opening.len();
    let mut at = inside;
    while at < text.len() {
        let fence = line(at);
        if fence.trim_end() == "+++" {
            let body_at = at + fence.len();
            return Some(Parts {
                front_matter: &text[inside..at],
                front_matter_at: start + inside,
                body: &text[body_at..],
                body_at: start + body_at,
            });
        }
        at += fence.len();
    }
    found.push(Diagnostic::error("front-matter-unterminated", Span::new(file, start + first..start + first + 3)));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn check(bytes: &[u8], expected: Result<(&str, &str), &str>) {
        let file = Sources::default().add_text("a.md", "");
        let mut found = Vec::new();
        let parts = decode(bytes, file, &mut found).and_then(|(text, at)| split(text, at, file, &mut found));
        let parts = parts.map(|parts| (parts.front_matter, parts.body));
        let found = found.iter().map(|one| one.code).collect::<Vec<_>>().join(" ");
        assert_eq!(parts.ok_or(found.as_str()), expected);
    }

    #[test]
    fn cuts_at_the_fences() {
        check(b"+++\na = 1\n+++\ntext", Ok(("a = 1\n", "text")));
        check(b"\xef\xbb\xbf+++\r\na = 1\r\n+++\r\ntext", Ok(("a = 1\r\n", "text")));
        check(b"+++\n+++", Ok(("", "")));
        check(b"text", Err("front-matter-missing"));
        check(b"", Err("front-matter-missing"));
        check(b"+++\na = 1\n", Err("front-matter-unterminated"));
        check(b"---\na: 1\n---\n", Err("front-matter-missing"));
    }

    #[test]
    fn names_other_encodings() {
        check(b"+++\n\xb2\xe2\xca\xd4\n+++\n", Err("encoding"));
        check(b"\xff\xfe+\0+\0+\0", Err("encoding"));
        check(b"+++\n\xff\xff\xff", Err("not-utf8"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_parts_lie_inside(text in "(\u{feff})?([+\n\r a=1年]|\\+\\+\\+\n){0,30}") {
            let file = Sources::default().add_text("a.md", "");
            let mut found = Vec::new();
            if let Some((text, at)) = decode(text.as_bytes(), file, &mut found)
                && let Some(parts) = split(text, at, file, &mut found) {
                proptest::prop_assert_eq!(&text[parts.body_at - at..], parts.body);
                proptest::prop_assert!(text[parts.front_matter_at - at..].starts_with(parts.front_matter));
            }
        }
    }
}
