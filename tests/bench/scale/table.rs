//! The tables: what was measured, and how it stands against the goals.

use std::io::{self, Write};

use crate::cases::{Case, Costs};
use crate::measure::{Cost, Spread};

/// What costs of one size are held against.
struct Goal {
    words: &'static str,
    of: (Case, Quality),
    to: (Case, Quality),
    most: f64,
}

/// A quality of a cost.
#[derive(Clone, Copy)]
enum Quality {
    Wall,
    Cpu,
}

impl Quality {
    fn of(self, cost: &Cost) -> f64 {
        match self {
            Quality::Wall => cost.wall,
            Quality::Cpu => cost.cpu,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Quality::Wall => "wall",
            Quality::Cpu => "CPU",
        }
    }
}

#[rustfmt::skip]
const GOALS: [Goal; 6] = [
    Goal { words: "full build : Hugo, lean site", of: (Case::Lean, Quality::Cpu), to: (Case::Hugo, Quality::Cpu), most: 0.125 },
    Goal { words: "full build : cp -r", of: (Case::Full, Quality::Wall), to: (Case::Copy, Quality::Wall), most: 3.0 },
    Goal { words: "no change : full build", of: (Case::NoChange, Quality::Cpu), to: (Case::Full, Quality::Cpu), most: 0.05 },
    Goal { words: "one figure : full build", of: (Case::Figure, Quality::Cpu), to: (Case::Full, Quality::Cpu), most: 0.07 },
    Goal { words: "check : full build", of: (Case::Check, Quality::Cpu), to: (Case::Full, Quality::Cpu), most: 0.5 },
    Goal { words: "check : full build", of: (Case::Check, Quality::Wall), to: (Case::Full, Quality::Wall), most: 0.5 },
];

/// Most memory of any build: up to so many reports, bytes.
const MEMORY: [(usize, f64); 2] = [(10_000, 200e6), (100_000, 1.2e9)];

/// Most milliseconds from a saved file to the page loaded again.
const RELOAD: f64 = 200.0;

/// Most that ten times the reports may take in time.
const TENFOLD: f64 = 11.0;

/// Prints what was measured of one size.
pub(crate) fn measured(out: &mut dyn Write, reports: usize, costs: &Costs) -> io::Result<()> {
    let runs = costs.values().map(Vec::len).max().unwrap_or_default();
    writeln!(
        out,
        "\n{reports} reports, {runs} runs: median (smallest–largest); files, pages and bytes are those written"
    )?;
    let head = ["wall, s", "CPU, s"].map(|words| format!("{words:>26}")).concat();
    writeln!(out, "{:<24}{head}{:>9}{:>9}{:>9}{:>9}", "", "peak, MB", "files", "pages", "MB")?;
    for (case, costs) in costs {
        let (wall, cpu) = (spread(costs, Quality::Wall), spread(costs, Quality::Cpu));
        let last = costs[costs.len() - 1].written;
        let megabytes = last.bytes as f64 / 1e6;
        let peak = peak(costs) / 1e6;
        writeln!(
            out,
            "{:<24}{:>26}{:>26}{peak:>9.0}{:>9}{:>9}{megabytes:>9.1}",
            case.words(),
            told(wall),
            told(cpu),
            last.files,
            last.pages
        )?;
    }
    Ok(())
}

/// Prints the costs of one size against the goals.
pub(crate) fn goals(out: &mut dyn Write, reports: usize, costs: &Costs) -> io::Result<()> {
    writeln!(
        out,
        "\n{:<30}{:>6}{:>12}{:>12}{:>9}{:>9}",
        format!("{reports} reports"),
        "",
        "is",
        "against",
        "ratio",
        "goal"
    )?;
    for goal in &GOALS {
        let (Some(of), Some(to)) = (costs.get(&goal.of.0), costs.get(&goal.to.0)) else { continue };
        let (is, against) = (spread(of, goal.of.1).median, spread(to, goal.to.1).median);
        line(out, goal.words, goal.of.1.words(), (is, against), goal.most)?;
    }
    let limit = MEMORY.iter().find(|(most, _)| reports <= *most);
    if let Some(reload) = costs.get(&Case::Reload) {
        line(out, "save to page, ms", "wall", (spread(reload, Quality::Wall).median * 1e3, RELOAD), 1.0)?;
    }
    let others = [Case::Copy, Case::Check, Case::Hugo, Case::Lean, Case::Serve, Case::Reload];
    let builds = costs.iter().filter(|(case, _)| !others.contains(case));
    let peak = builds.map(|(_, costs)| peak(costs)).fold(0.0, f64::max);
    if let (Some((_, limit)), true) = (limit, peak > 0.0) {
        line(out, "peak memory, MB", "", (peak / 1e6, limit / 1e6), 1.0)?;
    }
    if let (Some(lean), Some(hugo)) = (costs.get(&Case::Lean), costs.get(&Case::Hugo)) {
        let (lean, hugo) = (lean[0].written, hugo[0].written);
        let words = format!("the lean site has {} pages in {} files, that of Hugo", lean.pages, lean.files);
        writeln!(out, "{words} {} in {}", hugo.pages, hugo.files)?;
    }
    Ok(())
}

/// Prints how time grows from one size to another of ten times as many reports.
pub(crate) fn growth(
    out: &mut dyn Write,
    (few, fewer): (usize, &Costs),
    (many, more): (usize, &Costs),
) -> io::Result<()> {
    if few == 0 || many != few * 10 {
        return Ok(());
    }
    writeln!(
        out,
        "\n{:<30}{:>6}{:>12}{:>12}{:>9}{:>9}",
        format!("{many} : {few} reports"),
        "",
        "is",
        "against",
        "ratio",
        "goal"
    )?;
    for (case, more) in more {
        let Some(fewer) = fewer.get(case) else { continue };
        for quality in [Quality::Wall, Quality::Cpu] {
            let pair = (spread(more, quality).median, spread(fewer, quality).median);
            line(out, case.words(), quality.words(), pair, TENFOLD)?;
        }
    }
    Ok(())
}

fn line(out: &mut dyn Write, words: &str, what: &str, (is, against): (f64, f64), most: f64) -> io::Result<()> {
    let ratio = is / against;
    let verdict = if ratio <= most { "met" } else { "missed" };
    writeln!(out, "{words:<30}{what:>6}{is:>12.2}{against:>12.2}{ratio:>9.3}{most:>9.3}  {verdict}")
}

fn spread(costs: &[Cost], quality: Quality) -> Spread {
    Spread::of(costs.iter().map(|cost| quality.of(cost)))
}

fn peak(costs: &[Cost]) -> f64 {
    costs.iter().map(|cost| cost.peak as f64).fold(0.0, f64::max)
}

fn told(spread: Spread) -> String {
    format!("{:.2} ({:.2}–{:.2})", spread.median, spread.low, spread.high)
}
