//! Every query about surveys and revisions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::corrections::Correction;
use super::document::Document;
use super::model::{Places, Revision, RevisionId, State, Survey, SurveyId};
use crate::audit::{self, Actor};
use crate::db::{Db, Json, PAGE_SIZE, Paging};
use crate::district::{self, RoundId};
use crate::schema::{accounts, revisions, rounds, surveys};

/// The survey with a slug.
pub fn by_slug(db: &mut Db, slug: &str) -> QueryResult<Survey> {
    surveys::table.filter(surveys::slug.eq(slug)).first(db)
}

/// The survey with a slug, if there is one.
pub(super) fn find(db: &mut Db, slug: &str) -> QueryResult<Option<Survey>> {
    by_slug(db, slug).optional()
}

/// Every slug in use.
pub(super) fn slugs(db: &mut Db) -> QueryResult<Vec<String>> {
    surveys::table.select(surveys::slug).load(db)
}

/// The survey with an ID.
pub fn by_id(db: &mut Db, id: &SurveyId) -> QueryResult<Survey> {
    surveys::table.find(id).first(db)
}

/// The surveys of a round, in the order they were created.
pub fn in_round(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Survey>> {
    surveys::table
        .filter(surveys::round_id.eq(round))
        .order((surveys::created_at, surveys::slug))
        .load(db)
}

/// The open surveys.
pub fn open_surveys(db: &mut Db) -> QueryResult<Vec<Survey>> {
    surveys::table
        .filter(surveys::state.eq(State::Open))
        .order((surveys::created_at, surveys::slug))
        .load(db)
}

/// The surveys of these rounds that aren't closed, in the order they were created, each with its published document, if
/// any.
pub fn unfinished(db: &mut Db, rounds: &[RoundId]) -> QueryResult<Vec<(Survey, Option<Document>)>> {
    let seen = revisions::survey_id
        .eq(surveys::id)
        .and(revisions::number.eq(surveys::revision));
    let rows: Vec<(Survey, Option<Json<Document>>)> = surveys::table
        .left_join(revisions::table.on(seen))
        .filter(
            surveys::round_id
                .eq_any(rounds)
                .and(surveys::state.ne(State::Closed)),
        )
        .order((surveys::created_at, surveys::slug))
        .select((surveys::all_columns, revisions::document.nullable()))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(survey, document)| (survey, document.map(|document| document.0)))
        .collect())
}

/// One revision of a survey.
pub fn revision(db: &mut Db, survey: &SurveyId, number: i32) -> QueryResult<Revision> {
    revisions::table
        .filter(
            revisions::survey_id
                .eq(survey)
                .and(revisions::number.eq(number)),
        )
        .first(db)
}

/// The latest revision of a survey, if it has been published.
pub fn latest_revision(db: &mut Db, survey: &SurveyId) -> QueryResult<Option<Revision>> {
    revisions::table
        .filter(revisions::survey_id.eq(survey))
        .order(revisions::number.desc())
        .first(db)
        .optional()
}

/// Every published document of a survey with its revision number, latest first.
pub fn published_documents(db: &mut Db, survey: &SurveyId) -> QueryResult<Vec<(i32, Document)>> {
    let rows: Vec<(i32, Json<Document>)> = revisions::table
        .filter(revisions::survey_id.eq(survey))
        .order(revisions::number.desc())
        .select((revisions::number, revisions::document))
        .load(db)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(number, document)| (number, document.0))
        .collect())
}

/// The latest published document, if there is one.
pub(super) fn published(db: &mut Db, survey: &SurveyId) -> QueryResult<Option<Document>> {
    Ok(latest_revision(db, survey)?.map(|revision| revision.document.0))
}

/// Every revision of a survey, latest first, with the name of the person who published it. No name means the command
/// line.
pub(super) fn revisions(
    db: &mut Db,
    survey: &SurveyId,
) -> QueryResult<Vec<(Revision, Option<String>)>> {
    revisions::table
        .left_join(accounts::table.on(revisions::published_by.eq(accounts::id.nullable())))
        .filter(revisions::survey_id.eq(survey))
        .order(revisions::number.desc())
        .select((revisions::all_columns, accounts::name.nullable()))
        .load(db)
}

