//! A table on its way out of the site: columns with their meaning, rows of texts. CSV and JSON are written here, a workbook
//! in `workbook`, its schema in `package`; every format takes its cells from the same rows, so that none can differ.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::config::Language;
use crate::plan::DataTable;

/// A column with its words in Chinese and English.
#[derive(Debug)]
pub struct Column {
    /// The name in files; that of SDMX where it has one.
    pub name: &'static str,
    /// Title and meaning in Chinese; an empty meaning says no more than the title.
    pub zh: (&'static str, &'static str),
    /// Title and meaning in English.
    pub en: (&'static str, &'static str),
    /// What its cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold. Any cell may be empty: there is nothing to say, and never zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Words.
    Text,
    /// Words that no row lacks.
    Key,
    /// An exact decimal with the digits as printed.
    Number,
    /// A whole number.
    Integer,
    /// A day, `2021-12-31`.
    Day,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

impl Column {
    /// The short name for readers.
    pub fn title(&self, language: Language) -> &'static str {
        if language.is_chinese() { self.zh.0 } else { self.en.0 }
    }

    /// What it means, the title where there is no more to say.
    pub fn meaning(&self, language: Language) -> &'static str {
        let (title, meaning) = if language.is_chinese() { self.zh } else { self.en };
        if meaning.is_empty() { title } else { meaning }
    }
}

/// The cells of a row, one a column.
pub(super) type Row<'a> = Vec<Cow<'a, str>>;

/// A table with its rows, which are made as they are read.
pub(super) struct Table<'a> {
    /// Which one.
    pub what: DataTable,
    /// The rows.
    pub rows: Box<dyn Iterator<Item = Row<'a>> + 'a>,
}

/// UTF-8 with a byte order mark, RFC 4180, cells that a spreadsheet would take for formulas defused.
pub(super) fn csv(table: Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"\xef\xbb\xbf")?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    writer.write_record(super::columns(table.what).iter().map(|column| column.name))?;
    for row in table.rows {
        for cell in row {
            writer.write_field(&*defused(cell))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// An array of objects, one a line, all values as texts.
pub(super) fn json(table: Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    let columns = super::columns(table.what);
    to.write_all(b"[")?;
    for (at, row) in table.rows.enumerate() {
        to.write_all(if at == 0 { b"\n{" } else { b",\n{" })?;
        for (at, (column, cell)) in columns.iter().zip(row).enumerate() {
            write!(to, "{}\"{}\":", if at == 0 { "" } else { "," }, column.name)?;
            serde_json::to_writer(&mut *to, &*cell)?;
        }
        to.write_all(b"}")?;
    }
    to.write_all(b"\n]\n")
}

/// A text a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
pub(super) fn defused(cell: Cow<'_, str>) -> Cow<'_, str> {
    if risky(&cell) { Cow::Owned(format!("'{cell}")) } else { cell }
}

/// Whether a spreadsheet would run a text as a formula.
pub(super) fn risky(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<rust_decimal::Decimal>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        let check = |cell: &str, expected: &str| assert_eq!(defused(cell.into()), expected);
        check("=1+1", "'=1+1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("-1.2", "-1.2");
        check("-x", "'-x");
        check("甲", "甲");
    }
}
