//! A round as its pages at the desk know it.

use diesel::QueryResult;

use crate::db::Db;
use crate::district::{self, Round};

/// A round with its address at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DeskRound {
    /// The round.
    pub(super) round: Round,
    /// The address of the round's pages: `/desk/rounds/{slug}`.
    pub(super) base: String,
}

impl DeskRound {
    /// Finds the round with a slug.
    pub(super) fn of(db: &mut Db, slug: &str) -> QueryResult<Self> {
        let round = district::round_by_slug(db, slug)?;
        let base = format!("/desk/rounds/{}", round.slug);
        Ok(Self { round, base })
    }
}
