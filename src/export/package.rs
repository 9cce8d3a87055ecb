//! datapackage.json: the tables of the site with their columns, keys and sources, after the Tabular Data Package of
//! Frictionless, version 1.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::config::Language;
use crate::export::table::{Column, Kind};
use crate::export::words;
use crate::plan::{DataTable, Plan};
use crate::site::Site;

/// The bytes.
pub(super) fn json(site: &Site, plan: &Plan) -> Vec<u8> {
    let config = &site.config;
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": name(&config.base_url),
        "title": config.title,
        "created": format!("{}T00:00:00+08:00", site.today),
    });
    let optional = [
        ("description", Value::from(&*config.description)),
        ("homepage", Value::from(&*config.base_url)),
        ("contributors", publisher(&config.publisher)),
        ("sources", sources(site)),
    ];
    let said = |value: &Value| value.as_str() != Some("") && value.as_array().is_none_or(|list| !list.is_empty());
    let resources = DataTable::ALL.map(|table| resource(table, plan, config.language));
    let package_map = package.as_object_mut().expect("the macro made an object");
    package_map
        .extend(optional.into_iter().filter(|(_, value)| said(value)).map(|(key, value)| (key.to_owned(), value)));
    package_map.insert("resources".to_owned(), resources.into());
    let mut text = serde_json::to_string_pretty(&package).expect("JSON of texts");
    text.push('\n');
    text.into_bytes()
}

/// The site's address in the letters a name may have.
fn name(base_url: &str) -> String {
    let address = base_url.split_once("://").map_or("", |(_, address)| address).trim_end_matches('/');
    let letter = |c: char| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c.to_ascii_lowercase() } else { '-' };
    let name: String = address.chars().map(letter).collect();
    if name.is_empty() { "nianbao".to_owned() } else { name }
}

fn publisher(name: &str) -> Value {
    if name.is_empty() { Value::Array(Vec::new()) } else { json!([{ "title": name, "role": "publisher" }]) }
}

/// What the reports cite, each once.
fn sources(site: &Site) -> Value {
    let cited = site.all_reports().iter().flat_map(|report| &report.sources);
    let cited: BTreeSet<(&str, &str)> = cited.map(|source| (&*source.name, &*source.url)).collect();
    let source = |(name, url): (&str, &str)| {
        let title = if name.is_empty() { url } else { name };
        if url.is_empty() { json!({ "title": title }) } else { json!({ "title": title, "path": url }) }
    };
    cited.into_iter().map(source).collect()
}

fn resource(table: DataTable, plan: &Plan, language: Language) -> Value {
    let path = plan.file_path(&table.file()).map(AsRef::as_ref).unwrap_or_default();
    let (title, description) = words::about(table, language);
    json!({
        "profile": "tabular-data-resource",
        "name": table.name(),
        "path": path.trim_start_matches("data/"),
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": schema(table, language),
    })
}

fn schema(table: DataTable, language: Language) -> Value {
    let fields: Vec<Value> = super::columns(table).iter().map(|column| field(column, language)).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    let (key, foreign) = keys(table);
    schema["primaryKey"] = key.into();
    if !foreign.is_empty() {
        let reference = |(field, resource): &(&str, &str)| json!({ "fields": field, "reference": { "resource": resource, "fields": field } });
        schema["foreignKeys"] = foreign.iter().map(reference).collect();
    }
    schema
}

/// The columns that tell rows apart, and those that name a row of another table.
fn keys(table: DataTable) -> (&'static [&'static str], &'static [(&'static str, &'static str)]) {
    const PLACE: &[(&str, &str)] = &[("INDICATOR", "indicators"), ("REF_AREA", "regions")];
    match table {
        DataTable::Observations => (&["INDICATOR", "REF_AREA", "TIME_PERIOD", "ROLE"], PLACE),
        DataTable::Indicators => (&["INDICATOR"], &[]),
        DataTable::Regions => (&["REF_AREA"], &[]),
        DataTable::Targets => (&["INDICATOR", "REF_AREA", "TIME_PERIOD"], PLACE),
        DataTable::Derived => (&["MEASURE", "INDICATOR", "REF_AREA", "TIME_PERIOD", "AGAINST"], PLACE),
    }
}

fn field(column: &Column, language: Language) -> Value {
    let kind = match column.kind {
        Kind::Text | Kind::Key | Kind::OneOf(_) => "string",
        Kind::Number => "number",
        Kind::Integer => "integer",
        Kind::Day => "date",
    };
    let mut field = Map::new();
    field.insert("name".to_owned(), column.name.into());
    field.insert("title".to_owned(), column.title(language).into());
    field.insert("description".to_owned(), column.meaning(language).into());
    field.insert("type".to_owned(), kind.into());
    match column.kind {
        Kind::Key => field.insert("constraints".to_owned(), json!({ "required": true })),
        Kind::OneOf(words) => field.insert("constraints".to_owned(), json!({ "required": true, "enum": words })),
        Kind::Text | Kind::Number | Kind::Integer | Kind::Day => None,
    };
    field.into()
}
