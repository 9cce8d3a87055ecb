//! Finds the figures of running text. In goes a passage, out come its figures in order with their places; each is read as
//! [`super::parse`] would read it alone, but here the words around decide where it begins and ends. Which indicator a figure
//! belongs to is not asked here.

use std::collections::HashMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::parse::folded::Folded;
pub(crate) use super::parse::folded::THIN;
use super::parse::number::exact;
use super::parse::words::{AFTER, BEFORE, EACH, FRACTIONS, MULTIPLIERS, RANGE_SIGNS};
use super::{Bound, Quantity};
use crate::unit::{Unit, Units, shift};

/// A figure in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Its characters in [`Text::chars`], with the words that bound it.
    pub chars: Range<usize>,
    /// The digits alone.
    pub digits: Range<usize>,
    /// The figure; the lexeme is the folded text.
    pub quantity: Quantity,
    /// The unit without a 每 before the figure: 元 in 每年5000元.
    pub each: Option<Unit>,
    /// What the number does in the sentence.
    pub sort: Sort,
}

/// What a number does in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sort {
    /// It says how much.
    Figure,
    /// One end of a range: `1—2个`, `13万元至17万元`.
    Range,
    /// A year, a day, a time.
    Date,
    /// A name or an order: H7N9, 第3位, 65岁及以上人群, 〔2024〕5号.
    Label,
}

/// A text folded for searching: widths made even, blanks dropped, the place of each character kept.
pub struct Text {
    folded: Folded,
}

impl Text {
    /// Folds a text.
    pub fn new(text: &str) -> Text {
        Text { folded: Folded::new(text) }
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.folded.chars
    }

    /// The bytes of the text that some characters came from.
    pub fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        self.folded.range(chars)
    }
}

/// Reads figures with the units of a site; made once, used for all texts.
pub struct Finder {
    /// Units by their first character, longest first.
    units: HashMap<char, Vec<(Vec<char>, Unit)>>,
    /// What may stand below a stroke.
    bases: Vec<Vec<char>>,
    known: Units,
}

/// What `/` may be followed by after a counter.
const BASES: &[&str] = &[
    "天",
    "日",
    "周",
    "月",
    "季度",
    "季",
    "年",
    "人",
    "户",
    "千人口",
    "千人",
    "万人口",
    "万人",
    "10万人口",
    "10万人",
    "次",
    "小时",
];

impl Finder {
    /// A finder for the units of a site.
    pub fn new(known: &Units) -> Finder {
        let mut units: HashMap<char, Vec<(Vec<char>, Unit)>> = HashMap::new();
        let more = [
            "百分点",
            "/十万",
            "/100000",
            "/10000",
            "/1000",
            "/100万",
            "‱",
            "个小时",
            "周岁",
            "平米",
            "㎡",
            "名",
            "位",
        ];
        for name in known.names().into_iter().chain(more) {
            let chars: Vec<char> = name.chars().collect();
            let unit = known.parse(name);
            let (Some(first), Some(unit)) = (chars.first(), unit) else { continue };
            units.entry(*first).or_default().push((chars, unit));
        }
        // Of several that fit the longest is meant: 人次 before 人.
        units.iter_mut().for_each(|(_, list)| list.sort_by_key(|(chars, _)| std::cmp::Reverse(chars.len())));
        Finder { units, bases: BASES.iter().map(|base| base.chars().collect()).collect(), known: known.clone() }
    }

    /// The figures of a text in order.
    pub fn find(&self, text: &Text) -> Vec<Found> {
        let chars = text.chars();
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if !chars[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let end = digits_end(&text.folded, at);
            let one = self.read(text, at..end, found.last().map_or(0, |one| one.chars.end));
            at = one.as_ref().map_or(end, |one| one.chars.end.max(end));
            found.extend(one);
        }
        share(chars, &mut found);
        found
    }

