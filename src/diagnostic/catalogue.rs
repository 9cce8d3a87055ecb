//! The words of diagnostics: reads `messages.toml`, which holds one table per code in two languages, and fills in the
//! facts of a diagnostic. Places are not touched here; `cli` puts words and places together.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Diagnostic;

/// The words for one diagnostic, filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// What is wrong.
    pub message: String,
    /// A few words for the place itself.
    pub label: Option<String>,
    /// What to write instead, one line each.
    pub help: Vec<String>,
    /// What the further places are, in the order of [`Diagnostic::related`].
    pub related: Vec<String>,
}

/// Puts the words for a diagnostic together. A code without an entry is shown by its name and facts.
pub fn describe(diagnostic: &Diagnostic, language: Language) -> Text {
    let args = &diagnostic.args;
    let Some(entry) = entry(diagnostic.code) else {
        let facts = args.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ");
        let related = diagnostic.related.iter().map(|(_, name)| (*name).to_owned()).collect();
        return Text { message: format!("{} {facts}", diagnostic.code), label: None, help: Vec::new(), related };
    };
    let filled = |words: &Words| fill(words.get(language), args, language);
    let related = |name: &str| entry.related.get(name).and_then(&filled).unwrap_or_else(|| name.to_owned());
    Text {
        message: filled(&entry.message).unwrap_or_else(|| entry.title.get(language).to_owned()),
        label: entry.label.as_ref().and_then(filled),
        help: entry.help.iter().filter_map(filled).collect(),
        related: diagnostic.related.iter().map(|(_, name)| related(name)).collect(),
    }
}

/// A language nianbao speaks to its user.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

/// The same words in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    zh: String,
    en: String,
}

impl Words {
    /// The words in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// All words of one code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The family it belongs to, one of [`GROUPS`].
    #[serde(default)]
    pub group: String,
    /// What the code is about.
    pub title: Words,
    /// What is wrong at a place.
    pub message: Words,
    /// A few words for the place.
    pub label: Option<Words>,
    /// What further places are, by the names emitters give them.
    #[serde(default)]
    pub related: BTreeMap<String, Words>,
    /// Lines that say what to write instead.
    #[serde(default)]
    pub help: Vec<Words>,
    /// Why it is a mistake and how to mend it, in a paragraph or more.
    pub explain: Words,
}

/// The entry of a code.
pub fn entry(code: &str) -> Option<&'static Entry> {
    entries().get(code)
}

/// All entries by code, in the order of the alphabet.
pub fn entries() -> &'static BTreeMap<String, Entry> {
    static ENTRIES: LazyLock<BTreeMap<String, Entry>> =
        LazyLock::new(|| toml::from_str(include_str!("messages.toml")).expect("a test reads the catalogue"));
    &ENTRIES
}

/// Reasons inside messages by key.
fn reasons() -> &'static BTreeMap<String, Words> {
    static REASONS: LazyLock<BTreeMap<String, Words>> =
        LazyLock::new(|| toml::from_str(include_str!("reasons.toml")).expect("a test reads the reasons"));
    &REASONS
}

/// The families of codes; site.toml may set the level of a whole family.
pub const GROUPS: &[&str] =
    &["charts", "content", "figures", "files", "links", "privacy", "prose", "publication", "site", "text", "theme"];

/// The codes of a group, in the order of the alphabet.
pub fn codes_of(group: &str) -> impl Iterator<Item = &'static str> {
    entries().iter().filter(move |(_, entry)| entry.group == group).map(|(code, _)| code.as_str())
}

