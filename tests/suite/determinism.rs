//! The same content makes the same bytes, wherever, whenever and by whomever it is built.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::project::TODAY;
use crate::{example, tree};

/// Circumstances of a build.
struct Circumstances {
    /// Name of the folder, so that absolute paths differ in length.
    folder: &'static str,
    time_zone: &'static str,
    locale: &'static str,
    umask: &'static str,
    jobs: &'static str,
    /// Whether the files of the site are made in reverse order, and the program runs elsewhere.
    reverse: bool,
}

/// Copies the example site and builds it.
fn build(circumstances: &Circumstances) -> BTreeMap<String, Vec<u8>> {
    let Circumstances { folder, time_zone, locale, umask, jobs, reverse } = circumstances;
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let site = temporary.path().join(folder);
    let mut files = tree::files(&example::root().join("content"));
    if *reverse {
        files.reverse();
    }
    for path in files {
        let target = site.join("content").join(&path);
        std::fs::create_dir_all(target.parent().expect("files lie in folders")).expect("a new folder");
        std::fs::copy(example::root().join("content").join(&path), target).expect("a copy");
    }
    let mut shell = Command::new("sh");
    shell.env_clear().env("TZ", time_zone).env("LANG", locale).env("LC_ALL", locale);
    shell.args(["-c", &format!("umask {umask}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_nianbao")]);
    shell.args(["build", "--quiet", "--today", TODAY, "--jobs", jobs]);
    match reverse {
        true => shell.current_dir("/").arg("--root").arg(&site),
        false => shell.current_dir(&site),
    };
    let output = shell.output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree::read(&site.join("public"))
}

#[test]
fn circumstances_leave_no_trace() {
    let here = Circumstances { folder: "a", time_zone: "UTC", locale: "C", umask: "022", jobs: "1", reverse: false };
    let there = Circumstances {
        folder: "一个很长的/文件夹/名称 with blanks/0123456789",
        time_zone: "Pacific/Kiritimati",
        locale: "zh_CN.UTF-8",
        umask: "077",
        jobs: "4",
        reverse: true,
    };
    let (here, there) = (build(&here), build(&there));
    assert!(here.len() > 100, "the example site has many files");
    assert_eq!(tree::differences(&there, &here), [""; 0]);
}

#[test]
fn a_second_build_changes_nothing() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    tree::copy(&example::root().join("content"), &temporary.path().join("content"));
    let build = |jobs| {
        let mut command = crate::project::nianbao(temporary.path());
        let output =
            command.args(["build", "--today", TODAY, "--quiet", "--jobs", jobs]).output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let times = |root: &Path| -> Vec<_> {
            let modified =
                |path: &String| std::fs::metadata(root.join(path)).and_then(|data| data.modified()).expect("a time");
            tree::files(root)
                .into_iter()
                .filter(|path| path.ends_with(".html"))
                .map(|path| (modified(&path), path))
                .collect()
        };
        (times(&temporary.path().join("public")), tree::read(&temporary.path().join("public")))
    };
    let (first_times, first) = build("1");
    let (second_times, second) = build("3");
    assert_eq!(tree::differences(&second, &first), [""; 0]);
    assert_eq!(first_times, second_times, "unchanged pages are not touched");
}
