//! Every query about surveys and revisions.

use diesel::prelude::*;

use super::document::Document;
use super::model::{Revision, State, Survey, SurveyId};
use crate::audit::{self, Actor};
use crate::db::{Db, Json};
use crate::district::{self, Group, RoundId, School};
use crate::schema::{revisions, surveys};

/// The survey of a slug.
pub fn by_slug(db: &mut Db, slug: &str) -> QueryResult<Survey> {
    surveys::table.filter(surveys::slug.eq(slug)).first(db)
}

/// The survey of an id.
pub fn by_id(db: &mut Db, id: &SurveyId) -> QueryResult<Survey> {
    surveys::table.find(id).first(db)
}

/// The surveys of a round, in the order in which they were made.
pub fn in_round(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Survey>> {
    surveys::table
        .filter(surveys::round_id.eq(round))
        .order((surveys::created_at, surveys::slug))
        .load(db)
}

/// The surveys that take answers.
pub fn open_surveys(db: &mut Db) -> QueryResult<Vec<Survey>> {
    surveys::table
        .filter(surveys::state.eq(State::Open))
        .order((surveys::created_at, surveys::slug))
        .load(db)
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

/// What people see of a survey, once it was published.
pub fn latest_revision(db: &mut Db, survey: &SurveyId) -> QueryResult<Option<Revision>> {
    revisions::table
        .filter(revisions::survey_id.eq(survey))
        .order(revisions::number.desc())
        .first(db)
        .optional()
}

/// Adds a draft. The slug must be free.
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

/// The district's lists that group and school items offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The groups, in their order.
    pub groups: Vec<Group>,
    /// The schools, in their order.
    pub schools: Vec<School>,
}

/// Reads the lists that group and school items offer.
pub fn places(db: &mut Db) -> QueryResult<Places> {
    Ok(Places {
        groups: district::groups(db)?,
        schools: district::schools(db)?,
    })
}
