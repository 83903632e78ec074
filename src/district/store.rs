//! The queries for the district and its rounds.

use diesel::prelude::*;

use super::model::{District, Group, LanguageReview, Round, School};
use crate::audit::{self, Actor};
use crate::db::Db;
use crate::keys::RoundId;
use crate::schema::{accounts, districts, groups, language_reviews, rounds, schools};

/// The district, if there is one.
pub fn current(db: &mut Db) -> QueryResult<Option<District>> {
    districts::table
        .select(districts::all_columns)
        .first(db)
        .optional()
}

/// The schools, in list order.
pub fn schools(db: &mut Db) -> QueryResult<Vec<School>> {
    schools::table
        .order((schools::position, schools::key))
        .load(db)
}

/// The groups, in list order.
pub fn groups(db: &mut Db) -> QueryResult<Vec<Group>> {
    groups::table
        .order((groups::position, groups::key))
        .load(db)
}

/// The rounds, in list order.
pub fn rounds(db: &mut Db) -> QueryResult<Vec<Round>> {
    rounds::table
        .order((rounds::position, rounds::slug))
        .load(db)
}

/// The round that `/plan` and `/heard` show, if there is one.
pub fn current_round(db: &mut Db) -> QueryResult<Option<Round>> {
    rounds::table
        .order((
            rounds::is_current.desc(),
            rounds::starts_on.desc(),
            rounds::slug,
        ))
        .first(db)
        .optional()
}

/// The round with this slug.
pub fn round_by_slug(db: &mut Db, slug: &str) -> QueryResult<Round> {
    rounds::table.filter(rounds::slug.eq(slug)).first(db)
}

/// The round with this id.
pub fn round_by_id(db: &mut Db, id: &RoundId) -> QueryResult<Round> {
    rounds::table.find(id).first(db)
}

/// Locks a round so that other writers that lock it wait until the transaction ends. What the caller has checked stays
/// true.
pub fn lock_round(db: &mut Db, round: &RoundId) -> QueryResult<()> {
    diesel::update(rounds::table.find(round))
        .set(rounds::position.eq(rounds::position))
        .execute(db)
        .map(drop)
}

/// The languages whose machine translation the district shows.
pub fn turned_on(db: &mut Db) -> QueryResult<Vec<String>> {
    language_reviews::table
        .order(language_reviews::language)
        .select(language_reviews::language)
        .load(db)
}

/// Every review of a machine translation, with the name of the person who turned it on, or `None` for the command line.
pub fn reviews(db: &mut Db) -> QueryResult<Vec<(LanguageReview, Option<String>)>> {
    let by = language_reviews::turned_on_by.eq(accounts::id.nullable());
    language_reviews::table
        .left_join(accounts::table.on(by))
        .order(language_reviews::language)
        .select((language_reviews::all_columns, accounts::name.nullable()))
        .load(db)
}

/// Starts showing a machine translation and records its reviewer.
pub fn turn_on(db: &mut Db, actor: &Actor, language: &str, reviewer: &str) -> QueryResult<()> {
    diesel::delete(language_reviews::table.find(language)).execute(db)?;
    diesel::insert_into(language_reviews::table)
        .values(LanguageReview {
            language: language.to_owned(),
            reviewer: reviewer.to_owned(),
            turned_on_by: actor.account.clone(),
            turned_on_at: actor.at,
        })
        .execute(db)?;
    audit::record(db, actor, "language.turned-on", "language", language, &())
}

/// Stops showing a machine translation.
pub fn turn_off(db: &mut Db, actor: &Actor, language: &str) -> QueryResult<()> {
    diesel::delete(language_reviews::table.find(language)).execute(db)?;
    audit::record(db, actor, "language.turned-off", "language", language, &())
}

/// Saves the district, replacing the existing one.
pub(super) fn save_district(db: &mut Db, district: &District) -> QueryResult<()> {
    diesel::delete(districts::table).execute(db)?;
    diesel::insert_into(districts::table)
        .values(district)
        .execute(db)
        .map(drop)
}

/// The district, locked so that other writers that lock it wait until the transaction ends.
pub(super) fn locked_current(db: &mut Db) -> QueryResult<Option<District>> {
    diesel::update(districts::table)
        .set(districts::slug.eq(districts::slug))
        .returning(districts::all_columns)
        .get_result(db)
        .optional()
}

/// Saves the district's name and notice.
pub(super) fn save_words(db: &mut Db, district: &District) -> QueryResult<()> {
    diesel::update(districts::table.find(&district.id))
        .set((
            districts::name.eq(&district.name),
            districts::notice.eq(&district.notice),
        ))
        .execute(db)
        .map(drop)
}

/// Saves a school, replacing the one with the same key.
pub(super) fn save_school(db: &mut Db, school: &School) -> QueryResult<()> {
    let changed = diesel::update(schools::table.filter(schools::key.eq(&school.key)))
        .set((
            schools::name.eq(&school.name),
            schools::level.eq(school.level),
            schools::position.eq(school.position),
        ))
        .execute(db)?;
    if changed == 0 {
        diesel::insert_into(schools::table)
            .values(school)
            .execute(db)?;
    }
    Ok(())
}

/// Saves a group, replacing the one with the same key.
pub(super) fn save_group(db: &mut Db, group: &Group) -> QueryResult<()> {
    let changed = diesel::update(groups::table.filter(groups::key.eq(&group.key)))
        .set((
            groups::name.eq(&group.name),
            groups::position.eq(group.position),
        ))
        .execute(db)?;
    if changed == 0 {
        diesel::insert_into(groups::table)
            .values(group)
            .execute(db)?;
    }
    Ok(())
}

/// Saves a round, replacing the one with the same slug. A current round replaces the previous current round.
pub(super) fn save_round(db: &mut Db, round: &Round) -> QueryResult<()> {
    if round.is_current {
        diesel::update(rounds::table)
            .set(rounds::is_current.eq(false))
            .execute(db)?;
    }
    let changed = diesel::update(rounds::table.filter(rounds::slug.eq(&round.slug)))
        .set((
            rounds::title.eq(&round.title),
            rounds::place.eq(&round.place),
            rounds::starts_on.eq(round.starts_on),
            rounds::origin.eq(&round.origin),
            rounds::is_current.eq(round.is_current),
        ))
        .execute(db)?;
    if changed == 0 {
        diesel::insert_into(rounds::table)
            .values(round)
            .execute(db)?;
    }
    Ok(())
}
