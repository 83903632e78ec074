//! All queries about codebooks.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Codebook;
use crate::accounts::AccountId;
use crate::audit::{self, Actor};
use crate::db::{Db, Json, text_id};
use crate::district::{self, RoundId};
use crate::schema::codebooks;

text_id! {
    /// The id of a codebook version.
    CodebookId
}

/// A version of a round's codebook. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = codebooks)]
pub struct SavedCodebook {
    /// The id.
    pub id: CodebookId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// The version number, from 1.
    pub version: i32,
    /// The themes.
    pub document: Json<Codebook>,
    /// Who saved it; `None` if saved on the command line.
    pub saved_by: Option<AccountId>,
    /// When it was saved, in UTC.
    pub saved_at: NaiveDateTime,
}

/// The latest version of a round's codebook, if any.
pub fn latest_codebook(db: &mut Db, round: &RoundId) -> QueryResult<Option<SavedCodebook>> {
    codebooks::table
        .filter(codebooks::round_id.eq(round))
        .order(codebooks::version.desc())
        .first(db)
        .optional()
}

/// One version of a round's codebook.
pub fn codebook_version(db: &mut Db, round: &RoundId, version: i32) -> QueryResult<SavedCodebook> {
    codebooks::table
        .filter(
            codebooks::round_id
                .eq(round)
                .and(codebooks::version.eq(version)),
        )
        .first(db)
}

/// All versions of a round's codebook, latest first.
pub fn versions(db: &mut Db, round: &RoundId) -> QueryResult<Vec<SavedCodebook>> {
    codebooks::table
        .filter(codebooks::round_id.eq(round))
        .order(codebooks::version.desc())
        .load(db)
}

/// Saves a codebook as the next version and returns its number. Does nothing if it equals the latest version. The
/// codebook must compile.
pub fn save_codebook(
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    codebook: &Codebook,
) -> QueryResult<i32> {
    // Two people who save at the same time must get different version numbers.
    district::lock_round(db, round)?;
    let latest = latest_codebook(db, round)?;
    if let Some(latest) = latest
        .as_ref()
        .filter(|latest| latest.document.0 == *codebook)
    {
        return Ok(latest.version);
    }
    let version = latest.map_or(0, |latest| latest.version) + 1;
    let saved = SavedCodebook {
        id: CodebookId::new(),
        round_id: round.clone(),
        version,
        document: Json(codebook.clone()),
        saved_by: actor.account.clone(),
        saved_at: actor.at,
    };
    diesel::insert_into(codebooks::table)
        .values(&saved)
        .execute(db)?;
    audit::record(
        db,
        actor,
        "codebook.saved",
        "codebook",
        saved.id.as_str(),
        &version,
    )?;
    Ok(version)
}

/// The name of the person who saved a version; `None` if saved on the command line.
pub(super) fn author(db: &mut Db, saved: &SavedCodebook) -> QueryResult<Option<String>> {
    let accounts = crate::accounts::list(db)?.into_iter();
    let mut authors = accounts.filter(|account| Some(&account.id) == saved.saved_by.as_ref());
    Ok(authors.next().map(|account| account.name))
}
