//! The site as it stands at one moment: what a browser is shown until something changes. Made from the folder, with what
//! did not change taken from the edition before.

use std::hash::{Hash as _, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use xxhash_rust::xxh3::Xxh3;

use super::watch::Change;
use crate::build::{self, Memo};
use crate::diagnostic::{Diagnostic, Level};
use crate::error::{Action, Error, Result};
use crate::hash::Hash;
use crate::load::{self, Former};
use crate::plan::{FileKind, PageKind, Plan};
use crate::render::{Studio, site_view};
use crate::review::{self, Desk};
use crate::site::{Site, Visibility};
use crate::source::Sources;
use crate::theme::{self, Theme};
use crate::{check, export};

/// One state of the site.
#[derive(Clone)]
pub(super) struct Edition {
    site: Arc<Site>,
    plan: Arc<Plan>,
    theme: Arc<Theme>,
    sources: Arc<Sources>,
    /// What was read to make it.
    pub inputs: Hash,
    /// What the addresses of the site follow from, as far as it is cheap to tell.
    shape: u64,
    /// Whether the plan is that of an edition before with the same shape: quick, but a chart may lack its address.
    provisional: bool,
    /// What panels for reviewers tell; none without panels. With them an edition is checked before it is shown.
    desk: Option<Arc<Desk>>,
    /// Which one it is; no two of one run are alike, nor those of two runs.
    pub number: u64,
}

/// What is sent for an address.
pub(super) enum Answer {
    /// A file: its bytes, the name that tells its type, and whether there is no such page.
    File {
        /// The bytes.
        bytes: Vec<u8>,
        /// The path it has in the site.
        path: String,
        /// Whether it stands for a page that does not exist.
        missing: bool,
    },
    /// The folder of a page, asked for without its closing slash.
    Folder,
    /// A template that fails.
    Mistake(Box<Diagnostic>),
    /// Neither a page nor a page that says so.
    Nothing,
}

/// What came of putting a site together.
pub(super) struct Made {
    /// The edition; none when mistakes stand against it.
    pub edition: Option<Edition>,
    /// The files looked at and the mistakes in them.
    pub found: (Sources, Vec<Diagnostic>),
}

/// Where editions are made; it remembers what the next one need not read again.
pub(super) struct Kitchen {
    options: build::Options,
    /// The folder of the content as the watch names it, links followed.
    content: PathBuf,
    former: Former,
    memo: Option<Memo>,
}

impl Kitchen {
    /// For a folder. Texts that the last build found clean need not be checked again.
    pub(super) fn new(options: &build::Options) -> Kitchen {
        let output = options.output.clone().unwrap_or_else(|| options.root.join("public"));
        let root = options.root.canonicalize().unwrap_or_else(|_| options.root.clone());
        let [content, _] = folders(&root);
        Kitchen { options: options.clone(), content, former: Former::default(), memo: Memo::beside(&output) }
    }

    /// Forgets what may have changed.
    pub(super) fn forget(&mut self, change: &Change) {
        if change.everything {
            self.former = Former::default();
        }
        for file in &change.files {
            if let Ok(name) = file.strip_prefix(&self.content) {
                self.former.forget(&name.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
            }
        }
    }

    /// Puts the site together as it stands in the folder, up to the mistakes that keep it from being shown.
    pub(super) fn cook(&mut self, before: Option<&Edition>) -> Result<Made> {
        let (mut sources, mut found) = (Sources::default(), Vec::new());
        let Some(mut content) = load::load_after(&self.options.root, Some(&mut self.former), &mut sources, &mut found)?
        else {
            return Ok(Made { edition: None, found: (sources, found) });
        };
        if let Some(base) = &self.options.base_url {
            content.config.base_url = base.clone();
        }
        let theme = theme::load(&self.options.root, &content.config, &mut sources, &mut found)?;
        let Some(mut theme) = theme.filter(|_| !found.iter().any(|one| one.level == Level::Error)) else {
            return Ok(Made { edition: None, found: (sources, found) });
        };
        let show = Visibility { today: self.options.today, drafts: self.options.drafts };
        let site = Site::new(content, show, &mut found);
        let shape = shape(&site, &sources);
        let former = before.filter(|before| before.shape == shape).map(|before| before.plan.clone());
        let provisional = former.is_some();
        let plan = former.unwrap_or_else(|| Arc::new(Plan::new(&site, &mut found)));
        theme.set_site(&site_view(&site, &plan, &theme));
        let mut edition = Edition {
            site: Arc::new(site),
            plan,
            theme: Arc::new(theme),
            inputs: inputs(&sources),
            sources: Arc::new(sources.clone()),
            shape,
            provisional,
            desk: None,
            number: number(),
        };
        if edition.theme.is_own && before.is_none_or(|before| !edition.has_theme_of(before)) {
            found.extend(edition.try_templates()?);
        }
        if found.iter().any(|one| one.code == "template-error") {
            return Ok(Made { edition: None, found: (sources, found) });
        }
        if let Some(wish) = self.options.review.clone() {
            edition = self.plan_anew(&edition, &mut found).unwrap_or(edition);
            found = self.check(&edition, found);
            let Edition { site, plan, .. } = &edition;
            let facts = review::Facts { root: &self.options.root, site, plan, sources: &sources, found: &found };
            edition.desk = Some(Arc::new(Desk::new(facts, &wish)?));
        }
        Ok(Made { edition: Some(edition), found: (sources, found) })
    }

    /// The edition with a plan of its own, if it had to do with a former one. The mistakes of planning are added.
    pub(super) fn plan_anew(&self, edition: &Edition, found: &mut Vec<Diagnostic>) -> Option<Edition> {
        edition.provisional.then(|| {
            let plan = Arc::new(Plan::new(&edition.site, found));
            Edition { plan, provisional: false, ..edition.clone() }
        })
    }

    /// Everything that is to be found in an edition, after what was found in making it.
    pub(super) fn check(&mut self, edition: &Edition, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Edition { site, plan, theme, sources, .. } = edition;
        let view = site_view(site, plan, theme);
        if let Some(memo) = &mut self.memo {
            memo.compare_with(&self.options, sources, site, plan, &view);
        }
        let known = self.memo.as_ref().map_or(&check::Nothing as &dyn check::Known, |memo| memo);
        check::check(site, plan, sources, known, &mut found);
        check::apply_levels(&site.config.levels, &mut found);
        self.memo = self.memo.take().map(|memo| memo.renewed(site, plan));
        found
    }
}

impl Edition {
    /// What stands at a path below the root of the site, with percent escapes resolved.
    pub(super) fn answer(&self, path: &str) -> Result<Answer> {
        let page = |path: &str| self.plan.pages().binary_search_by(|(known, _)| (**known).cmp(path)).ok();
        let file = |path: &str| self.plan.files().binary_search_by(|(known, _)| (**known).cmp(path)).ok();
        let whole = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(at) = page(&whole) {
            let (path, kind) = &self.plan.pages()[at];
            return self.page(path, kind, false);
        }
        if let Some(at) = file(&whole) {
            let (path, kind) = &self.plan.files()[at];
            return Ok(Answer::File { bytes: self.file(path, kind)?, path: path.to_string(), missing: false });
        }
        if let Some((path, bytes)) = self.theme.assets.iter().find(|(path, _)| *path == whole) {
            return Ok(Answer::File { bytes: bytes.to_vec(), path: path.clone(), missing: false });
        }
        if let Some(desk) = &self.desk {
            if whole == review::BOARD {
                return Ok(Answer::File {
                    bytes: desk.board(&self.studio())?.into_bytes(),
                    path: whole,
                    missing: false,
                });
            }
            if let Some((path, bytes)) = review::assets().iter().find(|(path, _)| *path == whole) {
                return Ok(Answer::File { bytes: bytes.to_vec(), path: path.clone(), missing: false });
            }
        }
        if page(&format!("{path}/index.html")).is_some() {
            return Ok(Answer::Folder);
        }
        // A missing picture is no page.
        match self.plan.page_path(&PageKind::NotFound).filter(|_| whole.ends_with(".html") || !whole.contains('.')) {
            Some(path) => self.page(path, &PageKind::NotFound, true),
            None => Ok(Answer::Nothing),
        }
    }

    fn page(&self, path: &str, kind: &PageKind, missing: bool) -> Result<Answer> {
        let studio = self.studio();
        let page = studio.page(path, kind)?;
        Ok(match self.theme.render(&page) {
            Ok(html) if let Some(desk) = &self.desk => {
                let html = desk.page(&studio, &page, kind, &html)?;
                Answer::File { bytes: html.into_bytes(), path: path.to_owned(), missing }
            }
            Ok(html) => Answer::File { bytes: html.into_bytes(), path: path.to_owned(), missing },
            Err(mistake) => Answer::Mistake(Box::new(mistake)),
        })
    }

    /// Whether no file of the theme changed since an edition before.
    fn has_theme_of(&self, before: &Edition) -> bool {
        let files = |edition: &Edition| -> Vec<(String, Option<Hash>)> {
            let own = edition.sources.files().filter(|(_, name)| name.starts_with("themes/"));
            own.map(|(file, name)| (name.to_owned(), edition.sources.hash(file))).collect()
        };
        files(self) == files(before)
    }

    /// The mistakes of templates that one page of each kind shows.
    fn try_templates(&self) -> Result<Vec<Diagnostic>> {
        let mut mistakes = Vec::new();
        for (path, kind) in build::one_of_each(&self.plan) {
            if let Answer::Mistake(mistake) = self.page(path, kind, false)? {
                mistakes.push(*mistake);
            }
        }
        mistakes.sort();
        mistakes.dedup();
        Ok(mistakes)
    }

    fn studio(&self) -> Studio<'_> {
        let studio = Studio::new(&self.site, &self.plan, &self.sources);
        if self.desk.is_some() { studio.for_review() } else { studio }
    }

    /// Whether everything was found already that is to be found.
    pub(super) fn is_checked(&self) -> bool {
        self.desk.is_some()
    }

    /// The files it was made from.
    pub(super) fn sources(&self) -> &Sources {
        &self.sources
    }

    fn file(&self, path: &str, kind: &FileKind) -> Result<Vec<u8>> {
        if let FileKind::Content(at) = kind {
            return crate::fs::read(&self.site.files()[*at].disk);
        }
        if let Some(bytes) = Studio::new(&self.site, &self.plan, &self.sources).chart_file(path, kind) {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        let made = export::write(&self.site, &self.plan, kind, &mut bytes);
        made.map_err(|cause| Error::new(Action::Write, &std::env::temp_dir(), cause))?;
        Ok(bytes)
    }

    /// The style sheets that stand instead of those of an edition before, by their plain names, as a JSON object; none if
    /// anything besides them differs in the theme.
    pub(super) fn styles_instead_of(&self, before: &Edition) -> Option<String> {
        let own = |edition: &Edition| edition.theme.asset_paths.clone();
        let (new, old) = (own(self), own(before));
        let changed: serde_json::Map<String, serde_json::Value> = new
            .iter()
            .filter(|(name, path)| old.get(*name) != Some(path))
            .map(|(name, path)| (name.clone(), path.clone().into()))
            .collect();
        let styles = !changed.is_empty() && changed.keys().all(|name| name.ends_with(".css"));
        styles.then(|| serde_json::Value::Object(changed).to_string())
    }
}

fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let run = std::process::id();
    (u64::from(run) << 32) | NEXT.fetch_add(1, Ordering::Relaxed)
}

fn inputs(sources: &Sources) -> Hash {
    let files = sources.files().map(|(file, name)| {
        let hash = sources.hash(file).map(|hash| hash.to_string()).unwrap_or_default();
        format!("{hash} {name}\n")
    });
    Hash::of(files.collect::<String>().as_bytes())
}

/// A number that is the same where two sites have the same reports, pages, files and places with figures, and the same
/// settings, indicators and regions.
fn shape(site: &Site, sources: &Sources) -> u64 {
    let mut hasher = Xxh3::new();
    for (file, name) in sources.files() {
        if name.strip_prefix("content/").is_some_and(|name| load::READ.contains(&name)) {
            sources.hash(file).hash(&mut hasher);
        }
    }
    for report in site.all_reports() {
        (&report.path, report.region, report.period, report.kind, report.metrics.is_empty()).hash(&mut hasher);
        report.aliases.iter().for_each(|(alias, _)| alias.hash(&mut hasher));
        report.body.outline.charts.iter().for_each(|chart| (&chart.id, &chart.request).hash(&mut hasher));
    }
    for page in site.pages().iter().chain(site.home()) {
        page.path.hash(&mut hasher);
        page.aliases.iter().for_each(|(alias, _)| alias.hash(&mut hasher));
        page.body.outline.charts.iter().for_each(|chart| (&chart.id, &chart.request).hash(&mut hasher));
    }
    site.files().iter().for_each(|file| file.path.hash(&mut hasher));
    site.observations().iter().for_each(|one| (one.indicator, one.region, one.period, one.role).hash(&mut hasher));
    hasher.finish()
}

/// Where files of a site lie.
pub(super) fn folders(root: &Path) -> [PathBuf; 2] {
    [root.join("content"), root.join("themes")]
}
