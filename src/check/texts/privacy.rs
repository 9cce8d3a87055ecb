//! Personal data that slipped into a text: identity numbers, mobile phones, mail addresses and bank cards.

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;

use super::Document;
use super::scan::Chars;

/// Identity numbers, mobile phones, bank cards and personal addresses; the contact that the site itself gives is none.
pub(super) fn personal_data(document: &Document<'_>, found: &mut Vec<Diagnostic>) {
    let contact = document.site.config.gov.as_ref().map_or("", |gov| &gov.contact);
    for passage in &document.passages {
        let chars = Chars::new(passage);
        numbers(&chars, contact, found);
        addresses(&chars, contact, found);
        accounts(&chars, found);
    }
}

/// What a number turns out to be.
#[derive(PartialEq, Eq, Debug)]
enum Kind {
    Id,
    Phone,
    Card,
}

fn numbers(chars: &Chars<'_>, contact: &str, found: &mut Vec<Diagnostic>) {
    let groups = groups(chars);
    let mut at = 0;
    while at < groups.len() {
        let joined = joined(chars, &groups[at..]);
        // The longest row of groups that is something wins: a card in fours is not four numbers.
        let hit = (1..=joined).rev().find_map(|count| {
            let row = &groups[at..at + count];
            judge(chars, row).map(|(kind, range)| (count, kind, range))
        });
        let Some((count, kind, range)) = hit else {
            at += 1;
            continue;
        };
        let (span, text) = (chars.span(range.clone()), chars.text(range));
        found.extend(match kind {
            Kind::Id => Some(Diagnostic::error("personal-id", span)),
            Kind::Phone if contact.contains(text) => None,
            Kind::Phone => Some(Diagnostic::warning("personal-phone", span)),
            Kind::Card => Some(Diagnostic::warning("personal-card", span)),
        });
        at += count;
    }
}

/// Runs of digits.
fn groups(chars: &Chars<'_>) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = chars.run(at, |c| c.is_ascii_digit());
        if end > at {
            groups.push(at..end);
        }
        at = end + 1;
    }
    groups
}

/// How many of the first groups (five at most) are parted by one space or hyphen each.
fn joined(chars: &Chars<'_>, groups: &[Range<usize>]) -> usize {
    let parted = |pair: &[Range<usize>]| {
        pair[1].start == pair[0].end + 1 && matches!(chars.at(pair[0].end), ' ' | '\u{a0}' | '-')
    };
    1 + groups.windows(2).take(4).take_while(|pair| parted(pair)).count()
}

fn judge(chars: &Chars<'_>, row: &[Range<usize>]) -> Option<(Kind, Range<usize>)> {
    let (start, mut end) = (row.first()?.start, row.last()?.end);
    let lengths: Vec<usize> = row.iter().map(Range::len).collect();
    let mut digits: Vec<u32> =
        row.iter().flat_map(|group| group.clone()).filter_map(|index| chars.at(index).to_digit(10)).collect();
    if digits.len() == 17 && matches!(chars.at(end), 'X' | 'x' | 'Ｘ') {
        digits.push(10);
        end += 1;
    }
    if !stands_alone(chars, start..end) {
        return None;
    }
    let kind = match lengths[..] {
        [17 | 18] | [6, 8, 3 | 4] if is_identity(&digits) => Kind::Id,
        [11] | [3, 4, 4] if is_mobile(&digits) && !has_unit(chars, end) => Kind::Phone,
        [13..=19] | [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] if is_card(&digits) && !is_code(chars, start, end) => Kind::Card,
        _ => return None,
    };
    Some((kind, start..end))
}

