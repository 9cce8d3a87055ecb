//! Sign-off: which reports were passed at which stage, whether what was passed still stands, and what a release lacks.
//!
//! What is signed is the file of a report and the attachments it links, byte for byte; not the figures of other reports that
//! are shown beside it, nor site.toml, indicators.toml and regions.toml. Signatures change no page.

mod history;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::fs;
use crate::hash::Digest;
use crate::load::outline::resolve;
use crate::load::signatures::NAME;
use crate::report::{ContentFile, Report};
use crate::signature::{Signature, Stage};
use crate::site::Site;

/// How many changed reports are compared with what git knows of them; each takes a while.
const COMPARED: usize = 20;

/// What became of the signatures of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The report, by its path below `content/`.
    pub report: String,
    /// Its title.
    pub title: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// The stages in their order.
    pub stages: [StageStanding; 3],
}

/// What became of the signature of a stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageStanding {
    /// The stage.
    pub stage: Stage,
    /// How it stands.
    pub state: State,
    /// The newest signature; of a valid stage the one that is valid.
    pub signature: Option<Signature>,
}

/// How a stage stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nobody signed.
    Missing,
    /// What was signed is what there is.
    Valid,
    /// What was signed has changed since.
    Changed,
    /// Somebody signed who had signed an earlier stage, where the site does not allow that.
    SameSigner,
}

impl State {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            State::Missing => "missing",
            State::Valid => "valid",
            State::Changed => "changed",
            State::SameSigner => "same-signer",
        }
    }
}

impl Standing {
    /// Whether it may be published.
    pub fn is_passed(&self) -> bool {
        self.stages.iter().all(|stage| stage.state == State::Valid)
    }
}

/// What must be so of a report before somebody signs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// It is a draft.
    Draft,
    /// An earlier stage is not signed, or what it signed has changed.
    Order(Stage),
    /// The stage is signed already.
    Twice(Signature),
    /// The same person signed another stage.
    SameSigner(Signature),
}

/// The attachments a report links, by path.
pub fn attachments<'a>(report: &Report, files: &'a [ContentFile]) -> BTreeMap<&'a str, &'a ContentFile> {
    let targets = report.body.outline.references.iter().filter_map(|link| resolve(&report.path, &link.target));
    let files = targets.filter_map(|target| {
        let at = files.binary_search_by(|file| (*file.path).cmp(&target)).ok()?;
        Some((&*files[at].path, &files[at]))
    });
    files.collect()
}

/// What a signature of a report signs.
pub fn digest(root: &Path, report: &Report, files: &[ContentFile]) -> Result<Digest> {
    let mut list = vec![(&*report.path, Digest::of_file(&root.join("content").join(&*report.path))?)];
    for (path, file) in attachments(report, files) {
        list.push((path, Digest::of_file(&file.disk)?));
    }
    Ok(digest_of(&list))
}

/// The digest of a list of files as `sha256sum` writes it: the report first, then its attachments by path.
fn digest_of(list: &[(&str, Digest)]) -> Digest {
    Digest::of(list.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect::<String>().as_bytes())
}

/// How the signatures of a report stand; `signatures` are those of this report in the order of the file.
pub fn standing(report: &Report, digest: Digest, signatures: &[&Signature], same_signer: bool) -> Standing {
    let mut valid: Vec<&Signature> = Vec::new();
    let stages = Stage::ALL.map(|stage| {
        let of_stage = || signatures.iter().copied().filter(move |one| one.stage == stage);
        let current = of_stage().rfind(|one| one.digest == digest);
        let state = match current {
            Some(one) if !same_signer && valid.iter().any(|other| same_person(&one.by, &other.by)) => State::SameSigner,
            Some(_) => State::Valid,
            None if of_stage().next().is_some() => State::Changed,
            None => State::Missing,
        };
        valid.extend(current);
        StageStanding { stage, state, signature: current.or(of_stage().next_back()).cloned() }
    });
    Standing { report: report.path.to_string(), title: report.title.clone(), draft: report.draft, stages }
}

