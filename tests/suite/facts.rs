//! What the sources of the example say is what its pages show.

use scraper::{ElementRef, Html, Selector};

use crate::example;

/// The words below an element without white space.
fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect()
}

/// One element of the page (a table row, a list item) shows all the parts.
#[track_caller]
fn check(page: &str, element: &str, parts: &[&str]) {
    let html = Html::parse_document(&example::text(page));
    let selector = Selector::parse(element).expect("a selector");
    let all: Vec<String> = html.select(&selector).map(words).collect();
    assert!(
        all.iter().any(|words| parts.iter().all(|part| words.contains(part))),
        "no {element} of {page} shows {parts:?}:\n{}",
        all.join("\n")
    );
}

#[test]
fn a_share_is_recomputed_from_its_parts() {
    check("reports/520200/2024/index.html", "main", &["109.58%", "20.47万", "18.68万"]);
}

#[test]
fn zero_deaths_meet_the_target() {
    check("reports/429006/2021/index.html", "main tr", &["孕产妇死亡率", "0/10万≤14/10万", "达标"]);
}
