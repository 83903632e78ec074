//! Stores submissions: exactly once for each submission key, whatever happens on the way.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Text};

use super::replace::{Earlier, give_way, keep_words};
use super::{insert_all, late};
use crate::comments::{self, Comment, CommentId, NewComment, Source, Status};
use crate::db::{Db, Grouped, Json, take_changes};
use crate::district::RoundId;
use crate::error::Result;
use crate::keys::ResponseId;
use crate::responses::model::{Answers, Channel, Response};
use crate::schema::{responses, surveys};
use crate::surveys::{Acceptance, State, SurveyId};

/// A validated response, ready to be stored.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The survey it answers.
    pub survey: SurveyId,
    /// Its round.
    pub round: RoundId,
    /// The revision that the person saw.
    pub revision: i32,
    /// The digest of the submission key.
    pub submission_id: String,
    /// The digest of the receipt, if there is one.
    pub receipt: Option<String>,
    /// The answers.
    pub answers: Answers,
    /// The digest of the answers.
    pub answers_digest: String,
    /// The text answers.
    pub words: Vec<NewComment>,
    /// The group from the answers, or else the one the survey is for.
    pub group_key: Option<String>,
    /// The schools from the answers.
    pub schools: Vec<String>,
    /// The language of the form.
    pub language: String,
    /// How it reached us.
    pub channel: Channel,
    /// Today in the district's time zone. For a paper form, the date on it.
    pub day: NaiveDate,
    /// Counted or suspected.
    pub status: Status,
    /// When it arrived, in UTC. Decides whether the survey still takes it, and isn't stored.
    pub at: NaiveDateTime,
    /// Whether it waited on a phone for a network connection.
    pub queued: bool,
    /// Whether it can replace an earlier response with the same key.
    pub replaces: bool,
}

/// The result of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// It's stored, by this submission or an earlier one with the same key and the same answers.
    Stored,
    /// An earlier submission with the same key has different answers. Nothing was changed.
    Differs,
    /// The earlier submission with the same key was withdrawn, so this can't be a retry of it. Nothing was changed.
    Withdrawn,
    /// The survey isn't taking responses. Nothing was changed.
    Closed,
}

impl Grouped for Submission {
    type Outcome = SubmitOutcome;

    fn run(db: &mut Db, all: &[Self]) -> Result<Vec<SubmitOutcome>> {
        Ok(submit_all(db, all)?)
    }
}

/// Stores a submission, or says why not.
pub fn submit(db: &mut Db, submission: &Submission) -> QueryResult<SubmitOutcome> {
    let mut outcomes = submit_all(db, std::slice::from_ref(submission))?;
    outcomes.pop().ok_or(diesel::result::Error::NotFound)
}

/// Stores submissions as if they came one after another, with only a few statements.
fn submit_all(db: &mut Db, submissions: &[Submission]) -> QueryResult<Vec<SubmitOutcome>> {
    let count = i64::try_from(submissions.len()).unwrap_or(i64::MAX);
    // Allocate numbers first. Any other writer with these keys, on any server, has then either finished or waits for
    // us.
    let first = take_changes(db, count)?;
    let mut earlier = earlier(db, submissions)?;
    let lives = lives(db, submissions)?;
    let mut rows = PendingRows::default();
    let mut outcomes = Vec::with_capacity(submissions.len());
    for (number, submission) in (first..).zip(submissions) {
        let before = earlier.get(&submission.key());
        let acceptance = submission.acceptance(&lives);
        let starts_over =
            acceptance == Acceptance::Open && before.is_some_and(Earlier::is_withdrawn);
        let outcome = match before {
            Some(_) if starts_over => SubmitOutcome::Withdrawn,
            Some(before) if before.answers_digest == submission.answers_digest => {
                SubmitOutcome::Stored
            }
            // A late response never replaces one that came in time.
            before
                if acceptance == Acceptance::Closed
                    || (acceptance == Acceptance::Late && before.is_some()) =>
            {
                SubmitOutcome::Closed
            }
            Some(_) if !submission.replaces => SubmitOutcome::Differs,
            before => {
                let status = status(submission, acceptance, before);
                let response = response(submission, status, number);
                let now = Earlier::of(&response);
                if let Some(before) = before {
                    // The earlier response may still be waiting in `rows`.
                    rows.insert(db)?;
                    give_way(db, before, number)?;
                    insert_all(db, std::slice::from_ref(&response))?;
                    let new = keep_words(db, before, &response, &submission.words)?;
                    rows.comments
                        .extend(comments_of(submission, &response, new));
                } else {
                    rows.add(submission, response, acceptance);
                }
                earlier.insert(submission.key(), now);
                SubmitOutcome::Stored
            }
        };
        outcomes.push(outcome);
    }
    rows.insert(db)?;
    Ok(outcomes)
}

/// The result of a submission to a closed survey: it may have been stored before the survey closed.
pub(in crate::responses) fn submitted_before(
    db: &mut Db,
    submission: &Submission,
) -> QueryResult<SubmitOutcome> {
    let earlier = earlier(db, std::slice::from_ref(submission))?;
    let is_stored = earlier
        .values()
        .any(|before| before.answers_digest == submission.answers_digest);
    Ok(if is_stored {
        SubmitOutcome::Stored
    } else {
        SubmitOutcome::Closed
    })
}

/// Rows waiting to be written together.
#[derive(Default)]
struct PendingRows {
    responses: Vec<Response>,
    comments: Vec<Comment>,
    late: Vec<ResponseId>,
}

