//! The page a reviewer begins with: what the bundle is, how to open it, where to look. No script, no other file needed.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use jiff::civil::Date;

use super::manifest::{self, Manifest, SITE};
use super::{Changes, DELETIONS, Entry, FINDINGS, Outline};
use crate::config::Language;
use crate::error::{Action, Error, Result};
use crate::html::escape;
use crate::plan;

const STYLE: &str = include_str!("first.css");

/// The words of the page.
struct Words {
    bundle: &'static str,
    update: &'static str,
    how: &'static str,
    steps: [&'static str; 3],
    upload: [&'static str; 3],
    begin: &'static str,
    home: &'static str,
    findings: &'static str,
    findings_note: &'static str,
    reports: &'static str,
    proof: &'static str,
    changed: &'static str,
    new: &'static str,
    deleted: &'static str,
    other: &'static str,
    none: &'static str,
    intact: &'static str,
}

const CHINESE: Words = Words {
    bundle: "送审包",
    update: "增量包",
    how: "怎样打开",
    steps: [
        "先把压缩包整个解压到一个文件夹（在压缩包里直接双击，链接打不开）。",
        "双击这个页面，从下面的链接进去。不用联网，不用安装软件，路径可以有中文和空格。",
        "审读时对照校对单：每个数旁边是正文原句，可以打印签字。",
    ],
    upload: [
        "先在服务器上网站的文件夹里删除 deletions.txt 列出的文件，每行一个路径。",
        "再把 site 文件夹里的内容上传到那里，同名的覆盖；这里只有比上次多出来和改过的文件。",
        "只上传 site 里的内容；这个页面和检查结果供内部审核，不要上传。",
    ],
    begin: "从这里看起",
    home: "网站首页",
    findings: "检查结果",
    findings_note: "程序发现的疑点，供内部审核",
    reports: "报告和校对单",
    proof: "校对单",
    changed: "比上次改动的页面",
    new: "新页面",
    deleted: "删除的文件",
    other: "其他改动的文件",
    none: "没有",
    intact: "文件是否完整，用 nianbao verify 查，或在这个文件夹里运行 sha256sum -c manifest.sha256。",
};

const ENGLISH: Words = Words {
    bundle: "Review bundle",
    update: "Update",
    how: "How to open it",
    steps: [
        "Unpack the whole zip to a folder first (links do not work inside the zip).",
        "Open this page with a double click and follow the links below. No network, no program is needed.",
        "Check against the proof sheets: each figure stands beside its sentence, ready to print and sign.",
    ],
    upload: [
        "First delete the files that deletions.txt names from the site on the server, one path a line.",
        "Then upload what is inside the folder site over it; only new and changed files are here.",
        "Upload nothing but the contents of site; this page and the findings are internal.",
    ],
    begin: "Begin here",
    home: "Home page",
    findings: "Findings",
    findings_note: "what the program has doubts about; internal",
    reports: "Reports and proof sheets",
    proof: "proof sheet",
    changed: "Pages changed since the former bundle",
    new: "New pages",
    deleted: "Deleted files",
    other: "Other changed files",
    none: "none",
    intact: "Run nianbao verify, or sha256sum -c manifest.sha256 in this folder, to see that every file is intact.",
};

/// The page.
pub(super) fn page(
    outline: &Outline,
    now: &Manifest,
    changes: Option<&Changes>,
    site: &Path,
    today: Date,
) -> Result<String> {
    let words = match outline.language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    };
    let kind = if changes.is_some() { words.update } else { words.bundle };
    let title = escape(&outline.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} · {kind}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{kind} · <time>{today}</time></p>\n\
         </header>\n<main>\n",
        outline.language.tag()
    );
    // An update holds only some of the pages: what it lacks is named without a link.
    let there = |path: &str| match changes {
        Some(changes) => changes.holds(path),
        None => now.0.contains_key(path),
    };
    let steps = if changes.is_some() { &words.upload } else { &words.steps };
    out += &section(words.how, &format!("<ol>\n{}</ol>\n<p>{}</p>\n", items(steps), words.intact));
    let home = link(&format!("{SITE}index.html"), words.home, there("index.html"));
    let findings = link(FINDINGS, words.findings, true);
    out += &section(
        words.begin,
        &format!("<ul>\n<li>{home}</li>\n<li>{findings} · {}</li>\n</ul>\n", words.findings_note),
    );
    if let Some(changes) = changes {
        out += &changed(changes, site, words)?;
    }
    let reports = outline.reports.iter().map(|report| entry(report, words, &there)).collect::<String>();
    out += &section(words.reports, &format!("<ul>\n{reports}</ul>\n"));
    Ok(out + "</main>\n</body>\n</html>\n")
}

