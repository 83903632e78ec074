//! Imports a file of priorities and outcomes: `chorus import decisions FILE --round SLUG`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::evidence::weigh;
use super::model::{Outcome, Priority, PriorityId};
use super::store;
use crate::audit::Actor;
use crate::db::{Db, Json};
use crate::district::RoundId;
use crate::error::{Error, Result};
use crate::localized::LocalizedText;
use crate::themes::{Coding, Index, latest_codebook};

/// The file's format; `fixtures/riverside/decisions.toml` is the documented example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionsFile {
    #[serde(default)]
    priorities: Vec<PriorityPart>,
    #[serde(default)]
    outcomes: Vec<OutcomePart>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorityPart {
    key: String,
    title: LocalizedText,
    themes: Vec<String>,
    why: LocalizedText,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomePart {
    theme: String,
    outcome: Outcome,
    reason: LocalizedText,
}

impl DecisionsFile {
    /// Parses the file. Errors are in plain words.
    pub fn parse(text: &str) -> Result<Self> {
        let file: Self = crate::files::parse_toml(text)?;
        if file.priorities.is_empty() && file.outcomes.is_empty() {
            return Err(Error::Invalid(
                "the file has no priorities or outcomes".to_owned(),
            ));
        }
        match file
            .priorities
            .iter()
            .find(|priority| !crate::keys::is_key(&priority.key))
        {
            Some(wrong) => Err(Error::Invalid(format!(
                "“{}” cannot be a key: use lowercase letters, digits, and hyphens",
                wrong.key
            ))),
            None => Ok(file),
        }
    }
}

/// Saves priorities and outcomes, and decides each priority based on today's evidence.
pub fn import(
    index: &Index,
    db: &mut Db,
    actor: &Actor,
    round: &RoundId,
    file: &DecisionsFile,
) -> Result<()> {
    let Some(saved) = latest_codebook(db, round)? else {
        return Err(Error::Invalid(
            "the round has no codebook yet: import one first".to_owned(),
        ));
    };
    let coding = Coding::of(saved)?;
    let known: BTreeSet<&str> = coding
        .codebook
        .themes
        .iter()
        .map(|theme| theme.key.as_str())
        .collect();
    let named = file
        .priorities
        .iter()
        .flat_map(|priority| &priority.themes)
        .chain(file.outcomes.iter().map(|outcome| &outcome.theme));
    if let Some(unknown) = named
        .into_iter()
        .find(|theme| !known.contains(theme.as_str()))
    {
        return Err(Error::Invalid(format!(
            "the codebook has no theme “{unknown}”"
        )));
    }
    let coded = coding.apply(index, round);
    for (position, part) in (0..).zip(&file.priorities) {
        let priority = Priority {
            id: PriorityId::new(),
            round_id: round.clone(),
            key: part.key.clone(),
            title: Json(part.title.clone()),
            themes: Json(part.themes.clone()),
            why: Json(part.why.clone()),
            position,
        };
        let id = store::save_priority(db, actor, &priority)?;
        let evidence = weigh(index, db, round, &coding, &coded, &part.themes)?;
        store::decide(db, actor, &id, evidence)?;
    }
    for part in &file.outcomes {
        store::save_outcome(db, actor, round, &part.theme, part.outcome, &part.reason)?;
    }
    Ok(())
}
