//! Pages described for search engines and catalogues as a schema.org Dataset, in JSON-LD. Addresses are absolute, so files
//! are named only where the site has an address of its own.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::indicator::IndicatorId;
use crate::period::Period;
use crate::plan::{DataFormat, FileKind, PageKind};
use crate::region::{Level, RegionId};
use crate::render::scene::Scene;
use crate::site::Observation;
use crate::site::choice::GRID_LIMIT;

/// An indicator with its files.
pub(super) fn of_indicator(scene: &Scene<'_>, id: IndicatorId) -> String {
    let site = scene.site;
    let indicator = site.indicators.get(id);
    let name = scene.indicator_name(indicator);
    let values = site.of_indicator(id).filter(|one| one.role.is_value() && one.quantity.is_some());
    let values: Vec<&Observation> = values.collect();
    let variable = json!({ "@type": "PropertyValue", "name": name, "unitText": indicator.unit.symbol() });
    let mut dataset = dataset(scene, &values, (&name, &indicator.definition));
    dataset.insert("identifier".to_owned(), (&*indicator.id).into());
    dataset.insert("variableMeasured".to_owned(), without_empty(variable));
    let files = DataFormat::ALL.map(|format| (format, FileKind::IndicatorData(id, format)));
    finish(scene, dataset, &files)
}

/// The whole site with its files.
pub(super) fn of_site(scene: &Scene<'_>) -> String {
    let site = scene.site;
    let config = &site.config;
    let values = site.observations().iter().filter(|one| one.role.is_value() && one.quantity.is_some());
    let values: Vec<&Observation> = values.collect();
    let mut dataset = dataset(scene, &values, (&config.title, &config.description));
    let measured: BTreeSet<IndicatorId> = values.iter().map(|one| one.indicator).collect();
    let names = measured.into_iter().map(|id| Value::from(scene.indicator_name(site.indicators.get(id))));
    dataset.insert("variableMeasured".to_owned(), names.collect());
    let files = DataFormat::ALL.map(|format| (format, FileKind::Observations(format)));
    finish(scene, dataset, &files)
}

fn dataset(scene: &Scene<'_>, values: &[&Observation], (name, said): (&str, &str)) -> Map<String, Value> {
    let config = &scene.site.config;
    let address = scene.plan.page_path(&PageKind::Home).filter(|_| !config.base_url.is_empty());
    let mut dataset = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": description(scene, values, said),
        "inLanguage": config.language.tag(),
        "isAccessibleForFree": true,
        "temporalCoverage": years(values),
        "spatialCoverage": places(scene, values),
    });
    if !config.publisher.is_empty() {
        dataset["creator"] = json!({ "@type": "Organization", "name": config.publisher });
    }
    if address.is_some() {
        dataset["url"] = absolute(scene, scene.path).into();
    }
    match without_empty(dataset) {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// The definition and what there is, for a search engine wants more than a few words.
fn description(scene: &Scene<'_>, values: &[&Observation], said: &str) -> String {
    let regions: BTreeSet<RegionId> = values.iter().map(|one| one.region).collect();
    let count = values.len();
    let (years, regions) = (years(values).replace('/', "—"), regions.len());
    let facts = match scene.zh {
        _ if values.is_empty() => String::new(),
        true => format!("{regions}个地区、{years}年的{count}个数，每个数注明出处，照原文写法列出。"),
        false => format!("{count} figures of {regions} regions, {years}, each as written in its source."),
    };
    let gap = if scene.zh || said.is_empty() || facts.is_empty() { "" } else { " " };
    format!("{said}{gap}{facts}")
}

/// `2015/2024`, or one year.
fn years(values: &[&Observation]) -> String {
    let all = || values.iter().map(|one| one.period).map(|period: Period| period.year());
    match (all().min(), all().max()) {
        (Some(first), Some(last)) if first < last => format!("{first}/{last}"),
        (Some(year), _) => year.to_string(),
        _ => String::new(),
    }
}

/// The regions with a figure; of very many those of provinces and above.
fn places(scene: &Scene<'_>, values: &[&Observation]) -> Value {
    let regions = &scene.site.regions;
    let mut all: Vec<RegionId> = values.iter().map(|one| one.region).collect();
    all.sort_by_key(|id| &regions.get(*id).code);
    all.dedup();
    if all.len() > GRID_LIMIT {
        all.retain(|id| regions.get(*id).level <= Level::Province);
    }
    let place = |id: RegionId| {
        let region = regions.get(id);
        json!({ "@type": "Place", "name": regions.full_name(id), "identifier": &*region.code })
    };
    all.into_iter().map(place).collect()
}

fn finish(scene: &Scene<'_>, mut dataset: Map<String, Value>, files: &[(DataFormat, FileKind)]) -> String {
    if !scene.site.config.base_url.is_empty() {
        let file = |(format, kind): &(DataFormat, FileKind)| {
            let path = scene.plan.file_path(kind)?;
            let kind = match format {
                DataFormat::Csv => "text/csv",
                DataFormat::Json => "application/json",
                DataFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            };
            Some(json!({ "@type": "DataDownload", "encodingFormat": kind, "contentUrl": absolute(scene, path) }))
        };
        dataset.insert("distribution".to_owned(), files.iter().filter_map(file).collect());
    }
    // The text stands in a script element, which `</script>` and `<!--` would end or change.
    Value::Object(dataset).to_string().replace('<', "\\u003c")
}

fn absolute(scene: &Scene<'_>, path: &str) -> String {
    let path: Vec<String> = path.split('/').map(crate::plan::escape).collect();
    format!("{}{}", scene.site.config.base_url, path.join("/"))
}

fn without_empty(mut value: Value) -> Value {
    if let Some(map) = value.as_object_mut() {
        map.retain(|_, value| value.as_str() != Some("") && value.as_array().is_none_or(|list| !list.is_empty()));
    }
    value
}
