//! Database rows for published snapshots.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::db::text_id;
use crate::district::RoundId;
use crate::schema::snapshots;

text_id! {
    /// Identifies a published snapshot.
    SnapshotId
}

/// A snapshot's metadata. Its content never changes, but it can be unpublished.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = snapshots)]
pub struct Edition {
    /// The snapshot's ID.
    pub id: SnapshotId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// Counted from 1, in the order of publication.
    pub number: i32,
    /// The SHA-256 of the content as stored.
    pub digest: String,
    /// Who published it.
    pub published_by: AccountId,
    /// When it was published, in UTC.
    pub published_at: NaiveDateTime,
    /// When it was unpublished.
    pub taken_back_at: Option<NaiveDateTime>,
}
