//! From a site to chart tables: which figures a chart holds, which stand apart and why. Drawing is `chart`'s.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::chart::{self, Cell, ChartTable, Column, Delta, Excluded, Figure, Intent, Judged, Lang, Row, RowKind};
use crate::indicator::{IndicatorId, Polarity};
use crate::period::Period;
use crate::plan::{FileKind, PageKind};
use crate::region::RegionId;
use crate::render::scene::Scene;
use crate::render::view::{ChartView, FigureView, Link, TableRow, TableView};
use crate::render::words;
use crate::report::{ChartIntent, ChartRequest, Picked, Status};
use crate::site::Observation;
use crate::site::choice::Choice;
use crate::site::compare::{self, Apart};
use crate::site::derive::half_step;
use crate::site::selection::{self, Head, Line, Place, Selection};
use crate::site::target::TargetState;

/// The table of a chart. `None` when there is nothing to show.
pub(super) fn table(scene: &Scene<'_>, id: String, request: &ChartRequest) -> Option<ChartTable> {
    let selection = selection::select(scene.site, request).ok()?;
    let first = scene.site.indicators.get(*request.indicators.first()?);
    let share = request.intent == ChartIntent::Share;
    let progress = request.intent == ChartIntent::Progress;
    let dates = goal_periods(&selection);
    let row = |line: &Line<'_>| {
        let own = request.own.filter(|own| line.head == Head::Region(*own));
        Row {
            name: match line.cells.get(1).and_then(|place| place.one).filter(|_| progress && dates.len() > 1) {
                Some(goal) => format!("{} {}", name(scene, &line.head), goal.period.label(scene.zh)),
                None => name(scene, &line.head),
            },
            emphasis: own.is_some(),
            link: link(scene, &line.head),
            cells: match progress {
                true => results(scene, line),
                false => cells(scene, line),
            },
            level: match line.head {
                Head::Region(id) => scene.site.regions.get(id).level.label(scene.zh),
                _ => "",
            },
            rank: line.rank,
            change: line.change.as_ref().map(|change| Delta {
                amount: change.amount.clone(),
                difference: change.difference,
                better: change.better,
                rounding: change.rounding,
                formula: change.formula.clone(),
            }),
            judged: line.cells.get(1).and_then(|place| place.one).filter(|_| progress).map(|goal| {
                let (status, state) = scene.status(goal);
                let met = match state {
                    TargetState::Met => Some(true),
                    TargetState::Missed => Some(false),
                    TargetState::Due | TargetState::Unreported | TargetState::Incomparable => None,
                };
                Judged { met, word: status.word }
            }),
        }
    };
    let mut columns: Vec<Column> = selection.columns.iter().map(|head| column(scene, head)).collect();
    part(&mut columns);
    let shown: Vec<&Observation> =
        selection.rows.iter().flat_map(|line| &line.cells).filter_map(|place| place.one).collect();
    let (title, subtitle) = titles(scene, request, &selection);
    let intent = match request.intent {
        ChartIntent::Trend => Intent::Trend,
        ChartIntent::Ranking => Intent::Ranking,
        ChartIntent::Compare => Intent::Compare,
        ChartIntent::Change => Intent::Change,
        ChartIntent::Grid => Intent::Grid,
        ChartIntent::Progress => Intent::Progress,
        ChartIntent::Share => Intent::Share,
    };
    let polarity = if share || differ(scene, request) { Polarity::None } else { first.polarity };
    Some(ChartTable {
        intent,
        id,
        title,
        subtitle,
        unit: if share { "%".to_owned() } else { first.unit.symbol().to_owned() },
        row_kind: match selection.rows.first().map(|line| line.head) {
            Some(Head::Indicator(_)) => RowKind::Indicator,
            Some(Head::Period { .. }) => RowKind::Period,
            _ => RowKind::Region,
        },
        columns,
        rows: selection.rows.iter().map(row).collect(),
        target: Vec::new(),
        notes: notes(scene, &shown)
            .into_iter()
            .chain(absent(scene, &selection.absent))
            .chain(dropped(scene, &selection.dropped))
            .chain(unknown_events(scene, &selection))
            .chain(request.picked.map(|picked| picked_note(scene, picked)))
            .collect(),
        source: sources(scene, &shown),
        polarity: match polarity {
            Polarity::Higher => chart::Polarity::Higher,
            Polarity::Lower => chart::Polarity::Lower,
            Polarity::None => chart::Polarity::None,
        },
        excluded: selection.apart.iter().map(|(one, why)| left_out(scene, request, one, *why)).collect(),
    })
}

