//! The desk's pages about surveys.

mod close;
mod edit;
mod kinds;
mod list;
mod new;
mod publish;
mod ready;
mod show;
mod start;
mod translation;
mod words;

use actix_web::web;
use serde::Serialize;

use super::corrections::Correction;
use super::document::Document;
use super::given::DistrictText;
use super::model::{Places, State, Survey, SurveyId, may_see};
use super::store;
use crate::accounts::{Permission, Reach, Scope, Viewer, permission};
use crate::app::App;
use crate::district::{self, Round};
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::secret::digest;
use crate::web::Samples;
use crate::web::languages::{FALLBACK, own_name};

/// `/desk/surveys` and everything below it that is about the survey itself
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/desk/surveys").get(list::show))
        .service(
            web::resource("/desk/surveys/new")
                .get(new::show)
                .post(new::add),
        )
        .service(web::resource("/desk/surveys/{survey}").get(show::show))
        .service(web::resource("/desk/surveys/{survey}/survey.toml").get(show::file))
        .service(
            web::resource("/desk/surveys/{survey}/edit")
                .get(edit::show)
                .post(edit::save),
        )
        .service(
            web::resource("/desk/surveys/{survey}/words")
                .get(words::show)
                .post(words::save),
        )
        .service(
            web::resource("/desk/surveys/{survey}/publish")
                .get(publish::show)
                .post(publish::submit),
        )
        .service(
            web::resource("/desk/surveys/{survey}/languages/{language}")
                .get(translation::show)
                .post(translation::take),
        )
        .service(
            web::resource("/desk/surveys/{survey}/languages/{language}/sheet.csv")
                .get(translation::sheet),
        )
        .service(
            web::resource("/desk/surveys/{survey}/languages/{language}/still-right")
                .post(translation::still_right),
        )
        .service(
            web::resource("/desk/surveys/{survey}/languages/{language}/read")
                .post(translation::read),
        )
        .service(
            web::resource("/desk/surveys/{survey}/close")
                .get(close::show)
                .post(close::submit),
        );
}

/// The header of every page about one survey.
#[derive(Clone, Debug, Serialize)]
struct SurveyHeader {
    slug: String,
    title: Wording,
    state: State,
    revision: i32,
    /// Whether the viewer can change it.
    manage: bool,
}

/// A survey with its published revision and context.
struct DeskSurvey {
    survey: Survey,
    round: Round,
    published: Option<Document>,
    places: Places,
}

/// The survey with a slug, if the viewer's grants cover it.
async fn find<P: Permission>(app: &App, viewer: &Viewer<P>, slug: &str) -> Result<DeskSurvey> {
    let slug = slug.to_owned();
    let found = app
        .read(move |db| {
            let survey = store::by_slug(db, &slug)?;
            Ok(DeskSurvey {
                round: district::round_by_id(db, &survey.round_id)?,
                published: store::published(db, &survey.id)?,
                places: store::places(db)?,
                survey,
            })
        })
        .await?;
    if may_see(&viewer.reach(), &found.round.id) {
        Ok(found)
    } else {
        Err(Error::NotFound)
    }
}

/// The published surveys among these whose round is planned by someone with these grants: they see its progress.
fn planned<'a>(plans: &Reach, surveys: impl IntoIterator<Item = &'a Survey>) -> Vec<SurveyId> {
    let plans = |survey: &Survey| plans.covers(&Scope::Round(survey.round_id.clone()));
    surveys
        .into_iter()
        .filter(|survey| survey.state != State::Draft && plans(survey))
        .map(|survey| survey.id.clone())
        .collect()
}

impl DeskSurvey {
    /// The district's text that the survey shows.
    fn given(&self) -> DistrictText {
        DistrictText::of(&self.survey.document, &self.places)
    }

    fn head<P: Permission>(&self, viewer: &Viewer<P>) -> SurveyHeader {
        SurveyHeader {
            slug: self.survey.slug.clone(),
            title: self.survey.document.title.wording(FALLBACK),
            state: self.survey.state,
            revision: self.survey.revision,
            manage: viewer.may::<permission::Surveys>(),
        }
    }
}

impl SurveyHeader {
    fn sample(state: State) -> Self {
        Self {
            slug: "family".to_owned(),
            title: Wording {
                text: "Encuesta <b>para</b> familias".to_owned(),
                lang: Some("es".to_owned()),
            },
            state,
            revision: if state == State::Draft { 0 } else { 2 },
            manage: state != State::Closed,
        }
    }
}

/// A fingerprint that shows whether a document is still the one a form was made from.
fn fingerprint(document: &Document) -> Result<String> {
    Ok(digest(
        serde_json::to_vec(document).map_err(Error::internal)?,
    ))
}

/// A language of the survey, with the names of its missing texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Tongue {
    tag: String,
    name: String,
    missing: Vec<String>,
    /// How many of its texts were translated from a sentence that has changed since.
    stale: usize,
    /// Whether it's a machine translation that nobody has reviewed.
    unread: bool,
    /// Whether it's the survey's source language.
    source: bool,
}

impl Tongue {
    fn of(document: &Document, places: &Places) -> Vec<Self> {
        let missing = document.missing_with(&DistrictText::of(document, places));
        let tongue = |tag: &String| Self {
            tag: tag.clone(),
            name: own_name(tag).to_owned(),
            missing: missing
                .iter()
                .find(|(lacking, _)| lacking == tag)
                .map(|(_, names)| names.clone())
                .unwrap_or_default(),
            stale: document.stale_words(tag).len(),
            unread: document.is_unread_draft(tag),
            source: document.languages.first() == Some(tag),
        };
        document.languages.iter().map(tongue).collect()
    }

    fn samples() -> Vec<Self> {
        let tongue = |tag: &str, missing: &[&str]| Self {
            tag: tag.to_owned(),
            name: own_name(tag).to_owned(),
            missing: missing.iter().map(|name| (*name).to_owned()).collect(),
            stale: missing.len(),
            unread: tag != "en",
            source: tag == "en",
        };
        vec![
            tongue("en", &[]),
            tongue("ar", &["title", "first: choice buses"]),
        ]
    }
}

fn sample_corrections() -> Vec<Correction> {
    let correction = |part: &str, language: Option<&str>, before: &str, after: &str| Correction {
        part: part.to_owned(),
        language: language.map(str::to_owned),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    vec![
        correction("languages", None, "en", "en, ar"),
        correction(
            "first: question",
            Some("en"),
            "What <first>?",
            "What comes first?",
        ),
        correction("first: choice buses", Some("ar"), "", "الحافلات"),
    ]
}

/// Every page here with its samples.
pub(super) fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<list::ListPage>(),
        Samples::of::<show::ShowPage>(),
        Samples::of::<ready::ReadyPage>(),
        Samples::of::<words::WordsPage>(),
        Samples::of::<edit::EditPage>(),
        Samples::of::<publish::PublishPage>(),
        Samples::of::<close::ClosePage>(),
        Samples::of::<translation::TranslationPage>(),
    ]
}
