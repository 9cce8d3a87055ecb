//! How long the faces of a chart take: `cargo bench --bench draw` prints microseconds a drawing for each intent at the size it
//! usually has. Without `--bench` (as `cargo test --all-targets` calls it) every face is drawn once.

use std::hint::black_box;
use std::io::{self, Write};
use std::time::Instant;

use nianbao::chart::{
    Cell, ChartTable, Column, Delta, Figure, Intent, Lang, Polarity, Row, RowKind, Width, echarts_option, sentence,
    svg, svg_at,
};
use rust_decimal::Decimal;

/// Runs of which the median and the spread are told.
const RUNS: usize = 15;

/// Drawings in a run.
const DRAWINGS: u32 = 40;

fn main() -> io::Result<()> {
    let measured = std::env::args().any(|argument| argument == "--bench");
    let mut out = io::stdout().lock();
    if measured {
        writeln!(out, "microseconds a drawing: median of {RUNS} runs of {DRAWINGS} (fastest – slowest)")?;
        writeln!(
            out,
            "{:<16}{:>24}{:>24}{:>24}{:>24}{:>9}",
            "", "SVG narrow", "SVG wide", "option as text", "sentence", "SVG kB"
        )?;
    }
    for (name, table) in tables() {
        type Face<'a> = &'a dyn Fn() -> String;
        let faces: [Face<'_>; 4] = [
            &|| svg(&table, Lang::Zh),
            &|| svg_at(&table, Lang::Zh, Width::Wide),
            &|| echarts_option(&table, Lang::Zh).to_string(),
            &|| sentence(&table, Lang::Zh),
        ];
        if measured {
            let times: String = faces.iter().map(|face| format!("{:>24}", time(face))).collect();
            writeln!(out, "{name:<16}{times}{:>9.1}", svg(&table, Lang::Zh).len() as f64 / 1000.0)?;
        } else {
            assert!(faces.iter().all(|face| !face().is_empty()), "{name}");
        }
    }
    Ok(())
}

/// The median with the fastest and the slowest run.
fn time(face: &dyn Fn() -> String) -> String {
    black_box(face());
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..DRAWINGS {
                black_box(face());
            }
            start.elapsed().as_secs_f64() * 1e6 / f64::from(DRAWINGS)
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    format!("{:.0} ({:.0} – {:.0})", runs[RUNS / 2], runs[0], runs[RUNS - 1])
}

fn tables() -> Vec<(&'static str, ChartTable)> {
    vec![
        ("trend 5×10", table(Intent::Trend, 5, 10)),
        ("ranking 31", table(Intent::Ranking, 31, 1)),
        ("compare 10×3", table(Intent::Compare, 10, 3)),
        ("change 31", changes(table(Intent::Change, 31, 2))),
        ("grid 30×10", table(Intent::Grid, 30, 10)),
        ("progress 12", table(Intent::Progress, 12, 2)),
        ("share 10×5", table(Intent::Share, 10, 5)),
    ]
}

fn table(intent: Intent, rows: u32, columns: u32) -> ChartTable {
    let names = ["天门市", "湖北省", "恩施土家族苗族自治州", "神农架林区", "仙桃市", "全国"];
    let row = |number: u32| Row {
        name: format!("{}{}", names[number as usize % names.len()], number / names.len() as u32 + 1),
        emphasis: number == 0,
        link: Some(format!("../../regions/42{number:04}/index.html")),
        cells: (0..columns).map(|column| Cell::Figure(figure(intent, number, column))).collect(),
        level: "县级",
        rank: (intent == Intent::Ranking).then_some(number + 1),
        change: None,
        judged: None,
    };
    let column = |number: u32| Column {
        label: if intent == Intent::Share { format!("第{number}类机构") } else { (2014 + number).to_string() },
        partial: false,
        position: Decimal::from(2014 + number),
    };
    ChartTable {
        intent,
        id: "chart-1".to_owned(),
        title: "婴儿死亡率".to_owned(),
        subtitle: String::new(),
        unit: if intent == Intent::Share { "%" } else { "‰" }.to_owned(),
        row_kind: RowKind::Region,
        columns: (0..columns).map(column).collect(),
        rows: (0..rows).map(row).collect(),
        target: Vec::new(),
        notes: Vec::new(),
        source: String::new(),
        polarity: Polarity::Lower,
        excluded: Vec::new(),
    }
}

fn figure(intent: Intent, row: u32, column: u32) -> Figure {
    let hundredths = match intent {
        Intent::Share => 2_000,
        _ => 900 + row * 13 + (row * 7 + column * 3) % 11 * 9 - column * 30,
    };
    let value = Decimal::new(i64::from(hundredths), 2);
    Figure {
        value,
        half: Decimal::new(5, 3),
        written: format!("{value}‰"),
        sign: "",
        joined: true,
        apart: String::new(),
        break_before: false,
        formula: String::new(),
        status: String::new(),
        note: String::new(),
    }
}

fn changes(mut table: ChartTable) -> ChartTable {
    for row in &mut table.rows {
        let [Cell::Figure(earlier), Cell::Figure(later)] = row.cells.as_slice() else { continue };
        let difference = later.value - earlier.value;
        row.change = Some(Delta {
            amount: format!("{}‰", difference.abs()),
            difference,
            better: Some(difference < Decimal::ZERO),
            rounding: false,
            formula: format!("{} − {}", later.written, earlier.written),
        });
    }
    table
}
