//! The build on one screen: load, site, plan, check, then render and commit. A mistake of the author stops it before anything
//! is written; what the machine refuses comes back as an error, and the former site stays.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::diagnostic::baseline::Baseline;
use crate::diagnostic::{Diagnostic, Level, fingerprint};
use crate::error::{Action, Error, Result};
use crate::hash::Hash;
use crate::output::{Output, Summary};
use crate::plan::{PageKind, Plan};
use crate::render::{Studio, site_view};
use crate::review::Desk;
use crate::site::{Site, Visibility};
use crate::source::Sources;
use crate::theme::Theme;
use crate::{check, load, published, review, sign, theme};

pub(crate) use self::memo::Memo;
use self::memo::Still;
use self::press::Press;

mod memo;
mod press;

/// What to build and how.
#[derive(Clone)]
pub struct Options {
    /// The folder of the site.
    pub root: PathBuf,
    /// Where pages go; `public` below the root when none.
    pub output: Option<PathBuf>,
    /// The day that counts as today.
    pub today: jiff::civil::Date,
    /// Whether pages are written, or only checked.
    pub write: bool,
    /// Whether drafts are built too.
    pub drafts: bool,
    /// Whether warnings stop the build.
    pub deny_warnings: bool,
    /// Whether every report must have passed all stages of review.
    pub release: bool,
    /// Overrides `base_url` of the site.
    pub base_url: Option<String>,
    /// Worker threads; one per core when none.
    pub jobs: Option<usize>,
    /// Findings that neither show nor count.
    pub known: Option<Baseline>,
    /// Pages with panels for reviewers, and what these show; a folder of its own unless another is named.
    pub review: Option<review::Wish>,
    /// Told how far each stage is: done, of how many (0 when unknown).
    pub progress: Option<Progress>,
}

/// A listener to the progress of a build.
pub type Progress = Arc<dyn Fn(Stage, usize, usize) + Send + Sync>;

/// The stages a listener hears of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Reading files.
    Load,
    /// Laying out and checking pages.
    Plan,
    /// Rendering pages.
    Render,
    /// Moving them into place.
    Commit,
}

/// What came of a build.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The files looked at, for showing places.
    pub sources: Sources,
    /// What the author can repair.
    pub diagnostics: Vec<Diagnostic>,
    /// How many known findings were passed over.
    pub known: usize,
    /// The page made from each file with findings, by the file's name.
    pub pages: BTreeMap<String, String>,
    /// What was built; none when diagnostics stopped the build.
    pub stats: Option<Stats>,
}

/// Counts of a finished build.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    /// Reports read.
    pub reports: usize,
    /// Figures in them.
    pub observations: usize,
    /// Pages of the site.
    pub pages: usize,
    /// Files written because they are new or changed.
    pub files_written: usize,
    /// Files left as they were.
    pub files_unchanged: usize,
    /// Files removed because nothing makes them any more.
    pub files_removed: usize,
    /// Size of the site.
    pub bytes: u64,
    /// Where it stands.
    pub output: PathBuf,
    /// How long each stage took.
    pub timings: Vec<(&'static str, Duration)>,
}

/// The view of one page, or why there is none.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// The files looked at, for showing places.
    pub sources: Sources,
    /// What the author can repair.
    pub diagnostics: Vec<Diagnostic>,
    /// What the page's template receives, or the paths of pages with similar names.
    pub view: std::result::Result<serde_json::Value, Vec<String>>,
}

/// The stages up to the gate: nothing is rendered yet.
struct Checked {
    site: Site,
    plan: Plan,
    theme: Theme,
}

/// Builds or checks a site: load, site, plan, check, then render and commit when nothing stands against it.
pub fn run(options: &Options) -> Result<Outcome> {
    match options.jobs {
        None => run_here(options),
        Some(jobs) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
            let pool = pool.map_err(|cause| Error::new(Action::Start, &options.root, std::io::Error::other(cause)))?;
            pool.install(|| run_here(options))
        }
    }
}

fn run_here(options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    build(options, &mut outcome)?;
    fingerprint::stamp(&mut outcome.diagnostics, &outcome.sources);
    Ok(outcome)
}

