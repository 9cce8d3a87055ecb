//! A site of the benchmark in a folder, and the edits whose price is measured. Every edit is a real one each time it is made: what it
//! writes never stood there before.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::{self, Place};

/// A site in a folder.
pub(crate) struct Site {
    /// Its folder.
    pub(crate) root: PathBuf,
    place: Place,
    report: PathBuf,
    edits: u32,
}

/// The figure that is edited, beside the name of its indicator in the front matter. No other report quotes it.
const FIGURE: &str = "life-expectancy = \"";

/// The template that is edited: that of most pages.
const TEMPLATE: &str = "templates/report.html";

impl Site {
    /// Writes a site of so many reports with a theme in its own folder.
    pub(crate) fn write(root: &Path, reports: usize, settings: &str, theme: (&str, &Path)) -> io::Result<Site> {
        corpus::write(root, reports, settings)?;
        copy(theme.1, &root.join("themes").join(theme.0))?;
        let places = corpus::places(reports);
        let place = places[places.len().min(2_000) / 2].clone();
        let report = root.join(format!("content/{}/{}.md", place.code, corpus::YEARS.start));
        Ok(Site { root: root.to_owned(), place, report, edits: 0 })
    }

    /// The program in this site. Its environment says nothing, and a warning fails it: the texts agree with their figures.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.env_clear().current_dir(&self.root).args(arguments);
        command.args(["--deny", "warnings", "--format", "short", "--today", "2026-01-01"]);
        command
    }

    /// The server of this site, on any free port.
    pub(crate) fn server(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.env_clear().current_dir(&self.root).args(["serve", "--port", "0", "--today", "2026-01-01"]);
        command
    }

    /// The address of the report that is edited.
    pub(crate) fn page(&self) -> String {
        format!("/reports/{}/{}/index.html", self.place.code, corpus::YEARS.start)
    }

    /// Where pages go.
    pub(crate) fn output(&self) -> PathBuf {
        self.root.join("public")
    }

    /// Removes what builds have left: the output and what lies beside it for it.
    pub(crate) fn clear(&self) -> io::Result<()> {
        for entry in std::fs::read_dir(&self.root)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let made = name == "public" || name.starts_with(".public.") || name.starts_with(".nianbao");
            match made.then(|| entry.file_type()).transpose()? {
                Some(kind) if kind.is_dir() => std::fs::remove_dir_all(entry.path())?,
                Some(_) => std::fs::remove_file(entry.path())?,
                None => {}
            }
        }
        Ok(())
    }

    /// Raises one figure by a tenth, in the front matter and in the text.
    pub(crate) fn edit_figure(&mut self) -> io::Result<()> {
        let text = std::fs::read_to_string(&self.report)?;
        let (_, rest) = text.split_once(FIGURE).ok_or_else(|| lost(&self.report, FIGURE))?;
        let old = rest.split('岁').next().unwrap_or_default();
        let tenths: u32 = old.replace('.', "").parse().map_err(io::Error::other)?;
        let new = format!("{}.{}岁", (tenths + 1) / 10, (tenths + 1) % 10);
        std::fs::write(&self.report, text.replace(&format!("{old}岁"), &new))
    }

    /// The figure that is edited, as it stands now.
    pub(crate) fn figure(&self) -> io::Result<String> {
        let text = std::fs::read_to_string(&self.report)?;
        let (_, rest) = text.split_once(FIGURE).ok_or_else(|| lost(&self.report, FIGURE))?;
        Ok(rest.split('岁').next().unwrap_or_default().to_owned())
    }

    /// Gives one region another name.
    pub(crate) fn rename_region(&mut self) -> io::Result<()> {
        self.edits += 1;
        let file = self.root.join("content/regions.toml");
        let text = std::fs::read_to_string(&file)?;
        let head = format!("[{}]\nname = \"", self.place.code);
        let (before, after) = match text.split_once(&head) {
            Some((before, rest)) => {
                (before.to_owned(), rest.split_once('\n').map_or("", |(_, after)| after).to_owned())
            }
            None => (text.clone(), String::new()),
        };
        let name = format!("{}第{}新区", self.place.name, self.edits);
        std::fs::write(file, format!("{before}{head}{name}\"\n{after}"))
    }

    /// Adds a line to the template of reports.
    pub(crate) fn edit_template(&mut self) -> io::Result<()> {
        self.edits += 1;
        let (file, block) = (self.template(), "{% block content %}");
        let text = std::fs::read_to_string(&file)?;
        let (before, after) = text.split_once(block).ok_or_else(|| lost(&file, block))?;
        std::fs::write(&file, format!("{before}{block}\n<!-- {} -->{after}", self.edits))
    }

    /// Puts the template of reports back to what it was.
    pub(crate) fn restore_template(&self) -> io::Result<()> {
        std::fs::copy(gov().join(TEMPLATE), self.template()).map(drop)
    }

    fn template(&self) -> PathBuf {
        self.root.join("themes/gov").join(TEMPLATE)
    }
}

fn lost(file: &Path, words: &str) -> io::Error {
    io::Error::other(format!("{}: `{words}` is not there", file.display()))
}

/// The theme that the program brings along.
pub(crate) fn gov() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/gov")
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).map_err(io::Error::other)?);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