impl PendingRows {
    fn add(&mut self, submission: &Submission, response: Response, acceptance: Acceptance) {
        if acceptance == Acceptance::Late {
            self.late.push(response.id.clone());
        }
        self.comments
            .extend(comments_of(submission, &response, &submission.words));
        self.responses.push(response);
    }

    fn insert(&mut self, db: &mut Db) -> QueryResult<()> {
        insert_all(db, &std::mem::take(&mut self.responses))?;
        comments::insert_all(db, &std::mem::take(&mut self.comments))?;
        late::mark(db, &std::mem::take(&mut self.late))
    }
}

/// Whether a survey takes responses.
pub(super) fn is_open(db: &mut Db, survey: &SurveyId) -> QueryResult<bool> {
    let state: State = surveys::table
        .find(survey)
        .select(surveys::state)
        .first(db)?;
    Ok(state == State::Open)
}

/// The state of each survey, and when it closed.
type Lives = HashMap<SurveyId, (State, Option<NaiveDateTime>)>;

/// The state of the surveys in these submissions.
fn lives(db: &mut Db, submissions: &[Submission]) -> QueryResult<Lives> {
    let answered: BTreeSet<&SurveyId> = submissions.iter().map(|one| &one.survey).collect();
    let rows: Vec<(SurveyId, (State, Option<NaiveDateTime>))> = surveys::table
        .filter(surveys::id.eq_any(answered))
        .select((surveys::id, (surveys::state, surveys::closed_at)))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// A survey and the digest of a submission key.
type Key = (SurveyId, String);

#[derive(QueryableByName)]
#[diesel(table_name = responses)]
struct EarlierRow {
    survey_id: SurveyId,
    #[diesel(column_name = identity)]
    submission_id: String,
    #[diesel(embed)]
    earlier: Earlier,
}

/// Earlier responses with the same keys, with the digests of their answers.
fn earlier(db: &mut Db, submissions: &[Submission]) -> QueryResult<HashMap<Key, Earlier>> {
    let surveys = submissions.iter().map(|one| &one.survey);
    let submission_ids = submissions.iter().map(|one| &one.submission_id);
    match db {
        // Look up each key through the index. For a list of keys, Postgres prefers to scan the whole survey until it
        // has statistics, and a survey fills fastest in its first minutes.
        Db::Postgres(connection) => {
            let rows: Vec<EarlierRow> = sql_query(
                "SELECT survey_id, identity, id, answers_digest, status \
                 FROM unnest($1, $2) AS asked (survey_id, identity) JOIN responses USING (survey_id, identity)",
            )
            .bind::<Array<Text>, _>(surveys.collect::<Vec<_>>())
            .bind::<Array<Text>, _>(submission_ids.collect::<Vec<_>>())
            .load(connection)?;
            Ok(rows
                .into_iter()
                .map(|row| ((row.survey_id, row.submission_id), row.earlier))
                .collect())
        }
        Db::Sqlite(connection) => {
            let rows: Vec<(Key, Earlier)> = responses::table
                .filter(responses::survey_id.eq_any(surveys.collect::<BTreeSet<_>>()))
                .filter(responses::identity.eq_any(submission_ids))
                .select((
                    (responses::survey_id, responses::identity),
                    (responses::id, responses::answers_digest, responses::status),
                ))
                .load(connection)?;
            Ok(rows.into_iter().collect())
        }
    }
}

impl Submission {
    fn key(&self) -> Key {
        (self.survey.clone(), self.submission_id.clone())
    }

    /// What happens to it.
    fn acceptance(&self, lives: &Lives) -> Acceptance {
        let known = lives.get(&self.survey);
        known.map_or(Acceptance::Closed, |(state, closed_at)| {
            Acceptance::at(*state, *closed_at, self.at, self.queued)
        })
    }
}

/// The status to store. Submitting again doesn't undo being set aside.
fn status(submission: &Submission, acceptance: Acceptance, before: Option<&Earlier>) -> Status {
    match (acceptance, submission.status) {
        _ if before.is_some_and(Earlier::is_set_aside) => Status::SetAside,
        (Acceptance::Late, Status::Counted) => Status::Late,
        (_, status) => status,
    }
}

/// The row of a submission.
pub(in crate::responses) fn response(
    submission: &Submission,
    status: Status,
    number: i64,
) -> Response {
    let id = ResponseId::new();
    Response {
        person: id.as_str().to_owned(),
        id,
        survey_id: submission.survey.clone(),
        revision: submission.revision,
        submission_id: submission.submission_id.clone(),
        receipt: submission.receipt.clone(),
        answers_digest: submission.answers_digest.clone(),
        answers: Json(submission.answers.clone()),
        group_key: submission.group_key.clone(),
        schools: Json(submission.schools.clone()),
        language: submission.language.clone(),
        channel: submission.channel,
        day: submission.day,
        status,
        batch_id: None,
        number,
    }
}

/// The rows of its comments.
pub(in crate::responses) fn comments_of<'a>(
    submission: &Submission,
    response: &Response,
    words: impl IntoIterator<Item = &'a NewComment>,
) -> Vec<Comment> {
    let row = |words: &NewComment| Comment {
        id: CommentId::new(),
        round_id: submission.round.clone(),
        source: Source::Response,
        survey_id: Some(response.survey_id.clone()),
        response_id: Some(response.id.clone()),
        table_id: None,
        label: String::new(),
        item_key: words.item_key.clone(),
        intent: words.intent,
        language: words.language.clone(),
        text: words.text.clone(),
        speaks_for: 1,
        status: response.status,
        status_reason: String::new(),
        released_by: None,
        released_at: None,
        batch_id: None,
        number: response.number,
    };
    words.into_iter().map(row).collect()
}