/// The periods of the targets of a progress chart.
fn goal_periods(selection: &Selection<'_>) -> BTreeSet<Period> {
    selection.rows.iter().filter_map(|line| Some(line.cells.get(1)?.one?.period)).collect()
}

/// Whether the indicators of a chart disagree on which direction is better.
fn differ(scene: &Scene<'_>, request: &ChartRequest) -> bool {
    let mut all = request.indicators.iter().map(|id| scene.site.indicators.get(*id).polarity);
    let first = all.next();
    all.any(|polarity| Some(polarity) != first)
}

/// Title and second line: the indicator or the whole, then what is one and the same for all figures.
fn titles(scene: &Scene<'_>, request: &ChartRequest, selection: &Selection<'_>) -> (String, String) {
    let site = scene.site;
    let indicator = |id: IndicatorId| scene.indicator_name(site.indicators.get(id));
    let dot = if scene.zh { "、" } else { ", " };
    let named = || request.indicators.iter().map(|id| indicator(*id)).collect::<Vec<_>>().join(dot);
    let title = match (request.title.is_empty(), request.intent, request.whole) {
        (false, ..) => request.title.clone(),
        (true, ChartIntent::Share, Some(whole)) if scene.zh => format!("{}的构成", indicator(whole)),
        (true, ChartIntent::Share, Some(whole)) => format!("{} by part", indicator(whole)),
        (true, ChartIntent::Share, None) if scene.zh => format!("{}各占比重", named()),
        _ => named(),
    };
    let mut regions: Vec<RegionId> =
        selection.rows.iter().flat_map(|line| &line.cells).filter_map(|place| Some(place.one?.region)).collect();
    regions.sort_unstable();
    regions.dedup();
    let rows_are_regions = matches!(selection.rows.first().map(|line| line.head), Some(Head::Region(_)));
    let region = match regions.as_slice() {
        [only] if !rows_are_regions || selection.rows.len() == 1 => site.regions.get(*only).name.to_string(),
        _ => String::new(),
    };
    let mut periods: Vec<Period> = match request.intent {
        ChartIntent::Progress => goal_periods(selection).into_iter().collect(),
        _ => selection.rows.iter().flat_map(|line| &line.cells).filter_map(|place| Some(place.one?.period)).collect(),
    };
    periods.sort_unstable();
    periods.dedup();
    let period = match (request.intent, periods.as_slice()) {
        (ChartIntent::Trend | ChartIntent::Grid, _) => String::new(),
        (_, [only]) => only.label(scene.zh),
        (ChartIntent::Change, [first, .., last]) if scene.zh => {
            format!("{}与{}", first.label(true), last.label(true))
        }
        (ChartIntent::Change, [first, .., last]) => format!("{} and {}", first.label(false), last.label(false)),
        _ => String::new(),
    };
    let facts = [region, period].into_iter().filter(|fact| !fact.is_empty() && !title.contains(fact.as_str()));
    (title.clone(), facts.collect::<Vec<_>>().join(if scene.zh { "，" } else { ", " }))
}

fn left_out(scene: &Scene<'_>, request: &ChartRequest, one: &Observation, why: Apart) -> Excluded {
    let site = scene.site;
    let mut name = site.regions.get(one.region).name.to_string();
    if request.indicators.len() > 1 {
        name = format!("{name} {}", scene.indicator_name(site.indicators.get(one.indicator)));
    }
    let reason = match one.missing.filter(|_| one.quantity.is_none()) {
        Some(missing) => words::missing(missing, scene.zh),
        None if why == Apart::Missing && scene.zh => "缺少另一时期的数",
        None if why == Apart::Missing => "no figure for the other period",
        None => why.reason(scene.zh),
    };
    let written = one.quantity.as_ref().map(|quantity| quantity.as_written().to_owned()).unwrap_or_default();
    Excluded { name, period: one.period.label(scene.zh), written, reason: reason.to_owned() }
}

