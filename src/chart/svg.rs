//! The SVG face of a chart table: deterministic text, readable without a script, a style sheet or colour.
//!
//! Classes are the theme's handle (`c1`–`c6`, `peer`, `rest`, `axis`, `grid`, `label`, `emph`, `target`, `hollow`, `halo`;
//! `hatch` and `on` for what lies on a series' colour; `q1`–`q5` for the shades of cells, from low to high; `better` and
//! `worse`); each group also carries fallback attributes, which any style sheet overrides. [`STYLE`] is such a sheet.
//!
//! Two widths, because one drawing cannot serve both: text that is 10 px on a screen 320 px wide needs at most 480 units at
//! 15 px, and the same drawing over a desktop column would shout. [`svg`] gives the narrow one, readable everywhere;
//! a theme may show the wide one instead from about 640 px on.

mod axes;
mod bar;
mod bars;
mod cells;
mod draw;
mod dumbbells;
mod ends;
mod groups;
mod legend;
mod lines;
mod parts;
mod space;
mod texture;
mod trend;
mod values;

use super::classes::Classes;
use super::sentence::{period, sentence};
use super::series::{Shape, figures};
use super::text::wrap;
use super::{ChartTable, Intent, Lang, Polarity};
use draw::{Anchor, At, arrow, escape, group, mark, text};
use legend::Swatch;
pub(super) use parts::lines_of;
use space::Frame;

/// A style sheet with all classes of the drawings, for light and dark paper.
pub const STYLE: &str = include_str!("svg/style.css");

/// The design width of a drawing, in units that are CSS pixels at natural size.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Width {
    /// 480 wide with 15 px text: text stays at 10 px on a screen 320 px wide.
    Narrow,
    /// 720 wide with 14 px text: for desktop columns, print and downloads.
    Wide,
}

/// Draws the chart for inlining into a page, readable from 320 px on.
pub fn svg(table: &ChartTable, lang: Lang) -> String {
    svg_at(table, lang, Width::Narrow)
}

/// Draws the chart for inlining, at a chosen design width; both widths may stand in one page.
pub fn svg_at(table: &ChartTable, lang: Lang, width: Width) -> String {
    let frame = frame(width);
    let body = body(table, lang, frame);
    sized(table, lang, frame, "", &body.markup, body.height)
}

/// Draws the chart as a file of its own: wide, with title, notes, source and styles inside.
pub fn svg_standalone(table: &ChartTable, lang: Lang) -> String {
    let frame = Frame { suffix: "-f", ..frame(Width::Wide) };
    const MARGIN: f64 = 20.0;
    let body = body(table, lang, frame);
    let (above, mut y) = title(table, frame);
    let mut markup = above + &group(&format!("transform=\"translate(0 {})\"", At(y)), &body.markup);
    y += body.height;
    let (below, height) = remarks(table, lang, frame, y + 8.0);
    markup += &below;
    y += height + 8.0;
    let markup = format!("<g transform=\"translate({MARGIN} {MARGIN})\">{markup}</g>");
    let paper =
        format!("<style>{STYLE}</style><rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"#FFF\"/>\n{markup}");
    let size = Frame { width: frame.width + 2.0 * MARGIN, ..frame };
    let attributes = format!("width=\"{}\" height=\"{}\" ", At(size.width), At(y + 2.0 * MARGIN));
    sized(table, lang, size, &attributes, &paper, y + 2.0 * MARGIN)
}

/// A drawing and its height; its width is the frame's.
struct Body {
    markup: String,
    height: f64,
}

fn frame(width: Width) -> Frame {
    match width {
        Width::Narrow => Frame { width: 480.0, font: 15.0, plot: 220.0, suffix: "" },
        Width::Wide => Frame { width: 720.0, font: 14.0, plot: 280.0, suffix: "-w" },
    }
}

fn body(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    if let Some(bars) = table.as_bars() {
        return bars::draw(&bars, lang, frame);
    }
    match table.intent {
        Intent::Trend => trend::draw(table, lang, frame),
        Intent::Ranking | Intent::Progress => bars::draw(table, lang, frame),
        Intent::Compare => groups::draw(table, lang, frame),
        Intent::Change => dumbbells::draw(table, lang, frame),
        Intent::Grid => cells::draw(table, lang, frame),
        Intent::Share => parts::draw(table, lang, frame),
    }
}

/// Wraps a drawing into its element, with the name and the description for those who do not see it.
fn sized(table: &ChartTable, lang: Lang, frame: Frame, attributes: &str, markup: &str, height: f64) -> String {
    let id = format!("{}{}", escape(&table.id), frame.suffix);
    let language = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" {attributes}viewBox=\"0 0 {} {}\" role=\"img\" \
         aria-labelledby=\"{id}-t {id}-d\" lang=\"{language}\" font-family=\"sans-serif\" font-size=\"{}\">\n\
         <title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n{markup}</svg>\n",
        At(frame.width),
        At(height.ceil()),
        At(frame.font),
        escape(&table.title),
        escape(&sentence(table, lang)),
    )
}

