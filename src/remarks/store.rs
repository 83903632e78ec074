//! Every query about remarks.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::model::{LedgerRow, Remark, RemarkId, Standing};
use crate::accounts::AccountId;
use crate::audit::{self, Actor};
use crate::db::{Db, Json, PAGE_SIZE, Paging, insert_rows, take_changes};
use crate::district::RoundId;
use crate::responses::{BatchState, ResponseId};
use crate::schema::{batches, remarks, responses};
use crate::surveys::SurveyId;

/// How many ids a statement takes at once.
const CHUNK: usize = 5_000;

/// Adds remarks. Their numbers were taken before.
pub fn insert_all(db: &mut Db, rows: &[Remark]) -> QueryResult<()> {
    insert_rows!(db, remarks::table, rows)
}

/// How many rows there are, counted or not: what a rebuild of the index reads.
pub fn count_all(db: &mut Db) -> QueryResult<u64> {
    let rows: i64 = remarks::table.count().get_result(db)?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// The words of remarks, in the order of their ids.
pub fn texts(db: &mut Db, ids: &[RemarkId]) -> QueryResult<Vec<(RemarkId, String)>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(RemarkId, String)> = remarks::table
            .filter(remarks::id.eq_any(chunk))
            .select((remarks::id, remarks::text))
            .load(db)?;
        found.extend(rows);
    }
    found.sort_unstable();
    Ok(found)
}

/// Group and schools, as the response says them.
type Speaker = (Option<String>, Json<Vec<String>>);

