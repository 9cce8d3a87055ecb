//! Initials of Chinese names, so that readers find 天门市 by `tms`. The door to `pinyin`; all readings of a character
//! count, so that 重庆 is found by `cq` and by `zq`.

use pinyin::ToPinyinMulti;

/// The initials of a name, a group for each letter or character, each group beginning with a capital: `CzQS` for 重庆市.
/// Letters and digits stand for themselves; everything else is left out.
pub fn initials(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        let mut group: Vec<char> = match c.to_pinyin_multi() {
            Some(readings) => readings.into_iter().filter_map(|one| one.plain().chars().next()).map(plain).collect(),
            None => Some(c.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric).into_iter().collect(),
        };
        group.sort_unstable();
        group.dedup();
        if let Some((first, rest)) = group.split_first() {
            out.push(first.to_ascii_uppercase());
            out.extend(rest);
        }
    }
    out
}

/// ü and the rare ê and ḿ begin with a letter that keyboards have.
fn plain(letter: char) -> char {
    match letter {
        'ü' => 'v',
        'ê' => 'e',
        'ḿ' => 'm',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_of_a_character_counts() {
        let check = |name: &str, expected: &str| assert_eq!(initials(name), expected, "{name}");
        check("天门市", "TMFs");
        check("重庆市", "CtzQFs");
        check("厦门市", "SxMFs");
        check("A3区（新）", "A3OqX");
    }
}
