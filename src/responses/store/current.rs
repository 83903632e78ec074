//! What a submission needs to know about its survey.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Db;
use crate::district::{self, District, RoundId};
use crate::schema::surveys;
use crate::surveys::{self as asking, Places, State, SurveyId};

/// What can change about a survey between two visits.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub(crate) struct CurrentSurvey {
    /// The survey's ID.
    pub(crate) id: SurveyId,
    /// Its round.
    pub(crate) round_id: RoundId,
    /// Its state.
    pub(crate) state: State,
    /// The number of the latest revision. 0 if it was never published.
    pub(crate) revision: i32,
    /// When it was closed, in UTC.
    pub(crate) closed_at: Option<NaiveDateTime>,
}

/// The district, and the lists that questions offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asker {
    /// The district.
    pub(crate) district: Option<District>,
    /// What group and school items offer.
    pub(crate) places: Places,
    /// The languages with a machine-translated interface that the district has turned on.
    pub(crate) turned_on: Vec<String>,
}

/// The current state of the survey with a slug.
pub(crate) fn current_survey(db: &mut Db, slug: &str) -> QueryResult<CurrentSurvey> {
    surveys::table
        .filter(surveys::slug.eq(slug))
        .select((
            surveys::id,
            surveys::round_id,
            surveys::state,
            surveys::revision,
            surveys::closed_at,
        ))
        .first(db)
}

/// The current district and its lists.
pub(crate) fn asker(db: &mut Db) -> QueryResult<Asker> {
    Ok(Asker {
        district: district::current(db)?,
        places: asking::places(db)?,
        turned_on: district::turned_on(db)?,
    })
}
