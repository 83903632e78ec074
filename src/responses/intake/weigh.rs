//! Validates one item: what was submitted to its fields against what it accepts.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Fault, Posted};
use crate::responses::model::{Answer, Part};
use crate::surveys::{Ends, Item, ItemKind, NOT_APPLICABLE, OTHER, Places};

/// The years that a date can plausibly have.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// The entries that an item adds to the answers: one for itself and one for its "other" text. Empty if it wasn't
/// answered.
type ItemAnswers = Vec<(String, Answer)>;

pub(super) fn weigh(
    item: &Item,
    places: &Places,
    posted: &Posted<'_>,
) -> Result<ItemAnswers, Fault> {
    let answer = match item.kind {
        ItemKind::Section => return Ok(Vec::new()),
        ItemKind::Matrix => matrix(item, places, posted)?,
        ItemKind::Ranking => ranking(item, posted)?,
        ItemKind::ConstantSum => points(item, posted)?,
        _ if item.has_other() => return with_other(item, places, posted),
        _ if item.takes_several() || item.kind == ItemKind::School => {
            several(item, places, posted.all(&item.key))?
        }
        _ => posted
            .one(&item.key)?
            .map(|value| one(item, places, value))
            .transpose()?,
    };
    if answer.is_none() && item.required {
        return Err(needed(item));
    }
    Ok(answer
        .map(|answer| (item.key.clone(), answer))
        .into_iter()
        .collect())
}

/// What is missing if a required question isn't answered.
pub(in crate::responses) fn needed(item: &Item) -> Fault {
    match item.kind {
        ItemKind::Text | ItemKind::ShortText => Fault::Write,
        ItemKind::Number => no_number(item.bounds()),
        ItemKind::Date => Fault::NoDay,
        ItemKind::Consent => Fault::Agree,
        ItemKind::Matrix => Fault::ChooseInEach {
            missing: item.rows.len(),
        },
        ItemKind::ConstantSum => Fault::WrongTotal {
            total: item.points(),
            given: 0,
        },
        _ => Fault::Choose,
    }
}

/// An answer with one value.
fn one(item: &Item, places: &Places, value: &str) -> Result<Answer, Fault> {
    match item.kind {
        ItemKind::Text | ItemKind::ShortText => words(item, value),
        ItemKind::Number => number(value, &item.bounds())
            .map(Answer::Number)
            .ok_or(no_number(item.bounds())),
        ItemKind::Date => day(value).map(Answer::One).ok_or(Fault::NoDay),
        _ if item.is_scale() => point(item, value).map(|part| match part {
            Part::Number(number) => Answer::Number(number),
            Part::One(key) => Answer::One(key),
        }),
        _ => {
            let offered = item.offered(places).iter().any(|key| key == value);
            offered
                .then(|| Answer::One(value.to_owned()))
                .ok_or(Fault::NotOffered)
        }
    }
}

fn words(item: &Item, text: &str) -> Result<Answer, Fault> {
    let (most, given) = (item.length(), text.chars().count());
    if given > most {
        return Err(Fault::TooLong { most, given });
    }
    Ok(Answer::One(text.to_owned()))
}

/// A point of a scale, or "doesn't apply".
fn point(item: &Item, value: &str) -> Result<Part, Fault> {
    if value == NOT_APPLICABLE && !item.not_applicable.is_empty() {
        return Ok(Part::One(value.to_owned()));
    }
    let ends = item.ends();
    number(value, &ends)
        .map(Part::Number)
        .ok_or(Fault::OutOfScale {
            from: *ends.start(),
            to: *ends.end(),
        })
}

fn no_number(bounds: Ends) -> Fault {
    let (from, to) = bounds.into_inner();
    Fault::NoNumber { from, to }
}

/// A whole number within bounds. Accepts European, Arabic and Persian digits, because keyboards in our languages type
/// all three.
fn number(text: &str, bounds: &Ends) -> Option<i64> {
    let digit = |letter: char| {
        let zero = [0x0660, 0x06F0]
            .into_iter()
            .find(|zero| (*zero..*zero + 10).contains(&u32::from(letter)));
        zero.and_then(|zero| char::from_digit(u32::from(letter) - zero, 10))
            .unwrap_or(letter)
    };
    let text: String = text.chars().map(digit).collect();
    text.parse().ok().filter(|number| bounds.contains(number))
}

/// A date as forms submit it: 2026-10-05.
fn day(text: &str) -> Option<String> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    YEARS.contains(&day.year()).then(|| day.to_string())
}

