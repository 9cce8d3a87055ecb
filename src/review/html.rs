//! Texts as HTML.

use crate::diff::{self, Stretch};

/// Text in elements and attributes; control characters, which no page may hold, are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

/// A sentence of a finding: what stands between backticks as code.
pub(super) fn prose(text: &str) -> String {
    let parts: Vec<String> = text.split('`').map(escape).collect();
    // An odd backtick is one somebody wrote.
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let part = |(at, part): (usize, &String)| if at % 2 == 1 { format!("<code>{part}</code>") } else { part.clone() };
    parts.iter().enumerate().map(part).collect()
}

/// A text that was replaced by another; either may be empty.
pub(super) fn change(old: &str, new: &str) -> String {
    let mark = |tag: &str, text: &str| match text.is_empty() {
        true => String::new(),
        false => format!("<{tag}>{}</{tag}>", escape(text)),
    };
    let between = if old.is_empty() || new.is_empty() { "" } else { " → " };
    [mark("del", old), between.to_owned(), mark("ins", new)].concat()
}

/// Two sentences as one, with what went and what came.
pub(super) fn marked(old: &str, new: &str) -> String {
    let part = |(stretch, text): (Stretch, String)| match stretch {
        Stretch::Same => escape(&text),
        Stretch::Old => format!("<del>{}</del>", escape(&text)),
        Stretch::New => format!("<ins>{}</ins>", escape(&text)),
    };
    diff::stretches(old, new).into_iter().map(part).collect()
}

/// A part of a panel that opens and closes.
pub(super) fn part(title: &str, count: usize, open: bool, inside: &str) -> String {
    let open = if open { " open" } else { "" };
    format!("<details{open}>\n<summary>{title} <span>{count}</span></summary>\n{inside}</details>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("<a b=\"c\">&\u{1}"), "&lt;a b=&quot;c&quot;&gt;&amp;");
        assert_eq!(prose("没有 `<a>`"), "没有 <code>&lt;a&gt;</code>");
        assert_eq!(prose("一个 ` 号"), "一个 ` 号");
        assert_eq!(change("1", ""), "<del>1</del>");
        assert_eq!(change("1", "2<"), "<del>1</del> → <ins>2&lt;</ins>");
        assert_eq!(marked("床位7张", "床位8张"), "床位<del>7</del><ins>8</ins>张");
    }
}
