//! `/desk/surveys/{survey}/late`: responses that phones delivered after closing, and whether they count.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;

use super::desk_survey;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::localized::Wording;
use crate::responses::store::{self, LateCounts, LateVerdict};
use crate::web::form::Fields;
use crate::web::languages::FALLBACK;
use crate::web::{Page, flash};

/// The late responses of a survey.
#[derive(Debug, Serialize)]
pub(crate) struct LatePage {
    slug: String,
    title: Wording,
    late: LateCounts,
    /// The total number.
    arrived: u64,
}

impl Page for LatePage {
    const TEMPLATE: &'static str = "responses/late.html";

    fn samples() -> Vec<Self> {
        let page = |waiting, included, excluded| {
            let late = LateCounts {
                waiting,
                included,
                excluded,
                first_day: NaiveDate::from_ymd_opt(2026, 10, 30),
                last_day: NaiveDate::from_ymd_opt(2026, 11, 2),
            };
            Self::new("family", Wording::default(), late)
        };
        vec![page(0, 0, 0), page(1, 0, 0), page(2, 12, 0), page(0, 0, 7)]
    }
}

impl LatePage {
    fn new(slug: &str, title: Wording, late: LateCounts) -> Self {
        Self {
            slug: slug.to_owned(),
            title,
            arrived: late.waiting + late.included + late.excluded,
            late,
        }
    }
}

/// `GET /desk/surveys/{survey}/late`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let survey = desk_survey(&app, &viewer, &slug).await?;
    let id = survey.id.clone();
    let late = app.read(move |db| Ok(store::late_counts(db, &id)?)).await?;
    let title = survey.document.title.wording(FALLBACK);
    let page = LatePage::new(&survey.slug, title, late);
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/{survey}/late`
pub(super) async fn decide(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let survey = desk_survey(&app, &viewer, &slug).await?;
    let Some(verdict) = LateVerdict::parse(fields.get("verdict")) else {
        return Err(Error::Invalid(
            "Choose whether to include or exclude the late responses.".to_owned(),
        ));
    };
    let actor = viewer.actor();
    app.write(move |db| Ok(store::decide_late(db, &actor, &survey.id, verdict)?))
        .await?;
    let news = match verdict {
        LateVerdict::Include => "late-included",
        LateVerdict::Exclude => "late-excluded",
    };
    Ok(flash(&format!("/desk/surveys/{}/late", survey.slug), news))
}
