//! The list of everything the site will hold, and the only maker of addresses. In goes the site, out come pages and files
//! with paths below the output folder; two things of one path are reported before anything is written.

pub mod slug;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::config::Outputs;
use crate::diagnostic::Diagnostic;
use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::region::RegionId;
use crate::report::ChartRequest;
use crate::site::choice::{self, Choice, Document, GRID_LIMIT};
use crate::site::reads::{self, Cell, note, note_as};
use crate::site::{ReportId, Role, Site};
use crate::source::Span;

/// What a page shows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PageKind {
    /// The home page.
    Home,
    /// A report.
    Report(ReportId),
    /// The tree of regions.
    Regions,
    /// A region's profile.
    Region(RegionId),
    /// Indicators by topic.
    Indicators,
    /// An indicator.
    Indicator(IndicatorId),
    /// An indicator among the children of a region.
    IndicatorChildren(IndicatorId, RegionId),
    /// All periods.
    Years,
    /// A period.
    Year(Period),
    /// A period in the regions below one.
    YearChildren(Period, RegionId),
    /// All targets.
    Progress,
    /// The targets of the regions below one.
    ProgressChildren(RegionId),
    /// Choosing and comparing.
    Compare,
    /// Catalogue and downloads.
    Data,
    /// A free page, by its place in [`Site::pages`].
    Free(usize),
    /// The revisions of published figures; only where there are any.
    Revisions,
    /// The sitemap page.
    Sitemap,
    /// 404.html.
    NotFound,
    /// A former address of another page.
    Redirect(Arc<str>),
    /// A chart as a page of its own for frames of other sites, by its place in [`Plan::charts`].
    Embed(usize),
    /// The proof sheet of a report.
    Proof(ReportId),
}

/// A file that is no page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FileKind {
    /// Observations of the whole site.
    Observations(DataFormat),
    /// Observations of an indicator.
    IndicatorData(IndicatorId, DataFormat),
    /// Observations of a region.
    RegionData(RegionId, DataFormat),
    /// Another table of the whole site, as CSV.
    Table(DataTable),
    /// datapackage.json: what the tables hold, for machines.
    DataPackage,
    /// The drawing of a chart, by its place in [`Plan::charts`].
    ChartSvg(usize),
    /// The figures of a chart, by its place in [`Plan::charts`].
    ChartCsv(usize),
    /// What the compare page may choose from, as a script.
    CompareIndex,
    /// The figures of an indicator for the compare page, as a script.
    CompareData(IndicatorId),
    /// The Atom feed.
    Feed,
    /// The Atom feed of revisions; only where there are any.
    RevisionFeed,
    /// sitemap.xml.
    SitemapXml,
    /// robots.txt.
    Robots,
    /// A file of the content, by its place in [`Site::files`].
    Content(usize),
}

/// Formats of data files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DataFormat {
    /// CSV with a byte order mark.
    Csv,
    /// JSON.
    Json,
    /// A workbook of Excel with its notes.
    Xlsx,
}

impl DataFormat {
    /// All formats.
    pub const ALL: [DataFormat; 3] = [DataFormat::Csv, DataFormat::Json, DataFormat::Xlsx];

    /// The formats a site is given in.
    fn of(outputs: Outputs) -> impl Iterator<Item = DataFormat> {
        DataFormat::ALL.into_iter().filter(move |format| outputs.workbooks || *format != DataFormat::Xlsx)
    }

    /// The ending of file names.
    pub fn ending(self) -> &'static str {
        match self {
            DataFormat::Csv => "csv",
            DataFormat::Json => "json",
            DataFormat::Xlsx => "xlsx",
        }
    }
}

/// The tables of the site's data.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DataTable {
    /// A row a figure.
    Observations,
    /// A row an indicator.
    Indicators,
    /// A row a region.
    Regions,
    /// A row a target, with its result.
    Targets,
    /// A row a value worked out from two others.
    Derived,
}

impl DataTable {
    /// All tables.
    pub const ALL: [DataTable; 5] =
        [DataTable::Observations, DataTable::Indicators, DataTable::Regions, DataTable::Targets, DataTable::Derived];

