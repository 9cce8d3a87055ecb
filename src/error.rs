//! Machine refusals: the disk or the system said no. Each names the path; the words for people are in `cli`.

use std::io;
use std::path::{Path, PathBuf};

/// What nianbao tried to do when the machine refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// Reading a file or folder.
    Read,
    /// Writing a file.
    Write,
    /// Creating a folder.
    CreateFolder,
    /// Moving the finished site into place.
    Commit,
    /// Removing a file or folder.
    Remove,
    /// Waiting for another build of the same output.
    Lock,
    /// Starting worker threads.
    Start,
    /// Listening for browsers on an address.
    Listen,
}

/// A refusal of the machine, with the path it concerns.
#[derive(Debug)]
pub struct Error {
    /// What was tried.
    pub action: Action,
    /// On which path.
    pub path: PathBuf,
    /// What the system answered.
    pub cause: io::Error,
}

impl Error {
    /// A refusal of `action` on `path`.
    pub fn new(action: Action, path: &Path, cause: io::Error) -> Error {
        Error { action, path: path.to_owned(), cause }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verb = match self.action {
            Action::Read => "cannot read",
            Action::Write => "cannot write",
            Action::CreateFolder => "cannot create the folder",
            Action::Commit => "cannot move the finished site into place at",
            Action::Remove => "cannot remove",
            Action::Lock => "another build is writing to",
            Action::Start => "cannot start worker threads for",
            Action::Listen => "cannot listen on",
        };
        write!(f, "{verb} `{}`: {}", self.path.display(), self.cause)
    }
}

impl std::error::Error for Error {}

/// What is wrong where the system says nothing, or nothing of use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A zip that is damaged, cut off, or encrypted.
    DamagedZip,
    /// A zip with two files of one name: what is unpacked of them depends on the program.
    TwinNames,
    /// The folder a file goes to is not there.
    NoFolder,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Reason::DamagedZip => "the zip is damaged, cut off or encrypted; fetch it again",
            Reason::TwinNames => "two files in it have one name; pack it again",
            Reason::NoFolder => "its folder does not exist; make it first",
        })
    }
}

impl std::error::Error for Reason {}

impl From<Reason> for io::Error {
    fn from(reason: Reason) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, reason)
    }
}

/// The answer of the system on a temporary file, without the name of it that the library adds.
pub fn unnamed(cause: io::Error) -> io::Error {
    match cause.kind() {
        io::ErrorKind::NotFound => Reason::NoFolder.into(),
        kind if cause.get_ref().is_some() => kind.into(),
        _ => cause,
    }
}

/// Result with a machine refusal.
pub type Result<T> = std::result::Result<T, Error>;
