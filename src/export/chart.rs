//! The figures of one chart as CSV, a line a figure: what is displayed, and what was left out with the reason.

use crate::chart::{Cell, ChartTable, Lang};

use super::table::defused;

/// The bytes, with a byte order mark. Columns: row, column, value in the chart's unit, unit, as written, bound, status, why it
/// stands apart, working, note. A figure left out of the chart has no value, only its words and the reason.
pub(super) fn csv(table: &ChartTable, lang: Lang) -> Vec<u8> {
    let heads = match lang {
        Lang::Zh => ["列", "数值", "单位", "原文写法", "界限", "状态", "另列原因", "算法", "备注"],
        Lang::En => ["column", "value", "unit", "as written", "bound", "status", "apart because", "working", "note"],
    };
    let written = "writing to memory does not fail";
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    let mut record = |cells: [&str; 10]| {
        writer.write_record(cells.map(|cell| defused(cell.into()).into_owned())).expect(written);
    };
    let mut line = [table.row_head.as_str(); 10];
    line[1..].copy_from_slice(&heads);
    record(line);
    for row in &table.rows {
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            match cell {
                Cell::Gap(reason) => {
                    record([&row.name, &column.label, "", &table.unit, "", "", "", reason, "", ""]);
                }
                Cell::Figure(figure) => record([
                    &row.name,
                    &column.label,
                    &figure.value.to_string(),
                    &table.unit,
                    &figure.written,
                    figure.sign,
                    &figure.status,
                    &figure.apart,
                    &figure.formula,
                    &figure.note,
                ]),
            }
        }
        if let Some(change) = &row.change {
            let name = match lang {
                Lang::Zh => "增减",
                Lang::En => "change",
            };
            let difference = change.difference.to_string();
            record([&row.name, name, &difference, &table.unit, &change.amount, "", "", "", &change.formula, ""]);
        }
    }
    for (what, why) in &table.excluded {
        record([what, "", "", "", "", "", "", why, "", ""]);
    }
    writer.into_inner().expect(written)
}
