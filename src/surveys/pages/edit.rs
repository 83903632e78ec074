//! Writing a survey as a document: a new one, a copy, or another wording of one that is there.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{Head, find, fingerprint, sees};
use crate::app::App;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::localised::{LocalisedText, Wording};
use crate::surveys::document::{Asks, Document, Item, ItemKind, Unit};
use crate::surveys::faults::Fault;
use crate::surveys::file::{parse_document, write_document};
use crate::surveys::model::State;
use crate::surveys::{life, store};
use crate::web::form::{Fields, FormState};
use crate::web::languages::FALLBACK;
use crate::web::{Page, Viewer, Visit, flash, permission};

/// The form that holds a survey's document.
#[derive(Debug, Serialize)]
pub(crate) struct EditPage {
    /// The survey that is changed; none for a new one.
    survey: Option<Head>,
    form: FormState,
    faults: Vec<Fault>,
    /// The rounds that a new survey may belong to.
    belongs_to: Vec<RoundChoice>,
}

#[derive(Clone, Debug, Serialize)]
struct RoundChoice {
    slug: String,
    title: Wording,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "surveys/edit.html";

    fn samples() -> Vec<Self> {
        let typed = FormState::default()
            .with("document", "slug = \"<family>\"\n</textarea>")
            .with("round", "vision-2031")
            .with("seen", "9f2c");
        let round = RoundChoice {
            slug: "vision-2031".to_owned(),
            title: Wording::default(),
        };
        let page = |survey, faults| Self {
            survey,
            form: typed.clone(),
            faults,
            belongs_to: vec![round.clone(), round.clone()],
        };
        let faults = vec![
            Fault::of_survey("line 3: invalid string"),
            Fault {
                item: Some("best".to_owned()),
                reason: "the question has no words".to_owned(),
            },
        ];
        vec![
            page(None, Vec::new()),
            page(None, faults.clone()),
            page(Some(Head::sample(State::Draft)), Vec::new()),
            page(Some(Head::sample(State::Open)), faults),
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct Query {
    from: Option<String>,
    round: Option<String>,
}

/// `GET /desk/surveys/new`, with `?from=` a survey to copy and `?round=` where it goes
pub(super) async fn begin(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let (document, round) = match &query.from {
        Some(slug) => {
            let found = find(&app, &viewer, slug).await?;
            let mut document = found.survey.document.0;
            document.slug = app.read(move |db| free_slug(db, &document.slug)).await?;
            (document, Some(found.round.slug))
        }
        None => (starter(&viewer.visit), None),
    };
    let current = viewer.visit.rounds.iter().find(|round| round.is_current);
    let round = query
        .round
        .clone()
        .or(round)
        .or_else(|| current.map(|round| round.slug.clone()));
    let text = write_document(&document).map_err(Error::bug)?;
    let form = FormState::default()
        .with("document", text)
        .with("round", round.unwrap_or_default());
    let page = EditPage::new(&viewer, None, form);
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/new`
pub(super) async fn add(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    fields: Fields,
) -> Result<HttpResponse> {
    let again = |faults| {
        let form = FormState::typed(&fields);
        refuse(&app, &viewer, EditPage::new(&viewer, None, form), faults)
    };
    let document = match parse_document(fields.raw("document").unwrap_or_default()) {
        Ok(document) => document,
        Err(reason) => return again(vec![Fault::of_survey(&reason)]),
    };
    let slug = fields.get("round");
    let round = viewer.visit.rounds.iter().find(|round| round.slug == slug);
    let Some(round) = round.filter(|round| sees(&viewer.reach(), &round.id)) else {
        return again(vec![Fault::of_survey(
            "please choose the round it belongs to",
        )]);
    };
    let (checked, actor, round) = (document.clone(), viewer.actor(), round.id.clone());
    let address = format!("/desk/surveys/{}", document.slug);
    let verdict = app
        .write(move |db| {
            let faults = new_faults(db, &checked)?;
            if faults.is_empty() {
                store::insert_draft(db, &actor, &round, &checked)?;
            }
            Ok(faults)
        })
        .await?;
    if !verdict.is_empty() {
        return again(verdict);
    }
    Ok(flash(&address, "survey-drafted"))
}

/// `GET /desk/surveys/{survey}/edit`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let document = &found.survey.document;
    let form = FormState::default()
        .with("document", write_document(document).map_err(Error::bug)?)
        .with("seen", fingerprint(document)?);
    let page = EditPage::new(&viewer, Some(found.head(&viewer.account)), form);
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/{survey}/edit`
pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let head = found.head(&viewer.account);
    let again = |faults, form| {
        let page = EditPage::new(&viewer, Some(head.clone()), form);
        refuse(&app, &viewer, page, faults)
    };
    let typed = FormState::typed(&fields);
    let document = match parse_document(fields.raw("document").unwrap_or_default()) {
        Ok(document) => document,
        Err(reason) => return again(vec![Fault::of_survey(&reason)], typed),
    };
    let (actor, id, seen) = (
        viewer.actor(),
        found.survey.id,
        fields.get("seen").to_owned(),
    );
    let address = format!("/desk/surveys/{}", document.slug);
    let verdict = app
        .write(move |db| {
            let survey = store::locked(db, &id)?;
            let there = fingerprint(&survey.document)?;
            if there != seen {
                return Ok(Verdict::MovedOn(there));
            }
            let published = store::published(db, &id)?;
            let places = store::places(db)?;
            let verdict = survey.may_become(&document, published.as_ref(), &places);
            let mut faults = verdict.err().unwrap_or_default();
            if document.slug != survey.slug && faults.is_empty() {
                faults.extend(taken(db, &document.slug)?);
            }
            if faults.is_empty() {
                life::change(db, &actor, &id, &document)?;
            }
            Ok(Verdict::Judged(faults))
        })
        .await?;
    match verdict {
        Verdict::MovedOn(there) => again(
            vec![Fault::of_survey(
                "somebody else has changed this survey since you opened it; their version is on its page; saving again puts yours in its place",
            )],
            typed.with("seen", there),
        ),
        Verdict::Judged(faults) if faults.is_empty() => Ok(flash(&address, "survey-saved")),
        Verdict::Judged(faults) => again(faults, typed),
    }
}

/// How saving went.
enum Verdict {
    /// Somebody else saved meanwhile: the fingerprint of what is there now.
    MovedOn(String),
    /// What is wrong; nothing, if it was saved.
    Judged(Vec<Fault>),
}

fn refuse(
    app: &App,
    viewer: &Viewer<permission::Surveys>,
    mut page: EditPage,
    faults: Vec<Fault>,
) -> Result<HttpResponse> {
    page.faults = faults;
    viewer
        .visit
        .page_as(app, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn new_faults(db: &mut Db, document: &Document) -> Result<Vec<Fault>> {
    let mut faults = document.faults_in(&store::places(db)?);
    faults.extend(taken(db, &document.slug)?);
    Ok(faults)
}

fn taken(db: &mut Db, slug: &str) -> Result<Option<Fault>> {
    let fault = || Fault::of_survey(&format!("another survey has the address “{slug}”"));
    Ok(store::find(db, slug)?.map(|_| fault()))
}

/// The slug for a copy: the same word with the next number that is free.
fn free_slug(db: &mut Db, slug: &str) -> Result<String> {
    let taken = store::slugs(db)?;
    Ok(next_slug(slug, |slug| taken.iter().any(|one| one == slug)))
}

/// The longest word that leaves room for a number.
const STEM: usize = 56;

fn next_slug(slug: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = slug
        .rsplit_once('-')
        .filter(|(stem, number)| !stem.is_empty() && number.parse::<u32>().is_ok());
    let stem = numbered.map_or(slug, |(stem, _)| stem);
    let stem = stem.get(..STEM).unwrap_or(stem);
    let mut number = 2;
    loop {
        let slug = format!("{stem}-{number}");
        if !taken(&slug) {
            return slug;
        }
        number += 1;
    }
}

/// A small survey to begin with.
fn starter(visit: &Visit) -> Document {
    let spoken = visit.district.as_ref();
    let languages = spoken.map(|district| district.languages.0.clone());
    let languages = languages.unwrap_or_else(|| vec![FALLBACK.to_owned()]);
    let words = |text: &str| {
        let tag = languages.first().map_or(FALLBACK, String::as_str);
        LocalisedText::one(tag, text)
    };
    let question = |key: &str, asks, label: &str| Item {
        key: key.to_owned(),
        kind: ItemKind::Text,
        asks: Some(asks),
        required: false,
        at_most: None,
        several: false,
        only: Vec::new(),
        max_length: None,
        from: None,
        to: None,
        label: words(label),
        help: LocalisedText::default(),
        low: LocalisedText::default(),
        high: LocalisedText::default(),
        choices: Vec::new(),
    };
    Document {
        slug: "survey".to_owned(),
        unit: Unit::Person,
        group: None,
        title: words("What matters for our schools?"),
        intro: words("Who asks, what for, how long it takes, and how the answers are kept."),
        thanks: words("What happens next, and when."),
        items: vec![
            question("going-well", Asks::Strength, "What is going well?"),
            question("be-better", Asks::Need, "What should be better?"),
        ],
        languages,
    }
}

impl EditPage {
    fn new(viewer: &Viewer<permission::Surveys>, survey: Option<Head>, form: FormState) -> Self {
        let choice = |round: &crate::district::Round| RoundChoice {
            slug: round.slug.clone(),
            title: round.title.wording(FALLBACK),
        };
        Self {
            survey,
            form,
            faults: Vec::new(),
            belongs_to: viewer.visit.rounds.iter().map(choice).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_takes_the_next_free_number() {
        let taken = |slug: &str| ["family", "family-2"].contains(&slug);
        assert_eq!(next_slug("family", taken), "family-3");
        assert_eq!(next_slug("family-2", taken), "family-3");
        assert_eq!(next_slug("staff", taken), "staff-2");
        let longest = "a".repeat(64);
        assert!(crate::surveys::is_key(&next_slug(&longest, |_| false)));
    }

    #[test]
    fn the_survey_to_begin_with_is_right() {
        assert_eq!(starter(&Visit::plain("en", "/desk", None)).faults(), []);
    }
}
