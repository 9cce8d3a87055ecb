//! `nianbao init`: a small site that builds at once, for learning by changing it. Nothing that exists is touched: if one
//! of the files is already there, none is written.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Action, Error, Result};

/// What `init` did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Made {
    /// Wrote these files.
    Site(Vec<PathBuf>),
    /// Wrote nothing, since this file is already there.
    Nothing(PathBuf),
}

/// Writes the example site below a folder, which is made when missing.
pub fn init(folder: &Path) -> Result<Made> {
    let paths: Vec<PathBuf> = FILES.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(taken) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        return Ok(Made::Nothing(taken.clone()));
    }
    for (path, (_, text)) in paths.iter().zip(FILES) {
        write_new(path, text)?;
    }
    Ok(Made::Site(paths))
}

/// Writes a file that must not exist yet, with the folders above it.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|cause| Error::new(Action::CreateFolder, folder, cause))?;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|cause| Error::new(Action::Write, path, cause))
}

/// The files of the example site.
const FILES: &[(&str, &str)] = &[
    ("content/site.toml", include_str!("init/site.toml")),
    ("content/indicators.toml", include_str!("init/indicators.toml")),
    ("content/regions.toml", include_str!("init/regions.toml")),
    ("content/index.md", include_str!("init/index.md")),
    ("content/pages/about.md", include_str!("init/about.md")),
    ("content/shili/2023.md", include_str!("init/2023.md")),
    ("content/shili/2024.md", include_str!("init/2024.md")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;
    use crate::{build, new_report};

    #[test]
    fn a_site_is_written_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let site = folder.path().join("new/site");
        let Made::Site(paths) = init(&site).expect("writable") else { panic!("nothing stood in the way") };
        assert_eq!(paths.len(), FILES.len());
        assert!(paths.iter().all(|path| path.is_file()));
        std::fs::remove_file(&paths[0]).expect("removable");
        std::fs::write(&paths[1], "mine").expect("writable");
        assert_eq!(init(&site).expect("readable"), Made::Nothing(paths[1].clone()));
        assert!(!paths[0].exists(), "nothing was written");
        assert_eq!(std::fs::read(&paths[1]).expect("readable"), b"mine");
    }

    /// The findings of a site, as codes.
    fn findings(site: &Path, drafts: bool) -> Vec<&'static str> {
        let options = build::Options {
            root: site.to_owned(),
            output: None,
            today: "2026-01-01".parse().expect("a date"),
            write: false,
            drafts,
            deny_warnings: true,
            release: false,
            base_url: None,
            jobs: None,
            known: None,
            review: None,
            progress: None,
        };
        build::run(&options).expect("readable").diagnostics.iter().map(|found| found.code).collect()
    }

    #[test]
    fn nothing_is_found_in_what_is_written() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        init(folder.path()).expect("writable");
        assert_eq!(findings(folder.path(), false), [""; 0]);
        let wanted = |region: &str, kind| new_report::Wanted {
            region: region.to_owned(),
            period: Period::parse("2025").expect("a period"),
            kind,
        };
        for wanted in [wanted("shili", "summary"), wanted("429006", "plan")] {
            new_report::new_report(folder.path(), &wanted).expect("writable");
        }
        assert_eq!(findings(folder.path(), true), [""; 0]);
    }

    #[test]
    fn figures_stand_in_the_text_as_well() {
        for (name, text) in FILES.iter().filter(|(name, _)| name.starts_with("content/shili/")) {
            let (front, body) = text[4..].split_once("\n+++\n").expect("a closed front matter");
            let (_, metrics) = front.split_once("[metrics]\n").expect("metrics");
            for line in metrics.lines() {
                let figure = line.split('"').nth(1).expect("a figure in quotes");
                assert!(body.contains(figure), "{name}: {line}");
            }
        }
    }
}
