//! `nianbao pack`: a built site becomes a bundle (送审包) for a reviewer's desk: one zip with the site below `site/`, a page to
//! begin with, the findings, and a list of digests. With the list of a former bundle it holds only what changed, and what
//! to delete where the former site was uploaded.
//!
//! The same site, day and former list make the same bytes. What some system cannot hold is refused by name.

pub mod archive;
mod first;
pub mod manifest;
pub mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use self::archive::{Bundle, Origin};
use self::manifest::{Damage, Manifest, SITE};
use self::names::Unfit;
use crate::config::Language;
use crate::error::{Action, Error, Result, unnamed};
use crate::hash::Digest;
use crate::plan::{FileKind, PageKind, Plan};
use crate::site::{Site, Visibility};
use crate::source::Sources;
use crate::{build, fs, load};

/// The page a reviewer begins with.
pub const FIRST: &str = "先看这里.html";
/// The page of findings.
pub const FINDINGS: &str = "findings.html";
/// What to delete where the former site was uploaded.
pub const DELETIONS: &str = "deletions.txt";

/// What a bundle says of a site: known before it is built.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The title.
    pub title: String,
    /// The language of the site.
    pub language: Language,
    /// The reports in order.
    pub reports: Vec<Entry>,
    /// The files of the content that pages and files are made from, by path in the site.
    pub sources: BTreeMap<String, String>,
}

/// A report of a site.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// Its region and period.
    pub about: String,
    /// Its page.
    pub page: String,
    /// Its proof sheet; not every report has one.
    pub proof: Option<String>,
}

/// A bundle that is wanted.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The built site.
    pub site: &'a Path,
    /// Where the zip goes.
    pub target: &'a Path,
    /// What it says of the site.
    pub outline: &'a Outline,
    /// The page of findings.
    pub findings: String,
    /// The day that counts as today.
    pub today: Date,
    /// The files of the site as it was handed over before; everything goes when none.
    pub former: Option<Manifest>,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Made {
    /// A zip.
    Bundle {
        /// Files in it.
        files: usize,
        /// Its size.
        bytes: u64,
        /// Of an update: what it changes.
        changes: Option<Changes>,
    },
    /// The site is as it was.
    Nothing,
    /// Paths that some system cannot hold.
    Unfit(Vec<Unfit>),
}

/// What changed since a former bundle: paths in the site.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Changes {
    /// Files that were not there.
    pub new: BTreeSet<String>,
    /// Files with other bytes.
    pub changed: BTreeSet<String>,
    /// Files that are no longer there.
    pub deleted: BTreeSet<String>,
}

/// A list of files as it was found.
#[derive(Clone, Debug)]
pub enum Listed {
    /// It can be used.
    Manifest(Manifest),
    /// A line of it is damaged.
    Damaged(Damage),
    /// The zip or folder holds none.
    Missing,
}

/// Why a place is none for a bundle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unusable {
    /// It does not end in `.zip`.
    Ending,
    /// It is a folder.
    Folder,
    /// It lies in what the site is made from, or in what is made of it.
    Inside,
}

/// Reads what a bundle says of a site. `None` when the content cannot be read; a build tells why.
pub fn outline(root: &Path, show: Visibility) -> Result<Option<Outline>> {
    let mut unread = Vec::new();
    let Some(content) = load::load(root, &mut Sources::default(), &mut unread)? else { return Ok(None) };
    let site = Site::new(content, show, &mut unread);
    let plan = Plan::new(&site, &mut unread);
    let entry = |(id, report): (_, &crate::report::Report)| {
        let page = plan.page_path(&PageKind::Report(id))?.to_string();
        let proof = plan.page_path(&PageKind::Proof(id)).map(|path| path.to_string());
        let about = format!("{} · {}", site.regions.get(report.region).name, report.period);
        Some(Entry { title: report.title.clone(), about, page, proof })
    };
    let reports = site.reports().filter_map(entry).collect();
    Ok(Some(Outline {
        title: site.config.title.clone(),
        language: site.config.language,
        reports,
        sources: sources(&site, &plan),
    }))
}

/// The files of the content by what is made from them.
fn sources(site: &Site, plan: &Plan) -> BTreeMap<String, String> {
    let pages = plan.sources().filter_map(|source| Some((plan.made_from(source)?.to_string(), source.to_owned())));
    let files = plan.files().iter().filter_map(|(path, kind)| match kind {
        FileKind::Content(at) => Some((path.to_string(), site.files()[*at].path.to_string())),
        _ => None,
    });
    pages.chain(files).collect()
}

/// Where a bundle goes unless it is said.
pub fn usual_target(root: &Path, outline: &Outline, today: Date, update: bool) -> PathBuf {
    let suffix = match (update, outline.language.is_chinese()) {
        (false, _) => "",
        (true, true) => "-增量",
        (true, false) => "-update",
    };
    root.join(format!("{}-{today}{suffix}.zip", names::folder(&outline.title)))
}