    /// The figure whose digits stand at a place; words before `from` belong to another.
    fn read(&self, text: &Text, digits: Range<usize>, from: usize) -> Option<Found> {
        let chars = text.chars();
        let before = &chars[from..digits.start];
        let negative =
            before.last() == Some(&'-') && before.iter().rev().nth(1).is_none_or(|c| !c.is_ascii_alphanumeric());
        let token: String = chars[digits.clone()].iter().filter(|c| c.is_ascii_digit() || **c == '.').collect();
        let (whole, fraction) = token.split_once('.').unwrap_or((&token, ""));
        let number = exact(&format!("{whole}{fraction}"), fraction.len(), negative, 0..0).ok()?;
        let decimals = fraction.len() as u8;
        let mut start = digits.start - usize::from(negative);
        let mut at = digits.end;
        let mut more: Option<i32> = None;
        let step = |power: i32| power - i32::from(decimals);
        if starts(chars, at, "余") || starts(chars, at, "多") {
            let zeros = whole.bytes().rev().take_while(|byte| *byte == b'0').count() as i32;
            more = Some(if decimals == 0 && whole != "0" { zeros } else { step(0) });
            at += 1;
        }
        let mut unit = self.unit(chars, at);
        let mut scale = 0;
        if unit.is_none()
            && let Some((word, power)) = MULTIPLIERS.iter().find(|(word, _)| starts(chars, at, word))
        {
            scale = *power;
            at += word.chars().count();
            if more.is_none() && (starts(chars, at, "余") || starts(chars, at, "多")) {
                more = Some(step(0));
                at += 1;
            }
            unit = self.unit(chars, at);
        }
        let unit = unit.map(|(unit, end)| {
            at = end;
            unit
        });
        let mut bound = Bound::Eq;
        if let Some((word, after)) = AFTER.iter().find(|(word, _)| starts(chars, at, word)) {
            if *after == Bound::Gt {
                more = more.or(Some(step(0)));
            } else {
                bound = *after;
            }
            at += word.chars().count();
        }
        let (mut unit, mut each) = (unit, None);
        if let Some((word, symbol)) = FRACTIONS.iter().find(|(word, _)| ends(before, word)).filter(|_| unit.is_none()) {
            start -= word.chars().count();
            unit = self.known.parse(symbol);
        }
        if let Some((word, base)) = EACH.iter().find(|(word, _)| ends(&chars[from..start], word))
            && let Some(per) = unit.as_ref().and_then(|unit| self.known.parse(&format!("{}/{base}", unit.symbol())))
        {
            start -= word.chars().count();
            each = unit.replace(per);
        }
        if let Some((word, before)) = bound_before(&chars[from..start]) {
            start -= word.chars().count();
            bound = if bound == Bound::Eq { before } else { bound };
        }
        let value = shift(number, i32::from(scale))?;
        let below = match more {
            Some(power) => {
                bound = Bound::Gt;
                Some(value.checked_add(shift(Decimal::ONE, i32::from(scale) + power)?)?)
            }
            None => None,
        };
        let sort = sort(chars, &digits, at, start, (&token, unit.as_ref()));
        let lexeme: String = chars[start..at].iter().collect();
        let quantity = Quantity { bound, number, scale, unit, decimals, below, lexeme: lexeme.into() };
        Some(Found { chars: start..at, digits, quantity, each, sort })
    }

    /// A unit by its name, with the power of ten of a multiplier before it: 万人.
    pub fn named(&self, name: &str) -> Option<(u8, Unit)> {
        let multiplied = MULTIPLIERS.iter().find_map(|(word, power)| {
            let unit = self.known.parse(name.strip_prefix(word)?)?;
            Some((*power, unit))
        });
        multiplied.or_else(|| Some((0, self.known.parse(name)?))).filter(|(_, unit)| !unit.symbol().is_empty())
    }

    /// The longest unit at a place, with its end.
    fn unit(&self, chars: &[char], at: usize) -> Option<(Unit, usize)> {
        let list = self.units.get(chars.get(at)?)?;
        let (word, unit) = list.iter().find(|(word, _)| chars[at..].starts_with(word))?;
        let end = at + word.len();
        if chars.get(end) != Some(&'/') {
            return Some((unit.clone(), end));
        }
        let base = self.bases.iter().filter(|base| chars[end + 1..].starts_with(base)).max_by_key(|base| base.len());
        let per = base.and_then(|base| {
            let symbol: String = unit.symbol().chars().chain(['/']).chain(base.iter().copied()).collect();
            Some((self.known.parse(&symbol)?, end + 1 + base.len()))
        });
        Some(per.unwrap_or_else(|| (unit.clone(), end)))
    }
}