fn entry(report: &Entry, words: &Words, there: &impl Fn(&str) -> bool) -> String {
    let Entry { title, about, page, proof } = report;
    let title = link(&format!("{SITE}{page}"), &escape(title), there(page));
    let proof =
        proof.as_ref().map(|proof| format!(" · {}", link(&format!("{SITE}{proof}"), words.proof, there(proof))));
    format!("<li>{title} · {}{}</li>\n", escape(about), proof.unwrap_or_default())
}

/// What an update changes.
fn changed(changes: &Changes, site: &Path, words: &Words) -> Result<String> {
    let mut out = String::new();
    let is_page = |path: &&String| path.ends_with(".html");
    for (heading, paths) in [(words.changed, &changes.changed), (words.new, &changes.new)] {
        let pages = paths.iter().filter(is_page).map(|path| {
            let name = title(&site.join(path))?.unwrap_or_else(|| escape(path));
            Ok(format!("<li>{}</li>\n", link(&format!("{SITE}{path}"), &name, true)))
        });
        out += &list(heading, pages.collect::<Result<String>>()?, words);
    }
    let other: BTreeSet<&String> = changes.changed.union(&changes.new).filter(|path| !is_page(path)).collect();
    let line = |path: &&String| format!("<li>{}</li>\n", link(&format!("{SITE}{path}"), &escape(path), true));
    out += &list(words.other, other.iter().map(line).collect(), words);
    let line = |path: &String| format!("<li><code>{}</code></li>\n", escape(path));
    let deleted: String = changes.deleted.iter().map(line).collect();
    let file = format!("<p>{}</p>\n", link(DELETIONS, DELETIONS, true));
    Ok(out + &list(words.deleted, deleted, words) + &file)
}

fn list(heading: &str, items: String, words: &Words) -> String {
    let body = if items.is_empty() { format!("<p>{}</p>\n", words.none) } else { format!("<ul>\n{items}</ul>\n") };
    section(heading, &body)
}

fn section(heading: &str, body: &str) -> String {
    format!("<section>\n<h2>{heading}</h2>\n{body}</section>\n")
}

fn items(lines: &[&str]) -> String {
    lines
        .iter()
        .map(|line| format!("<li>{}</li>\n", line.replace(manifest::NAME, "<code>manifest.sha256</code>")))
        .collect()
}

/// A link to a file of the bundle; only the words when it is not there.
fn link(path: &str, words: &str, there: bool) -> String {
    if !there {
        return words.to_owned();
    }
    let address = path.split('/').map(plan::escape).collect::<Vec<_>>().join("/");
    format!("<a href=\"{address}\">{words}</a>")
}

/// The title of a page, as HTML.
fn title(page: &Path) -> Result<Option<String>> {
    let mut head = Vec::new();
    let mut open = || std::fs::File::open(page)?.take(16 * 1024).read_to_end(&mut head);
    open().map_err(|cause| Error::new(Action::Read, page, cause))?;
    let head = String::from_utf8_lossy(&head);
    let after = head.split_once("<title>").and_then(|(_, after)| after.split_once("</title>"));
    Ok(after.map(|(title, _)| title.trim().to_owned()).filter(|title| !title.is_empty() && !title.contains('<')))
}
