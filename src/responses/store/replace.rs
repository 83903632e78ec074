//! One answer in place of another: the old one stays as a tombstone, and words that have not changed stay what they are.

use diesel::prelude::*;

use crate::db::Db;
use crate::remarks::{NewRemark, RemarkId, Standing};
use crate::responses::model::{Response, ResponseId};
use crate::schema::{remarks, responses};

/// A response that the same key sent before.
#[derive(Clone, Debug, Queryable, QueryableByName)]
#[diesel(table_name = responses)]
pub(in crate::responses) struct Earlier {
    pub(super) id: ResponseId,
    /// The digest of its answers.
    pub(super) answers_digest: String,
    standing: Standing,
}

impl Earlier {
    /// What a response is to those that come after it.
    pub(in crate::responses) fn of(response: &Response) -> Self {
        Self {
            id: response.id.clone(),
            answers_digest: response.answers_digest.clone(),
            standing: response.standing,
        }
    }

    /// Whether the district set it aside.
    pub(super) fn is_set_aside(&self) -> bool {
        self.standing == Standing::SetAside
    }
}

/// Leaves a response as a tombstone whose key and receipt are free for the one that takes its place.
pub(in crate::responses) fn give_way(
    db: &mut Db,
    earlier: &Earlier,
    number: i64,
) -> QueryResult<()> {
    diesel::update(responses::table.find(&earlier.id))
        .set((
            responses::identity.eq(format!("replaced {}", earlier.id)),
            responses::receipt.eq(None::<String>),
            responses::standing.eq(Standing::Replaced),
            responses::number.eq(number),
        ))
        .execute(db)
        .map(drop)
}

/// A remark, its item, its language and its text.
type Said = (RemarkId, String, String, String);

/// Hands on the words that have not changed, with their codes and their release; a corrected text is a new remark, and
/// the old one a tombstone. Returns the words that are new.
pub(in crate::responses) fn keep_words<'a>(
    db: &mut Db,
    earlier: &Earlier,
    response: &Response,
    words: &'a [NewRemark],
) -> QueryResult<Vec<&'a NewRemark>> {
    let before: Vec<Said> = remarks::table
        .filter(
            remarks::response_id
                .eq(&earlier.id)
                .and(remarks::standing.eq_any([earlier.standing, Standing::SetAside])),
        )
        .order(remarks::id)
        .select((
            remarks::id,
            remarks::item_key,
            remarks::language,
            remarks::text,
        ))
        .load(db)?;
    let same = |words: &NewRemark| {
        let found = |(_, item, language, text): &&Said| {
            *item == words.item_key && *language == words.language && *text == words.text
        };
        before.iter().find(found).map(|(id, ..)| id)
    };
    let kept: Vec<&RemarkId> = words.iter().filter_map(same).collect();
    let theirs = remarks::response_id.eq(&earlier.id);
    // What somebody set aside stays so under the new answer.
    let standing = remarks::standing.eq(earlier.standing);
    diesel::update(remarks::table.filter(remarks::id.eq_any(&kept).and(standing)))
        .set(remarks::standing.eq(response.standing))
        .execute(db)?;
    diesel::update(remarks::table.filter(remarks::id.eq_any(&kept)))
        .set((
            remarks::response_id.eq(&response.id),
            remarks::number.eq(response.number),
        ))
        .execute(db)?;
    diesel::update(remarks::table.filter(theirs))
        .set((
            remarks::standing.eq(Standing::Replaced),
            remarks::number.eq(response.number),
        ))
        .execute(db)?;
    Ok(words.iter().filter(|words| same(words).is_none()).collect())
}
