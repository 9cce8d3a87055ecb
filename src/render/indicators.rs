//! Indicators by topic, one indicator, and an indicator among the children of a region.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::RowKind;
use crate::indicator::{Formula, Indicator, IndicatorId};
use crate::period::Period;
use crate::plan::PageKind;
use crate::region::RegionId;
use crate::render::figures::{goals, progress_counts, targets, topic_anchor};
use crate::render::scene::Scene;
use crate::render::view::{
    Body, ChangeView, IndicatorChildrenView, IndicatorItem, IndicatorTopic, IndicatorView, IndicatorsView, Link,
    MetricRow, Page, TableRow, TableView,
};
use crate::render::{Sheet, charts, data, json_ld, section, words};
use crate::site::choice::{self, GRID_LIMIT, foremost};
use crate::site::{Observation, Role, compare};

/// Most targets of an indicator's page; beyond it only the newest of each region.
const TARGETS: usize = 100;

pub(super) fn list_page(scene: &Scene<'_>) -> Page {
    let site = scene.site;
    let mut topics: Vec<IndicatorTopic> = Vec::new();
    for (id, indicator) in site.indicators.iter() {
        let item = item(scene, id, indicator);
        match topics.iter_mut().find(|topic| topic.name == *indicator.topic) {
            Some(topic) => topic.items.push(item),
            None => topics.push(IndicatorTopic {
                name: indicator.topic.to_string(),
                anchor: topic_anchor(&indicator.topic),
                items: vec![item],
            }),
        }
    }
    let sheet = Sheet {
        template: "indicators.html",
        title: if scene.zh { "指标" } else { "Indicators" }.to_owned(),
        description: String::new(),
        column: ("指标", "Indicators", "数据发布"),
        breadcrumb: Vec::new(),
    };
    sheet.page(scene, Body::Indicators(IndicatorsView { topics }))
}

fn item(scene: &Scene<'_>, id: IndicatorId, indicator: &Indicator) -> IndicatorItem {
    let values: Vec<&Observation> = scene.site.of_indicator(id).filter(|one| one.quantity.is_some()).collect();
    let years: BTreeSet<i16> = values.iter().map(|one| one.period.year()).collect();
    let dash = if scene.zh { "—" } else { "–" };
    let periods = match (years.first(), years.last()) {
        (Some(low), Some(high)) if low != high => format!("{low}{dash}{high}"),
        (Some(low), _) => low.to_string(),
        _ => String::new(),
    };
    IndicatorItem {
        link: scene.indicator(id),
        unit: indicator.unit.symbol().to_owned(),
        definition: indicator.definition.clone(),
        regions: values.iter().map(|one| one.region).collect::<BTreeSet<_>>().len(),
        periods,
        figures: values.len(),
    }
}

