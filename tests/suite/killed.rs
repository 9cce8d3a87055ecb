//! A build that is killed leaves the former site or the new one, never a mixture, and the next build goes through.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::project::{TODAY, nianbao};
use crate::{example, tree};

/// How often a build is killed.
const TIMES: u32 = 25;

/// Writes the footer of every page into the settings.
fn set_footer(site: &Path, footer: &str) {
    let settings = std::fs::read_to_string(example::root().join("content/site.toml")).expect("settings");
    let lines = settings.lines().filter(|line| !line.starts_with("footer")).collect::<Vec<_>>().join("\n");
    std::fs::write(site.join("content/site.toml"), format!("footer = \"{footer}\"\n{lines}\n")).expect("writable");
}

#[test]
fn a_killed_build_leaves_one_whole_site() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let site = temporary.path();
    tree::copy(&example::root().join("content"), &site.join("content"));
    let start = |output: &str| {
        let mut command = nianbao(site);
        command.args(["build", "--quiet", "--today", TODAY, "--output", output]);
        command.spawn().expect("the program starts")
    };
    let mut whole = Vec::new();
    let mut longest = Duration::ZERO;
    for footer in ["甲", "乙"] {
        set_footer(site, footer);
        let began = Instant::now();
        assert!(start(footer).wait().expect("a status").success());
        longest = longest.max(began.elapsed());
        whole.push(tree::read(&site.join(footer)));
    }
    let changed =
        whole[0].iter().filter(|(path, bytes)| whole[1].get(*path).is_some_and(|other| other != *bytes)).count();
    assert!(changed > 100, "the footer stands on all pages");
    assert!(start("public").wait().expect("a status").success());
    let (mut now, mut seed) = (1, 20_260_101_u64);
    for turn in 0..TIMES {
        let next = 1 - now;
        set_footer(site, ["甲", "乙"][next]);
        let mut child = start("public");
        // Half of the kills fall into the last fifth of a build, where files change places.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let random = (seed >> 33) as f64 / f64::from(1_u32 << 31);
        let part = if turn % 2 == 0 { random } else { 0.8 + random * 0.3 };
        std::thread::sleep(longest.mul_f64(part));
        child.kill().expect("the build is ours");
        child.wait().expect("a status");
        let is = tree::read(&site.join("public"));
        let from_old = tree::differences(&is, &whole[now]);
        let from_new = tree::differences(&is, &whole[next]);
        assert!(
            from_old.is_empty() || from_new.is_empty(),
            "killed after {part:.3} of a build, turn {turn}: a mixture; against the former site:\n{}\nagainst the new one:\n{}",
            from_old[..from_old.len().min(5)].join("\n"),
            from_new[..from_new.len().min(5)].join("\n"),
        );
        if from_new.is_empty() {
            now = next;
        }
    }
    let next = 1 - now;
    set_footer(site, ["甲", "乙"][next]);
    assert!(start("public").wait().expect("a status").success(), "the next build goes through");
    assert_eq!(tree::differences(&tree::read(&site.join("public")), &whole[next]), [""; 0]);
    let left: Vec<String> = std::fs::read_dir(site)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".public.nianbao-") && !name.ends_with("-lock") && !name.ends_with("-memory"))
        .collect();
    assert_eq!(left, [""; 0], "nothing is left beside the site");
}