/// Blanks do not make another person.
fn same_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
    plain(one) == plain(other)
}

/// The signatures by report, in the order of the file.
fn by_report(signatures: &[Signature]) -> BTreeMap<&str, Vec<&Signature>> {
    let mut all: BTreeMap<&str, Vec<&Signature>> = BTreeMap::new();
    for one in signatures {
        all.entry(&one.report).or_default().push(one);
    }
    all
}

/// How all reports of a site stand, in their order.
pub fn status(root: &Path, site: &Site) -> Result<Vec<Standing>> {
    let signed = by_report(&site.signatures);
    let each = site.all_reports().par_iter().map(|report| {
        let signatures = signed.get(&*report.path).map(Vec::as_slice).unwrap_or_default();
        // Where nobody signed nothing need be read.
        let digest = match signatures {
            [] => Digest::of(b""),
            _ => digest(root, report, site.files())?,
        };
        Ok(standing(report, digest, signatures, site.config.same_signer))
    });
    each.collect()
}

/// What a release lacks: one finding for each report that did not pass all stages, or changed since.
pub fn gate(root: &Path, site: &Site, found: &mut Vec<Diagnostic>) -> Result<()> {
    let mut compared = 0;
    for (report, standing) in site.all_reports().iter().zip(status(root, site)?) {
        if standing.is_passed() {
            continue;
        }
        let names = |wanted: &dyn Fn(State) -> bool| {
            let stages = standing.stages.iter().filter(|stage| wanted(stage.state));
            stages.map(|stage| stage.stage.name(false)).collect::<Vec<_>>().join(", ")
        };
        let is_changed = |state| state == State::Changed;
        let changed = names(&is_changed);
        let code = if changed.is_empty() { "unsigned" } else { "changed-after-signing" };
        let mut diagnostic = Diagnostic::error(code, report.span)
            .arg("path", &report.path)
            .arg("stages", names(&|state| state != State::Valid));
        if let Some(twice) = standing.stages.iter().find(|stage| stage.state == State::SameSigner) {
            let by = twice.signature.as_ref().map(|one| one.by.as_str()).unwrap_or_default();
            diagnostic = diagnostic.arg("by", by);
        }
        let newest =
            standing.stages.iter().filter(|stage| is_changed(stage.state)).filter_map(|stage| stage.signature.as_ref());
        if let Some(newest) = newest.max_by_key(|one| (one.date, one.stage)) {
            diagnostic = diagnostic.arg("signer", &newest.by).arg("date", newest.date).arg("signed", changed);
            compared += 1;
            if compared <= COMPARED
                && let Some(changes) = history::changes(root, site, report, newest.digest)
            {
                diagnostic = diagnostic.arg("changes", changes);
            }
        }
        found.push(diagnostic);
    }
    Ok(())
}

/// Why a report cannot be signed at a stage by a person; `None` when it can.
pub fn unfit(standing: &Standing, stage: Stage, by: &str, same_signer: bool) -> Option<Unfit> {
    if standing.draft {
        return Some(Unfit::Draft);
    }
    let signed = |one: &StageStanding| matches!(one.state, State::Valid | State::SameSigner);
    for one in &standing.stages {
        match &one.signature {
            Some(signature) if one.stage == stage && one.state == State::Valid => {
                return Some(Unfit::Twice(signature.clone()));
            }
            _ if one.stage < stage && !signed(one) => return Some(Unfit::Order(one.stage)),
            Some(signature) if !same_signer && one.stage != stage && signed(one) && same_person(&signature.by, by) => {
                return Some(Unfit::SameSigner(signature.clone()));
            }
            _ => {}
        }
    }
    None
}

/// How one report stands, by what was loaded.
pub fn standing_of(root: &Path, report: &Report, content: &crate::load::Content) -> Result<(Standing, Digest)> {
    let digest = digest(root, report, &content.files)?;
    let signatures: Vec<&Signature> = content.signatures.iter().filter(|one| one.report == report.path).collect();
    Ok((standing(report, digest, &signatures, content.config.same_signer), digest))
}

