//! The site as reviewers read it: every page with a panel that tells what was found on it, which sentence stands behind each
//! figure, what changed since another version, and who signed; and one page over all of them. In go a planned site and what
//! was found in it, out come parts of pages. None of it is in a site that is built without asking for it.

mod board;
mod changes;
mod html;
mod panel;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use crate::diagnostic::catalogue::{Language, describe};
use crate::diagnostic::{Diagnostic, Level};
use crate::diff::{self, Difference, Manner, Scope, Side};
use crate::error::Result;
use crate::hash::Hash;
use crate::plan::{FileKind, PageKind, Plan};
use crate::render::Studio;
use crate::render::reviewed::{Reviewed, anchor};
use crate::render::view::Page;
use crate::report::Report;
use crate::sign::{self, Standing};
use crate::site::{ReportId, Site};
use crate::source::{Sources, Span};
use crate::version::{Loaded, Version};

use self::changes::Changes;

/// The page over all others.
pub const BOARD: &str = "review/index.html";

/// The folder of a site with panels, below the folder of the site.
pub const FOLDER: &str = "review";

/// What all names of this module's files begin with, which tells a site with panels from others.
const OWN: &str = "static/nianbao-review.";

/// What is wanted beside panels.
#[derive(Clone, Default)]
pub struct Wish {
    /// The version to compare with.
    pub base: Option<Arc<Base>>,
}

/// A version to compare with.
pub struct Base {
    version: Version,
    loaded: Loaded,
}

impl Base {
    /// A version that was loaded.
    pub fn new(version: Version, loaded: Loaded) -> Base {
        Base { version, loaded }
    }

    fn compare(&self, site: &Site, sources: &Sources, language: Language) -> Difference {
        let Some(former) = &self.loaded.site else { return Difference::default() };
        let is_data = self.version.is_data();
        let old =
            Side { site: former, sources: &self.loaded.sources, content: &self.loaded.content, has_files: !is_data };
        let new = Side { site, sources, content: "content/", has_files: true };
        let scope = if is_data { Scope::Values } else { Scope::Whole };
        diff::compare(old, new, Manner { scope, language })
    }
}

/// A planned site and what was found in it.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The folder of the site.
    pub root: &'a Path,
    /// The site.
    pub site: &'a Site,
    /// Its plan.
    pub plan: &'a Plan,
    /// Its files.
    pub sources: &'a Sources,
    /// What was found.
    pub found: &'a [Diagnostic],
}

/// A finding in words.
struct Finding {
    level: Level,
    code: &'static str,
    message: String,
    help: Vec<String>,
    /// File, line and column.
    place: Option<(Arc<str>, usize, usize)>,
    span: Option<Span>,
}

/// Everything panels tell.
pub struct Desk {
    language: Language,
    /// The version compared with, as its name was typed.
    base: Option<String>,
    /// By file and place.
    findings: Vec<Finding>,
    /// Places in the list of findings by the page they concern.
    on_page: BTreeMap<Arc<str>, Vec<usize>>,
    /// Those that concern no page.
    elsewhere: Vec<usize>,
    changes: Changes,
    /// By the path of the report.
    standings: BTreeMap<String, Standing>,
}

impl Desk {
    /// Sorts what is known of a site by its pages.
    ///
    /// # Errors
    /// When a signed report cannot be read.
    pub fn new(facts: Facts<'_>, wish: &Wish) -> Result<Desk> {
        let Facts { root, site, plan, sources, found } = facts;
        let chinese = site.config.language.is_chinese();
        let language = if chinese { Language::Chinese } else { Language::English };
        let standings = sign::status(root, site)?;
        let mut desk = Desk {
            language,
            base: wish.base.as_ref().map(|base| base.version.name.clone()),
            findings: Vec::new(),
            on_page: BTreeMap::new(),
            elsewhere: Vec::new(),
            changes: match &wish.base {
                Some(base) => {
                    Changes::of(base.compare(site, sources, language), (site, plan), &base.loaded.content, chinese)
                }
                None => Changes::default(),
            },
            standings: standings.into_iter().map(|one| (one.report.clone(), one)).collect(),
        };
        let mut sorted: Vec<&Diagnostic> = found.iter().collect();
        let file = |one: &Diagnostic| one.span.map(|span| sources.name(span.file).clone());
        sorted.sort_by(|a, b| file(a).cmp(&file(b)).then_with(|| a.cmp(b)));
        sorted.dedup();
        for one in sorted {
            desk.take(one, plan, sources);
        }
        Ok(desk)
    }

