//! Sign-off: stages are signed in order by different people, for exactly what is there; a release refuses the rest.

use std::path::Path;
use std::process::Command;

use crate::project::{Project, TODAY, nianbao};
use crate::tree;

const REPORT: &str = "429006/2021.md";

fn report(beds: &str) -> String {
    format!(
        "+++\ntitle = \"2021年工作总结\"\nregion = \"429006\"\nperiod = \"2021\"\ndate = 2022-02-18\n\n[metrics]\n\
         beds = \"{beds}\"\n+++\n床位数{beds}。工作有序推进，见[附件](附件.csv)。\n"
    )
}

fn site() -> Project {
    Project::new().file("content/429006/2021.md", report("125张")).file("content/429006/附件.csv", "甲,乙\n")
}

/// Runs a command in a site; status and what was said must be as stated.
#[track_caller]
fn run(project: &Project, arguments: &[&str], status: i32, parts: &[&str]) -> String {
    let mut command = nianbao(&project.path(""));
    let output = command.args(arguments).args(["--lang", "en", "--today", TODAY]).output().expect("the program starts");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("words are UTF-8");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{said}");
    for part in parts {
        assert!(said.contains(part), "{arguments:?} should say `{part}`:\n{said}");
    }
    said
}

#[track_caller]
fn sign(project: &Project, stage: &str, by: &str, status: i32, parts: &[&str]) {
    run(project, &["sign", REPORT, "--as", stage, "--by", by], status, parts);
}

#[track_caller]
fn sign_all(project: &Project) {
    for (stage, by) in [("初审", "张三"), ("second", "李四"), ("final", "王五")] {
        sign(project, stage, by, 0, &["signed 1 report", "content/signatures.toml"]);
    }
}

#[test]
fn a_release_wants_three_stages_in_order_by_three_people() {
    let project = site();
    run(&project, &["build", "--quiet"], 0, &[]);
    run(&project, &["build", "--release"], 1, &["error[unsigned]", "first, second, final missing"]);
    sign(&project, "second", "李四", 2, &["is not signed `first`"]);
    sign(&project, "初审", "张三", 0, &["signed 1 report (first)"]);
    sign(&project, "初审", "赵六", 2, &["was signed `first` by 张三 on 2026-01-01"]);
    sign(&project, "复审", " 张 三", 2, &["张三 also signed", "same_signer = true"]);
    sign(&project, "复审", "李四", 0, &[]);
    run(&project, &["check", "--release"], 1, &["final missing"]);
    sign(&project, "终审", "王五", 0, &[]);
    run(&project, &["check", "--release"], 0, &[]);
    run(&project, &["build", "--release"], 0, &[]);
    let names = tree::files(&project.path("public"));
    assert!(!names.iter().any(|name| name.contains("signatures")), "signatures are not published: {names:?}");
    run(&project, &["build", "--release", "--drafts"], 2, &["cannot be used with"]);
}

#[test]
fn names_and_notes_are_one_line_of_text() {
    let project = site();
    sign(&project, "first", "张三\n李四", 2, &["`--by` holds line ends", "`张三U+000A李四`"]);
    let note = ["sign", REPORT, "--as", "first", "--by", "张三", "--note", "甲\u{1b}[1m"];
    run(&project, &note, 2, &["`--note` holds line ends or other control characters: `甲U+001B[1m`"]);
    assert!(!project.path("content/signatures.toml").exists());
}

#[test]
fn the_digest_can_be_worked_out_by_others() {
    let project = site();
    sign(&project, "first", "张三", 0, &[]);
    let script = "cd content && sha256sum 429006/2021.md 429006/附件.csv | sha256sum";
    let output = Command::new("sh").args(["-c", script]).current_dir(project.path("")).output().expect("sh");
    let digest = String::from_utf8(output.stdout).expect("UTF-8");
    let signatures = std::fs::read_to_string(project.path("content/signatures.toml")).expect("signatures");
    let expected = format!(
        "\n[[signature]]\nreport = \"429006/2021.md\"\nstage = \"初审\"\nby = \"张三\"\ndate = 2026-01-01\ndigest = \"{}\"\n",
        &digest[..64]
    );
    assert!(signatures.ends_with(&expected), "{signatures}\nshould end with{expected}");
}

