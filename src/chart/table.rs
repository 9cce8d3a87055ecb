//! The chart table: what a chart shows, before anybody draws it.
//!
//! What rows and columns are follows from the intent and stands at [`Intent`]. Values are exact decimals in the chart's unit,
//! beside the words of the source.

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
    /// What the rows are.
    pub row_kind: RowKind,
    /// Columns, as the intent says.
    pub columns: Vec<Column>,
    /// Rows in the order to draw them, as the intent says.
    pub rows: Vec<Row>,
    /// Reference lines across the whole chart.
    pub target: Vec<TargetLine>,
    /// Remarks printed below the chart.
    pub notes: Vec<String>,
    /// Where the figures come from; may be empty.
    pub source: String,
    /// Which direction is better.
    pub polarity: Polarity,
    /// What was left out and why.
    pub excluded: Vec<Excluded>,
}

/// A figure that a chart was asked for and does not show.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Excluded {
    /// Its region, and its indicator in a chart of several.
    pub name: String,
    /// Its period; may be empty.
    pub period: String,
    /// As the source writes it; empty where there is no figure.
    pub written: String,
    /// Why it is left out, in words.
    pub reason: String,
}

impl Excluded {
    /// What was left out: `闻喜县 2024 ≤5.40‰`.
    pub fn what(&self) -> String {
        let all = [&self.name, &self.period, &self.written];
        all.into_iter().filter(|text| !text.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The question a chart answers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Intent {
    /// Series over time, as lines: a row a series, a column a period, ascending.
    Trend,
    /// Regions in order at one period, as bars: a row a region, one column.
    Ranking,
    /// Groups of bars: a row a group (a region), a column a series (a period, or an indicator of one unit), at most six.
    Compare,
    /// Two periods, as dumbbells: a row a region or an indicator with [`Row::change`], the earlier and the later column. Both
    /// figures of a row are exact and comparable; what is not stands in `excluded`.
    Change,
    /// Regions × periods, as a table of shaded cells with the figure in each: a row a region, a column a period, ascending. A
    /// cell that is not `joined` is printed without shade.
    Grid,
    /// Figures against their targets, as bars with a target tick each: the actual figure, then the row's own target if any.
    Progress,
    /// Parts of wholes, as bars of 100 %: a row a whole (a region or a period), a column a part. The value is the share in per
    /// cent, computed and hence with its formula; `written` is the part as the source writes it. The shares of a row add up to
    /// 100 but for rounding; what the parts leave over is a column of its own, the last one, called `其余` or
    /// `Rest`.
    Share,
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

/// What the rows of a chart are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// Regions, which compare with one another.
    Region,
    /// Indicators, of which none is higher than another.
    Indicator,
    /// Periods.
    Period,
}

impl RowKind {
    /// The head of their column.
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (RowKind::Region, Lang::Zh) => "地区",
            (RowKind::Region, Lang::En) => "Region",
            (RowKind::Indicator, Lang::Zh) => "指标",
            (RowKind::Indicator, Lang::En) => "Indicator",
            (RowKind::Period, Lang::Zh) => "时期",
            (RowKind::Period, Lang::En) => "Period",
        }
    }
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
    /// The level of government of the row's region (`省级`): high and low are told within one level only. Empty for other rows.
    pub level: &'static str,
    /// The place in a ranking; ties share it.
    pub rank: Option<u32>,
    /// What changed between the two figures of a row; only for [`Intent::Change`].
    pub change: Option<Delta>,
    /// Whether the row's target is met; only for [`Intent::Progress`].
    pub judged: Option<Judged>,
}

/// What is known of a target.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Judged {
    /// Met or missed; `None` where that cannot be said (yet).
    pub met: Option<bool>,
    /// The state in words: `达标`, `未到期`, `不可比`.
    pub word: String,
}

/// A change between two comparable figures, computed here.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Delta {
    /// The amount in words, without sign: `3.2个百分点`, `2.1%`, `0.8/10万`.
    pub amount: String,
    /// Later minus earlier, in the chart's unit.
    #[serde(serialize_with = "plain")]
    pub difference: Decimal,
    /// Better or worse, where that is known and there is a difference that rounding does not explain.
    pub better: Option<bool>,
    /// Whether the difference may come of rounding alone.
    pub rounding: bool,
    /// The working: `91.3% − 88.1%`, `(3034 − 2900) ÷ 2900`.
    pub formula: String,
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
    /// Half the step of the last printed digit in the chart's unit: as far as the figure may be from what it was rounded from.
    #[serde(serialize_with = "plain")]
    pub half: Decimal,
    /// As the source writes it, with unit.
    pub written: String,
    /// Empty for an exact figure, else `≥ ≤ > < 约`.
    pub sign: &'static str,
    /// Whether it may be joined to its neighbours by a line, ranked and shaded; if not, its mark is hollow.
    pub joined: bool,
    /// Why it is not joined, in words (`截至11月30日，不是全年`, `只有下限`); empty when it is.
    pub apart: String,
    /// Whether the definition or boundary changed before this figure: the line is interrupted.
    pub break_before: bool,
    /// The working by which it was computed here (推算): `20.47万 ÷ 18.68万`; empty for a published figure.
    pub formula: String,
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

impl Row {
    /// The figure in a column.
    pub(super) fn figure(&self, place: usize) -> Option<&Figure> {
        match self.cells.get(place) {
            Some(Cell::Figure(figure)) => Some(figure),
            Some(Cell::Gap(_)) | None => None,
        }
    }
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
