//! Headings and numbering: levels follow each other, 一、（一）1.（1） count on without a gap, 一是 comes before 二是, and
//! something stands below every heading.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::passage::{Block, Passage};

use super::Document;
use super::scan::{Chars, chinese, is_numeral, numeral};

/// The styles of numbers, from the highest down (GB/T 9704).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Style {
    /// 一、
    Chinese,
    /// （一）
    ChineseBracketed,
    /// 1.
    Digit,
    /// （1）
    DigitBracketed,
}

impl Style {
    /// A number as it is written.
    fn write(self, value: u32) -> String {
        match self {
            Style::Chinese => format!("{}、", chinese(value)),
            Style::ChineseBracketed => format!("（{}）", chinese(value)),
            Style::Digit => format!("{value}."),
            Style::DigitBracketed => format!("（{value}）"),
        }
    }
}

/// Longest title of an appendix.
const TITLE: usize = 40;

/// Largest number of a heading; larger ones are years and amounts.
const MOST: u32 = 60;

/// A number as headings have it.
#[derive(Clone, Copy)]
struct Number {
    style: Style,
    value: u32,
    /// The index behind it.
    end: usize,
    /// Whether it may be the start of an amount: 1.5万, 21.5+2行动.
    doubtful: bool,
}

/// The number at an index.
fn number(chars: &Chars<'_>, at: usize) -> Option<Number> {
    let bracket = matches!(chars.at(at), '(' | '（');
    let start = at + usize::from(bracket);
    let han = chars.run(start, is_numeral);
    let end = if han > start { han } else { chars.run(start, |c| c.is_ascii_digit()) };
    let text = chars.text(start..end);
    let value = if han > start { numeral(text)? } else { text.parse().ok()? };
    let behind = chars.at(end + 1);
    let style = match (bracket, han > start, chars.at(end)) {
        (true, true, ')' | '）') => Style::ChineseBracketed,
        (true, false, ')' | '）') => Style::DigitBracketed,
        // 一、二级医院 is a list.
        (false, true, '、') if !is_listed(chars, end + 1) => Style::Chinese,
        (false, false, '.' | '．' | '、') if behind != '.' => Style::Digit,
        _ => return None,
    };
    let doubtful = style == Style::Digit && behind.is_ascii_alphanumeric();
    (1..=MOST).contains(&value).then_some(Number { style, value, end: end + 1, doubtful })
}

/// Whether a numeral of a list goes on: 二级, 二季度, 二、三.
fn is_listed(chars: &Chars<'_>, at: usize) -> bool {
    is_numeral(chars.at(at)) && "、和及至级类季月期次线线档等两".contains(chars.at(at + 1))
}

/// How a heading stands in the source.
struct Written {
    /// Its level as written; none for text that only looks like a heading.
    level: Option<u8>,
    /// The number of the list item that it begins.
    item: Option<u32>,
    /// Whether it stands in a quotation or a list of dashes.
    inside: bool,
}

fn written(document: &Document<'_>, passage: &Passage) -> Written {
    let start = (passage.span(0..passage.text.len()).start as usize).saturating_sub(document.body.offset);
    let before = document.text.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count() as u8;
    let first = line.split_whitespace().next().unwrap_or_default();
    let digits = first.trim_end_matches(['.', ')']);
    let item = if digits.len() < first.len() { digits.parse().ok() } else { None };
    let inside = first.starts_with('>') || matches!(first, "-" | "*" | "+");
    let level = if hashes == 0 { underlined(document, passage) } else { hashes };
    let level = matches!(passage.block, Block::Heading(_)).then_some(level);
    Written { level, item, inside }
}

/// The level of a heading that is underlined with `=` or `-`.
fn underlined(document: &Document<'_>, passage: &Passage) -> u8 {
    let end = (passage.span(0..passage.text.len()).end as usize).saturating_sub(document.body.offset);
    let rest = document.text.get(end..).unwrap_or_default();
    let line = rest.split_once('\n').map_or("", |(_, below)| below);
    if line.trim_start().starts_with('-') { 2 } else { 1 }
}

/// A heading above the current place.
struct Open {
    level: u8,
    /// The style of the numbers right below.
    below: Option<Style>,
    style: Option<Style>,
}

/// The numbering of a document on the way through it.
struct Numbering {
    /// The last number of each style, reset by numbers of higher styles.
    last: [Option<u32>; 4],
    open: Vec<Open>,
}

