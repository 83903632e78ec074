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
const IF_SO: &str = "If the sheet says so, type * for too many marks or ? for unclear.";

impl SheetFault {
    /// The fault as a sentence for the clerk.
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::NoSuchNumber(typed) => {
                format!(
                    "No answer here has the number “{typed}”. Look at the list of numbers below."
                )
            }
            Self::WordsAndUnclear => {
                "Words are typed, and also that they are unclear. Keep one of the two.".to_owned()
            }
            Self::Intake(fault) => intake_in_words(fault),
        }
    }
}

fn intake_in_words(fault: &Fault) -> String {
    match fault {
        Fault::Agree => {
            "Nobody agreed on this sheet, so it may not be stored. Put it aside.".to_owned()
        }
        Fault::Empty => {
            "Nothing is typed yet. A sheet on which nothing stands is not stored.".to_owned()
        }
        Fault::NoDay => format!("Type a day as 2026-10-05 or 20261005. {IF_SO}"),
        Fault::NoNumber { from, to } | Fault::OutOfScale { from, to } => {
            format!("Type a whole number from {from} to {to}. {IF_SO}")
        }
        Fault::TooMany { most, given } => {
            format!("There are {given} answers, and the question takes {most}. {IF_SO}")
        }
        Fault::TooLong { most, given } => {
            format!(
                "These are {given} letters, and {most} can be stored. Keep the rest on paper and shorten it here."
            )
        }
        Fault::SamePlace { place } => format!("Two have the place {place}. {IF_SO}"),
        Fault::NotShared { total, given } => {
            format!("The points make {given} instead of {total}. {IF_SO}")
        }
        Fault::NotOffered => "This answer is not offered any more. Choose one that is.".to_owned(),
        Fault::OnlyOne | Fault::OtherBesides => {
            format!("The question takes one answer. {IF_SO}")
        }
        // A sheet needs no answer, so these are met only if the rules above change.
        Fault::Choose | Fault::ChooseInEach { .. } | Fault::Write => {
            "This needs an answer.".to_owned()
        }
        Fault::Unknown(_) | Fault::UnknownRevision => {
            "This does not fit the wording of the batch.".to_owned()
        }
    }
}
