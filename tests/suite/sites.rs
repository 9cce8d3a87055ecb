//! Golden sites: `tests/sites/<name>/` is a site with the output expected of it, compared byte for byte both ways. Static
//! files carry a hash of their content in their names, so `expected/static.txt` lists the names and nothing else of them.

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
        let mut built = tree::read(&output.path().join("public"));
        // The script is of another house and changes with it.
        let names: Vec<String> =
            built.keys().filter(|name| name.starts_with("static/") && !name.contains("echarts")).cloned().collect();
        built.retain(|name, _| !name.starts_with("static/"));
        built.remove(MANIFEST);
        built.insert("static.txt".to_owned(), (names.join("\n") + "\n").into_bytes());
        faults.extend(bless::folder(&site.join("expected"), &built));
    }
    assert!(faults.is_empty(), "{} differences:\n{}", faults.len(), faults.join("\n"));
}

/// What the program remembers of its own files.
pub(crate) const MANIFEST: &str = ".nianbao-manifest";