/// Codes that are warnings or notes by themselves; a site may move these and no others.
pub const MOVABLE: &[&str] = &[
    "allow-expired",
    "allow-reason",
    "allow-unknown",
    "allow-unused",
    "attachment-bare",
    "attachment-name",
    "attachment-type",
    "claim-disagrees",
    "date-early",
    "date-missing",
    "date-order",
    "disclosure-duplicate",
    "disclosure-index",
    "disclosure-year",
    "document-number",
    "duplicate-report",
    "file-unlinked",
    "gov-code",
    "gov-column",
    "gov-icp",
    "gov-incomplete",
    "gov-police",
    "heading-order",
    "html-removed",
    "image-alt",
    "implausible",
    "link-unsafe",
    "list-order",
    "map-doubt",
    "multiplier-lost",
    "numeral-form",
    "numeral-range",
    "over-hundred",
    "page-furniture",
    "personal-card",
    "personal-mail",
    "personal-phone",
    "points-or-percent",
    "prose-bound",
    "prose-elsewhere",
    "prose-missing",
    "prose-unnamed",
    "punctuation-balance",
    "punctuation-doubled",
    "punctuation-end",
    "punctuation-width",
    "region-replaced",
    "respectively-arity",
    "section-empty",
    "summary-long",
    "target-contradicts",
    "target-direction",
    "text-blank",
    "text-stray",
    "unit-changed",
    "unit-word",
    "validity-unknown",
    "value-differs",
    "value-jump",
    "word-missing",
    "word-retired",
];

