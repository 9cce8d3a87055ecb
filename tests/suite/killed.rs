//! A build that is killed leaves the former site or the new one, never a mixture; and whatever else it leaves to be quicker
//! next time, the next build makes what a build from nothing makes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::project::{TODAY, nianbao};
use crate::{example, tree};

/// Builds killed of a site where every page changes.
const ALL_CHANGES: u32 = 20;

/// Builds killed of which few pages change.
const FEW_CHANGES: u32 = 15;

/// Builds killed of the example site, which is much larger.
const LARGE: u32 = 15;

/// No more kills after this time, save the fewest: a machine may be slow.
const ENOUGH: Duration = Duration::from_secs(20);

/// Kills made however long they take.
const FEWEST: u32 = 6;

type Files = BTreeMap<String, Vec<u8>>;

/// A site, changed to and fro between two states whose builds are known.
struct Site {
    folder: TempDir,
    /// Writes a state, 0 or 1.
    set: fn(&Path, usize),
    /// What a build from nothing makes of each.
    whole: Vec<Files>,
    /// The time a build usually takes.
    usual: Duration,
    /// The state that stands in `public`.
    now: usize,
    seed: u64,
}

impl Site {
    fn new(folder: TempDir, prepare: impl FnOnce(&Path), set: fn(&Path, usize)) -> Site {
        prepare(folder.path());
        let mut site = Site { folder, set, whole: Vec::new(), usual: Duration::ZERO, now: 1, seed: 20_260_101 };
        for state in [0, 1] {
            set(site.path(), state);
            // In a folder of its own, where no former build has left anything.
            let fresh = tree::in_memory();
            tree::copy(&site.path().join("content"), &fresh.path().join("content"));
            assert!(start(fresh.path()).wait().expect("a status").success());
            site.whole.push(tree::read(&fresh.path().join("public")));
        }
        for state in [1, 0, 1] {
            set(site.path(), state);
            site.usual = site.build();
        }
        site
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Builds the present state to its end; the time it took.
    fn build(&self) -> Duration {
        let began = Instant::now();
        assert!(start(self.path()).wait().expect("a status").success(), "a build goes through");
        began.elapsed()
    }

    fn random(&mut self) -> f64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as f64 / f64::from(1_u32 << 31)
    }

    /// Kills builds of one state after the other. Half of the kills fall into the end of a build, where files change places.
    fn kill(&mut self, times: u32) {
        let began = Instant::now();
        let (mut killed, mut turn) = (0, 0);
        while killed < times && (killed < FEWEST || began.elapsed() < ENOUGH) {
            let next = 1 - self.now;
            (self.set)(self.path(), next);
            let random = self.random();
            let part = if turn % 2 == 0 { random } else { 0.75 + random * 0.25 };
            let mut child = start(self.path());
            std::thread::sleep(self.usual.mul_f64(part));
            child.kill().expect("the build is ours");
            let was_killed = !child.wait().expect("a status").success();
            killed += u32::from(was_killed);
            // Other tests make a build slower at times: the end is where it was met last.
            self.usual =
                self.usual.mul_f64(if was_killed { 1.0 + part / 20.0 } else { 1.0 - (1.0 - part / 2.0) / 10.0 });
            self.expect_whole(next, &format!("killed after {part:.3} of a build, turn {turn}"));
            turn += 1;
            // A build that goes through in between, of the state that was killed or of the other.
            if turn % 5 == 0 {
                let next = usize::from(self.random() < 0.5);
                (self.set)(self.path(), next);
                self.build();
                self.expect_state(next);
            }
        }
        for next in [1 - self.now, self.now] {
            (self.set)(self.path(), next);
            self.build();
            self.expect_state(next);
        }
        let left: Vec<String> = std::fs::read_dir(self.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".nianbao-new") || name.ends_with(".nianbao-old"))
            .collect();
        assert_eq!(left, [""; 0], "no part of a site is left beside the site");
    }

    /// The site is the former one or the next.
    fn expect_whole(&mut self, next: usize, when: &str) {
        let is = tree::read(&self.path().join("public"));
        let from_old = tree::differences(&is, &self.whole[self.now]);
        let from_new = tree::differences(&is, &self.whole[next]);
        assert!(
            from_old.is_empty() || from_new.is_empty(),
            "{when}: a mixture; against the former site:\n{}\nagainst the new one:\n{}",
            from_old[..from_old.len().min(5)].join("\n"),
            from_new[..from_new.len().min(5)].join("\n"),
        );
        if from_new.is_empty() {
            self.now = next;
        }
    }

    /// The site is that of a build from nothing.
    fn expect_state(&mut self, state: usize) {
        let differences = tree::differences(&tree::read(&self.path().join("public")), &self.whole[state]);
        assert_eq!(differences, [""; 0], "a build after a kill");
        self.now = state;
    }
}

