//! A small survey whose counts can all be checked by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chorus::accounts::Role;
use chorus::district;
use chorus::responses::{MapFile, ResponsesImport, import_responses};
use chorus::surveys::{self, parse_document};

use crate::support::{Browser, Reply, TestApp};

/// The address of the small survey's results.
pub(super) const RESULTS: &str = "/desk/surveys/small/results";

/// How many people gave which answers: group, schools, news, first, welcome, language, day, comment. 53 people in
/// total: 36 families, 8 students, 9 staff.
const PEOPLE: &[(usize, [&str; 8])] = &[
    (
        20,
        [
            "families",
            "oak",
            "app",
            "buses",
            "5",
            "en",
            "2026-09-14",
            "",
        ],
    ),
    (
        10,
        [
            "families",
            "oak;maple-hill",
            "paper",
            "buses;arts",
            "4",
            "es",
            "2026-09-15",
            "más buses",
        ],
    ),
    (
        6,
        [
            "families",
            "maple-hill",
            "",
            "arts",
            "2",
            "en",
            "2026-09-16",
            "",
        ],
    ),
    (
        8,
        [
            "students",
            "cottonwood",
            "app",
            "food",
            "1",
            "en",
            "2026-09-17",
            "food food",
        ],
    ),
    (
        7,
        [
            "staff",
            "oak",
            "paper",
            "buses",
            "3",
            "en",
            "2026-09-18",
            "buses and buses",
        ],
    ),
    (
        2,
        ["staff", "", "app", "", "", "es", "2026-09-19", "a pool"],
    ),
];

const SURVEY: &str = r#"
languages = ["en", "es"]
unit = "person"
title = { en = "A small survey", es = "Una encuesta" }
[[items]]
key = "who"
kind = "group"
label = { en = "Who are you?", es = "¿Quién es?" }
[[items]]
key = "school"
kind = "school"
several = true
label = { en = "Which schools?", es = "¿Qué escuelas?" }
[[items]]
key = "news"
kind = "single"
label = { en = "How do you get news?", es = "¿Cómo?" }
choices = [{ key = "app", label = { en = "The app", es = "App" } }, { key = "paper", label = { en = "Paper", es = "Papel" } }]
[[items]]
key = "first"
kind = "multiple"
label = { en = "What first?", es = "¿Qué primero?" }
choices = [{ key = "arts", label = { en = "=Arts", es = "Arte" } }, { key = "food", label = { en = "Food", es = "Comida" } }, { key = "buses", label = { en = "Buses", es = "Autobuses" } }]
[[items]]
key = "welcome"
kind = "scale"
label = { en = "How welcome?", es = "¿Qué tanto?" }
low = { en = "Not at all", es = "Nada" }
high = { en = "Very", es = "Mucho" }
[[items]]
key = "better"
kind = "text"
intent = "need"
label = { en = "What could be better?", es = "¿Qué mejorar?" }
"#;

const MAP: &str = r#"
id = "id"
date = "day"
language = "language"
group = "who"
school = "school"
separator = ";"
channel = "import"
[answers]
news = "news"
first = "first"
welcome = "welcome"
better = "better"
"#;

/// Riverside with the small survey.
pub(super) struct World {
    pub(super) app: TestApp,
}

impl World {
    pub(super) fn new() -> Self {
        let app = TestApp::start();
        app.import_district_riverside();
        let world = Self { app };
        world.add_survey("small", true);
        let mut sheet = "id,who,school,news,first,welcome,language,day,better\n".to_owned();
        let mut id = 0;
        for (times, answers) in PEOPLE {
            for _ in 0..*times {
                id += 1;
                writeln!(sheet, "{id},{}", answers.join(",")).unwrap();
            }
        }
        world.import("small", &sheet, MAP);
        world
    }

    /// Adds a survey with the same questions.
    pub(super) fn add_survey(&self, slug: &str, publish: bool) {
        self.add_document(&format!("slug = \"{slug}\"\n{SURVEY}"), publish);
    }

    pub(super) fn add_document(&self, text: &str, publish: bool) {
        let document = parse_document(text).unwrap();
        let actor = self.app.operator();
        self.app.write(move |db| {
            let round = district::round_by_slug(db, "vision-2031")?;
            let survey = surveys::import_document(db, &actor, &round.id, &document)?;
            if publish {
                surveys::publish(db, &actor, &survey)?;
            }
            Ok(())
        });
    }

    /// Imports responses as a file from another tool.
    pub(super) fn import(&self, survey: &str, sheet: &str, map: &str) {
        let file = self.app.place().folder().join(format!("{survey}.csv"));
        std::fs::write(&file, sheet).unwrap();
        let import = ResponsesImport {
            file,
            survey: survey.to_owned(),
            map: MapFile::parse(map).unwrap(),
            dry_run: false,
            skip_bad: false,
        };
        let actor = self.app.operator();
        let report = import_responses(self.app.database(), &actor, &import, &mut ()).unwrap();
        assert_eq!(report.bad, 0);
    }

    pub(super) fn planner(&self) -> Browser {
        self.app.sign_in_as(Role::Planner)
    }

    pub(super) fn viewer(&self) -> Browser {
        self.app.sign_in_as(Role::Viewer)
    }

    /// The results as a sheet.
    #[expect(clippy::unused_self, reason = "it reads like the world's other pages")]
    pub(super) fn sheet(&self, browser: &Browser, query: &str) -> Sheet {
        let path = format!("/desk/surveys/small/results.csv{query}");
        Sheet::of(&browser.get(&path).expect(200))
    }
}

/// The lines of a sheet by question, answer, and people.
pub(super) struct Sheet(BTreeMap<[String; 3], BTreeMap<String, String>>);

impl Sheet {
    pub(super) fn of(reply: &Reply) -> Self {
        let mut reader = csv::Reader::from_reader(reply.body().as_bytes());
        let lines = reader.deserialize().map(|line| {
            let line: BTreeMap<String, String> = line.unwrap();
            let key = ["question", "answer", "people"].map(|name| line[name].clone());
            (key, line)
        });
        Self(lines.collect())
    }

    pub(super) fn cell(&self, question: &str, answer: &str, people: &str, name: &str) -> &str {
        let key = [question, answer, people].map(str::to_owned);
        let line = self.0.get(&key);
        let line = line.unwrap_or_else(|| panic!("there is no line {key:?}"));
        &line[name]
    }

    /// The count with its base, such as "412 of 1306".
    pub(super) fn count(&self, question: &str, answer: &str, people: &str) -> String {
        let cell = |name| self.cell(question, answer, people, name);
        format!("{} of {}", cell("count"), cell("base"))
    }

    /// The groups of people that have a column.
    pub(super) fn people(&self, question: &str) -> Vec<&str> {
        let mut people: Vec<&str> = self
            .0
            .keys()
            .filter(|key| key[0] == question)
            .map(|key| key[2].as_str())
            .collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// The answers to a question, with the people of each line.
    pub(super) fn answers<'a>(
        &'a self,
        question: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let lines = self.0.keys().filter(move |key| key[0] == question);
        lines.map(|key| (key[1].as_str(), key[2].as_str()))
    }

    /// The number of lines.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
