//! The queries that read the ledger for a snapshot. Snapshots themselves are editions.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{max, min};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::comments::Status;
use crate::db::{Db, Json};
use crate::district::RoundId;
use crate::forums::TableId;
use crate::localized::LocalizedText;
use crate::schema::{forum_tables, forums, responses};
use crate::surveys::{Intent, SurveyId};

/// The days of the first and last counted response to a survey.
pub(super) fn days(
    db: &mut Db,
    survey: &SurveyId,
) -> QueryResult<(Option<NaiveDate>, Option<NaiveDate>)> {
    responses::table
        .filter(
            responses::survey_id
                .eq(survey)
                .and(responses::status.eq(Status::Counted)),
        )
        .select((min(responses::day), max(responses::day)))
        .first(db)
}

/// A table with its forum.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub(super) struct Seating {
    pub(super) table: TableId,
    pub(super) present: i32,
    pub(super) title: Json<LocalizedText>,
    pub(super) starts_at: NaiveDateTime,
    pub(super) prompts: Json<Vec<Prompt>>,
}

/// A prompt of a forum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Prompt {
    pub(super) key: String,
    pub(super) intent: Intent,
    pub(super) label: LocalizedText,
}

/// The tables of a round's forums.
pub(super) fn seatings(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Seating>> {
    forum_tables::table
        .inner_join(forums::table)
        .filter(forums::round_id.eq(round))
        .order((forums::starts_at, forums::slug, forum_tables::table_number))
        .select((
            forum_tables::id,
            forum_tables::present,
            forums::title,
            forums::starts_at,
            forums::prompts,
        ))
        .load(db)
}

/// An upcoming forum.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub(super) struct ComingForum {
    pub(super) slug: String,
    pub(super) title: Json<LocalizedText>,
    pub(super) place: String,
    /// In the district's time zone, like its end.
    pub(super) starts_at: NaiveDateTime,
    pub(super) ends_at: NaiveDateTime,
    pub(super) languages: Json<Vec<String>>,
}

/// The forums that aren't over at a time in the district's time zone, earliest first.
pub(super) fn coming_forums(db: &mut Db, now: NaiveDateTime) -> QueryResult<Vec<ComingForum>> {
    forums::table
        .filter(forums::ends_at.gt(now))
        .order((forums::starts_at, forums::slug))
        .select((
            forums::slug,
            forums::title,
            forums::place,
            forums::starts_at,
            forums::ends_at,
            forums::languages,
        ))
        .load(db)
}
