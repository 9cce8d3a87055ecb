//! Tests that need tools besides Cargo: a browser over the example site, and the Nu HTML checker over every page. `tests/run`
//! installs them and says where they are in NIANBAO_TEST_TOOLS and NIANBAO_TEST_BROWSER.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::example;

/// What `tests/run` says in the environment.
fn given(name: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(name).expect("these tests are run by tests/run"))
}

/// Runs a tool; what it prints is shown when it ends badly.
#[track_caller]
fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}\n{}{}", output.status, text(&output.stdout), text(&output.stderr));
}

/// Opens pages of a built site from disk, wide and narrow, light and dark, with and without JavaScript.
#[track_caller]
fn open(site: &Path, pages: &[&str]) {
    let script = example::root().join("tests/browser/smoke.mjs");
    let mut node = Command::new("node");
    run(node.arg(script).arg(site).arg(given("NIANBAO_TEST_BROWSER")).args(pages));
}

#[test]
#[ignore = "needs a browser: tests/run"]
fn pages_work_from_disk_in_a_browser() {
    open(
        example::built(),
        &[
            "index.html",
            "reports/429006/2021/index.html",
            "reports/520200/2024/index.html",
            "regions/index.html",
            "regions/429006/index.html",
            "indicators/index.html",
            "indicators/infant-mortality/index.html",
            "years/index.html",
            "years/2021/index.html",
            "progress/index.html",
            "compare/index.html",
            "data/index.html",
            "sitemap/index.html",
            "pages/methods/index.html",
            "pages/charts/index.html",
            "compare/index.html",
            "embed/pages/charts/hospitals-compare.html",
            "404.html",
        ],
    );
}

/// Runs a script over the built example site.
#[track_caller]
fn script(name: &str) {
    let script = example::root().join("tests/browser").join(name);
    run(Command::new("node").arg(script).arg(example::built()).arg(given("NIANBAO_TEST_BROWSER")));
}

#[test]
#[ignore = "needs a browser: tests/run"]
fn readers_compare_what_they_choose() {
    script("compare.mjs");
}

#[test]
#[ignore = "needs a browser: tests/run"]
fn live_charts_show_the_numbers_of_the_drawing_and_the_table() {
    script("charts.mjs");
}

#[test]
#[ignore = "needs a browser: tests/run"]
fn an_author_sees_what_was_saved_and_what_is_wrong() {
    let site = tempfile::tempdir().expect("a temporary folder");
    crate::tree::copy(&example::root().join("content"), &site.path().join("content"));
    let script = example::root().join("tests/browser/serve.mjs");
    let mut node = Command::new("node");
    node.env("NIANBAO_TEST_PROGRAM", env!("CARGO_BIN_EXE_nianbao"));
    run(node.arg(script).arg(site.path()).arg(given("NIANBAO_TEST_BROWSER")));
}

#[test]
#[ignore = "needs a browser: tests/run"]
fn bundles_work_from_disk_in_a_browser() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let zip = desk.path().join("a.zip");
    let mut pack = crate::project::nianbao(example::root());
    run(pack.args(["pack", "--quiet", "--today", crate::project::TODAY, "--output"]).arg(&zip));
    let folder = desk.path().join("送审 材料");
    run(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&zip).arg(&folder));
    let inside = std::fs::read_dir(&folder).expect("a folder").next().expect("one folder").expect("an entry").path();
    let script = example::root().join("tests/browser/bundle.mjs");
    run(Command::new("node").arg(script).arg(inside).arg(given("NIANBAO_TEST_BROWSER")));
}

#[test]
#[ignore = "needs a browser: tests/run"]
fn reviewers_go_from_finding_to_finding() {
    let project = crate::reviewing::two_reports();
    let build = ["build", "--review", "--quiet", "--today", crate::project::TODAY];
    let built = crate::project::nianbao(&project.path("")).args(build).output().expect("the program starts");
    assert_eq!(built.status.code(), Some(1), "the site has an error to show");
    let script = example::root().join("tests/browser/review.mjs");
    run(Command::new("node").arg(script).arg(project.path("review")).arg(given("NIANBAO_TEST_BROWSER")));
}

#[test]
#[ignore = "needs Java: tests/run"]
fn every_page_is_valid_html() {
    let control = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(control.path().join("broken.html"), "<!doctype html><title>a</title><p></b>").expect("writable");
    let mut command = Command::new("java");
    command.args(["-Xss8m", "-jar"]).arg(given("NIANBAO_TEST_TOOLS").join("node_modules/vnu-jar/build/dist/vnu.jar"));
    command.args(["--skip-non-html", "--errors-only", "--format", "json", "--exit-zero-always"]);
    command.arg(example::built()).arg(control.path());
    let output = command.output().expect("java starts");
    let report = String::from_utf8_lossy(&output.stderr);
    let report = report.find('{').map_or_else(|| panic!("no report: {report}"), |at| &report[at..]);
    let report: serde_json::Value = serde_json::from_str(report).expect("the report is JSON");
    let messages = report["messages"].as_array().expect("a list of messages");
    let line = |message: &serde_json::Value| {
        let url = message["url"].as_str().unwrap_or_default();
        let page = url.split("/public/").last().unwrap_or_default();
        format!(
            "{page}:{}: {}\n    {}",
            message["lastLine"],
            message["message"].as_str().unwrap_or_default(),
            message["extract"]
        )
    };
    let (control, lines): (Vec<String>, Vec<String>) =
        messages.iter().map(line).partition(|line| line.contains("broken.html"));
    assert!(!control.is_empty(), "the checker finds nothing in a broken page");
    assert!(lines.is_empty(), "{} errors:\n{}", lines.len(), lines[..lines.len().min(30)].join("\n"));
}
