//! The choice that a phone gives if it sent two different responses, or one after withdrawing another: 409.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::sent_form::SentForm;
use crate::error::Result;
use crate::secret::random_token;
use crate::web::{Page, unkept};

/// What became of the response that the phone sent before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Earlier {
    /// It counts.
    Counts,
    /// Its author withdrew it.
    Withdrawn,
}

/// The choice to make if one phone sent two different responses, or one after it withdrew another.
#[derive(Debug, Serialize)]
pub(crate) struct ConflictPage {
    earlier: Earlier,
    slug: String,
    /// The path of the questions.
    address: String,
    /// The submitted fields, including Chorus's own fields that the next attempt needs.
    fields: Vec<(String, String)>,
    /// The submission key to use if the second response is from a different person. It's created here, so that
    /// submitting the choice twice stores only one response.
    another: String,
}

/// The fields that the choice sets again.
const OF_THE_CHOICE: &[&str] = &["_conflict", "_another"];

impl Page for ConflictPage {
    const TEMPLATE: &'static str = "responses/conflict.html";

    fn samples() -> Vec<Self> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let page = |earlier| Self {
            earlier,
            slug: "family".to_owned(),
            address: "/s/family".to_owned(),
            fields: vec![
                field("_revision", "3"),
                field("welcome", "4"),
                field("best", "\"Quoted\" & <b>bold</b>\nsecond line"),
            ],
            another: "k".to_owned(),
        };
        vec![page(Earlier::Counts), page(Earlier::Withdrawn)]
    }
}

/// 409: nothing was changed, and nothing that was typed is lost.
pub(super) fn conflict(sent: &SentForm, earlier: Earlier) -> Result<HttpResponse> {
    let fields = sent.fields.0.iter();
    let kept = fields.filter(|(name, _)| !OF_THE_CHOICE.contains(&name.as_str()));
    let page = ConflictPage {
        earlier,
        slug: sent.survey.slug.clone(),
        address: sent.device_kind.address(&sent.survey.slug).to_string(),
        fields: kept.cloned().collect(),
        another: random_token()?,
    };
    let visit = sent.survey.visit(&sent.language);
    visit
        .page_as(&sent.app, StatusCode::CONFLICT, &page)
        .map(unkept)
}
