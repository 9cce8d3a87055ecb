//! Drawings as structure: labels apart and inside, figures unchanged, coordinates tidy.

use super::*;
use crate::chart::sample::cases;
use crate::chart::series::figures;
use space::Rect;

/// The boxes of all texts of a drawing.
fn labels(svg: &str, frame: Frame) -> Vec<(String, Rect)> {
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let rest = tag.split_once(&format!(" {name}=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let mut labels = Vec::new();
    // The anchors of the open groups: a text without its own takes the innermost.
    let mut anchors: Vec<Option<String>> = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, rest) = part.split_once('>').expect("an end of the tag");
        if tag.starts_with("g ") {
            anchors.push(attribute(tag, "text-anchor"));
        } else if tag == "/g" {
            anchors.pop();
        }
        if !tag.starts_with("text ") {
            continue;
        }
        let words = rest.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let number = |name| attribute(tag, name).expect("a coordinate").parse::<f64>().expect("a number");
        let inherited = || anchors.iter().rev().flatten().next().cloned();
        let anchor = match attribute(tag, "text-anchor").or_else(inherited).as_deref() {
            Some("middle") => Anchor::Middle,
            Some("end") => Anchor::End,
            _ => Anchor::Start,
        };
        labels.push((words.clone(), frame.text_box(number("x"), number("y"), anchor, &words)));
    }
    labels
}

fn check(name: &str, table: &ChartTable, width: Width) {
    let drawn = svg_at(table, Lang::Zh, width);
    let frame = frame(width);
    let labels = labels(&drawn, frame);
    let height: f64 = drawn
        .split("viewBox=\"0 0 ")
        .nth(1)
        .and_then(|rest| rest.split_once('"')?.0.split_once(' ')?.1.parse().ok())
        .expect("a view box");
    for (place, (words, label)) in labels.iter().enumerate() {
        let inside =
            label.left >= -0.6 && label.right <= frame.width + 0.6 && label.top >= -0.6 && label.bottom <= height + 0.6;
        assert!(inside, "{name} {width:?}: `{words}` leaves the drawing: {label:?} of {}×{height}", frame.width);
        for (other, taken) in &labels[..place] {
            let shrunk = Rect {
                left: label.left + 0.3,
                right: label.right - 0.3,
                top: label.top + 0.3,
                bottom: label.bottom - 0.3,
            };
            assert!(!shrunk.meets(taken), "{name} {width:?}: `{words}` covers `{other}`");
        }
    }
}

#[test]
fn labels_never_meet_and_never_leave() {
    for (name, table) in cases() {
        check(name, &table, Width::Narrow);
        check(name, &table, Width::Wide);
    }
}

/// The figures a drawing has to hold, as `data-v` writes them.
fn figures_drawn(table: &ChartTable) -> Vec<String> {
    let value = |figure: &crate::chart::Figure| format!("{}{}", escape(figure.sign), figure.value.normalize());
    let named = |row| {
        figures(table, row).map(|(_, column, figure)| format!("{}={}", column.label, value(figure))).collect::<Vec<_>>()
    };
    let intent = table.as_bars().map_or(table.intent, |bars| bars.intent);
    let row = |row| match intent {
        Intent::Trend | Intent::Compare | Intent::Change | Intent::Grid | Intent::Share => named(row),
        Intent::Ranking => figures(table, row).map(|(.., figure)| value(figure)).collect(),
        Intent::Progress => row.figure(0).map(value).into_iter().collect(),
    };
    table.rows.iter().flat_map(row).collect()
}

#[test]
fn numbers_in_the_drawing_are_the_numbers_of_the_table() {
    for (name, table) in cases() {
        for width in [Width::Narrow, Width::Wide] {
            let drawn = svg_at(&table, Lang::Zh, width);
            let mut expected = figures_drawn(&table);
            let mut found: Vec<String> = drawn
                .split("data-v=\"")
                .skip(1)
                .flat_map(|rest| rest.split('"').next().unwrap_or("").split(' '))
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{name}");
            // Every name is drawn whole: joined again, its lines are all there.
            let words: String = labels(&drawn, frame(width)).into_iter().map(|(words, _)| words).collect();
            if table.intent != Intent::Trend && !words.contains("没有可以") {
                for row in &table.rows {
                    assert!(words.contains(&row.name), "{name}: {} is cut", row.name);
                }
            }
        }
    }
}

