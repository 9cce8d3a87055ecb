//! Punctuation (GB/T 15834): full-width marks in Chinese text, pairs that are closed, no mark twice, an end to every
//! sentence; and blanks that nobody sees.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::passage::{Block, CELL, Passage};

use super::furniture::is_furniture;
use super::scan::{Chars, is_han};
use super::{Document, fold};

/// Half-width marks and what stands in Chinese text instead.
const WIDTHS: &[(char, char)] = &[(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')];

/// Half-width marks between Chinese characters.
pub(super) fn width(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let mut own = Vec::new();
    for passage in &document.passages {
        let chars = Chars::new(passage);
        let mut address = false;
        for at in (0..chars.len()).filter(|at| !chars.is_code(*at)) {
            // An address goes on to the next blank or Chinese mark.
            address = (address && !is_boundary(chars.at(at))) || chars.text(at..at + 3) == "://";
            let full = WIDTHS.iter().find(|(half, _)| *half == chars.at(at)).map(|(_, full)| *full);
            if let Some(full) = full.filter(|_| !address && is_narrow(&chars, at)) {
                own.push(narrow(&chars, at..at + 1, full.to_string(), &[(at, full)]));
            }
        }
        own.extend(brackets(&chars));
    }
    own.sort();
    fold(own, found);
}

fn is_boundary(c: char) -> bool {
    c.is_whitespace() || "，。；：、！？“”《》（）".contains(c)
}

fn narrow(chars: &Chars<'_>, range: Range<usize>, full: String, marks: &[(usize, char)]) -> Diagnostic {
    let mark = chars.text(range.clone());
    let found = Diagnostic::warning("punctuation-width", chars.span(range)).arg("mark", mark).arg("full", full);
    marks.iter().fold(found, |found, (at, full)| found.fix(chars.span(*at..at + 1), chars.at(*at), *full))
}

/// A Chinese character or a mark of Chinese text.
fn is_chinese(c: char) -> bool {
    is_han(c) || "“”《》（）【】、。".contains(c)
}

/// Whether a half-width mark stands in Chinese text for certain: not in a number, a time, a ratio or an address.
fn is_narrow(chars: &Chars<'_>, at: usize) -> bool {
    let (before, after) = (chars.before(at), chars.at(at + 1));
    let figure = matches!(before, '%' | '‰' | '％') || before.is_ascii_digit();
    let ends = at + 1 >= chars.len() || after == '\n';
    match chars.at(at) {
        ',' | ';' => {
            (is_chinese(before) && (is_chinese(after) || after.is_ascii_digit() || ends))
                || (figure && is_chinese(after))
        }
        _ => is_chinese(before) && (is_chinese(after) || ends),
    }
}

/// Longest words in brackets that are shown as a whole.
const SHOWN: usize = 24;

/// Pairs of brackets around Chinese text of which one or both are half-width.
fn brackets(chars: &Chars<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // Open brackets: where, and how many Chinese characters stood before.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut han = 0;
    for at in 0..chars.len() {
        match chars.at(at) {
            '\n' => open.clear(),
            '(' | '（' if !chars.is_code(at) => open.push((at, han)),
            ')' | '）' if !chars.is_code(at) => {
                let Some((start, before)) = open.pop() else { continue };
                let half = (chars.at(start) == '(', chars.at(at) == ')');
                let beside = is_chinese(chars.before(start)) || chars.before(start) == '\n';
                if (half.0 || half.1) && beside && han > before {
                    let (range, full) = match half {
                        (true, true) if at - start > SHOWN => (start..start + 1, "（".to_owned()),
                        (true, true) => (start..at + 1, format!("（{}）", chars.text(start + 1..at))),
                        (true, false) => (start..start + 1, "（".to_owned()),
                        (false, _) => (at..at + 1, "）".to_owned()),
                    };
                    let open = half.0.then_some((start, '（'));
                    let marks: Vec<(usize, char)> = open.into_iter().chain(half.1.then_some((at, '）'))).collect();
                    found.push(narrow(chars, range, full, &marks));
                }
            }
            c if is_han(c) => han += 1,
            _ => {}
        }
    }
    found
}

/// Marks that come in pairs.
const PAIRS: &[(char, char)] =
    &[('“', '”'), ('《', '》'), ('（', '）'), ('(', ')'), ('【', '】'), ('「', '」'), ('『', '』')];

/// The pair of a mark, and whether the mark opens it. Half- and full-width brackets close each other.
fn pair(c: char) -> Option<(usize, bool)> {
    let sort = |at: usize| if PAIRS[at].0 == '(' { at - 1 } else { at };
    let opens = PAIRS.iter().position(|(open, _)| *open == c).map(|at| (sort(at), true));
    opens.or_else(|| PAIRS.iter().position(|(_, close)| *close == c).map(|at| (sort(at), false)))
}

/// Quotation marks, title marks and brackets without their other half.
pub(super) fn balance(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    // A quotation over several paragraphs opens each of them and closes the last one.
    let mut quoted = false;
    for passage in &document.passages {
        let chars = Chars::new(passage);
        // A line of one or two characters is debris of something else; furniture is told as such.
        let text = chars.len() > 2 && !is_furniture(&passage.text, false, true);
        let mut single = if text { unpaired(&chars) } else { Vec::new() };
        if matches!(passage.block, Block::Heading(_)) {
            quoted = false;
        }
        if quoted {
            let close = single.iter().position(|at| chars.at(*at) == '”');
            if let Some(close) = close {
                single.remove(close);
                quoted = false;
            }
        }
        if single.first() == Some(&0) && chars.at(0) == '“' {
            single.remove(0);
            // Told only if the rest of the section does not close it.
            quoted = true;
        }
        for at in single {
            let wrong = Diagnostic::warning("punctuation-balance", chars.span(at..at + 1));
            found.push(wrong.arg("mark", chars.at(at)));
        }
    }
}

/// Marks without their other half, in order.
fn unpaired(chars: &Chars<'_>) -> Vec<usize> {
    let mut single = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut counts = [0_usize; PAIRS.len()];
    for at in (0..chars.len()).filter(|at| !chars.is_code(*at)) {
        match pair(chars.at(at)) {
            // “ where ” is meant: it stands right behind words and before a mark or the end.
            Some((0, true)) if open.last().is_some_and(|(sort, _)| *sort == 0) && is_closing(chars, at) => {
                open.pop();
                counts[0] -= 1;
                single.push(at);
            }
            Some((sort, true)) => {
                open.push((sort, at));
                counts[sort] += 1;
            }
            Some((sort, false)) if counts[sort] > 0 => {
                // What was opened later and is still open has no other half.
                while let Some((other, place)) = open.pop() {
                    counts[other] -= 1;
                    if other == sort {
                        break;
                    }
                    single.push(place);
                }
            }
            Some(_) if is_enumeration(chars, at) => {}
            Some(_) => single.push(at),
            None => {}
        }
    }
    single.extend(open.into_iter().map(|(_, at)| at));
    single.sort_unstable();
    single
}

fn is_closing(chars: &Chars<'_>, at: usize) -> bool {
    let before = chars.before(at);
    let after = chars.at(at + 1);
    (is_han(before) || before.is_alphanumeric()) && "，。、；：！？,;:!?》）)\n".contains(after)
}

/// `1)`, `a）` and `一）` count off and need no other half; nor does the smile `:)`.
fn is_enumeration(chars: &Chars<'_>, at: usize) -> bool {
    let before = chars.before(at);
    let counts = before.is_ascii_alphanumeric() || "一二三四五六七八九十:;：；".contains(before);
    matches!(chars.at(at), ')' | '）') && counts
}

/// Marks that never stand beside each other in one sentence.
const SINGLE: &str = "，。、；：,;";

/// The same mark twice, two marks that exclude each other, dots instead of ……
pub(super) fn doubled(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    for passage in &document.passages {
        let chars = Chars::new(passage);
        let mut at = 0;
        while at < chars.len() {
            if !(chars.at(at) == '.' || SINGLE.contains(chars.at(at))) {
                at += 1;
                continue;
            }
            let marks = chars.run(at, |c| SINGLE.contains(c));
            let dots = chars.run(at, |c| c == '.');
            let end = marks.max(dots);
            let chinese = is_chinese(chars.before(at)) || is_han(chars.at(end)) || chars.text(at..end).contains('。');
            let many = if dots > marks { dots > at + 2 } else { marks > at + 1 };
            if many && chinese && !chars.is_code(at) && is_unbroken(&chars, at..end) {
                let wrong = Diagnostic::warning("punctuation-doubled", chars.span(at..end));
                found.push(wrong.arg("mark", chars.text(at..end)));
            }
            at = end.max(at + 1);
        }
    }
}

/// Whether the words of a range stand side by side in the file too: no picture or tag came out between them.
fn is_unbroken(chars: &Chars<'_>, range: Range<usize>) -> bool {
    let span = chars.span(range.clone());
    (span.end - span.start) as usize == chars.text(range).len()
}

/// Marks that end a paragraph.
const ENDS: &str = "。！？；：…”’）》】」』!?;:)>．.—|｜";

/// Shortest paragraph that is a sentence and not a heading.
const SENTENCE: usize = 31;

/// A paragraph that stops without an end.
pub(super) fn end(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let mut own = Vec::new();
    for pair in document.passages.windows(2) {
        let [passage, next] = pair else { continue };
        if passage.block == Block::Paragraph && next.block == Block::Paragraph && is_unended(passage) {
            let chars = Chars::new(passage);
            let last = passage.text.trim_end().chars().count();
            own.push(Diagnostic::note("punctuation-end", chars.span(last - 1..last)));
        }
    }
    fold(own, found);
}

fn is_unended(passage: &Passage) -> bool {
    let text = passage.text.trim_end();
    let last = text.chars().next_back().unwrap_or_default();
    let sentence = text.contains('。') || text.chars().count() >= SENTENCE;
    let stops = is_han(last) || last.is_ascii_digit() || matches!(last, '%' | '‰' | '％');
    // Who begins with a dash, gives an address or ends with 某某摄 names a source.
    let source = text.starts_with('—') || text.contains("://") || text.ends_with(['摄', '图', '文']);
    stops && sentence && text.contains(['，', ',']) && !ENDS.contains(last) && !source
}

/// Blanks that look like a space and are none.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// No-break and other odd blanks inside Chinese text; full-width blanks between a number and its unit.
pub(super) fn blanks(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let mut own = Vec::new();
    for passage in &document.passages {
        let chars = Chars::new(passage);
        let mut at = 0;
        while at < chars.len() {
            let end = chars.run(at, |c| is_odd(c) || matches!(c, ' ' | '\u{3000}'));
            if end > at && is_odd_gap(&chars, at..end) && !chars.is_code(at) {
                let first = (at..end).find(|index| chars.at(*index) != ' ').unwrap_or(at);
                let code = format!("U+{:04X}", u32::from(chars.at(first)));
                let note = Diagnostic::note("text-blank", chars.span(first..first + 1)).arg("code", code);
                let odd = (at..end).filter(|index| is_odd(chars.at(*index)));
                own.push(odd.fold(note, |note, index| note.fix(chars.span(index..index + 1), chars.at(index), " ")));
            }
            at = end.max(at + 1);
        }
    }
    fold(own, found);
}

fn is_odd_gap(chars: &Chars<'_>, gap: Range<usize>) -> bool {
    let (before, after) = (chars.before(gap.start), chars.at(gap.end));
    let cell = CELL.trim();
    let edge = |c: char| c == '\n' || cell.contains(c);
    if edge(before) || edge(after) {
        return false;
    }
    let text = chars.text(gap);
    let unit =
        before.is_ascii_digit() && (after.is_ascii_digit() || "万亿人个年月日元例张名家份次户所%‰".contains(after));
    let chinese = is_chinese(before) || is_chinese(after) || unit;
    (text.contains(is_odd) && chinese) || (text.contains('\u{3000}') && unit)
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::{balance, blanks, doubled, end, width};

    #[test]
    fn marks_in_chinese_text_are_wide() {
        check(width, "全市2067个,其中", "punctuation-width ,");
        check(width, "执业(助理)医师如下:", "punctuation-width (助理)|punctuation-width :");
        check(width, "达到80%,超过", "punctuation-width ,");
        check(width, "甲（助理)乙", "punctuation-width )");
        check(width, "时间19:00-21:30，1:10混检，12,345人，a,b，GS(2020)号", "");
        check(width, "见`甲,乙`和https://a.cn/甲,b，COVID-19 (新冠)，HPV(HPV)，A:甲", "");
        check(width, "甲,乙,丙,丁,戊", "punctuation-width ,");
    }

    #[test]
    fn pairs_are_closed() {
        check(balance, "打造“活力卫健“，注入", "punctuation-balance “");
        check(balance, "推进”互联网+医疗”服务", "punctuation-balance ”|punctuation-balance ”");
        check(balance, "开展义诊”活动", "punctuation-balance ”");
        check(balance, "印发《关于印发《办法》的通知", "punctuation-balance 《");
        check(balance, "“甲”“乙”（“丙”）《丁》（戊)，1）己；2)庚；一）辛 :)", "");
        check(balance, "“甲“乙”丙”，‘丁，it’s", "");
        check(balance, "“甲。\n\n“乙。\n\n“丙。”", "");
        check(balance, "甲（乙“丙）丁", "punctuation-balance “");
        check(balance, "见`f(`", "");
    }

    #[test]
    fn no_mark_stands_twice() {
        check(
            doubled,
            "活动.....通过，，一系列。。方便",
            "punctuation-doubled .....|punctuation-doubled ，，|punctuation-doubled 。。",
        );
        check(doubled, "完成。，", "punctuation-doubled 。，");
        check(doubled, "等等……好”。，甲", "punctuation-doubled 。，");
        check(doubled, "等等……“好。”，3.5‰，a..b，甲，![](a.png)，乙，`，，`", "");
    }

    #[test]
    fn paragraphs_end() {
        let long = "新增省级卫生乡镇2个,实现无烟党政机关覆盖全市居民健康素养水平达到27%";
        check(end, &format!("{long}\n\n下一段。"), "punctuation-end %");
        check(end, &format!("{long}。\n\n下一段。"), "");
        check(end, long, "");
        check(end, &format!("{long}\n\n## 下一节"), "");
        check(end, "加强科学谋划，实现改革取得新突破\n\n下一段。", "");
        check(end, "在大会上，他作报告。 某报记者 张三摄\n\n下一段。", "");
        check(end, "已完成建设。覆盖率，达到\n\n七成。", "punctuation-end 到");
    }

    #[test]
    fn blanks_are_plain() {
        check(blanks, "全年\u{a0}12例", "text-blank \u{a0}");
        check(blanks, "全年10\u{3000}万人", "text-blank \u{3000}");
        check(blanks, "\u{a0}\u{a0}全年，第一章\u{3000}总则，张三\u{3000}李四，2021 年 a\u{a0}b\u{a0}", "");
    }
}
