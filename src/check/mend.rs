//! Changes that mend a finding without anybody having to think, by code. A rule that knows more than its place and
//! facts makes its own ([`Diagnostic::fix`]).

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources};

/// Gives findings of some codes their change.
pub(super) fn attach(sources: &Sources, found: &mut [Diagnostic]) {
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    for one in found.iter_mut().filter(|one| one.code == "text-stray" && one.fixes.is_empty()) {
        let Some(span) = one.span else { continue };
        let text = texts.entry(span.file).or_insert_with(|| sources.text(span.file));
        let seen = text.get(span.start as usize..span.end as usize).unwrap_or_default().to_owned();
        if is_named(&seen, &one.args) {
            *one = one.clone().fix(span, seen, "");
        }
    }
}

/// Whether a text is the one character a finding names, as in `U+200B`.
fn is_named(text: &str, args: &[(&'static str, String)]) -> bool {
    let mut characters = text.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    let name = only.map(|c| format!("U+{:04X}", u32::from(c)));
    name.is_some_and(|name| args.contains(&("code", name)))
}
