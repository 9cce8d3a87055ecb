//! `check` and `build`: runs the pipeline, mends on request, and hands the findings to those who asked: a terminal, a
//! program, a reviewer's page, the file of known findings.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::arguments::{Gate, Timings};
use super::options::{Chatter, Options};
use super::print::{self, Findings, Format};
use super::progress::Progress;
use super::{Status, console, machine, refuse, show, words};
use crate::build::{self, Outcome, Stats};
use crate::diagnostic::baseline::Baseline;
use crate::diagnostic::{Diagnostic, Level};
use crate::error::{Action, Error};
use crate::fix::{Done, fix};
use crate::{fs, plan};

/// What is asked for besides the findings.
#[derive(Clone, Default, Debug)]
pub struct Wishes {
    /// Known findings.
    pub baseline: Option<PathBuf>,
    /// Where the findings are written as known.
    pub write_baseline: Option<PathBuf>,
    /// Where a page of findings is written.
    pub report: Option<PathBuf>,
    /// Whether files are mended.
    pub fix: bool,
    /// How the time of each stage is told.
    pub timings: Option<Timings>,
}

impl From<Gate> for Wishes {
    fn from(gate: Gate) -> Wishes {
        Wishes { baseline: gate.baseline, report: gate.report, ..Wishes::default() }
    }
}

/// Why a command stops: the machine's words or our own, told already.
pub type Result<T> = std::result::Result<T, Status>;

/// Builds or checks a site and says what was found.
pub fn run(settings: build::Options, wishes: Wishes, options: &Options) -> Status {
    match attempt(settings, &wishes, options) {
        Ok(status) | Err(status) => status,
    }
}

fn attempt(mut settings: build::Options, wishes: &Wishes, options: &Options) -> Result<Status> {
    check_report(wishes.report.as_deref(), options)?;
    if let Some(file) = &wishes.baseline {
        settings.known = Some(read_baseline(file, options)?);
    }
    let mut outcome = pipeline(&settings, options)?;
    let mended = match wishes.fix {
        true => mend(&outcome, options),
        false => Mended { refused: false, changed: false },
    };
    if mended.changed {
        outcome = pipeline(&settings, options)?;
    }
    if let Some(file) = &wishes.write_baseline {
        write_baseline(file, &mut outcome, options)?;
    }
    let limit = if settings.deny_warnings { Level::Warning } else { Level::Error };
    let findings = Findings::of(&outcome.diagnostics, &outcome.sources, limit, options.language);
    let findings = findings.with_known(outcome.known);
    if let Some(file) = &wishes.report {
        let output = settings.folder();
        let links = links(file, &output, &outcome.pages);
        let page = print::page::print(&findings, &links, options.today, options.language);
        write(file, page.as_bytes(), options)?;
    }
    // The findings are what `check` is asked for; a build is asked for pages.
    print_findings(&findings, options, !settings.write || options.format.is_for_programs())?;
    if options.chatter != Chatter::Quiet {
        summary(&outcome, outcome.stats.as_ref().filter(|_| settings.write), wishes, options);
    }
    match (&outcome.stats, wishes.timings) {
        (Some(stats), Some(Timings::Text)) => console::err(&words::timings(stats)),
        (Some(stats), Some(Timings::Json)) if show(&words::timings_json(stats), options.language) != Status::Clean => {
            return Ok(Status::Refused);
        }
        _ => {}
    }
    if mended.refused {
        return Ok(Status::Refused);
    }
    Ok(verdict(&outcome.diagnostics, limit))
}

/// Runs the pipeline, its progress shown.
pub fn pipeline(settings: &build::Options, options: &Options) -> Result<Outcome> {
    let progress = Progress::start(options);
    let settings = build::Options { progress: progress.listener(), ..settings.clone() };
    let result = build::run(&settings);
    drop(progress);
    result.map_err(|error| machine(&error, options.language))
}

/// What became of `--fix`.
struct Mended {
    changed: bool,
    refused: bool,
}

/// Mends files and shows each change.
fn mend(outcome: &Outcome, options: &Options) -> Mended {
    let Done { changes, overlapping, refused } = fix(&outcome.diagnostics, &outcome.sources);
    let made = changes.iter().map(|change| words::changed(change, options.language) + "\n");
    let left = overlapping.iter().map(|change| words::overlaps(change, options.language) + "\n");
    let told: String = made.chain(left).collect();
    // Standard output belongs to the program that reads it.
    let shown = match options.format.is_for_programs() {
        true => {
            console::err(&told);
            Status::Clean
        }
        false => show(&told, options.language),
    };
    for error in &refused {
        machine(error, options.language);
    }
    Mended { changed: !changes.is_empty(), refused: !refused.is_empty() || shown == Status::Refused }
}

fn read_baseline(file: &Path, options: &Options) -> Result<Baseline> {
    let bytes = fs::read(file).map_err(|error| machine(&error, options.language))?;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string());
    let baseline = text.and_then(|text| Baseline::parse(&text));
    baseline.map_err(|reason| refuse(&words::bad_baseline(file, &reason, options.language), options.language))
}

