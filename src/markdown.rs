//! The door to `pulldown-cmark`: CommonMark with tables, footnotes and strikethrough, and emphasis that works beside
//! Chinese characters. In goes a text, out come events with byte ranges of that text; headings are shifted so that the
//! highest is level 2 and carry anchors. What links and fences mean is not known here.
//!
//! CommonMark's flanking rule takes `**重点:**完成` for plain text because Chinese is written without spaces. A mark that
//! is neither space nor punctuation is put on both sides of such runs of `*` and taken out of the events again.

mod remark;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub use self::remark::Remark;

/// A Unicode noncharacter: never in an honest text, neither space nor punctuation for CommonMark.
const MARK: char = '\u{fdd0}';

/// A Markdown text made ready for parsing.
pub struct Markdown<'a> {
    text: Cow<'a, str>,
    marks: Vec<usize>,
}

/// An event with its place in the original text.
pub type Located<'a> = (Event<'a>, Range<usize>);

impl<'a> Markdown<'a> {
    /// Prepares a text.
    pub fn new(text: &'a str) -> Markdown<'a> {
        let (text, marks) = mark_runs(text);
        Markdown { text, marks }
    }

    /// The events of the text, without [remarks](Markdown::remarks).
    pub fn events(&self) -> Vec<Located<'_>> {
        let mut events = remark::hidden(self.read());
        shift_headings(&mut events);
        events
    }

    /// The comments that speak to the program.
    pub fn remarks(&self) -> Vec<Remark> {
        remark::found(&self.read())
    }

    fn read(&self) -> Vec<Located<'_>> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let parser = Parser::new_ext(&self.text, options);
        parser.into_offset_iter().map(|(event, range)| (unmark(event), self.original(range))).collect()
    }

    /// Maps a range of the marked text to the original.
    fn original(&self, range: Range<usize>) -> Range<usize> {
        let back = |at: usize| at - MARK.len_utf8() * self.marks.partition_point(|mark| *mark < at);
        back(range.start)..back(range.end)
    }
}

fn is_han(c: char) -> bool {
    matches!(c as u32, 0x2010..=0x2027 | 0x2e80..=0x9fff | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

/// Puts the mark on both sides of each run of `*` that stands between two visible characters of which one is Chinese.
/// Returns the positions of the marks in the new text.
fn mark_runs(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut out = String::new();
    let mut marks = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('*') {
        let start = at + found;
        let end = start + text[start..].bytes().take_while(|byte| *byte == b'*').count();
        at = end;
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else { continue };
        let visible = !before.is_whitespace() && !after.is_whitespace() && before != '\\';
        if !visible || !(is_han(before) || is_han(after)) {
            continue;
        }
        out.push_str(&text[copied..start]);
        marks.push(out.len());
        out.push(MARK);
        out.push_str(&text[start..end]);
        marks.push(out.len());
        out.push(MARK);
        copied = end;
    }
    if marks.is_empty() {
        return (Cow::Borrowed(text), marks);
    }
    out.push_str(&text[copied..]);
    (Cow::Owned(out), marks)
}

fn clean(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(MARK) { text.replace(MARK, "").into() } else { text }
}

fn unmark(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(clean(text)),
        Event::Code(text) => Event::Code(clean(text)),
        Event::Html(text) => Event::Html(clean(text)),
        Event::InlineHtml(text) => Event::InlineHtml(clean(text)),
        Event::FootnoteReference(text) => Event::FootnoteReference(clean(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: clean(dest_url), title: clean(title), id: clean(id) })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: clean(dest_url), title: clean(title), id: clean(id) })
        }
        other => other,
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

