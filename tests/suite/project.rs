//! The driver: a site in a temporary folder, and runs of the program on it. A run states what it expects; a stream it does
//! not mention is expected to be empty, so that noise cannot creep in.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The day all runs take for today.
pub(crate) const TODAY: &str = "2026-01-01";

/// The program in a folder, with an environment that says nothing.
pub(crate) fn nianbao(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command.env_clear().current_dir(folder);
    command
}

/// A site in a temporary folder.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Project {
        Project { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The smallest site: a title and three indicators.
    pub(crate) fn new() -> Project {
        Project::empty().file("content/site.toml", "title = \"示例年报\"\n").file("content/indicators.toml", INDICATORS)
    }

    /// Adds a file, and the folders above it.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Project {
        self.write(path, bytes);
        self
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a new folder");
        std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Writes the report of Tianmen on 2021 with further front matter (`[metrics]` of its own) and a text.
    pub(crate) fn with_report(self, front_matter: &str, body: &str) -> Project {
        let head = "title = \"2021年工作总结\"\nregion = \"429006\"\nperiod = \"2021\"\n";
        self.file("content/429006/2021.md", format!("+++\n{head}{front_matter}+++\n{body}"))
    }

    /// A path inside the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A build with findings in Chinese, one a line.
    pub(crate) fn build(&self) -> Run {
        self.run(&["build"])
    }

    /// A check with findings in Chinese, one a line.
    pub(crate) fn check(&self) -> Run {
        self.run(&["check"])
    }

    /// A command with findings in Chinese, one a line, and no summary.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let mut command = nianbao(self.folder.path());
        command.args(arguments).args(["--quiet", "--format", "short", "--lang", "zh", "--today", TODAY]);
        Run {
            command,
            folder: self.folder.path().to_owned(),
            stdout: Expected::Is(String::new()),
            stderr: Expected::Is(String::new()),
        }
    }
}

const INDICATORS: &str = r#"
[maternal-mortality]
name = "孕产妇死亡率"
unit = "/10万"
polarity = "lower"

[beds]
name = "床位数"
unit = "张"
polarity = "higher"

[coverage]
name = "签约率"
unit = "%"
polarity = "higher"
"#;

enum Expected {
    Is(String),
    Has(Vec<String>),
}

/// A run and what is expected of it; nothing runs before its status is stated.
pub(crate) struct Run {
    command: Command,
    folder: PathBuf,
    stdout: Expected,
    stderr: Expected,
}

impl Run {
    /// The whole standard output; the folder of the site is written `[ROOT]`.
    pub(crate) fn stdout(mut self, text: &str) -> Run {
        self.stdout = Expected::Is(text.to_owned());
        self
    }

    /// The whole standard error.
    pub(crate) fn stderr(mut self, text: &str) -> Run {
        self.stderr = Expected::Is(text.to_owned());
        self
    }

    /// Parts that standard output holds.
    pub(crate) fn stdout_has(mut self, parts: &[&str]) -> Run {
        self.stdout = Expected::Has(parts.iter().map(|part| (*part).to_owned()).collect());
        self
    }

    /// Parts that standard error holds.
    pub(crate) fn stderr_has(mut self, parts: &[&str]) -> Run {
        self.stderr = Expected::Has(parts.iter().map(|part| (*part).to_owned()).collect());
        self
    }

    /// Runs; nothing may be wrong.
    #[track_caller]
    pub(crate) fn success(self) {
        self.status(0);
    }

    /// Runs; the exit status and both streams must be as stated.
    #[track_caller]
    pub(crate) fn status(mut self, expected: i32) {
        let output = self.command.output().expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*self.folder.to_string_lossy(), "[ROOT]");
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        let whole = || format!("\nstatus {:?}\nstdout:\n{stdout}\nstderr:\n{stderr}", output.status);
        assert_eq!(output.status.code(), Some(expected), "{}", whole());
        for (name, is, should) in [("stdout", &stdout, &self.stdout), ("stderr", &stderr, &self.stderr)] {
            match should {
                Expected::Is(text) => assert_eq!(is, text, "{name} differs{}", whole()),
                Expected::Has(parts) => {
                    for part in parts {
                        assert!(is.contains(part), "{name} should hold `{part}`{}", whole());
                    }
                }
            }
        }
    }
}
