//! `/desk/rounds/{round}/publish`: what will be published, what is missing, what has changed, and what was published
//! before.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::public::Query;
use super::site::{Leaf, Site};
use super::suppression::Suppression;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::district::{self, Round};
use crate::editions::{self, Audience, EditionId};
use crate::error::{Error, Result};
use crate::themes::Live;
use crate::voices::difference::difference;
use crate::voices::publish::{Draft, draft};
use crate::voices::readiness::{Gap, Untranslated};
use crate::voices::sample_rounds;
use crate::voices::shelf::Shelf;
use crate::voices::snapshot::Snapshot;
use crate::web::form::{Fields, FormState};
use crate::web::languages::own_name;
use crate::web::{Page, flash};

/// The page before publishing.
#[derive(Debug, Serialize)]
pub(crate) struct PublishPage {
    slug: String,
    contents: Contents,
    gaps: Vec<GapLine>,
    untranslated: Vec<Lack>,
    /// What has changed since the last snapshot. `None` if there isn't one.
    changes: Option<Vec<String>>,
    editions: Vec<EditionLine>,
    form: FormState,
}

/// What is in the draft, in numbers.
#[derive(Debug, Serialize)]
struct Contents {
    themes: usize,
    with_outcome: usize,
    priorities: usize,
    decided: usize,
    goals: usize,
    statements: usize,
    stages: usize,
    comments: usize,
    codebook: i32,
    answered: Vec<(String, Option<u64>)>,
    suppression: Suppression,
}

#[derive(Debug, Serialize)]
struct GapLine {
    text: String,
    page: String,
}

#[derive(Debug, Serialize)]
struct Lack {
    what: String,
    languages: Vec<String>,
    words: String,
    lang: String,
}

#[derive(Debug, Serialize)]
struct EditionLine {
    id: EditionId,
    number: i32,
    by: String,
    /// In the district's time zone.
    at: NaiveDateTime,
    taken_back_at: Option<NaiveDateTime>,
    digest: String,
    /// Whether it's the one the public sees now.
    is_public: bool,
}

impl Page for PublishPage {
    const TEMPLATE: &'static str = "voices/publish.html";

    fn samples() -> Vec<Self> {
        let line = |number, is_public: bool| EditionLine {
            id: EditionId::from("5a".to_owned()),
            number,
            by: "Ana Ruiz".to_owned(),
            at: NaiveDateTime::default(),
            taken_back_at: (!is_public).then(NaiveDateTime::default),
            digest: "9f2c".repeat(16),
            is_public,
        };
        let mut refused = FormState::default();
        refused.fault(
            "languages",
            "Check this box to publish without these translations, or add them first.",
        );
        let ready = Self {
            slug: "vision-2031".to_owned(),
            contents: Contents::of(&sample_rounds::full()),
            gaps: Vec::new(),
            untranslated: vec![Lack {
                what: "Priority reason (on-time)".to_owned(),
                languages: vec!["Español".to_owned()],
                words: "Most families mentioned it.".to_owned(),
                lang: "en".to_owned(),
            }],
            changes: Some(vec!["3 more comments.".to_owned()]),
            editions: vec![line(2, true), line(1, false)],
            form: refused,
        };
        let early = Self {
            slug: "vision-2031".to_owned(),
            contents: Contents::of(&sample_rounds::early()),
            gaps: vec![GapLine {
                text: Gap::NoCodebook.to_string(),
                page: Gap::NoCodebook.page(),
            }],
            untranslated: Vec::new(),
            changes: None,
            editions: Vec::new(),
            form: FormState::default(),
        };
        vec![ready, early]
    }
}

impl Contents {
    fn of(snapshot: &Snapshot) -> Self {
        let main = snapshot.main_language();
        Self {
            themes: snapshot.themes.len(),
            with_outcome: snapshot
                .themes
                .iter()
                .filter(|theme| theme.outcome.is_some())
                .count(),
            priorities: snapshot.priorities.len(),
            decided: snapshot
                .priorities
                .iter()
                .filter(|priority| priority.decision.is_some())
                .count(),
            goals: snapshot.goals.len(),
            statements: snapshot.statements.len(),
            stages: snapshot.stages.len(),
            comments: snapshot.comments.len(),
            codebook: snapshot.method.codebook,
            answered: snapshot
                .sources
                .iter()
                .map(|source| (source.title.get(main).0.to_owned(), source.answered))
                .collect(),
            suppression: Suppression::of(snapshot),
        }
    }
}

