//! Draws a change: a line a row from the earlier figure to the later one, both as written, and the change in words at the right.
//!
//! The axis is that of a line and may start above zero, which is said; its ticks stand below. Where names and words leave the
//! line less than a quarter of the width, they stand above it.

use rust_decimal::Decimal;

use crate::chart::number::{Magnitude, tick, written};
use crate::chart::scale::Scale;
use crate::chart::sentence::change_words;
use crate::chart::series::{COLOURS, GREY, figures};
use crate::chart::text::wrap;
use crate::chart::{ChartTable, Figure, Lang, Row};

use super::axes::HALO;
use super::draw::{Anchor, At, data, group, name, path, text};
use super::legend::{Item, Swatch, flow};
use super::space::Frame;
use super::{Axis, Body, head, period};

/// The earlier or the later figure of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Hollow.
    Earlier,
    /// Filled.
    Later,
}

impl End {
    /// The mark alone, for the legend.
    pub fn mark(self, x: f64, y: f64, class: &str, colour: &str) -> String {
        let shape = match self {
            End::Earlier => path(&circle(x, y, 5.0), HOLLOW),
            End::Later => path(&circle(x, y, 5.0), "stroke=\"none\""),
        };
        group(&format!("class=\"{class}\" fill=\"{colour}\" stroke=\"{colour}\""), &shape)
    }
}

const HOLLOW: &str = "class=\"hollow\" fill=\"#FFF\" stroke-width=\"1.75\"";

/// The distance from a mark to its figure.
const REACH: f64 = 10.0;

struct Layout<'a> {
    table: &'a ChartTable,
    lang: Lang,
    frame: Frame,
    scale: Scale,
    stacked: bool,
    names: f64,
    left: f64,
    right: f64,
    changes: f64,
}

impl Layout<'_> {
    fn x(&self, value: Decimal) -> f64 {
        self.left + (self.right - self.left) * self.scale.place(value)
    }
}

#[derive(Default)]
struct Layers {
    grid: String,
    marks: String,
    names: String,
    strong: String,
    figures: String,
    plain: String,
    better: String,
    worse: String,
}

/// Draws the rows below `0`.
pub fn draw(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    let all = table.rows.iter().flat_map(|row| figures(table, row));
    let values: Vec<Decimal> = all.map(|(.., figure)| figure.value).collect();
    if values.is_empty() {
        return super::nothing(table, lang, frame);
    }
    let scale = Scale::lines(&values);
    let axis = if scale.cut() { Axis::CutLevel } else { Axis::FromZero };
    let layout = layout(table, lang, frame, scale);
    let (mut markup, mut y) = head(table, lang, frame, axis);
    let ends = table.columns.iter().zip([End::Earlier, End::Later]);
    let keys: Vec<Item<'_>> =
        ends.map(|(column, end)| Item { swatch: Swatch::Mark(end), text: period(&column.label, lang) }).collect();
    let (legend, height) = flow(&keys, frame, y);
    markup += &legend;
    y += height + 8.0;
    let top = y;
    let mut layers = Layers::default();
    for row in &table.rows {
        y = draw_row(&layout, row, y, &mut layers);
    }
    let (ticks, labels, bottom) = ticks(&layout, y);
    if !layout.stacked {
        for x in &ticks {
            layers.grid += &format!("M{} {}V{}", At(*x), At(top - 2.0), At(y - 2.0));
        }
    }
    markup += &group("class=\"grid\" fill=\"none\" stroke=\"#D5DAE0\"", &path(&layers.grid, ""));
    markup += &group("class=\"label tick\" fill=\"#5B6570\"", &labels);
    markup += &layers.marks;
    markup += &group("class=\"label\" fill=\"#1B1F24\"", &layers.names);
    markup += &group("class=\"label emph\" fill=\"#1B1F24\" font-weight=\"bold\"", &layers.strong);
    markup += &group(HALO, &layers.figures);
    markup += &group("class=\"label\" fill=\"#1B1F24\"", &layers.plain);
    markup += &group("class=\"label better\" fill=\"#1E6B3A\"", &layers.better);
    markup += &group("class=\"label worse\" fill=\"#8A5A00\"", &layers.worse);
    Body { markup, height: bottom }
}