fn start(folder: &Path) -> Child {
    let mut command = nianbao(folder);
    command.args(["build", "--quiet", "--today", TODAY]);
    command.spawn().expect("the program starts")
}

/// Writes the footer of every page into the settings.
fn set_footer(site: &Path, state: usize) {
    let path = site.join("content/site.toml");
    let settings = std::fs::read_to_string(&path).expect("settings");
    let lines = settings.lines().filter(|line| !line.starts_with("footer")).collect::<Vec<_>>().join("\n");
    std::fs::write(path, format!("footer = \"{}\"\n{lines}\n", ["甲", "乙"][state])).expect("writable");
}

/// Writes a report or removes it, and the text of another.
fn set_reports(site: &Path, state: usize) {
    write_report(site, 0, ["第一版。", "第二版。"][state]);
    match state {
        0 => write_report(site, 1, ""),
        _ => std::fs::remove_file(site.join("content").join(code(1)).join("2021.md")).unwrap_or_default(),
    }
}

/// Townships of the small site.
const TOWNSHIPS: usize = 25;

fn code(at: usize) -> String {
    format!("429006{}", 100 + at)
}

fn write_report(site: &Path, at: usize, text: &str) {
    let folder = site.join("content").join(code(at));
    std::fs::create_dir_all(&folder).expect("a new folder");
    let head = format!("title = \"2021年总结\"\nregion = \"{}\"\nperiod = \"2021\"\n", code(at));
    let report = format!("+++\n{head}[metrics]\nbeds = \"{}张\"\n+++\n床位数{0}张。{text}\n", 100 + at);
    std::fs::write(folder.join("2021.md"), report).expect("writable");
}

/// Writes a site of a few hundred files.
fn small(site: &Path) {
    let names = (0..TOWNSHIPS).map(|at| format!("[{}]\nname = \"第{at}乡\"\n", code(at)));
    std::fs::create_dir_all(site.join("content")).expect("a new folder");
    let write = |name: &str, text: &str| std::fs::write(site.join("content").join(name), text).expect("writable");
    write("site.toml", "title = \"示例年报\"\n");
    write("indicators.toml", "[beds]\nname = \"床位数\"\nunit = \"张\"\npolarity = \"higher\"\n");
    write("regions.toml", &names.collect::<String>());
    (0..TOWNSHIPS).for_each(|at| write_report(site, at, ""));
}

#[test]
fn a_killed_build_leaves_one_whole_site() {
    let mut site = Site::new(tempfile::tempdir().expect("a temporary folder"), small, set_footer);
    let (one, other) = (&site.whole[0], &site.whole[1]);
    let changed = one.iter().filter(|(path, bytes)| other.get(*path).is_some_and(|other| other != *bytes)).count();
    assert!(changed > 50, "the footer stands on all pages");
    site.kill(ALL_CHANGES);
}

#[test]
fn a_killed_build_of_few_changes_leaves_one_whole_site() {
    let mut site = Site::new(tempfile::tempdir().expect("a temporary folder"), small, set_reports);
    assert!(site.whole[0].len() > site.whole[1].len(), "one state has a report more");
    site.kill(FEW_CHANGES);
}

#[test]
fn a_killed_build_of_a_large_site_leaves_one_whole_site() {
    let example = |site: &Path| tree::copy(&example::root().join("content"), &site.join("content"));
    let mut site = Site::new(tree::in_memory(), example, set_footer);
    assert!(site.whole[0].len() > 1000, "the example site has many files");
    site.kill(LARGE);
}