/// Whether zero is off the value axis, which the reader has to be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Axis {
    FromZero,
    CutUpright,
    CutLevel,
}

/// What a drawing says besides names and figures: its only period, which direction is better, what its marks mean. A chart
/// of any other format has to say the same.
pub(super) fn said(table: &ChartTable, lang: Lang) -> Vec<String> {
    if draws_nothing(table) {
        return Vec::new();
    }
    let drawn = || table.rows.iter().flat_map(|row| figures(table, row)).map(|(_, column, figure)| (column, figure));
    let keys = match table.intent {
        Intent::Trend => lines::keys(table, lang),
        Intent::Ranking | Intent::Compare => bar::keys(drawn(), lang),
        Intent::Progress => bar::keys(bars::drawn(table), lang),
        Intent::Share => parts::keys(table, lang),
        Intent::Grid => cells::remarks(table, lang, &Classes::of(table)),
        Intent::Change => Vec::new(),
    };
    // A grid has no axis that names the unit.
    let unit = unit(table, lang).filter(|_| table.intent == Intent::Grid);
    let better = direction(table, lang).map(str::to_owned);
    // The strokes of a break are the only sample that words do not name.
    let keys = keys.into_iter().map(|key| match key.swatch {
        Swatch::Break => format!("// {}", key.text),
        _ => key.text,
    });
    only_period(table, lang).into_iter().chain(unit).chain(better).chain(keys).collect()
}

/// How far the arrow of a bound reaches from the middle of its mark.
pub(super) const ARROW: f64 = 13.0;

/// The path data of a mark around zero with the arrow of its bound.
pub(super) fn bound_mark(shape: Shape, sign: &str) -> String {
    mark(shape, 0.0, 0.0) + &arrow(sign, 0.0, 0.0)
}

/// Whether a drawing is only a sentence; targets alone draw nothing.
pub(super) fn draws_nothing(table: &ChartTable) -> bool {
    match table.intent {
        Intent::Ranking | Intent::Progress => bars::drawn(table).next().is_none(),
        Intent::Trend | Intent::Compare | Intent::Change | Intent::Grid | Intent::Share => table.is_empty(),
    }
}

/// The period of a chart that has only one and does not name it in its title.
fn only_period(table: &ChartTable, lang: Lang) -> Option<String> {
    match (table.intent, table.columns.as_slice()) {
        (Intent::Ranking | Intent::Compare, [column]) if !table.title.contains(&column.label) => {
            Some(period(&column.label, lang))
        }
        _ => None,
    }
}

fn unit(table: &ChartTable, lang: Lang) -> Option<String> {
    match (table.unit.is_empty(), lang) {
        (true, _) => None,
        (false, Lang::Zh) => Some(format!("单位：{}", table.unit)),
        (false, Lang::En) => Some(format!("Unit: {}", table.unit)),
    }
}

