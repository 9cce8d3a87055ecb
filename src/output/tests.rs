//! Builds into temporary folders, cut short at every step they take.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use super::*;

const OLD: &[&str] = &["a/index.html old", "b/index.html same", "c/d/e.html gone", "style.css 1"];
const NEW: &[&str] = &["a/index.html new", "b/index.html same", "f/g.html fresh", "style.css 1"];

/// A temporary folder in which `public` is the output.
struct World {
    root: tempfile::TempDir,
}

impl World {
    fn new() -> World {
        World { root: tempfile::tempdir().expect("the system has room for tests") }
    }

    /// A world with a site of ours.
    fn with(files: &[&str]) -> World {
        let world = World::new();
        world.build(files).expect("nothing is in the way");
        world
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.dir().join(path)
    }

    fn build(&self, files: &[&str]) -> Result<Summary> {
        build(Output::open(&self.dir())?, files)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it lies in the output")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// What is in the output, as `path text`, `path -> target` or `path/` for an empty folder; nothing if there is none.
    fn site(&self) -> Vec<String> {
        list(&self.dir()).into_iter().filter(|line| !line.starts_with(manifest::NAME)).collect()
    }

    /// Asserts what is in the output, and that nothing lies beside it.
    fn check(&self, expected: &[&str]) {
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(self.site(), expected);
        let beside: Vec<_> =
            fs::read_dir(self.root.path()).expect("readable").map(|e| e.expect("readable").file_name()).collect();
        assert!(beside.iter().all(|name| name == "public"), "{beside:?}");
    }

    fn conflicts(&self, files: &[&str]) -> Vec<String> {
        let output = Output::open(&self.dir()).expect("an output");
        put(&output, files).expect("room");
        let planned: Vec<&str> = files.iter().map(|file| split(file).0).collect();
        let found = output.foreign_conflicts(&planned);
        assert_eq!(found.is_empty(), output.commit().is_ok());
        found.iter().map(|Conflict { path, with, kind }| format!("{path} {} {kind:?}", with.display())).collect()
    }
}

fn split(file: &str) -> (&str, &str) {
    file.split_once(' ').expect("a path and a text")
}

fn put(output: &Output, files: &[&str]) -> Result<()> {
    files.par_iter().map(|file| split(file)).try_for_each(|(path, text)| output.put(path, text.as_bytes()).map(drop))
}

fn build(output: Output, files: &[&str]) -> Result<Summary> {
    put(&output, files)?;
    output.commit()
}

fn list(root: &Path) -> Vec<String> {
    let Ok(tree) = foreign::walk(root) else { return Vec::new() };
    let files = tree.files.iter().map(|file| {
        let full = root.join(&file.path);
        match fs::read_link(&full) {
            Ok(target) => format!("{} -> {}", file.path.display(), target.display()),
            Err(_) => format!("{} {}", file.path.display(), fs::read_to_string(&full).expect("text")),
        }
    });
    let empty = tree.folders.iter().filter(|folder| folder.empty).map(|folder| format!("{}/", folder.path.display()));
    let mut lines: Vec<String> = files.chain(empty).collect();
    lines.sort();
    lines
}

/// Times and numbers of everything in a folder, its own included.
fn stamps(root: &Path) -> Vec<(PathBuf, u64, SystemTime)> {
    let tree = foreign::walk(root).expect("readable");
    let paths = tree.files.into_iter().map(|file| file.path).chain(tree.folders.into_iter().map(|folder| folder.path));
    let stamp = |path: PathBuf| {
        let metadata = root.join(&path).symlink_metadata().expect("there");
        (path, metadata.ino(), metadata.modified().expect("a time"))
    };
    let mut stamps: Vec<_> = paths.map(stamp).collect();
    stamps.sort();
    stamps
}

fn summary(files: usize, written: usize, unchanged: usize, removed: usize) -> [usize; 4] {
    [files, written, unchanged, removed]
}

fn counts(result: Result<Summary>) -> [usize; 4] {
    let Summary { files, written, unchanged, removed, .. } = result.expect("a build");
    summary(files, written, unchanged, removed)
}

#[test]
fn builds_into_a_new_folder_and_creates_those_above() {
    let world = World::new();
    let dir = world.root.path().join("public/very/deep");
    let done = build(Output::open(&dir).expect("folders"), OLD).expect("room");
    assert_eq!((done.files, done.written, done.bytes_written, done.bytes_total), (4, 4, 12, 12));
    assert_eq!(list(&dir)[1..], *OLD);
}

#[test]
fn touches_nothing_when_nothing_changed() {
    let world = World::with(OLD);
    world.write("own.txt", "own");
    let (before, above) = (stamps(&world.dir()), stamps(world.root.path()));
    assert_eq!(counts(world.build(OLD)), summary(4, 0, 4, 0));
    assert_eq!(stamps(&world.dir()), before);
    assert_eq!(stamps(world.root.path())[1..], above[1..]);
    world.check(&[OLD, &["own.txt own"]].concat());
}

#[test]
fn writes_what_changed_and_removes_what_is_planned_no_more() {
    let world = World::with(OLD);
    let same = stamps(&world.at("b"));
    assert_eq!(counts(world.build(NEW)), summary(4, 2, 2, 1));
    world.check(NEW);
    assert_eq!(stamps(&world.at("b"))[1], same[1], "an unchanged file is the same file");
    assert_eq!(counts(world.build(NEW)), summary(4, 0, 4, 0));
    assert_eq!(counts(world.build(&[])), summary(0, 0, 0, 4));
    world.check(&[]);
}

#[test]
fn equal_sites_are_equal_byte_for_byte() {
    let (one, other) = (World::with(OLD), World::with(&["x old"]));
    one.build(NEW).expect("room");
    std::thread::sleep(Duration::from_millis(20));
    other.build(NEW).expect("room");
    assert_eq!(list(&one.dir()), list(&other.dir()));
}

#[test]
fn writes_again_what_was_edited_or_deleted() {
    let world = World::with(OLD);
    world.write("a/index.html", "odl");
    fs::remove_file(world.at("style.css")).expect("there");
    assert_eq!(counts(world.build(OLD)), summary(4, 2, 2, 0));
    world.check(OLD);

    // The edit that keeps size and whole seconds, as from a backup.
    let before = world.at("a/index.html").metadata().and_then(|it| it.modified()).expect("a time");
    world.write("a/index.html", "odl");
    let file = File::options().write(true).open(world.at("a/index.html")).expect("a file");
    file.set_modified(before - Duration::from_nanos(100)).expect("a time");
    assert_eq!(counts(world.build(OLD)), summary(4, 1, 3, 0));
    world.check(OLD);
}

#[test]
fn a_touched_file_is_not_written_again() {
    let world = World::with(OLD);
    world.write("a/index.html", "old");
    let before = stamps(&world.dir());
    assert_eq!(counts(world.build(OLD)), summary(4, 0, 4, 0));
    assert_eq!(stamps(&world.dir()), before);
}

#[test]
fn keeps_what_others_put_there() {
    let world = World::with(OLD);
    world.write(".gitignore", "*");
    world.write("c/d/own.txt", "own");
    world.write("old/.git/HEAD", "main");
    fs::create_dir_all(world.at("empty/inside")).expect("a folder");
    symlink("../content", world.at("link")).expect("a link");
    symlink("nowhere", world.at("old/broken")).expect("a link");
    fs::set_permissions(world.at(".gitignore"), fs::Permissions::from_mode(0o640)).expect("ours");
    fs::set_permissions(world.dir(), fs::Permissions::from_mode(0o775)).expect("ours");
    fs::set_permissions(world.at("old/.git"), fs::Permissions::from_mode(0o550)).expect("ours");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    for path in ["old/.git/HEAD", "old/.git", "old", "empty/inside"] {
        File::open(world.at(path)).and_then(|file| file.set_modified(long_ago)).expect("ours");
    }
    let own = [".gitignore *", "c/d/own.txt own", "empty/inside/", "link -> ../content", "old/.git/HEAD main"];
    let own = [&own[..], &["old/broken -> nowhere"]].concat();

    assert_eq!(counts(world.build(NEW)), summary(4, 2, 2, 1));
    world.check(&[NEW, &own].concat());
    let mode = |path: &str| world.at(path).metadata().expect("there").mode() & 0o777;
    assert_eq!((mode(".gitignore"), mode(""), mode("old/.git")), (0o640, 0o775, 0o550));
    for path in ["old/.git/HEAD", "old/.git", "old", "empty/inside"] {
        assert_eq!(world.at(path).metadata().and_then(|it| it.modified()).expect("a time"), long_ago, "{path}");
    }
    fs::set_permissions(world.at("old/.git"), fs::Permissions::from_mode(0o750)).expect("ours");
}

#[test]
fn copies_where_links_are_refused() {
    let world = World::with(OLD);
    world.write("own.txt", "own");
    symlink("../content", world.at("link")).expect("a link");
    let times = stamps(&world.at("b"))[1].2;
    let no_links = watch(|step| match step {
        Step::Link => Err(ErrorKind::PermissionDenied.into()),
        _ => Ok(()),
    });
    let done = build(Output::open_watched(&world.dir(), no_links).expect("an output"), NEW);
    assert_eq!(counts(done), summary(4, 2, 2, 1));
    world.check(&[NEW, &["own.txt own", "link -> ../content"]].concat());
    assert_eq!(stamps(&world.at("b"))[1].2, times);
}

#[test]
fn an_edited_file_that_is_planned_no_more_stays() {
    let world = World::with(OLD);
    world.write("c/d/e.html", "mine");
    assert_eq!(counts(world.build(NEW)), summary(4, 2, 2, 0));
    world.check(&[NEW, &["c/d/e.html mine"]].concat());
    assert_eq!(counts(world.build(OLD).or(world.build(NEW))), summary(4, 0, 4, 0), "it is not ours any more");
}

#[test]
fn names_what_is_in_the_way() {
    let world = World::new();
    let conflicts = |own: &[&str], planned: &str, expected: &[&str]| {
        let _ = fs::remove_dir_all(world.dir());
        for path in own {
            match path.strip_suffix('/') {
                Some(folder) => fs::create_dir_all(world.at(folder)).expect("a folder"),
                None => world.write(path, "own"),
            }
        }
        let before = list(&world.dir());
        assert_eq!(world.conflicts(&[planned]), expected);
        if !expected.is_empty() {
            assert_eq!(list(&world.dir()), before);
        }
    };
    conflicts(&["index.html"], "index.html new", &["index.html index.html Same"]);
    conflicts(&["index.html"], "index.html own", &[]);
    conflicts(&["INDEX.html"], "index.html new", &["index.html INDEX.html Case"]);
    conflicts(&["ÉΣ.html"], "éς.html new", &[]);
    conflicts(&["ÉΣ.html"], "éσ.html new", &["éσ.html ÉΣ.html Case"]);
    conflicts(&["cafe\u{301}"], "caf\u{e9} new", &["caf\u{e9} cafe\u{301} Form"]);
    conflicts(&["reports"], "reports/a/index.html new", &["reports/a/index.html reports FileForFolder"]);
    conflicts(&["Reports/A"], "reports/a/index.html new", &["reports/a/index.html Reports/A FileForFolder"]);
    conflicts(&["a/b/z", "a/b/c"], "a new", &["a a/b/c FolderForFile"]);
    conflicts(&["a/b/"], "a/b new", &["a/b a/b FolderForFile"]);
    conflicts(&["a/b/c.html", "d/"], "a/b/d.html new", &[]);
}

#[test]
fn a_link_or_folder_in_place_of_our_file_is_in_the_way() {
    let world = World::with(OLD);
    fs::remove_file(world.at("style.css")).expect("there");
    symlink("../style.css", world.at("style.css")).expect("a link");
    assert_eq!(world.conflicts(OLD), ["style.css style.css Same"]);
    fs::remove_file(world.at("style.css")).expect("there");
    world.write("style.css/own", "own");
    assert_eq!(world.conflicts(OLD), ["style.css style.css/own FolderForFile"]);
}

#[test]
fn without_its_manifest_a_site_is_adopted_as_far_as_it_is_the_same() {
    let spoil: [&dyn Fn(&Path); 4] = [
        &|path| fs::remove_file(path).expect("there"),
        &|path| fs::write(path, "no manifest").expect("ours"),
        &|path| {
            let text = fs::read_to_string(path).expect("there");
            let cut = text.trim_end().rfind('\n').expect("more than one line");
            fs::write(path, &text[..=cut]).expect("ours");
        },
        &|path| {
            let text = fs::read_to_string(path).expect("there");
            fs::write(path, text.replace("style.css", "../style.css")).expect("ours");
        },
    ];
    for spoil in spoil {
        let world = World::with(OLD);
        spoil(&world.at(manifest::NAME));
        assert_eq!(world.conflicts(NEW), ["a/index.html a/index.html Same"]);
        assert_eq!(counts(world.build(OLD)), summary(4, 0, 4, 0));
        assert_eq!(counts(world.build(NEW)), summary(4, 2, 2, 1), "adopted files are ours");
        world.check(NEW);
    }
}

#[test]
fn copies_files_and_notes_unchanged_ones() {
    let world = World::with(OLD);
    let from = world.root.path().join("scan.pdf");
    fs::write(&from, vec![7; 200_000]).expect("room");
    let copy = || {
        let output = Output::open(&world.dir()).expect("an output");
        put(&output, OLD).expect("room");
        output.copy("files/scan.pdf", &from).expect("room");
        output.commit()
    };
    assert_eq!(counts(copy()), summary(5, 1, 4, 0));
    assert_eq!(fs::read(world.at("files/scan.pdf")).expect("there"), vec![7; 200_000]);
    assert_eq!(counts(copy()), summary(5, 0, 5, 0));
    let missing =
        Output::open(&world.dir()).expect("an output").copy("x.pdf", &world.at("no.pdf")).expect_err("missing");
    assert_eq!((missing.action, missing.path), (Action::Read, world.at("no.pdf")));
}

#[test]
fn follows_a_link_to_the_output() {
    let world = World::new();
    let real = world.root.path().join("public/real");
    fs::create_dir_all(&real).expect("a folder");
    symlink("public/real", world.root.path().join("link")).expect("a link");
    build(Output::open(&world.root.path().join("link")).expect("an output"), OLD).expect("room");
    assert_eq!(list(&real)[1..], *OLD);
    assert!(world.root.path().join("link").is_symlink());
}

#[test]
fn refuses_unsafe_paths() {
    let world = World::new();
    let output = Output::open(&world.dir()).expect("an output");
    let bad =
        ["", "/a", "a//b", "a/", "../a", "a/../b", "./a", "a\\b", "a\nb", "a\0", manifest::NAME, ".Nianbao-Manifest/a"];
    for path in bad {
        assert!(!is_safe(path), "{path:?}");
        assert_eq!(output.put(path, b"x").expect_err("unsafe").cause.kind(), ErrorKind::InvalidInput, "{path:?}");
    }
    for path in ["a", "a/b.html", ".htaccess", "...", "年报/卫生.html", "a b", "a/.nianbao-manifest"] {
        assert!(is_safe(path), "{path:?}");
    }
    output.put("a", b"x").expect("room");
    assert_eq!(output.put("a", b"x").expect_err("twice").cause.kind(), ErrorKind::AlreadyExists);
}

#[test]
fn refuses_what_is_no_folder() {
    let world = World::new();
    fs::write(world.dir(), "a file").expect("room");
    assert_eq!(Output::open(&world.dir()).err().map(|error| error.path), Some(world.dir()));
    assert_eq!(Output::open(Path::new("/")).err().map(|error| error.action), Some(Action::Commit));
}

#[test]
fn a_second_build_is_kept_out() {
    let world = World::with(OLD);
    let first = Output::open(&world.dir()).expect("an output");
    put(&first, NEW).expect("room");
    assert_eq!(Output::open(&world.dir()).err().map(|error| error.action), Some(Action::Lock));
    first.commit().expect("the second did no harm");
    world.check(NEW);
    drop(Output::open(&world.dir()).expect("free again"));
}

#[test]
fn dropped_without_commit_leaves_the_site() {
    let world = World::with(OLD);
    let before = stamps(&world.dir());
    let output = Output::open(&world.dir()).expect("an output");
    put(&output, NEW).expect("room");
    drop(output);
    assert_eq!(stamps(&world.dir()), before);
    world.check(OLD);
}

#[test]
fn a_full_disk_leaves_the_site() {
    let world = World::with(OLD);
    for full in [Step::Write, Step::Link, Step::Finish, Step::Flush] {
        let steps = watch(move |step| if step == full { Err(ErrorKind::StorageFull.into()) } else { Ok(()) });
        let error = build(Output::open_watched(&world.dir(), steps).expect("an output"), NEW).expect_err("full");
        assert_eq!(error.cause.kind(), ErrorKind::StorageFull);
        assert!(error.path.starts_with(world.dir()));
        world.check(OLD);
    }
}

#[test]
fn a_mount_point_is_explained() {
    let world = World::with(OLD);
    let steps = watch(|step| if step == Step::Exchange { Err(ErrorKind::ResourceBusy.into()) } else { Ok(()) });
    let error = build(Output::open_watched(&world.dir(), steps).expect("an output"), NEW).expect_err("busy");
    assert_eq!((error.action, error.cause.kind()), (Action::Commit, ErrorKind::CrossesDevices));
    world.check(OLD);
}

fn watch(act: impl Fn(Step) -> io::Result<()> + Send + Sync + 'static) -> Steps {
    Steps { watch: Some(Arc::new(act)) }
}

/// How a build is cut short.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Cut {
    /// One step is refused; the build gives up in order.
    Failure,
    /// This step and all after it do not happen, as if the process was gone.
    Kill,
}

