//! Reads a content folder: site.toml, indicators.toml, regions.toml, revisions.toml, reports, free pages and the files
//! beside them become one [`Content`]. All mistakes of all files come out together; a file with mistakes still gives what
//! could be read of it.
//! Nothing is compared across reports here.

mod fence;
mod figures;
mod front_matter;
mod indicators;
pub mod outline;
mod regions;
mod revisions;
pub mod signatures;
pub mod split;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::fs;
use crate::hash::Hash;
use crate::indicator::Indicators;
use crate::keys;
use crate::region::Regions;
use crate::report::{ContentFile, FreePage, Report};
use crate::revision::Revision;
use crate::signature::Signature;
use crate::source::{FileId, Sources, Span};
use crate::unit::Units;

/// A content folder as read.
#[derive(Debug)]
pub struct Content {
    /// site.toml.
    pub config: Config,
    /// indicators.toml.
    pub indicators: Indicators,
    /// Built-in divisions and regions.toml.
    pub regions: Regions,
    /// Known units.
    pub units: Units,
    /// revisions.toml, in the author's order.
    pub revisions: Vec<Revision>,
    /// Reports, by path.
    pub reports: Vec<Arc<Report>>,
    /// index.md.
    pub home: Option<FreePage>,
    /// pages/**.md, by path.
    pub pages: Vec<FreePage>,
    /// All other files, by path.
    pub files: Vec<ContentFile>,
    /// signatures.toml, in its order.
    pub signatures: Vec<Signature>,
}

/// What the front matter of a report may name.
#[derive(Clone, Copy)]
pub(crate) struct Nouns<'a> {
    pub indicators: &'a Indicators,
    pub regions: &'a Regions,
    pub units: &'a Units,
}

#[derive(Clone, Debug)]
enum Document {
    Report(Arc<Report>),
    Page(Box<FreePage>),
    Broken,
}

/// What a load remembers for the next one of the same folder: the documents as read. They hold as long as the same files
/// are there and what they may name is the same.
#[derive(Default, Debug)]
pub struct Former {
    /// Hash of the names of all files and of the files that documents depend on.
    common: Hash,
    documents: BTreeMap<String, (Hash, Document, Vec<Diagnostic>)>,
    files: BTreeMap<String, Hash>,
}

impl Former {
    /// Forgets a file or a folder, by its path below `content/`, because it may have changed.
    pub fn forget(&mut self, relative: &str) {
        let folder = format!("{relative}/");
        self.documents.retain(|name, _| name != relative && !name.starts_with(&folder));
        self.files.retain(|name, _| name != relative && !name.starts_with(&folder));
    }
}

/// Loads `root/content`. `None` when there is no content to speak of (the diagnostics say why).
pub fn load(root: &Path, sources: &mut Sources, found: &mut Vec<Diagnostic>) -> Result<Option<Content>> {
    load_after(root, None, sources, found)
}

