//! What templates receive: `site`, the same for all pages, and `page`, one [`Page`] with everything the page shows. A
//! page is a pure function of these two, so their hash decides whether it is rendered. These structs are the contract
//! with themes (`api = 1` in theme.toml): texts are ready to show, links are relative to the page and name the file.

use serde::Serialize;

/// The whole site, shared by all pages; its links are relative to the output root: prefix them with `page.root`.
#[derive(Serialize, Clone, Debug)]
pub struct SiteView {
    /// Site title.
    pub title: String,
    /// Second line under the title, may be empty.
    pub subtitle: String,
    /// `zh-CN` or `en`.
    pub language: String,
    /// Who publishes.
    pub publisher: String,
    /// One sentence for search engines.
    pub description: String,
    /// Footer text, may be empty.
    pub footer: String,
    /// Base address with a closing slash, empty when unset.
    pub base_url: String,
    /// Main menu.
    pub menu: Vec<Link>,
    /// Tags and footer slots of Chinese government sites.
    pub gov: Option<GovView>,
    /// The page of revisions, from the root; empty where no published figure was revised.
    pub revisions: String,
    /// Static files of the theme by their plain name (`css/site.css` → `static/css/site.1a2b3c4d5e.css`), from the root.
    pub assets: std::collections::BTreeMap<String, String>,
    /// Texts of the theme (`i18n/<language>.toml`) by key.
    pub text: std::collections::BTreeMap<String, String>,
    /// Version of nianbao.
    pub generator: String,
}

/// `[gov]` of site.toml (norm: 国办发〔2017〕47号); every field may be empty.
#[derive(Serialize, Clone, Debug, Default)]
#[expect(missing_docs, reason = "the names are those of site.toml")]
pub struct GovView {
    pub site_name: String,
    pub site_domain: String,
    pub site_id_code: String,
    pub column_name: String,
    pub column_description: String,
    pub column_keywords: String,
    pub column_type: String,
    pub sponsor: String,
    pub contact: String,
    pub icp: String,
    pub police: String,
    /// Verbatim HTML of the party-and-government mark.
    pub conac_html: String,
    /// Verbatim HTML of the error-report entry.
    pub error_report_html: String,
}

/// A link with its words.
#[derive(Serialize, Clone, Debug, Default)]
pub struct Link {
    /// Words.
    pub name: String,
    /// Address.
    pub url: String,
    /// Whether it is the page shown.
    pub current: bool,
    /// A light remark beside it, may be empty.
    pub note: String,
}

/// One page.
#[derive(Serialize, Clone, Debug)]
pub struct Page {
    /// Template name, such as `report.html`.
    pub template: &'static str,
    /// Title, the one h1.
    pub title: String,
    /// Path from the output root, such as `regions/429006/index.html`.
    pub path: String,
    /// Prefix that leads to the output root: empty or `../../`.
    pub root: String,
    /// Absolute address when `base_url` is set, else empty.
    pub canonical: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Way from the home page, without the page itself.
    pub breadcrumb: Vec<Link>,
    /// Column name and type for the gov meta tags of this page.
    pub column: String,
    /// ColumnType of norms, for example 数据发布.
    pub column_type: String,
    /// Whether there are charts, so that their script is needed.
    pub has_charts: bool,
    /// Whether it shows a draft, or a chart of one.
    pub draft: bool,
    /// The content, by kind.
    #[serde(flatten)]
    pub body: Body,
}

/// The content of a page, by kind; `page.kind` names it.
#[derive(Serialize, Clone, Debug)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    /// `index.html`.
    Home(Home),
    /// A report.
    Report(Box<ReportView>),
    /// `regions/index.html`.
    Regions(RegionsView),
    /// A region's profile.
    Region(Box<RegionView>),
    /// `indicators/index.html`.
    Indicators(IndicatorsView),
    /// An indicator.
    Indicator(Box<IndicatorView>),
    /// An indicator among the children of one region.
    IndicatorChildren(Box<IndicatorChildrenView>),
    /// `years/index.html`.
    Years(YearsView),
    /// A year or other period.
    Year(Box<YearView>),
    /// A period in the regions below one.
    YearChildren(Box<YearChildrenView>),
    /// `progress/index.html`, and the same of the regions below one.
    Progress(ProgressView),
    /// `compare/index.html`.
    Compare(CompareView),
    /// `data/index.html`.
    Data(DataView),
    /// A free page.
    Free(FreeView),
    /// `sitemap/index.html`.
    Sitemap(SitemapView),
    /// `404.html`; its links are absolute below `base_url` when that is set.
    NotFound(NotFoundView),
    /// A redirect from a former address.
    Redirect(RedirectView),
    /// A chart for frames of other sites.
    Embed(Box<EmbedView>),
    /// The figures of a report beside the sentences that state them.
    Proof(Box<ProofView>),
    /// `revisions/index.html`.
    Revisions(RevisionsView),
}