/// Whether small samples were left out although nobody can tell of some others whether they are small.
fn unknown_events(scene: &Scene<'_>, selection: &Selection<'_>) -> Option<String> {
    let ranked = || selection.rows.iter().filter(|line| line.rank.is_some()).filter_map(|line| line.cells.first()?.one);
    let unknown = ranked().filter(|one| compare::events(scene.site, one).is_none()).count();
    let small = selection.apart.iter().any(|(_, why)| *why == Apart::Small);
    (small && unknown > 0).then(|| match scene.zh {
        true => format!("排名的{unknown}个地区例数不明，无法判断是否小样本"),
        false => {
            format!("for {unknown} of the regions ranked the number of events is unknown; they may be small samples")
        }
    })
}

/// Which periods stay out as other parts of the year.
fn dropped(scene: &Scene<'_>, periods: &[Period]) -> Option<String> {
    let names: Vec<String> = periods.iter().map(|period| period.label(scene.zh)).collect();
    let words = match scene.zh {
        true => format!("时段不同，未列入：{}", names.join("、")),
        false => format!("other parts of the year, left out: {}", names.join(", ")),
    };
    (!names.is_empty()).then_some(words)
}

/// What was asked for and has no figure.
fn absent(scene: &Scene<'_>, heads: &[Head]) -> Option<String> {
    let names: Vec<String> = heads.iter().map(|head| name(scene, head)).collect();
    let words = match scene.zh {
        true => format!("没有可以列出的数：{}", names.join("、")),
        false => format!("no figure to show: {}", names.join(", ")),
    };
    (!names.is_empty()).then_some(words)
}

/// The charts a page chose.
pub(super) fn chosen(scene: &Scene<'_>, choices: Vec<Choice>) -> Vec<ChartView> {
    choices.into_iter().filter_map(|choice| shown(scene, choice.anchor, &choice.request)).collect()
}

/// A chart with its faces and the addresses it has. `None` when there is nothing to show.
pub(super) fn shown(scene: &Scene<'_>, id: String, request: &ChartRequest) -> Option<ChartView> {
    let table = table(scene, id, request)?;
    let Some(at) = scene.plan.chart_of(request) else { return Some(view(scene, &table)) };
    Some(ChartView {
        embed: scene.plan.link(scene.path, &PageKind::Embed(at)),
        svg_file: scene.plan.file_link(scene.path, &FileKind::ChartSvg(at)),
        csv_file: scene.plan.file_link(scene.path, &FileKind::ChartCsv(at)),
        ..view(scene, &table)
    })
}

/// The four faces of a table as a view.
pub(super) fn view(scene: &Scene<'_>, table: &ChartTable) -> ChartView {
    let lang = lang(scene);
    let option = chart::echarts_option(table, lang).to_string();
    let excluded = table.excluded.iter().map(|one| match scene.zh {
        true => format!("未列入：{}，{}。", one.what(), one.reason),
        false => format!("left out: {}: {}.", one.what(), one.reason),
    });
    ChartView {
        id: table.id.clone(),
        title: match table.subtitle.is_empty() {
            true => table.title.clone(),
            false if scene.zh => format!("{}（{}）", table.title, table.subtitle),
            false => format!("{} ({})", table.title, table.subtitle),
        },
        sentence: chart::sentence(table, lang),
        svg: chart::svg(table, lang),
        table: html_table(scene, table),
        // Inside a script element `<` could end it.
        option: option.replace('<', "\\u003c"),
        notes: table.notes.iter().cloned().chain(excluded).collect(),
        source: table.source.clone(),
        embed: String::new(),
        svg_file: String::new(),
        csv_file: String::new(),
    }
}

