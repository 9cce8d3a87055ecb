//! What a build remembers for the next one, in a file beside the output folder: for every page and file of the site the
//! cells it was made from and the hash of its bytes. Where all cells are as they were, the file in the output folder is
//! kept without being made again.
//!
//! The memory is a cache and never believed by itself: it counts only for the program, the settings and the theme it was
//! written by ([`Frame`]), only as a whole (a checksum), and only for files whose hash the manifest of the output folder
//! confirms. Where anything does not fit, everything is made again.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::Options;
use crate::check::Known;
use crate::config::Config;
use crate::fs;
use crate::hash::Hash;
use crate::indicator::IndicatorId;
use crate::load;
use crate::output;
use crate::plan::{FileKind, PageKind, Plan, request_key};
use crate::region::RegionId;
use crate::render::view::SiteView;
use crate::report::{FreePage, Report};
use crate::site::reads::{self, Cell};
use crate::site::{Observation, Site};
use crate::source::Sources;

/// What all pages depend on: the program, the settings, the theme, the day.
pub(super) type Frame = Hash;

/// What a former build remembers.
#[derive(Serialize, Deserialize, Default)]
struct State {
    frame: u128,
    /// Every cell some file was made from, in order, with the digest of what it held.
    cells: Vec<(Cell, u64)>,
    /// The files of the site by the hash of their path.
    made: BTreeMap<u64, Made>,
    /// The files nothing was found in, by the hash of their path.
    clean: BTreeMap<u64, Clean>,
    still: Option<Still>,
}

/// How one file was made.
#[derive(Serialize, Deserialize, Clone)]
struct Made {
    /// What it shows.
    subject: u64,
    /// Its bytes.
    hash: u128,
    /// Places in [`State::cells`], each as its distance from the one before.
    reads: Vec<u32>,
}

/// A text in which nothing was found.
#[derive(Serialize, Deserialize, Clone)]
struct Clean {
    /// The file.
    hash: u128,
    reads: Vec<u32>,
}

/// A build that found nothing to say, for the next one that finds nothing changed.
#[derive(Serialize, Deserialize, Clone)]
pub(super) struct Still {
    /// Hash of everything read: options, content and theme.
    pub inputs: u128,
    /// The theme that was read.
    pub theme: String,
    /// Hash of the manifest it left in the output folder.
    pub manifest: u128,
    /// Reports, figures and pages.
    pub counts: [usize; 3],
}

/// The memory of a build: what the former one left, and what this one adds.
pub(crate) struct Memo {
    file: PathBuf,
    former: State,
    frame: OnceLock<Frame>,
    /// For each former cell whether it holds something else now.
    changed: Vec<bool>,
    fresh: Mutex<Fresh>,
}

#[derive(Default)]
struct Fresh {
    made: BTreeMap<u64, (u64, u128, Vec<Cell>)>,
    clean: BTreeMap<u64, (u128, Vec<Cell>)>,
    kept: Vec<u64>,
    kept_clean: Vec<u64>,
}

/// First bytes of the file; the number counts the forms it has had.
const MAGIC: &[u8; 16] = b"nianbao memory 1";

impl Memo {
    /// Reads what a former build left in `file`; nothing if that cannot be used.
    /// `None` where no memory can be kept, because the program cannot tell itself from others.
    pub(super) fn open(file: &Path) -> Option<Memo> {
        program()?;
        let former = read(file).unwrap_or_default();
        let file = file.to_owned();
        Some(Memo { file, former, frame: OnceLock::new(), changed: Vec::new(), fresh: Mutex::default() })
    }

    /// Reads what a former build of this output folder left, to be used without the lock of the folder.
    pub(crate) fn beside(output: &Path) -> Option<Memo> {
        Memo::open(&output::memory_beside(output)?)
    }

