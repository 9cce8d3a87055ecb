//! A version of a site: the working tree, another folder, a revision of its git repository, or the data of a built site.
//! In goes a name as people type it, out comes a folder that `load` can read. A revision is read through `git` itself and
//! its texts are written to a temporary folder that goes with the [`Version`]; neither index nor working tree is touched.

mod data;
mod git;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::diagnostic::Diagnostic;
use crate::error::{self, Action, Error};
use crate::fs;
use crate::hash::Hash;
use crate::load;
use crate::site::{Site, Visibility};
use crate::source::Sources;

/// A version of a site.
#[derive(Debug)]
pub struct Version {
    /// The name as typed; empty for the working tree.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What its reader should know.
    pub notes: Vec<Note>,
    root: PathBuf,
    /// Held while the version is in use, then removed.
    _folder: Option<TempDir>,
}

/// Where a version comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The folder of the site as it stands.
    WorkingTree,
    /// Another folder.
    Folder,
    /// A commit, by its whole hash.
    Revision(String),
    /// The data of a built site: values only.
    Data,
}

/// Something about a version that is no mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Note {
    /// There is a revision of that name too; the folder was taken.
    AlsoRevision,
    /// A symbolic link that leads out of the site was left out.
    LinkLeadsOut(String),
    /// A text too large to be one was left out.
    TooLarge(String),
}

/// Why there is no such version.
#[derive(Debug)]
pub enum Fault {
    /// There is no `git` on the path.
    NoGit,
    /// The site's folder lies in no git repository.
    NoRepository(PathBuf),
    /// Neither a folder nor a revision has the name; revisions with names like it.
    Unknown(String, Vec<String>),
    /// The clone is shallow and may lack the revision for that reason.
    Shallow(String),
    /// The revision has no such folder.
    NotInRevision {
        /// The revision.
        name: String,
        /// The folder, from the top of the repository.
        path: String,
    },
    /// A folder that is no site, no content and no built site.
    NoSite(PathBuf),
    /// Data that cannot be read as such, with the reason.
    BadData(PathBuf, String),
    /// What git said when it failed otherwise.
    Git(String),
    /// What the machine refused.
    Machine(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Machine(error)
    }
}

/// How much of a revision is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// Markdown and TOML below `content/`, which is all a [`Site`] is made of.
    Texts,
    /// Everything a build needs: attachments and themes too.
    Everything,
}

/// A version that was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The site; none when its settings or indicators cannot be read.
    pub site: Option<Site>,
    /// Its files; their names say which version they are of.
    pub sources: Sources,
    /// What its authors can repair.
    pub diagnostics: Vec<Diagnostic>,
    /// What stands before the names of files of `content/`: `HEAD~1:content/`, `old/content/`.
    pub content: String,
}

impl Version {
    /// The site in `root` as it stands.
    pub fn working(root: &Path) -> Version {
        Version {
            name: String::new(),
            origin: Origin::WorkingTree,
            notes: Vec::new(),
            root: root.to_owned(),
            _folder: None,
        }
    }

    /// The version of the site in `root` that has a name: a folder, seen from the current one, or a revision.
    pub fn open(root: &Path, name: &str) -> Result<Version, Fault> {
        Version::open_to(root, name, Extent::Texts)
    }

    /// The same, read as far as needed. A folder wins over a revision of its name.
    pub fn open_to(root: &Path, name: &str, extent: Extent) -> Result<Version, Fault> {
        let folder = Path::new(name);
        if !name.is_empty() && folder.is_dir() {
            if let Some(version) = of_folder(folder, name)? {
                let taken = git::resolve(root, name).is_ok();
                return Ok(Version { notes: if taken { vec![Note::AlsoRevision] } else { Vec::new() }, ..version });
            }
            return match git::resolve(root, name) {
                Ok(commit) => of_revision(root, name, commit, extent),
                Err(_) => Err(Fault::NoSite(folder.to_owned())),
            };
        }
        of_revision(root, name, git::resolve(root, name)?, extent)
    }

    /// The folder that holds its `content/`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether it holds values only.
    pub fn is_data(&self) -> bool {
        self.origin == Origin::Data
    }

    /// Whether a commit of this version comes after that of another.
    pub fn follows(&self, other: &Version, root: &Path) -> bool {
        match (&self.origin, &other.origin) {
            (Origin::Revision(own), Origin::Revision(other)) => own != other && git::is_ancestor(root, other, own),
            _ => false,
        }
    }

