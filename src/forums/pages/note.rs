//! One note: correct it, withdraw it or put it back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::LanguageName;
use super::head::ForumHead;
use super::notes::{back_to, points};
use crate::accounts::Viewer;
use crate::app::App;
use crate::comments::{Comment, CommentId, Status};
use crate::error::{Error, Result};
use crate::forums::forms::note::{self as note_form, LONGEST_NOTE};
use crate::forums::model::{Forum, Table};
use crate::forums::permission::Facilitate;
use crate::forums::store;
use crate::secret::random_token;
use crate::web::form::{Fields, FormState};
use crate::web::{Page, flash};

/// The form that corrects a note.
#[derive(Debug, Serialize)]
pub(crate) struct NotePage {
    forum: ForumHead,
    table: i32,
    present: i32,
    id: String,
    prompts: Vec<PromptChoice>,
    points: Vec<i32>,
    spoken: Vec<LanguageName>,
    longest: usize,
    released: bool,
    form: FormState,
    submission: String,
}

#[derive(Clone, Debug, Serialize)]
struct PromptChoice {
    key: String,
    label: String,
}

impl Page for NotePage {
    const TEMPLATE: &'static str = "forums/note.html";

    fn samples() -> Vec<Self> {
        let page = |present, released, form| Self {
            forum: ForumHead::sample(),
            table: 4,
            present,
            id: "n".to_owned(),
            prompts: vec![PromptChoice {
                key: "needs".to_owned(),
                label: "What should change first?".to_owned(),
            }],
            points: points(present),
            spoken: vec![LanguageName::of("en"), LanguageName::of("es")],
            longest: LONGEST_NOTE,
            released,
            form,
            submission: "k".to_owned(),
        };
        let mut wrong = FormState::default();
        for field in ["text", "speaks_for", "language", "prompt"] {
            wrong.fault(field, "Please check this.");
        }
        vec![
            page(7, false, FormState::default().with("language", "es")),
            page(12, true, wrong),
        ]
    }
}

impl NotePage {
    fn of(
        forum: &Forum,
        table: &Table,
        note: &Comment,
        form: FormState,
        submission: String,
    ) -> Self {
        let prompts = forum.prompts.iter().map(|prompt| PromptChoice {
            key: prompt.key.clone(),
            label: prompt.label.wording("en").text,
        });
        Self {
            forum: ForumHead::of(forum),
            table: table.table_number,
            present: table.present,
            id: note.id.to_string(),
            prompts: prompts.collect(),
            points: points(table.present),
            spoken: LanguageName::all(&forum.languages),
            longest: LONGEST_NOTE,
            released: note.released_by.is_some(),
            form,
            submission,
        }
    }
}

/// A note of a forum, with the forum and the table.
async fn find(app: &App, slug: &str, note: &CommentId) -> Result<(Forum, Table, Comment)> {
    let (slug, note) = (slug.to_owned(), note.clone());
    app.read(move |db| {
        let forum = store::by_slug(db, &slug)?;
        let (comment, table) = store::note(db, &forum.id, &note)?;
        Ok((forum, table, comment))
    })
    .await
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    path: web::Path<(String, CommentId)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let (forum, table, note) = find(&app, &slug, &id).await?;
    if note.status != Status::Counted {
        return Err(Error::NotFound);
    }
    let form = FormState::default()
        .with("text", &note.text)
        .with("speaks_for", &note.speaks_for)
        .with("language", &note.language)
        .with("prompt", &note.item_key);
    let page = NotePage::of(&forum, &table, &note, form, random_token()?);
    viewer.visit.page(&app, &page)
}

pub(super) async fn correct(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    path: web::Path<(String, CommentId)>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (slug, old) = path.into_inner();
    let key = match fields.get("_submission") {
        "" => random_token()?,
        key => key.to_owned(),
    };
    let (forum, table, note) = find(&app, &slug, &old).await?;
    let draft = match note_form::parse(&fields, &forum, table.present) {
        Ok(draft) => draft,
        Err(form) => {
            let page = NotePage::of(&forum, &table, &note, form, key);
            return viewer.visit.again(&app, &page);
        }
    };
    let back = back_to(&slug, table.table_number, &draft.said.item_key);
    let (actor, id) = (viewer.actor(), note_form::id(&app.secret, &forum, &key));
    let at = table.clone();
    let corrected = app
        .write(move |db| Ok(store::correct_note(db, &actor, &old, &at, &id, &draft)?))
        .await?;
    match corrected {
        Ok(()) => Ok(flash(&back, "note-corrected")),
        Err(fault) => {
            let form = note_form::with_fault(&fields, fault);
            let page = NotePage::of(&forum, &table, &note, form, random_token()?);
            viewer.visit.page_as(&app, StatusCode::CONFLICT, &page)
        }
    }
}

pub(super) async fn withdraw(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    path: web::Path<(String, CommentId)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let (_, table, note) = find(&app, &slug, &id).await?;
    let actor = viewer.actor();
    // After a double tap the note is already withdrawn, which is what the person wanted.
    let _ = app
        .write(move |db| Ok(store::withdraw_note(db, &actor, &id)?))
        .await?;
    let back = back_to(&slug, table.table_number, &note.item_key);
    Ok(flash(&back, "note-withdrawn"))
}

pub(super) async fn restore(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    path: web::Path<(String, CommentId)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let (_, table, note) = find(&app, &slug, &id).await?;
    let back = back_to(&slug, table.table_number, &note.item_key);
    let (actor, speaks_for) = (viewer.actor(), note.speaks_for);
    let restored = app
        .write(move |db| Ok(store::restore_note(db, &actor, &table, &id, speaks_for)?))
        .await?;
    let sentence = match restored {
        Err(store::NoteFault::TooMany(_)) => "note-speaks-for-too-many",
        Ok(()) | Err(_) => "note-restored",
    };
    Ok(flash(&back, sentence))
}
