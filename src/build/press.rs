//! From views to files: every page and file is made in parallel and handed to the output one by one, unless the memory of the
//! former build says that it would be the same again.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::memo::{self, Memo};
use super::{Options, Stage, one_of_each, tell};
use crate::diagnostic::Diagnostic;
use crate::error::{Action, Error, Result};
use crate::export;
use crate::hash::Hash;
use crate::output::Output;
use crate::plan::{DataFormat, FileKind, PageKind, Plan};
use crate::render::Studio;
use crate::review::{self, Desk};
use crate::site::{Site, reads};
use crate::source::Sources;
use crate::theme::Theme;

/// Everything pages are made from, once nothing stands against it.
pub(super) struct Press<'a> {
    pub options: &'a Options,
    pub site: &'a Site,
    pub plan: &'a Plan,
    pub theme: &'a Theme,
    pub sources: &'a Sources,
    pub memo: Option<&'a Memo>,
    /// What panels tell; none without panels.
    pub desk: Option<&'a Desk>,
}

impl Press<'_> {
    /// Renders everything in parallel and hands it to the output, one by one. Template mistakes come back, once each.
    pub(super) fn render(&self, output: Option<&Output>) -> Result<Vec<Diagnostic>> {
        let Press { options, site, plan, theme, sources, .. } = *self;
        let studio = Studio::new(site, plan, sources);
        let studio = if self.desk.is_some() { studio.for_review() } else { studio };
        let pages: Vec<&(Arc<str>, PageKind)> = match output {
            // Built-in templates make no mistakes that one page of each kind does not show.
            None if !theme.is_own => one_of_each(plan),
            _ => plan.pages().iter().collect(),
        };
        let done = AtomicUsize::new(0);
        let mistakes = Mutex::new(Vec::new());
        pages.par_iter().try_for_each(|(path, kind)| {
            self.unless_unchanged(output, path, memo::subject(site, plan, kind), || {
                let page = studio.page(path, kind)?;
                match (theme.render(&page), output, self.desk) {
                    // A former address of another page gives way.
                    (Ok(_), Some(_), Some(_)) if **path == *review::BOARD => Ok(None),
                    (Ok(html), Some(output), Some(desk)) => {
                        output.put(path, desk.page(&studio, &page, kind, &html)?.as_bytes()).map(Some)
                    }
                    (Ok(html), Some(output), None) => output.put(path, html.as_bytes()).map(Some),
                    (Ok(_), None, _) => Ok(None),
                    (Err(mistake), ..) => {
                        mistakes.lock().expect("no thread panics while it holds the list").push(mistake);
                        Ok(None)
                    }
                }
            })?;
            tell(options, Stage::Render, done.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
            Ok(())
        })?;
        let mut mistakes = mistakes.into_inner().expect("no thread panics while it holds the list");
        mistakes.sort();
        mistakes.dedup();
        let Some(output) = output.filter(|_| mistakes.is_empty()) else { return Ok(mistakes) };
        plan.files().par_iter().try_for_each(|(path, kind)| match kind {
            FileKind::Content(at) => output.copy(path, &site.files()[*at].disk),
            kind if let Some(bytes) = self.desk.and_then(|_| review::instead(kind)) => {
                output.put(path, bytes).map(|_| ())
            }
            kind => self.unless_unchanged(Some(output), path, memo::subject_of_file(site, plan, kind), || {
                if let Some(bytes) = studio.chart_file(path, kind) {
                    return output.put(path, &bytes).map(Some);
                }
                if grows_with_site(kind) {
                    return output.put_made(path, |to| export::write(site, plan, kind, to)).map(Some);
                }
                let mut bytes = Vec::new();
                let made = export::write(site, plan, kind, &mut bytes);
                made.map_err(|cause| Error::new(Action::Write, &std::env::temp_dir(), cause))?;
                output.put(path, &bytes).map(Some)
            }),
        })?;
        theme.assets.par_iter().try_for_each(|(path, bytes)| output.put(path, bytes).map(|_| ()))?;
        if let Some(desk) = self.desk {
            output.put(review::BOARD, desk.board(&studio)?.as_bytes())?;
            review::assets().iter().try_for_each(|(path, bytes)| output.put(path, bytes).map(|_| ()))?;
        }
        Ok(mistakes)
    }

    /// Makes a file and hands it to the output, unless what it was last made from is as it was. `make` gives the hash of
    /// what it handed over.
    fn unless_unchanged(
        &self,
        output: Option<&Output>,
        path: &str,
        subject: u64,
        make: impl FnOnce() -> Result<Option<Hash>>,
    ) -> Result<()> {
        let Some((output, memo)) = output.zip(self.memo) else { return make().map(|_| ()) };
        if let Some(hash) = memo.unchanged(path, subject)
            && output.put_former(path, hash)?
        {
            memo.keep(path);
            return Ok(());
        }
        let (made, cells) = reads::record(make);
        if let Some(hash) = made? {
            memo.add(path, subject, hash, cells);
        }
        Ok(())
    }
}

/// Whether a file has a line for every figure of the site or of an indicator: it is written as it is made.
fn grows_with_site(kind: &FileKind) -> bool {
    match kind {
        FileKind::Observations(format) | FileKind::IndicatorData(_, format) => *format != DataFormat::Xlsx,
        FileKind::Table(_) => true,
        _ => false,
    }
}
