//! From a staged site to the site, and what a killed build left back to order. Three states are possible on disk, and
//! each tells by its names what is to be done: `new` is unfinished and goes; `old` beside a site is a whole tree whose
//! foreign files are all in the site already, or arrived late and are moved there, and goes; `old` without a site is the
//! site. Every change is announced as a [`Step`], at which tests stop the build.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::foreign::{text, walk};
use super::manifest::{self, Manifest};
use super::place::{Place, mounted};
use super::stage;
use crate::error::{Action, Error, Result};

/// The changes a build makes to the disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// A file is written to the stage.
    Write,
    /// A file of the former site is linked into the stage.
    Link,
    /// The folders of the stage get what the manifest and the former folders prescribe.
    Finish,
    /// The stage is flushed to the disk.
    Flush,
    /// A finished stage, the site or both change names.
    Rename,
    /// The finished stage and the site change places.
    Exchange,
    /// A file or folder that is no longer needed is removed.
    Remove,
}

/// Announces the steps; they are all allowed, save in tests.
#[derive(Default)]
pub(super) struct Steps {
    #[cfg(test)]
    pub watch: Option<std::sync::Arc<dyn Fn(Step) -> io::Result<()> + Send + Sync>>,
}

impl Steps {
    /// Announces the next step.
    pub(super) fn at(&self, step: Step) -> io::Result<()> {
        #[cfg(test)]
        if let Some(watch) = &self.watch {
            return watch(step);
        }
        let _ = step;
        Ok(())
    }
}

/// Makes the finished stage the site; what was the site becomes `old`.
pub(super) fn swap(place: &Place, steps: &Steps) -> Result<()> {
    let Place { site, stage, old, .. } = place;
    let rename = |from: &Path, to: &Path| steps.at(Step::Rename).and_then(|()| fs::rename(from, to));
    let swapped = if site.exists() {
        // The name `old` first: from here on a tree of that name is whole, and no file in it may be lost.
        rename(stage, old).and_then(|()| {
            match steps.at(Step::Exchange).and_then(|()| exchange(old, site)) {
                Ok(()) => return Ok(()),
                Err(error) => {
                    rename(old, stage)?;
                    if error.kind() != ErrorKind::Unsupported {
                        return Err(error);
                    }
                }
            }
            // For a moment there is no site; `recover` closes the gap if it must.
            rename(site, old)?;
            rename(stage, site).or_else(|error| rename(old, site).and(Err(error)))
        })
    } else {
        rename(stage, site)
    };
    swapped.map_err(|cause| {
        let cause = match cause.kind() {
            ErrorKind::CrossesDevices | ErrorKind::ResourceBusy => mounted(),
            _ => cause,
        };
        Error::new(Action::Commit, &place.shown, cause)
    })
}

/// Brings back to order what a killed build left.
pub(super) fn recover(place: &Place, steps: &Steps) -> Result<()> {
    if place.old.exists() && !place.site.exists() {
        let renamed = steps.at(Step::Rename).and_then(|()| fs::rename(&place.old, &place.site));
        renamed.map_err(|cause| Error::new(Action::Commit, &place.shown, cause))?;
    }
    discard(place, steps)?;
    retire(place, steps)
}

/// Removes an unfinished stage: all in it was made by the build, or is a second name of a file in the site.
pub(super) fn discard(place: &Place, steps: &Steps) -> Result<()> {
    clear(&place.stage, steps, |_| Ok(()))
}

/// Removes the tree called `old`, except for foreign files that are not in the site: they were put there after the new
/// site was put together, and move over.
pub(super) fn retire(place: &Place, steps: &Steps) -> Result<()> {
    let ours = manifest_in(&place.old).unwrap_or_default();
    clear(&place.old, steps, |file| {
        let there = place.site.join(file);
        if ours.contains_key(&text(file)) || there.symlink_metadata().is_ok() {
            return Ok(());
        }
        stage::in_folder(&there, || fs::rename(place.old.join(file), &there))
    })
}

/// The manifest in a folder; `None` if there is none, or it is damaged.
pub(super) fn manifest_in(folder: &Path) -> Option<Manifest> {
    manifest::parse(&fs::read_to_string(folder.join(manifest::NAME)).ok()?)
}

/// Removes a folder: the files after `rescue` has seen them, the manifest after all other files, then the folders.
fn clear(root: &Path, steps: &Steps, rescue: impl Fn(&Path) -> io::Result<()> + Sync) -> Result<()> {
    if root.symlink_metadata().is_err() {
        return Ok(());
    }
    let tree = walk(root)?;
    let remove = |path: &Path, act: &dyn Fn(&Path) -> io::Result<()>| {
        let full = root.join(path);
        match steps.at(Step::Remove).and_then(|()| act(&full)) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(Error::new(Action::Remove, &full, cause)),
            _ => Ok(()),
        }
    };
    for folder in &tree.folders {
        open_up(&root.join(&folder.path), &folder.metadata);
    }
    let (last, files): (Vec<_>, Vec<_>) = tree.files.iter().partition(|file| file.path == Path::new(manifest::NAME));
    files.par_iter().try_for_each(|file| {
        remove(&file.path, &|full| {
            rescue(&file.path)?;
            fs::remove_file(full)
        })
    })?;
    last.iter().try_for_each(|file| remove(&file.path, &|full| fs::remove_file(full)))?;
    // Level by level from the innermost out; those of one level in parallel.
    for level in tree.folders.chunk_by(|one, next| one.depth() == next.depth()).rev() {
        level.par_iter().try_for_each(|folder| remove(&folder.path, &|full| fs::remove_dir(full)))?;
    }
    Ok(())
}

/// Makes a folder writable whose files are to be removed. A refusal shows when the first of them cannot be.
#[cfg(unix)]
fn open_up(folder: &Path, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    if metadata.mode() & 0o700 != 0o700 {
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(metadata.mode() | 0o700));
    }
}

#[cfg(not(unix))]
fn open_up(_: &Path, _: &fs::Metadata) {}

/// Lets two folders change places in one step; `Unsupported` where system or file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|errno| match errno {
        Errno::NOSYS | Errno::INVAL | Errno::NOTSUP => ErrorKind::Unsupported.into(),
        errno => errno.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
