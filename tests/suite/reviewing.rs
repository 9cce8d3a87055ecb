//! Pages with panels for reviewers: what they tell, where they may go, and that nothing of them is in a site for the public.

use std::process::Command;

use scraper::{ElementRef, Html, Selector};

use crate::example;
use crate::project::{Project, TODAY, nianbao};
use crate::tree;

const REPORT: &str = "review/reports/429006/2021/index.html";

fn report(beds: &str, text: &str) -> String {
    format!(
        "+++\ntitle = \"2021年工作总结\"\nregion = \"429006\"\nperiod = \"2021\"\ndate = 2022-02-18\n\n[metrics]\n\
         beds = {{ value = \"{beds}\", target = \"≥120张\" }}\ncoverage = \"61%\"\n+++\n{text}\n"
    )
}

/// A report with a figure the text lacks, one no metric claims, and a phone number, below a site with some words of menu.
fn site() -> Project {
    let text = "床位数125张，目标为120张以上。全年义诊37场。联系电话13812345678。";
    Project::new().file("content/429006/2021.md", report("125张", text))
}

/// The same with a second report, which contradicts itself.
pub(crate) fn two_reports() -> Project {
    let head = "title = \"2020年工作总结\"\nregion = \"429006\"\nperiod = \"2020\"\n[metrics]\nbeds = \"99张\"\n";
    site().file("content/429006/2020.md", format!("+++\n{head}+++\n床位数98张。\n"))
}

/// Runs a command in a site and gives what was said.
#[track_caller]
fn run(project: &Project, arguments: &[&str], status: i32) -> String {
    let mut command = nianbao(&project.path(""));
    // A revision is read through git.
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let output = command.args(arguments).args(["--lang", "en", "--today", TODAY]).output().expect("the program starts");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("words are UTF-8");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{said}");
    said
}

