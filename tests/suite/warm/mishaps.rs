//! What happens to a site besides edits: times that lie, remains of former builds that are lost, damaged or of another day,
//! hands in the output, and other commands in between. What is built stays the same, or changes behind the back of its time.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Files, MANIFEST, Walk, edits, run, write};
use crate::tree;

/// One mishap; `None` when it cannot happen now.
type Mishap = fn(&mut Walk) -> Option<String>;

/// What happens to the files of a site and to its output.
const MISHAPS: [Mishap; 13] = [
    touch,
    touch_all,
    older_version,
    same_size_and_time,
    site_moved,
    page_lost,
    page_edited,
    page_edited,
    folder_lost,
    manifest_lost,
    foreign_file,
    other_output,
    check,
];

/// What happens to the remains of former builds.
const OF_REMAINS: [Mishap; 6] = [
    remains_lost,
    remains_damaged,
    remains_damaged,
    remains_of_another_day,
    remains_of_another_day,
    remains_of_another_place,
];

/// Lets one happen; remains that are wrong may have an edit on top.
pub(super) fn mishap(walk: &mut Walk) -> String {
    let of_remains = walk.random.one_in(2);
    let mut done = loop {
        let act = if of_remains { walk.random.pick(&OF_REMAINS) } else { walk.random.pick(&MISHAPS) };
        if let Some(done) = act(walk) {
            break done;
        }
    };
    if of_remains && walk.random.one_in(2) {
        done = format!("{done}; {}", edits::edit(&mut walk.state, &mut walk.random));
    }
    done
}

/// What former builds left beside the output, by path below the folder of the site.
pub(super) fn remains(root: &Path) -> Files {
    let paths = tree::files(root).into_iter().filter(|path| is_remains(path));
    paths.map(|path| (path.clone(), fs::read(root.join(path)).expect("a file"))).collect()
}

fn is_remains(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path);
    first.starts_with('.') && !first.ends_with("-lock")
}

fn remove_remains(root: &Path) {
    for entry in fs::read_dir(root).expect("a folder").map(|entry| entry.expect("an entry")) {
        if is_remains(&entry.file_name().to_string_lossy()) {
            let path = entry.path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removable");
        }
    }
}

fn set_time(path: &Path, time: SystemTime) {
    File::options().append(true).open(path).and_then(|file| file.set_modified(time)).expect("a file of ours");
}

fn touch(walk: &mut Walk) -> Option<String> {
    let path = walk.random.pick_from(walk.on_disk.keys().cloned().collect())?;
    let age = Duration::from_secs(walk.random.below(100_000) as u64);
    set_time(&walk.root.join(&path), SystemTime::now() - age);
    Some(format!("{path}: touched"))
}

fn touch_all(walk: &mut Walk) -> Option<String> {
    for path in walk.on_disk.keys() {
        set_time(&walk.root.join(path), SystemTime::now());
    }
    Some("all files touched".to_owned())
}

fn older_version(walk: &mut Walk) -> Option<String> {
    let other =
        |(path, bytes, _): &&(String, Vec<u8>, SystemTime)| walk.on_disk.get(path).is_some_and(|now| now != bytes);
    let (path, bytes, time) = walk.random.pick_from(walk.versions.iter().filter(other).cloned().collect())?;
    write(&walk.root, &path, &bytes);
    set_time(&walk.root.join(&path), time);
    walk.on_disk.insert(path.clone(), bytes.clone());
    walk.state.files.insert(path.clone(), bytes);
    Some(format!("{path}: an older version put back with its time"))
}

fn same_size_and_time(walk: &mut Walk) -> Option<String> {
    walk.sync();
    let done = edits::figure(&mut walk.state, &mut walk.random)?;
    let changed = |path: &&String| walk.on_disk.get(*path) != walk.state.files.get(*path);
    let path = walk.state.files.keys().find(changed)?.clone();
    let file = walk.root.join(&path);
    let time = file.metadata().and_then(|metadata| metadata.modified()).expect("a time");
    write(&walk.root, &path, &walk.state.files[&path]);
    set_time(&file, time);
    walk.on_disk.clone_from(&walk.state.files);
    Some(format!("{done}, with the time it had"))
}

fn site_moved(walk: &mut Walk) -> Option<String> {
    let to = walk.temporary.path().join(format!("site-{}", walk.log.len()));
    fs::rename(&walk.root, &to).expect("a folder of ours");
    walk.root = to;
    Some("the site moved to another folder".to_owned())
}

fn remains_lost(walk: &mut Walk) -> Option<String> {
    if walk.random.one_in(2) {
        remove_remains(&walk.root);
        return Some("all remains lost".to_owned());
    }
    let path = walk.random.pick_from(remains(&walk.root).into_keys().collect())?;
    fs::remove_file(walk.root.join(&path)).expect("a file of ours");
    Some(format!("{path}: lost"))
}

fn remains_damaged(walk: &mut Walk) -> Option<String> {
    let (path, mut bytes) = walk.random.pick_from(remains(&walk.root).into_iter().collect())?;
    let random = &mut walk.random;
    let how = match random.below(5) {
        0 => {
            bytes.truncate(random.below(bytes.len() + 1));
            "cut short"
        }
        1 => {
            bytes.iter_mut().for_each(|byte| *byte = random.next() as u8);
            "filled with garbage"
        }
        2 => {
            fs::remove_file(walk.root.join(&path)).expect("a file of ours");
            fs::create_dir(walk.root.join(&path)).expect("a free name");
            return Some(format!("{path}: a folder now"));
        }
        3 => {
            bytes.extend(b"\nmore");
            "longer"
        }
        _ => {
            for _ in 0..1 + random.below(8) {
                if let Some(byte) = bytes.len().checked_sub(1).map(|last| &mut bytes[random.below(last + 1)]) {
                    *byte ^= 1 << random.below(8);
                }
            }
            "some bits flipped"
        }
    };
    write(&walk.root, &path, &bytes);
    Some(format!("{path}: {how}"))
}