/// Remarks with what is known of who said them, in the order of their ids.
pub fn ledger(db: &mut Db, ids: &[RemarkId]) -> QueryResult<Vec<LedgerRow>> {
    let rows: Vec<(Remark, Option<Speaker>)> = remarks::table
        .left_join(responses::table)
        .filter(remarks::id.eq_any(ids))
        .order(remarks::id)
        .select((
            remarks::all_columns,
            (responses::group_key, responses::schools).nullable(),
        ))
        .load(db)?;
    let row = |(remark, speaker): (Remark, Option<Speaker>)| {
        let (group, schools) =
            speaker.map_or((None, Vec::new()), |(group, schools)| (group, schools.0));
        LedgerRow {
            remark,
            group,
            schools,
        }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The remark of an id.
pub fn by_id(db: &mut Db, id: &RemarkId) -> QueryResult<Remark> {
    remarks::table.find(id).first(db)
}

/// The words of a response that count, in the order of their ids.
pub fn of_response(db: &mut Db, response: &ResponseId) -> QueryResult<Vec<Remark>> {
    remarks::table
        .filter(
            remarks::response_id
                .eq(response)
                .and(remarks::standing.eq(Standing::Counted)),
        )
        .order(remarks::id)
        .load(db)
}

/// The remarks of a round that the public may read, in the order of their ids.
pub fn released(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Remark>> {
    remarks::table
        .filter(remarks::round_id.eq(round))
        .filter(is_released())
        .order(remarks::id)
        .load(db)
}

/// The ids of the remarks of a round that the public may read.
pub fn released_ids(db: &mut Db, round: &RoundId) -> QueryResult<Vec<RemarkId>> {
    remarks::table
        .filter(remarks::round_id.eq(round))
        .filter(is_released())
        .order(remarks::id)
        .select(remarks::id)
        .load(db)
}

/// A named person released it, and it counts.
#[diesel::dsl::auto_type(no_type_alias)]
fn is_released() -> _ {
    let counts: diesel::dsl::Eq<remarks::standing, Standing> =
        remarks::standing.eq(Standing::Counted);
    remarks::released_by.is_not_null().and(counts)
}

/// One page of the remarks of a round that were set aside.
pub fn set_aside(db: &mut Db, round: &RoundId, paging: Paging) -> QueryResult<Vec<RemarkId>> {
    is_set_aside(round)
        .order(remarks::id)
        .limit(PAGE_SIZE)
        .offset(paging.offset())
        .select(remarks::id)
        .load(db)
}

/// How many remarks of a round were set aside, and by how many people they were said.
pub fn count_set_aside(db: &mut Db, round: &RoundId) -> QueryResult<(i64, usize)> {
    let remarks = is_set_aside(round).count().get_result(db)?;
    let people: Vec<(SurveyId, String)> = is_set_aside(round)
        .inner_join(responses::table)
        .select((responses::survey_id, responses::person))
        .distinct()
        .load(db)?;
    Ok((remarks, people.len()))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn is_set_aside<'a>(round: &'a RoundId) -> _ {
    let here: diesel::dsl::Eq<remarks::round_id, &'a RoundId> = remarks::round_id.eq(round);
    let aside: diesel::dsl::Eq<remarks::standing, Standing> =
        remarks::standing.eq(Standing::SetAside);
    remarks::table.filter(here.and(aside))
}

/// Lets the public read a remark, by the name of who releases it, from the next snapshot on. Only a remark that counts
/// can be released. Tells whether anything changed: twice is as good as once.
pub fn release(db: &mut Db, actor: &Actor, id: &RemarkId) -> QueryResult<bool> {
    let open = remarks::table.find(id).filter(
        remarks::standing
            .eq(Standing::Counted)
            .and(remarks::released_by.is_null()),
    );
    let changed = diesel::update(open)
        .set((
            remarks::released_by.eq(actor.account.as_ref()),
            remarks::released_at.eq(actor.at),
        ))
        .execute(db)?;
    if changed == 0 {
        return Ok(false);
    }
    audit::record(db, actor, "remark.released", "remark", id.as_str(), &())?;
    Ok(true)
}

/// Takes a release back: the words leave every public page at once, whatever was published. Tells whether anything
/// changed.
pub fn take_back(db: &mut Db, actor: &Actor, id: &RemarkId) -> QueryResult<bool> {
    // The public pages look again at what may still be read whenever a number was taken.
    take_changes(db, 1)?;
    let nobody: Option<&AccountId> = None;
    let never: Option<chrono::NaiveDateTime> = None;
    let changed = diesel::update(
        remarks::table
            .find(id)
            .filter(remarks::released_by.is_not_null()),
    )
    .set((
        remarks::released_by.eq(nobody),
        remarks::released_at.eq(never),
    ))
    .execute(db)?;
    if changed == 0 {
        return Ok(false);
    }
    audit::record(db, actor, "remark.taken-back", "remark", id.as_str(), &())?;
    Ok(true)
}

/// Those of some remarks that the public may still read: a named person released them, they count, and no import that
/// brought them was taken back.
pub fn still_public(db: &mut Db, ids: &[RemarkId]) -> QueryResult<BTreeSet<RemarkId>> {
    let mut public = BTreeSet::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<RemarkId> = remarks::table
            .left_join(batches::table)
            .filter(remarks::id.eq_any(chunk))
            .filter(is_released())
            .filter(
                batches::state
                    .is_null()
                    .or(batches::state.eq(BatchState::Live)),
            )
            .select(remarks::id)
            .load(db)?;
        public.extend(rows);
    }
    Ok(public)
}

/// The standing and the ids of remarks by what their file calls them, within one survey and item. Those of an
/// import that never came to its end are none.
pub fn by_labels(
    db: &mut Db,
    survey: &SurveyId,
    item: &str,
    labels: &[String],
) -> QueryResult<Vec<(String, RemarkId, Standing)>> {
    let live = batches::table
        .filter(batches::state.eq(BatchState::Live))
        .select(batches::id.nullable());
    remarks::table
        .filter(
            remarks::survey_id
                .eq(survey)
                .and(remarks::item_key.eq(item))
                .and(remarks::label.eq_any(labels))
                .and(
                    remarks::batch_id
                        .is_null()
                        .or(remarks::batch_id.eq_any(live)),
                ),
        )
        .order(remarks::label)
        .select((remarks::label, remarks::id, remarks::standing))
        .load(db)
}
