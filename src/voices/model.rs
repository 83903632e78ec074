//! Rows of published snapshots.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::db::text_id;
use crate::district::RoundId;
use crate::schema::snapshots;

text_id! {
    /// Names a published snapshot.
    SnapshotId
}

/// What is known of a snapshot beside its content. Its content never changes; it can only be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = snapshots)]
pub struct Edition {
    /// Names it.
    pub id: SnapshotId,
    /// Whose.
    pub round_id: RoundId,
    /// From 1, in the order of publishing.
    pub number: i32,
    /// The SHA-256 of the content as it is stored.
    pub digest: String,
    /// Who published it.
    pub published_by: AccountId,
    /// When, in UTC.
    pub published_at: NaiveDateTime,
    /// When it was taken back.
    pub taken_back_at: Option<NaiveDateTime>,
}
