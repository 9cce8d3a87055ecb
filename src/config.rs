//! site.toml resolved: every key read once here, defaults settled, nothing optional left that a later stage must decide.

mod words;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, catalogue};
use crate::keys::{Key, Keys, Kind, Text, Value};
use crate::source::{Places, Span};

pub use self::words::{Retired, Words};

/// Language of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// zh-CN.
    Chinese,
    /// en.
    English,
}

impl Language {
    /// The tag for `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// Whether it is Chinese.
    pub fn is_chinese(self) -> bool {
        self == Language::Chinese
    }
}

/// What happens to raw HTML in texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HtmlPolicy {
    /// Shown as text.
    Escape,
    /// Cleaned to a safe subset.
    Sanitise,
}

/// `[gov]`; see norms of 国办发〔2017〕47号.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names are those of site.toml")]
pub struct Gov {
    pub site_name: String,
    pub site_domain: String,
    pub site_id_code: String,
    pub column_name: String,
    pub column_description: String,
    pub column_keywords: String,
    pub column_type: String,
    pub sponsor: String,
    pub contact: String,
    pub icp: String,
    pub police: String,
    pub conac_html: String,
    pub error_report_html: String,
    pub places: Places,
}

/// site.toml.
#[derive(Clone, Debug)]
pub struct Config {
    /// Title.
    pub title: String,
    /// Second line.
    pub subtitle: String,
    /// Absolute address with a closing slash; empty when unset.
    pub base_url: String,
    /// Language.
    pub language: Language,
    /// Theme name and where it is named.
    pub theme: (String, Option<Span>),
    /// Publisher.
    pub publisher: String,
    /// One sentence.
    pub description: String,
    /// Footer text.
    pub footer: String,
    /// Menu: words and address below the output root; empty means the usual one.
    pub menu: Vec<(String, Text)>,
    /// Ids of the headline indicators.
    pub headline: Vec<Text>,
    /// Government block.
    pub gov: Option<Gov>,
    /// Raw HTML.
    pub html: HtmlPolicy,
    /// Levels set by code or group, one for each code; `None` switches a finding off.
    pub levels: Vec<(String, Option<Level>)>,
    /// Words a site watches.
    pub words: Words,
    /// The version that is published: figures that changed since need an entry in the ledger.
    pub published: Option<Text>,
    /// Whether one person may sign several stages of a report.
    pub same_signer: bool,
    /// Findings allowed on purpose.
    pub allowed: Vec<Allowance>,
    /// Further counting units.
    pub units: Vec<String>,
    /// Rates of fewer events than this are small samples; 0 ranks and compares all.
    pub small: u32,
    /// What is made beside the pages.
    pub outputs: Outputs,
}

/// `[outputs]`: what is made beside the pages; everything unless switched off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outputs {
    /// A page, a drawing and a table for every chart.
    pub embeds: bool,
    /// A proof sheet for every report.
    pub proofs: bool,
    /// Workbooks of Excel beside CSV and JSON.
    pub workbooks: bool,
}

/// An entry of `[[check.allow]]`: findings that somebody looked at and let pass.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// Their code.
    pub code: Text,
    /// Their file, below `content/` or the site's folder.
    pub path: String,
    /// Words of the message or of the line; all findings of the file when empty.
    pub text: String,
    /// Why; empty when the author gave no reason.
    pub reason: String,
    /// The last day it counts.
    pub until: Option<(jiff::civil::Date, Span)>,
}

/// Fewest events a rate rests on before it is ranked or compared, unless site.toml says otherwise.
const SMALL: u32 = 5;

impl Config {
    /// Resolves site.toml.
    pub fn resolve(site: &Value, found: &mut Vec<Diagnostic>) -> Config {
        let keys = Keys::of(site, "site.toml", found);
        let title = keys.required("title").map(|text| text.value).unwrap_or_default();
        let config = Config {
            title,
            subtitle: keys.string("subtitle"),
            base_url: base_url(keys.text("base_url"), found),
            language: language(&keys),
            theme: keys.text("theme").map_or(("gov".to_owned(), None), |text| (text.value, Some(text.span))),
            publisher: keys.string("publisher"),
            description: keys.string("description"),
            footer: keys.string("footer"),
            menu: keys.tables("menu").into_iter().filter_map(|entry| menu_entry(entry, found)).collect(),
            headline: keys.get("headline").map(|value| headline(value, found)).unwrap_or_default(),
            gov: keys.get("gov").map(|value| gov(value, found)),
            html: keys.get("content").map_or(HtmlPolicy::Escape, |value| html_policy(value, found)),
            levels: keys.get("check").map(|value| levels(value, found)).unwrap_or_default(),
            words: keys.get("check").map(|value| words::words(value, found)).unwrap_or_default(),
            published: keys.get("check").and_then(|value| published(value, found)),
            same_signer: keys.get("check").is_some_and(|value| same_signer(value, found)),
            allowed: keys.get("check").map(|value| allowed(value, found)).unwrap_or_default(),
            units: keys.get("units").map(|value| units(value, found)).unwrap_or_default(),
            small: keys.get("compare").and_then(|value| small(value, found)).unwrap_or(SMALL),
            outputs: outputs(keys.get("outputs"), found),
        };
        keys.finish(found);
        config
    }
}

