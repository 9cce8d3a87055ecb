//! The door to git. The program itself is asked, so that whatever the repository is made of (worktrees, packs, partial
//! clones) is read as git reads it. Only reading commands are run.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Component, Path};
use std::process::{Command, Output, Stdio};

use super::{Extent, Fate, Fault, Note, is_text, write};
use crate::error::{Action, Error};
use crate::fs;
use crate::hash::Hash;

/// Texts above this many bytes are none; the longest report there is has a hundredth of it.
const LARGEST: u64 = 32 << 20;

/// Links of links are followed so often.
const HOPS: usize = 8;

/// The whole hash of the commit a name stands for.
pub(super) fn resolve(root: &Path, name: &str) -> Result<String, Fault> {
    let unknown = |near| Fault::Unknown(name.to_owned(), near);
    // The folder a repository is looked for from must be there; git's own words for that are about `-C`.
    if !root.is_dir() {
        return Err(Fault::NoRepository(root.to_owned()));
    }
    said(root, &["rev-parse", "--git-dir"])?;
    if name.is_empty() || name.starts_with('-') {
        return Err(unknown(Vec::new()));
    }
    let output = run(root, &["rev-parse", "--verify", &format!("{name}^{{commit}}")])?;
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    let words = text(&output.stderr);
    if words.contains("ambiguous") && words.contains("candidates") {
        return Err(Fault::Git(words));
    }
    let shallow = said(root, &["rev-parse", "--is-shallow-repository"])? == "true";
    // `main~5` of a branch that is there: the history is not that long.
    let base = name.split(['~', '^', '@']).next().filter(|base| !base.is_empty() && *base != name);
    let too_old =
        base.is_some_and(|base| run(root, &["rev-parse", "--verify", base]).is_ok_and(|one| one.status.success()));
    let near = if too_old { Vec::new() } else { near(root, name)? };
    Err(if shallow && near.is_empty() { Fault::Shallow(name.to_owned()) } else { unknown(near) })
}

/// Whether a commit comes before another, or is it.
pub(super) fn is_ancestor(root: &Path, first: &str, second: &str) -> bool {
    run(root, &["merge-base", "--is-ancestor", first, second]).is_ok_and(|output| output.status.success())
}

/// Branches and tags that may be meant: those of a remote with that name, else those spelt like it.
fn near(root: &Path, name: &str) -> Result<Vec<String>, Fault> {
    let format = "--format=%(refname:short)";
    let all = said(root, &["for-each-ref", format, "refs/heads", "refs/tags", "refs/remotes"])?;
    let remote: Vec<String> = all
        .lines()
        .filter(|one| one.split_once('/').is_some_and(|(_, rest)| rest == name))
        .map(str::to_owned)
        .collect();
    if !remote.is_empty() {
        return Ok(remote);
    }
    let limit = (name.chars().count() / 3).max(1);
    let names = all.lines().chain(["HEAD"]);
    let mut near: Vec<(usize, &str)> =
        names.map(|one| (strsim::damerau_levenshtein(name, one), one)).filter(|(far, _)| *far <= limit).collect();
    near.sort_unstable();
    Ok(near.into_iter().take(3).map(|(_, one)| one.to_owned()).collect())
}

