//! How the program does on a large site: `cargo bench --bench scale -- --reports 10000 --runs 3`. Without `--bench` (as
//! `cargo test --all-targets` calls it) a small corpus is written and nothing measured.

mod corpus;

use std::io;
use std::path::PathBuf;

use clap::Parser;

/// Measures builds of a large site.
#[derive(Parser)]
struct Options {
    /// Sizes of the corpus, in reports
    #[arg(long, value_delimiter = ',', default_value = "1000")]
    reports: Vec<usize>,
    /// Only write the corpus into a folder
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// What cargo passes
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> io::Result<()> {
    let options = Options::parse();
    if !options.bench {
        let folder = tempfile::tempdir()?;
        return corpus::write(folder.path(), 20, corpus::SETTINGS);
    }
    let sizes = &options.reports;
    if let Some(folder) = &options.write {
        return corpus::write(folder, sizes[0], corpus::SETTINGS);
    }
    Ok(())
}