fn outputs(value: Option<&Value>, found: &mut Vec<Diagnostic>) -> Outputs {
    let Some(value) = value else { return Outputs { embeds: true, proofs: true, workbooks: true } };
    let keys = Keys::of(value, "[outputs]", found);
    let wanted = |key| keys.get(key).is_none() || keys.flag(key);
    let outputs = Outputs { embeds: wanted("embeds"), proofs: wanted("proofs"), workbooks: wanted("workbooks") };
    keys.finish(found);
    outputs
}

/// Checks an address and closes it with a slash.
pub fn base_url(text: Option<Text>, found: &mut Vec<Diagnostic>) -> String {
    let Some(Text { value, span }) = text.filter(|text| !text.value.is_empty()) else { return String::new() };
    let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")).unwrap_or_default();
    let fine = !host.is_empty()
        && !host.starts_with('/')
        && !value.contains(|c: char| c.is_whitespace() || "\"<>#?".contains(c));
    if !fine {
        found.push(Diagnostic::error("url-invalid", span).arg("url", &value));
        return String::new();
    }
    if value.ends_with('/') { value } else { value + "/" }
}

fn language(keys: &Keys<'_>) -> Language {
    let Some(Text { value, span }) = keys.text("language") else { return Language::Chinese };
    match value.as_str() {
        "zh-CN" | "zh" => Language::Chinese,
        "en" => Language::English,
        _ => {
            keys.report(Diagnostic::error("unknown-language", span).arg("language", value).arg("known", "zh-CN, en"));
            Language::Chinese
        }
    }
}

fn menu_entry(entry: &Value, found: &mut Vec<Diagnostic>) -> Option<(String, Text)> {
    let keys = Keys::of(entry, "[[menu]]", found);
    let pair = (keys.required("name"), keys.required("link"));
    keys.finish(found);
    match pair {
        (Some(name), Some(link)) => Some((name.value, link)),
        _ => None,
    }
}

fn headline(value: &Value, found: &mut Vec<Diagnostic>) -> Vec<Text> {
    let keys = Keys::of(value, "[headline]", found);
    let ids = keys.texts("indicators");
    keys.finish(found);
    ids
}

fn gov(value: &Value, found: &mut Vec<Diagnostic>) -> Gov {
    let keys = Keys::of(value, "[gov]", found);
    let gov = Gov {
        site_name: keys.string("site_name"),
        site_domain: keys.string("site_domain"),
        site_id_code: keys.string("site_id_code"),
        column_name: keys.string("column_name"),
        column_description: keys.string("column_description"),
        column_keywords: keys.string("column_keywords"),
        column_type: keys.string("column_type"),
        sponsor: keys.string("sponsor"),
        contact: keys.string("contact"),
        icp: keys.string("icp"),
        police: keys.string("police"),
        conac_html: keys.string("conac_html"),
        error_report_html: keys.string("error_report_html"),
        places: keys.places(),
    };
    keys.finish(found);
    gov
}

fn html_policy(value: &Value, found: &mut Vec<Diagnostic>) -> HtmlPolicy {
    let keys = Keys::of(value, "[content]", found);
    let policy = match keys.text("html") {
        None => HtmlPolicy::Escape,
        Some(text) => match text.value.as_str() {
            "escape" => HtmlPolicy::Escape,
            "sanitise" => HtmlPolicy::Sanitise,
            _ => {
                keys.report(
                    Diagnostic::error("wrong-type", text.span)
                        .arg("key", "html")
                        .arg("expected", "\"escape\" / \"sanitise\"")
                        .arg("found", text.value),
                );
                HtmlPolicy::Escape
            }
        },
    };
    keys.finish(found);
    policy
}

/// Keys of `[check]` that are neither codes nor groups.
const OTHER_CHECKS: &[&str] = &["allow", "published", "same_signer", "words"];

