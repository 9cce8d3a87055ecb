//! Small sites for tests, written as text to a folder of their own and loaded like any other.

use crate::diagnostic::Diagnostic;
use crate::load;
use crate::period::Period;
use crate::site::{Observation, Role, Site, Visibility};
use crate::source::Sources;

/// A site with what was found wrong in it.
pub(crate) struct Sample {
    pub(crate) site: Site,
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) sources: Sources,
    _folder: tempfile::TempDir,
}

const INDICATORS: &str = r#"
[rate]
name = "率"
unit = "‰"
polarity = "lower"
[share]
name = "覆盖率"
unit = "%"
polarity = "higher"
[people]
name = "人数"
unit = "人"
polarity = "higher"
[task]
name = "任务数"
unit = "人"
[done]
name = "完成率"
unit = "%"
ratio = ["people", "task"]
[visits]
name = "人次数"
unit = "人次"
[public]
name = "公立"
unit = "个"
[private]
name = "民营"
unit = "家"
[hospitals]
name = "医院"
unit = "个"
sum = ["public", "private"]
[balance]
name = "结余"
unit = "元"
"#;

/// A site of short reports, one a line: `429006 2021 | rate = "5.4‰" | share = "85%以上"`. Today is 30 June 2026.
pub(crate) fn site_of(lines: &str) -> Sample {
    let reports = lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate().map(|(at, line)| {
        let mut fields = line.split('|').map(str::trim);
        let (region, period) = fields.next().and_then(|head| head.split_once(' ')).expect("region and period");
        let metrics = fields.collect::<Vec<_>>().join("\n");
        let head = format!("title = \"报告{at}\"\nregion = \"{region}\"\nperiod = \"{period}\"");
        (format!("{at}.md"), format!("+++\n{head}\n[metrics]\n{metrics}\n+++\n"))
    });
    site_with(&reports.collect::<Vec<_>>())
}

