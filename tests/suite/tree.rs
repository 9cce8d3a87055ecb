//! Folders as values: which files there are, what they hold, and how two folders differ.

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::TempDir;

/// A temporary folder; in memory where that is possible, for tests that write hundreds of sites.
pub(crate) fn in_memory() -> TempDir {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    folder.expect("a temporary folder")
}

/// Paths of all files below a folder, with `/`, sorted.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries = entries.map(|entry| entry.expect("a readable folder")).filter(|entry| !entry.file_type().is_dir());
    let relative = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("below the folder");
        path.to_str().expect("names are UTF-8").to_owned()
    };
    let mut files: Vec<String> = entries.map(relative).collect();
    files.sort();
    files
}

/// All files below a folder with their bytes.
pub(crate) fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |path: String| {
        let bytes = std::fs::read(folder.join(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        (path, bytes)
    };
    files(folder).into_iter().map(read).collect()
}

/// All files below a folder with their bytes; none when there is no folder.
pub(crate) fn read_if_there(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    if folder.exists() { read(folder) } else { BTreeMap::new() }
}

/// What differs between two folders; empty when they are equal.
pub(crate) fn differences(is: &BTreeMap<String, Vec<u8>>, should: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let extra = is.keys().filter(|path| !should.contains_key(*path)).map(|path| format!("extra    {path}"));
    let other = should.iter().filter_map(|(path, bytes)| match is.get(path) {
        None => Some(format!("missing  {path}")),
        Some(same) if same == bytes => None,
        Some(other) => Some(format!("differs  {path}{}", first_difference(other, bytes))),
    });
    extra.chain(other).collect()
}

fn first_difference(is: &[u8], should: &[u8]) -> String {
    let (Ok(is), Ok(should)) = (std::str::from_utf8(is), std::str::from_utf8(should)) else { return String::new() };
    let pair = is.lines().zip(should.lines()).enumerate().find(|(_, (is, should))| is != should);
    match pair {
        Some((at, (is, should))) => {
            let same = is.chars().zip(should.chars()).take_while(|(is, should)| is == should).count();
            format!("\n  line {}\n  is     {}\n  should {}", at + 1, cut(is, same), cut(should, same))
        }
        None => "\n  one ends earlier".to_owned(),
    }
}

/// A line around the place where it begins to differ.
fn cut(line: &str, same: usize) -> String {
    let start = same.saturating_sub(100);
    let shown: String = line.chars().skip(start).take(300).collect();
    if start > 0 { format!("…{shown}") } else { shown }
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(&path);
        std::fs::create_dir_all(target.parent().expect("files lie in folders")).expect("a new folder");
        std::fs::copy(from.join(&path), target).expect("a copy");
    }
}