pub(super) fn page(scene: &Scene<'_>, id: IndicatorId) -> Page {
    let site = scene.site;
    let indicator = site.indicators.get(id);
    let regions = site.regions_of(id);
    let shown = foremost(site, &regions);
    let all: Vec<&Observation> = shown.iter().flat_map(|region| site.values(id, *region)).collect();
    let aimed: BTreeSet<RegionId> = goals(site.of_indicator(id)).map(|goal| goal.region).collect();
    let mut aimed: Vec<RegionId> = aimed.into_iter().collect();
    aimed.sort_by_key(|region| site.regions.get(*region).code.clone());
    let has_page = |region: RegionId| scene.plan.page_path(&PageKind::IndicatorChildren(id, region)).is_some();
    let above = |region: RegionId| site.regions.get(region).parent.filter(|parent| has_page(*parent));
    // Two levels stand here; the pages below link to those further down.
    let near = |parent: &RegionId| above(*parent).and_then(above).is_none();
    let view = IndicatorView {
        id: indicator.id.to_string(),
        name_en: if scene.zh { indicator.name_en.clone() } else { String::new() },
        unit: indicator.unit.symbol().to_owned(),
        polarity: words::polarity(indicator.polarity, scene.zh).to_owned(),
        topic: Link {
            name: indicator.topic.to_string(),
            url: format!("{}#{}", scene.plan.link(scene.path, &PageKind::Indicators), topic_anchor(&indicator.topic)),
            ..Link::default()
        },
        definition: indicator.definition.clone(),
        facts: facts(scene, indicator),
        charts: charts::chosen(scene, choice::indicator(site, id)),
        grid: grid(scene, id, &shown, None),
        children: crate::plan::crowded_parents(site, id)
            .into_iter()
            .filter(near)
            .map(|parent| children_link(scene, id, parent))
            .collect(),
        regions: regions.len(),
        apart: apart(scene, &all),
        progress: progress(scene, id, &foremost(site, &aimed)),
        counts: progress_counts(goals(site.of_indicator(id)).map(|goal| scene.status(goal).1)),
        notes: charts::notes(scene, &all),
        files: data::of_indicator(scene, id),
        json_ld: json_ld::of_indicator(scene, id),
    };
    let sheet = Sheet {
        template: "indicator.html",
        title: scene.indicator_name(indicator),
        description: indicator.definition.clone(),
        column: ("指标", "Indicators", "数据发布"),
        breadcrumb: vec![section(scene, &PageKind::Indicators, "指标", "Indicators")],
    };
    sheet.page(scene, Body::Indicator(Box::new(view)))
}

/// Figures that stay out of rankings and growth, each with the reason.
fn apart(scene: &Scene<'_>, all: &[&Observation]) -> Vec<MetricRow> {
    let unfit = |one: &&Observation| {
        let why = compare::unfit(scene.site, one).filter(|_| one.quantity.is_some())?;
        let row = scene.metric_row(Some(one), None, None)?;
        let change = ChangeView { reason: why.reason(scene.zh).to_owned(), ..ChangeView::default() };
        Some(without_anchor(MetricRow { change, spark: String::new(), ..row }))
    };
    all.iter().filter_map(unfit).collect()
}

/// The targets of regions, or only the newest of each where there are many.
fn progress(scene: &Scene<'_>, id: IndicatorId, regions: &[RegionId]) -> Vec<MetricRow> {
    let site = scene.site;
    let all: Vec<&Observation> = regions.iter().flat_map(|region| goals(site.series(id, *region))).collect();
    let newest = |region: &RegionId| site.series(id, *region).rfind(|one| one.role == Role::Target);
    let shown = if all.len() > TARGETS { regions.iter().filter_map(newest).collect() } else { all };
    let rows = targets(scene, shown.into_iter(), None).into_iter();
    rows.map(|(.., row)| without_anchor(MetricRow { parent: None, spark: String::new(), ..row })).collect()
}

/// Rows of one indicator are told apart by region and period, not by anchor.
fn without_anchor(row: MetricRow) -> MetricRow {
    MetricRow { anchor: String::new(), ..row }
}

fn children_link(scene: &Scene<'_>, id: IndicatorId, parent: RegionId) -> Link {
    Link {
        name: scene.site.regions.get(parent).name.to_string(),
        url: scene.plan.link(scene.path, &PageKind::IndicatorChildren(id, parent)),
        ..Link::default()
    }
}

fn facts(scene: &Scene<'_>, indicator: &Indicator) -> Vec<(String, String)> {
    let name = |id: &IndicatorId| scene.indicator_name(scene.site.indicators.get(*id));
    let formula = match &indicator.formula {
        Formula::Given => String::new(),
        Formula::Ratio(above, below) => format!("{} ÷ {}", name(above), name(below)),
        Formula::Sum(parts) => parts.iter().map(name).collect::<Vec<_>>().join(" + "),
    };
    let facts = [
        ("来源", "Source", indicator.source.clone()),
        ("方法", "Method", indicator.method.clone()),
        ("频率", "Frequency", indicator.frequency.clone()),
        ("算法", "Formula", formula),
        ("又称", "Also called", indicator.aliases.join(if scene.zh { "、" } else { ", " })),
    ];
    let filled = facts.into_iter().filter(|(.., text)| !text.is_empty());
    filled.map(|(chinese, english, text)| (if scene.zh { chinese } else { english }.to_owned(), text)).collect()
}