/// Whether a number is not part of a longer one, of a code or of an address. `+86 ` and `86-` may stand before a phone.
fn stands_alone(chars: &Chars<'_>, range: Range<usize>) -> bool {
    let before = chars.lead(range.start, 4);
    let country = ["+86", "+86-", "+86 ", "86-"].iter().any(|country| before.ends_with(country));
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '=' | '*' | '%' | '&' | '#');
    if joins(chars.before(range.start)) && !country {
        return false;
    }
    let after = chars.at(range.end);
    let goes_on = matches!(after, '.' | '-' | '/' | ',') && chars.at(range.end + 1).is_ascii_alphanumeric();
    !(goes_on || after.is_ascii_alphanumeric() || matches!(after, '*' | '_' | '@'))
}

/// Provinces as the first two digits of an identity number name them.
const PROVINCES: &[u32] = &[
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];

/// Weights of GB 11643; their sum, the last digit (X is ten) included, leaves 1 over 11.
const WEIGHTS: [u32; 18] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];

fn is_identity(digits: &[u32]) -> bool {
    is_person(digits) && digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 == 1
}

/// Whether 18 digits hold a province and a birthday.
fn is_person(digits: &[u32]) -> bool {
    let number = |range: Range<usize>| digits[range].iter().fold(0, |sum, digit| sum * 10 + digit);
    digits.len() == 18
        && PROVINCES.contains(&number(0..2))
        && (1900..=2099).contains(&number(6..10))
        && Date::new(number(6..10) as i16, number(10..12) as i8, number(12..14) as i8).is_ok()
}

fn is_mobile(digits: &[u32]) -> bool {
    matches!(digits, [1, 3..=9, rest @ ..] if rest.len() == 9)
}

/// Whether a counting word follows, so that the number is an amount.
fn has_unit(chars: &Chars<'_>, end: usize) -> bool {
    "人元个万亿份次例名户张条件家余多%‰％".contains(chars.at(end))
}

/// A length and beginning that banks give out, and the check digit after Luhn.
fn is_card(digits: &[u32]) -> bool {
    let issued = match digits {
        [6, 2, ..] => (16..=19).contains(&digits.len()),
        [4, ..] | [5, 1..=5, ..] | [3, 5, ..] => digits.len() == 16,
        [3, 4 | 7, ..] => digits.len() == 15,
        _ => false,
    };
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let weighed = |(at, digit): (usize, &u32)| if at % 2 == 1 { doubled(*digit) } else { *digit };
    // A mistyped identity number is no card.
    issued && !is_person(digits) && digits.iter().rev().enumerate().map(weighed).sum::<u32>().is_multiple_of(10)
}

/// Words that say a long number is a code of something else.
const CODES: &[&str] =
    &["代码", "编号", "编码", "索引号", "标识码", "备案", "许可证", "文号", "单号", "证号", "条码", "批号", "序列号"];

fn is_code(chars: &Chars<'_>, start: usize, end: usize) -> bool {
    let lead = chars.lead(start, 12);
    has_unit(chars, end) || CODES.iter().any(|word| lead.contains(word))
}

/// Mail addresses but those of government offices.
fn addresses(chars: &Chars<'_>, contact: &str, found: &mut Vec<Diagnostic>) {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let mut local = 0;
    for at in 0..chars.len() {
        if chars.at(at) == '@' && local < at {
            let end = chars.run(at + 1, is_host);
            let host = chars.text(at + 1..end).trim_end_matches(['.', '-']).to_ascii_lowercase();
            let address = local..at + 1 + host.len();
            if is_domain(&host) && !host.ends_with("gov.cn") && !contact.contains(chars.text(address.clone())) {
                found.push(Diagnostic::warning("personal-mail", chars.span(address)));
            }
        }
        if !is_local(chars.at(at)) {
            local = at + 1;
        }
    }
}

fn is_domain(host: &str) -> bool {
    let mut labels = host.split('.');
    let last = labels.next_back().unwrap_or_default();
    last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && labels.clone().next().is_some()
        && labels.all(|label| !label.is_empty())
}

