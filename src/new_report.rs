//! `nianbao new report`: a file for the next report of a region, prefilled from the newest one: its title with the new
//! year, its publisher, its metrics as commented lines to fill in, and its headings. A file that exists is never touched.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::fs;
use crate::init::write_new;
use crate::keys::{self, Kind, Value};
use crate::period::Period;
use crate::source::Sources;

/// The report wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Division code or id of the region.
    pub region: String,
    /// Its period.
    pub period: Period,
    /// Its kind, as in front matter.
    pub kind: &'static str,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Made {
    /// Wrote this file; `from` is the report it was prefilled from.
    Report {
        /// The new file.
        path: PathBuf,
        /// The report it was prefilled from.
        from: Option<String>,
    },
    /// Wrote nothing, since this file is already there.
    Nothing(PathBuf),
    /// Wrote nothing, since the region's name cannot be a folder.
    NoRegion,
    /// Wrote nothing, since the folder holds no site.
    NoSite(PathBuf),
}

/// Writes the file `content/<region>/<period>.md` below the site's folder, with the kind in its name unless a summary.
pub fn new_report(root: &Path, wanted: &Wanted) -> Result<Made> {
    let content = root.join("content");
    if !content.is_dir() {
        return Ok(Made::NoSite(content));
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if wanted.region.is_empty() || !wanted.region.bytes().all(is_plain) {
        return Ok(Made::NoRegion);
    }
    let name = match wanted.kind {
        "summary" => format!("{}.md", wanted.period.slug()),
        kind => format!("{}-{kind}.md", wanted.period.slug()),
    };
    let path = content.join(&wanted.region).join(name);
    if path.symlink_metadata().is_ok() {
        return Ok(Made::Nothing(path));
    }
    let newest = newest(&content, wanted)?;
    let names = indicator_names(&content)?;
    write_new(&path, &text(wanted, newest.as_ref(), &names))?;
    Ok(Made::Report { path, from: newest.map(|report| report.path) })
}

/// What is taken over from an earlier report.
struct Earlier {
    path: String,
    period: Period,
    front: Value,
    headings: Vec<String>,
}

/// The newest report of the region, one of the same kind first.
fn newest(content: &Path, wanted: &Wanted) -> Result<Option<Earlier>> {
    let mut best: Option<((bool, jiff::civil::Date, jiff::civil::Date), Earlier)> = None;
    for file in fs::walk(content)? {
        if !file.relative.ends_with(".md") || file.leads_out {
            continue;
        }
        let bytes = fs::read(&file.path)?;
        let Some(report) = earlier(file.relative, &String::from_utf8_lossy(&bytes), &wanted.region) else { continue };
        let same_kind = entry(&report.front, "kind").and_then(word).unwrap_or("summary") == wanted.kind;
        let rank = (same_kind, report.period.end(), report.period.start());
        if best.as_ref().is_none_or(|(best, _)| rank > *best) {
            best = Some((rank, report));
        }
    }
    Ok(best.map(|(_, report)| report))
}

/// A report of the region, if the text is one; texts that cannot be read are for `check` to report.
fn earlier(path: String, text: &str, region: &str) -> Option<Earlier> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (front, body) = text.strip_prefix("+++\n")?.split_once("\n+++")?;
    let front = parse(front)?;
    if entry(&front, "region").and_then(word)? != region {
        return None;
    }
    let period = Period::parse(entry(&front, "period").and_then(word)?).ok()?;
    let headings = body.lines().filter(|line| line.starts_with("## ")).map(str::to_owned).collect();
    Some(Earlier { path, period, front, headings })
}

fn parse(text: &str) -> Option<Value> {
    let file = Sources::default().add_text("", "");
    keys::parse(text, file, 0, &mut Vec::new())
}

fn entry<'a>(table: &'a Value, key: &str) -> Option<&'a Value> {
    let Kind::Table(entries) = &table.kind else { return None };
    entries.iter().find(|(name, _)| name.name == key).map(|(_, value)| value)
}

fn word(value: &Value) -> Option<&str> {
    match &value.kind {
        Kind::Text(text) | Kind::Number(text) | Kind::Date(text) => Some(text),
        Kind::Bool(_) | Kind::Array(_) | Kind::Table(_) => None,
    }
}

/// The names of the site's indicators by id.
fn indicator_names(content: &Path) -> Result<Vec<(String, String)>> {
    let path = content.join("indicators.toml");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let table = parse(&String::from_utf8_lossy(&fs::read(&path)?));
    let Some(Value { kind: Kind::Table(entries), .. }) = table else { return Ok(Vec::new()) };
    let name = |value: &Value| entry(value, "name").and_then(word).map(str::to_owned);
    Ok(entries.iter().filter_map(|(id, value)| Some((id.name.clone(), name(value)?))).collect())
}

