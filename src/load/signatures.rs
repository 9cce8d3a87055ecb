//! signatures.toml: `[[signature]]` entries with `report`, `stage`, `by`, `date`, `digest`, and perhaps a `note`.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::hash::Digest;
use crate::keys::{Keys, Value};
use crate::signature::{Signature, Stage};

/// Name of the file below `content/`.
pub const NAME: &str = "signatures.toml";

/// Reads the entries; `known` are the texts below `content/`.
pub(super) fn read(value: &Value, known: &BTreeSet<&str>, found: &mut Vec<Diagnostic>) -> Vec<Signature> {
    let keys = Keys::of(value, NAME, found);
    let read = keys.tables("signature").into_iter().filter_map(|entry| signature(entry, known, found)).collect();
    keys.finish(found);
    read
}

fn signature(entry: &Value, known: &BTreeSet<&str>, found: &mut Vec<Diagnostic>) -> Option<Signature> {
    let keys = Keys::of(entry, "[[signature]]", found);
    let report = keys.required("report").and_then(|text| {
        let there = known.contains(text.value.as_str());
        if !there {
            let unknown = Diagnostic::error("signature-report", text.span).arg("path", &text.value);
            keys.report(unknown.suggest(&text.value, known.iter().copied()));
        }
        there.then_some(text.value)
    });
    let stage = keys.required("stage").and_then(|text| {
        let stage = Stage::named(&text.value);
        if stage.is_none() {
            let names = Stage::NAMES.map(|(name, _)| name);
            let unknown = Diagnostic::error("signature-stage", text.span).arg("stage", &text.value);
            keys.report(unknown.suggest(&text.value, names).arg("known", names.join(", ")));
        }
        stage
    });
    let by = keys.required("by").map(|text| text.value);
    let date = keys.date("date").map(|(date, _)| date);
    if keys.get("date").is_none() {
        keys.report(Diagnostic::error("missing-key", keys.span).arg("key", "date").arg("place", "[[signature]]"));
    }
    let digest = keys.required("digest").and_then(|text| {
        let digest = Digest::parse(&text.value);
        if digest.is_none() {
            let length = text.value.chars().count();
            keys.report(Diagnostic::error("signature-digest", text.span).arg("length", length));
        }
        digest
    });
    let note = keys.string("note");
    keys.finish(found);
    Some(Signature { report: report?.into(), stage: stage?, by: by?, date: date?, digest: digest?, note })
}