    /// Compares what was remembered with the site as it is now, if all files of it are known.
    pub(crate) fn compare_with(
        &mut self,
        options: &Options,
        sources: &Sources,
        site: &Site,
        plan: &Plan,
        view: &SiteView,
    ) {
        if let Some(frame) = frame(options, sources, &site.config, view) {
            self.frame.take();
            self.compare(frame, site, plan);
        }
    }

    /// The memory for the next comparison, without writing anything.
    pub(crate) fn renewed(self, site: &Site, plan: &Plan) -> Memo {
        let file = self.file.clone();
        let former = self.state(site, plan, None).unwrap_or_default();
        Memo { file, former, frame: OnceLock::new(), changed: Vec::new(), fresh: Mutex::default() }
    }

    /// What the former build left when it found nothing to say.
    pub(super) fn still(&self) -> Option<&Still> {
        self.former.still.as_ref()
    }

    /// Compares what was remembered with the site as it is now.
    pub(super) fn compare(&mut self, frame: Frame, site: &Site, plan: &Plan) {
        if self.former.frame != frame.0 {
            self.former = State { frame: frame.0, ..State::default() };
        }
        let _ = self.frame.set(frame);
        let digests = Digests::of(site, plan);
        self.changed = self.former.cells.par_iter().map(|(cell, digest)| digests.digest(*cell) != *digest).collect();
    }

    /// The hash of the bytes a file had when it was last made, if it would be made the same again.
    pub(super) fn unchanged(&self, path: &str, subject: u64) -> Option<Hash> {
        let made = self.former.made.get(&reads::name(path)).filter(|made| made.subject == subject)?;
        self.holds(&made.reads).then_some(Hash(made.hash))
    }

    fn holds(&self, reads: &[u32]) -> bool {
        self.frame.get().is_some() && places(reads).all(|at| self.changed.get(at as usize) == Some(&false))
    }

    /// Notes that a file stays as it was.
    pub(super) fn keep(&self, path: &str) {
        self.fresh().kept.push(reads::name(path));
    }

    /// Notes what a file was made from.
    pub(super) fn add(&self, path: &str, subject: u64, hash: Hash, cells: Vec<Cell>) {
        self.fresh().made.insert(reads::name(path), (subject, hash.0, cells));
    }

    fn fresh(&self) -> std::sync::MutexGuard<'_, Fresh> {
        self.fresh.lock().expect("no thread panics while it notes a file")
    }

    /// Writes the memory for the next build. A refusal costs speed then, nothing else.
    pub(super) fn save(self, site: &Site, plan: &Plan, still: Option<Still>) {
        let file = self.file.clone();
        let Some(bytes) = self.state(site, plan, still).and_then(|state| postcard::to_stdvec(&state).ok()) else {
            return;
        };
        let sum = Hash::of(&bytes).0.to_le_bytes();
        if fs::replace(&file, &[MAGIC.as_slice(), &sum, &bytes].concat()).is_err() {
            let _ = std::fs::remove_file(&file);
        }
    }

    /// What is remembered, put together from what stayed and what is new. `None` if nothing was ever compared.
    fn state(self, site: &Site, plan: &Plan, still: Option<Still>) -> Option<State> {
        let frame = self.frame.get().copied()?;
        let Memo { mut former, fresh, .. } = self;
        let fresh = fresh.into_inner().expect("no thread panics while it notes a file");
        let taken = |all: &mut BTreeMap<u64, Made>| -> Vec<(u64, Made)> {
            fresh.kept.iter().filter_map(|key| Some((*key, all.remove(key)?))).collect()
        };
        let kept = taken(&mut former.made);
        let clean = fresh.kept_clean.iter().filter_map(|key| Some((*key, former.clean.remove(key)?)));
        let clean: Vec<(u64, Clean)> = clean.collect();
        let mut index = Index { former: &former.cells, moved: vec![None; former.cells.len()], ..Index::default() };
        let mut state = State { frame: frame.0, still, ..State::default() };
        for (key, made) in kept {
            let reads = index.carry(&made.reads);
            state.made.insert(key, Made { reads, ..made });
        }
        for (key, one) in clean {
            let reads = index.carry(&one.reads);
            state.clean.insert(key, Clean { reads, ..one });
        }
        for (key, (subject, hash, cells)) in fresh.made {
            state.made.insert(key, Made { subject, hash, reads: index.list(&cells) });
        }
        for (key, (hash, cells)) in fresh.clean {
            state.clean.insert(key, Clean { hash, reads: index.list(&cells) });
        }
        let digests = Digests::of(site, plan);
        state.cells = index.cells.into_par_iter().map(|cell| (cell, digests.digest(cell))).collect();
        Some(state)
    }
}

