//! A submission being processed, shared by the pages that accept it, refuse it or show it again.

use std::sync::Arc;

use actix_web::web;

use crate::app::App;
use crate::responses::kiosk::DeviceKind;
use crate::responses::page_cache::{PublicSurvey, SurveyPages};
use crate::responses::receipt::Receipt;
use crate::surveys::Document;
use crate::web::form::Fields;

/// What was submitted, and to which survey.
pub(super) struct Arrival {
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
