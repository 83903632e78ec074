//! Console output: results on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use crate::error::{Error, Result};

/// Prints a line of the result.
pub(super) fn say(line: impl Display) -> Result<()> {
    writeln!(std::io::stdout(), "{line}").map_err(Error::internal)
}

/// Prints a line that isn't part of the result, such as a warning.
pub(super) fn note(line: impl Display) {
    // If standard error is closed, there's nowhere to report it.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A number with the matching singular or plural noun.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Prints an error on one line. A closed pipe, such as with `head`, isn't an error.
pub(super) fn complain(error: &Error) -> ExitCode {
    let text = match error {
        Error::Internal(cause) if is_closed_pipe(cause) => return ExitCode::SUCCESS,
        Error::Internal(cause) => format!("{cause:#}"),
        other => other.to_string(),
    };
    note(format_args!("chorus: {}", one_line(&text)));
    ExitCode::FAILURE
}

fn is_closed_pipe(cause: &anyhow::Error) -> bool {
    cause
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// A library's message with its lines joined into one.
pub(super) fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("; ")
}
