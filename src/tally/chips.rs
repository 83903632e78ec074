//! Filters as a page shows them: chips to remove, and lists of values to add.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::QueryResult;
use serde::Serialize;

use super::disclosure::Shown;
use super::facet::Part;
use super::filter::Filter;
use super::view::View;
use crate::db::Db;
use crate::district::{Level, RoundId};
use crate::surveys::{self, Class, Item, ItemKind, Places};
use crate::web::languages::{FALLBACK, own_name};

/// An active filter, with the address of the page without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct On {
    label: String,
    without: String,
}

/// A filter that can be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Pick {
    label: &'static str,
    values: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Value {
    label: String,
    with: String,
    /// How many are left with it; `None` if that isn't counted or there are too few.
    count: Option<u64>,
    too_few: bool,
}

/// Everything that a page shows about filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chips {
    on: Vec<On>,
    picks: Vec<Pick>,
    /// The query string, starting with `?`, to which a page number is added.
    pub query: String,
}

impl Default for Chips {
    fn default() -> Self {
        Self {
            on: Vec::new(),
            picks: Vec::new(),
            query: "?".to_owned(),
        }
    }
}

impl Chips {
    /// Builds the chips of a filter. `address` gives the query of the same page with another filter.
    pub fn on(filter: &Filter, names: &Names, address: impl Fn(&Filter) -> String) -> Self {
        let on = filter.chips().into_iter().map(|chip| On {
            label: names.of(chip.part, &chip.value),
            without: address(&Filter::from_query(chip.without.trim_start_matches('?'))),
        });
        Self {
            on: on.collect(),
            picks: Vec::new(),
            query: address(filter),
        }
    }

    /// Adds lists of the values that can narrow a view. Where counts are suppressed, a new value replaces the previous
    /// one.
    pub fn offer_parts(
        &mut self,
        view: &View<'_>,
        filter: &Filter,
        parts: &[Part],
        names: &Names,
        address: impl Fn(&Filter) -> String,
    ) {
        for part in parts {
            let mut offers = view.offers(*part);
            offers.sort_by_key(|(value, _)| names.rank(*part, value));
            let values = offers.into_iter().map(|(value, size)| {
                let filter = match view.level() {
                    super::disclosure::AccessLevel::Rows => filter.with(part.as_str(), &value),
                    super::disclosure::AccessLevel::Counts => {
                        Filter::default().with(part.as_str(), &value)
                    }
                };
                Value {
                    label: names.of(part.as_str(), &value),
                    with: address(&filter),
                    count: size.count(),
                    too_few: size == Shown::TooFew,
                }
            });
            self.add(Self::label(*part), values.collect());
        }
    }

    /// Adds an active filter that's specific to the page.
    pub fn add_on(&mut self, label: String, without: String) {
        self.on.push(On { label, without });
    }

    /// Adds a list that's specific to the page: labels, addresses, and counts where known.
    pub fn offer(&mut self, label: &'static str, values: Vec<(String, String, Option<u64>)>) {
        let values = values.into_iter().map(|(label, with, count)| Value {
            label,
            with,
            count,
            too_few: false,
        });
        self.add(label, values.collect());
    }

    /// Skips a list with a single value: it would keep everything or nothing.
    fn add(&mut self, label: &'static str, values: Vec<Value>) {
        if values.len() > 1 {
            self.picks.push(Pick { label, values });
        }
    }

    /// The heading of the list of a part's values.
    pub fn label(part: Part) -> &'static str {
        match part {
            Part::Group => "Group",
            Part::School => "School",
            Part::Level => "Level",
            Part::Language => "Survey language",
            Part::Grade => "Grade",
            Part::Speaks => "Language at home",
            Part::Channel => "Channel",
            Part::Day => "Day",
            Part::Survey => "Survey",
        }
    }

    /// The label for people who have no value of a part.
    pub fn without(part: Part) -> &'static str {
        match part {
            Part::Group => "No group given",
            Part::School | Part::Level => "No school given",
            Part::Grade => "No grade given",
            Part::Speaks => "No language given",
            Part::Language | Part::Channel | Part::Day | Part::Survey => "Unknown",
        }
    }

    /// The labels of the active filters.
    pub fn in_words(&self) -> Vec<&str> {
        self.on.iter().map(|on| on.label.as_str()).collect()
    }

    /// Sample chips for page tests.
    pub fn sample() -> Self {
        let value = |label: &str, count| Value {
            label: label.to_owned(),
            with: "?group=families".to_owned(),
            count,
            too_few: count.is_none(),
        };
        Self {
            on: vec![On {
                label: "Oak <Elementary>".to_owned(),
                without: "?".to_owned(),
            }],
            picks: vec![Pick {
                label: "Group",
                values: vec![value("Families", Some(252)), value("Staff", None)],
            }],
            query: "?school=oak".to_owned(),
        }
    }
}

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
            let name = school.name.clone();
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
            "level" => Some(capitalised(value)),
            "channel" => Some(capitalised(&value.replace('-', " "))),
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
            "empty" => Some(answered(self.question(value), "left empty")),
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

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