/// A figure ready to show.
#[derive(Serialize, Clone, Debug, Default)]
pub struct FigureView {
    /// As written, with its unit: `≤14/10万`; empty when there is none.
    pub written: String,
    /// Number part for alignment, with its bound sign: `≤14`.
    pub number: String,
    /// Unit part: `/10万`.
    pub unit: String,
    /// Plain decimal in the indicator's unit for machines (`data` element), empty when not exact.
    pub value: String,
    /// Status words such as 初步, 估计, 修订, 口径变化; empty for normal.
    pub flag: String,
    /// Words for a missing value (未报, 不适用 …); empty when there is a figure.
    pub missing: String,
    /// Note of the author.
    pub note: String,
    /// How it was computed (推算); empty for a stated figure.
    pub formula: String,
    /// The working by which a stated figure was recomputed and found to agree; empty when it cannot be recomputed.
    pub verified: String,
}

/// Change on the comparable period before.
#[derive(Serialize, Clone, Debug, Default)]
pub struct ChangeView {
    /// `up`, `down`, `same`; empty when nothing comparable.
    pub direction: &'static str,
    /// `0.3个百分点`, `2.1%`, without sign.
    pub amount: String,
    /// `better`, `worse`, `rounding` where the difference may come of rounding alone, or empty where polarity is unknown.
    pub judgement: &'static str,
    /// The period compared with: `比2020年`.
    pub against: String,
    /// How it was computed (推算), with the figures as written: `91.3% − 88.1%`.
    pub formula: String,
    /// Why there is none, in words; may be empty.
    pub reason: String,
}

/// Target status.
#[derive(Serialize, Clone, Debug, Default)]
pub struct StatusView {
    /// `met`, `missed`, `due`, `unreported`, `incomparable`, or empty without target.
    pub code: &'static str,
    /// Sign: ✓ ✗ ○ … –.
    pub sign: &'static str,
    /// 达标, 未达标, 未到期, 未见结果, 不可比 (or English).
    pub word: String,
    /// The working: `0 ≤ 14/10万`.
    pub working: String,
}

/// One line of a metric table.
#[derive(Serialize, Clone, Debug)]
pub struct MetricRow {
    /// Anchor in the page: `m-maternal-mortality`.
    pub anchor: String,
    /// Indicator name and page.
    pub indicator: Link,
    /// Region, when it is not the report's own.
    pub region: Option<Link>,
    /// Period in words, with 截至 where it is as-of.
    pub period: String,
    /// The figure.
    pub figure: FigureView,
    /// The target.
    pub target: FigureView,
    /// Who set the target: 省定.
    pub target_source: String,
    /// The period of the target in words, where it is not `period`; else empty.
    pub target_period: String,
    /// The day the target is due, `2025-12-31`, where one is stated; else empty.
    pub due: String,
    /// Status.
    pub status: StatusView,
    /// Value over target for counts: `109.58%` with its formula; empty otherwise.
    pub completion: FigureView,
    /// Change on the comparable period before.
    pub change: ChangeView,
    /// The baseline or the parent's value beside it, with whose it is.
    pub parent: Option<(Link, FigureView)>,
    /// Tiny trend as SVG; empty when fewer than two points.
    pub spark: String,
    /// Note.
    pub note: String,
}

/// Metrics of one topic.
#[derive(Serialize, Clone, Debug)]
pub struct MetricGroup {
    /// Topic, or the region on the progress page; may be empty.
    pub topic: String,
    /// Page of the topic or region; may be empty.
    pub url: String,
    /// A light remark beside it; may be empty.
    pub note: String,
    /// Anchor.
    pub anchor: String,
    /// Lines in the author's order.
    pub rows: Vec<MetricRow>,
}