    /// The name of its file without ending.
    pub fn name(self) -> &'static str {
        match self {
            DataTable::Observations => "observations",
            DataTable::Indicators => "indicators",
            DataTable::Regions => "regions",
            DataTable::Targets => "targets",
            DataTable::Derived => "derived",
        }
    }

    /// Its CSV file for the whole site.
    pub fn file(self) -> FileKind {
        match self {
            DataTable::Observations => FileKind::Observations(DataFormat::Csv),
            other => FileKind::Table(other),
        }
    }
}

/// The plan of a site.
#[derive(Debug)]
pub struct Plan {
    pages: Vec<(Arc<str>, PageKind)>,
    files: Vec<(Arc<str>, FileKind)>,
    /// Charts with an address of their own.
    pub charts: Vec<PlannedChart>,
    by_chart: BTreeMap<ChartRequest, usize>,
    by_kind: BTreeMap<PageKind, Arc<str>>,
    by_file: BTreeMap<FileKind, Arc<str>>,
    by_source: BTreeMap<Arc<str>, Arc<str>>,
}

/// A chart with an address of its own.
#[derive(Clone, Debug)]
pub struct PlannedChart {
    /// What it shows.
    pub request: ChartRequest,
    /// The page it was made for.
    pub home: PageKind,
    /// Its id in that page.
    pub anchor: String,
}

/// Longest name of a file or folder, in bytes; most file systems refuse longer ones.
const NAME_LIMIT: usize = 255;

impl Plan {
    /// Plans a site.
    pub fn new(site: &Site, found: &mut Vec<Diagnostic>) -> Plan {
        let mut plan = Plan {
            pages: Vec::new(),
            files: Vec::new(),
            charts: Vec::new(),
            by_chart: BTreeMap::new(),
            by_kind: BTreeMap::new(),
            by_file: BTreeMap::new(),
            by_source: BTreeMap::new(),
        };
        let mut places = Places { taken: BTreeMap::new(), found };
        plan.fixed(site, &mut places);
        plan.documents(site, &mut places);
        plan.numbers(site, &mut places);
        if site.config.outputs.embeds {
            plan.drawings(site, &mut places);
        }
        plan.aliases(site, &mut places);
        plan.pages.sort();
        plan.files.sort();
        plan
    }

    fn page(&mut self, places: &mut Places<'_>, path: String, kind: PageKind, origin: Option<Span>) {
        if !places.take(&path, origin) {
            return;
        }
        let path: Arc<str> = path.into();
        if !matches!(kind, PageKind::Redirect(_)) {
            self.by_kind.insert(kind.clone(), path.clone());
        }
        self.pages.push((path, kind));
    }

    fn file(&mut self, places: &mut Places<'_>, path: String, kind: FileKind, origin: Option<Span>) {
        if !places.take(&path, origin) {
            return;
        }
        let path: Arc<str> = path.into();
        self.by_file.insert(kind.clone(), path.clone());
        self.files.push((path, kind));
    }

    fn fixed(&mut self, site: &Site, places: &mut Places<'_>) {
        let pages = [
            ("index.html", PageKind::Home),
            ("regions/index.html", PageKind::Regions),
            ("indicators/index.html", PageKind::Indicators),
            ("years/index.html", PageKind::Years),
            ("progress/index.html", PageKind::Progress),
            ("compare/index.html", PageKind::Compare),
            ("data/index.html", PageKind::Data),
            ("sitemap/index.html", PageKind::Sitemap),
            ("404.html", PageKind::NotFound),
        ];
        for (path, kind) in pages {
            self.page(places, path.to_owned(), kind, None);
        }
        let files = [
            ("data/observations.json", FileKind::Observations(DataFormat::Json)),
            ("data/datapackage.json", FileKind::DataPackage),
            ("data/compare.js", FileKind::CompareIndex),
            ("feed.xml", FileKind::Feed),
            ("sitemap.xml", FileKind::SitemapXml),
            ("robots.txt", FileKind::Robots),
        ];
        for (path, kind) in files {
            self.file(places, path.to_owned(), kind, None);
        }
        if !site.revisions().is_empty() {
            self.page(places, "revisions/index.html".to_owned(), PageKind::Revisions, None);
            self.file(places, "revisions.xml".to_owned(), FileKind::RevisionFeed, None);
        }
        if site.config.outputs.workbooks && site.observations().len() <= WORKBOOK_LIMIT {
            let whole = FileKind::Observations(DataFormat::Xlsx);
            self.file(places, "data/observations.xlsx".to_owned(), whole, None);
        }
        for table in DataTable::ALL {
            self.file(places, format!("data/{}.csv", table.name()), table.file(), None);
        }
    }

