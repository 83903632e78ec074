//! Every query about editions. The content's type belongs to the feature that makes it.

use diesel::dsl::max;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::model::{Audience, Edition, EditionId};
use crate::accounts::AccountId;
use crate::audit::{self, Actor};
use crate::db::Db;
use crate::district::{self, Round, RoundId};
use crate::error::{Error, Result};
use crate::schema::{accounts, editions, rounds};
use crate::secret::digest;

/// The edition that an audience reads: the latest one of the round that hasn't been taken back.
pub fn current(db: &mut Db, round: &RoundId, audience: Audience) -> QueryResult<Option<Edition>> {
    editions::table
        .filter(
            editions::round_id
                .eq(round)
                .and(editions::audience.eq(audience))
                .and(editions::taken_back_at.is_null()),
        )
        .order(editions::number.desc())
        .select(Edition::as_select())
        .first(db)
        .optional()
}

/// The editions of a round, latest first, each with the name of the person who released it.
pub fn of_round(
    db: &mut Db,
    round: &RoundId,
    audience: Audience,
) -> QueryResult<Vec<(Edition, String)>> {
    editions::table
        .inner_join(accounts::table.on(accounts::id.eq(editions::published_by)))
        .filter(
            editions::round_id
                .eq(round)
                .and(editions::audience.eq(audience)),
        )
        .order(editions::number.desc())
        .select((Edition::as_select(), accounts::name))
        .load(db)
}

/// The rounds with a current edition, in order.
pub fn rounds_with(db: &mut Db, audience: Audience) -> QueryResult<Vec<Round>> {
    let current = editions::table
        .filter(
            editions::audience
                .eq(audience)
                .and(editions::taken_back_at.is_null()),
        )
        .select(editions::round_id);
    rounds::table
        .filter(rounds::id.eq_any(current))
        .order((rounds::position, rounds::slug))
        .load(db)
}

/// The contents of all editions of a round, oldest first, also of those that were taken back. Returns an error if one
/// doesn't match its digest.
pub fn contents<Content: DeserializeOwned>(
    db: &mut Db,
    round: &RoundId,
    audience: Audience,
) -> Result<Vec<Content>> {
    let stored: Vec<Stored> = editions::table
        .filter(
            editions::round_id
                .eq(round)
                .and(editions::audience.eq(audience)),
        )
        .order(editions::number)
        .select((editions::id, editions::content, editions::digest))
        .load(db)?;
    stored.into_iter().map(Stored::read).collect()
}

/// The content of an edition. Returns an error if it doesn't match its digest.
pub fn content<Content: DeserializeOwned>(db: &mut Db, id: &EditionId) -> Result<Content> {
    let stored: Stored = editions::table
        .find(id)
        .select((editions::id, editions::content, editions::digest))
        .first(db)?;
    stored.read()
}

/// An edition as it's stored.
#[derive(Queryable)]
struct Stored {
    id: EditionId,
    content: String,
    digest: String,
}

impl Stored {
    fn read<Content: DeserializeOwned>(self) -> Result<Content> {
        if digest(&self.content) != self.digest {
            let id = self.id;
            return Err(Error::bug(format!(
                "edition {id} was changed after it was released"
            )));
        }
        serde_json::from_str(&self.content).map_err(Error::internal)
    }
}

/// Releases an edition under the name of an account. Its audience sees it once the transaction commits. The same id
/// again releases nothing more.
pub fn insert<Content: Serialize>(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    audience: Audience,
    id: EditionId,
    content: &Content,
) -> Result<EditionId> {
    let Some(account) = &actor.account else {
        return Err(Error::Invalid(
            "Only a person who is signed in can publish.".to_owned(),
        ));
    };
    // Two people who publish at the same time get two consecutive numbers.
    district::lock_round(db, round)?;
    let last: Option<i32> = editions::table
        .filter(
            editions::round_id
                .eq(round)
                .and(editions::audience.eq(audience)),
        )
        .select(max(editions::number))
        .first(db)?;
    let number = last.unwrap_or(0) + 1;
    let released: i64 = editions::table
        .filter(editions::id.eq(&id))
        .count()
        .get_result(db)?;
    if released > 0 {
        return Ok(id);
    }
    let content = serde_json::to_string(content).map_err(Error::internal)?;
    let digest = digest(&content);
    diesel::insert_into(editions::table)
        .values((
            editions::id.eq(&id),
            editions::round_id.eq(round),
            editions::audience.eq(audience),
            editions::number.eq(number),
            editions::content.eq(content),
            editions::digest.eq(&digest),
            editions::published_by.eq(account),
            editions::published_at.eq(actor.at),
        ))
        .execute(db)?;
    let [action, _] = audience.actions();
    audit::record(db, actor, action, "edition", id.as_str(), &(number, digest))?;
    Ok(id)
}

/// Takes an edition back: its audience sees the previous one, or none.
pub fn take_back(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    audience: Audience,
    id: &EditionId,
) -> QueryResult<()> {
    let current = editions::table.filter(
        editions::id
            .eq(id)
            .and(editions::round_id.eq(round))
            .and(editions::audience.eq(audience))
            .and(editions::taken_back_at.is_null()),
    );
    let changed = diesel::update(current)
        .set(editions::taken_back_at.eq(actor.at))
        .execute(db)?;
    if changed == 0 {
        return Err(diesel::result::Error::NotFound);
    }
    let [_, action] = audience.actions();
    audit::record(db, actor, action, "edition", id.as_str(), &())
}

/// The name of the account under which an edition is released.
pub fn name_of(db: &mut Db, account: &AccountId) -> QueryResult<String> {
    accounts::table
        .find(account)
        .select(accounts::name)
        .first(db)
}
