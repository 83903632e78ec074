//! The desk's languages page: which interface languages are complete, and which are machine translations that someone
//! has reviewed.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Serialize;

use crate::accounts::{Permission, Viewer, permission};
use crate::app::App;
use crate::district::{self, LanguageReview};
use crate::error::{Error, Result};
use crate::web::form::{Fields, FormState};
use crate::web::languages::{About, Covers, own_name};
use crate::web::{Page, flash};

/// The maximum length of a reviewer's name, in characters.
const LONGEST_NAME: usize = 200;

/// The languages of the district with the state of our translation in each.
#[derive(Debug, Serialize)]
pub(crate) struct LanguagesPage {
    tongues: Vec<LanguageRow>,
    may_change: bool,
    form: FormState,
    /// The language whose form was submitted.
    typed_for: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct LanguageRow {
    tag: String,
    name: String,
    /// Whether the district's surveys use it.
    asked: bool,
    /// The pages that our translation covers: `nothing`, `answering`, or `everything`.
    covers: &'static str,
    machine_draft: bool,
    review: Option<Review>,
}

#[derive(Clone, Debug, Serialize)]
struct Review {
    reviewer: String,
    /// Who turned it on, or `None` for the command line.
    by: Option<String>,
    /// In the district's time zone.
    at: NaiveDateTime,
}

impl Page for LanguagesPage {
    const TEMPLATE: &'static str = "desk/languages.html";

    fn samples() -> Vec<Self> {
        let row = |tag: &str, about: Option<About>, review| {
            LanguageRow::new(tag.to_owned(), tag != "ar", about, review)
        };
        let draft = About {
            machine_draft: true,
            covers: Covers::Answering,
        };
        let review = Review {
            reviewer: "Samira <Haddad>".to_owned(),
            by: Some("Ana Ruiz".to_owned()),
            at: NaiveDateTime::default(),
        };
        let all = |review| {
            vec![
                row("en", Some(About::default()), None),
                row("vi", None, None),
                row("ar", Some(draft), review),
            ]
        };
        let mut wrong = FormState::default().with("reviewer", " ");
        wrong.fault("reviewer", "Enter who reviewed it.");
        vec![
            Self {
                tongues: all(None),
                may_change: true,
                form: wrong,
                typed_for: Some("ar".to_owned()),
            },
            Self {
                tongues: all(Some(review)),
                may_change: true,
                form: FormState::default(),
                typed_for: None,
            },
            Self {
                tongues: Vec::new(),
                may_change: false,
                form: FormState::default(),
                typed_for: None,
            },
        ]
    }
}

impl LanguageRow {
    fn new(tag: String, asked: bool, about: Option<About>, review: Option<Review>) -> Self {
        Self {
            name: own_name(&tag).to_owned(),
            asked,
            covers: match about.map(|about| about.covers) {
                None => "nothing",
                Some(Covers::Answering) => "answering",
                Some(Covers::Everything) => "everything",
            },
            machine_draft: about.is_some_and(|about| about.machine_draft),
            review,
            tag,
        }
    }
}

/// `GET /desk/languages`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::SeeSurveys>,
) -> Result<HttpResponse> {
    let page = page(&app, &viewer).await?;
    viewer.visit.page(&app, &page)
}

async fn page<P: Permission>(app: &web::Data<App>, viewer: &Viewer<P>) -> Result<LanguagesPage> {
    let reviews = app.read(|db| Ok(district::reviews(db)?)).await?;
    let local_time = viewer.visit.local_time();
    let review_of = |tag: &str| {
        let found = reviews.iter().find(|(review, _)| review.language == tag);
        found.map(|(review, by): &(LanguageReview, Option<String>)| Review {
            reviewer: review.reviewer.clone(),
            by: by.clone(),
            at: local_time.at(review.turned_on_at),
        })
    };
    let asked = viewer.visit.asked_languages();
    let ours = app.languages.tags().map(str::to_owned);
    let beside = ours.filter(|tag| !asked.contains(tag)).collect::<Vec<_>>();
    let all = asked.iter().map(|tag| (tag, true));
    let all = all.chain(beside.iter().map(|tag| (tag, false)));
    let row = |(tag, asked): (&String, bool)| {
        LanguageRow::new(tag.clone(), asked, app.languages.about(tag), review_of(tag))
    };
    Ok(LanguagesPage {
        tongues: all.map(row).collect(),
        may_change: viewer.may::<permission::Surveys>(),
        form: FormState::default(),
        typed_for: None,
    })
}

/// `GET /desk/languages/{language}/words.txt`: our text in a language, for reviewers.
pub(super) async fn words(
    app: web::Data<App>,
    _viewer: Viewer<permission::SeeSurveys>,
    language: web::Path<String>,
) -> Result<HttpResponse> {
    let words = app.languages.source(&language).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body(words))
}

/// `POST /desk/languages/{language}/on`
pub(super) async fn turn_on(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    language: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let drafted = app.languages.about(&language);
    if !drafted.is_some_and(|about| about.machine_draft) {
        return Err(Error::NotFound);
    }
    let reviewer = fields.get("reviewer").to_owned();
    let length = reviewer.chars().count();
    if length == 0 || length > LONGEST_NAME {
        let mut form = FormState::typed(&fields);
        form.fault(
            "reviewer",
            format!("Enter who reviewed it, in at most {LONGEST_NAME} characters."),
        );
        let page = LanguagesPage {
            form,
            typed_for: Some(language.into_inner()),
            ..page(&app, &viewer).await?
        };
        return viewer.visit.again(&app, &page);
    }
    let (actor, language) = (viewer.actor(), language.into_inner());
    app.write(move |db| Ok(district::turn_on(db, &actor, &language, &reviewer)?))
        .await?;
    Ok(flash("/desk/languages", "language-on"))
}

/// `POST /desk/languages/{language}/off`
pub(super) async fn turn_off(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    language: web::Path<String>,
) -> Result<HttpResponse> {
    let (actor, language) = (viewer.actor(), language.into_inner());
    app.write(move |db| Ok(district::turn_off(db, &actor, &language)?))
        .await?;
    Ok(flash("/desk/languages", "language-off"))
}