    fn documents(&mut self, site: &Site, places: &mut Places<'_>) {
        for (id, report) in site.reports() {
            let code = &site.regions.get(report.region).code;
            let path = format!("reports/{}/{}/index.html", slug::slug(code), slug::of_file(&report.path));
            self.by_source.insert(report.path.clone(), path.as_str().into());
            if site.config.outputs.proofs && !report.metrics.is_empty() {
                let proof = path.replace("index.html", "proof.html");
                self.page(places, proof, PageKind::Proof(id), Some(report.span));
            }
            self.page(places, path, PageKind::Report(id), Some(report.span));
        }
        for (at, page) in site.pages().iter().enumerate() {
            let below = page.path.strip_prefix("pages/").unwrap_or(&page.path);
            let mut segments: Vec<String> = below.split('/').map(slug::of_file).collect();
            if segments.last().is_some_and(|last| last == "index") {
                segments.pop();
            }
            segments.push("index.html".to_owned());
            let path = format!("pages/{}", segments.join("/"));
            self.by_source.insert(page.path.clone(), path.as_str().into());
            self.page(places, path, PageKind::Free(at), Some(page.span));
        }
        if let Some(home) = site.home() {
            self.by_source.insert(home.path.clone(), "index.html".into());
        }
        for (at, file) in site.files().iter().enumerate() {
            let path = format!("files/{}", file.path);
            self.by_source.insert(file.path.clone(), path.as_str().into());
            self.file(places, path, FileKind::Content(at), None);
        }
    }

    fn numbers(&mut self, site: &Site, places: &mut Places<'_>) {
        let mut regions = site.regions_with_data();
        let above: Vec<RegionId> = regions.iter().flat_map(|id| site.regions.ancestors(*id)).collect();
        regions.extend(above);
        for id in regions {
            let code = slug::slug(&site.regions.get(id).code);
            self.page(places, format!("regions/{code}/index.html"), PageKind::Region(id), None);
            if site.of_region(id).next().is_some() {
                for format in DataFormat::of(site.config.outputs) {
                    let kind = FileKind::RegionData(id, format);
                    self.file(places, format!("data/regions/{code}.{}", format.ending()), kind, None);
                }
            }
        }
        for (id, indicator) in site.indicators.iter() {
            let name = slug::slug(&indicator.id);
            self.page(places, format!("indicators/{name}/index.html"), PageKind::Indicator(id), Some(indicator.span));
            for format in DataFormat::of(site.config.outputs) {
                let kind = FileKind::IndicatorData(id, format);
                self.file(places, format!("data/indicators/{name}.{}", format.ending()), kind, None);
            }
            self.file(places, format!("data/compare/{name}.js"), FileKind::CompareData(id), None);
            for parent in crowded_parents(site, id) {
                let code = slug::slug(&site.regions.get(parent).code);
                let path = format!("indicators/{name}/{code}/index.html");
                self.page(places, path, PageKind::IndicatorChildren(id, parent), None);
            }
        }
        for period in site.periods().collect::<BTreeSet<_>>() {
            self.page(places, format!("years/{}/index.html", period.slug()), PageKind::Year(period), None);
            for parent in year_parents(site, period) {
                let code = slug::slug(&site.regions.get(parent).code);
                let path = format!("years/{}/{code}/index.html", period.slug());
                self.page(places, path, PageKind::YearChildren(period, parent), None);
            }
        }
        for parent in progress_parents(site) {
            let code = slug::slug(&site.regions.get(parent).code);
            self.page(places, format!("progress/{code}/index.html"), PageKind::ProgressChildren(parent), None);
        }
    }