/// The end of the digits that begin at a place: groups of three after an ASCII comma or a thin space, one decimal point.
fn digits_end(text: &Folded, start: usize) -> usize {
    let chars = &text.chars;
    let run = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut end = start + run(start);
    if end - start <= 3 {
        while (chars.get(end) == Some(&',') && text.is_ascii(end) || chars.get(end) == Some(&THIN)) && run(end + 1) == 3
        {
            end += 4;
        }
    }
    if chars.get(end) == Some(&'.') && run(end + 1) > 0 {
        end += 1 + run(end + 1);
    }
    end
}

/// Words that end like a word of comparison and are none: 签约3000人, 最近3年.
const NO_BOUND: &[&str] = &["签约", "节约", "预约", "履约", "最近", "附近", "临近", "邻近", "条约", "合约"];

fn bound_before(chars: &[char]) -> Option<(&'static str, Bound)> {
    if NO_BOUND.iter().any(|word| ends(chars, word)) {
        return None;
    }
    BEFORE.iter().find(|(word, _)| ends(chars, word)).copied()
}

/// What stands behind a number that is a date or a time.
const DATES: &[&str] = &["年", "月", "日", "时", "点", "号"];

/// Words behind a figure that make it a group of people or places.
const GROUPS: &[&str] = &["及以上", "以上", "及以下", "以下", "以内"];

fn sort(chars: &[char], digits: &Range<usize>, end: usize, start: usize, (token, unit): (&str, Option<&Unit>)) -> Sort {
    let before = start.checked_sub(1).map(|at| chars[at]);
    let digit_before = digits.start.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(digits.end);
    let year = token.len() == 4 && !token.contains('.') && (token.starts_with("19") || token.starts_with("20"));
    let ordinal = before == Some('第') || digit_before.is_some_and(|c| c.is_ascii_alphabetic() || "〔[#№".contains(c));
    if ordinal || after.is_some_and(|c| c.is_ascii_alphabetic() || "〕]".contains(*c)) {
        return Sort::Label;
    }
    let ranged = |at: usize| chars.get(at).is_some_and(|c| RANGE_SIGNS.contains(c));
    let goes_on =
        ranged(end) && chars[end..].iter().find(|c| !RANGE_SIGNS.contains(c)).is_some_and(char::is_ascii_digit);
    let went_on = before.is_some_and(|c| RANGE_SIGNS.contains(&c))
        && start
            .checked_sub(2)
            .is_some_and(|at| chars[at].is_ascii_digit() || "%‰万亿元人年月日岁".contains(chars[at]));
    let dated = unit.is_none() || unit.is_some_and(|unit| unit.symbol() == "年");
    if (year && (after == Some(&'年') || unit.is_none() && !goes_on))
        || (dated && !year && starts_any(chars, digits.end, &DATES[1..]))
    {
        return Sort::Date;
    }
    if dated && after == Some(&'年') && token.len() <= 2 && before.is_some_and(|c| matches!(c, '\'' | '’')) {
        return Sort::Date;
    }
    let age = unit.is_some_and(|unit| unit.symbol() == "岁");
    let grouped = chars.get(digits.end..end).is_some_and(|tail| GROUPS.iter().any(|word| ends(tail, word)));
    let people = ["老", "人", "儿", "女", "妇", "居", "组", "常", "患", "的"];
    if age && (grouped || went_on || goes_on || starts_any(chars, end, &people)) {
        return Sort::Label;
    }
    // 1:10 and 11:12
    if unit.is_none() && (after == Some(&':') && chars.get(digits.end + 1).is_some_and(char::is_ascii_digit)) {
        return Sort::Label;
    }
    if unit.is_none()
        && digit_before == Some(':')
        && digits.start.checked_sub(2).is_some_and(|at| chars[at].is_ascii_digit())
    {
        return Sort::Label;
    }
    if goes_on || went_on { Sort::Range } else { Sort::Figure }
}

/// What joins the figures of a list.
pub const JOINTS: &[&str] = &["、", "和", "与", "及", "以及"];

