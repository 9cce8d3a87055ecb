//! Everything that leaves the site for machines: its tables as CSV, JSON and workbooks with a description of them
//! (datapackage.json), the Atom feed, sitemap.xml, robots.txt. Each is a function from the site to bytes.

mod chart;
mod chunks;
mod derived;
mod dictionaries;
mod observations;
mod package;
mod table;
mod targets;
mod words;
mod workbook;
mod xml;

pub use chunks::index_version;
pub use table::Column;
pub use words::{about, citation, roles};

use std::io::{self, Write};

use crate::chart::{ChartTable, Lang};
use crate::plan::{DataFormat, DataTable, FileKind, Plan};
use crate::site::{Observation, Site};

/// Writes a planned file; nothing for files of the content, which are copied, and for those of charts.
///
/// # Errors
/// What `to` refuses, or the folder for temporary files, where a large workbook is put together.
pub fn write(site: &Site, plan: &Plan, kind: &FileKind, to: &mut dyn Write) -> io::Result<()> {
    match kind {
        FileKind::Observations(DataFormat::Xlsx) => to.write_all(&workbook::whole(site, plan)?),
        FileKind::Observations(format) => figures(site, plan, site.observations().iter(), *format, to),
        FileKind::IndicatorData(id, DataFormat::Xlsx) => to.write_all(&workbook::of_indicator(site, plan, *id)?),
        FileKind::IndicatorData(id, format) => figures(site, plan, site.of_indicator(*id), *format, to),
        FileKind::RegionData(id, DataFormat::Xlsx) => to.write_all(&workbook::of_region(site, plan, *id)?),
        FileKind::RegionData(id, format) => figures(site, plan, site.of_region(*id), *format, to),
        FileKind::Table(what) => table::csv(whole(site, plan, *what), to),
        FileKind::DataPackage => to.write_all(&package::json(site, plan)),
        FileKind::CompareIndex => to.write_all(&chunks::index(site, plan)),
        FileKind::CompareData(id) => to.write_all(&chunks::indicator(site, *id)),
        FileKind::Feed => to.write_all(&xml::feed(site, plan)),
        FileKind::RevisionFeed => to.write_all(&xml::revisions(site, plan)),
        FileKind::SitemapXml => to.write_all(&xml::sitemap(site, plan)),
        FileKind::Robots => to.write_all(&xml::robots(site, plan)),
        FileKind::Content(_) | FileKind::ChartSvg(_) | FileKind::ChartCsv(_) => Ok(()),
    }
}

fn figures<'a>(
    site: &'a Site,
    plan: &'a Plan,
    all: impl Iterator<Item = &'a Observation> + 'a,
    format: DataFormat,
    to: &mut dyn Write,
) -> io::Result<()> {
    let table = observations::table(site, plan, all);
    if format == DataFormat::Json { table::json(table, to) } else { table::csv(table, to) }
}

/// A table of the whole site.
fn whole<'a>(site: &'a Site, plan: &'a Plan, what: DataTable) -> table::Table<'a> {
    let all = site.observations().iter();
    match what {
        DataTable::Observations => observations::table(site, plan, all),
        DataTable::Indicators => dictionaries::indicators(site, plan, None),
        DataTable::Regions => dictionaries::regions(site, plan, None),
        DataTable::Targets => targets::table(site, plan, all),
        DataTable::Derived => derived::table(site, all),
    }
}

/// The columns of a table.
pub fn columns(what: DataTable) -> &'static [Column] {
    match what {
        DataTable::Observations => &observations::COLUMNS,
        DataTable::Indicators => &dictionaries::INDICATORS,
        DataTable::Regions => &dictionaries::REGIONS,
        DataTable::Targets => &targets::COLUMNS,
        DataTable::Derived => &derived::COLUMNS,
    }
}

/// The figures of a chart as CSV.
pub fn chart_csv(table: &ChartTable, lang: Lang) -> Vec<u8> {
    chart::csv(table, lang)
}