    /// A page, a drawing and a table for every chart that has an address: `embed/<path>.html`, `.svg`, `.csv`.
    fn drawings(&mut self, site: &Site, places: &mut Places<'_>) {
        for fence in choice::of_fences(site) {
            let (home, source, span) = match fence.document {
                Document::Home => (PageKind::Home, "index", None),
                Document::Report(id) => (PageKind::Report(id), &*site.report(id).path, Some(fence.span)),
                Document::Page(at) => (PageKind::Free(at), &*site.page(at).path, Some(fence.span)),
            };
            let folder: Vec<String> = source.split('/').map(slug::of_file).collect();
            let name = fence.id.map_or_else(|| (fence.index + 1).to_string(), slug::slug);
            let chart = PlannedChart { request: fence.request, home, anchor: fence_anchor(fence.index) };
            let path = format!("{}/{name}", folder.join("/"));
            // An address that the author chose is kept although the chart has another one.
            if fence.id.is_some() || self.chart_of(&chart.request).is_none() {
                self.chart(places, &path, chart, span);
            }
        }
        // Pages share charts: the first to show one lends it its name.
        let pages: Vec<PageKind> = self.pages.iter().map(|(_, kind)| kind.clone()).collect();
        for kind in pages {
            let (folder, choices) = match &kind {
                PageKind::Home => ("index".to_owned(), choice::home(site)),
                PageKind::Region(id) => (region_folder(site, *id), choice::region(site, *id)),
                PageKind::Indicator(id) => (indicator_folder(site, *id), choice::indicator(site, *id)),
                PageKind::IndicatorChildren(id, parent) => {
                    let code = slug::slug(&site.regions.get(*parent).code);
                    (format!("{}/{code}", indicator_folder(site, *id)), choice::children(site, *id, *parent))
                }
                PageKind::Year(period) => (format!("years/{}", period.slug()), choice::year(site, *period)),
                PageKind::Report(id) => {
                    let report = site.report(*id);
                    let folder = format!("{}/{}", region_folder(site, report.region), slug::of_file(&report.path));
                    (folder, choice::report(site, *id))
                }
                _ => continue,
            };
            for Choice { anchor, request } in choices {
                let path = format!("{folder}/{}", anchor.trim_start_matches("chart-"));
                if self.chart_of(&request).is_none() {
                    self.chart(places, &path, PlannedChart { request, home: kind.clone(), anchor }, None);
                }
            }
        }
    }

    /// Gives a chart an address.
    fn chart(&mut self, places: &mut Places<'_>, path: &str, chart: PlannedChart, origin: Option<Span>) {
        let at = self.charts.len();
        self.by_chart.entry(chart.request.clone()).or_insert(at);
        self.charts.push(chart);
        self.page(places, format!("embed/{path}.html"), PageKind::Embed(at), origin);
        self.file(places, format!("embed/{path}.svg"), FileKind::ChartSvg(at), origin);
        self.file(places, format!("embed/{path}.csv"), FileKind::ChartCsv(at), origin);
    }

    /// The place of a chart in [`Plan::charts`]; `None` when it has no address of its own.
    pub fn chart_of(&self, request: &ChartRequest) -> Option<usize> {
        note_as(|| Cell::Chart(request_key(request)));
        self.by_chart.get(request).copied()
    }