/// How many surveys these rounds have, in one state or in any.
pub(super) fn count(db: &mut Db, rounds: &[RoundId], state: Option<State>) -> QueryResult<i64> {
    let mut query = surveys::table
        .filter(surveys::round_id.eq_any(rounds))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(surveys::state.eq(state));
    }
    query.count().get_result(db)
}

/// A page of the surveys of these rounds, in one state or in any: in the order of the rounds, and within a round in the
/// order they were created.
pub(super) fn list(
    db: &mut Db,
    rounds: &[RoundId],
    state: Option<State>,
    paging: Paging,
) -> QueryResult<Vec<Survey>> {
    let mut query = surveys::table
        .inner_join(rounds::table)
        .filter(surveys::round_id.eq_any(rounds))
        .order((
            rounds::position,
            rounds::slug,
            surveys::created_at,
            surveys::slug,
        ))
        .select(surveys::all_columns)
        .limit(PAGE_SIZE)
        .offset(paging.offset())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(surveys::state.eq(state));
    }
    query.load(db)
}

/// Reads a survey and locks it against other writers until the transaction ends, so that checks stay valid.
pub(super) fn locked(db: &mut Db, id: &SurveyId) -> QueryResult<Survey> {
    diesel::update(surveys::table.find(id))
        .set(surveys::revision.eq(surveys::revision))
        .returning(surveys::all_columns)
        .get_result(db)
}

/// Replaces the working document.
pub(super) fn set_document(db: &mut Db, id: &SurveyId, document: &Document) -> QueryResult<()> {
    diesel::update(surveys::table.find(id))
        .set((
            surveys::document.eq(Json(document.clone())),
            surveys::slug.eq(&document.slug),
        ))
        .execute(db)
        .map(drop)
}

/// Opens the survey with a revision.
pub(super) fn set_published(
    db: &mut Db,
    survey: &Survey,
    number: i32,
    at: NaiveDateTime,
) -> QueryResult<()> {
    diesel::update(surveys::table.find(&survey.id))
        .set((
            surveys::state.eq(State::Open),
            surveys::revision.eq(number),
            surveys::opened_at.eq(survey.opened_at.or(Some(at))),
        ))
        .execute(db)
        .map(drop)
}

/// Closes the survey.
pub(super) fn set_closed(db: &mut Db, id: &SurveyId, at: NaiveDateTime) -> QueryResult<()> {
    diesel::update(surveys::table.find(id))
        .set((
            surveys::state.eq(State::Closed),
            surveys::closed_at.eq(Some(at)),
        ))
        .execute(db)
        .map(drop)
}

/// Adds a revision.
pub(super) fn insert_revision(
    db: &mut Db,
    actor: &Actor,
    survey: &Survey,
    number: i32,
    corrections: Vec<Correction>,
) -> QueryResult<()> {
    let revision = Revision {
        id: RevisionId::new(),
        survey_id: survey.id.clone(),
        number,
        document: survey.document.clone(),
        corrections: Json(corrections),
        published_by: actor.account.clone(),
        published_at: actor.at,
    };
    diesel::insert_into(revisions::table)
        .values(&revision)
        .execute(db)
        .map(drop)
}

/// Adds a draft. The slug must not be in use.
pub fn insert_draft(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    document: &Document,
) -> QueryResult<SurveyId> {
    let survey = Survey {
        id: SurveyId::new(),
        round_id: round.clone(),
        slug: document.slug.clone(),
        state: State::Draft,
        document: Json(document.clone()),
        revision: 0,
        created_at: actor.at,
        opened_at: None,
        closed_at: None,
    };
    diesel::insert_into(surveys::table)
        .values(&survey)
        .execute(db)?;
    audit::record(
        db,
        actor,
        "survey.drafted",
        "survey",
        survey.id.as_str(),
        &(),
    )?;
    Ok(survey.id)
}

/// Reads the lists that group and school items offer.
pub fn places(db: &mut Db) -> QueryResult<Places> {
    Ok(Places {
        district: district::current(db)?,
        groups: district::groups(db)?,
        schools: district::schools(db)?,
    })
}
