//! From what was typed to what is meant: the only place that reads the environment and the clock.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;

use jiff::civil::Date;

use super::arguments::{Lang, Shared};
use super::print::{Colour, Format, Look};
use crate::diagnostic::catalogue::Language;

/// What every command needs to know, resolved.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the site.
    pub root: std::path::PathBuf,
    /// The format of findings.
    pub format: Format,
    /// The language of all words.
    pub language: Language,
    /// The day that counts as today.
    pub today: Date,
    /// Worker threads.
    pub jobs: Option<usize>,
    /// What is said besides findings and errors.
    pub chatter: Chatter,
    /// The file that holds the summary of a step of a GitHub workflow.
    pub step_summary: Option<std::path::PathBuf>,
    /// Colour on standard output.
    pub stdout: Colour,
    /// Colour on standard error.
    pub stderr: Colour,
}

/// What is said besides findings and errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chatter {
    /// Nothing.
    Quiet,
    /// A summary.
    Summary,
    /// A summary, and progress on the way.
    Progress,
}

impl Options {
    /// Resolves what was typed; an unusable SOURCE_DATE_EPOCH is returned as it stands.
    pub fn resolve(shared: Shared, language: Language, environment: &Environment) -> Result<Options, String> {
        let Shared { root, format, lang, today, jobs, quiet, .. } = shared;
        let colour = |terminal| if terminal && !environment.no_color { Colour::Terminal } else { Colour::Plain };
        Ok(Options {
            root,
            format,
            language: lang.map_or(language, language_of),
            today: match today {
                Some(today) => today,
                None => environment.today()?,
            },
            jobs: jobs.map(std::num::NonZeroUsize::get),
            chatter: match quiet {
                true => Chatter::Quiet,
                false if environment.stderr_terminal => Chatter::Progress,
                false => Chatter::Summary,
            },
            step_summary: environment.step_summary.clone(),
            stdout: colour(environment.stdout_terminal),
            stderr: colour(environment.stderr_terminal),
        })
    }

    /// How words look on standard output.
    pub fn out(&self) -> Look {
        Look { language: self.language, colour: self.stdout }
    }

    /// How words look on standard error.
    pub fn err(&self) -> Look {
        Look { language: self.language, colour: self.stderr }
    }
}

/// What the process says of itself.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// The locale by the first of LC_ALL, LC_MESSAGES and LANG that is set.
    pub locale: String,
    /// SOURCE_DATE_EPOCH.
    pub source_date_epoch: Option<String>,
    /// GITHUB_STEP_SUMMARY.
    pub step_summary: Option<std::path::PathBuf>,
    /// Whether NO_COLOR is set.
    pub no_color: bool,
    /// Whether standard output is a terminal.
    pub stdout_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_terminal: bool,
}

impl Environment {
    /// Reads the environment.
    pub fn read() -> Environment {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Environment {
            locale: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable).unwrap_or_default(),
            source_date_epoch: variable("SOURCE_DATE_EPOCH"),
            step_summary: variable("GITHUB_STEP_SUMMARY").map(Into::into),
            no_color: variable("NO_COLOR").is_some(),
            stdout_terminal: std::io::stdout().is_terminal(),
            stderr_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// The language to speak: `--lang` as typed, else the locale's. Known before clap reads the arguments, since clap's own
    /// words depend on it.
    pub fn language(&self, typed: &[OsString]) -> Language {
        let options = || typed.iter().skip(1).take_while(|argument| *argument != "--");
        let joined = options().filter_map(|argument| argument.to_str()?.strip_prefix("--lang=")).last();
        let parted = options().zip(options().skip(1)).filter(|(name, _)| *name == "--lang").last();
        match joined.or(parted.and_then(|(_, value)| OsStr::to_str(value))) {
            Some("zh") => Language::Chinese,
            Some(_) => Language::English,
            None if self.locale.starts_with("zh") => Language::Chinese,
            None => Language::English,
        }
    }

    fn today(&self) -> Result<Date, String> {
        let Some(epoch) = &self.source_date_epoch else {
            return Ok(jiff::Zoned::now().date());
        };
        let seconds = epoch.trim().parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        seconds.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date()).ok_or_else(|| epoch.clone())
    }
}

fn language_of(lang: Lang) -> Language {
    match lang {
        Lang::Zh => Language::Chinese,
        Lang::En => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::arguments::Arguments;

    /// What is meant by a line typed under a locale and a SOURCE_DATE_EPOCH.
    fn check(typed: &str, locale: &str, epoch: Option<&str>, expected: &str) {
        let environment = Environment {
            locale: locale.to_owned(),
            source_date_epoch: epoch.map(str::to_owned),
            stderr_terminal: true,
            ..Environment::default()
        };
        let typed: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
        let language = environment.language(&typed);
        let arguments = Arguments::try_parse_from(typed).expect("the line is valid");
        let meant = match Options::resolve(arguments.shared, language, &environment) {
            Ok(Options { root, format, language, today, jobs, chatter, .. }) => {
                format!("{} {format:?} {language:?} {today} {jobs:?} {chatter:?}", root.display())
            }
            Err(epoch) => epoch,
        };
        assert_eq!(meant, expected);
    }

    #[test]
    fn typed_lines_are_resolved() {
        let epoch = Some("1645142400");
        check("nianbao check", "zh_CN.UTF-8", epoch, ". Human Chinese 2022-02-18 None Progress");
        check("nianbao check", "C", epoch, ". Human English 2022-02-18 None Progress");
        check("nianbao --root a build --root b", "", epoch, "b Human English 2022-02-18 None Progress");
        check("nianbao check --lang zh -q", "en", epoch, ". Human Chinese 2022-02-18 None Quiet");
        check("nianbao check --lang=en", "zh", epoch, ". Human English 2022-02-18 None Progress");
        let line = "nianbao build --today 2024-02-29 --jobs 2 --format json";
        check(line, "", epoch, ". Json English 2024-02-29 Some(2) Progress");
        check("nianbao check", "", Some("soon"), "soon");
    }
}
