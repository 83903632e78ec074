//! A facilitator's form for a note: parsing and validation.

use crate::comments::{CommentId, NewComment};
use crate::forums::model::Forum;
use crate::forums::store::{NoteDraft, NoteFault};
use crate::secret::Secret;
use crate::web::form::{Fields, FormState};

/// The most characters in a note.
pub(in crate::forums) const LONGEST_NOTE: usize = 2_000;

/// Parses the form of a note at a table with this many people.
pub(in crate::forums) fn parse(
    fields: &Fields,
    forum: &Forum,
    present: i32,
) -> Result<NoteDraft, FormState> {
    let mut form = FormState::typed(fields);
    let text = fields.get("text").to_owned();
    if text.is_empty() {
        form.fault("text", "Enter what the table said.");
    } else if text.chars().count() > LONGEST_NOTE {
        form.fault(
            "text",
            format!("A note can have at most {LONGEST_NOTE} characters. Split it into two."),
        );
    }
    let speaks_for = fields.get("speaks_for").parse().unwrap_or(0);
    if !(1..=present).contains(&speaks_for) {
        form.fault(
            "speaks_for",
            format!("Choose a number from 1 to {present}."),
        );
    }
    let language = fields.get("language").to_owned();
    if !forum.languages.contains(&language) {
        form.fault("language", "Choose the language of the note.");
    }
    let prompt = forum.prompt(fields.get("prompt"));
    if prompt.is_none() {
        form.fault("prompt", "Choose the question.");
    }
    match prompt {
        Some(prompt) if form.is_right() => Ok(NoteDraft {
            said: NewComment {
                item_key: prompt.key.clone(),
                intent: prompt.intent,
                language,
                text,
            },
            speaks_for,
        }),
        _ => Err(form),
    }
}

/// The form to show again after the ledger refused the note.
pub(in crate::forums) fn with_fault(fields: &Fields, fault: NoteFault) -> FormState {
    let mut form = FormState::typed(fields);
    match fault {
        NoteFault::TooMany(1) => form.fault(
            "speaks_for",
            "This table now has 1 person. Choose 1.",
        ),
        NoteFault::TooMany(present) => form.fault(
            "speaks_for",
            format!("This table now has {present} people. Choose a number from 1 to {present}."),
        ),
        NoteFault::Changed => form.fault(
            "text",
            "Someone changed or withdrew this note while you were working. Check the list first.",
        ),
        NoteFault::SaysOtherwise => form.fault(
            "text",
            "This form was already saved with different text. If this is a new note, save it again.",
        ),
    }
    form
}

/// The ID of the note for a submission key. The same form always gets the same ID.
pub(in crate::forums) fn id(secret: &Secret, forum: &Forum, key: &str) -> CommentId {
    CommentId::from(secret.id("note", &[forum.id.as_str(), key]))
}
