//! `POST /s/{slug}`: validates and stores a response.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::closed::closed;
use super::conflict::{Earlier, conflict};
use super::form::again;
use super::sent_form::SentForm;
use super::{language, retry_after, set_cookie, unknown_receipt};
use crate::app::App;
use crate::comments::Status;
use crate::error::{Error, Result};
use crate::responses::by_receipt::open_receipt;
use crate::responses::cookies::{self, Key};
use crate::responses::intake::{self, Fault, Faults, WHOLE_FORM};
use crate::responses::kiosk::DeviceKind;
use crate::responses::model::{Answers, Channel};
use crate::responses::receipt::Receipt;
use crate::responses::store::{self, Submission, SubmitOutcome};
use crate::responses::survey_pages::{self, SurveyPages};
use crate::secret::{digest, random_token};
use crate::surveys::{Acceptance, ReceiptUse};
use crate::web::form::{Fields, FormState};
use crate::web::limits::client_address;
use crate::web::see_other;

/// How many seconds to wait if the write queue is full.
const BUSY_SECONDS: u64 = 2;

pub(super) async fn submit(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: web::Path<String>,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    submit_at(app, pages, &slug, request, fields, DeviceKind::Own).await
}

/// Accepts a response from a phone or a kiosk.
pub(super) async fn submit_at(
    app: web::Data<App>,
    pages: web::Data<SurveyPages>,
    slug: &str,
    request: HttpRequest,
    fields: Fields,
    device_kind: DeviceKind,
) -> Result<HttpResponse> {
    let survey = survey_pages::survey(&app, &pages, slug).await?;
    let device = cookies::device(&app, &request);
    let key = cookies::key(&app, &request, &survey.slug);
    let mut sent = SentForm {
        correcting: Receipt::parse(fields.get("_code")),
        document: Arc::clone(&survey.document),
        revision: survey.current.revision,
        language: language(&survey.languages, &request),
        app,
        pages,
        survey,
        fields,
        device_kind,
    };
    if !sent.turn_to_what_was_seen().await? {
        let faults = Faults::from([(WHOLE_FORM.to_owned(), Fault::UnknownRevision)]);
        return again(&sent, &faults, None, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match sent.within_limits(device.as_deref(), &request) {
        Err(Error::Slow { retry_after }) => {
            sent.wait("slow", StatusCode::TOO_MANY_REQUESTS, retry_after.as_secs())
        }
        Err(error) => Err(error),
        Ok(()) => match sent.validate() {
            Ok(answers) => match sent.key(key).await? {
                Some(key) => sent.store(answers, key, device.is_none()).await,
                None => unknown_receipt(&sent.app, &request, &sent.language),
            },
            Err(_) if sent.acceptance() == Acceptance::Closed => sent.too_late(),
            Err(faults) => again(&sent, &faults, None, StatusCode::UNPROCESSABLE_ENTITY),
        },
    }
}

impl SentForm {
    /// Uses the submitted revision, or the current one if none was submitted. Returns false if it was never published.
    async fn turn_to_what_was_seen(&mut self) -> Result<bool> {
        let posted = self.fields.get("_revision");
        if posted.is_empty() {
            return Ok(true);
        }
        let Some(revision) = posted.parse().ok().filter(|number| *number > 0) else {
            return Ok(false);
        };
        match survey_pages::wording(&self.app, &self.pages, &self.survey, revision).await {
            Ok(document) => {
                (self.document, self.revision) = (document, revision);
                Ok(true)
            }
            Err(Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn within_limits(&self, device: Option<&str>, request: &HttpRequest) -> Result<()> {
        match device {
            Some(device) => self.app.limits.device(device),
            None => self
                .app
                .limits
                .address(client_address(request, &self.app.config)),
        }
    }

    fn validate(&self) -> Result<Answers, Faults> {
        intake::validate(&self.document, &self.survey.asker.places, &self.fields)
    }

    async fn store(
        &self,
        answers: Answers,
        key: SubmissionKey,
        is_new_device: bool,
    ) -> Result<HttpResponse> {
        let receipt = Receipt::of(
            &self.app.secret,
            &self.survey.current.id,
            &key.submission_id,
        );
        let submission = self.submission(answers, &key, &receipt);
        let outcome = if self.acceptance() == Acceptance::Closed {
            self.app
                .read(move |db| Ok(store::submitted_before(db, &submission)?))
                .await
        } else {
            self.app.database.write_grouped(submission).await
        };
        match outcome {
            Ok(SubmitOutcome::Stored) => self.stored(&receipt, key, is_new_device),
            Ok(SubmitOutcome::Differs) => conflict(self, Earlier::Counts),
            Ok(SubmitOutcome::Withdrawn) => conflict(self, Earlier::Withdrawn),
            Ok(SubmitOutcome::Closed) => self.too_late(),
            Err(Error::Busy) => self.wait("busy", StatusCode::SERVICE_UNAVAILABLE, BUSY_SECONDS),
            Err(error) => Err(error),
        }
    }

    /// What happens to it, based on what this server knows about the survey.
    fn acceptance(&self) -> Acceptance {
        let current = &self.survey.current;
        let now = self.app.clock.now();
        Acceptance::at(current.state, current.closed_at, now, self.is_queued())
    }

    /// Whether the script says that it waited on the phone for a network connection.
    fn is_queued(&self) -> bool {
        !self.fields.get("_queued").is_empty()
    }

    fn gives_receipt(&self) -> bool {
        self.survey.document.receipt_use() != ReceiptUse::Nothing
    }

    /// The key to store it under. `None` if its receipt doesn't open a response that can be changed.
    async fn key(&self, given: Option<Key>) -> Result<Option<SubmissionKey>> {
        let status = self.status();
        let Some(receipt) = &self.correcting else {
            return SubmissionKey::of(&self.fields, given, status).map(Some);
        };
        let opened = open_receipt(&self.app, &self.pages, receipt.as_str()).await?;
        let opened = opened.filter(|opened| {
            opened.survey.id == self.survey.current.id && opened.may_be_corrected()
        });
        Ok(opened.map(|opened| SubmissionKey {
            submission_id: opened.response.submission_id,
            status,
            new_token: None,
        }))
    }

    /// Suspected if the hidden field is filled in. Being quick suspects nobody: a browser can fill in a form at once.
    fn status(&self) -> Status {
        if self.fields.get("_more").is_empty() {
            Status::Counted
        } else {
            Status::Suspected
        }
    }

    fn submission(&self, answers: Answers, key: &SubmissionKey, receipt: &Receipt) -> Submission {
        Submission {
            survey: self.survey.current.id.clone(),
            round: self.survey.current.round_id.clone(),
            revision: self.revision,
            submission_id: key.submission_id.clone(),
            receipt: self.gives_receipt().then(|| receipt.digest()),
            answers_digest: intake::answers_digest(&answers),
            words: intake::words_among(&self.document, &answers, &self.language),
            group_key: intake::group_of(&self.document, &answers),
            schools: intake::schools_of(&self.document, &answers),
            answers,
            language: self.language.clone(),
            channel: Channel::Web,
            day: self.survey.local_time().today(&self.app.clock),
            status: key.status,
            at: self.app.clock.now(),
            queued: self.is_queued(),
            replaces: self.correcting.is_some() || self.fields.get("_conflict") == "replace",
        }
    }

    fn stored(
        &self,
        receipt: &Receipt,
        key: SubmissionKey,
        is_new_device: bool,
    ) -> Result<HttpResponse> {
        let (app, slug) = (&self.app, &self.survey.slug);
        let mut response = see_other(&format!(
            "{}/thanks?lang={}",
            self.device_kind.address(slug),
            self.language
        ));
        if self.gives_receipt() {
            set_cookie(
                &mut response,
                &cookies::hand_on(app, slug, receipt, self.device_kind),
            )?;
        }
        if let Some(token) = key.new_token {
            set_cookie(&mut response, &cookies::give_key(app, slug, &token))?;
        }
        if is_new_device {
            set_cookie(&mut response, &cookies::new_device(app)?)?;
        }
        Ok(response)
    }

    fn too_late(&self) -> Result<HttpResponse> {
        let typed = FormState::typed(&self.fields).many;
        closed(
            &self.app,
            &self.survey,
            &self.language,
            &self.document,
            &typed,
        )
    }

    fn wait(&self, news: &'static str, status: StatusCode, seconds: u64) -> Result<HttpResponse> {
        let mut response = again(self, &Faults::new(), Some(news), status)?;
        retry_after(&mut response, seconds);
        Ok(response)
    }
}

/// Identifies repeated submissions of the same response.
struct SubmissionKey {
    /// The digest that it's stored under.
    submission_id: String,
    /// Whether it counts.
    status: Status,
    /// The key itself, if the phone doesn't have it yet.
    new_token: Option<String>,
}

impl SubmissionKey {
    /// The key from the field that the script filled in, or else from the phone's cookie, or else a new one. If the
    /// response is from a different person, the key that the conflict page was given.
    fn of(fields: &Fields, given: Option<Key>, status: Status) -> Result<Self> {
        let is_another = fields.get("_conflict") == "another";
        let named = fields.get(if is_another {
            "_another"
        } else {
            "_submission"
        });
        let (token, is_new) = match given {
            _ if !named.is_empty() => (named.to_owned(), is_another),
            Some(given) if !is_another => (given.token, false),
            _ => (random_token()?, true),
        };
        Ok(Self {
            submission_id: digest(&token),
            status,
            new_token: is_new.then_some(token),
        })
    }
}
