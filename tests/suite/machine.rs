//! What the machine may refuse: space, writing, a folder for oneself. A build that is refused says what and where, and leaves
//! the former site; what is only kept to be quicker next time never stops one.
//!
//! Disks of a few megabytes are mounted for this, as root or in a namespace where everybody is root; where neither can
//! be, these tests fail.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::project::{TODAY, nianbao};
use crate::tree;

/// Names the folder of a test that runs where it may mount.
const INSIDE: &str = "NIANBAO_TEST_MOUNTS_IN";

/// Runs a test of this module where it may mount file systems, which go when it ends.
fn mounting(name: &str, test: impl FnOnce(&Path)) {
    if let Some(folder) = std::env::var_os(INSIDE) {
        return test(Path::new(&folder));
    }
    // Out here, where it can be removed: nothing is mounted in it any more.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let may_mount = |option: &&str| {
        let tried = Command::new("unshare").args([option, "mount", "-t", "tmpfs", "none", "/tmp"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    let option = ["-m", "-rm"].into_iter().find(may_mount);
    let option = option.expect("nothing can be mounted here: run as root, or allow `unshare --map-root-user --mount`");
    let mut command = Command::new("unshare");
    command.arg(option).arg(std::env::current_exe().expect("this program")).env(INSIDE, folder.path());
    let output = command.args(["--exact", &format!("machine::{name}"), "--nocapture"]).output().expect("unshare");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && stdout.contains("1 passed"), "{stdout}\n{stderr}");
}

#[track_caller]
fn mount(arguments: &[&str], at: &Path) {
    let output = Command::new("mount").args(arguments).arg(at).output().expect("mount");
    assert!(output.status.success(), "mount {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A new disk in a folder.
fn disk(folder: &Path, size: &str) -> PathBuf {
    let folder = folder.join("disk");
    std::fs::create_dir(&folder).expect("a new folder");
    mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "none"], &folder);
    folder
}

/// Fills a disk until so many bytes are left.
fn fill(disk: &Path, left: u64) {
    let filler = disk.join("filler");
    let _ = std::fs::remove_file(&filler);
    let state = rustix::fs::statvfs(disk).expect("a disk");
    let free = state.f_bavail * state.f_frsize;
    assert!(free > left, "{free} bytes are free, {left} should stay");
    std::fs::write(&filler, vec![0; (free - left) as usize]).expect("there is room");
}

/// Six townships and an attachment of half a megabyte.
fn write_site(root: &Path, title: &str) {
    let write = |path: &str, text: &str| {
        let path = root.join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a new folder");
        std::fs::write(path, text).expect("there is room");
    };
    write("site.toml", &format!("title = \"{title}\"\n"));
    write("indicators.toml", "[beds]\nname = \"床位数\"\nunit = \"张\"\npolarity = \"higher\"\n");
    let names = (0..6).map(|at| format!("[42900610{at}]\nname = \"第{at}镇\"\n"));
    write("regions.toml", &names.collect::<String>());
    for at in 0..6 {
        let head = format!("title = \"工作总结\"\nregion = \"42900610{at}\"\nperiod = \"2021\"\ndate = 2022-01-01\n");
        let text = format!("+++\n{head}\n[metrics]\nbeds = \"1{at}5张\"\n+++\n床位数1{at}5张，见[附件](附件.csv)。\n");
        write(&format!("42900610{at}/2021.md"), &text);
        write(&format!("42900610{at}/附件.csv"), &"甲,乙\n".repeat(10_000));
    }
}

fn build(root: &Path, arguments: &[&str]) -> Output {
    start(root, arguments).wait_with_output().expect("a status")
}

fn start(root: &Path, arguments: &[&str]) -> std::process::Child {
    let mut command = nianbao(root);
    command.args(["build", "--quiet", "--format", "short", "--lang", "en", "--today", TODAY]).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

type Files = BTreeMap<String, Vec<u8>>;

/// What a build of a title from nothing makes.
fn cold(title: &str, arguments: &[&str]) -> Files {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_site(folder.path(), title);
    let output = build(folder.path(), &[arguments, &["--output", "public"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree::read(&folder.path().join("public"))
}

#[track_caller]
fn expect_site(output: &Path, should: &Files) {
    assert_eq!(tree::differences(&tree::read(output), should), [""; 0]);
}

/// A build with status 2, a message that holds all words, and the former site still there.
#[track_caller]
fn expect_refusal(run: &Output, words: &[&str], output: &Path, former: &Files) {
    let stderr = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{stderr}");
    for word in words {
        assert!(stderr.contains(word), "no `{word}` in: {stderr}");
    }
    expect_site(output, former);
}

/// What a build left beside its output that is no lock and nothing to be quicker with.
fn litter(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".nianbao-new") || name.ends_with(".nianbao-old")).collect()
}

/// Titles in turn, so that every build has all pages to write.
const TITLES: [&str; 2] = ["甲", "乙"];

/// Builds with less and less room on a disk; each goes through or leaves the former site, and with room again all is well.
fn shrink(root: &Path, disk: &Path, arguments: &[&str]) {
    let sites = TITLES.map(|title| cold(title, &[]));
    let output = disk.join("public");
    write_site(root, TITLES[0]);
    let first = build(root, arguments);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let (mut now, mut refused, mut built) = (0, 0, 0);
    for left in [1600, 800, 500, 400, 300, 250, 200, 150, 100, 60, 30, 12, 4, 0].map(|kilobytes| kilobytes * 1024) {
        let _ = std::fs::remove_file(disk.join("filler"));
        let next = 1 - now;
        write_site(root, TITLES[next]);
        fill(disk, left);
        let run = build(root, arguments);
        if run.status.success() {
            built += 1;
            now = next;
            expect_site(&output, &sites[now]);
        } else {
            refused += 1;
            expect_refusal(&run, &["No space left", "`", "public"], &output, &sites[now]);
        }
        assert_eq!(litter(disk), [""; 0]);
    }
    assert!(built > 0 && refused > 3, "{built} built, {refused} refused");
    std::fs::remove_file(disk.join("filler")).expect("the filler");
    write_site(root, TITLES[1 - now]);
    let run = build(root, arguments);
    assert!(run.status.success(), "there is room again: {}", String::from_utf8_lossy(&run.stderr));
    expect_site(&output, &sites[1 - now]);
}

#[test]
fn a_full_disk_under_the_output_leaves_the_former_site() {
    mounting("a_full_disk_under_the_output_leaves_the_former_site", |folder| {
        let disk = disk(folder, "8m");
        let output = disk.join("public");
        let site = folder.join("site");
        std::fs::create_dir(&site).expect("a new folder");
        shrink(&site, &disk, &["--output", &output.to_string_lossy()]);
    });
}

#[test]
fn a_full_disk_under_the_whole_site_leaves_the_former_output() {
    mounting("a_full_disk_under_the_whole_site_leaves_the_former_output", |folder| {
        let disk = disk(folder, "12m");
        shrink(&disk, &disk, &[]);
    });
}

/// The folder of the site, where a cache may lie, is full; the output lies elsewhere and can be written.
#[test]
fn a_full_disk_under_the_sources_does_not_stop_a_build() {
    mounting("a_full_disk_under_the_sources_does_not_stop_a_build", |folder| {
        let disk = disk(folder, "8m");
        let output = folder.join("public");
        let to = ["--output", &*output.to_string_lossy()];
        for (title, left) in [("甲", 2_000_000), ("乙", 4096), ("甲", 0), ("乙", 0)] {
            let _ = std::fs::remove_file(disk.join("filler"));
            write_site(&disk, title);
            fill(&disk, left);
            let run = build(&disk, &to);
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            expect_site(&output, &cold(title, &[]));
        }
    });
}

#[test]
fn a_disk_without_room_for_more_files_leaves_the_former_site() {
    mounting("a_disk_without_room_for_more_files_leaves_the_former_site", |folder| {
        let disk = folder.join("disk");
        std::fs::create_dir(&disk).expect("a new folder");
        mount(&["-t", "tmpfs", "-o", "nr_inodes=300", "none"], &disk);
        let (output, site) = (disk.join("public"), folder.join("site"));
        let to = ["--output", &*output.to_string_lossy()];
        write_site(&site, TITLES[0]);
        assert!(build(&site, &to).status.success());
        let filler = |at| disk.join(format!("filler{at}"));
        let taken = (0..).take_while(|at| std::fs::write(filler(*at), "").is_ok()).count();
        write_site(&site, TITLES[1]);
        // Without room for the lock, the stage, and the files in it.
        for free in [0, 1, 20] {
            (0..free).for_each(|at| drop(std::fs::remove_file(filler(taken - 1 - at))));
            expect_refusal(&build(&site, &to), &["No space left", "public"], &output, &cold(TITLES[0], &[]));
        }
        assert_eq!(litter(&disk), [""; 0]);
    });
}

#[test]
fn a_disk_that_cannot_be_written_leaves_the_former_site() {
    mounting("a_disk_that_cannot_be_written_leaves_the_former_site", |folder| {
        let (disk, output) = (disk(folder, "12m"), folder.join("disk/public"));
        let sites = TITLES.map(|title| cold(title, &[]));
        write_site(&disk, TITLES[0]);
        assert!(build(&disk, &[]).status.success());
        // The output alone.
        write_site(&disk, TITLES[1]);
        mount(&["--bind", &output.to_string_lossy()], &output);
        mount(&["-o", "remount,bind,ro"], &output);
        expect_refusal(&build(&disk, &[]), &["public", "Read-only file system"], &output, &sites[0]);
        assert!(Command::new("umount").arg(&output).status().expect("umount").success());
        // The whole site, with its output and with another.
        mount(&["-o", "remount,bind,ro"], &disk);
        expect_refusal(&build(&disk, &[]), &["public", "Read-only file system"], &output, &sites[0]);
        let elsewhere = folder.join("elsewhere");
        for _ in 0..2 {
            let run = build(&disk, &["--output", &elsewhere.to_string_lossy()]);
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            expect_site(&elsewhere, &sites[1]);
        }
        mount(&["-o", "remount,bind,rw"], &disk);
        assert!(build(&disk, &[]).status.success(), "it can be written again");
        expect_site(&output, &sites[1]);
    });
}

/// Modes bind everybody but root, who becomes nobody for this.
#[test]
fn a_folder_of_somebody_else_leaves_the_former_site() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    let output = site.join("public");
    let is_root = folder.path().metadata().expect("a folder").uid() == 0;
    let set_mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a folder of ours");
    };
    // A copy of the program, as nobody may be kept from the folder it lies in.
    let program = folder.path().join("nianbao");
    std::fs::copy(env!("CARGO_BIN_EXE_nianbao"), &program).expect("a copy");
    let build_as_nobody = |to: &Path| {
        let mut command = match is_root {
            true => Command::new("setpriv"),
            false => Command::new("env"),
        };
        if is_root {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        command.arg(&program).args(["build", "--quiet", "--lang", "en", "--today", TODAY, "--output"]).arg(to);
        command.current_dir(&site).output().expect("setpriv, or env")
    };
    let sites = TITLES.map(|title| cold(title, &[]));
    write_site(&site, TITLES[0]);
    assert!(build(&site, &[]).status.success());
    write_site(&site, TITLES[1]);
    set_mode(folder.path(), 0o755);
    set_mode(&site, 0o555);
    expect_refusal(&build_as_nobody(&output), &["public", "Permission denied"], &output, &sites[0]);
    // What nobody may write to lies elsewhere.
    let elsewhere = folder.path().join("open");
    std::fs::create_dir(&elsewhere).expect("a new folder");
    set_mode(&elsewhere, 0o777);
    for _ in 0..2 {
        let run = build_as_nobody(&elsewhere.join("public"));
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        expect_site(&elsewhere.join("public"), &sites[1]);
    }
    set_mode(&site, 0o755);
}

/// How often two builds start at once.
const ROUNDS: usize = 8;

#[test]
fn of_two_builds_of_one_output_one_may_be_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sites = TITLES.map(|title| cold(title, &[]));
    for round in 0..ROUNDS {
        let title = TITLES[round % 2];
        write_site(folder.path(), title);
        let runs = [start(folder.path(), &[]), start(folder.path(), &[])];
        let runs = runs.map(|run| run.wait_with_output().expect("a status"));
        assert!(runs.iter().any(|run| run.status.success()), "one of two goes through");
        for run in runs.iter().filter(|run| !run.status.success()) {
            let words = ["another build is writing to `./public`", "wait until it has finished"];
            expect_refusal(run, &words, &folder.path().join("public"), &sites[round % 2]);
        }
        expect_site(&folder.path().join("public"), &sites[round % 2]);
        assert_eq!(litter(folder.path()), [""; 0]);
    }
}

#[test]
fn two_builds_of_two_outputs_go_through_together() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let other = ["--base-url", "https://example.org/"];
    let sites = TITLES.map(|title| [cold(title, &[]), cold(title, &other)]);
    for round in 0..ROUNDS {
        write_site(folder.path(), TITLES[round % 2]);
        let to_b = [&other[..], &["--output", "b"]].concat();
        let runs = [start(folder.path(), &["--output", "a"]), start(folder.path(), &to_b)];
        for (run, (name, should)) in runs.into_iter().zip(["a", "b"].into_iter().zip(&sites[round % 2])) {
            let run = run.wait_with_output().expect("a status");
            assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
            expect_site(&folder.path().join(name), should);
        }
    }
}

