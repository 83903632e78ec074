//! A forum's file: `chorus import forum FILE --round SLUG`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde::Deserialize;

use super::forms::RESERVED;
use super::model::{Forum, Prompt, Table};
use super::store::{self, NoteDraft, TableFault};
use crate::audit::Actor;
use crate::comments::NewComment;
use crate::db::{Db, Json, take_changes};
use crate::district::RoundId;
use crate::error::{Error, Result};
use crate::files::parse_toml;
use crate::keys::ForumId;
use crate::keys::is_key;
use crate::localized::LocalizedText;

/// The layout of the file. `fixtures/riverside/forum.toml` is the documented example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForumFile {
    slug: String,
    title: LocalizedText,
    #[serde(default)]
    about: LocalizedText,
    place: String,
    starts_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    seats: i32,
    languages: Vec<String>,
    #[serde(default)]
    prompts: Vec<Prompt>,
    #[serde(default)]
    tables: Vec<TablePart>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TablePart {
    number: i32,
    present: i32,
    #[serde(default)]
    notes: Vec<NotePart>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotePart {
    prompt: String,
    text: String,
    speaks_for: i32,
    language: String,
}

impl ForumFile {
    /// Parses the file. Errors are in plain words.
    pub fn parse(text: &str) -> Result<Self> {
        let file: Self = parse_toml(text)?;
        file.check().map_err(Error::Invalid)?;
        Ok(file)
    }

    fn check(&self) -> Result<(), String> {
        let keys = self.prompts.iter().map(|prompt| &prompt.key);
        for key in keys.chain([&self.slug]) {
            if !is_key(key) {
                return Err(format!(
                    "“{key}” cannot be a key: use lowercase letters, digits, and hyphens"
                ));
            }
        }
        if self.slug == RESERVED {
            return Err(format!(
                "“{RESERVED}” cannot be a forum's address because the desk uses it: choose another"
            ));
        }
        if self.starts_at >= self.ends_at {
            return Err("the forum ends before it starts: change one of the times".to_owned());
        }
        if self.seats < 0 {
            return Err("seats cannot be less than 0".to_owned());
        }
        if self.languages.is_empty() {
            return Err("the forum needs at least one language".to_owned());
        }
        let mut prompts = BTreeSet::new();
        if let Some(twice) = self
            .prompts
            .iter()
            .find(|prompt| !prompts.insert(&prompt.key))
        {
            return Err(format!("the prompt “{}” is listed twice", twice.key));
        }
        let mut numbers = BTreeSet::new();
        for table in &self.tables {
            if !numbers.insert(table.number) {
                return Err(format!("table {} is listed twice", table.number));
            }
            table.check(&prompts)?;
        }
        Ok(())
    }
}

impl TablePart {
    fn check(&self, prompts: &BTreeSet<&String>) -> Result<(), String> {
        let number = self.number;
        if number < 1 || self.present < 1 {
            return Err(format!(
                "table {number}: number and present must be at least 1"
            ));
        }
        let mut said = BTreeSet::new();
        for note in &self.notes {
            if !prompts.contains(&note.prompt) {
                return Err(format!(
                    "table {number}: there is no prompt “{}”",
                    note.prompt
                ));
            }
            if note.text.trim().is_empty() {
                return Err(format!("table {number}: a note needs text"));
            }
            if !(1..=self.present).contains(&note.speaks_for) {
                return Err(format!(
                    "table {number}: a note speaks for {} people, but {} are present",
                    note.speaks_for, self.present
                ));
            }
            if !said.insert((&note.prompt, &note.text)) {
                return Err(format!(
                    "table {number} has the same note twice: “{}”",
                    note.text
                ));
            }
        }
        Ok(())
    }
}

/// Imports the forum with its tables and notes. Importing the same file again changes nothing: a forum is identified by
/// its slug, a table by its number, and a note by its table, prompt and text.
pub fn import(db: &mut Db, actor: &Actor, round: &RoundId, file: &ForumFile) -> Result<()> {
    let forum = place_forum(db, actor, round, file)?;
    let mut tables: BTreeMap<i32, Table> = by_number(db, &forum)?;
    for part in &file.tables {
        place_table(db, actor, &forum, part, tables.get(&part.number))?;
    }
    tables = by_number(db, &forum)?;
    let said = store::said_before(db, &forum.id)?;
    let new: Vec<(Table, NoteDraft)> = file
        .tables
        .iter()
        .filter_map(|part| Some((part, tables.get(&part.number)?)))
        .flat_map(|(part, table)| part.notes.iter().map(move |note| (note, table)))
        .filter(|(note, table)| {
            !said.contains(&(table.table_number, note.prompt.clone(), note.text.clone()))
        })
        .filter_map(|(note, table)| Some((table.clone(), draft(&forum, note)?)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(new.len()).map_err(Error::internal)?;
    let number = take_changes(db, count)?;
    Ok(store::add_notes(db, actor, &forum, new, number)?)
}

fn by_number(db: &mut Db, forum: &Forum) -> Result<BTreeMap<i32, Table>> {
    let tables = store::tables(db, &forum.id)?;
    Ok(tables
        .into_iter()
        .map(|table| (table.table_number, table))
        .collect())
}

/// Adds the forum, or updates the one with the same slug.
fn place_forum(db: &mut Db, actor: &Actor, round: &RoundId, file: &ForumFile) -> Result<Forum> {
    let there = if store::is_taken(db, &file.slug)? {
        Some(store::by_slug(db, &file.slug)?)
    } else {
        None
    };
    if there.as_ref().is_some_and(|there| there.round_id != *round) {
        return Err(Error::Conflict(format!(
            "the forum “{}” already belongs to another round",
            file.slug
        )));
    }
    let forum = Forum {
        id: there
            .as_ref()
            .map_or_else(ForumId::new, |there| there.id.clone()),
        round_id: round.clone(),
        slug: file.slug.clone(),
        title: Json(file.title.clone()),
        about: Json(file.about.clone()),
        place: file.place.clone(),
        starts_at: file.starts_at,
        ends_at: file.ends_at,
        seats: file.seats,
        languages: Json(file.languages.clone()),
        prompts: Json(file.prompts.clone()),
    };
    match there {
        None => store::insert(db, actor, &forum)?,
        Some(there) if there == forum => {}
        Some(_) => {
            forum.keeps(&store::prompts_in_use(db, &forum.id)?)?;
            store::update(db, actor, &forum)?;
        }
    }
    Ok(forum)
}

fn place_table(
    db: &mut Db,
    actor: &Actor,
    forum: &Forum,
    part: &TablePart,
    there: Option<&Table>,
) -> Result<()> {
    let placed = match there {
        Some(table) if table.present == part.present => return Ok(()),
        Some(table) => store::set_present(db, actor, table, part.present)?,
        None => store::add_table(db, actor, &forum.id, part.number, part.present)?,
    };
    placed.map_err(|fault| match fault {
        TableFault::SpokenFor(most) => Error::Conflict(format!(
            "table {}: a note already speaks for {most} people",
            part.number
        )),
        TableFault::Taken(present) => Error::Conflict(format!(
            "table {} already has {present} people",
            part.number
        )),
    })
}

/// The note as the ledger takes it. `None` if its prompt is unknown, which validation has already ruled out.
fn draft(forum: &Forum, note: &NotePart) -> Option<NoteDraft> {
    let prompt = forum.prompt(&note.prompt)?;
    Some(NoteDraft {
        said: NewComment {
            item_key: prompt.key.clone(),
            intent: prompt.intent,
            language: note.language.clone(),
            text: note.text.clone(),
        },
        speaks_for: note.speaks_for,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIVERSIDE: &str = include_str!("../../fixtures/riverside/forum.toml");

    fn fault(change: impl Fn(&str) -> String) -> String {
        ForumFile::parse(&change(RIVERSIDE))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_documented_examples_can_be_read() {
        let past = ForumFile::parse(RIVERSIDE).unwrap();
        assert_eq!((past.tables.len(), past.prompts.len()), (5, 3));
        let next = include_str!("../../fixtures/riverside/forum-next.toml");
        assert!(ForumFile::parse(next).unwrap().tables.is_empty());
    }

    #[test]
    fn mistakes_are_reported_in_plain_words() {
        let swap = |from: &str, to: &str| fault(|text| text.replacen(from, to, 1));
        assert!(swap("T19:30:00", "T17:30:00").contains("ends before it starts"));
        assert!(swap("speaks_for = 7", "speaks_for = 8").contains("8 people, but 7 are present"));
        assert!(swap("prompt = \"needs\"", "prompt = \"need\"").contains("no prompt “need”"));
        assert!(swap("number = 2", "number = 1").contains("table 1 is listed twice"));
        assert!(swap("key = \"needs\"", "key = \"strengths\"").contains("is listed twice"));
        assert!(swap("seats = 60", "places = 60").contains("places"));
    }
}
