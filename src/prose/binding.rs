//! Which figure of a passage belongs to which name. A figure belongs to the last name before it when nothing but words of
//! saying stand between; figures of a list belong to the heads of a list of the same length, one by one (分别).

use std::ops::Range;

use crate::indicator::IndicatorId;
use crate::quantity::find::{Found, JOINTS, Sort};
use crate::unit::Dimension;

use super::Reader;
use super::line::Line;

/// A figure's belonging to a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bond {
    /// The indicators the name may mean.
    pub ids: Vec<IndicatorId>,
    /// Where the name begins.
    pub start: usize,
    /// Whether nothing but words of saying stand between, so that another figure would be a contradiction.
    pub close: bool,
    /// The words between name and figure, as places.
    pub between: Range<usize>,
    /// The head of the figure's column in a table.
    pub head: Option<String>,
    /// Whether a newer figure of the same name follows: 由2.69‰升到3.1‰.
    pub former: bool,
}

/// Most characters between a name and its figure.
const FAR: usize = 40;

/// Most characters besides words of saying between a name and a figure that contradicts.
const NEAR: usize = 6;

/// Words between a name and its figure that say nothing else.
#[rustfmt::skip]
const SAYING: &[&str] = &[
    "达到了", "达到", "提高到", "提高至", "提升到", "提升至", "上升到", "上升至", "下降到", "下降至", "降低到", "降低至", "增加到",
    "增加至", "增长到", "增长至", "减少到", "减少至", "控制在", "保持在", "稳定在", "维持在", "分别为", "分别是", "分别达", "分别",
    "升至", "升到", "降至", "降到", "增至", "增到", "减至", "减到", "总数为", "总数", "合计", "共有", "共计", "总计", "累计", "一共", "均为",
    "均达", "只有", "仅有", "仅为", "约为", "约", "已达", "已", "为", "是", "达", "到", "至", "有", "共", "在", "均", "都", "仅", "的",
    "则", "全年", "当年", "全市", "全县", "全区", "本年", "年末", "年底", "同为", "同", "也", "又", "再", "数量", "总量", "标准",
];

/// Words that make a figure a change or a distance and no level.
#[rustfmt::skip]
pub const CHANGES: &[&str] = &[
    "同比", "比上年", "较上年", "环比", "增长", "增幅", "降幅", "提高了", "提升了", "上升了", "下降了", "降低了", "增加了", "减少了", "高出", "低出",
    "多出", "超出", "相差", "提高", "下降", "增加", "减少", "上升", "提升", "降低", "超过目标", "超过年度", "比去年", "较去年", "占", "低于", "高于", "超额",
];

/// Words that make a figure a target, also one set by another.
#[rustfmt::skip]
pub const TARGETS: &[&str] = &[
    "目标", "指标", "任务", "计划", "规划", "要求", "力争", "确保", "控制线", "省定", "市定", "国定", "拟", "预期", "达标线", "底线", "应", "要达到", "明年", "下一年",
];

/// Words between two figures of one name that make the first a former one and the second that of now.
#[rustfmt::skip]
const TURNS: &[&str] = &[
    "降至", "降到", "升至", "升到", "增至", "增到", "减至", "减到", "提高到", "提高至", "提升到", "提升至", "增加到", "增加至",
    "减少到", "减少至", "上升到", "上升至", "下降到", "下降至", "降低到", "降低至", "目前", "现为", "现已", "今年", "实际", "已达",
];

/// For each figure the names it belongs to.
pub fn bind(reader: &Reader<'_>, line: &Line<'_>) -> Vec<Vec<Bond>> {
    let mut bonds = vec![Vec::new(); line.figures.len()];
    if line.is_row() {
        row(reader, line, &mut bonds);
        return bonds;
    }
    let mut done = vec![false; line.figures.len()];
    for at in 0..line.figures.len() {
        if done[at] {
            continue;
        }
        let list = list(line, at);
        list.iter().for_each(|place| done[*place] = true);
        if list.len() > 1 {
            respectively(reader, line, &list, &mut bonds);
        } else if let Some(bond) = direct(reader, line, at) {
            bonds[at].extend(joined(line, &bond));
            bonds[at].push(bond);
        }
    }
    bonds
}

