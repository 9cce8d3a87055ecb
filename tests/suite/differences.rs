//! `nianbao diff`: a repository is made, edited, and what is printed in every format is just what was edited.

use std::path::Path;
use std::process::{Command, Output};

use crate::project::{Project, TODAY, nianbao};

const REPORT: &str = r#"+++
title = "2021年工作总结"
region = "429006"
period = "2021"
date = 2022-02-18
[metrics]
beds = "7123张"
coverage = { value = "86%", target = "≥85%" }
+++

## 一、资源

年末床位数为7123张。其他照旧。

## 二、服务

签约率为86%，目标是85%以上。
"#;

const PLAN: &str = r#"+++
title = "2022年工作要点"
region = "429006"
period = "2022"
kind = "plan"
date = 2022-03-01
+++

## 一、打算

做好各项工作。
"#;

const PATH: &str = "content/429006/2021.md";

/// A site in a repository with one commit.
fn repository() -> Project {
    let project = Project::new().file(PATH, REPORT).file("content/429006/2022-plan.md", PLAN);
    git(&project.path(""), &["init", "-q", "-b", "main"]);
    commit(&project.path(""));
    project
}

/// The same with a second commit: a figure with its sentence, a target with its sentence, a renamed report.
fn edited() -> Project {
    let project = repository();
    let text = REPORT.replace("7123张", "8123张").replace("≥85%", "≥90%").replace("85%以上", "90%以上");
    project.write(PATH, text);
    let rename =
        std::fs::rename(project.path("content/429006/2022-plan.md"), project.path("content/429006/2022-要点.md"));
    rename.expect("a renamed file");
    commit(&project.path(""));
    project
}

fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).current_dir(folder);
    command.args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always"]);
    let output = command.args(arguments).output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    output
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "一"]);
}

/// Status and both streams of a comparison, hashes of commits as `#`.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = nianbao(folder);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    told(command, folder, arguments)
}

fn told(mut command: Command, folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = command.arg("diff").args(arguments).args(["--today", TODAY]).output().expect("the program starts");
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(&*folder.to_string_lossy(), "[ROOT]");
        let words: Vec<String> = text.split_inclusive(['(', ')', '"']).map(without_hash).collect();
        words.concat()
    };
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn without_hash(part: &str) -> String {
    let (body, end) = part.split_at(part.len() - part.chars().next_back().map_or(0, char::len_utf8));
    let is_hash = matches!(body.len(), 10 | 40) && body.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash { format!("#{end}") } else { part.to_owned() }
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], status: i32, stdout: &str, stderr: &str) {
    let (is, out, err) = run(folder, arguments);
    assert_eq!((is, out.as_str(), err.as_str()), (status, stdout, stderr), "{arguments:?}\n{out}\n{err}");
}

const CHINESE: &str = "\
HEAD~1 (#) → HEAD (#)

数（1）
  ~ 天门市 2021年 床位数：7123张 → 8123张，+14.0%，变好  HEAD:content/429006/2021.md:7

目标（1）
  ~ 天门市 2021年 签约率 目标：≥85% → ≥90%，+5个百分点  HEAD:content/429006/2021.md:8

达标情况（1）
  ~ 天门市 2021年 签约率（目标 ≥90%）：达标（86% ≥ 85%） → 未达标（86% < 90%）

报告和页面（2）
  ~ 2021年工作总结（content/429006/2021.md）：改动
      一、资源
      - 年末床位数为7123张。
      + 年末床位数为8123张。
      二、服务
      - 签约率为86%，目标是85%以上。
      + 签约率为86%，目标是90%以上。
  → 2022年工作要点（content/429006/2022-要点.md）：content/429006/2022-plan.md → content/429006/2022-要点.md，改名
";

const MARKDOWN: &str = r"### HEAD\~1 (#) → HEAD (#)

| Change | Count |
|---|--:|
| Figures | 1 |
| Targets | 1 |
| States of targets | 1 |
| Reports and pages | 2 |

<details>
<summary>Figures (1)</summary>

