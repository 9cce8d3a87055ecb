//! regions.toml: one table a code or id with `name`, `level`, `parent`.

use crate::diagnostic::Diagnostic;
use crate::keys::{Keys, Value};
use crate::region::{Declared, Level, RegionFault, Regions};

/// Reads regions.toml on top of the built-in list.
pub(super) fn read(value: &Value, found: &mut Vec<Diagnostic>) -> Regions {
    let table = Keys::of(value, "regions.toml", found);
    let mut declared = Vec::new();
    let mut places = Vec::new();
    for (key, value) in table.entries() {
        let keys = Keys::of(value, format!("[{}]", key.name), found);
        let level = keys.text("level").and_then(|text| {
            let known = Level::NAMES.iter().find(|(name, _)| *name == text.value).map(|(_, level)| *level);
            if known.is_none() {
                let names = Level::NAMES.map(|(name, _)| name);
                keys.report(
                    Diagnostic::error("unknown-kind", text.span)
                        .arg("kind", &text.value)
                        .suggest(&text.value, names)
                        .arg("known", names.join(", ")),
                );
            }
            known
        });
        let text = |key| keys.text(key).map(|text| text.value);
        declared.push(Declared { code: key.name.clone(), name: text("name"), level, parent: text("parent") });
        places.push(key.span);
        keys.finish(found);
    }
    let (regions, faults) = Regions::new(&declared);
    for fault in faults {
        let (RegionFault::UnknownParent { code, .. } | RegionFault::Cycle { code }) = &fault;
        let at = declared.iter().position(|entry| entry.code == *code).expect("faults are about declared regions");
        found.push(match &fault {
            RegionFault::UnknownParent { code, parent } => {
                Diagnostic::error("region-parent", places[at]).arg("id", code).arg("parent", parent)
            }
            RegionFault::Cycle { code } => Diagnostic::error("region-cycle", places[at]).arg("id", code),
        });
    }
    regions
}
