//! How figures are written (GB/T 15835): ranges that say what they mean, whole years, one kind of numeral; points and
//! per cent told apart; units that exist.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

use super::Document;
use super::scan::{Chars, is_han};

/// Ranges, forms, units and changes of rates.
pub(super) fn figures(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    for passage in &document.passages {
        let chars = Chars::new(passage);
        let mut at = 0;
        while at < chars.len() {
            // Most characters begin nothing that is looked for here.
            if !(chars.at(at).is_ascii_digit() || ".’‘'一二".contains(chars.at(at))) || chars.is_code(at) {
                at += 1;
                continue;
            }
            let end = chars.number(at);
            if end > at {
                let alone = !(chars.before(at).is_ascii_alphanumeric() || "./_-".contains(chars.before(at)));
                found.extend(alone.then(|| figure(&chars, at..end)).flatten());
                found.extend(unit(&chars, at..end));
            } else {
                found.extend(form(&chars, at));
            }
            at = end.max(at + 1);
        }
        changes(&chars, found);
    }
}

fn figure(chars: &Chars<'_>, number: Range<usize>) -> Option<Diagnostic> {
    range(chars, &number).or_else(|| month(chars, &number)).or_else(|| mixed(chars, &number))
}

/// Marks between the ends of a range.
const TO: &str = "～~〜∼—–-－至";

/// `9～16亿`, `15～30%`: the first figure lacks the multiplier or sign.
fn range(chars: &Chars<'_>, number: &Range<usize>) -> Option<Diagnostic> {
    let dashes = chars.run(number.end, |c| TO.contains(c));
    let end = chars.number(dashes);
    let sign = chars.at(end);
    if dashes == number.end || dashes > number.end + 2 || end == dashes || !"万亿%％‰".contains(sign) {
        return None;
    }
    let (low, high) = (chars.text(number.clone()), chars.text(dashes..end));
    let rises = low.parse::<f64>().ok()? < high.parse::<f64>().ok()?;
    // 2015—2020亿 would be read as years.
    if !rises || is_year(low) {
        return None;
    }
    // 13～17万元 also lacks the unit: it has to be written with both.
    let unit = chars.run(end + 1, |c| "元人".contains(c)).min(end + 2);
    let unit = if "万亿".contains(sign) { chars.text(end..unit) } else { chars.text(end..end + 1) };
    let expected = format!("{low}{unit}{}{high}{unit}", chars.text(number.end..dashes));
    Some(Diagnostic::warning("numeral-range", chars.span(number.start..end + 1)).arg("expected", expected))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
}

fn wrong_form(chars: &Chars<'_>, range: Range<usize>, expected: String) -> Diagnostic {
    let text = chars.text(range.clone());
    Diagnostic::warning("numeral-form", chars.span(range)).arg("text", text).arg("expected", expected)
}

/// `2008-8` for a month.
fn month(chars: &Chars<'_>, number: &Range<usize>) -> Option<Diagnostic> {
    let year = chars.text(number.clone());
    let end = chars.run(number.end + 1, |c| c.is_ascii_digit());
    let text = chars.text(number.end + 1..end);
    let month: u32 = text.parse().ok()?;
    let goes_on = "起至底末止前完以".contains(chars.at(end));
    let fits = is_year(year) && chars.at(number.end) == '-' && text.len() <= 2 && (1..=12).contains(&month);
    (fits && goes_on).then(|| wrong_form(chars, number.start..end, format!("{year}年{month}月")))
}

/// `4千人` and `2008年八月`.
fn mixed(chars: &Chars<'_>, number: &Range<usize>) -> Option<Diagnostic> {
    let (end, text) = (number.end, chars.text(number.clone()));
    if "千百".contains(chars.at(end)) && "万余多名人元个家户例份张条件次".contains(chars.at(end + 1)) {
        return Some(wrong_form(chars, number.start..end + 1, thousands(text, chars.at(end), chars.at(end + 1))));
    }
    let month = chars.run(end + 1, |c| "一二三四五六七八九十".contains(c));
    let closes = "底初份中末，。、,至起以".contains(chars.at(month + 1)) && month > end + 1;
    let mixes = is_year(text) && chars.at(end) == '年' && chars.at(month) == '月' && closes;
    let value = super::scan::numeral(chars.text(end + 1..month)).filter(|value| (1..=12).contains(value));
    let value = value.filter(|_| mixes)?;
    Some(wrong_form(chars, number.start..month + 1, format!("{text}年{value}月")))
}

