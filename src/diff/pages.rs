//! Files of the built site whose bytes differ: both versions are built into temporary folders and laid beside each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::Change;
use crate::error::Result;
use crate::fs;
use crate::hash::Hash;

/// The files that differ.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Pages {
    /// How many by the folder they lie in; those at the top by their name.
    pub counts: BTreeMap<String, usize>,
    /// Each with what became of it.
    pub files: BTreeMap<String, Change>,
}

/// Compares two built sites.
pub fn compare(old: &Path, new: &Path) -> Result<Pages> {
    let (before, after) = (hashes(old)?, hashes(new)?);
    let mut pages = Pages::default();
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for path in paths {
        let change = match (before.get(path), after.get(path)) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(_), Some(_)) => Change::Changed,
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
        };
        let folder = path.split('/').next().unwrap_or_default();
        *pages.counts.entry(folder.to_owned()).or_default() += 1;
        pages.files.insert(path.clone(), change);
    }
    Ok(pages)
}

fn hashes(folder: &Path) -> Result<BTreeMap<String, Hash>> {
    let files = fs::walk(folder)?.into_iter().filter(|file| !file.leads_out);
    files.map(|file| Ok((file.relative, fs::hash(&file.path)?))).collect()
}
