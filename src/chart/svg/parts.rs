//! Draws shares: a bar of 100 % a row, cut into its parts, each with its name and its share where they fit.
//!
//! When a name does not fit somewhere, all names stand in a legend above; shares that do not fit their part stand below the bar,
//! with the name. So no share is left to be guessed from a length.

use rust_decimal::Decimal;

use crate::chart::number;
use crate::chart::scale::Scale;
use crate::chart::series::{figures, solid};
use crate::chart::text::{em, wrap};
use crate::chart::{Cell, ChartTable, Figure, Lang, Row};

use super::bar::{NOT_COMPARED, outlined};
use super::draw::{Anchor, At, data, group, name, path, rect, text};
use super::legend::{Item, Swatch, flow};
use super::space::Frame;
use super::texture::Fills;
use super::{Axis, Body, head, period};

const BAR: f64 = 26.0;

struct Layout<'a> {
    table: &'a ChartTable,
    lang: Lang,
    frame: Frame,
    stacked: bool,
    named: bool,
    names: f64,
    left: f64,
    right: f64,
    scale: Scale,
}

impl Layout<'_> {
    fn x(&self, value: Decimal) -> f64 {
        self.left + (self.right - self.left) * self.scale.place(value)
    }
}

#[derive(Default)]
struct Layers {
    bars: String,
    grounds: String,
    on: String,
    names: String,
    strong: String,
    below: String,
    rims: String,
    ink: String,
}

/// Draws the bars below `0`.
pub fn draw(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    if table.is_empty() {
        return super::nothing(table, lang, frame);
    }
    let fills = Fills::new(table, frame);
    let layout = layout(table, lang, frame);
    let (mut markup, mut y) = head(table, lang, frame, Axis::FromZero);
    if !layout.named {
        let items = table.columns.iter().enumerate();
        let items: Vec<Item<'_>> = items
            .map(|(place, column)| Item { swatch: Swatch::Fill(&fills, place), text: period(&column.label, lang) })
            .collect();
        let (legend, height) = flow(&items, frame, y);
        markup += &legend;
        y += height;
    }
    y += 8.0;
    let mut layers = Layers::default();
    for row in &table.rows {
        y = draw_row(&layout, &fills, row, y, &mut layers);
    }
    let (ticks, labels) = ticks(&layout, y - 2.0);
    markup += &fills.tiles();
    markup += &layers.bars;
    markup += &layers.grounds;
    markup += &group("class=\"axis\" fill=\"none\" stroke=\"#5B6570\"", &path(&(layers.rims + &ticks), ""));
    markup += &group("class=\"label tick\" fill=\"#5B6570\"", &labels);
    markup += &group("class=\"label\" fill=\"#1B1F24\"", &layers.names);
    markup += &group("class=\"label emph\" fill=\"#1B1F24\" font-weight=\"bold\"", &layers.strong);
    markup += &group("class=\"on\" fill=\"#FFF\"", &layers.on);
    markup += &group("class=\"label\" fill=\"#1B1F24\"", &layers.ink);
    markup += &group("class=\"label tick\" fill=\"#5B6570\"", &layers.below);
    y += frame.font * 1.3 + 4.0;
    let (key, height) = flow(&keys(table, lang), frame, y);
    Body { markup: markup + &key, height: y + height }
}

/// Explains outlined parts; those of a bound as well, which carry its sign and no arrow.
pub fn keys(table: &ChartTable, lang: Lang) -> Vec<Item<'static>> {
    let mut all = table.rows.iter().flat_map(|row| figures(table, row));
    if all.all(|(_, column, figure)| solid(column, figure)) {
        return Vec::new();
    }
    vec![Item { swatch: Swatch::Outline, text: NOT_COMPARED[usize::from(lang == Lang::En)].to_owned() }]
}

fn layout(table: &ChartTable, lang: Lang, frame: Frame) -> Layout<'_> {
    let most = frame.width * 0.3;
    let lines = |row: &Row| wrap(&row.name, most / frame.font);
    let names = table.rows.iter().flat_map(lines).map(|line| frame.measure(&line)).fold(0.0, f64::max);
    let stacked = names > most || table.rows.iter().any(|row| lines(row).len() > 2);
    // Rounded shares may add up to a little more than 100.
    let whole = table.rows.iter().map(|row| total(table, row)).max().unwrap_or_default().max(Decimal::ONE_HUNDRED);
    let scale = Scale { low: Decimal::ZERO, high: whole, step: Decimal::from(25) };
    let left = if stacked { 0.0 } else { names + 10.0 };
    let names = if stacked { frame.width } else { names };
    // The last tick needs half its width beyond the bar.
    let right = frame.width - frame.measure("100%") / 2.0;
    let mut layout = Layout { table, lang, frame, stacked, named: false, names, left, right, scale };
    layout.named = table.rows.iter().all(|row| {
        figures(table, row).all(|(_, column, figure)| {
            let width = layout.x(figure.value.max(Decimal::ZERO)) - layout.left;
            let label = format!("{} {}", period(&column.label, lang), percent(figure));
            frame.measure(&label) + 10.0 <= width
        })
    });
    layout
}