/// Region × period, all values as written; by rank in a period where one is given.
fn grid(scene: &Scene<'_>, id: IndicatorId, regions: &[RegionId], ranked: Option<Period>) -> TableView {
    let site = scene.site;
    let rows = ranked.map_or_else(Vec::new, |period| compare::ranking(site, id, period, regions).rows);
    let ranks: BTreeMap<RegionId, u32> = rows.iter().map(|(rank, one)| (one.region, *rank)).collect();
    let unranked = regions.iter().filter(|region| !ranks.contains_key(region));
    let order: Vec<RegionId> = rows.iter().map(|(_, one)| one.region).chain(unranked.copied()).collect();
    let periods: BTreeSet<Period> =
        regions.iter().flat_map(|region| site.values(id, *region).map(|one| one.period)).collect();
    let row = |region: &RegionId| TableRow {
        head: scene.region(*region),
        emphasis: false,
        rank: ranks.get(region).copied().unwrap_or(0),
        cells: periods
            .iter()
            .map(|period| site.value_at(id, *region, *period).map(|one| scene.figure(one)).unwrap_or_default())
            .collect(),
    };
    let unit = site.indicators.get(id).unit.symbol();
    let name = scene.indicator_name(site.indicators.get(id));
    TableView {
        caption: if unit.is_empty() { name } else { format!("{name}（{unit}）") },
        head: std::iter::once(RowKind::Region.label(charts::lang(scene)).to_owned())
            .chain(periods.iter().map(|period| period.label(scene.zh)))
            .collect(),
        rows: order.iter().map(row).collect(),
    }
}

pub(super) fn children_page(scene: &Scene<'_>, id: IndicatorId, parent: RegionId) -> Page {
    let site = scene.site;
    let children = site.children(Some(parent));
    let regions = choice::children_with(site, id, parent);
    let all: Vec<&Observation> = regions.iter().flat_map(|region| site.values(id, *region)).collect();
    let newest = choice::newest_rankable(site, id, &regions);
    // A drawn ranking of more regions is taller than any screen: the table takes their order instead.
    let crowded = regions.len() > GRID_LIMIT;
    let deeper = |region: &&RegionId| scene.plan.page_path(&PageKind::IndicatorChildren(id, **region)).is_some();
    let states = children.iter().flat_map(|region| goals(site.series(id, *region))).map(|goal| scene.status(goal).1);
    let ranked = newest.filter(|_| crowded);
    let view = IndicatorChildrenView {
        indicator: scene.indicator(id),
        parent: scene.region(parent),
        unit: site.indicators.get(id).unit.symbol().to_owned(),
        charts: charts::chosen(scene, choice::children(site, id, parent)),
        grid: grid(scene, id, &regions, ranked),
        ranked: ranked.map(|period| period.label(scene.zh)).unwrap_or_default(),
        progress: progress(scene, id, children),
        counts: progress_counts(states),
        apart: apart(scene, &all),
        notes: charts::notes(scene, &all),
        children: children.iter().filter(deeper).map(|region| children_link(scene, id, *region)).collect(),
        files: data::of_indicator(scene, id),
    };
    let name = scene.indicator_name(site.indicators.get(id));
    let sheet = Sheet {
        template: "indicator-children.html",
        title: format!("{}{}{name}", site.regions.get(parent).name, if scene.zh { "各地" } else { ": " }),
        description: String::new(),
        column: ("指标", "Indicators", "数据发布"),
        breadcrumb: vec![section(scene, &PageKind::Indicators, "指标", "Indicators"), scene.indicator(id)],
    };
    sheet.page(scene, Body::IndicatorChildren(Box::new(view)))
}
