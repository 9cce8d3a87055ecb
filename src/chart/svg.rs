//! The SVG face of a chart table.

use super::{ChartTable, Lang};

/// The design width of a drawing, in units that are CSS pixels at natural size.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Width {
    /// 480 wide with 15 px text: text stays at 10 px on a screen 320 px wide.
    Narrow,
    /// 720 wide with 14 px text: for desktop columns, print and downloads.
    Wide,
}

/// Draws the chart for inlining into a page, readable from 320 px on.
pub fn svg(table: &ChartTable, lang: Lang) -> String {
    svg_at(table, lang, Width::Narrow)
}

/// Draws the chart for inlining, at a chosen design width.
pub fn svg_at(_table: &ChartTable, _lang: Lang, _width: Width) -> String {
    String::new()
}

/// Draws the chart as a file of its own: wide, with title, source and styles inside.
pub fn svg_standalone(_table: &ChartTable, _lang: Lang) -> String {
    String::new()
}
