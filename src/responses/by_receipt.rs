//! What a receipt opens: one response, and the document to show it with.

use std::sync::Arc;

use actix_web::web;
use chrono::NaiveDate;

use super::model::Response;
use super::questions::{Received, Typed, as_typed, received};
use super::receipt::Receipt;
use super::store;
use super::survey_pages::{SurveyPages, document_of};
use crate::app::App;
use crate::comments::{self, Comment, Status};
use crate::error::Result;
use crate::localized::Wording;
use crate::surveys::{self, Document, Item, Places, ReceiptUse, State, Survey};

/// A response that was opened with its receipt.
pub struct OpenedResponse {
    /// The receipt.
    pub receipt: Receipt,
    /// The response.
    pub response: Response,
    /// The survey it answers.
    pub survey: Survey,
    /// Its comments in the ledger that count.
    pub words: Vec<Comment>,
    /// The revision that the person saw.
    document: Arc<Document>,
    /// What the receipt shows, according to the current revision of the survey.
    receipt_use: ReceiptUse,
    places: Places,
}

/// The response for a receipt code as typed. `None` if the code is invalid or unknown.
pub async fn open_receipt(
    app: &App,
    pages: &web::Data<SurveyPages>,
    typed: &str,
) -> Result<Option<OpenedResponse>> {
    let Some(receipt) = Receipt::parse(typed) else {
        return Ok(None);
    };
    let pages = pages.clone();
    app.read(move |db| {
        let Some(response) = store::by_receipt(db, &receipt.digest())? else {
            return Ok(None);
        };
        let survey = surveys::by_id(db, &response.survey_id)?;
        let now = document_of(&pages, db, &survey.id, survey.revision)?;
        let receipt_use = now.receipt_use();
        if receipt_use == ReceiptUse::Nothing {
            return Ok(None);
        }
        Ok(Some(OpenedResponse {
            document: document_of(&pages, db, &survey.id, response.revision)?,
            places: surveys::places(db)?,
            words: comments::of_response(db, &response.id)?,
            receipt_use,
            survey,
            response,
            receipt,
        }))
    })
    .await
}

impl OpenedResponse {
    /// The survey's title.
    pub fn title(&self, language: &str) -> Wording {
        self.document.title.wording(language)
    }

    /// The day it arrived, in the district's time zone.
    pub fn day(&self) -> NaiveDate {
        self.response.day
    }

    /// Whether the receipt shows the answers, and not just that the response arrived.
    pub fn shows_answers(&self) -> bool {
        self.receipt_use == ReceiptUse::Answer && self.response.status != Status::Withdrawn
    }

    /// The answers. Empty if the receipt doesn't show them.
    pub fn received(&self, language: &str) -> Vec<Received> {
        if !self.shows_answers() {
            return Vec::new();
        }
        let (typed, spoken) = (self.typed(), Some(self.response.language.as_str()));
        received(&self.document, &self.places, language, &typed, spoken)
    }

    /// The question that a comment answers.
    pub fn question(&self, comment: &Comment) -> Option<&Item> {
        self.document.item(&comment.item_key)
    }

    /// Whether it can still be withdrawn.
    pub fn may_withdraw(&self) -> bool {
        self.survey.state == State::Open && self.response.status != Status::Withdrawn
    }

    /// Whether to show the link for correcting it.
    pub fn may_correct(&self) -> bool {
        self.may_withdraw() && self.shows_answers()
    }

    /// Whether to accept a correction, as far as is known before it's stored. People who were typing when the survey
    /// closed still have a few minutes.
    pub(super) fn may_be_corrected(&self) -> bool {
        self.shows_answers()
    }

    /// The answers as they were typed.
    pub(super) fn typed(&self) -> Typed {
        as_typed(&self.document, &self.response.answers)
    }
}
