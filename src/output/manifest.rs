//! The list of files nianbao wrote, kept in the output folder as `.nianbao-manifest`: a head line with the version and
//! the hash of the rest, then `hash<TAB>size<TAB>path` for each file, sorted by path. It holds no time, so that equal
//! sites have equal manifests. A list that does not match its head is treated as lost, never half believed.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::is_safe;
use crate::hash::Hash;

/// Name of the list in the output folder.
pub(super) const NAME: &str = ".nianbao-manifest";

/// First word and version of the head line.
const VERSION: &str = "nianbao-manifest 1";

/// What is known about a file we wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    /// Hash of its bytes.
    pub hash: Hash,
    /// Number of its bytes.
    pub size: u64,
}

/// The files we wrote, by path.
pub(super) type Manifest = BTreeMap<String, Entry>;

/// The manifest as text.
pub(super) fn print(manifest: &Manifest) -> String {
    let mut lines = String::new();
    for (path, Entry { hash, size }) in manifest {
        writeln!(lines, "{hash}\t{size}\t{path}").expect("a string takes every write");
    }
    format!("{VERSION} {}\n{lines}", Hash::of(lines.as_bytes()))
}

/// The hash of a manifest.
pub(super) fn hash(manifest: &Manifest) -> Hash {
    Hash::of(print(manifest).as_bytes())
}

/// Reads the text of [`print`] back; `None` if anything is missing, altered, or of another version.
pub(super) fn parse(text: &str) -> Option<Manifest> {
    let (head, lines) = text.split_once('\n')?;
    if head != format!("{VERSION} {}", Hash::of(lines.as_bytes())) {
        return None;
    }
    lines.lines().map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<(String, Entry)> {
    let mut fields = line.splitn(3, '\t');
    let hash = Hash(u128::from_str_radix(fields.next()?, 16).ok()?);
    let size = fields.next()?.parse().ok()?;
    let path = fields.next().filter(|path| is_safe(path))?;
    Some((path.to_owned(), Entry { hash, size }))
}
