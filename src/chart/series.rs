//! What every drawing of a trend agrees on: which figures are solid, which are joined, and how each series looks.
//!
//! A line joins solid figures of neighbouring periods only. It ends at a gap, at a break, at a bound, and where a period of
//! the regular distance has no column at all; a partial period between two full ones neither joins nor interrupts.

use rust_decimal::Decimal;

use super::{Cell, ChartTable, Column, Figure, Intent, Row};

/// Colours far apart for the colour-blind, dark and middle by turns for grey print, each deep enough for white letters on it;
/// class `c1` is the first.
pub const COLOURS: [&str; 6] = ["#12436D", "#1D8077", "#801650", "#C94A15", "#3D3D3D", "#7D5FB8"];

/// The colour of series beside an emphasised one.
pub const GREY: &str = "#5B6570";

/// The colour of what parts leave over of a whole, lighter than any part; class `rest`.
pub const REST: &str = "#CBD2D9";

/// Dash patterns in stroke-dasharray numbers; the first is solid.
pub const DASHES: [&[u8]; 6] = [&[], &[8, 3], &[2, 3], &[9, 3, 2, 3], &[5, 5], &[12, 3, 2, 3, 2, 3]];

/// The shapes of marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ▼
    Down,
    /// ✚
    Plus,
}

const SHAPES: [Shape; 6] = [Shape::Circle, Shape::Square, Shape::Triangle, Shape::Diamond, Shape::Down, Shape::Plus];

/// A row with its look.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Series<'a> {
    /// The row.
    pub row: &'a Row,
    /// 0 to 5: the colour and the class `c1` to `c6`.
    pub colour: usize,
    /// 0 to 5; colour, dash and shape together are unique for 36 series, dash and shape alone as well.
    pub dash: usize,
    /// The shape of its marks.
    pub shape: Shape,
    /// How strong it is drawn.
    pub weight: Weight,
}

/// How strong a series is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// The page's own region.
    Strong,
    /// No series is emphasised.
    Plain,
    /// Beside an emphasised series: thin and grey.
    Peer,
}

impl Series<'_> {
    /// The colour for formats without classes.
    pub fn hex(&self) -> &'static str {
        if self.weight == Weight::Peer { GREY } else { COLOURS[self.colour] }
    }

    /// The width of the line.
    pub fn stroke(&self) -> f64 {
        match self.weight {
            Weight::Strong => 3.0,
            Weight::Plain => 2.0,
            Weight::Peer => 1.5,
        }
    }
}

/// Gives every row its look: emphasised rows first, then in the order of the table.
pub fn series(table: &ChartTable) -> Vec<Series<'_>> {
    let mut rows: Vec<&Row> = table.rows.iter().collect();
    rows.sort_by_key(|row| !row.emphasis);
    let peers = rows.first().is_some_and(|row| row.emphasis);
    let look = |(place, row): (usize, &'_ Row)| -> (usize, usize, usize, Weight) {
        let round = place / 6;
        let weight = match (row.emphasis, peers) {
            (true, _) => Weight::Strong,
            (false, true) => Weight::Peer,
            (false, false) => Weight::Plain,
        };
        (place % 6, (place + round) % 6, (place + 2 * round) % 6, weight)
    };
    rows.into_iter()
        .enumerate()
        .map(|(place, row)| {
            let (colour, dash, shape, weight) = look((place, row));
            Series { row, colour, dash, shape: SHAPES[shape], weight }
        })
        .collect()
}

/// Lists the figures of a row with their columns.
pub fn figures<'a>(table: &'a ChartTable, row: &'a Row) -> impl Iterator<Item = (usize, &'a Column, &'a Figure)> {
    table.columns.iter().zip(&row.cells).enumerate().filter_map(|(place, (column, cell))| match cell {
        Cell::Figure(figure) => Some((place, column, figure)),
        Cell::Gap(_) => None,
    })
}

/// Whether a series has figures up to the right end of the plot, or nearly. A name tied from farther away would need a
/// leader through the plot that reads like data; such a series is named in the legend.
pub fn reaches_end(table: &ChartTable, row: &Row) -> bool {
    let Some((_, column, _)) = figures(table, row).last() else { return false };
    let positions = || table.columns.iter().map(|column| column.position);
    let (Some(first), Some(last)) = (positions().min(), positions().max()) else { return false };
    (last - column.position) * Decimal::TEN <= last - first
}

/// Whether a figure may be compared with its neighbours: a whole period, exact, and allowed to be joined.
pub fn solid(column: &Column, figure: &Figure) -> bool {
    figure.joined && !column.partial && !bound(figure)
}

/// Whether a figure only bounds the true one.
pub fn bound(figure: &Figure) -> bool {
    matches!(figure.sign, "≥" | "≤" | ">" | "<")
}

/// The column of a share chart that holds what the named parts leave over: the last one, when it is called so.
pub fn rest(table: &ChartTable) -> Option<usize> {
    let last = table.columns.len().checked_sub(1)?;
    let called = matches!(table.columns[last].label.as_str(), "其余" | "Rest");
    (called && table.intent == Intent::Share).then_some(last)
}

/// Columns whose figures one line joins.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// At least one column, ascending.
    pub columns: Vec<usize>,
    /// Whether the definition changed before the first of them.
    pub after_break: bool,
}

/// Cuts a row into runs of joined figures; figures that are not solid are in none.
pub fn runs(table: &ChartTable, row: &Row) -> Vec<Run> {
    let reach = regular_distance(table) * Decimal::new(15, 1);
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    let mut broken = false;
    for (place, column) in table.columns.iter().enumerate() {
        let figure = match row.cells.get(place) {
            Some(Cell::Figure(figure)) => figure,
            Some(Cell::Gap(_)) | None => {
                open &= column.partial;
                continue;
            }
        };
        broken |= figure.break_before;
        if !solid(column, figure) {
            open &= column.partial;
            continue;
        }
        let near =
            |run: &Run| run.columns.last().is_some_and(|last| column.position - table.columns[*last].position <= reach);
        match runs.last_mut() {
            Some(run) if open && !broken && near(run) => run.columns.push(place),
            _ => runs.push(Run { columns: vec![place], after_break: broken }),
        }
        open = true;
        broken = false;
    }
    runs
}

/// The smallest distance of two whole periods; zero when there are fewer than two.
pub fn regular_distance(table: &ChartTable) -> Decimal {
    let whole: Vec<Decimal> = table.columns.iter().filter(|column| !column.partial).map(|c| c.position).collect();
    let steps = whole.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > Decimal::ZERO);
    steps.min().unwrap_or_default()
}