/// Writes the site's files of a commit below a folder, with the paths they have below the site's folder.
pub(super) fn extract(
    root: &Path,
    (name, commit): (&str, &str),
    extent: Extent,
    to: &Path,
) -> Result<Vec<Note>, Fault> {
    // The site may lie below the top of the repository.
    let prefix = said(root, &["rev-parse", "--show-prefix"])?;
    let mut notes = Vec::new();
    let entries = list(root, commit, &prefix)?;
    if !entries.keys().any(|path| path.starts_with("content/")) {
        return Err(Fault::NotInRevision { name: name.to_owned(), path: format!("{prefix}content") });
    }
    let mut wanted: Vec<(&str, &str)> = Vec::new();
    let links: BTreeSet<&str> = entries.iter().filter(|(_, one)| one.is_link).map(|(path, _)| path.as_str()).collect();
    let targets = read_links(root, &entries, &links)?;
    for path in entries.keys() {
        let needed = match extent {
            Extent::Texts => path.starts_with("content/") && is_text(path),
            Extent::Everything => true,
        };
        if !needed {
            continue;
        }
        let Some(blob) = follow(path, &entries, &targets) else {
            notes.push(Note::LinkLeadsOut(path.clone()));
            continue;
        };
        if is_text(path) && blob.size > LARGEST {
            notes.push(Note::TooLarge(path.clone()));
        } else if is_plain(path) {
            wanted.push((path, &blob.hash));
        }
    }
    let hashes: Vec<&str> = wanted.iter().map(|(_, hash)| *hash).collect();
    read_blobs(root, &hashes, |at, bytes| Ok(write(&to.join(wanted[at].0), bytes)?))?;
    Ok(notes)
}

/// The files of the site that differ between a commit and another, or the files as they are.
pub(super) fn changed(root: &Path, first: &str, last: Option<&str>) -> Result<BTreeMap<String, Fate>, Fault> {
    let options = ["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative", first];
    let arguments: Vec<&str> = options.into_iter().chain(last).chain(["--", "content", "themes"]).collect();
    let listed = said(root, &arguments)?;
    let words: Vec<&str> = listed.split('\0').collect();
    let fate = |letter: &str| match letter {
        "A" => Fate::Added,
        "D" => Fate::Removed,
        _ => Fate::Changed,
    };
    let mut files: BTreeMap<String, Fate> = BTreeMap::new();
    files.extend(words.chunks_exact(2).map(|pair| (pair[1].to_owned(), fate(pair[0]))));
    if last.is_none() {
        let new = said(root, &["ls-files", "--others", "--exclude-standard", "-z", "--", "content", "themes"])?;
        files.extend(new.split('\0').filter(|path| !path.is_empty()).map(|path| (path.to_owned(), Fate::Added)));
    }
    Ok(files)
}

/// The hashes of the site's files in a commit that are no texts, of those that [`fs::walk`] would find in a folder.
pub(super) fn hashes(root: &Path, commit: &str) -> Result<BTreeMap<String, Hash>, Fault> {
    let prefix = said(root, &["rev-parse", "--show-prefix"])?;
    let entries = list(root, commit, &prefix)?;
    let links: BTreeSet<&str> = entries.iter().filter(|(_, one)| one.is_link).map(|(path, _)| path.as_str()).collect();
    let targets = read_links(root, &entries, &links)?;
    let counts = |path: &str| path.split('/').all(fs::is_content) && !(path.starts_with("content/") && is_text(path));
    let found = entries.keys().filter(|path| counts(path));
    let wanted: Vec<(&str, &str)> =
        found.filter_map(|path| Some((path.as_str(), follow(path, &entries, &targets)?.hash.as_str()))).collect();
    let blobs: Vec<&str> = wanted.iter().map(|(_, hash)| *hash).collect();
    let mut hashes = BTreeMap::new();
    read_blobs(root, &blobs, |at, bytes| {
        hashes.insert(wanted[at].0.to_owned(), Hash::of(bytes));
        Ok(())
    })?;
    Ok(hashes)
}

/// A file of a commit.
struct Entry {
    hash: String,
    size: u64,
    is_link: bool,
}

/// The files of the site in a commit, by their path below the site's folder.
fn list(root: &Path, commit: &str, prefix: &str) -> Result<BTreeMap<String, Entry>, Fault> {
    let (content, themes) = (format!("{prefix}content"), format!("{prefix}themes"));
    let arguments = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", &content, &themes];
    let output = run(root, &arguments)?;
    if !output.status.success() {
        return Err(Fault::Git(text(&output.stderr)));
    }
    let listed = String::from_utf8_lossy(&output.stdout);
    // `100644 blob 0a1b…    1234\tcontent/site.toml`; what is a commit is another repository.
    let entry = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let mut head = head.split_whitespace();
        let (mode, kind, hash, size) = (head.next()?, head.next()?, head.next()?, head.next()?);
        let path = path.strip_prefix(prefix)?.to_owned();
        let entry = Entry { hash: hash.to_owned(), size: size.parse().unwrap_or(0), is_link: mode == "120000" };
        (kind == "blob").then_some((path, entry))
    };
    Ok(listed.split('\0').filter_map(entry).collect())
}