fn html_table(scene: &Scene<'_>, table: &ChartTable) -> TableView {
    let unit = match scene.zh {
        _ if table.unit.is_empty() => String::new(),
        true => format!("（{}）", table.unit),
        false => format!(" ({})", table.unit),
    };
    let semicolon = if scene.zh { "；" } else { "; " };
    let share = table.intent == Intent::Share;
    let figure = |cell: &Cell| match cell {
        Cell::Gap(reason) => FigureView { missing: reason.clone(), ..FigureView::default() },
        Cell::Figure(figure) => {
            let flags = [figure.status.as_str(), figure.apart.as_str()];
            let flags: Vec<&str> = flags.into_iter().filter(|flag| !flag.is_empty()).collect();
            // A share stands before the part as the source writes it.
            let (written, number) = match share {
                true => (format!("{}%（{}）", figure.value, figure.written), String::new()),
                false => (figure.written.clone(), figure.written.clone()),
            };
            FigureView {
                written,
                number,
                value: if figure.sign.is_empty() { figure.value.normalize().to_string() } else { String::new() },
                flag: flags.join(semicolon),
                note: figure.note.clone(),
                formula: figure.formula.clone(),
                ..FigureView::default()
            }
        }
    };
    let row = |row: &Row| TableRow {
        head: Link { name: row.name.clone(), url: row.link.clone().unwrap_or_default(), ..Link::default() },
        emphasis: row.emphasis,
        rank: row.rank.unwrap_or(0),
        cells: row.cells.iter().map(figure).chain(row.change.iter().map(|change| delta(scene, change))).collect(),
    };
    let columns = table.columns.iter().map(|column| column.label.clone());
    let change = table.rows.iter().any(|row| row.change.is_some());
    let change = change.then(|| if scene.zh { "增减" } else { "Change" }.to_owned());
    TableView {
        caption: format!("{}{unit}", table.title),
        head: std::iter::once(table.row_kind.label(lang(scene)).to_owned()).chain(columns).chain(change).collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

/// A change between two figures: computed here, hence with its working.
fn delta(scene: &Scene<'_>, change: &Delta) -> FigureView {
    let sign = match change.difference {
        difference if difference.is_zero() => "",
        difference if difference.is_sign_negative() => "▼ ",
        _ => "▲ ",
    };
    let judgement = match (change.better, scene.zh) {
        (None, true) if change.rounding => "（舍入之内）",
        (None, false) if change.rounding => " (within rounding)",
        (None, _) => "",
        (Some(true), true) => "（好转）",
        (Some(false), true) => "（变差）",
        (Some(true), false) => " (better)",
        (Some(false), false) => " (worse)",
    };
    let written = format!("{sign}{}{judgement}", change.amount);
    FigureView { written, formula: change.formula.clone(), ..FigureView::default() }
}

pub(super) fn lang(scene: &Scene<'_>) -> Lang {
    if scene.zh { Lang::Zh } else { Lang::En }
}

fn name(scene: &Scene<'_>, head: &Head) -> String {
    let text = |zh: &str, en: &str| if scene.zh { zh } else { en }.to_owned();
    match head {
        Head::Region(id) => scene.site.regions.get(*id).name.to_string(),
        Head::Indicator(id) => scene.indicator_name(scene.site.indicators.get(*id)),
        Head::Period { period, .. } => period.label(scene.zh),
        Head::Result => text("结果", "Result"),
        Head::Goal => text("目标", "Target"),
        Head::Rest => text("其余", "Rest"),
    }
}

fn link(scene: &Scene<'_>, head: &Head) -> Option<String> {
    let url = match head {
        Head::Region(id) => scene.region(*id).url,
        Head::Indicator(id) => scene.indicator(*id).url,
        Head::Period { period, .. } => scene.period(*period).url,
        Head::Result | Head::Goal | Head::Rest => String::new(),
    };
    Some(url).filter(|url| !url.is_empty())
}

fn column(scene: &Scene<'_>, head: &Head) -> Column {
    let Head::Period { period, partial } = head else {
        return Column { label: name(scene, head), partial: false, position: Decimal::ZERO };
    };
    let year = Decimal::from(period.year());
    let position = if period.is_full_year() {
        year
    } else {
        let months = Decimal::from(period.end().month());
        year - Decimal::ONE + crate::quantity::round(months / Decimal::from(12), 3)
    };
    let label = if period.is_full_year() { period.year().to_string() } else { period.label(scene.zh) };
    Column { label, partial: *partial, position }
}

/// Keeps the places of columns apart where periods end together: 2021-12-31 stands before 2021.
fn part(columns: &mut [Column]) {
    let gap = Decimal::new(4, 2);
    for at in (1..columns.len()).rev() {
        let limit = columns[at].position - gap;
        columns[at - 1].position = columns[at - 1].position.min(limit);
    }
}

/// The cells of a row. A figure after a break that no figure of the row marks, because it lies in a period that is missing or
/// not shown, is marked itself: nothing joins what `compare` keeps apart.
fn cells(scene: &Scene<'_>, line: &Line<'_>) -> Vec<Cell> {
    let mut before: Option<&Observation> = None;
    let mut cells = Vec::new();
    for place in &line.cells {
        let mut made = cell(scene, place);
        if let (Cell::Figure(figure), Some(one)) = (&mut made, place.one) {
            let same = before.filter(|before| before.indicator == one.indicator && before.region == one.region);
            if same.is_some_and(|before| compare::broken(scene.site, before, one)) && one.status != Status::Break {
                figure.break_before = true;
                let flag = if scene.zh { "此前口径不同" } else { "another definition before" };
                let dot = if scene.zh { "；" } else { "; " };
                figure.status =
                    if figure.status.is_empty() { flag.to_owned() } else { format!("{}{dot}{flag}", figure.status) };
            }
            before = Some(one);
        }
        cells.push(made);
    }
    cells
}

/// The cells of a target: a result of another period than the target's tells its own.
fn results(scene: &Scene<'_>, line: &Line<'_>) -> Vec<Cell> {
    let mut cells = cells(scene, line);
    let periods: Vec<Option<Period>> = line.cells.iter().map(|place| Some(place.one?.period)).collect();
    if let (Some(Cell::Figure(figure)), [Some(result), Some(goal)]) = (cells.first_mut(), periods.as_slice())
        && result != goal
    {
        let label = result.label(scene.zh);
        let dot = if scene.zh { "；" } else { "; " };
        figure.note = if figure.note.is_empty() { label } else { format!("{label}{dot}{}", figure.note) };
    }
    cells
}

fn cell(scene: &Scene<'_>, place: &Place<'_>) -> Cell {
    if let Some(share) = &place.share {
        let rest = || format!("{}{}", share.amount.normalize(), share.unit);
        let note = place.one.map(|one| one.note.clone()).unwrap_or_default();
        let stated = place.one.and_then(|one| one.quantity.as_ref()).map(|quantity| quantity.as_written().to_owned());
        return Cell::Figure(Figure {
            value: share.percent,
            half: Decimal::ZERO,
            written: stated.unwrap_or_else(rest),
            sign: "",
            joined: true,
            apart: String::new(),
            break_before: false,
            formula: share.formula.clone(),
            status: place.one.map(|one| words::status(one.status, scene.zh)).unwrap_or_default().to_owned(),
            note,
        });
    }
    let Some(one) = place.one else { return Cell::Gap(String::new()) };
    let (Some(quantity), Some(value)) = (&one.quantity, one.value) else {
        return Cell::Gap(one.missing.map(|missing| words::missing(missing, scene.zh).to_owned()).unwrap_or_default());
    };
    let sign = if quantity.below.is_some() { ">" } else { quantity.bound.sign() };
    Cell::Figure(Figure {
        value,
        half: half_step(quantity, &scene.site.indicators.get(one.indicator).unit).unwrap_or_default(),
        written: quantity.as_written().to_owned(),
        sign,
        joined: place.apart.is_none(),
        apart: place.apart.map(|apart| apart.reason(scene.zh).to_owned()).unwrap_or_default(),
        break_before: one.status == Status::Break,
        formula: one.formula.clone(),
        status: words::status(one.status, scene.zh).to_owned(),
        note: one.note.clone(),
    })
}

/// Notes on breaks and on regions that were renamed in between; regions with the same words share a line.
pub(super) fn notes(scene: &Scene<'_>, shown: &[&Observation]) -> Vec<String> {
    const MOST: usize = 8;
    let mut breaks: Vec<(Period, String, Vec<&str>)> = Vec::new();
    for one in shown.iter().filter(|one| one.status == Status::Break) {
        let why = if one.note.is_empty() { words::status(one.status, scene.zh).to_owned() } else { one.note.clone() };
        let name = &*scene.site.regions.get(one.region).name;
        match breaks.iter_mut().find(|(period, words, _)| *period == one.period && *words == why) {
            Some((.., names)) if names.contains(&name) => {}
            Some((.., names)) => names.push(name),
            None => breaks.push((one.period, why, vec![name])),
        }
    }
    let note = |(period, why, names): &(Period, String, Vec<&str>)| match scene.zh {
        true => format!("{} {}：{why}", names.join("、"), period.label(true)),
        false => format!("{} {}: {why}", names.join(", "), period.label(false)),
    };
    let mut notes = renames(scene, shown);
    notes.extend(breaks.iter().take(MOST).map(note));
    match breaks.len().saturating_sub(MOST) {
        0 => {}
        more if scene.zh => notes.push(format!("另有{more}处口径变化，见数据表中的标记")),
        more => notes.push(format!("{more} more breaks are marked in the table")),
    }
    notes
}

/// Regions that gave up a former code between the first and the last figure shown: what lies inside may have changed too.
fn renames(scene: &Scene<'_>, shown: &[&Observation]) -> Vec<String> {
    let mut spans: BTreeMap<RegionId, (Period, Period)> = BTreeMap::new();
    for one in shown {
        let span = spans.entry(one.region).or_insert((one.period, one.period));
        *span = (span.0.min(one.period), span.1.max(one.period));
    }
    let mut notes = Vec::new();
    for (region, (first, last)) in spans {
        let now = &scene.site.regions.get(region).name;
        for former in compare::renamed(scene.site, region, first, last) {
            notes.push(if scene.zh {
                format!(
                    "{now}：{}年由{}（代码{}）改设，前后辖区范围是否一致以当地公布为准",
                    former.year, former.name, former.code
                )
            } else {
                format!(
                    "{now}: until {} {} (code {}); its boundary may differ before",
                    former.year, former.name, former.code
                )
            });
        }
    }
    notes
}

/// Which regions were picked out of many.
fn picked_note(scene: &Scene<'_>, Picked { top, period }: Picked) -> String {
    let (period, top) = (period.label(scene.zh), top.map(|top| &scene.site.regions.get(top).name));
    match (scene.zh, top) {
        (true, Some(top)) => format!("图中是{top}和{period}位次居前两位、居中、居末两位的地区；其余见表"),
        (true, None) => format!("图中是{period}位次居前两位、居中、居末两位的地区；其余见表"),
        (false, Some(top)) => {
            format!(
                "Shown: {top}, and the first two, the middle and the last two by rank in {period}; the others are in the table"
            )
        }
        (false, None) => {
            format!(
                "Shown: the first two, the middle and the last two by rank in {period}; the others are in the table"
            )
        }
    }
}

/// Who published the figures shown, at most three by name.
fn sources(scene: &Scene<'_>, shown: &[&Observation]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for one in shown {
        let report = scene.site.report(one.report);
        let cited = report.sources.first().map(|source| source.name.as_str());
        let name = cited.unwrap_or(&report.publisher);
        let name = name.split('《').next().filter(|name| !name.is_empty()).unwrap_or(name);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len() > 3;
    names.truncate(3);
    match (more, scene.zh) {
        (true, true) => format!("{}等", names.join("、")),
        (false, true) => names.join("、"),
        (true, false) => format!("{} and others", names.join(", ")),
        (false, false) => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(periods: &[&str], expected: &[&str]) {
        let sample = crate::site::sample::site_of("429006 2021 | rate = \"1‰\"");
        let plan = crate::plan::Plan::new(&sample.site, &mut Vec::new());
        let scene =
            Scene { site: &sample.site, plan: &plan, path: "index.html", zh: true, unit_names: Default::default() };
        let mut periods: Vec<Period> = periods.iter().map(|text| Period::parse(text).expect("a period")).collect();
        periods.sort();
        let head = |period: &Period| Head::Period { period: *period, partial: !period.is_full_year() };
        let mut columns: Vec<Column> = periods.iter().map(|period| column(&scene, &head(period))).collect();
        part(&mut columns);
        let places: Vec<String> = columns.iter().map(|column| column.position.normalize().to_string()).collect();
        assert_eq!(places, expected);
    }

    #[test]
    fn columns_never_share_a_place() {
        check(&["2020", "2021"], &["2020", "2021"]);
        check(&["2021", "2021-12-31"], &["2020.96", "2021"]);
        check(&["2021", "2021-H1", "2021-H2", "2021-Q4"], &["2020.5", "2020.92", "2020.96", "2021"]);
    }
}
