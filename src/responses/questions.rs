//! The questions of a survey as a page shows them, and the answers filled in again.

use std::collections::BTreeMap;

use serde::Serialize;

use self::body::Body;
use self::condition::Condition;
use super::intake::{Fault, Faults, WHOLE_FORM, needed};
use crate::localized::{LocalizedText, Wording};
use crate::surveys::{Document, Item, ItemKind, Places};

mod body;
mod coded;
mod codes;
mod condition;
mod fault_words;
mod labels;
mod received;

pub(super) use coded::{Coded, Entered, coded};
pub(super) use codes::codes;
pub(super) use fault_words::FaultWords;
pub use received::Received;
pub(super) use received::{as_typed, received};

/// What was typed or selected, by field.
pub(super) type Typed = BTreeMap<String, Vec<String>>;

/// One question or section, with what was typed so far.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Question {
    key: String,
    /// Its position among the questions, from 1. 0 for a section.
    number: usize,
    label: Wording,
    help: Option<Wording>,
    hint: Option<Hint>,
    /// The error to show if it's required and not answered.
    needed: Option<FaultWords>,
    /// Who sees it, if not everyone.
    condition: Option<Condition>,
    fault: Option<FaultWords>,
    /// The IDs of the elements that describe the field.
    described_by: Option<String>,
    #[serde(flatten)]
    body: Body,
}

/// A generated hint below a question: a Fluent message ID and the number in it.
#[derive(Clone, Debug, Serialize)]
struct Hint {
    key: &'static str,
    most: i64,
}

/// A line of the error summary above the form.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FaultLine {
    /// The question it links to. `None` for errors that don't belong to a question.
    item: Option<String>,
    question: Option<Wording>,
    fault: FaultWords,
}

/// What the questions are rendered from.
struct AnswerForm<'a> {
    document: &'a Document,
    places: &'a Places,
    language: &'a str,
    typed: &'a Typed,
}

/// The questions in a language.
pub(super) fn questions(
    document: &Document,
    places: &Places,
    language: &str,
    typed: &Typed,
    faults: &Faults,
) -> Vec<Question> {
    let sheet = AnswerForm {
        document,
        places,
        language,
        typed,
    };
    let mut number = 0;
    let ask = |item: &Item| {
        number += usize::from(item.is_question());
        let number = if item.is_question() { number } else { 0 };
        sheet.question(item, number, faults.get(&item.key))
    };
    document.items.iter().map(ask).collect()
}

/// What is wrong, in the order of the questions.
pub(super) fn fault_lines(document: &Document, language: &str, faults: &Faults) -> Vec<FaultLine> {
    let whole = faults.get(WHOLE_FORM).map(|fault| FaultLine {
        item: None,
        question: None,
        fault: FaultWords::of(fault),
    });
    let items = document.items.iter().filter_map(|item| {
        Some(FaultLine {
            item: Some(item.key.clone()),
            question: Some(item.label.wording(language)),
            fault: FaultWords::of(faults.get(&item.key)?),
        })
    });
    whole.into_iter().chain(items).collect()
}

impl AnswerForm<'_> {
    fn question(&self, item: &Item, number: usize, fault: Option<&Fault>) -> Question {
        let help = self.said(&item.help);
        let hint = hint(item, help.is_some());
        let condition = self.condition(item);
        let ids = [
            (condition.is_some(), "when"),
            (help.is_some() || hint.is_some(), "hint"),
            (fault.is_some(), "fault"),
        ];
        let ids = ids.iter().filter(|(there, _)| *there);
        let ids: Vec<String> = ids
            .map(|(_, what)| format!("q-{}-{what}", item.key))
            .collect();
        Question {
            key: item.key.clone(),
            number,
            label: item.label.wording(self.language),
            help,
            hint,
            needed: item.required.then(|| FaultWords::of(&before_sending(item))),
            condition,
            fault: fault.map(FaultWords::of),
            described_by: (!ids.is_empty()).then(|| ids.join(" ")),
            body: self.body(item),
        }
    }

    /// The text, if there is any.
    fn said(&self, text: &LocalizedText) -> Option<Wording> {
        (!text.is_empty()).then(|| text.wording(self.language))
    }

    /// What was typed into a field.
    fn typed(&self, field: &str) -> &[String] {
        self.typed.get(field).map_or(&[], Vec::as_slice)
    }

    /// The first value that was typed into a field.
    fn typed_text(&self, field: &str) -> String {
        self.typed(field).first().cloned().unwrap_or_default()
    }
}

/// What the script says about a required question that isn't answered. It doesn't count the unanswered rows of a
/// matrix, so the message has no number.
fn before_sending(item: &Item) -> Fault {
    match needed(item) {
        Fault::ChooseInEach { .. } => Fault::ChooseInEach { missing: 0 },
        other => other,
    }
}

/// The generated hint: always for the length of text, the total of points and the number of ranks. For multiple choice,
/// only if the district has no help text of its own.
fn hint(item: &Item, has_help: bool) -> Option<Hint> {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let hint = |key, most| Some(Hint { key, most });
    match item.kind {
        ItemKind::Text => hint("hint-length", count(item.length())),
        ItemKind::ShortText => hint("hint-short", count(item.length())),
        ItemKind::ConstantSum => hint("hint-points", item.points()),
        ItemKind::Ranking => hint("hint-ranks", count(item.places())),
        _ if has_help || !item.takes_several() => None,
        _ => match item.at_most {
            Some(most) => hint("hint-up-to", count(most)),
            None => hint("hint-all-that-apply", 0),
        },
    }
}
