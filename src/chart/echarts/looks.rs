//! The looks of bars: a colour and a decal a column, outlines for what is not compared, the figure as written at the end.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use serde_json::{Value, json};

use crate::chart::series::{COLOURS, REST, rest};
use crate::chart::{ChartTable, Figure};

/// The letters on a colour: those of the paper.
pub const ON: &str = "#FFFFFF";

/// The letters elsewhere.
pub const INK: &str = "#1B1F24";

/// The colour of a column.
pub fn colour(table: &ChartTable, place: usize) -> &'static str {
    if rest(table) == Some(place) { REST } else { COLOURS[place % COLOURS.len()] }
}

/// The style of a column: its colour, and from the third on lines of paper over it, as in the SVG.
pub fn filled(table: &ChartTable, place: usize) -> Value {
    let mut style = json!({ "color": colour(table, place) });
    let rotation = match place % COLOURS.len() {
        _ if rest(table) == Some(place) => return style,
        2 => -FRAC_PI_4,
        3 => FRAC_PI_4,
        4 => FRAC_PI_2,
        5 => 0.0,
        _ => return style,
    };
    // A decal is lines across; turned, they are the same as in the SVG.
    style["decal"] = json!({
        "symbol": "rect", "color": ON, "dashArrayX": [1, 0], "dashArrayY": [1, 6],
        "rotation": rotation, "symbolSize": 1,
    });
    style
}

/// The style of a figure that is not compared: an outline.
pub fn outlined(colour: &str) -> Value {
    json!({ "color": "transparent", "borderColor": colour, "borderWidth": 1.5, "decal": { "symbol": "none" } })
}

/// A label beside a bar or a mark, on the side the bar grows to.
pub fn beside(words: &str, figure: &Figure) -> Value {
    let side = if figure.value.is_sign_negative() && !figure.value.is_zero() { "left" } else { "right" };
    json!({ "show": true, "position": side, "formatter": plain(&pointed(words, figure)) })
}

/// Words beside a bar, after the arrow of a bound towards where the true figure may lie.
pub fn pointed(words: &str, figure: &Figure) -> String {
    let arrow = match figure.sign {
        "≥" | ">" => "→",
        "≤" | "<" => "←",
        _ => return words.to_owned(),
    };
    if figure.value.is_sign_negative() { format!("{words} {arrow}") } else { format!("{arrow} {words}") }
}

/// Words in which ECharts finds nothing to replace.
pub fn plain(words: &str) -> String {
    words.replace(['{', '}'], "")
}
