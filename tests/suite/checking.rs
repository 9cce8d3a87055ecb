//! What `check` does with findings: which count, how they are told, and how they are mended.

use std::process::Output;

use scraper::{Html, Selector};
use serde_json::Value;

use crate::example;
use crate::project::{Project, TODAY, nianbao};

/// A text with an unseen character and a picture without words.
const STRAY: &str = "全年接诊\u{200b}300人。\n\n![](a.svg)\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

fn project(settings: &str, body: &str) -> Project {
    // The picture is there for texts that show it.
    let quiet = "[check]\nfile-unlinked = \"off\"\n";
    let settings = match settings.contains("[check]\n") {
        true => settings.replacen("[check]\n", quiet, 1),
        false => format!("{quiet}{settings}"),
    };
    Project::new()
        .file("content/site.toml", format!("title = \"示例\"\n{settings}"))
        .file("content/429006/a.svg", SVG)
        .with_report("", body)
}

const STRAY_LINE: &str = "content/429006/2021.md:6:5: 警告[text-stray]: 正文里有看不见或不该有的字符 U+200B\n";
const ALT_LINE: &str = "content/429006/2021.md:8:1: 警告[image-alt]";

/// A command with its output as it comes; `environment` is all it knows.
fn output(project: &Project, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = nianbao(&project.path(""));
    command.args(arguments).args(["--quiet", "--today", TODAY]).envs(environment.iter().copied());
    command.output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_owned()).expect("words are UTF-8")
}