/// A headline figure.
#[derive(Serialize, Clone, Debug)]
pub struct KeyFigure {
    /// Indicator.
    pub indicator: Link,
    /// Region, when several are shown together.
    pub region: Option<Link>,
    /// Period.
    pub period: String,
    /// Figure.
    pub figure: FigureView,
    /// Status.
    pub status: StatusView,
    /// Change.
    pub change: ChangeView,
    /// Tiny trend SVG.
    pub spark: String,
}

/// A chart with its four faces.
#[derive(Serialize, Clone, Debug)]
pub struct ChartView {
    /// Id in the page.
    pub id: String,
    /// Title.
    pub title: String,
    /// Generated sentence.
    pub sentence: String,
    /// Inline SVG.
    pub svg: String,
    /// The table face.
    pub table: TableView,
    /// ECharts option as JSON, safe inside a script element.
    pub option: String,
    /// Notes and exclusions in words.
    pub notes: Vec<String>,
    /// Source.
    pub source: String,
    /// Address of the chart as a page of its own, for frames of other sites; empty when it has none.
    pub embed: String,
    /// Address of the drawing as a file; empty when it has none.
    pub svg_file: String,
    /// Address of the figures shown as CSV; empty when it has none.
    pub csv_file: String,
}

/// A plain table.
#[derive(Serialize, Clone, Debug, Default)]
pub struct TableView {
    /// Caption.
    pub caption: String,
    /// Column heads; the first names the rows.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<TableRow>,
}

/// A row of a plain table.
#[derive(Serialize, Clone, Debug)]
pub struct TableRow {
    /// Row head.
    pub head: Link,
    /// Whether it is the page's own region.
    pub emphasis: bool,
    /// Rank, 0 for none.
    pub rank: u32,
    /// Cells.
    pub cells: Vec<FigureView>,
}

/// A stretch of text as HTML and the chart behind it.
#[derive(Serialize, Clone, Debug)]
pub struct Part {
    /// HTML, safe to print.
    pub html: String,
    /// The chart of a fence; none behind the last stretch.
    pub chart: Option<ChartView>,
}

/// A file to download.
#[derive(Serialize, Clone, Debug)]
pub struct FileView {
    /// Words.
    pub name: String,
    /// Address.
    pub url: String,
    /// `CSV`, `PDF` …
    pub kind: String,
    /// Size in words: `12 KB`.
    pub size: String,
}

/// A heading of the text.
#[derive(Serialize, Clone, Debug)]
pub struct TocItem {
    /// Level, 2 and deeper.
    pub level: u8,
    /// Words.
    pub text: String,
    /// Anchor without `#`.
    pub anchor: String,
}

/// A report in a list.
#[derive(Serialize, Clone, Debug)]
pub struct ReportItem {
    /// Title and address.
    pub link: Link,
    /// Region.
    pub region: Link,
    /// Period in words.
    pub period: String,
    /// Kind in words.
    pub kind: String,
    /// Date `2022-02-18`, may be empty.
    pub date: String,
    /// Publisher.
    pub publisher: String,
    /// Summary, may be empty.
    pub summary: String,
    /// Number of figures.
    pub figures: usize,
}

