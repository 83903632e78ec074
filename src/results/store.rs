//! All queries about a survey's results. Counts come from the index, not from here.

use diesel::prelude::*;

use crate::comments::Status;
use crate::db::Db;
use crate::district::{self, Round};
use crate::responses::{self, LateCounts};
use crate::schema::responses as rows;
use crate::surveys::{self, Document, Places, Survey};
use crate::tally::Names;

/// A survey with everything needed to name its results.
pub(super) struct ReportedSurvey {
    /// The survey.
    pub(super) survey: Survey,
    /// Its round.
    pub(super) round: Round,
    /// The latest published revision, or the draft if there is none.
    pub(super) document: Document,
    /// The groups and schools.
    pub(super) places: Places,
    /// The names of filter values.
    pub(super) names: Names,
    /// Suspected responses, probably from bots.
    pub(super) suspected: u64,
    /// Responses that arrived after the survey closed.
    pub(super) late: LateCounts,
}

/// Finds a survey by slug.
pub(super) fn find(db: &mut Db, slug: &str) -> QueryResult<ReportedSurvey> {
    let survey = surveys::by_slug(db, slug)?;
    let round = district::round_by_id(db, &survey.round_id)?;
    let published = surveys::latest_revision(db, &survey.id)?;
    let suspected: i64 = rows::table
        .filter(
            rows::survey_id
                .eq(&survey.id)
                .and(rows::status.eq(Status::Suspected)),
        )
        .count()
        .get_result(db)?;
    Ok(ReportedSurvey {
        late: responses::late_counts(db, &survey.id)?,
        document: published
            .map_or_else(|| survey.document.0.clone(), |revision| revision.document.0),
        places: surveys::places(db)?,
        names: Names::read(db, &round.id)?,
        suspected: u64::try_from(suspected).unwrap_or(0),
        round,
        survey,
    })
}
