//! What was posted, weighed against what was asked. Pure: a document, the district's lists and fields in, answers out.

use std::collections::BTreeMap;

pub(super) use self::weigh::needed;
use self::weigh::weigh;
use super::model::{Answer, Answers, said};
use crate::comments::NewComment;
use crate::secret::digest;
use crate::surveys::{Document, Intent, Item, ItemKind, Places, Walk};
use crate::web::form::Fields;

mod weigh;

/// The key of a fault that belongs to no item; no item's key starts so.
pub(super) const WHOLE_FORM: &str = "_form";

/// What is wrong with an answer, for the page to say in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A choice or a number is needed.
    Choose,
    /// A choice is needed in each of several rows.
    ChooseInEach {
        /// In how many it is missing; 0 where nobody counted.
        missing: usize,
    },
    /// Words are needed.
    Write,
    /// Somebody must agree.
    Agree,
    /// One was asked for and several came.
    OnlyOne,
    /// More ticks than may be.
    TooMany {
        /// How many may be.
        most: usize,
        /// How many came.
        given: usize,
    },
    /// More characters than may be.
    TooLong {
        /// How many may be.
        most: usize,
        /// How many came.
        given: usize,
    },
    /// The choice is not among those offered.
    NotOffered,
    /// Not a whole number of the scale.
    OutOfScale {
        /// The scale's lowest number.
        from: i64,
        /// The scale's highest number.
        to: i64,
    },
    /// Not a whole number that the question takes.
    NoNumber {
        /// The lowest that it takes.
        from: i64,
        /// The highest that it takes.
        to: i64,
    },
    /// Not a day.
    NoDay,
    /// Something from the list, and words for what is not on it.
    OtherBesides,
    /// Two have the same place.
    SamePlace {
        /// Which.
        place: usize,
    },
    /// The points do not add up.
    NotShared {
        /// What they should add up to.
        total: i64,
        /// What they add up to.
        given: i64,
    },
    /// A field that nobody asked for.
    Unknown(String),
    /// A wording of the survey that was never published.
    UnknownRevision,
    /// Nothing at all is answered.
    Empty,
}

/// Everything that is wrong, by item key.
pub(super) type Faults = BTreeMap<String, Fault>;

/// What was posted, by field: values without the spaces around them, and none that is empty.
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

    /// The one value of a field, if it has any.
    fn one(&self, field: &str) -> Result<Option<&'a str>, Fault> {
        match self.all(field) {
            [] => Ok(None),
            [first, rest @ ..] if rest.iter().all(|value| value == first) => Ok(Some(first)),
            _ => Err(Fault::OnlyOne),
        }
    }
}

/// The fields that answer items: those whose names start with `_` are ours.
fn own(fields: &Fields) -> impl Iterator<Item = &(String, String)> {
    fields.0.iter().filter(|(name, _)| !name.starts_with('_'))
}

/// The answers in what was posted, or everything that is wrong with it. Empty values answer nothing; ticks come back in
/// the survey's order, each once. What was posted to a question that the answers before it hide is left out: somebody
/// went back and answered otherwise, or has no script and filled in more than was asked of them.
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

/// The digest that tells same answers from other ones.
pub(super) fn answers_digest(answers: &Answers) -> String {
    // Text, numbers and lists under text keys always have a JSON form.
    digest(serde_json::to_vec(answers).unwrap_or_default())
}

/// The answers in words, each as what it was asked for; those of a last choice that asks to be explained among them.
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

/// The group that was said, or that the survey is for.
pub(super) fn group_of(document: &Document, answers: &Answers) -> Option<String> {
    let said = items_of(document, ItemKind::Group).find_map(|item| match answers.get(&item.key) {
        Some(Answer::One(group)) => Some(group.clone()),
        _ => None,
    });
    said.or_else(|| document.group.clone())
}

/// The schools that were said.
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
