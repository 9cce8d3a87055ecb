//! The front matter of reports and free pages, key by key.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::keys::{Keys, Kind, Text, Value};
use crate::load::outline::is_local;
use crate::load::{Nouns, figures};
use crate::period::Period;
use crate::region::RegionId;
use crate::report::{Body, Citation, Disclosure, FreePage, Report, ReportKind};
use crate::source::Span;

/// Reads the front matter of a report; `None` when it has no region or period, without which nothing can be placed.
pub(super) fn report(
    head: &Value,
    path: Arc<str>,
    body: Body,
    nouns: Nouns<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Report> {
    let keys = Keys::of(head, "front matter", found);
    let title = keys.required("title");
    let region = keys.required("region").and_then(|text| find_region(&text, nouns, &keys));
    let as_of = keys.date("as_of").map(|(date, _)| Period::AsOf(date));
    let period = match (keys.text("period"), as_of) {
        (Some(text), None) => parse_period(&text, &keys),
        (None, Some(period)) => Some(period),
        (Some(text), Some(period)) => parse_period(&text, &keys).map(|_| period),
        (None, None) => {
            keys.required("period");
            None
        }
    };
    let kind = kind(&keys);
    let disclosure = keys.get("disclosure").map(|value| disclosure(value, found));
    let metrics = match (keys.get("metrics"), region, period) {
        (Some(value), Some(region), Some(period)) => figures::metrics(value, region, period, nouns, found),
        _ => Vec::new(),
    };
    let common = (keys.date("date"), keys.date("publish"), keys.date("expires"));
    let report = Report {
        path,
        title: title.map(|text| text.value).unwrap_or_default(),
        region: region.unwrap_or(RegionId(0)),
        period: period.unwrap_or(Period::Year(2000)),
        kind,
        date: common.0.map(|(date, _)| date),
        date_span: common.0.map_or(keys.span, |(_, span)| span),
        publish: common.1.map(|(date, _)| date),
        expires: common.2.map(|(date, _)| date),
        publisher: keys.string("publisher"),
        sources: keys.tables("source").into_iter().map(|value| citation(value, found)).collect(),
        draft: keys.flag("draft"),
        topics: keys.texts("topics").into_iter().map(|text| text.value).collect(),
        aliases: keys.texts("aliases").into_iter().map(|text| (text.value, text.span)).collect(),
        summary: keys.string("summary"),
        summary_span: keys.get("summary").map_or(keys.span, |value| value.span),
        disclosure,
        metrics,
        body,
        span: keys.span,
    };
    keys.finish(found);
    (region.is_some() && period.is_some()).then_some(report)
}

/// Reads the front matter of a free page.
pub(super) fn page(head: &Value, path: Arc<str>, body: Body, found: &mut Vec<Diagnostic>) -> Option<FreePage> {
    let keys = Keys::of(head, "front matter", found);
    let title = keys.required("title").map(|text| text.value);
    let summary = keys.string("summary");
    let aliases = keys.texts("aliases").into_iter().map(|text| (text.value, text.span)).collect();
    let draft = keys.flag("draft");
    let span = keys.span;
    keys.finish(found);
    Some(FreePage { path, title: title?, summary, draft, aliases, body, span })
}

/// Resolves a region; a code no longer in force leads to its successor, with a warning.
pub(super) fn find_region(text: &Text, nouns: Nouns<'_>, keys: &Keys<'_>) -> Option<RegionId> {
    let Text { value, span } = text;
    if let Some(id) = nouns.regions.find(value) {
        return Some(id);
    }
    if let Some(former) = nouns.regions.former(value) {
        let now = nouns.regions.get(former.now);
        keys.report(
            Diagnostic::warning("region-replaced", *span)
                .arg("old", former.code)
                .arg("name", former.name)
                .arg("new", &now.code)
                .arg("new_name", &now.name),
        );
        return Some(former.now);
    }
    let unknown = Diagnostic::error("unknown-region", *span).arg("id", value);
    let code = |id: RegionId| nouns.regions.get(id).code.to_string();
    let named: Vec<RegionId> = nouns.regions.named(value).collect();
    let words = |id: &RegionId| format!("{} {}", code(*id), nouns.regions.full_name(*id));
    keys.report(match (summary_row(value, nouns), named.as_slice()) {
        (Some(above), _) => unknown.arg("summary", words(&above)),
        (None, [one]) => unknown.arg("suggestion", code(*one)),
        // Of four 鼓楼区 none is more likely than the others.
        (None, [_, _, ..]) => unknown.arg("candidates", named.iter().map(words).collect::<Vec<_>>().join(", ")),
        (None, []) => match crate::diagnostic::nearest(value, nouns.regions.codes())
            .and_then(|near| nouns.regions.find(near))
        {
            // A digit off is another place: the name says which.
            Some(near) if value.bytes().all(|byte| byte.is_ascii_digit()) => unknown.arg("candidates", words(&near)),
            Some(near) => unknown.arg("suggestion", code(near)),
            None => unknown,
        },
    });
    None
}

/// The province of a row that sums up counties and is no division itself: 429000, 110100, 500200.
fn summary_row(code: &str, nouns: Nouns<'_>) -> Option<RegionId> {
    let row = code.len() == 6 && code.is_ascii() && matches!(&code[2..], "0100" | "0200" | "9000");
    row.then(|| nouns.regions.find(&format!("{}0000", &code[..2]))).flatten()
}

/// Parses a period.
pub(super) fn parse_period(text: &Text, keys: &Keys<'_>) -> Option<Period> {
    match Period::parse(&text.value) {
        Ok(period) => Some(period),
        Err(error) => {
            let wrong = Diagnostic::error("period-invalid", text.span).arg("text", &text.value);
            keys.report(match error.suggestion {
                Some(suggestion) => wrong.arg("suggestion", suggestion),
                None => wrong,
            });
            None
        }
    }
}

fn kind(keys: &Keys<'_>) -> ReportKind {
    let Some(text) = keys.text("kind") else { return ReportKind::Summary };
    one_of(&text, &ReportKind::NAMES, "unknown-kind", "kind", keys).unwrap_or(ReportKind::Summary)
}

/// The noun a name stands for; an unknown name is reported with the known ones.
pub(super) fn one_of<T: Copy>(
    text: &Text,
    names: &[(&'static str, T)],
    code: &'static str,
    arg: &'static str,
    keys: &Keys<'_>,
) -> Option<T> {
    let known = names.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
    if known.is_none() {
        let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        keys.report(
            Diagnostic::error(code, text.span)
                .arg(arg, &text.value)
                .suggest(&text.value, names.iter().copied())
                .arg("known", names.join(", ")),
        );
    }
    known
}

fn citation(value: &Value, found: &mut Vec<Diagnostic>) -> Citation {
    let keys = Keys::of(value, "source", found);
    let name = keys.required("name").map(|text| text.value).unwrap_or_default();
    let url = keys.text("url").map(|text| checked_url(&text, &keys)).unwrap_or_default();
    keys.finish(found);
    Citation { name, url }
}

fn checked_url(text: &Text, keys: &Keys<'_>) -> String {
    let fine = ["https://", "http://"].iter().any(|scheme| text.value.starts_with(scheme));
    if !fine && !text.value.is_empty() {
        keys.report(Diagnostic::error("url-invalid", text.span).arg("url", &text.value));
        return String::new();
    }
    if is_local(&text.value) {
        keys.report(Diagnostic::error("link-local", text.span).arg("target", &text.value));
    }
    text.value.clone()
}

fn disclosure(value: &Value, found: &mut Vec<Diagnostic>) -> Disclosure {
    let keys = Keys::of(value, "[disclosure]", found);
    let index = keys.text("index");
    if let Some(text) = &index
        && !organisation_code_holds(&text.value)
    {
        keys.report(Diagnostic::warning("disclosure-index", text.span).arg("index", &text.value));
    }
    let disclosure = Disclosure {
        index: index.map(|text| text.value).unwrap_or_default(),
        category: keys.string("category"),
        issued: keys.date("issued").map(|(date, _)| date),
        document_number: keys.string("document_number"),
        validity: keys.string("validity"),
        places: keys.places(),
    };
    keys.finish(found);
    disclosure
}

/// The check character of the organisation code that opens an 索引号 (GB 11714); other patterns pass.
fn organisation_code_holds(index: &str) -> bool {
    let Some((code, _)) = index.split_once('/') else { return true };
    if code.len() != 9 || !code.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return true;
    }
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = code.chars().zip(weights).map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight).sum();
    let expected = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).expect("below ten"),
    };
    code.ends_with(expected)
}

/// The span of a value, for places where only the value is known.
pub(super) fn is_empty_text(value: &Value) -> bool {
    matches!(&value.kind, Kind::Text(text) if text.trim().is_empty())
}

/// A quantity needs its place for messages.
pub(super) fn inner(span: Span, range: std::ops::Range<usize>, text_len: usize) -> Span {
    // A plain quoted string is two bytes longer than its text; then the place inside it is exact.
    if (span.end - span.start) as usize == text_len + 2 {
        Span { file: span.file, start: span.start + 1 + range.start as u32, end: span.start + 1 + range.end as u32 }
    } else {
        span
    }
}

#[cfg(test)]
mod tests {
    use super::organisation_code_holds;

    #[test]
    fn organisation_codes_have_a_check_character() {
        for index in
            ["MB1A08302/2022-05179", "000014349/2017-00110", "01527918X/2020-1", "11441700007280420Y/2021-00050"]
        {
            assert!(organisation_code_holds(index), "{index}");
        }
        assert!(!organisation_code_holds("MB1A08303/2022-05179"));
    }
}
