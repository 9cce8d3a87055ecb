//! Statements of texts that hold in one version and not in the other. What is wrong with them is what `check` says.

use super::documents::Pairs;
use super::{ClaimChange, Side};
use crate::check;
use crate::diagnostic::catalogue::{Language, describe};
use crate::diagnostic::{Diagnostic, Level};

/// Statements that are false now and were not, then those that were.
pub(super) fn compare(old: Side<'_>, new: Side<'_>, pairs: &Pairs<'_>, language: Language) -> Vec<ClaimChange> {
    let (mut before, mut after) = (statements(old), statements(new));
    let old_path = |one: &Diagnostic| path(old, one);
    let former = |one: &Diagnostic| pairs.former(&path(new, one));
    // First what is wrong in the same words, then what is wrong of the same figure in the same way.
    let same = |a: &Diagnostic, b: &Diagnostic| a.args == b.args;
    cancel(&mut before, &mut after, |a, b| former(b) == Some(old_path(a)) && a.code == b.code && same(a, b));
    let figure = |one: &Diagnostic| one.args.iter().find(|(name, _)| *name == "indicator").cloned();
    cancel(&mut before, &mut after, |a, b| {
        former(b) == Some(old_path(a)) && a.code == b.code && figure(a) == figure(b)
    });
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

/// Takes out what both have.
fn cancel(before: &mut Vec<Diagnostic>, after: &mut Vec<Diagnostic>, same: impl Fn(&Diagnostic, &Diagnostic) -> bool) {
    after.retain(|one| match before.iter().position(|other| same(other, one)) {
        Some(at) => {
            before.remove(at);
            false
        }
        None => true,
    });
}
