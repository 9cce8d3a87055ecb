//! The pipeline from a site's folder to its pages. Reading and checking are joined; rendering and writing are not yet.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::check::check;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::plan::Plan;
use crate::site::{Site, Visibility};
use crate::source::Sources;

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
    /// Overrides `base_url` of the site.
    pub base_url: Option<String>,
    /// Worker threads; one per core when none.
    pub jobs: Option<usize>,
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

/// Reads, lays out and checks a site. Pages are not rendered or written yet.
pub fn run(options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let Outcome { sources, diagnostics, .. } = &mut outcome;
    if let Some(content) = crate::load::load(&options.root, sources, diagnostics)? {
        let show = Visibility { today: options.today, drafts: options.drafts };
        let site = Site::new(content, show, diagnostics);
        let plan = Plan::new(&site, diagnostics);
        check(&site, &plan, diagnostics);
    }
    Ok(outcome)
}

/// Computes the view of one page. None is computed yet.
pub fn inspect(options: &Options, _page: &str) -> Result<Inspection> {
    let Outcome { sources, diagnostics, .. } = run(options)?;
    Ok(Inspection { sources, diagnostics, view: Err(Vec::new()) })
}
