//! Draws a comparison: a group of bars a row, a bar a column, always from zero, each with the figure as written at its end.
//!
//! Names stand beside the groups while they fit a third of the width, else above them.

use rust_decimal::Decimal;

use crate::chart::number::written;
use crate::chart::scale::Scale;
use crate::chart::sentence::gap_words;
use crate::chart::series::{figures, solid};
use crate::chart::text::wrap;
use crate::chart::{Cell, ChartTable, Column, Figure, Lang, Row};

use super::axes::HALO;
use super::bar::{keys, outlined, reach, targets, tight, tip};
use super::draw::{Anchor, At, data, group, name, path, text};
use super::legend::{Item, Swatch, TARGET, flow};
use super::space::Frame;
use super::texture::Fills;
use super::{Axis, Body, head, period};

const BAR: f64 = 14.0;

struct Layout<'a> {
    table: &'a ChartTable,
    lang: Lang,
    frame: Frame,
    scale: Scale,
    stacked: bool,
    names: f64,
    left: f64,
    right: f64,
}

impl Layout<'_> {
    fn x(&self, value: Decimal) -> f64 {
        self.left + (self.right - self.left) * self.scale.place(value)
    }

    /// The distance of two bars of a group.
    fn pitch(&self) -> f64 {
        self.frame.line() - 2.0
    }

    fn lines(&self, row: &Row) -> Vec<String> {
        wrap(&row.name, self.names / self.frame.font + 0.01)
    }
}

#[derive(Default)]
struct Layers {
    bars: String,
    signs: String,
    names: String,
    strong: String,
    figures: String,
    gaps: String,
    zero: String,
}

/// Draws the groups below `0`.
pub fn draw(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    let drawn: Vec<(&Column, &Figure)> =
        table.rows.iter().flat_map(|row| figures(table, row)).map(|(_, column, figure)| (column, figure)).collect();
    if drawn.is_empty() {
        return super::nothing(table, lang, frame);
    }
    let fills = Fills::new(table, frame);
    let layout = layout(table, lang, frame, &drawn);
    let (mut markup, mut y) = head(table, lang, frame, Axis::FromZero);
    if table.columns.len() > 1 {
        let (legend, height) = flow(&legend(table, lang, &fills), frame, y);
        markup += &legend;
        y += height + 4.0;
    }
    let aims = targets(table, frame, y + 4.0, |value| layout.x(value));
    y = aims.below + 4.0;
    let mut layers = Layers { figures: aims.labels, ..Layers::default() };
    for row in &table.rows {
        y = draw_row(&layout, &fills, row, y, &mut layers);
    }
    markup += &fills.tiles();
    markup += &layers.bars;
    markup += &group("class=\"axis\" fill=\"none\" stroke=\"#5B6570\"", &path(&layers.zero, ""));
    for (at, from) in aims.starts {
        markup += &path(&format!("M{} {}V{}", At(at), At(from), At(y - 8.0)), TARGET);
    }
    markup += &group("class=\"sign\" fill=\"none\" stroke=\"#1B1F24\" stroke-width=\"1.5\"", &layers.signs);
    markup += &group("class=\"label\" fill=\"#1B1F24\"", &layers.names);
    markup += &group("class=\"label emph\" fill=\"#1B1F24\" font-weight=\"bold\"", &layers.strong);
    markup += &group(&HALO.replace("label halo", "label tick halo").replace("#1B1F24", "#5B6570"), &layers.gaps);
    markup += &group(HALO, &layers.figures);
    let (key, height) = flow(&keys(drawn.into_iter(), lang), frame, y - 4.0);
    Body { markup: markup + &key, height: y - 4.0 + height }
}

fn legend<'a>(table: &ChartTable, lang: Lang, fills: &'a Fills) -> Vec<Item<'a>> {
    let item = |(place, column): (usize, &Column)| {
        let swatch = if column.partial { Swatch::Outlined(fills, place) } else { Swatch::Fill(fills, place) };
        Item { swatch, text: period(&column.label, lang) }
    };
    table.columns.iter().enumerate().map(item).collect()
}

