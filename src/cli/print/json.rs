//! One JSON object for programs. Its shape is stable; keys may be added, never changed or removed:
//!
//! ```json
//! {"diagnostics": [{"code": "unknown-key", "level": "error", "group": "content", "fingerprint": "…", "message": "…",
//!   "help": ["…"], "path": "content/429006/2021.md", "line": 2, "column": 1, "end_line": 2, "end_column": 6,
//!   "related": [{"message": "…", "path": "…", "line": 1, "column": 8, "end_line": 1, "end_column": 15}],
//!   "fixes": [{"text": "…", "path": "…", "line": 2, "column": 1, "end_line": 2, "end_column": 6}]}],
//!  "errors": 1, "warnings": 0, "known": 0}
//! ```
//!
//! `level` is `error`, `warning` or `note`. Lines and columns count from 1, columns in characters; the end is one
//! past the last character. `path` is relative to the site's folder; it and the numbers are null for findings without
//! a place. `fingerprint` stays the same while the words of the line do. `fixes` is empty where a person has to decide.
//! `known` counts the findings a baseline passed over.

use serde_json::{Value, json};

use super::{Finding, Findings, Place};
use crate::diagnostic::Level;

/// The object, on lines of its own for each finding so that logs stay readable.
pub(super) fn print(findings: &Findings) -> String {
    let list: Vec<Value> = findings.list.iter().map(finding).collect();
    let whole = json!({ "diagnostics": list, "errors": findings.errors, "warnings": findings.warnings,
        "known": findings.known });
    format!("{whole:#}\n")
}

fn finding(finding: &Finding) -> Value {
    let related = finding.related.iter().zip(&finding.text.related);
    let mut object = json!({
        "code": finding.code,
        "level": level(finding.level),
        "group": finding.group,
        "fingerprint": finding.fingerprint,
        "message": finding.text.message,
        "help": finding.text.help,
    });
    locate(&mut object, finding.place.as_ref());
    object["related"] = related
        .map(|(place, message)| {
            let mut object = json!({ "message": message });
            locate(&mut object, Some(place));
            object
        })
        .collect();
    let fixes = finding.fixes.iter().map(|(place, text)| {
        let mut object = json!({ "text": text });
        locate(&mut object, Some(place));
        object
    });
    object["fixes"] = fixes.collect();
    object
}

fn locate(object: &mut Value, place: Option<&Place>) {
    object["path"] = place.map(|place| place.path.as_ref()).into();
    object["line"] = place.map(|place| place.start.0).into();
    object["column"] = place.map(|place| place.start.1).into();
    object["end_line"] = place.map(|place| place.end.0).into();
    object["end_column"] = place.map(|place| place.end.1).into();
}

/// The level's name for programs, whatever the language.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, tests::sample};
    use super::*;
    use crate::diagnostic::catalogue::Language;

    #[test]
    fn one_object() {
        let whole: Value = serde_json::from_str(&sample(Format::Json, Language::English)).expect("it is JSON");
        let expected = json!({
            "diagnostics": [
                {
                    "code": "site-missing", "level": "error", "group": "site", "fingerprint": "e7de9cb04c7c0307",
                    "message": "there is no settings file `content/site.toml`",
                    "help": [
                        "make this file with at least title = \"name of the site\", or make a new site with `nianbao init`"
                    ],
                    "path": null, "line": null, "column": null, "end_line": null, "end_column": null, "related": [],
                    "fixes": []
                },
                {
                    "code": "unknown-key", "level": "error", "group": "content",
                    "fingerprint": "79ea4a5b81897e0f", "message": "unknown key `titel` in `+++`",
                    "help": ["did you mean `title`", "known keys: period, title"],
                    "path": "content/429006/2021.md", "line": 2, "column": 1, "end_line": 2, "end_column": 6,
                    "related": [], "fixes": []
                },
                {
                    "code": "duplicate-metric", "level": "warning", "group": "figures",
                    "fingerprint": "9c7746342c5bf8f6",
                    "message": "`beds` has two figures for `429006` in 2020: `7.13张` and `7.12张`",
                    "help": [
                        "keep the right one; if it was revised, mark the new one with status = \"revised\"; \
                         if the definitions differ, make two indicators"
                    ],
                    "path": "content/429006/2021.md", "line": 5, "column": 8, "end_line": 5, "end_column": 15,
                    "related": [{
                        "message": "first given as `7.13张`", "path": "content/429006/2020.md",
                        "line": 1, "column": 8, "end_line": 1, "end_column": 15
                    }],
                    "fixes": []
                }
            ],
            "errors": 2, "warnings": 1, "known": 0
        });
        assert_eq!(whole, expected);
    }
}