impl Known for Memo {
    fn is_clean(&self, path: &str, hash: Hash) -> bool {
        let key = reads::name(path);
        let clean = self.former.clean.get(&key).is_some_and(|one| one.hash == hash.0 && self.holds(&one.reads));
        if clean {
            self.fresh().kept_clean.push(key);
        }
        clean
    }

    fn add_clean(&self, path: &str, hash: Hash, cells: Vec<Cell>) {
        self.fresh().clean.insert(reads::name(path), (hash.0, cells));
    }
}

fn read(file: &Path) -> Option<State> {
    let bytes = std::fs::read(file).ok()?;
    let (sum, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<16>()?;
    if Hash::of(rest).0.to_le_bytes() != *sum {
        return None;
    }
    postcard::from_bytes(rest).ok()
}

/// The places of a list of distances.
fn places(reads: &[u32]) -> impl Iterator<Item = u32> + '_ {
    reads.iter().scan(0_u32, |at, step| {
        *at = at.wrapping_add(*step);
        Some(*at)
    })
}

/// The cells of a memory that is put together.
#[derive(Default)]
struct Index<'a> {
    former: &'a [(Cell, u64)],
    /// The new places of former cells.
    moved: Vec<Option<u32>>,
    by_cell: HashMap<Cell, u32>,
    cells: Vec<Cell>,
}

impl Index<'_> {
    fn place(&mut self, cell: Cell) -> u32 {
        *self.by_cell.entry(cell).or_insert_with(|| {
            self.cells.push(cell);
            self.cells.len() as u32 - 1
        })
    }

    /// A list of former places as one of new places.
    fn carry(&mut self, reads: &[u32]) -> Vec<u32> {
        let mut moved = Vec::with_capacity(reads.len());
        for at in places(reads) {
            let at = at as usize;
            let place = match self.moved[at] {
                Some(place) => place,
                None => self.place(self.former[at].0),
            };
            self.moved[at] = Some(place);
            moved.push(place);
        }
        distances(moved)
    }

    fn list(&mut self, cells: &[Cell]) -> Vec<u32> {
        let places = cells.iter().map(|cell| self.place(*cell)).collect();
        distances(places)
    }
}

/// Places in order, each as its distance from the one before: small numbers take little room.
fn distances(mut places: Vec<u32>) -> Vec<u32> {
    places.sort_unstable();
    places.dedup();
    let mut before = 0;
    for place in &mut places {
        let at = *place;
        *place -= before;
        before = at;
    }
    places
}

/// What the cells of a site hold, each as one number.
struct Digests<'a> {
    site: &'a Site,
    reports: HashMap<u64, &'a Report>,
    pages: HashMap<u64, &'a FreePage>,
    periods: HashMap<u64, crate::period::Period>,
    addresses: HashMap<u64, bool>,
    charts: HashMap<u64, u64>,
    whole: u64,
}

