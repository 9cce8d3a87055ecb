//! `nianbao check --fix`: makes the changes that findings carry, file by file and all of a file at once. A change is
//! made only where the file still holds what was seen; changes that overlap are left to a person.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Fix};
use crate::error::{Error, Result};
use crate::fs;
use crate::source::{FileId, Sources};

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// The changes made, in order.
    pub changes: Vec<Change>,
    /// Those that overlap and were left.
    pub overlapping: Vec<Change>,
    /// Files that refused.
    pub refused: Vec<Error>,
}

/// A change of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The file as people see it.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// Makes the changes of findings.
pub fn fix(found: &[Diagnostic], sources: &Sources) -> Done {
    let mut files: BTreeMap<FileId, BTreeSet<&Fix>> = BTreeMap::new();
    for fix in found.iter().flat_map(|one| &one.fixes) {
        files.entry(fix.span.file).or_default().insert(fix);
    }
    let mut done = Done::default();
    for (file, fixes) in files {
        let Some(path) = sources.path(file) else { continue };
        let fixes = fixes.into_iter().collect();
        if let Err(error) = fix_file(sources.name(file), path, fixes, &mut done) {
            done.refused.push(error);
        }
    }
    done
}

/// Makes the changes of one file; they come in order of their places.
fn fix_file(name: &str, path: &Path, fixes: Vec<&Fix>, done: &mut Done) -> Result<()> {
    let text = fs::read(path)?;
    let fixes: Vec<&Fix> = fixes.into_iter().filter(|fix| holds(&text, fix)).collect();
    let change = |fix: &Fix| Change {
        path: name.to_owned(),
        line: text[..fix.span.start as usize].iter().filter(|byte| **byte == b'\n').count() + 1,
        old: fix.seen.clone(),
        new: fix.text.clone(),
    };
    let (clear, overlapping) = part(fixes);
    done.overlapping.extend(overlapping.into_iter().map(change));
    if clear.is_empty() {
        return Ok(());
    }
    write(path, &text, &clear)?;
    done.changes.extend(clear.into_iter().map(change));
    Ok(())
}

/// Whether a file still holds what was seen.
fn holds(text: &[u8], fix: &Fix) -> bool {
    text.get(fix.span.start as usize..fix.span.end as usize) == Some(fix.seen.as_bytes()) && fix.seen != fix.text
}

/// Parts changes in order of their places into those that stand alone and those that overlap. Two at the same point
/// overlap as well: which is to come first nobody knows.
fn part(fixes: Vec<&Fix>) -> (Vec<&Fix>, Vec<&Fix>) {
    let meet =
        |a: &Fix, b: &Fix| a.span.start == b.span.start || (a.span.start < b.span.end && b.span.start < a.span.end);
    let alone = |fix: &&Fix| !fixes.iter().any(|other| !std::ptr::eq(*fix, *other) && meet(fix, other));
    fixes.iter().copied().partition(alone)
}

fn write(path: &Path, text: &[u8], fixes: &[&Fix]) -> Result<()> {
    let mut changed = Vec::with_capacity(text.len());
    let mut copied = 0;
    for fix in fixes {
        changed.extend_from_slice(&text[copied..fix.span.start as usize]);
        changed.extend_from_slice(fix.text.as_bytes());
        copied = fix.span.end as usize;
    }
    changed.extend_from_slice(&text[copied..]);
    fs::replace(path, &changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// A file with these changes (range, seen, new) made; the changes told and those left.
    fn check(text: &str, fixes: &[(std::ops::Range<usize>, &str, &str)], expected: &str, told: &[&str]) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        std::fs::write(&path, text).expect("a new file");
        let mut sources = Sources::default();
        let file = sources.add_file("a.md", path.clone());
        let one = |(range, seen, new): &(std::ops::Range<usize>, &str, &str)| {
            let span = Span::new(file, range.clone());
            Diagnostic::warning("text-stray", span).fix(span, *seen, *new)
        };
        let found: Vec<Diagnostic> = fixes.iter().map(one).collect();
        let done = fix(&found, &sources);
        assert_eq!(std::fs::read_to_string(&path).expect("the file"), expected);
        let tell = |sign: &str, one: &Change| format!("{sign}{}:{} {}>{}", one.path, one.line, one.old, one.new);
        let made = done.changes.iter().map(|one| tell("", one));
        let all: Vec<String> = made.chain(done.overlapping.iter().map(|one| tell("!", one))).collect();
        assert_eq!(all, told);
        assert!(done.refused.is_empty(), "{:?}", done.refused);
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left beside");
    }

    #[test]
    fn changes_are_made_where_the_text_is_what_was_seen() {
        check("甲x\n乙y", &[(8..9, "y", ""), (3..4, "x", "z")], "甲z\n乙", &["a.md:1 x>z", "a.md:2 y>"]);
        check("甲x", &[(3..4, "y", "z"), (9..10, "x", "")], "甲x", &[]);
        check("甲x", &[(3..4, "x", "z"), (3..4, "x", "z")], "甲z", &["a.md:1 x>z"]);
        check("abc", &[(0..2, "ab", ""), (1..3, "bc", "")], "abc", &["!a.md:1 ab>", "!a.md:1 bc>"]);
        check(
            "abc",
            &[(1..1, "", "x"), (1..1, "", "y"), (2..3, "c", "")],
            "ab",
            &["a.md:1 c>", "!a.md:1 >x", "!a.md:1 >y"],
        );
    }
}
