//! The running text of a document, block by block: a paragraph, an item, a heading or a row of a table is one [`Passage`],
//! its words without marks and with the place in the file that each came from. Code, charts and raw HTML are no text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::Markdown;
use crate::source::{FileId, Span};

/// What sort of block a passage is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Block {
    /// A heading of a level, 2 and deeper.
    Heading(u8),
    /// A paragraph, also inside a quotation or a footnote.
    Paragraph,
    /// The words of a list item that stand in no paragraph of their own.
    Item,
    /// A row of a table, its cells parted by `" | "`.
    Row,
    /// The head of a table.
    Head,
}

/// A block of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// What it is.
    pub block: Block,
    /// The words; line breaks stay as `\n`.
    pub text: String,
    file: FileId,
    /// Where stretches of `text` begin, there and in the file; ascending.
    places: Vec<(usize, usize)>,
    /// Stretches of `text` that are inline code; ascending.
    code: Vec<Range<usize>>,
}

/// What parts the cells of a row.
pub const CELL: &str = " | ";

impl Passage {
    /// The place in the file of a byte range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start);
        // The last byte belongs to the range, the first one behind it perhaps to another stretch.
        let end = if range.is_empty() { start } else { self.place(range.end - 1) + 1 };
        Span::new(self.file, start..end)
    }

    /// Whether a byte of the text belongs to inline code.
    pub fn is_code(&self, at: usize) -> bool {
        let before = self.code.partition_point(|range| range.start <= at);
        before.checked_sub(1).is_some_and(|last| at < self.code[last].end)
    }

    fn place(&self, at: usize) -> usize {
        let before = self.places.partition_point(|(own, _)| *own <= at);
        let (own, there) = self.places[before.saturating_sub(1)];
        there + (at - own)
    }
}

/// Reads the text of a document that starts at byte `offset` of its file.
pub fn read(text: &str, file: FileId, offset: usize) -> Vec<Passage> {
    let markdown = Markdown::new(text);
    let mut passages: Vec<Passage> = Vec::new();
    let mut open: Vec<Passage> = Vec::new();
    let mut skipped = 0;
    let begin = |block| Passage { block, text: String::new(), file, places: Vec::new(), code: Vec::new() };
    for (event, range) in markdown.events() {
        let block = match &event {
            Event::Start(Tag::Heading { level, .. }) => Some(Block::Heading(*level as u8)),
            Event::Start(Tag::Paragraph) => Some(Block::Paragraph),
            Event::Start(Tag::Item) => Some(Block::Item),
            Event::Start(Tag::TableHead) => Some(Block::Head),
            Event::Start(Tag::TableRow) => Some(Block::Row),
            _ => None,
        };
        match event {
            _ if block.is_some() => open.extend(block.map(begin)),
            Event::End(
                TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow,
            ) => passages.extend(open.pop().filter(|passage| !passage.text.trim().is_empty())),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. }) => skipped += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image) => skipped -= 1,
            _ if skipped > 0 => {}
            Event::Text(ref words) | Event::Code(ref words) => {
                if let Some(passage) = open.last_mut() {
                    // Inline code is longer in the file by its marks.
                    let marks = (range.len().saturating_sub(words.len())) / 2;
                    passage.places.push((passage.text.len(), offset + range.start + marks));
                    passage.text.push_str(words);
                    if matches!(event, Event::Code(_)) {
                        passage.code.push(passage.text.len() - words.len()..passage.text.len());
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak => add(&mut open, "\n", offset + range.start),
            Event::End(TagEnd::TableCell) => add(&mut open, CELL, offset + range.end),
            _ => {}
        }
    }
    passages
}

fn add(open: &mut [Passage], words: &str, at: usize) {
    if let Some(passage) = open.last_mut() {
        passage.places.push((passage.text.len(), at));
        passage.text.push_str(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// Blocks with their words, and the words of the file that the last `mark` of the text came from.
    fn check(text: &str, expected: &[&str]) {
        let file = Sources::default().add_text("a.md", text);
        let all = read(text, file, 0);
        let shown: Vec<String> = all.iter().map(|one| format!("{:?}: {}", one.block, one.text)).collect();
        assert_eq!(shown, expected);
        for passage in &all {
            for (at, found) in passage.text.match_indices(|c: char| c.is_alphanumeric()) {
                let span = passage.span(at..at + found.len());
                assert_eq!(&text[span.start as usize..span.end as usize], found, "{}", passage.text);
            }
        }
    }

    #[test]
    fn blocks_have_their_words_and_places() {
        check(
            "# 一、**总**述\n\n全年`12`例，\n其中[甲](a.md)9例。\n\n- 一\n- 二\n\n  三\n\n```chart\nkind = 1\n```\n",
            &[
                "Heading(2): 一、总述",
                "Paragraph: 全年12例，\n其中甲9例。",
                "Paragraph: 一",
                "Paragraph: 二",
                "Paragraph: 三",
            ],
        );
        check(
            "| 名 | 数 |\n|---|---|\n| 小屋 | 9个 |\n\n<p>无</p>\n\n![图](a.png)后\n",
            &["Head: 名 | 数 | ", "Row: 小屋 | 9个 | ", "Paragraph: 后"],
        );
        check("> 引**重点：**完成 &amp; 5\\*6", &["Paragraph: 引重点：完成 & 5*6"]);
    }

    #[test]
    fn inline_code_is_known() {
        let all = read("甲`乙`丙`丁`", Sources::default().add_text("a.md", ""), 0);
        let code: String = all[0].text.char_indices().filter(|(at, _)| all[0].is_code(*at)).map(|(_, c)| c).collect();
        assert_eq!(code, "乙丁");
    }
}