impl<'a> Digests<'a> {
    fn of(site: &'a Site, plan: &'a Plan) -> Digests<'a> {
        let paths = || plan.pages().iter().map(|(path, _)| path).chain(plan.files().iter().map(|(path, _)| path));
        let charts = plan.charts.iter().enumerate().filter_map(|(at, chart)| {
            let path = plan.page_path(&PageKind::Embed(at))?;
            // Of two charts that show the same, the first lends its address.
            let first = plan.chart_of(&chart.request) == Some(at);
            first.then(|| (request_key(&chart.request), reads::name(path)))
        });
        let pages = site.pages().iter().chain(site.home());
        let periods = site.periods().chain(site.all_reports().iter().map(|report| report.period));
        Digests {
            site,
            reports: site.all_reports().iter().map(|report| (reads::name(&report.path), &**report)).collect(),
            pages: pages.map(|page| (reads::name(&page.path), page)).collect(),
            periods: periods.map(|period| (reads::name(&period.slug()), period)).collect(),
            addresses: paths().map(|path| (reads::name(path), true)).collect(),
            charts: charts.collect(),
            whole: digest(paths().map(|path| reads::name(path))),
        }
    }

    fn digest(&self, cell: Cell) -> u64 {
        let site = self.site;
        match cell {
            Cell::Series(indicator, region) => self.figures(site.series(IndicatorId(indicator), RegionId(region))),
            Cell::Region(region) => self.figures(site.of_region(RegionId(region))),
            Cell::Indicator(indicator) => self.figures(site.of_indicator(IndicatorId(indicator))),
            Cell::Period(key) => self.periods.get(&key).map_or(0, |period| self.figures(site.of_period(*period))),
            Cell::Observations => self.figures(site.observations().iter()),
            Cell::Periods => digest(site.periods().map(|period| reads::name(&period.slug()))),
            Cell::Regions => digest(site.regions_with_data().into_iter().map(|id| id.0.into())),
            Cell::RegionsOf(indicator) => {
                digest(site.regions_of(IndicatorId(indicator)).into_iter().map(|id| id.0.into()))
            }
            Cell::Children(parent) => digest(site.children(parent.map(RegionId)).iter().map(|id| u64::from(id.0))),
            Cell::Report(key) => self.reports.get(&key).map_or(0, |report| of_report(report)),
            Cell::ReportsOf(region) => digest(site.reports_of(RegionId(region)).map(|(_, report)| of_report(report))),
            Cell::ReportsIn(key) => self
                .periods
                .get(&key)
                .map_or(0, |period| digest(site.reports_in(*period).map(|(_, report)| of_report(report)))),
            Cell::Reports => digest(site.all_reports().iter().map(|report| of_report(report))),
            Cell::Page(key) => self.pages.get(&key).map_or(0, |page| of_page(page)),
            Cell::Pages => digest(site.pages().iter().map(of_page)),
            Cell::Files => digest(site.files().iter().map(|file| named(&file.path, file.hash))),
            Cell::Address(key) => u64::from(self.addresses.contains_key(&key)),
            Cell::Addresses => self.whole,
            Cell::Chart(key) => self.charts.get(&key).copied().unwrap_or_default(),
        }
    }

    fn figures<'o>(&self, all: impl Iterator<Item = &'o Observation>) -> u64 {
        digest(all.map(|one| self.figure(one)))
    }

    /// All that can be seen of a figure.
    fn figure(&self, one: &Observation) -> u64 {
        let Observation {
            indicator,
            region,
            period,
            role,
            quantity,
            value,
            status,
            missing,
            report,
            note,
            formula,
            target_source,
            due,
            span: _,
        } = one;
        use std::hash::{Hash, Hasher};
        let mut hasher = Xxh3::new();
        (indicator, region, period, role, status, missing, due).hash(&mut hasher);
        (note, formula, target_source).hash(&mut hasher);
        // Decimals that differ only in zeros behind the point are equal, but do not look so.
        value.map(|value| value.serialize()).hash(&mut hasher);
        if let Some(quantity) = quantity {
            let crate::quantity::Quantity { bound, number, scale, unit, decimals, below, lexeme } = &**quantity;
            (bound, number.serialize(), scale, unit, decimals, lexeme).hash(&mut hasher);
            below.map(|below| below.serialize()).hash(&mut hasher);
        }
        reads::name(&self.site.report(*report).path).hash(&mut hasher);
        hasher.finish()
    }
}

