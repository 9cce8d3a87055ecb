//! From a site to chart tables: which figures a chart holds, which stand apart and why. Drawing is `chart`'s.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::chart::{self, Cell, ChartTable, Column, Figure, Intent, Lang, Row};
use crate::indicator::{Indicator, IndicatorId, Polarity};
use crate::period::Period;
use crate::region::RegionId;
use crate::render::scene::Scene;
use crate::render::view::{ChartView, FigureView, Link, TableRow, TableView};
use crate::render::words;
use crate::report::{ChartIntent, ChartRequest, Status};
use crate::site::Observation;
use crate::site::compare;

/// An indicator over time in some regions; `own` is drawn strong. `None` when there is no figure.
pub(super) fn trend(
    scene: &Scene<'_>,
    id: String,
    indicator: IndicatorId,
    regions: &[RegionId],
    own: Option<RegionId>,
    years: Option<(i16, i16)>,
) -> Option<ChartTable> {
    let site = scene.site;
    let inside = |one: &&Observation| years.is_none_or(|(low, high)| (low..=high).contains(&one.period.year()));
    let values = |region| site.values(indicator, region).filter(inside);
    let mut periods: BTreeSet<Period> =
        regions.iter().flat_map(|region| values(*region).map(|one| one.period)).collect();
    if periods.is_empty() {
        return None;
    }
    // Years without a figure between the first and the last stay visible as gaps.
    let (low, high) = (periods.first()?.year(), periods.last()?.year());
    periods.extend((low..=high).map(Period::Year));
    let mut columns: Vec<Column> = periods.iter().map(|period| column(scene, *period)).collect();
    part(&mut columns);
    let rows: Vec<Row> = regions
        .iter()
        .filter(|region| values(**region).any(|one| one.value.is_some()))
        .map(|region| Row {
            name: site.regions.get(*region).name.to_string(),
            emphasis: own == Some(*region),
            link: Some(scene.region(*region).url).filter(|url| !url.is_empty()),
            cells: periods.iter().map(|period| cell(scene, site.value_at(indicator, *region, *period))).collect(),
            rank: None,
            change: None,
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let shown: Vec<&Observation> = regions.iter().flat_map(|region| values(*region)).collect();
    let single = if let [row] = rows.as_slice() { row.name.clone() } else { String::new() };
    Some(ChartTable {
        intent: Intent::Trend,
        id,
        title: scene.indicator_name(site.indicators.get(indicator)),
        subtitle: single,
        notes: notes(scene, &shown),
        source: sources(scene, &shown),
        columns,
        rows,
        row_head: row_head(scene),
        ..frame(site.indicators.get(indicator))
    })
}

/// Regions in order of an indicator in a period. `None` when fewer than two compare.
pub(super) fn ranking(
    scene: &Scene<'_>,
    id: String,
    indicator: IndicatorId,
    period: Period,
    regions: &[RegionId],
    own: Option<RegionId>,
) -> Option<ChartTable> {
    let site = scene.site;
    let ranking = compare::ranking(site, indicator, period, regions);
    if ranking.rows.len() < 2 {
        return None;
    }
    let name = |one: &Observation| site.regions.get(one.region).name.to_string();
    let rows = ranking.rows.iter().map(|(rank, one)| Row {
        name: name(one),
        emphasis: own == Some(one.region),
        link: Some(scene.region(one.region).url).filter(|url| !url.is_empty()),
        cells: vec![cell(scene, Some(one))],
        rank: Some(*rank),
        change: None,
    });
    let written =
        |one: &Observation| one.quantity.as_ref().map(|quantity| quantity.as_written().to_owned()).unwrap_or_default();
    let excluded = ranking.apart.iter().map(|(one, apart)| {
        let what = format!("{} {} {}", name(one), period.label(scene.zh), written(one));
        (what.trim().to_owned(), apart.reason(scene.zh).to_owned())
    });
    let shown: Vec<&Observation> = ranking.rows.iter().map(|(_, one)| *one).collect();
    Some(ChartTable {
        intent: Intent::Ranking,
        id,
        title: scene.indicator_name(site.indicators.get(indicator)),
        subtitle: period.label(scene.zh),
        columns: vec![column(scene, period)],
        rows: rows.collect(),
        notes: notes(scene, &shown),
        source: sources(scene, &shown),
        excluded: excluded.collect(),
        row_head: row_head(scene),
        ..frame(site.indicators.get(indicator))
    })
}

/// What a fence asks for; `own` is the report's region.
pub(super) fn fence(
    scene: &Scene<'_>,
    id: String,
    request: &ChartRequest,
    own: Option<RegionId>,
) -> Option<ChartTable> {
    let regions: Vec<RegionId> =
        if request.regions.is_empty() { own.into_iter().collect() } else { request.regions.clone() };
    let indicator = *request.indicators.first()?;
    let table = match request.intent {
        ChartIntent::Trend => trend(scene, id, indicator, &regions, own, request.years),
        ChartIntent::Ranking => {
            let newest = || compare::newest_period(scene.site, indicator, &regions);
            let period = request.period.or_else(newest)?;
            ranking(scene, id, indicator, period, &regions, own)
        }
    }?;
    Some(if request.title.is_empty() { table } else { ChartTable { title: request.title.clone(), ..table } })
}

/// The four faces of a table as a view.
pub(super) fn view(scene: &Scene<'_>, table: &ChartTable) -> ChartView {
    let lang = if scene.zh { Lang::Zh } else { Lang::En };
    let option = chart::echarts_option(table, lang).to_string();
    let excluded = table.excluded.iter().map(|(what, why)| {
        if scene.zh { format!("未列入：{what}，{why}。") } else { format!("left out: {what}: {why}.") }
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
        table: html_table(table),
        // Inside a script element `<` could end it.
        option: option.replace('<', "\\u003c"),
        notes: table.notes.iter().cloned().chain(excluded).collect(),
        source: table.source.clone(),
        embed: String::new(),
        svg_file: String::new(),
        csv_file: String::new(),
    }
}

/// Several tables as views, leaving out those without figures.
pub(super) fn views(scene: &Scene<'_>, tables: impl IntoIterator<Item = Option<ChartTable>>) -> Vec<ChartView> {
    tables.into_iter().flatten().map(|table| view(scene, &table)).collect()
}

fn html_table(table: &ChartTable) -> TableView {
    let unit = if table.unit.is_empty() { String::new() } else { format!("（{}）", table.unit) };
    let figure = |cell: &Cell| match cell {
        Cell::Gap(reason) => FigureView { missing: reason.clone(), ..FigureView::default() },
        Cell::Figure(figure) => FigureView {
            written: figure.written.clone(),
            number: figure.written.clone(),
            value: if figure.sign.is_empty() { figure.value.normalize().to_string() } else { String::new() },
            flag: figure.status.clone(),
            note: figure.note.clone(),
            formula: figure.formula.clone(),
            ..FigureView::default()
        },
    };
    let row = |row: &Row| TableRow {
        head: Link { name: row.name.clone(), url: row.link.clone().unwrap_or_default(), ..Link::default() },
        emphasis: row.emphasis,
        rank: row.rank.unwrap_or(0),
        cells: row.cells.iter().map(figure).collect(),
    };
    TableView {
        caption: format!("{}{unit}", table.title),
        head: std::iter::once(table.row_head.clone())
            .chain(table.columns.iter().map(|column| column.label.clone()))
            .collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

/// The head of the column that names the rows.
pub(super) fn row_head(scene: &Scene<'_>) -> String {
    if scene.zh { "地区" } else { "Region" }.to_owned()
}

/// The parts of a table that follow from the indicator.
fn frame(indicator: &Indicator) -> ChartTable {
    ChartTable {
        intent: Intent::Trend,
        id: String::new(),
        title: String::new(),
        subtitle: String::new(),
        unit: indicator.unit.symbol().to_owned(),
        row_head: String::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        target: Vec::new(),
        notes: Vec::new(),
        source: String::new(),
        polarity: match indicator.polarity {
            Polarity::Higher => chart::Polarity::Higher,
            Polarity::Lower => chart::Polarity::Lower,
            Polarity::None => chart::Polarity::None,
        },
        excluded: Vec::new(),
    }
}

fn column(scene: &Scene<'_>, period: Period) -> Column {
    let partial = !period.is_full_year();
    let year = Decimal::from(period.year());
    let position = if partial {
        let months = Decimal::from(period.end().month());
        year - Decimal::ONE + crate::quantity::round(months / Decimal::from(12), 3)
    } else {
        year
    };
    let label = if partial { period.label(scene.zh) } else { period.year().to_string() };
    Column { label, partial, position }
}

/// Keeps the places of columns apart where periods end together: 2021-12-31 stands before 2021.
fn part(columns: &mut [Column]) {
    let gap = Decimal::new(4, 2);
    for at in (1..columns.len()).rev() {
        let limit = columns[at].position - gap;
        columns[at - 1].position = columns[at - 1].position.min(limit);
    }
}

fn cell(scene: &Scene<'_>, one: Option<&Observation>) -> Cell {
    let Some(one) = one else { return Cell::Gap(String::new()) };
    let (Some(quantity), Some(value)) = (&one.quantity, one.value) else {
        return Cell::Gap(one.missing.map(|missing| words::missing(missing, scene.zh).to_owned()).unwrap_or_default());
    };
    let sign = if quantity.below.is_some() { ">" } else { quantity.bound.sign() };
    Cell::Figure(Figure {
        value,
        written: quantity.as_written().to_owned(),
        sign,
        joined: one.is_exact() && one.period.is_full_year(),
        break_before: one.status == Status::Break,
        apart: String::new(),
        formula: one.formula.clone(),
        status: words::status(one.status, scene.zh).to_owned(),
        note: one.note.clone(),
    })
}

/// Notes on breaks, once each.
pub(super) fn notes(scene: &Scene<'_>, shown: &[&Observation]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for one in shown.iter().filter(|one| one.status == Status::Break) {
        let place = format!("{} {}", scene.site.regions.get(one.region).name, one.period.label(scene.zh));
        let why = if one.note.is_empty() { words::status(one.status, scene.zh).to_owned() } else { one.note.clone() };
        let note = if scene.zh { format!("{place}：{why}") } else { format!("{place}: {why}") };
        if !notes.contains(&note) && notes.len() < 8 {
            notes.push(note);
        }
    }
    notes
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
        let periods: BTreeSet<Period> = periods.iter().map(|text| Period::parse(text).expect("a period")).collect();
        let mut columns: Vec<Column> = periods.iter().map(|period| column(&scene, *period)).collect();
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
