//! `/desk/surveys/{survey}/kiosk`: creates the link for a shared phone or tablet in a hall.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;
use serde_json::json;

use super::desk_survey;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::audit;
use crate::error::Result;
use crate::localized::Wording;
use crate::responses::kiosk::{self, DeviceKind, MOST_DAYS};
use crate::surveys::Survey;
use crate::web::form::{Fields, FormState};
use crate::web::languages::FALLBACK;
use crate::web::{Page, unkept};

/// How many days a link is valid by default.
const DAYS: i64 = 7;

/// The form that creates a link, and the link it created.
#[derive(Debug, Serialize)]
pub(crate) struct KioskPage {
    slug: String,
    title: Wording,
    /// Whether the survey can have a kiosk now.
    may_run: bool,
    form: FormState,
    /// The link, once it's created.
    link: Option<String>,
    /// The last day it's valid.
    last: Option<NaiveDate>,
}

impl Page for KioskPage {
    const TEMPLATE: &'static str = "responses/kiosk.html";

    fn samples() -> Vec<Self> {
        let page = |may_run| Self {
            slug: "family".to_owned(),
            title: Wording::default(),
            may_run,
            form: FormState::default().with("last", "2026-10-12"),
            link: None,
            last: None,
        };
        let mut wrong = page(true);
        wrong.form.fault("last", "Enter the last day.");
        let made = Self {
            link: Some("https://chorus.example/s/family/kiosk/2026-10-12.abc".to_owned()),
            last: NaiveDate::from_ymd_opt(2026, 10, 12),
            ..page(true)
        };
        vec![page(false), page(true), wrong, made]
    }
}

impl KioskPage {
    fn new(survey: &Survey, form: FormState) -> Self {
        Self {
            slug: survey.slug.clone(),
            title: survey.document.title.wording(FALLBACK),
            may_run: kiosk::may_run(survey),
            form,
            link: None,
            last: None,
        }
    }
}

/// `GET /desk/surveys/{survey}/kiosk`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let survey = desk_survey(&app, &viewer, &slug).await?;
    let last = viewer.visit.local_time().today(&app.clock) + TimeDelta::days(DAYS);
    let form = FormState::default().with("last", &last);
    viewer.visit.page(&app, &KioskPage::new(&survey, form))
}

/// `POST /desk/surveys/{survey}/kiosk`
pub(super) async fn make(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let survey = desk_survey(&app, &viewer, &slug).await?;
    let (first, form) = (
        viewer.visit.local_time().today(&app.clock),
        FormState::typed(&fields),
    );
    let mut page = KioskPage::new(&survey, form);
    let until = first + TimeDelta::days(MOST_DAYS);
    let last = fields.get("last").parse::<NaiveDate>().ok();
    let Some(last) = last.filter(|last| (first..=until).contains(last)) else {
        let reason = format!("Enter a last day from today to {MOST_DAYS} days from now.");
        page.form.fault("last", reason);
        return viewer.visit.again(&app, &page);
    };
    if !page.may_run {
        return viewer.visit.page_as(&app, StatusCode::CONFLICT, &page);
    }
    let token = kiosk::token(&app.secret, &survey.id, last);
    let (actor, id) = (viewer.actor(), survey.id.clone());
    app.write(move |db| {
        let detail = json!({ "last": last });
        Ok(audit::record(
            db,
            &actor,
            "survey.kiosk-link",
            "survey",
            id.as_str(),
            &detail,
        )?)
    })
    .await?;
    let base = app.config.base_url.first().map_or("", String::as_str);
    let base = base.trim_end_matches('/');
    page.link = Some(format!(
        "{base}{}/{token}",
        DeviceKind::Kiosk.address(&survey.slug)
    ));
    page.last = Some(last);
    viewer.visit.page(&app, &page).map(unkept)
}
