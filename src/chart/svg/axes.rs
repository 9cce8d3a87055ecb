//! The axes of a trend: value ticks with grid lines, periods below, and target lines across.

use rust_decimal::Decimal;

use crate::chart::number::{Magnitude, number, tick};
use crate::chart::scale::Scale;
use crate::chart::{ChartTable, Column, Lang};

use super::draw::{Anchor, At, group, path, text};
use super::legend::{Item, Swatch, TARGET};
use super::space::{Frame, Rect, Space};
use super::trend::Plot;

/// The ticks of the value axis with their labels.
pub fn ticks(table: &ChartTable, lang: Lang, scale: &Scale) -> Vec<(Decimal, String)> {
    let largest = scale.high.abs().max(scale.low.abs());
    let magnitude = Magnitude::of(largest, scale.step, &table.unit, lang);
    scale.ticks().into_iter().map(|value| (value, tick(value, scale.step, magnitude))).collect()
}

/// Draws the grid lines and their labels; zero is stronger.
pub fn grid(plot: &Plot, ticks: &[(Decimal, String)]) -> String {
    let (mut lines, mut labels, mut zero) = (String::new(), String::new(), String::new());
    for (value, label) in ticks {
        let y = plot.y(*value);
        let line = format!("M{} {}H{}", At(plot.left), At(y), At(plot.right));
        if value.is_zero() {
            zero = line
        } else {
            lines += &line
        }
        labels += &text(plot.left - 6.0, y + 5.0, Anchor::End, label);
    }
    group("class=\"grid\" fill=\"none\" stroke=\"#D5DAE0\"", &path(&lines, ""))
        + &group("class=\"axis\" fill=\"none\" stroke=\"#5B6570\"", &path(&zero, ""))
        + &group("class=\"label tick\" fill=\"#5B6570\"", &labels)
}

/// Draws the periods below the plot, whole ones in the first line; returns where the next line may begin.
pub fn periods(table: &ChartTable, plot: &Plot, frame: Frame) -> (String, f64) {
    const GAP: f64 = 4.0;
    let rows = Rect { left: 0.0, right: frame.width, top: plot.bottom, bottom: plot.bottom + 4.0 * frame.line() };
    let mut space = Space::new(rows);
    let (mut labels, mut marks) = (String::new(), String::new());
    let mut lowest = plot.bottom;
    let mut put = |column: &Column, lines: std::ops::Range<u32>| {
        let width = frame.measure(&column.label);
        let x = plot.x(column).clamp(width / 2.0, frame.width - width / 2.0);
        for line in lines {
            let y = plot.bottom + 8.0 + frame.font + f64::from(line) * frame.line();
            let boxed = frame.text_box(x, y, Anchor::Middle, &column.label);
            let wide = Rect { left: (boxed.left - GAP).max(0.0), right: (boxed.right + GAP).min(frame.width), ..boxed };
            if space.free(&wide) {
                space.take(wide);
                labels += &text(x, y, Anchor::Middle, &column.label);
                lowest = f64::max(lowest, y + frame.font * 0.3);
                return;
            }
        }
    };
    let whole = table.columns.iter().filter(|column| !column.partial);
    // From the newest back, so that the newest period is always named.
    for column in whole.clone().rev() {
        put(column, 0..1);
    }
    let start = u32::from(whole.clone().next().is_some());
    for column in table.columns.iter().rev().filter(|column| column.partial) {
        put(column, start..start + 3);
    }
    for column in whole {
        marks += &format!("M{} {}v5", At(plot.x(column)), At(plot.bottom));
    }
    let markup = group("class=\"axis\" fill=\"none\" stroke=\"#5B6570\"", &path(&marks, ""))
        + &group("class=\"label tick\" fill=\"#5B6570\"", &labels);
    (markup, lowest)
}

/// Draws the targets with sign and figure; those whose label finds no room are returned for the legend.
pub fn targets<'a>(table: &ChartTable, plot: &Plot, frame: Frame, space: &mut Space) -> (String, Vec<Item<'a>>) {
    let (mut lines, mut labels, mut homeless) = (String::new(), String::new(), Vec::new());
    for target in &table.target {
        let y = plot.y(target.value);
        let words = words(&target.label, target.sign, target.value, &table.unit);
        let (above, below) = (y - 5.0, y + frame.font + 1.0);
        let width = frame.measure(&words);
        let mut places = Vec::new();
        for line in [above, below] {
            places.push((plot.left + 4.0, line, Anchor::Start));
            places.push((plot.right - 2.0, line, Anchor::End));
            let mut x = plot.left + 30.0;
            while x + width < plot.right {
                places.push((x, line, Anchor::Start));
                x += 30.0;
            }
        }
        let data = format!("M{} {}H{}", At(plot.left), At(y), At(plot.right));
        lines += &path(&data, TARGET);
        space.avoid((plot.left, y), (plot.right, y));
        match space.put_clear(frame, &words, &places) {
            Some((x, y, anchor)) => labels += &text(x, y, anchor, &words),
            None => homeless.push(Item { swatch: Swatch::Target, text: words }),
        }
    }
    (lines + &group(HALO, &labels), homeless)
}

/// Names a target: `省定目标 ≤14/10万`.
pub fn words(label: &str, sign: &str, value: Decimal, unit: &str) -> String {
    let space = if label.is_empty() { "" } else { " " };
    format!("{label}{space}{sign}{}{unit}", number(value))
}

/// The look of labels inside the plot: a rim of paper keeps lines off the letters.
pub const HALO: &str = "class=\"label halo\" fill=\"#1B1F24\" stroke=\"#FFF\" stroke-width=\"3\" \
                        stroke-linejoin=\"round\" paint-order=\"stroke\"";
