//! Storing what was submitted: once for each submission key, whatever happens on the way.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::insert_all;
use crate::db::{Db, Json, take_changes};
use crate::district::RoundId;
use crate::remarks::{self, NewRemark, Remark, RemarkId, Source, Standing};
use crate::responses::model::{Answers, Channel, Response, ResponseId};
use crate::schema::{remarks as ledger, responses, surveys};
use crate::surveys::{State, SurveyId};

/// A response that was validated and is ready to be stored.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The survey that was answered.
    pub survey: SurveyId,
    /// Its round.
    pub round: RoundId,
    /// Which wording was seen.
    pub revision: i32,
    /// The digest of the submission key.
    pub identity: String,
    /// The digest of the receipt.
    pub receipt: String,
    /// What was answered.
    pub answers: Answers,
    /// The digest of the answers.
    pub answers_digest: String,
    /// The words among the answers.
    pub words: Vec<NewRemark>,
    /// The group that was said, or that the survey is for.
    pub group_key: Option<String>,
    /// The schools that were said.
    pub schools: Vec<String>,
    /// The language of the form.
    pub language: String,
    /// Today in the district's zone.
    pub day: NaiveDate,
    /// Counted, or suspected.
    pub standing: Standing,
    /// Whether it may take the place of what the same key sent before.
    pub replaces: bool,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is stored: by this submission, or by an earlier one with the same key and the same answers.
    Stored,
    /// The same key has sent other answers before; nothing was changed.
    Differs,
    /// The survey takes no answers; nothing was changed.
    Closed,
}

/// Stores a submission, or finds out why not.
pub fn submit(db: &mut Db, submission: &Submission) -> QueryResult<Outcome> {
    // Taken first: whoever else stores with this key, on any node, is done or waits for us.
    let number = take_changes(db, 1)?;
    let earlier = earlier(db, submission)?;
    if is_same(submission, earlier.as_ref()) {
        return Ok(Outcome::Stored);
    }
    if !is_open(db, &submission.survey)? {
        return Ok(Outcome::Closed);
    }
    match earlier {
        Some(_) if !submission.replaces => return Ok(Outcome::Differs),
        Some((id, _)) => give_way(db, &id, number)?,
        None => {}
    }
    let response = response(submission, number);
    insert_all(db, std::slice::from_ref(&response))?;
    remarks::insert_all(db, &remarks_of(submission, &response))?;
    Ok(Outcome::Stored)
}

/// What became of a submission to a survey that is closed: it may have been stored before it closed.
pub(in crate::responses) fn submitted_before(
    db: &mut Db,
    submission: &Submission,
) -> QueryResult<Outcome> {
    let earlier = earlier(db, submission)?;
    Ok(if is_same(submission, earlier.as_ref()) {
        Outcome::Stored
    } else {
        Outcome::Closed
    })
}

/// Whether a survey takes answers.
pub(super) fn is_open(db: &mut Db, survey: &SurveyId) -> QueryResult<bool> {
    let state: State = surveys::table
        .find(survey)
        .select(surveys::state)
        .first(db)?;
    Ok(state == State::Open)
}

type Earlier = (ResponseId, String);

/// What the same key sent before, and the digest of its answers.
fn earlier(db: &mut Db, submission: &Submission) -> QueryResult<Option<Earlier>> {
    responses::table
        .filter(responses::survey_id.eq(&submission.survey))
        .filter(responses::identity.eq(&submission.identity))
        .select((responses::id, responses::answers_digest))
        .first(db)
        .optional()
}

fn is_same(submission: &Submission, earlier: Option<&Earlier>) -> bool {
    earlier.is_some_and(|(_, digest)| *digest == submission.answers_digest)
}

/// Leaves a response as a tombstone whose key and receipt are free for the one that takes its place.
fn give_way(db: &mut Db, id: &ResponseId, number: i64) -> QueryResult<()> {
    diesel::update(responses::table.find(id))
        .set((
            responses::identity.eq(format!("replaced {id}")),
            responses::receipt.eq(None::<String>),
            responses::standing.eq(Standing::Replaced),
            responses::number.eq(number),
        ))
        .execute(db)?;
    diesel::update(ledger::table.filter(ledger::response_id.eq(id)))
        .set((
            ledger::standing.eq(Standing::Replaced),
            ledger::number.eq(number),
        ))
        .execute(db)
        .map(drop)
}

fn response(submission: &Submission, number: i64) -> Response {
    let id = ResponseId::new();
    Response {
        person: id.as_str().to_owned(),
        id,
        survey_id: submission.survey.clone(),
        revision: submission.revision,
        identity: submission.identity.clone(),
        receipt: Some(submission.receipt.clone()),
        answers_digest: submission.answers_digest.clone(),
        answers: Json(submission.answers.clone()),
        group_key: submission.group_key.clone(),
        schools: Json(submission.schools.clone()),
        language: submission.language.clone(),
        channel: Channel::Web,
        day: submission.day,
        standing: submission.standing,
        batch_id: None,
        number,
    }
}

fn remarks_of(submission: &Submission, response: &Response) -> Vec<Remark> {
    let row = |words: &NewRemark| Remark {
        id: RemarkId::new(),
        round_id: submission.round.clone(),
        source: Source::Response,
        survey_id: Some(response.survey_id.clone()),
        response_id: Some(response.id.clone()),
        table_id: None,
        label: String::new(),
        item_key: words.item_key.clone(),
        asks: words.asks,
        language: words.language.clone(),
        text: words.text.clone(),
        speaks_for: 1,
        standing: response.standing,
        standing_reason: String::new(),
        released_by: None,
        released_at: None,
        batch_id: None,
        number: response.number,
    };
    submission.words.iter().map(row).collect()
}
