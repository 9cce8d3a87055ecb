//! What authors may call their files, and what they may write into texts: nothing gets lost, nothing gets out.

use scraper::{Html, Selector};

use crate::project::Project;
use crate::tree;

/// Builds a site with a report and an attachment of these names; the page links to the attachment.
#[track_caller]
fn check(report: &str, attachment: &str, link: &str) {
    let text = format!("+++\ntitle = \"总结\"\nregion = \"429006\"\nperiod = \"2021\"\n+++\n见[附件]({link})。\n");
    let project = Project::new()
        .file(&format!("content/429006/{report}"), text)
        .file(&format!("content/429006/{attachment}"), "甲");
    project.build().success();
    let public = project.path("public");
    assert_eq!(std::fs::read_to_string(public.join(format!("files/429006/{attachment}"))).expect("it travels"), "甲");
    let pages =
        tree::files(&public).into_iter().filter(|path| path.starts_with("reports/") && path.matches('/').count() == 3);
    let pages: Vec<String> = pages.collect();
    assert_eq!(pages.len(), 1, "{pages:?}");
    let html = Html::parse_document(&std::fs::read_to_string(public.join(&pages[0])).expect("a page"));
    let anchors = Selector::parse("main a").expect("a selector");
    let found =
        html.select(&anchors).find(|anchor| anchor.text().collect::<String>() == "附件").expect("the link is there");
    let address = found.attr("href").expect("an address");
    assert!(address.starts_with("../../../files/429006/"), "{address}");
    assert!(!address.contains([' ', '#', '?', '"']), "{address}");
}

#[test]
fn names_with_blanks() {
    check("2021 年 总结.md", "附 件 一.csv", "<附 件 一.csv>");
    check("2021 年 总结.md", "附 件 一.csv", "附%20件%20一.csv");
}

#[test]
fn names_with_emoji_and_signs() {
    check("😀.md", "📈.csv", "📈.csv");
    check("100%完成#1.md", "100%#完成?.csv", "100%25%23完成%3F.csv");
    check("a&b.md", "a&b'c.csv", "<a&b'c.csv>");
}

#[test]
fn names_of_255_bytes() {
    let report = format!("{}.md", "年".repeat(84));
    assert_eq!(report.len(), 255);
    let attachment = format!("{}.csv", "a".repeat(251));
    check(&report, &attachment, &attachment);
}

/// A report whose every text tries to get out of where it is shown.
const ATTACK: &str = r#"</script></title></svg><script>alert(1)</script><img src=x onerror=alert(2)>"'&{{ 7*7 }}"#;

#[test]
fn texts_stay_texts() {
    let quoted = format!("'''{ATTACK}'''");
    let indicators = format!(
        "[beds]\nname = {quoted}\nname_en = {quoted}\nunit = \"张\"\ntopic = {quoted}\ndefinition = {quoted}\n"
    );
    let site = format!(
        "title = {quoted}\nsubtitle = {quoted}\npublisher = {quoted}\ndescription = {quoted}\nfooter = {quoted}\n\n[gov]\nsite_name = {quoted}\nsponsor = {quoted}\ncontact = {quoted}\n\n[check]\ngov-incomplete = \"off\"\ndate-missing = \"off\"\nprose-missing = \"off\"\n\n[headline]\nindicators = [\"beds\"]\n"
    );
    let report = |year: u16| {
        format!(
            "+++\ntitle = {quoted}\nregion = \"gaoxin\"\nperiod = \"{year}\"\npublisher = {quoted}\nsummary = {quoted}\ntopics = [{quoted}]\n\
             source = {{ name = {quoted} }}\n[disclosure]\ncategory = {quoted}\n[metrics]\n\
             beds = {{ value = \"{year}张\", target = \"≥2000张\", target_source = {quoted}, note = {quoted} }}\n+++\n\
             {ATTACK}\n\n## {ATTACK}\n\n```chart\nkind = \"trend\"\nindicators = [\"beds\"]\ntitle = {quoted}\n```\n"
        )
    };
    let project = Project::empty()
        .file("content/site.toml", site)
        .file("content/indicators.toml", indicators)
        .file("content/regions.toml", format!("[gaoxin]\nname = {quoted}\n"))
        .file("content/429006/2021.md", report(2021))
        .file("content/429006/2022.md", report(2022))
        .file("content/429006/2023.md", report(2023));
    project.build().success();
    let public = project.path("public");
    let select = |what: &str| Selector::parse(what).expect("a selector");
    let (mut islands, mut faults) = (0, Vec::new());
    for path in tree::files(&public).into_iter().filter(|path| path.ends_with(".html")) {
        let text = std::fs::read_to_string(public.join(&path)).expect("a page");
        let html = Html::parse_document(&text);
        for script in html.select(&select("script")) {
            let body: String = script.text().collect();
            match script.attr("type") {
                Some("application/json" | "application/ld+json") => {
                    islands += 1;
                    if let Err(error) = serde_json::from_str::<serde_json::Value>(&body) {
                        faults.push(format!("{path}: an island of data is cut: {error}"));
                    }
                }
                _ if !body.trim().is_empty() => faults.push(format!("{path}: a script got in: {body}")),
                _ => {}
            }
        }
        if html.select(&select("[onerror], img[src=x]")).next().is_some() {
            faults.push(format!("{path}: an element got in"));
        }
        if html.select(&select("title")).next().is_none_or(|title| !title.text().any(|text| text.contains("</script>")))
        {
            faults.push(format!("{path}: the title is not whole"));
        }
        if text.contains("49}") || text.contains("&quot;&#x27;&amp;49") {
            faults.push(format!("{path}: a text was taken for a template"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(islands > 0, "charts have data");
    for path in ["feed.xml", "sitemap.xml"] {
        let text = std::fs::read_to_string(public.join(path)).expect("a file");
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) != quick_xml::events::Event::Eof {}
        assert!(!text.contains("<script"), "{path}");
    }
}

#[test]
fn unsafe_links_are_removed_and_warned_of() {
    let body = "[甲](javascript:alert(1)) [乙](data:text/html,x) ![丙](data:image/png;base64,AA) [丁](JaVaScRiPt:alert(1)) \
                <javascript:alert(2)> [戊][1] <a href=\"javascript:alert(3)\">己</a>\n\n[1]: vbscript:x\n";
    for html in ["escape", "sanitise"] {
        let project = Project::new()
            .file("content/site.toml", format!("title = \"示例\"\n\n[content]\nhtml = \"{html}\"\n"))
            .with_report("", body);
        project.build().stderr_has(&["警告[link-unsafe]", "6 个警告"]).success();
        let page = std::fs::read_to_string(project.path("public/reports/429006/2021/index.html")).expect("a page");
        let page = Html::parse_document(&page);
        let all = Selector::parse("main [href], main [src]").expect("a selector");
        for element in page.select(&all) {
            let address = element.attr("href").or(element.attr("src")).expect("it was selected").to_lowercase();
            assert!(
                !["javascript:", "data:", "vbscript:"].iter().any(|scheme| address.trim().starts_with(scheme)),
                "{html}: {address}"
            );
        }
    }
}
