//! Names that every desk can hold: what Windows refuses is found before a bundle is written.

use std::collections::BTreeMap;

/// Most characters of the name of a bundle's folder, and of a path below it. Windows takes 260 in all.
const FOLDER: usize = 60;
const PATH: usize = 180;

/// Names that Windows keeps for devices, whatever ending they have.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Characters that no name may hold on Windows.
const FORBIDDEN: &[char] = &['<', '>', ':', '"', '|', '?', '*', '\\', '/'];

/// A path that some system cannot hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfit {
    /// The path.
    pub path: String,
    /// Why.
    pub why: Why,
}

/// Why a path cannot be held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// The part is the name of a device on Windows.
    Device(String),
    /// The character stands in no name on Windows.
    Character(char),
    /// The part ends with a dot or a blank.
    Ending(String),
    /// It has so many characters.
    Long(usize),
    /// It differs from this other path by capitals only.
    Twin(String),
}

/// The paths among these that some system cannot hold, in their order.
pub fn unfit<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<Unfit> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for path in paths {
        let twin = seen.insert(path.to_lowercase(), path).map(|other| Why::Twin(other.to_owned()));
        found.extend(why(path).or(twin).map(|why| Unfit { path: path.to_owned(), why }));
    }
    found
}

fn why(path: &str) -> Option<Why> {
    for part in path.split('/') {
        if let Some(c) = part.chars().find(|c| FORBIDDEN.contains(c) || c.is_control()) {
            return Some(Why::Character(c));
        }
        if part.ends_with(['.', ' ']) {
            return Some(Why::Ending(part.to_owned()));
        }
        if is_device(part) {
            return Some(Why::Device(part.to_owned()));
        }
    }
    let length = path.chars().count();
    (length > PATH).then_some(Why::Long(length))
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |word| stem.strip_prefix(word).is_some_and(|rest| matches!(rest, "¹" | "²" | "³") || digit(rest));
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

fn digit(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The title of a site as the name of a folder.
pub fn folder(title: &str) -> String {
    let fit = title.chars().map(|c| if FORBIDDEN.contains(&c) || c.is_control() { ' ' } else { c });
    let words = fit.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.trim_start_matches(['.', '-', '~']).trim_start().chars().take(FOLDER).collect();
    let name = short.trim_end_matches(['.', ' ']);
    match name {
        "" => "nianbao".to_owned(),
        name if is_device(name) => format!("_{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        let check = |title: &str, expected: &str| assert_eq!(folder(title), expected);
        check("天门市卫生健康年报", "天门市卫生健康年报");
        check("年报: 2021/2022 \"草案\"", "年报 2021 2022 草案");
        check(" ..年报... ", "年报");
        check("AUX", "_AUX");
        check("com1.报告", "_com1.报告");
        check("///", "nianbao");
        check(&"年".repeat(80), &"年".repeat(60));
        check(&format!("{}. 年", "a".repeat(59)), &"a".repeat(59));
    }

    #[test]
    fn paths_that_windows_refuses_are_found() {
        let check = |path: &str, expected: Option<Why>| assert_eq!(why(path), expected, "{path}");
        check("site/reports/429006/2021/index.html", None);
        check("site/附件 1.pdf", None);
        check("site/auxiliary/com10.txt", None);
        check("site/aux/a.html", Some(Why::Device("aux".into())));
        check("site/NUL.tar.gz", Some(Why::Device("NUL.tar.gz".into())));
        check("site/com¹.txt", Some(Why::Device("com¹.txt".into())));
        check("site/a:b.pdf", Some(Why::Character(':')));
        check("site/a./b.pdf", Some(Why::Ending("a.".into())));
        check(&format!("site/{}", "长".repeat(176)), Some(Why::Long(181)));
        check(&format!("site/{}", "长".repeat(175)), None);
        let twins = unfit(["a/B.pdf", "a/b.pdf"]);
        assert_eq!(twins, [Unfit { path: "a/b.pdf".into(), why: Why::Twin("a/B.pdf".into()) }]);
    }
}
