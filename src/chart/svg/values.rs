//! Figures printed at their marks: every bound and approximate figure, and the telling points of the leading series.

use crate::chart::number;
use crate::chart::series::{Series, Weight, figures};
use crate::chart::{ChartTable, Figure};

use super::axes::HALO;
use super::draw::{Anchor, group, text};
use super::space::{Frame, Space};
use super::trend::Plot;

/// Prints figures where there is room; what finds none stands in the table.
pub fn draw(table: &ChartTable, all: &[Series<'_>], plot: &Plot, frame: Frame, space: &mut Space) -> String {
    let mut words = String::new();
    let mut put = |x: f64, y: f64, figure: &Figure| {
        let label = format!("{}{}", figure.sign, number::figure(figure.value));
        let places = places(x, y, figure, frame);
        if let Some((x, y, anchor)) = space.put(frame, &label, &places) {
            words += &text(x, y, anchor, &label);
        }
    };
    let signed = |figure: &Figure| !figure.sign.is_empty();
    for one in all {
        for (_, column, figure) in figures(table, one.row).filter(|(_, _, figure)| signed(figure)) {
            put(plot.x(column), plot.y(figure.value), figure);
        }
    }
    for one in all.iter().filter(|one| one.weight == Weight::Strong || all.len() == 1).take(2) {
        let points: Vec<_> = figures(table, one.row).collect();
        let highest = points.iter().rev().max_by_key(|(_, _, figure)| figure.value);
        let lowest = points.iter().min_by_key(|(_, _, figure)| figure.value);
        let mut telling = vec![points.last(), points.first(), highest, lowest];
        // With room to spare every point is told; the placing leaves out what would collide.
        if all.len() == 1 {
            telling.extend(points.iter().map(Some));
        }
        let mut told = Vec::new();
        for (place, column, figure) in telling.into_iter().flatten() {
            if !signed(figure) && !told.contains(place) {
                told.push(*place);
                put(plot.x(column), plot.y(figure.value), figure);
            }
        }
    }
    group(HALO, &words)
}

/// Tries above, below, right and left of a mark, then farther away; above a bound's arrow first.
fn places(x: f64, y: f64, figure: &Figure, frame: Frame) -> Vec<(f64, f64, Anchor)> {
    let (up, down) = match figure.sign {
        "≥" | ">" => (18.0, 9.0),
        "≤" | "<" => (9.0, 18.0),
        _ => (9.0, 9.0),
    };
    let cap = frame.font * 0.9;
    vec![
        (x, y - up, Anchor::Middle),
        (x, y + down + cap, Anchor::Middle),
        (x + 9.0, y + frame.font * 0.36, Anchor::Start),
        (x - 9.0, y + frame.font * 0.36, Anchor::End),
        (x + 6.0, y - up, Anchor::Start),
        (x - 6.0, y - up, Anchor::End),
        (x + 6.0, y + down + cap, Anchor::Start),
        (x - 6.0, y + down + cap, Anchor::End),
        (x, y - up - frame.font, Anchor::Middle),
        (x, y + down + cap + frame.font, Anchor::Middle),
    ]
}
