//! The dictionaries: indicators with their definitions, regions with their place in the tree.

use std::collections::BTreeSet;

use crate::export::observations::page;
use crate::export::table::{Column, Kind, Row, Table};
use crate::indicator::{Formula, Indicator, IndicatorId, Polarity};
use crate::plan::{DataTable, PageKind, Plan};
use crate::region::{Level, RegionId};
use crate::site::Site;

/// The columns of indicators.csv.
pub(super) const INDICATORS: [Column; 14] = [
    Column { name: "INDICATOR", zh: ("指标代号", ""), en: ("indicator", "indicator id"), kind: Kind::Key },
    Column { name: "INDICATOR_NAME", zh: ("指标名称", ""), en: ("indicator name", ""), kind: Kind::Key },
    Column { name: "INDICATOR_NAME_EN", zh: ("英文名称", ""), en: ("English name", ""), kind: Kind::Text },
    Column {
        name: "UNIT_MEASURE",
        zh: ("计量单位", "计量单位；数按它比较"),
        en: ("unit", "unit of measure, in which figures are compared"),
        kind: Kind::Text,
    },
    Column {
        name: "POLARITY",
        zh: ("评价方向", "评价方向：higher 越高越好，lower 越低越好，none 无优劣之分"),
        en: ("polarity", "higher is better, lower is better, or none"),
        kind: Kind::OneOf(&["higher", "lower", "none"]),
    },
    Column { name: "TOPIC", zh: ("主题", ""), en: ("topic", ""), kind: Kind::Text },
    Column { name: "DEFINITION", zh: ("定义", ""), en: ("definition", ""), kind: Kind::Text },
    Column {
        name: "FORMULA",
        zh: ("算法", "算法，各部分写指标代号；没有写明时据此推算"),
        en: ("formula", "formula in indicator ids; computed by it where nothing was stated"),
        kind: Kind::Text,
    },
    Column {
        name: "DENOMINATOR",
        zh: ("分母", "作分母的指标代号，用来认出小样本"),
        en: ("denominator", "id of the indicator a rate is per; tells small samples"),
        kind: Kind::Text,
    },
    Column { name: "SOURCE", zh: ("来源", ""), en: ("source", ""), kind: Kind::Text },
    Column { name: "METHOD", zh: ("方法", ""), en: ("method", ""), kind: Kind::Text },
    Column { name: "FREQUENCY", zh: ("频率", ""), en: ("frequency", ""), kind: Kind::Text },
    Column {
        name: "ALIASES",
        zh: ("又称", "又称，以分号隔开"),
        en: ("aliases", "other names, between semicolons"),
        kind: Kind::Text,
    },
    Column { name: "PAGE", zh: ("网页", "指标网页"), en: ("page", "page of the indicator"), kind: Kind::Text },
];

/// The columns of regions.csv.
pub(super) const REGIONS: [Column; 7] = [
    Column { name: "REF_AREA", zh: ("行政区划代码", ""), en: ("region", "division code"), kind: Kind::Key },
    Column { name: "REF_AREA_NAME", zh: ("地区名称", ""), en: ("region name", ""), kind: Kind::Key },
    Column {
        name: "LEVEL",
        zh: ("级别", "级别：nation 全国，province 省级，prefecture 地级，county 县级，township 乡级，other 其他"),
        en: ("level", "level of government"),
        kind: Kind::OneOf(&["nation", "province", "prefecture", "county", "township", "other"]),
    },
    Column {
        name: "PARENT",
        zh: ("上级代码", ""),
        en: ("parent", "division code of the region above"),
        kind: Kind::Text,
    },
    Column {
        name: "FULL_NAME",
        zh: ("全称", "连上级的全称"),
        en: ("full name", "name with its parents"),
        kind: Kind::Text,
    },
    Column {
        name: "FORMER",
        zh: ("沿革", "曾用代码、名称和改变的年份，以分号隔开"),
        en: ("former", "former codes and names with the year of the change, between semicolons"),
        kind: Kind::Text,
    },
    Column { name: "PAGE", zh: ("网页", "地区网页"), en: ("page", "page of the region"), kind: Kind::Text },
];

/// All indicators, or those named.
pub(super) fn indicators<'a>(site: &'a Site, plan: &'a Plan, only: Option<IndicatorId>) -> Table<'a> {
    let all = site.indicators.iter().filter(move |(id, _)| only.is_none_or(|only| only == *id));
    let rows = all.map(|(id, one)| indicator(site, one, page(site, plan, &PageKind::Indicator(id))));
    Table { what: DataTable::Indicators, rows: Box::new(rows) }
}

fn indicator<'a>(site: &'a Site, one: &'a Indicator, page: String) -> Row<'a> {
    let id = |id: &IndicatorId| &*site.indicators.get(*id).id;
    let formula = match &one.formula {
        Formula::Given => String::new(),
        Formula::Ratio(above, below) => format!("{} ÷ {}", id(above), id(below)),
        Formula::Sum(parts) => parts.iter().map(id).collect::<Vec<_>>().join(" + "),
    };
    let polarity = match one.polarity {
        Polarity::Higher => "higher",
        Polarity::Lower => "lower",
        Polarity::None => "none",
    };
    vec![
        (&*one.id).into(),
        (&*one.name).into(),
        (&*one.name_en).into(),
        one.unit.symbol().to_owned().into(),
        polarity.into(),
        (&*one.topic).into(),
        (&*one.definition).into(),
        formula.into(),
        one.denominator.as_ref().map(id).unwrap_or_default().into(),
        (&*one.source).into(),
        (&*one.method).into(),
        (&*one.frequency).into(),
        one.aliases.join("; ").into(),
        page.into(),
    ]
}

/// Regions with figures or reports and all above them, by code.
pub(super) fn regions<'a>(site: &'a Site, plan: &'a Plan, only: Option<RegionId>) -> Table<'a> {
    let with_data = match only {
        Some(only) => BTreeSet::from([only]),
        None => site.regions_with_data(),
    };
    let above: Vec<RegionId> = with_data.iter().flat_map(|id| site.regions.ancestors(*id)).collect();
    let all: BTreeSet<RegionId> = with_data.into_iter().chain(above).collect();
    let mut all: Vec<RegionId> = all.into_iter().collect();
    all.sort_by_key(|id| &site.regions.get(*id).code);
    Table { what: DataTable::Regions, rows: Box::new(all.into_iter().map(move |id| region(site, plan, id))) }
}

fn region<'a>(site: &'a Site, plan: &Plan, id: RegionId) -> Row<'a> {
    let one = site.regions.get(id);
    let level = Level::NAMES.iter().find(|(_, level)| *level == one.level).map_or("other", |(name, _)| name);
    let parent = one.parent.map(|parent| &*site.regions.get(parent).code).unwrap_or_default();
    let former = site.regions.former_of(id).map(|old| format!("{} {} {}", old.code, old.name, old.year));
    vec![
        (&*one.code).into(),
        (&*one.name).into(),
        level.into(),
        parent.into(),
        site.regions.full_name(id).into(),
        former.collect::<Vec<_>>().join("; ").into(),
        page(site, plan, &PageKind::Region(id)).into(),
    ]
}