/// The text of the new file.
fn text(wanted: &Wanted, earlier: Option<&Earlier>, names: &[(String, String)]) -> String {
    let Wanted { region, period, kind } = wanted;
    let from = |key| earlier.and_then(|report| entry(&report.front, key)).and_then(word);
    let title = match (from("title"), earlier) {
        (Some(title), Some(report)) => title.replace(&report.period.year().to_string(), &period.year().to_string()),
        _ => format!("{}{}", period.label(true), noun(kind)),
    };
    let mut lines = vec![
        "+++".to_owned(),
        format!("title = {}", quoted(&title)),
        format!("region = {}", quoted(region)),
        format!("period = {}", quoted(&period.to_string())),
        format!("kind = {}", quoted(kind)),
        format!("# date = {}                # 发布日期", period.end()),
        format!("publisher = {}", quoted(from("publisher").unwrap_or_default())),
        "draft = true                     # 写完后删去这一行".to_owned(),
        String::new(),
        "[metrics]".to_owned(),
    ];
    let metrics = earlier.and_then(|report| entry(&report.front, "metrics"));
    if let (Some(report), Some(Value { kind: Kind::Table(metrics), .. })) = (earlier, metrics) {
        lines.push(format!("# 照 content/{} 列出。填上数值，去掉行首的 #；没有的指标删去", report.path));
        for (id, value) in metrics {
            let name = names.iter().find(|(known, _)| *known == id.name).map_or("", |(_, name)| name);
            let empty = if *kind == "plan" { "{ target = \"\" }" } else { "\"\"" };
            let before = format!("{name}，{}：{}", report.period.label(true), written(value));
            lines.push(format!(
                "# {} = {empty}    # {}",
                key(&id.name),
                before.trim_start_matches('，').replace('\n', " ")
            ));
        }
    }
    lines.push("+++".to_owned());
    for heading in earlier.map_or(&[][..], |report| &report.headings) {
        lines.extend([String::new(), heading.clone()]);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn noun(kind: &str) -> &'static str {
    match kind {
        "plan" => "工作要点",
        "briefing" => "新闻发布会",
        "bulletin" => "统计公报",
        _ => "工作总结",
    }
}

/// A metric in a few words, for the comment beside the empty line.
fn written(value: &Value) -> String {
    match &value.kind {
        Kind::Array(items) => items.first().map(written).unwrap_or_default(),
        Kind::Table(_) => {
            let part = |key| entry(value, key).and_then(word);
            match (part("value"), part("target")) {
                (Some(value), Some(target)) => format!("{value}，目标 {target}"),
                (Some(value), None) => value.to_owned(),
                (None, Some(target)) => format!("目标 {target}"),
                (None, None) => String::new(),
            }
        }
        _ => word(value).unwrap_or_default().to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "))
}

fn key(name: &str) -> String {
    let bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if bare { name.to_owned() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(region: &str, period: &str, kind: &'static str) -> Wanted {
        Wanted { region: region.to_owned(), period: Period::parse(period).expect("a period"), kind }
    }

    #[test]
    fn a_report_is_prefilled_from_the_newest() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        crate::init::init(folder.path()).expect("writable");
        let made = new_report(folder.path(), &wanted("shili", "2025", "summary")).expect("writable");
        let path = folder.path().join("content/shili/2025.md");
        assert_eq!(made, Made::Report { path: path.clone(), from: Some("shili/2024.md".to_owned()) });
        let expected = r##"+++
title = "2025年卫生健康工作总结"
region = "shili"
period = "2025"
kind = "summary"
# date = 2025-12-31                # 发布日期
publisher = "示例县卫生健康局"
draft = true                     # 写完后删去这一行

[metrics]
# 照 content/shili/2024.md 列出。填上数值，去掉行首的 #；没有的指标删去
# maternal-mortality = ""    # 孕产妇死亡率，2024年：0，目标 ≤12/10万
# infant-mortality = ""    # 婴儿死亡率，2024年：2.84‰，目标 ≤5‰
# beds-per-1000 = ""    # 每千人口床位数，2024年：6.31张
# visits = ""    # 总诊疗人次，2024年：195.7万余人次
# family-doctor-coverage = ""    # 家庭医生签约率，2024年：51.8%
# hypertension-management = ""    # 高血压患者规范管理率，2024年：80%以上
+++

## 一、妇幼健康

## 二、医疗服务

## 三、公共卫生
"##;
        assert_eq!(std::fs::read_to_string(&path).expect("readable"), expected);
        let again = new_report(folder.path(), &wanted("shili", "2025", "summary")).expect("readable");
        assert_eq!(again, Made::Nothing(path));
    }

    #[test]
    fn other_kinds_and_regions() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let check = |region: &str, kind, expected: Made| {
            assert_eq!(
                new_report(folder.path(), &wanted(region, "2025-01/2025-02", kind)).expect("writable"),
                expected
            );
        };
        check("shili", "plan", Made::NoSite(folder.path().join("content")));
        crate::init::init(folder.path()).expect("writable");
        check("../x", "plan", Made::NoRegion);
        let path = folder.path().join("content/429006/2025-01_2025-02-plan.md");
        check("429006", "plan", Made::Report { path: path.clone(), from: None });
        let text = std::fs::read_to_string(path).expect("readable");
        assert!(text.starts_with("+++\ntitle = \"2025年1—2月工作要点\"\nregion = \"429006\"\n"), "{text}");
    }
}
