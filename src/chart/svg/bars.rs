//! Draws ranking and progress: one bar a row, always from zero, with the figure as written at its end.
//!
//! Names stand beside the bars while they fit two lines of two fifths of the width, else (and always for progress) above them.

use rust_decimal::Decimal;

use crate::chart::number::written;
use crate::chart::scale::Scale;
use crate::chart::sentence::gap_words;
use crate::chart::series::{COLOURS, GREY, bound};
use crate::chart::text::wrap;
use crate::chart::{Cell, ChartTable, Column, Figure, Intent, Lang, Row};

use super::axes::HALO;
use super::bar::{keys, outlined, reach, targets, tight, tip};
use super::draw::{Anchor, At, escape, group, name, path, rect, text};
use super::legend::{TARGET, flow};
use super::space::Frame;
use super::{Axis, Body, head};

const BAR: f64 = 14.0;
const GAP: f64 = 8.0;

/// Everything that is the same for all rows.
struct Layout {
    frame: Frame,
    scale: Scale,
    stacked: bool,
    ranks: f64,
    names: f64,
    left: f64,
    right: f64,
}

impl Layout {
    fn x(&self, value: Decimal) -> f64 {
        self.left + (self.right - self.left) * self.scale.place(value)
    }
}

/// The layers of the drawing, lowest first.
#[derive(Default)]
struct Layers {
    bars: String,
    signs: String,
    names: String,
    strong: String,
    figures: String,
    zero: String,
    targets: String,
}

/// Draws the bars below `0`.
pub fn draw(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    let figures: Vec<&Figure> = table.rows.iter().filter_map(|row| row.figure(0)).collect();
    if figures.is_empty() {
        return super::nothing(table, lang, frame);
    }
    let layout = layout(table, lang, frame, &figures);
    let (mut markup, mut y) = head(table, lang, frame, Axis::FromZero);
    y += 4.0;
    let mut layers = Layers::default();
    let aims = targets(table, frame, y, |value| layout.x(value));
    layers.figures += &aims.labels;
    y = aims.below + 4.0;
    for row in &table.rows {
        y = draw_row(table, row, lang, &layout, y, &mut layers);
    }
    markup += &layers.bars;
    markup += &group("class=\"axis\" fill=\"none\" stroke=\"#5B6570\"", &path(&layers.zero, ""));
    for (at, from) in aims.starts {
        markup += &path(&format!("M{} {}V{}", At(at), At(from), At(y - GAP + 3.0)), TARGET);
    }
    markup += &group("class=\"sign\" fill=\"none\" stroke=\"#1B1F24\" stroke-width=\"1.5\"", &layers.signs);
    markup += &group("class=\"target\" fill=\"#B3261E\"", &layers.targets);
    markup += &group("class=\"label\" fill=\"#1B1F24\"", &layers.names);
    markup += &group("class=\"label emph\" fill=\"#1B1F24\" font-weight=\"bold\"", &layers.strong);
    markup += &group(HALO, &layers.figures);
    let (key, height) = flow(&keys(drawn(table), lang), frame, y);
    Body { markup: markup + &key, height: y + height }
}

/// The figures that have a bar.
pub fn drawn(table: &ChartTable) -> impl Iterator<Item = (&Column, &Figure)> {
    table.rows.iter().filter_map(|row| Some((table.columns.first()?, row.figure(0)?)))
}

fn layout(table: &ChartTable, lang: Lang, frame: Frame, figures: &[&Figure]) -> Layout {
    let mut values: Vec<Decimal> = figures.iter().map(|figure| figure.value).collect();
    values.extend(table.target.iter().map(|target| target.value));
    values.extend(table.rows.iter().filter_map(|row| goal(table, row)).map(|figure| figure.value));
    let scale = Scale::bars(&values);
    let last = table.rows.iter().filter_map(|row| row.rank).max();
    let ranks = last.map_or(0.0, |last| frame.measure(&last.to_string()) + 8.0);
    let most = frame.width * 0.4;
    let wrapped: Vec<Vec<String>> = table.rows.iter().map(|row| wrap(&row.name, most / frame.font)).collect();
    let widest = wrapped.iter().flatten().map(|line| frame.measure(line)).fold(0.0, f64::max);
    let long_figure = figures.iter().any(|figure| frame.measure(&figure.written) > frame.width * 0.34);
    let stacked =
        table.intent == Intent::Progress || wrapped.iter().any(|lines| lines.len() > 2) || widest > most || long_figure;
    if stacked {
        return Layout {
            frame,
            scale,
            stacked,
            ranks,
            names: frame.width - ranks,
            left: 2.0,
            right: frame.width - 12.0,
        };
    }
    let label = |row: &Row| row.figure(0).map_or(0.0, |figure| frame.measure(&figure.written) + 18.0);
    let negative = |row: &&Row| row.figure(0).is_some_and(|figure| figure.value < Decimal::ZERO);
    let after = table.rows.iter().filter(|row| !negative(row)).map(label).fold(4.0, f64::max);
    let before = table.rows.iter().filter(negative).map(label).fold(0.0, f64::max);
    let gaps = table.rows.iter().map(|row| frame.measure(&gap_words(row, 0, lang))).fold(0.0, f64::max);
    let left = ranks + widest + 10.0 + before;
    // The largest bar ends before the room of its label; a reason for a gap starts at zero and may use it all.
    let right = f64::max(left + 40.0, frame.width - after.max(f64::min(gaps, 60.0)));
    Layout { frame, scale: tight(scale, &values), stacked, ranks, names: widest, left, right }
}