fn total(table: &ChartTable, row: &Row) -> Decimal {
    figures(table, row)
        .fold(Decimal::ZERO, |sum, (.., figure)| sum + figure.value.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED))
}

/// A share with its sign: `42.1%`.
fn percent(figure: &Figure) -> String {
    format!("{}%", number::bare(figure))
}

/// Draws one row with its upper edge at `top`; returns where the next one begins.
fn draw_row(layout: &Layout<'_>, fills: &Fills, row: &Row, top: f64, layers: &mut Layers) -> f64 {
    let (table, lang) = (layout.table, layout.lang);
    let frame = layout.frame;
    let lines = wrap(&row.name, layout.names.max(1.0) / frame.font + 0.01);
    let named = lines.len() as f64 * frame.line();
    let (name_top, bar_top) = match layout.stacked {
        true => (top, top + named + 2.0),
        false => (top + f64::max(0.0, (BAR - named) / 2.0), top + f64::max(0.0, (named - BAR) / 2.0)),
    };
    let words = name(row, &lines, frame, 0.0, name_top + frame.line() / 2.0 + frame.font * 0.36);
    if row.emphasis {
        layers.strong += &words
    } else {
        layers.names += &words
    }
    let baseline = bar_top + BAR / 2.0 + frame.font * 0.36;
    let (mut at, mut drawn, mut loose) = (Decimal::ZERO, String::new(), Vec::new());
    for (place, column) in table.columns.iter().enumerate() {
        let label = period(&column.label, lang);
        let figure = match row.cells.get(place) {
            Some(Cell::Figure(figure)) => figure,
            Some(Cell::Gap(reason)) if !reason.is_empty() => {
                loose.push(format!("{label} — {reason}"));
                continue;
            }
            Some(Cell::Gap(_)) | None => {
                loose.push(format!("{label} —"));
                continue;
            }
        };
        let from = layout.x(at);
        at += figure.value.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
        let to = layout.x(at);
        let width = to - from;
        // A rim of paper between parts, as long as the part is wider than the rim.
        let seen = if width > 3.0 { width - 1.5 } else { width };
        let joined = solid(column, figure);
        if joined && width >= 0.05 {
            drawn += &fills.rect(place, from, bar_top, seen, BAR, "");
        } else if width >= 0.05 {
            let (class, colour) = fills.look(place);
            drawn += &outlined((from + 0.75, from + seen - 0.75), bar_top, BAR, (&class, colour), "");
        }
        let share = percent(figure);
        let words = if layout.named { format!("{label} {share}") } else { share.clone() };
        let room = frame.measure(&words);
        if room + 8.0 > width {
            loose.push(format!("{label} {share}"));
            continue;
        }
        let middle = from + seen / 2.0;
        if joined && fills.textured(place) {
            let (class, colour) = fills.look(place);
            let ground = format!("class=\"{class}\" fill=\"{colour}\" stroke=\"none\"");
            layers.grounds += &rect(middle - room / 2.0 - 3.0, bar_top, room + 6.0, BAR, &ground);
        }
        let words = text(middle, baseline, Anchor::Middle, &words);
        if joined && fills.deep(place) { layers.on += &words } else { layers.ink += &words }
    }
    layers.bars += &group(&data(table, row, 0..table.columns.len()), &drawn);
    layers.rims += &format!(
        "M{} {}h{}v{}h-{}z",
        At(layout.left),
        At(bar_top),
        At(layout.x(Decimal::ONE_HUNDRED) - layout.left),
        At(BAR),
        At(layout.x(Decimal::ONE_HUNDRED) - layout.left)
    );
    let mut bottom = f64::max(bar_top + BAR, name_top + named);
    if !loose.is_empty() {
        let comma = match lang {
            Lang::Zh => "，",
            Lang::En => ", ",
        };
        let mut y = bar_top + BAR + 3.0;
        for line in lines_of(&loose, comma, (frame.width - layout.left) / frame.font) {
            layers.below += &text(layout.left, y + frame.font, Anchor::Start, &line);
            y += frame.line();
        }
        bottom = f64::max(bottom, y + 2.0);
    }
    bottom + 12.0
}

/// Sets items side by side in lines of at most `width` ems; an item is broken only when it is longer than a line.
pub fn lines_of(items: &[String], comma: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let item = format!("{item}{}", if place + 1 < items.len() { comma } else { "" });
        match lines.last_mut() {
            Some(line) if em(line) + em(item.trim_end()) <= width => line.push_str(&item),
            _ if em(item.trim_end()) <= width => lines.push(item),
            _ => lines.extend(wrap(&item, width)),
        }
    }
    lines
}

/// The ticks below the bars: none, a quarter, half, three quarters, all.
fn ticks(layout: &Layout<'_>, top: f64) -> (String, String) {
    let (mut ticks, mut labels) = (String::new(), String::new());
    for percent in [0, 25, 50, 75, 100] {
        let x = layout.x(Decimal::from(percent));
        ticks += &format!("M{} {}v4", At(x), At(top - 4.0));
        let label = format!("{percent}%");
        let half = layout.frame.measure(&label) / 2.0;
        labels += &text(x.max(half), top + 2.0 + layout.frame.font, Anchor::Middle, &label);
    }
    (ticks, labels)
}
