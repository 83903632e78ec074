//! What is known about an edition besides its content.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::db::{text_enum, text_id};
use crate::district::RoundId;
use crate::schema::editions;

text_id! {
    /// Identifies an edition.
    EditionId
}

text_enum! {
    /// Who reads an edition.
    Audience {
        /// Everyone.
        Public = "public",
        /// Principals and other staff who may see counts but not rows.
        Schools = "schools",
    }
}

impl Audience {
    /// The actions in the activity log: releasing one, and taking one back.
    pub(super) fn actions(self) -> [&'static str; 2] {
        match self {
            Self::Public => ["snapshot.published", "snapshot.taken-back"],
            Self::Schools => ["school-results.released", "school-results.taken-back"],
        }
    }
}

/// An edition. Its content never changes, but it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = editions)]
pub struct Edition {
    /// The edition's ID.
    pub id: EditionId,
    /// The round it belongs to.
    pub round_id: RoundId,
    /// Counted from 1 for each audience, in the order of release.
    pub number: i32,
    /// The SHA-256 of the content as stored.
    pub digest: String,
    /// Who released it.
    pub published_by: AccountId,
    /// When it was released, in UTC.
    pub published_at: NaiveDateTime,
    /// When it was taken back.
    pub taken_back_at: Option<NaiveDateTime>,
}