/// A report page.
#[derive(Serialize, Clone, Debug)]
pub struct ReportView {
    /// Region and its page.
    pub region: Link,
    /// Period in words, and its page.
    pub period: Link,
    /// The proof sheet; empty for a report without figures.
    pub proof: String,
    /// Kind: `summary`, `plan`, `briefing`, `bulletin`.
    pub report_kind: String,
    /// Kind in words.
    pub kind_name: String,
    /// Date `2022-02-18`, may be empty.
    pub date: String,
    /// PubDate for the meta tag, `2022-02-18 00:00`.
    pub pub_date: String,
    /// Publisher.
    pub publisher: String,
    /// Sources; the url may be empty.
    pub sources: Vec<Link>,
    /// Topics.
    pub topics: Vec<String>,
    /// Summary.
    pub summary: String,
    /// Disclosure lines: 索引号, value.
    pub disclosure: Vec<(String, String)>,
    /// Four to six headline figures.
    pub key_figures: Vec<KeyFigure>,
    /// All metrics by topic.
    pub groups: Vec<MetricGroup>,
    /// Number of metrics.
    pub metric_count: usize,
    /// Charts made from the metrics.
    pub charts: Vec<ChartView>,
    /// Text as HTML, cut at its charts.
    pub parts: Vec<Part>,
    /// Contents.
    pub toc: Vec<TocItem>,
    /// Attachments.
    pub attachments: Vec<FileView>,
    /// Notes on comparability.
    pub notes: Vec<String>,
    /// The report of the period before.
    pub previous: Option<Link>,
    /// The report of the period after.
    pub next: Option<Link>,
    /// Other reports of the region and period.
    pub siblings: Vec<Link>,
    /// Revisions of figures of this report, newest first.
    pub revisions: Vec<RevisionView>,
    /// QR code of the canonical address as SVG; empty without base_url.
    pub qr: String,
}

/// The home page.
#[derive(Serialize, Clone, Debug)]
pub struct Home {
    /// Text as HTML, cut at its charts.
    pub parts: Vec<Part>,
    /// Headline figures.
    pub key_figures: Vec<KeyFigure>,
    /// Charts of headline indicators.
    pub charts: Vec<ChartView>,
    /// Newest reports.
    pub latest: Vec<ReportItem>,
    /// Regions with reports.
    pub regions: Vec<Link>,
    /// Periods with data, newest first.
    pub years: Vec<Link>,
    /// Topics with their indicators.
    pub topics: Vec<LinkGroup>,
    /// Progress counts.
    pub progress: ProgressCounts,
    /// Number of reports, figures, regions, indicators.
    pub counts: Counts,
}

/// Sizes of the site.
#[derive(Serialize, Clone, Debug, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Counts {
    pub reports: usize,
    pub figures: usize,
    pub regions: usize,
    pub indicators: usize,
}

/// Links under a head.
#[derive(Serialize, Clone, Debug)]
pub struct LinkGroup {
    /// Head.
    pub name: String,
    /// Address of the head, may be empty.
    pub url: String,
    /// Links.
    pub links: Vec<Link>,
}

/// The tree of regions.
#[derive(Serialize, Clone, Debug)]
pub struct RegionsView {
    /// Roots.
    pub tree: Vec<RegionNode>,
}

/// A region in the tree.
#[derive(Serialize, Clone, Debug)]
pub struct RegionNode {
    /// Region; the url is empty when it has no page.
    pub link: Link,
    /// Level in words.
    pub level: String,
    /// Number of reports.
    pub reports: usize,
    /// Children.
    pub children: Vec<RegionNode>,
}

/// A region's profile.
#[derive(Serialize, Clone, Debug)]
pub struct RegionView {
    /// Division code or id.
    pub code: String,
    /// Level in words.
    pub level: String,
    /// Full name with parents: 湖北省天门市.
    pub full_name: String,
    /// Parent.
    pub parent: Option<Link>,
    /// Children with data.
    pub children: Vec<Link>,
    /// Former codes and names, in words.
    pub history: Vec<String>,
    /// Headline figures.
    pub key_figures: Vec<KeyFigure>,
    /// The newest figures beside those of the regions above and of the peers.
    pub beside: BesideView,
    /// What is worse than above and worsens, and what is better and improves.
    pub standing: StandingView,
    /// Indicator × period tables, by topic.
    pub groups: Vec<RegionGroup>,
    /// Charts.
    pub charts: Vec<ChartView>,
    /// Targets, missed ones first.
    pub progress: Vec<MetricRow>,
    /// Reports, newest first.
    pub reports: Vec<ReportItem>,
    /// Downloads.
    pub files: Vec<FileView>,
    /// Revisions of the region's figures, newest first.
    pub revisions: Vec<RevisionView>,
}

/// Indicator × period of one topic.
#[derive(Serialize, Clone, Debug)]
pub struct RegionGroup {
    /// Topic.
    pub topic: String,
    /// Period heads.
    pub periods: Vec<String>,
    /// Rows.
    pub rows: Vec<RegionRow>,
}

