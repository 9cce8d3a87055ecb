//! Names of pages from names of files: letters and digits of any script, the rest one hyphen, no longer than a file system
//! takes.

use crate::hash::Hash;

/// The longest slug in bytes; a longer one is cut and gets a hash.
const LIMIT: usize = 120;

/// A slug from any text.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        return Hash::of(text.as_bytes()).short();
    }
    if slug.len() <= LIMIT {
        return slug.to_owned();
    }
    format!("{}-{}", &slug[..slug.floor_char_boundary(LIMIT)], Hash::of(text.as_bytes()).short())
}

/// A slug from the last segment of a path, without the ending `.md`.
pub fn of_file(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    slug(name.strip_suffix(".md").unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_hold_letters_and_digits() {
        let check = |name: &str, expected: &str| assert_eq!(of_file(name), expected);
        check("429006/2021.md", "2021");
        check("2022 计划 (终稿).md", "2022-计划-终稿");
        check("100%#完成.md", "100-完成");
        assert_eq!(of_file("😀.md").len(), 10);
        assert!(of_file(&"长".repeat(84)).len() <= 140);
        assert_ne!(of_file("😀.md"), of_file("😁.md"));
    }
}
