//! What is said above and below a plot: lines that flow, each remark with its swatch.

use crate::chart::series::{COLOURS, Series, Shape};
use crate::chart::text::wrap;

use super::bar::outlined;
use super::cells::shade;
use super::draw::{Anchor, At, group, line_look, look, mark, path, rect, strokes, text};
use super::dumbbells::End;
use super::space::Frame;
use super::texture::Fills;

/// A remark with its swatch.
pub struct Item<'a> {
    /// The sample before the text.
    pub swatch: Swatch<'a>,
    /// The words.
    pub text: String,
}

/// The sample before a remark.
pub enum Swatch<'a> {
    /// None.
    Plain,
    /// The line and mark of a series.
    Series(Series<'a>),
    /// The line of a target.
    Target,
    /// A hollow mark.
    Hollow,
    /// The two strokes of a break.
    Break,
    /// The fill of a column.
    Fill(&'a Fills, usize),
    /// The fill of a column whose bars are only outlined.
    Outlined(&'a Fills, usize),
    /// A bar or a cell that is only outlined.
    Outline,
    /// The mark of the earlier or the later figure of a change.
    Mark(End),
    /// The shade of a class of cells.
    Shade(usize),
}

const SAMPLE: f64 = 34.0;

/// Sets items side by side, as many as fit a line, from `top` on; returns the markup and the height used.
pub fn flow(items: &[Item<'_>], frame: Frame, top: f64) -> (String, f64) {
    let (mut samples, mut words) = (String::new(), String::new());
    let (mut x, mut y) = (0.0, top + frame.font);
    let mut used = 0.0;
    for item in items {
        let indent = if matches!(item.swatch, Swatch::Plain) { 0.0 } else { SAMPLE };
        let lines = wrap(&item.text, (frame.width - indent) / frame.font);
        let width = indent + lines.iter().map(|line| frame.measure(line)).fold(0.0, f64::max);
        if x > 0.0 && x + width > frame.width {
            x = 0.0;
            y = top + used + frame.font;
        }
        samples.push_str(&sample(&item.swatch, x, y - frame.font * 0.35));
        for (row, line) in lines.iter().enumerate() {
            words.push_str(&text(x + indent, y + row as f64 * frame.line(), Anchor::Start, line));
        }
        used = f64::max(used, y - frame.font - top + lines.len() as f64 * frame.line());
        x += width + frame.font;
    }
    let markup = samples + &group("class=\"label\" fill=\"#1B1F24\"", &words);
    (markup, used)
}

fn sample(swatch: &Swatch<'_>, x: f64, y: f64) -> String {
    let middle = x + 14.0;
    match swatch {
        Swatch::Plain => String::new(),
        Swatch::Series(series) => {
            let line = path(&format!("M{} {}h28", At(x), At(y)), &line_look(series));
            let shape = path(&mark(series.shape, middle, y), "stroke=\"none\"");
            group(&look(series), &(line + &shape))
        }
        Swatch::Target => path(&format!("M{} {}h28", At(x), At(y)), TARGET),
        Swatch::Hollow => {
            let shape = path(&mark(Shape::Circle, middle, y), "class=\"hollow\" fill=\"#FFF\"");
            group("class=\"axis\" stroke=\"#5B6570\" stroke-width=\"1.5\"", &shape)
        }
        Swatch::Break => group(
            "class=\"axis\" fill=\"none\" stroke=\"#5B6570\" stroke-width=\"1.5\"",
            &path(&strokes(middle, y), ""),
        ),
        Swatch::Fill(fills, place) => fills.rect(*place, x, y - 6.0, 28.0, 12.0, ""),
        Swatch::Outlined(fills, place) => {
            let (class, colour) = fills.look(*place);
            outlined((x + 0.75, x + 27.25), y - 6.0, 12.0, (&class, colour), "")
        }
        Swatch::Outline => rect(x + 0.75, y - 5.25, 26.5, 10.5, OUTLINE),
        Swatch::Mark(end) => end.mark(middle, y, "c1", COLOURS[0]),
        Swatch::Shade(class) => rect(x, y - 7.0, 28.0, 14.0, &shade(*class)),
    }
}

/// The look of an outline without a fill, around what is not compared.
pub const OUTLINE: &str = "class=\"axis\" fill=\"none\" stroke=\"#5B6570\" stroke-width=\"1.5\"";

/// The look of a target's line.
pub const TARGET: &str =
    "class=\"target\" fill=\"none\" stroke=\"#B3261E\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"";
