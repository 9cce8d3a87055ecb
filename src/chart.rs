//! One table per chart, and its faces: SVG, an ECharts option and a sentence are pure functions of [`ChartTable`].
//!
//! Comes in: figures that may share a chart (what may not is already in `excluded`, with the reason). Goes out: text.
//! Not done here: deciding comparability, reading reports, the HTML table (templates draw it from the same value).

mod classes;
#[cfg(test)]
mod contrast;
mod echarts;
mod number;
#[cfg(test)]
mod sample;
mod scale;
pub mod script;
mod sentence;
mod series;
mod svg;
mod table;
mod text;

pub use echarts::echarts_option;
pub use sentence::sentence;
pub use svg::{STYLE, Width, svg, svg_at, svg_standalone};
pub use table::{
    Cell, ChartTable, Column, Delta, Excluded, Figure, Intent, Judged, Lang, Polarity, Row, RowKind, TargetLine,
};
