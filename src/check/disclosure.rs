//! Rules about the disclosure block: index number, document number, dates and validity (政府信息公开).

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::report::{Disclosure, Report};
use crate::site::Site;

/// The states of a document in use.
#[rustfmt::skip]
const VALIDITIES: &[&str] = &[
    "有效", "现行有效", "继续有效", "部分有效", "部分失效", "失效", "已失效", "宣布失效", "废止", "已废止", "修改", "已修改", "已修订",
    "尚未生效", "尚未施行",
];

/// What people write where there is no number.
const NONE: &[&str] = &["", "无", "/", "-", "—", "——"];

/// Signs written in place of the brackets 〔 and 〕.
const OPENING: &[char] = &['[', '［', '(', '（', '【', '﹝', '〖', '{'];
const CLOSING: &[char] = &[']', '］', ')', '）', '】', '﹞', '〗', '}'];

fn blocks(site: &Site) -> impl Iterator<Item = (&Report, &Disclosure)> {
    site.all_reports().iter().filter_map(|report| Some((&**report, report.disclosure.as_ref()?)))
}

/// An index number names one document, and its year is that of the document.
pub(super) fn index_numbers(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for (report, block) in blocks(site).filter(|(_, block)| !NONE.contains(&block.index.as_str())) {
        let place = block.places.of("index");
        match seen.get(block.index.as_str()) {
            None => {
                seen.insert(block.index.as_str(), place);
            }
            Some(first) => found.push(
                Diagnostic::warning("disclosure-duplicate", place).arg("index", &block.index).related(*first, "first"),
            ),
        }
        // A number given in January may belong to a document of December.
        let years: Vec<i16> = block.issued.iter().chain(&report.date).map(|date| date.year()).collect();
        if let (Some(year), Some(issued)) = (index_year(&block.index), block.issued)
            && !years.contains(&year)
        {
            let other = Diagnostic::warning("disclosure-year", place).arg("index", &block.index);
            let other = other.arg("year", year).arg("issued", issued);
            found.push(other.related(block.places.of("issued"), "issued"));
        }
    }
}

/// The year in an index number, behind the code of the body: `MB1A08302/2022-05179`, `01527918X-2020-153077`.
fn index_year(index: &str) -> Option<i16> {
    let parts = index.split(['/', '-']).skip(1);
    let year = |part: &str| part.parse().ok().filter(|year| part.len() == 4 && (1990..2100).contains(year));
    parts.filter_map(year).next()
}

/// A document is issued before it is published.
pub(super) fn dates_in_order(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for (report, block) in blocks(site) {
        if let (Some(date), Some(issued)) = (report.date, block.issued)
            && date < issued
        {
            let order = Diagnostic::warning("date-order", report.date_span).arg("date", date).arg("issued", issued);
            found.push(order.related(block.places.of("issued"), "issued"));
        }
    }
}

/// Document numbers are written as GB/T 9704 asks.
pub(super) fn document_numbers(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for (_, block) in blocks(site) {
        let number = block.document_number.as_str();
        if NONE.contains(&number) || is_number(number) || is_order(number) {
            continue;
        }
        let odd = Diagnostic::warning("document-number", block.places.of("document_number")).arg("number", number);
        found.push(match mended(number) {
            Some(better) => odd.arg("suggestion", better),
            None => odd,
        });
    }
}

/// 鄂卫发〔2024〕5号.
fn is_number(text: &str) -> bool {
    let parts = || {
        let (body, rest) = text.split_once('〔')?;
        let (year, serial) = rest.split_once('〕')?;
        Some((body, year, serial.strip_suffix('号')?))
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    parts().is_some_and(|(body, year, serial)| {
        !body.is_empty() && year.len() == 4 && digits(year) && digits(serial) && !serial.starts_with('0')
    })
}

/// Orders and announcements are numbered in their own way: 国务院令第711号, 公告2021年第5号.
fn is_order(text: &str) -> bool {
    let bracketed = text.contains(OPENING) || text.contains(['〔', '〕']);
    !bracketed && text.contains('第') && text.ends_with('号')
}

/// The number with the right brackets, without 第 and leading zeros, when that makes it one.
fn mended(text: &str) -> Option<String> {
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
    let (head, serial) = folded.split_once('〕')?;
    let serial = serial.trim_start_matches('第').trim_end_matches('号').trim_start_matches('0');
    Some(format!("{head}〕{serial}号")).filter(|better| is_number(better))
}

fn fold(c: char) -> char {
    match c {
        _ if OPENING.contains(&c) => '〔',
        _ if CLOSING.contains(&c) => '〕',
        _ => crate::unit::fold(c),
    }
}

/// The state of a document is one of those in use.
pub(super) fn validities(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for (_, block) in blocks(site) {
        let state = block.validity.as_str();
        if !state.is_empty() && !VALIDITIES.contains(&state) {
            let unknown = Diagnostic::warning("validity-unknown", block.places.of("validity")).arg("validity", state);
            let unknown = unknown.suggest(state, VALIDITIES.iter().copied());
            found.push(unknown.arg("known", VALIDITIES.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_have_hexagonal_brackets() {
        let check = |text: &str, expected: Option<&str>| {
            assert!(!is_number(text) && !is_order(text), "{text}");
            assert_eq!(mended(text).as_deref(), expected, "{text}");
        };
        for text in ["鄂卫发〔2024〕5号", "国办公开办函〔2019〕61号", "国务院令第711号", "公告2021年第5号"]
        {
            assert!(is_number(text) || is_order(text), "{text}");
        }
        check("鄂卫发[2024]5号", Some("鄂卫发〔2024〕5号"));
        check("鄂卫发（２０２４）第005号", Some("鄂卫发〔2024〕5号"));
        check("鄂卫发〔2024〕5", Some("鄂卫发〔2024〕5号"));
        check("鄂卫发〔2024〕第5号", Some("鄂卫发〔2024〕5号"));
        check("鄂卫发2024-5", None);
        check("〔2024〕5号", None);
    }

    #[test]
    fn index_numbers_name_a_year_or_none() {
        let check = |index: &str, expected| assert_eq!(index_year(index), expected, "{index}");
        check("MB1A08302/2022-05179", Some(2022));
        check("01527918X-2020-153077", Some(2020));
        check("11441700007280420Y/2021-00050", Some(2021));
        check("2021", None);
        check("330200-05-02-20210601-0001", None);
        check("四〇/2", None);
    }
}
