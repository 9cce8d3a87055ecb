//! The same reports as a site of Hugo, with the templates of `tests/bench/hugo/`. It has the pages of the lean site: reports,
//! regions, years and indicators with a page for the places below each region, home, feed, sitemap.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use nianbao::region::Regions;

use crate::corpus::{self, Chart, METRICS, Piece, Place, Report, YEARS};
use crate::measure::{self, Cost};
use crate::site;

/// site.toml of the site that is compared.
pub(crate) const LEAN_SETTINGS: &str = include_str!("../lean-site.toml");

/// The program where somebody named it, else on the path; none when it does not start.
pub(crate) fn find(named: Option<&Path>) -> Option<(PathBuf, String)> {
    let program = named.unwrap_or(Path::new("hugo"));
    let said = Command::new(program).arg("version").output().ok().filter(|said| said.status.success())?;
    let version = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    Some((program.to_owned(), version))
}

/// Builds the site anew, without cache.
pub(crate) fn build(program: &Path, root: &Path, log: &Path) -> io::Result<Cost> {
    let output = root.join("public");
    for left in [output.clone(), root.join("resources"), root.join("cache")] {
        if left.exists() {
            std::fs::remove_dir_all(left)?;
        }
    }
    let mut command = Command::new(program);
    command.current_dir(root).args(["build", "--noBuildLock", "--cacheDir"]).arg(root.canonicalize()?.join("cache"));
    measure::run(&mut command, log, &output)
}

/// Writes the site.
pub(crate) fn write(root: &Path, count: usize) -> io::Result<()> {
    site::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/hugo"), root)?;
    let places = corpus::places(count);
    let above = above(&places);
    let metrics = METRICS.iter().map(|metric| {
        format!(
            "[[list]]\nid = \"{}\"\nname = \"{}\"\nunit = \"{}\"\ntopic = \"{}\"\n",
            metric.id, metric.name, metric.unit, metric.topic
        )
    });
    write_file(&root.join("data/metrics.toml"), &metrics.collect::<String>())?;
    for (place, at) in places.iter().zip((0..).step_by(YEARS.len())) {
        let folder = root.join("content/regions").join(&place.above).join(&place.code);
        write_file(&folder.join("_index.md"), &region(&place.code, &place.name))?;
        for report in corpus::reports(place, count - at) {
            write_file(&folder.join(format!("{}.md", report.year)), &source(&report))?;
        }
    }
    for (code, name) in &above {
        write_file(&root.join(format!("content/regions/{code}/_index.md")), &region(code, name))?;
    }
    index(root, "regions", "地区", "regions")?;
    index(root, "indicators", "指标", "indicators")?;
    index(root, "years", "时期", "years")?;
    for metric in &METRICS {
        let lead = format!("layout = \"indicator\"\n[params]\nindicator = \"{}\"\n", metric.id);
        branch(root, &format!("indicators/{}", metric.id), metric.name, &lead, &above, "indicator-children")?;
    }
    for year in YEARS {
        let lead = format!("layout = \"year\"\n[params]\nyear = {year}\n");
        branch(root, &format!("years/{year}"), &format!("{year}年"), &lead, &above, "year-children")?;
    }
    Ok(())
}

/// The regions right above those that report, with their names.
fn above(places: &[Place]) -> BTreeMap<String, String> {
    let (regions, _) = Regions::new(&[]);
    let name = |code: &str| regions.find(code).map(|id| regions.get(id).name.to_string()).unwrap_or_default();
    places.iter().map(|place| (place.above.clone(), name(&place.above))).collect()
}

fn write_file(path: &Path, text: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    std::fs::write(path, text)
}

fn region(code: &str, name: &str) -> String {
    format!("+++\ntitle = \"{name}\"\nlayout = \"region\"\n[params]\ncode = \"{code}\"\n+++\n")
}

fn index(root: &Path, folder: &str, title: &str, layout: &str) -> io::Result<()> {
    let text = format!("+++\ntitle = \"{title}\"\nlayout = \"{layout}\"\n+++\n");
    write_file(&root.join("content").join(folder).join("_index.md"), &text)
}

/// A section with a page for the places below each region.
fn branch(
    root: &Path,
    folder: &str,
    title: &str,
    lead: &str,
    above: &BTreeMap<String, String>,
    layout: &str,
) -> io::Result<()> {
    let folder = root.join("content").join(folder);
    write_file(&folder.join("_index.md"), &format!("+++\ntitle = \"{title}\"\n{lead}+++\n"))?;
    for (code, name) in above {
        let lead = lead.split_once('\n').map_or("", |(_, rest)| rest);
        let text = format!("+++\ntitle = \"{name}{title}\"\nlayout = \"{layout}\"\n{lead}above = \"{code}\"\n+++\n");
        write_file(&folder.join(format!("{code}.md")), &text)?;
    }
    Ok(())
}

/// A report as Hugo reads it: figures with their numbers, for charts.
fn source(report: &Report<'_>) -> String {
    let mut text = format!(
        "+++\ntitle = \"{}\"\nlayout = \"report\"\ndate = {}\nsummary = \"{}\"\n[params]\ncode = \"{}\"\nyear = {}\npublisher = \"{}卫生健康局\"\n[params.metrics]\n",
        report.title(),
        report.date(),
        report.summary(),
        report.place.code,
        report.year,
        report.place.name,
    );
    for (metric, figure) in METRICS.iter().zip(&report.figures) {
        let number = figure.written.trim_end_matches(metric.behind);
        let target = figure.target.unwrap_or_default();
        let line =
            format!("{} = {{ value = \"{}\", number = {number}, target = \"{target}\" }}\n", metric.id, figure.written);
        text.push_str(&line);
    }
    text.push_str("+++\n");
    for piece in &report.pieces {
        match piece {
            Piece::Text(words) => write!(text, "\n{words}\n"),
            Piece::Chart(chart) => write!(text, "\n```chart\n{}```\n", fence(chart, report.year)),
        }
        .expect("a text takes more text");
    }
    text
}

fn fence(chart: &Chart, year: u32) -> String {
    let (kind, ids) = match chart {
        Chart::Trend(ids) => ("trend", ids.to_vec()),
        Chart::Ranking(id) => ("ranking", vec![*id]),
        Chart::Progress(ids) => ("progress", ids.to_vec()),
    };
    let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    format!("kind = \"{kind}\"\nindicators = [{}]\nyear = {year}\n", ids.join(", "))
}