/// A row of a region's table.
#[derive(Serialize, Clone, Debug)]
pub struct RegionRow {
    /// Indicator.
    pub indicator: Link,
    /// Unit.
    pub unit: String,
    /// One cell a period.
    pub cells: Vec<FigureView>,
    /// Tiny trend.
    pub spark: String,
}

/// The newest figures of a region beside those of the regions above and of its peers.
#[derive(Serialize, Clone, Debug, Default)]
pub struct BesideView {
    /// The regions above that have figures to compare, nearest first: a column each.
    pub above: Vec<Link>,
    /// Whose children the peers are; empty without peers.
    pub among: String,
    /// Rows that compare with something.
    pub rows: Vec<BesideRow>,
    /// Fewest regions among which a rank is given.
    pub fewest: usize,
}

/// The newest figure of an indicator beside those of others.
#[derive(Serialize, Clone, Debug)]
pub struct BesideRow {
    /// Indicator.
    pub indicator: Link,
    /// Period in words.
    pub period: String,
    /// The region's own figure.
    pub figure: FigureView,
    /// Change on the year before.
    pub change: ChangeView,
    /// The figures of the regions above for the same period, one a column; empty where there is none.
    pub above: Vec<FigureView>,
    /// Rank among the peers, best first where polarity is known, else largest first; 0 for none.
    pub rank: u32,
    /// Whether another region has the same rank.
    pub tied: bool,
    /// How many peers compare, the region included.
    pub peers: usize,
    /// The smallest figure among them.
    pub low: FigureView,
    /// The largest.
    pub high: FigureView,
}

/// Where a region stands against the region above and against its own past.
#[derive(Serialize, Clone, Debug, Default)]
pub struct StandingView {
    /// Worse than above and worsening.
    pub worse: Vec<StandingRow>,
    /// Better than above and improving.
    pub better: Vec<StandingRow>,
    /// How many indicators could be compared both ways; the lists are empty for want of figures when 0.
    pub compared: usize,
    /// Whether the region lies below another; without one there is nothing to stand against.
    pub has_above: bool,
}

/// An indicator that differs from the region above and moves further the same way.
#[derive(Serialize, Clone, Debug)]
pub struct StandingRow {
    /// Indicator.
    pub indicator: Link,
    /// Period in words.
    pub period: String,
    /// The region's figure.
    pub figure: FigureView,
    /// The region above.
    pub above: Link,
    /// Its figure.
    pub above_figure: FigureView,
    /// The distance; `against` names the region above.
    pub gap: ChangeView,
    /// Change on the year before.
    pub change: ChangeView,
    /// The finding as a sentence.
    pub words: String,
}

/// Indicators by topic.
#[derive(Serialize, Clone, Debug)]
pub struct IndicatorsView {
    /// Topics.
    pub topics: Vec<IndicatorTopic>,
}

/// A topic with its indicators.
#[derive(Serialize, Clone, Debug)]
pub struct IndicatorTopic {
    /// Topic.
    pub name: String,
    /// Anchor.
    pub anchor: String,
    /// Indicators.
    pub items: Vec<IndicatorItem>,
}

/// An indicator in a list.
#[derive(Serialize, Clone, Debug)]
pub struct IndicatorItem {
    /// Name and page.
    pub link: Link,
    /// Unit.
    pub unit: String,
    /// Definition.
    pub definition: String,
    /// Number of regions with a figure.
    pub regions: usize,
    /// Periods in words: `2015—2024`.
    pub periods: String,
    /// Number of figures.
    pub figures: usize,
}

/// An indicator page.
#[derive(Serialize, Clone, Debug)]
pub struct IndicatorView {
    /// Id.
    pub id: String,
    /// English name, may be empty.
    pub name_en: String,
    /// Unit.
    pub unit: String,
    /// 越低越好 and so on.
    pub polarity: String,
    /// Topic with its anchor on the list.
    pub topic: Link,
    /// Definition.
    pub definition: String,
    /// Further facts: source, method, frequency, formula (name, text).
    pub facts: Vec<(String, String)>,
    /// Trend and ranking.
    pub charts: Vec<ChartView>,
    /// Region × period; of the regions at the top only, where `children` is not empty.
    pub grid: TableView,
    /// Pages with the children of a region.
    pub children: Vec<Link>,
    /// Number of regions with figures, shown here or on the pages of `children`.
    pub regions: usize,
    /// Figures of the regions shown that are not comparable, each with the reason.
    pub apart: Vec<MetricRow>,
    /// The newest target of each region shown.
    pub progress: Vec<MetricRow>,
    /// All targets of the indicator by state, in all regions and periods.
    pub counts: ProgressCounts,
    /// Notes on breaks.
    pub notes: Vec<String>,
    /// Downloads.
    pub files: Vec<FileView>,
    /// A schema.org Dataset for `application/ld+json`, safe to print.
    pub json_ld: String,
}