#[test]
fn a_full_disk_under_a_bundle_leaves_the_former_one() {
    mounting("a_full_disk_under_a_bundle_leaves_the_former_one", |folder| {
        let (disk, site) = (disk(folder, "12m"), folder.join("site"));
        let zip = disk.join("a.zip");
        let pack = || {
            let mut command = nianbao(&site);
            command.args(["pack", "--quiet", "--lang", "en", "--today", TODAY, "--output"]).arg(&zip);
            command.output().expect("the program starts")
        };
        write_site(&site, TITLES[0]);
        let first = pack();
        assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
        let former = std::fs::read(&zip).expect("a zip");
        write_site(&site, TITLES[1]);
        // The room goes while the site is built, then while it is packed: a build takes most of it.
        let (mut refused, mut made) = (0, 0);
        for left in [0, 100, 1000, 2000, 3000, 3500, 4000, 4500, 5000, 6000].map(|kilobytes| kilobytes * 1024) {
            fill(&disk, left);
            let run = pack();
            let stderr = String::from_utf8_lossy(&run.stderr);
            if run.status.success() {
                made += 1;
            } else {
                refused += 1;
                assert_eq!(run.status.code(), Some(2), "{stderr}");
                assert!(stderr.contains("No space left") && stderr.contains("disk"), "{stderr}");
                assert!(std::fs::read(&zip).expect("a zip") == former || made > 0, "the former bundle stays");
            }
            let names = std::fs::read_dir(&disk).expect("a disk").map(|entry| entry.expect("an entry").file_name());
            let names: Vec<_> = names.filter(|name| name != "a.zip" && name != "filler").collect();
            assert!(names.is_empty(), "{names:?} is left with {left} bytes free");
        }
        assert!(refused > 2 && made > 0, "{refused} refused, {made} made");
    });
}
