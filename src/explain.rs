//! `nianbao explain`: why a code exists and how to mend what it finds.

use crate::diagnostic::catalogue::{self, Language};
use crate::diagnostic::nearest;

/// The explanation of a code, or all codes with their titles; an unknown code gives the nearest known one, if any.
pub fn explain(code: Option<&str>, language: Language) -> Result<String, Option<&'static str>> {
    let Some(code) = code else { return Ok(list(language)) };
    // Findings show codes as `error[code]`; people copy the brackets too.
    let code = code.rsplit('[').next().unwrap_or(code).trim_end_matches(']');
    match catalogue::entry(code) {
        Some(entry) => {
            let title = entry.title.get(language);
            let level = level(code, &entry.group, language);
            Ok(format!("{code}: {title}\n\n{}\n\n{level}\n", entry.explain.get(language).trim()))
        }
        None => Err(nearest(code, catalogue::entries().keys().map(String::as_str))),
    }
}

fn list(language: Language) -> String {
    let width = catalogue::entries().keys().map(String::len).max().unwrap_or(0);
    let across = catalogue::GROUPS.iter().map(|group| group.len()).max().unwrap_or(0);
    let line = |(code, entry): (&String, &catalogue::Entry)| {
        format!("{code:width$}  {:across$}  {}\n", entry.group, entry.title.get(language))
    };
    catalogue::entries().iter().map(line).collect()
}

/// The group of a code, and whether a site may set its level.
fn level(code: &str, group: &str, language: Language) -> String {
    match (catalogue::MOVABLE.contains(&code), language) {
        (true, Language::Chinese) => {
            format!("属于 {group} 组；site.toml 的 [check] 可以写 {code} 或 {group} 调整级别。")
        }
        (true, Language::English) => {
            format!("Belongs to {group}; [check] in site.toml sets the level of {code} or of all {group}.")
        }
        (false, Language::Chinese) => format!("属于 {group} 组；是错误，级别不能改。"),
        (false, Language::English) => format!("Belongs to {group}; an error whose level is fixed."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_explained_listed_and_guessed() {
        let text = explain(Some("error[unknown-key]"), Language::English).expect("the code is known");
        assert!(text.starts_with("unknown-key: an unknown key\n\nA misspelt key"), "{text}");
        let all = explain(None, Language::Chinese).expect("a list");
        assert!(all.contains("\nunknown-key                content      不认识的键\n"), "{all}");
        assert_eq!(all.lines().count(), catalogue::entries().len());
        assert_eq!(explain(Some("unkown-key"), Language::English), Err(Some("unknown-key")));
        assert_eq!(explain(Some("zzz"), Language::English), Err(None));
    }
}