    /// Loads it. Mistakes come back with what could be read in spite of them.
    pub fn load(&self, show: Visibility) -> error::Result<Loaded> {
        let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
        let content = load::load(&self.root, &mut sources, &mut diagnostics)?;
        let site = content.map(|content| Site::new(content, show, &mut diagnostics));
        let content = self.content();
        sources.rename("content/", &content);
        Ok(Loaded { site, sources, diagnostics, content })
    }

    /// Whether its folder is not the one people know.
    fn is_copy(&self) -> bool {
        self._folder.is_some()
    }

    /// Whether it is the folder of the site itself.
    fn is_at(&self, root: &Path) -> bool {
        let is_folder = matches!(self.origin, Origin::WorkingTree | Origin::Folder) && !self.is_copy();
        let same = || Some(self.root.canonicalize().ok()? == root.canonicalize().ok()?);
        is_folder && same().unwrap_or_default()
    }

    /// The folder of its content, as people name it.
    fn content(&self) -> String {
        let folder = self.name.trim_end_matches(['/', '\\']);
        match self.origin {
            Origin::WorkingTree => "content/".to_owned(),
            Origin::Revision(_) => format!("{}:content/", self.name),
            // What was copied or made up is itself the content.
            Origin::Folder | Origin::Data if self.is_copy() => format!("{folder}/"),
            Origin::Folder | Origin::Data => {
                let content = self.root.join("content").display().to_string().replace('\\', "/");
                format!("{}/", content.trim_start_matches("./"))
            }
        }
    }
}

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Only the later version has it.
    Added,
    /// Only the former version has it.
    Removed,
    /// Its bytes differ.
    Changed,
}

impl Fate {
    /// What became of it the other way round.
    fn reversed(self) -> Fate {
        match self {
            Fate::Added => Fate::Removed,
            Fate::Removed => Fate::Added,
            Fate::Changed => Fate::Changed,
        }
    }
}

/// Attachments and files of themes that differ, by their path in the site's folder. They are no part of a [`Site`]; data
/// have none, and a content folder by itself has no themes.
pub fn other_files(root: &Path, old: &Version, new: &Version) -> Result<BTreeMap<String, Fate>, Fault> {
    if old.is_data() || new.is_data() {
        return Ok(BTreeMap::new());
    }
    let mut files = match (&old.origin, &new.origin) {
        (Origin::Revision(first), Origin::Revision(last)) => git::changed(root, first, Some(last))?,
        // git knows which files of the working tree count.
        (Origin::Revision(first), _) if new.is_at(root) => git::changed(root, first, None)?,
        (_, Origin::Revision(last)) if old.is_at(root) => {
            let back = git::changed(root, last, None)?;
            back.into_iter().map(|(path, fate)| (path, fate.reversed())).collect()
        }
        _ => differing(&hashes(root, old)?, &hashes(root, new)?),
    };
    let content_only = [old, new].iter().any(|one| one.origin == Origin::Folder && one.is_copy());
    files.retain(|path, _| match path.strip_prefix("content/") {
        Some(path) => !is_text(path),
        None => !content_only,
    });
    Ok(files)
}

fn hashes(root: &Path, version: &Version) -> Result<BTreeMap<String, Hash>, Fault> {
    if let Origin::Revision(commit) = &version.origin {
        return git::hashes(root, commit);
    }
    let folders = match version.is_copy() {
        true => vec![("content", PathBuf::from(&version.name))],
        false => ["content", "themes"].map(|name| (name, version.root.join(name))).to_vec(),
    };
    let mut hashes = BTreeMap::new();
    for (name, folder) in folders {
        for file in fs::walk(&folder)?.into_iter().filter(|file| !file.leads_out) {
            hashes.insert(format!("{name}/{}", file.relative), fs::hash(&file.path)?);
        }
    }
    Ok(hashes)
}

fn differing(old: &BTreeMap<String, Hash>, new: &BTreeMap<String, Hash>) -> BTreeMap<String, Fate> {
    let gone = old.keys().filter(|path| !new.contains_key(*path)).map(|path| (path.clone(), Fate::Removed));
    let here = new.iter().filter_map(|(path, hash)| match old.get(path) {
        None => Some((path.clone(), Fate::Added)),
        Some(former) => (former != hash).then(|| (path.clone(), Fate::Changed)),
    });
    gone.chain(here).collect()
}