/// Levels and numbers of headings, also of such that are written as plain paragraphs.
pub(super) fn order(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let mut numbering = Numbering { last: [None; 4], open: vec![Open { level: 0, below: None, style: None }] };
    for passage in &document.passages {
        let chars = Chars::new(passage);
        let written = written(document, passage);
        match (passage.block, written.level) {
            (Block::Heading(_), Some(level)) => numbering.heading(&chars, level, found),
            (Block::Paragraph | Block::Item, _) => numbering.lines(&chars, &written, found),
            _ => {}
        }
    }
}

impl Numbering {
    fn heading(&mut self, chars: &Chars<'_>, level: u8, found: &mut Vec<Diagnostic>) {
        let number = number(chars, 0).filter(|number| self.takes(*number));
        let style = number.map(|number| number.style);
        while self.open.len() > 1 && self.open.last().is_some_and(|open| open.level >= level) {
            self.open.pop();
        }
        let before = found.len();
        let misfit = self.open.last().and_then(|parent| misfit(parent, level, style, |style| self.next(style)));
        if let Some((reason, expected)) = misfit {
            let wrong = Diagnostic::warning("heading-order", chars.span(0..chars.len())).arg("reason", reason);
            found.push(expected.into_iter().fold(wrong, |wrong, expected| wrong.arg("expected", expected)));
        }
        if let Some(parent) = self.open.last_mut() {
            parent.below = parent.below.or(style);
        }
        self.open.push(Open { level, below: None, style });
        match number {
            // What is in the wrong style is not told again for its number.
            Some(number) if found.len() > before => self.set(number),
            Some(number) => self.count(chars, number, 0, true, found),
            // A heading without number starts all counts below it again; on its own level they go on.
            None => self.last = [None; 4],
        }
    }

    /// Numbers at the start of a paragraph and of its lines.
    fn lines(&mut self, chars: &Chars<'_>, written: &Written, found: &mut Vec<Diagnostic>) {
        if let Some(value) = written.item {
            self.last[Style::Digit as usize] = Some(value);
            self.last[Style::DigitBracketed as usize] = None;
        }
        if written.inside {
            return;
        }
        if is_part(chars) {
            self.last = [None; 4];
        }
        let mut at = 0;
        // A line inside a paragraph begins with a number only behind a finished line: other breaks are just breaks.
        let mut finished = written.item.is_none();
        while at < chars.len() {
            let start = chars.run(at, |c| matches!(c, ' ' | '\u{3000}' | '\u{a0}'));
            let end = chars.run(start, |c| c != '\n');
            let number = number(chars, start).filter(|number| finished && self.takes(*number));
            if let Some(number) = number {
                self.count(chars, number, start, false, found);
            }
            finished = number.is_some() || "。；：！？;:!?”".contains(chars.before(end));
            at = end + 1;
        }
    }

    /// The number that a style expects.
    fn next(&self, style: Style) -> u32 {
        self.last[style as usize].unwrap_or(0) + 1
    }

    /// Whether a number counts: one that may be an amount does if it is the next one.
    fn takes(&self, number: Number) -> bool {
        !number.doubtful || number.value == self.next(number.style)
    }

    fn count(&mut self, chars: &Chars<'_>, number: Number, start: usize, heading: bool, found: &mut Vec<Diagnostic>) {
        let Number { style, value, end, .. } = number;
        let (last, expected) = (self.last[style as usize], self.next(style));
        let high = style <= Style::ChineseBracketed;
        let reason = match last {
            // Counts of digits begin anew under every other paragraph, and a first one may hide in a list.
            None if value > 1 && high => Some("heading-start"),
            Some(last) if value > last + 1 => Some("heading-gap"),
            Some(last) if value <= last && (value > 1 || (heading && high)) => Some("heading-again"),
            _ => None,
        };
        if let Some(reason) = reason {
            let wrong = Diagnostic::warning("heading-order", chars.span(start..end)).arg("reason", reason);
            found.push(wrong.arg("expected", style.write(expected)));
        }
        self.set(number);
    }

    fn set(&mut self, number: Number) {
        self.last[number.style as usize] = Some(number.value);
        self.last[number.style as usize + 1..].fill(None);
    }
}

