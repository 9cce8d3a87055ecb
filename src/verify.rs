//! `nianbao verify`: is what lies in a folder or a zip what its list of digests says? A folder that holds the list is an
//! unpacked bundle; any other is one a site was uploaded to, and is compared with the site of the bundle. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::Result;
use crate::fs;
use crate::hash::Digest;
use crate::pack::archive::{self, Bundle};
use crate::pack::manifest::{self, Damage, Manifest};
use crate::pack::{DELETIONS, Listed, bundle_in, listed};

/// What nianbao leaves in an output folder for itself.
const OWN: &str = ".nianbao-manifest";

/// What came of a comparison.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// They were compared.
    Compared(Comparison),
    /// There is no list; it was looked for here.
    NoManifest(PathBuf),
    /// The list is damaged.
    Damaged(PathBuf, Damage),
}

/// What differs; nothing when all is well.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Comparison {
    /// How many files are as the list says.
    pub intact: usize,
    /// Files with other bytes, or that cannot be unpacked.
    pub changed: Vec<String>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files the list does not name.
    pub foreign: Vec<String>,
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_clean(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.foreign.is_empty()
    }
}

/// Compares a folder or zip with a list: its own when none is given.
pub fn verify(target: &Path, list: Option<&Path>) -> Result<Verdict> {
    let from = list.unwrap_or(target);
    let manifest = match listed(from)? {
        Listed::Manifest(manifest) => manifest,
        Listed::Missing => return Ok(Verdict::NoManifest(from.to_owned())),
        Listed::Damaged(damage) => return Ok(Verdict::Damaged(from.to_owned(), damage)),
    };
    if !target.is_dir() {
        let there = Bundle::open(target)?.digests()?;
        return Ok(Verdict::Compared(compare(&manifest, &there)));
    }
    let folder = if list.is_none() { bundle_in(target) } else { target.to_owned() };
    let is_bundle = folder.join(manifest::NAME).is_file();
    // A list that names no `site/` was made by hand for the folder itself.
    let site = manifest.site();
    let manifest = if is_bundle || site.0.is_empty() { manifest } else { site };
    Ok(Verdict::Compared(compare(&manifest, &digests(&folder, &manifest)?)))
}

/// The digests of the files of a folder; files the list does not name are not read, nor are links that lead out.
fn digests(folder: &Path, manifest: &Manifest) -> Result<BTreeMap<String, Option<Digest>>> {
    let found = fs::walk_all(folder)?.into_par_iter().map(|file| {
        let wanted = manifest.0.contains_key(&file.relative) && !file.leads_out;
        let digest = wanted.then(|| Digest::of_file(&file.path)).transpose()?;
        Ok((file.relative, digest))
    });
    found.collect()
}

fn compare(manifest: &Manifest, there: &BTreeMap<String, Option<Digest>>) -> Comparison {
    // An update brings only what changed.
    let is_update = there.contains_key(DELETIONS) && manifest.0.contains_key(DELETIONS);
    let mut comparison = Comparison::default();
    for (path, digest) in &manifest.0 {
        match there.get(path) {
            Some(Some(found)) if found == digest => comparison.intact += 1,
            Some(_) => comparison.changed.push(path.clone()),
            None if is_update && path.starts_with(manifest::SITE) => {}
            None => comparison.missing.push(path.clone()),
        }
    }
    let own = BTreeSet::from([manifest::NAME, OWN]);
    let foreign = there.keys().filter(|path| !manifest.0.contains_key(*path) && !own.contains(path.as_str()));
    comparison.foreign = foreign.cloned().collect();
    comparison
}

/// Whether a path is something that can be compared.
pub fn is_comparable(target: &Path) -> bool {
    target.is_dir() || archive::is_zip(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_apart() {
        let of = |text: &str| Digest::of(text.as_bytes());
        let manifest =
            |all: &[(&str, &str)]| Manifest(all.iter().map(|(path, text)| ((*path).to_owned(), of(text))).collect());
        let there = |all: &[(&str, Option<&str>)]| {
            all.iter().map(|(path, text)| ((*path).to_owned(), text.map(of))).collect::<BTreeMap<_, _>>()
        };
        let list = manifest(&[("site/a", "1"), ("site/b", "2"), ("site/c", "3"), ("d", "4")]);
        let found =
            there(&[("site/a", Some("1")), ("site/b", Some("x")), ("d", None), ("e", None), ("manifest.sha256", None)]);
        let Comparison { intact, changed, missing, foreign } = compare(&list, &found);
        assert_eq!(format!("{intact} {changed:?} {missing:?} {foreign:?}"), r#"1 ["d", "site/b"] ["site/c"] ["e"]"#);
        let list = manifest(&[("site/a", "1"), ("deletions.txt", "")]);
        assert!(compare(&list, &there(&[("deletions.txt", Some(""))])).is_clean());
    }
}