/// 4千 as 4000; where 万 or a fraction is involved the author has to work it out.
fn thousands(text: &str, step: char, next: char) -> String {
    let zeros = if step == '千' { "000" } else { "00" };
    if next == '万' || text.contains('.') { "…".to_owned() } else { format!("{text}{zeros}") }
}

/// Words for years in Chinese digits.
const DIGITS: &str = "〇○零一二三四五六七八九";

/// What begins without a digit: `.46%`, `’21年` and `二〇〇八年8月`.
fn form(chars: &Chars<'_>, at: usize) -> Option<Diagnostic> {
    let digits = chars.run(at + 1, |c| c.is_ascii_digit());
    let (before, after) = (chars.before(at), chars.at(digits));
    let text = chars.text(at + 1..digits);
    match chars.at(at) {
        '.' if digits > at + 1 && is_han(before) && "%％‰个万亿".contains(after) => {
            Some(wrong_form(chars, at..digits, format!("0.{text}")))
        }
        '’' | '‘' | '\'' if text.len() == 2 && after == '年' && !before.is_ascii_alphanumeric() => {
            Some(wrong_form(chars, at..digits + 1, format!("20{text}年")))
        }
        '一' | '二' if !DIGITS.contains(before) => chinese_year(chars, at),
        _ => None,
    }
}

fn chinese_year(chars: &Chars<'_>, at: usize) -> Option<Diagnostic> {
    let end = at + 4;
    if chars.run(at, |c| DIGITS.contains(c)) != end || chars.at(end) != '年' {
        return None;
    }
    let month = chars.run(end + 1, |c| c.is_ascii_digit());
    if month == end + 1 || chars.at(month) != '月' {
        return None;
    }
    let value = |c: char| DIGITS.chars().position(|digit| digit == c).map(|at| at.saturating_sub(2).to_string());
    let year: String = (at..end).filter_map(|index| value(chars.at(index))).collect();
    let expected = format!("{year}年{}月", chars.text(end + 1..month));
    Some(wrong_form(chars, at..month + 1, expected))
}

/// Units that do not exist, behind a figure, and what is meant.
const UNITS: &[(&str, &str)] = &[
    ("个比值", "个百分点"),
    ("个百分比", "个百分点"),
    ("个百分数", "个百分点"),
    ("个%", "个百分点"),
    ("个点百分", "个百分点"),
    ("%个百分点", "个百分点"),
    ("%个点", "个百分点"),
    ("%百分点", "个百分点"),
    ("%%", "%"),
    ("‰%", "‰"),
    ("%‰", "‰"),
    ("人次人次", "人次"),
    ("万万", "亿"),
];

fn unit(chars: &Chars<'_>, number: Range<usize>) -> Option<Diagnostic> {
    let rest = chars.text(number.end..number.end + 6);
    let (wrong, right) = UNITS.iter().find(|(wrong, _)| rest.starts_with(wrong))?;
    let span = chars.span(number.start..number.end + wrong.chars().count());
    Some(Diagnostic::warning("unit-word", span).arg("unit", wrong).arg("expected", right))
}

/// Verbs of change.
const VERBS: &[&str] = &["提高", "提升", "上升", "增加", "增长", "下降", "降低", "减少", "回落", "下滑"];

/// Their first characters.
const VERB_HEADS: [char; 7] = ['提', '上', '增', '下', '降', '减', '回'];

/// Words that end the name of a measure in per cent.
const RATES: &[&str] = &["率", "占比", "比重", "比例", "覆盖面"];

/// Measures that end like a rate and are none in per cent, or are small enough to be compared by ratio.
const OTHER: &[&str] = &[
    "效率",
    "频率",
    "功率",
    "心率",
    "速率",
    "汇率",
    "利率",
    "斜率",
    "概率",
    "死亡率",
    "发病率",
    "患病率",
    "出生率",
    "病死率",
    "致死率",
    "感染率",
    "发生率",
    "增长率",
    "生育率",
    "周转率",
    "生产率",
    "产出率",
    "费率",
    "税率",
    "分辨率",
];

