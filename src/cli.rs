//! The command line: reads what was typed, runs one command, prints what came of it. Exit status 0 when clean or with
//! warnings, 1 when an author has something to mend, 2 when the command line or the machine stands in the way.
//! Findings of `check`, JSON, and whatever else was asked for go to standard output, the rest to standard error.

mod arguments;
mod check;
mod console;
mod diff;
mod help;
mod options;
mod pack;
pub mod print;
mod progress;
mod review;
mod revise;
mod serve;
mod sign;
mod verify;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use self::arguments::{Arguments, Command, Deny, Gate, New};
use self::options::{Chatter, Environment, Options};
use self::print::Findings;
use crate::build::{self, Inspection};
use crate::diagnostic::Level;
use crate::diagnostic::catalogue::Language;
use crate::explain::explain;
use crate::init::{self, init};
use crate::new_report::{self, Wanted, new_report};
use crate::period::Period;

/// Runs one command line, the program's name first. Holds nothing over to a second call.
pub fn run(typed: impl IntoIterator<Item = OsString>) -> ExitCode {
    match status(typed.into_iter().collect()) {
        Status::Clean => ExitCode::SUCCESS,
        Status::Mistakes => ExitCode::from(1),
        Status::Refused => ExitCode::from(2),
    }
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Status {
    /// Nothing to mend.
    Clean,
    /// An author has something to mend.
    Mistakes,
    /// The command line or the machine stands in the way.
    Refused,
}

fn status(typed: Vec<OsString>) -> Status {
    let environment = Environment::read();
    let language = environment.language(&typed);
    let mut grammar = help::command(language);
    let arguments = grammar.try_get_matches_from_mut(typed).and_then(|found| Arguments::from_arg_matches(&found));
    let Arguments { shared, command, .. } = match arguments {
        Ok(arguments) => arguments,
        Err(error) => return answer(&error, language),
    };
    let options = match Options::resolve(shared, language, &environment) {
        Ok(options) => options,
        Err(epoch) => return refuse(&words::bad_epoch(&epoch, language), language),
    };
    match command {
        Command::Init { dir } => make_site(&dir, &options),
        Command::New { what: New::Report { region, period, kind } } => {
            make_report(region, &period, kind.name(), &options)
        }
        Command::Build { output, base_url, timings, review, base, gate } => {
            let review = match review::wish(review, base.as_deref(), gate.drafts, &options) {
                Ok(review) => review,
                Err(status) => return status,
            };
            let settings = build::Options { write: true, output, base_url, review, ..settings(&options, &gate) };
            check::run(settings, check::Wishes { timings, ..gate.into() }, &options)
        }
        Command::Serve(asked) => {
            let drafts = Gate { drafts: asked.drafts, ..Gate::default() };
            match review::wish(asked.review, asked.base.as_deref(), asked.drafts, &options) {
                Ok(review) => serve::run(&build::Options { review, ..settings(&options, &drafts) }, &asked, &options),
                Err(status) => status,
            }
        }
        Command::Check { gate, fix, write_baseline } => {
            let settings = settings(&options, &gate);
            check::run(settings, check::Wishes { fix, write_baseline, ..gate.into() }, &options)
        }
        Command::Inspect { page, drafts } => {
            inspect(&settings(&options, &Gate { drafts, ..Gate::default() }), &page, &options)
        }
        Command::Revise { base, kind, reason } => {
            let wanted = crate::revise::Wanted { base, kind: kind.meant(), reason, date: options.today };
            revise::run(&wanted, &options)
        }
        Command::Pack(wishes) => pack::run(&wishes, &options),
        Command::Verify { dir, manifest } => verify::run(&dir, manifest.as_deref(), &options),
        Command::Sign(wishes) => sign::run(&wishes, &options),
        Command::Explain { code } => explain_code(code.as_deref(), &options),
        Command::Diff(wanted) => diff::run(&wanted, &options),
        Command::Help { command } => show_help(grammar, &command, &options),
    }
}

/// The words clap has to say: help and version on request, else a mistake in the command line.
fn answer(error: &clap::Error, language: Language) -> Status {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => show(&error.render().to_string(), language),
        _ => {
            console::err(&help::mistake(error, language));
            Status::Refused
        }
    }
}

fn show_help(mut grammar: clap::Command, path: &[String], options: &Options) -> Status {
    grammar.build();
    let mut command = &mut grammar;
    for name in path {
        command = match command.find_subcommand_mut(name) {
            Some(child) => child,
            None => return refuse(&words::no_command(name, options.language), options.language),
        };
    }
    show(&command.render_help().to_string(), options.language)
}

