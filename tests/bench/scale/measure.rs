//! What a run of a program costs, and how much lies in a folder. In go commands and folders, out come numbers.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use wait4::Wait4;

/// The cost of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of all cores, in the program and in the system.
    pub(crate) cpu: f64,
    /// Largest resident memory, in bytes.
    pub(crate) peak: u64,
    /// Files written.
    pub(crate) written: Weight,
}

/// Files and their bytes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Weight {
    /// How many.
    pub(crate) files: u64,
    /// How long they are together.
    pub(crate) bytes: u64,
    /// How many of them are HTML.
    pub(crate) pages: u64,
}

/// Runs a command to its end and counts the files that are newer in a folder. A run that fails is an error with what it said.
pub(crate) fn run(command: &mut Command, said: &Path, output: &Path) -> io::Result<Cost> {
    // What earlier runs have left to write is not paid by this one.
    let _ = Command::new("sync").status();
    let day = next_second();
    let log = File::create(said)?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = start.elapsed();
    if !used.status.success() {
        let words = std::fs::read_to_string(said)?;
        return Err(io::Error::other(format!("{command:?}: {}\n{words}", used.status)));
    }
    Ok(Cost {
        wall: wall.as_secs_f64(),
        cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        peak: used.rusage.maxrss,
        written: weigh(output, day)?,
    })
}

/// Waits for a second to begin: the fractions of the times of built files tell of their content, so only seconds tell when.
fn next_second() -> SystemTime {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    std::thread::sleep(Duration::from_secs(1) - Duration::from_nanos(u64::from(since.subsec_nanos())));
    SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs() + 1)
}

/// The files below a folder that were written since a moment; nothing where there is no folder.
pub(crate) fn weigh(folder: &Path, since: SystemTime) -> io::Result<Weight> {
    let mut weight = Weight::default();
    if !folder.exists() {
        return Ok(weight);
    }
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() && metadata.modified()? >= since {
            weight.files += 1;
            weight.bytes += metadata.len();
            weight.pages += u64::from(entry.path().extension().is_some_and(|ending| ending == "html"));
        }
    }
    Ok(weight)
}

/// Median, smallest and largest of several numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    /// The one in the middle.
    pub(crate) median: f64,
    /// The smallest.
    pub(crate) low: f64,
    /// The largest.
    pub(crate) high: f64,
}

impl Spread {
    /// The spread of at least one number.
    pub(crate) fn of(numbers: impl Iterator<Item = f64>) -> Spread {
        let mut numbers: Vec<f64> = numbers.collect();
        numbers.sort_by(f64::total_cmp);
        let middle = numbers.len() / 2;
        let median = if numbers.len().is_multiple_of(2) {
            f64::midpoint(numbers[middle - 1], numbers[middle])
        } else {
            numbers[middle]
        };
        Spread { median, low: numbers[0], high: numbers[numbers.len() - 1] }
    }
}
