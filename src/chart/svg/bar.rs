//! What all bars share: the bar itself, the arrow of a bound, targets across the rows, and the axis that ends with the longest.

use rust_decimal::Decimal;

use crate::chart::scale::Scale;
use crate::chart::series::{bound, solid};
use crate::chart::{ChartTable, Column, Figure, Lang};

use super::axes::words;
use super::draw::{Anchor, At, path, rect, text};
use super::legend::{Item, Swatch};
use super::space::Frame;

/// Bars with labels at their ends have no ticks, so the axis ends with the longest bar.
pub fn tight(scale: Scale, values: &[Decimal]) -> Scale {
    let low = values.iter().copied().min().unwrap_or_default().min(Decimal::ZERO);
    let high = values.iter().copied().max().unwrap_or_default().max(Decimal::ZERO);
    if low == high { scale } else { Scale { low, high, step: scale.step } }
}

/// A bar that is only outlined, because its figure is not compared.
pub fn outlined(span: (f64, f64), top: f64, height: f64, (class, colour): (&str, &str), more: &str) -> String {
    let attributes = format!(
        "class=\"bar {class}\" fill=\"{colour}\" fill-opacity=\"0.15\" stroke=\"{colour}\" stroke-width=\"1.5\" {more}"
    );
    let (from, to) = (span.0.min(span.1), span.0.max(span.1));
    rect(from, top + 0.75, (to - from).max(0.5), height - 1.5, attributes.trim_end())
}

/// The arrow at the end of a bar that only bounds its figure.
pub fn tip(figure: &Figure, end: f64, middle: f64) -> String {
    let data = match figure.sign {
        "≥" | ">" => format!("M{} {}h9m-3-3l3 3-3 3", At(end), At(middle)),
        "≤" | "<" => format!("M{} {}h-9m3-3l-3 3 3 3", At(end), At(middle)),
        _ => return String::new(),
    };
    path(&data, "")
}

/// The room that the arrow of a bound or the plain gap takes between the end of a bar and its label.
pub fn reach(figure: &Figure) -> f64 {
    if bound(figure) { 14.0 } else { 5.0 }
}

/// Targets named above the rows, from `top` on.
pub struct Targets {
    /// The names.
    pub labels: String,
    /// Where each line starts: across and down.
    pub starts: Vec<(f64, f64)>,
    /// Where the rows may begin.
    pub below: f64,
}

/// Names the targets of the whole chart, one a line; `x` places a value.
pub fn targets(table: &ChartTable, frame: Frame, top: f64, x: impl Fn(Decimal) -> f64) -> Targets {
    let mut targets = Targets { labels: String::new(), starts: Vec::new(), below: top };
    for target in &table.target {
        let label = words(&target.label, target.sign, target.value, &table.unit);
        let half = frame.measure(&label) / 2.0;
        let at = x(target.value);
        let middle = at.clamp(half.min(frame.width / 2.0), f64::max(half, frame.width - half));
        targets.labels += &text(middle, targets.below + frame.font, Anchor::Middle, &label);
        targets.below += frame.line();
        targets.starts.push((at, targets.below + 2.0));
    }
    targets
}

/// The words for what is outlined, in Chinese and in English.
pub const NOT_COMPARED: [&str; 2] = ["空心：不可比，不参与比较", "Hollow: not comparable and not compared"];

/// Explains hollow bars and arrows where the figures drawn have them.
pub fn keys<'a>(drawn: impl Iterator<Item = (&'a Column, &'a Figure)>, lang: Lang) -> Vec<Item<'static>> {
    let (mut hollow, mut arrows) = (false, false);
    for (column, figure) in drawn {
        hollow |= !bound(figure) && !solid(column, figure);
        arrows |= bound(figure);
    }
    let words = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    let hollow = hollow.then(|| words(NOT_COMPARED[0], NOT_COMPARED[1]));
    let arrows = arrows.then(|| words("箭头：来源只给出界限", "Arrow: the source gives only a bound"));
    let hollow = hollow.map(|text| Item { swatch: Swatch::Outline, text });
    hollow.into_iter().chain(arrows.map(|text| Item { swatch: Swatch::Plain, text })).collect()
}
