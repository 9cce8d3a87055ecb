//! Reports and free pages as loaded: front matter resolved, metrics parsed, the text known by its outline. The text itself
//! is not kept; it is read again when the page is rendered.

use std::sync::Arc;

use jiff::civil::Date;

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::quantity::Quantity;
use crate::region::RegionId;
use crate::source::{FileId, Places, Span};

/// What kind of document a report is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReportKind {
    /// 总结.
    Summary,
    /// 要点: targets only, as a rule.
    Plan,
    /// 发布会.
    Briefing,
    /// 公报.
    Bulletin,
}

impl ReportKind {
    /// All kinds with their names in files.
    pub const NAMES: [(&'static str, ReportKind); 4] = [
        ("summary", ReportKind::Summary),
        ("plan", ReportKind::Plan),
        ("briefing", ReportKind::Briefing),
        ("bulletin", ReportKind::Bulletin),
    ];

    /// The name in files.
    pub fn id(self) -> &'static str {
        ReportKind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// Quality of a value, after SDMX CL_OBS_STATUS.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Status {
    /// A.
    #[default]
    Normal,
    /// P.
    Provisional,
    /// E.
    Estimated,
    /// R.
    Revised,
    /// B: the definition or the basis changed with this period.
    Break,
}

impl Status {
    /// All that can be written, with their names in files.
    pub const NAMES: [(&'static str, Status); 4] = [
        ("provisional", Status::Provisional),
        ("estimated", Status::Estimated),
        ("revised", Status::Revised),
        ("break", Status::Break),
    ];

    /// The SDMX letter.
    pub fn code(self) -> &'static str {
        match self {
            Status::Normal => "A",
            Status::Provisional => "P",
            Status::Estimated => "E",
            Status::Revised => "R",
            Status::Break => "B",
        }
    }
}

/// Why a value is missing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Missing {
    /// 未报.
    NotReported,
    /// 不适用.
    NotApplicable,
    /// 不公布.
    Suppressed,
    /// 待报.
    Pending,
}

impl Missing {
    /// All with their names in files.
    pub const NAMES: [(&'static str, Missing); 4] = [
        ("not-reported", Missing::NotReported),
        ("not-applicable", Missing::NotApplicable),
        ("suppressed", Missing::Suppressed),
        ("pending", Missing::Pending),
    ];

    /// The name in files.
    pub fn id(self) -> &'static str {
        Missing::NAMES.iter().find(|(_, missing)| *missing == self).map_or("", |(name, _)| name)
    }
}

/// One entry under `[metrics]`.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Indicator.
    pub indicator: IndicatorId,
    /// Region, the report's own unless stated.
    pub region: RegionId,
    /// Period, the report's own unless stated.
    pub period: Period,
    /// The value as written.
    pub value: Option<Arc<Quantity>>,
    /// The target as written.
    pub target: Option<Arc<Quantity>>,
    /// Who set the target.
    pub target_source: String,
    /// When the target is due; the end of the period unless stated.
    pub due: Option<Date>,
    /// A value of another region to stand beside.
    pub baseline: Option<(RegionId, Arc<Quantity>)>,
    /// The value of the period before, as this report states it.
    pub previous: Option<Arc<Quantity>>,
    /// Where that stands.
    pub previous_span: Span,
    /// Quality.
    pub status: Status,
    /// Why there is no value.
    pub missing: Option<Missing>,
    /// Note.
    pub note: String,
    /// The words of the text that carry the figure.
    pub quote: String,
    /// Where it stands.
    pub span: Span,
    /// Where the value stands.
    pub value_span: Span,
    /// Where the target stands.
    pub target_span: Span,
}

/// A source of a report.
#[derive(Clone, Debug)]
pub struct Citation {
    /// Name.
    pub name: String,
    /// Address, may be empty.
    pub url: String,
}

/// `[disclosure]`: 政府信息公开.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// 索引号.
    pub index: String,
    /// 分类.
    pub category: String,
    /// 发文日期.
    pub issued: Option<Date>,
    /// 文号.
    pub document_number: String,
    /// 效力状态.
    pub validity: String,
    /// Where they stand.
    pub places: Places,
}

/// A heading of a text, levels after the shift (2 and deeper).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// Level in the page.
    pub level: u8,
    /// Words.
    pub text: String,
    /// Anchor.
    pub anchor: String,
}

/// A link or picture of a text, as written.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The address as written, percent escapes resolved, without anchor.
    pub target: String,
    /// The anchor as written, may be empty.
    pub anchor: String,
    /// Whether it is a picture.
    pub image: bool,
    /// Where it stands.
    pub span: Span,
}

/// A `chart` fence.
#[derive(Clone, Debug)]
pub struct ChartFence {
    /// Which fence of the text it is, from 0.
    pub index: usize,
    /// The name of its own address, when the author gave one; else the address follows from the index.
    pub id: Option<String>,
    /// What it asks for.
    pub request: ChartRequest,
    /// Where it stands.
    pub span: Span,
}

/// What a chart shows, asked for by intent: in a fence, or by a page. Two equal requests are one chart.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ChartRequest {
    /// Intent.
    pub intent: ChartIntent,
    /// Indicators; the parts for a share.
    pub indicators: Vec<IndicatorId>,
    /// The whole of a share; the sum of the parts when none.
    pub whole: Option<IndicatorId>,
    /// Regions in the order to show them.
    pub regions: Vec<RegionId>,
    /// A region whose children with figures are shown too.
    pub children: Option<RegionId>,
    /// The region drawn strong; it is shown alone when no others are named.
    pub own: Option<RegionId>,
    /// Periods.
    pub periods: PeriodChoice,
    /// Whether its regions were picked out of many, and how; the chart says so.
    pub picked: Option<Picked>,
    /// Title, may be empty.
    pub title: String,
}

