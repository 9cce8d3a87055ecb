//! Everything that leaves the site for machines: observations as CSV and JSON, the Atom feed, sitemap.xml, robots.txt. Each
//! is a function from the site to bytes.

mod chart;
mod observations;
mod xml;

pub use observations::COLUMNS;

use crate::chart::{ChartTable, Lang};
use crate::plan::{DataFormat, FileKind, Plan};
use crate::site::{Observation, Site};

/// The bytes of a planned file; `None` for files of the content, which are copied, and for those of charts.
pub fn bytes(site: &Site, plan: &Plan, kind: &FileKind) -> Option<Vec<u8>> {
    let data = |all: Vec<&Observation>, format| match format {
        DataFormat::Csv => observations::csv(site, plan, &all),
        DataFormat::Json => observations::json(site, plan, &all),
    };
    Some(match kind {
        FileKind::Observations(format) => data(site.observations().iter().collect(), *format),
        FileKind::IndicatorData(id, format) => data(site.of_indicator(*id).collect(), *format),
        FileKind::RegionData(id, format) => data(site.of_region(*id).collect(), *format),
        FileKind::Feed => xml::feed(site, plan),
        FileKind::SitemapXml => xml::sitemap(site, plan),
        FileKind::Robots => xml::robots(site, plan),
        FileKind::Content(_) | FileKind::ChartSvg(_) | FileKind::ChartCsv(_) => return None,
    })
}

/// The figures of a chart as CSV.
pub fn chart_csv(table: &ChartTable, lang: Lang) -> Vec<u8> {
    chart::csv(table, lang)
}