/// Adds signatures at the end of the file, which is made when there is none; what stands in it stays as it is.
pub fn add(root: &Path, signatures: &[Signature], is_chinese: bool) -> Result<()> {
    let path = root.join("content").join(NAME);
    let mut text = match path.exists() {
        true => fs::read(&path)?,
        false if is_chinese => {
            "# 审签记录，由 nianbao sign 写入，请不要手改；report 和附件改动后须重新签。\n".as_bytes().to_vec()
        }
        false => {
            b"# Signatures, written by nianbao sign; do not edit. A changed report has to be signed again.\n".to_vec()
        }
    };
    if text.last().is_some_and(|byte| *byte != b'\n') {
        text.push(b'\n');
    }
    for one in signatures {
        text.extend_from_slice(one.print(is_chinese).as_bytes());
    }
    fs::replace(&path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::site_of;

    fn signature(stage: Stage, by: &str, digest: Digest) -> Signature {
        let date = jiff::civil::date(2026, 1, 1);
        Signature { report: "0.md".into(), stage, by: by.to_owned(), date, digest, note: String::new() }
    }

    /// How a report stands by stage, person and whether the report was as it is: `1甲= 2乙!`.
    fn stand(typed: &str, same_signer: bool) -> Standing {
        let (now, before) = (Digest::of(b"now"), Digest::of(b"before"));
        let signatures: Vec<Signature> = typed
            .split_whitespace()
            .map(|word| {
                let chars: Vec<char> = word.chars().collect();
                let stage = Stage::ALL[chars[0].to_digit(10).expect("a stage") as usize - 1];
                signature(stage, &chars[1].to_string(), if chars[2] == '=' { now } else { before })
            })
            .collect();
        let sample = site_of("429006 2021 | rate = \"1‰\"");
        standing(&sample.site.all_reports()[0], now, &signatures.iter().collect::<Vec<_>>(), same_signer)
    }

    #[test]
    fn stages_stand_by_what_was_signed() {
        let check = |typed: &str, expected: &str| {
            let states = stand(typed, false).stages.map(|stage| stage.state.id()).join(" ");
            assert_eq!(states, expected, "{typed}");
        };
        check("", "missing missing missing");
        check("1甲=", "valid missing missing");
        check("1甲= 2乙= 3丙=", "valid valid valid");
        check("1甲! 2乙! 3丙!", "changed changed changed");
        check("1甲! 1甲= 2乙!", "valid changed missing");
        check("1甲= 1甲!", "valid missing missing");
        check("1甲= 2甲= 3丙=", "valid same-signer valid");
        assert!(stand("1甲= 2甲= 3甲=", true).is_passed());
    }

    #[test]
    fn stages_are_signed_in_order_by_different_people() {
        let check = |typed: &str, stage: Stage, by: &str, expected: &str| {
            let unfit = unfit(&stand(typed, false), stage, by, false);
            let word = match unfit {
                None => "",
                Some(Unfit::Draft) => "draft",
                Some(Unfit::Order(stage)) => stage.name(false),
                Some(Unfit::Twice(_)) => "twice",
                Some(Unfit::SameSigner(_)) => "same",
            };
            assert_eq!(word, expected, "{typed} {stage:?} {by}");
        };
        check("", Stage::First, "甲", "");
        check("", Stage::Second, "甲", "first");
        check("1甲=", Stage::First, "乙", "twice");
        check("1甲!", Stage::First, "甲", "");
        check("1甲! 2乙!", Stage::Second, "乙", "first");
        check("1甲=", Stage::Second, "甲", "same");
        check("1甲=", Stage::Second, " 甲 ", "same");
        check("1甲=", Stage::Second, "乙", "");
        check("1甲= 2乙=", Stage::Final, "甲", "same");
        check("1甲= 2乙= 3丙!", Stage::Final, "丙", "");
        check("1甲= 2甲=", Stage::Second, "乙", "");
    }
}
