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
    "多出", "超出", "相差", "提高", "下降", "增加", "减少", "上升", "提升", "降低", "超过目标", "超过年度", "比去年", "较去年", "占",
];

/// Words that make a figure a target, also one set by another.
#[rustfmt::skip]
pub const TARGETS: &[&str] = &[
    "目标", "指标", "任务", "计划", "规划", "要求", "力争", "确保", "控制线", "省定", "市定", "国定", "拟", "预期", "达标线", "底线", "应",
];

/// For each figure the names it belongs to.
pub fn bind(reader: &Reader<'_>, line: &Line<'_>) -> Vec<Vec<Bond>> {
    let mut bonds = vec![Vec::new(); line.figures.len()];
    let mut at = 0;
    while at < line.figures.len() {
        let end = list_end(line, at);
        if end - at > 1 {
            respectively(reader, line, at..end, &mut bonds);
        } else {
            bonds[at].extend(direct(line, at));
        }
        at = end;
    }
    bonds
}

/// The end of the list of figures that begins with one.
fn list_end(line: &Line<'_>, first: usize) -> usize {
    let mut end = first + 1;
    while let Some(next) = line.figures.get(end) {
        let before = &line.figures[end - 1];
        let joined = before.chars.end < next.chars.start
            && JOINTS.contains(&&*line.string(before.chars.end..next.chars.start))
            && before.sort == Sort::Figure
            && next.sort == Sort::Figure;
        if !joined {
            break;
        }
        end += 1;
    }
    end
}

/// The last name before a figure in its sentence.
fn direct(line: &Line<'_>, at: usize) -> Option<Bond> {
    let figure = &line.figures[at];
    let sentence = line.sentence(figure.chars.start);
    let before = |name: &&super::line::Name| name.chars.start >= sentence.start && name.chars.end <= figure.chars.start;
    let name = line.names.iter().rev().find(before)?;
    let between = name.chars.end..figure.chars.start;
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
        // The target of the same indicator follows its value.
        let aimed = TARGETS.iter().any(|word| turn.contains(word));
        if taken.len() > 1 || !(changes || aimed) {
            return None;
        }
        return Some(Bond { ids: name.ids.clone(), start: name.chars.start, close: true, between });
    }
    let close = is_close(&line.string(between.clone()));
    Some(Bond { ids: name.ids.clone(), start: name.chars.start, close, between })
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
    let mut rest = between.to_owned();
    for word in SAYING {
        rest = rest.replace(word, "");
    }
    let rest: Vec<char> = rest.chars().filter(|c| !",:|()、".contains(*c) && !c.is_ascii_digit()).collect();
    rest.len() <= NEAR && between.matches(',').count() <= 1
}

/// Pairs the figures of a list with the heads before it.
fn respectively(reader: &Reader<'_>, line: &Line<'_>, figures: Range<usize>, bonds: &mut [Vec<Bond>]) {
    let first = line.figures[figures.start].chars.start;
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
    let breaks = |c: &char| matches!(c, ',' | ':' | '。' | ';' | '|' | '(');
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
    for (head, figure) in heads.iter().zip(figures) {
        let ids = match named(head) {
            Some(name) => name.ids.clone(),
            None => shared(reader, &line.string(head.clone()), &last),
        };
        if !ids.is_empty() {
            let between = head.end..line.figures[figure].chars.start;
            bonds[figure].push(Bond { ids, start: head.start, close: true, between });
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
