//! Signatures of reports (三审三校): who passed which report at which stage, and what exactly was passed.

use std::sync::Arc;

use jiff::civil::Date;

use crate::hash::Digest;

/// A stage of review; each follows the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// 初审.
    First,
    /// 复审.
    Second,
    /// 终审.
    Final,
}

impl Stage {
    /// All stages in their order.
    pub const ALL: [Stage; 3] = [Stage::First, Stage::Second, Stage::Final];
    /// All that can be written, with what they mean.
    pub const NAMES: [(&'static str, Stage); 6] = [
        ("初审", Stage::First),
        ("复审", Stage::Second),
        ("终审", Stage::Final),
        ("first", Stage::First),
        ("second", Stage::Second),
        ("final", Stage::Final),
    ];

    /// The stage of a name.
    pub fn named(name: &str) -> Option<Stage> {
        Stage::NAMES.iter().find(|(known, _)| *known == name).map(|(_, stage)| *stage)
    }

    /// The Chinese name, or the English one.
    pub fn name(self, is_chinese: bool) -> &'static str {
        Stage::NAMES[self as usize + if is_chinese { 0 } else { Stage::ALL.len() }].0
    }
}

/// An entry of `content/signatures.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// The report, by its path below `content/`.
    pub report: Arc<str>,
    /// The stage.
    pub stage: Stage,
    /// Who signed.
    pub by: String,
    /// When.
    pub date: Date,
    /// What was signed: the SHA-256 of the list that `sha256sum` would write of the report and the attachments it links.
    pub digest: Digest,
    /// A remark, may be empty.
    pub note: String,
}

impl Signature {
    /// The entry as it stands in the file.
    pub fn print(&self, is_chinese: bool) -> String {
        let Signature { report, stage, by, date, digest, note } = self;
        let note = if note.is_empty() { String::new() } else { format!("note = {}\n", quoted(note)) };
        format!(
            "\n[[signature]]\nreport = {}\nstage = \"{}\"\nby = {}\ndate = {date}\ndigest = \"{digest}\"\n{note}",
            quoted(report),
            stage.name(is_chinese),
            quoted(by)
        )
    }
}

/// A text as TOML writes it on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_have_names_in_both_languages() {
        for stage in Stage::ALL {
            assert_eq!(Stage::named(stage.name(true)), Some(stage));
            assert_eq!(Stage::named(stage.name(false)), Some(stage));
        }
        assert_eq!(Stage::Final.name(true), "终审");
        assert_eq!(Stage::named("三审"), None);
    }

    #[test]
    fn texts_are_quoted() {
        assert_eq!(quoted("张三\n\"\\"), "\"张三\\u000A\\\"\\\\\"");
    }
}