/// Replaces the placeholders of a template; `None` when a fact is not given.
fn fill(template: &str, args: &[(&'static str, String)], language: Language) -> Option<String> {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, name, after)) = next_placeholder(rest) {
        let (_, value) = args.iter().find(|(given, _)| *given == name)?;
        filled.push_str(before);
        filled.push_str(&localised(name, value, language));
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Splits at the first `{name}`; braces around anything but a name are text, as in TOML examples.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    text.match_indices('{').find_map(|(open, _)| {
        let (name, after) = text[open + 1..].split_once('}')?;
        is_name(name).then_some((&text[..open], name, after))
    })
}

/// Reasons by key in both languages; lists, stages of review and the types of values, as `keys` names them, read as Chinese in Chinese words; every other fact is shown as it is.
fn localised(name: &str, value: &str, language: Language) -> String {
    match (language, name) {
        (_, "reason") => reasons().get(value).map_or(value, |words| words.get(language)).to_owned(),
        (Language::English, _) => value.to_owned(),
        (Language::Chinese, "old" | "new" | "left") if value == "withdrawn" => "撤回".to_owned(),
        (Language::Chinese, "known" | "fields") => value.replace(", ", "、"),
        (Language::Chinese, "stages" | "signed") => {
            let names = [("first", "初审"), ("second", "复审"), ("final", "终审"), (", ", "、")];
            names.iter().fold(value.to_owned(), |text, (english, chinese)| text.replace(english, chinese))
        }
        (Language::Chinese, "expected" | "found") => match value {
            "text" => "文字",
            "a number" => "数",
            "true/false" | "true or false" => "true 或 false",
            "a date" => "日期",
            "a date such as 2022-02-18" => "日期，如 2022-02-18",
            "an array" => "清单",
            "an array of texts" => "文字的清单",
            "two numbers such as [0, 500]" => "两个数，如 [0, 500]",
            "a table" => "表",
            other => other,
        }
        .to_owned(),
        (Language::Chinese, _) => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        let mut rest = text;
        while let Some((_, name, after)) = next_placeholder(rest) {
            names.insert(name);
            rest = after;
        }
        names
    }

    /// The sources without their tests, and without this file.
    fn sources() -> String {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        let files = crate::fs::walk(root).expect("the sources are readable");
        let mut all = String::new();
        for file in files {
            if file.relative.ends_with(".rs") && file.relative != "diagnostic/catalogue.rs" {
                let text = std::fs::read_to_string(&file.path).expect("sources are text");
                all.push_str(text.split("#[cfg(test)]").next().expect("split yields one part"));
            }
        }
        all
    }

    fn emitted(sources: &str) -> BTreeSet<&str> {
        let mut codes = BTreeSet::new();
        for maker in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note(", "Diagnostic::global("] {
            for (at, _) in sources.match_indices(maker) {
                if let Some(literal) = sources[at + maker.len()..].trim_start().strip_prefix('"') {
                    codes.insert(literal.split('"').next().expect("split yields one part"));
                }
            }
        }
        codes
    }

    #[test]
    fn movable_codes_are_never_errors() {
        let sources = sources();
        let made = |maker: &str, code: &str| sources.contains(&format!("Diagnostic::{maker}(\"{code}\""));
        for code in entries().keys() {
            let error = made("error", code) || made("global", code);
            let movable = MOVABLE.contains(&code.as_str());
            assert!(!(error && movable), "{code} is an error somewhere");
            let gentle = made("warning", code) || made("note", code);
            assert!(movable || !gentle, "{code} is missing from MOVABLE");
        }
    }

    #[test]
    fn every_emitted_code_has_words() {
        let sources = sources();
        let without: Vec<_> = emitted(&sources).into_iter().filter(|code| entry(code).is_none()).collect();
        assert!(without.is_empty(), "codes without an entry in messages.toml: {without:?}");
    }

    #[test]
    fn every_entry_belongs_to_a_group() {
        let outside: Vec<_> = entries()
            .iter()
            .filter(|(_, entry)| !GROUPS.contains(&entry.group.as_str()))
            .map(|(code, _)| code)
            .collect();
        assert!(outside.is_empty(), "entries without a group of GROUPS: {outside:?}");
        let both: Vec<_> = GROUPS.iter().filter(|group| entry(group).is_some()).collect();
        assert!(both.is_empty(), "names of groups and of codes: {both:?}");
    }

    #[test]
    fn every_entry_is_emitted() {
        let sources = sources();
        let unused: Vec<_> = entries().keys().filter(|code| !sources.contains(&format!("\"{code}\""))).collect();
        assert!(unused.is_empty(), "entries nobody emits: {unused:?}");
    }

    #[test]
    fn languages_name_the_same_facts_in_the_house_style() {
        for (code, entry) in entries() {
            let lines =
                [&entry.message].into_iter().chain(&entry.label).chain(entry.related.values()).chain(&entry.help);
            for words in lines {
                assert_eq!(placeholders(&words.zh), placeholders(&words.en), "{code}: {}", words.en);
                assert!(!words.zh.ends_with('。') && !words.en.ends_with('.'), "{code}: full stop at the end");
            }
            let begins = entry.message.en.chars().next();
            assert!(
                !begins.is_some_and(|first| first.is_ascii_uppercase()),
                "{code}: English messages begin in lower case"
            );
            for text in [&entry.title, &entry.explain] {
                assert!(!text.zh.trim().is_empty() && !text.en.trim().is_empty(), "{code}: empty words");
            }
        }
    }

    #[test]
    fn reasons_are_used_and_end_without_a_stop() {
        let sources = sources();
        for (key, words) in reasons() {
            assert!(sources.contains(&format!("\"{key}\"")), "nobody gives the reason {key}");
            assert!(!words.zh.ends_with('。') && !words.en.ends_with('.'), "{key}: full stop at the end");
        }
    }

    fn check(diagnostic: Diagnostic, language: Language, message: &str, help: &[&str]) {
        let text = describe(&diagnostic, language);
        assert_eq!(text.message, message);
        assert_eq!(text.help, help);
    }

    #[test]
    fn facts_fill_the_words() {
        let wrong =
            || Diagnostic::global("wrong-type").arg("key", "title").arg("expected", "text").arg("found", "a table");
        check(wrong(), Language::English, "`title` should be text, found a table", &[]);
        check(wrong(), Language::Chinese, "`title` 应为文字，写的却是表", &[]);
        let key =
            || Diagnostic::global("unknown-key").arg("key", "titel").arg("place", "site.toml").arg("known", "a, b");
        check(key(), Language::Chinese, "site.toml 里没有 `titel` 这个键", &["可用的键：a、b"]);
        check(
            key().arg("suggestion", "title"),
            Language::English,
            "unknown key `titel` in site.toml",
            &["did you mean `title`", "known keys: a, b"],
        );
        check(Diagnostic::global("no-such-code").arg("a", 1), Language::English, "no-such-code a = 1", &[]);
    }
}
