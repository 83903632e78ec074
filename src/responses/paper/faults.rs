//! What is wrong with what was typed, in the words of the desk.

use crate::responses::intake::Fault;

/// Why a sheet cannot be stored as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SheetFault {
    /// No choice of the question has this number.
    NoSuchNumber(String),
    /// Words were typed, and also that they cannot be made out.
    WordsAndUnclear,
    /// The web form would not have taken it either.
    Intake(Fault),
}

/// What to type where the sheet itself is at fault.
const IF_SO: &str = "If that is what the sheet shows, type * for too many marks or ? for unclear.";

impl SheetFault {
    /// The fault as a sentence for the clerk.
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::NoSuchNumber(typed) => {
                format!(
                    "No answer has the number “{typed}”. Check the numbers in the list."
                )
            }
            Self::WordsAndUnclear => {
                "You typed text and also marked it unclear. Keep one of the two.".to_owned()
            }
            Self::Intake(fault) => intake_in_words(fault),
        }
    }
}

fn intake_in_words(fault: &Fault) -> String {
    match fault {
        Fault::Agree => {
            "The person did not agree on this sheet, so you cannot save it. Set it aside.".to_owned()
        }
        Fault::Empty => {
            "Nothing is typed yet. You cannot save an empty sheet.".to_owned()
        }
        Fault::NoDay => format!("Type a date such as 2026-10-05 or 20261005. {IF_SO}"),
        Fault::NoNumber { from, to } | Fault::OutOfScale { from, to } => {
            format!("Type a whole number from {from} to {to}. {IF_SO}")
        }
        Fault::TooMany { most, given } => {
            format!("You typed {given} answers, but the question allows {most}. {IF_SO}")
        }
        Fault::TooLong { most, given } => {
            format!(
                "This has {given} characters, and the limit is {most}. Shorten it here and keep the rest on paper."
            )
        }
        Fault::SamePlace { place } => format!("Two choices have rank {place}. {IF_SO}"),
        Fault::NotShared { total, given } => {
            format!("The points add up to {given}. They must add up to {total}. {IF_SO}")
        }
        Fault::NotOffered => "This answer is no longer offered. Choose another.".to_owned(),
        Fault::OnlyOne | Fault::OtherBesides => {
            format!("The question allows one answer. {IF_SO}")
        }
        // A sheet needs no answer, so these are met only if the rules above change.
        Fault::Choose | Fault::ChooseInEach { .. } | Fault::Write => {
            "This needs an answer.".to_owned()
        }
        Fault::Unknown(_) | Fault::UnknownRevision => {
            "This does not match the batch's version of the survey.".to_owned()
        }
    }
}
