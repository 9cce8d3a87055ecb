//! Small pieces of panels and of the overview.

use crate::diff::{self, Stretch};
use crate::html::escape;

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
    fn changes_are_marked() {
        assert_eq!(change("1", ""), "<del>1</del>");
        assert_eq!(change("1", "2<"), "<del>1</del> → <ins>2&lt;</ins>");
        assert_eq!(marked("床位7张", "床位8张"), "床位<del>7</del><ins>8</ins>张");
    }
}
