//! The difference for programs: one JSON object.
//!
//! `format` is `nianbao-diff/1`; `old` and `new` have `name` (empty for the working tree), `origin` (`working-tree`,
//! `folder`, `revision`, `data`) and `commit`; `notes` is a list of texts; `equal` tells whether nothing changed. The further
//! keys are those of [`Difference`]: `values`, `targets`, `claims`, `documents`, `settings`, `files`, `wordings` and, with `--pages`,
//! `pages`. Keys are only ever added.

use serde_json::{Value, json};

use super::Versions;
use crate::diff::Difference;
use crate::version::{Origin, Version};

/// The object, with a line end.
pub(super) fn print(versions: &Versions, difference: &Difference, notes: &[String]) -> String {
    let mut object = json!({
        "format": "nianbao-diff/1",
        "old": version(&versions.old),
        "new": version(&versions.new),
        "notes": notes,
        "equal": difference.is_empty(),
    });
    let rest = serde_json::to_value(difference).expect("a difference holds nothing that JSON cannot");
    if let (Value::Object(object), Value::Object(rest)) = (&mut object, rest) {
        object.extend(rest);
    }
    format!("{object:#}\n")
}

fn version(version: &Version) -> Value {
    let (origin, commit) = match &version.origin {
        Origin::WorkingTree => ("working-tree", None),
        Origin::Folder => ("folder", None),
        Origin::Revision(commit) => ("revision", Some(commit)),
        Origin::Data => ("data", None),
    };
    json!({ "name": version.name, "origin": origin, "commit": commit })
}
