//! What is wrong with what was typed, in the desk's words.

use crate::responses::intake::Fault;

/// Why a sheet can't be stored as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SheetFault {
    /// The question has no choice with this number.
    NoSuchNumber(String),
    /// A text was typed and also marked as unclear.
    WordsAndUnclear,
    /// The web form wouldn't have accepted it either.
    Intake(Fault),
}

/// What to type if the problem is on the sheet itself.
const IF_SO: &str = "If that’s what the sheet says, type * for too many marks or ? for unclear.";

impl SheetFault {
    /// The error as a sentence.
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::NoSuchNumber(typed) => {
                format!(
                    "This question doesn’t have a choice with the number “{typed}.” Check the list of numbers."
                )
            }
            Self::WordsAndUnclear => {
                "You typed words and also marked them unclear. Keep only one of them.".to_owned()
            }
            Self::Intake(fault) => intake_in_words(fault),
        }
    }
}

fn intake_in_words(fault: &Fault) -> String {
    match fault {
        Fault::Agree => {
            "The agreement box isn’t checked on this sheet, so you can’t save it. Set it aside."
                .to_owned()
        }
        Fault::Empty => {
            "You haven’t entered anything yet. You can’t save a blank sheet.".to_owned()
        }
        Fault::NoDay => format!("Type a date as 2026-10-05 or 20261005. {IF_SO}"),
        Fault::NoNumber { from, to } | Fault::OutOfScale { from, to } => {
            format!("Type a whole number from {from} to {to}. {IF_SO}")
        }
        Fault::TooMany { most, given } => {
            format!("You typed {given} choices. The question allows up to {most}. {IF_SO}")
        }
        Fault::TooLong { most, given } => {
            format!(
                "You typed {given} characters. You can save up to {most}. Shorten it here and keep the rest on paper."
            )
        }
        Fault::SameRank { rank } => {
            format!("You gave two choices rank {rank}. Use each rank once. {IF_SO}")
        }
        Fault::WrongTotal { total, given } => {
            format!("The points add up to {given}. They must add up to {total}. {IF_SO}")
        }
        Fault::NotOffered => "This choice is no longer on the list. Choose another one.".to_owned(),
        Fault::OnlyOne | Fault::ChoiceAndOther => {
            format!("The question allows one answer. {IF_SO}")
        }
        // A sheet can have no answers, so these only occur if the rules above change.
        Fault::Choose | Fault::ChooseInEach { .. } | Fault::Write => {
            "This needs an answer.".to_owned()
        }
        Fault::Unknown(_) | Fault::UnknownRevision => {
            "This doesn’t match the form code of the batch.".to_owned()
        }
    }
}
