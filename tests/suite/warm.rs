//! A build beside the remains of former builds makes what a build from nothing makes: the same files, findings and status,
//! byte for byte, after any edit and any mishap. Sites are edited at random, from seeds that a failure names.
//!
//! `NIANBAO_TEST_EDITS=2000` makes more edits than the usual ones (over all seeds), `NIANBAO_TEST_SEED=7` others.

mod edits;
mod mishaps;
mod site;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use self::site::Files;
use crate::project::nianbao;
use crate::tree;

/// Seeds; each is a test, so that they run side by side.
const SEEDS: u64 = 4;

/// Edits over all seeds.
const EDITS: u64 = 200;

#[test]
fn warm_equals_cold_1() {
    walk(1);
}

#[test]
fn warm_equals_cold_2() {
    walk(2);
}

#[test]
fn warm_equals_cold_3() {
    walk(3);
}

#[test]
fn warm_equals_cold_4() {
    walk(4);
}

fn walk(seed: u64) {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let edits = number("NIANBAO_TEST_EDITS").unwrap_or(EDITS).max(EDITS).div_ceil(SEEDS);
    let mut walk = Walk::start(site::site(), seed + SEEDS * number("NIANBAO_TEST_SEED").unwrap_or(0));
    for _ in 0..edits {
        walk.step();
    }
}

/// Pages that list everything are divided where a site grows past what one can show, and are whole again where it shrinks.
#[test]
fn warm_equals_cold_where_pages_divide() {
    let mut walk = Walk::start(site::crowd(), 0);
    for (township, there) in [(60, true), (61, true), (62, true), (0, false), (61, false), (62, false)] {
        let path = site::path(&site::township(township), 2023);
        match there {
            true => drop(walk.state.files.insert(path, site::crowd_report(township).into_bytes())),
            false => drop(walk.state.files.remove(&path)),
        }
        walk.log.push(format!("township {township} {}", if there { "reports" } else { "reports no more" }));
        walk.compare();
        assert!(walk.built, "the site builds: {:?}", walk.log);
        let reports = walk.state.files.len() - 3;
        for (page, limit) in [("indicators/share-1/429006/index.html", 60), ("years/2023/429006/index.html", 62)] {
            let divides = walk.root.join("public").join(page).exists();
            assert_eq!(divides, reports > limit, "{page} with {reports} reports");
        }
    }
}

/// What is built, and how.
#[derive(Clone, PartialEq)]
struct State {
    files: Files,
    flags: Flags,
}

/// What the command line says.
#[derive(Clone, PartialEq, Debug)]
struct Flags {
    today: &'static str,
    drafts: bool,
    base_url: Option<&'static str>,
    deny: bool,
    language: &'static str,
    format: &'static str,
}

/// What a run said.
#[derive(Clone, PartialEq, Debug)]
struct Said {
    status: Option<i32>,
    stdout: String,
    stderr: String,
    /// Files written, unchanged, removed, when a site was built.
    counts: Option<[usize; 3]>,
}

/// A build from nothing.
struct Cold {
    state: State,
    said: Said,
    output: Files,
}

/// A site on its way through edits.
struct Walk {
    seed: u64,
    random: Random,
    temporary: TempDir,
    /// The folder of the site; it may move.
    root: PathBuf,
    state: State,
    /// The files as they were last written to disk.
    on_disk: Files,
    /// The last state that built.
    good: State,
    /// Whether the last build built.
    built: bool,
    /// Former states, to go back to.
    past: Vec<State>,
    /// Former files with their times.
    versions: Vec<(String, Vec<u8>, SystemTime)>,
    /// Former remains of builds.
    remains: Vec<Files>,
    /// Files in the output that are somebody else's.
    foreign: Files,
    cold: Option<Cold>,
    log: Vec<String>,
}

impl Walk {
    fn start(files: Files, seed: u64) -> Walk {
        let temporary = tree::in_memory();
        let flags =
            Flags { today: "2026-01-01", drafts: false, base_url: None, deny: false, language: "zh", format: "short" };
        let state = State { files, flags };
        let mut walk = Walk {
            seed,
            random: Random(seed),
            root: temporary.path().join("site"),
            temporary,
            good: state.clone(),
            state,
            on_disk: Files::new(),
            built: false,
            past: Vec::new(),
            versions: Vec::new(),
            remains: Vec::new(),
            foreign: Files::new(),
            cold: None,
            log: vec!["the site before the first edit".to_owned()],
        };
        walk.compare();
        assert!(walk.built, "the site builds before the first edit");
        walk
    }

