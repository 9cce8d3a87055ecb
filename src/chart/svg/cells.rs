//! Draws a grid: the figures themselves in a table of shaded cells, so that the shade only repeats what is printed.
//!
//! Columns that find no room beside the names continue in a second block below, with the names again: figures are never
//! printed smaller than other text, and none is left out. What is not compared is outlined and has no shade.

use std::ops::Range;

use crate::chart::classes::{Classes, DEEP, SHADES};
use crate::chart::number::bare;
use crate::chart::series::{figures, solid};
use crate::chart::text::wrap;
use crate::chart::{Cell, ChartTable, Lang, Row};

use super::draw::{Anchor, At, data, group, name, path, text};
use super::legend::{Item, OUTLINE, Swatch, flow};
use super::space::Frame;
use super::{Axis, Body, head};

/// The attributes of a shade: its class and its colour on white paper.
pub fn shade(class: usize) -> String {
    format!("class=\"q{}\" fill=\"{}\"", class + 1, SHADES[class])
}

const PAD: f64 = 5.0;

struct Layout<'a> {
    table: &'a ChartTable,
    classes: Classes,
    frame: Frame,
    names: f64,
    left: f64,
    cell: f64,
    /// How many columns stand side by side.
    block: usize,
    /// From the middle of a cell to the point of its figure.
    point: f64,
}

impl Layout<'_> {
    /// The left edge of a column's cells.
    fn x(&self, place: usize) -> f64 {
        self.left + (place % self.block) as f64 * self.cell
    }
}

#[derive(Default)]
struct Layers {
    shades: [String; 5],
    outlines: String,
    breaks: String,
    names: String,
    strong: String,
    heads: String,
    gaps: String,
    figures: String,
}

/// Draws the grid below `0`.
pub fn draw(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    if table.is_empty() {
        return super::nothing(table, lang, frame);
    }
    let words = words(table);
    let layout = layout(table, frame, &words);
    let (mut markup, mut y) = head(table, lang, frame, Axis::FromZero);
    let (legend, height) = flow(&keys(table, lang, &layout.classes), frame, y);
    markup += &legend;
    y += height + 10.0;
    let mut layers = Layers::default();
    for first in (0..table.columns.len()).step_by(layout.block) {
        let block = first..table.columns.len().min(first + layout.block);
        y = heads(&layout, block.clone(), y, &mut layers);
        for (row, words) in table.rows.iter().zip(&words) {
            y = draw_row(&layout, (row, words), block.clone(), y, &mut layers);
        }
        y += 14.0;
    }
    for (class, cells) in layers.shades.iter().enumerate() {
        markup += &path(cells, &shade(class));
    }
    markup += &path(&layers.outlines, &OUTLINE.replace("1.5", "1"));
    markup += &group("class=\"sign\" fill=\"none\" stroke=\"#1B1F24\" stroke-width=\"2\"", &path(&layers.breaks, ""));
    markup += &group("class=\"label\" fill=\"#1B1F24\"", &layers.names);
    markup += &group("class=\"label emph\" fill=\"#1B1F24\" font-weight=\"bold\"", &layers.strong);
    markup += &group("class=\"label tick\" fill=\"#5B6570\" text-anchor=\"middle\"", &(layers.heads + &layers.gaps));
    markup += &group("class=\"label\" fill=\"#1B1F24\" text-anchor=\"end\"", &layers.figures);
    Body { markup, height: y - 14.0 }
}

/// The figures as they stand in the cells; empty for a gap.
fn words(table: &ChartTable) -> Vec<Vec<String>> {
    let cells = |row: &Row| (0..table.columns.len()).map(|at| row.figure(at).map(bare).unwrap_or_default()).collect();
    table.rows.iter().map(cells).collect()
}

fn layout<'a>(table: &'a ChartTable, frame: Frame, words: &[Vec<String>]) -> Layout<'a> {
    const WIDEST: f64 = 76.0;
    let most = frame.width * 0.3;
    let names = table.rows.iter().flat_map(|row| wrap(&row.name, most / frame.font));
    let names = names.map(|line| frame.measure(&line)).fold(0.0, f64::max).min(most);
    // Figures stand on the point; signs hang out to the left and do not move the exact ones.
    let (mut whole, mut rest, mut hanging, mut longest) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    let places = table.rows.iter().zip(words).flat_map(|(row, words)| figures(table, row).map(move |one| (one, words)));
    for ((place, _, figure), words) in places {
        let after = frame.measure(fraction(&words[place]));
        let before = frame.measure(&words[place]) - after;
        (hanging, longest) = (hanging.max(before), longest.max(after));
        if figure.sign.is_empty() {
            (whole, rest) = (whole.max(before), rest.max(after));
        }
    }
    let needed = f64::max(hanging + longest, frame.font);
    // A head may take two lines, so half of it has to fit, and a year always does.
    let head = |label: &str| wrap(label, 3.2).iter().map(|line| frame.measure(line)).fold(0.0, f64::max);
    let heads = table.columns.iter().map(|column| head(&column.label)).fold(0.0, f64::max);
    let left = names + 10.0;
    let room = frame.width - left;
    let needed = (needed.max(heads) + 2.0 * PAD).min(room);
    let count = table.columns.len().max(1);
    let side_by_side = ((room / needed) as usize).clamp(1, count);
    let block = count.div_ceil(count.div_ceil(side_by_side));
    let cell = (room / block as f64).min(f64::max(needed, WIDEST)).floor();
    // Exact figures stand in the middle, unless a sign beside one of them needs the room.
    let edge = cell / 2.0 - 3.0;
    let point = ((whole - rest) / 2.0).min(edge - longest).max(hanging - edge);
    Layout { table, classes: Classes::of(table), frame, names, left, cell, block, point }
}