fn remains_of_another_day(walk: &mut Walk) -> Option<String> {
    let former = walk.random.pick_from(walk.remains.clone())?;
    remove_remains(&walk.root);
    for (path, bytes) in &former {
        write(&walk.root, path, bytes);
    }
    Some("the remains of a build some edits ago put back".to_owned())
}

fn remains_of_another_place(walk: &mut Walk) -> Option<String> {
    if walk.remains.iter().all(Files::is_empty) {
        return None;
    }
    let state = walk.past[walk.random.below(walk.past.len())].clone();
    let now = std::mem::replace(&mut walk.state, state);
    let folder = walk.copy();
    run(folder.path(), &walk.state.flags, &["build"]);
    walk.state = now;
    remove_remains(&walk.root);
    for (path, bytes) in &remains(folder.path()) {
        write(&walk.root, path, bytes);
    }
    Some("the remains of a build of a former state in another folder put here".to_owned())
}

/// A file of ours in the output; none when the next build may stop before it repairs what a hand did.
fn page(walk: &mut Walk) -> Option<String> {
    if !walk.built || walk.on_disk != walk.state.files {
        return None;
    }
    let ours = |path: &String| path != MANIFEST && !walk.foreign.contains_key(path);
    walk.random.pick_from(tree::files(&walk.root.join("public")).into_iter().filter(ours).collect())
}

fn page_lost(walk: &mut Walk) -> Option<String> {
    let path = page(walk)?;
    fs::remove_file(walk.root.join("public").join(&path)).expect("a file of ours");
    Some(format!("public/{path}: deleted"))
}

fn page_edited(walk: &mut Walk) -> Option<String> {
    let path = page(walk)?;
    let output = walk.root.join("public");
    let mut bytes = fs::read(output.join(&path)).expect("a file");
    match bytes.last_mut() {
        Some(last) if walk.random.one_in(2) => *last ^= 1,
        _ => bytes.extend("手改".as_bytes()),
    }
    // A rename: the bytes of a file that is linked to elsewhere must not change there.
    write(&output, "zz-new", &bytes);
    fs::rename(output.join("zz-new"), output.join(&path)).expect("a file of ours");
    Some(format!("public/{path}: edited by hand"))
}

fn folder_lost(walk: &mut Walk) -> Option<String> {
    page(walk)?;
    let folders = ["", "reports", "indicators", "static", "data"];
    let folder = walk.root.join("public").join(walk.random.pick(&folders));
    let shown = folder.strip_prefix(&walk.root).expect("below the site").to_string_lossy().into_owned();
    fs::remove_dir_all(&folder).ok()?;
    let lost = |path: &String| !walk.root.join("public").join(path).exists();
    let gone: Vec<String> = walk.foreign.keys().filter(|path| lost(path)).cloned().collect();
    gone.iter().for_each(|path| drop(walk.foreign.remove(path)));
    Some(format!("{shown}: deleted"))
}

fn manifest_lost(walk: &mut Walk) -> Option<String> {
    page(walk)?;
    let manifest = walk.root.join("public").join(MANIFEST);
    match walk.random.one_in(2) {
        true => fs::remove_file(manifest),
        false => fs::write(manifest, "nianbao-manifest 1 0\n"),
    }
    .expect("a file of ours");
    Some("the manifest lost".to_owned())
}

fn foreign_file(walk: &mut Walk) -> Option<String> {
    let folder = walk.random.pick(&["zz", "reports/429006", "data", "."]);
    let path = format!("{folder}/笔记{}.txt", walk.log.len()).trim_start_matches("./").to_owned();
    write(&walk.root.join("public"), &path, b"notes");
    walk.foreign.insert(path.clone(), b"notes".to_vec());
    Some(format!("public/{path}: somebody else's"))
}

fn other_output(walk: &mut Walk) -> Option<String> {
    walk.sync();
    let mut flags = walk.state.flags.clone();
    flags.today = walk.random.pick(&["2026-01-01", "2026-04-01", "2027-01-01"]);
    flags.base_url = walk.random.pick(&[None, Some("https://example.com/other/")]);
    flags.drafts = walk.random.one_in(2);
    let cold = walk.copy();
    let said = run(&walk.root, &flags, &["build", "--output", "other"]);
    let from_nothing = run(cold.path(), &flags, &["build", "--output", "other"]);
    walk.log.push(format!("built to another folder with {flags:?}"));
    walk.expect_equal(&said, &from_nothing);
    if said.counts.is_some() {
        let (is, should) = (tree::read(&walk.root.join("other")), tree::read(&cold.path().join("other")));
        walk.expect_none(tree::differences(&is, &should), "the other output differs from that of a cold build");
    }
    walk.log.pop()
}

fn check(walk: &mut Walk) -> Option<String> {
    walk.sync();
    let cold = walk.copy();
    walk.log.push("checked".to_owned());
    walk.expect_equal(
        &run(&walk.root, &walk.state.flags, &["check"]),
        &run(cold.path(), &walk.state.flags, &["check"]),
    );
    walk.log.pop()
}
