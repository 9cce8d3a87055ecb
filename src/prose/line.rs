//! One passage as read: its figures, the names in it, its sentences, and which figure belongs to which name.

use std::ops::Range;

use crate::indicator::IndicatorId;
use crate::passage::{Block, Passage};
use crate::quantity::find::{Found, Sort, Text};
use crate::region::RegionId;
use crate::source::Span;

use super::binding::{self, Bond};
use super::lexicon::Named;
use super::{Place, Reader};

/// A passage as read. Places are characters of the folded text.
pub struct Line<'p> {
    passage: &'p Passage,
    /// The folded text.
    pub text: Text,
    /// Its figures in order.
    pub figures: Vec<Found>,
    /// The names of indicators in order.
    pub names: Vec<Name>,
    /// The names of regions in order.
    pub regions: Vec<(Range<usize>, RegionId)>,
    /// For each figure the names it belongs to.
    pub bonds: Vec<Vec<Bond>>,
    /// The heads of the columns, folded, when it is a row of a table.
    heads: Vec<String>,
}

/// The words of a text in its last brackets.
fn in_brackets(text: &str) -> Option<&str> {
    let (_, rest) = text.rsplit_once(['(', '（'])?;
    rest.split([')', '）']).next()
}

/// Where a text names indicators.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The characters of the name.
    pub chars: Range<usize>,
    /// What it names.
    pub ids: Vec<IndicatorId>,
}

/// What ends a sentence.
const ENDS: [char; 7] = ['。', '！', '!', '？', '?', '；', ';'];

impl<'p> Line<'p> {
    /// Reads a passage; `heads` are those of the table whose row it is.
    pub fn read(reader: &Reader<'_>, passage: &'p Passage, heads: &[String]) -> Line<'p> {
        let text = Text::new(&passage.text);
        let figures = reader.finder.find(&text);
        let (mut names, mut regions) = (Vec::new(), Vec::new());
        let plain: String = text.chars().iter().collect();
        let starts: Vec<usize> = plain.char_indices().map(|(at, _)| at).collect();
        let place = |byte: usize| starts.partition_point(|start| *start < byte);
        for (bytes, named) in reader.lexicon.find(&plain) {
            let chars = place(bytes.start)..place(bytes.end);
            match named {
                Named::Indicators(ids) => names.push(Name { chars, ids: ids.clone() }),
                Named::Region(id) => regions.push((chars, *id)),
            }
        }
        let mut line = Line { passage, text, figures, names, regions, bonds: Vec::new(), heads: heads.to_vec() };
        if line.is_row() {
            line.units_of_columns(reader);
        }
        line.bonds = binding::bind(reader, &line);
        line
    }

    /// Whether it is a row of a table.
    pub fn is_row(&self) -> bool {
        self.passage.block == Block::Row
    }

    /// The head of the column in which a character stands; empty where there is none.
    pub fn column_head(&self, at: usize) -> String {
        let column = self.chars()[..at].iter().filter(|c| **c == '|').count();
        self.heads.get(column).cloned().unwrap_or_default()
    }

    /// Bare figures take the unit that the head of their column or the first cell has in brackets: 床位数（张）.
    fn units_of_columns(&mut self, reader: &Reader<'_>) {
        let first: String = self.chars().iter().take_while(|c| **c != '|').collect();
        for at in 0..self.figures.len() {
            let head = self.column_head(self.figures[at].chars.start);
            let figure = &mut self.figures[at];
            if figure.quantity.unit.is_some() || !matches!(figure.sort, Sort::Figure | Sort::Date) {
                continue;
            }
            if let Some((scale, unit)) =
                in_brackets(&head).or(in_brackets(&first)).and_then(|text| reader.finder.named(text))
            {
                figure.quantity.unit = Some(unit);
                figure.quantity.scale += scale;
                figure.sort = Sort::Figure;
            }
        }
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        self.text.chars()
    }

    /// A stretch as text.
    pub fn string(&self, chars: Range<usize>) -> String {
        self.chars().get(chars).unwrap_or_default().iter().collect()
    }

    /// Whether a stretch holds a word.
    pub fn holds(&self, chars: Range<usize>, words: &[&str]) -> bool {
        let text = self.string(chars);
        words.iter().any(|word| text.contains(word))
    }

    /// The sentence around a place.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let chars = self.chars();
        let is_end = |c: &char| ENDS.contains(c);
        let start = chars[..at].iter().rposition(is_end).map_or(0, |end| end + 1);
        let end = chars[at..].iter().position(is_end).map_or(chars.len(), |end| at + end + 1);
        start..end
    }

    /// The place in the file of some characters.
    pub fn span(&self, chars: Range<usize>) -> Span {
        self.passage.span(self.text.bytes(chars))
    }

    /// The place of a figure with its sentence.
    pub fn place(&self, chars: Range<usize>) -> Place {
        let sentence = self.sentence(chars.start);
        let words = |part: Range<usize>| {
            let bytes = self.text.bytes(part.start.min(part.end)..part.end);
            self.passage.text.get(bytes).unwrap_or_default().replace('\n', "")
        };
        let [before, figure, after] =
            [sentence.start..chars.start, chars.clone(), chars.end..sentence.end.max(chars.end)].map(words);
        let after = after.trim_end().trim_end_matches('|').trim_end().to_owned();
        Place {
            span: self.span(chars.clone()),
            written: self.string(chars),
            sentence: [before.trim_start().to_owned(), figure, after],
            sentence_span: self.span(sentence),
        }
    }
}