fn build(options: &Options, outcome: &mut Outcome) -> Result<()> {
    let mut clock = Clock::start();
    let output_folder = options.folder();
    let unfit = options.write && holds_sources(&output_folder, &options.root);
    // A refusal of the machine is told after the mistakes of the author.
    let output = (options.write && !unfit).then(|| Output::open(&output_folder));
    // Panels tell of findings, signatures and another version, which no cell holds: they are made anew each time.
    let mut memo = match &output {
        Some(Ok(output)) if options.review.is_none() => Memo::open(output.memory()),
        _ => None,
    };
    if let (Some(Ok(output)), Some(memo)) = (&output, &memo)
        && let Some(stats) = at_rest(options, output, memo, &output_folder)
    {
        clock.lap("compare");
        outcome.stats = Some(Stats { timings: clock.laps, ..stats });
        return Ok(());
    }
    let Some(Checked { site, plan, theme }) = checked(options, outcome, &mut memo, &mut clock)? else {
        return Ok(());
    };
    if unfit {
        let unfit = Diagnostic::global("output-folder").arg("path", output_folder.display());
        outcome.diagnostics.push(unfit);
        return Ok(());
    }
    let output = output.transpose()?;
    let sources = &outcome.sources;
    let desk = match &options.review {
        Some(_) if output.as_ref().is_some_and(|output| review::is_public(output.former_files())) => {
            outcome.diagnostics.push(Diagnostic::global("review-folder").arg("path", output_folder.display()));
            return Ok(());
        }
        Some(wish) => {
            let found = &outcome.diagnostics;
            let facts = review::Facts { root: &options.root, site: &site, plan: &plan, sources, found };
            Some(Desk::new(facts, wish)?)
        }
        None => None,
    };
    let (memory, desk) = (memo.as_ref(), desk.as_ref());
    let press = Press { options, site: &site, plan: &plan, theme: &theme, sources, memo: memory, desk };
    let rendered = press.render(output.as_ref())?;
    let failed = !rendered.is_empty();
    outcome.diagnostics.extend(rendered);
    clock.lap("render");
    if failed || options.stop_at(&outcome.diagnostics) {
        return Ok(());
    }
    let counts = [site.all_reports().len(), site.observations().len(), plan.pages().len()];
    let mut stats = Stats { output: output_folder, ..Stats::counting(counts) };
    if let Some(output) = output {
        let planned = planned(&plan, &theme, desk);
        let names: Vec<&str> = planned.iter().map(String::as_str).collect();
        let conflicts = output.foreign_conflicts(&names);
        if !conflicts.is_empty() {
            outcome.diagnostics.extend(conflicts.into_iter().map(|conflict| {
                let with = conflict.with.to_string_lossy().replace('\\', "/");
                Diagnostic::global("foreign-file").arg("path", with).arg("with", conflict.path)
            }));
            return Ok(());
        }
        tell(options, Stage::Commit, 0, 0);
        let summary = output.commit()?;
        clock.lap("commit");
        stats.add(&summary);
        if let Some(memo) = memo {
            // What is published may change although nothing of the site does.
            let alone = site.config.published.is_none();
            let quiet = alone && outcome.diagnostics.is_empty() && outcome.known == 0;
            let inputs = quiet.then(|| outcome.sources.inputs()).flatten();
            let still = inputs.map(|inputs| Still {
                inputs: memo::inputs(options, inputs).0,
                theme: site.config.theme.0.clone(),
                manifest: summary.manifest.0,
                counts,
            });
            memo.save(&site, &plan, still);
            clock.lap("remember");
        }
    }
    stats.timings = clock.laps;
    outcome.stats = Some(stats);
    Ok(())
}

