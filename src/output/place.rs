//! Where a build works: the output folder and its three neighbours, which lie beside it because only a rename within
//! one file system takes no time. The lock, held while an [`super::Output`] lives, keeps a second build out.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::error::{Action, Error, Result};

/// The end of the name under which a build leaves what it remembers.
pub(super) const MEMORY: &str = ".nianbao-memory";

/// The output folder and its neighbours.
pub(super) struct Place {
    /// The output folder as the user named it, for messages.
    pub shown: PathBuf,
    /// The real output folder, links followed; it need not exist.
    pub site: PathBuf,
    /// The new site while it is built.
    pub stage: PathBuf,
    /// What the build remembers for the next one.
    pub memory: PathBuf,
    /// A whole site on its way in or out; only ever cleared file by file.
    pub old: PathBuf,
    lock: PathBuf,
}

/// The lock of a place; the system frees it when its holder dies.
pub(super) struct Lock {
    _file: File,
    path: PathBuf,
}

impl Place {
    /// Finds the real folder behind `dir` and creates the folders above it.
    pub(super) fn find(dir: &Path) -> Result<Place> {
        let refuse = |action, cause| Error::new(action, dir, cause);
        let (parent, name) = match dir.canonicalize() {
            Ok(site) if !site.is_dir() => return Err(refuse(Action::Write, ErrorKind::NotADirectory.into())),
            Ok(site) => {
                let (Some(parent), Some(name)) = (site.parent(), site.file_name()) else {
                    return Err(refuse(Action::Commit, mounted()));
                };
                (parent.to_owned(), name.to_owned())
            }
            Err(error) if error.kind() == ErrorKind::NotFound && dir.symlink_metadata().is_err() => {
                let Some(name) = dir.file_name() else { return Err(refuse(Action::CreateFolder, error)) };
                let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                fs::create_dir_all(parent).map_err(|cause| Error::new(Action::CreateFolder, parent, cause))?;
                (parent.canonicalize().map_err(|cause| Error::new(Action::Read, parent, cause))?, name.to_owned())
            }
            Err(error) => return Err(refuse(Action::Read, error)),
        };
        let beside = |suffix: &str| {
            let mut file = OsString::from(".");
            file.push(&name);
            file.push(suffix);
            parent.join(file)
        };
        let place = Place {
            shown: dir.to_owned(),
            site: parent.join(&name),
            stage: beside(".nianbao-new"),
            old: beside(".nianbao-old"),
            memory: beside(MEMORY),
            lock: beside(".nianbao-lock"),
        };
        place.check(&parent)?;
        Ok(place)
    }

    /// Refuses early what the commit would refuse after all the work.
    fn check(&self, parent: &Path) -> Result<()> {
        writable(parent).map_err(|cause| {
            let text = format!("{cause}; the new site is put together beside `{}`", self.shown.display());
            Error::new(Action::Write, parent, io::Error::new(cause.kind(), text))
        })?;
        let Ok(site) = self.site.metadata() else { return Ok(()) };
        writable(&self.site).map_err(|cause| Error::new(Action::Write, &self.shown, cause))?;
        let parent = parent.metadata().map_err(|cause| Error::new(Action::Read, parent, cause))?;
        if is_mount(&self.site, &site, &parent) {
            return Err(Error::new(Action::Commit, &self.shown, mounted()));
        }
        Ok(())
    }

    /// Takes the lock, or says that another build holds it.
    pub(super) fn lock(&self) -> Result<Lock> {
        loop {
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(&self.lock);
            let file = file.map_err(|cause| Error::new(Action::Write, &self.lock, cause))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let cause = io::Error::new(ErrorKind::WouldBlock, "wait until it has finished, or stop it");
                    return Err(Error::new(Action::Lock, &self.shown, cause));
                }
                // A file system without locks: better to build unprotected than not at all.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(cause)) => return Err(Error::new(Action::Lock, &self.shown, cause)),
            }
            // The former holder removes the file when it ends: a lock on a removed file keeps nobody out.
            if is_at(&file, &self.lock) {
                return Ok(Lock { _file: file, path: self.lock.clone() });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if cfg!(unix) {
            // Still locked here. A lock file that stays is only untidy.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(held), Ok(there)) = (file.metadata(), path.metadata()) else { return false };
    (held.dev(), held.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(unix)]
fn writable(folder: &Path) -> io::Result<()> {
    use rustix::fs::Access;
    Ok(rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

#[cfg(not(unix))]
fn writable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a build may empty a folder of the former site: it is writable, or belongs to the one who builds, as does a
/// `fresh` folder.
#[cfg(unix)]
pub(super) fn can_empty(folder: &Path, metadata: &Metadata, fresh: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == fresh.uid() || writable(folder).is_ok()
}

/// Whether a build may empty a folder of the former site.
#[cfg(not(unix))]
pub(super) fn can_empty(_: &Path, _: &Metadata, _: &Metadata) -> bool {
    true
}

/// The refusal to move a folder that is a mount point or holds one.
pub(super) fn mounted() -> io::Error {
    let text = "a mount point cannot be replaced in one step; choose a folder inside it as output";
    io::Error::new(ErrorKind::CrossesDevices, text)
}

/// Whether something is mounted at a folder, as far as the system tells: by another file system than that of `home`, a
/// folder it lies in, or (Linux) by being asked.
#[cfg(unix)]
pub(super) fn is_mount(folder: &Path, metadata: &Metadata, home: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::dev(metadata) != std::os::unix::fs::MetadataExt::dev(home) || is_mount_root(folder)
}

#[cfg(not(unix))]
pub(super) fn is_mount(_: &Path, _: &Metadata, _: &Metadata) -> bool {
    false
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mount_root(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let asked = statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
    asked.is_ok_and(|answer| answer.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn is_mount_root(_: &Path) -> bool {
    false
}
