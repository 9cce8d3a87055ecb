//! `nianbao revise`: finds the published figures that changed without an entry and writes one each at the end of
//! `content/revisions.toml`. What stands in that file stays as it is; the reason is the author's to give.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Level};
use crate::error::Result;
use crate::published::{self, Gone, Unrecorded};
use crate::revision::RevisionKind;
use crate::site::{Site, Visibility};
use crate::source::{Sources, Span};
use crate::{fs, keys, load};

/// The entries wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The published version; that of site.toml when none.
    pub base: Option<String>,
    /// How the changes came about.
    pub kind: RevisionKind,
    /// Why; empty when the author fills it in later.
    pub reason: String,
    /// The day of the changes.
    pub date: Date,
}

/// What was done.
#[derive(Debug)]
pub enum Made {
    /// Wrote these entries.
    Entries(Entries),
    /// Wrote nothing, since nobody says what is published.
    NoBase,
    /// Wrote nothing, since the author has something to mend first.
    Mistakes(Sources, Vec<Diagnostic>),
    /// Wrote nothing, since tables `[[revision]]` cannot follow what stands in this file.
    Unfit(PathBuf),
}

/// Entries that were written.
#[derive(Clone, Debug)]
pub struct Entries {
    /// The ledger.
    pub path: PathBuf,
    /// The entries as written.
    pub written: Vec<String>,
    /// Entries that were not written, since the ledger has one of the same day for the figure.
    pub left: Vec<String>,
    /// Ids and codes the site no longer knows: their figures cannot be recorded.
    pub gone: Vec<String>,
}

/// Writes the missing entries of the site in `root`.
pub fn revise(root: &Path, wanted: &Wanted) -> Result<Made> {
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let content = load::load(root, &mut sources, &mut found)?;
    let show = Visibility { today: wanted.date, drafts: false };
    let site = content.map(|content| Site::new(content, show, &mut found));
    let Some(site) = site.filter(|_| !found.iter().any(stands_in_the_way)) else {
        return Ok(Made::Mistakes(sources, found));
    };
    let named = site.config.published.clone();
    let (base, span) = match (&wanted.base, &named) {
        (Some(base), _) => (base.as_str(), None),
        (None, Some(text)) => (text.value.as_str(), Some(text.span)),
        (None, None) => return Ok(Made::NoBase),
    };
    let former = match published::read(root, base, wanted.date) {
        Ok(former) => former,
        Err(why) => {
            let unreadable = published::unreadable(place(span), base, &why);
            return Ok(Made::Mistakes(sources, vec![unreadable]));
        }
    };
    let changes = published::compare(&site, &former);
    let text = |one: &Unrecorded| published::entry(&site, one, wanted.kind, &wanted.reason, wanted.date);
    let taken = |one: &&Unrecorded| site.revisions_at(one.place).any(|entry| entry.date >= wanted.date);
    let (left, new): (Vec<_>, Vec<_>) = changes.unrecorded.iter().partition(taken);
    let gone = changes.gone.into_keys().map(|gone| match gone {
        Gone::Indicator(id) | Gone::Region(id) => id,
    });
    let path = root.join("content/revisions.toml");
    let written: Vec<String> = new.into_iter().map(text).collect();
    if !written.is_empty() && !append(&path, &written)? {
        return Ok(Made::Unfit(path));
    }
    let left = left.into_iter().map(text).collect();
    Ok(Made::Entries(Entries { path, written, left, gone: gone.collect() }))
}

fn place(span: Option<Span>) -> Diagnostic {
    match span {
        Some(span) => Diagnostic::error("revision-base", span),
        None => Diagnostic::global("revision-base"),
    }
}

/// Whether a mistake keeps figures from being compared; those of the ledger may be mended by what is written.
fn stands_in_the_way(one: &Diagnostic) -> bool {
    one.level == Level::Error && !matches!(one.code, "revision-reason" | "revision-disagrees" | "revision-lost")
}

/// Writes entries at the end of the ledger; false when they cannot stand there.
fn append(path: &Path, entries: &[String]) -> Result<bool> {
    let former = match path.symlink_metadata() {
        Ok(_) => fs::read(path)?,
        Err(_) => Vec::new(),
    };
    let Ok(former) = String::from_utf8(former) else { return Ok(false) };
    let end = if former.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = former;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(end);
    }
    for entry in entries {
        if !text.is_empty() && !text.ends_with(&format!("{end}{end}")) {
            text.push_str(end);
        }
        text.push_str(&entry.replace('\n', end));
        text.push_str(end);
    }
    let file = Sources::default().add_text("revisions.toml", "");
    if keys::parse(text.trim_start_matches('\u{feff}'), file, 0, &mut Vec::new()).is_none() {
        return Ok(false);
    }
    fs::replace(path, text.as_bytes())?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_follow_what_stands_in_the_ledger() {
        let check = |before: &str, expected: Option<&str>| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let path = folder.path().join("revisions.toml");
            if !before.is_empty() {
                std::fs::write(&path, before).expect("writable");
            }
            let entries = ["[[revision]]\na = 1".to_owned(), "[[revision]]\na = 2".to_owned()];
            let written = append(&path, &entries).expect("writable");
            let text = written.then(|| std::fs::read_to_string(&path).expect("readable"));
            assert_eq!(text.as_deref(), expected);
        };
        let two = "[[revision]]\na = 1\n\n[[revision]]\na = 2\n";
        check("", Some(two));
        check("# 修订\n", Some(&format!("# 修订\n\n{two}")));
        check("# 修订", Some(&format!("# 修订\n\n{two}")));
        check("# 修订\r\n", Some(&format!("# 修订\r\n\r\n{}", two.replace('\n', "\r\n"))));
        check("revision = []\n", None);
        check("a = \n", None);
    }
}
