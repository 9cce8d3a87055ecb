//! Rules about what a government site says of itself and of each report: the guide for government websites
//! (国办发〔2017〕47号) and the indicators by which they are inspected (国办秘函〔2019〕19号). A site without `[gov]` is not
//! bound by the first.

use jiff::civil::Date;

use crate::config::Gov;
use crate::diagnostic::Diagnostic;
use crate::period::Period;
use crate::plan::Plan;
use crate::report::{ReportKind, Status};
use crate::site::Site;

/// What stands in the head and the foot of every page.
const REQUIRED: &[&str] = &["site_name", "site_domain", "site_id_code", "sponsor", "contact", "icp", "police"];

/// The short names of provinces that open a filing number.
const PROVINCES: &str = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川蜀贵黔云滇陕甘陇青藏桂蒙宁新";

/// The kinds of columns the guide lists.
#[rustfmt::skip]
const COLUMNS: &[&str] = &[
    "首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报",
    "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈",
];

/// Longest summary.
const SUMMARY: usize = 100;

/// `[gov]` says what every page of a government site shows, in the usual forms.
pub(super) fn government(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    let Some(gov) = &site.config.gov else { return };
    let lacking: Vec<&str> = REQUIRED.iter().copied().filter(|key| value(gov, key).is_empty()).collect();
    if !lacking.is_empty() {
        found.push(Diagnostic::warning("gov-incomplete", gov.places.table).arg("fields", lacking.join(", ")));
    }
    let at = |key: &str| gov.places.of(key);
    let code = &gov.site_id_code;
    if let Some(reason) = code_fault(site, code).filter(|_| !code.is_empty()) {
        let fault = Diagnostic::warning("gov-code", at("site_id_code"));
        found.push(fault.arg("code", code).arg("reason", reason));
    }
    if let Some(other) = sitecode(&gov.error_report_html).filter(|other| !code.is_empty() && other != code) {
        let fault = Diagnostic::warning("gov-code", at("error_report_html"));
        found.push(fault.arg("code", other).arg("reason", "site-code-snippet"));
    }
    if !gov.icp.is_empty() && !is_filing(&gov.icp, "ICP备", &[8, 10]) {
        found.push(Diagnostic::warning("gov-icp", at("icp")).arg("number", &gov.icp));
    }
    if !gov.police.is_empty() && !is_filing(&gov.police, "公网安备", &[14, 15]) {
        found.push(Diagnostic::warning("gov-police", at("police")).arg("number", &gov.police));
    }
    if !gov.column_type.is_empty() && !COLUMNS.contains(&gov.column_type.as_str()) {
        let unknown = Diagnostic::note("gov-column", at("column_type")).arg("column", &gov.column_type);
        let unknown = unknown.suggest(&gov.column_type, COLUMNS.iter().copied());
        found.push(unknown.arg("known", COLUMNS.join(", ")));
    }
}

fn value<'a>(gov: &'a Gov, key: &str) -> &'a str {
    match key {
        "site_name" => &gov.site_name,
        "site_domain" => &gov.site_domain,
        "site_id_code" => &gov.site_id_code,
        "sponsor" => &gov.sponsor,
        "contact" => &gov.contact,
        "icp" => &gov.icp,
        _ => &gov.police,
    }
}

/// Why a text is no 网站标识码: ten digits that open with a division, or `bm` and eight digits.
fn code_fault(site: &Site, code: &str) -> Option<&'static str> {
    let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if code.strip_prefix("bm").is_some_and(|rest| digits(rest, 8)) {
        return None;
    }
    let Some(division) = code.get(..6).filter(|_| digits(code, 10)) else { return Some("site-code-form") };
    // 新疆生产建设兵团 has codes of its own, which the list of divisions lacks.
    let known = site.regions.find(division).is_some() || site.regions.former(division).is_some();
    (!known && !division.starts_with("66")).then_some("site-code-region")
}

