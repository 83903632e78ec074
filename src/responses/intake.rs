//! What was posted, weighed against what was asked. Pure: a document, the district's lists and fields in, answers out.

use std::collections::BTreeMap;

use super::model::{Answer, Answers};
use crate::remarks::NewRemark;
use crate::secret::digest;
use crate::surveys::{Asks, Document, Item, ItemKind, Places};
use crate::web::form::Fields;

/// The key of a fault that belongs to no item; no item's key starts so.
pub(super) const WHOLE_FORM: &str = "_form";

/// What is wrong with an answer, for the page to say in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A choice or a number is needed.
    Choose,
    /// Words are needed.
    Write,
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
    /// A field that nobody asked for.
    Unknown(String),
    /// A wording of the survey that was never published.
    UnknownRevision,
    /// Nothing at all is answered.
    Empty,
}

/// Everything that is wrong, by item key.
pub(super) type Faults = BTreeMap<String, Fault>;

/// The answers in what was posted, or everything that is wrong with it. Fields whose names start with `_` are ours and
/// are passed over. Empty values answer nothing; ticks come back in the survey's order, each once.
pub(super) fn validate(
    document: &Document,
    places: &Places,
    fields: &Fields,
) -> Result<Answers, Faults> {
    let mut answers = Answers::new();
    let mut faults = Faults::new();
    let own = fields.0.iter().filter(|(name, _)| !name.starts_with('_'));
    if let Some((name, _)) = own.clone().find(|(name, _)| document.item(name).is_none()) {
        faults.insert(WHOLE_FORM.to_owned(), Fault::Unknown(name.clone()));
    }
    let mut posted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in own {
        let value = value.trim();
        if !value.is_empty() {
            posted.entry(name).or_default().push(value);
        }
    }
    for item in &document.items {
        let values = posted.remove(item.key.as_str()).unwrap_or_default();
        match weigh(item, places, &values) {
            Ok(Some(answer)) => drop(answers.insert(item.key.clone(), answer)),
            Ok(None) => {}
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

fn weigh(item: &Item, places: &Places, values: &[&str]) -> Result<Option<Answer>, Fault> {
    let Some(first) = values.first() else {
        return match item.required {
            true if item.is_open() => Err(Fault::Write),
            true => Err(Fault::Choose),
            false => Ok(None),
        };
    };
    if !takes_several(item) && values.iter().any(|value| value != first) {
        return Err(Fault::OnlyOne);
    }
    let answer = match item.kind {
        ItemKind::Text => words(item, first)?,
        ItemKind::Scale => point(item, first)?,
        ItemKind::Single | ItemKind::Group => {
            chosen(item, places, values)?;
            Answer::One((*first).to_owned())
        }
        ItemKind::Multiple | ItemKind::School => Answer::Several(chosen(item, places, values)?),
    };
    Ok(Some(answer))
}

fn words(item: &Item, text: &str) -> Result<Answer, Fault> {
    let (most, given) = (item.length(), text.chars().count());
    if given > most {
        return Err(Fault::TooLong { most, given });
    }
    Ok(Answer::One(text.to_owned()))
}

fn point(item: &Item, text: &str) -> Result<Answer, Fault> {
    let ends = item.ends();
    let number = text.parse().ok().filter(|number| ends.contains(number));
    number.map(Answer::Number).ok_or(Fault::OutOfScale {
        from: *ends.start(),
        to: *ends.end(),
    })
}

/// The chosen keys in the order in which they were offered.
fn chosen(item: &Item, places: &Places, values: &[&str]) -> Result<Vec<String>, Fault> {
    let offered = offered(item, places);
    if values.iter().any(|value| !offered.contains(value)) {
        return Err(Fault::NotOffered);
    }
    let chosen: Vec<String> = offered
        .into_iter()
        .filter(|key| values.contains(key))
        .map(str::to_owned)
        .collect();
    match item.at_most {
        Some(most) if chosen.len() > most => Err(Fault::TooMany {
            most,
            given: chosen.len(),
        }),
        _ => Ok(chosen),
    }
}

/// Whether more than one choice may be ticked.
pub(super) fn takes_several(item: &Item) -> bool {
    match item.kind {
        ItemKind::Multiple => true,
        ItemKind::School => item.several,
        ItemKind::Single | ItemKind::Scale | ItemKind::Text | ItemKind::Group => false,
    }
}

/// The keys that an item offers, in order; none for scales and words.
pub(super) fn offered<'a>(item: &'a Item, places: &'a Places) -> Vec<&'a str> {
    match item.kind {
        ItemKind::Single | ItemKind::Multiple => item
            .choices
            .iter()
            .map(|choice| choice.key.as_str())
            .collect(),
        ItemKind::Group => places
            .groups
            .iter()
            .map(|group| group.key.as_str())
            .filter(|key| item.only.is_empty() || item.only.iter().any(|only| only == key))
            .collect(),
        ItemKind::School => places
            .schools
            .iter()
            .map(|school| school.key.as_str())
            .collect(),
        ItemKind::Scale | ItemKind::Text => Vec::new(),
    }
}

/// The digest that tells same answers from other ones.
pub(super) fn answers_digest(answers: &Answers) -> String {
    // Text, numbers and lists under text keys always have a JSON form.
    digest(serde_json::to_vec(answers).unwrap_or_default())
}

/// The answers in words, each as what it was asked for.
pub(super) fn words_among(
    document: &Document,
    answers: &Answers,
    language: &str,
) -> Vec<NewRemark> {
    let said = document.open_items().filter_map(|item| {
        let Answer::One(text) = answers.get(&item.key)? else {
            return None;
        };
        Some(NewRemark {
            item_key: item.key.clone(),
            asks: item.asks.unwrap_or(Asks::Other),
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

/// The schools that were said, each once.
pub(super) fn schools_of(document: &Document, answers: &Answers) -> Vec<String> {
    let mut schools: Vec<String> = Vec::new();
    for item in items_of(document, ItemKind::School) {
        if let Some(Answer::Several(said)) = answers.get(&item.key) {
            schools.extend(
                said.iter()
                    .filter(|key| !schools.contains(key))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
    }
    schools
}

fn items_of(document: &Document, kind: ItemKind) -> impl Iterator<Item = &Item> {
    document.items.iter().filter(move |item| item.kind == kind)
}

#[cfg(test)]
mod tests;