/// Whether a bundle can go there.
pub fn check_target(target: &Path, root: &Path) -> std::result::Result<(), Unusable> {
    if target.is_dir() {
        return Err(Unusable::Folder);
    }
    if !target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        return Err(Unusable::Ending);
    }
    if build::is_kept(target, root) || build::lies_in(target, [root.join("public")]) {
        return Err(Unusable::Inside);
    }
    Ok(())
}

/// Reads a list of files: of a bundle, of an unpacked bundle, or by itself.
pub fn listed(path: &Path) -> Result<Listed> {
    let bytes = if path.is_dir() {
        let inside = bundle_in(path).join(manifest::NAME);
        if !inside.exists() {
            return Ok(Listed::Missing);
        }
        fs::read(&inside)?
    } else if archive::is_zip(path) {
        match Bundle::open(path)?.manifest()? {
            Some(bytes) => bytes,
            None => return Ok(Listed::Missing),
        }
    } else {
        fs::read(path)?
    };
    Ok(Manifest::parse(&bytes).map_or_else(Listed::Damaged, Listed::Manifest))
}

/// Where an unpacked bundle lies: the folder itself, or the one folder in it that holds a list, as programs unpack.
pub fn bundle_in(folder: &Path) -> PathBuf {
    let holds = |folder: &Path| folder.join(manifest::NAME).is_file();
    if holds(folder) {
        return folder.to_owned();
    }
    let inside = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut holders = inside.filter(|inside| holds(inside));
    match (holders.next(), holders.next()) {
        (Some(one), None) => one,
        _ => folder.to_owned(),
    }
}

/// A folder for a build beside a bundle; it goes when it is dropped.
pub fn workshop(target: &Path) -> Result<tempfile::TempDir> {
    let beside = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made = tempfile::Builder::new().prefix(".nianbao-pack").tempdir_in(beside);
    made.map_err(|cause| Error::new(Action::Write, target, unnamed(cause)))
}

/// Makes a bundle of a built site.
pub fn pack(wanted: Wanted<'_>) -> Result<Made> {
    let Wanted { site, target, outline, findings, today, former } = wanted;
    let listed = fs::walk(site)?;
    let digests = listed.par_iter().map(|file| Ok((file.relative.clone(), Digest::of_file(&file.path)?)));
    let now = Manifest(digests.collect::<Result<_>>()?);
    let changes = former.map(|former| compare(&former, &now));
    if changes.as_ref().is_some_and(Changes::is_empty) {
        return Ok(Made::Nothing);
    }
    let mut files: BTreeMap<String, Origin> = BTreeMap::new();
    for file in listed {
        if changes.as_ref().is_none_or(|changes| changes.holds(&file.relative)) {
            files.insert(format!("{SITE}{}", file.relative), Origin::Disk(file.path));
        }
    }
    let first = first::page(outline, &now, changes.as_ref(), site, today)?;
    files.insert(FIRST.to_owned(), Origin::Made(first.into_bytes()));
    files.insert(FINDINGS.to_owned(), Origin::Made(findings.into_bytes()));
    if let Some(changes) = &changes {
        let lines = changes.deleted.iter().map(|path| format!("{path}\n")).collect::<String>();
        files.insert(DELETIONS.to_owned(), Origin::Made(lines.into_bytes()));
    }
    let mut all: BTreeMap<String, Digest> = now.0.iter().map(|(path, hex)| (format!("{SITE}{path}"), *hex)).collect();
    for (path, origin) in &files {
        if let Origin::Made(bytes) = origin {
            all.insert(path.clone(), Digest::of(bytes));
        }
    }
    let unfit = names::unfit(all.keys().map(String::as_str));
    if !unfit.is_empty() {
        return Ok(Made::Unfit(unfit));
    }
    files.insert(manifest::NAME.to_owned(), Origin::Made(Manifest(all).print().into_bytes()));
    let bytes = archive::write(target, &names::folder(&outline.title), &files, today)?;
    Ok(Made::Bundle { files: files.len(), bytes, changes })
}

fn compare(former: &Manifest, now: &Manifest) -> Changes {
    let mut changes = Changes::default();
    for (path, digest) in &now.0 {
        match former.0.get(path) {
            Some(before) if before == digest => {}
            Some(_) => drop(changes.changed.insert(path.clone())),
            None => drop(changes.new.insert(path.clone())),
        }
    }
    changes.deleted = former.0.keys().filter(|path| !now.0.contains_key(*path)).cloned().collect();
    changes
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.deleted.is_empty()
    }

    fn holds(&self, path: &str) -> bool {
        self.new.contains(path) || self.changed.contains(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_apart() {
        let manifest = |text: &str| {
            Manifest(
                text.split(' ')
                    .filter_map(|one| one.split_once('='))
                    .map(|(path, text)| (path.to_owned(), Digest::of(text.as_bytes())))
                    .collect(),
            )
        };
        let check = |former: &str, now: &str, expected: &str| {
            let Changes { new, changed, deleted } = compare(&manifest(former), &manifest(now));
            assert_eq!(format!("{new:?} {changed:?} {deleted:?}"), expected);
        };
        check("a=1 b=2 c=3", "a=1 b=3 d=3", r#"{"d"} {"b"} {"c"}"#);
        check("a=1", "a=1", "{} {} {}");
    }
}
