//! The last stage: bytes by path become files in the output folder, all of them or none. A changed file is written beside
//! the folder at once ([`Output::put`]); [`Output::commit`] links the unchanged files and those that are not ours to
//! it, then lets the two folders change places in one step. At every moment the folder is the old site or the new one,
//! whether a build fails, is killed, or the disk fills up. Nothing is decided here about what belongs in the site.

mod commit;
mod foreign;
mod manifest;
mod place;
mod stage;
#[cfg(all(test, unix))]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;

use self::commit::{Step, Steps};
use self::foreign::Tree;
pub use self::foreign::{Conflict, ConflictKind};
use self::manifest::{Entry, Manifest};
use self::place::{Lock, Place};
use crate::error::{Action, Error, Result};
use crate::hash::Hash;

/// One open build of one output folder. Dropped without a commit, it leaves the former site as it was.
pub struct Output {
    place: Place,
    /// What the former build wrote; `None` if that is unknown.
    former: Option<Manifest>,
    /// Whether the folder existed when the build began.
    present: bool,
    records: Mutex<BTreeMap<String, Record>>,
    /// What lies in the folder, listed when first asked for: a build that changes nothing never asks.
    tree: OnceLock<Tree>,
    steps: Steps,
    // The last field: freed after all else.
    _lock: Lock,
}

/// What a commit did.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Summary {
    /// Files of the new site.
    pub files: usize,
    /// Files among them that are new or changed.
    pub written: usize,
    /// Files among them that were there already, byte for byte.
    pub unchanged: usize,
    /// Files of the former site that the new one does not have.
    pub removed: usize,
    /// Bytes in the written files.
    pub bytes_written: u64,
    /// Bytes in all files of the new site.
    pub bytes_total: u64,
    /// Hash of the list of all files.
    pub manifest: Hash,
}

/// Whether `path` can name a file of a site: relative, `/` between its parts, nothing that leads out of the folder, no
/// control characters, and not the name of the manifest.
pub fn is_safe(path: &str) -> bool {
    !path.contains(|c: char| c == '\\' || c.is_control())
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        // Catches what is absolute on this system only, such as a drive letter.
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
        && !path.split('/').next().is_some_and(|part| part.eq_ignore_ascii_case(manifest::NAME))
}

/// Where a build of this folder leaves what it remembers, without opening the folder; `None` for a path without a name.
pub fn memory_beside(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name()?.to_string_lossy();
    Some(folder.with_file_name(format!(".{name}{}", place::MEMORY)))
}

/// A file of the new site.
struct Record {
    entry: Entry,
    origin: Origin,
}

/// Where a file of the new site comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Written to the stage.
    Written,
    /// Written by a former build.
    Kept,
    /// Found in the folder with the very bytes planned for it, though we do not remember writing it.
    Adopted,
}

impl Output {
    /// Opens the folder for a build: locks it, restores order after a killed build, reads what the former build wrote.
    /// The folder need not exist; the folders above it are created. Refuses a folder that another build is writing to,
    /// that is a mount point, or that cannot be written to.
    pub fn open(dir: &Path) -> Result<Output> {
        Output::open_watched(dir, Steps::default())
    }

    fn open_watched(dir: &Path, steps: Steps) -> Result<Output> {
        let place = Place::find(dir)?;
        let lock = place.lock()?;
        commit::recover(&place, &steps)?;
        Ok(Output {
            former: commit::manifest_in(&place.site),
            present: place.site.exists(),
            place,
            records: Mutex::default(),
            tree: OnceLock::new(),
            steps,
            _lock: lock,
        })
    }

    /// The files a former build wrote to the folder.
    pub fn former_files(&self) -> impl Iterator<Item = &str> {
        self.former.iter().flat_map(|former| former.keys().map(String::as_str))
    }

    /// Where a build may leave what it remembers for the next one.
    pub fn memory(&self) -> &Path {
        &self.place.memory
    }