/// What the pipeline is asked for, writing nothing.
fn settings(options: &Options, gate: &Gate) -> build::Options {
    build::Options {
        root: options.root.clone(),
        output: None,
        today: options.today,
        write: false,
        drafts: gate.drafts,
        deny_warnings: matches!(gate.deny, Some(Deny::Warnings)),
        release: gate.release,
        base_url: None,
        jobs: options.jobs,
        known: None,
        review: None,
        progress: None,
    }
}

fn inspect(settings: &build::Options, page: &str, options: &Options) -> Status {
    let Inspection { sources, diagnostics, view } = match build::inspect(settings, page) {
        Ok(inspection) => inspection,
        Err(error) => return machine(&error, options.language),
    };
    let findings = Findings::of(&diagnostics, &sources, Level::Error, options.language);
    console::err(&print::print(&findings, options.format, options.err()));
    match (view, check::verdict(&diagnostics, Level::Error)) {
        (Ok(view), _) => show(&format!("{view:#}\n"), options.language),
        (Err(near), Status::Mistakes) if near.is_empty() => Status::Mistakes,
        (Err(near), _) => refuse(&words::no_page(page, &near, options.language), options.language),
    }
}

fn explain_code(code: Option<&str>, options: &Options) -> Status {
    match explain(code, options.language) {
        Ok(text) => show(&text, options.language),
        Err(near) => refuse(&words::no_code(code.unwrap_or_default(), near, options.language), options.language),
    }
}

fn make_site(folder: &std::path::Path, options: &Options) -> Status {
    match init(folder) {
        Ok(init::Made::Site(files)) => tell(&words::site_made(folder, &files, options.language), options),
        Ok(init::Made::Nothing(taken)) => refuse(&words::already_there(&taken, options.language), options.language),
        Err(error) => machine(&error, options.language),
    }
}

fn make_report(region: String, period: &str, kind: &'static str, options: &Options) -> Status {
    let language = options.language;
    let period = match Period::parse(period) {
        Ok(period) => period,
        Err(error) => return refuse(&words::no_period(period, error.suggestion.as_deref(), language), language),
    };
    let wanted = Wanted { region, period, kind };
    match new_report(&options.root, &wanted) {
        Ok(new_report::Made::Report { path, from }) => {
            tell(&words::report_made(&path, from.as_deref(), language), options)
        }
        Ok(new_report::Made::Nothing(taken)) => refuse(&words::already_there(&taken, language), language),
        Ok(new_report::Made::NoRegion) => refuse(&words::no_region(&wanted.region, language), language),
        Ok(new_report::Made::NoSite(path)) => refuse(&words::no_site(&path, language), language),
        Err(error) => machine(&error, language),
    }
}

/// Prints what was asked for.
fn show(text: &str, language: Language) -> Status {
    match console::out(text) {
        Ok(()) => Status::Clean,
        Err(cause) => refuse(&words::no_output(&cause, language), language),
    }
}

/// Says what was done, unless nobody wants to hear it.
fn tell(text: &str, options: &Options) -> Status {
    match options.chatter {
        Chatter::Quiet => Status::Clean,
        Chatter::Summary | Chatter::Progress => show(text, options.language),
    }
}

fn machine(error: &crate::error::Error, language: Language) -> Status {
    refuse(&words::refusal(error, language), language)
}

fn refuse(reason: &str, language: Language) -> Status {
    console::err(&(words::failure(reason, language) + "\n"));
    Status::Refused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &[&str], expected: Status) {
        assert_eq!(status(typed.iter().map(OsString::from).collect()), expected, "{typed:?}");
    }

    #[test]
    fn commands_end_with_their_status() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let site = folder.path().join("site");
        let site = site.to_str().expect("a UTF-8 path");
        check(&["nianbao", "init", site, "--quiet"], Status::Clean);
        check(&["nianbao", "init", site], Status::Refused);
        let new = ["nianbao", "--root", site, "new", "report", "--quiet", "--region", "shili", "--period"];
        check(&[&new[..], &["2025"]].concat(), Status::Clean);
        check(&[&new[..], &["2025"]].concat(), Status::Refused);
        check(&[&new[..], &["soon"]].concat(), Status::Refused);
        check(&["nianbao", "explain", "no-such-code"], Status::Refused);
        check(&["nianbao", "nonsense"], Status::Refused);
    }
}
