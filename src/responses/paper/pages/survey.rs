//! A survey as the paper pages need it, and who can do what with a batch.

use chrono::NaiveDate;
use serde::Serialize;

use crate::accounts::{Permission, Scope, Viewer, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::responses::pages::desk_survey;
use crate::responses::paper::model::{PaperBatch, PaperBatchId, code};
use crate::responses::paper::rules::Asking;
use crate::responses::paper::store;
use crate::surveys::{self, Document, Places, Survey};
use crate::web::languages::{FALLBACK, direction, own_name};

/// A survey at the desk, with the viewer's permissions.
pub(super) struct PaperSurvey {
    pub(super) survey: Survey,
    pub(super) asking: Asking,
    /// Whether the viewer is a planner of the survey's round.
    pub(super) plans: bool,
    viewer: crate::accounts::AccountId,
}

impl PaperSurvey {
    /// The survey with a slug, if the viewer's grants cover it.
    pub(super) async fn survey(
        app: &App,
        viewer: &Viewer<permission::Paper>,
        slug: &str,
    ) -> Result<Self> {
        let survey = desk_survey(app, viewer, slug).await?;
        let local_time = viewer.visit.local_time();
        let reach = viewer.account.reach(permission::Surveys::ROLES);
        Ok(Self {
            asking: Asking {
                state: survey.state,
                opened: survey.opened_at.map(|at| local_time.day(at)),
                closed: survey.closed_at.map(|at| local_time.day(at)),
                today: local_time.today(&app.clock),
            },
            plans: reach.covers(&Scope::Round(survey.round_id.clone())),
            viewer: viewer.account.id.clone(),
            survey,
        })
    }

    /// Whether the viewer can open a batch. Planners can open all of them, other staff only those they started.
    pub(super) fn opens(&self, batch: &PaperBatch) -> bool {
        self.plans || batch.started_by.as_ref() == Some(&self.viewer)
    }

    /// A batch of the survey that the viewer can open, with its document.
    pub(super) async fn batch(&self, app: &App, id: &str) -> Result<OpenedBatch> {
        let id = PaperBatchId::from(id.to_owned());
        let opened = app
            .read(move |db| {
                let batch = store::batch(db, &id)?;
                let revision = surveys::revision(db, &batch.survey_id, batch.revision)?;
                Ok(OpenedBatch {
                    document: revision.document.0,
                    places: surveys::places(db)?,
                    batch,
                })
            })
            .await?;
        if opened.batch.survey_id == self.survey.id && self.opens(&opened.batch) {
            Ok(opened)
        } else {
            Err(Error::NotFound)
        }
    }
}

/// A batch with its document.
pub(super) struct OpenedBatch {
    pub(super) batch: PaperBatch,
    pub(super) document: Document,
    pub(super) places: Places,
}

/// The header of every page about one batch.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BatchHeader {
    slug: String,
    title: Wording,
    id: String,
    name: String,
    channel: String,
    code: String,
    tongue: String,
    tongue_dir: &'static str,
    day: NaiveDate,
    closed: bool,
}

impl BatchHeader {
    pub(super) fn of(survey: &Survey, batch: &PaperBatch) -> Self {
        Self {
            slug: survey.slug.clone(),
            title: survey.document.title.wording(FALLBACK),
            id: batch.id.to_string(),
            name: batch.name.clone(),
            channel: batch.channel.as_str().replace('-', " "),
            code: code(&survey.slug, &batch.language, batch.revision),
            tongue: batch.language.clone(),
            tongue_dir: direction(&batch.language),
            day: batch.day,
            closed: batch.closed_at.is_some(),
        }
    }

    pub(super) fn sample(closed: bool) -> Self {
        Self {
            slug: "family".to_owned(),
            title: Wording::default(),
            id: "b1".to_owned(),
            name: "Lincoln, <box> 2".to_owned(),
            channel: "in person".to_owned(),
            code: code("family", "es", 3),
            tongue: "es".to_owned(),
            tongue_dir: "ltr",
            day: NaiveDate::from_ymd_opt(2026, 10, 5).unwrap_or_default(),
            closed,
        }
    }
}

/// The languages that a text can be in: the survey's, the district's, and "other".
pub(super) fn tongues(document: &Document, spoken: &[String]) -> Vec<(String, String)> {
    let mut tags: Vec<String> = document.languages.clone();
    for tag in spoken {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    let named = tags.into_iter().map(|tag| {
        let name = own_name(&tag).to_owned();
        (tag, name)
    });
    named
        .chain([("und".to_owned(), "another language".to_owned())])
        .collect()
}