/// Whether a passage begins a part of its own: 第一部分, 第二章, 附件1.
fn is_part(chars: &Chars<'_>) -> bool {
    if ["附件", "附录", "附表"].contains(&chars.text(0..2)) && chars.len() <= TITLE {
        return true;
    }
    let end = chars.run(1, is_numeral);
    chars.at(0) == '第' && end > 1 && "部章篇编".contains(chars.at(end))
}

/// What is wrong with the level or style of a heading below another, with what should stand there.
fn misfit(
    parent: &Open,
    level: u8,
    style: Option<Style>,
    next: impl Fn(Style) -> u32,
) -> Option<(&'static str, Option<String>)> {
    if parent.level > 0 && level > parent.level + 1 {
        return Some(("heading-jump", Some("#".repeat(usize::from(parent.level) + 1))));
    }
    match (parent.style, style, parent.below) {
        (Some(above), Some(own), _) if own <= above => Some(("heading-nested", None)),
        (_, Some(own), Some(other)) if own != other => Some(("heading-mixed", Some(other.write(next(other))))),
        _ => None,
    }
}

/// 一是…二是…三是 start at 一 and have no gap.
pub(super) fn lists(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    // Lists inside lists: the innermost count is the last one.
    let mut counts: Vec<u32> = Vec::new();
    for passage in &document.passages {
        match passage.block {
            Block::Heading(_) => counts.clear(),
            Block::Paragraph | Block::Item => list(&Chars::new(passage), &mut counts, found),
            Block::Row | Block::Head => {}
        }
    }
}

/// Most items that a list with a gap lacks.
const GAP: u32 = 3;

fn list(chars: &Chars<'_>, counts: &mut Vec<u32>, found: &mut Vec<Diagnostic>) {
    let items = items(chars);
    for (nth, (value, place)) in items.iter().enumerate() {
        let (value, next) = (*value, items.get(nth + 1).map(|(next, _)| *next));
        let follows = if value == 1 { None } else { counts.iter().rposition(|count| count + 1 == value) };
        match follows {
            Some(depth) => counts.truncate(depth),
            // 十一是节日 is no list: a list without its start goes on at least, and a gap is small.
            None if value > counts.last().map_or(1, |count| count + GAP) && next != Some(value + 1) => continue,
            None if value > 1 => {
                let expected = counts.pop().map_or(1, |count| count + 1);
                let wrong = Diagnostic::warning("list-order", chars.span(place.clone()));
                found.push(wrong.arg("expected", format!("{}是", chinese(expected))));
            }
            // Lists that are over are only kept as long as one could still be open around the new one.
            None if counts.len() > 3 => drop(counts.remove(0)),
            None => {}
        }
        counts.push(value);
    }
}

/// The numerals before 是 at the start of a clause, and their places.
fn items(chars: &Chars<'_>) -> Vec<(u32, Range<usize>)> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_numeral(chars.at(at)) {
            at += 1;
            continue;
        }
        let end = chars.run(at, is_numeral);
        let begins = "\n。；：，！？”;:,!?（( \u{3000}\u{a0}".contains(chars.before(at));
        if begins && chars.at(end) == '是' {
            items.extend(numeral(chars.text(at..end)).map(|value| (value, at..end + 1)));
        }
        at = end.max(at + 1);
    }
    items
}

/// A heading with nothing below. A draft may begin as bare headings.
pub(super) fn empty(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    if document.report.is_some_and(|report| report.draft) {
        return;
    }
    let headings = document.passages.iter().filter_map(|passage| match passage.block {
        Block::Heading(level) => Some((level, passage)),
        _ => None,
    });
    let headings: Vec<(u8, &Passage)> = headings.collect();
    for (at, (level, passage)) in headings.iter().enumerate() {
        let span = passage.span(0..passage.text.len());
        let next = headings.get(at + 1);
        if next.is_some_and(|(below, _)| below > level) {
            continue;
        }
        let inside = |byte: u32| (byte as usize).saturating_sub(document.body.offset);
        let until = next.map_or(document.text.len(), |(_, passage)| inside(passage.span(0..1).start));
        let between = document.text.get(inside(span.end)..until).unwrap_or_default();
        if is_blank(between, next.is_some()) {
            found.push(Diagnostic::warning("section-empty", span));
        }
    }
}