/// The levels of `[check]`; that of a code beats that of its group.
fn levels(value: &Value, found: &mut Vec<Diagnostic>) -> Vec<(String, Option<Level>)> {
    let keys = Keys::of(value, "[check]", found);
    let (mut by_group, mut by_code) = (BTreeMap::new(), BTreeMap::new());
    for (key, value) in keys.entries().iter().filter(|(key, _)| !OTHER_CHECKS.contains(&key.name.as_str())) {
        let name = key.name.as_str();
        let is_group = catalogue::GROUPS.contains(&name);
        if !is_group && catalogue::entry(name).is_none() {
            keys.report(unknown_check(key));
            continue;
        }
        let codes: Vec<&str> = if is_group { catalogue::codes_of(name).collect() } else { vec![name] };
        let movable: Vec<&str> = codes.iter().copied().filter(|code| catalogue::MOVABLE.contains(code)).collect();
        if movable.is_empty() && !codes.is_empty() {
            keys.report(Diagnostic::error("check-fixed", key.span).arg("code", name));
            continue;
        }
        let Some(level) = level(name, value, &keys) else { continue };
        let levels = if is_group { &mut by_group } else { &mut by_code };
        levels.extend(movable.into_iter().map(|code| (code.to_owned(), level)));
    }
    keys.close(found);
    by_group.extend(by_code);
    by_group.into_iter().collect()
}

fn unknown_check(key: &Key) -> Diagnostic {
    let codes = catalogue::entries().keys().map(String::as_str);
    let known = catalogue::GROUPS.iter().chain(OTHER_CHECKS).copied().chain(codes);
    Diagnostic::error("unknown-key", key.span)
        .arg("key", &key.name)
        .arg("place", "[check]")
        .suggest(&key.name, known)
        .arg("known", "nianbao explain")
}

/// A level by its name; `Some(None)` is off.
fn level(name: &str, value: &Value, keys: &Keys<'_>) -> Option<Option<Level>> {
    match &value.kind {
        Kind::Text(text) if text == "error" => Some(Some(Level::Error)),
        Kind::Text(text) if text == "warning" => Some(Some(Level::Warning)),
        Kind::Text(text) if text == "note" => Some(Some(Level::Note)),
        Kind::Text(text) if text == "off" => Some(None),
        _ => {
            keys.report(
                Diagnostic::error("wrong-type", value.span)
                    .arg("key", name)
                    .arg("expected", "\"error\" / \"warning\" / \"note\" / \"off\"")
                    .arg("found", "?"),
            );
            None
        }
    }
}

/// `[check] published`.
fn published(check: &Value, found: &mut Vec<Diagnostic>) -> Option<Text> {
    let keys = Keys::of(check, "[check]", &mut Vec::new());
    let base = keys.text("published");
    if let Some(empty) = base.as_ref().filter(|base| base.value.is_empty()) {
        keys.report(Diagnostic::error("revision-base", empty.span).arg("base", "").arg("reason", "base-empty"));
    }
    keys.close(found);
    base.filter(|base| !base.value.is_empty())
}

/// `[check] same_signer = true`.
fn same_signer(check: &Value, found: &mut Vec<Diagnostic>) -> bool {
    // That `[check]` is a table is seen to where its levels are read.
    let keys = Keys::of(check, "[check]", &mut Vec::new());
    let allowed = keys.flag("same_signer");
    keys.close(found);
    allowed
}

/// `[[check.allow]]`.
fn allowed(check: &Value, found: &mut Vec<Diagnostic>) -> Vec<Allowance> {
    // That `[check]` is a table is seen to where its levels are read.
    let keys = Keys::of(check, "[check]", &mut Vec::new());
    keys.tables("allow").into_iter().filter_map(|entry| allowance(entry, found)).collect()
}

fn allowance(entry: &Value, found: &mut Vec<Diagnostic>) -> Option<Allowance> {
    let keys = Keys::of(entry, "[[check.allow]]", found);
    let (code, path) = (keys.required("code"), keys.required("path"));
    let (text, reason, until) = (keys.string("text"), keys.string("reason"), keys.date("until"));
    keys.finish(found);
    Some(Allowance { code: code?, path: path?.value, text, reason, until })
}

/// `[compare] small = 5`.
fn small(value: &Value, found: &mut Vec<Diagnostic>) -> Option<u32> {
    let keys = Keys::of(value, "[compare]", found);
    let small = keys.get("small").and_then(|value| {
        let number = if let Kind::Number(text) = &value.kind { text.parse().ok() } else { None };
        if number.is_none() {
            let wrong = Diagnostic::error("wrong-type", value.span).arg("key", "small");
            keys.report(wrong.arg("expected", "a number").arg("found", "?"));
        }
        number
    });
    keys.finish(found);
    small
}

fn units(value: &Value, found: &mut Vec<Diagnostic>) -> Vec<String> {
    let keys = Keys::of(value, "[units]", found);
    let units = keys.texts("count").into_iter().map(|text| text.value).collect();
    keys.finish(found);
    units
}