#[test]
fn a_change_after_signing_is_found_and_undone() {
    let project = site();
    sign_all(&project);
    let signatures = std::fs::read(project.path("content/signatures.toml")).expect("signatures");
    // A build that rests must look again when it becomes a release, or when what was signed changed.
    run(&project, &["build"], 0, &[]);
    run(&project, &["build", "--release"], 0, &["0 files written"]);
    project.write("content/429006/2021.md", report("130张"));
    run(&project, &["build"], 0, &[]);
    run(&project, &["build"], 0, &["0 files written"]);
    let words = ["error[changed-after-signing]", "changed after first, second, final was signed (王五, 2026-01-01)"];
    run(&project, &["build", "--release"], 1, &words);
    run(&project, &["build", "--release"], 1, &words);
    sign(&project, "复审", "李四", 2, &["is not signed `first`, or changed since"]);
    project.write("content/429006/2021.md", report("125张"));
    run(&project, &["build", "--release"], 0, &[]);
    // An attachment counts, another file does not, and a digest edited by hand is one of no state.
    project.write("content/429006/附件.csv", "甲,丙\n");
    run(&project, &["check", "--release"], 1, &["changed-after-signing"]);
    project.write("content/429006/附件.csv", "甲,乙\n");
    project.write(
        "content/indicators.toml",
        std::fs::read_to_string(project.path("content/indicators.toml")).expect("indicators") + "# .\n",
    );
    run(&project, &["check", "--release"], 0, &[]);
    let text = String::from_utf8(signatures.clone()).expect("UTF-8");
    let at = text.rfind("digest = \"").expect("a digest") + 10;
    let edited = format!("{}{}{}", &text[..at], "0".repeat(64), &text[at + 64..]);
    project.write("content/signatures.toml", edited);
    run(&project, &["build", "--release"], 1, &["changed-after-signing", "to be signed again: final"]);
    project.write("content/signatures.toml", signatures);
    run(&project, &["build", "--release"], 0, &[]);
    std::fs::remove_file(project.path("content/signatures.toml")).expect("signatures");
    run(&project, &["build", "--release"], 1, &["unsigned"]);
}

#[test]
fn changed_reports_are_signed_anew() {
    let project = site();
    sign_all(&project);
    project.write("content/429006/2021.md", report("130张"));
    sign(&project, "first", "张三", 0, &[]);
    run(&project, &["check", "--release"], 1, &["to be signed again: second, final"]);
    sign(&project, "second", "李四", 0, &[]);
    sign(&project, "final", "王五", 0, &[]);
    run(&project, &["check", "--release"], 0, &[]);
    project.write("content/429006/2021.md", report("125张"));
    run(&project, &["check", "--release"], 0, &[]);
}

#[test]
fn one_person_may_sign_all_where_the_site_says_so() {
    let project = site();
    sign(&project, "first", "张三", 0, &[]);
    project.write("content/site.toml", "title = \"示例年报\"\n[check]\nsame_signer = true\n");
    sign(&project, "second", "张三", 0, &[]);
    sign(&project, "final", "张三", 0, &[]);
    run(&project, &["check", "--release"], 0, &[]);
    project.write("content/site.toml", "title = \"示例年报\"\n");
    run(&project, &["check", "--release"], 1, &["error[unsigned]", "second, final missing", "张三 signed two stages"]);
    project.write("content/site.toml", "title = \"示例年报\"\n[check]\nsame_signer = \"yes\"\n");
    run(&project, &["check"], 1, &["wrong-type"]);
}

