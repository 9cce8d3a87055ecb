//! The only door to standard output and standard error. A reader that closes a pipe early (`| head`) is no error; a full
//! disk behind standard output is.

use std::io::{self, Write};

/// Writes what was asked for.
pub fn out(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes what goes on besides. Nobody can be told when this fails.
pub fn err(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
