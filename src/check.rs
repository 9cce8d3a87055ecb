//! The rules a site must keep before anything is written: a list of functions, each from site and plan to findings.

mod allow;
mod attachments;
mod disclosure;
mod links;
mod mend;
mod metrics;
mod plausible;
mod publication;
mod texts;

use crate::diagnostic::{Diagnostic, Level};
use crate::hash::Hash;
use crate::plan::Plan;
use crate::site::Site;
use crate::site::reads::Cell;
use crate::source::Sources;

/// A rule.
type Rule = fn(&Site, &Plan, &mut Vec<Diagnostic>);

/// All rules.
const RULES: &[Rule] = &[
    metrics::formulas_fit,
    metrics::formulas_hold,
    metrics::headlines_exist,
    metrics::charts_show_something,
    links::targets_exist,
    links::html_stays,
    publication::government,
    publication::dates_are_given,
    publication::dates_follow_figures,
    publication::summaries_are_short,
    disclosure::index_numbers,
    disclosure::dates_in_order,
    disclosure::document_numbers,
    disclosure::validities,
    attachments::files_are_sound,
    attachments::files_are_linked,
    plausible::years_follow,
    plausible::statements_agree,
    plausible::targets_agree,
];

/// What is known of texts from a former check.
pub trait Known: Sync {
    /// Whether nothing was found in the text of this path and content, and nothing would be found now.
    fn is_clean(&self, path: &str, hash: Hash) -> bool;
    /// Notes that nothing was found, with what was read of the site.
    fn add_clean(&self, path: &str, hash: Hash, cells: Vec<Cell>);
}

/// Nothing is known.
pub struct Nothing;

impl Known for Nothing {
    fn is_clean(&self, _: &str, _: Hash) -> bool {
        false
    }

    fn add_clean(&self, _: &str, _: Hash, _: Vec<Cell>) {}
}

/// Runs all rules, and lets pass what was allowed on purpose. Texts `known` to be clean are not read again.
pub fn check(site: &Site, plan: &Plan, sources: &Sources, known: &dyn Known, found: &mut Vec<Diagnostic>) {
    for rule in RULES {
        rule(site, plan, found);
    }
    texts::check(site, sources, known, found);
    mend::attach(sources, found);
    allow::apply(site, sources, found);
}

/// Runs only the rules on whether texts say what the figures are.
pub fn statements(site: &Site, sources: &Sources, found: &mut Vec<Diagnostic>) {
    texts::statements(site, sources, found);
}