fn page(project: &Project, path: &str) -> Html {
    let text = std::fs::read_to_string(project.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Html::parse_document(&text)
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// The texts of what a selector finds, blanks as one.
fn texts(html: &Html, selector: &str) -> Vec<String> {
    let text = |one: ElementRef<'_>| one.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    all(html, selector).into_iter().map(text).collect()
}

#[test]
fn a_panel_tells_findings_figures_and_signatures() {
    let project = site();
    run(&project, &["sign", "429006/2021.md", "--as", "初审", "--by", "张<三>"], 0);
    run(&project, &["build", "--review"], 0);
    let html = page(&project, REPORT);
    let findings = texts(&html, "#nianbao-review .findings > li").join("\n");
    assert!(findings.contains("警告") && findings.contains("personal-phone"), "{findings}");
    assert!(findings.contains("content/429006/2021.md:11:"), "{findings}");
    let figures = texts(&html, "#nianbao-review .figures > li");
    assert!(figures[0].starts_with("签约率 61% 正文未见"), "what lacks a sentence comes first: {figures:?}");
    assert!(figures[1].starts_with("床位数 125张 ✓ 达标 125张 ≥ 120张 一致床位数125张"), "{figures:?}");
    assert!(figures[2].starts_with("床位数 目标 ≥120张"), "{figures:?}");
    assert!(figures[3].starts_with("全年义诊37场") && figures[3].contains("content/429006/2021.md:11:"), "{figures:?}");
    assert_eq!(texts(&html, "#nianbao-review .signs > li"), ["初审 ✓ 张<三> 2026-01-01", "复审 – 未签", "终审 – 未签"]);
    // Every line that points at a figure of the page points at something.
    let points = all(&html, "#nianbao-review li a[href^='#']");
    assert_eq!(points.len(), 6, "three figures, two that no metric claims, the place of a finding");
    for link in points {
        let name = link.attr("href").expect("an address").trim_start_matches('#').to_owned();
        assert_eq!(all(&html, &format!("[id='{name}']")).len(), 1, "{name}");
    }
    let proof = page(&project, "review/reports/429006/2021/proof.html");
    assert_eq!(texts(&proof, "#nianbao-review .figures > li").len(), figures.len());
    assert!(!all(&proof, "#nianbao-review li a[href^='index.html#nianbao-review-at-']").is_empty());
}

#[test]
fn every_page_says_that_it_is_not_for_the_public() {
    let project = site();
    run(&project, &["build", "--review"], 0);
    let folder = project.path("review");
    let pages: Vec<String> = tree::files(&folder).into_iter().filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 10 && pages.iter().any(|path| path == "review/index.html"), "{pages:?}");
    for path in &pages {
        let html = page(&project, &format!("review/{path}"));
        assert!(!all(&html, "meta[name=robots][content=noindex]").is_empty(), "{path} may be indexed");
        if path != "review/index.html" {
            assert_eq!(texts(&html, "#nianbao-review summary b"), ["评审版，不对外"], "{path}");
        }
        assert!(all(&html, "#nianbao-review [style], #nianbao-review script").is_empty(), "{path} has inline code");
        for link in all(&html, "#nianbao-review a[href], link[rel=stylesheet], script[src]") {
            let to = link.attr("href").or(link.attr("src")).expect("an address").split('#').next().unwrap_or_default();
            let from = folder.join(path);
            let to = if to.is_empty() { from } else { from.parent().expect("a folder").join(to) };
            assert!(to.exists(), "{path} leads to {}", to.display());
        }
    }
    let robots = std::fs::read_to_string(folder.join("robots.txt")).expect("a file");
    assert_eq!(robots, "User-agent: *\nDisallow: /\n");
}

#[test]
fn nothing_of_it_is_in_a_site_for_the_public() {
    let files = tree::files(example::built());
    assert!(files.len() > 500);
    for path in files {
        let bytes = std::fs::read(example::built().join(&path)).expect("a file");
        let found = bytes.windows(14).any(|part| part == b"nianbao-review");
        assert!(!found && !path.contains("nianbao-review"), "{path}");
    }
    // Nor is anything left where a site with panels was before.
    let project = site();
    run(&project, &["build", "--review", "--output", "out"], 0);
    run(&project, &["build", "--output", "out"], 0);
    run(&project, &["build", "--output", "plain"], 0);
    let [first, second] = ["out", "plain"].map(|name| tree::files(&project.path(name)));
    assert_eq!(first, second);
    for path in first {
        let [first, second] =
            ["out", "plain"].map(|name| std::fs::read(project.path(name).join(&path)).expect("a file"));
        assert_eq!(first, second, "{path}");
    }
}

#[test]
fn the_folder_of_a_public_site_is_refused() {
    let project = site();
    run(&project, &["build"], 0);
    let before = tree::files(&project.path("public"));
    let said = run(&project, &["build", "--review", "--output", "public"], 1);
    assert!(said.contains("error[review-folder]") && said.contains("a site for the public is there"), "{said}");
    assert_eq!(tree::files(&project.path("public")), before);
    run(&project, &["build", "--review", "--output", "other"], 0);
    run(&project, &["build", "--review", "--output", "other"], 0);
    let said = run(&project, &["build", "--review", "--release"], 2);
    assert!(said.contains("--release"), "{said}");
    let said = run(&project, &["build", "--base", "HEAD"], 2);
    assert!(said.contains("--review"), "{said}");
    let said = run(&project, &["build", "--review", "--base", "no-such"], 2);
    assert!(said.contains("no-such") || said.contains("git"), "{said}");
    assert!(!project.path("review").exists());
}

#[test]
fn mistakes_are_shown_on_pages_that_can_be_made() {
    let project = two_reports();
    run(&project, &["build", "--review"], 1);
    let html = page(&project, "review/reports/429006/2020/index.html");
    let findings = texts(&html, "#nianbao-review .findings > li.error");
    assert!(findings[0].contains("prose-contradicts"), "{findings:?}");
    // From here to the other page with findings, and back around.
    let next = all(&html, "#nianbao-review a[rel=next]")[0].attr("href");
    assert_eq!(next, Some("../2021/index.html#nianbao-review-1"));
    let board = page(&project, "review/review/index.html");
    let rows = texts(&board, "tbody tr th");
    assert_eq!(rows, ["2020年工作总结 天门市 2020年", "2021年工作总结 天门市 2021年"]);
    assert_eq!(texts(&board, "tbody tr:first-child td")[..5], ["1", "0", "0", "1", "1"]);
    assert_eq!(texts(&board, ".totals li.error"), ["1 错误"]);
    // What cannot be read is not shown as if it were the site.
    project.write("content/429006/2020.md", "+++\ntitle = \n+++\n");
    let page = std::fs::read(project.path(REPORT)).expect("a page");
    run(&project, &["build", "--review"], 1);
    assert_eq!(std::fs::read(project.path(REPORT)).expect("the former page"), page);
}

#[test]
fn changes_stand_on_the_pages_they_are_of() {
    let project = site();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@b"]).args(arguments).current_dir(project.path(""));
        assert!(command.output().expect("git runs").status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "a"]);
    let text = "床位数130张，目标为120张以上。全年义诊39场。联系电话13812345678。";
    project.write("content/429006/2021.md", report("130张", text));
    run(&project, &["build", "--review", "--base", "HEAD"], 0);
    for path in [
        REPORT,
        "review/regions/429006/index.html",
        "review/indicators/beds/index.html",
        "review/years/2021/index.html",
    ] {
        let changes = texts(&page(&project, path), "#nianbao-review .changes > li");
        assert!(changes[0].starts_with("床位数 天门市2021年 125张 → 130张 +4.0%"), "{path}: {changes:?}");
    }
    let html = page(&project, REPORT);
    assert_eq!(texts(&html, "#nianbao-review .changes blockquote del"), ["125", "37"]);
    assert_eq!(texts(&html, "#nianbao-review .changes blockquote ins"), ["130", "39"]);
    let html = page(&project, "review/indicators/coverage/index.html");
    assert!(texts(&html, "#nianbao-review .body").concat().contains("这一页没有改动"));
    let board = page(&project, "review/review/index.html");
    assert_eq!(texts(&board, "tbody tr td:last-child"), ["2"]);
}

#[test]
fn an_english_site_has_english_panels() {
    let project = site().file("content/site.toml", "title = \"Yearbook\"\nlanguage = \"en\"\n");
    run(&project, &["build", "--review"], 0);
    let html = page(&project, REPORT);
    assert_eq!(texts(&html, "#nianbao-review summary b"), ["For review, not for the public"]);
    let findings = texts(&html, "#nianbao-review .findings > li").concat();
    assert!(findings.starts_with("warning"), "{findings}");
}
