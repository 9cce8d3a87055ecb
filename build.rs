//! Copies the ECharts script out of the charming crate's own package into `OUT_DIR`, where `src/chart/script.rs` includes it.
//!
//! Why so: the option JSON comes from charming, so the script of the same package always fits it; no megabyte of foreign
//! JavaScript in this repository, no download while building, and Cargo's lock file and checksums cover it.
//! How: a probe package that depends on nothing but charming is written to `OUT_DIR`, and `cargo metadata --offline` says
//! where charming lies; so a registry, `cargo vendor` and a path dependency all work. The crate's own manifest is not asked,
//! because its development dependencies need not have been fetched, and a vendored crate lies in a foreign workspace.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The requirement of `Cargo.toml`; the lock file narrows it to the version that is compiled.
const CHARMING: &str = "0.6";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    // The theme is compiled in by a macro that Cargo cannot see through.
    println!("cargo::rerun-if-changed=themes/gov");
    let out = PathBuf::from(variable("OUT_DIR"));
    let copied = script(&out).and_then(|from| {
        println!("cargo::rerun-if-changed={}", from.display());
        let to = out.join("echarts.min.js");
        fs::copy(&from, &to).map_err(|error| format!("cannot copy {} to {}: {error}", from.display(), to.display()))
    });
    if let Err(reason) = copied {
        println!("cargo::error=cannot take the ECharts script from the charming package: {reason}");
    }
}

/// Finds the script in charming's package.
fn script(out: &Path) -> Result<PathBuf, String> {
    let folder = charming(out)?.join("src").join("asset");
    let entries = fs::read_dir(&folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("echarts-") && name.ends_with(".min.js")
        })
        .collect();
    found.sort();
    found.pop().ok_or_else(|| {
        format!("{} holds no echarts-*.min.js; this version of charming may keep it elsewhere", folder.display())
    })
}

/// Finds the folder of the charming package: with the lock file of this build, of this package, or with none.
fn charming(out: &Path) -> Result<PathBuf, String> {
    let probe = out.join("probe");
    let written = fs::create_dir_all(probe.join("src"))
        .and_then(|()| fs::write(probe.join("src").join("lib.rs"), ""))
        .and_then(|()| {
            let manifest = format!(
                "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n\
                 [dependencies]\ncharming = {{ version = \"{CHARMING}\", default-features = false }}\n"
            );
            fs::write(probe.join("Cargo.toml"), manifest)
        });
    written.map_err(|error| format!("cannot write {}: {error}", probe.display()))?;
    let package = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    // A configuration file with `cargo vendor`'s folder is found from where the command runs: where the build was started,
    // or above the target folder, or above this package.
    let places = [PathBuf::from(variable("PWD")), out.to_path_buf(), package.clone()];
    let locks = [lock_above(out), lock_above(&package), None];
    let mut refusals: Vec<String> = Vec::new();
    for lock in locks {
        for place in places.iter().filter(|place| place.is_dir()) {
            match ask(&probe, lock.as_deref(), place) {
                Ok(folder) => return Ok(folder),
                Err(reason) if refusals.contains(&reason) => {}
                Err(reason) => refusals.push(reason),
            }
        }
    }
    Err(refusals.join(" · or: "))
}

/// Finds the nearest lock file in a folder or above it.
fn lock_above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|at| at.join("Cargo.lock")).find(|at| at.is_file())
}

/// Asks Cargo, offline, where the probe's charming lies.
fn ask(probe: &Path, lock: Option<&Path>, place: &Path) -> Result<PathBuf, String> {
    let own = probe.join("Cargo.lock");
    let placed = match lock {
        Some(lock) => fs::copy(lock, &own).map(|_| ()),
        None if own.exists() => fs::remove_file(&own),
        None => Ok(()),
    };
    placed.map_err(|error| format!("cannot write {}: {error}", own.display()))?;
    let output = Command::new(variable("CARGO"))
        .current_dir(place)
        .args(["metadata", "--offline", "--format-version", "1", "--filter-platform", &variable("TARGET")])
        .arg("--manifest-path")
        .arg(probe.join("Cargo.toml"))
        .output()
        .map_err(|error| format!("cannot run cargo metadata: {error}"))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let words: Vec<&str> = words.split_whitespace().collect();
        return Err(format!("cargo metadata says: {}", words.join(" ")));
    }
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let manifest = packages
        .iter()
        .find(|package| package["name"] == "charming")
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or("cargo metadata knows no package charming")?;
    Ok(Path::new(manifest).parent().map(Path::to_path_buf).unwrap_or_default())
}

/// Reads a variable that Cargo always sets for build scripts.
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}
