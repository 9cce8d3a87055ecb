//! A progress line on standard error, for builds that take more than a moment.

use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::options::{Chatter, Options};
use super::words;
use crate::build;

/// How long a build may take before it is spoken of.
const PATIENCE: Duration = Duration::from_millis(300);

/// A progress line that stays hidden at first and is cleared when dropped.
pub struct Progress {
    bar: Option<ProgressBar>,
    language: crate::diagnostic::catalogue::Language,
}

impl Progress {
    /// A line for this run; none unless a terminal shows it.
    pub fn start(options: &Options) -> Progress {
        let bar = (options.chatter == Chatter::Progress).then(|| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}").expect("the template is valid");
            bar.with_style(style)
        });
        Progress { bar, language: options.language }
    }

    /// The listener a build is given.
    pub fn listener(&self) -> Option<build::Progress> {
        let bar = self.bar.clone()?;
        let (language, started) = (self.language, Instant::now());
        Some(Arc::new(move |stage, done, of| {
            if bar.is_hidden() {
                if started.elapsed() < PATIENCE {
                    return;
                }
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_message(words::stage(stage, language));
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
