//! A small survey whose counts can all be checked by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chorus::accounts::Role;

use crate::support::{Browser, Reply, TestApp, survey};

/// The address of the small survey's results.
pub(crate) const RESULTS: &str = "/desk/surveys/small/results";

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

/// The small survey's questions, under a slug. One choice is named like a spreadsheet's formula.
pub(crate) fn small(slug: &str) -> String {
    let questions = ["who", "school", "news", "first", "welcome", "better"];
    survey(slug, &questions).replace("\"Arts\"", "\"=Arts\"")
}

pub(crate) const MAP: &str = r#"
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
pub(crate) struct World {
    pub(crate) app: TestApp,
}

impl World {
    pub(crate) fn new() -> Self {
        let app = TestApp::riverside();
        app.publish_survey(&small("small"));
        let mut sheet = "id,who,school,news,first,welcome,language,day,better\n".to_owned();
        let mut id = 0;
        for (times, answers) in PEOPLE {
            for _ in 0..*times {
                id += 1;
                writeln!(sheet, "{id},{}", answers.join(",")).unwrap();
            }
        }
        app.import_responses("small", &sheet, MAP);
        Self { app }
    }

    pub(crate) fn planner(&self) -> Browser {
        self.app.sign_in_as(Role::Planner)
    }

    pub(crate) fn viewer(&self) -> Browser {
        self.app.sign_in_as(Role::Viewer)
    }

    /// Closes a survey and releases its results; returns a viewer of the district, who reads them.
    pub(crate) fn released_to_schools(&self, slug: &str) -> Browser {
        let planner = self.planner();
        let close = format!("/desk/surveys/{slug}/close");
        planner.fill(&close, "main form", &[]).expect(303);
        let release = "/desk/rounds/vision-2031/schools/release";
        let form = "main form[action$=release]";
        planner.fill(release, form, &[("sure", "yes")]).expect(303);
        self.viewer()
    }

    /// The results as a sheet.
    #[expect(clippy::unused_self, reason = "it reads like the world's other pages")]
    pub(crate) fn sheet(&self, browser: &Browser, query: &str) -> Sheet {
        let path = format!("/desk/surveys/small/results.csv{query}");
        Sheet::of(&browser.get(&path).expect(200))
    }
}

/// The lines of a sheet by question, answer, and people.
pub(crate) struct Sheet(BTreeMap<[String; 3], BTreeMap<String, String>>);

impl Sheet {
    pub(crate) fn of(reply: &Reply) -> Self {
        let mut reader = csv::Reader::from_reader(reply.body().as_bytes());
        let lines = reader.deserialize().map(|line| {
            let line: BTreeMap<String, String> = line.unwrap();
            let key = ["question", "answer", "people"].map(|name| line[name].clone());
            (key, line)
        });
        Self(lines.collect())
    }

    pub(crate) fn cell(&self, question: &str, answer: &str, people: &str, name: &str) -> &str {
        let key = [question, answer, people].map(str::to_owned);
        let line = self.0.get(&key);
        let line = line.unwrap_or_else(|| panic!("there is no line {key:?}"));
        &line[name]
    }

    /// The count with its base, such as "412 of 1306".
    pub(crate) fn count(&self, question: &str, answer: &str, people: &str) -> String {
        let cell = |name| self.cell(question, answer, people, name);
        format!("{} of {}", cell("count"), cell("base"))
    }

    /// The answers to a question, with the people of each line.
    pub(crate) fn answers<'a>(
        &'a self,
        question: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let lines = self.0.keys().filter(move |key| key[0] == question);
        lines.map(|key| (key[1].as_str(), key[2].as_str()))
    }

    /// The keys of a question's columns.
    pub(crate) fn columns(&self, question: &str) -> Vec<String> {
        let keys = self.0.keys().filter(|key| key[0] == question);
        let columns: std::collections::BTreeSet<&String> = keys.map(|key| &key[2]).collect();
        columns.into_iter().cloned().collect()
    }

    /// Every line by question, answer, and people.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&[String; 3], &BTreeMap<String, String>)> {
        self.0.iter()
    }

    /// The line with a key.
    pub(crate) fn line(&self, key: &[String; 3]) -> Option<&BTreeMap<String, String>> {
        self.0.get(key)
    }

    /// The number of lines.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
