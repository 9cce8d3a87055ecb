//! What is measured. A case prepares its site, runs once and returns the cost; rounds run one after the other, so that what the machine
//! does meanwhile falls on all cases alike.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use crate::hugo;
use crate::measure::{self, Cost};
use crate::serve;
use crate::site::{self, Site};

/// A thing to measure, in the order of a round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, ValueEnum)]
#[value(rename_all = "lower")]
pub(crate) enum Case {
    /// A build without output or cache.
    Full,
    /// `cp -r` of the output.
    Copy,
    /// A build after which nothing changed.
    NoChange,
    /// A build after a figure was edited.
    Figure,
    /// A build after a region was renamed.
    Region,
    /// A check.
    Check,
    /// A build after the template of reports was edited.
    Template,
    /// The first page of a server.
    Serve,
    /// A page loaded again after a figure was saved.
    Reload,
    /// A full build of the pages that the site of Hugo has.
    Lean,
    /// A full build with Hugo.
    Hugo,
}

impl Case {
    /// All cases in their order.
    pub(crate) const ALL: [Case; 11] = [
        Case::Full,
        Case::Copy,
        Case::NoChange,
        Case::Figure,
        Case::Region,
        Case::Check,
        Case::Template,
        Case::Serve,
        Case::Reload,
        Case::Lean,
        Case::Hugo,
    ];

    /// Words for the table.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Case::Full => "full build",
            Case::Copy => "cp -r of the output",
            Case::NoChange => "no change",
            Case::Figure => "one figure edited",
            Case::Region => "one region renamed",
            Case::Check => "check",
            Case::Template => "one template edited",
            Case::Serve => "serve: first page",
            Case::Reload => "serve: save to page",
            Case::Lean => "full build, lean site",
            Case::Hugo => "Hugo, lean site",
        }
    }

    /// Whether it measures the site with everything.
    fn is_of_main(self) -> bool {
        !matches!(self, Case::Lean | Case::Hugo)
    }
}

/// Costs of the rounds of each case.
pub(crate) type Costs = BTreeMap<Case, Vec<Cost>>;

/// The sites of one size.
pub(crate) struct Bench {
    main: Option<Site>,
    lean: Option<Site>,
    hugo: Option<(PathBuf, PathBuf)>,
    folder: PathBuf,
    /// Whether the output is that of the content.
    is_built: bool,
}

impl Bench {
    /// Writes the sites that the cases need. `hugo` is its program.
    pub(crate) fn write(folder: &Path, reports: usize, cases: &[Case], hugo: Option<&Path>) -> io::Result<Bench> {
        let wants = |case: Case| cases.contains(&case);
        let at = |name: &str| folder.join(format!("{name}-{reports}"));
        let main = cases
            .iter()
            .any(|case| case.is_of_main())
            .then(|| Site::write(&at("site"), reports, crate::corpus::SETTINGS, ("gov", &site::gov())));
        let lean = wants(Case::Lean).then(|| {
            let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/lean-theme");
            Site::write(&at("lean"), reports, hugo::LEAN_SETTINGS, ("lean", &theme))
        });
        let hugo = hugo
            .filter(|_| wants(Case::Hugo))
            .map(|program| hugo::write(&at("hugo"), reports).map(|()| (program.to_owned(), at("hugo"))));
        Ok(Bench {
            main: main.transpose()?,
            lean: lean.transpose()?,
            hugo: hugo.transpose()?,
            folder: folder.to_owned(),
            is_built: false,
        })
    }

    /// Measures a case once; none where it cannot be measured here.
    pub(crate) fn measure(&mut self, case: Case) -> io::Result<Option<Cost>> {
        let log = self.folder.join("said.txt");
        match case {
            Case::Lean => self.lean.as_ref().map(|site| full(site, &log)).transpose(),
            Case::Hugo => self.hugo.as_ref().map(|(program, site)| hugo::build(program, site, &log)).transpose(),
            of_main => self.measure_main(of_main, &log),
        }
    }

    fn measure_main(&mut self, case: Case, log: &Path) -> io::Result<Option<Cost>> {
        let Some(site) = &mut self.main else { return Ok(None) };
        let output = site.output();
        if !self.is_built && case != Case::Full {
            measure::run(&mut site.program(&["build"]), log, &output)?;
        }
        self.is_built = true;
        match case {
            Case::Full => return full(site, log).map(Some),
            Case::Copy => return copy(&output, &self.folder.join("copy"), log).map(Some),
            Case::Serve => return serve::first_page(site).map(Some),
            Case::Reload => {
                let cost = serve::reload(site).map(Some);
                // What the edits left is not the next build's.
                self.is_built = false;
                return cost;
            }
            Case::Figure => site.edit_figure()?,
            Case::Region => site.rename_region()?,
            Case::Template => site.edit_template()?,
            Case::NoChange | Case::Check | Case::Lean | Case::Hugo => {}
        }
        let command = if case == Case::Check { "check" } else { "build" };
        let cost = measure::run(&mut site.program(&[command]), log, &output)?;
        if case == Case::Template {
            // All that follows is measured with the theme as it comes.
            site.restore_template()?;
            self.is_built = false;
        }
        Ok(Some(cost))
    }

    /// The times of the stages of a build, in the program's own words; none where it does not tell.
    pub(crate) fn stages(&self) -> io::Result<Option<String>> {
        let Some(site) = &self.main else { return Ok(None) };
        let help = site.program(&["build", "--help"]).output()?;
        if !String::from_utf8_lossy(&help.stdout).contains("--timings") {
            return Ok(None);
        }
        site.clear()?;
        let said = site.program(&["build", "--timings"]).output()?;
        Ok(Some(format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr))))
    }
}

fn full(site: &Site, log: &Path) -> io::Result<Cost> {
    site.clear()?;
    measure::run(&mut site.program(&["build"]), log, &site.output())
}

fn copy(from: &Path, to: &Path, log: &Path) -> io::Result<Cost> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    let cost = measure::run(Command::new("cp").arg("-r").args([from, to]), log, to)?;
    std::fs::remove_dir_all(to)?;
    Ok(cost)
}