| | What | Before | After | Change | Place |
|---|---|---|---|---|---|
| \~ | 天门市 2021 床位数 | 7123张 | 8123张 | +14.0%, better | HEAD:content/429006/2021.md:7 |

</details>

<details>
<summary>Targets (1)</summary>

| | What | Before | After | Change | Place |
|---|---|---|---|---|---|
| \~ | 天门市 2021 签约率 target | ≥85% | ≥90% | +5 pp | HEAD:content/429006/2021.md:8 |

</details>

<details>
<summary>States of targets (1)</summary>

| | What | Before | After | Change | Place |
|---|---|---|---|---|---|
| \~ | 天门市 2021 签约率 (target ≥90%) | met (86% ≥ 85%) | missed (86% &lt; 90%) |  |  |

</details>

<details>
<summary>Reports and pages (2)</summary>

| | What | Before | After | Change | Place |
|---|---|---|---|---|---|
| \~ | 2021年工作总结 (content/429006/2021.md) |  |  | changed |  |
| → | 2022年工作要点 (content/429006/2022-要点.md) | content/429006/2022-plan.md | content/429006/2022-要点.md | renamed |  |

**2021年工作总结 (content/429006/2021.md)**

```diff
@@ 一、资源 @@
- 年末床位数为7123张。
+ 年末床位数为8123张。
@@ 二、服务 @@
- 签约率为86%，目标是85%以上。
+ 签约率为86%，目标是90%以上。
```

</details>
";

const SHORT: &str = "\
Figures: ~ 天门市 2021 床位数: 7123张 → 8123张, +14.0%, better  HEAD:content/429006/2021.md:7
Targets: ~ 天门市 2021 签约率 target: ≥85% → ≥90%, +5 pp  HEAD:content/429006/2021.md:8
States of targets: ~ 天门市 2021 签约率 (target ≥90%): met (86% ≥ 85%) → missed (86% < 90%)
Reports and pages: ~ 2021年工作总结 (content/429006/2021.md): changed
Reports and pages: → 2022年工作要点 (content/429006/2022-要点.md): content/429006/2022-plan.md → \
content/429006/2022-要点.md, renamed
";

#[test]
fn just_what_was_edited_is_told_in_every_format() {
    let project = edited();
    let folder = project.path("");
    check(&folder, &["HEAD~1", "HEAD", "--lang", "zh"], 1, CHINESE, "");
    check(&folder, &["HEAD~1", "HEAD", "--lang", "en", "--format", "markdown"], 1, MARKDOWN, "");
    check(&folder, &["HEAD~1", "HEAD", "--lang", "en", "--format", "short"], 1, SHORT, "");
    // The files as they are, and a folder with a copy of them, are the same as the last commit.
    check(&folder, &["HEAD~1", "--format", "short"], 1, &SHORT.replace("HEAD:", ""), "");
    assert!(git(&folder, &["status", "--porcelain"]).stdout.is_empty(), "nothing in the working tree was touched");
}

#[test]
fn programs_get_every_change_under_a_stable_key() {
    let project = edited();
    let (status, text, _) = run(&project.path(""), &["HEAD~1", "HEAD", "--format", "json"]);
    let all: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let keys: Vec<&str> = all.as_object().expect("an object").keys().map(String::as_str).collect();
    let expected = "format old new notes equal values targets claims documents settings files wordings";
    assert_eq!((status, keys.join(" ").as_str()), (1, expected));
    let counts = ["values", "targets", "claims", "documents", "settings", "wordings"];
    assert_eq!(counts.map(|key| all[key].as_array().map_or(99, Vec::len)), [2, 1, 0, 2, 0, 0]);
    assert_eq!(all["values"][0]["amount"]["difference"], "1000");
    assert_eq!(all["values"][0]["new"]["line"], 7);
    assert_eq!(all["documents"][1]["old_path"], "429006/2022-plan.md");
}

