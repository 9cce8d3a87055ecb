//! Guesses the period an author meant by a form that is not read: `2021年上半年`, `2021-1`, `2021.07`. The guess is only
//! ever shown as a suggestion.

use super::{Period, day_of, is_year};

/// The period meant by a folded text, if it can only be one.
pub(super) fn meant(text: &str) -> Option<Period> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let text = text.trim_start_matches("截至").trim_start_matches("截止").trim_start_matches('到');
    let year = text.get(..4)?.parse().ok().filter(|year| is_year(*year))?;
    let rest = text[4..].trim_start_matches(['年', '-', '/', '.']);
    match rest {
        "" | "度" | "全年" => Some(Period::Year(year)),
        "上半年" | "H1" | "1H" => Some(Period::Half(year, 1)),
        "下半年" | "H2" | "2H" => Some(Period::Half(year, 2)),
        "前三季度" | "前3季度" | "一至三季度" | "1至3季度" => Period::months((year, 1), (year, 9)),
        _ => match quarter(rest) {
            Some(quarter) => Some(Period::Quarter(year, quarter)),
            // a stroke after the year makes every further stroke part of a date
            None if text[4..].starts_with('/') => numbers_meant(year, &rest.replace('/', ".")),
            None => numbers_meant(year, rest),
        },
    }
}

fn quarter(text: &str) -> Option<u8> {
    let name = match text.strip_suffix("季度") {
        Some(name) => name.trim_start_matches('第'),
        None => text.strip_prefix('Q')?,
    };
    match name {
        "一" | "1" => Some(1),
        "二" | "2" => Some(2),
        "三" | "3" => Some(3),
        "四" | "4" => Some(4),
        _ => None,
    }
}

/// A month, a day or a stretch of months by the numbers after the year and the signs between them.
fn numbers_meant(year: i16, rest: &str) -> Option<Period> {
    const SIGNS: [char; 17] =
        ['年', '月', '日', '号', '份', '底', '-', '/', '.', '—', '–', '~', '～', '〜', '至', '到', '─'];
    if !rest.chars().all(|c| c.is_ascii_digit() || SIGNS.contains(&c)) {
        return None;
    }
    let runs = rest.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let numbers: Vec<u16> = runs.map(|run| run.parse().ok()).collect::<Option<_>>()?;
    let month = |number: u16| u8::try_from(number).ok();
    match numbers[..] {
        [one] => Period::months((year, month(one)?), (year, month(one)?)),
        [one, two] if is_stretch(rest) => Period::months((year, month(one)?), (year, month(two)?)),
        [one, two] => day_of(year, one, two),
        [one, to_year, two] => Period::months((year, month(one)?), (i16::try_from(to_year).ok()?, month(two)?)),
        _ => None,
    }
}

/// Whether two numbers are two months: `1—7月`, `07/09`; but `11月30日`, `11-30`, `11.30` is a day.
fn is_stretch(rest: &str) -> bool {
    if rest.contains(['日', '号']) {
        return false;
    }
    rest.contains(['—', '–', '~', '～', '〜', '至', '到', '─', '/'])
        || rest.trim_end_matches(['份', '底']).ends_with('月')
}
