//! A small district where things happen, with a reference model of it: plain lists, counted with loops.

use std::collections::{BTreeMap, BTreeSet};

use chorus::audit::Actor;
use chorus::comments::{self, BatchState, Comment, CommentId, NewComment, Source, Status};
use chorus::db::{Database, Db, Json, take_changes};
use chorus::district::{self, DistrictFile, RoundId};
use chorus::error::Result;
use chorus::forums::TableId;
use chorus::responses::{
    self, Answer, Answers, Batch, BatchId, Channel, Response, ResponseId, Submission,
};
use chorus::schema;
use chorus::surveys::{self, Intent, SurveyId, parse_document};
use chrono::NaiveDate;
use diesel::prelude::*;

use crate::support::{Place, survey};

/// What one person answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) group: Option<&'static str>,
    pub(super) schools: Vec<&'static str>,
    pub(super) language: &'static str,
    pub(super) day: u32,
    pub(super) first: Vec<&'static str>,
    pub(super) welcome: Option<i64>,
    pub(super) words: Option<&'static str>,
    pub(super) suspected: bool,
}

impl Said {
    /// A parent at Oak who gives no other answers.
    pub(super) fn plain() -> Self {
        Self {
            group: Some("families"),
            schools: vec!["oak"],
            language: "en",
            day: 14,
            first: Vec::new(),
            welcome: None,
            words: None,
            suspected: false,
        }
    }

    fn day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, self.day).unwrap()
    }

    fn status(&self) -> Status {
        if self.suspected {
            Status::Suspected
        } else {
            Status::Counted
        }
    }

    fn answers(&self) -> Answers {
        let keys =
            |keys: &[&str]| Answer::Several(keys.iter().map(|key| (*key).to_owned()).collect());
        let mut answers = Answers::new();
        if let Some(group) = self.group {
            answers.insert("who".to_owned(), Answer::One(group.to_owned()));
        }
        if !self.schools.is_empty() {
            answers.insert("school".to_owned(), keys(&self.schools));
        }
        if !self.first.is_empty() {
            answers.insert("first".to_owned(), keys(&self.first));
        }
        if let Some(welcome) = self.welcome {
            answers.insert("welcome".to_owned(), Answer::Number(welcome));
        }
        if let Some(words) = self.words {
            answers.insert("better".to_owned(), Answer::One(words.to_owned()));
        }
        answers
    }
}

/// A response in the reference model.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) survey: usize,
    pub(super) person: String,
    pub(super) said: Said,
    pub(super) channel: Channel,
    pub(super) status: Status,
    pub(super) batch: Option<usize>,
    /// Its comment, if it has text.
    pub(super) comment: Option<usize>,
}

/// A comment in the reference model.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) id: CommentId,
    pub(super) row: Option<usize>,
    pub(super) table: Option<usize>,
    pub(super) speaks_for: i32,
    pub(super) language: &'static str,
    pub(super) source: Source,
    pub(super) status: Status,
    pub(super) batch: Option<usize>,
}

/// A district with two surveys in one round and a forum, and everything that happened in it.
pub(super) struct World {
    place: Place,
    pub(super) database: Database,
    pub(super) round: RoundId,
    pub(super) surveys: Vec<SurveyId>,
    pub(super) rows: Vec<Row>,
    /// The row that each submission key stands for now.
    keys: BTreeMap<u8, usize>,
    /// How often the response of a key was withdrawn.
    withdrawn: BTreeMap<u8, u32>,
    pub(super) words: Vec<Words>,
    pub(super) batches: Vec<(BatchId, BatchState)>,
    pub(super) tables: Vec<(TableId, i32)>,
    pub(super) oak_is_a_high_school: bool,
}

const DISTRICT: &str = r#"
[district]
slug = "hill"
name = { en = "Hill", es = "Hill" }
time_zone = "America/Chicago"
languages = ["en", "es"]
[[groups]]
key = "families"
name = { en = "Families", es = "Familias" }
[[groups]]
key = "staff"
name = { en = "Staff", es = "Personal" }
[[rounds]]
slug = "vision"
title = { en = "Vision" }
place = { en = "Hill" }
starts_on = "2026-09-14"
[[schools]]
key = "elm"
name = "Elm"
level = "elementary"
[[schools]]
key = "ash"
name = "Ash"
level = "middle"
[[schools]]
key = "oak"
name = "Oak"
level = "#;

fn actor() -> Actor {
    let at = NaiveDate::from_ymd_opt(2026, 9, 14).unwrap();
    Actor {
        account: None,
        at: at.and_hms_opt(8, 0, 0).unwrap(),
    }
}

