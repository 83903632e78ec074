//! Publishing: someone reviews a draft, then it's frozen under their name.

use chrono::NaiveDateTime;

use super::build::build;
use super::material::gather;
use super::readiness::{Gap, Untranslated, gaps, untranslated};
use super::snapshot::Snapshot;
use crate::audit::Actor;
use crate::db::Db;
use crate::district::Round;
use crate::editions::{self, Audience, EditionId};
use crate::error::{Error, Result};
use crate::themes::Index;

/// What would be published now.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The content.
    pub snapshot: Snapshot,
    /// What is missing. It can't be published until this is empty.
    pub gaps: Vec<Gap>,
    /// Texts that some readers would see in a different language.
    pub untranslated: Vec<Untranslated>,
}

/// Counts a round as it is now, under the name of the person who would publish it.
pub fn draft(
    index: &Index,
    db: &mut Db,
    by: &str,
    at: NaiveDateTime,
    round: &Round,
) -> Result<Draft> {
    let material = gather(index, db, by, at, round)?;
    let snapshot = build(&material);
    Ok(Draft {
        gaps: gaps(&material, &snapshot),
        untranslated: untranslated(&snapshot),
        snapshot,
    })
}

impl Draft {
    /// The content if nothing is missing. Otherwise an error that lists everything that is, in plain words.
    pub fn whole(self) -> Result<Snapshot> {
        if self.gaps.is_empty() {
            return Ok(self.snapshot);
        }
        let reasons: Vec<String> = self.gaps.iter().map(ToString::to_string).collect();
        Err(Error::Conflict(format!(
            "You can’t publish yet. {}",
            reasons.join(" ")
        )))
    }
}

/// Publishes a round as it is now. The actor must be a named person. Missing translations are shown in a different
/// language.
pub fn publish(index: &Index, db: &mut Db, actor: &Actor, round: &Round) -> Result<EditionId> {
    let Some(account) = &actor.account else {
        return Err(Error::Invalid(
            "Only a person who is signed in can publish.".to_owned(),
        ));
    };
    let name = editions::name_of(db, account)?;
    let snapshot = draft(index, db, &name, actor.at, round)?.whole()?;
    editions::insert(
        db,
        actor,
        &round.id,
        Audience::Public,
        EditionId::new(),
        &snapshot,
    )
}