/// Ways to introduce an account, and whether it is a number.
const ACCOUNTS: &[(&str, bool)] = &[("QQ", true), ("qq", true), ("微信", false), ("WeChat", false), ("wechat", false)];

/// Words before or after the name of a service that make the account an office's.
const OFFICIAL: &[&str] = &["官方", "公众", "订阅", "服务号", "政务", "企业"];

fn accounts(chars: &Chars<'_>, found: &mut Vec<Diagnostic>) {
    for at in 0..chars.len() {
        let Some((name, digits)) = ACCOUNTS.iter().find(|(name, _)| starts(chars, at, name)) else { continue };
        let lead = chars.lead(at, 6);
        if chars.before(at).is_ascii_alphanumeric() || OFFICIAL.iter().any(|word| lead.contains(word)) {
            continue;
        }
        let word = at + name.chars().count();
        let marked = chars.run(word, |c| matches!(c, '号' | '码'));
        let start = chars.run(marked, |c| matches!(c, ':' | '：' | ' '));
        let end = chars.run(start, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let account = chars.text(start..end);
        let colon = chars.text(marked..start).contains([':', '：']);
        let fits = if *digits {
            (5..=11).contains(&account.len()) && account.bytes().all(|byte| byte.is_ascii_digit())
        } else {
            let letter = account.starts_with(|c: char| c.is_ascii_alphabetic());
            (6..=20).contains(&account.len()) && letter
        };
        if fits && (colon || marked > word) && chars.at(end) != '@' {
            found.push(Diagnostic::warning("personal-mail", chars.span(at..end)));
        }
    }
}

/// Whether a word starts at an index.
fn starts(chars: &Chars<'_>, at: usize, word: &str) -> bool {
    word.chars().zip(at..).all(|(c, index)| chars.at(index) == c)
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;
    use super::personal_data;

    #[test]
    fn identity_numbers_have_a_date_and_a_check_digit() {
        check(personal_data, "证号11010519491231002X。", "personal-id 11010519491231002X");
        check(personal_data, "证号110105 19491231 002X。", "personal-id 110105 19491231 002X");
        check(personal_data, "证号440308199901101512。", "personal-id 440308199901101512");
        check(personal_data, "证号440308199901101513；440308199913101512；统一社会信用代码11441700007280420Y", "");
        check(personal_data, "0440308199901101512，编号A440308199901101512", "");
    }

    #[test]
    fn phones_are_numbers_of_their_own() {
        check(personal_data, "联系人13912345678，", "personal-phone 13912345678");
        check(personal_data, "电话+86 139-1234-5678", "personal-phone 139-1234-5678");
        check(personal_data, "热线12345、12320，座机0728-5223456，累计13912345678人次", "");
        check(personal_data, "13912345678.5、139123456789、1.13912345678、139****5678、c13912345678", "");
        check(personal_data, "2022-13912345678、12912345678", "");
    }

    #[test]
    fn cards_are_issued_and_keep_the_check_digit() {
        check(personal_data, "账号6222021234567890128", "personal-card 6222021234567890128");
        check(personal_data, "卡号4111 1111 1111 1111。", "personal-card 4111 1111 1111 1111");
        check(personal_data, "4111111111111112、6222021234567890123、1234567812345670", "");
        check(personal_data, "项目代码：4111111111111111，4111111111111111元，0.4111111111111111", "");
    }

    #[test]
    fn mail_of_offices_is_no_personal_data() {
        check(personal_data, "来稿请洽:qlwb001@163.com。", "personal-mail qlwb001@163.com");
        check(
            personal_data,
            "QQ：123456789；微信号：zhangsan_01",
            "personal-mail QQ：123456789|personal-mail 微信号：zhangsan_01",
        );
        check(personal_data, "wjw@tianmen.gov.cn，微信公众号：jiankangtm，官方微信：jiankangtm", "");
        check(personal_data, "@所有人，a@b，用QQ、微信预约，微信平台2021年上线，QQ 12", "");
    }
}