/// Applies the levels a site sets for codes; findings switched off are dropped. Only findings that are warnings or notes by
/// themselves move: an error says that something cannot be read or shown truly, which no setting makes true.
pub fn apply_levels(site_levels: &[(String, Option<Level>)], found: &mut Vec<Diagnostic>) {
    for (code, level) in site_levels {
        let moves = |one: &Diagnostic| one.code == code && one.level != Level::Error;
        match level {
            Some(level) => found.iter_mut().filter(|one| moves(one)).for_each(|one| one.level = *level),
            None => found.retain(|one| !moves(one)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample::{Sample, site_of, site_with};

    #[test]
    fn errors_keep_their_level() {
        let levels = ["link-dead", "implausible", "image-alt"].map(str::to_owned);
        let levels = levels.into_iter().zip([None, None, Some(Level::Error)]).collect::<Vec<_>>();
        let span = crate::source::Span::start_of(Sources::default().add_text("a.md", ""));
        let mut found = vec![
            Diagnostic::error("link-dead", span),
            Diagnostic::warning("implausible", span),
            Diagnostic::warning("image-alt", span),
        ];
        apply_levels(&levels, &mut found);
        let left: Vec<_> = found.iter().map(|one| (one.code, one.level)).collect();
        assert_eq!(left, [("link-dead", Level::Error), ("image-alt", Level::Error)]);
    }

    /// The codes of a site's rules.
    fn check(sample: Sample, expected: &str) {
        let mut found = sample.found;
        let plan = Plan::new(&sample.site, &mut found);
        super::check(&sample.site, &plan, &sample.sources, &Nothing, &mut found);
        let codes = found.iter().map(|one| one.code).collect::<Vec<_>>().join(" ");
        assert_eq!(codes, expected, "{found:?}");
    }

    #[test]
    fn stated_figures_follow_from_their_parts_as_far_as_printed() {
        let done = |people: &str, task: &str, done: &str, expected: &str| {
            check(
                site_of(&format!("429006 2021 | people = \"{people}\" | task = \"{task}\" | done = \"{done}\"")),
                expected,
            );
        };
        done("20.47万人", "18.68万人", "109.58%", "");
        done("20.47万人", "18.68万人", "109.60%", "");
        done("20.47万人", "18.68万人", "109.8%", "ratio-disagrees");
        done("3034人", "3000人", "101.13%", "");
        done("3034人", "3000人", "101.14%", "ratio-disagrees");
        done("6419人", "7399人", "86.8%", "");
        done("72人", "92人", "78.26%", "");
        done("72人", "92人", "80%以上", "ratio-disagrees");
        done("72人", "92人", "75%以上", "");
        done("72人", "92人", "约80%", "");
        done("72余人", "92人", "10%", "");
        let sum = |public: &str, private: &str, all: &str, expected: &str| {
            check(
                site_of(&format!(
                    "429006 2021 | public = \"{public}\" | private = \"{private}\" | hospitals = \"{all}\""
                )),
                expected,
            );
        };
        sum("21个", "132家", "153个", "");
        sum("21个", "132家", "152个", "sum-disagrees");
        sum("2.1万个", "1.3万家", "3.4万个", "");
        sum("2.1万个", "1.3万家", "3.5万个", "");
        sum("2.1万个", "1.3万家", "3.6万个", "sum-disagrees");
        sum("21个", "132家", "150余个", "");
    }

    #[test]
    fn what_a_text_says_of_its_figures_is_worked_out_again() {
        let text = |period: &str, metrics: &str, body: &str| {
            format!(
                "+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"{period}\"\n[metrics]\n{metrics}\n+++\n{body}"
            )
        };
        let year = |before: &str, now: &str, body: &str, expected: &str| {
            let files = [("a.md".to_owned(), text("2020", before, "")), ("b.md".to_owned(), text("2021", now, body))];
            check(site_with(&files), expected);
        };
        let (before, now) = ("people = \"2900人\"", "people = \"3034人\"");
        year(before, now, "人数3034人，比上年增加134人。", "");
        year(before, now, "人数3034人，比上年增加143人。", "claim-disagrees");
        year(before, now, "人数3034人，同比增长4.6%。", "");
        year(before, now, "人数3034人，同比增长4.7%。", "claim-disagrees");
        year(before, now, "人数3034人，同比下降4.6%。", "claim-disagrees");
        year(before, now, "人数3034人，任务数比上年增加500人。", "");
        year("people = \"20.47万人\"", "people = \"20.57万人\"", "人数20.57万人，同比增长0.5%。", "");
        year("share = \"88.1%\"", "share = \"91.3%\"", "覆盖率91.3%，比上年提高3.2个百分点。", "");
        year("share = \"88.1%\"", "share = \"91.3%\"", "覆盖率91.3%，比上年提高2.3个百分点。", "claim-disagrees");
        year(
            "share = \"88.1%\"",
            "share = { value = \"91.3%\", status = \"break\" }",
            "覆盖率91.3%，比上年提高2个百分点。",
            "",
        );
        let target = "share = { value = \"98.7%\", target = \"≥95%\", note = \"目标95%\" }";
        year("", target, "覆盖率98.7%，超过年度目标3.7个百分点，覆盖率目标95%以上。", "");
        year("", target, "覆盖率98.7%，超过年度目标7.3个百分点，覆盖率目标95%以上。", "claim-disagrees");
    }

    #[test]
    fn links_lead_somewhere() {
        let text = |body: &str| {
            format!(
                "+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n[metrics]\nrate = \"1‰\"\n+++\n{body}"
            )
        };
        let link = |body: &str, expected: &str| check(site_with(&[("429006/a.md".to_owned(), text(body))]), expected);
        link("# 一、成绩\n\n[上文](#一-成绩)", "");
        link("# 一、成绩\n\n[上文](#%E4%B8%80-%E6%88%90%E7%BB%A9)", "");
        link("[上文](#二)", "anchor-dead");
        link("[数](#m-rate) [数](a.md#m-rate)", "");
        link("[数](#m-share)", "anchor-dead");
        link("[附件]()", "link-dead");
        link("<wjw@tianmen.gov.cn>", "");
        link("[数据](/data/observations.csv) [指标](/indicators/rate/) [地区](/regions/429006/index.html)", "");
        link("[别处](/regions/420100/index.html)", "attachment-missing");
        link("[别处](b.md)", "link-dead");
        link("[别处](../../b.md)", "link-dead");
    }

    #[test]
    fn charts_show_something_and_html_is_not_lost_in_silence() {
        let two = "429006 2021 | rate = \"1‰\"\n140823 2021 | rate = \"≤2‰\"";
        let sample = |clean: bool, body: &str| {
            let site = if clean { "title = \"站\"\n[content]\nhtml = \"sanitise\"" } else { "title = \"站\"" };
            let report = |region: &str, figure: &str| {
                format!(
                    "+++\ntitle = \"报告\"\nregion = \"{region}\"\nperiod = \"2021\"\n[metrics]\nrate = \"{figure}\"\n+++\n"
                )
            };
            let page = format!("+++\ntitle = \"页\"\n+++\n{body}");
            let files = [
                ("site.toml", site.to_owned()),
                ("a.md", report("429006", "1‰")),
                ("b.md", report("140823", "≤2‰")),
                ("pages/p.md", page),
            ];
            site_with(&files.map(|(path, text)| (path.to_owned(), text)))
        };
        check(site_of(two), "");
        let ranking =
            "```chart\nkind = \"ranking\"\nindicators = [\"rate\"]\nregions = [\"429006\", \"140823\"]\n```\n";
        check(sample(false, ranking), "chart-empty");
        check(sample(true, "<b>好</b> <u>好</u>"), "");
        check(sample(true, "<iframe src=\"x\"></iframe>"), "html-removed");
        check(sample(true, "<b onclick=\"x()\">好</b>"), "html-removed");
        check(sample(true, "<!-- 内部 -->"), "");
        check(sample(false, "<iframe></iframe>"), "");
    }

    #[test]
    fn former_addresses_do_not_meet_pages() {
        let alias = |path: &str, expected: &str| {
            let text =
                format!("+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\naliases = [\"{path}\"]\n+++\n");
            check(site_with(&[("a.md".to_owned(), text)]), expected);
        };
        alias("art/2022/2/18/art_1.html", "");
        alias("/old/", "");
        alias("index.html", "alias-clash");
        alias("Index.html", "alias-clash");
        alias("index.html/x.html", "alias-clash");
        alias("../x.html", "path-unsafe");
        alias("x.pdf", "path-unsafe");
    }
}
