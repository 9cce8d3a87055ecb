//! Findings that were there before anybody looked: a file names them by fingerprint, and they neither show nor count
//! until their lines change. Errors are never taken in: they say that something cannot be read or shown truly.
//!
//! ```json
//! {"version": 1, "known": {"content/429006/2021.md": {"0f3a…": "text-stray"}}}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Diagnostic, catalogue};
use crate::source::Sources;

/// The version of the file's shape.
const VERSION: u32 = 1;

/// Known findings: by file, each with its fingerprint and code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    known: BTreeMap<String, BTreeMap<String, String>>,
}

impl Baseline {
    /// Those of some findings that may be known.
    pub fn of(found: &[Diagnostic], sources: &Sources) -> Baseline {
        let mut known: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for one in found.iter().filter(|one| may_be_known(one)) {
            let path = one.span.map(|span| sources.name(span.file).to_string()).unwrap_or_default();
            known.entry(path).or_default().insert(one.fingerprint.to_string(), one.code.to_owned());
        }
        Baseline { version: VERSION, known }
    }

    /// Reads the file's text; what is wrong with it otherwise.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match baseline.version {
            VERSION => Ok(baseline),
            other => Err(format!("version {other}")),
        }
    }

    /// The file's text, sorted, a finding a line.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("names and numbers are JSON") + "\n"
    }

    /// How many findings it names.
    pub fn len(&self) -> usize {
        self.known.values().map(BTreeMap::len).sum()
    }

    /// Whether it names none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes the known ones out of stamped findings. Tells how many there were.
    pub fn pass(&self, found: &mut Vec<Diagnostic>) -> usize {
        let known: BTreeSet<&str> = self.known.values().flat_map(|file| file.keys().map(String::as_str)).collect();
        let before = found.len();
        found.retain(|one| !(may_be_known(one) && known.contains(&*one.fingerprint)));
        before - found.len()
    }
}

/// Whether a finding is a warning or note by itself, whatever level a site gives it.
fn may_be_known(one: &Diagnostic) -> bool {
    catalogue::MOVABLE.contains(&one.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::fingerprint;
    use crate::source::Span;

    #[test]
    fn known_findings_pass_and_errors_never_do() {
        let mut sources = Sources::default();
        let file = sources.add_text("a.md", "甲\n乙\n");
        let mut found = vec![
            Diagnostic::warning("text-stray", Span::new(file, 0..3)),
            Diagnostic::warning("text-stray", Span::new(file, 4..7)),
            Diagnostic::error("link-dead", Span::new(file, 0..3)),
        ];
        fingerprint::stamp(&mut found, &sources);
        let baseline = Baseline::of(&found[1..], &sources);
        let again = Baseline::parse(&baseline.text()).expect("it reads what it writes");
        assert_eq!((again.len(), &again), (2, &baseline));
        assert_eq!(again.pass(&mut found), 2);
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["link-dead"]);
        assert!(Baseline::parse("{}").is_err());
        assert_eq!(Baseline::parse("{\"version\": 2, \"known\": {}}"), Err("version 2".to_owned()));
    }
}