    /// Adds a file to the new site and gives the hash of its bytes. Unchanged bytes are only noted, not written. May be
    /// called from many threads. Refuses a path that is not [safe](is_safe) or was added before.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<Hash> {
        let entry = Entry { hash: Hash::of(bytes), size: bytes.len() as u64 };
        let write = |target: &Path| stage::write_bytes(target, bytes, entry.hash).map(|()| entry);
        self.add(path, entry.size, || Ok(entry), write)?;
        Ok(entry.hash)
    }

    /// Adds the file that `make` writes, without holding its bytes, and gives their hash. It is written beside the folder
    /// even if it turns out to be what is there already.
    pub fn put_made(&self, path: &str, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Hash> {
        let refuse = |cause| Error::new(Action::Write, &self.place.shown.join(path), cause);
        if !is_safe(path) {
            return Err(refuse(io::Error::new(ErrorKind::InvalidInput, "the path leads out of the folder")));
        }
        let target = self.place.stage.join(path);
        let made = self.steps.at(Step::Write).and_then(|()| stage::write_made(&target, make));
        let entry = made.map_err(refuse)?;
        let record = match self.keep(path, entry.size, || Ok(entry))? {
            Some(kept) => {
                fs::remove_file(&target).map_err(refuse)?;
                kept
            }
            None => Record { entry, origin: Origin::Written },
        };
        self.note(path, record)?;
        Ok(entry.hash)
    }

    /// Adds a file of the former site as it is, if the folder still has it with the bytes of this hash; tells whether.
    pub fn put_former(&self, path: &str, hash: Hash) -> Result<bool> {
        let Some(entry) = self.former.as_ref().and_then(|former| former.get(path)).filter(|entry| entry.hash == hash)
        else {
            return Ok(false);
        };
        let kept = self.keep(path, entry.size, || Ok(*entry))?;
        kept.map(|record| self.note(path, record)).transpose().map(|noted| noted.is_some())
    }

    /// What a commit would do if the files of the former site, and no others, made the new one: nothing, if all of them
    /// are in the folder as they were written, and the list of them has this hash.
    pub fn at_rest(&self, list: Hash) -> Option<Summary> {
        let former = self.former.as_ref().filter(|former| manifest::hash(former) == list)?;
        let records = former.par_iter().map(|(path, entry)| {
            let there = self.is_as_written(Path::new(path), *entry);
            there.then(|| (path.clone(), Record { entry: *entry, origin: Origin::Kept }))
        });
        Some(summarize(&records.collect::<Option<_>>()?))
    }

    /// Adds a copy of the file `from` to the new site, like [`Output::put`], without holding its bytes.
    pub fn copy(&self, path: &str, from: &Path) -> Result<()> {
        let refuse = |cause| Error::new(Action::Read, from, cause);
        let open = || File::open(from).map_err(refuse);
        let mut file = open()?;
        let size = file.metadata().map_err(refuse)?.len();
        let digest = || stage::digest(&mut open()?).map_err(refuse);
        self.add(path, size, digest, |target| stage::write(target, &mut file))
    }

    /// Finds the files in the folder that we did not write and that stand in the way of planned paths. Ask after the
    /// files have been added: only then is it known which of them have the planned bytes and are not in the way. A
    /// folder that cannot be read gives none; the commit will say why.
    pub fn foreign_conflicts(&self, planned: &[&str]) -> Vec<Conflict> {
        let origins: BTreeMap<&str, Option<Origin>> = {
            let records = self.records.lock().expect("no thread panics while it adds a file");
            planned.iter().map(|path| (*path, records.get(*path).map(|record| record.origin))).collect()
        };
        if origins.values().all(|origin| *origin == Some(Origin::Kept)) {
            return Vec::new();
        }
        let Ok(tree) = self.tree() else { return Vec::new() };
        self.sort(tree, |path| origins.get(path).map(|origin| origin.unwrap_or(Origin::Written)))
            .conflicts(tree, planned)
    }

    /// Makes the files added so far the site, all at once; touches nothing if nothing changed. Refuses, leaving the former
    /// site, if a foreign file is in the way, the disk is full, or the folder cannot be moved.
    pub fn commit(self) -> Result<Summary> {
        let records = std::mem::take(&mut *self.records.lock().expect("no thread panics while it adds a file"));
        let manifest: Manifest = records.iter().map(|(path, record)| (path.clone(), record.entry)).collect();
        let mut summary = summarize(&records);
        summary.manifest = manifest::hash(&manifest);
        if summary.written == 0 && self.former.as_ref() == Some(&manifest) {
            return Ok(summary);
        }
        let tree = self.tree()?;
        let sorted = self.sort(tree, |path| records.get(path).map(|record| record.origin));
        summary.removed = sorted.stale;
        let planned: Vec<&str> = records.keys().map(String::as_str).collect();
        if let Some(conflict) = sorted.conflicts(tree, &planned).first() {
            let text = format!("`{}`, which nianbao did not write, is in the way", conflict.with.display());
            let cause = io::Error::new(ErrorKind::AlreadyExists, text);
            return Err(Error::new(Action::Write, &self.place.shown.join(&conflict.path), cause));
        }
        self.link(&records, &sorted.foreign)?;
        self.finish(tree, &records, &manifest)?;
        commit::swap(&self.place, &self.steps)?;
        // The new site stands. What cannot be removed now is tried again, and complained of, when the next build opens.
        let _ = commit::retire(&self.place, &self.steps);
        Ok(summary)
    }

    /// Notes a file, after `write` wrote it unless the folder has its bytes already.
    fn add(
        &self,
        path: &str,
        size: u64,
        digest: impl FnOnce() -> Result<Entry>,
        write: impl FnOnce(&Path) -> io::Result<Entry>,
    ) -> Result<()> {
        let refuse = |cause| Error::new(Action::Write, &self.place.shown.join(path), cause);
        if !is_safe(path) {
            return Err(refuse(io::Error::new(ErrorKind::InvalidInput, "the path leads out of the folder")));
        }
        let record = match self.keep(path, size, digest)? {
            Some(record) => record,
            None => {
                let target = self.place.stage.join(path);
                let entry = self.steps.at(Step::Write).and_then(|()| write(&target)).map_err(refuse)?;
                Record { entry, origin: Origin::Written }
            }
        };
        self.note(path, record)
    }

    fn note(&self, path: &str, record: Record) -> Result<()> {
        let refuse = |cause| Error::new(Action::Write, &self.place.shown.join(path), cause);
        let mut records = self.records.lock().expect("no thread panics while it adds a file");
        match records.insert(path.to_owned(), record) {
            None => Ok(()),
            Some(_) => Err(refuse(io::Error::new(ErrorKind::AlreadyExists, "two files have this path"))),
        }
    }

    /// The record of a file whose bytes are in the folder already.
    fn keep(&self, path: &str, size: u64, digest: impl FnOnce() -> Result<Entry>) -> Result<Option<Record>> {
        let former = self.former.as_ref().and_then(|former| former.get(path));
        if !self.present || former.is_some_and(|former| former.size != size) {
            return Ok(None);
        }
        let full = self.place.site.join(path);
        let Some(metadata) = full.symlink_metadata().ok().filter(|there| there.is_file() && there.len() == size) else {
            return Ok(None);
        };
        let entry = digest()?;
        let origin = match former {
            Some(former) if *former != entry => return Ok(None),
            Some(_) => Origin::Kept,
            None => Origin::Adopted,
        };
        let held = stage::holds(&full, &metadata, entry, origin == Origin::Kept);
        Ok(held.then_some(Record { entry, origin }))
    }

    /// What lies in the folder.
    fn tree(&self) -> Result<&Tree> {
        if let Some(tree) = self.tree.get() {
            return Ok(tree);
        }
        let tree = if self.place.site.exists() { foreign::walk(&self.place.site)? } else { Tree::default() };
        Ok(self.tree.get_or_init(|| tree))
    }

    /// Tells which files of the folder are not ours, or no longer: those we wrote, but somebody edited and no plan names.
    /// `planned` gives the origin of a planned file.
    fn sort<'t>(&self, tree: &'t Tree, planned: impl Fn(&str) -> Option<Origin> + Sync) -> Sorted<'t> {
        let former = |path: &str| self.former.as_ref().and_then(|former| former.get(path));
        let owner = |file: &foreign::Found| {
            let path = foreign::text(&file.path);
            match (planned(&path), former(&path)) {
                _ if path == manifest::NAME => Owner::Site,
                (Some(Origin::Adopted), _) | (Some(_), Some(_)) if file.plain => Owner::Site,
                (None, Some(entry)) if self.is_as_written(&file.path, *entry) => Owner::Stale,
                _ => Owner::Foreign,
            }
        };
        let owners: Vec<Owner> = tree.files.par_iter().map(owner).collect();
        let of = |owner: Owner| tree.files.iter().zip(&owners).filter(move |(_, o)| **o == owner).map(|(file, _)| file);
        Sorted { foreign: of(Owner::Foreign).map(|file| &*file.path).collect(), stale: of(Owner::Stale).count() }
    }

    fn is_as_written(&self, path: &Path, entry: Entry) -> bool {
        let full = self.place.site.join(path);
        full.symlink_metadata().is_ok_and(|metadata| stage::holds(&full, &metadata, entry, true))
    }

    /// Carries the unchanged files and the foreign ones into the stage. A foreign file that has gone meanwhile is gone.
    fn link(&self, records: &BTreeMap<String, Record>, foreign: &[&Path]) -> Result<()> {
        let carry = |path: &Path| {
            let link = |from: &Path, to: &Path| self.steps.at(Step::Link).and_then(|()| fs::hard_link(from, to));
            stage::carry(&self.place.site.join(path), &self.place.stage.join(path), link)
        };
        let refuse = |path: &Path, cause: io::Error| {
            let cause = if cause.kind() == ErrorKind::CrossesDevices { place::mounted() } else { cause };
            Error::new(Action::Commit, &self.place.shown.join(path), cause)
        };
        let ours = records.iter().filter(|(_, record)| record.origin != Origin::Written);
        let ours: Vec<&Path> = ours.map(|(path, _)| Path::new(path)).collect();
        ours.par_iter().try_for_each(|path| carry(path).map_err(|cause| refuse(path, cause)))?;
        foreign.par_iter().try_for_each(|path| match carry(path) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(refuse(path, cause)),
            _ => Ok(()),
        })
    }

    /// Completes the stage: empty folders, the manifest, and the modes and owners the folders had.
    fn finish(&self, tree: &Tree, records: &BTreeMap<String, Record>, manifest: &Manifest) -> Result<()> {
        let Place { stage, shown, .. } = &self.place;
        let refuse = |cause| Error::new(Action::Write, shown, cause);
        let refuse_folder = |path: &Path, cause| Error::new(Action::CreateFolder, &shown.join(path), cause);
        self.steps.at(Step::Finish).and_then(|()| fs::create_dir_all(stage)).map_err(refuse)?;
        for folder in tree.folders.iter().filter(|folder| folder.empty) {
            fs::create_dir_all(stage.join(&folder.path)).map_err(|cause| refuse_folder(&folder.path, cause))?;
        }
        let list = fs::write(stage.join(manifest::NAME), manifest::print(manifest));
        list.map_err(|cause| Error::new(Action::Write, &shown.join(manifest::NAME), cause))?;
        let fresh = stage.metadata().map_err(refuse)?;
        // From the innermost out, as a folder may not be writable any more once it has its mode.
        for folder in tree.folders.iter().rev() {
            if !place::can_empty(&self.place.site.join(&folder.path), &folder.metadata, &fresh) {
                let cause = io::Error::new(ErrorKind::PermissionDenied, "the folder belongs to somebody else");
                return Err(Error::new(Action::Commit, &shown.join(&folder.path), cause));
            }
            let leads_to_ours = folder.path.to_str().is_some_and(|path| holds_record(records, path));
            let dress = stage::dress(&stage.join(&folder.path), &folder.metadata, &fresh, !leads_to_ours);
            dress.map_err(|cause| refuse_folder(&folder.path, cause))?;
        }
        if tree.files.is_empty() {
            // No former site that a power cut could cost.
            return Ok(());
        }
        let written = records.iter().filter(|(_, record)| record.origin == Origin::Written);
        let written = written.map(|(path, _)| path.as_str()).chain([manifest::NAME]);
        let written: Vec<_> = written.map(|path| stage.join(path)).collect();
        self.steps.at(Step::Flush).and_then(|()| stage::flush(stage, &written)).map_err(refuse)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // Nothing to say it to; the next build tries again and complains.
        let _ = commit::discard(&self.place, &self.steps);
    }
}

/// The files of a folder by what they are to the new site.
struct Sorted<'t> {
    /// To be carried over.
    foreign: Vec<&'t Path>,
    /// How many files of ours go.
    stale: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Site,
    Stale,
    Foreign,
}

impl Sorted<'_> {
    fn conflicts(&self, tree: &Tree, planned: &[&str]) -> Vec<Conflict> {
        let empty = tree.folders.iter().filter(|folder| folder.empty).map(|folder| &*folder.path).collect::<Vec<_>>();
        foreign::conflicts(planned, &self.foreign, &empty)
    }
}

/// Whether a file of the new site lies somewhere in `folder`.
fn holds_record(records: &BTreeMap<String, Record>, folder: &str) -> bool {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    records.range(prefix.clone()..).next().is_some_and(|(path, _)| path.starts_with(&prefix))
}

fn summarize(records: &BTreeMap<String, Record>) -> Summary {
    let mut summary = Summary { files: records.len(), ..Summary::default() };
    for Record { entry, origin } in records.values() {
        summary.bytes_total += entry.size;
        match origin {
            Origin::Written => {
                summary.written += 1;
                summary.bytes_written += entry.size;
            }
            Origin::Kept | Origin::Adopted => summary.unchanged += 1,
        }
    }
    summary
}