/// How the system exchanges folders.
#[derive(Clone, Copy, PartialEq, Debug)]
enum System {
    Exchanges,
    OnlyRenames,
}

/// What others put into the output.
const OWN: &[&str] = &["c/own.txt own", ".keep x", "z/own.txt own"];

#[test]
fn a_build_cut_short_leaves_the_old_site_or_the_new_one() {
    let sites = [OLD, NEW].map(|files| {
        let world = World::with(files);
        OWN.iter().map(|own| split(own)).for_each(|(path, text)| world.write(path, text));
        list(&world.dir())
    });
    for cut in [Cut::Failure, Cut::Kill] {
        for system in [System::Exchanges, System::OnlyRenames] {
            let mut at = 0;
            while cut_at(at, cut, system, &sites) {
                at += 1;
            }
            assert!(at > 15, "{cut:?} {system:?}: only {at} steps");
        }
    }
}

/// Cuts a build from the old site to the new one at its `at`th step, and the recovery after a kill at one of its first;
/// asserts that at every step the output is one or the other, with what others put there, and that the next build puts
/// all in order. Gives whether there was such a step.
fn cut_at(at: usize, cut: Cut, system: System, sites: &[Vec<String>; 2]) -> bool {
    let world = World::with(OLD);
    OWN.iter().map(|own| split(own)).for_each(|(path, text)| world.write(path, text));
    let taken = Arc::new(AtomicUsize::new(0));
    let steps = |at: usize| {
        let (dir, sites, taken) = (world.dir(), sites.clone(), taken.clone());
        taken.store(0, Ordering::SeqCst);
        watch(move |step| {
            assert_whole(&dir, &sites, system);
            let now = taken.fetch_add(1, Ordering::SeqCst);
            match cut {
                Cut::Failure if now == at => Err(io::Error::other("refused")),
                Cut::Kill if now >= at => Err(io::Error::other("gone")),
                _ if step == Step::Exchange && system == System::OnlyRenames => Err(ErrorKind::Unsupported.into()),
                _ => Ok(()),
            }
        })
    };

    let _ = Output::open_watched(&world.dir(), steps(at)).and_then(|output| build(output, NEW));
    let reached = taken.load(Ordering::SeqCst) > at;
    if cut == Cut::Kill {
        assert_whole(&world.dir(), sites, system);
        // The next build is killed as well, while it recovers.
        let _ = Output::open_watched(&world.dir(), steps(at % 5));
        assert_whole(&world.dir(), sites, system);
    } else {
        assert_whole(&world.dir(), sites, System::Exchanges);
    }

    drop(Output::open(&world.dir()).expect("order is restored"));
    let files = if list(&world.dir()) == sites[0] { OLD } else { NEW };
    world.check(&[files, OWN].concat());
    world.build(NEW).expect("nothing is in the way");
    world.check(&[NEW, OWN].concat());
    reached
}

/// Where folders cannot be exchanged, there may be no site for a moment.
fn assert_whole(dir: &Path, [old, new]: &[Vec<String>; 2], system: System) {
    let now = list(dir);
    let gap = system == System::OnlyRenames && !dir.exists();
    assert!(gap || now == *old || now == *new, "neither the old site nor the new one: {now:#?}");
}

#[test]
fn what_others_put_there_during_the_commit_moves_over() {
    let world = World::with(OLD);
    let late = world.at("late/own.txt");
    let steps = watch(move |step| {
        if step == Step::Exchange {
            fs::create_dir_all(late.parent().expect("a folder")).and_then(|()| fs::write(&late, "own"))?;
        }
        Ok(())
    });
    build(Output::open_watched(&world.dir(), steps).expect("an output"), NEW).expect("room");
    world.check(&[NEW, &["late/own.txt own"]].concat());
}
