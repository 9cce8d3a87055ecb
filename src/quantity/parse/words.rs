//! The words around the digits of a figure, as tables. In every table a word stands before those it begins with (in
//! [`AFTER`]: ends with), so that the first that fits is the longest.

use super::super::Bound;

/// Words before the digits that bound the figure.
#[rustfmt::skip]
pub(crate) const BEFORE: &[(&str, Bound)] = &[
    (">=", Bound::Ge), ("≥", Bound::Ge), ("≧", Bound::Ge), ("⩾", Bound::Ge),
    ("<=", Bound::Le), ("≤", Bound::Le), ("≦", Bound::Le), ("⩽", Bound::Le),
    (">", Bound::Gt), ("<", Bound::Lt), ("~", Bound::Approx), ("≈", Bound::Approx),
    ("大于或等于", Bound::Ge), ("大于等于", Bound::Ge), ("不低于", Bound::Ge), ("不少于", Bound::Ge), ("不小于", Bound::Ge),
    ("至少", Bound::Ge),
    ("小于或等于", Bound::Le), ("小于等于", Bound::Le), ("不高于", Bound::Le), ("不超过", Bound::Le), ("不多于", Bound::Le),
    ("不大于", Bound::Le), ("未超过", Bound::Le), ("至多", Bound::Le), ("最多", Bound::Le),
    ("超过", Bound::Gt), ("超", Bound::Gt), ("高于", Bound::Gt), ("大于", Bound::Gt), ("多于", Bound::Gt), ("逾", Bound::Gt),
    ("低于", Bound::Lt), ("小于", Bound::Lt), ("少于", Bound::Lt), ("不足", Bound::Lt), ("不满", Bound::Lt), ("不到", Bound::Lt),
    ("大约", Bound::Approx), ("约", Bound::Approx), ("接近", Bound::Approx), ("将近", Bound::Approx), ("近", Bound::Approx),
];

/// Words at the very end that bound the figure. 以上, 以下, 以内 include it.
#[rustfmt::skip]
pub(crate) const AFTER: &[(&str, Bound)] = &[
    ("及以上", Bound::Ge), ("或以上", Bound::Ge), ("以上", Bound::Ge),
    ("及以下", Bound::Le), ("或以下", Bound::Le), ("以下", Bound::Le), ("以内", Bound::Le), ("之内", Bound::Le),
    ("左右", Bound::Approx), ("上下", Bound::Approx), ("余", Bound::Gt), ("多", Bound::Gt),
];

/// Words that say that a figure is reached and leave it as it is.
pub(crate) const REACHED: &[&str] = &["达到", "达"];

/// Words before the figure that say per what it is counted.
#[rustfmt::skip]
pub(crate) const EACH: &[(&str, &str)] = &[
    ("每小时", "小时"), ("每季度", "季度"), ("每天", "天"), ("每日", "天"), ("每周", "周"), ("每月", "月"), ("每年", "年"),
    ("每人", "人"), ("每户", "户"),
];

/// Words before the digits that stand for a unit.
pub(crate) const FRACTIONS: &[(&str, &str)] =
    &[("十万分之", "/10万"), ("10万分之", "/10万"), ("万分之", "/万"), ("千分之", "‰"), ("百分之", "%")];

/// Words right after the digits, with their power of ten.
#[rustfmt::skip]
pub(crate) const MULTIPLIERS: &[(&str, u8)] = &[
    ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6), ("十万", 5), ("万", 4),
    ("千", 3), ("百", 2), ("十", 1),
];

/// Signs between two folded figures that make them a range.
pub(crate) const RANGE_SIGNS: [char; 10] = ['-', '—', '–', '―', '─', '‐', '‑', '~', '至', '到'];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], hides: fn(&str, &str) -> bool) {
        for (at, word) in words.iter().enumerate() {
            assert!(!words[..at].iter().any(|earlier| hides(word, earlier)), "{word} is never reached");
        }
    }

    fn first<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
        table.iter().map(|(word, _)| *word).collect()
    }

    #[test]
    fn no_word_hides_a_longer_one() {
        for words in [first(BEFORE), REACHED.to_vec(), first(EACH), first(FRACTIONS), first(MULTIPLIERS)] {
            check(&words, |word, earlier| word.starts_with(earlier));
        }
        check(&first(AFTER), |word, earlier| word.ends_with(earlier));
    }
}