#[test]
fn reports_with_errors_and_drafts_are_not_signed() {
    let project = site().file("content/429006/2021.md", report("125张").replace("床位数125", "床位数152"));
    sign(&project, "first", "张三", 1, &["error[prose-contradicts]", "reports with errors cannot be signed"]);
    project.write("content/429006/2021.md", report("125张").replace("date =", "draft = true\ndate ="));
    sign(&project, "first", "张三", 2, &["is a draft", "draft = true"]);
    project.write("content/429006/2021.md", "没有文件头\n");
    sign(&project, "first", "张三", 1, &["front-matter-missing"]);
    project.write("content/429006/2021.md", report("125张"));
    run(&project, &["sign", "429006/2012.md", "--as", "first", "--by", "甲"], 2, &["did you mean `429006/2021.md`"]);
    run(&project, &["sign", REPORT, "--as", "三审", "--by", "甲"], 2, &["初审, 复审, 终审, first, second, final"]);
    run(&project, &["sign", REPORT, "--as", "first", "--by", " "], 2, &["the name of who signs"]);
    run(&project, &["sign", REPORT, "--as", "first"], 2, &["--by"]);
    run(&project, &["sign"], 2, &["REPORT"]);
    assert!(!project.path("content/signatures.toml").exists(), "nothing was signed");
    // Not published yet, but ready to be signed; and a mistake elsewhere is none of its business.
    project.write(
        "content/429006/2021.md",
        report("125张").replace("date = 2022-02-18", "date = 2026-02-18\npublish = 2026-02-18"),
    );
    project.write("content/429006/2020.md", "没有文件头\n");
    run(&project, &["sign", "content/429006/2021.md", "--as", "first", "--by", "甲", "--note", "说\"好\""], 0, &[]);
    let text = std::fs::read_to_string(project.path("content/signatures.toml")).expect("signatures");
    assert!(text.ends_with("note = \"说\\\"好\\\"\"\n"), "{text}");
}

#[test]
fn signatures_are_read_strictly() {
    let project = site();
    sign(&project, "first", "张三", 0, &[]);
    let text = std::fs::read_to_string(project.path("content/signatures.toml")).expect("signatures");
    let check = |text: &str, parts: &[&str]| {
        project.write("content/signatures.toml", text);
        run(&project, &["check", "--format", "short"], 1, parts);
        run(&project, &["sign", REPORT, "--as", "second", "--by", "李四"], 1, &["cannot be signed"]);
        run(&project, &["sign", "--status"], 1, &[]);
    };
    check(&text.replace("stage", "stagee"), &["content/signatures.toml:5:1: error[unknown-key]"]);
    check(
        &text.replace("初审", "初申"),
        &["content/signatures.toml:5:9: error[signature-stage]: there is no stage `初申`"],
    );
    check(&text.replace("by = \"张三\"\n", ""), &["content/signatures.toml:3:1: error[missing-key]"]);
    check(&text.replace("2026-01-01", "\"gestern\""), &["content/signatures.toml:7:8: error[date-invalid]"]);
    check(&text.replace("digest = \"", "digest = \"x"), &["content/signatures.toml:8:10: error[signature-digest]"]);
    check("[[signature]\n", &["content/signatures.toml:1:", "error[toml-syntax]"]);
}

#[test]
fn what_changed_is_told_where_git_knows_it() {
    let project = site();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@b.cn", "-c", "commit.gpgsign=false"]).args(arguments);
        let output = command.current_dir(project.path("")).output().expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "-q"]);
    sign_all(&project);
    git(&["add", "."]);
    git(&["commit", "-qm", "signed"]);
    project.write("content/429006/2021.md", report("130张").replace("有序", "扎实"));
    run(
        &project,
        &["check", "--release"],
        1,
        &["changed since: 床位数 125张 → 130张; “床位数125张” → “床位数130张”; “工作有序推进"],
    );
    git(&["commit", "-qam", "changed"]);
    project.write("content/429006/附件.csv", "甲,丙\n");
    run(&project, &["check", "--release"], 1, &["床位数 125张 → 130张", "≠ 429006/附件.csv"]);
    project.write("content/429006/2021.md", report("125张").replace("2022-02-18", "2022-02-19"));
    project.write("content/429006/附件.csv", "甲,乙\n");
    run(&project, &["check", "--release"], 1, &["“date = 2022-02-18” → “date = 2022-02-19”"]);
    // Where git knows nothing of it, it is only said that it changed.
    let said = {
        std::fs::remove_dir_all(project.path(".git")).expect("a repository");
        run(&project, &["check", "--release"], 1, &["changed-after-signing"])
    };
    assert!(!said.contains("changed since:"), "{said}");
}