fn direction(table: &ChartTable, lang: Lang) -> Option<&'static str> {
    match (table.polarity, lang) {
        (Polarity::None, _) => None,
        (Polarity::Higher, Lang::Zh) => Some("数值越高越好"),
        (Polarity::Lower, Lang::Zh) => Some("数值越低越好"),
        (Polarity::Higher, Lang::En) => Some("higher is better"),
        (Polarity::Lower, Lang::En) => Some("lower is better"),
    }
}

/// Says above the plot what the axis means: unit, direction, and a start that is not zero.
fn head(table: &ChartTable, lang: Lang, frame: Frame, axis: Axis) -> (String, f64) {
    let mut words: Vec<String> = only_period(table, lang).into_iter().chain(unit(table, lang)).collect();
    words.extend(direction(table, lang).map(str::to_owned));
    match (axis, lang) {
        (Axis::FromZero, _) => {}
        (Axis::CutUpright, Lang::Zh) => words.push("纵轴不从零起".to_owned()),
        (Axis::CutLevel, Lang::Zh) => words.push("横轴不从零起".to_owned()),
        (Axis::CutUpright | Axis::CutLevel, Lang::En) => words.push("axis does not start at zero".to_owned()),
    }
    let words = words.join(match lang {
        Lang::Zh => "　",
        Lang::En => " · ",
    });
    if words.is_empty() {
        return (String::new(), 0.0);
    }
    let mut markup = String::new();
    let lines = wrap(&words, frame.width / frame.font);
    for (place, line) in lines.iter().enumerate() {
        markup += &text(0.0, frame.font + place as f64 * frame.line(), Anchor::Start, line);
    }
    (group("class=\"label unit\" fill=\"#5B6570\"", &markup), lines.len() as f64 * frame.line() + 4.0)
}

/// A chart without a figure says so.
fn nothing(table: &ChartTable, lang: Lang, frame: Frame) -> Body {
    let mut markup = String::new();
    let mut y = frame.font;
    for line in wrap(&sentence(table, lang), frame.width / frame.font) {
        markup += &text(0.0, y, Anchor::Start, &line);
        y += frame.line();
    }
    Body { markup: group("class=\"label\" fill=\"#1B1F24\"", &markup), height: y - frame.line() + frame.font * 0.4 }
}

fn title(table: &ChartTable, frame: Frame) -> (String, f64) {
    let large = Frame { font: 18.0, ..frame };
    let mut y = 0.0;
    let (mut title, mut subtitle) = (String::new(), String::new());
    for line in wrap(&table.title, frame.width / large.font) {
        title += &text(0.0, y + large.font, Anchor::Start, &line);
        y += large.line();
    }
    for line in wrap(&table.subtitle, frame.width / frame.font).iter().filter(|line| !line.is_empty()) {
        subtitle += &text(0.0, y + frame.font, Anchor::Start, line);
        y += frame.line();
    }
    let markup = group("class=\"label heading\" fill=\"#1B1F24\" font-size=\"18\" font-weight=\"bold\"", &title)
        + &group("class=\"label\" fill=\"#5B6570\"", &subtitle);
    (markup, y + 8.0)
}

fn remarks(table: &ChartTable, lang: Lang, frame: Frame, top: f64) -> (String, f64) {
    let (note, left_out, source) = match lang {
        Lang::Zh => ("注：", "未列入：", "资料来源："),
        Lang::En => ("Note: ", "Left out: ", "Source: "),
    };
    let mut remarks: Vec<String> = table.notes.iter().map(|words| format!("{note}{words}")).collect();
    remarks.extend(table.excluded.iter().map(|one| match lang {
        Lang::Zh => format!("{left_out}{}（{}）", one.what(), one.reason),
        Lang::En => format!("{left_out}{} ({})", one.what(), one.reason),
    }));
    if !table.source.is_empty() {
        remarks.push(format!("{source}{}", table.source));
    }
    let mut markup = String::new();
    let mut y = top;
    for line in remarks.iter().flat_map(|remark| wrap(remark, frame.width / frame.font)) {
        markup += &text(0.0, y + frame.font, Anchor::Start, &line);
        y += frame.line();
    }
    (group("class=\"label\" fill=\"#5B6570\"", &markup), y - top)
}

#[cfg(test)]
mod tests;