#[test]
fn reviewers_get_a_page_that_needs_nothing_else() {
    let project = edited();
    run(&project.path(""), &["HEAD~1", "--lang", "zh", "--report", "改动.html"]);
    let page = std::fs::read_to_string(project.path("改动.html")).expect("the page");
    for part in [
        "<html lang=\"zh-CN\">",
        "年末床位数为<del>7123</del><ins>8123</ins>张。",
        "目标是<del>85</del><ins>90</ins>%以上。",
        "<figcaption>天门市 床位数</figcaption>",
        "<svg",
        "<del>content/429006/2022-plan.md</del><ins>content/429006/2022-要点.md</ins>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for part in ["<script", "href=\"http", "src="] {
        assert!(!page.contains(part), "{part}");
    }
}

#[test]
fn equal_versions_have_no_differences() {
    let project = edited();
    let folder = project.path("");
    check(&folder, &["HEAD", "--lang", "zh"], 0, "HEAD (#) → 现在的文件：没有不同\n", "");
    check(&folder, &["main", "HEAD", "--lang", "en"], 0, "main (#) → HEAD (#): no differences\n", "");
    check(&folder, &[".", "--lang", "en"], 0, ". → working tree: no differences\n", "");
    check(&folder, &["content", "--lang", "en"], 0, "content → working tree: no differences\n", "");
}

#[test]
fn attachments_and_themes_are_named() {
    let project = repository();
    let folder = project.path("");
    project.write("content/429006/表.csv", "1");
    project.write("themes/own/a.css", "a");
    let expected = "\
附件和主题文件: + content/429006/表.csv：新增
附件和主题文件: + themes/own/a.css：新增
";
    let zh = ["--lang", "zh", "--format", "short"];
    check(&folder, &[&["HEAD"], &zh[..]].concat(), 1, expected, "");
    commit(&folder);
    check(&folder, &[&["HEAD~1", "HEAD"], &zh[..]].concat(), 1, expected, "");
    let copy = Project::empty();
    git(&copy.path(""), &["clone", "-q", &folder.to_string_lossy(), "copy"]);
    std::fs::write(copy.path("copy/themes/own/a.css"), "b").expect("a changed file");
    std::fs::remove_file(copy.path("copy/content/429006/表.csv")).expect("a removed file");
    let copy = copy.path("copy");
    let expected = "\
附件和主题文件: - content/429006/表.csv：删除
附件和主题文件: ~ themes/own/a.css：改动
";
    check(&copy, &[&[&*folder.to_string_lossy()], &zh[..]].concat(), 1, expected, "");
}

#[test]
fn attachments_of_a_revision_are_compared_with_those_of_a_folder() {
    let project = repository();
    let folder = project.path("");
    project.write("content/429006/表.csv", "1");
    project.write("content/429006/注.csv", "1");
    commit(&folder);
    let copy = Project::empty();
    git(&copy.path(""), &["clone", "-q", &folder.to_string_lossy(), "copy"]);
    project.write("content/429006/表.csv", "2");
    let there = copy.path("copy");
    let (site, content) = (there.to_string_lossy().into_owned(), there.join("content").to_string_lossy().into_owned());
    let short = ["--lang", "en", "--format", "short"];
    let told = |arguments: &[&str], status, expected: &str| {
        check(&folder, &[arguments, &short].concat(), status, expected, "");
    };
    const CHANGED: &str = "Attachments and files of themes: ~ content/429006/表.csv: changed\n";
    const ADDED: &str = "Attachments and files of themes: + content/429006/表.csv: added\n";
    const REMOVED: &str = "Attachments and files of themes: - content/429006/表.csv: removed\n";
    told(&["HEAD", "."], 1, CHANGED);
    told(&[".", "HEAD"], 1, CHANGED);
    told(&["HEAD~1", &site], 1, &(ADDED.replace("表", "注") + ADDED));
    told(&[&content, "HEAD~1"], 1, &(REMOVED.replace("表", "注") + REMOVED));
    told(&["HEAD", &site], 0, "");
    std::fs::write(there.join("content/429006/表.csv"), "3").expect("a changed file");
    told(&["HEAD", &site], 1, CHANGED);
    told(&["HEAD", &content], 1, CHANGED);
}