/// A folder as a version; none when it holds nothing of a site.
fn of_folder(path: &Path, name: &str) -> Result<Option<Version>, Fault> {
    let version = |origin, root: &Path, folder| Version {
        name: name.to_owned(),
        origin,
        notes: Vec::new(),
        root: root.to_owned(),
        _folder: folder,
    };
    if path.join("content").is_dir() {
        return Ok(Some(version(Origin::Folder, path, None)));
    }
    if path.join("site.toml").is_file() && path.file_name().is_some_and(|name| name == "content") {
        let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Ok(Some(version(Origin::Folder, above, None)));
    }
    if path.join("site.toml").is_file() {
        let folder = temporary()?;
        copy_texts(path, &folder.path().join("content"))?;
        let root = folder.path().to_owned();
        return Ok(Some(version(Origin::Folder, &root, Some(folder))));
    }
    let Some(file) = data::file_of(path) else { return Ok(None) };
    let folder = temporary()?;
    data::write_site(&file, folder.path())?;
    let root = folder.path().to_owned();
    Ok(Some(version(Origin::Data, &root, Some(folder))))
}

fn of_revision(root: &Path, name: &str, commit: String, extent: Extent) -> Result<Version, Fault> {
    let folder = temporary()?;
    let notes = git::extract(root, (name, &commit), extent, folder.path())?;
    let root = folder.path().to_owned();
    Ok(Version { name: name.to_owned(), origin: Origin::Revision(commit), notes, root, _folder: Some(folder) })
}

/// Copies the Markdown and TOML of a content folder.
fn copy_texts(from: &Path, to: &Path) -> error::Result<()> {
    for file in fs::walk(from)?.into_iter().filter(|file| is_text(&file.relative) && !file.leads_out) {
        write(&to.join(&file.relative), &fs::read(&file.path)?)?;
    }
    Ok(())
}

fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

/// A folder that is removed when it is let go.
pub fn temporary() -> error::Result<TempDir> {
    let made = tempfile::Builder::new().prefix("nianbao-").tempdir();
    made.map_err(|cause| Error::new(Action::CreateFolder, &std::env::temp_dir(), cause))
}

