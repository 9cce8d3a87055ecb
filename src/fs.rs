//! The door to the disk: walks a folder in a fixed order, reads files whole and replaces single ones whole. The site
//! that is built goes through `output`.

use std::path::{Path, PathBuf};

use crate::error::{Action, Error, Result};
use crate::hash::Hash;

/// A file found below a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// Path relative to the folder walked, with `/`.
    pub relative: String,
    /// Path on disk.
    pub path: PathBuf,
    /// Whether it is a symbolic link that leads outside the folder or nowhere, or no regular file; it must not be read.
    pub leads_out: bool,
}

/// Lists the files below `folder`, sorted by relative path; hidden files and folders are left out. Symbolic links to
/// files inside the folder count as files; others are marked. A folder that does not exist has no files.
pub fn walk(folder: &Path) -> Result<Vec<Found>> {
    walk_where(folder, is_content)
}

/// Lists the files below `folder` as [`walk`] does, hidden ones too; only what systems leave behind by themselves is left out.
pub fn walk_all(folder: &Path) -> Result<Vec<Found>> {
    walk_where(folder, |name| !matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini"))
}

fn walk_where(folder: &Path, counts: fn(&str) -> bool) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    let inside = folder.canonicalize().map_err(|cause| Error::new(Action::Read, folder, cause))?;
    let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || counts(&entry.file_name().to_string_lossy());
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_entry(visible) {
        let entry = entry.map_err(|cause| {
            let path = cause.path().unwrap_or(folder).to_owned();
            Error::new(Action::Read, &path, cause.into())
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path();
        // Pipes, sockets and devices would hang a reader; they are no content either.
        let leads_out = if entry.path_is_symlink() {
            !path.canonicalize().is_ok_and(|target| target.starts_with(&inside) && target.is_file())
        } else {
            !entry.file_type().is_file()
        };
        let relative = path.strip_prefix(folder).expect("walkdir stays below its root");
        let relative = relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        found.push(Found { relative, path: path.to_owned(), leads_out });
    }
    found.sort();
    Ok(found)
}

/// Hidden files and what office programs and systems leave beside documents do not count.
pub fn is_content(name: &str) -> bool {
    !name.starts_with('.') && !name.starts_with("~$") && !matches!(name, "Thumbs.db" | "desktop.ini")
}

/// Replaces a file, or makes it: a reader finds the old bytes or the new ones, never a part. A file that may not be
/// written to is refused, though its folder might allow to put another in its place.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let refused = |cause| Error::new(Action::Write, path, cause);
    // A link stays a link; what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let former = target.metadata().ok().map(|metadata| metadata.permissions());
    if former.as_ref().is_some_and(std::fs::Permissions::readonly) {
        return Err(refused(std::io::ErrorKind::PermissionDenied.into()));
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}~", std::process::id()));
    let beside = target.with_file_name(name);
    let written = std::fs::write(&beside, bytes).and_then(|()| match former {
        Some(permissions) => std::fs::set_permissions(&beside, permissions),
        None => Ok(()),
    });
    written.and_then(|()| std::fs::rename(&beside, &target)).map_err(|cause| {
        let _ = std::fs::remove_file(&beside);
        refused(cause)
    })
}

/// The hash of a file's bytes, which are not held.
pub fn hash(path: &Path) -> Result<Hash> {
    let open = || std::fs::File::open(path);
    open().and_then(Hash::of_reader).map_err(|cause| Error::new(Action::Read, path, cause))
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|cause| Error::new(Action::Read, path, cause))
}
