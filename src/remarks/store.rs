//! Every query about remarks.

use diesel::prelude::*;

use super::model::{LedgerRow, Remark, RemarkId, Standing};
use crate::accounts::AccountId;
use crate::audit::{self, Actor};
use crate::db::{Db, Json, PAGE_SIZE, each};
use crate::district::RoundId;
use crate::schema::{remarks, responses};
use crate::surveys::SurveyId;

/// Adds remarks in one statement. Their numbers were taken before.
pub fn insert_all(db: &mut Db, rows: &[Remark]) -> QueryResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    each!(db, |connection| diesel::insert_into(remarks::table)
        .values(rows)
        .execute(connection))?;
    Ok(())
}

/// How many rows there are, counted or not: what a rebuild of the index reads.
pub fn count_all(db: &mut Db) -> QueryResult<u64> {
    let rows: i64 = remarks::table.count().get_result(db)?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// The words of remarks, in the order of their ids.
pub fn texts(db: &mut Db, ids: &[RemarkId]) -> QueryResult<Vec<(RemarkId, String)>> {
    /// How many ids a statement takes at once.
    const CHUNK: usize = 5_000;
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

/// The remarks of a round that the public may read, in the order of their ids.
pub fn released(db: &mut Db, round: &RoundId) -> QueryResult<Vec<Remark>> {
    let public = remarks::released_by
        .is_not_null()
        .and(remarks::standing.eq(Standing::Counted));
    remarks::table
        .filter(remarks::round_id.eq(round).and(public))
        .order(remarks::id)
        .load(db)
}

/// The remarks of a round that were set aside, one page of them, and how many there are.
pub fn set_aside(db: &mut Db, round: &RoundId, offset: i64) -> QueryResult<(Vec<RemarkId>, i64)> {
    let total = remarks::table
        .filter(
            remarks::round_id
                .eq(round)
                .and(remarks::standing.eq(Standing::SetAside)),
        )
        .count()
        .get_result(db)?;
    let ids = remarks::table
        .filter(
            remarks::round_id
                .eq(round)
                .and(remarks::standing.eq(Standing::SetAside)),
        )
        .order(remarks::id)
        .limit(PAGE_SIZE)
        .offset(offset)
        .select(remarks::id)
        .load(db)?;
    Ok((ids, total))
}

/// Lets the public read a remark, by the name of who releases it. Only a remark that counts can be released.
pub fn release(db: &mut Db, actor: &Actor, id: &RemarkId) -> QueryResult<()> {
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
        return Err(diesel::result::Error::NotFound);
    }
    audit::record(db, actor, "remark.released", "remark", id.as_str(), &())
}

/// Takes a release back. Snapshots that are published keep what they show until they are taken back too.
pub fn take_back(db: &mut Db, actor: &Actor, id: &RemarkId) -> QueryResult<()> {
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
        return Err(diesel::result::Error::NotFound);
    }
    audit::record(db, actor, "remark.taken-back", "remark", id.as_str(), &())
}

/// The ids of remarks by what their file calls them, within one survey and item.
pub fn by_labels(
    db: &mut Db,
    survey: &SurveyId,
    item: &str,
    labels: &[String],
) -> QueryResult<Vec<(String, RemarkId)>> {
    remarks::table
        .filter(
            remarks::survey_id
                .eq(survey)
                .and(remarks::item_key.eq(item))
                .and(remarks::label.eq_any(labels)),
        )
        .order(remarks::label)
        .select((remarks::label, remarks::id))
        .load(db)
}
