//! `diff`: opens two versions, compares them, and shows what changed to people (terminal, Markdown, a page) or to a program
//! (JSON). Exit status 0 when nothing changed, 1 when something did, 2 when a version cannot be read.

mod json;
mod markdown;
mod page;
mod sections;
mod terminal;
mod words;

use std::path::{Path, PathBuf};

use super::check::check_report;
use super::options::{Chatter, Options};
use super::print::{self, Findings, Format};
use super::{Status, console, machine, refuse, show};
use crate::build;
use crate::diagnostic::Level;
use crate::diff::{self, Change, Difference, Manner, Scope, Side, pages};
use crate::fs;
use crate::site::{Site, Visibility};
use crate::version::{self, Extent, Fate, Loaded, Version};

/// What was typed.
#[derive(clap::Args, Debug)]
pub struct Wanted {
    /// The former version.
    #[arg(display_order = 0)]
    pub old: String,
    /// The later one; the working tree when none.
    #[arg(display_order = 1)]
    pub new: Option<String>,
    /// Whether drafts count.
    #[arg(long)]
    pub drafts: bool,
    /// Whether both are built and their files compared.
    #[arg(long)]
    pub pages: bool,
    /// Where a page for reviewers is written.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// Two versions with what is said of them.
struct Versions {
    old: Version,
    new: Version,
    /// Whether the first comes after the second.
    swapped: bool,
}

/// Why a command stops; told already.
type Result<T> = std::result::Result<T, Status>;

/// Compares two versions and says what changed.
pub fn run(wanted: &Wanted, options: &Options) -> Status {
    match attempt(wanted, options) {
        Ok(status) | Err(status) => status,
    }
}

fn attempt(wanted: &Wanted, options: &Options) -> Result<Status> {
    if matches!(options.format, Format::Sarif | Format::Junit | Format::Github) {
        return Err(refuse(words::no_such_format(options.language), options.language));
    }
    check_report(wanted.report.as_deref(), options)?;
    let extent = if wanted.pages { Extent::Everything } else { Extent::Texts };
    let old = open(&wanted.old, extent, options)?;
    let new = match &wanted.new {
        Some(name) => open(name, extent, options)?,
        None => Version::working(&options.root),
    };
    let swapped = old.follows(&new, &options.root);
    let versions = Versions { old, new, swapped };
    let notes = notes(&versions, options);
    if options.chatter != Chatter::Quiet {
        console::err(&notes.iter().map(|note| words::note(note, options.language) + "\n").collect::<String>());
    }
    let (before, after) = (load(&versions.old, wanted.drafts, options)?, load(&versions.new, wanted.drafts, options)?);
    let (Some(first), Some(last)) = (site(&before, &versions.old, options), site(&after, &versions.new, options))
    else {
        return Err(Status::Refused);
    };
    let values_only = versions.old.is_data() || versions.new.is_data();
    let scope = if values_only { Scope::Values } else { Scope::Whole };
    let manner = Manner { scope, language: options.language };
    let sides = [(first, &before, &versions.old), (last, &after, &versions.new)].map(|(site, loaded, version)| Side {
        site,
        sources: &loaded.sources,
        content: &loaded.content,
        has_files: !version.is_data(),
    });
    let mut difference = diff::compare(sides[0], sides[1], manner);
    let files = version::other_files(&options.root, &versions.old, &versions.new);
    let files = files.map_err(|fault| refuse(&words::fault(&fault, options.language), options.language))?;
    difference.files = files.into_iter().map(|(path, fate)| (path, change(fate))).collect();
    if wanted.pages && !values_only {
        difference.pages = built(&versions, wanted, options)?;
    }
    tell(&versions, &difference, &notes, wanted, options)
}

/// A version by its name, loaded; why there is none is told.
pub(super) fn former(name: &str, drafts: bool, options: &Options) -> Result<(Version, Loaded)> {
    let version = open(name, Extent::Texts, options)?;
    let loaded = load(&version, drafts, options)?;
    match site(&loaded, &version, options) {
        Some(_) => Ok((version, loaded)),
        None => Err(Status::Refused),
    }
}

fn open(name: &str, extent: Extent, options: &Options) -> Result<Version> {
    let opened = Version::open_to(&options.root, name, extent);
    opened.map_err(|fault| refuse(&words::fault(&fault, options.language), options.language))
}

/// What a reader of the comparison should know.
fn notes(versions: &Versions, options: &Options) -> Vec<String> {
    let language = options.language;
    let of = |version: &Version| {
        version.notes.iter().map(|note| words::version_note(version, note, language)).collect::<Vec<_>>()
    };
    let mut notes = [of(&versions.old), of(&versions.new)].concat();
    if versions.swapped {
        notes.push(words::swapped(versions, language));
    }
    if versions.old.is_data() || versions.new.is_data() {
        notes.push(words::values_only(language).to_owned());
    }
    notes
}

/// Loads a version and shows the mistakes in it, which do not stop the comparison.
fn load(version: &Version, drafts: bool, options: &Options) -> Result<Loaded> {
    let show = Visibility { today: options.today, drafts };
    let loaded = version.load(show).map_err(|error| machine(&error, options.language))?;
    let mistakes: Vec<_> = loaded.diagnostics.iter().filter(|one| one.level == Level::Error).cloned().collect();
    if !mistakes.is_empty() {
        let findings = Findings::of(&mistakes, &loaded.sources, Level::Error, options.language);
        let format = if options.format == Format::Human { Format::Human } else { Format::Short };
        console::err(&print::print(&findings, format, options.err()));
        console::err(&(words::has_mistakes(version, options.language) + "\n"));
    }
    Ok(loaded)
}

fn change(fate: Fate) -> Change {
    match fate {
        Fate::Added => Change::Added,
        Fate::Removed => Change::Removed,
        Fate::Changed => Change::Changed,
    }
}

fn site<'a>(loaded: &'a Loaded, version: &Version, options: &Options) -> Option<&'a Site> {
    if loaded.site.is_none() {
        refuse(&words::unreadable(version, options.language), options.language);
    }
    loaded.site.as_ref()
}

