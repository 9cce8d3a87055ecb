//! Source files and places in them. A [`Span`] names a file and a byte range; the text itself is not kept: whoever
//! shows a place reads the file again. Templates compiled into the binary are kept, as they have no file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::hash::Hash;

/// Index of a file in [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(u32);

/// A byte range in a source file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from a byte range.
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        Span { file, start: range.start as u32, end: range.end.max(range.start) as u32 }
    }

    /// The start of a file, for mistakes that have no narrower place.
    pub fn start_of(file: FileId) -> Span {
        Span { file, start: 0, end: 0 }
    }

    /// The same range moved right by `offset` bytes.
    pub fn shifted(self, offset: usize) -> Span {
        Span { file: self.file, start: self.start + offset as u32, end: self.end + offset as u32 }
    }
}

/// Where a table and its values stand.
#[derive(Clone, Debug)]
pub struct Places {
    /// The table.
    pub table: Span,
    keys: Vec<(String, Span)>,
}

impl Places {
    /// Of a table and its values by key.
    pub fn new(table: Span, keys: Vec<(String, Span)>) -> Places {
        Places { table, keys }
    }

    /// Where the value of a key stands; where the table stands when there is none.
    pub fn of(&self, key: &str) -> Span {
        self.keys.iter().find(|(name, _)| name == key).map_or(self.table, |(_, span)| *span)
    }
}

/// Where the text of a source comes from.
#[derive(Clone, Debug)]
enum Origin {
    Disk(PathBuf),
    Memory(Arc<str>),
}

/// All files a run has looked at, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<(Arc<str>, Origin)>,
    /// What was read, by file.
    read: BTreeMap<FileId, Hash>,
}

/// A place for people: 1-based line and column, the column counted in characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Location {
    /// Path relative to the site root, with `/`.
    pub path: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Sources {
    /// Registers a file on disk under the name people see (relative to the site root, with `/`).
    pub fn add_file(&mut self, name: impl Into<Arc<str>>, path: PathBuf) -> FileId {
        self.files.push((name.into(), Origin::Disk(path)));
        FileId(self.files.len() as u32 - 1)
    }

    /// Registers a text that has no file, such as a built-in template.
    pub fn add_text(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        self.files.push((name.into(), Origin::Memory(text.into())));
        FileId(self.files.len() as u32 - 1)
    }

    /// The name of a file as people see it.
    pub fn name(&self, file: FileId) -> &Arc<str> {
        &self.files[file.0 as usize].0
    }

    /// All files on disk with their names, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &str)> {
        let files = self.files.iter().enumerate().filter(|(_, (_, origin))| matches!(origin, Origin::Disk(_)));
        files.map(|(at, (name, _))| (FileId(at as u32), &**name))
    }

    /// Notes the bytes of a file that was read.
    pub fn set_hash(&mut self, file: FileId, hash: Hash) {
        self.read.insert(file, hash);
    }

    /// The hash of a file that was read.
    pub fn hash(&self, file: FileId) -> Option<Hash> {
        self.read.get(&file).copied()
    }

    /// Names and hashes of all files on disk; `None` when one was never read.
    pub fn inputs(&self) -> Option<Vec<(&str, Hash)>> {
        self.files().map(|(file, name)| Some((name, *self.read.get(&file)?))).collect()
    }

    /// The path of a file, when it has one.
    pub fn path(&self, file: FileId) -> Option<&PathBuf> {
        match &self.files[file.0 as usize].1 {
            Origin::Disk(path) => Some(path),
            Origin::Memory(_) => None,
        }
    }

    /// The text of a file, read again from disk; bytes that are not UTF-8 are replaced, a vanished file is empty.
    pub fn text(&self, file: FileId) -> String {
        match &self.files[file.0 as usize].1 {
            Origin::Disk(path) => {
                std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
            }
            Origin::Memory(text) => text.to_string(),
        }
    }

    /// Line and column of the first byte of a span.
    pub fn locate(&self, span: Span) -> Location {
        locate_in(self.name(span.file).clone(), &self.text(span.file), span.start as usize)
    }
}

fn locate_in(path: Arc<str>, text: &str, offset: usize) -> Location {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    Location { path, line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let at = |offset| {
            let place = locate_in("a".into(), "甲乙\n丙丁x", offset);
            (place.line, place.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 2));
        assert_eq!(at(7), (2, 1));
        assert_eq!(at(13), (2, 3));
        assert_eq!(at(999), (2, 4));
    }
}
