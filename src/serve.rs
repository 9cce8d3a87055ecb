//! `serve`: the site as it would be built, kept in memory and shown to a browser on this machine. A saved file is read
//! again, the site is put together anew, and open pages load themselves again; a page is rendered when it is asked for.
//! Mistakes leave the last good site standing and are listed over it.
//!
//! Three doors: [`edition`] makes the site from the folder, [`watch`] says what changed, [`http`] answers browsers.

mod edition;
mod http;
mod watch;

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use self::edition::{Edition, Kitchen, Made};
use self::watch::{Change, Watch};
use crate::build;
use crate::diagnostic::Diagnostic;
use crate::error::{Action, Error, Result};
use crate::source::Sources;

/// Where and how to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port; a free one near it is taken when it is not free.
    pub port: u16,
}

/// What happened, for whoever tells it.
pub enum News {
    /// The server answers here; the port is not the one asked for when that was taken.
    Listening {
        /// Where.
        address: SocketAddr,
        /// Whether another port had to be taken.
        moved: bool,
        /// From the start of the program's work to the first answer.
        after: Duration,
    },
    /// The site was put together anew.
    Changed {
        /// Which files changed, below the folder of the site.
        files: Vec<String>,
        /// From the noticed change until now.
        after: Duration,
        /// Whether a browser has a page of it already; else the new site only stands ready.
        shown: bool,
    },
    /// Mistakes, or none any more.
    Checked {
        /// The files, for places.
        sources: Sources,
        /// What was found.
        diagnostics: Vec<Diagnostic>,
        /// Whether the site shown is an older one, because this one could not be put together.
        stale: bool,
    },
    /// The folder can only be watched by looking again and again.
    Polling(String),
    /// The folder is gone for now.
    Gone(PathBuf),
}

/// A listener.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// How many pages are kept as they were last sent.
const KEPT: usize = 200;

/// What browsers hear.
#[derive(Clone, Debug)]
struct Event {
    name: &'static str,
    data: String,
}

/// What the doors share.
struct Live {
    /// What is shown; none until the site could be put together once.
    edition: RwLock<Option<Arc<Edition>>>,
    /// The list of mistakes as the overlay shows it; none until the site was checked once.
    findings: RwLock<Option<String>>,
    /// What that list was made from.
    last: Mutex<(Sources, Vec<Diagnostic>, bool)>,
    /// Pages as they were last sent, newest last: a page whose text cannot be read any more is shown as it was.
    sent: Mutex<VecDeque<(String, Vec<u8>)>>,
    events: broadcast::Sender<Event>,
    /// When the newest change was noticed, until a page of it was sent.
    waiting: Mutex<Option<(Instant, Vec<String>)>>,
    words: Words,
    tell: Tell,
    /// Whether only this machine can ask.
    loopback: bool,
}

impl Live {
    fn edition(&self) -> Option<Arc<Edition>> {
        self.edition.read().expect("no thread panics while it changes the site").clone()
    }

    fn replace(&self, edition: Arc<Edition>) {
        *self.edition.write().expect("no thread panics while it changes the site") = Some(edition);
    }

    /// Which edition is shown, as text.
    fn number(&self) -> String {
        self.edition().map_or_else(|| "0".to_owned(), |edition| edition.number.to_string())
    }

    fn send(&self, name: &'static str, data: String) {
        // Nobody listening is no mistake.
        let _ = self.events.send(Event { name, data });
    }

    /// Notes that a page was sent; the first after a change is told.
    fn shown(&self) {
        let waiting = self.waiting.lock().expect("no thread panics while it notes a change").take();
        if let Some((since, files)) = waiting {
            (self.tell)(News::Changed { files, after: since.elapsed(), shown: true });
        }
    }

    /// Keeps a page that is sent.
    fn keep(&self, path: &str, bytes: &[u8]) {
        let mut sent = self.sent.lock().expect("no thread panics while it keeps a page");
        sent.retain(|(known, _)| known != path);
        sent.push_back((path.to_owned(), bytes.to_vec()));
        if sent.len() > KEPT {
            sent.pop_front();
        }
    }

    /// A page as it was last sent.
    fn kept(&self, path: &str) -> Option<Vec<u8>> {
        let sent = self.sent.lock().expect("no thread panics while it keeps a page");
        sent.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.clone())
    }

    /// Adds a mistake that shows only when a page is made.
    fn add(&self, sources: &Sources, mistake: Diagnostic) {
        let (_, mut all, stale) = self.last.lock().expect("no thread panics while it changes the list").clone();
        if !stale && !all.contains(&mistake) {
            all.push(mistake);
            self.found(sources, &all, stale);
        }
    }

    /// Takes over what was found and shows it over open pages.
    fn found(&self, sources: &Sources, diagnostics: &[Diagnostic], stale: bool) {
        *self.last.lock().expect("no thread panics while it changes the list") =
            (sources.clone(), diagnostics.to_vec(), stale);
        let text = (self.words)(sources, diagnostics, stale);
        let mut findings = self.findings.write().expect("no thread panics while it changes the list");
        if findings.as_ref() != Some(&text) {
            *findings = Some(text.clone());
            drop(findings);
            self.send("findings", text);
            (self.tell)(News::Checked { sources: sources.clone(), diagnostics: diagnostics.to_vec(), stale });
        }
    }
}

