//! Golden sites: `tests/sites/<name>/` is a site with the output expected of it, compared byte for byte both ways, static
//! files and workbooks by name only: what workbooks hold is compared with the CSV files in `data.rs`. A file `only.txt` beside `content/` lists the beginnings of the paths that count.

use std::collections::BTreeMap;

use crate::project::{TODAY, nianbao};
use crate::{bless, example, tree};

#[test]
fn golden_sites_are_built_to_the_byte() {
    let sites = example::root().join("tests/sites");
    let mut faults = Vec::new();
    for entry in std::fs::read_dir(&sites).expect("tests/sites") {
        let site = entry.expect("an entry").path();
        let output = tempfile::tempdir().expect("a temporary folder");
        let mut command = nianbao(&site);
        command.args(["build", "--quiet", "--today", TODAY, "--output"]).arg(output.path().join("public"));
        let run = command.output().expect("the program starts");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let mut built = without_hashes(tree::read(&output.path().join("public")));
        list_workbooks(&mut built);
        if let Ok(only) = std::fs::read_to_string(site.join("only.txt")) {
            built.retain(|name, _| only.lines().any(|beginning| name.starts_with(beginning)));
        }
        faults.extend(bless::folder(&site.join("expected"), &built));
    }
    assert!(faults.is_empty(), "{} differences:\n{}", faults.len(), faults.join("\n"));
}

/// A built site in which the names of static files stand without the hash of their content, and these files themselves
/// are only listed: a change of a style sheet is not a change of every page.
fn without_hashes(mut built: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let names: Vec<String> = built.keys().filter(|name| name.starts_with("static/")).cloned().collect();
    let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
    built.retain(|name, _| !name.starts_with("static/") && name != ".nianbao-manifest");
    for bytes in built.values_mut() {
        let Ok(mut text) = String::from_utf8(bytes.clone()) else { continue };
        for (name, plain) in names.iter().zip(&plain) {
            text = text.replace(name, plain);
        }
        *bytes = text.into_bytes();
    }
    built.insert("static.txt".to_owned(), (plain.join("\n") + "\n").into_bytes());
    built
}

/// Puts the names of workbooks in the place of their bytes, which change with the library that writes them.
fn list_workbooks(built: &mut BTreeMap<String, Vec<u8>>) {
    let (books, others): (Vec<_>, Vec<_>) =
        std::mem::take(built).into_iter().partition(|(name, _)| name.ends_with(".xlsx"));
    built.extend(others);
    let names: String = books.into_iter().map(|(name, _)| name + "\n").collect();
    built.insert("workbooks.txt".to_owned(), names.into_bytes());
}

/// `static/css/site.1a2b3c4d5e.css` as `static/css/site.[hash].css`.
fn plain(name: &str) -> String {
    match name.rsplitn(3, '.').collect::<Vec<_>>().as_slice() {
        [ending, hash, stem] if hash.len() == 10 => format!("{stem}.[hash].{ending}"),
        _ => panic!("{name} carries no hash"),
    }
}
