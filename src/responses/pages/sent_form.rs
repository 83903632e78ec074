//! The form that somebody sent, shared by the pages that store it, refuse it or show it again.

use std::sync::Arc;

use actix_web::web;

use crate::app::App;
use crate::responses::kiosk::DeviceKind;
use crate::responses::receipt::Receipt;
use crate::responses::survey_pages::{PublicSurvey, SurveyPages};
use crate::surveys::Document;
use crate::web::form::Fields;

/// What the form says, and which survey it belongs to.
pub(super) struct SentForm {
    pub(super) app: web::Data<App>,
    pub(super) pages: web::Data<SurveyPages>,
    pub(super) survey: Arc<PublicSurvey>,
    /// The revision that the person saw.
    pub(super) document: Arc<Document>,
    pub(super) revision: i32,
    pub(super) language: String,
    pub(super) fields: Fields,
    pub(super) device_kind: DeviceKind,
    /// The receipt of the response being corrected.
    pub(super) correcting: Option<Receipt>,
}