fn level(number: u8) -> HeadingLevel {
    match number {
        0..=2 => HeadingLevel::H2,
        3 => HeadingLevel::H3,
        4 => HeadingLevel::H4,
        5 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// Shifts all headings so that the highest is level 2, closes gaps between levels, and sets anchors as ids.
fn shift_headings(events: &mut [Located<'_>]) {
    let mut used = BTreeMap::new();
    let mut open: Vec<u8> = Vec::new();
    let texts = heading_texts(events);
    let mut texts = texts.into_iter();
    let mut current = HeadingLevel::H2;
    for (event, _) in events.iter_mut() {
        match event {
            Event::Start(Tag::Heading { level: written, id, .. }) => {
                let depth = number(*written);
                while open.last().is_some_and(|outer| *outer >= depth) {
                    open.pop();
                }
                open.push(depth);
                current = level(open.len() as u8 + 1);
                *written = current;
                let text = texts.next().expect("one text a heading");
                *id = Some(unique(anchor(&text), &mut used).into());
            }
            Event::End(TagEnd::Heading(written)) => *written = current,
            _ => {}
        }
    }
}

/// The words of all headings, in order.
pub fn heading_texts(events: &[Located<'_>]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut inside: Option<String> = None;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Heading { .. }) => inside = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => texts.extend(inside.take()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(words) = &mut inside {
                    words.push_str(text);
                }
            }
            _ => {}
        }
    }
    texts
}

/// An anchor from words: letters and digits of any script, the rest one hyphen; stable as long as the words are.
pub fn anchor(words: &str) -> String {
    let mut anchor = String::new();
    for c in words.chars() {
        if c.is_alphanumeric() {
            anchor.extend(c.to_lowercase());
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
    }
    let trimmed = anchor.trim_end_matches('-');
    if trimmed.is_empty() { "section".to_owned() } else { trimmed.to_owned() }
}

fn unique(anchor: String, used: &mut BTreeMap<String, usize>) -> String {
    let count = used.entry(anchor.clone()).or_insert(0);
    *count += 1;
    if *count == 1 {
        return anchor;
    }
    let numbered = format!("{anchor}-{count}");
    unique(numbered, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let markdown = Markdown::new(text);
        let events = markdown.events().into_iter().map(|(event, _)| event).collect::<Vec<_>>();
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, events.into_iter());
        html.trim_end().to_owned()
    }

    #[test]
    fn emphasis_works_beside_chinese() {
        let check = |text: &str, expected: &str| assert_eq!(html(text), expected, "{text}");
        check("**重点工作：**完成", "<p><strong>重点工作：</strong>完成</p>");
        check("完成**“三个清单”**工作", "<p>完成<strong>“三个清单”</strong>工作</p>");
        check("甲*乙*丙", "<p>甲<em>乙</em>丙</p>");
        check("2 * 3 * 4", "<p>2 * 3 * 4</p>");
        check("甲 * 乙 * 丙", "<p>甲 * 乙 * 丙</p>");
        check("* 甲\n* 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>");
        check("`甲*乙*`", "<p><code>甲*乙*</code></p>");
        check("甲\\*乙\\*丙", "<p>甲*乙*丙</p>");
        check("[甲](表*一*.csv)", "<p><a href=\"%E8%A1%A8*%E4%B8%80*.csv\">甲</a></p>");
        check("```\n甲**乙**\n```", "<pre><code>甲**乙**\n</code></pre>");
    }

    #[test]
    fn ranges_are_those_of_the_original() {
        let text = "甲**乙：**丙`丁`";
        let markdown = Markdown::new(text);
        let code = markdown.events().into_iter().find(|(event, _)| matches!(event, Event::Code(_)));
        assert_eq!(&text[code.expect("there is code").1], "`丁`");
    }

    #[test]
    fn headings_start_at_two_without_gaps() {
        assert_eq!(html("# 一、总体\n\n### 细"), "<h2 id=\"一-总体\">一、总体</h2>\n<h3 id=\"细\">细</h3>");
        assert_eq!(html("## 甲\n\n## 甲"), "<h2 id=\"甲\">甲</h2>\n<h2 id=\"甲-2\">甲</h2>");
        assert_eq!(html("## ！\n\n## 甲-2\n\n## 甲\n\n## 甲").matches("id=\"甲-2-2\"").count(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_ranges_lie_inside(text in "[ab*甲：\\\\`\n#|\\[\\]()]{0,40}") {
            for (_, range) in Markdown::new(&text).events() {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