fn lack(missing: Untranslated) -> Lack {
    let (words, lang) = missing.shown;
    let names = missing.languages.iter().map(|tag| own_name(tag).to_owned());
    Lack {
        what: missing.what,
        languages: names.collect(),
        words,
        lang,
    }
}

/// The round with a slug, and its draft under the viewer's name.
async fn look<P: crate::accounts::Permission>(
    live: &web::Data<Live>,
    viewer: &Viewer<P>,
    slug: String,
) -> Result<(Round, Draft)> {
    let (name, at) = (viewer.account.name.clone(), viewer.actor().at);
    live.view_later(move |index, db| {
        let round = district::round_by_slug(db, &slug)?;
        let draft = draft(index, db, &name, at, &round)?;
        Ok((round, draft))
    })
    .await
}

pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    shelf: web::Data<Shelf>,
    viewer: Viewer<permission::Plan>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (round, draft) = look(&live, &viewer, path.into_inner()).await?;
    page(&app, &shelf, &viewer, round, draft, FormState::default()).await
}

async fn page(
    app: &web::Data<App>,
    shelf: &web::Data<Shelf>,
    viewer: &Viewer<permission::Plan>,
    round: Round,
    draft: Draft,
    form: FormState,
) -> Result<HttpResponse> {
    let local_time = viewer.visit.local_time();
    let (shelf, id) = (shelf.clone(), round.id.clone());
    let (last, editions) = app
        .read(move |db| {
            Ok((
                shelf.status(db, &id)?,
                editions::of_round(db, &id, Audience::Public)?,
            ))
        })
        .await?;
    let public = editions
        .iter()
        .map(|(edition, _)| edition)
        .find(|edition| edition.taken_back_at.is_none())
        .map(|edition| edition.id.clone());
    let status = if form.is_right() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let context = PublishPage {
        slug: round.slug,
        contents: Contents::of(&draft.snapshot),
        changes: last.map(|last| difference(&last, &draft.snapshot)),
        gaps: draft
            .gaps
            .iter()
            .map(|gap| GapLine {
                text: gap.to_string(),
                page: gap.page(),
            })
            .collect(),
        untranslated: draft.untranslated.into_iter().map(lack).collect(),
        editions: editions
            .into_iter()
            .map(|(edition, by)| EditionLine {
                is_public: Some(&edition.id) == public.as_ref(),
                number: edition.number,
                at: local_time.at(edition.published_at),
                taken_back_at: edition.taken_back_at.map(|at| local_time.at(at)),
                digest: edition.digest,
                id: edition.id,
                by,
            })
            .collect(),
        form,
    };
    viewer.visit.page_as(app, status, &context)
}

pub(super) async fn submit(
    app: web::Data<App>,
    live: web::Data<Live>,
    shelf: web::Data<Shelf>,
    viewer: Viewer<permission::Plan>,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (round, draft) = look(&live, &viewer, path.into_inner()).await?;
    let mut form = FormState::typed(&fields);
    if !draft.gaps.is_empty() {
        form.fault("gaps", "Something is still missing. See the list below.");
    }
    if fields.get("sure") != "yes" {
        form.fault("sure", "Check this box after you review the preview.");
    }
    if !draft.untranslated.is_empty() && fields.get("languages") != "yes" {
        form.fault(
            "languages",
            "Check the box to publish without these translations, or add them first.",
        );
    }
    if !form.is_right() {
        return page(&app, &shelf, &viewer, round, draft, form).await;
    }
    let actor = viewer.actor();
    let back = format!("/desk/rounds/{}/publish", round.slug);
    let id = EditionId::from(fields.row_id(&app.secret, "edition")?);
    app.write(move |db| {
        let content = draft.whole()?;
        editions::insert(db, &actor, &round.id, Audience::Public, id, &content)
    })
    .await?;
    Ok(flash(&back, "published"))
}

pub(super) async fn unpublish(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let actor = viewer.actor();
    let back = format!("/desk/rounds/{slug}/publish");
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        Ok(editions::take_back(
            db,
            &actor,
            &round.id,
            Audience::Public,
            &id.into(),
        )?)
    })
    .await?;
    Ok(flash(&back, "snapshot-unpublished"))
}

/// Shows the draft on the same pages that the public would see.
pub(super) async fn preview(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Plan>,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let (slug, tail) = path.into_inner();
    let leaf = Leaf::parse(&tail).ok_or(Error::NotFound)?;
    let (_, draft) = look(&live, &viewer, slug).await?;
    // The desk is in English, but these are public pages in each of the district's languages.
    let visit = viewer.visit.as_reader(&request);
    Site::preview(draft.snapshot).answer(&app, &visit, &leaf, query.page)
}
