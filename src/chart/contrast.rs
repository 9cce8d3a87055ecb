//! Every pair of colours a drawing uses, computed as WCAG 2 does: graphics 3 to 1, letters 4.5 to 1, on white and on dark paper.

use std::collections::BTreeMap;

use super::classes::{DEEP, SHADES};
use super::series::{COLOURS, GREY, REST};
use super::svg::STYLE;

/// The colours of a style sheet's classes, `c1 fill` and so on, later rules over earlier ones.
fn colours(sheet: &str, into: &mut BTreeMap<String, String>) {
    for rule in sheet.split('}') {
        let Some((selectors, rules)) = rule.rsplit_once('{') else { continue };
        for selector in selectors.split(',').map(|selector| selector.rsplit('{').next().unwrap_or(selector)) {
            let class = selector.rsplit('.').next().unwrap_or_default().trim().to_owned();
            for (property, value) in rules.split(';').filter_map(|rule| rule.split_once(':')) {
                into.insert(format!("{class} {property}"), value.to_owned());
            }
        }
    }
}

/// Light and dark.
fn papers() -> [BTreeMap<String, String>; 2] {
    let (light, dark) = STYLE.split_once("@media").expect("a part for dark paper");
    let (mut day, mut night) = (BTreeMap::new(), BTreeMap::new());
    day.insert("paper fill".to_owned(), "#fff".to_owned());
    colours(light, &mut day);
    night.extend(day.clone());
    colours(dark.split_once('{').expect("rules").1, &mut night);
    [day, night]
}

fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let pair = |place: usize| match digits.len() {
        3 => digits[place..=place].repeat(2),
        _ => digits[2 * place..2 * place + 2].to_owned(),
    };
    let part = |place: usize| {
        let value = f64::from(u8::from_str_radix(&pair(place), 16).expect("two digits")) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn check(paper: &BTreeMap<String, String>, front: &str, ground: &str, least: f64) {
    let colour = |name: &str| paper.get(name).unwrap_or_else(|| panic!("no colour for {name}"));
    let found = contrast(colour(front), colour(ground));
    assert!(found >= least, "{front} on {ground} (paper {}): {found:.2}", colour("paper fill"));
}

#[test]
fn graphics_stand_out_from_the_paper() {
    for paper in papers() {
        for class in [
            "c1 fill",
            "c2 fill",
            "c3 fill",
            "c4 fill",
            "c5 fill",
            "c6 fill",
            "peer fill",
            "axis stroke",
            "target stroke",
        ] {
            check(&paper, class, "paper fill", 3.0);
        }
    }
}

#[test]
fn letters_stand_out_from_what_they_lie_on() {
    for paper in papers() {
        for class in ["label fill", "tick fill", "unit fill", "better fill", "worse fill"] {
            check(&paper, class, "paper fill", 4.5);
        }
        for class in 1..=COLOURS.len() {
            check(&paper, "on fill", &format!("c{class} fill"), 4.5);
        }
        check(&paper, "label fill", "rest fill", 4.5);
        for shade in 0..SHADES.len() {
            let letters = if shade >= DEEP { "on fill" } else { "label fill" };
            check(&paper, letters, &format!("q{} fill", shade + 1), 4.5);
        }
    }
}

#[test]
fn neighbouring_shades_differ_and_go_one_way() {
    for paper in papers() {
        let shades: Vec<&String> = (1..=SHADES.len()).map(|shade| &paper[&format!("q{shade} fill")]).collect();
        for pair in shades.windows(2) {
            assert!(contrast(pair[0], pair[1]) >= 1.25, "{pair:?}");
        }
        let away: Vec<f64> = shades.iter().map(|shade| contrast(shade, &paper["paper fill"])).collect();
        assert!(away.is_sorted(), "{away:?}");
    }
}

#[test]
fn drawings_options_and_the_sheet_have_one_palette() {
    let [day, _] = papers();
    let classes = (1..).zip(COLOURS).map(|(number, colour)| (format!("c{number} fill"), colour));
    let shades = (1..).zip(SHADES).map(|(number, colour)| (format!("q{number} fill"), colour));
    let others = [("peer fill".to_owned(), GREY), ("rest fill".to_owned(), REST)];
    for (class, colour) in classes.chain(shades).chain(others) {
        assert_eq!(day[&class], colour.to_lowercase(), "{class}");
    }
}
