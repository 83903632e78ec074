//! Every query about snapshots, and the queries that read the ledger for a snapshot.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{max, min};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::{Edition, SnapshotId};
use super::snapshot::Snapshot;
use crate::accounts::AccountId;
use crate::audit::{self, Actor};
use crate::comments::Status;
use crate::db::{Db, Json};
use crate::district::{self, Round, RoundId};
use crate::error::{Error, Result};
use crate::forums::TableId;
use crate::localized::LocalizedText;
use crate::schema::{accounts, forum_tables, forums, responses, rounds, snapshots};
use crate::secret::digest;
use crate::surveys::{Intent, SurveyId};

/// The snapshot of a round that the public sees: the latest one that hasn't been unpublished.
pub fn status(db: &mut Db, round: &RoundId) -> QueryResult<Option<Edition>> {
    snapshots::table
        .filter(
            snapshots::round_id
                .eq(round)
                .and(snapshots::taken_back_at.is_null()),
        )
        .order(snapshots::number.desc())
        .select(Edition::as_select())
        .first(db)
        .optional()
}

/// The snapshots of a round, latest first, each with the name of the person who published it.
pub fn editions(db: &mut Db, round: &RoundId) -> QueryResult<Vec<(Edition, String)>> {
    snapshots::table
        .inner_join(accounts::table.on(accounts::id.eq(snapshots::published_by)))
        .filter(snapshots::round_id.eq(round))
        .order(snapshots::number.desc())
        .select((Edition::as_select(), accounts::name))
        .load(db)
}

/// The rounds with a current snapshot, in order.
pub fn published_rounds(db: &mut Db) -> QueryResult<Vec<Round>> {
    let status = snapshots::table
        .filter(snapshots::taken_back_at.is_null())
        .select(snapshots::round_id);
    rounds::table
        .filter(rounds::id.eq_any(status))
        .order((rounds::position, rounds::slug))
        .load(db)
}

/// The contents of all snapshots of a round, oldest first, also of those that were unpublished. Returns an error if one
/// doesn't match its digest.
pub(super) fn contents(db: &mut Db, round: &RoundId) -> Result<Vec<Snapshot>> {
    let stored: Vec<Stored> = snapshots::table
        .filter(snapshots::round_id.eq(round))
        .order(snapshots::number)
        .select((snapshots::id, snapshots::content, snapshots::digest))
        .load(db)?;
    stored.into_iter().map(Stored::read).collect()
}

/// The content of a snapshot. Returns an error if it doesn't match its digest.
pub fn content(db: &mut Db, id: &SnapshotId) -> Result<Snapshot> {
    let stored: Stored = snapshots::table
        .find(id)
        .select((snapshots::id, snapshots::content, snapshots::digest))
        .first(db)?;
    stored.read()
}

/// A snapshot as it's stored.
#[derive(Queryable)]
struct Stored {
    id: SnapshotId,
    content: String,
    digest: String,
}

impl Stored {
    fn read(self) -> Result<Snapshot> {
        if digest(&self.content) != self.digest {
            let id = self.id;
            return Err(Error::bug(format!(
                "snapshot {id} was changed after it was published"
            )));
        }
        serde_json::from_str(&self.content).map_err(Error::internal)
    }
}

/// Publishes under the name of an account. Everyone sees it once the transaction commits. The same id again publishes
/// nothing more.
pub fn insert(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    id: SnapshotId,
    content: &Snapshot,
) -> Result<SnapshotId> {
    let Some(account) = &actor.account else {
        return Err(Error::Invalid(
            "Only a person who is signed in can publish.".to_owned(),
        ));
    };
    // Two people who publish at the same time get two consecutive numbers.
    district::lock_round(db, round)?;
    let last: Option<i32> = snapshots::table
        .filter(snapshots::round_id.eq(round))
        .select(max(snapshots::number))
        .first(db)?;
    let number = last.unwrap_or(0) + 1;
    let published: i64 = snapshots::table
        .filter(snapshots::id.eq(&id))
        .count()
        .get_result(db)?;
    if published > 0 {
        return Ok(id);
    }
    let content = serde_json::to_string(content).map_err(Error::internal)?;
    let digest = digest(&content);
    diesel::insert_into(snapshots::table)
        .values((
            snapshots::id.eq(&id),
            snapshots::round_id.eq(round),
            snapshots::number.eq(number),
            snapshots::content.eq(content),
            snapshots::digest.eq(&digest),
            snapshots::published_by.eq(account),
            snapshots::published_at.eq(actor.at),
        ))
        .execute(db)?;
    audit::record(
        db,
        actor,
        "snapshot.published",
        "snapshot",
        id.as_str(),
        &(number, digest),
    )?;
    Ok(id)
}

/// Unpublishes a snapshot: the public sees the previous one, or none.
pub fn unpublish(db: &mut Db, actor: &Actor, round: &RoundId, id: &SnapshotId) -> QueryResult<()> {
    let status = snapshots::table.filter(
        snapshots::id
            .eq(id)
            .and(snapshots::round_id.eq(round))
            .and(snapshots::taken_back_at.is_null()),
    );
    let changed = diesel::update(status)
        .set(snapshots::taken_back_at.eq(actor.at))
        .execute(db)?;
    if changed == 0 {
        return Err(diesel::result::Error::NotFound);
    }
    audit::record(
        db,
        actor,
        "snapshot.taken-back",
        "snapshot",
        id.as_str(),
        &(),
    )
}

/// The name of an account.
pub(super) fn name_of(db: &mut Db, account: &AccountId) -> QueryResult<String> {
    accounts::table
        .find(account)
        .select(accounts::name)
        .first(db)
}

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