fn layout(table: &ChartTable, lang: Lang, frame: Frame, scale: Scale) -> Layout<'_> {
    let most = frame.width * 0.3;
    let lines = |row: &Row| wrap(&row.name, most / frame.font);
    let names = table.rows.iter().flat_map(lines).map(|line| frame.measure(&line)).fold(0.0, f64::max);
    let tall = table.rows.iter().any(|row| lines(row).len() > 2);
    let changes = table.rows.iter().map(|row| frame.measure(&change_words(row, lang))).fold(0.0, f64::max);
    let label = |figure: &Figure| frame.measure(&written(figure)) + REACH + 2.0;
    let (mut before, mut after) = (8.0, 8.0);
    for row in &table.rows {
        if let Some((low, high)) = sides(row) {
            after = f64::max(after, label(high));
            before = low.map_or(before, |low| f64::max(before, label(low)));
        }
    }
    let left = names + 10.0 + before;
    let right = frame.width - changes - 14.0 - after;
    let stacked = tall || names > most || right - left < frame.width * 0.24;
    if stacked {
        let names = f64::max(frame.width - changes - frame.font, frame.width * 0.3);
        let left = before + 2.0;
        let right = f64::max(left + 40.0, frame.width - after - 2.0);
        return Layout { table, lang, frame, scale, stacked, names, left, right, changes };
    }
    Layout { table, lang, frame, scale, stacked, names, left, right, changes }
}

/// The figures to name at the left and at the right of a row; equal ones only once when they are written alike.
fn sides(row: &Row) -> Option<(Option<&Figure>, &Figure)> {
    match (row.figure(0), row.figure(1)) {
        (Some(earlier), Some(later)) if earlier.value > later.value => Some((Some(later), earlier)),
        (Some(earlier), Some(later)) if earlier.value == later.value && earlier.written == later.written => {
            Some((None, later))
        }
        (Some(earlier), Some(later)) => Some((Some(earlier), later)),
        (Some(only), None) | (None, Some(only)) => Some((None, only)),
        (None, None) => None,
    }
}

/// Draws one row with its upper edge at `top`; returns where the next one begins.
fn draw_row(layout: &Layout<'_>, row: &Row, top: f64, layers: &mut Layers) -> f64 {
    let (frame, lang) = (layout.frame, layout.lang);
    let lines = wrap(&row.name, layout.names.max(1.0) / frame.font + 0.01);
    let words = change_words(row, lang);
    // Words too long to stand beside the name get lines of their own.
    let own = layout.stacked && {
        let widest = lines.iter().map(|line| frame.measure(line)).fold(0.0, f64::max);
        widest + frame.font + frame.measure(&words) > frame.width
    };
    let said = if own { wrap(&words, frame.width / frame.font) } else { vec![words] };
    let named = lines.len() as f64 * frame.line();
    let first = top + frame.line() / 2.0 + frame.font * 0.36;
    let own_height = if own { said.len() as f64 * frame.line() } else { 0.0 };
    let band = frame.line() + 2.0;
    let (middle, height) = match layout.stacked {
        true => (top + named + own_height + band / 2.0, named + own_height + band),
        false => (top + named.max(band) / 2.0, named.max(band)),
    };
    let baseline = middle + frame.font * 0.36;
    let name_at = if layout.stacked { first } else { first + (height - named) / 2.0 };
    let called = name(row, &lines, frame, 0.0, name_at);
    if row.emphasis {
        layers.strong += &called
    } else {
        layers.names += &called
    }
    let layer = match row.change.as_ref().and_then(|change| change.better) {
        Some(true) => &mut layers.better,
        Some(false) => &mut layers.worse,
        None => &mut layers.plain,
    };
    for (place, line) in said.iter().enumerate() {
        let at = place as f64 * frame.line();
        *layer += &match (layout.stacked, own) {
            (_, true) => text(0.0, first + named + at, Anchor::Start, line),
            (true, false) => text(frame.width, first, Anchor::End, line),
            (false, false) => text(frame.width - layout.changes, baseline, Anchor::Start, line),
        };
    }
    if let Some((low, high)) = sides(row) {
        layers.marks += &marks(layout, row, middle);
        let beyond = if near(row, layout) { REACH + 2.0 } else { REACH };
        layers.figures += &text(layout.x(high.value) + beyond, baseline, Anchor::Start, &written(high));
        if let Some(low) = low {
            layers.figures += &text(layout.x(low.value) - beyond, baseline, Anchor::End, &written(low));
        }
        if layout.stacked {
            layers.grid += &format!("M{} {}H{}", At(layout.left), At(middle), At(layout.right));
        }
    }
    top + height + if layout.stacked { 12.0 } else { 6.0 }
}

