//! What a page was made from. While [`record`] runs, every question to the site and the plan leaves a note of the [`Cell`]
//! that answers it; a page whose cells are as they were is as it was. What has no cell (settings, indicators, regions, the
//! theme, today) is the same for all pages: when it changes, everything is made again.
//!
//! Notes are kept by thread, as a page is made on one thread from beginning to end; nothing that is recorded may fork.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::region::RegionId;

/// A part of the site that answers one question. Reports, periods and addresses go by the hash of their name, as their
/// places in lists move.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Cell {
    /// The figures of an indicator in a region.
    Series(u32, u32),
    /// The figures of a region.
    Region(u32),
    /// The figures of an indicator.
    Indicator(u32),
    /// The figures of a period.
    Period(u64),
    /// All figures.
    Observations,
    /// Which periods have figures.
    Periods,
    /// Which regions have figures or reports.
    Regions,
    /// Which regions have values of an indicator.
    RegionsOf(u32),
    /// Which regions lie below one, or at the top.
    Children(Option<u32>),
    /// A report with its text.
    Report(u64),
    /// The reports of a region.
    ReportsOf(u32),
    /// The reports of a period.
    ReportsIn(u64),
    /// All reports.
    Reports,
    /// A free page or the home page with its text.
    Page(u64),
    /// All free pages.
    Pages,
    /// All files that travel.
    Files,
    /// Whether the site has a page or file of this path.
    Address(u64),
    /// All addresses.
    Addresses,
    /// The address of a chart.
    Chart(u64),
}

impl Cell {
    /// Of an indicator in a region.
    pub(crate) fn series(indicator: IndicatorId, region: RegionId) -> Cell {
        Cell::Series(indicator.0, region.0)
    }

    /// Of a period.
    pub(crate) fn period(period: Period) -> Cell {
        Cell::Period(name(&period.slug()))
    }

    /// Of the reports of a period.
    pub(crate) fn reports_in(period: Period) -> Cell {
        Cell::ReportsIn(name(&period.slug()))
    }
}

/// The hash by which a cell goes that has a name.
pub fn name(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

thread_local! {
    static NOTES: RefCell<Option<Notes>> = const { RefCell::new(None) };
}

/// The cells read so far, and the last of them: the same question is often asked twice in a row.
struct Notes {
    cells: BTreeSet<Cell>,
    last: Option<Cell>,
}

/// Runs `make` and gives the cells it read, in order.
pub fn record<T>(make: impl FnOnce() -> T) -> (T, Vec<Cell>) {
    let outer = NOTES.replace(Some(Notes { cells: BTreeSet::new(), last: None }));
    let made = make();
    let Some(notes) = NOTES.replace(outer) else { return (made, Vec::new()) };
    let whole = |cell: &Cell| match cell {
        // Who read everything about an indicator or a region read each of its series.
        Cell::Series(indicator, region) => {
            notes.cells.contains(&Cell::Indicator(*indicator))
                || notes.cells.contains(&Cell::Region(*region))
                || notes.cells.contains(&Cell::Observations)
        }
        Cell::Report(_) => notes.cells.contains(&Cell::Reports),
        Cell::Address(_) => notes.cells.contains(&Cell::Addresses),
        _ => false,
    };
    let cells = notes.cells.iter().copied().filter(|cell| !whole(cell)).collect();
    (made, cells)
}

/// Notes that a cell is read.
pub(crate) fn note(cell: Cell) {
    note_as(|| cell);
}

/// Notes a cell that takes work to name; the work is spared while nothing is recorded.
pub(crate) fn note_as(cell: impl FnOnce() -> Cell) {
    NOTES.with_borrow_mut(|notes| {
        let Some(notes) = notes else { return };
        let cell = cell();
        if notes.last.replace(cell) != Some(cell) {
            notes.cells.insert(cell);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::site_of;

    fn read(make: impl FnOnce()) -> Vec<Cell> {
        record(make).1
    }

    #[test]
    fn every_question_leaves_its_cell() {
        let sample = site_of("429006 2021 | rate = \"5.4‰\"\n429006 2020 | rate = \"5.5‰\"");
        let site = &sample.site;
        let one = &site.observations()[0];
        let (indicator, region) = (one.indicator, one.region);
        let series = Cell::series(indicator, region);
        assert_eq!(read(|| _ = site.value_at(indicator, region, one.period).is_some()), [series]);
        assert_eq!(read(|| _ = site.of_region(region).count()), [Cell::Region(region.0)]);
        assert_eq!(read(|| _ = site.of_indicator(indicator).count()), [Cell::Indicator(indicator.0)]);
        assert_eq!(read(|| _ = site.of_period(one.period).count()), [Cell::period(one.period)]);
        assert_eq!(read(|| _ = site.regions_of(indicator)), [Cell::RegionsOf(indicator.0)]);
        assert_eq!(read(|| _ = site.reports().count()), [Cell::Reports]);
        assert_eq!(read(|| _ = site.pages().len()), [Cell::Pages]);
        assert_eq!(read(|| _ = site.files().len()), [Cell::Files]);
        assert_eq!(read(|| ()), []);
    }

    #[test]
    fn a_whole_stands_for_its_parts() {
        let sample = site_of("429006 2021 | rate = \"5.4‰\"");
        let site = &sample.site;
        let one = &site.observations()[0];
        let both = read(|| {
            site.value_at(one.indicator, one.region, one.period);
            let _ = site.of_region(one.region);
            let _ = site.report(one.report);
            let _ = site.reports();
        });
        assert_eq!(both, [Cell::Region(one.region.0), Cell::Reports]);
    }
}
