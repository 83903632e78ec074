//! What people call the values of a filter.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::QueryResult;

use super::facet::Part;
use crate::db::Db;
use crate::district::{Level, RoundId};
use crate::surveys::{self, Class, Item, ItemKind, Places};
use crate::web::languages::{FALLBACK, own_name};

/// Names by key, each with its position in the district's order.
type Named = BTreeMap<String, (usize, String)>;

/// Names of filter values, in the staff language.
#[derive(Clone, Debug, Default)]
pub struct Names {
    groups: Named,
    schools: Named,
    surveys: Named,
    /// Grade bands, as named in the first survey that asks for them.
    grades: Named,
    /// The questions of the round's surveys by key, and matrix rows by field name.
    items: BTreeMap<String, String>,
    /// Choices by item key (or field name) and choice key.
    choices: BTreeMap<(String, String), String>,
}

impl Names {
    /// Reads the names that a round's views need.
    pub fn read(db: &mut Db, round: &RoundId) -> QueryResult<Self> {
        let mut names = Self::default();
        let places = surveys::places(db)?;
        for (place, group) in places.groups.iter().enumerate() {
            let name = group.name.get(FALLBACK).0.to_owned();
            names.groups.insert(group.key.clone(), (place, name));
        }
        for (place, school) in places.schools.iter().enumerate() {
            let name = school.name.get(FALLBACK).0.to_owned();
            names.schools.insert(school.key.clone(), (place, name));
        }
        for (place, survey) in surveys::in_round(db, round)?.into_iter().enumerate() {
            let document = survey.document.0;
            let title = document.title.get(FALLBACK).0.to_owned();
            names.surveys.insert(survey.id.to_string(), (place, title));
            for item in &document.items {
                names.add(item, &places);
            }
        }
        Ok(names)
    }

    /// Adds the names of a question, its rows, and its choices.
    fn add(&mut self, item: &Item, places: &Places) {
        let question = item.label.get(FALLBACK).0;
        let own = item
            .choices
            .iter()
            .map(|choice| Cow::Borrowed(&*choice.key));
        for key in own.chain(item.offered(places)) {
            let reads = item.reads(&key, places).text;
            if item.kind == ItemKind::Grade {
                let place = self.grades.len();
                let grade = (place, reads.clone());
                self.grades.entry(key.to_string()).or_insert(grade);
            }
            let chosen = (item.key.clone(), key.into_owned());
            self.choices.insert(chosen, reads);
        }
        let ranked = item
            .choices
            .iter()
            .filter(|_| item.kind == ItemKind::Ranking);
        for ranked in ranked.clone() {
            let places = (1..=item.places()).map(|place| place.to_string());
            self.choices.extend(places.map(|place| {
                let reads = format!("rank {place}");
                ((item.field(&ranked.key), place), reads)
            }));
        }
        for part in item.rows.iter().chain(ranked) {
            let words = answered(question, part.label.get(FALLBACK).0);
            self.items.insert(item.field(&part.key), words);
        }
        self.items.insert(item.key.clone(), question.to_owned());
    }

    /// The name of a filter value; the value itself if it has no name.
    pub fn of(&self, part: &str, value: &str) -> String {
        let name = |named: &Named| named.get(value).map(|(_, name)| name.clone());
        let known = match part {
            "group" => name(&self.groups),
            "school" => name(&self.schools),
            "survey" => name(&self.surveys),
            "grade" => name(&self.grades),
            "language" => Some(own_name(value).to_owned()),
            "speaks" => Some(format!("{} at home", own_name(value))),
            "level" => Some(capitalized(value)),
            "channel" => Some(capitalized(&value.replace('-', " "))),
            "day" => value
                .parse::<NaiveDate>()
                .map(|day| day.format("%A, %B %-d, %Y").to_string())
                .ok(),
            "chose" => value.split_once(':').map(|(item, choice)| {
                let class = Class::parse(choice).map(|class| class.to_string());
                let choice = class
                    .as_deref()
                    .unwrap_or_else(|| self.choice(item, choice));
                answered(self.question(item), choice)
            }),
            "answered" => Some(answered(self.question(value), "answered")),
            "empty" => Some(answered(self.question(value), "skipped")),
            _ => None,
        };
        known.unwrap_or_else(|| value.to_owned())
    }

    /// Sort position of a value within its part: the district's order first, otherwise by value.
    pub fn rank(&self, part: Part, value: &str) -> usize {
        let place = |named: &Named| named.get(value).map(|(place, _)| *place);
        let rank = match part {
            Part::Group => place(&self.groups),
            Part::School => place(&self.schools),
            Part::Survey => place(&self.surveys),
            Part::Level => Level::ALL.iter().position(|level| level.as_str() == value),
            Part::Grade => place(&self.grades),
            Part::Language | Part::Speaks | Part::Channel | Part::Day => Some(0),
        };
        rank.unwrap_or(usize::MAX)
    }

    /// A question's text; its key if this round doesn't ask it.
    pub fn question<'a>(&'a self, item: &'a str) -> &'a str {
        self.items.get(item).map_or(item, String::as_str)
    }

    /// A choice's name; the key or number if it has no name. The rows of a matrix share their choices.
    fn choice<'a>(&'a self, field: &str, choice: &'a str) -> &'a str {
        let of = |item: &str| self.choices.get(&(item.to_owned(), choice.to_owned()));
        let shared = || field.split_once('.').and_then(|(item, _)| of(item));
        of(field).or_else(shared).map_or(choice, String::as_str)
    }
}

/// A question with its answer, as readable text.
fn answered(question: &str, answer: &str) -> String {
    let colon = if question.ends_with(['?', '.', '!', ':']) {
        ""
    } else {
        ":"
    };
    format!("{question}{colon} {answer}")
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
