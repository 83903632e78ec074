//! The surveys of an edition for schools.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::{own_schools, shows};
use crate::accounts::{Permission, Scope, Viewer, permission};
use crate::app::App;
use crate::district;
use crate::error::Result;
use crate::localized::Wording;
use crate::results::FrozenSurvey;
use crate::school_results::shelf::SchoolShelf;
use crate::tally::{Gauge, Part};
use crate::web::Page;
use crate::web::languages::FALLBACK;

/// The surveys whose results were released for schools.
#[derive(Debug, Serialize)]
pub(crate) struct SchoolResultsPage {
    base: String,
    of_round: Wording,
    /// Who released them and when, in the district's time zone. `None` if nothing is released.
    released: Option<Released>,
    surveys: Vec<SurveyLine>,
    /// Whether the viewer reads about some schools only.
    own: bool,
    /// Whether the viewer may release an edition.
    releases: bool,
}

/// Who released an edition and when, in the district's time zone.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Released {
    pub(super) number: i32,
    pub(super) by: String,
    pub(super) at: NaiveDateTime,
}

impl Released {
    pub(super) fn sample() -> Self {
        Self {
            number: 2,
            by: "Ana <Ruiz>".to_owned(),
            at: NaiveDateTime::default(),
        }
    }
}

/// A survey, with who took part.
#[derive(Debug, Serialize)]
struct SurveyLine {
    slug: String,
    title: Wording,
    noun: &'static str,
    people: u64,
    /// The viewer's schools; for a viewer of the whole round, the groups.
    classes: Vec<(String, Gauge)>,
}

impl Page for SchoolResultsPage {
    const TEMPLATE: &'static str = "school_results/show.html";

    fn samples() -> Vec<Self> {
        let page = |released: Option<Released>, surveys| Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            of_round: Wording {
                text: "Vision <2031>".to_owned(),
                lang: None,
            },
            own: released.is_some(),
            releases: released.is_none(),
            released,
            surveys,
        };
        let line = SurveyLine {
            slug: "family".to_owned(),
            title: Wording {
                text: "Encuesta <b>para</b> familias".to_owned(),
                lang: Some("es".to_owned()),
            },
            noun: "people",
            people: 420,
            classes: vec![("Oak <Elementary>".to_owned(), Gauge::exact(39, 420))],
        };
        vec![
            page(None, Vec::new()),
            page(Some(Released::sample()), vec![line]),
        ]
    }
}

/// `GET /desk/rounds/{round}/schools`
pub(super) async fn show(
    app: web::Data<App>,
    shelf: web::Data<SchoolShelf>,
    viewer: Viewer<permission::SchoolResults>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let slug = slug.into_inner();
    let (round, current) = app
        .read(move |db| {
            let round = district::round_by_slug(db, &slug)?;
            let current = shelf.current(db, &round.id)?;
            Ok((round, current))
        })
        .await?;
    let own = own_schools(&viewer, &round)?;
    let part = if own.is_some() {
        Part::School
    } else {
        Part::Group
    };
    let line = |survey: &FrozenSurvey| {
        let classes = survey.classes(part).iter();
        let classes = classes.filter(|class| part == Part::Group || shows(&own, class));
        SurveyLine {
            slug: survey.survey.clone(),
            title: survey.title.clone(),
            noun: survey.unit.noun(),
            people: survey.people,
            classes: classes
                .map(|class| {
                    (
                        class.name.clone(),
                        Gauge::exact(class.people, survey.people),
                    )
                })
                .collect(),
        }
    };
    let surveys = current.iter().flat_map(|(_, edition)| &edition.surveys);
    let page = SchoolResultsPage {
        base: format!("/desk/rounds/{}", round.slug),
        of_round: round.title.wording(FALLBACK),
        surveys: surveys.map(line).collect(),
        released: current.as_ref().map(|(known, edition)| Released {
            number: known.number,
            by: edition.released_by.clone(),
            at: viewer.visit.local_time().at(edition.released_at),
        }),
        own: own.is_some(),
        releases: viewer
            .account
            .reach(permission::Plan::ROLES)
            .covers(&Scope::Round(round.id)),
    };
    viewer.visit.page(&app, &page)
}
