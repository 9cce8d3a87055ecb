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

use crate::chart::{ChartTable, Lang};
use crate::plan::{DataFormat, DataTable, FileKind, Plan};
use crate::site::{Observation, Site};

/// The bytes of a planned file; `None` for files of the content, which are copied, and for those of charts.
pub fn bytes(site: &Site, plan: &Plan, kind: &FileKind) -> Option<Vec<u8>> {
    Some(match kind {
        FileKind::Observations(DataFormat::Xlsx) => workbook::whole(site, plan),
        FileKind::Observations(format) => figures(site, plan, site.observations().iter(), *format),
        FileKind::IndicatorData(id, DataFormat::Xlsx) => workbook::of_indicator(site, plan, *id),
        FileKind::IndicatorData(id, format) => figures(site, plan, site.of_indicator(*id), *format),
        FileKind::RegionData(id, DataFormat::Xlsx) => workbook::of_region(site, plan, *id),
        FileKind::RegionData(id, format) => figures(site, plan, site.of_region(*id), *format),
        FileKind::Table(what) => table::csv(whole(site, plan, *what)),
        FileKind::DataPackage => package::json(site, plan),
        FileKind::CompareIndex => chunks::index(site, plan),
        FileKind::CompareData(id) => chunks::indicator(site, *id),
        FileKind::Feed => xml::feed(site, plan),
        FileKind::SitemapXml => xml::sitemap(site, plan),
        FileKind::Robots => xml::robots(site, plan),
        FileKind::Content(_) | FileKind::ChartSvg(_) | FileKind::ChartCsv(_) => return None,
    })
}

fn figures<'a>(
    site: &'a Site,
    plan: &'a Plan,
    all: impl Iterator<Item = &'a Observation> + 'a,
    format: DataFormat,
) -> Vec<u8> {
    let table = observations::table(site, plan, all);
    if format == DataFormat::Json { table::json(table) } else { table::csv(table) }
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
