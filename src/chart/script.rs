//! The ECharts script that `build.rs` found inside the charming crate's package.

/// The script, licence notice included, ready to be written as a file of the site.
pub const ECHARTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/echarts.min.js"));
