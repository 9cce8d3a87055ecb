//! Tiny trends for table cells: a line without axes, hidden from screen readers because the figures stand beside it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const WIDTH: f64 = 72.0;
const HEIGHT: f64 = 20.0;
const MARGIN: f64 = 3.0;

/// Draws points by year; empty for fewer than three. A missing year and a break in the series (the third field) interrupt the line.
pub(super) fn spark(points: &[(i16, Decimal, bool)]) -> String {
    let (Some((first, ..)), Some((last, ..))) = (points.first(), points.last()) else { return String::new() };
    if points.len() < 3 {
        return String::new();
    }
    let value = |decimal: &Decimal| decimal.to_f64().unwrap_or(0.0);
    let low = points.iter().map(|(_, one, _)| value(one)).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|(_, one, _)| value(one)).fold(f64::NEG_INFINITY, f64::max);
    let years = f64::from((last - first).max(1));
    let x = |year: i16| MARGIN + f64::from(year - first) / years * (WIDTH - 2.0 * MARGIN);
    let y = |one: f64| {
        let part = if high > low { (one - low) / (high - low) } else { 0.5 };
        HEIGHT - MARGIN - part * (HEIGHT - 2.0 * MARGIN)
    };
    let mut path = String::new();
    let mut before = None;
    for (year, one, broken) in points {
        let command = if !broken && before.is_some_and(|before| year - before <= 1) { 'L' } else { 'M' };
        path.push_str(&format!("{command}{:.1} {:.1}", x(*year), y(value(one))));
        before = Some(*year);
    }
    let (end_x, end_y) = (x(*last), points.last().map_or(0.0, |(_, one, _)| y(value(one))));
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" aria-hidden=\"true\">\
         <path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>\
         <circle cx=\"{end_x:.1}\" cy=\"{end_y:.1}\" r=\"2\" fill=\"currentColor\"/></svg>"
    )
}