    fn aliases(&mut self, site: &Site, places: &mut Places<'_>) {
        let reports = site.reports().map(|(id, report)| (PageKind::Report(id), &report.aliases));
        let pages = site.pages().iter().enumerate().map(|(at, page)| (PageKind::Free(at), &page.aliases));
        let all: Vec<_> = reports.chain(pages).collect();
        for (kind, aliases) in all {
            let Some(target) = self.by_kind.get(&kind).cloned() else { continue };
            for (alias, span) in aliases {
                let path = alias.trim_start_matches('/');
                let path =
                    if path.ends_with('/') || path.is_empty() { format!("{path}index.html") } else { path.to_owned() };
                let plain = path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains('\\');
                let folded = fold(&path);
                if !plain || !path.ends_with(".html") {
                    places.found.push(Diagnostic::error("path-unsafe", *span).arg("path", alias));
                } else if places.meets(&folded) {
                    places.found.push(Diagnostic::error("alias-clash", *span).arg("alias", alias).arg("path", path));
                } else {
                    self.page(places, path, PageKind::Redirect(target.clone()), Some(*span));
                }
            }
        }
    }

    /// Pages by path.
    pub fn pages(&self) -> &[(Arc<str>, PageKind)] {
        note(Cell::Addresses);
        &self.pages
    }

    /// Other files by path.
    pub fn files(&self) -> &[(Arc<str>, FileKind)] {
        note(Cell::Addresses);
        &self.files
    }

    /// The path of a page; `None` when the site has no such page.
    pub fn page_path(&self, kind: &PageKind) -> Option<&Arc<str>> {
        noted(self.by_kind.get(kind))
    }

    /// The path of a file; `None` when the site has no such file.
    pub fn file_path(&self, kind: &FileKind) -> Option<&Arc<str>> {
        noted(self.by_file.get(kind))
    }

    /// The path of the page or file made from a file of the content, by its path below `content/`; a page or file nobody
    /// wrote (`indicators/index.html`, `data/observations.csv`) by its own path.
    pub fn made_from(&self, source: &str) -> Option<&Arc<str>> {
        note(Cell::Addresses);
        let page =
            |path: &str| self.pages.binary_search_by(|(known, _)| (**known).cmp(path)).ok().map(|at| &self.pages[at].0);
        let file = || self.files.binary_search_by(|(known, _)| (**known).cmp(source)).ok().map(|at| &self.files[at].0);
        let made = self.by_source.get(source).or_else(|| page(source)).or_else(file);
        made.or_else(|| page(&format!("{source}/index.html")))
    }

    /// Paths below `content/` that became something, for suggestions.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        note(Cell::Addresses);
        self.by_source.keys().map(AsRef::as_ref)
    }

    /// The link from a page to a page; empty when there is no such page.
    pub fn link(&self, from: &str, to: &PageKind) -> String {
        self.page_path(to).map(|path| relative(from, path)).unwrap_or_default()
    }

    /// The link from a page to a file; empty when there is no such file.
    pub fn file_link(&self, from: &str, to: &FileKind) -> String {
        self.file_path(to).map(|path| relative(from, path)).unwrap_or_default()
    }
}

/// Notes the address that was asked for. The path of a page follows from what it shows; only whether there is one may change.
fn noted(path: Option<&Arc<str>>) -> Option<&Arc<str>> {
    note_as(|| path.map_or(Cell::Addresses, |path| Cell::Address(reads::name(path))));
    path
}

/// The hash by which the cell of a chart goes.
pub fn request_key(request: &ChartRequest) -> u64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    request.hash(&mut hasher);
    hasher.finish()
}

fn region_folder(site: &Site, id: RegionId) -> String {
    format!("regions/{}", slug::slug(&site.regions.get(id).code))
}

fn indicator_folder(site: &Site, id: IndicatorId) -> String {
    format!("indicators/{}", slug::slug(&site.indicators.get(id).id))
}

/// The id in its page of a chart fence.
pub fn fence_anchor(index: usize) -> String {
    format!("chart-text-{}", index + 1)
}

/// Parents with so many children in an indicator that these get a page of their own.
pub fn crowded_parents(site: &Site, indicator: IndicatorId) -> Vec<RegionId> {
    let regions = site.regions_of(indicator);
    if regions.len() <= GRID_LIMIT {
        return Vec::new();
    }
    parents(site, regions.into_iter())
}

