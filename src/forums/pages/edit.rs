//! Adds and changes forums.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::LanguageName;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::district::{self, Round};
use crate::error::{Error, Result};
use crate::forums::forms::{ForumDraft, MOST_PROMPTS, form_of};
use crate::forums::model::Forum;
use crate::forums::store;
use crate::keys::ForumId;
use crate::surveys::Intent;
use crate::web::form::{Fields, FormState};
use crate::web::{Page, flash};

/// How many empty questions the form offers below the existing ones.
const EMPTY_PROMPTS: usize = 3;

/// The form for a forum.
#[derive(Debug, Serialize)]
pub(crate) struct ForumFormPage {
    /// The forum being changed. `None` for a new one.
    slug: Option<String>,
    round_choices: Vec<RoundChoice>,
    written: Vec<LanguageName>,
    intents: &'static [Intent],
    prompts: Vec<usize>,
    form: FormState,
}

#[derive(Clone, Debug, Serialize)]
struct RoundChoice {
    slug: String,
    title: String,
}

impl Page for ForumFormPage {
    const TEMPLATE: &'static str = "forums/edit.html";

    fn samples() -> Vec<Self> {
        let page = |slug: Option<&str>, form| Self {
            slug: slug.map(str::to_owned),
            round_choices: vec![RoundChoice {
                slug: "vision-2031".to_owned(),
                title: "Vision 2031".to_owned(),
            }],
            written: vec![LanguageName::of("en"), LanguageName::of("es")],
            intents: Intent::ALL,
            prompts: vec![0, 1],
            form,
        };
        let mut wrong = FormState::default()
            .with("prompt-0-label-en", "What do our schools do well?")
            .with("prompt-0-intent", "strength");
        wrong.fault("title-en", "Enter a title.");
        wrong.fault("prompt-0-key", "Another question has this key.");
        vec![
            page(None, FormState::default()),
            page(Some("oak-evening"), FormState::default()),
            page(None, wrong),
        ]
    }
}

impl ForumFormPage {
    fn of(viewer: &Viewer<permission::Surveys>, slug: Option<&str>, form: FormState) -> Self {
        let used = (0..MOST_PROMPTS)
            .rev()
            .find(|at| form.values.keys().any(|name| is_filled(&form, name, *at)));
        let shown = (used.map_or(0, |at| at + 1) + EMPTY_PROMPTS).min(MOST_PROMPTS);
        let rounds = viewer.visit.rounds.iter();
        Self {
            slug: slug.map(str::to_owned),
            round_choices: rounds
                .map(|round| RoundChoice {
                    slug: round.slug.clone(),
                    title: round.title.wording("en").text,
                })
                .collect(),
            written: LanguageName::all(languages(viewer)),
            intents: Intent::ALL,
            prompts: (0..shown).collect(),
            form,
        }
    }
}

/// Whether a field belongs to the question at a position and has text.
fn is_filled(form: &FormState, name: &str, at: usize) -> bool {
    name.starts_with(&format!("prompt-{at}-label-"))
        && form.values.get(name).is_some_and(|value| !value.is_empty())
}

fn languages(viewer: &Viewer<permission::Surveys>) -> &[String] {
    let district = viewer.visit.district.as_ref();
    district.map_or(&[][..], |district| &district.languages.0)
}

pub(super) async fn blank(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
) -> Result<HttpResponse> {
    let current: Option<&Round> = viewer.visit.rounds.iter().find(|round| round.is_current);
    let mut form = FormState::default();
    if let Some(round) = current {
        form = form.with("round", &round.slug);
    }
    form.many
        .insert("languages".to_owned(), languages(&viewer).to_vec());
    let page = ForumFormPage::of(&viewer, None, form);
    viewer.visit.page(&app, &page)
}

pub(super) async fn add(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    fields: Fields,
) -> Result<HttpResponse> {
    let again = |form| {
        let page = ForumFormPage::of(&viewer, None, form);
        viewer.visit.again(&app, &page)
    };
    let draft = match ForumDraft::parse(&fields, languages(&viewer)) {
        Ok(draft) => draft,
        Err(form) => return again(form),
    };
    let (actor, round, slug) = (
        viewer.actor(),
        fields.get("round").to_owned(),
        draft.slug.clone(),
    );
    let added = app
        .write(move |db| {
            let round = district::round_by_slug(db, &round)?;
            if store::is_taken(db, &draft.slug)? {
                return Ok(false);
            }
            store::insert(db, &actor, &draft.forum(ForumId::new(), round.id))?;
            Ok(true)
        })
        .await?;
    if added {
        return Ok(flash(&format!("/desk/forums/{slug}"), "forum-added"));
    }
    let mut form = FormState::typed(&fields).with("slug", &slug);
    form.fault(
        "slug",
        "Another forum has this address. Choose a different one.",
    );
    again(form)
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let wanted = slug.clone();
    let forum = app.read(move |db| Ok(store::by_slug(db, &wanted)?)).await?;
    let page = ForumFormPage::of(&viewer, Some(&slug), form_of(&forum));
    viewer.visit.page(&app, &page)
}

pub(super) async fn change(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse> {
    // The slug can't change, because emails and posters have the URL.
    fields.0.retain(|(name, _)| name != "slug");
    fields.0.push(("slug".to_owned(), slug.clone()));
    let again = |form| {
        let page = ForumFormPage::of(&viewer, Some(&slug), form);
        viewer.visit.again(&app, &page)
    };
    let draft = match ForumDraft::parse(&fields, languages(&viewer)) {
        Ok(draft) => draft,
        Err(form) => return again(form),
    };
    let (actor, wanted) = (viewer.actor(), slug.clone());
    let changed = app
        .write(move |db| {
            let there = store::by_slug(db, &wanted)?;
            let forum: Forum = draft.forum(there.id, there.round_id);
            forum.keeps(&store::prompts_in_use(db, &forum.id)?)?;
            Ok(store::update(db, &actor, &forum)?)
        })
        .await;
    match changed {
        Ok(()) => Ok(flash(&format!("/desk/forums/{slug}"), "forum-changed")),
        Err(Error::Conflict(reason)) => {
            let mut form = FormState::typed(&fields);
            form.fault("prompts", reason);
            again(form)
        }
        Err(error) => Err(error),
    }
}
