//! Replaces one response with another. The old one stays as a tombstone, and comments that haven't changed are kept.

use diesel::prelude::*;

use crate::comments::{CommentId, NewComment, Status};
use crate::db::Db;
use crate::keys::ResponseId;
use crate::responses::model::Response;
use crate::schema::{comments, responses};

/// An earlier response with the same key.
#[derive(Clone, Debug, Queryable, QueryableByName)]
#[diesel(table_name = responses)]
pub(in crate::responses) struct Earlier {
    pub(super) id: ResponseId,
    /// The digest of its answers.
    pub(super) answers_digest: String,
    status: Status,
}

impl Earlier {
    /// The response as later submissions see it.
    pub(in crate::responses) fn of(response: &Response) -> Self {
        Self {
            id: response.id.clone(),
            answers_digest: response.answers_digest.clone(),
            status: response.status,
        }
    }

    /// Whether its author withdrew it.
    pub(super) fn is_withdrawn(&self) -> bool {
        self.status == Status::Withdrawn
    }

    /// Whether the district set it aside.
    pub(super) fn is_set_aside(&self) -> bool {
        self.status == Status::SetAside
    }
}

/// Turns a response into a tombstone and frees its key and receipt for its replacement.
pub(in crate::responses) fn give_way(
    db: &mut Db,
    earlier: &Earlier,
    number: i64,
) -> QueryResult<()> {
    diesel::update(responses::table.find(&earlier.id))
        .set((
            responses::identity.eq(format!("replaced {}", earlier.id)),
            responses::receipt.eq(None::<String>),
            responses::status.eq(Status::Replaced),
            responses::number.eq(number),
        ))
        .execute(db)
        .map(drop)
}

/// A comment with its item, language and text.
type Said = (CommentId, String, String, String);

/// Moves comments that haven't changed to the new response, with their codes and their release. A corrected text
/// becomes a new comment, and the old one a tombstone. Returns the new texts.
pub(in crate::responses) fn keep_words<'a>(
    db: &mut Db,
    earlier: &Earlier,
    response: &Response,
    words: &'a [NewComment],
) -> QueryResult<Vec<&'a NewComment>> {
    let before: Vec<Said> = comments::table
        .filter(
            comments::response_id
                .eq(&earlier.id)
                .and(comments::status.eq_any([earlier.status, Status::SetAside])),
        )
        .order(comments::id)
        .select((
            comments::id,
            comments::item_key,
            comments::language,
            comments::text,
        ))
        .load(db)?;
    let same = |words: &NewComment| {
        let found = |(_, item, language, text): &&Said| {
            *item == words.item_key && *language == words.language && *text == words.text
        };
        before.iter().find(found).map(|(id, ..)| id)
    };
    let kept: Vec<&CommentId> = words.iter().filter_map(same).collect();
    let theirs = comments::response_id.eq(&earlier.id);
    // Comments that were set aside stay set aside under the new response.
    let status = comments::status.eq(earlier.status);
    diesel::update(comments::table.filter(comments::id.eq_any(&kept).and(status)))
        .set(comments::status.eq(response.status))
        .execute(db)?;
    diesel::update(comments::table.filter(comments::id.eq_any(&kept)))
        .set((
            comments::response_id.eq(&response.id),
            comments::number.eq(response.number),
        ))
        .execute(db)?;
    diesel::update(comments::table.filter(theirs))
        .set((
            comments::status.eq(Status::Replaced),
            comments::number.eq(response.number),
        ))
        .execute(db)?;
    Ok(words.iter().filter(|words| same(words).is_none()).collect())
}