fn json(project: &Project, arguments: &[&str]) -> Value {
    let output = output(project, &[arguments, &["--format", "json"]].concat(), &[]);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn levels_by_group_give_way_to_levels_by_code() {
    project("", STRAY).check().stdout_has(&[STRAY_LINE, ALT_LINE, "2 个警告"]).status(0);
    project("[check]\ntext = \"off\"\n", STRAY).check().status(0);
    let both = "[check]\ntext-stray = \"error\"\ntext = \"off\"\n";
    let stray = STRAY_LINE.replace("警告", "错误");
    project(both, STRAY).check().stdout(&format!("{stray}1 个错误\n")).status(1);
    project("[check]\ntext = \"note\"\n", STRAY).check().stdout_has(&["说明[text-stray]", "说明[image-alt]"]).status(0);
    let wrong = "[check]\ntexts = \"off\"\ntheme = \"off\"\ntext = \"of\"\nwords = {}\nprivacy = \"error\"\n";
    let said = ["没有 `texts` 这个键", "错误[check-fixed]: `theme`", "错误[wrong-type]: `text`", "3 个错误，2 个警告"];
    project(wrong, STRAY).check().stdout_has(&said).status(1);
}

#[test]
fn comments_allow_one_block_and_no_page_shows_them() {
    let body = "<!-- nianbao: allow text-stray 原文如此 -->\n甲\u{200b}乙。\n\n\
                丙\u{200b}丁<!-- nianbao: allow text-stray 照录 -->。\n";
    for html in ["escape", "sanitise"] {
        let project = project(&format!("[content]\nhtml = \"{html}\"\n"), body);
        project.check().status(0);
        project.run(&["build", "--deny", "warnings"]).status(0);
        let page = std::fs::read_to_string(project.path("public/reports/429006/2021/index.html")).expect("a page");
        assert!(!page.contains("nianbao: allow") && page.contains("丁。"), "{html}");
    }
    let after = "<!-- nianbao: allow text-stray 原文如此 -->\n\n- 甲\u{200b}乙\n- 丙\u{200b}丁\n\n戊\u{200b}己\n";
    project("", after).check().stdout_has(&["2021.md:11:2: 警告[text-stray]", "1 个警告"]).status(0);
}

#[test]
fn site_toml_allows_by_words_and_until_a_day() {
    let entry = |more: &str| {
        format!("[[check.allow]]\ncode = \"text-stray\"\npath = \"429006/2021.md\"\nreason = \"照录\"\n{more}")
    };
    let alt = format!("{ALT_LINE}: 图片 `a.svg` 没有说明文字\n1 个警告\n");
    for more in ["", "text = \"接诊\"\n", "text = \"U+200B\"\n", "text = \"an unseen\"\n", "until = 2026-01-01\n"] {
        project(&entry(more), STRAY).check().stdout(&alt).status(0);
    }
    let expired = ["警告[allow-expired]: 放过 `text-stray` 的期限 2025-12-31 已过", STRAY_LINE, "3 个警告"];
    project(&entry("until = 2025-12-31\n"), STRAY).check().stdout_has(&expired).status(0);
    let site = project(&entry("until = 2026-01-01\n"), STRAY);
    let mut later = nianbao(&site.path(""));
    later.args(["check", "--format", "short", "--lang", "zh", "--today", "2026-01-02"]);
    let later = later.output().expect("the program starts");
    assert!(text(&later.stdout).contains("警告[allow-expired]"), "{later:?}");
    project(&entry("text = \"别的\"\n"), STRAY).check().stdout_has(&["说明[allow-unused]", STRAY_LINE]).status(0);
    let known = "[[check.allow]]\ncode = \"image-alt\"\npath = \"content/429006/2021.md\"\nreason = \"照录\"\n";
    let draft = project(&(entry("") + known), "").with_report("draft = true\n", STRAY);
    draft.check().status(0);
    draft.run(&["check", "--drafts"]).status(0);
    let comment =
        "<!-- nianbao: allow image-alt 照录 -->\n<!-- nianbao: allow text-stray 照录 -->\n甲\u{200b}乙![](a.svg)\n";
    let draft = project("", "").with_report("draft = true\n", comment);
    draft.check().status(0);
    draft.run(&["check", "--drafts"]).status(0);
}

#[test]
fn a_baseline_passes_over_what_was_there() {
    let project = project("", STRAY);
    project.run(&["check", "--write-baseline", "known.json"]).status(0);
    let known = std::fs::read_to_string(project.path("known.json")).expect("a baseline");
    let table: Value = serde_json::from_str(&known).expect("JSON");
    let codes = table["known"]["content/429006/2021.md"].as_object().expect("the file");
    assert_eq!((table["version"].as_u64(), codes.len()), (Some(1), 2), "{known}");
    let check = ["check", "--baseline", "known.json"];
    project.run(&[&check[..], &["--deny", "warnings"]].concat()).status(0);
    project.run(&["build", "--baseline", "known.json", "--deny", "warnings"]).status(0);
    assert_eq!(json(&project, &check)["known"], 2);

    let body = format!("新写的一段。\n\n{STRAY}\n全年接诊\u{200b}400人。\n");
    let project = project.with_report("", &body);
    let line = STRAY_LINE.replace(":6:5:", ":12:5:");
    project.run(&check).stdout(&format!("{line}1 个警告\n")).status(0);
    project.run(&["check", "--write-baseline", "known.json"]).status(0);
    project.run(&check).status(0);

    project.write("known.json", "{}");
    project.run(&check).stderr_has(&["错误：`known.json` 不是已知结果的文件"]).status(2);
    project.run(&["check", "--baseline", "none.json"]).stderr_has(&["无法读取 `none.json`"]).status(2);
    let both = ["check", "--baseline", "known.json", "--write-baseline", "known.json"];
    project.run(&both).stderr_has(&["冲突"]).status(2);
}

#[test]
fn a_baseline_takes_no_errors() {
    let project = project("[check]\ntext-stray = \"error\"\n", "[甲](none.md)\u{200b}\n");
    project.run(&["check", "--write-baseline", "known.json"]).stdout_has(&["错误[link-dead]", "1 个错误"]).status(1);
    project.run(&["check", "--baseline", "known.json"]).stdout_has(&["错误[link-dead]", "1 个错误"]).status(1);
}

#[test]
fn mistakes_that_need_no_thought_are_mended_once() {
    let body = "# 一\n\n全年\u{200b}接诊\u{feff}300人。\r\n\n`码\u{200b}码`\n";
    let project = project("", body);
    let other = std::fs::read(project.path("content/site.toml")).expect("a file");
    let changes = "content/429006/2021.md:8: U+200B → （删去）\ncontent/429006/2021.md:8: U+FEFF → （删去）\n\
                   content/429006/2021.md:10: U+200B → （删去）\n";
    project.run(&["check", "--fix"]).stdout(changes).status(0);
    let file = project.path("content/429006/2021.md");
    let mended = std::fs::read_to_string(&file).expect("the report");
    assert!(mended.ends_with("# 一\n\n全年接诊300人。\r\n\n`码码`\n"), "{mended}");
    assert_eq!(std::fs::read(project.path("content/site.toml")).expect("a file"), other);
    let time = std::fs::metadata(&file).and_then(|data| data.modified()).expect("a time");
    project.run(&["check", "--fix"]).status(0);
    assert_eq!(std::fs::metadata(&file).and_then(|data| data.modified()).expect("a time"), time);
}

#[test]
fn all_marks_of_a_kind_are_mended_though_one_is_told() {
    let body = "医院21个,其中公立(含中医)5个;床位3400张,如下:甲,乙。时间11:12，比例1:10，http://a.gov.cn/b,c。\n\n全年\u{a0}12例。\n";
    let project = project("", body);
    project.run(&["check"]).stdout_has(&["警告[punctuation-width]", "1 个警告"]).success();
    let changes = "2021.md:6: , → ，\n";
    project.run(&["check", "--fix"]).stdout_has(&[changes, "2021.md:8: U+00A0 → U+0020\n"]).status(0);
    let mended = std::fs::read_to_string(project.path("content/429006/2021.md")).expect("the report");
    let expected = "医院21个，其中公立（含中医）5个；床位3400张，如下：甲，乙。时间11:12，比例1:10，http://a.gov.cn/b,c。\n\n全年 12例。\n";
    assert!(mended.ends_with(expected), "{mended}");
}

#[test]
fn allowed_and_known_findings_are_not_mended() {
    let body = "<!-- nianbao: allow text-stray 照录 -->\n甲\u{200b}乙。\n";
    let project = project("", body);
    project.run(&["check", "--fix"]).status(0);
    let file = std::fs::read_to_string(project.path("content/429006/2021.md")).expect("the report");
    assert!(file.ends_with(body));
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_named_and_others_are_mended() {
    use std::os::unix::fs::PermissionsExt;
    let project = project("", "甲\u{200b}乙\n").file("content/pages/p.md", "+++\ntitle = \"页\"\n+++\n丙\u{200b}丁\n");
    let locked = project.path("content/429006/2021.md");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o444)).expect("our own file");
    project
        .run(&["check", "--fix"])
        .stdout_has(&["content/pages/p.md:4: U+200B → （删去）\n", "2021.md:6:2: 警告[text-stray]"])
        .stderr_has(&["错误：无法写入 `./content/429006/2021.md`"])
        .status(2);
    let mode = std::fs::metadata(&locked).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o444);
}

