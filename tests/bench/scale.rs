//! How the program does on a large site: `cargo bench --bench scale -- --reports 10000 --runs 3` writes a corpus, runs the
//! program as its own process for each case of [`cases::Case`], and prints what it cost and how that stands against the goals. Without
//! `--bench` (as `cargo test --all-targets` calls it) every case runs once on a tiny corpus and nothing is printed.

mod corpus;

#[path = "scale/cases.rs"]
mod cases;
#[path = "scale/hugo.rs"]
mod hugo;
#[path = "scale/measure.rs"]
mod measure;
#[path = "scale/serve.rs"]
mod serve;
#[path = "scale/site.rs"]
mod site;
#[path = "scale/table.rs"]
mod table;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Parser;

use self::cases::{Bench, Case, Costs};

/// Measures builds of a large site.
#[derive(Parser)]
struct Options {
    /// Sizes of the corpus, in reports
    #[arg(long, value_delimiter = ',', default_value = "1000")]
    reports: Vec<usize>,
    /// Rounds; each runs every case once
    #[arg(long, default_value = "3", value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Only these cases
    #[arg(long, value_delimiter = ',')]
    only: Vec<Case>,
    /// The program of Hugo, where it is not on the path
    #[arg(long, value_name = "PATH")]
    hugo: Option<PathBuf>,
    /// Work in this folder, and keep the corpus
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Only write the corpus into this folder
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// What cargo passes
    #[arg(long, hide = true)]
    bench: bool,
}

/// Reports of the corpus that is only tried.
const TINY: usize = 20;

fn main() -> io::Result<()> {
    let options = Options::parse();
    if !options.bench {
        return try_all();
    }
    if let Some(folder) = &options.write {
        return corpus::write(folder, options.reports[0], corpus::SETTINGS);
    }
    let out = &mut io::stdout().lock();
    let cases: Vec<Case> =
        Case::ALL.into_iter().filter(|case| options.only.is_empty() || options.only.contains(case)).collect();
    let hugo = cases.contains(&Case::Hugo).then(|| hugo::find(options.hugo.as_deref())).flatten();
    match &hugo {
        Some((program, version)) => writeln!(out, "{}: {version}", program.display())?,
        None if cases.contains(&Case::Hugo) => writeln!(out, "no Hugo on the path nor by --hugo: it is left out")?,
        None => {}
    }
    let cores = std::thread::available_parallelism()?;
    writeln!(out, "{cores} cores, nianbao {}", env!("CARGO_PKG_VERSION"))?;
    let hugo = hugo.as_ref().map(|(program, _)| program.as_path());
    let temporary = tempfile::tempdir()?;
    let folder = options.keep.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(folder)?;
    let mut all: Vec<(usize, Costs)> = Vec::new();
    for reports in &options.reports {
        let (costs, stages) = size(folder, *reports, &cases, hugo, options.runs, out)?;
        table::measured(out, *reports, &costs)?;
        table::goals(out, *reports, &costs)?;
        if let Some(stages) = stages {
            writeln!(out, "\nstages of a full build of {reports} reports\n{stages}")?;
        }
        all.push((*reports, costs));
    }
    for pair in all.windows(2) {
        let [(few, fewer), (many, more)] = pair else { continue };
        table::growth(out, (*few, fewer), (*many, more))?;
    }
    Ok(())
}

/// Measures all cases at one size; the times of the stages come with the full build.
fn size(
    folder: &Path,
    reports: usize,
    cases: &[Case],
    hugo: Option<&Path>,
    runs: u32,
    out: &mut dyn Write,
) -> io::Result<(Costs, Option<String>)> {
    let mut bench = Bench::write(folder, reports, cases, hugo)?;
    let mut costs = Costs::new();
    for run in 1..=runs {
        for case in cases {
            if let Some(cost) = bench.measure(*case)? {
                writeln!(out, "run {run}, {}: {:.2} s, CPU {:.2} s", case.words(), cost.wall, cost.cpu)?;
                costs.entry(*case).or_default().push(cost);
            }
        }
    }
    let stages = if cases.contains(&Case::Full) { bench.stages()? } else { None };
    Ok((costs, stages))
}

/// Every case once, with as little as there can be.
fn try_all() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let (costs, _) = size(folder.path(), TINY, &Case::ALL, None, 1, &mut io::sink())?;
    for (case, costs) in &costs {
        let pages = costs[0].written.pages as usize;
        assert!(pages >= TINY || !matches!(case, Case::Full | Case::Lean | Case::Copy), "{case:?} wrote {pages} pages");
    }
    hugo::write(&folder.path().join("hugo"), TINY)?;
    table::measured(&mut io::sink(), TINY, &costs)?;
    table::goals(&mut io::sink(), TINY, &costs)
}