    fn take(&mut self, one: &Diagnostic, plan: &Plan, sources: &Sources) {
        let text = describe(one, self.language);
        let place = one.span.map(|span| {
            let place = sources.locate(span);
            (place.path, place.line, place.column)
        });
        let files = one.span.into_iter().chain(one.related.iter().map(|(span, _)| *span));
        let pages: BTreeSet<Arc<str>> = files
            .filter_map(|span| plan.made_from(sources.name(span.file).strip_prefix("content/")?).cloned())
            .filter(|page| page.ends_with(".html"))
            .collect();
        let at = self.findings.len();
        if pages.is_empty() {
            self.elsewhere.push(at);
        }
        for page in pages {
            self.on_page.entry(page).or_default().push(at);
        }
        let (level, code, span) = (one.level, one.code, one.span);
        self.findings.push(Finding { level, code, message: text.message, help: text.help, place, span });
    }

    /// A rendered page with its panel; a page that leads elsewhere at once gets none, but a word to search engines.
    ///
    /// # Errors
    /// When the text of a report cannot be read.
    pub fn page(&self, studio: &Studio<'_>, page: &Page, kind: &PageKind, html: &str) -> Result<String> {
        let html = head(html, &page.root);
        let report = match kind {
            PageKind::Redirect(_) => return Ok(html),
            PageKind::Report(id) | PageKind::Proof(id) => Some(*id),
            _ => None,
        };
        let subject = self.subject(studio, &page.path, report);
        let panel = panel::panel(self, studio, &subject, &html)?;
        let end = html.rfind("</body>").unwrap_or(html.len());
        let (before, after) = html.split_at(end);
        Ok(format!("{before}{panel}{after}"))
    }

    fn subject<'a>(&self, studio: &Studio<'a>, path: &'a str, report: Option<ReportId>) -> Subject<'a> {
        let own = report.and_then(|id| studio.plan.page_path(&PageKind::Report(id)));
        Subject { path, about: own.map_or(path, |own| own), report: report.map(|id| (id, studio.site.report(id))) }
    }

    /// The page over all others.
    ///
    /// # Errors
    /// When the text of a report cannot be read.
    pub fn board(&self, studio: &Studio<'_>) -> Result<String> {
        board::page(self, studio)
    }

    /// How many findings of a list there are of each level.
    fn counts(&self, list: &[usize]) -> [usize; 3] {
        [Level::Error, Level::Warning, Level::Note]
            .map(|level| list.iter().filter(|at| self.findings[**at].level == level).count())
    }

    fn on(&self, page: &str) -> &[usize] {
        self.on_page.get(page).map(Vec::as_slice).unwrap_or_default()
    }

    /// The Chinese words, or the English ones.
    fn say<'w>(&self, chinese: &'w str, english: &'w str) -> &'w str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// What a panel is about.
struct Subject<'a> {
    /// The page it stands on.
    path: &'a str,
    /// The page whose findings and changes it tells: for a proof sheet that of the report.
    about: &'a str,
    report: Option<(ReportId, &'a Report)>,
}

impl Subject<'_> {
    /// The address of another page.
    fn to(&self, page: &str) -> String {
        crate::plan::relative(self.path, page)
    }

    /// The place of a finding in the text of the page, by name.
    fn anchor(&self, finding: &Finding) -> Option<String> {
        let ((_, report), span) = (self.report?, finding.span?);
        let start = (span.start as usize).checked_sub(report.body.offset)?;
        (span.file == report.body.file).then(|| anchor(start))
    }
}

/// What a reviewer looks at in a report: the figures without a sentence, and those of the text without a metric.
fn without(reviewed: &Reviewed) -> [usize; 2] {
    [reviewed.figures.iter().filter(|one| !one.backed).count(), reviewed.loose.len()]
}

/// Adds to the head of a page that it is not for search engines, and what panels need.
fn head(html: &str, root: &str) -> String {
    let [(style, _), (script, _), _] = &*ASSETS;
    let tags = format!(
        "<meta name=\"robots\" content=\"noindex\">\n<link rel=\"stylesheet\" href=\"{root}{style}\">\n\
         <script defer src=\"{root}{script}\"></script>\n</head>"
    );
    html.replacen("</head>", &tags, 1)
}

/// The style, the script, and the icon of the page over all others.
static ASSETS: LazyLock<[(String, &'static [u8]); 3]> = LazyLock::new(|| {
    let named = |bytes: &'static [u8], ending: &str| (format!("{OWN}{}.{ending}", Hash::of(bytes).short()), bytes);
    [
        named(include_bytes!("review/panel.css"), "css"),
        named(include_bytes!("review/panel.js"), "js"),
        named(include_bytes!("review/icon.svg"), "svg"),
    ]
});

/// The files that pages with panels need.
pub fn assets() -> &'static [(String, &'static [u8])] {
    &*ASSETS
}

/// Whether these are the files of a site that was built without panels.
pub fn is_public<'a>(files: impl Iterator<Item = &'a str>) -> bool {
    let mut files = files.peekable();
    files.peek().is_some() && !files.any(|path| path.starts_with(OWN))
}

/// What stands instead of a file of the site, where panels are made: robots are kept out.
pub fn instead(kind: &FileKind) -> Option<&'static [u8]> {
    (*kind == FileKind::Robots).then_some(b"User-agent: *\nDisallow: /\n")
}
