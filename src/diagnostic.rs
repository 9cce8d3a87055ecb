//! Mistakes an author can repair: a code, a place, and the facts that fill the words. The words themselves stand in one
//! catalogue in two languages (`diagnostic/messages.toml`) and are put together by `cli`.

pub mod baseline;
pub mod catalogue;
pub mod fingerprint;

use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// The build fails.
    Error,
    /// The build goes on; `--deny warnings` makes it fail.
    Warning,
    /// For information only.
    Note,
}

/// A mistake with its place and facts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Diagnostic {
    /// Where it is; none for mistakes of the whole site.
    pub span: Option<Span>,
    /// The code, a kebab-case name that has an entry in the catalogue.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// The facts that fill the placeholders of the catalogue's words, in order of naming.
    pub args: Vec<(&'static str, String)>,
    /// Further places, each with the name of a label in the catalogue entry.
    pub related: Vec<(Span, &'static str)>,
    /// The changes that mend it without thinking, where that is possible.
    pub fixes: Box<[Fix]>,
    /// What it is known by from run to run; empty until [`fingerprint::stamp`] sets it.
    pub fingerprint: Box<str>,
}

/// A change of a file that mends a mistake and alters no meaning.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// What stood there when the mistake was found; nothing is replaced when something else stands there now.
    pub seen: String,
    /// What is written instead.
    pub text: String,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, span: Span) -> Diagnostic {
        Diagnostic { span: Some(span), ..Diagnostic::global(code) }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, span: Span) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..Diagnostic::error(code, span) }
    }

    /// A note at a place.
    pub fn note(code: &'static str, span: Span) -> Diagnostic {
        Diagnostic { level: Level::Note, ..Diagnostic::error(code, span) }
    }

    /// An error of the whole site, without a place.
    pub fn global(code: &'static str) -> Diagnostic {
        Diagnostic {
            span: None,
            code,
            level: Level::Error,
            args: Vec::new(),
            related: Vec::new(),
            fixes: Box::default(),
            fingerprint: Box::default(),
        }
    }

    /// Adds a fact for the words.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Diagnostic {
        self.args.push((name, value.to_string()));
        self
    }

    /// Adds the nearest of the known names as `suggestion` when one is near enough.
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        match nearest(wrong, known) {
            Some(name) => {
                let name = name.to_owned();
                self.arg("suggestion", name)
            }
            None => self,
        }
    }

    /// Adds a second place.
    pub fn related(mut self, span: Span, label: &'static str) -> Diagnostic {
        self.related.push((span, label));
        self
    }

    /// Adds a change that mends it: what was seen at a place, and what to write instead.
    pub fn fix(mut self, span: Span, seen: impl Into<String>, text: impl Into<String>) -> Diagnostic {
        let mut fixes = self.fixes.into_vec();
        fixes.push(Fix { span, seen: seen.into(), text: text.into() });
        self.fixes = fixes.into();
        self
    }
}

/// The known name nearest to a wrong one, if any is near enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong_folded = wrong.to_lowercase().replace('_', "-");
    let limit = (wrong_folded.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wrong_folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}