/// Writes the present findings as known; from here on they are.
fn write_baseline(file: &Path, outcome: &mut Outcome, options: &Options) -> Result<()> {
    let baseline = Baseline::of(&outcome.diagnostics, &outcome.sources);
    write(file, baseline.text().as_bytes(), options)?;
    outcome.known = baseline.pass(&mut outcome.diagnostics);
    if options.chatter != Chatter::Quiet {
        console::err(&(words::baseline_written(baseline.len(), file, options.language) + "\n"));
    }
    Ok(())
}

/// Refuses a page where it would become part of the site.
pub fn check_report(file: Option<&Path>, options: &Options) -> Result<()> {
    match file.filter(|file| build::is_kept(file, &options.root)) {
        Some(file) => Err(refuse(&words::report_kept(file, options.language), options.language)),
        None => Ok(()),
    }
}

fn write(file: &Path, bytes: &[u8], options: &Options) -> Result<()> {
    fs::replace(file, bytes).map_err(|error| machine(&error, options.language))
}

/// Prints findings where they belong: to standard output when they are what was asked for.
pub fn print_findings(findings: &Findings, options: &Options, asked_for: bool) -> Result<()> {
    let text = match &options.step_summary {
        Some(file) if options.format == Format::Github => with_summary(findings, file, options)?,
        _ => {
            let look = if asked_for { options.out() } else { options.err() };
            print::print(findings, options.format, look)
        }
    };
    if !asked_for {
        console::err(&text);
        return Ok(());
    }
    match show(&text, options.language) {
        Status::Refused => Err(Status::Refused),
        Status::Clean | Status::Mistakes => Ok(()),
    }
}

/// Annotations; what is too much for them goes to the end of the workflow's summary.
fn with_summary(findings: &Findings, file: &Path, options: &Options) -> Result<String> {
    let (text, table) = print::github_with_summary(findings, options.language);
    if let Some(table) = table {
        let append = || {
            let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file)?;
            std::io::Write::write_all(&mut file, table.as_bytes())
        };
        append().map_err(|cause| machine(&Error::new(Action::Write, file, cause), options.language))?;
    }
    Ok(text)
}

/// The links from a page of findings to the pages that are there.
fn links(file: &Path, output: &Path, pages: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let Some(way) = way(folder, output) else { return BTreeMap::new() };
    let there = pages.iter().filter(|(_, page)| output.join(page).is_file());
    there.map(|(name, page)| (name.clone(), way.clone() + &address(Path::new(page)))).collect()
}

/// The relative address of a folder seen from another, with a closing slash unless it is the same.
fn way(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (absolute(from)?, absolute(to)?);
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    // Different drives have no way between them.
    if shared == 0 {
        return None;
    }
    let up = "../".repeat(from.components().count() - shared);
    let down = address(&to.components().skip(shared).collect::<PathBuf>());
    Some(if down.is_empty() { up } else { format!("{up}{down}/") })
}

fn absolute(path: &Path) -> Option<PathBuf> {
    let here = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let absolute = std::path::absolute(here).ok()?;
    let known = absolute.components().all(|part| part != Component::ParentDir);
    Some(if known { absolute } else { absolute.canonicalize().ok()? })
}

/// A relative path as an address.
pub fn address(path: &Path) -> String {
    let parts = path.components().map(|part| plan::escape(&part.as_os_str().to_string_lossy()));
    parts.collect::<Vec<_>>().join("/")
}

/// What was built, what was passed over, or that there is nothing to mend.
fn summary(outcome: &Outcome, stats: Option<&Stats>, wishes: &Wishes, options: &Options) {
    let language = options.language;
    match stats {
        Some(stats) => console::err(&(words::built(stats, language) + "\n")),
        None if outcome.diagnostics.is_empty() && outcome.known == 0 => {
            console::err(&(words::counts(0, 0, language) + "\n"))
        }
        None => {}
    }
    let fixable = outcome.diagnostics.iter().map(|one| one.fixes.len()).sum();
    if fixable > 0 && !wishes.fix {
        console::err(&(words::fixable(fixable, language) + "\n"));
    }
    if let Some(file) = wishes.baseline.as_ref().filter(|_| outcome.known > 0) {
        console::err(&(words::passed_over(outcome.known, file, language) + "\n"));
    }
}

/// How a run ends that found these; `limit` is the mildest level that fails.
pub fn verdict(diagnostics: &[Diagnostic], limit: Level) -> Status {
    if diagnostics.iter().any(|one| one.level <= limit) { Status::Mistakes } else { Status::Clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_fail_on_request() {
        let warning = Diagnostic { level: Level::Warning, ..Diagnostic::global("html-removed") };
        let check = |list: &[Diagnostic], limit, expected| assert_eq!(verdict(list, limit), expected);
        check(&[], Level::Warning, Status::Clean);
        check(std::slice::from_ref(&warning), Level::Error, Status::Clean);
        check(std::slice::from_ref(&warning), Level::Warning, Status::Mistakes);
        check(&[warning, Diagnostic::global("site-missing")], Level::Error, Status::Mistakes);
    }

    #[test]
    fn ways_between_folders() {
        let check = |from: &str, to: &str, expected: &str| {
            assert_eq!(way(Path::new(from), Path::new(to)).as_deref(), Some(expected));
        };
        check("/a/b", "/a/public", "../public/");
        check("/a", "/a/公开 1", "公开%201/");
        check("/a/b", "/a/b", "");
        check("", "public", "public/");
    }
}