    /// Makes an edit or a mishap, then builds and compares.
    fn step(&mut self) {
        let done = match self.random.below(20) {
            // A site with a mistake is mended soon; what follows shows more than what is stopped.
            0..15 if !self.built => {
                self.state = self.good.clone();
                "mended".to_owned()
            }
            0..12 => edits::edit(&mut self.state, &mut self.random),
            12 if !self.past.is_empty() => {
                self.state = self.past[self.random.below(self.past.len())].clone();
                "back to a former state of all files".to_owned()
            }
            13 => "nothing".to_owned(),
            _ => mishaps::mishap(self),
        };
        self.log.push(done);
        self.compare();
        if self.built && self.random.one_in(5) {
            self.past.push(self.state.clone());
            self.remains.push(mishaps::remains(&self.root));
        }
    }

    /// Builds here and from nothing; everything must be equal.
    fn compare(&mut self) {
        let edited = self.sync();
        let output = self.root.join("public");
        let (before, times) = (tree::read_if_there(&output), stamps(&output));
        let said = run(&self.root, &self.state.flags, &["build"]);
        let (after, new_times) = (tree::read_if_there(&output), stamps(&output));
        self.freeze();
        let cold = self.cold.take().expect("just built");
        self.expect_equal(&said, &cold.said);
        let Some([written, unchanged, removed]) = said.counts else {
            self.expect_none(tree::differences(&after, &before), "a build that stops leaves the former site");
            self.expect_none(moved(&times, &new_times, |_| true), "a build that stops touches nothing");
            self.built = false;
            self.cold = Some(cold);
            return;
        };
        let mut ours = after.clone();
        for (path, bytes) in &self.foreign {
            if ours.remove(path).as_ref() != Some(bytes) {
                self.fail(&format!("the foreign file {path} is lost"));
            }
        }
        self.expect_none(tree::differences(&ours, &cold.output), "the output differs from that of a cold build");
        let same =
            |path: &str| path != MANIFEST && before.get(path).is_some_and(|bytes| after.get(path) == Some(bytes));
        self.expect_none(moved(&times, &new_times, same), "files whose bytes stayed were written");
        if before == after && !edited {
            self.expect_none(moved(&times, &new_times, |_| true), "nothing changed, but something was written");
        }
        let ours = ours.keys().filter(|path| *path != MANIFEST);
        let (kept, new): (Vec<&String>, Vec<&String>) = ours.partition(|path| before.get(*path) == after.get(*path));
        let gone = before.keys().filter(|path| !after.contains_key(*path)).count();
        if [written, unchanged, removed] != [new.len(), kept.len(), gone] {
            let (new, kept) = (new.len(), kept.len());
            self.fail(&format!(
                "written, unchanged, removed: told {written}, {unchanged}, {removed}, found {new}, {kept}, {gone}"
            ));
        }
        self.built = true;
        self.good = self.state.clone();
        self.cold = Some(cold);
    }

    /// Writes the files that differ from those on disk; whether there were any.
    fn sync(&mut self) -> bool {
        for path in self.on_disk.keys().filter(|path| !self.state.files.contains_key(*path)) {
            std::fs::remove_file(self.root.join(path)).expect("a file of the site");
        }
        for (path, bytes) in self.state.files.iter().filter(|(path, bytes)| self.on_disk.get(*path) != Some(*bytes)) {
            let time = write(&self.root, path, bytes);
            self.versions.push((path.clone(), bytes.clone(), time));
        }
        let edited = self.on_disk != self.state.files;
        self.on_disk.clone_from(&self.state.files);
        edited
    }

    /// Builds the present state in a new folder, unless that was done just before.
    fn freeze(&mut self) {
        if self.cold.as_ref().is_none_or(|cold| cold.state != self.state) {
            let folder = self.copy();
            let said = run(folder.path(), &self.state.flags, &["build"]);
            let output = tree::read_if_there(&folder.path().join("public"));
            self.cold = Some(Cold { state: self.state.clone(), said, output });
        }
    }

    /// The files of the site, and nothing else, in a new folder.
    fn copy(&self) -> TempDir {
        let folder = tree::in_memory();
        for (path, bytes) in &self.state.files {
            write(folder.path(), path, bytes);
        }
        folder
    }

