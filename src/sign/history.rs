//! What changed in a report since it was signed, where git still has what was signed. Whatever git cannot tell is not told:
//! no git, no repository, a shallow clone are no mistakes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use super::{attachments, digest_of};
use crate::hash::Digest;
use crate::load::outline::resolve;
use crate::load::{reread, travels};
use crate::report::Report;
use crate::site::Site;

/// How many commits are looked at.
const COMMITS: &str = "-50";
/// How many changes are told, and how many characters of each sentence.
const TOLD: usize = 5;
const LENGTH: usize = 40;

/// A former state of a report.
struct Past {
    text: Vec<u8>,
    report: Arc<Report>,
    attachments: BTreeMap<String, Digest>,
}

/// The changes since the state with this digest, in short.
pub(super) fn changes(root: &Path, site: &Site, report: &Report, signed: Digest) -> Option<String> {
    let past = find(root, site, report, signed)?;
    let now = std::fs::read(root.join("content").join(&*report.path)).ok()?;
    let mut told = figures(site, &past.report, report);
    let with_head = told.is_empty();
    told.extend(sentences(&words(&past.text, with_head), &words(&now, with_head)));
    let there: BTreeMap<String, Digest> = attachments(report, site.files())
        .into_iter()
        .filter_map(|(path, file)| Some((path.to_owned(), Digest::of_file(&file.disk).ok()?)))
        .collect();
    told.extend(files(&past.attachments, &there));
    let more = told.len().saturating_sub(TOLD);
    told.truncate(TOLD);
    if more > 0 {
        told.push(format!("… +{more}"));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// The newest state of a report with a digest, among the last commits that touched it or its attachments.
fn find(root: &Path, site: &Site, report: &Report, signed: Digest) -> Option<Past> {
    let own = format!("content/{}", report.path);
    let mut log = vec!["log".to_owned(), COMMITS.to_owned(), "--format=%H".to_owned(), "--".to_owned(), own];
    log.extend(attachments(report, site.files()).into_keys().map(|path| format!("content/{path}")));
    let log: Vec<&str> = log.iter().map(String::as_str).collect();
    let commits = String::from_utf8(git(root, &log)?).ok()?;
    commits.lines().find_map(|commit| past(root, site, report, commit, signed))
}

fn past(root: &Path, site: &Site, report: &Report, commit: &str, signed: Digest) -> Option<Past> {
    let blob = |path: &str| git(root, &["cat-file", "blob", &format!("{commit}:./content/{path}")]);
    let text = blob(&report.path)?;
    let former = reread(&report.path, &text, report.body.file, &site.indicators, &site.regions, &site.units)?;
    let targets = former.body.outline.references.iter().filter_map(|link| resolve(&former.path, &link.target));
    let targets: BTreeSet<String> = targets.filter(|target| !target.is_empty() && travels(target)).collect();
    let attachments: BTreeMap<String, Digest> =
        targets.into_iter().filter_map(|path| blob(&path).map(|bytes| (path, Digest::of(&bytes)))).collect();
    let mut list = vec![(&*former.path, Digest::of(&text))];
    list.extend(attachments.iter().map(|(path, digest)| (path.as_str(), *digest)));
    (digest_of(&list) == signed).then_some(Past { text, report: former, attachments })
}

/// What git says; nothing when it refuses.
fn git(root: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    command.arg("--literal-pathspecs").arg("-C").arg(root).args(arguments).stdin(std::process::Stdio::null());
    let output = command.output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// The figures that differ: `床位数 125张 → 130张`.
fn figures(site: &Site, before: &Report, now: &Report) -> Vec<String> {
    let (before, now) = (by_name(site, before), by_name(site, now));
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let changes = names.into_iter().filter_map(|name| match (before.get(name), now.get(name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => Some(format!("{name} {old} → {new}")),
        (Some(old), None) => Some(format!("− {name} {old}")),
        (None, Some(new)) => Some(format!("+ {name} {new}")),
        (None, None) => None,
    });
    changes.collect()
}

fn by_name(site: &Site, report: &Report) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for metric in &report.metrics {
        let mut name = site.indicators.get(metric.indicator).name.to_string();
        if metric.region != report.region {
            name = format!("{} {name}", site.regions.get(metric.region).name);
        }
        if metric.period != report.period {
            name = format!("{name} {}", metric.period);
        }
        let value = metric.value.as_ref().map_or("—".to_owned(), |value| value.lexeme.to_string());
        let target = metric.target.as_ref().map(|target| format!(" ({})", target.lexeme));
        all.insert(name, value + &target.unwrap_or_default());
    }
    all
}

/// The sentences of a document; those of its front matter are its lines.
fn words(bytes: &[u8], with_head: bool) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut fences = text.splitn(3, "+++");
    let (head, body) = (fences.nth(1).unwrap_or_default(), fences.next().unwrap_or_default());
    let head = if with_head { head } else { "" };
    let lines = head.lines().chain(body.split(['。', '！', '？', '；', '\n']));
    lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The sentences that differ, paired in their order: `“甲” → “乙”`.
fn sentences(before: &[String], now: &[String]) -> Vec<String> {
    let lost = only_in(before, now);
    let come = only_in(now, before);
    let pairs = lost.iter().zip(&come).map(|(old, new)| format!("“{}” → “{}”", cut(old, new), cut(new, old)));
    let gone = lost.iter().skip(come.len()).map(|old| format!("− “{}”", cut(old, "")));
    let added = come.iter().skip(lost.len()).map(|new| format!("+ “{}”", cut(new, "")));
    pairs.chain(gone).chain(added).collect()
}

fn only_in<'a>(these: &'a [String], those: &[String]) -> Vec<&'a str> {
    let those: BTreeSet<&String> = those.iter().collect();
    these.iter().filter(|one| !those.contains(one)).map(String::as_str).collect()
}

/// A sentence cut to the part where it differs from another.
fn cut(text: &str, other: &str) -> String {
    let same = text.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let skipped = if text.chars().count() > LENGTH { same.saturating_sub(LENGTH / 4) } else { 0 };
    let part: String = text.chars().skip(skipped).take(LENGTH).collect();
    let before = if skipped > 0 { "…" } else { "" };
    let after = if text.chars().count() > skipped + LENGTH { "…" } else { "" };
    format!("{before}{part}{after}")
}

/// The attachments that differ.
fn files(before: &BTreeMap<String, Digest>, now: &BTreeMap<String, Digest>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let changes = names.into_iter().filter_map(|name| match (before.get(name), now.get(name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(_), Some(_)) => Some(format!("≠ {name}")),
        (Some(_), None) => Some(format!("− {name}")),
        _ => Some(format!("+ {name}")),
    });
    changes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_differ_are_told() {
        let check = |before: &str, now: &str, expected: &[&str]| {
            let of = |text: &str| words(format!("+++\n+++\n{text}").as_bytes(), false);
            assert_eq!(sentences(&of(before), &of(now)), expected);
        };
        check("一。二。三。", "一。二。三。", &[]);
        check("一。二。三。", "一。四。三。", &["“二” → “四”"]);
        check("一。二。", "一。", &["− “二”"]);
        check("一。", "一。二！", &["+ “二”"]);
        let long = "长".repeat(60);
        let expected =
            format!("“…{}甲{}” → “…{}乙{}”", "长".repeat(10), "长".repeat(29), "长".repeat(10), "长".repeat(29));
        check(&format!("{long}甲{long}。"), &format!("{long}乙{long}。"), &[&expected.replace("长”", "长…”")]);
    }

    #[test]
    fn a_changed_head_is_told_by_its_lines() {
        let of = |title: &str| words(format!("+++\ntitle = \"{title}\"\n+++\n甲。").as_bytes(), true);
        assert_eq!(sentences(&of("一"), &of("二")), ["“title = \"一\"” → “title = \"二\"”"]);
    }
}
