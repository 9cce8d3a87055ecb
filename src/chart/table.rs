//! The chart table: what a chart shows, before anybody draws it.
//!
//! Rows are series (trend) or ranked regions (ranking, progress); columns are periods, or one column for a ranking, or the
//! actual figure and its target for progress. Values are exact decimals in the chart's unit, beside the words of the source.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// One chart as a table: the single input of every face.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChartTable {
    /// What the reader wants to see.
    pub intent: Intent,
    /// Unique in its page, `[a-z0-9-]`; element ids in the SVG derive from it.
    pub id: String,
    /// The name of the chart, usually the indicator's.
    pub title: String,
    /// A second line: regions and span. May be empty.
    pub subtitle: String,
    /// The label of the unit (`‰`, `/10万`, `张`); may be empty.
    pub unit: String,
    /// Trend: periods, ascending. Ranking: one column. Progress: the actual figure, then the row's own target if it has one.
    pub columns: Vec<Column>,
    /// Series, or regions in the order to draw them.
    pub rows: Vec<Row>,
    /// Reference lines across the whole chart.
    pub target: Vec<TargetLine>,
    /// Remarks printed below the chart.
    pub notes: Vec<String>,
    /// Where the figures come from; may be empty.
    pub source: String,
    /// Which direction is better.
    pub polarity: Polarity,
    /// What was left out (`闻喜县 2024 ≤5.40‰`) and why, in words.
    pub excluded: Vec<(String, String)>,
}

/// The question a chart answers. Only what is drawn is listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Intent {
    /// Series over time, as lines.
    Trend,
    /// Regions in order at one period, as bars.
    Ranking,
    /// Figures against their targets, as bars with a target tick each.
    Progress,
}

/// The language of generated words and labels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 简体中文.
    Zh,
    /// English.
    En,
}

/// Which direction of change is an improvement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// A larger figure is better.
    Higher,
    /// A smaller figure is better.
    Lower,
    /// Neither direction is better.
    None,
}

/// A period, or the single column of a ranking.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Column {
    /// `2021`, `2017上半年`.
    pub label: String,
    /// Whether the period is shorter than the chart's regular one.
    pub partial: bool,
    /// The year as a decimal number: the place on the time axis.
    #[serde(serialize_with = "plain")]
    pub position: Decimal,
}

/// A series, or a ranked region.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// The name printed at the line's end or before the bar.
    pub name: String,
    /// Whether this is the page's own region, drawn strong.
    pub emphasis: bool,
    /// The address of the row's page.
    pub link: Option<String>,
    /// One cell per column; missing cells at the end count as gaps without a reason.
    pub cells: Vec<Cell>,
    /// The place in a ranking; ties share it.
    pub rank: Option<u32>,
}

/// A place in the table.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// No figure, with the reason in words (may be empty). Never drawn as zero.
    Gap(String),
    /// A figure.
    Figure(Figure),
}

/// A figure as computed and as written.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Figure {
    /// In the chart's unit.
    #[serde(serialize_with = "plain")]
    pub value: Decimal,
    /// As the source writes it, with unit.
    pub written: String,
    /// Empty for an exact figure, else `≥ ≤ > < 约`.
    pub sign: &'static str,
    /// Whether it may be joined to its neighbours by a line; if not, its mark is hollow.
    pub joined: bool,
    /// Whether the definition or boundary changed before this figure: the line is interrupted.
    pub break_before: bool,
    /// Whether it was computed here and not published.
    pub derived: bool,
    /// The status in words (`初步数`, `修订`); empty for a plain figure.
    pub status: String,
    /// A remark on this figure; may be empty.
    pub note: String,
}

/// A reference line.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TargetLine {
    /// Whose target: `省定目标`.
    pub label: String,
    /// In the chart's unit.
    #[serde(serialize_with = "plain")]
    pub value: Decimal,
    /// The bound it sets: empty or `≥ ≤ > <`.
    pub sign: &'static str,
}

impl ChartTable {
    /// Whether there is no figure at all.
    pub(super) fn is_empty(&self) -> bool {
        !self.rows.iter().flat_map(|row| &row.cells).any(|cell| matches!(cell, Cell::Figure(_)))
    }

    /// The same figures as bars, when a trend has figures in one period only: one period is a value and not a line.
    pub(super) fn as_bars(&self) -> Option<ChartTable> {
        let filled = |place: &usize| self.rows.iter().any(|row| matches!(row.cells.get(*place), Some(Cell::Figure(_))));
        let mut places = (0..self.columns.len()).filter(filled);
        let (Intent::Trend, Some(only), None) = (self.intent, places.next(), places.next()) else {
            return None;
        };
        let mut bars = self.clone();
        bars.intent = Intent::Ranking;
        bars.columns = vec![self.columns[only].clone()];
        for row in &mut bars.rows {
            row.cells = row.cells.get(only).cloned().into_iter().collect();
        }
        Some(bars)
    }
}

/// Serialises a decimal as plain text, so that no digit is lost on the way to a template.
fn plain<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}
