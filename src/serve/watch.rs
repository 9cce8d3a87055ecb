//! The door to `notify`: says which files below `content` and `themes` changed. Editors write in bursts, beside the file and
//! by renaming; a change is told when it has been quiet for a moment, with everything that happened until then.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::edition::folders;

/// How long it must be quiet before a change is told.
const QUIET: Duration = Duration::from_millis(15);
/// How long a burst is waited for at most.
const BURST: Duration = Duration::from_millis(250);
/// How often a folder that cannot be watched is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What changed since the last time.
#[derive(Debug)]
pub(super) struct Change {
    /// The files.
    pub files: BTreeSet<PathBuf>,
    /// Whether more may have changed than the files tell: a folder came, went or was renamed, or notices were lost.
    pub everything: bool,
    /// A folder that is gone.
    pub gone: Option<PathBuf>,
    /// When the first notice came.
    pub since: Instant,
    root: PathBuf,
}

impl Change {
    /// Whether nothing but style sheets changed.
    pub(super) fn only_styles(&self) -> bool {
        !self.everything && self.files.iter().all(|file| file.extension().is_some_and(|ending| ending == "css"))
    }

    /// The files by their names below the folder of the site, without those that came and went.
    pub(super) fn names(&self) -> Vec<String> {
        let name = |file: &PathBuf| file.strip_prefix(&self.root).unwrap_or(file).to_string_lossy().into_owned();
        let there = self.files.iter().filter(|file| file.exists());
        there.map(name).collect()
    }
}

type Notice = notify::Result<notify::Event>;

/// A watch over the folders of a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    notices: Receiver<Notice>,
    /// Why the folders are looked at again and again, if they are.
    polls: Option<String>,
    /// The folders that are watched.
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Begins to watch a site. Where the system watches no more files, they are looked at every second.
    pub(super) fn start(root: &Path) -> Watch {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (sender, notices) = channel();
        let again = sender.clone();
        let native = RecommendedWatcher::new(move |notice| _ = sender.send(notice), Config::default());
        let native = native.map(|watcher| Box::new(watcher) as Box<dyn Watcher + Send>);
        let mut polls = None;
        let watcher = native.and_then(|mut watcher| {
            watcher.watch(&root, RecursiveMode::NonRecursive)?;
            for folder in folders(&root).iter().filter(|folder| folder.is_dir()) {
                watcher.watch(folder, RecursiveMode::Recursive)?;
            }
            Ok(watcher)
        });
        let watcher = watcher.unwrap_or_else(|reason| {
            polls = Some(reason.to_string());
            let config = Config::default().with_poll_interval(LOOK).with_compare_contents(false);
            let watcher = PollWatcher::new(move |notice| _ = again.send(notice), config);
            Box::new(watcher.expect("looking again and again needs nothing of the system"))
        });
        let mut watch = Watch { root, watcher, notices, polls, watched: BTreeSet::new() };
        watch.renew();
        watch
    }

    /// Why folders are looked at again and again; none when the system tells of changes.
    pub(super) fn polls(&self) -> Option<String> {
        self.polls.clone()
    }

    /// Watches folders that came, and notes those that went.
    fn renew(&mut self) {
        for folder in folders(&self.root) {
            let there = folder.is_dir();
            if there && self.watched.insert(folder.clone()) {
                // The folder may be gone again; then its coming back is told.
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            } else if !there && self.watched.remove(&folder) {
                let _ = self.watcher.unwatch(&folder);
            }
        }
    }

    /// Waits for the next change.
    pub(super) fn next(&mut self) -> Change {
        loop {
            let mut change = Change {
                files: BTreeSet::new(),
                everything: false,
                gone: None,
                since: Instant::now(),
                root: self.root.clone(),
            };
            // Folders that came back unnoticed are looked for now and then.
            match self.notices.recv_timeout(LOOK) {
                Ok(notice) => {
                    change.since = Instant::now();
                    take(&mut change, notice);
                }
                Err(RecvTimeoutError::Timeout) => {
                    let before = self.watched.clone();
                    self.renew();
                    change.everything = before != self.watched;
                }
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
            }
            while change.since.elapsed() < BURST && (change.everything || !change.files.is_empty()) {
                match self.notices.recv_timeout(QUIET) {
                    Ok(notice) => take(&mut change, notice),
                    Err(_) => break,
                }
            }
            let [content, themes] = folders(&self.root);
            change.files.retain(|file| file.starts_with(&content) || file.starts_with(&themes));
            self.renew();
            change.gone = Some(content).filter(|content| !content.is_dir());
            if change.everything || !change.files.is_empty() {
                return change;
            }
        }
    }
}

/// Adds what a notice says.
fn take(change: &mut Change, notice: Notice) {
    match notice {
        Ok(event) if event.need_rescan() => change.everything = true,
        // Reading is no change.
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
        Ok(event) => {
            change.files.extend(event.paths.into_iter().filter(|path| is_content(path)));
        }
        Err(_) => change.everything = true,
    }
}

/// What editors leave beside a file for a moment does not count.
fn is_content(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.')
        && !name.ends_with('~')
        && !name.starts_with("~$")
        && !name.ends_with(".swp")
        && name != "4913"
}
