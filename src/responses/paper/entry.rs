//! The entry form of a sheet: what was typed, as the page shows it again and as it is stored. Pure, except for the
//! clock and the key.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::model::PaperBatch;
use super::reading::{SheetFaults, TypedSheet, UNCLEAR, as_entered};
use super::store::{NewSheet, StoredSheet};
use crate::comments::Status;
use crate::district::RoundId;
use crate::keys::is_language;
use crate::responses::intake::{self, WHOLE_FORM};
use crate::responses::questions::Entered;
use crate::responses::store::Submission;
use crate::secret::digest;
use crate::surveys::{Document, Places};
use crate::web::form::{Fields, FormState};

/// The prefix of the field with the language of a text, followed by the name of the text's field.
const LANGUAGE: &str = "_language.";

/// What was typed, to show it again.
pub(super) fn typed_again(fields: &Fields, faults: &SheetFaults) -> Entered {
    let named = |prefix: &'static str| {
        fields.0.iter().filter_map(move |(name, value)| {
            let field = name.strip_prefix(prefix)?;
            (!value.trim().is_empty()).then(|| (field.to_owned(), value.trim().to_owned()))
        })
    };
    let faults = faults.iter();
    Entered {
        typed: FormState::typed(fields).many,
        unclear: named(UNCLEAR).map(|(field, _)| field).collect(),
        languages: named(LANGUAGE).collect(),
        faults: faults
            .filter(|(key, _)| *key != WHOLE_FORM)
            .map(|(key, fault)| (key.clone(), fault.in_words()))
            .collect(),
    }
}

/// A stored sheet as it would be typed.
pub(super) fn stored_again(document: &Document, places: &Places, stored: &StoredSheet) -> Entered {
    let sheet = TypedSheet {
        answers: stored.response.answers.0.clone(),
        marks: stored.marks.clone(),
    };
    let mut typed = as_entered(document, places, &sheet);
    let unclear: Vec<String> = typed
        .keys()
        .filter_map(|name| name.strip_prefix(UNCLEAR).map(str::to_owned))
        .collect();
    typed.retain(|name, _| !name.starts_with(UNCLEAR));
    let of_field = document.open_items().filter_map(|item| {
        let language = stored.languages.get(&item.key)?;
        Some((item.words_field()?, language.clone()))
    });
    Entered {
        typed,
        unclear,
        languages: of_field.collect(),
        faults: BTreeMap::new(),
    }
}

/// A sheet of a batch as it will be stored, from its content and the form it was typed into.
pub(super) fn new_sheet(
    batch: &PaperBatch,
    round: &RoundId,
    document: &Document,
    sheet: TypedSheet,
    (fields, at): (&Fields, NaiveDateTime),
) -> NewSheet {
    let TypedSheet { answers, marks } = sheet;
    let mut words = intake::words_among(document, &answers, &batch.language);
    for one in &mut words {
        let field = document
            .item(&one.item_key)
            .and_then(crate::surveys::Item::words_field);
        let named = fields.get(&format!("{LANGUAGE}{}", field.unwrap_or_default()));
        if is_language(named) {
            named.clone_into(&mut one.language);
        }
    }
    let submission = Submission {
        survey: batch.survey_id.clone(),
        round: round.clone(),
        revision: batch.revision,
        submission_id: digest(fields.get("_submission")),
        receipt: None,
        answers_digest: intake::answers_digest(&answers),
        words,
        group_key: intake::group_of(document, &answers),
        schools: intake::schools_of(document, &answers),
        answers,
        language: batch.language.clone(),
        channel: batch.channel,
        day: batch.day,
        status: Status::Counted,
        at,
        queued: false,
        replaces: false,
    };
    NewSheet {
        batch: batch.id.clone(),
        submission,
        marks,
    }
}