fn import_district(db: &mut Db, level: &str) -> Result<()> {
    let file = DistrictFile::parse(&format!("{DISTRICT}\"{level}\""))?;
    district::import(db, &actor(), &file)
}

impl World {
    pub(super) fn new() -> Self {
        let place = Place::migrated();
        let database = place.connect();
        let questions = ["who", "school", "first", "welcome", "better"];
        let (round, surveys) = database
            .write(move |db| {
                import_district(db, "elementary")?;
                let round = district::round_by_slug(db, "vision")?.id;
                let mut ids = Vec::new();
                for slug in ["family", "school"] {
                    let document = parse_document(&survey(slug, &questions)).unwrap();
                    let id = surveys::import_document(db, &actor(), &round, &document)?;
                    surveys::publish(db, &actor(), &id)?;
                    ids.push(id);
                }
                Ok((round, ids))
            })
            .unwrap();
        let mut world = Self {
            place,
            database,
            round,
            surveys,
            rows: Vec::new(),
            keys: BTreeMap::new(),
            withdrawn: BTreeMap::new(),
            words: Vec::new(),
            batches: Vec::new(),
            tables: Vec::new(),
            oak_is_a_high_school: false,
        };
        world.add_forum();
        world
    }

    /// The database connections of another node.
    pub(super) fn another_node(&self) -> Database {
        self.place.connect()
    }

    pub(super) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> T {
        self.database.write(work).unwrap()
    }

    fn add_forum(&mut self) {
        use schema::forums::dsl::{
            about, ends_at, forums, id, languages, place, prompts, round_id, seats, slug,
            starts_at, title,
        };
        let round = self.round.clone();
        self.write(move |db| {
            diesel::insert_into(forums)
                .values((
                    (id.eq("forum"), round_id.eq(round), slug.eq("evening")),
                    (title.eq("{}"), about.eq("{}"), place.eq("Oak")),
                    (starts_at.eq(actor().at), ends_at.eq(actor().at)),
                    (seats.eq(60), languages.eq("[]"), prompts.eq("[]")),
                ))
                .execute(db)?;
            Ok(())
        });
    }

    /// Submits a response to the first survey under a key; a different response under the same key replaces it.
    pub(super) fn answer(&mut self, key: u8, said: &Said) {
        let words = said.words.map(|text| NewComment {
            item_key: "better".to_owned(),
            intent: Intent::Need,
            language: said.language.to_owned(),
            text: text.to_owned(),
        });
        let submission = Submission {
            survey: self.surveys[0].clone(),
            round: self.round.clone(),
            revision: 1,
            submission_id: format!("key {}", self.name(key)),
            receipt: Some(format!("receipt {}", self.name(key))),
            answers: said.answers(),
            answers_digest: format!("{said:?}"),
            words: words.into_iter().collect(),
            group_key: said.group.map(str::to_owned),
            schools: said.schools.iter().map(|it| (*it).to_owned()).collect(),
            language: said.language.to_owned(),
            day: said.day(),
            status: said.status(),
            at: chrono::NaiveDateTime::default(),
            channel: chorus::responses::Channel::Web,
            queued: false,
            replaces: true,
        };
        self.write(move |db| Ok(responses::submit(db, &submission)?));
        let mut stays_aside = false;
        if let Some(row) = self.keys.get(&key).copied() {
            if self.rows[row].said == *said {
                return;
            }
            stays_aside = self.is_aside(row, said);
            self.set_status(row, Status::Replaced);
        }
        let row = self.add_row(0, format!("sender {}", self.rows.len()), said, None);
        if let Some(words) = self.rows[row].comment.filter(|_| stays_aside) {
            self.words[words].status = Status::SetAside;
        }
        self.keys.insert(key, row);
    }

    /// Whether the same text was set aside before. Submitting it again doesn't undo that.
    fn is_aside(&self, row: usize, said: &Said) -> bool {
        let before = &self.rows[row];
        let is_same = (before.said.words, before.said.language) == (said.words, said.language);
        let words = before.comment.map(|words| self.words[words].status);
        is_same && words == Some(Status::SetAside)
    }

    /// Withdraws the response of a key.
    pub(super) fn withdraw(&mut self, key: u8) {
        let receipt = format!("receipt {}", self.name(key));
        self.write(move |db| Ok(responses::withdraw(db, &receipt)?));
        if let Some(row) = self.keys.remove(&key) {
            self.set_status(row, Status::Withdrawn);
            *self.withdrawn.entry(key).or_default() += 1;
        }
    }

    /// A key's name. After a withdrawal, the phone makes a new one.
    fn name(&self, key: u8) -> String {
        let withdrawn = self.withdrawn.get(&key).copied().unwrap_or(0);
        format!("{key}, {withdrawn}")
    }

