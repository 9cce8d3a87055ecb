//! A test report as JUnit writes it, for the many programs that show those: one suite, a test case for every file
//! that was looked at and one for the site as a whole. Findings that fail the run are the failure of their file; the
//! others stand in its `system-out`, so that warnings show without failing (with `--deny warnings` they fail).

use std::collections::BTreeMap;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Finding, Findings, headline};
use crate::cli::words;
use crate::diagnostic::catalogue::Language;

/// The name of the test case for findings without a place.
const SITE: &str = "site";

/// One suite.
pub(super) fn print(findings: &Findings, language: Language) -> String {
    let mut cases: BTreeMap<&str, Vec<&Finding>> = BTreeMap::from([(SITE, Vec::new())]);
    for file in &findings.files {
        cases.entry(file).or_default();
    }
    for finding in &findings.list {
        cases.entry(finding.place.as_ref().map_or(SITE, |place| &place.path)).or_default().push(finding);
    }
    let fails = |finding: &&Finding| finding.level <= findings.limit;
    let failures = cases.values().filter(|found| found.iter().any(fails)).count().to_string();
    let tests = cases.len().to_string();
    let counts = [("name", "nianbao"), ("tests", &tests), ("failures", &failures), ("errors", "0"), ("skipped", "0")];
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    let written = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).and_then(|()| {
        let suite = writer.create_element("testsuite").with_attributes(counts);
        let all = |writer: &mut Writer<Vec<u8>>| {
            cases.iter().try_for_each(|(name, found)| {
                let (failing, others) = found.iter().copied().partition(fails);
                case(writer, name, failing, others, language)
            })
        };
        suite.write_inner_content(all).map(|_| ())
    });
    written.expect("writing to memory does not fail");
    String::from_utf8(writer.into_inner()).expect("words are UTF-8") + "\n"
}

fn case(
    writer: &mut Writer<Vec<u8>>,
    name: &str,
    failing: Vec<&Finding>,
    others: Vec<&Finding>,
    language: Language,
) -> std::io::Result<()> {
    let name = clean(name);
    let case = writer.create_element("testcase").with_attributes([("classname", "nianbao"), ("name", name.as_str())]);
    let Some(first) = failing.first().or(others.first()) else { return case.write_empty().map(|_| ()) };
    let words = |list: &[&Finding]| clean(&list.iter().map(|finding| told(finding, language)).collect::<String>());
    let message = clean(&first.text.message);
    case.write_inner_content(|writer| {
        if !failing.is_empty() {
            let failure = writer.create_element("failure");
            let failure = failure.with_attributes([("type", first.code), ("message", message.as_str())]);
            failure.write_text_content(BytesText::new(&words(&failing)))?;
        }
        if !others.is_empty() {
            writer.create_element("system-out").write_text_content(BytesText::new(&words(&others)))?;
        }
        Ok(())
    })
    .map(|_| ())
}

/// A finding with its help, a line each.
fn told(finding: &Finding, language: Language) -> String {
    let help = finding.text.help.iter().map(|line| format!("  {}: {line}\n", words::help(language)));
    format!("{}\n{}", headline(finding, language), help.collect::<String>())
}

/// Without the characters XML cannot hold.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Format, tests::sample};
    use super::*;

    #[test]
    fn a_case_for_every_file() {
        let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<testsuite name="nianbao" tests="2" failures="2" errors="0" skipped="0">
 <testcase classname="nianbao" name="content/429006/2021.md">
  <failure type="unknown-key" message="unknown key `titel` in `+++`">content/429006/2021.md:2:1: error[unknown-key]: unknown key `titel` in `+++`
  help: did you mean `title`
  help: known keys: period, title
</failure>
  <system-out>content/429006/2021.md:5:8: warning[duplicate-metric]: `beds` has two figures for `429006` in 2020: `7.13张` and `7.12张`
  help: keep the right one; if it was revised, mark the new one with status = "revised"; if the definitions differ, make two indicators
</system-out>
 </testcase>
 <testcase classname="nianbao" name="site">
  <failure type="site-missing" message="there is no settings file `content/site.toml`">error[site-missing]: there is no settings file `content/site.toml`
  help: make this file with at least title = "name of the site", or make a new site with `nianbao init`
</failure>
 </testcase>
</testsuite>
"#;
        let printed = sample(Format::Junit, Language::English).replace("&quot;", "\"");
        assert_eq!(printed, expected);
    }
}
