//! The data files, read back by readers that have nothing to do with nianbao: Python's csv and json, openpyxl and
//! frictionless. `tests/run` installs them and says where Python is in NIANBAO_TEST_PYTHON; `tests/data/read.py` compares.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::project::Project;
use crate::{example, tree};

/// Reads the data files of a built site and its pages.
fn read(site: &Path) -> Output {
    let python = std::env::var_os("NIANBAO_TEST_PYTHON").expect("these tests are run by tests/run");
    let script = example::root().join("tests/data/read.py");
    Command::new(python).arg(script).arg(site).output().expect("Python starts")
}

/// What the readers say of a site whose files agree.
#[track_caller]
fn agreeing(site: &Path) -> String {
    let output = read(site);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).trim().to_owned()
}

/// A copy of the example site with one file changed.
fn changed(path: &str, change: impl Fn(String) -> String) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = |name: &str| name.starts_with("data/") || name.starts_with("indicators/") || name.starts_with("years/");
    for name in tree::files(example::built()).into_iter().filter(|name| kept(name)) {
        let to = folder.path().join(&name);
        std::fs::create_dir_all(to.parent().expect("files lie in folders")).expect("a new folder");
        std::fs::copy(example::built().join(&name), to).expect("a copy");
    }
    let (file, text) = (folder.path().join(path), example::text(path));
    let other = change(text.clone());
    assert_ne!(text, other, "{path} is changed");
    std::fs::write(&file, other).expect("a writable file");
    let site = folder.path().to_owned();
    (folder, site)
}

#[test]
#[ignore = "needs Python: tests/run"]
fn all_formats_and_pages_hold_the_same_numbers() {
    let said = agreeing(example::built());
    let figures = example::text("data/observations.json").lines().count() - 2;
    assert!(said.starts_with(&format!("{figures} observations agree in all files, ")), "{said}");
}

#[test]
#[ignore = "needs Python: tests/run"]
fn one_changed_digit_is_found_wherever_it_stands() {
    let cases = [
        ("data/observations.json", "\"OBS_VALUE\":\"20.1\"", "\"OBS_VALUE\":\"20.2\""),
        ("data/regions/100000.csv", ",20.1,/10万,", ",20.2,/10万,"),
        ("indicators/maternal-mortality/index.html", "<data value=\"20.1\">", "<data value=\"20.2\">"),
        ("data/datapackage.json", "\"target\"", "\"aim\""),
    ];
    for (path, from, to) in cases {
        let (_folder, site) = changed(path, |text| text.replace(from, to));
        let output = read(&site);
        assert!(!output.status.success(), "{path}: {from} became {to} and nobody noticed");
        assert!(String::from_utf8_lossy(&output.stderr).contains(" faults:"), "{path}: {output:?}");
    }
}

#[test]
#[ignore = "needs Python: tests/run"]
fn hostile_texts_stay_texts() {
    let report = r#"
[metrics]
coverage = { value = "85.40%", target = "≥80%", target_source = "@SUM(A1)", note = "=HYPERLINK(\"http://x\",\"a\")" }
maternal-mortality = { missing = "suppressed", note = "-2+3" }
"#;
    let project = Project::new().with_report(report, "");
    project.build().success();
    let site = project.path("public");
    let csv = std::fs::read_to_string(site.join("data/observations.csv")).expect("a text");
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\"") && csv.contains(",'-2+3\r\n"), "{csv}");
    let said = agreeing(&site);
    assert!(said.starts_with("3 observations agree"), "{said}");
}