#[test]
fn json_says_all_there_is() {
    let found = json(&project("", STRAY), &["check"]);
    let keys = |value: &Value| value.as_object().expect("a table").keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&found), "diagnostics errors warnings known");
    let first = &found["diagnostics"][0];
    let expected = "code level group fingerprint message help path line column end_line end_column related fixes";
    assert_eq!(keys(first), expected);
    assert_eq!((&first["group"], &first["fixes"][0]["text"]), (&"text".into(), &"".into()));
    assert_eq!(first["fixes"][0]["line"], 6);
}

/// Whether a file of findings keeps to its schema, or what is wrong.
fn valid(project: &Project, name: &str, bytes: &[u8]) -> Result<(), String> {
    project.write(name, bytes);
    let python = std::env::var_os("NIANBAO_TEST_PYTHON").expect("these tests are run by tests/run");
    let mut read = std::process::Command::new(python);
    read.arg(example::root().join("tests/data/findings.py")).arg(project.path(name));
    let read = read.output().expect("Python starts");
    if read.status.success() { Ok(()) } else { Err(format!("{}\n{}", text(&read.stderr), text(bytes))) }
}

/// SARIF and JUnit of a site with findings of all kinds, of one without, and of no site.
#[test]
#[ignore = "needs Python: tests/run"]
fn sarif_and_junit_keep_to_their_schemas() {
    let bad = "[数](none.md) \u{200b}\u{1} ![](a.svg) <b>好</b>\n";
    let other = "+++\ntitle = \"又 <&>\"\nregion = \"429006\"\nperiod = \"2021\"\n+++\n甲\u{200b}\n";
    let found = project("[content]\nhtml = \"sanitise\"\n", bad).file("content/429006/又 一份.md", other);
    for project in [&found, &project("", ""), &Project::empty()] {
        for (format, name) in [("sarif", "found.sarif"), ("junit", "found.xml")] {
            for language in ["zh", "en"] {
                let output = output(project, &["check", "--format", format, "--lang", language], &[]);
                assert_eq!(valid(project, name, &output.stdout), Ok(()));
            }
        }
    }
    for (format, name, right, wrong) in
        [("sarif", "found.sarif", "\"ruleIndex\"", "\"ruleNumber\""), ("junit", "found.xml", "<failure", "<fault")]
    {
        let printed = text(&output(&found, &["check", "--format", format], &[]).stdout);
        let changed = printed.replace(right, wrong).replace("</failure", "</fault");
        assert_ne!(printed, changed);
        assert!(valid(&found, name, changed.as_bytes()).is_err(), "{format}: nobody notices `{wrong}`");
    }
}

