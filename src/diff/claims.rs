//! Statements of texts that hold in one version and not in the other. What is wrong with them is what `check` says.

use std::collections::BTreeMap;

use super::documents::Pairs;
use super::{ClaimChange, Side};
use crate::check;
use crate::diagnostic::catalogue::{Language, describe};
use crate::diagnostic::{Diagnostic, Level};

/// Statements that are false now and were not, then those that were.
pub(super) fn compare(old: Side<'_>, new: Side<'_>, pairs: &Pairs<'_>, language: Language) -> Vec<ClaimChange> {
    let (mut before, mut after) = (statements(old), statements(new));
    let old_path = |one: &Diagnostic| path(old, one);
    let former = |one: &Diagnostic| pairs.former(&path(new, one)).unwrap_or_default();
    // First what is wrong in the same words, then what is wrong of the same figure in the same way.
    let words = |one: &Diagnostic, path: String| format!("{}\0{path}\0{:?}", one.code, one.args);
    cancel(&mut before, &mut after, |one| words(one, old_path(one)), |one| words(one, former(one)));
    let figure = |one: &Diagnostic, path: String| {
        let indicator = one.args.iter().find(|(name, _)| *name == "indicator");
        format!("{}\0{path}\0{indicator:?}", one.code)
    };
    cancel(&mut before, &mut after, |one| figure(one, old_path(one)), |one| figure(one, former(one)));
    // What a report said that is gone is neither true nor false now.
    before.retain(|one| pairs.is_left(&old_path(one)));
    let told = |side: Side<'_>, one: &Diagnostic, holds| {
        let place = one.span.map(|span| side.sources.locate(span));
        ClaimChange {
            holds,
            code: one.code,
            message: describe(one, language).message,
            path: place.as_ref().map(|place| place.path.to_string()).unwrap_or_default(),
            line: place.map_or(0, |place| place.line),
        }
    };
    let now = after.iter().map(|one| told(new, one, false));
    now.chain(before.iter().map(|one| told(old, one, true))).collect()
}

fn statements(side: Side<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check::statements(side.site, side.sources, &mut found);
    check::apply_levels(&side.site.config.levels, &mut found);
    found.retain(|one| one.level != Level::Note);
    found
}

/// The path of a finding's file below `content/`.
fn path(side: Side<'_>, one: &Diagnostic) -> String {
    one.span.map(|span| super::tree::below(side, side.sources.name(span.file)).to_owned()).unwrap_or_default()
}

/// Takes out, one for one, what has the same key in both.
fn cancel(
    before: &mut Vec<Diagnostic>,
    after: &mut Vec<Diagnostic>,
    old_key: impl Fn(&Diagnostic) -> String,
    new_key: impl Fn(&Diagnostic) -> String,
) {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for one in before.iter() {
        *left.entry(old_key(one)).or_default() += 1;
    }
    let mut paired: BTreeMap<String, usize> = BTreeMap::new();
    after.retain(|one| {
        let key = new_key(one);
        let Some(count) = left.get_mut(&key).filter(|count| **count > 0) else { return true };
        *count -= 1;
        *paired.entry(key).or_default() += 1;
        false
    });
    before.retain(|one| {
        let Some(count) = paired.get_mut(&old_key(one)).filter(|count| **count > 0) else { return true };
        *count -= 1;
        false
    });
}