/// Loads `root/content`; documents that are remembered are not read again. Whoever keeps the `former` load has to
/// [forget](Former::forget) what changed.
pub fn load_after(
    root: &Path,
    mut former: Option<&mut Former>,
    sources: &mut Sources,
    found: &mut Vec<Diagnostic>,
) -> Result<Option<Content>> {
    let folder = root.join("content");
    if !folder.is_dir() {
        found.push(Diagnostic::global("content-missing").arg("path", folder.display()));
        return Ok(None);
    }
    let listed = fs::walk(&folder)?;
    let mut files = Vec::new();
    for file in listed {
        let name = format!("content/{}", file.relative);
        if file.leads_out {
            // Its text is nobody's business: not even an excerpt may show it.
            let id = sources.add_text(name, "");
            found.push(Diagnostic::error("symlink-outside", Span::start_of(id)).arg("path", &file.relative));
            continue;
        }
        let id = sources.add_file(name, file.path.clone());
        if let Some(fault) = unfit_name(&file.relative) {
            found.push(Diagnostic::error("path-unsafe", Span::start_of(id)).arg("path", fault));
        } else {
            files.push((file, id));
        }
    }
    let open = |name: &str| files.iter().find(|(file, _)| file.relative == name);
    let Some((site_file, site_id)) = open("site.toml") else {
        found.push(Diagnostic::global("site-missing").arg("path", folder.join("site.toml").display()));
        return Ok(None);
    };
    let Some(site) = read_toml(&site_file.path, *site_id, sources, found)? else { return Ok(None) };
    let config = Config::resolve(&site, found);
    let units = Units::with_extra(config.units.iter().cloned());
    let regions = match open("regions.toml") {
        Some((file, id)) => match read_toml(&file.path, *id, sources, found)? {
            Some(value) => regions::read(&value, found),
            None => Regions::new(&[]).0,
        },
        None => Regions::new(&[]).0,
    };
    let indicators = match open("indicators.toml") {
        Some((file, id)) => match read_toml(&file.path, *id, sources, found)? {
            Some(value) => indicators::read(&value, &units, found),
            None => return Ok(None),
        },
        None => Indicators::default(),
    };
    let nouns = Nouns { indicators: &indicators, regions: &regions, units: &units };
    let revisions = match open("revisions.toml") {
        Some((file, id)) => match read_toml(&file.path, *id, sources, found)? {
            Some(value) => revisions::read(&value, nouns, found),
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    if let Some(former) = &mut former {
        let common = common(&files, sources);
        if former.common != common {
            **former = Former { common, ..Former::default() };
        }
    }
    let known = former.as_deref();
    let documents = files
        .par_iter()
        .filter(|(file, _)| file.relative.ends_with(".md"))
        .map(|(file, id)| {
            if let Some((hash, document, found)) = known.and_then(|known| known.documents.get(&file.relative)) {
                return Ok((*id, *hash, document.clone(), found.clone()));
            }
            let bytes = fs::read(&file.path)?;
            let hash = Hash::of(&bytes);
            let mut found = Vec::new();
            let document = read_document(&file.relative, *id, (&bytes, hash), nouns, &mut found);
            Ok((*id, hash, document, found))
        })
        .collect::<Result<Vec<_>>>()?;
    let (mut reports, mut pages, mut home) = (Vec::new(), Vec::new(), None);
    let names = files.iter().filter(|(file, _)| file.relative.ends_with(".md")).map(|(file, _)| &file.relative);
    for (name, (id, hash, document, mut mistakes)) in names.zip(documents) {
        sources.set_hash(id, hash);
        if let Some(former) = &mut former
            && !former.documents.contains_key(name)
        {
            former.documents.insert(name.clone(), (hash, document.clone(), mistakes.clone()));
        }
        found.append(&mut mistakes);
        match document {
            Document::Report(report) => reports.push(report),
            Document::Page(page) if &*page.path == "index.md" => home = Some(*page),
            Document::Page(page) => pages.push(*page),
            Document::Broken => {}
        }
    }
    let signatures = match open(signatures::NAME) {
        Some((file, id)) => match read_toml(&file.path, *id, sources, found)? {
            Some(value) => {
                let texts = files.iter().map(|(file, _)| file.relative.as_str()).filter(|path| is_report(path));
                signatures::read(&value, &texts.collect(), found)
            }
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let files: Vec<_> = files.into_iter().filter(|(file, _)| travels(&file.relative)).collect();
    let known = former.as_deref();
    let files = files.into_par_iter().map(|(file, id)| {
        let size = std::fs::metadata(&file.path).map(|data| data.len()).unwrap_or(0);
        let known = known.and_then(|known| known.files.get(&file.relative));
        let hash = known.map_or_else(|| fs::hash(&file.path), |hash| Ok(*hash))?;
        Ok(ContentFile { path: file.relative.into(), disk: file.path, size, hash, file: id })
    });
    let files = files.collect::<Result<Vec<_>>>()?;
    files.iter().for_each(|file| sources.set_hash(file.file, file.hash));
    if let Some(former) = former {
        former.files = files.iter().map(|file| (file.path.to_string(), file.hash)).collect();
    }
    Ok(Some(Content { config, indicators, regions, units, revisions, reports, home, pages, files, signatures }))
}

/// What every document depends on: which files there are, as places name them by number, and what it may name.
fn common(files: &[(fs::Found, FileId)], sources: &Sources) -> Hash {
    let mut text = String::new();
    for (file, id) in files {
        text.push_str(&file.relative);
        if matches!(&*file.relative, "site.toml" | "indicators.toml" | "regions.toml") {
            text.push_str(&sources.hash(*id).map(|hash| hash.to_string()).unwrap_or_default());
        }
        text.push('\n');
    }
    Hash::of(text.as_bytes())
}

/// Reads the text of a document again when its page is rendered. `None` when the file changed since it was loaded.
pub fn read_body(sources: &Sources, body: &crate::report::Body) -> Result<Option<String>> {
    let Some(path) = sources.path(body.file) else { return Ok(Some(String::new())) };
    let bytes = fs::read(path)?;
    if Hash::of(&bytes) != body.hash {
        return Ok(None);
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    Ok(Some(text.get(body.offset..).unwrap_or_default().to_owned()))
}

/// The files of a site that are read for all its pages.
pub const READ: [&str; 4] = ["site.toml", "indicators.toml", "regions.toml", "revisions.toml"];

/// Site files are read, Markdown becomes pages; everything else travels.
pub fn travels(relative: &str) -> bool {
    !relative.ends_with(".md") && !READ.contains(&relative) && relative != signatures::NAME
}

/// Whether a path below `content/` is that of a report.
fn is_report(relative: &str) -> bool {
    relative.ends_with(".md") && relative != "index.md" && !relative.starts_with("pages/")
}

/// Reads a former state of a report; `None` when it was none that could be read.
pub fn reread(
    path: &str,
    bytes: &[u8],
    file: FileId,
    indicators: &Indicators,
    regions: &Regions,
    units: &Units,
) -> Option<Arc<Report>> {
    let nouns = Nouns { indicators, regions, units };
    match read_document(path, file, (bytes, Hash::of(bytes)), nouns, &mut Vec::new()) {
        Document::Report(report) => Some(report),
        Document::Page(_) | Document::Broken => None,
    }
}

/// Names that no file of a portal should have: control characters, backslashes, trailing dots or spaces.
fn unfit_name(relative: &str) -> Option<String> {
    let unfit = |name: &str| {
        name.chars().any(|c| c.is_control() || c == '\\' || c == char::REPLACEMENT_CHARACTER)
            || name.ends_with(['.', ' '])
            || name.starts_with(' ')
    };
    relative.split('/').find(|name| unfit(name)).map(str::to_owned)
}

/// Names and hashes of all files a site is read from, in order of their names, as [`Sources::inputs`] tells them after a
/// load that found nothing amiss. Much quicker than a load.
pub fn inputs(root: &Path, theme: &str) -> Result<Vec<(String, Hash)>> {
    let mut files = Vec::new();
    for folder in ["content".to_owned(), format!("themes/{theme}")] {
        let found = fs::walk(&root.join(&folder))?;
        files.extend(found.into_iter().map(|file| (format!("{folder}/{}", file.relative), file.path)));
    }
    files.into_par_iter().map(|(name, path)| Ok((name, fs::hash(&path)?))).collect()
}

fn read_toml(
    path: &Path,
    id: FileId,
    sources: &mut Sources,
    found: &mut Vec<Diagnostic>,
) -> Result<Option<keys::Value>> {
    let bytes = fs::read(path)?;
    sources.set_hash(id, Hash::of(&bytes));
    let Some((text, offset)) = split::decode(&bytes, id, found) else { return Ok(None) };
    Ok(keys::parse(text, id, offset, found))
}

fn read_document(
    relative: &str,
    id: FileId,
    (bytes, hash): (&[u8], Hash),
    nouns: Nouns<'_>,
    found: &mut Vec<Diagnostic>,
) -> Document {
    let Some((text, start)) = split::decode(bytes, id, found) else { return Document::Broken };
    let Some(parts) = split::split(text, start, id, found) else { return Document::Broken };
    let mut head = keys::parse(parts.front_matter, id, parts.front_matter_at, found);
    let outline = outline::read(parts.body, id, parts.body_at, nouns, found);
    let body = crate::report::Body { file: id, offset: parts.body_at, hash, outline };
    let Some(head) = &mut head else { return Document::Broken };
    head.span = Span::new(id, start..parts.front_matter_at);
    let path: Arc<str> = relative.into();
    if !is_report(relative) {
        return front_matter::page(head, path, body, found)
            .map_or(Document::Broken, |page| Document::Page(Box::new(page)));
    }
    let report = front_matter::report(head, path, body, nouns, found);
    report.map_or(Document::Broken, |report| Document::Report(Arc::new(report)))
}
