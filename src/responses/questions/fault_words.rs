//! Errors as the page says them.

use serde::Serialize;

use crate::responses::intake::Fault;

/// An error as the page says it: a Fluent message ID and its arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::responses) struct FaultWords {
    key: &'static str,
    most: i64,
    given: i64,
    from: i64,
    name: String,
}

impl FaultWords {
    /// The message for a fault.
    pub(in crate::responses) fn of(fault: &Fault) -> Self {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let bare = |key| Self {
            key,
            ..Self::default()
        };
        let counted = |key, most, given| Self {
            most,
            given,
            ..bare(key)
        };
        let between = |key, from, most| Self {
            most,
            from,
            ..bare(key)
        };
        match fault {
            Fault::Choose => bare("fault-choose"),
            Fault::ChooseInEach { missing } => counted("fault-choose-in-each", 0, number(*missing)),
            Fault::Write => bare("fault-write"),
            Fault::Agree => bare("fault-agree"),
            Fault::OnlyOne => bare("fault-only-one"),
            Fault::ChoiceAndOther => bare("fault-choice-and-other"),
            Fault::TooMany { most, given } => {
                counted("fault-too-many", number(*most), number(*given))
            }
            Fault::TooLong { most, given } => {
                counted("fault-too-long", number(*most), number(*given))
            }
            Fault::NotOffered => bare("fault-not-offered"),
            Fault::OutOfScale { from, to } => between("fault-out-of-scale", *from, *to),
            Fault::NoNumber { from, to } => between("fault-no-number", *from, *to),
            Fault::NoDay => bare("fault-no-day"),
            Fault::SameRank { rank } => counted("fault-same-rank", 0, number(*rank)),
            Fault::WrongTotal { total, given } => counted("fault-points-total", *total, *given),
            Fault::Unknown(name) => Self {
                name: name.clone(),
                ..bare("fault-unknown")
            },
            Fault::UnknownRevision => bare("fault-unknown-revision"),
            Fault::Empty => bare("fault-empty"),
        }
    }
}
