//! One folder for every code of `src/diagnostic/messages.toml`: `tests/diagnostics/<code>/` holds the files of a site (what
//! it lacks comes from the smallest site) with `expected.txt` and `expected.en.txt`, the findings in both languages, and
//! perhaps `expected-by`, further options of the check.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::project::{Project, TODAY, nianbao};
use crate::{bless, example, tree};

/// Codes whose sites no folder of text files can hold; `mistakes.rs` has a test of the same name for each.
const ELSEWHERE: &[&str] = &[
    "content-missing",
    "encoding",
    "foreign-file",
    "not-utf8",
    "output-folder",
    "path-too-long",
    "review-folder",
    "site-missing",
    "symlink-outside",
];

fn folder() -> PathBuf {
    example::root().join("tests/diagnostics")
}

fn fixtures() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).expect("tests/diagnostics");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a code")).collect()
}

fn codes() -> BTreeSet<String> {
    let text = std::fs::read_to_string(example::root().join("src/diagnostic/messages.toml")).expect("the words");
    let table: toml::Table = text.parse().expect("TOML");
    table.keys().cloned().collect()
}

/// The findings of a fixture, its exit status first.
fn findings(fixture: &Path, language: &str) -> String {
    let project = Project::new();
    for path in tree::files(fixture).into_iter().filter(|path| !path.starts_with("expected")) {
        project.write(&path, std::fs::read(fixture.join(&path)).expect("a fixture"));
    }
    let mut command = nianbao(&project.path(""));
    command.args(["check", "--format", "short", "--quiet", "--lang", language, "--today", TODAY]);
    let options = std::fs::read_to_string(fixture.join("expected-by")).unwrap_or_default();
    let output = command.args(options.split_whitespace()).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("words are UTF-8");
    assert_eq!(text(output.stderr), "", "{}", fixture.display());
    assert!(!project.path("public").exists(), "a check writes nothing");
    format!("{}\n{}", output.status, text(output.stdout))
}

#[test]
fn every_fixture_is_found_out() {
    let mut faults = Vec::new();
    for code in fixtures() {
        let fixture = folder().join(&code);
        for (language, file) in [("zh", "expected.txt"), ("en", "expected.en.txt")] {
            let found = findings(&fixture, language);
            if !found.contains(&format!("[{code}]")) {
                faults.push(format!("{code}: is not among the findings:\n{found}"));
            }
            faults.extend(bless::text(&fixture.join(file), &found));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_code_has_a_fixture() {
    let elsewhere: BTreeSet<String> = ELSEWHERE.iter().map(|code| (*code).to_owned()).collect();
    let have: BTreeSet<String> = fixtures().union(&elsewhere).cloned().collect();
    assert_eq!(have, codes(), "left: folders of tests/diagnostics and the list above; right: messages.toml");
    assert_eq!(fixtures().intersection(&elsewhere).count(), 0, "a code of the list above has a folder");
}

#[test]
fn every_code_is_explained() {
    for code in codes() {
        for language in ["zh", "en"] {
            let mut command = nianbao(example::root());
            let output = command.args(["explain", &code, "--lang", language]).output().expect("the program starts");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            assert!(
                output.status.success() && text.starts_with(&format!("{code}: ")) && text.lines().count() > 2,
                "{text}"
            );
        }
    }
}
