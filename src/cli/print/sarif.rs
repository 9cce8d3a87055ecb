//! SARIF 2.1.0, the exchange format of checking programs, as code scanning of GitHub and editors read it. Files are
//! named from the current folder; columns count characters. Code scanning refuses results without a place: those
//! about the whole site stand at its settings.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json::level;
use super::{Finding, Findings, Place};
use crate::diagnostic::Level;
use crate::diagnostic::catalogue::{self, Language};
use crate::plan::escape;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log with one run.
pub(super) fn print(findings: &Findings, language: Language) -> String {
    let mut codes: BTreeMap<&'static str, Level> = BTreeMap::new();
    for finding in &findings.list {
        let level = codes.entry(finding.code).or_insert(finding.level);
        *level = finding.level.min(*level);
    }
    let rules: Vec<Value> = codes.iter().map(|(code, level)| rule(code, *level, language)).collect();
    let place = |code| codes.keys().position(|known| *known == code);
    let results: Vec<Value> =
        findings.list.iter().map(|finding| result(finding, place(finding.code), &findings.settings)).collect();
    let tag = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let driver = json!({
        "name": "nianbao",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "language": tag,
        "rules": rules,
    });
    let run = json!({
        "tool": { "driver": driver },
        "language": tag,
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    format!("{log:#}\n")
}

fn rule(code: &str, severity: Level, language: Language) -> Value {
    let mut rule = json!({ "id": code, "defaultConfiguration": { "level": level(severity) } });
    if let Some(entry) = catalogue::entry(code) {
        let explain = entry.explain.get(language).trim();
        rule["shortDescription"] = json!({ "text": entry.title.get(language) });
        rule["help"] = json!({ "text": explain, "markdown": explain });
        rule["properties"] = json!({ "tags": [entry.group] });
    }
    rule
}

fn result(finding: &Finding, rule: Option<usize>, settings: &str) -> Value {
    let place = match &finding.place {
        Some(place) => location(place),
        None => json!({ "artifactLocation": artifact(settings), "region": { "startLine": 1 } }),
    };
    let lines: Vec<&str> =
        std::iter::once(&finding.text.message).chain(&finding.text.help).map(String::as_str).collect();
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": level(finding.level),
        "message": { "text": lines.join("\n") },
        "locations": [{ "physicalLocation": place }],
        "partialFingerprints": { "nianbao/v1": finding.fingerprint },
    });
    let related = finding.related.iter().zip(&finding.text.related).enumerate();
    let related: Vec<Value> = related
        .map(|(at, (place, words))| {
            json!({ "id": at + 1, "message": { "text": words }, "physicalLocation": location(place) })
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some((first, _)) = finding.fixes.first() {
        let replacement = |(place, text): &(Place, String)| json!({ "deletedRegion": region(place), "insertedContent": { "text": text } });
        let replacements: Vec<Value> = finding.fixes.iter().map(replacement).collect();
        let change = json!({ "artifactLocation": artifact(&first.local_path()), "replacements": replacements });
        result["fixes"] = json!([{ "artifactChanges": [change] }]);
    }
    result
}

fn location(place: &Place) -> Value {
    json!({ "artifactLocation": artifact(&place.local_path()), "region": region(place) })
}

/// The file as a relative address.
fn artifact(path: &str) -> Value {
    json!({ "uri": path.split('/').map(escape).collect::<Vec<_>>().join("/") })
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.start.0,
        "startColumn": place.start.1,
        "endLine": place.end.0,
        "endColumn": place.end.1,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, tests::sample};
    use super::*;

    #[test]
    fn one_run_with_rules_results_and_places() {
        let log: Value = serde_json::from_str(&sample(Format::Sarif, Language::English)).expect("it is JSON");
        let run = &log["runs"][0];
        let rules: Vec<_> = run["tool"]["driver"]["rules"].as_array().into_iter().flatten().collect();
        let ids: Vec<_> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
        assert_eq!(ids, ["duplicate-metric", "site-missing", "unknown-key"]);
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), 3);
        for result in results {
            assert_eq!(result["ruleId"], rules[result["ruleIndex"].as_u64().expect("a number") as usize]["id"]);
            assert_eq!(result["partialFingerprints"]["nianbao/v1"].as_str().map(str::len), Some(16));
        }
        let settings = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(settings, "content/site.toml");
        let place = &results[1]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/429006/2021.md");
        let region = json!({ "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 6 });
        assert_eq!(place["region"], region);
        assert_eq!(results[2]["relatedLocations"][0]["message"]["text"], "first given as `7.13张`");
    }
}