/// In a list the last figure lends the others its unit (3.7、21.6个百分点) and its bound (6‰和5‰以下).
fn share(chars: &[char], found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let (head, tail) = found.split_at_mut(at);
        let (Some(before), after) = (head.last_mut(), &tail[0]) else { continue };
        let between: String = chars[before.chars.end..after.chars.start.max(before.chars.end)].iter().collect();
        if !JOINTS.contains(&&*between) || before.sort != Sort::Figure || after.sort != Sort::Figure {
            continue;
        }
        let bare = before.quantity.unit.is_none() && before.quantity.scale == 0;
        if bare && after.quantity.scale == 0 && after.quantity.unit.is_some() {
            before.quantity.unit.clone_from(&after.quantity.unit);
        }
        let said_after = AFTER.iter().any(|(word, _)| ends(&chars[after.chars.clone()], word));
        let limit = matches!(after.quantity.bound, Bound::Ge | Bound::Le);
        if before.quantity.bound == Bound::Eq && limit && said_after {
            before.quantity.bound = after.quantity.bound;
        }
    }
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars.get(at..).unwrap_or_default().iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

fn starts_any(chars: &[char], at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| starts(chars, at, word))
}

fn ends(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The figures of a text: lexeme, bound unless exact, unit where it is shared, and the sort unless a figure.
    fn check(text: &str, expected: &str) {
        let finder = Finder::new(&Units::default());
        let shown = |one: &Found| {
            let unit = one.quantity.unit.as_ref().map_or("-", Unit::symbol);
            let bound = if one.quantity.bound == Bound::Eq { "" } else { one.quantity.bound.code() };
            let sort = if one.sort == Sort::Figure { String::new() } else { format!("{:?}", one.sort) };
            let words = [&*one.quantity.lexeme, unit, bound, &sort];
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let got: Vec<String> = finder.find(&Text::new(text)).iter().map(shown).collect();
        assert_eq!(got.join(" | "), expected, "{text}");
    }

    #[test]
    fn figures_are_read_with_unit_multiplier_and_bound() {
        check("孕产妇死亡率12.8/10万、5.40‰以内", "12.8/10万 /10万 le | 5.40‰以内 ‰ le");
        check(
            "筛查率分别达到98.7%、91.6%，超过年度目标3.7个、21.6个百分点",
            "98.7% % | 91.6% % | 3.7个 个 | 21.6个百分点 个百分点",
        );
        check("提高3.7、21.6个百分点", "3.7 个百分点 | 21.6个百分点 个百分点");
        check("完成诊疗442.1万人次，收入965万余元，90余万元", "442.1万人次 人次 | 965万余元 元 gt | 90余万元 元 gt");
        check("不少于3121家，控制在6‰和5‰以下", "不少于3121家 家 ge | 6‰ ‰ le | 5‰以下 ‰ le");
        check("签约3000人，约300人，近90%", "3000人 人 | 约300人 人 approx | 近90% % approx");
        check(
            "每年5000元，百分之85以上，1，048人，1,048人",
            "每年5000元 元/年 | 百分之85以上 % ge | 1 - | 048人 人 | 1,048人 人",
        );
        check("3000人次/天和300份/天左右", "3000人次/天 人次/天 | 300份/天左右 份/天 approx");
        check("增长-1.2%，同比下降 10 万人", "-1.2% % | 10万人 人");
    }

    #[test]
    fn what_looks_like_a_figure_is_told_apart() {
        check(
            "2021年12月3日，65岁及以上老年人，0—6岁儿童",
            "2021年 年 Date | 12 - Date | 3 - Date | 65岁及以上 岁 ge Label | 0 - Range | 6岁 岁 Label",
        );
        check("H7N9、第3位、鄂卫发〔2021〕5号", "7 - Label | 9 - Label | 3位 位 Label | 2021 - Label | 5 - Date");
        check(
            "1—2个，13万元至17万元，比例1:10",
            "1 - Range | 2个 个 Range | 13万元 元 Range | 17万元 元 Range | 1 - Label | 10 - Label",
        );
        check("到2030，2015至2020年", "2030 - Date | 2015 - Range | 2020年 年 Date");
    }

    proptest! {
        #[test]
        fn nothing_panics_and_places_lie_inside(text in "[0-9.,，、年月日%‰万亿余多人次个百分点以上约达至—\\-:/第 a\n]{0,40}") {
            let folded = Text::new(&text);
            for one in Finder::new(&Units::default()).find(&folded) {
                let bytes = folded.bytes(one.chars.clone());
                prop_assert!(text.get(bytes).is_some());
            }
        }
    }
}
