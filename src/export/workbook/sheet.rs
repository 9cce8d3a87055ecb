//! One sheet: a row of titles for people, a row of names for machines, both always in view, then the rows of the table.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::config::Language;
use crate::export::table::{Column, Kind, Row, risky};

/// Most characters of a cell.
const TEXT: usize = 32_767;
/// Least and greatest width of a column, in characters.
const WIDTHS: (usize, usize) = (8, 48);

/// The formats of cells, made once a workbook.
pub(super) struct Looks {
    title: Format,
    name: Format,
    /// A text that begins like a formula stays a text when somebody edits its cell.
    quoted: Format,
    /// By digits behind the point.
    numbers: Vec<Format>,
}

impl Looks {
    pub(super) fn new() -> Looks {
        let places = |count: usize| if count == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(count)) };
        Looks {
            title: Format::new().set_bold(),
            name: Format::new().set_font_color("595959"),
            quoted: Format::new().set_quote_prefix(),
            numbers: (0..=28).map(|count| Format::new().set_num_format(places(count))).collect(),
        }
    }
}

/// Writes heads and rows, freezes the heads, sets the filter and the widths.
pub(super) fn fill<'a>(
    sheet: &mut Worksheet,
    columns: &[Column],
    language: Language,
    looks: &Looks,
    rows: impl Iterator<Item = Row<'a>>,
) -> Result<(), XlsxError> {
    let mut widths: Vec<usize> = Vec::new();
    // Line by line: a large workbook does not go back.
    for (at, column) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(0, at, column.title(language), &looks.title)?;
    }
    for (at, column) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(1, at, column.name, &looks.name)?;
        // The button of the filter covers the end of the name.
        widths.push(column.title(language).width().max(column.name.width() + 3));
    }
    let mut line = 2;
    for row in rows {
        for (at, (cell, column)) in (0_u16..).zip(row.iter().zip(columns)) {
            write(sheet, (line, at), cell, column.kind, looks)?;
            let width = &mut widths[usize::from(at)];
            *width = cell.width().max(*width);
        }
        line += 1;
    }
    for (at, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(at, width.clamp(WIDTHS.0, WIDTHS.1) as u16 + 1)?;
    }
    sheet.set_freeze_panes(2, 0)?;
    sheet.autofilter(1, 0, line - 1, columns.len() as u16 - 1)?;
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    cell: &str,
    kind: Kind,
    looks: &Looks,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    if matches!(kind, Kind::Number | Kind::Integer)
        && let Some((number, places)) = exact(cell)
    {
        sheet.write_number_with_format(line, at, number, &looks.numbers[places])?;
    } else if risky(cell) {
        sheet.write_string_with_format(line, at, cut(cell), &looks.quoted)?;
    } else {
        sheet.write_string(line, at, cut(cell))?;
    }
    Ok(())
}

/// The number and its digits behind the point; none when Excel, which keeps 15 digits, would not show it whole.
fn exact(cell: &str) -> Option<(f64, usize)> {
    let decimal: Decimal = cell.parse().ok()?;
    let digits = decimal.mantissa().unsigned_abs().checked_ilog10().map_or(1, |power| power + 1);
    let number: f64 = cell.parse().ok()?;
    (digits <= 15).then_some((number, decimal.scale() as usize))
}

/// A text as long as a cell may be.
fn cut(text: &str) -> &str {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_or_stay_texts() {
        let check = |cell, expected| assert_eq!(exact(cell), expected);
        check("5.40", Some((5.4, 2)));
        check("-0.3", Some((-0.3, 1)));
        check("0", Some((0.0, 0)));
        check("999999999999999", Some((999_999_999_999_999.0, 0)));
        check("1234567890.123456", None);
        check("=1", None);
    }
}
