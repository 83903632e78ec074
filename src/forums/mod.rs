//! Forums.
use crate::db::{Db, text_id};
use diesel::prelude::*;
text_id! {
    /// Names a forum.
    ForumId,
    /// Names a table at a forum.
    TableId,
}
/// The forum of a slug and its round.
pub fn place_of(db: &mut Db, slug: &str) -> QueryResult<(ForumId, crate::district::RoundId)> {
    use crate::schema::forums;
    forums::table
        .filter(forums::slug.eq(slug))
        .select((forums::id, forums::round_id))
        .first(db)
}
