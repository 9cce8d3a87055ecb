//! Reads one figure: `[每…] [bound] number [余] [multiplier] [余] [unit] [bound]`. The text is first folded (widths, blanks,
//! unseen characters) with the byte range of every character kept, so that errors point into the text as written.
//! Prose is not searched here; the text must be one figure from end to end.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Bound, Quantity, QuantityError};
use crate::diagnostic::nearest;
use crate::unit::{Unit, Units, is_blank, shift};

pub(super) mod folded;
pub(super) mod number;
pub(super) mod words;

use self::folded::Folded;
use self::number::{Number, read_number};
use self::words::{AFTER, BEFORE, EACH, FRACTIONS, MULTIPLIERS, RANGE_SIGNS, REACHED};

/// Reads a text that is exactly one figure.
///
/// # Errors
/// When it is none, is two, says a bound twice, or has a unit that is neither built in nor declared.
pub fn parse(text: &str, units: &Units) -> Result<Quantity, QuantityError> {
    let lexeme = text.trim_matches(is_blank);
    if lexeme.is_empty() {
        return Err(QuantityError::Empty);
    }
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let whole = start..start + lexeme.len();
    if lexeme.chars().count() > 100 {
        return Err(QuantityError::TooLong { range: whole });
    }
    let text = Folded::new(text);
    let head = read_head(&text);
    let number = read_number(&text, head.end)?;
    if is_range(&text, number.end) {
        return Err(QuantityError::Range { range: whole });
    }
    let tail = read_tail(&text, &number, &head, units)?;
    let bound = only_bound(&text, head.bounds, tail.bounds)?;
    let scale = tail.scale;
    let too_long = || QuantityError::TooLong { range: text.range(number.start..number.end) };
    let value = shift(number.value, i32::from(scale)).ok_or_else(too_long)?;
    let below = match &bound {
        Some(Mark { more: Some(place), at, .. }) => {
            if value.is_sign_negative() {
                return Err(QuantityError::Trailing { range: text.range(at.clone()) });
            }
            let power = i32::from(scale) + place.step(&number);
            let step = shift(Decimal::ONE, power).ok_or_else(too_long)?;
            Some(value.checked_add(step).filter(|below| *below - step == value).ok_or_else(too_long)?)
        }
        _ => None,
    };
    Ok(Quantity {
        bound: bound.map_or(Bound::Eq, |mark| mark.bound),
        number: number.value,
        scale,
        unit: tail.unit,
        decimals: number.decimals,
        below,
        lexeme: lexeme.into(),
    })
}

/// A word that bounds the figure.
#[derive(Clone, Debug)]
struct Mark {
    bound: Bound,
    /// For 余 and 多: where it stands.
    more: Option<More>,
    at: Range<usize>,
}

/// Where 余 or 多 stands, which says what may be missing.
#[derive(Clone, Copy, Debug)]
enum More {
    /// Right after the digits: 300余 lacks less than a hundred.
    AfterDigits,
    /// After the multiplier or the unit: 30万余 lacks less than one 万.
    AfterUnit,
}

impl More {
    /// The power of ten of the step up to the exclusive end, before the multiplier.
    fn step(self, number: &Number) -> i32 {
        match self {
            More::AfterDigits if number.decimals == 0 => i32::try_from(number.trailing_zeros).unwrap_or(0),
            More::AfterDigits | More::AfterUnit => -i32::from(number.decimals),
        }
    }
}

