//! Tables as a workbook of Excel: a cover with notes, then a sheet a table. Values are numbers with the digits of the source
//! and its wording beside them; nothing is a formula. With `cover` and `sheet` the one door to the library that writes it.

mod cover;
mod sheet;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::export::table::Table;
use crate::export::{columns, derived, dictionaries, observations, targets, words};
use crate::indicator::IndicatorId;
use crate::plan::{DataTable, Plan};
use crate::region::RegionId;
use crate::site::Site;

/// Rows of a sheet below its two heads; Excel reads 1,048,576 lines.
const ROWS: usize = 1_048_574;
/// A workbook of more rows than this is put together on disk: a row kept takes 3 KB.
const LARGE: usize = 5_000;
/// The level of deflate, the quickest: 1.1 ms for a small workbook of three tables; 3 takes 1.5 ms to save a fifth.
const COMPRESSION: u8 = 1;

/// All tables of the site.
pub(super) fn whole(site: &Site, plan: &Plan) -> io::Result<Vec<u8>> {
    let tables = DataTable::ALL.map(|what| super::whole(site, plan, what));
    bytes(site, "", tables.into(), site.observations().len())
}

/// The tables of an indicator.
pub(super) fn of_indicator(site: &Site, plan: &Plan, id: IndicatorId) -> io::Result<Vec<u8>> {
    let tables = vec![
        observations::table(site, plan, site.of_indicator(id)),
        dictionaries::indicators(site, plan, Some(id)),
        targets::table(site, plan, site.of_indicator(id)),
        derived::table(site, site.of_indicator(id)),
    ];
    bytes(site, &site.indicators.get(id).name, tables, site.of_indicator(id).count())
}

/// The tables of a region.
pub(super) fn of_region(site: &Site, plan: &Plan, id: RegionId) -> io::Result<Vec<u8>> {
    let tables = vec![
        observations::table(site, plan, site.of_region(id)),
        targets::table(site, plan, site.of_region(id)),
        derived::table(site, site.of_region(id)),
    ];
    bytes(site, &site.regions.get(id).name, tables, site.of_region(id).count())
}

fn bytes(site: &Site, part: &str, tables: Vec<Table<'_>>, rows: usize) -> io::Result<Vec<u8>> {
    let limits = Limits { rows: ROWS, large: rows > LARGE };
    // Names are fixed and texts are cut to what a cell holds: only the disk can refuse.
    write(site, part, tables, limits).map_err(|error| match error {
        XlsxError::IoError(cause) => cause,
        other => io::Error::other(other),
    })
}

/// How a workbook is put together.
#[derive(Clone, Copy)]
struct Limits {
    /// Most rows of a sheet.
    rows: usize,
    /// Whether rows go to a temporary file at once, with their texts, instead of being kept with a list of all texts.
    large: bool,
}

/// Writes tables with at most so many rows a sheet; a longer one goes on in `数据2`, `数据3`. Only 数据 may be empty.
fn write(site: &Site, part: &str, tables: Vec<Table<'_>>, limits: Limits) -> Result<Vec<u8>, XlsxError> {
    let language = site.config.language;
    let mut book = Workbook::new();
    book.set_zip_compression_level(COMPRESSION);
    let (year, month, day) = (site.today.year(), site.today.month(), site.today.day());
    let date = ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs())?;
    let properties = DocProperties::new()
        .set_title(words::title(site, part))
        .set_author(&site.config.publisher)
        .set_creation_datetime(&date);
    book.set_properties(&properties);
    let mut tables: Vec<_> = tables.into_iter().map(|table| (table.what, table.rows.peekable())).collect();
    tables.retain_mut(|(what, rows)| *what == DataTable::Observations || rows.peek().is_some());
    let shown: Vec<DataTable> = tables.iter().map(|(what, _)| *what).collect();
    cover::fill(book.add_worksheet(), site, part, &shown)?;
    let looks = sheet::Looks::new();
    for (what, mut rows) in tables {
        let name = words::about(what, language).0;
        for number in 1_u32.. {
            let sheet = if limits.large { book.add_worksheet_with_constant_memory()? } else { book.add_worksheet() };
            sheet::fill(sheet, columns(what), language, &looks, rows.by_ref().take(limits.rows))?;
            let last = rows.peek().is_none();
            let alone = last && number == 1;
            sheet.set_name(if alone { name.to_owned() } else { format!("{name}{number}") })?;
            if last {
                break;
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests;
