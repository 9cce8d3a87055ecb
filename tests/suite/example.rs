//! The example site of this repository, built once for all tests that only look at it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::project::nianbao;

/// The root of this repository, which is the example site as well.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder the example site was built to.
pub(crate) fn built() -> &'static Path {
    static BUILT: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, output) = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("public");
        let run = nianbao(root())
            .args(["build", "--quiet", "--today", "2026-01-01", "--output"])
            .arg(&output)
            .output()
            .expect("the program starts");
        assert!(run.status.success(), "the example site builds: {}", String::from_utf8_lossy(&run.stderr));
        (folder, output)
    });
    output
}

/// The text of a file of the built example site.
pub(crate) fn text(path: &str) -> String {
    std::fs::read_to_string(built().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