/// Regions picked out of many: the only one of the highest level, and the first two, the middle and the last two by rank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Picked {
    /// The one of the highest level.
    pub top: Option<RegionId>,
    /// The period of the ranks.
    pub period: Period,
}

/// Which periods a chart shows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PeriodChoice {
    /// All, or the newest that fits for charts of one period.
    Open,
    /// All that end in these years, both included.
    Years(i16, i16),
    /// Just these.
    List(Vec<Period>),
}

/// The intents a fence can name; what rows and columns are for each stands at `chart::Intent`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ChartIntent {
    /// One indicator in regions, or indicators of one unit in one region, over time.
    Trend,
    /// Regions of one period in order.
    Ranking,
    /// Regions by up to six periods, or by up to six indicators of one unit.
    Compare,
    /// Regions, or indicators of one unit in one region, at two periods.
    Change,
    /// Regions by periods.
    Grid,
    /// Figures against their targets.
    Progress,
    /// Parts of a whole, by region or by period.
    Share,
}

impl ChartIntent {
    /// All intents with their names in files.
    pub const NAMES: [(&'static str, ChartIntent); 7] = [
        ("trend", ChartIntent::Trend),
        ("ranking", ChartIntent::Ranking),
        ("compare", ChartIntent::Compare),
        ("change", ChartIntent::Change),
        ("grid", ChartIntent::Grid),
        ("progress", ChartIntent::Progress),
        ("share", ChartIntent::Share),
    ];

    /// The name in files.
    pub fn id(self) -> &'static str {
        ChartIntent::NAMES.iter().find(|(_, intent)| *intent == self).map_or("", |(name, _)| name)
    }
}

impl ChartRequest {
    /// Everything about one indicator.
    pub fn of(intent: ChartIntent, indicator: IndicatorId) -> ChartRequest {
        ChartRequest {
            intent,
            indicators: vec![indicator],
            whole: None,
            regions: Vec::new(),
            children: None,
            own: None,
            periods: PeriodChoice::Open,
            picked: None,
            title: String::new(),
        }
    }

    /// The same chart on a page of a region, which is drawn strong.
    pub fn owned_by(&self, own: Option<RegionId>) -> ChartRequest {
        ChartRequest { own: self.own.or(own), ..self.clone() }
    }
}

impl PeriodChoice {
    /// Whether a period is among them.
    pub fn holds(&self, period: Period) -> bool {
        match self {
            PeriodChoice::Open => true,
            PeriodChoice::Years(low, high) => (*low..=*high).contains(&period.year()),
            PeriodChoice::List(list) => list.contains(&period),
        }
    }

    /// The first and the last; none when open.
    pub fn ends(&self) -> Option<(Period, Period)> {
        match self {
            PeriodChoice::Open => None,
            PeriodChoice::Years(low, high) => Some((Period::Year(*low), Period::Year(*high))),
            PeriodChoice::List(list) => Some((*list.first()?, *list.last()?)),
        }
    }
}

/// What a text holds, found once when it is loaded.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Headings.
    pub headings: Vec<Heading>,
    /// Links and pictures inside the site.
    pub references: Vec<Reference>,
    /// Chart fences.
    pub charts: Vec<ChartFence>,
    /// The first raw HTML that cleaning takes something out of.
    pub html_lost: Option<Span>,
    /// Length of the text in characters.
    pub characters: usize,
}

/// Where the text of a document is.
#[derive(Clone, Debug)]
pub struct Body {
    /// The file.
    pub file: FileId,
    /// Byte at which the text starts.
    pub offset: usize,
    /// Hash of the whole file when it was loaded.
    pub hash: crate::hash::Hash,
    /// What it holds.
    pub outline: Outline,
}

/// A report.
#[derive(Clone, Debug)]
pub struct Report {
    /// Path below `content/`.
    pub path: Arc<str>,
    /// Title.
    pub title: String,
    /// Region.
    pub region: RegionId,
    /// Period.
    pub period: Period,
    /// Kind.
    pub kind: ReportKind,
    /// Date of publication.
    pub date: Option<Date>,
    /// Publisher.
    pub publisher: String,
    /// Sources.
    pub sources: Vec<Citation>,
    /// Draft.
    pub draft: bool,
    /// Where the date stands.
    pub date_span: Span,
    /// Not shown before this day.
    pub publish: Option<Date>,
    /// Not shown from this day on.
    pub expires: Option<Date>,
    /// Topics.
    pub topics: Vec<String>,
    /// Former addresses.
    pub aliases: Vec<(String, Span)>,
    /// Summary.
    pub summary: String,
    /// Where the summary stands.
    pub summary_span: Span,
    /// Disclosure block.
    pub disclosure: Option<Disclosure>,
    /// Metrics in the author's order.
    pub metrics: Vec<Metric>,
    /// The text.
    pub body: Body,
    /// Where the front matter starts.
    pub span: Span,
}

/// A free page.
#[derive(Clone, Debug)]
pub struct FreePage {
    /// Path below `content/`.
    pub path: Arc<str>,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// Draft.
    pub draft: bool,
    /// Former addresses.
    pub aliases: Vec<(String, Span)>,
    /// The text.
    pub body: Body,
    /// Where the front matter starts.
    pub span: Span,
}

/// A file that travels with the content.
#[derive(Clone, Debug)]
pub struct ContentFile {
    /// Path below `content/`.
    pub path: Arc<str>,
    /// Path on disk.
    pub disk: std::path::PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// Hash of its bytes.
    pub hash: crate::hash::Hash,
    /// The file, for messages.
    pub file: FileId,
}