/// Writes a file and the folders above it.
fn write(path: &Path, bytes: &[u8]) -> error::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder).map_err(|cause| Error::new(Action::CreateFolder, folder, cause))?;
    std::fs::write(path, bytes).map_err(|cause| Error::new(Action::Write, path, cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            write(&folder.path().join(path), text.as_bytes()).expect("a new file");
        }
        folder
    }

    fn show() -> Visibility {
        Visibility { today: jiff::civil::date(2026, 1, 1), drafts: true }
    }

    /// The origin, the title and the figures of a folder by its name.
    fn check(files: &[(&str, &str)], expected: &str) {
        let folder = folder(files);
        let name = folder.path().to_str().expect("a UTF-8 path");
        let told = match Version::open(Path::new("/nowhere"), name) {
            Err(fault) => format!("{fault:?}").split('(').next().unwrap_or_default().to_owned(),
            Ok(version) => {
                let Loaded { site, diagnostics, .. } = version.load(show()).expect("it loads");
                let site = site.unwrap_or_else(|| panic!("a site: {diagnostics:?}"));
                let figures = site.observations().iter().map(|one| {
                    let written = one.quantity.as_ref().map_or("–", |figure| figure.as_written());
                    format!("{} {} {:?} {written}", site.regions.get(one.region).code, one.period, one.role)
                });
                let codes: Vec<_> = diagnostics.iter().map(|one| one.code).collect();
                format!("{:?} {:?} {}", version.origin, codes, figures.collect::<Vec<_>>().join(", "))
            }
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn folders_are_told_apart() {
        let site = ("content/site.toml", "title = \"年报\"\n");
        check(&[site], "Folder [] ");
        check(&[("site.toml", "title = \"年报\"\n"), ("a.csv", "1")], "Folder [] ");
        check(&[("a.csv", "1")], "NoSite");
        let rows = "\u{feff}INDICATOR,INDICATOR_NAME,REF_AREA,REF_AREA_NAME,TIME_PERIOD,ROLE,BOUND,OBS_VALUE,\
                    UNIT_MEASURE,UNIT_MULT,AS_WRITTEN,OBS_STATUS,REPORT,NOTE\r\n\
                    beds,床位数,429006,天门市,2021,actual,eq,7123,张,0,7123张,A,a.html,\r\n\
                    beds,床位数,x1,开发区,2021-11-30,target,ge,-7,张,0,'-7张,A,a.html,\r\n\
                    gap,差,429006,天门市,2021,actual,eq,,格,0,,M,a.html,pending\r\n";
        let expected = "Data [] 429006 2021 Actual 7123张, x1 2021-11-30 Target -7张, 429006 2021 Actual –";
        check(&[("data/observations.csv", rows)], expected);
        check(&[("observations.csv", rows)], expected);
        check(&[("data/observations.json", "[")], "BadData");
    }

    /// A repository whose site lies in `sites/甲`: two commits, the first with a tag.
    fn repository() -> TempDir {
        let folder = folder(&[
            ("sites/甲/content/site.toml", "title = \"旧\"\n"),
            ("sites/甲/content/a.csv", "1"),
            ("sites/甲/themes/own/a.html", "x"),
            ("else.md", "x"),
        ]);
        let git = |arguments: &[&str]| {
            let mut command = std::process::Command::new("git");
            command.args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]);
            let done = command.args(arguments).current_dir(folder.path()).output().expect("git runs");
            assert!(done.status.success(), "{arguments:?} {done:?}");
        };
        #[cfg(unix)]
        for (link, target) in [("in.md", "b/c.md"), ("out.md", "../../../else.md"), ("loop.md", "loop.md")] {
            let link = folder.path().join("sites/甲/content").join(link);
            std::os::unix::fs::symlink(target, link).expect("a link");
        }
        let text = "+++\ntitle = \"页\"\n+++\n";
        write(&folder.path().join("sites/甲/content/b/c.md"), text.as_bytes()).expect("a new file");
        git(&["init", "-q"]);
        git(&["add", "."]);
        git(&["commit", "-q", "-m", "a"]);
        git(&["tag", "v1"]);
        write(&folder.path().join("sites/甲/content/site.toml"), "title = \"新\"\n".as_bytes()).expect("a new file");
        git(&["commit", "-q", "-a", "-m", "b"]);
        git(&["rm", "-q", "-r", "sites"]);
        git(&["commit", "-q", "-m", "c"]);
        folder
    }

    #[cfg(unix)]
    #[test]
    fn revisions_are_read_through_git() {
        let folder = repository();
        let root = folder.path().join("sites/甲");
        // git took the emptied folder away; a site may also be older than its folder.
        std::fs::create_dir_all(&root).expect("a new folder");
        let files = |name: &str, extent| {
            let version = match Version::open_to(&root, name, extent) {
                Ok(version) => version,
                Err(fault) => return format!("{fault:?}"),
            };
            let files = fs::walk(version.root()).expect("the version has files");
            let files: Vec<_> = files.into_iter().map(|file| file.relative).collect();
            format!("{} {:?}", files.join(" "), version.notes)
        };
        let texts = "content/b/c.md content/in.md content/site.toml \
                     [LinkLeadsOut(\"content/loop.md\"), LinkLeadsOut(\"content/out.md\")]";
        assert_eq!(files("v1", Extent::Texts), texts);
        assert!(files("v1", Extent::Everything).starts_with("content/a.csv content/b/c.md"));
        assert!(files("v1", Extent::Everything).contains("content/site.toml themes/own/a.html ["));
        assert_eq!(files("v2", Extent::Texts), "Unknown(\"v2\", [\"v1\"])");
        assert_eq!(files("-x", Extent::Texts), "Unknown(\"-x\", [])");
        let lost = "NotInRevision { name: \"HEAD\", path: \"sites/甲/content\" }";
        assert_eq!(files("HEAD", Extent::Texts), lost);
        let titles = ["v1", "HEAD~1"].map(|name| Version::open(&root, name).expect("a version"));
        assert!(titles[1].follows(&titles[0], &root) && !titles[0].follows(&titles[1], &root));
        let loaded = titles[1].load(show()).expect("it loads");
        assert_eq!(loaded.site.expect("a site").config.title, "新");
        assert_eq!(
            loaded.sources.files().next().map(|(_, name)| name.to_owned()),
            Some("HEAD~1:content/b/c.md".into())
        );
        let path = titles[0].root().to_owned();
        drop(titles);
        assert!(!path.exists(), "what was written is removed");
    }
}