/// The code in the snippet of 我为政府网站找错: `sitecode='4290060001'`.
fn sitecode(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("sitecode=")?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

/// Whether a text holds a filing number: `鄂ICP备12345678号`, `鄂公网安备 42900602000001号`.
fn is_filing(text: &str, words: &str, lengths: &[usize]) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let province = text[..at].chars().next_back().is_some_and(|c| PROVINCES.contains(c));
        let rest = text[at + words.len()..].trim_start();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        province && lengths.contains(&digits) && rest[digits..].trim_start().starts_with('号')
    })
}

/// On a government site every report says when it was published; an item without a date counts as not updated.
pub(super) fn dates_are_given(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    if site.config.gov.is_some() {
        let without = site.all_reports().iter().filter(|report| report.date.is_none());
        found.extend(without.map(|report| Diagnostic::warning("date-missing", report.span)));
    }
}

/// No report is dated before the figures it states.
pub(super) fn dates_follow_figures(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for report in site.all_reports() {
        let Some(date) = report.date else { continue };
        let known = report.metrics.iter().filter(|metric| metric.value.is_some() && is_settled(metric.status));
        let newest = known.max_by_key(|metric| known_from(report.kind, metric.period));
        if let Some(metric) = newest.filter(|metric| date < known_from(report.kind, metric.period)) {
            let early = Diagnostic::warning("date-early", report.date_span).arg("date", date);
            found.push(early.arg("period", metric.period).related(metric.value_span, "figure"));
        }
    }
}

/// Whether a figure is told when its period is over; a preliminary one may be out before.
fn is_settled(status: Status) -> bool {
    !matches!(status, Status::Provisional | Status::Estimated)
}

/// The first day on which a report may state a figure of a period: the day it was counted, and of a stretch the
/// beginning of its last month, when offices sum up the year. Plans and briefings tell of stretches only begun.
fn known_from(kind: ReportKind, period: Period) -> Date {
    match (period, kind) {
        (Period::AsOf(day), _) => day,
        (_, ReportKind::Summary | ReportKind::Bulletin) => period.end().first_of_month(),
        (_, ReportKind::Plan | ReportKind::Briefing) => period.start(),
    }
}

/// Summaries stay short: they become the description of the page.
pub(super) fn summaries_are_short(site: &Site, _plan: &Plan, found: &mut Vec<Diagnostic>) {
    for report in site.all_reports() {
        let length = report.summary.chars().count();
        if length > SUMMARY {
            let long = Diagnostic::note("summary-long", report.summary_span);
            found.push(long.arg("length", length).arg("limit", SUMMARY));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_name_their_site() {
        assert_eq!(sitecode("<script sitecode='4290060001' src='x'>"), Some("4290060001"));
        assert_eq!(sitecode("<script sitecode=\"4290060001\">"), Some("4290060001"));
        assert_eq!(sitecode("<script sitecode=4290060001>"), None);
        assert_eq!(sitecode("<a href='x'>"), None);
    }

    #[test]
    fn filing_numbers_have_a_province_and_digits() {
        let icp = |text: &str, expected| assert_eq!(is_filing(text, "ICP备", &[8, 10]), expected, "{text}");
        icp("鄂ICP备05012345号", true);
        icp("备案号：鄂ICP备2021012345号-1", true);
        icp("鄂ICP备 05012345 号", true);
        icp("ICP备05012345号", false);
        icp("鄂ICP备0501234号", false);
        icp("鄂ICP备05012345", false);
        icp("鄂ICP证050123号", false);
        let police = |text: &str, expected| assert_eq!(is_filing(text, "公网安备", &[14, 15]), expected, "{text}");
        police("鄂公网安备 42900602000001号", true);
        police("鄂公网安备42900602000001号", true);
        police("皖公网安备 341324020000239号", true);
        police("公网安备 42900602000001号", false);
        police("鄂公网安备 4290号", false);
    }
}
