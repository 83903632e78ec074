//! What answering needs to know of a survey.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Db;
use crate::district::{self, District, RoundId};
use crate::schema::surveys;
use crate::surveys::{self as asking, Places, State, SurveyId};

/// What may change about a survey between two visits.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub(crate) struct Head {
    /// Names the survey.
    pub(crate) id: SurveyId,
    /// Its round.
    pub(crate) round_id: RoundId,
    /// Its life.
    pub(crate) state: State,
    /// The number of the revision that people see; 0 before it was ever published.
    pub(crate) revision: i32,
    /// When it was closed, in UTC.
    pub(crate) closed_at: Option<NaiveDateTime>,
}

/// Who asks, and the lists that questions offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asker {
    /// Who asks.
    pub(crate) district: Option<District>,
    /// What group and school items offer.
    pub(crate) places: Places,
    /// The machine drafts of ours that the district has turned on.
    pub(crate) turned_on: Vec<String>,
}

/// The survey of a slug, as it stands now.
pub(crate) fn head(db: &mut Db, slug: &str) -> QueryResult<Head> {
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

/// The district and its lists, as they stand now.
pub(crate) fn asker(db: &mut Db) -> QueryResult<Asker> {
    Ok(Asker {
        district: district::current(db)?,
        places: asking::places(db)?,
        turned_on: district::turned_on(db)?,
    })
}