#[test]
fn the_board_shows_who_signed() {
    let project = site().file(
        "content/429006/2020.md",
        "+++\ntitle = \"2020年工作总结\"\nregion = \"429006\"\nperiod = \"2020\"\ndraft = true\n+++\n写。\n",
    );
    sign(&project, "first", "张三", 0, &[]);
    let said = run(&project, &["sign", "--status"], 0, &["2 reports, 0 passed"]);
    let expected = "report                  first              second  final\n\
                    429006/2020.md (draft)  –                  –       –\n\
                    429006/2021.md          张三 2026-01-01 ✓  –       –\n";
    assert!(said.starts_with(expected), "{said}\nshould begin with\n{expected}");
    project.write("content/429006/2021.md", report("130张"));
    run(&project, &["sign", "--status"], 0, &["张三 2026-01-01 changed since"]);
    let said = run(&project, &["sign", "--status", "--format", "json"], 0, &[]);
    let json: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let stages = &json["reports"][1]["stages"];
    assert_eq!(stages[0]["state"], "changed");
    assert_eq!(stages[0]["by"], "张三");
    assert_eq!(stages[1], serde_json::json!({ "stage": "second", "state": "missing" }));
    assert_eq!(json["reports"][0]["draft"], true);
}

/// The text of a built page.
fn page(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn pages_of_drafts_are_marked_and_others_are_not() {
    let chart = "```chart\nkind = \"trend\"\nindicators = [\"beds\"]\n```\n";
    let draft = report("125张").replace("date =", "draft = true\ndate =") + chart;
    let project = site()
        .file("content/429006/2021.md", draft)
        .file("content/429006/2020.md", report("120张").replace("2021", "2020"))
        .file("content/pages/p.md", "+++\ntitle = \"页\"\ndraft = true\n+++\n写。\n");
    run(&project, &["build", "--drafts", "--quiet"], 0, &[]);
    let public = project.path("public");
    let mark = "<p class=\"watermark\" aria-hidden=\"true\">草稿</p>";
    for path in ["reports/429006/2021/index.html", "reports/429006/2021/proof.html", "pages/p/index.html"] {
        let text = page(&public, path);
        assert!(text.contains(mark) && text.contains("草稿，未经审定"), "{path}: {text}");
    }
    assert!(page(&public, "embed/429006/2021/1.html").contains("草稿，未经审定"));
    for path in ["reports/429006/2020/index.html", "reports/429006/2020/proof.html", "index.html"] {
        assert!(!page(&public, path).contains("watermark"), "{path}");
    }
    let styles = tree::files(&public.join("static/css")).into_iter().find(|name| name.starts_with("site."));
    let styles = page(&public, &format!("static/css/{}", styles.expect("a style sheet")));
    let (screen, print) = styles.split_once("@media print").expect("rules for print");
    assert!(screen.contains(".watermark { position: fixed") && print.contains(".watermark {"), "on paper as well");
    project.write("content/site.toml", "title = \"Report\"\nlanguage = \"en\"\n");
    run(&project, &["build", "--drafts", "--quiet"], 0, &[]);
    assert!(page(&public, "reports/429006/2021/index.html").contains("aria-hidden=\"true\">Draft</p>"));
    run(&project, &["build", "--quiet"], 0, &[]);
    assert!(!public.join("reports/429006/2021/index.html").exists());
}