/// In a row of a table each figure belongs to the name before it in the row; the head of its column says what it is.
fn row(reader: &Reader<'_>, line: &Line<'_>, bonds: &mut [Vec<Bond>]) {
    for (at, figure) in line.figures.iter().enumerate() {
        let before = line.names.iter().rev().filter(|name| name.chars.end <= figure.chars.start);
        let Some(name) = before.clone().find(|name| measures(reader, name, figure)) else { continue };
        let alone = !line.figures.iter().any(|other| {
            other.chars != figure.chars
                && other.chars.start >= name.chars.end
                && other.sort != Sort::Label
                && alike(other, figure)
        });
        let head = line.column_head(figure.chars.start);
        // Of several figures beside one name the head has to tell which is which.
        let told = alone || speaks(&head);
        let between = name.chars.end..figure.chars.start;
        bonds[at].push(Bond {
            ids: name.ids.clone(),
            start: name.chars.start,
            close: told,
            between,
            head: Some(head),
            former: false,
        });
    }
}

/// Whether the head of a column says of which year, place or role its figures are.
fn speaks(head: &str) -> bool {
    head.chars().any(|c| c.is_ascii_digit())
        || TARGETS
            .iter()
            .chain(&["本年", "上年", "去年", "今年", "实绩", "完成", "实际", "全国", "全省", "全市", "全县"])
            .any(|word| head.contains(word))
}

/// The figures of the list that begins with one. What stands in brackets behind a figure (上年…) is no part of it.
fn list(line: &Line<'_>, first: usize) -> Vec<usize> {
    let mut list = vec![first];
    let mut last = first;
    while let Some(next) = next_of_list(line, last) {
        list.push(next);
        last = next;
    }
    list
}

fn next_of_list(line: &Line<'_>, at: usize) -> Option<usize> {
    let chars = line.chars();
    let before = &line.figures[at];
    let mut end = before.chars.end;
    if chars.get(end).is_some_and(|c| matches!(c, '(' | '（')) {
        end += chars[end..].iter().take(FAR).position(|c| matches!(c, ')' | '）'))? + 1;
    }
    let next = line.figures[at + 1..].iter().position(|one| one.chars.start >= end)? + at + 1;
    let figure = &line.figures[next];
    let joint = line.string(end..figure.chars.start);
    let joined = JOINTS.contains(&&*joint) && before.sort == Sort::Figure && figure.sort == Sort::Figure;
    joined.then_some(next)
}

/// The last name before a figure in its sentence.
fn direct(reader: &Reader<'_>, line: &Line<'_>, at: usize) -> Option<Bond> {
    let figure = &line.figures[at];
    let sentence = line.sentence(figure.chars.start);
    let before = |name: &&super::line::Name| name.chars.start >= sentence.start && name.chars.end <= figure.chars.start;
    let name = line.names.iter().rev().filter(before).find(|name| measures(reader, name, figure))?;
    let mut between = name.chars.end..figure.chars.start;
    if between.len() > FAR {
        return None;
    }
    // Another figure of the same sort in between has taken the name, unless the two are the ends of a change.
    let taken = line.figures[..at].iter().rev().take_while(|one| one.chars.start >= name.chars.end);
    let taken: Vec<&Found> = taken.filter(|one| one.sort == Sort::Figure && alike(one, figure)).collect();
    if let Some(first) = taken.last() {
        let lead = line.string(name.chars.end..first.chars.start);
        let turn = line.string(first.chars.end..figure.chars.start);
        let changes = (lead.contains('由') || lead.contains('从')) && (turn.contains('到') || turn.contains('至'));
        // The target of the same indicator follows its value, or a value the limit it keeps to.
        let aimed = TARGETS.iter().any(|word| turn.contains(word));
        let turned = turns(&turn);
        if taken.len() > 1 || !(changes || aimed || turned) {
            return None;
        }
        if turned && !changes {
            between.start = first.chars.end;
        }
        return Some(Bond {
            ids: name.ids.clone(),
            start: name.chars.start,
            close: true,
            between,
            head: None,
            former: false,
        });
    }
    let former = line.figures.get(at + 1).is_some_and(|next| {
        let named = line.names.iter().any(|name| (figure.chars.end..next.chars.start).contains(&name.chars.start));
        !named
            && sentence.contains(&next.chars.start)
            && alike(figure, next)
            && turns(&line.string(figure.chars.end..next.chars.start))
    });
    let close = !former && is_close(&line.string(between.clone()));
    Some(Bond { ids: name.ids.clone(), start: name.chars.start, close, between, head: None, former })
}

/// The bonds of names joined to that of a bond by 、和与及, where one figure is said of all: 甲率和乙率均达100%.
fn joined(line: &Line<'_>, bond: &Bond) -> Vec<Bond> {
    let mut bonds = Vec::new();
    let between = line.string(bond.between.clone());
    let mut start = bond.start;
    while between.contains(['均', '都']) {
        let Some(name) = line.names.iter().rev().find(|name| name.chars.end <= start) else { break };
        if !JOINTS.contains(&&*line.string(name.chars.end..start)) {
            break;
        }
        start = name.chars.start;
        bonds.push(Bond { ids: name.ids.clone(), start, ..bond.clone() });
    }
    bonds
}

