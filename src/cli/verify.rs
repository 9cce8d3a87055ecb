//! `verify`: says whether files are what their list says. Its words stand here too.

use std::path::Path;

use super::options::{Chatter, Options};
use super::pack::{damaged, no_manifest};
use super::print::Format;
use super::words::{plural, shown};
use super::{Status, machine, refuse, show, tell};
use crate::diagnostic::catalogue::Language::{self, Chinese, English};
use crate::verify::{Comparison, Verdict, is_comparable, verify};

/// Compares and says what differs: 0 when nothing does, 1 when something does, 2 when that cannot be told.
pub fn run(target: &Path, manifest: Option<&Path>, options: &Options) -> Status {
    let language = options.language;
    if target.exists() && !is_comparable(target) {
        return refuse(&not_comparable(target, language), language);
    }
    match verify(target, manifest) {
        Ok(Verdict::Compared(comparison)) => told(&comparison, options),
        Ok(Verdict::NoManifest(place)) => refuse(&no_manifest(&place, language), language),
        Ok(Verdict::Damaged(file, damage)) => refuse(&damaged(&file, &damage, language), language),
        Err(error) => machine(&error, language),
    }
}

fn told(comparison: &Comparison, options: &Options) -> Status {
    let language = options.language;
    let shown = match options.format {
        Format::Json => show(&json(comparison), language),
        _ if comparison.is_clean() => tell(&intact(comparison.intact, language), options),
        _ => show(&differences(comparison, options.chatter, language), language),
    };
    match shown {
        Status::Clean if !comparison.is_clean() => Status::Mistakes,
        status => status,
    }
}

/// An object with the number of intact files and the lists of the others; keys are only ever added.
fn json(comparison: &Comparison) -> String {
    let Comparison { intact, changed, missing, foreign } = comparison;
    let value = serde_json::json!({ "intact": intact, "changed": changed, "missing": missing, "foreign": foreign });
    format!("{value:#}\n")
}

/// A line for each file that differs, then the counts.
fn differences(comparison: &Comparison, chatter: Chatter, language: Language) -> String {
    let Comparison { intact, changed, missing, foreign } = comparison;
    let names = match language {
        Chinese => ["改动", "缺少", "多出"],
        English => ["changed", "missing", "foreign"],
    };
    let mut out = String::new();
    for (name, paths) in names.iter().zip([changed, missing, foreign]) {
        out.extend(paths.iter().map(|path| format!("{name}  {}\n", shown(path))));
    }
    let counts = [changed.len(), missing.len(), foreign.len()];
    match (chatter, language) {
        (Chatter::Quiet, _) => out,
        (_, Chinese) => {
            let [changed, missing, foreign] = counts;
            out + &format!("{intact} 个文件完好，改动 {changed} 个，缺少 {missing} 个，多出 {foreign} 个\n")
        }
        (_, English) => {
            let [changed, missing, foreign] = counts;
            out + &format!("{intact} intact, {changed} changed, {missing} missing, {foreign} foreign\n")
        }
    }
}

fn intact(count: usize, language: Language) -> String {
    match language {
        Chinese => format!("{count} 个文件全部完好\n"),
        English => format!("all {} intact\n", plural(count, "file")),
    }
}

fn not_comparable(target: &Path, language: Language) -> String {
    let target = target.display();
    match language {
        Chinese => format!("`{target}` 既不是文件夹，也不是压缩包；清单用 `--manifest` 指定"),
        English => format!("`{target}` is neither a folder nor a zip; name a list with `--manifest`"),
    }
}