/// An indicator among the children of a region.
#[derive(Serialize, Clone, Debug)]
pub struct IndicatorChildrenView {
    /// Indicator.
    pub indicator: Link,
    /// Parent.
    pub parent: Link,
    /// Unit.
    pub unit: String,
    /// Trend and ranking; no ranking is drawn of more than sixty regions.
    pub charts: Vec<ChartView>,
    /// Region × period, by code, or by rank where no ranking is drawn.
    pub grid: TableView,
    /// The period the ranks of `grid` are of, in words; empty when it has none.
    pub ranked: String,
    /// The newest target of each child.
    pub progress: Vec<MetricRow>,
    /// All targets of the children by state.
    pub counts: ProgressCounts,
    /// Figures of the children that are not comparable.
    pub apart: Vec<MetricRow>,
    /// Notes on breaks.
    pub notes: Vec<String>,
    /// The pages of the children one level further down.
    pub children: Vec<Link>,
    /// Downloads.
    pub files: Vec<FileView>,
}

/// Periods with data.
#[derive(Serialize, Clone, Debug)]
pub struct YearsView {
    /// Periods, newest first.
    pub items: Vec<YearItem>,
}

/// A period in a list.
#[derive(Serialize, Clone, Debug)]
pub struct YearItem {
    /// Period and page.
    pub link: Link,
    /// Regions with figures.
    pub regions: usize,
    /// Figures.
    pub figures: usize,
    /// Reports.
    pub reports: usize,
}

/// A period's page.
#[derive(Serialize, Clone, Debug)]
pub struct YearView {
    /// Period id.
    pub period: String,
    /// Whether it is a full year.
    pub full: bool,
    /// Rankings.
    pub charts: Vec<ChartView>,
    /// What changed on the year before.
    pub changes: ChangesView,
    /// The regions below each parent, where the period has too many figures for one page; else empty.
    pub parts: Vec<YearPart>,
    /// All figures by topic; of the regions below none only, where `parts` is not empty.
    pub groups: Vec<MetricGroup>,
    /// Reports.
    pub reports: Vec<ReportItem>,
    /// Period before.
    pub previous: Option<Link>,
    /// Period after.
    pub next: Option<Link>,
}

/// What changed in a period on the year before.
#[derive(Serialize, Clone, Debug, Default)]
pub struct ChangesView {
    /// Rises and falls.
    pub moves: MovesView,
    /// The largest changes for the better.
    pub better: Vec<MetricRow>,
    /// The largest changes for the worse.
    pub worse: Vec<MetricRow>,
    /// Large changes that are neither.
    pub other: Vec<MetricRow>,
    /// Targets met the year before and missed now.
    pub lost: Vec<FlipRow>,
    /// Targets missed the year before and met now.
    pub won: Vec<FlipRow>,
    /// How many more of each kind there are than listed.
    pub more_lost: usize,
    /// As `more_lost`.
    pub more_won: usize,
    /// How many changes of small numbers were not weighed.
    pub small: usize,
    /// A count below this is small.
    pub small_count: u32,
    /// A rate of fewer events than this is small.
    pub few_events: u32,
}

/// How many figures rose and fell.
#[derive(Serialize, Clone, Debug, Default)]
pub struct MovesView {
    /// Figures that compare with the year before.
    pub compared: usize,
    /// Rose.
    pub up: usize,
    /// Fell.
    pub down: usize,
    /// Stayed the same.
    pub same: usize,
    /// Better, where polarity is known.
    pub better: usize,
    /// Worse.
    pub worse: usize,
    /// Figures that compare with nothing.
    pub apart: usize,
    /// Why, in words, with how many.
    pub reasons: Vec<(String, usize)>,
}