/// Draws one row with its upper edge at `top`; returns where the next one begins.
fn draw_row(table: &ChartTable, row: &Row, lang: Lang, layout: &Layout, top: f64, layers: &mut Layers) -> f64 {
    let frame = layout.frame;
    let lines = wrap(&row.name, layout.names.max(1.0) / frame.font + 0.01);
    let named = lines.len() as f64 * frame.line();
    let words = row_words(table, row, lang);
    let own_line = layout.stacked && {
        let last = lines.last().map_or(0.0, |line| frame.measure(line));
        layout.ranks + last + frame.font + frame.measure(&words) > frame.width
    };
    let (mut height, bar_top) = if layout.stacked {
        let above =
            named + if own_line { frame.line() * wrap(&words, frame.width / frame.font).len() as f64 } else { 0.0 };
        (above + 3.0 + BAR, top + above + 3.0)
    } else {
        (named.max(BAR + 4.0), top + (named.max(BAR + 4.0) - BAR) / 2.0)
    };
    let first = top + frame.line() / 2.0 + frame.font * 0.36;
    put_name(row, &lines, layout, if layout.stacked { first } else { first + (height - named) / 2.0 }, layers);
    let figure = row.figure(0);
    if layout.stacked {
        if own_line {
            for (place, line) in wrap(&words, frame.width / frame.font).iter().enumerate() {
                layers.figures += &text(0.0, first + named + place as f64 * frame.line(), Anchor::Start, line);
            }
        } else {
            let baseline = first + named - frame.line();
            layers.figures += &text(frame.width - 2.0, baseline, Anchor::End, &words);
        }
    }
    let middle = bar_top + BAR / 2.0;
    let baseline = middle + frame.font * 0.36;
    match figure {
        Some(figure) => {
            let (zero, end) = (layout.x(Decimal::ZERO), layout.x(figure.value));
            layers.bars += &bar(row, figure, zero, end, bar_top);
            layers.signs += &tip(figure, end, middle);
            let reach = reach(figure);
            if !layout.stacked && figure.value < Decimal::ZERO {
                layers.figures += &text(end - reach, baseline, Anchor::End, &words);
            } else if !layout.stacked {
                layers.figures += &text(end + reach, baseline, Anchor::Start, &words);
            }
            if let Some(goal) = goal(table, row) {
                layers.targets += &rect(layout.x(goal.value) - 1.5, bar_top - 3.0, 3.0, BAR + 6.0, "");
            }
        }
        None if layout.stacked => height -= BAR + 3.0,
        None => {
            let room = (frame.width - layout.x(Decimal::ZERO) - 5.0) / frame.font;
            let reason = wrap(&words, room);
            for (place, line) in reason.iter().enumerate() {
                let y = baseline + place as f64 * frame.line();
                layers.figures += &text(layout.x(Decimal::ZERO) + 5.0, y, Anchor::Start, line);
            }
            height += (reason.len() as f64 - 1.0) * frame.line();
        }
    }
    let (from, to) =
        if layout.stacked { (bar_top - 2.0, bar_top + BAR + 2.0) } else { (top - 3.0, top + height + GAP - 3.0) };
    if figure.is_some() || !layout.stacked {
        layers.zero += &format!("M{} {}V{}", At(layout.x(Decimal::ZERO)), At(from), At(to));
    }
    top + height + if layout.stacked { GAP + 4.0 } else { GAP }
}

fn put_name(row: &Row, lines: &[String], layout: &Layout, baseline: f64, layers: &mut Layers) {
    let rank = row.rank.map(|rank| text(layout.ranks - 8.0, baseline, Anchor::End, &rank.to_string()));
    let words = rank.unwrap_or_default() + &name(row, lines, layout.frame, layout.ranks, baseline);
    if row.emphasis { layers.strong += &words } else { layers.names += &words }
}

fn bar(row: &Row, figure: &Figure, zero: f64, end: f64, top: f64) -> String {
    let (class, colour) = if row.emphasis { ("c1 emph", COLOURS[0]) } else { ("c1 peer", GREY) };
    let value = format!("{}{}", figure.sign, figure.value.normalize());
    let data = format!("data-name=\"{}\" data-v=\"{}\"", escape(&row.name), escape(&value));
    if !figure.joined || bound(figure) {
        return outlined((zero, end), top, BAR, (class, colour), &data);
    }
    let attributes = format!("class=\"bar {class}\" fill=\"{colour}\" {data}");
    rect(zero.min(end), top, (end - zero).abs().max(0.5), BAR, &attributes)
}

/// The figure as written, with the target for progress; the reason for a gap.
fn row_words(table: &ChartTable, row: &Row, lang: Lang) -> String {
    let target = match lang {
        Lang::Zh => "目标",
        Lang::En => "target",
    };
    let written = row.figure(0).map_or_else(|| gap_words(row, 0, lang), written);
    match goal(table, row) {
        Some(goal) => format!("{written}　{target} {}", goal.written),
        None => written,
    }
}

/// The row's own target in a progress chart.
fn goal<'a>(table: &ChartTable, row: &'a Row) -> Option<&'a Figure> {
    match (table.intent, row.cells.get(1)) {
        (Intent::Progress, Some(Cell::Figure(figure))) => Some(figure),
        _ => None,
    }
}
