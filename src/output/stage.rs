//! The parts of a stage: writing a file into it, carrying a file or the mode of a folder over from the former site, bringing
//! files to the disk, and telling whether a file is still as we wrote it. Knows nothing of the site as a whole.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::manifest::Entry;
use crate::hash::Hash;

/// Writes all that `source` gives to a new file, with the folders it needs; gives the hash and size of what was written.
pub(super) fn write(target: &Path, source: &mut dyn Read) -> io::Result<Entry> {
    let mut file = in_folder(target, || OpenOptions::new().write(true).create_new(true).open(target))?;
    let entry = pump(source, &mut file)?;
    seal(&file, entry.hash);
    Ok(entry)
}

/// Writes what `make` writes to a new file, with the folders it needs; gives the hash and size of it.
pub(super) fn write_made(target: &Path, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Entry> {
    let file = in_folder(target, || OpenOptions::new().write(true).create_new(true).open(target))?;
    let mut hashed = Hashed { inner: BufWriter::with_capacity(64 * 1024, file), hasher: Xxh3::new(), size: 0 };
    make(&mut hashed)?;
    let Hashed { inner, hasher, size } = hashed;
    let file = inner.into_inner().map_err(io::IntoInnerError::into_error)?;
    let entry = Entry { hash: Hash(hasher.digest128()), size };
    seal(&file, entry.hash);
    Ok(entry)
}

/// Hashes what goes through it.
struct Hashed<W> {
    inner: W,
    hasher: Xxh3,
    size: u64,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Writes bytes whose entry is known to a new file, with the folders it needs.
pub(super) fn write_bytes(target: &Path, bytes: &[u8], hash: Hash) -> io::Result<()> {
    let mut file = in_folder(target, || OpenOptions::new().write(true).create_new(true).open(target))?;
    file.write_all(bytes)?;
    seal(&file, hash);
    Ok(())
}

/// Hash and size of what is left in `source`.
pub(super) fn digest(source: &mut dyn Read) -> io::Result<Entry> {
    pump(source, &mut io::sink())
}

/// Whether the file at `path`, with this `metadata`, holds the bytes of `entry`. One that we wrote (`ours`) is read only if
/// its seal is broken; one that cannot be read does not hold them.
pub(super) fn holds(path: &Path, metadata: &Metadata, entry: Entry, ours: bool) -> bool {
    if !metadata.is_file() || metadata.len() != entry.size {
        return false;
    }
    (ours && has_seal(metadata, entry.hash))
        || File::open(path).and_then(|mut file| digest(&mut file)).is_ok_and(|there| there == entry)
}

/// Carries a file, link or special file over as it is: by a hard link, or by a copy where the file system refuses links.
/// A refusal to link across a mount is handed on: what is mounted cannot move with the site.
pub(super) fn carry(from: &Path, to: &Path, link: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
    in_folder(to, || match link(from, to) {
        Err(refused) => match refused.kind() {
            ErrorKind::PermissionDenied | ErrorKind::TooManyLinks | ErrorKind::Unsupported => copy(from, to, refused),
            _ => Err(refused),
        },
        done => done,
    })
}

fn copy(from: &Path, to: &Path, refused: io::Error) -> io::Result<()> {
    let metadata = from.symlink_metadata()?;
    if metadata.is_file() {
        fs::copy(from, to)?;
        // Opened for reading: the mode, copied too, may forbid writing.
        File::open(to)?.set_modified(metadata.modified()?)
    } else if metadata.is_symlink() {
        copy_symlink(from, to)
    } else {
        Err(refused)
    }
}

/// Gives a folder of the stage the mode, and as far as allowed the owner, that its `former` self had and that a `fresh`
/// folder has not; with `time`, its modification time as well. A folder the stage does not have is left out.
#[cfg(unix)]
pub(super) fn dress(folder: &Path, former: &Metadata, fresh: &Metadata, time: bool) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let ignore_missing = |result: io::Result<()>| match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    };
    if time {
        ignore_missing(File::open(folder).and_then(|file| file.set_modified(former.modified()?)))?;
    }
    if (former.uid(), former.gid()) != (fresh.uid(), fresh.gid()) {
        // Only root may give a folder away; the site is as good without.
        let _ = std::os::unix::fs::chown(folder, Some(former.uid()), Some(former.gid()));
    }
    if former.mode() != fresh.mode() {
        ignore_missing(fs::set_permissions(folder, former.permissions()))?;
    }
    Ok(())
}

/// Folders have no modes here.
#[cfg(not(unix))]
pub(super) fn dress(_: &Path, _: &Metadata, _: &Metadata, _: bool) -> io::Result<()> {
    Ok(())
}

/// Above this number of files the whole file system is flushed at once.
const FEW: usize = 100;

/// Brings the written files to the disk, so that a power cut after the exchange, when the former site is gone, does not
/// leave empty pages; a full disk may show only here. A kill alone loses nothing that was written. Flushing few files
/// one by one (0.1 s) spares waiting for what others write; many (1 GB in 2 to 4 s) go by one call where there is one, and
/// elsewhere are left to the system: the next build finds what is missing by its size and writes it again.
pub(super) fn flush(stage: &Path, written: &[PathBuf]) -> io::Result<()> {
    if written.len() > FEW {
        return flush_all(stage);
    }
    written.par_iter().try_for_each(|path| OpenOptions::new().write(true).open(path)?.sync_all())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn flush_all(stage: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(stage)?)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn flush_all(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Runs `act`, which makes something at `path`; makes the folders above `path` first if they turn out to be missing.
/// Trying first spares a look-up of the folder for every file but its first.
pub(super) fn in_folder<T>(path: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match act() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            act()
        }
        result => result,
    }
}

/// Marks a file as ours and unedited: the fraction of its modification second becomes a fingerprint of its bytes. An edit,
/// a `touch`, or an older version put back breaks the seal, copying the site with its times keeps it, and the
/// manifest needs no times. Where a file system does not keep fractions every file is read again, which is only slower.
fn seal(file: &File, hash: Hash) {
    let modified = file.metadata().and_then(|metadata| metadata.modified());
    if let Some(since) = modified.ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()) {
        // A refusal costs speed at the next build, nothing else.
        let _ = file.set_modified(SystemTime::UNIX_EPOCH + Duration::new(since.as_secs(), fingerprint(hash)));
    }
}

fn has_seal(metadata: &Metadata, hash: Hash) -> bool {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    since.is_some_and(|since| since.subsec_nanos() == fingerprint(hash))
}

/// Nanoseconds below a second, in the steps of 100 that NTFS can keep.
fn fingerprint(hash: Hash) -> u32 {
    (hash.0 % 10_000_000) as u32 * 100
}

fn pump(source: &mut dyn Read, target: &mut dyn Write) -> io::Result<Entry> {
    let mut hasher = Xxh3::new();
    let mut buffer = [0; 64 * 1024];
    let mut size = 0;
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(Entry { hash: Hash(hasher.digest128()), size }),
            Ok(count) => {
                hasher.update(&buffer[..count]);
                target.write_all(&buffer[..count])?;
                size += count as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(unix)]
fn copy_symlink(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(from.read_link()?, to)
}

#[cfg(not(unix))]
fn copy_symlink(from: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::new(ErrorKind::Unsupported, format!("cannot copy the link {}", from.display())))
}