/// A target whose state turned.
#[derive(Serialize, Clone, Debug)]
pub struct FlipRow {
    /// Indicator.
    pub indicator: Link,
    /// Region.
    pub region: Link,
    /// The year before, in words.
    pub former_period: String,
    /// The state then.
    pub former: StatusView,
    /// The state now.
    pub now: StatusView,
}

/// The regions below a parent in a period.
#[derive(Serialize, Clone, Debug)]
pub struct YearPart {
    /// The parent, and the page with its children.
    pub link: Link,
    /// Children with figures.
    pub regions: usize,
    /// Their figures.
    pub figures: usize,
    /// How these moved.
    pub moves: MovesView,
}

/// A period in the regions below one.
#[derive(Serialize, Clone, Debug)]
pub struct YearChildrenView {
    /// The period and its page.
    pub period: Link,
    /// The region above.
    pub parent: Link,
    /// Whether the period is a full year.
    pub full: bool,
    /// What changed on the year before.
    pub changes: ChangesView,
    /// Region × indicator, a table a topic.
    pub tables: Vec<TableView>,
    /// The pages of the regions one level further down.
    pub deeper: Vec<Link>,
    /// Reports.
    pub reports: Vec<ReportItem>,
}

/// Counts of targets by status.
#[derive(Serialize, Clone, Debug, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProgressCounts {
    pub met: usize,
    pub missed: usize,
    pub due: usize,
    pub unreported: usize,
    pub incomparable: usize,
    pub total: usize,
}

/// All targets, or those of the regions below one.
#[derive(Serialize, Clone, Debug)]
pub struct ProgressView {
    /// The region above; none on the page of all targets.
    pub parent: Option<Link>,
    /// Counts.
    pub counts: ProgressCounts,
    /// Rows by region, missed ones first; `topic` holds the region's name.
    pub groups: Vec<MetricGroup>,
    /// Where targets are too many for one page: counts by parent or by region, each with its page.
    pub parts: Vec<ProgressPart>,
}

/// The targets of one region, or of the regions below it.
#[derive(Serialize, Clone, Debug)]
pub struct ProgressPart {
    /// The region, and the page with the targets.
    pub link: Link,
    /// Counts.
    pub counts: ProgressCounts,
}

/// Choosing and comparing: where the script finds its data, and the precomputed pages for readers without it.
#[derive(Serialize, Clone, Debug)]
pub struct CompareView {
    /// Address of the index of figures, a script.
    pub index: String,
    /// Changes whenever any figure or name in it does; scripts loaded from a server carry it in their address.
    pub version: String,
    /// Indicators by topic.
    pub topics: Vec<LinkGroup>,
    /// Regions with figures by level.
    pub regions: Vec<LinkGroup>,
    /// Periods, newest first.
    pub years: Vec<Link>,
}

/// Downloads and catalogue.
#[derive(Serialize, Clone, Debug)]
pub struct DataView {
    /// Files with everything: the figures in each format, then datapackage.json.
    pub files: Vec<DataFile>,
    /// The tables of the site, each a CSV file.
    pub tables: Vec<DataTableView>,
    /// Files by indicator.
    pub indicators: Vec<(Link, Vec<FileView>)>,
    /// Files by region, those of provinces and above where there are very many.
    pub regions: Vec<(Link, Vec<FileView>)>,
    /// Where the files of the other regions are; empty when all are listed.
    pub more_regions: String,
    /// What figures are by role, 推算 among them: name, meaning.
    pub roles: Vec<(String, String)>,
    /// How to cite the data.
    pub citation: String,
    /// Sizes.
    pub counts: Counts,
    /// A schema.org Dataset for `application/ld+json`, safe to print.
    pub json_ld: String,
}

/// A file to download with what it holds.
#[derive(Serialize, Clone, Debug)]
pub struct DataFile {
    /// The file.
    pub file: FileView,
    /// What it holds, in words.
    pub about: String,
}

/// A table of the site's data.
#[derive(Serialize, Clone, Debug)]
pub struct DataTableView {
    /// Name in words.
    pub name: String,
    /// Its file with what it holds.
    pub file: DataFile,
    /// Anchor.
    pub anchor: String,
    /// Columns: name, title, meaning.
    pub columns: Vec<(String, String, String)>,
}

