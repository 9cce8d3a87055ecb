//! What lies in a folder, and which of the files that are not ours stand in the way of planned ones.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::place::{is_mount, mounted};
use crate::error::{Action, Error, Result};

/// A planned file and the foreign file or folder that keeps it from being written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Conflict {
    /// The planned path.
    pub path: String,
    /// What is in its way, relative to the output folder.
    pub with: PathBuf,
    /// In which way.
    pub kind: ConflictKind,
}

/// How a foreign file stands in the way of a planned one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ConflictKind {
    /// It has the same path and other bytes.
    Same,
    /// Its path differs in upper and lower case only, which Windows and macOS take for the same.
    Case,
    /// Its path differs in Unicode normalisation only, which macOS takes for the same.
    Form,
    /// It is a file where the planned path needs a folder.
    FileForFolder,
    /// It is a folder, or lies in one, where the planned path needs a file.
    FolderForFile,
}

/// A folder and everything below it, by paths relative to it, links not followed.
#[derive(Default)]
pub(super) struct Tree {
    /// Files, links and special files.
    pub files: Vec<Found>,
    /// Folders, each after the one it lies in; the first is the root, with an empty path.
    pub folders: Vec<Folder>,
}

/// One file of a [`Tree`].
pub(super) struct Found {
    /// Where.
    pub path: PathBuf,
    /// Whether it is a file, not a link or something special.
    pub plain: bool,
}

/// One folder of a [`Tree`].
pub(super) struct Folder {
    /// Where.
    pub path: PathBuf,
    /// Its mode, owner and times.
    pub metadata: Metadata,
    /// Whether nothing lies in it.
    pub empty: bool,
}

impl Folder {
    /// How many folders it lies in, the root not counted.
    pub(super) fn depth(&self) -> usize {
        self.path.iter().count()
    }
}

/// Lists a folder, level by level, each level in parallel. Refuses other file systems mounted inside, as they can move
/// neither with the site nor out of its way.
pub(super) fn walk(root: &Path) -> Result<Tree> {
    let home = root.symlink_metadata().map_err(|cause| Error::new(Action::Read, root, cause))?;
    let mut tree = Tree::default();
    let mut level = vec![(PathBuf::new(), home.clone())];
    while !level.is_empty() {
        let listed: Vec<_> = level
            .into_par_iter()
            .map(|(path, metadata)| {
                let full = root.join(&path);
                if !path.as_os_str().is_empty() && is_mount(&full, &metadata, &home) {
                    return Err(Error::new(Action::Commit, &full, mounted()));
                }
                let (files, folders) = list(&full, &path).map_err(|cause| Error::new(Action::Read, &full, cause))?;
                Ok((Folder { path, metadata, empty: files.is_empty() && folders.is_empty() }, files, folders))
            })
            .collect::<Result<_>>()?;
        level = Vec::new();
        for (folder, files, folders) in listed {
            tree.folders.push(folder);
            tree.files.extend(files);
            level.extend(folders);
        }
    }
    Ok(tree)
}

/// Finds the planned paths that foreign files or empty foreign folders keep from being written, sorted by path.
pub(super) fn conflicts(planned: &[&str], files: &[&Path], empty_folders: &[&Path]) -> Vec<Conflict> {
    if files.is_empty() && empty_folders.is_empty() {
        return Vec::new();
    }
    let foreign = Foreign::new(files, empty_folders);
    let mut found: Vec<Conflict> = planned.iter().flat_map(|path| foreign.in_the_way_of(path)).collect();
    found.sort();
    found.dedup();
    found
}

/// Foreign paths by their folded names, under which Windows and macOS would look for them.
struct Foreign<'a> {
    files: HashMap<String, Vec<&'a Path>>,
    folders: HashMap<String, &'a Path>,
}

impl<'a> Foreign<'a> {
    fn new(files: &[&'a Path], empty_folders: &[&'a Path]) -> Foreign<'a> {
        let mut by_name: HashMap<String, Vec<&Path>> = HashMap::new();
        for file in files {
            by_name.entry(fold(&text(file))).or_default().push(file);
        }
        let above = files.iter().flat_map(|file| file.ancestors().skip(1).map(move |folder| (folder, *file)));
        let folders =
            above.chain(empty_folders.iter().flat_map(|folder| folder.ancestors().map(move |a| (a, *folder))));
        // The least, so that which one is named does not depend on the order of the listing.
        let mut least: HashMap<String, &Path> = HashMap::new();
        for (folder, inside) in folders {
            let kept = least.entry(fold(&text(folder))).or_insert(inside);
            *kept = inside.min(*kept);
        }
        Foreign { files: by_name, folders: least }
    }

    fn in_the_way_of(&self, path: &str) -> Vec<Conflict> {
        let conflict = |with: &Path, kind| Conflict { path: path.to_owned(), with: with.to_owned(), kind };
        let folded = fold(path);
        let mut found = Vec::new();
        for with in self.files.get(&folded).into_iter().flatten() {
            found.push(conflict(with, likeness(path, &text(with))));
        }
        for (end, _) in folded.match_indices('/') {
            for with in self.files.get(&folded[..end]).into_iter().flatten() {
                found.push(conflict(with, ConflictKind::FileForFolder));
            }
        }
        if let Some(with) = self.folders.get(&folded) {
            found.push(conflict(with, ConflictKind::FolderForFile));
        }
        found
    }
}

fn likeness(planned: &str, foreign: &str) -> ConflictKind {
    if planned == foreign {
        ConflictKind::Same
    } else if planned.nfc().eq(foreign.nfc()) {
        ConflictKind::Form
    } else {
        ConflictKind::Case
    }
}

/// The name under which file systems that ignore case and normalisation know a path. Letter by letter: the lower case of
/// a whole word would make a Greek final sigma another letter.
fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    if is_nfc_quick(path.chars()) == IsNormalized::Yes {
        return path.chars().flat_map(char::to_lowercase).nfc().collect();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// A relative path with `/` between its parts, whatever the system uses.
pub(super) fn text(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

type Listing = (Vec<Found>, Vec<(PathBuf, Metadata)>);

fn list(folder: &Path, path: &Path) -> io::Result<Listing> {
    let (mut files, mut folders) = Listing::default();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = path.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            folders.push((path, entry.metadata()?));
        } else {
            files.push(Found { path, plain: kind.is_file() });
        }
    }
    Ok((files, folders))
}
