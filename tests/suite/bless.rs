//! Expected files: compared byte for byte, or written anew when `NIANBAO_BLESS` is set.

use std::collections::BTreeMap;
use std::path::Path;

use crate::tree;

/// Whether expected files are written instead of compared.
fn blessing() -> bool {
    std::env::var_os("NIANBAO_BLESS").is_some_and(|value| value == "1")
}

/// What is wrong with an expected text; nothing after a blessing.
pub(crate) fn text(path: &Path, is: &str) -> Option<String> {
    if blessing() {
        std::fs::write(path, is).expect("a writable fixture");
        return None;
    }
    let should = std::fs::read_to_string(path).unwrap_or_default();
    (is != should).then(|| format!("{} differs\n--- is\n{is}--- should be\n{should}", path.display()))
}

/// What is wrong with an expected folder; nothing after a blessing.
pub(crate) fn folder(path: &Path, is: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    if blessing() {
        if path.exists() {
            std::fs::remove_dir_all(path).expect("a removable fixture");
        }
        for (name, bytes) in is {
            let target = path.join(name);
            std::fs::create_dir_all(target.parent().expect("files lie in folders")).expect("a new folder");
            std::fs::write(target, bytes).expect("a writable fixture");
        }
        return Vec::new();
    }
    tree::differences(is, &if path.exists() { tree::read(path) } else { BTreeMap::new() })
}
