//! Validates submitted fields against the survey. Pure: takes a document, the district's lists and the fields, and
//! returns answers.

use std::collections::BTreeMap;

pub(super) use self::weigh::needed;
use self::weigh::weigh;
use super::model::{Answer, Answers, said};
use crate::comments::NewComment;
use crate::secret::digest;
use crate::surveys::{Document, Intent, Item, ItemKind, Places, Walk};
use crate::web::form::Fields;

mod weigh;

/// The key of a fault that belongs to no item. No item key starts with `_`.
pub(super) const WHOLE_FORM: &str = "_form";

/// What is wrong with an answer, for the page to say in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Needs a choice or a number.
    Choose,
    /// Needs a choice in each of several rows.
    ChooseInEach {
        /// How many rows have none. 0 if nobody counted them.
        missing: usize,
    },
    /// Needs text.
    Write,
    /// Needs consent.
    Agree,
    /// Takes one value but got several.
    OnlyOne,
    /// Too many choices.
    TooMany {
        /// The maximum.
        most: usize,
        /// How many were chosen.
        given: usize,
    },
    /// Too many characters.
    TooLong {
        /// The maximum.
        most: usize,
        /// How many were submitted.
        given: usize,
    },
    /// The choice isn't one of those offered.
    NotOffered,
    /// Not a whole number on the scale.
    OutOfScale {
        /// The scale's lowest number.
        from: i64,
        /// The scale's highest number.
        to: i64,
    },
    /// Not a whole number in the question's range.
    NoNumber {
        /// The lowest number allowed.
        from: i64,
        /// The highest number allowed.
        to: i64,
    },
    /// Not a date.
    NoDay,
    /// A choice from the list together with "other" text, but only one answer is allowed.
    ChoiceAndOther,
    /// Two choices have the same rank.
    SameRank {
        /// The rank.
        rank: usize,
    },
    /// The points don't add up to the total.
    WrongTotal {
        /// The required total.
        total: i64,
        /// What they add up to.
        given: i64,
    },
    /// A field that the survey doesn't have.
    Unknown(String),
    /// A revision that was never published.
    UnknownRevision,
    /// Nothing is answered.
    Empty,
}

/// Everything that is wrong, by item key.
pub(super) type Faults = BTreeMap<String, Fault>;

/// What was submitted, by field. Values are trimmed, and empty ones are left out.
struct Posted<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Posted<'a> {
    fn of(fields: &'a Fields) -> Self {
        let mut posted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in own(fields) {
            let value = value.trim();
            if !value.is_empty() {
                posted.entry(name).or_default().push(value);
            }
        }
        Self(posted)
    }

    fn all(&self, field: &str) -> &[&'a str] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// The only value of a field, if it has any.
    fn one(&self, field: &str) -> Result<Option<&'a str>, Fault> {
        match self.all(field) {
            [] => Ok(None),
            [first, rest @ ..] if rest.iter().all(|value| value == first) => Ok(Some(first)),
            _ => Err(Fault::OnlyOne),
        }
    }
}

/// The fields that answer items. Names that start with `_` belong to Chorus.
fn own(fields: &Fields) -> impl Iterator<Item = &(String, String)> {
    fields.0.iter().filter(|(name, _)| !name.starts_with('_'))
}

/// Returns the answers, or everything that is wrong with the submission. Empty values count as unanswered. Choices come
/// back in the survey's order, without duplicates. Ignores answers to questions that earlier answers hide: the person
/// went back and changed an answer, or has no JavaScript and filled in more than they had to.
pub(super) fn validate(
    document: &Document,
    places: &Places,
    fields: &Fields,
) -> Result<Answers, Faults> {
    let mut answers = Answers::new();
    let mut faults = Faults::new();
    let unknown = own(fields).find(|(name, _)| document.item_of_field(name).is_none());
    if let Some((name, _)) = unknown {
        faults.insert(WHOLE_FORM.to_owned(), Fault::Unknown(name.clone()));
    }
    let posted = Posted::of(fields);
    let mut walk = Walk::start();
    for item in &document.items {
        if !walk.meets(item, &|field| said(&answers, field)) {
            continue;
        }
        match weigh(item, places, &posted) {
            Ok(found) => answers.extend(found),
            Err(fault) => drop(faults.insert(item.key.clone(), fault)),
        }
    }
    if faults.is_empty() && answers.is_empty() {
        faults.insert(WHOLE_FORM.to_owned(), Fault::Empty);
    }
    if faults.is_empty() {
        Ok(answers)
    } else {
        Err(faults)
    }
}

/// A digest that is the same for the same answers.
pub(super) fn answers_digest(answers: &Answers) -> String {
    // Text, numbers, and lists with text keys always serialize to JSON.
    digest(serde_json::to_vec(answers).unwrap_or_default())
}

/// The text answers, each with its intent. Includes the text of "other" choices.
pub(super) fn words_among(
    document: &Document,
    answers: &Answers,
    language: &str,
) -> Vec<NewComment> {
    let said = document.open_items().filter_map(|item| {
        let Answer::One(text) = answers.get(&item.words_field()?)? else {
            return None;
        };
        Some(NewComment {
            item_key: item.key.clone(),
            intent: item.intent.unwrap_or(Intent::Other),
            language: language.to_owned(),
            text: text.clone(),
        })
    });
    said.collect()
}

/// The group from the answers, or else the one the survey is for.
pub(super) fn group_of(document: &Document, answers: &Answers) -> Option<String> {
    let said = items_of(document, ItemKind::Group).find_map(|item| match answers.get(&item.key) {
        Some(Answer::One(group)) => Some(group.clone()),
        _ => None,
    });
    said.or_else(|| document.group.clone())
}

/// The schools from the answers.
pub(super) fn schools_of(document: &Document, answers: &Answers) -> Vec<String> {
    let mut schools = items_of(document, ItemKind::School);
    schools
        .find_map(|item| match answers.get(&item.key) {
            Some(Answer::Several(said)) => Some(said.clone()),
            _ => None,
        })
        .unwrap_or_default()
}

fn items_of(document: &Document, kind: ItemKind) -> impl Iterator<Item = &Item> {
    document.items.iter().filter(move |item| item.kind == kind)
}

#[cfg(test)]
mod tests;
