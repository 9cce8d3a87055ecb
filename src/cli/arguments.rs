//! The command line as typed: what clap reads, nothing resolved yet. The words of `--help` stand in `help`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use super::print::Format;
use crate::signature::Stage;

/// What was typed.
#[derive(Parser, Debug)]
#[command(name = "nianbao", bin_name = "nianbao", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub shared: Shared,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// Options of every command.
#[derive(clap::Args, Debug)]
pub struct Shared {
    /// The folder of the site.
    #[arg(long, global = true, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// The format of findings.
    #[arg(long, global = true, default_value = "human", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
    /// The language of all words.
    #[arg(long, global = true, hide_possible_values = true)]
    pub lang: Option<Lang>,
    /// The day that counts as today.
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub today: Option<jiff::civil::Date>,
    /// Worker threads.
    #[arg(long, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Whether only findings and errors are said.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// A language by its short name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// Options of `serve`.
#[derive(clap::Args, Debug)]
pub struct Serve {
    /// The address to listen on.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1", hide_default_value = true)]
    pub address: std::net::IpAddr,
    /// The port.
    #[arg(short, long, value_name = "N", default_value_t = 8080, hide_default_value = true)]
    pub port: u16,
    /// Whether a browser is opened.
    #[arg(long)]
    pub open: bool,
    /// Whether drafts are shown.
    #[arg(long)]
    pub drafts: bool,
    /// Whether pages carry panels for reviewers.
    #[arg(long)]
    pub review: bool,
    /// The version the panels compare with.
    #[arg(long, value_name = "VERSION", requires = "review")]
    pub base: Option<String>,
}

/// How times are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Timings {
    /// A line a stage, on standard error.
    Text,
    /// An object of seconds, on standard output.
    Json,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Makes a new site.
    Init {
        /// Its folder.
        #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
        dir: PathBuf,
    },
    /// Makes a new file.
    New {
        /// What kind of file.
        #[command(subcommand)]
        what: New,
    },
    /// Builds the site.
    Build {
        /// Where pages go.
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
        /// Where the site will stand.
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Whether the time each stage took is told, and how.
        #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
        #[arg(hide_possible_values = true)]
        timings: Option<Timings>,
        /// Whether pages carry panels for reviewers.
        #[arg(long, conflicts_with = "release")]
        review: bool,
        /// The version the panels compare with.
        #[arg(long, value_name = "VERSION", requires = "review")]
        base: Option<String>,
        /// What else fails the build.
        #[command(flatten)]
        gate: Gate,
    },
    /// Shows the site in a browser and follows changes.
    Serve(Serve),
    /// Checks without writing.
    Check {
        /// What else fails the check.
        #[command(flatten)]
        gate: Gate,
        /// Whether files are mended where that needs no thought.
        #[arg(long)]
        fix: bool,
        /// Where the findings are written as known.
        #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
        write_baseline: Option<PathBuf>,
    },
    /// Prints what a template receives.
    Inspect {
        /// The page.
        page: String,
        /// Whether drafts count.
        #[arg(long)]
        drafts: bool,
    },
    /// Records published figures that changed.
    Revise {
        /// The published version.
        #[arg(long, value_name = "VERSION")]
        base: Option<String>,
        /// How the changes came about.
        #[arg(long, default_value = "correction", hide_default_value = true, hide_possible_values = true)]
        kind: RevisionKind,
        /// Why.
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
    },
    /// Packs the site for review or upload.
    Pack(Pack),
    /// Compares files with their list.
    Verify {
        /// The folder or zip.
        dir: PathBuf,
        /// The list.
        #[arg(long, value_name = "FILE")]
        manifest: Option<PathBuf>,
    },
    /// Signs reports, or shows who signed.
    Sign(Sign),
    /// Explains a code.
    Explain {
        /// The code; all codes when none.
        code: Option<String>,
    },
    /// Compares two versions.
    Diff(super::diff::Wanted),
    /// Prints help.
    Help {
        /// The command it is about.
        command: Vec<String>,
    },
}

/// What a bundle holds and where it goes.
#[derive(clap::Args, Clone, Default, Debug)]
pub struct Pack {
    /// Where it goes.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A former bundle or its list.
    #[arg(long, value_name = "MANIFEST|ZIP")]
    pub since: Option<PathBuf>,
    /// Where the site will stand.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Whether drafts count.
    #[arg(long)]
    pub drafts: bool,
    /// Whether every report must be signed.
    #[arg(long, conflicts_with = "drafts")]
    pub release: bool,
}

/// Who signs what.
#[derive(clap::Args, Clone, Default, Debug)]
pub struct Sign {
    /// The reports.
    #[arg(required_unless_present = "status")]
    pub report: Vec<PathBuf>,
    /// The stage.
    #[arg(long = "as", value_name = "STAGE", required_unless_present = "status")]
    #[arg(value_parser = super::sign::stages(), hide_possible_values = true)]
    pub stage: Option<Stage>,
    /// Who signs.
    #[arg(long, value_name = "NAME", required_unless_present = "status")]
    pub by: Option<String>,
    /// A remark.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Whether it is shown who signed.
    #[arg(long, conflicts_with_all = ["report", "stage", "by", "note"])]
    pub status: bool,
}

/// What a build or check takes in and what fails it.
#[derive(clap::Args, Clone, Default, Debug)]
pub struct Gate {
    /// What counts as an error.
    #[arg(long, hide_possible_values = true)]
    pub deny: Option<Deny>,
    /// Whether drafts count.
    #[arg(long)]
    pub drafts: bool,
    /// Whether every report must be signed.
    #[arg(long, conflicts_with = "drafts")]
    pub release: bool,
    /// Known findings that do not count.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Where a page of findings is written.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// What counts as an error on request.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// The files `new` can make.
#[derive(Subcommand, Debug)]
pub enum New {
    /// A report.
    Report {
        /// The region.
        #[arg(long, value_name = "CODE")]
        region: String,
        /// The period.
        #[arg(long)]
        period: String,
        /// The kind.
        #[arg(long, default_value = "summary", hide_default_value = true, hide_possible_values = true)]
        kind: Kind,
    },
}

/// Kinds of revisions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum RevisionKind {
    /// Announced beforehand.
    Planned,
    /// Of a mistake.
    Correction,
}

impl RevisionKind {
    /// The kind of the ledger.
    pub fn meant(self) -> crate::revision::RevisionKind {
        match self {
            RevisionKind::Planned => crate::revision::RevisionKind::Planned,
            RevisionKind::Correction => crate::revision::RevisionKind::Correction,
        }
    }
}

/// Kinds of reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Kind {
    /// Of work done.
    Summary,
    /// Of work ahead.
    Plan,
    /// A press briefing.
    Briefing,
    /// A statistical bulletin.
    Bulletin,
}

impl Kind {
    /// The name in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Summary => "summary",
            Kind::Plan => "plan",
            Kind::Briefing => "briefing",
            Kind::Bulletin => "bulletin",
        }
    }
}