fn layout<'a>(table: &'a ChartTable, lang: Lang, frame: Frame, drawn: &[(&Column, &Figure)]) -> Layout<'a> {
    let mut values: Vec<Decimal> = drawn.iter().map(|(_, figure)| figure.value).collect();
    values.extend(table.target.iter().map(|target| target.value));
    let scale = tight(Scale::bars(&values), &values);
    let label = |figure: &Figure| frame.measure(&written(figure)) + 4.0 + reach(figure);
    let negative = |figure: &Figure| figure.value < Decimal::ZERO;
    let room =
        |wanted: bool| drawn.iter().filter(|(_, f)| negative(f) == wanted).map(|(_, f)| label(f)).fold(0.0, f64::max);
    let (before, after) = (room(true), room(false));
    let gaps = table.rows.iter().flat_map(|row| (0..table.columns.len()).map(|place| gap_words(row, place, lang)));
    let gaps = gaps.map(|words| frame.measure(&words)).fold(0.0, f64::max);
    let most = frame.width / 3.0;
    let lines = |row: &Row| wrap(&row.name, most / frame.font);
    let widest = table.rows.iter().flat_map(&lines).map(|line| frame.measure(&line)).fold(0.0, f64::max);
    let tall = table.rows.iter().any(|row| lines(row).len() > table.columns.len().max(2));
    let left = widest + 10.0 + before;
    let right = frame.width - after.max(f64::min(gaps, 60.0));
    let stacked = tall || widest > most || right - left < frame.width * 0.25;
    if stacked {
        let left = before + 2.0;
        return Layout {
            table,
            lang,
            frame,
            scale,
            stacked,
            names: frame.width,
            left,
            right: f64::max(left + 40.0, right),
        };
    }
    Layout { table, lang, frame, scale, stacked, names: widest, left, right }
}

/// Draws one group with its upper edge at `top`; returns where the next one begins.
fn draw_row(layout: &Layout<'_>, fills: &Fills, row: &Row, top: f64, layers: &mut Layers) -> f64 {
    let (table, lang) = (layout.table, layout.lang);
    let frame = layout.frame;
    let lines = layout.lines(row);
    let named = lines.len() as f64 * frame.line();
    let zero = layout.x(Decimal::ZERO);
    let room = (frame.width - zero - 5.0) / frame.font;
    let reasons: Vec<Vec<String>> = (0..table.columns.len())
        .map(|place| match row.cells.get(place) {
            Some(Cell::Figure(_)) => Vec::new(),
            Some(Cell::Gap(_)) | None => wrap(&gap_words(row, place, lang), room),
        })
        .collect();
    let slot = |reason: &Vec<String>| layout.pitch() + (reason.len().max(1) - 1) as f64 * frame.line();
    let bars: f64 = reasons.iter().map(slot).sum();
    let (name_top, bar_top) = match layout.stacked {
        true => (top, top + named),
        false => (top + f64::max(0.0, (bars - named) / 2.0), top + f64::max(0.0, (named - bars) / 2.0)),
    };
    let words = name(row, &lines, frame, 0.0, name_top + frame.line() / 2.0 + frame.font * 0.36);
    if row.emphasis {
        layers.strong += &words
    } else {
        layers.names += &words
    }
    let mut at = bar_top;
    let mut drawn = String::new();
    for (place, reason) in reasons.iter().enumerate() {
        let middle = at + layout.pitch() / 2.0;
        let baseline = middle + frame.font * 0.36;
        if let Some(Cell::Figure(figure)) = row.cells.get(place) {
            drawn += &bar(layout, fills, place, figure, middle);
            let end = layout.x(figure.value);
            layers.signs += &tip(figure, end, middle);
            let (x, anchor) = if figure.value < Decimal::ZERO {
                (end - reach(figure), Anchor::End)
            } else {
                (end + reach(figure), Anchor::Start)
            };
            layers.figures += &text(x, baseline, anchor, &written(figure));
        }
        for (line, words) in reason.iter().enumerate() {
            layers.gaps += &text(zero + 5.0, baseline + line as f64 * frame.line(), Anchor::Start, words);
        }
        at += slot(reason);
    }
    layers.bars += &group(&data(table, row, 0..table.columns.len()), &drawn);
    layers.zero += &format!("M{} {}V{}", At(zero), At(bar_top - 1.0), At(at + 1.0));
    let height = if layout.stacked { named + bars } else { f64::max(named, bars) };
    top + height + 12.0
}

fn bar(layout: &Layout<'_>, fills: &Fills, place: usize, figure: &Figure, middle: f64) -> String {
    let (zero, end) = (layout.x(Decimal::ZERO), layout.x(figure.value));
    let top = middle - BAR / 2.0;
    if solid(&layout.table.columns[place], figure) {
        return fills.rect(place, zero.min(end), top, (end - zero).abs().max(0.5), BAR, "");
    }
    let (class, colour) = fills.look(place);
    outlined((zero, end), top, BAR, (&class, colour), "")
}
