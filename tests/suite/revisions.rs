//! The ledger of revisions: a published figure does not change without an entry, and with one readers see it.

use scraper::{Html, Selector};

use crate::project::{Project, TODAY, nianbao};

/// A site of one report with so many beds, whose published version has 731.
fn site(beds: &str) -> Project {
    let settings =
        "title = \"示例年报\"\nbase_url = \"https://example.gov.cn/\"\n\n[check]\npublished = \"published\"\n";
    let project = Project::new().file("content/site.toml", settings).with_report(
        &format!("date = 2022-02-18\n\n[metrics]\nbeds = \"{beds}\"\n"),
        &format!("\n## 一、医疗服务\n\n年末床位数{beds}。\n"),
    );
    for name in ["site.toml", "indicators.toml", "429006/2021.md"] {
        let text = std::fs::read_to_string(project.path(&format!("content/{name}"))).expect("a file");
        let text = text.replace("published = \"published\"", "").replace(beds, "731张");
        project.write(&format!("published/content/{name}"), text);
    }
    project
}

const ENTRY: &str = "[[revision]]\nindicator = \"beds\"\nregion = \"429006\"\nperiod = \"2021\"\nold = \"731张\"\nnew = \"713张\"\n\
                     kind = \"correction\"\nreason = \"汇总时重复计算\"\ndate = 2026-01-01\n";