/// Builds both versions and compares their files; nothing when one cannot be built.
fn built(versions: &Versions, wanted: &Wanted, options: &Options) -> Result<Option<pages::Pages>> {
    let mut folders = Vec::new();
    for version in [&versions.old, &versions.new] {
        let folder = version::temporary().map_err(|error| machine(&error, options.language))?;
        let settings = build::Options {
            root: version.root().to_owned(),
            output: Some(folder.path().join("public")),
            today: options.today,
            write: true,
            release: false,
            drafts: wanted.drafts,
            deny_warnings: false,
            base_url: None,
            jobs: options.jobs,
            known: None,
            review: None,
            progress: None,
        };
        let outcome = build::run(&settings).map_err(|error| machine(&error, options.language))?;
        if outcome.stats.is_none() {
            console::err(&(words::note(&words::not_built(version, options.language), options.language) + "\n"));
            return Ok(None);
        }
        folders.push(folder);
    }
    let public = |at: usize| folders[at].path().join("public");
    let pages = pages::compare(&public(0), &public(1)).map_err(|error| machine(&error, options.language))?;
    Ok(Some(pages))
}

/// Prints the difference and writes the page.
fn tell(
    versions: &Versions,
    difference: &Difference,
    notes: &[String],
    wanted: &Wanted,
    options: &Options,
) -> Result<Status> {
    let language = options.language;
    let sections = sections::of(difference, language);
    if let Some(file) = &wanted.report {
        let page = page::print(versions, difference, (&sections, notes), options.today, language);
        write(file, page.as_bytes(), options)?;
    }
    let text = match options.format {
        Format::Json => json::print(versions, difference, notes),
        Format::Markdown => markdown::print(versions, &sections, notes, language),
        Format::Short => terminal::short(&sections, language),
        _ => terminal::print(versions, &sections, options.out()),
    };
    match show(&text, language) {
        Status::Refused => Err(Status::Refused),
        _ if difference.is_empty() => Ok(Status::Clean),
        _ => Ok(Status::Mistakes),
    }
}

fn write(file: &Path, bytes: &[u8], options: &Options) -> Result<()> {
    fs::replace(file, bytes).map_err(|error| machine(&error, options.language))
}
