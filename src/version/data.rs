//! The data of a built site as a site again: its observations become reports without a text, one a region and period, so
//! that everything that reads a site reads them. Values and targets come back; computed and compared ones do not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Fault, write};
use crate::fs;
use crate::region::Regions;
use crate::report::{Missing, Status};
use crate::unit::Units;

/// The observations of a built site, or of its data folder.
pub(super) fn file_of(folder: &Path) -> Option<PathBuf> {
    let names = ["data/observations.json", "data/observations.csv", "observations.json", "observations.csv"];
    names.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// A row of the observations; further columns do not matter.
#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Row {
    indicator: String,
    indicator_name: String,
    ref_area: String,
    ref_area_name: String,
    time_period: String,
    role: String,
    unit_measure: String,
    as_written: String,
    obs_status: String,
    note: String,
}

/// A row of the indicators.
#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct IndicatorRow {
    indicator: String,
    unit_measure: String,
    polarity: String,
}

/// A row of the regions.
#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct RegionRow {
    ref_area: String,
    ref_area_name: String,
    level: String,
    parent: String,
}

/// Writes the site that a file of observations tells of.
pub(super) fn write_site(file: &Path, root: &Path) -> Result<(), Fault> {
    let rows = observations(file)?;
    let beside = |name: &str| file.with_file_name(name);
    let indicators: Vec<IndicatorRow> = optional(&beside("indicators.csv"))?;
    let regions: Vec<RegionRow> = optional(&beside("regions.csv"))?;
    let content = root.join("content");
    let (text, units) = indicators_toml(&rows, &indicators);
    write(&content.join("indicators.toml"), text.as_bytes())?;
    write(&content.join("site.toml"), format!("title = \"data\"\n[units]\ncount = [{units}]\n").as_bytes())?;
    write(&content.join("regions.toml"), regions_toml(&rows, &regions).as_bytes())?;
    for (at, ((region, period), rows)) in by_place(&rows).into_iter().enumerate() {
        let text = report(region, period, &rows);
        write(&content.join(format!("{at:08}.md")), text.as_bytes())?;
    }
    Ok(())
}

fn observations(file: &Path) -> Result<Vec<Row>, Fault> {
    if file.extension().is_some_and(|kind| kind == "json") {
        let bytes = fs::read(file)?;
        return serde_json::from_slice(&bytes).map_err(|cause| Fault::BadData(file.to_owned(), cause.to_string()));
    }
    table(file)
}

fn optional<T: for<'a> Deserialize<'a>>(file: &Path) -> Result<Vec<T>, Fault> {
    if file.is_file() { table(file) } else { Ok(Vec::new()) }
}

/// The rows of a table; cells that were defused for spreadsheets are as they were.
fn table<T: for<'a> Deserialize<'a>>(file: &Path) -> Result<Vec<T>, Fault> {
    let bad = |cause: csv::Error| Fault::BadData(file.to_owned(), cause.to_string());
    let bytes = fs::read(file)?;
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let head = reader.headers().map_err(bad)?.clone();
    let plain = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
        _ => cell.to_owned(),
    };
    let row = |record: csv::Result<csv::StringRecord>| {
        record?.iter().map(plain).collect::<csv::StringRecord>().deserialize(Some(&head))
    };
    reader.records().map(|record| row(record).map_err(bad)).collect()
}

/// indicators.toml, and the units it needs that are not built in.
fn indicators_toml(rows: &[Row], known: &[IndicatorRow]) -> (String, String) {
    let mut names: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for row in rows {
        names.entry(&row.indicator).or_insert((&row.indicator_name, &row.unit_measure));
    }
    let units = Units::with_extra(std::iter::empty());
    let mut extra: Vec<&str> = rows.iter().map(|row| row.unit_measure.as_str()).collect();
    let mut text = String::new();
    for (id, (name, unit)) in names {
        let stated = known.iter().find(|one| one.indicator == id);
        let unit = stated.map_or(unit, |one| &one.unit_measure);
        let polarity = stated.map_or("none", |one| &one.polarity);
        extra.push(unit);
        text.push_str(&format!("[{}]\nname = {}\npolarity = {}\n", quoted(id), quoted(name), quoted(polarity)));
        if !unit.is_empty() {
            text.push_str(&format!("unit = {}\n", quoted(unit)));
        }
    }
    extra.sort_unstable();
    extra.dedup();
    let extra = extra.into_iter().filter(|unit| !unit.is_empty() && units.parse(unit).is_none()).map(quoted);
    (text, extra.collect::<Vec<_>>().join(", "))
}

/// regions.toml: what is not built in.
fn regions_toml(rows: &[Row], known: &[RegionRow]) -> String {
    let (built_in, _) = Regions::new(&[]);
    let mut names: BTreeMap<&str, (&str, &str, &str)> = BTreeMap::new();
    for one in known {
        names.insert(&one.ref_area, (&one.ref_area_name, &one.level, &one.parent));
    }
    for row in rows {
        names.entry(&row.ref_area).or_insert((&row.ref_area_name, "other", ""));
    }
    let own = names.into_iter().filter(|(code, _)| built_in.find(code).is_none());
    let table = |(code, (name, level, parent)): (&str, (&str, &str, &str))| {
        let parent = if parent.is_empty() { String::new() } else { format!("parent = {}\n", quoted(parent)) };
        format!("[{}]\nname = {}\nlevel = {}\n{parent}", quoted(code), quoted(name), quoted(level))
    };
    own.map(table).collect()
}

/// The rows of each region and period.
fn by_place(rows: &[Row]) -> BTreeMap<(&str, &str), Vec<&Row>> {
    let mut places: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| matches!(row.role.as_str(), "actual" | "target")) {
        places.entry((&row.ref_area, &row.time_period)).or_default().push(row);
    }
    places
}

fn report(region: &str, period: &str, rows: &[&Row]) -> String {
    let mut metrics: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in rows {
        let keys = metrics.entry(&row.indicator).or_default();
        match row.role.as_str() {
            "target" => keys.push(format!("target = {}", quoted(&row.as_written))),
            _ if row.obs_status == "M" => {
                let known = Missing::NAMES.iter().any(|(name, _)| *name == row.note);
                keys.push(format!("missing = {}", quoted(if known { &row.note } else { "not-reported" })));
            }
            _ => {
                keys.push(format!("value = {}", quoted(&row.as_written)));
                let status = Status::NAMES.iter().find(|(_, status)| status.code() == row.obs_status);
                keys.extend(status.map(|(name, _)| format!("status = {}", quoted(name))));
            }
        }
    }
    let lines = metrics.iter().map(|(id, keys)| format!("{} = {{ {} }}\n", quoted(id), keys.join(", ")));
    let (region, period) = (quoted(region), quoted(period));
    let metrics: String = lines.collect();
    format!("+++\ntitle = \"data\"\nregion = {region}\nperiod = {period}\n[metrics]\n{metrics}+++\n")
}

/// A TOML string; what JSON escapes, TOML reads.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
