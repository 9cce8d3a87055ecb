//! The sentence face of a chart table.

use super::{ChartTable, Lang};

/// Says in one sentence what the chart shows.
pub fn sentence(_table: &ChartTable, _lang: Lang) -> String {
    String::new()
}
