//! The ECharts face of a chart table.

use super::{ChartTable, Lang};

/// Builds the ECharts option of the chart.
pub fn echarts_option(_table: &ChartTable, _lang: Lang) -> serde_json::Value {
    serde_json::Value::Null
}