/// Where symbolic links lead, as they say.
fn read_links<'a>(
    root: &Path,
    entries: &BTreeMap<String, Entry>,
    links: &BTreeSet<&'a str>,
) -> Result<BTreeMap<&'a str, String>, Fault> {
    let links: Vec<&'a str> = links.iter().copied().collect();
    let hashes: Vec<&str> = links.iter().map(|path| entries[*path].hash.as_str()).collect();
    let mut targets = BTreeMap::new();
    read_blobs(root, &hashes, |at, bytes| {
        targets.insert(links[at], String::from_utf8_lossy(bytes).into_owned());
        Ok(())
    })?;
    Ok(targets)
}

/// The file a path means; none when a link leads out of the site or nowhere.
fn follow<'a>(path: &str, entries: &'a BTreeMap<String, Entry>, targets: &BTreeMap<&str, String>) -> Option<&'a Entry> {
    let mut path = path.to_owned();
    for _ in 0..HOPS {
        let entry = entries.get(&path)?;
        let Some(target) = targets.get(path.as_str()).filter(|_| entry.is_link) else { return Some(entry) };
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        path = if target.starts_with('/') { return None } else { parts.join("/") };
    }
    None
}

/// Whether a path stays below the folder it is joined to; git itself lets no other in, but nobody made it check.
fn is_plain(path: &str) -> bool {
    !path.contains('\\') && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Hands over the bytes of blobs, one by one.
fn read_blobs(
    root: &Path,
    hashes: &[&str],
    mut take: impl FnMut(usize, &[u8]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if hashes.is_empty() {
        return Ok(());
    }
    let refused = |cause| Fault::Machine(Error::new(Action::Read, root, cause));
    let mut child = command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|cause| no_git(cause, root))?;
    let mut input = child.stdin.take().expect("the pipe was asked for");
    let mut answers = BufReader::new(child.stdout.take().expect("the pipe was asked for"));
    let asked: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
    // git answers while it is asked: both pipes would fill up.
    let asking = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let mut read = || -> Result<(), Fault> {
        let (mut head, mut bytes) = (String::new(), Vec::new());
        for at in 0..hashes.len() {
            head.clear();
            answers.read_line(&mut head).map_err(refused)?;
            // `0a1b… blob 1234`, or `0a1b… missing`.
            let size: Option<usize> = head.trim_end().rsplit_once(" blob ").and_then(|(_, size)| size.parse().ok());
            let Some(size) = size else { return Err(Fault::Git(head.trim_end().to_owned())) };
            bytes.resize(size + 1, 0);
            answers.read_exact(&mut bytes).map_err(refused)?;
            take(at, &bytes[..size])?;
        }
        Ok(())
    };
    let result = read();
    drop(answers);
    let _ = asking.join();
    let _ = child.wait();
    result
}

/// What a command says on standard output, without the line end.
fn said(root: &Path, arguments: &[&str]) -> Result<String, Fault> {
    let output = run(root, arguments)?;
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    let words = text(&output.stderr);
    Err(match words.contains("not a git repository") {
        true => Fault::NoRepository(root.to_owned()),
        false => Fault::Git(words),
    })
}

fn run(root: &Path, arguments: &[&str]) -> Result<Output, Fault> {
    command(root).args(arguments).stdin(Stdio::null()).output().map_err(|cause| no_git(cause, root))
}

fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    // The folder decides which repository, not the hook that may have started us; git's words are compared.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    command.arg("-C").arg(root).arg("--no-pager");
    command
}

fn no_git(cause: std::io::Error, root: &Path) -> Fault {
    match cause.kind() {
        ErrorKind::NotFound => Fault::NoGit,
        _ => Fault::Machine(Error::new(Action::Read, root, cause)),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}
