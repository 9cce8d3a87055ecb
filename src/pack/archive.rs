//! The door to the `zip` crate: writes a bundle and reads one back. Order, times and permissions are fixed, so that equal
//! files make equal bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::manifest;
use crate::error::{Action, Error, Reason, Result, unnamed};
use crate::hash::Digest;

/// Where the bytes of a file come from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A file on disk.
    Disk(PathBuf),
    /// Made for the bundle.
    Made(Vec<u8>),
}

/// Writes files below one folder to a zip beside `target`, then puts it in its place: `target` is the former file, or the
/// whole new one.
pub fn write(target: &Path, folder: &str, files: &BTreeMap<String, Origin>, day: Date) -> Result<u64> {
    let refuse = |cause| Error::new(Action::Write, target, cause);
    let beside = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nianbao-pack");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(beside).map_err(|cause| refuse(unnamed(cause)))?;
    let size = fill(file.as_file(), folder, files, day, target)?;
    file.persist(target).map_err(|error| refuse(error.error))?;
    Ok(size)
}

fn fill(file: &File, folder: &str, files: &BTreeMap<String, Origin>, day: Date, target: &Path) -> Result<u64> {
    let refuse = |cause: io::Error| Error::new(Action::Write, target, cause);
    let mut zip = ZipWriter::new(BufWriter::new(file));
    for (path, origin) in files {
        let size = match origin {
            Origin::Disk(disk) => disk.metadata().map_err(|cause| Error::new(Action::Read, disk, cause))?.len(),
            Origin::Made(bytes) => bytes.len() as u64,
        };
        zip.start_file(format!("{folder}/{path}"), options(day, size)).map_err(|cause| refuse(cause.into()))?;
        match origin {
            Origin::Disk(disk) => copy(disk, &mut zip, target)?,
            Origin::Made(bytes) => zip.write_all(bytes).map_err(refuse)?,
        }
    }
    let mut out = zip.finish().map_err(|cause| refuse(cause.into()))?;
    out.flush().map_err(refuse)?;
    file.sync_all().and_then(|()| file.metadata()).map(|data| data.len()).map_err(refuse)
}

/// Whether reading or writing failed is told apart.
fn copy(from: &Path, to: &mut impl Write, target: &Path) -> Result<()> {
    let unreadable = |cause| Error::new(Action::Read, from, cause);
    let mut file = File::open(from).map_err(unreadable)?;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer).map_err(unreadable)? {
            0 => return Ok(()),
            count => to.write_all(&buffer[..count]).map_err(|cause| Error::new(Action::Write, target, cause))?,
        }
    }
}

/// Midnight of the day, read and write for the owner; what no zip can say of a day counts as its first one.
fn options(day: Date, size: u64) -> SimpleFileOptions {
    let time = u16::try_from(day.year())
        .ok()
        .and_then(|year| DateTime::from_date_and_time(year, day.month() as u8, day.day() as u8, 0, 0, 0).ok());
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(time.unwrap_or_default())
        .unix_permissions(0o644)
        .large_file(size >= u64::from(u32::MAX))
}

/// What a Mac puts beside the folder of a zip.
const BESIDE: &str = "__MACOSX/";

/// A bundle that can be read, its folder left out of the paths.
pub struct Bundle {
    zip: ZipArchive<BufReader<File>>,
    folder: String,
    path: PathBuf,
}

impl Bundle {
    /// Opens a zip.
    pub fn open(path: &Path) -> Result<Bundle> {
        let refuse = |cause: io::Error| Error::new(Action::Read, path, cause);
        let file = File::open(path).map_err(refuse)?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|cause| refuse(unzippable(cause.into())))?;
        if zip.has_duplicate_names() {
            // What is unpacked of two depends on the program.
            return Err(refuse(Reason::TwinNames.into()));
        }
        let folder = folder_of(&zip);
        Ok(Bundle { zip, folder, path: path.to_owned() })
    }

    /// The bytes of its list of files, if it has one.
    pub fn manifest(&mut self) -> Result<Option<Vec<u8>>> {
        let name = format!("{}{}", self.folder, manifest::NAME);
        let Some(at) = self.zip.index_for_name(&name) else { return Ok(None) };
        let refuse = |cause: io::Error| Error::new(Action::Read, &self.path, cause);
        let mut bytes = Vec::new();
        let mut file = self.zip.by_index(at).map_err(|cause| refuse(unzippable(cause.into())))?;
        file.read_to_end(&mut bytes).map_err(|cause| refuse(unzippable(cause)))?;
        Ok(Some(bytes))
    }

    /// The digests of its files by path; none for one that cannot be unpacked.
    pub fn digests(&mut self) -> Result<BTreeMap<String, Option<Digest>>> {
        let mut files = BTreeMap::new();
        for at in 0..self.zip.len() {
            let name = match self.zip.name_for_index(at) {
                Some(Ok(name)) => name.into_owned(),
                _ => format!("?{at}"),
            };
            if name.ends_with('/') || name.starts_with(BESIDE) {
                continue;
            }
            // What lies beside the folder is none of the bundle's.
            let path = name.strip_prefix(&self.folder).map_or(format!("../{name}"), str::to_owned);
            let digest = self.zip.by_index(at).ok().and_then(|file| Digest::of_reader(file).ok());
            files.insert(path, digest);
        }
        Ok(files)
    }
}

/// What the system says stays; what the library finds wrong is said in our words.
fn unzippable(cause: io::Error) -> io::Error {
    if cause.raw_os_error().is_some() { cause } else { Reason::DamagedZip.into() }
}

/// The folder of a bundle, with a slash: the one that holds the list, else the one that holds everything; empty when the
/// files lie at the top.
fn folder_of(zip: &ZipArchive<BufReader<File>>) -> String {
    let names = || zip.file_names().map(|name| name.unwrap_or_default()).filter(|name| !name.starts_with(BESIDE));
    let top = |name: &str| name.split_once('/').map(|(top, _)| format!("{top}/"));
    if names().any(|name| name == manifest::NAME) {
        return String::new();
    }
    let listed = |name: &str| name.split_once('/').is_some_and(|(_, rest)| rest == manifest::NAME);
    let mut holders = names().filter(|name| listed(name)).filter_map(|name| top(&name));
    if let (Some(one), None) = (holders.next(), holders.next()) {
        return one;
    }
    let first = names().next().and_then(|name| top(&name));
    first.filter(|folder| names().all(|name| name.starts_with(folder))).unwrap_or_default()
}

/// Whether a file begins as a zip does.
pub fn is_zip(path: &Path) -> bool {
    let mut head = [0; 2];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"PK"
}