/// Furthest a verb stands from the name of the rate: 比上年同期, 2023年比2022年.
const NEAR: usize = 14;

/// `覆盖率提高了5%` may mean 5 points or a twentieth.
fn changes(chars: &Chars<'_>, found: &mut Vec<Diagnostic>) {
    for at in 0..chars.len() {
        if !VERB_HEADS.contains(&chars.at(at)) {
            continue;
        }
        let head = chars.text(at..at + 2);
        if !VERBS.contains(&head) || chars.is_code(at) {
            continue;
        }
        let start = chars.run(at + 2, |c| "了约近超过".contains(c));
        let end = chars.number(start);
        if end > start && start <= at + 5 && matches!(chars.at(end), '%' | '％') && rises(chars, at) {
            found.push(Diagnostic::warning("points-or-percent", chars.span(at..end + 1)));
        }
    }
}

/// Whether the subject of a verb is a rate in per cent: its name stands right before, or only times stand between.
fn rises(chars: &Chars<'_>, verb: usize) -> bool {
    let lead = chars.lead(verb, NEAR + 8);
    let clause = lead.rsplit(['，', '。', '；', '：', '、', ',', ';', ':', '\n', '）', ')']).next().unwrap_or_default();
    let Some((name, gap)) = RATES
        .iter()
        .filter_map(|rate| Some((rate, clause.rfind(rate)?)))
        .max_by_key(|(_, at)| *at)
        .map(|(rate, at)| clause.split_at(at + rate.len()))
    else {
        return false;
    };
    let other = OTHER.iter().any(|other| name.ends_with(other));
    // 率先 and 率领 are no rates.
    let verb = gap.starts_with(['先', '领']);
    !other
        && !verb
        && gap.chars().count() <= NEAR
        && !gap.contains(['的', '数', '量', '费', '额', '人', '次', '床', '支', '收'])
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::figures;

    #[test]
    fn ranges_carry_their_multiplier() {
        check(figures, "投资9～16亿元", "numeral-range 9～16亿");
        check(figures, "占15-30%", "numeral-range 15-30%");
        check(figures, "补助13—17万元", "numeral-range 13—17万");
        check(figures, "9亿～16亿元，15%～30%，0—6岁，1—2个，60-79岁，2015—2020年，400—429页", "");
        check(figures, "2023-2024万，H7-9%，30-15%，1-2-3%，8月10-12日，12.8/10万，1:10", "");
    }

    #[test]
    fn figures_are_written_in_one_form() {
        check(figures, "提高.46个百分点", "numeral-form .46");
        check(figures, "自2008-8起", "numeral-form 2008-8");
        check(figures, "二〇〇八年8月", "numeral-form 二〇〇八年8月");
        check(figures, "共4千人，2千万元", "numeral-form 4千|numeral-form 2千");
        check(figures, "2021年八月底，’21年", "numeral-form 2021年八月|numeral-form ’21年");
        check(figures, "0.46，表.46，2008-8-8，2019-20赛季，二〇〇八年八月，二〇〇八年，4千米，每千人，5百分点", "");
        check(figures, "2021年三月三，2021年十月革命，21年底，1.5千瓦，GB 2011-3，文件（2021-5）", "");
    }

    #[test]
    fn changes_of_rates_are_points() {
        check(figures, "床位使用率提高了6.51%", "points-or-percent 提高了6.51%");
        check(figures, "签约率比上年同期上升3%，占比下降2%", "points-or-percent 上升3%|points-or-percent 下降2%");
        check(figures, "覆盖率由85%提高到90%，就诊率提高5个百分点，住院人次增加了56%，增长率为37.1%", "");
        check(
            figures,
            "工作效率提高20%，全员劳动生产率年均增长5%，孕产妇死亡率下降15%，利用率高的床位数增加5%，率先增长5%",
            "",
        );
        check(figures, "签约率85%，人数增长5%", "");
    }

    #[test]
    fn units_exist() {
        check(figures, "超出0.4个比值，高3%个百分点，5%%", "unit-word 0.4个比值|unit-word 3%个百分点|unit-word 5%%");
        check(figures, "高3个百分点，5.4‰，1万万难，3个比例尺", "unit-word 1万万");
    }
}