/// Turns findings into what the overlay shows: a JSON object on one line with the list `diagnostics` of objects with
/// `level`, `message`, `help`, `path`, `line` and `column`, and `stale`: whether the site shown is an older one.
pub type Words = Arc<dyn Fn(&Sources, &[Diagnostic], bool) -> String + Send + Sync>;

/// Serves a site until the program is stopped. What happens is told; what stops the server comes back.
///
/// # Errors
/// When no address can be listened on or the folder cannot be read at the start.
pub fn serve(options: &build::Options, settings: &Settings, words: Words, tell: Tell) -> Result<()> {
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|cause| Error::new(Action::Start, &options.root, cause))?;
    let listener = http::listen(&runtime, settings)?;
    let address = listener.local_addr().map_err(|cause| Error::new(Action::Listen, &options.root, cause))?;
    // Watched before it is read: nothing that changes meanwhile is missed.
    let watch = Watch::start(&options.root);
    let mut kitchen = Kitchen::new(options);
    let first = kitchen.cook(None)?;
    let live = Arc::new(Live {
        edition: RwLock::new(first.edition.map(Arc::new)),
        findings: RwLock::default(),
        last: Mutex::default(),
        sent: Mutex::default(),
        events: broadcast::channel(64).0,
        waiting: Mutex::new(None),
        words,
        tell: tell.clone(),
        loopback: settings.address.is_loopback(),
    });
    tell(News::Listening { address, moved: address.port() != settings.port, after: began.elapsed() });
    let cook = live.clone();
    std::thread::spawn(move || follow(kitchen, watch, &cook, first.found));
    runtime.block_on(http::answer(listener, live)).map_err(|cause| Error::new(Action::Listen, &options.root, cause))?;
    // Threads that render for a browser that is gone need not be waited for.
    runtime.shutdown_background();
    Ok(())
}

/// Waits for changes and makes the site anew, for as long as the program runs.
fn follow(mut kitchen: Kitchen, mut watch: Watch, live: &Live, (sources, found): (Sources, Vec<Diagnostic>)) {
    if let Some(reason) = watch.polls() {
        (live.tell)(News::Polling(reason));
    }
    finish(&mut kitchen, live, live.edition(), &sources, found);
    loop {
        let change = watch.next();
        if let Some(gone) = &change.gone {
            (live.tell)(News::Gone(gone.clone()));
        }
        kitchen.forget(&change);
        let before = live.edition();
        // The folder may be in the middle of being replaced: the next change tells more.
        let Ok(Made { edition, found: (sources, found) }) = kitchen.cook(before.as_deref()) else { continue };
        let edition = edition.map(Arc::new);
        if let Some(edition) = &edition
            && before.as_ref().is_none_or(|before| before.inputs != edition.inputs)
        {
            show(live, before.as_deref(), edition.clone(), &change);
        }
        finish(&mut kitchen, live, edition, &sources, found);
    }
}

/// What can wait until a page is shown: a plan of the edition's own, and checking.
fn finish(
    kitchen: &mut Kitchen,
    live: &Live,
    edition: Option<Arc<Edition>>,
    sources: &Sources,
    mut found: Vec<Diagnostic>,
) {
    let Some(mut edition) = edition else { return live.found(sources, &found, live.edition().is_some()) };
    if edition.is_checked() {
        return live.found(sources, &found, false);
    }
    if let Some(better) = kitchen.plan_anew(&edition, &mut found) {
        edition = Arc::new(better);
        live.replace(edition.clone());
    }
    let found = kitchen.check(&edition, found);
    live.found(sources, &found, false);
}

/// Puts a new edition before the old one and has open pages load again; a change of style alone is put in without that.
fn show(live: &Live, before: Option<&Edition>, edition: Arc<Edition>, change: &Change) {
    let styles = before.filter(|_| change.only_styles()).and_then(|before| edition.styles_instead_of(before));
    let number = edition.number.to_string();
    live.replace(edition);
    let (files, after) = (change.names(), change.since.elapsed());
    let shown = styles.is_some();
    match styles {
        Some(styles) => live.send("style", styles),
        None => {
            let waiting = (change.since, files.clone());
            *live.waiting.lock().expect("no thread panics while it notes a change") = Some(waiting);
            live.send("page", number);
        }
    }
    (live.tell)(News::Changed { files, after, shown });
}
