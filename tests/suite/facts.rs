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

#[test]
fn a_region_stands_among_its_peers_and_beside_the_nation() {
    let row = ["每千人口床位数2024年", "8.16张", "7.32张", "第2位可比5地", "6.67张—8.41张"];
    check("regions/420000/index.html", "[aria-labelledby=s-beside] tr", &row);
    let few = ["孕产妇死亡率2018年", "9.80/10万", "18.3/10万", "仅2地可比，不排"];
    check("regions/420000/index.html", "[aria-labelledby=s-beside] tr", &few);
}

#[test]
fn what_is_worse_than_above_and_worsens_is_told_with_its_working() {
    let words = "比全国低0.65张（6.67张−7.32张），比2023年下降0.5%（(6.67张−6.703张)÷6.703张）；这项指标越高越好。";
    check("regions/140000/index.html", ".drifts li", &["每千人口床位数2024年6.67张", words]);
}

#[test]
fn changes_are_marked_as_derived_with_their_formula() {
    check("years/2021/index.html", "tr", &["婴儿死亡率", "全国", "0.4‰", "5.0‰−5.4‰"]);
    check("regions/420000/index.html", ".keys li", &["孕产妇死亡率", "0.07/10万", "推算9.80/10万−9.87/10万"]);
}