    fn set_status(&mut self, row: usize, status: Status) {
        self.rows[row].status = status;
        if let Some(words) = self.rows[row].comment {
            self.words[words].status = status;
        }
    }

    fn add_row(
        &mut self,
        survey: usize,
        person: String,
        said: &Said,
        batch: Option<usize>,
    ) -> usize {
        let row = self.rows.len();
        let words = said.words.map(|_| self.words.len());
        self.words.extend(words.map(|_| Words {
            id: CommentId::new(),
            row: Some(row),
            table: None,
            speaks_for: 1,
            language: said.language,
            source: if batch.is_some() {
                Source::Import
            } else {
                Source::Response
            },
            status: said.status(),
            batch,
        }));
        self.rows.push(Row {
            survey,
            person,
            said: said.clone(),
            channel: if batch.is_some() {
                Channel::Import
            } else {
                Channel::Web
            },
            status: said.status(),
            batch,
            comment: words,
        });
        row
    }

    /// Starts an import into the second survey: its rows are written but don't count yet.
    pub(super) fn load(&mut self, said: &[(u8, Said)]) {
        let batch = Batch {
            id: BatchId::new(),
            kind: "responses".to_owned(),
            survey_id: Some(self.surveys[1].clone()),
            file_name: "other-tool.csv".to_owned(),
            file_digest: String::new(),
            state: BatchState::Loading,
            row_count: i64::try_from(said.len()).unwrap(),
            started_at: actor().at,
            started_by: None,
            number: 0,
        };
        let (mut rows, mut ledger) = (Vec::new(), Vec::new());
        for (person, said) in said {
            let place = self.add_row(
                1,
                format!("person {person}"),
                said,
                Some(self.batches.len()),
            );
            let row = self.import_row(place, &batch.id);
            if let Some(words) = self.rows[place].comment {
                let comment = self.comment(words, Some(&row), said.words.unwrap());
                ledger.push(Comment {
                    batch_id: Some(batch.id.clone()),
                    ..comment
                });
            }
            rows.push(row);
        }
        self.batches.push((batch.id.clone(), BatchState::Loading));
        self.write(move |db| {
            diesel::insert_into(schema::batches::table)
                .values(&batch)
                .execute(db)?;
            responses::insert_all(db, &rows)?;
            Ok(comments::insert_all(db, &ledger)?)
        });
    }

    fn import_row(&self, place: usize, batch: &BatchId) -> Response {
        let row = &self.rows[place];
        Response {
            id: ResponseId::new(),
            survey_id: self.surveys[row.survey].clone(),
            revision: 1,
            submission_id: format!("line {place}"),
            receipt: None,
            answers_digest: String::new(),
            answers: Json(row.said.answers()),
            person: row.person.clone(),
            group_key: row.said.group.map(str::to_owned),
            schools: Json(row.said.schools.iter().map(|it| (*it).to_owned()).collect()),
            language: row.said.language.to_owned(),
            channel: Channel::Import,
            day: row.said.day(),
            status: row.status,
            batch_id: Some(batch.clone()),
            number: 0,
        }
    }

    fn comment(&self, words: usize, response: Option<&Response>, text: &str) -> Comment {
        let words = &self.words[words];
        Comment {
            id: words.id.clone(),
            round_id: self.round.clone(),
            source: words.source,
            survey_id: response.map(|response| response.survey_id.clone()),
            response_id: response.map(|response| response.id.clone()),
            table_id: words.table.map(|table| self.tables[table].0.clone()),
            label: String::new(),
            item_key: "better".to_owned(),
            intent: Intent::Need,
            language: words.language.to_owned(),
            text: text.to_owned(),
            speaks_for: words.speaks_for,
            status: words.status,
            status_reason: String::new(),
            released_by: None,
            released_at: None,
            batch_id: None,
            number: 0,
        }
    }

    /// Makes an import live, or undoes it.
    pub(super) fn set_batch(&mut self, batch: usize, state: BatchState) {
        use schema::batches::dsl;
        let id = self.batches[batch].0.clone();
        self.write(move |db| {
            let number = take_changes(db, 1)?;
            diesel::update(dsl::batches.find(id))
                .set((dsl::state.eq(state), dsl::number.eq(number)))
                .execute(db)?;
            Ok(())
        });
        self.batches[batch].1 = state;
    }

    /// Sets a comment aside, or restores it.
    pub(super) fn set_aside(&mut self, words: usize, aside: bool) {
        use schema::comments::dsl;
        if !matches!(self.words[words].status, Status::Counted | Status::SetAside) {
            return;
        }
        let status = if aside {
            Status::SetAside
        } else {
            Status::Counted
        };
        self.words[words].status = status;
        // The program chose the ids of comments from the web form, so look this one up by its response.
        let id = self.id_of(words);
        self.write(move |db| {
            let number = take_changes(db, 1)?;
            diesel::update(dsl::comments.find(id))
                .set((dsl::status.eq(status), dsl::number.eq(number)))
                .execute(db)?;
            Ok(())
        });
    }