#[test]
fn junit_fails_on_errors_and_on_warnings_when_they_are_denied() {
    let project = project("", STRAY);
    let junit = |more: &[&str]| {
        let output = output(&project, &[&["check", "--format", "junit"], more].concat(), &[]);
        (output.status.code(), text(&output.stdout))
    };
    let (status, mild) = junit(&[]);
    assert_eq!(status, Some(0));
    assert!(mild.contains(" failures=\"0\"") && mild.contains("<system-out>") && !mild.contains("<failure"), "{mild}");
    assert!(mild.contains("<testcase classname=\"nianbao\" name=\"content/site.toml\"/>"), "{mild}");
    let (status, strict) = junit(&["--deny", "warnings"]);
    assert_eq!(status, Some(1));
    assert!(strict.contains(" failures=\"1\"") && strict.contains("<failure type=\"text-stray\""), "{strict}");
}

#[test]
fn github_shows_ten_and_lists_the_rest_in_the_summary() {
    let body = "甲\u{200b}乙|丙\n\n".repeat(11) + "![](a.svg)\n\n[丁](none.md)\n";
    let project = project("", &body);
    let all = output(&project, &["check", "--format", "github"], &[]);
    let lines = text(&all.stdout);
    assert_eq!(lines.lines().count(), 13);
    assert!(lines.starts_with("::error file=content/429006/2021.md,line=30,"), "{lines}");
    assert_eq!(lines.lines().take(3).filter(|line| line.contains("title=image-alt")).count(), 1, "{lines}");
    let summary = project.path("summary.md");
    project.write("summary.md", "别人写的\n");
    let name = summary.to_str().expect("a UTF-8 path");
    let ten = output(&project, &["check", "--format", "github", "--lang", "zh"], &[("GITHUB_STEP_SUMMARY", name)]);
    assert_eq!((ten.status.code(), text(&ten.stdout).lines().count()), (Some(1), 10));
    let table = std::fs::read_to_string(&summary).expect("the summary");
    assert!(table.starts_with("别人写的\n### nianbao: 1 个错误，12 个警告\n\n| 级别 | 位置 |"), "{table}");
    assert_eq!(table.matches("| 警告 | content/429006/2021.md:").count(), 3, "{table}");
    let short = output(&project, &["check", "--format", "short"], &[("GITHUB_STEP_SUMMARY", name)]);
    assert_eq!(short.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&summary).expect("the summary"), table, "only the format github writes to it");
}

#[test]
fn a_page_of_findings_stands_alone_and_leads_to_pages() {
    let project = project("", &format!("<b>{STRAY}")).file(
        "content/429006/2020.md",
        "+++\ntitle = \"上年\"\nregion = \"429006\"\nperiod = \"2020\"\n+++\n甲\u{200b}\n",
    );
    let page = |name: &str| {
        let page = std::fs::read_to_string(project.path(name)).expect("a page");
        assert!(!page.contains("<script") && !page.contains("http"), "{page}");
        page
    };
    project.run(&["check", "--report", "before.html"]).stdout_has(&["3 个警告"]).status(0);
    assert!(!page("before.html").contains("public/"));
    std::fs::create_dir(project.path("out")).expect("a folder");
    project.run(&["build", "--report", "out/found.html"]).stderr_has(&["3 个警告"]).status(0);
    let text = page("out/found.html");
    assert!(text.contains("<html lang=\"zh-CN\">") && text.contains("3 个警告"), "{text}");
    let html = Html::parse_document(&text);
    let all = |what: &str| {
        let select = Selector::parse(what).expect("a selector");
        html.select(&select).map(|one| one.html()).collect::<Vec<_>>()
    };
    assert_eq!((all("section").len(), all("article.warning").len(), all("pre mark").len()), (2, 3, 3));
    let link = "<a href=\"../public/reports/429006/2021/index.html\">网页</a>";
    assert!(all("h2 a").contains(&link.to_owned()), "{:?}", all("h2 a"));
    assert!(text.contains("&lt;b&gt;全年接诊<mark>U+200B</mark>300人。"), "{text}");
    let english = output(&project, &["check", "--report", "out/found.html", "--lang", "en"], &[]);
    assert_eq!(english.status.code(), Some(0));
    assert!(page("out/found.html").contains("<h1>Findings</h1>"));
    for kept in ["content/found.html", "themes/found.html", "content/../.git/found.html"] {
        for command in ["check", "build"] {
            let words = format!("`{kept}` 在站点的内容、主题或 git 的文件夹里，会被一起发布");
            project.run(&[command, "--report", kept]).stderr_has(&[&words]).status(2);
        }
        project.run(&["diff", "HEAD", "--report", kept]).stderr_has(&["会被一起发布"]).status(2);
    }
    project.run(&["check", "--report", "none/found.html"]).stderr_has(&["无法写入 `none/found.html`"]).status(2);
}
