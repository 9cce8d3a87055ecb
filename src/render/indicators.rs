//! Indicators by topic, one indicator, and an indicator among the children of a region.

use std::collections::BTreeSet;

use crate::indicator::{Formula, Indicator, IndicatorId};
use crate::period::Period;
use crate::plan::{GRID_LIMIT, PageKind};
use crate::region::{Level, RegionId};
use crate::render::figures::{targets, topic_anchor};
use crate::render::scene::Scene;
use crate::render::view::{
    Body, IndicatorChildrenView, IndicatorItem, IndicatorTopic, IndicatorView, IndicatorsView, Link, MetricRow, Page,
    TableRow, TableView,
};
use crate::render::{Sheet, charts, data, json_ld, section, words};
use crate::site::Observation;

/// Most lines of a trend; more cannot be told apart.
const LINES: usize = 6;

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
    let crowded = regions.len() > GRID_LIMIT;
    let shown: Vec<RegionId> = if crowded {
        regions.iter().copied().filter(|one| site.regions.get(*one).level <= Level::Province).collect()
    } else {
        regions.clone()
    };
    let apart = site.of_indicator(id).filter(|one| one.role.is_value() && one.quantity.is_some() && !one.is_exact());
    let all: Vec<&Observation> = shown.iter().flat_map(|region| site.values(id, *region)).collect();
    let children = crate::plan::crowded_parents(site, id);
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
        charts: drawn(scene, id, &shown),
        grid: grid(scene, id, &shown),
        children: children.into_iter().map(|parent| children_link(scene, id, parent)).collect(),
        apart: apart.filter_map(|one| scene.metric_row(Some(one), None, None)).map(without_anchor).collect(),
        progress: targets(scene, site.of_indicator(id), None)
            .into_iter()
            .map(|(.., row)| without_anchor(row))
            .collect(),
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

/// A trend of the regions with most years, and a ranking of the newest year with enough exact values.
fn drawn(scene: &Scene<'_>, id: IndicatorId, regions: &[RegionId]) -> Vec<crate::render::view::ChartView> {
    let site = scene.site;
    let years = |region: &RegionId| site.values(id, *region).filter(|one| one.period.is_full_year()).count();
    let mut lines: Vec<RegionId> = regions.iter().copied().filter(|region| years(region) >= 2).collect();
    lines.sort_by_key(|region| {
        (std::cmp::Reverse(years(region)), site.regions.get(*region).level, site.regions.get(*region).code.clone())
    });
    // Counts of a nation and a county do not share an axis to any use: one level at a time, the one with most regions.
    if !site.indicators.get(id).compares_across_levels() {
        let count = |level: Level| lines.iter().filter(|one| site.regions.get(**one).level == level).count();
        let levels: BTreeSet<Level> = lines.iter().map(|one| site.regions.get(*one).level).collect();
        let main = levels.into_iter().max_by_key(|level| (count(*level), std::cmp::Reverse(*level)));
        lines.retain(|one| Some(site.regions.get(*one).level) == main);
    }
    lines.truncate(LINES);
    lines.sort_by_key(|region| site.regions.get(*region).code.clone());
    let trend = charts::trend(scene, "chart-trend".to_owned(), id, &lines, None, None);
    let newest = newest_rankable(scene, id, regions);
    let ranking =
        newest.and_then(|period| charts::ranking(scene, "chart-ranking".to_owned(), id, period, regions, None));
    charts::views(scene, [trend, ranking])
}

/// The newest full year in which at least two regions have exact values.
fn newest_rankable(scene: &Scene<'_>, id: IndicatorId, regions: &[RegionId]) -> Option<Period> {
    let site = scene.site;
    let periods: BTreeSet<Period> = regions
        .iter()
        .flat_map(|region| site.values(id, *region))
        .filter(|one| one.period.is_full_year())
        .map(|one| one.period)
        .collect();
    let best =
        periods.iter().map(|period| crate::site::compare::ranking(site, id, *period, regions).rows.len()).max()?;
    let enough = |period: &&Period| crate::site::compare::ranking(site, id, **period, regions).rows.len() * 2 > best;
    periods.iter().rev().find(enough).copied()
}

/// Region × period, all values as written.
fn grid(scene: &Scene<'_>, id: IndicatorId, regions: &[RegionId]) -> TableView {
    let site = scene.site;
    let periods: BTreeSet<Period> =
        regions.iter().flat_map(|region| site.values(id, *region).map(|one| one.period)).collect();
    let row = |region: &RegionId| TableRow {
        head: scene.region(*region),
        emphasis: false,
        rank: 0,
        cells: periods
            .iter()
            .map(|period| site.value_at(id, *region, *period).map(|one| scene.figure(one)).unwrap_or_default())
            .collect(),
    };
    let unit = site.indicators.get(id).unit.symbol();
    let name = scene.indicator_name(site.indicators.get(id));
    TableView {
        caption: if unit.is_empty() { name } else { format!("{name}（{unit}）") },
        head: std::iter::once(charts::row_head(scene, None))
            .chain(periods.iter().map(|period| period.label(scene.zh)))
            .collect(),
        rows: regions.iter().map(row).collect(),
    }
}

pub(super) fn children_page(scene: &Scene<'_>, id: IndicatorId, parent: RegionId) -> Page {
    let site = scene.site;
    let regions: Vec<RegionId> =
        site.regions_of(id).into_iter().filter(|one| site.regions.get(*one).parent == Some(parent)).collect();
    let newest = newest_rankable(scene, id, &regions);
    let ranking =
        newest.and_then(|period| charts::ranking(scene, "chart-ranking".to_owned(), id, period, &regions, None));
    let view = IndicatorChildrenView {
        indicator: scene.indicator(id),
        parent: scene.region(parent),
        charts: charts::views(scene, [ranking]),
        grid: grid(scene, id, &regions),
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
