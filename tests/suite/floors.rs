//! The house rule of `src/lib.rs`: a module names only its own floor or a lower one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{example, tree};

/// The floor of every module, by the comments `// N …` above the `mod` lines.
fn floors(map: &str) -> BTreeMap<String, u32> {
    let (mut floor, mut floors) = (None, BTreeMap::new());
    for line in map.lines() {
        let words = line.trim();
        if let Some(number) = words.strip_prefix("// ").and_then(|comment| comment.split(' ').next()?.parse().ok()) {
            floor = Some(number);
        }
        let module =
            words.strip_prefix("pub ").unwrap_or(words).strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
        if let Some(module) = module {
            floors.insert(module.to_owned(), floor.unwrap_or_else(|| panic!("`{module}` stands on no floor")));
        }
    }
    floors
}

/// The modules a text names through `crate::`, comments left out.
fn named(text: &str) -> Vec<String> {
    let code: String =
        text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
    let named = code.split("crate::").skip(1).flat_map(|after| match after.strip_prefix('{') {
        Some(list) => heads(list),
        None => vec![identifier(after)],
    });
    named.collect()
}

/// The first names of a list in braces: those of `a, b::{C, D}, e}` are a, b and e.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, Vec::new(), 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' | ',' if depth == 0 => {
                heads.push(identifier(&list[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    heads.retain(|name| !name.is_empty());
    heads
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_module_names_only_its_own_floor_or_a_lower_one() {
    let source = example::root().join("src");
    let read = |path: &Path| std::fs::read_to_string(path).expect("a source file");
    let floors = floors(&read(&source.join("lib.rs")));
    assert!(floors.len() > 20, "lib.rs lists the modules: {floors:?}");
    let mut faults = Vec::new();
    for path in tree::files(&source).into_iter().filter(|path| path.ends_with(".rs")) {
        let module = path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let own = floors.get(&module).unwrap_or_else(|| panic!("lib.rs does not list `{module}`"));
        let text = read(&source.join(&path));
        // Unit tests stand at the end of a file and may take a whole site to try a rule on.
        for name in named(text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()) {
            match floors.get(&name) {
                Some(floor) if floor > own => {
                    faults.push(format!("src/{path} (floor {own}) names `{name}` (floor {floor})"))
                }
                Some(_) => {}
                None => faults.push(format!("src/{path} names `crate::{name}`, which is no module of lib.rs")),
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn names_are_read_from_paths_and_lists() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(named(text), expected, "{text}");
    }
    check("use crate::a::{B, c};", &["a"]);
    check("use crate::{a, b, c::D};", &["a", "b", "c"]);
    check("use crate::{\n    a,\n    b::{C, D},\n    e,\n};\nuse x::y;", &["a", "b", "e"]);
    check("fn f() -> crate::a::B { crate::c::d(crate::e::F) } // crate::z", &["a", "c", "e"]);
}
