//! A round in which people have spoken, and a planner who works with what they said.

use chorus::accounts::Role;
use chorus::comments::{Comment, CommentId};
use chorus::district;
use chorus::forums::{self, ForumFile};
use chorus::responses::{MapFile, ResponsesImport, import_responses};
use chorus::schema::{audit, comments};
use diesel::prelude::*;

use super::{Browser, TestApp, survey};

/// Where Riverside's round is at the desk.
pub(crate) const DESK: &str = "/desk/rounds/vision-2031";

const MAP: &str = r#"
id = "id"
person = "person"
group = "group"
language = "language"
[constants]
date = "2026-09-20"
[answers]
better = "better"
best = "best"
[set_aside]
column = "aside"
values = ["yes"]
reason = "Names a child"
"#;

/// Three themes: one with a phrase, one with a word that takes comments out again, and one that is part of the second.
pub(crate) const CODEBOOK: &str = r#"
note = "first version"
[[themes]]
key = "buses"
name = { en = "Buses", es = "Autobuses" }
definition = { en = "Late or crowded buses.", es = "Autobuses tarde o llenos." }
[themes.rules.en]
any = ["bus", "buses", '"pick up*"']
[themes.rules.es]
any = ["autob*"]
[[themes]]
key = "teaching"
name = { en = "Teaching", es = "Enseñanza" }
definition = { en = "Teachers and what they teach.", es = "Maestros y lo que enseñan." }
[themes.rules.en]
any = ["teacher"]
none = ["substitute"]
[[themes]]
key = "arts"
name = { en = "Arts", es = "Artes" }
parent = "teaching"
[themes.rules.en]
any = ["music", "art"]
"#;

/// What this many people of a group wrote, all the same.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said {
    /// How many people.
    pub(crate) people: usize,
    /// The key of their group; empty for none.
    pub(crate) group: &'static str,
    /// What should be better; empty for nothing.
    pub(crate) better: &'static str,
    /// What is good; empty for nothing.
    pub(crate) best: &'static str,
}

/// This many people of a group, who wrote what should be better.
pub(crate) fn said(people: usize, group: &'static str, better: &'static str) -> Said {
    Said {
        people,
        group,
        better,
        ..Said::default()
    }
}

impl TestApp {
    /// Riverside with a survey that asks for a need and a strength.
    pub(crate) fn asking() -> Self {
        let app = Self::riverside();
        app.publish_survey(&survey("voices", &["who", "school", "better", "best"]));
        app
    }

    /// People respond, each a person of their own. Their responses come in as a file.
    pub(crate) fn hear(&self, said: &[Said]) {
        let people = said
            .iter()
            .flat_map(|said| std::iter::repeat_n(said, said.people));
        let rows = people.map(|said| ["", said.group, "en", said.better, said.best, ""]);
        self.hear_rows(&rows.collect::<Vec<_>>());
    }

    /// Rows of a file come in: person (empty for a person of their own), group, language, what should be better, what
    /// is good, and `yes` if the row was set aside.
    pub(crate) fn hear_rows(&self, rows: &[[&str; 6]]) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head = [
            "id", "person", "group", "language", "better", "best", "aside",
        ];
        writer.write_record(head).unwrap();
        for [person, group, language, better, best, aside] in rows {
            let id = CommentId::new().to_string();
            let person = if person.is_empty() {
                id.as_str()
            } else {
                person
            };
            let row = [id.as_str(), person, group, language, better, best, aside];
            writer.write_record(row).unwrap();
        }
        let sheet = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let added = self.import_responses("voices", &sheet, MAP);
        assert_eq!(added, rows.len() as u64);
    }

    /// Imports a file of responses from another tool, without bad rows; returns how many were added.
    pub(crate) fn import_responses(&self, survey: &str, sheet: &str, map: &str) -> u64 {
        let file = self.place().folder().join(format!("{survey}.csv"));
        std::fs::write(&file, sheet).unwrap();
        let import = ResponsesImport {
            file,
            survey: survey.to_owned(),
            map: MapFile::parse(map).unwrap(),
            dry_run: false,
            skip_bad: false,
        };
        let report = import_responses(self.database(), &self.operator(), &import, &mut ()).unwrap();
        assert_eq!(report.bad, 0);
        report.added
    }

    /// Riverside's forum of last week with its tables' notes, as a forum file.
    pub(crate) fn hear_tables(&self, tables: &str) {
        let head = r#"
slug = "evening"
title = { en = "An evening at Oak", es = "Una tarde en Oak" }
place = "Oak Elementary"
starts_at = "2026-09-28T18:00:00"
ends_at = "2026-09-28T20:00:00"
seats = 40
languages = ["en"]
[[prompts]]
key = "missing"
intent = "need"
label = { en = "What is missing?", es = "¿Qué falta?" }
"#;
        self.import_forum(&format!("{head}{tables}"));
    }

    /// Imports a forum's file into Riverside's round.
    pub(crate) fn import_forum(&self, text: &str) {
        let (actor, file) = (self.operator(), ForumFile::parse(text).unwrap());
        self.write(move |db| {
            let round = district::round_by_slug(db, "vision-2031")?;
            forums::import(db, &actor, &round.id, &file)
        });
    }

    /// The browser of a planner who has saved this file's codebook.
    pub(crate) fn planner_with_codebook(&self) -> Browser {
        let planner = self.sign_in_as(Role::Planner);
        let path = format!("{DESK}/codebook");
        planner
            .fill(&path, "main form", &[("toml", CODEBOOK)])
            .expect(303);
        planner
    }

    /// The comments that contain some words, by id.
    pub(crate) fn comments_with(&self, words: &str) -> Vec<Comment> {
        let all: Vec<Comment> = self.read(|db| Ok(comments::table.order(comments::id).load(db)?));
        all.into_iter()
            .filter(|comment| comment.text.contains(words))
            .collect()
    }

    /// What was done so far: actions of the audit, the account that acted, and the subject.
    pub(crate) fn audit_lines(&self) -> Vec<(String, Option<String>, String)> {
        self.read(|db| {
            let lines = audit::table.order((audit::at, audit::id));
            Ok(lines
                .select((audit::action, audit::account_id, audit::subject_id))
                .load(db)?)
        })
    }

    /// How often something was done so far.
    pub(crate) fn times_done(&self, action: &str) -> usize {
        let lines = self.audit_lines();
        lines.iter().filter(|(done, _, _)| done == action).count()
    }
}