/// What a build has to tell if nothing changed since the one that left the memory: no file that was read, no option, and no
/// file of the output. `None` if that is not so, or cannot be said.
fn at_rest(options: &Options, output: &Output, memo: &Memo, folder: &Path) -> Option<Stats> {
    let still = memo.still().filter(|_| options.known.is_none())?;
    let inputs = load::inputs(&options.root, &still.theme).ok()?;
    let inputs = inputs.iter().map(|(name, hash)| (name.as_str(), *hash));
    if memo::inputs(options, inputs.collect()).0 != still.inputs {
        return None;
    }
    let summary = output.at_rest(Hash(still.manifest))?;
    let mut stats = Stats { output: folder.to_owned(), ..Stats::counting(still.counts) };
    stats.add(&summary);
    Some(stats)
}

impl Stats {
    /// Of so many reports, figures and pages.
    fn counting([reports, observations, pages]: [usize; 3]) -> Stats {
        Stats { reports, observations, pages, ..Stats::default() }
    }

    fn add(&mut self, summary: &Summary) {
        self.files_written = summary.written;
        self.files_unchanged = summary.unchanged;
        self.files_removed = summary.removed;
        self.bytes = summary.bytes_total;
    }
}

/// Whether a folder is, holds, or lies in what the site is made from.
fn holds_sources(output: &Path, root: &Path) -> bool {
    let (Some(output), Some(inside)) = (real(output), real(root)) else { return false };
    inside.starts_with(&output) || is_kept(&output, root)
}

/// Whether a path lies in what the site is made from.
pub fn is_kept(path: &Path, root: &Path) -> bool {
    lies_in(path, ["content", "themes", "src", ".git"].map(|name| root.join(name)))
}

/// Whether a path lies in one of some folders, links and `..` resolved.
pub fn lies_in(path: &Path, folders: impl IntoIterator<Item = PathBuf>) -> bool {
    let Some(path) = real(path) else { return false };
    folders.into_iter().any(|folder| real(&folder).is_some_and(|folder| path.starts_with(folder)))
}

/// The path with links and `..` resolved; what does not exist yet counts as a plain name.
fn real(path: &Path) -> Option<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        if part == Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
            real = real.canonicalize().unwrap_or(real);
        }
    }
    Some(real)
}

/// Everything before rendering. `None` when a diagnostic stops the build.
fn checked(
    options: &Options,
    outcome: &mut Outcome,
    memo: &mut Option<Memo>,
    clock: &mut Clock,
) -> Result<Option<Checked>> {
    let Outcome { sources, diagnostics, known: passed, pages, .. } = outcome;
    tell(options, Stage::Load, 0, 0);
    let Some(mut content) = load::load(&options.root, sources, diagnostics)? else { return Ok(None) };
    if let Some(base) = &options.base_url {
        content.config.base_url =
            if base.is_empty() || base.ends_with('/') { base.clone() } else { format!("{base}/") };
    }
    clock.lap("load");
    let theme = theme::load(&options.root, &content.config, sources, diagnostics)?;
    clock.lap("theme");
    let unreadable = diagnostics.iter().any(|one| one.level == Level::Error);
    tell(options, Stage::Plan, 0, 0);
    let show = Visibility { today: options.today, drafts: options.drafts };
    let site = Site::new(content, show, diagnostics);
    clock.lap("site");
    if let Some(base) = &site.config.published {
        published::gate(&options.root, &site, (&base.value, Some(base.span)), options.today, diagnostics);
        clock.lap("published");
    }
    let plan = Plan::new(&site, diagnostics);
    clock.lap("plan");
    let view = theme.as_ref().map(|theme| site_view(&site, &plan, theme));
    if let Some((memo, view)) = memo.as_mut().zip(view.as_ref())
        && let Some(frame) = memo::frame(options, sources, &site.config, view)
    {
        memo.compare(frame, &site, &plan);
    }
    clock.lap("compare");
    let known = memo.as_ref().map_or(&check::Nothing as &dyn check::Known, |memo| memo);
    check::check(&site, &plan, sources, known, diagnostics);
    if options.release {
        sign::gate(&options.root, &site, diagnostics)?;
    }
    check::apply_levels(&site.config.levels, diagnostics);
    fingerprint::stamp(diagnostics, sources);
    *passed = options.known.as_ref().map_or(0, |baseline| baseline.pass(diagnostics));
    *pages = pages_of(diagnostics, sources, &plan);
    clock.lap("check");
    let Some((mut theme, view)) = theme.zip(view).filter(|_| !unreadable && !options.stop_at(diagnostics)) else {
        return Ok(None);
    };
    theme.set_site(&view);
    Ok(Some(Checked { site, plan, theme }))
}

