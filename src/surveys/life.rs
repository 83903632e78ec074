//! The life cycle of a survey: drafted, changed, published, corrected, closed. Each step checks itself against the
//! current state and writes an audit entry. The caller's transaction makes it atomic.

use diesel::QueryResult;
use serde::Serialize;
use serde_json::json;

use super::document::Document;
use super::faults::Fault;
use super::model::{State, Survey, SurveyId};
use super::store;
use super::translation::Returned;
use crate::audit::{self, Actor};
use crate::db::Db;
use crate::district::{self, RoundId};
use crate::error::{Error, Result};

/// Adds a draft, or replaces the working document of the survey with the same slug in the same round. If that survey is
/// open, this is what its next revision will say. An invalid document returns [`Error::Invalid`] with all its problems.
pub fn import_document(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    document: &Document,
) -> Result<SurveyId> {
    let Some(survey) = store::find(db, &document.slug)? else {
        refuse(&document.faults_in(&store::places(db)?))?;
        return Ok(store::insert_draft(db, actor, round, document)?);
    };
    if survey.round_id != *round {
        return Err(Error::Conflict(format!(
            "another round already has a survey at the address “{}”: choose another address",
            document.slug
        )));
    }
    change(db, actor, &survey.id, document)?;
    Ok(survey.id)
}

/// Replaces the working document. An invalid document returns [`Error::Invalid`].
pub fn change(db: &mut Db, actor: &Actor, survey: &SurveyId, document: &Document) -> Result<()> {
    let survey = store::locked(db, survey)?;
    if *survey.document == *document {
        return Ok(());
    }
    let published = store::published(db, &survey.id)?;
    let places = store::places(db)?;
    let verdict = survey.may_become(document, published.as_ref(), &places);
    verdict.map_err(|faults| invalid(&faults))?;
    store::set_document(db, &survey.id, document)?;
    Ok(record(db, actor, "survey.changed", &survey, &())?)
}

/// Freezes the working document as the next revision, which people see from now on, and opens the survey if it's a
/// draft. Returns the number of the revision that people see. Does nothing if nothing has changed since the last
/// revision.
pub fn publish(db: &mut Db, actor: &Actor, survey: &SurveyId) -> Result<i32> {
    let survey = store::locked(db, survey)?;
    let published = store::published(db, &survey.id)?;
    let places = store::places(db)?;
    let corrections = survey.next_revision(published.as_ref(), &places);
    let corrections = corrections.map_err(|faults| invalid(&faults))?;
    if published.is_some() && corrections.is_empty() {
        return Ok(survey.revision);
    }
    let number = survey.revision + 1;
    let detail = json!({ "revision": number, "corrections": corrections.len() });
    store::insert_revision(db, actor, &survey, number, corrections)?;
    store::set_published(db, &survey, number, actor.at)?;
    record(db, actor, "survey.published", &survey, &detail)?;
    Ok(number)
}

/// Saves a returned translation: the survey's text with the survey, and the district's with the district.
pub fn take_translation(
    db: &mut Db,
    actor: &Actor,
    survey: &SurveyId,
    language: &str,
    returned: &Returned,
) -> Result<()> {
    district::translate(db, actor, language, &returned.district)?;
    change(db, actor, survey, &returned.document)
}

/// Closes an open survey for good. It takes no more responses, but keeps the ones it has. Does nothing if it's already
/// closed.
pub fn close(db: &mut Db, actor: &Actor, survey: &SurveyId) -> Result<()> {
    let survey = store::locked(db, survey)?;
    match survey.state {
        State::Closed => Ok(()),
        State::Draft => Err(Error::Conflict(
            "This survey is a draft, so there’s nothing to close.".to_owned(),
        )),
        State::Open => {
            store::set_closed(db, &survey.id, actor.at)?;
            Ok(record(db, actor, "survey.closed", &survey, &())?)
        }
    }
}

fn record(
    db: &mut Db,
    actor: &Actor,
    action: &str,
    survey: &Survey,
    detail: &impl Serialize,
) -> QueryResult<()> {
    audit::record(db, actor, action, "survey", survey.id.as_str(), detail)
}

fn refuse(faults: &[Fault]) -> Result<()> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(invalid(faults))
    }
}

fn invalid(faults: &[Fault]) -> Error {
    let reasons: Vec<String> = faults.iter().map(Fault::to_string).collect();
    Error::Invalid(reasons.join("; "))
}
