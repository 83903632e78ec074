//! The facilitator's page on a phone: a table, a prompt, a note, and what the table has said so far.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::LanguageName;
use super::head::ForumHead;
use super::tables;
use crate::accounts::Viewer;
use crate::app::App;
use crate::comments::{Comment, Status};
use crate::error::{Error, Result};
use crate::forums::forms::note::{self as note_form, LONGEST_NOTE};
use crate::forums::model::{Forum, Table};
use crate::forums::permission::Facilitate;
use crate::forums::store;
use crate::localized::Wording;
use crate::secret::random_token;
use crate::surveys::Intent;
use crate::web::form::{Fields, FormState};
use crate::web::{Page, flash};

/// Up to this many people at a table, the facilitator taps a number to say how many a note speaks for.
const MOST_POINTS: i32 = 10;

/// A table's notes and the form for the next one.
#[derive(Debug, Serialize)]
pub(crate) struct NotesPage {
    forum: ForumHead,
    table: i32,
    present: i32,
    prompts: Vec<PromptChip>,
    /// The selected prompt in every language of the forum. `None` if the forum has no prompts.
    ask: Option<Ask>,
    points: Vec<i32>,
    spoken: Vec<LanguageName>,
    longest: usize,
    form: FormState,
    submission: String,
    counted: usize,
    notes: Vec<Note>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PromptChip {
    key: String,
    heading: &'static str,
    current: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Ask {
    key: String,
    labels: Vec<Wording>,
}

/// One note in the list.
#[derive(Clone, Debug, Serialize)]
struct Note {
    id: String,
    text: Wording,
    heading: &'static str,
    speaks_for: i32,
    status: Status,
}

impl Page for NotesPage {
    const TEMPLATE: &'static str = "forums/notes.html";

    fn samples() -> Vec<Self> {
        let note = |status| Note {
            id: "n".to_owned(),
            text: Wording {
                text: "El cruce de Mill Road".to_owned(),
                lang: Some("es".to_owned()),
            },
            heading: Intent::Need.heading(),
            speaks_for: 5,
            status,
        };
        let page = |present, form, notes: Vec<Note>| Self {
            forum: ForumHead::sample(),
            table: 4,
            present,
            prompts: vec![PromptChip {
                key: "needs".to_owned(),
                heading: Intent::Need.heading(),
                current: true,
            }],
            ask: Some(Ask::sample()),
            points: points(present),
            spoken: vec![LanguageName::of("en"), LanguageName::of("es")],
            longest: LONGEST_NOTE,
            form,
            submission: "k".to_owned(),
            counted: notes.len(),
            notes,
        };
        let mut wrong = FormState::default().with("speaks_for", "9");
        wrong.fault("text", "Enter what the table said.");
        wrong.fault("speaks_for", "This table has 7 people.");
        wrong.fault("language", "Choose the language.");
        let mut nothing_to_ask = page(7, FormState::default(), vec![]);
        nothing_to_ask.ask = None;
        nothing_to_ask.prompts.clear();
        vec![
            page(7, FormState::default(), vec![]),
            page(
                12,
                wrong,
                vec![note(Status::Counted), note(Status::Withdrawn)],
            ),
            nothing_to_ask,
        ]
    }
}

impl Ask {
    pub(super) fn of(forum: &Forum, key: &str) -> Option<Self> {
        let prompt = forum.prompt(key)?;
        let said = forum.languages.iter().map(|tag| prompt.label.wording(tag));
        // Skip languages without their own text, because they would repeat another language's.
        let mut labels: Vec<Wording> = forum
            .languages
            .iter()
            .zip(said)
            .filter(|(_, wording)| wording.lang.is_none())
            .map(|(tag, wording)| Wording {
                lang: (tag != "en").then(|| tag.clone()),
                ..wording
            })
            .collect();
        if labels.is_empty() {
            labels.push(prompt.label.wording("en"));
        }
        Some(Self {
            key: prompt.key.clone(),
            labels,
        })
    }

    pub(super) fn sample() -> Self {
        Self {
            key: "needs".to_owned(),
            labels: vec![
                Wording {
                    text: "What should change first?".to_owned(),
                    lang: None,
                },
                Wording {
                    text: "¿Qué debe cambiar primero?".to_owned(),
                    lang: Some("es".to_owned()),
                },
            ],
        }
    }
}

/// The numbers to tap. Empty if the table is too large for them.
pub(super) fn points(present: i32) -> Vec<i32> {
    if present <= MOST_POINTS {
        (1..=present).collect()
    } else {
        Vec::new()
    }
}

/// The chips of a forum's prompts, with the selected one marked.
pub(super) fn chips(forum: &Forum, chosen: Option<&Ask>) -> Vec<PromptChip> {
    let chip = |prompt: &crate::forums::Prompt| PromptChip {
        key: prompt.key.clone(),
        heading: prompt.intent.heading(),
        current: chosen.is_some_and(|ask| ask.key == prompt.key),
    };
    forum.prompts.iter().map(chip).collect()
}

impl Note {
    fn of(comment: Comment) -> Self {
        Self {
            id: comment.id.to_string(),
            text: Wording {
                lang: (comment.language != "en").then_some(comment.language),
                text: comment.text,
            },
            heading: comment.intent.heading(),
            speaks_for: comment.speaks_for,
            status: comment.status,
        }
    }
}

impl NotesPage {
    /// The page of a table. Shows the prompt in the form's `prompt` field, or else the first.
    fn of(
        forum: &Forum,
        table: &Table,
        notes: Vec<Comment>,
        form: FormState,
        submission: String,
    ) -> Self {
        let first = forum.prompts.first().map(|prompt| prompt.key.as_str());
        let wanted = form
            .values
            .get("prompt")
            .filter(|key| forum.prompt(key).is_some());
        let ask = wanted
            .map(String::as_str)
            .or(first)
            .and_then(|key| Ask::of(forum, key));
        let counted = notes.iter().filter(|note| note.status == Status::Counted);
        Self {
            forum: ForumHead::of(forum),
            table: table.table_number,
            present: table.present,
            prompts: chips(forum, ask.as_ref()),
            ask,
            points: points(table.present),
            spoken: LanguageName::all(&forum.languages),
            longest: LONGEST_NOTE,
            form,
            submission,
            counted: counted.count(),
            notes: notes.into_iter().map(Note::of).collect(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Query {
    table: Option<i32>,
    prompt: Option<String>,
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    slug: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let Some(number) = query.table else {
        return tables::choose(&app, &viewer, &slug, StatusCode::OK, FormState::default()).await;
    };
    let mut form = FormState::default();
    if let Some(prompt) = &query.prompt {
        form = form.with("prompt", prompt);
    }
    let key = random_token()?;
    page(&app, &viewer, &slug, number, StatusCode::OK, form, key).await
}

/// A table's page with a form in some state. If no table has this number, the page to choose one.
pub(super) async fn page(
    app: &App,
    viewer: &Viewer<Facilitate>,
    slug: &str,
    number: i32,
    status: StatusCode,
    form: FormState,
    submission: String,
) -> Result<HttpResponse> {
    let wanted = slug.to_owned();
    let (forum, found) = app
        .read(move |db| {
            let forum = store::by_slug(db, &wanted)?;
            let found = match store::table(db, &forum.id, number)? {
                Some(table) => Some((store::notes(db, &table)?, table)),
                None => None,
            };
            Ok((forum, found))
        })
        .await?;
    let Some((notes, table)) = found else {
        let form = FormState::default().with("number", &number);
        return tables::choose(app, viewer, slug, StatusCode::NOT_FOUND, form).await;
    };
    let page = NotesPage::of(&forum, &table, notes, form, submission);
    viewer.visit.page_as(app, status, &page)
}

pub(super) async fn add(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let number: i32 = fields.get("table").parse().map_err(|_| {
        Error::BadRequest(
            "The form doesn’t say which table it’s for. Open the table again.".to_owned(),
        )
    })?;
    let key = match fields.get("_submission") {
        "" => random_token()?,
        key => key.to_owned(),
    };
    let wanted = slug.clone();
    let (forum, table) = app
        .read(move |db| {
            let forum = store::by_slug(db, &wanted)?;
            let table = store::table(db, &forum.id, number)?;
            Ok((forum, table))
        })
        .await?;
    let table = table.ok_or(Error::NotFound)?;
    let draft = match note_form::parse(&fields, &forum, table.present) {
        Ok(draft) => draft,
        Err(form) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&app, &viewer, &slug, number, status, form, key).await;
        }
    };
    let back = back_to(&slug, number, &draft.said.item_key);
    let (actor, id) = (viewer.actor(), note_form::id(&app.secret, &forum, &key));
    let added = app
        .write(move |db| {
            let added = store::add_note(db, &actor, &forum, &table, &id, &draft)?;
            Ok(added)
        })
        .await?;
    match added {
        Ok(()) => Ok(flash(&back, "note-saved")),
        Err(fault) => {
            let form = note_form::with_fault(&fields, fault);
            let fresh = random_token()?;
            let status = StatusCode::CONFLICT;
            page(&app, &viewer, &slug, number, status, form, fresh).await
        }
    }
}

/// The URL of a table's notes with a prompt selected.
pub(super) fn back_to(slug: &str, table: i32, prompt: &str) -> String {
    format!("/desk/forums/{slug}/notes?table={table}&prompt={prompt}")
}
