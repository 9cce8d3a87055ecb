//! The pen: coordinates, text, marks and swatches as SVG markup. The only place that prints a coordinate.

use std::fmt;

use crate::chart::series::{DASHES, Series, Shape, Weight, figures as figures_of};
use crate::chart::{ChartTable, Row};

use super::space::Frame;

/// A coordinate: at most one decimal, never `-0`.
pub struct At(pub f64);

impl At {
    /// Appends the coordinate; drawings consist of little else, so this takes no detour.
    pub fn push(&self, out: &mut String) {
        let tenths = (self.0 * 10.0).round() as i64;
        if tenths < 0 {
            out.push('-');
        }
        let tenths = tenths.unsigned_abs();
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        let mut whole = tenths / 10;
        loop {
            at -= 1;
            digits[at] = b'0' + (whole % 10) as u8;
            whole /= 10;
            if whole == 0 {
                break;
            }
        }
        out.push_str(std::str::from_utf8(&digits[at..]).expect("digits are text"));
        if !tenths.is_multiple_of(10) {
            out.push('.');
            out.push(char::from(b'0' + (tenths % 10) as u8));
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(8);
        self.push(&mut text);
        f.write_str(&text)
    }
}

/// Where a text hangs from its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// To the right of it.
    Start,
    /// Centred on it.
    Middle,
    /// To the left of it.
    End,
}

/// One line of text with its baseline at `y`.
pub fn text(x: f64, y: f64, anchor: Anchor, content: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let mut out = String::with_capacity(64);
    out.push_str("<text x=\"");
    At(x).push(&mut out);
    out.push_str("\" y=\"");
    At(y).push(&mut out);
    out.push('"');
    out.push_str(anchor);
    out.push('>');
    push_escaped(&mut out, content);
    out.push_str("</text>");
    out
}

/// The name of a row in its lines, the first with its baseline at `y`.
pub fn name(row: &Row, lines: &[String], frame: Frame, x: f64, y: f64) -> String {
    let mut words = String::new();
    for (place, line) in lines.iter().enumerate() {
        words += &text(x, y + place as f64 * frame.line(), Anchor::Start, line);
    }
    // For the pointer only: an image has no parts for the keyboard, and the table beside it carries the same links.
    match &row.link {
        Some(link) => format!("<a href=\"{}\" tabindex=\"-1\">{words}</a>", escape(link)),
        None => words,
    }
}

/// A group with a class and its fallback attributes; nothing when empty.
pub fn group(attributes: &str, content: &str) -> String {
    if content.is_empty() {
        return String::new();
    }
    let mut out = String::with_capacity(attributes.len() + content.len() + 10);
    for part in ["<g ", attributes, ">", content, "</g>\n"] {
        out.push_str(part);
    }
    out
}

/// A rectangle; its left upper corner and its size.
pub fn rect(x: f64, y: f64, width: f64, height: f64, attributes: &str) -> String {
    let space = if attributes.is_empty() { "" } else { " " };
    let mut out = String::with_capacity(56 + attributes.len());
    for (name, value) in [("<rect x=\"", x), ("\" y=\"", y), ("\" width=\"", width), ("\" height=\"", height)] {
        out.push_str(name);
        At(value).push(&mut out);
    }
    for part in ["\"", space, attributes, "/>"] {
        out.push_str(part);
    }
    out
}

/// A path from its data.
pub fn path(data: &str, attributes: &str) -> String {
    let space = if attributes.is_empty() { "" } else { " " };
    if data.is_empty() { String::new() } else { format!("<path{space}{attributes} d=\"{data}\"/>") }
}

/// The attributes of a series' group: classes for the theme, presentation attributes for a drawing that stands alone.
pub fn look(series: &Series<'_>) -> String {
    let weight = match series.weight {
        Weight::Strong => " emph",
        Weight::Plain => "",
        Weight::Peer => " peer",
    };
    let hex = series.hex();
    format!("class=\"c{}{weight}\" fill=\"{hex}\" stroke=\"{hex}\"", series.colour + 1)
}

/// The attributes of a series' line.
pub fn line_look(series: &Series<'_>) -> String {
    let dash: Vec<String> = DASHES[series.dash].iter().map(u8::to_string).collect();
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", dash.join(" ")) };
    format!("class=\"line\" fill=\"none\" stroke-width=\"{}\"{dash}", At(series.stroke()))
}

/// The figures of some columns of a row for scripts and checks: `data-name` and `data-v="2015=12.8 2016=≥85"`.
pub fn data(table: &ChartTable, row: &Row, columns: std::ops::Range<usize>) -> String {
    let mut out = String::with_capacity(48 + 16 * columns.len());
    out.push_str("data-name=\"");
    push_escaped(&mut out, &row.name);
    out.push_str("\" data-v=\"");
    let start = out.len();
    for (_, column, figure) in figures_of(table, row).filter(|(place, ..)| columns.contains(place)) {
        if out.len() > start {
            out.push(' ');
        }
        column.label.split_whitespace().for_each(|part| push_escaped(&mut out, part));
        out.push('=');
        push_escaped(&mut out, figure.sign);
        out.push_str(&figure.value.normalize().to_string());
    }
    out.push('"');
    out
}

/// The path data of a mark around a point.
pub fn mark(shape: Shape, x: f64, y: f64) -> String {
    let (dx, dy, rest) = match shape {
        Shape::Circle => (-4.0, 0.0, "a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
        Shape::Square => (-3.5, -3.5, "h7v7h-7z"),
        Shape::Triangle => (0.0, -5.0, "l4.5 8.5h-9z"),
        Shape::Diamond => (0.0, -5.0, "l5 5-5 5-5-5z"),
        Shape::Down => (0.0, 5.0, "l4.5-8.5h-9z"),
        Shape::Plus => (-1.5, -5.0, "h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z"),
    };
    format!("M{} {}{rest}", At(x + dx), At(y + dy))
}

/// The path data of an arrow that leaves a mark towards where the true figure may lie.
pub fn arrow(sign: &str, x: f64, y: f64) -> String {
    match sign {
        "≥" | ">" => format!("M{} {}v-8m-3 3l3-3 3 3", At(x), At(y - 5.0)),
        "≤" | "<" => format!("M{} {}v8m-3-3l3 3 3-3", At(x), At(y + 5.0)),
        _ => String::new(),
    }
}

/// The path data of the two strokes that interrupt a line at a break.
pub fn strokes(x: f64, y: f64) -> String {
    format!("M{} {}l5-10m0 10l5-10", At(x - 5.0), At(y + 5.0))
}

/// Escapes text for element content and double-quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    // Everything but these bytes stands for itself; C2 may begin a control character.
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | 0..0x20 | 0x7f | 0xc2);
    if !text.bytes().any(special) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            // Control characters have no place in XML.
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: f64, expected: &str) {
        assert_eq!(At(value).to_string(), expected);
    }

    #[test]
    fn coordinates_carry_no_noise() {
        check(0.1 + 0.2, "0.3");
        check(-0.04, "0");
        check(-0.06, "-0.1");
        check(12.0, "12");
        check(-7.25, "-7.3");
    }
}