fn read(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// An element of a page of the built site shows all the parts.
#[track_caller]
fn shows(project: &Project, page: &str, element: &str, parts: &[&str]) {
    let html = Html::parse_document(&read(project, &format!("public/{page}")));
    let selector = Selector::parse(element).expect("a selector");
    let words = |one: scraper::ElementRef<'_>| one.text().flat_map(str::split_whitespace).collect::<String>();
    let all: Vec<String> = html.select(&selector).map(words).collect();
    assert!(
        all.iter().any(|words| parts.iter().all(|part| words.contains(part))),
        "{page} {element} {parts:?}: {all:?}"
    );
}

#[test]
fn a_published_figure_does_not_change_without_an_entry() {
    let unrecorded = "content/429006/2021.md:8:8: 错误[revision-unrecorded]: `床位数`、`天门市`、2021 已公布为 `731张`，\
                      现在是 `713张`，没有登记修订\n1 个错误\n";
    site("731张").check().success();
    site("0.0731万张").check().success();
    let project = site("713张");
    project.check().stdout(unrecorded).status(1);
    let mut human = nianbao(&project.path(""));
    let output = human.args(["check", "--lang", "zh", "--today", TODAY]).output().expect("the program starts");
    let help = String::from_utf8(output.stdout).expect("words are UTF-8");
    for line in ENTRY.replace("汇总时重复计算", "").lines() {
        assert!(help.lines().any(|shown| shown.trim() == line), "{line} in {help}");
    }
    project.build().stderr(unrecorded).status(1);
    assert!(!project.path("public/index.html").exists(), "nothing is built");
    project.write("content/revisions.toml", ENTRY);
    project.check().success();
    project.build().success();
}

#[test]
fn what_is_published_is_one_version() {
    let project = Project::new();
    project.write("content/site.toml", "title = \"示例年报\"\n[check]\npublished = \"\"\n");
    project
        .run(&["check"])
        .stdout_has(&["content/site.toml:3:13", "`published` 是空的；没有公布过就删去这一行"])
        .status(1);
    let folder = project.path("");
    let made = std::process::Command::new("git").args(["init", "-q"]).current_dir(&folder).status();
    assert!(made.expect("git").success());
    project.write("content/site.toml", "title = \"示例年报\"\n[check]\npublished = \"v1..v2\"\n");
    let mut human = nianbao(&folder);
    human.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let output = human.args(["check", "--lang", "zh", "--today", TODAY]).output().expect("the program starts");
    let said = String::from_utf8(output.stdout).expect("words are UTF-8");
    assert!(said.contains("这是两个版本，只写已公布的那一个") && said.contains("是不是 `v1`"), "{said}");
}

#[test]
fn what_is_published_may_be_a_built_site() {
    let project = site("713张");
    project.write("content/site.toml", "title = \"示例年报\"\n");
    project.run(&["build", "--output", "released"]).success();
    project.write("content/site.toml", "title = \"示例年报\"\n[check]\npublished = \"released\"\n");
    project.check().success();
    let report = read(&project, "content/429006/2021.md");
    project.write("content/429006/2021.md", report.replace("713张", "714张"));
    project.check().stdout_has(&["revision-unrecorded", "`713张`", "`714张`"]).status(1);
}

#[test]
fn readers_see_a_revision() {
    let project = site("713张").file("content/revisions.toml", format!("{ENTRY}notice = \"以本页为准。\"\n"));
    project.build().success();
    let note = "2026-01-01更正：原为731张，汇总时重复计算";
    for page in ["reports/429006/2021/index.html", "regions/429006/index.html"] {
        shows(
            &project,
            page,
            ".revised",
            &["本页有修订", "2026-01-01更正：", "床位数", "原为731张，改为713张", "以本页为准。"],
        );
        shows(&project, page, "td .flag", &["修订数"]);
        shows(&project, page, ".foot", &["修订与更正"]);
    }
    shows(&project, "reports/429006/2021/index.html", "table.metrics th", &[note]);
    let row = ["2026-01-01更正", "床位数", "天门市", "2021年", "731张", "713张", "汇总时重复计算", "2021年工作总结"];
    shows(&project, "revisions/index.html", "#beds-429006-2021-2026-01-01", &row);
    shows(&project, "sitemap/index.html", "main", &["修订与更正"]);
    let feed = read(&project, "public/revisions.xml");
    for part in [
        "<title>更正：天门市2021年床位数：731张 → 713张</title>",
        "<id>https://example.gov.cn/revisions/index.html#beds-429006-2021-2026-01-01</id>",
        "<updated>2026-01-01T00:00:00+08:00</updated>",
        "<summary>汇总时重复计算 以本页为准。</summary>",
    ] {
        assert!(feed.contains(part), "{part} in {feed}");
    }
    let data = read(&project, "public/data/observations.csv");
    assert!(data.contains(&format!(",713张,R,https://example.gov.cn/reports/429006/2021/index.html,{note}")), "{data}");
    assert!(!project.path("public/files/revisions.toml").exists(), "the ledger is no attachment");
    project.write("content/revisions.toml", ENTRY.replace("汇总时重复计算", "笔误"));
    project.build().success();
    shows(&project, "revisions/index.html", "tbody", &["笔误"]);
    shows(&project, "reports/429006/2021/index.html", ".revised", &["笔误"]);
}

#[test]
fn without_entries_there_is_no_page_of_them() {
    let project = site("731张");
    project.build().success();
    for path in ["public/revisions", "public/revisions.xml"] {
        assert!(!project.path(path).exists(), "{path}");
    }
    assert!(!read(&project, "public/index.html").contains("revisions"));
}

#[test]
fn a_target_may_be_revised_and_a_figure_withdrawn() {
    let entry = |old: &str, new: &str, role: &str| {
        let text = ENTRY.replace("beds", "coverage").replace("731张", old).replace("713张", new);
        format!("{}{role}", text.replace("2026-01-01\n", "2025-12-01\n"))
    };
    let ledger = format!("{}\n{}", entry("≥80%", "≥85%", "role = \"target\"\n"), entry("90%", "withdrawn", ""));
    let head = "date = 2022-02-18\n[metrics]\ncoverage = { target = \"≥85%\", target_source = \"省定\" }\n";
    let project = Project::new().with_report(head, "\n## 一、目标\n\n签约率目标85%以上。\n");
    project.write("content/revisions.toml", ledger);
    project.build().success();
    let page = "reports/429006/2021/index.html";
    shows(&project, page, ".revised li", &["签约率目标原为≥80%，改为≥85%"]);
    shows(&project, page, ".revised li", &["签约率原为90%，现已撤回"]);
    shows(&project, page, "td .flag", &["修订数"]);
    assert!(read(&project, "public/data/targets.csv").contains("2025-12-01更正：原为≥80%，汇总时重复计算"));
}

#[test]
fn revise_writes_what_makes_the_check_pass() {
    let project = site("713张");
    project.write("content/revisions.toml", "# 修订\n");
    let entry = ENTRY.replace("汇总时重复计算", "");
    project.run(&["revise"]).stdout(&entry).success();
    assert_eq!(read(&project, "content/revisions.toml"), format!("# 修订\n\n{entry}"));
    let reason = "content/revisions.toml:10:10: 错误[revision-reason]: 没有写为什么修订\n1 个错误\n";
    project.check().stdout(reason).status(1);
    project.run(&["revise"]).success();
    std::fs::remove_file(project.path("content/revisions.toml")).expect("the ledger");
    let planned = ENTRY.replace("correction", "planned").replace("汇总时重复计算", "定案");
    project.run(&["revise", "--kind", "planned", "--reason", "定案"]).stdout(&planned).success();
    project.check().success();
}

#[test]
fn revise_goes_on_from_the_last_entry_and_does_not_write_two_a_day() {
    let project = site("714张");
    project.write("content/revisions.toml", ENTRY.replace("2026-01-01", "2025-06-01"));
    project.run(&["revise", "--reason", "再核"]).stdout_has(&["old = \"713张\"\nnew = \"714张\""]).success();
    project.check().success();
    let project = site("714张");
    project.write("content/revisions.toml", ENTRY);
    project.run(&["revise", "--reason", "再核"]).stderr_has(&["没有写：", "new = \"714张\""]).status(1);
    assert_eq!(read(&project, "content/revisions.toml"), ENTRY);
}

#[test]
fn revise_says_what_it_lacks() {
    let project = Project::new();
    project.run(&["revise"]).stderr_has(&["不知道已公布的是哪一版"]).status(2);
    project.run(&["revise", "--base", "v1"]).stdout_has(&["[revision-base]", "没有这个文件夹"]).status(1);
    let project = site("713张").file("content/revisions.toml", "revision = []\n");
    project.run(&["revise"]).stderr_has(&["后面接不上 [[revision]]"]).status(2);
}