/// Whether the two marks of a row would cover each other.
fn near(row: &Row, layout: &Layout<'_>) -> bool {
    let at = |place| row.figure(place).map(|figure| layout.x(figure.value));
    at(0).zip(at(1)).is_some_and(|(earlier, later)| (earlier - later).abs() < 8.0)
}

fn marks(layout: &Layout<'_>, row: &Row, y: f64) -> String {
    let table = layout.table;
    let plain = !table.rows.iter().any(|row| row.emphasis);
    let (class, colour) = match (row.emphasis, plain) {
        (true, _) => ("c1 emph", COLOURS[0]),
        (false, true) => ("c1", COLOURS[0]),
        (false, false) => ("c1 peer", GREY),
    };
    let at = |place| row.figure(place).map(|figure| layout.x(figure.value));
    let mut shapes = String::new();
    if let (Some(earlier), Some(later)) = (at(0), at(1)) {
        let line = format!("M{} {}H{}", At(earlier), At(y), At(later));
        shapes += &path(&line, "class=\"line\" fill=\"none\" stroke-width=\"2.5\"");
    }
    if let Some(x) = at(0) {
        let radius = if near(row, layout) { 7.5 } else { 5.0 };
        shapes += &path(&circle(x, y, radius), HOLLOW);
    }
    if let Some(x) = at(1) {
        shapes += &path(&circle(x, y, 5.0), "stroke=\"none\"");
    }
    let data = data(table, row, 0..2);
    group(&format!("class=\"{class}\" fill=\"{colour}\" stroke=\"{colour}\" {data}"), &shapes)
}

fn circle(x: f64, y: f64, radius: f64) -> String {
    let (r, d) = (At(radius), At(radius * 2.0));
    format!("M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z", At(x - radius), At(y))
}

/// The places of the ticks, their labels from `top` on as far as they have room, and where the drawing ends.
fn ticks(layout: &Layout<'_>, top: f64) -> (Vec<f64>, String, f64) {
    let (frame, scale) = (layout.frame, &layout.scale);
    let largest = scale.high.abs().max(scale.low.abs());
    let magnitude = Magnitude::of(largest, scale.step, &layout.table.unit, layout.lang);
    let ticks: Vec<(f64, String)> =
        scale.ticks().into_iter().map(|value| (layout.x(value), tick(value, scale.step, magnitude))).collect();
    let widest = ticks.iter().map(|(_, label)| frame.measure(label)).fold(0.0, f64::max) + 8.0;
    let apart = ticks.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(f64::INFINITY, f64::min);
    let every = if apart.is_finite() { (widest / apart).ceil().max(1.0) as usize } else { 1 };
    let mut labels = String::new();
    for (x, label) in ticks.iter().step_by(every) {
        let half = frame.measure(label) / 2.0;
        let x = x.clamp(half, f64::max(half, frame.width - half));
        labels += &text(x, top + frame.font, Anchor::Middle, label);
    }
    (ticks.into_iter().map(|(x, _)| x).collect(), labels, top + frame.font * 1.3)
}