/// A free page.
#[derive(Serialize, Clone, Debug)]
pub struct FreeView {
    /// Text as HTML, cut at its charts.
    pub parts: Vec<Part>,
    /// Contents.
    pub toc: Vec<TocItem>,
    /// Charts of the text stand in the html already.
    pub attachments: Vec<FileView>,
}

/// A revision of a published figure.
#[derive(Serialize, Clone, Debug)]
pub struct RevisionView {
    /// Anchor in the page of revisions: `beds-429006-2021-2026-01-05`, for a target with `-target` behind it.
    pub anchor: String,
    /// Its entry in the page of revisions.
    pub url: String,
    /// `planned` 例行修订 or `correction` 更正.
    pub revision_kind: &'static str,
    /// The kind in words.
    pub kind_name: String,
    /// Date `2026-01-05`.
    pub date: String,
    /// Indicator and its page.
    pub indicator: Link,
    /// Region and its page.
    pub region: Link,
    /// Period in words, and its page.
    pub period: Link,
    /// Whether the target was revised and not the value.
    pub is_target: bool,
    /// What it was; `missing` has the words for a figure that had been withdrawn.
    pub old: FigureView,
    /// What it is; `missing` has the words for a figure that is withdrawn.
    pub new: FigureView,
    /// Why.
    pub reason: String,
    /// Further words for readers; may be empty.
    pub notice: String,
    /// The reports that state the figure now, or that did as far as is known.
    pub reports: Vec<Link>,
}

/// The page of revisions.
#[derive(Serialize, Clone, Debug)]
pub struct RevisionsView {
    /// All revisions, newest first.
    pub items: Vec<RevisionView>,
    /// The feed of revisions.
    pub feed: String,
}

/// The sitemap page.
#[derive(Serialize, Clone, Debug)]
pub struct SitemapView {
    /// Groups of links.
    pub groups: Vec<LinkGroup>,
}

/// The 404 page.
#[derive(Serialize, Clone, Debug)]
pub struct NotFoundView {
    /// Where to go instead.
    pub links: Vec<Link>,
}

/// A redirect.
#[derive(Serialize, Clone, Debug)]
pub struct RedirectView {
    /// Where it leads.
    pub target: String,
}

/// 校对单 of a report.
#[derive(Serialize, Clone, Debug)]
pub struct ProofView {
    /// The report.
    pub report: Link,
    /// Its region.
    pub region: Link,
    /// Its period.
    pub period: Link,
    /// Its publisher, may be empty.
    pub publisher: String,
    /// Its date, may be empty.
    pub date: String,
    /// How many figures the front matter has.
    pub count: usize,
    /// How many of them the text states.
    pub backed: usize,
    /// How many figures the text has.
    pub figures: usize,
    /// How many of those belong to the front matter.
    pub claimed: usize,
    /// The figures in the order of the front matter.
    pub rows: Vec<ProofRow>,
}

/// A figure of the front matter with its sentence.
#[derive(Serialize, Clone, Debug)]
pub struct ProofRow {
    /// Indicator.
    pub indicator: Link,
    /// Region, when it is not the report's.
    pub region: Option<Link>,
    /// Period, when it is not the report's.
    pub period: String,
    /// `目标` for a target, else empty.
    pub role: String,
    /// The figure of the front matter.
    pub figure: FigureView,
    /// `agrees`, `bound`, `contradicts`, `unnamed`, `missing`.
    pub code: String,
    /// The same in words.
    pub word: String,
    /// The sentence up to the figure; empty when the text does not state it.
    pub before: String,
    /// The figure as the text writes it.
    pub said: String,
    /// The rest of the sentence.
    pub after: String,
}

/// A chart as a page of its own; everything it needs stands inside the page.
#[derive(Serialize, Clone, Debug)]
pub struct EmbedView {
    /// The chart.
    pub chart: ChartView,
    /// The drawing for wide frames, as SVG; that of the chart is for narrow ones.
    pub wide: String,
    /// The site, with the place of the chart in its page.
    pub home: Link,
    /// The style sheet of drawings, for light and dark paper.
    pub style: String,
}