/// The selected keys in the order in which they're offered.
fn several(item: &Item, places: &Places, values: &[&str]) -> Result<Option<Answer>, Fault> {
    if !item.takes_several() && values.iter().any(|value| Some(value) != values.first()) {
        return Err(Fault::OnlyOne);
    }
    let offered = item.offered(places);
    if values
        .iter()
        .any(|value| !offered.iter().any(|key| key == value))
    {
        return Err(Fault::NotOffered);
    }
    let chosen: Vec<String> = offered
        .into_iter()
        .filter(|key| values.contains(&&**key))
        .map(Into::into)
        .collect();
    match item.at_most {
        Some(most) if chosen.len() > most => Err(Fault::TooMany {
            most,
            given: chosen.len(),
        }),
        _ => Ok((!chosen.is_empty()).then_some(Answer::Several(chosen))),
    }
}

/// Choices with an "other" choice at the end. Giving text for "other" selects it.
fn with_other(item: &Item, places: &Places, posted: &Posted<'_>) -> Result<ItemAnswers, Fault> {
    let field = item.field(OTHER);
    let said = posted
        .one(&field)?
        .map(|text| words(item, text))
        .transpose()?;
    let mut values = posted.all(&item.key).to_vec();
    if said.is_some() && !values.contains(&OTHER) {
        values.push(OTHER);
    }
    let answer = if item.takes_several() {
        several(item, places, &values)?
    } else {
        match values.as_slice() {
            [] => None,
            [first, rest @ ..] if rest.iter().all(|value| value == first) => {
                Some(one(item, places, first)?)
            }
            _ if said.is_some() => return Err(Fault::ChoiceAndOther),
            _ => return Err(Fault::OnlyOne),
        }
    };
    match answer {
        None if item.required => Err(needed(item)),
        None => Ok(Vec::new()),
        Some(answer) => {
            let said = said.map(|said| (field, said));
            Ok(std::iter::once((item.key.clone(), answer))
                .chain(said)
                .collect())
        }
    }
}

fn matrix(item: &Item, places: &Places, posted: &Posted<'_>) -> Result<Option<Answer>, Fault> {
    let offered = item.offered(places);
    let mut parts = BTreeMap::new();
    for row in &item.rows {
        let Some(value) = posted.one(&item.field(&row.key))? else {
            continue;
        };
        let part = if item.is_scale() {
            point(item, value)?
        } else if offered.iter().any(|key| key == value) {
            Part::One(value.to_owned())
        } else {
            return Err(Fault::NotOffered);
        };
        parts.insert(row.key.clone(), part);
    }
    let missing = item.rows.len() - parts.len();
    if item.required && missing > 0 {
        return Err(Fault::ChooseInEach { missing });
    }
    Ok((!parts.is_empty()).then_some(Answer::Each(parts)))
}

/// Choices by rank. Unused ranks close up: first and third become first and second.
fn ranking(item: &Item, posted: &Posted<'_>) -> Result<Option<Answer>, Fault> {
    let to = i64::try_from(item.places()).unwrap_or(i64::MAX);
    let mut order = BTreeMap::new();
    for choice in &item.choices {
        let Some(value) = posted.one(&item.field(&choice.key))? else {
            continue;
        };
        let rank = number(value, &(1..=to)).ok_or(Fault::OutOfScale { from: 1, to })?;
        if order.insert(rank, choice.key.clone()).is_some() {
            return Err(Fault::SameRank {
                rank: usize::try_from(rank).unwrap_or_default(),
            });
        }
    }
    let order: Vec<String> = order.into_values().collect();
    Ok((!order.is_empty()).then_some(Answer::Several(order)))
}

/// Points by choice. A choice without points has no entry.
fn points(item: &Item, posted: &Posted<'_>) -> Result<Option<Answer>, Fault> {
    let total = item.points();
    let mut parts = BTreeMap::new();
    for choice in &item.choices {
        let Some(value) = posted.one(&item.field(&choice.key))? else {
            continue;
        };
        let given = number(value, &(0..=total)).ok_or_else(|| no_number(0..=total))?;
        if given > 0 {
            parts.insert(choice.key.clone(), given);
        }
    }
    let given = parts.values().sum();
    if given != total && given != 0 {
        return Err(Fault::WrongTotal { total, given });
    }
    let parts = parts
        .into_iter()
        .map(|(key, given)| (key, Part::Number(given)));
    Ok((given == total).then(|| Answer::Each(parts.collect())))
}