/// Parents whose children have pages of their own for a period, because the period has too many figures for one.
pub fn year_parents(site: &Site, period: Period) -> Vec<RegionId> {
    let values = || site.of_period(period).filter(|one| one.role.is_value());
    if values().count() <= LIST_LIMIT {
        return Vec::new();
    }
    parents(site, values().map(|one| one.region))
}

/// Parents the targets of whose children have a page of their own, because there are too many targets for one.
pub fn progress_parents(site: &Site) -> Vec<RegionId> {
    let goals = || site.observations().iter().filter(|one| one.role == Role::Target);
    if goals().count() <= LIST_LIMIT {
        return Vec::new();
    }
    parents(site, goals().map(|one| one.region))
}

/// The parents of regions, by code.
fn parents(site: &Site, regions: impl Iterator<Item = RegionId>) -> Vec<RegionId> {
    let parents: BTreeSet<RegionId> = regions.filter_map(|id| site.regions.get(id).parent).collect();
    let mut parents: Vec<RegionId> = parents.into_iter().collect();
    parents.sort_by_key(|id| site.regions.get(*id).code.clone());
    parents
}

/// Most figures of the workbook of the whole site: what Excel shows on one sheet, and more than anybody opens.
pub const WORKBOOK_LIMIT: usize = 1_000_000;

/// Most lines of figures or targets on one page; beyond it the regions below each parent have a page.
pub const LIST_LIMIT: usize = 500;

struct Places<'a> {
    taken: BTreeMap<String, (String, Option<Span>)>,
    found: &'a mut Vec<Diagnostic>,
}

impl Places<'_> {
    /// Whether a folded path is taken, lies below a file or is a folder of something.
    fn meets(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        let folder = self.taken.range(inside.clone()..).next().is_some_and(|(other, _)| other.starts_with(&inside));
        let above = path.match_indices('/').any(|(at, _)| self.taken.contains_key(&path[..at]));
        folder || above || self.taken.contains_key(path)
    }

    /// Takes a path for one thing; reports when it is taken, unsafe or too long.
    fn take(&mut self, path: &str, origin: Option<Span>) -> bool {
        let place = |code| match origin {
            Some(span) => Diagnostic::error(code, span),
            None => Diagnostic::global(code),
        };
        if let Some(long) = path.split('/').find(|name| name.len() > NAME_LIMIT) {
            self.found.push(place("path-too-long").arg("path", long).arg("limit", NAME_LIMIT));
            return false;
        }
        let key = fold(path);
        if let Some((other, first)) = self.taken.get(&key) {
            let clash = if other == path {
                place("duplicate-path").arg("path", path)
            } else {
                place("path-case-clash").arg("path", path).arg("other", other)
            };
            self.found.push(match first {
                Some(first) => clash.related(*first, "first"),
                None => clash,
            });
            return false;
        }
        self.taken.insert(key, (path.to_owned(), origin));
        true
    }
}

/// Paths that some file system takes for one: letter case and Unicode form do not count.
fn fold(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

/// The relative link from one page to a path, naming the file, escaped for use in `href`.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folder = &from[..from.len() - 1];
    let shared = folder.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), folder.len() - shared);
    let down = to[shared..].iter().map(|segment| escape(segment));
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The prefix that leads from a page to the output root.
pub fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// Escapes what a path segment must not hold in an address; letters of any script stay readable.
pub fn escape(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for c in segment.chars() {
        if c.is_alphanumeric() || "-_.~!$&'()*+,;=@".contains(c) && c != '&' && c != '\'' {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_name_the_file() {
        let check = |from, to, expected: &str| assert_eq!(relative(from, to), expected);
        check("index.html", "regions/429006/index.html", "regions/429006/index.html");
        check("regions/429006/index.html", "index.html", "../../index.html");
        check("regions/429006/index.html", "regions/index.html", "../index.html");
        check("reports/429006/2021/index.html", "files/429006/一 览#1.csv", "../../../files/429006/一%20览%231.csv");
        check("a/index.html", "a/index.html", "index.html");
        assert_eq!(root("regions/429006/index.html"), "../../");
    }
}