#[test]
fn every_figure_is_printed_where_no_axis_tells_it() {
    for (name, table) in cases() {
        let printed = |figure: &crate::chart::Figure| match table.intent {
            Intent::Trend => String::new(),
            Intent::Grid => crate::chart::number::bare(figure),
            Intent::Share => format!("{}%", crate::chart::number::bare(figure)),
            Intent::Ranking | Intent::Compare | Intent::Change | Intent::Progress => figure.written.clone(),
        };
        for width in [Width::Narrow, Width::Wide] {
            let words = labels(&svg_at(&table, Lang::Zh, width), frame(width));
            let words: String = words.into_iter().map(|(words, _)| words).collect();
            for figure in table.rows.iter().flat_map(|row| figures(&table, row)).map(|(.., figure)| figure) {
                let alone = table.intent == Intent::Progress && table.rows.iter().all(|row| row.figure(0).is_none());
                assert!(alone || words.contains(&printed(figure)), "{name}: {figure:?}");
            }
        }
    }
}

#[test]
fn drawings_are_tidy_and_named() {
    for (name, table) in cases() {
        for drawn in [svg(&table, Lang::Zh), svg_at(&table, Lang::En, Width::Wide), svg_standalone(&table, Lang::Zh)] {
            assert_eq!(drawn.matches("role=\"img\"").count(), 1, "{name}");
            assert!(!drawn.contains("NaN") && !drawn.contains("inf") && !drawn.contains("\"-0\""), "{name}");
            for number in drawn.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| part.contains('.')) {
                let decimals = number.rsplit('.').next().unwrap_or("");
                assert!(decimals.len() <= 2, "{name}: {number}");
            }
            assert_eq!(drawn.matches("<g").count(), drawn.matches("</g>").count(), "{name}");
        }
        assert_eq!(svg(&table, Lang::Zh), svg(&table, Lang::Zh));
    }
}

#[test]
fn the_common_chart_stays_small() {
    let (_, five) = cases().swap_remove(0);
    let size = svg(&five, Lang::Zh).len();
    assert!(size < 8_500, "{size} bytes");
}

#[test]
fn a_cut_axis_says_so_and_bars_never_are() {
    for (name, table) in cases() {
        let drawn = svg(&table, Lang::Zh);
        assert_eq!(drawn.contains("纵轴不从零起"), ["cut", "sparse", "bounds"].contains(&name), "{name}");
        let level = ["change", "change-provinces", "change-long", "change-one", "change-near", "change-gap"];
        assert_eq!(drawn.contains("横轴不从零起"), level.contains(&name), "{name}");
    }
}

/// Writes all cases to the folder named by `NIANBAO_CHARTS`, for the eye.
#[test]
fn samples_for_the_eye() {
    let Some(folder) = std::env::var_os("NIANBAO_CHARTS") else { return };
    let folder = std::path::Path::new(&folder);
    std::fs::create_dir_all(folder).expect("a folder for samples");
    for (name, table) in cases() {
        for (suffix, drawn) in [
            ("narrow.svg", svg(&table, Lang::Zh)),
            ("wide.svg", svg_at(&table, Lang::En, Width::Wide)),
            ("file.svg", svg_standalone(&table, Lang::Zh)),
        ] {
            std::fs::write(folder.join(format!("{name}-{suffix}")), drawn).expect("a sample");
        }
        let said = format!("{}\n{}\n", sentence(&table, Lang::Zh), sentence(&table, Lang::En));
        std::fs::write(folder.join(format!("{name}.txt")), said).expect("a sample");
        let option = crate::chart::echarts_option(&table, Lang::Zh).to_string();
        std::fs::write(folder.join(format!("{name}.json")), option).expect("a sample");
    }
}