#[test]
fn charts_are_told_line_by_line_and_line_ends_are_no_change() {
    let chart = |kind: &str| {
        format!("{REPORT}\n```chart\nkind = \"{kind}\"\nindicators = [\"beds\"]\nperiods = [\"2020\", \"2021\"]\n```\n")
    };
    let project = Project::new().file(PATH, chart("trend"));
    let folder = project.path("");
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    project.write(PATH, chart("trend").replace('\n', "\r\n"));
    check(&folder, &["HEAD", "--lang", "zh"], 0, "HEAD (#) → 现在的文件：没有不同\n", "");
    project.write(PATH, chart("change"));
    let expected = "\
HEAD (#) → 现在的文件

报告和页面（1）
  ~ 2021年工作总结（content/429006/2021.md）：改动
      图表
      - kind = \"trend\"
      + kind = \"change\"
";
    check(&folder, &["HEAD", "--lang", "zh"], 1, expected, "");
}

#[test]
fn statements_and_noise_stand_apart() {
    let project = repository();
    let text = REPORT
        .replace("beds = \"7123张\"", "beds = \"0.7123万张\"")
        .replace("\"86%\"", "\"88%\"")
        .replace("其他照旧。", "**其他**照旧 。");
    project.write(PATH, text);
    let expected = "\
HEAD (#) → 现在的文件

数（1）
  ~ 天门市 2021年 签约率：86% → 88%，+2个百分点，变好  content/429006/2021.md:8

文数一致（1）
  ✗ “签约率”数据里是 88%，正文写的是 86%：原来没有错，现在有  content/429006/2021.md:8

只是写法不同（2）
  ~ 天门市 2021年 床位数：7123张 → 0.7123万张，同一个数  content/429006/2021.md:7
  ~ 2021年工作总结（content/429006/2021.md）：1 处标点、空格或格式
      一、资源
      - 其他照旧。
      + 其他照旧 。
";
    check(&project.path(""), &["HEAD", "--lang", "zh"], 1, expected, "");
}

#[test]
fn versions_that_are_not_there_are_explained() {
    let project = edited();
    let folder = project.path("");
    let refused = |arguments: &[&str], words: &str| check(&folder, arguments, 2, "", &format!("错误：{words}\n"));
    refused(&["mian", "--lang", "zh"], "没有叫 `mian` 的文件夹，也没有这个版本；是不是要写 `main`");
    refused(
        &["HEAD~9", "--lang", "zh"],
        "没有叫 `HEAD~9` 的文件夹，也没有这个版本；用 `git log --oneline`、`git branch -a`、`git tag` 查看",
    );
    refused(&["main..HEAD", "--lang", "zh"], "`main..HEAD` 是两个版本，分开写：`nianbao diff main HEAD`");
    project.write("docs/a.txt", "");
    refused(
        &["docs", "--lang", "zh"],
        "`docs` 不是站点：里面没有 `content/`、`site.toml` 或 `data/observations.csv`，也没有这个名字的版本",
    );
    refused(
        &["--root", "docs", "HEAD", "--lang", "zh"],
        "版本 `HEAD` 里没有文件夹 `docs/content`：那时站点还不在，或在别处",
    );
    refused(&["HEAD", "--format", "sarif", "--lang", "zh"], "`diff` 的格式是 human、short、markdown、json");
    let mut without_programs = nianbao(&folder);
    without_programs.env("PATH", "");
    let (status, _, words) = told(without_programs, &folder, &["HEAD", "--lang", "zh"]);
    assert_eq!((status, words.as_str()), (2, "错误：没有找到 `git` 程序：装上 git，或改用文件夹名来比较\n"));
    let elsewhere = Project::new();
    let (status, _, words) = run(&elsewhere.path(""), &["HEAD", "--lang", "en"]);
    assert!(status == 2 && words.starts_with("error: `.` lies in no git repository"), "{words}");
}

