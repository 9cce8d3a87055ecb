//! Which charts the site draws where: those of fences, and those pages choose by themselves. In goes the site, out come requests;
//! a page and the addresses of its charts follow from the same list.

mod pages;

pub use pages::{children, children_with, home, indicator, newest_rankable, region, report, top_region, year};

use std::collections::BTreeMap;

use crate::indicator::IndicatorId;
use crate::region::{Level, RegionId};
use crate::report::{Body, ChartRequest};
use crate::site::{ReportId, Site};
use crate::source::Span;

/// Most regions an indicator page shows itself; beyond it each parent's children have a page.
pub const GRID_LIMIT: usize = 60;

/// A chart of a page.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id in the page.
    pub anchor: String,
    /// What it shows.
    pub request: ChartRequest,
}

/// A document with charts in its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Document {
    /// index.md.
    Home,
    /// A report.
    Report(ReportId),
    /// A free page, by its place in [`Site::pages`].
    Page(usize),
}

/// A chart of a text.
#[derive(Clone, Debug)]
pub struct Fence<'a> {
    /// The document.
    pub document: Document,
    /// Which fence of the text it is, from 0.
    pub index: usize,
    /// The name the author gave it.
    pub id: Option<&'a str>,
    /// What it shows; the region of a report is its own.
    pub request: ChartRequest,
    /// Where it stands.
    pub span: Span,
}

/// All charts of texts.
pub fn of_fences(site: &Site) -> impl Iterator<Item = Fence<'_>> {
    let home = site.home().into_iter().map(|page| (Document::Home, None, &page.body));
    let reports = site.reports().map(|(id, report)| (Document::Report(id), Some(report.region), &report.body));
    let pages = site.pages().iter().enumerate().map(|(at, page)| (Document::Page(at), None, &page.body));
    home.chain(reports).chain(pages).flat_map(|(document, own, body)| fences(document, own, body))
}

fn fences(document: Document, own: Option<RegionId>, body: &Body) -> impl Iterator<Item = Fence<'_>> {
    body.outline.charts.iter().map(move |fence| Fence {
        document,
        index: fence.index,
        id: fence.id.as_deref(),
        request: fence.request.owned_by(own),
        span: fence.span,
    })
}

/// The headline indicators of the site, as far as they exist.
pub fn headline(site: &Site) -> Vec<IndicatorId> {
    site.config.headline.iter().filter_map(|id| site.indicators.find(&id.value)).collect()
}

/// Regions few enough for one page: all of them, else those of the highest levels of government that fit.
pub fn foremost(site: &Site, regions: &[RegionId]) -> Vec<RegionId> {
    if regions.len() <= GRID_LIMIT {
        return regions.to_vec();
    }
    let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
    for id in regions {
        *counts.entry(site.regions.get(*id).level).or_default() += 1;
    }
    let mut room = GRID_LIMIT;
    let fits = |(_, count): &(&Level, &usize)| {
        let fits = **count <= room;
        room = room.saturating_sub(**count);
        fits
    };
    let levels: Vec<Level> = counts.iter().take_while(fits).map(|(level, _)| *level).collect();
    regions.iter().copied().filter(|id| levels.contains(&site.regions.get(*id).level)).collect()
}