/// Whether a text holds nothing but the rest of a heading, its underline, comments and the marks of the next heading.
fn is_blank(between: &str, next: bool) -> bool {
    let (_, below) = between.split_once('\n').unwrap_or_default();
    let (below, marks) = if next { below.rsplit_once('\n').unwrap_or(("", below)) } else { (below, "") };
    let mut first = true;
    let blank = |line: &str| {
        let line = line.trim();
        let underline = first && !line.is_empty() && line.bytes().all(|byte| matches!(byte, b'=' | b'-'));
        first = false;
        line.is_empty() || underline || (line.starts_with("<!--") && line.ends_with("-->"))
    };
    below.split('\n').all(blank) && marks.trim().bytes().all(|byte| byte == b'#')
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::{empty, lists, order};

    #[test]
    fn numbers_count_on() {
        check(
            order,
            "## 一、甲\n\n### （一）乙\n\n### （二）丙\n\n## 二、丁\n\n### （一）戊\n\n#### 1.己\n\n#### 2.庚",
            "",
        );
        check(order, "## 一、甲\n\n## 三、乙", "heading-order 三、");
        check(order, "## 一、甲\n\n## 二、乙\n\n## 二、丙", "heading-order 二、");
        check(order, "## 一、甲\n\n## 二、乙\n\n## 一、丙", "heading-order 一、");
        check(order, "## 二、甲", "heading-order 二、");
        check(order, "## 总结\n\n### 一、甲\n\n## 打算\n\n### 一、乙\n\n### 二、丙", "");
        check(order, "一、甲\n\n(一)乙。\n1.丙。\n2.丁。\n(二)戊。\n1.己。\n\n二、庚", "");
        check(order, "第一部分\n\n## 一、甲\n\n第二部分\n\n## 一、乙\n\n附件1\n\n## 一、丙", "");
        check(order, "一、甲\n\n(一)乙。\n1.丙。\n3.丁。", "heading-order 3.");
    }

    #[test]
    fn figures_at_the_start_of_a_line_are_no_headings() {
        check(order, "一、二级医院共9家。\n\n3.5万人参加。\n\n一、三季度好。\n\n2021.8.8挂牌。", "");
        check(order, "1.甲。\n\n2.5+2行动。\n\n3.VEP核算。\n\n4.丁。", "");
        check(order, "各县(市)的第\n二、第三批项目\n2.项", "");
        check(order, "1. 甲\n2.乙\n3.丙\n\n> 三、引文\n\n- （三）项", "");
        check(order, "甲分两步：\n\n1.乙。\n\n2.丙。\n\n丁分两步：\n\n1.戊。\n\n2.己。", "");
    }

    #[test]
    fn levels_do_not_jump_or_mix() {
        check(order, "## 甲\n\n#### 乙", "heading-order 乙");
        check(order, "### 甲\n\n#### 乙\n\n### 丙", "");
        check(order, "## 一、甲\n\n## （二）乙", "heading-order （二）乙");
        check(order, "## （一）甲\n\n### 一、乙", "heading-order 一、乙");
        check(order, "甲\n---\n\n### 乙\n\n丙\n===\n\n丁\n---", "");
    }

    #[test]
    fn lists_in_a_sentence_count_on() {
        check(lists, "一是甲；二是乙；三是丙。", "");
        check(lists, "一是甲；三是丙。", "list-order 三是");
        check(lists, "五是甲。六是乙。", "list-order 五是");
        check(lists, "一是甲：一是乙，二是丙。二是丁。三是戊。\n\n一是己。", "");
        check(lists, "第二是乙，数一数二是他，十一是节日，唯一是他。二十是整数。", "");
        check(lists, "一是甲。\n\n二是乙。\n\n## 丙\n\n一是丁。十是戊。四是己。", "list-order 四是");
    }

    #[test]
    fn something_stands_below_a_heading() {
        check(empty, "## 甲\n\n## 乙\n\n文", "section-empty 甲");
        check(empty, "## 甲\n\n### 乙\n\n文\n\n## 丙", "section-empty 丙");
        check(empty, "## 甲 ##\n\n![图](a.png)\n\n## 乙\n\n```chart\n```\n\n## 丙\n<b></b>", "");
        check(empty, "甲\n---\n\n乙\n---\n\n文", "section-empty 甲");
        check(empty, "## 甲\n<!-- 待写 -->\n", "section-empty 甲");
    }
}