    fn id_of(&self, words: usize) -> CommentId {
        let Words { id, row, batch, .. } = &self.words[words];
        let (Some(row), None) = (row, batch) else {
            return id.clone();
        };
        let key = self.keys.iter().find(|(_, place)| *place == row);
        let identity = format!("key {}", self.name(*key.unwrap().0));
        self.database
            .read(|db| {
                Ok(schema::comments::table
                    .inner_join(schema::responses::table)
                    .filter(schema::responses::identity.eq(identity))
                    .select(schema::comments::id)
                    .first(db)?)
            })
            .unwrap()
    }

    /// Adds a table with this many people.
    pub(super) fn seat_table(&mut self, present: i32) {
        use schema::forum_tables::dsl;
        let (id, place) = (TableId::new(), i32::try_from(self.tables.len()).unwrap());
        self.tables.push((id.clone(), present));
        self.write(move |db| {
            let number = take_changes(db, 1)?;
            diesel::insert_into(dsl::forum_tables)
                .values((
                    dsl::id.eq(id),
                    dsl::forum_id.eq("forum"),
                    dsl::table_number.eq(place + 1),
                    dsl::present.eq(present),
                    dsl::number.eq(number),
                ))
                .execute(db)?;
            Ok(())
        });
    }

    /// Changes how many people are at a table.
    pub(super) fn set_present(&mut self, table: usize, present: i32) {
        use schema::forum_tables::dsl;
        let id = self.tables[table].0.clone();
        self.tables[table].1 = present;
        self.write(move |db| {
            let number = take_changes(db, 1)?;
            diesel::update(dsl::forum_tables.find(id))
                .set((dsl::present.eq(present), dsl::number.eq(number)))
                .execute(db)?;
            Ok(())
        });
    }

    /// Adds a table's note that speaks for this many people.
    pub(super) fn note(&mut self, table: usize, speaks_for: i32, language: &'static str) {
        let place = self.words.len();
        self.words.push(Words {
            id: CommentId::new(),
            row: None,
            table: Some(table),
            speaks_for,
            language,
            source: Source::Note,
            status: Status::Counted,
            batch: None,
        });
        let note = self.comment(place, None, "more buses");
        self.write(move |db| {
            let number = take_changes(db, 1)?;
            Ok(comments::insert_all(db, &[Comment { number, ..note }])?)
        });
    }

    /// Makes Oak a high school, or an elementary school again.
    pub(super) fn set_level_of_oak(&mut self, high: bool) {
        self.oak_is_a_high_school = high;
        let level = if high { "high" } else { "elementary" };
        self.write(move |db| import_district(db, level));
    }

    // --- counting with loops

    fn is_live(&self, status: Status, batch: Option<usize>) -> bool {
        status == Status::Counted
            && batch.is_none_or(|batch| self.batches[batch].1 == BatchState::Live)
    }

    /// The rows that count, by voice.
    pub(super) fn voices(&self) -> BTreeMap<(usize, &str), Vec<&Row>> {
        let mut voices: BTreeMap<(usize, &str), Vec<&Row>> = BTreeMap::new();
        for row in &self.rows {
            if self.is_live(row.status, row.batch) {
                voices
                    .entry((row.survey, &row.person))
                    .or_default()
                    .push(row);
            }
        }
        voices
    }

    /// How many voices have a row that matches.
    pub(super) fn count(&self, is: impl Fn(&Row) -> bool) -> u64 {
        let voices = self.voices().into_values();
        voices.filter(|rows| rows.iter().any(|row| is(row))).count() as u64
    }

    /// The comments that count and match.
    pub(super) fn comments(&self, is: impl Fn(&Words) -> bool) -> Vec<&Words> {
        let words = self.words.iter();
        words
            .filter(|words| self.is_live(words.status, words.batch) && is(words))
            .collect()
    }

    /// The voices behind these comments.
    pub(super) fn sayers(&self, words: &[&Words]) -> BTreeSet<(usize, &str)> {
        let rows = words.iter().filter_map(|words| words.row);
        rows.map(|row| (self.rows[row].survey, self.rows[row].person.as_str()))
            .collect()
    }

    /// The level of a school.
    pub(super) fn level(&self, school: &str) -> &'static str {
        match school {
            "oak" if self.oak_is_a_high_school => "high",
            "ash" => "middle",
            _ => "elementary",
        }
    }
}