/// Whether words lead from a former figure to that of now.
fn turns(words: &str) -> bool {
    TURNS.iter().any(|word| words.contains(word))
}

/// Whether a figure may be of an indicator of that name: 60% is no 人口.
fn measures(reader: &Reader<'_>, name: &super::line::Name, figure: &Found) -> bool {
    let fits = |id: &IndicatorId| figure.quantity.value_in(&reader.site.indicators.get(*id).unit).is_some();
    name.ids.iter().any(fits)
}

/// Whether two figures may be of one indicator.
fn alike(a: &Found, b: &Found) -> bool {
    let dimension = |one: &Found| one.quantity.unit.as_ref().map_or(Dimension::Number, |unit| unit.dimension().clone());
    dimension(a) == dimension(b)
}

/// Whether nothing but words of saying stands between a name and a figure.
fn is_close(between: &str) -> bool {
    if between.contains(['由', '从', '比', '较']) {
        return false;
    }
    let rest = without_saying(between);
    let rest: Vec<char> = rest.chars().filter(|c| !",:：|()（）、".contains(*c) && !c.is_ascii_digit()).collect();
    rest.len() <= NEAR && between.matches(',').count() <= 1
}

/// A text without its words of saying: 提高到 is no change, 提高 is.
pub fn without_saying(text: &str) -> String {
    // Looking first spares a new text for each of the words; the texts are short.
    let holds = |text: &str, word: &str| text.as_bytes().windows(word.len()).any(|part| part == word.as_bytes());
    SAYING.iter().fold(text.to_owned(), |rest, word| if holds(&rest, word) { rest.replace(word, "") } else { rest })
}

/// Pairs the figures of a list with the heads before it.
fn respectively(reader: &Reader<'_>, line: &Line<'_>, figures: &[usize], bonds: &mut [Vec<Bond>]) {
    let Some(first) = figures.first().map(|place| line.figures[*place].chars.start) else { return };
    let sentence = line.sentence(first);
    let Some(last_name) =
        line.names.iter().rev().find(|name| name.chars.end <= first && name.chars.start >= sentence.start)
    else {
        return;
    };
    if first - last_name.chars.end > FAR {
        return;
    }
    // The heads are the clause up to the end of the last name; the words of saying follow.
    let chars = line.chars();
    let breaks = |c: &char| matches!(c, ',' | ':' | '：' | '。' | ';' | '；' | '|' | '(' | '（');
    let start = chars[sentence.start..last_name.chars.start]
        .iter()
        .rposition(breaks)
        .map_or(sentence.start, |at| sentence.start + at + 1);
    let heads = heads(line, start..last_name.chars.end);
    if heads.len() != figures.len() {
        return;
    }
    let named = |head: &Range<usize>| {
        line.names.iter().find(|name| name.chars.start >= head.start && name.chars.end <= head.end)
    };
    let last = line.string(last_name.chars.clone());
    for (head, figure) in heads.iter().zip(figures.iter().copied()) {
        let ids = match named(head) {
            Some(name) => name.ids.clone(),
            None => shared(reader, &line.string(head.clone()), &last),
        };
        if !ids.is_empty() {
            let between = head.end..line.figures[figure].chars.start;
            bonds[figure].push(Bond { ids, start: head.start, close: true, between, head: None, former: false });
        }
    }
}

/// The heads of a list: parts joined by 、和与及.
fn heads(line: &Line<'_>, chars: Range<usize>) -> Vec<Range<usize>> {
    let text = line.chars();
    let mut heads = Vec::new();
    let mut start = chars.start;
    for at in chars.clone() {
        // A joint inside a name joins nothing.
        let inside = line.names.iter().any(|name| name.chars.start < at && at < name.chars.end);
        if matches!(text[at], '、' | '和' | '与' | '及') && !inside {
            heads.push(start..at);
            start = at + 1;
        }
    }
    heads.push(start..chars.end);
    heads
}

/// The indicators of a head that leaves out what it shares with the last one: 高血压、糖尿病患者健康管理率.
fn shared(reader: &Reader<'_>, head: &str, last: &str) -> Vec<IndicatorId> {
    let tails = last.char_indices().skip(1).map(|(at, _)| &last[at..]);
    let whole = tails.map(|tail| reader.lexicon.get(&format!("{head}{tail}"))).find(|ids| !ids.is_empty());
    whole.map(<[IndicatorId]>::to_vec).unwrap_or_default()
}
