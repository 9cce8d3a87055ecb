//! The fills of columns: a colour each, and from the third on lines of paper over it, so that grey print tells six apart.

use crate::chart::ChartTable;
use crate::chart::series::{COLOURS, REST, rest};

use super::draw::{escape, path, rect};
use super::space::Frame;

/// What is drawn on a tile of 8 by 8 for the places of [`COLOURS`]; the first two are plain, one dark and one middle.
const TILES: [&str; 6] = ["", "", "M-1 9L9-1M-1 1L1-1M7 9L9 7", "M-1-1L9 9M-1 7L1 9M7-1L9 1", "M4 0V8", "M0 4H8"];

/// The fills of a table's columns.
pub struct Fills {
    id: String,
    columns: usize,
    rest: Option<usize>,
}

impl Fills {
    /// The fills for the columns of a table.
    pub fn new(table: &ChartTable, frame: Frame) -> Fills {
        let id = format!("{}{}-p", escape(&table.id), frame.suffix);
        Fills { id, columns: table.columns.len(), rest: rest(table) }
    }

    /// The tiles to draw with; they have to stand in the drawing once.
    pub fn tiles(&self) -> String {
        let mut tiles = String::new();
        for (place, tile) in TILES.iter().enumerate().take(self.columns) {
            if self.tile(place).is_some() {
                let lines = path(tile, "class=\"hatch\" stroke=\"#FFF\" stroke-width=\"1.1\" stroke-opacity=\"0.7\"");
                tiles += &format!(
                    "<pattern id=\"{}{}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">{lines}</pattern>",
                    self.id,
                    place + 1
                );
            }
        }
        if tiles.is_empty() { tiles } else { format!("<defs>{tiles}</defs>\n") }
    }

    /// The class and the colour of a column.
    pub fn look(&self, place: usize) -> (String, &'static str) {
        if self.rest == Some(place) {
            return ("rest".to_owned(), REST);
        }
        let place = place % COLOURS.len();
        (format!("c{}", place + 1), COLOURS[place])
    }

    /// A filled rectangle with its texture.
    pub fn rect(&self, place: usize, x: f64, y: f64, width: f64, height: f64, attributes: &str) -> String {
        let (class, colour) = self.look(place);
        let space = if attributes.is_empty() { "" } else { " " };
        let base = format!("class=\"{class}\" fill=\"{colour}\" stroke=\"none\"{space}{attributes}");
        let mut markup = rect(x, y, width, height, &base);
        if let Some(tile) = self.tile(place) {
            markup += &rect(x, y, width, height, &format!("fill=\"url(#{tile})\""));
        }
        markup
    }

    /// Whether letters on the fill have the colour of paper; on what is left over they are ink.
    pub fn deep(&self, place: usize) -> bool {
        self.rest != Some(place)
    }

    /// Whether lines lie over the colour, so that letters on it need a plain ground.
    pub fn textured(&self, place: usize) -> bool {
        self.tile(place).is_some()
    }

    fn tile(&self, place: usize) -> Option<String> {
        let number = place % TILES.len();
        (self.rest != Some(place) && !TILES[number].is_empty()).then(|| format!("{}{}", self.id, number + 1))
    }
}
