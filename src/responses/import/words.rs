//! Explains what is wrong with a row to the person who fixes the file.

use crate::error::Error;
use crate::files::shown;
use crate::responses::intake::Fault;
use crate::sheet::SheetError;

/// What is wrong with an answer.
pub(super) fn in_words(item: &str, fault: &Fault) -> String {
    match fault {
        Fault::TooLong { most, given } => {
            format!("the answer to “{item}” has {given} characters; the limit is {most}")
        }
        Fault::TooMany { most, given } => {
            format!("“{item}” has {given} choices; the limit is {most}")
        }
        Fault::OutOfScale { from, to } => {
            format!("the answer to “{item}” is not a whole number from {from} to {to}")
        }
        Fault::OnlyOne => format!("“{item}” has several choices, but it allows one"),
        Fault::ChoiceAndOther => {
            format!("“{item}” has a listed choice and also text for other")
        }
        Fault::NotOffered => format!("the choice is not one that “{item}” offers"),
        Fault::NoNumber { from, to } => {
            format!("a number for “{item}” is not from {from} to {to}")
        }
        Fault::NoDay => format!("the date for “{item}” is too far away to be right"),
        Fault::SameRank { rank } => {
            format!("“{item}” has two choices with rank {rank}")
        }
        Fault::WrongTotal { total, given } => {
            format!("the points of “{item}” add up to {given}; they must add up to {total}")
        }
        other => format!("“{item}” cannot be read: {other:?}"),
    }
}

/// What is wrong with a cell, without its line, which the list of bad rows already shows.
pub(super) fn reason(error: SheetError) -> String {
    match error {
        SheetError::Encoding { column, .. } => {
            format!("column “{}” is not UTF-8 text", shown(&column))
        }
        SheetError::Cell { column, bytes, .. } => format!(
            "column “{}” has {bytes} bytes, more than any answer can have; check for a missing quotation mark",
            shown(&column)
        ),
        other => other.to_string(),
    }
}

/// What is wrong with the file as a whole.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what map_err hands over"
)]
pub(super) fn unreadable(error: SheetError) -> Error {
    Error::Invalid(error.to_string())
}