fn of_report(report: &Report) -> u64 {
    named(&report.path, report.body.hash)
}

fn of_page(page: &FreePage) -> u64 {
    named(&page.path, page.body.hash)
}

fn named(path: &str, hash: Hash) -> u64 {
    digest([reads::name(path), hash.0 as u64].into_iter())
}

/// The digest of a list; one of an empty list is not that of none.
fn digest(all: impl Iterator<Item = u64>) -> u64 {
    let mut hasher = Xxh3::new();
    hasher.update(&[1]);
    for one in all {
        hasher.update(&one.to_le_bytes());
    }
    hasher.digest()
}

/// What a page shows, by what does not move when others come or go.
pub(super) fn subject(site: &Site, plan: &Plan, kind: &PageKind) -> u64 {
    match kind {
        PageKind::Report(id) => reads::name(&format!("report {}", site.report(*id).path)),
        PageKind::Proof(id) => reads::name(&format!("proof {}", site.report(*id).path)),
        PageKind::Free(at) => reads::name(&format!("free {}", site.page(*at).path)),
        PageKind::Embed(at) => reads::name("embed") ^ chart(site, plan, *at),
        other => reads::name(&format!("{other:?}")),
    }
}

/// What a file holds, likewise.
pub(super) fn subject_of_file(site: &Site, plan: &Plan, kind: &FileKind) -> u64 {
    match kind {
        FileKind::ChartSvg(at) => reads::name("svg") ^ chart(site, plan, *at),
        FileKind::ChartCsv(at) => reads::name("csv") ^ chart(site, plan, *at),
        FileKind::Content(at) => {
            let file = &site.files()[*at];
            reads::name(&format!("content {} {}", file.path, file.hash))
        }
        other => reads::name(&format!("{other:?}")),
    }
}

fn chart(site: &Site, plan: &Plan, at: usize) -> u64 {
    let chart = &plan.charts[at];
    let home = subject(site, plan, &chart.home);
    let mut hasher = Xxh3::new();
    hasher.update(&request_key(&chart.request).to_le_bytes());
    hasher.update(&home.to_le_bytes());
    hasher.update(chart.anchor.as_bytes());
    hasher.digest()
}

/// The program that runs: another one makes other pages.
fn program() -> Option<Hash> {
    static PROGRAM: OnceLock<Option<Hash>> = OnceLock::new();
    *PROGRAM.get_or_init(|| std::env::current_exe().and_then(std::fs::read).ok().map(|bytes| Hash::of(&bytes)))
}

/// The options that show in what is made or found.
fn settings(options: &Options) -> String {
    let Options { today, drafts, deny_warnings, base_url, .. } = options;
    format!("{:?} {today} {drafts} {deny_warnings} {base_url:?}", program())
}

/// Hash of everything a build reads: its options, and all files by name.
pub(super) fn inputs(options: &Options, files: Vec<(&str, Hash)>) -> Hash {
    Hash::of(format!("{}\n{}\n{}", settings(options), options.release, listed(files)).as_bytes())
}

fn listed(mut files: Vec<(&str, Hash)>) -> String {
    files.sort();
    files.iter().map(|(name, hash)| format!("{hash} {name}\n")).collect()
}

/// What all pages depend on.
pub(super) fn frame(options: &Options, sources: &Sources, config: &Config, site: &SiteView) -> Option<Frame> {
    let common = |name: &str| {
        let folder = format!("themes/{}/", config.theme.0);
        name.strip_prefix("content/").is_some_and(|file| load::READ.contains(&file)) || name.starts_with(&folder)
    };
    let files = sources.inputs()?.into_iter().filter(|(name, _)| common(name)).collect();
    let site = serde_json::to_string(site).ok()?;
    // A release has the pages of any other build.
    Some(Hash::of(format!("{}\n{}\n{site}", settings(options), listed(files)).as_bytes()))
}