#[derive(Default)]
struct Head {
    bounds: Vec<Mark>,
    /// 每月 and the like: text of the base and its place.
    each: Option<(&'static str, Range<usize>)>,
    /// 百分之 and the like: the unit they stand for.
    fraction: Option<&'static str>,
    end: usize,
}

/// The words before the digits, in any order that can be said.
fn read_head(text: &Folded) -> Head {
    let mut head = Head::default();
    let mut reached = false;
    loop {
        let at = head.end;
        let rest = &text.chars[at..];
        if let Some((word, bound)) = BEFORE.iter().find(|(word, _)| starts_with(rest, word)) {
            head.end += word.chars().count();
            head.bounds.push(Mark { bound: *bound, more: None, at: at..head.end });
        } else if let Some(word) = REACHED.iter().find(|word| !reached && starts_with(rest, word)) {
            reached = true;
            head.end += word.chars().count();
        } else if let Some((word, base)) = EACH.iter().find(|(word, _)| head.each.is_none() && starts_with(rest, word))
        {
            head.end += word.chars().count();
            head.each = Some((base, at..head.end));
        } else {
            break;
        }
    }
    if let Some((word, unit)) = FRACTIONS.iter().find(|(word, _)| starts_with(&text.chars[head.end..], word)) {
        head.end += word.chars().count();
        head.fraction = Some(unit);
    }
    head
}

struct Tail {
    scale: u8,
    unit: Option<Unit>,
    bounds: Vec<Mark>,
}

/// The words after the digits.
fn read_tail(text: &Folded, number: &Number, head: &Head, units: &Units) -> Result<Tail, QuantityError> {
    let mut bounds = Vec::new();
    let mut end = text.chars.len();
    while let Some((word, bound)) = AFTER.iter().find(|(word, _)| ends_with(&text.chars[number.end..end], word)) {
        let start = end - word.chars().count();
        let more = (*bound == Bound::Gt).then_some(More::AfterUnit);
        bounds.push(Mark { bound: *bound, more, at: start..end });
        end = start;
    }
    bounds.reverse();
    let mut at = number.end;
    let known = |range: Range<usize>| units.parse(&text.string(range)).filter(|unit| !unit.symbol().is_empty());
    let mut scale = 0;
    let mut early = Vec::new();
    read_more(text, &mut at, end, More::AfterDigits, &mut early);
    // 百分点 begins like 百, 千克 like 千: a unit that is known as it stands comes before a multiplier
    if known(at..end).is_none()
        && let Some((word, power)) = MULTIPLIERS.iter().find(|(word, _)| starts_with(&text.chars[at..end], word))
    {
        scale = *power;
        at += word.chars().count();
        read_more(text, &mut at, end, More::AfterUnit, &mut early);
    }
    if at == end && number.end == end {
        for mark in bounds.iter_mut().filter(|mark| mark.at.start == end && mark.more.is_some()) {
            mark.more = Some(More::AfterDigits);
        }
    }
    early.append(&mut bounds);
    let unit = match (known(at..end), head.fraction) {
        (None, Some(symbol)) if at == end && scale == 0 => units.parse(symbol),
        (_, Some(_)) => return Err(QuantityError::Trailing { range: text.range(number.end..end) }),
        (None, None) if at == end => None,
        (None, None) => return Err(bad_unit(text, at..end, units)),
        (unit, None) => unit,
    };
    let unit = match &head.each {
        None => unit,
        Some((base, place)) => Some(per(unit.as_ref(), base, text.range(place.clone()), units)?),
    };
    Ok(Tail { scale, unit, bounds: early })
}

fn read_more(text: &Folded, at: &mut usize, end: usize, place: More, bounds: &mut Vec<Mark>) {
    if *at < end && matches!(text.chars[*at], '余' | '多') {
        bounds.push(Mark { bound: Bound::Gt, more: Some(place), at: *at..*at + 1 });
        *at += 1;
    }
}

/// 每月100次 is 100次/月.
fn per(unit: Option<&Unit>, base: &str, range: Range<usize>, units: &Units) -> Result<Unit, QuantityError> {
    let symbol = format!("{}/{base}", unit.map_or("", Unit::symbol));
    let known = units.parse(&symbol).filter(|_| unit.is_some());
    known.ok_or(QuantityError::UnknownUnit { range, unit: symbol, suggestion: None })
}

/// The one bound, or the second as a mistake.
fn only_bound(text: &Folded, head: Vec<Mark>, tail: Vec<Mark>) -> Result<Option<Mark>, QuantityError> {
    let mut marks = head.into_iter().chain(tail);
    let first = marks.next();
    match marks.next() {
        Some(second) => Err(QuantityError::DoubleBound { range: text.range(second.at) }),
        None => Ok(first),
    }
}

/// Whether another figure follows after a sign that makes the two a range.
fn is_range(text: &Folded, from: usize) -> bool {
    let rest = &text.chars[from..];
    (0..rest.len()).any(|at| {
        let after = rest[at..].iter().skip_while(|c| RANGE_SIGNS.contains(c));
        RANGE_SIGNS.contains(&rest[at]) && after.clone().find(|c| **c != ' ').is_some_and(char::is_ascii_digit)
    })
}

/// Says what is wrong with a text after the digits that is not a unit.
fn bad_unit(text: &Folded, rest: Range<usize>, units: &Units) -> QuantityError {
    let is_word = |at: usize| text.chars[at].is_alphabetic() || "/%‰‱㎡²³℃".contains(text.chars[at]);
    let known = rest.clone().rev().find(|end| units.parse(&text.string(rest.start..end + 1)).is_some());
    if let Some(last) = known
        && last + 1 < rest.end
        && (!is_word(last + 1) || text.chars[last + 1..rest.end].iter().any(char::is_ascii_digit))
    {
        return QuantityError::Trailing { range: text.range(last + 1..rest.end) };
    }
    if !is_word(rest.start) {
        return QuantityError::Trailing { range: text.range(rest) };
    }
    let end = rest.clone().find(|at| !is_word(*at) && !text.chars[*at].is_ascii_digit()).unwrap_or(rest.end);
    let unit = text.string(rest.start..end);
    let suggestion = suggest(&unit, units);
    QuantityError::UnknownUnit { range: text.range(rest.start..end), unit, suggestion }
}

/// A known unit that shares a character with the unknown one; one character alone says too little.
fn suggest(unit: &str, units: &Units) -> Option<String> {
    if unit.contains('点') {
        return Some("个百分点".to_owned());
    }
    if unit.chars().count() < 2 || unit.starts_with(['万', '亿', '千', '百', '十']) {
        return None;
    }
    let names = units.names().into_iter().filter(|name| name.chars().any(|c| c != '/' && unit.contains(c)));
    nearest(unit, names).map(str::to_owned)
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter();
    word.chars().all(|c| chars.next() == Some(&c))
}

fn ends_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter().rev();
    word.chars().rev().all(|c| chars.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quantity::{format, format_grouped};

    /// `bound number multiplier unit decimals end`, or the mistake and the text its range covers.
    fn check(input: &str, expected: &str) {
        let got = match parse(input, &Units::with_extra(["千步".to_owned()])) {
            Ok(q) => {
                let unit = q.unit.as_ref().map_or("-", Unit::symbol);
                let below = q.below.map_or(String::new(), |below| format!(" below {below}"));
                format!("{} {} e{} {unit} .{}{below}", q.bound.code(), q.number, q.scale, q.decimals)
            }
            Err(error) => {
                let name = match &error {
                    QuantityError::Empty => "empty",
                    QuantityError::NotANumber { .. } => "not a number",
                    QuantityError::UnknownUnit { unit, suggestion, .. } => {
                        &format!("unknown unit {unit} ({})", suggestion.as_deref().unwrap_or("?"))
                    }
                    QuantityError::Range { .. } => "range",
                    QuantityError::DoubleBound { .. } => "double bound",
                    QuantityError::Trailing { .. } => "trailing",
                    QuantityError::TooLong { .. } => "too long",
                    QuantityError::BadGrouping { .. } => "bad grouping",
                };
                format!("{name}: {}", &input[error.range()])
            }
        };
        assert_eq!(got, expected, "{input:?}");
    }

    #[test]
    fn rates() {
        check("100%", "eq 100 e0 % .0");
        check("96.46%", "eq 96.46 e0 % .2");
        check("101.13%", "eq 101.13 e0 % .2");
        check("109.58%", "eq 109.58 e0 % .2");
        check("52.17%", "eq 52.17 e0 % .2");
        check("37.1%", "eq 37.1 e0 % .1");
        check("136%", "eq 136 e0 % .0");
        check("-1.2%", "eq -1.2 e0 % .1");
        check("5.40‰", "eq 5.40 e0 ‰ .2");
        check("4.35‰", "eq 4.35 e0 ‰ .2");
        check("2.69‰", "eq 2.69 e0 ‰ .2");
        check("7‰", "eq 7 e0 ‰ .0");
        check("12.8/10万", "eq 12.8 e0 /10万 .1");
        check("12/10万", "eq 12 e0 /10万 .0");
        check("14/10万", "eq 14 e0 /10万 .0");
        check("12/万", "eq 12 e0 /万 .0");
        check("7.12张", "eq 7.12 e0 张 .2");
        check("2.5人", "eq 2.5 e0 人 .1");
        check("3.58个", "eq 3.58 e0 个 .2");
        check("3000人次/天", "eq 3000 e0 人次/天 .0");
        check("300份/天", "eq 300 e0 份/天 .0");
        check("每月100次以上", "ge 100 e0 次/月 .0");
        check("100次/月以上", "ge 100 e0 次/月 .0");
        check("每年5000元", "eq 5000 e0 元/年 .0");
        check("50元", "eq 50 e0 元 .0");
        check("0", "eq 0 e0 - .0");
        check("百分之85", "eq 85 e0 % .0");
        check("百分之85以上", "ge 85 e0 % .0");
        check("千分之5.40", "eq 5.40 e0 ‰ .2");
        check("万分之12", "eq 12 e0 /万 .0");
        check("十万分之12.8", "eq 12.8 e0 /10万 .1");
        check("不低于百分之90", "ge 90 e0 % .0");
    }

    #[test]
    fn points() {
        check("23.5个百分点", "eq 23.5 e0 个百分点 .1");
        check("6.5百分点", "eq 6.5 e0 个百分点 .1");
        check("-0.3个百分点", "eq -0.3 e0 个百分点 .1");
        check("3.7个", "eq 3.7 e0 个 .1");
        check("0.4个比值", "unknown unit 个比值 (?): 个比值");
        check("2个点", "unknown unit 个点 (个百分点): 个点");
        check("2个百分", "unknown unit 个百分 (个百分点): 个百分");
    }

    #[test]
    fn multipliers() {
        check("442.1万人次", "eq 442.1 e4 人次 .1");
        check("9260万元", "eq 9260 e4 元 .0");
        check("176.0172万剂次", "eq 176.0172 e4 剂次 .4");
        check("1.7亿元", "eq 1.7 e8 元 .1");
        check("1.8亿条", "eq 1.8 e8 条 .1");
        check("150万户次", "eq 150 e4 户次 .0");
        check("115.9万户", "eq 115.9 e4 户 .1");
        check("18.68万", "eq 18.68 e4 - .2");
        check("3十万人", "eq 3 e5 人 .0");
        check("3百万人", "eq 3 e6 人 .0");
        check("3千万元", "eq 3 e7 元 .0");
        check("2千亿元", "eq 2 e11 元 .0");
        check("1.2万亿元", "eq 1.2 e12 元 .1");
        check("4千人", "eq 4 e3 人 .0");
        check("5千步", "eq 5 e0 千步 .0");
        check("５萬人", "eq 5 e4 人 .0");
        check("3億元", "eq 3 e8 元 .0");
        check("1百零8人", "unknown unit 零8人 (?): 零8人");
        check("5万万人", "unknown unit 万人 (?): 万人");
    }

    #[test]
    fn more_than_the_figure() {
        check("90余万元", "gt 90 e4 元 .0 below 1000000");
        check("40余万例", "gt 40 e4 例 .0 below 500000");
        check("965万余元", "gt 965 e4 元 .0 below 9660000");
        check("47.17万余元", "gt 47.17 e4 元 .2 below 471800");
        check("36.7万余份", "gt 36.7 e4 份 .1 below 368000");
        check("140余家", "gt 140 e0 家 .0 below 150");
        check("2900余条", "gt 2900 e0 条 .0 below 3000");
        check("300余名", "gt 300 e0 名 .0 below 400");
        check("80余家", "gt 80 e0 家 .0 below 90");
        check("400余人\n次", "gt 400 e0 人次 .0 below 500");
        check("100多件", "gt 100 e0 件 .0 below 200");
        check("20余次", "gt 20 e0 次 .0 below 30");
        check("1,000多家", "gt 1000 e0 家 .0 below 2000");
        check("300余", "gt 300 e0 - .0 below 400");
        check("12余家", "gt 12 e0 家 .0 below 13");
        check("3.5余万人", "gt 3.5 e4 人 .1 below 36000");
        check("90万余元", "gt 90 e4 元 .0 below 910000");
        check("90万元余", "gt 90 e4 元 .0 below 910000");
        check("1亿多元", "gt 1 e8 元 .0 below 200000000");
        check("20年多", "gt 20 e0 年 .0 below 21");
        check("0余人", "gt 0 e0 人 .0 below 1");
        check("-90余人", "trailing: 余");
    }

    #[test]
    fn about_the_figure() {
        check("1000份/天左右", "approx 1000 e0 份/天 .0");
        check("约300人", "approx 300 e0 人 .0");
        check("约2453人", "approx 2453 e0 人 .0");
        check("大约2万人", "approx 2 e4 人 .0");
        check("近1.5亿元", "approx 1.5 e8 元 .1");
        check("40左右", "approx 40 e0 - .0");
        check("50上下", "approx 50 e0 - .0");
        check("～300人", "approx 300 e0 人 .0");
        check("~ 300人", "approx 300 e0 人 .0");
    }

    #[test]
    fn bounds() {
        check("85%以上", "ge 85 e0 % .0");
        check("达90%以上", "ge 90 e0 % .0");
        check("达到95%", "eq 95 e0 % .0");
        check("达3400张", "eq 3400 e0 张 .0");
        check("不低于300份/天", "ge 300 e0 份/天 .0");
        check("达到不低于300份/天", "ge 300 e0 份/天 .0");
        check("不少于3121家", "ge 3121 e0 家 .0");
        check("至少3000名", "ge 3000 e0 名 .0");
        check("至少50%", "ge 50 e0 % .0");
        check("1个以上", "ge 1 e0 个 .0");
        check("100%以上", "ge 100 e0 % .0");
        check("5家及以上", "ge 5 e0 家 .0");
        check("12.8/10万以内", "le 12.8 e0 /10万 .1");
        check("12/10万以下", "le 12 e0 /10万 .0");
        check("5.40‰以内", "le 5.40 e0 ‰ .2");
        check("5‰以下", "le 5 e0 ‰ .0");
        check("6个小时以内", "le 6 e0 小时 .0");
        check("不高于7‰", "le 7 e0 ‰ .0");
        check("不超过7‰", "le 7 e0 ‰ .0");
        check("不多于3个", "le 3 e0 个 .0");
        check("超过95%", "gt 95 e0 % .0");
        check("超1.7亿元", "gt 1.7 e8 元 .1");
        check("高于95%", "gt 95 e0 % .0");
        check("低于7‰", "lt 7 e0 ‰ .0");
        check("≥85%", "ge 85 e0 % .0");
        check("≧85%", "ge 85 e0 % .0");
        check(">=85%", "ge 85 e0 % .0");
        check("≤14/10万", "le 14 e0 /10万 .0");
        check("≦14/10万", "le 14 e0 /10万 .0");
        check("＞85%", "gt 85 e0 % .0");
        check("＜7‰", "lt 7 e0 ‰ .0");
        check("＞＝85%", "ge 85 e0 % .0");
        check("> -1.2%", "gt -1.2 e0 % .1");
    }

    #[test]
    fn typographic_variants() {
        check("９８．５０％", "eq 98.50 e0 % .2");
        check("98.5﹪", "eq 98.5 e0 % .1");
        check("１２．８／１０万", "eq 12.8 e0 /10万 .1");
        check("12.8 / 10 万", "eq 12.8 e0 /10万 .1");
        check("10 万人", "eq 10 e4 人 .0");
        check("10\u{a0}万\u{2002}人\u{3000}", "eq 10 e4 人 .0");
        check("10\u{200b}万\u{feff}人次", "eq 10 e4 人次 .0");
        check("1\u{200b}2人", "eq 12 e0 人 .0");
        check("≥ 85 %", "ge 85 e0 % .0");
        check("−1.2%", "eq -1.2 e0 % .1");
        check("－1.2%", "eq -1.2 e0 % .1");
        check("+1.2%", "eq 1.2 e0 % .1");
        check("20,779例", "eq 20779 e0 例 .0");
        check("1，234，567人", "eq 1234567 e0 人 .0");
        check("1,234\u{2009}567人", "bad grouping: 1,234\u{2009}567");
        check("１，２３４人", "eq 1234 e0 人 .0");
        check("1,234.5万元", "eq 1234.5 e4 元 .1");
        check("72\u{2009}466名", "eq 72466 e0 名 .0");
        check("72\u{202f}466名", "eq 72466 e0 名 .0");
        check("20779例", "eq 20779 e0 例 .0");
    }

    #[test]
    fn mistakes() {
        check("", "empty: ");
        check(" \u{3000}\u{200b}", "empty: ");
        check("约", "not a number: 约");
        check("下降1.2%", "not a number: 下降1.2%");
        check("前列", "not a number: 前列");
        check("第3位", "not a number: 第3位");
        check("NaN", "not a number: NaN");
        check("inf", "not a number: inf");
        check("约三百人", "not a number: 三百人");
        check("百分之八十五", "not a number: 八十五");
        check(".46", "not a number: .46");
        check("--5", "not a number: --5");
        check("- 5人", "not a number: - 5人");
        check("1.2.3", "not a number: 1.2.3");
        check("007人", "not a number: 007");
        check("3头", "eq 3 e0 头 .0");
        check("3狗", "unknown unit 狗 (?): 狗");
        check("3 人资，", "unknown unit 人资 (人): 人资");
        check("1e5", "unknown unit e5 (?): e5");
        check("3/4", "unknown unit /4 (?): /4");
        check("每月100", "unknown unit /月 (?): 每月");
        check("13万元～17万元", "range: 13万元～17万元");
        check(" 1—2个 ", "range: 1—2个");
        check("15%-30%", "range: 15%-30%");
        check("8至10个", "range: 8至10个");
        check("13万元 - 17万元", "range: 13万元 - 17万元");
        check("2021-11-30", "range: 2021-11-30");
        check("不低于85%以上", "double bound: 以上");
        check("≥85%以上", "double bound: 以上");
        check("约≥85%", "double bound: ≥");
        check("超过300余人", "double bound: 余");
        check("300余人以上", "double bound: 以上");
        check("90余万余元", "double bound: 余");
        check("约300人左右", "double bound: 左右");
        check("85%。", "trailing: 。");
        check("98.7%、91.6%", "trailing: 、91.6%");
        check("6‰和5‰以下", "trailing: 和5‰");
        check("3034人，完成率101.13%", "trailing: ，完成率101.13%");
        check("15+3", "trailing: +3");
        check("1:10", "trailing: :10");
        check("百分之85%", "trailing: %");
        check("46.%", "trailing: .%");
        check("300,人", "trailing: ,人");
        check("1,23人", "bad grouping: 1,23");
        check("1234,567人", "bad grouping: 1234,567");
        check("0,123人", "bad grouping: 0,123");
        check("1, 234人", "bad grouping: 1, 234");
        check("12 300人", "bad grouping: 12 300");
        check("1.234,567人", "bad grouping: 1.234,567");
        check("98，5%", "bad grouping: 98，5");
        check("12345678901234567890123456789", "too long: 12345678901234567890123456789");
        check("9999999999999999999999999999亿元", "too long: 9999999999999999999999999999");
        check("0.123456789012345678901234567", "eq 0.123456789012345678901234567 e0 - .27");
        let long = "人".repeat(101);
        check(&long, &format!("too long: {long}"));
    }

    #[test]
    fn the_lexeme_is_the_trimmed_text() {
        let quantity = parse(" 36.7 万余份\u{3000}", &Units::default()).expect("a figure");
        assert_eq!(quantity.as_written(), "36.7 万余份");
    }

    fn survive(text: &str) -> Result<(), TestCaseError> {
        match parse(text, &Units::default()) {
            Ok(quantity) => {
                prop_assert!(text.contains(quantity.as_written()));
                quantity.value();
                quantity.ulp();
                if quantity.bound != Bound::Approx {
                    let interval = quantity.interval();
                    prop_assert_eq!(interval.contains(quantity.value()), quantity.bound < Bound::Gt);
                }
                if let Some(below) = quantity.below {
                    prop_assert!(below > quantity.value());
                }
                let again = parse(quantity.as_written(), &Units::default());
                prop_assert_eq!(again.as_ref(), Ok(&quantity));
            }
            Err(error) => prop_assert!(text.get(error.range()).is_some(), "{:?}", error),
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(?s).*") {
            survive(&text)?;
        }

        #[test]
        fn anything_like_a_figure_is_survived(
            text in "(每月|达|约|不低于|≥|~|超|百分之| ){0,3}[-−]?[0-9０-９]{0,14}([.．,， ][0-9]{0,15}){0,3}[余多]?(万|亿|千|百|十|萬){0,2}余?(人次|人|%|％|‰|/10万|元|个百分点|次/月|株|\\u{200b}|[-～至]| ){0,3}(以上|以内|左右|余|多|[0-9]){0,2}"
        ) {
            survive(&text)?;
        }

        #[test]
        fn what_is_printed_is_read_back(mantissa in -9_999_999_999_999_999_999_999_999_999i128..=9_999_999_999_999_999_999_999_999_999, decimals in 0u8..28) {
            let value = Decimal::try_from_i128_with_scale(mantissa, u32::from(decimals)).expect("28 digits");
            for text in [format(value, decimals), format_grouped(value, decimals)] {
                let quantity = parse(&text, &Units::default()).expect("a printed number is a figure");
                prop_assert_eq!(quantity.value(), value);
                prop_assert_eq!(quantity.decimals, decimals);
                prop_assert_eq!(quantity.interval().low, Some((value, true)));
            }
        }
    }
}
