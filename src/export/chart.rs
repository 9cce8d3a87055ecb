//! The figures of one chart as CSV, a line a figure: what is displayed, and what was left out with the reason.

use crate::chart::{Cell, ChartTable, Lang};

use super::derived::signed;
use super::table::defused;

/// The columns behind the row's own, in both languages.
const HEADS: [(&str, &str); 10] = [
    ("列", "column"),
    ("位次", "rank"),
    ("数值", "value"),
    ("单位", "unit"),
    ("原文写法", "as written"),
    ("界限", "bound"),
    ("状态", "status"),
    ("另列原因", "apart because"),
    ("算法", "working"),
    ("备注", "note"),
];

/// The bytes, with a byte order mark: row, then [`HEADS`]. A change is a line of its own with its own unit; a figure left out
/// of the chart has no value, only its words and the reason.
pub(super) fn csv(table: &ChartTable, lang: Lang) -> Vec<u8> {
    let say = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let written = "writing to memory does not fail";
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    let mut record = |cells: [&str; 11]| {
        writer.write_record(cells.map(|cell| defused(cell.into()).into_owned())).expect(written);
    };
    let mut line = [table.row_kind.label(lang); 11];
    for (cell, (zh, en)) in line[1..].iter_mut().zip(HEADS) {
        *cell = say(zh, en);
    }
    record(line);
    for row in &table.rows {
        let rank = row.rank.map(|rank| rank.to_string()).unwrap_or_default();
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            match cell {
                Cell::Gap(reason) => {
                    record([&row.name, &column.label, "", "", &table.unit, "", "", "", reason, "", ""]);
                }
                Cell::Figure(figure) => record([
                    &row.name,
                    &column.label,
                    &rank,
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
            let (value, unit) = signed(&change.amount, change.difference);
            let rounding = if change.rounding { say("相差在舍入之内", "within rounding") } else { "" };
            let name = say("增减", "change");
            record([&row.name, name, "", &value, unit, "", "", "", "", &change.formula, rounding]);
        }
    }
    for one in &table.excluded {
        record([&one.name, &one.period, "", "", "", &one.written, "", "", &one.reason, "", ""]);
    }
    writer.into_inner().expect(written)
}
