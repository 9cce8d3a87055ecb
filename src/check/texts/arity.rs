//! 分别: as many figures as things they are told of.

use crate::diagnostic::Diagnostic;

use super::Document;
use super::scan::{Chars, is_han};

/// Lists with 分别 whose figures are more or fewer than their heads, where both can be counted for certain.
pub(super) fn respectively(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    for passage in &document.passages {
        let chars = Chars::new(passage);
        for at in (0..chars.len()).filter(|at| chars.at(*at) == '分' && chars.at(at + 1) == '别') {
            let counted = heads(&chars, at).zip(values(&chars, at + 2));
            if let Some(((start, heads), (values, end))) = counted.filter(|((_, heads), (values, _))| heads != values) {
                let wrong = Diagnostic::warning("respectively-arity", chars.span(start..end));
                found.push(wrong.arg("heads", heads).arg("values", values));
            }
        }
    }
}

/// Longest list of heads that is looked at.
const FAR: usize = 80;

/// Last characters of the names of measures.
const MEASURES: &str = "率数量额值比";

/// Where the heads before an index start and how many there are; none if they could be counted in two ways.
fn heads(chars: &Chars<'_>, end: usize) -> Option<(usize, usize)> {
    let start = (end.saturating_sub(FAR)..end).rev().find(|at| "，。；：！？,;:!?\n”".contains(chars.at(*at)))? + 1;
    count_heads(chars.text(start..end)).map(|count| (start, count))
}

/// A passage may start with its heads.
fn count_heads(text: &str) -> Option<usize> {
    // 和 may join two words of one head, brackets may hold a list of their own.
    if text.contains(['和', '及', '与', '或', '(', '（', '“', '的', '每', '各']) {
        return None;
    }
    let heads: Vec<&str> = text.split('、').collect();
    let measured = |head: &&str| head.chars().next_back().is_some_and(|last| MEASURES.contains(last));
    let (last, others) = heads.split_last()?;
    let all = others.iter().filter(|head| measured(head)).count();
    // Either each head is a measure of its own, or the last one names the measure of all.
    let certain = measured(last) && (all == others.len() || all == 0);
    (heads.len() >= 2 && certain && heads.iter().all(|head| !head.trim().is_empty())).then_some(heads.len())
}

/// Words between 分别 and the figures.
const LINKS: &[&str] =
    &["达到", "达", "为", "是", "占", "完成", "控制在", "提高到", "下降到", "降到", "降至", "提高至"];

/// How many figures follow and where they end; none if it is not certain.
fn values(chars: &Chars<'_>, from: usize) -> Option<(usize, usize)> {
    let link = LINKS.iter().find(|link| chars.text(from..from + 3).starts_with(*link))?;
    let (mut at, mut count) = (from + link.chars().count(), 0);
    let mut style = None;
    loop {
        let end = value(chars, at)?;
        count += 1;
        let mark = chars.at(end);
        if !"、和及与".contains(mark) {
            let next = chars.run(end + 1, |c| c == ' ');
            // After a comma a further figure may belong to the list or to the next clause.
            let over = mark == '\n'
                || ("。；;）)".contains(mark))
                || ("，,".contains(mark) && !chars.at(next).is_ascii_digit());
            return (over && count >= 2).then_some((count, end));
        }
        style = style.or(Some(mark));
        at = end + 1;
    }
}

/// The end of a figure with its unit.
fn value(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let number = chars.number(at);
    if number == at || chars.at(number) == '年' || chars.at(number) == '月' {
        return None;
    }
    let unit = |c: char| (is_han(c) && !"和及与".contains(c)) || c.is_ascii_digit() || "%％‰/".contains(c);
    let end = chars.run(number, unit);
    (end - number <= 6).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::respectively;

    #[test]
    fn figures_are_as_many_as_heads() {
        check(
            respectively,
            "其中，建档率、签约率、随访率分别达到98.7%、91.6%，比上年高。",
            "respectively-arity 建档率、签约率、随访率分别达到98.7%、91.6%",
        );
        check(
            respectively,
            "全市，房屋建设、设备配置、人员配备达标率分别为81.7%和73.4%。",
            "respectively-arity 房屋建设、设备配置、人员配备达标率分别为81.7%和73.4%",
        );
        check(respectively, "全市，孕产妇死亡率、婴幼儿死亡率分别控制在12.8/10万、5.40‰以内。", "");
        check(respectively, "，房屋建设、设备配置、人员配备达标率分别达到81.7%、73.4%、66.9%。", "");
    }

    #[test]
    fn what_can_be_counted_in_two_ways_is_left_alone() {
        check(respectively, "，高血压、糖尿病患者健康管理率、规范管理率分别为90%、80%。", "");
        check(respectively, "，新生儿代谢病(四病)和遗传病、听力筛查率分别达到98.7%、91.6%。", "");
        check(respectively, "，建档率、签约率、随访率分别为98%、91%，90%。", "");
        check(respectively, "，建档率、签约率、随访率分别为2021年、2022年数。", "");
        check(respectively, "，甲院、乙院、丙院分别获得2个、1个奖。分别", "");
        check(respectively, "，建档率、签约率、随访率分别达到90%以上。", "");
    }
}