    fn expect_equal(&self, warm: &Said, cold: &Said) {
        let pairs = [("stdout", &warm.stdout, &cold.stdout), ("stderr", &warm.stderr, &cold.stderr)];
        for (name, warm, cold) in pairs.into_iter().filter(|(_, warm, cold)| warm != cold) {
            let one = |text: &str| Files::from([(name.to_owned(), text.as_bytes().to_owned())]);
            self.expect_none(tree::differences(&one(warm), &one(cold)), "the words differ from those of a cold build");
        }
        if (warm.status, warm.counts.is_some()) != (cold.status, cold.counts.is_some()) {
            self.fail(&format!("the status is {:?}, that of a cold build {:?}", warm.status, cold.status));
        }
    }

    fn expect_none(&self, differences: Vec<String>, what: &str) {
        if !differences.is_empty() {
            let first = differences[..differences.len().min(10)].join("\n");
            self.fail(&format!("{what}; {} differences:\n{first}", differences.len()));
        }
    }

    fn fail(&self, what: &str) -> ! {
        let step = self.log.len() - 1;
        let lines = self.log.iter().enumerate().skip(self.log.len().saturating_sub(10));
        let log: String = lines.map(|(at, line)| format!("  {at}. {line}\n")).collect();
        panic!("seed {}, step {step}: {what}\nthe last edits:\n{log}with {:?}", self.seed, self.state.flags);
    }
}

/// The list of files in the output; it may be written anew with the same bytes.
const MANIFEST: &str = ".nianbao-manifest";

/// Runs a command in the folder of a site.
fn run(root: &Path, flags: &Flags, arguments: &[&str]) -> Said {
    let mut command = nianbao(root);
    command.args(arguments).args(["--today", flags.today, "--lang", flags.language, "--format", flags.format]);
    command.args(flags.drafts.then_some("--drafts")).args(flags.deny.then_some("--deny=warnings"));
    if let Some(url) = flags.base_url.filter(|_| arguments[0] == "build") {
        command.args(["--base-url", url]);
    }
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*root.to_string_lossy(), "[ROOT]");
    let stderr = text(&output.stderr);
    let (told, words): (Vec<&str>, Vec<&str>) = stderr.lines().partition(|line| counts(line).is_some());
    let words = words.iter().map(|line| timeless(line) + "\n").collect();
    let counts = told.first().and_then(|line| counts(line));
    Said { status: output.status.code(), stdout: text(&output.stdout), stderr: words, counts }
}

/// The counts of the line that tells them.
fn counts(line: &str) -> Option<[usize; 3]> {
    let (_, counts) = line.split_once("`: ").or_else(|| line.split_once("`：写入"))?;
    let numbers: Vec<usize> = counts.split(|c: char| !c.is_ascii_digit()).filter_map(|one| one.parse().ok()).collect();
    numbers.try_into().ok().filter(|_| line.starts_with('`'))
}

/// The line that tells the size of the site, without the time it took.
fn timeless(line: &str) -> String {
    let cut = line.find(" MB in ").or_else(|| line.find(" MB，用时"));
    cut.map_or(line, |at| &line[..at]).to_owned()
}

/// Writes a file of a site; gives its time.
fn write(root: &Path, path: &str, bytes: &[u8]) -> SystemTime {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a new folder");
    std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    path.metadata().and_then(|metadata| metadata.modified()).expect("a time")
}

/// When the files and folders below a folder were written.
fn stamps(folder: &Path) -> BTreeMap<String, SystemTime> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let stamp = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
        (path, std::fs::symlink_metadata(entry.path()).and_then(|metadata| metadata.modified()).expect("a time"))
    };
    entries.map(stamp).collect()
}

/// Files whose time changed, among those that matter.
fn moved(
    before: &BTreeMap<String, SystemTime>,
    after: &BTreeMap<String, SystemTime>,
    matters: impl Fn(&str) -> bool,
) -> Vec<String> {
    let moved = after.iter().filter(|(path, time)| before.get(*path).is_some_and(|former| former != *time));
    moved.map(|(path, _)| path.clone()).filter(|path| matters(path)).collect()
}

/// Numbers that look random and follow from a seed (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below the limit.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// One of a list that may be empty.
    fn pick_from<T>(&mut self, mut list: Vec<T>) -> Option<T> {
        if list.is_empty() { None } else { Some(list.swap_remove(self.below(list.len()))) }
    }
}