#[test]
fn a_shallow_clone_says_so() {
    let project = edited();
    let clone = Project::empty();
    let from = format!("file://{}", project.path("").display());
    git(&clone.path(""), &["clone", "-q", "--depth", "1", &from, "site"]);
    let folder = clone.path("site");
    for name in ["HEAD~1", "v1", "main~1"] {
        let (status, _, words) = run(&folder, &[name, "--lang", "zh"]);
        let expected = format!("错误：没有版本 `{name}`：这是浅克隆，只有最近的历史；先运行 `git fetch --unshallow`");
        assert!(status == 2 && words.starts_with(&expected), "{words}");
    }
    check(&folder, &["HEAD", "--lang", "en"], 0, "HEAD (#) → working tree: no differences\n", "");
}

#[test]
fn mistakes_of_a_former_version_are_shown_as_of_it() {
    let project = repository();
    project.write(PATH, REPORT.replace("\"7123张\"", "\"七千张床\""));
    commit(&project.path(""));
    project.write(PATH, REPORT);
    let (status, out, err) = run(&project.path(""), &["HEAD", "--lang", "zh", "--format", "short"]);
    assert_eq!((status, out.as_str()), (1, "数: + 天门市 2021年 床位数：7123张，新增  content/429006/2021.md:7\n"));
    assert!(err.starts_with("HEAD:content/429006/2021.md:7:"), "{err}");
    assert!(err.ends_with("说明：以上是 HEAD (#) 里的错误；读得出的部分照样比较\n"), "{err}");
    project.write("content/site.toml", "title = \n");
    commit(&project.path(""));
    project.write("content/site.toml", "title = \"示例年报\"\n");
    let (status, out, err) = run(&project.path(""), &["HEAD", "--lang", "zh", "--format", "short"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("HEAD:content/site.toml:1:") && err.contains("读不出来，没法比较"), "{err}");
}

#[test]
fn the_data_of_a_built_site_are_compared_with_the_files() {
    let project = repository();
    project.build().success();
    let note = "说明：生成的数据里只有数，所以只比数和目标\n";
    let folder = project.path("");
    check(&folder, &["public", "--lang", "zh"], 0, "public（数据） → 现在的文件：没有不同\n", note);
    project.write(PATH, REPORT.replace("7123张", "8123张"));
    let expected = "\
public/data（数据） → 现在的文件

数（1）
  ~ 天门市 2021年 床位数：7123张 → 8123张，+14.0%，变好  content/429006/2021.md:7
";
    check(&folder, &["public/data", "--lang", "zh"], 1, expected, note);
    std::fs::remove_file(project.path("public/data/observations.json")).expect("a removed file");
    check(&folder, &["public/data", "--lang", "zh"], 1, expected, note);
}

#[test]
fn readers_are_told_what_they_may_have_mistaken() {
    let project = edited();
    let folder = project.path("");
    let (status, _, err) = run(&folder, &["HEAD", "HEAD~1", "--lang", "zh"]);
    let swapped = "说明：`HEAD` 在 `HEAD~1` 之后，前后写反了；要看后来改了什么，写 `nianbao diff HEAD~1 HEAD`\n";
    assert_eq!((status, err.as_str()), (1, swapped));
    git(&folder, &["tag", "copy", "HEAD~1"]);
    project.write("copy/content/site.toml", "title = \"示例年报\"\n");
    let (status, _, err) = run(&folder, &["copy", "--lang", "en"]);
    assert!(status == 1 && err.starts_with("note: `copy` is a folder and a revision; the folder was taken."), "{err}");
}

#[test]
fn built_files_are_compared_on_request() {
    let project = edited();
    let (status, out, err) = run(&project.path(""), &["HEAD~1", "--pages", "--lang", "zh", "--format", "json"]);
    let all: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    let files = &all["pages"]["files"];
    assert_eq!((status, err.as_str()), (1, ""));
    assert_eq!(files["reports/429006/2021/index.html"], "changed", "{files:#}");
    assert_eq!(files["data/observations.csv"], "changed");
    assert!(files.get("about/index.html").is_none() && files.get("robots.txt").is_none());
    let (_, out, _) = run(&project.path(""), &["HEAD", "--pages", "--lang", "zh"]);
    assert_eq!(out, "HEAD (#) → 现在的文件：没有不同\n");
}
