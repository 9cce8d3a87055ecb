//! Draws a trend: axes, targets, lines with their marks, labels at the ends, and below what found no room.

use rust_decimal::Decimal;

use crate::chart::scale::Scale;
use crate::chart::series;
use crate::chart::{ChartTable, Column, Lang};

use super::axes;
use super::draw::{data, group, look};
use super::ends;
use super::legend::{Item, Swatch, flow};
use super::lines;
use super::space::{Frame, Rect, Space};
use super::values;
use super::{Axis, Body, head};

/// Where figures lie on the drawing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Plot {
    /// The left end of the grid.
    pub left: f64,
    /// The right end of the grid.
    pub right: f64,
    /// The upper end of the value axis.
    pub top: f64,
    /// The lower end of the value axis.
    pub bottom: f64,
    /// The value axis.
    pub scale: Scale,
    first: Decimal,
    last: Decimal,
}

impl Plot {
    /// The place of a period.
    pub fn x(&self, column: &Column) -> f64 {
        const INSET: f64 = 18.0;
        let (left, right) = (self.left + INSET, self.right - INSET);
        if self.first == self.last {
            return f64::midpoint(left, right);
        }
        let axis = Scale { low: self.first, high: self.last, step: Decimal::ONE };
        left + (right - left) * axis.place(column.position)
    }

    /// The place of a value.
    pub fn y(&self, value: Decimal) -> f64 {
        self.bottom - (self.bottom - self.top) * self.scale.place(value)
    }
}

/// Draws the trend below `0`.
pub fn draw(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    let all = series::series(table);
    let values: Vec<Decimal> =
        all.iter().flat_map(|one| series::figures(table, one.row)).map(|(_, _, f)| f.value).collect();
    if values.is_empty() {
        return super::nothing(table, lang, frame);
    }
    let drawn: Vec<Decimal> = values.iter().copied().chain(table.target.iter().map(|target| target.value)).collect();
    let scale = Scale::lines(&drawn);
    let axis = if scale.cut() { Axis::CutUpright } else { Axis::FromZero };
    let (mut markup, top) = head(table, lang, frame, axis);
    let ticks = axes::ticks(table, lang, &scale);
    let left = ticks.iter().map(|(_, label)| frame.measure(label)).fold(0.0, f64::max) + 8.0;
    let ends = ends::choose(table, &all, frame);
    let plot = Plot {
        left,
        right: frame.width - ends.width,
        top: top + frame.font,
        bottom: top + frame.font + frame.plot,
        scale,
        first: table.columns.iter().map(|column| column.position).min().unwrap_or_default(),
        last: table.columns.iter().map(|column| column.position).max().unwrap_or_default(),
    };
    markup += &axes::grid(&plot, &ticks);
    let (periods, below) = axes::periods(table, &plot, frame);
    markup += &periods;
    let bounds =
        Rect { left: plot.left + 1.0, right: plot.right, top: plot.top - frame.font, bottom: plot.bottom - 1.0 };
    let mut space = Space::new(bounds);
    lines::occupy(table, &all, &plot, &mut space);
    let (targets, homeless) = axes::targets(table, &plot, frame, &mut space);
    markup += &targets;
    // The emphasised series comes last, so that it lies on top.
    for one in all.iter().rev() {
        let attributes = format!("{} {}", look(one), data(table, one.row, 0..table.columns.len()));
        markup += &group(&attributes, &lines::draw(table, one, &plot));
    }
    markup += &values::draw(table, &all, &plot, frame, &mut space);
    markup += &ends::draw(table, &ends, &plot, frame);
    let mut items: Vec<Item<'_>> =
        ends.rest.iter().map(|one| Item { swatch: Swatch::Series(*one), text: one.row.name.clone() }).collect();
    items.extend(homeless);
    items.extend(lines::keys(table, lang));
    let (legend, height) = flow(&items, frame, below + 6.0);
    let height = if items.is_empty() { below } else { below + 6.0 + height };
    Body { markup: markup + &legend, height }
}