/// The page made from each file with findings.
fn pages_of(found: &[Diagnostic], sources: &Sources, plan: &Plan) -> BTreeMap<String, String> {
    let names = found.iter().filter_map(|one| one.span).map(|span| sources.name(span.file));
    let made = |name: &str| plan.made_from(name.strip_prefix("content/")?).map(|page| page.to_string());
    names.filter_map(|name| Some((name.to_string(), made(name)?))).collect()
}

impl Options {
    /// The folder pages go to.
    pub fn folder(&self) -> PathBuf {
        let usual = if self.review.is_some() { review::FOLDER } else { "public" };
        self.output.clone().unwrap_or_else(|| self.root.join(usual))
    }

    /// Whether diagnostics stand against writing. Pages for review are made to show them.
    fn stop_at(&self, diagnostics: &[Diagnostic]) -> bool {
        let limit = if self.deny_warnings { Level::Warning } else { Level::Error };
        self.review.is_none() && diagnostics.iter().any(|one| one.level <= limit)
    }
}

fn tell(options: &Options, stage: Stage, done: usize, of: usize) {
    if let Some(progress) = &options.progress {
        progress(stage, done, of);
    }
}

/// The first page of every kind.
pub(crate) fn one_of_each(plan: &Plan) -> Vec<&(Arc<str>, PageKind)> {
    let mut kinds = Vec::new();
    let is_first = |(_, kind): &&(Arc<str>, PageKind)| {
        let kind = std::mem::discriminant(kind);
        let first = !kinds.contains(&kind);
        if first {
            kinds.push(kind);
        }
        first
    };
    plan.pages().iter().filter(is_first).collect()
}

fn planned(plan: &Plan, theme: &Theme, desk: Option<&Desk>) -> Vec<String> {
    let pages = plan.pages().iter().map(|(path, _)| path.to_string());
    let files = plan.files().iter().map(|(path, _)| path.to_string());
    let assets = theme.assets.iter().map(|(path, _)| path.clone());
    let own = review::assets().iter().map(|(path, _)| path.clone()).chain([review::BOARD.to_owned()]);
    pages.chain(files).chain(assets).chain(own.filter(|_| desk.is_some())).collect()
}

/// Computes the view of one page, by its path below the output folder.
pub fn inspect(options: &Options, page: &str) -> Result<Inspection> {
    let mut outcome = Outcome::default();
    let checked = checked(options, &mut outcome, &mut None, &mut Clock::start())?;
    let Outcome { sources, diagnostics, .. } = outcome;
    let Some(Checked { site, plan, .. }) = checked else {
        return Ok(Inspection { sources, diagnostics, view: Err(Vec::new()) });
    };
    let wanted = page.trim_start_matches('/');
    let folder = format!("{}/index.html", wanted.trim_end_matches('/'));
    let found = plan.pages().iter().find(|(path, _)| **path == *wanted || **path == *folder);
    let view = match found {
        Some((path, kind)) => {
            let view = Studio::new(&site, &plan, &sources).page(path, kind)?;
            Ok(serde_json::to_value(&view).expect("views hold nothing that JSON cannot"))
        }
        None => {
            let inside = plan.pages().iter().map(|(path, _)| path.to_string()).filter(|path| path.contains(wanted));
            let mut near: Vec<String> = inside.take(10).collect();
            if near.is_empty() {
                let paths = plan.pages().iter().map(|(path, _)| &**path);
                near.extend(crate::diagnostic::nearest(wanted, paths).map(str::to_owned));
            }
            Err(near)
        }
    };
    Ok(Inspection { sources, diagnostics, view })
}

/// Measures stages; the only clock of a build, and only for showing.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Clock {
        Clock { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        self.laps.push((stage, self.last.elapsed()));
        self.last = Instant::now();
    }
}