fn keys(table: &ChartTable, lang: Lang, classes: &Classes) -> Vec<Item<'static>> {
    let shades = classes.key(lang).into_iter().map(|(shade, text)| Item { swatch: Swatch::Shade(shade), text });
    shades.chain(remarks(table, lang, classes)).collect()
}

/// Explains what is not a shade.
pub fn remarks(table: &ChartTable, lang: Lang, classes: &Classes) -> Vec<Item<'static>> {
    let words = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    let mut keys = Vec::new();
    if classes.count() > 2 {
        let text = words("各档含下限、不含上限", "lower limits belong to their class");
        keys.push(Item { swatch: Swatch::Plain, text });
    }
    let all = || table.rows.iter().flat_map(|row| figures(table, row));
    if all().any(|(_, column, figure)| !solid(column, figure)) {
        let text = words("空框：不可比，不参与比较", "Outlined: not comparable and not compared");
        keys.push(Item { swatch: Swatch::Outline, text });
    }
    if all().any(|(.., figure)| figure.break_before) {
        let text = words("竖线：此前口径或范围不同", "Bar: defined otherwise before it");
        keys.push(Item { swatch: Swatch::Plain, text });
    }
    let filled = |row: &Row| figures(table, row).count();
    if table.rows.iter().any(|row| filled(row) < table.columns.len()) {
        keys.push(Item { swatch: Swatch::Plain, text: words("—：缺数", "—: no figure") });
    }
    keys
}

fn heads(layout: &Layout<'_>, block: Range<usize>, top: f64, layers: &mut Layers) -> f64 {
    let (table, frame) = (layout.table, layout.frame);
    let lines = |place: usize| wrap(&table.columns[place].label, (layout.cell - 2.0) / frame.font);
    let most = block.clone().map(|place| lines(place).len()).max().unwrap_or(1);
    for place in block {
        let lines = lines(place);
        let first = top + frame.font + (most - lines.len()) as f64 * frame.line();
        for (line, words) in lines.iter().enumerate() {
            let y = first + line as f64 * frame.line();
            layers.heads += &text(layout.x(place) + layout.cell / 2.0, y, Anchor::Start, words);
        }
    }
    top + most as f64 * frame.line() + 4.0
}

/// Draws the cells of one row with their upper edges at `top`; returns where the next row begins.
fn draw_row(
    layout: &Layout<'_>,
    (row, figures): (&Row, &[String]),
    block: Range<usize>,
    top: f64,
    layers: &mut Layers,
) -> f64 {
    let table = layout.table;
    let frame = layout.frame;
    let lines = wrap(&row.name, layout.names.max(1.0) / frame.font + 0.01);
    let height = (lines.len() as f64 * frame.line() + 4.0).max((frame.font * 1.65).round());
    let middle = top + height / 2.0;
    let baseline = middle + frame.font * 0.36;
    let first = baseline - (lines.len() - 1) as f64 * frame.line() / 2.0;
    let words = name(row, &lines, frame, 0.0, first);
    if row.emphasis {
        layers.strong += &words
    } else {
        layers.names += &words
    }
    let (mut plain, mut on) = (String::new(), String::new());
    for place in block.clone() {
        let left = layout.x(place);
        let centre = left + layout.cell / 2.0;
        let Some(Cell::Figure(figure)) = row.cells.get(place) else {
            layers.gaps += &text(centre, baseline, Anchor::Start, "—");
            continue;
        };
        let end = centre + layout.point + frame.measure(fraction(&figures[place]));
        let figure_text = text(end, baseline, Anchor::Start, &figures[place]);
        let column = &table.columns[place];
        let (width, tall) = (layout.cell - 1.5, height - 1.5);
        if solid(column, figure) {
            let shade = layout.classes.shade(figure.value);
            layers.shades[shade] += &cell(left, top, width, tall);
            if shade >= DEEP { on += &figure_text } else { plain += &figure_text }
        } else {
            layers.outlines += &cell(left + 1.0, top + 1.0, width - 2.0, tall - 2.0);
            plain += &figure_text;
        }
        if figure.break_before {
            layers.breaks += &format!("M{} {}v{}", At(left - 0.8), At(top - 1.0), At(height + 0.5));
        }
    }
    let drawn = plain + group("class=\"on\" fill=\"#FFF\"", &on).trim_end();
    layers.figures += &group(&data(table, row, block), &drawn);
    top + height
}

/// The point and what follows it.
fn fraction(figure: &str) -> &str {
    figure.find('.').map_or("", |point| &figure[point..])
}

fn cell(left: f64, top: f64, width: f64, height: f64) -> String {
    let mut out = String::with_capacity(32);
    for (letter, value) in [("M", left), (" ", top), ("h", width), ("v", height), ("h-", width)] {
        out.push_str(letter);
        At(value).push(&mut out);
    }
    out.push('z');
    out
}