/// A site of files below `content/`; site.toml and indicators.toml are added where missing.
pub(crate) fn site_with(files: &[(String, String)]) -> Sample {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let usual = [("site.toml", "title = \"站\"\n"), ("indicators.toml", INDICATORS)];
    let usual = usual.iter().filter(|(path, _)| !files.iter().any(|(given, _)| given == path));
    let given = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    for (path, text) in usual.copied().chain(given) {
        let path = folder.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let content = load::load(folder.path(), &mut sources, &mut found).expect("the folder is readable");
    let content = content.unwrap_or_else(|| panic!("no content: {found:?}"));
    let show = Visibility { today: jiff::civil::date(2026, 6, 30), drafts: false };
    let site = Site::new(content, show, &mut found);
    Sample { site, found, sources, _folder: folder }
}

impl Sample {
    /// The codes found, in order.
    pub(crate) fn codes(&self) -> String {
        self.found.iter().map(|one| one.code).collect::<Vec<_>>().join(" ")
    }

    /// The value of an indicator in Tianmen.
    pub(crate) fn value(&self, indicator: &str, period: &str) -> &Observation {
        let indicator = self.site.indicators.find(indicator).expect("an indicator");
        let region = self.site.regions.find("429006").expect("a region");
        let period = Period::parse(period).expect("a period");
        self.site.value_at(indicator, region, period).expect("a value")
    }

    /// The only target of the site.
    pub(crate) fn goal(&self) -> &Observation {
        self.site.observations().iter().find(|one| one.role == Role::Target).expect("a target")
    }
}

#[cfg(test)]
mod tests {
    use super::{site_of, site_with};
    use crate::diagnostic::catalogue::{Language, describe};

    /// The codes a report's front matter (beyond title, region and period) and text give.
    fn check(head: &str, body: &str, expected: &str) {
        let text = format!("+++\ntitle = \"报告\"\nregion = \"429006\"\nperiod = \"2021\"\n{head}\n+++\n{body}");
        assert_eq!(site_with(&[("a.md".to_owned(), text)]).codes(), expected, "{head}{body}");
    }

    #[test]
    fn slips_of_front_matter_are_found() {
        check("", "", "");
        check("date = \"2022-02-18\"", "", "");
        check("date = 2022-02-18T11:12:00", "", "");
        check("date = \"2022-02-185\"", "", "date-invalid");
        check("publish = 2022-02-18\nexpires = \"明年\"", "", "date-invalid");
        check("as_of = 2021-11-30", "", "");
    }

    #[test]
    fn charts_ask_for_what_can_be_shown() {
        let chart = |lines: &str, expected| check("", &format!("```chart\n{lines}\n```\n"), expected);
        chart("kind = \"trend\"\nindicators = [\"rate\"]\nperiods = \"2015..2023\"", "");
        chart("kind = \"trend\"\nindicators = [\"rate\"]\nperiods = \"2023..2015\"", "period-invalid");
        chart("kind = \"trend\"\nindicators = [\"rate\", \"share\"]", "chart-invalid");
        chart("kind = \"trend\"\nindicators = [\"rate\"]\nperiod = \"2021\"", "chart-invalid");
        chart("kind = \"trend\"\nindicators = [\"rate\"]\ncolour = \"red\"", "unknown-key");
    }

    #[test]
    fn regions_are_never_guessed() {
        let help = |region: &str, expected: &str| {
            let sample = site_of(&format!("{region} 2021 | rate = \"1‰\""));
            let text = describe(&sample.found[0], Language::English);
            assert!(text.help.iter().any(|line| line.contains(expected)), "{region}: {text:?}");
            sample.codes()
        };
        assert_eq!(help("429000", "write 420000 湖北省"), "unknown-region");
        assert_eq!(help("110100", "write 110000 北京市"), "unknown-region");
        assert_eq!(help("天门市", "did you mean `429006`"), "unknown-region");
        assert_eq!(help("492006", "it may be: 429006 湖北省天门市"), "unknown-region");
        assert_eq!(help("鼓楼区", "江苏省南京市鼓楼区"), "unknown-region");
        assert_eq!(help("360122", ""), "region-replaced");
    }

    #[test]
    fn settings_and_indicators_hold_what_they_say() {
        let site = |text: &str, expected| {
            let sample = site_with(&[("site.toml".to_owned(), format!("title = \"站\"\n{text}"))]);
            assert_eq!(sample.codes(), expected, "{text}");
        };
        site("[check]\nimplausible = \"off\"\nimage-alt = \"error\"", "");
        site("[check]\nlink-dead = \"off\"", "check-fixed");
        site("[check]\nlink-ded = \"off\"", "unknown-key");
        let words = |text: &str, expected| site(&format!("[check.words]\n{text}"), expected);
        words("forbid = { \"甲\" = \"乙\", \"丙\" = \"\" }\nrequire = \"丁\"", "");
        words("retired = { \"甲\" = { since = 2018-03-17 } }", "");
        words("retired = { \"甲\" = { use = \"乙\" } }", "missing-key");
        words("retired = { \"甲\" = { since = \"去年\" } }", "date-invalid");
        words("retired = { \"甲\" = \"乙\" }", "wrong-type");
        words("forbid = { \"甲\" = 1 }", "wrong-type");
        words("forbidden = { \"甲\" = \"乙\" }", "unknown-key");
        let indicator = |text: &str, expected| {
            let text = format!("[a]\nname = \"a\"\n{text}");
            assert_eq!(site_with(&[("indicators.toml".to_owned(), text.clone())]).codes(), expected, "{text}");
        };
        indicator("plausible = [0, 1e5]", "");
        indicator("plausible = [500, 0]", "wrong-type");
        indicator("plausible = [0, inf]", "wrong-type");
        indicator("ratio = [\"a\", \"a\"]\nsum = [\"a\"]", "formula-double");
    }
}
