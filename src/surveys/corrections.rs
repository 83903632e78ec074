//! What can change while a survey is open: wording, and additions. A changed meaning needs a new key. Answers are
//! stored by key, so a key with a new meaning would count earlier answers as something nobody said.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::document::Document;
use super::faults::{Fault, Faults};
use super::item::Item;
use crate::localized::LocalizedText;

mod meaning;

/// One difference between a revision and the previous one, so that results can say what people saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What changed: a text, named as in [`Document::wordings`] (`title`, `best: question`, `news: choice paper`), or a
    /// setting (`languages`, `best: required`).
    pub part: String,
    /// The language of a text. `None` for a setting.
    pub language: Option<String>,
    /// The old value. Empty if it's an addition.
    pub before: String,
    /// The new value. Empty if it was removed.
    pub after: String,
}

/// The differences between two documents, provided that every valid answer to the first is still valid in the second
/// and means the same. Otherwise the reasons why not, each with what to do about it.
pub fn corrections(before: &Document, after: &Document) -> Result<Vec<Correction>, Vec<Fault>> {
    let mut faults = Faults::default();
    survey(&mut faults, before, after);
    // Sections take no answers, so their text and position can change.
    for item in before.questions() {
        faults.within(&item.key);
        match after.item(&item.key) {
            None => faults.note(true, || GONE.to_owned()),
            Some(now) => faults.same_meaning(item, now),
        }
    }
    faults.same_people(before, after);
    if !faults.found.is_empty() {
        return Err(faults.found);
    }
    let mut found = settings(before, after);
    found.extend(changed_words(before, after));
    Ok(found)
}

const GONE: &str = "this question was removed, but people have answered it: put it back, and add anything different as a new question with its own key";

fn survey(faults: &mut Faults, before: &Document, after: &Document) {
    faults.outside();
    faults.note(before.slug != after.slug, || {
        format!(
            "people already have the address “{}”, so it cannot change: to use another one, copy the survey",
            before.slug
        )
    });
    faults.note(before.unit != after.unit, || {
        format!(
            "each response counts as one {}, and that cannot change now: to count differently, copy the survey",
            before.unit
        )
    });
    faults.note(before.group != after.group, || {
        "the group cannot change now: for another group, copy the survey".to_owned()
    });
    for tag in &before.languages {
        faults.note(!after.languages.contains(tag), || {
            format!("people may be answering in “{tag}”: put that language back")
        });
    }
    let questions = |document: &Document| -> Vec<String> {
        document.questions().map(|item| item.key.clone()).collect()
    };
    faults.note(
        !keeps_order(&questions(before), &questions(after), |key| key),
        || {
            "the questions are in a different order, and earlier questions affect later answers: put them back in order. You can add new ones anywhere".to_owned()
        },
    );
    let labels = before.questions().filter_map(|item| {
        Some((
            item.key.as_str(),
            &item.label,
            &after.item(&item.key)?.label,
        ))
    });
    for (key, other) in moved_words(&labels.collect::<Vec<_>>()) {
        faults.within(key);
        faults.note(true, || {
            format!("it has the text of “{other}”, and answers belong to keys, not positions: put both back")
        });
    }
}

/// A key with its text before and after.
type Renamed<'a> = (&'a str, &'a LocalizedText, &'a LocalizedText);

/// Keys that now have the text of a different key in any language, for example after a list was sorted. Each comes with
/// the key that had the text before.
fn moved_words<'a>(list: &[Renamed<'a>]) -> Vec<(&'a str, &'a str)> {
    let mut owners = BTreeMap::new();
    for (key, before, _) in list {
        for (tag, words) in &before.0 {
            owners.entry((tag, words.trim())).or_insert(*key);
        }
    }
    let taken_over = |(key, before, after): &Renamed<'a>| {
        after.0.iter().find_map(|(tag, words)| {
            let words = words.trim();
            let changed = before.0.get(tag).is_some_and(|old| old.trim() != words);
            let owner = owners.get(&(tag, words)).filter(|owner| *owner != key)?;
            (changed && !words.is_empty()).then_some((*key, *owner))
        })
    };
    list.iter().filter_map(taken_over).collect()
}

/// Whether the entries that are in both lists are in the same order.
fn keeps_order<T>(before: &[T], after: &[T], key: impl Fn(&T) -> &String) -> bool {
    let holds = |list: &[T], wanted: &String| list.iter().any(|one| key(one) == wanted);
    let kept = before
        .iter()
        .map(&key)
        .filter(|wanted| holds(after, wanted));
    let now = after
        .iter()
        .map(&key)
        .filter(|wanted| holds(before, wanted));
    kept.eq(now)
}

fn settings(before: &Document, after: &Document) -> Vec<Correction> {
    let languages = (before.languages.join(", "), after.languages.join(", "));
    let readers = |document: &Document| {
        let drafts = document.machine_drafts.iter();
        let draft = |(tag, reader): (&String, &String)| match reader.trim() {
            "" => format!("{tag}: not reviewed yet"),
            reader => format!("{tag}: reviewed by {reader}"),
        };
        drafts.map(draft).collect::<Vec<_>>().join(", ")
    };
    let drafts = (readers(before), readers(after));
    let mut found = vec![
        ("languages".to_owned(), languages),
        ("machine translations".to_owned(), drafts),
    ];
    found.extend(about(&before.about, &after.about));
    let kept = before
        .questions()
        .filter_map(|item| Some((item, after.item(&item.key)?)));
    for (old, new) in kept {
        let part = |name: &str| format!("{}: {name}", old.key);
        let both = |read: fn(&Item) -> String| (read(old), read(new));
        found.extend([
            (part("required"), both(required)),
            (part("max_length"), both(|item| item.length().to_string())),
            (part("only"), both(only)),
            (part("bounds"), both(bounds)),
        ]);
    }
    let correction = |(part, (before, after))| Correction {
        part,
        language: None,
        before,
        after,
    };
    found
        .into_iter()
        .map(correction)
        .filter(|correction| correction.before != correction.after)
        .collect()
}

fn required(item: &Item) -> String {
    if item.required { "yes" } else { "no" }.to_owned()
}

fn only(item: &Item) -> String {
    match item.only.as_slice() {
        [] => "all".to_owned(),
        only => only.join(", "),
    }
}

fn bounds(item: &Item) -> String {
    let bounds = item.bounds();
    format!("{} to {}", bounds.start(), bounds.end())
}

fn about(before: &About, after: &About) -> [(String, (String, String)); 3] {
    let yes = |receipts: bool| if receipts { "yes" } else { "no" }.to_owned();
    let minutes = |about: &About| about.minutes.map_or_else(String::new, |it| it.to_string());
    [
        (
            "audience".to_owned(),
            (before.audience.to_string(), after.audience.to_string()),
        ),
        (
            "receipts".to_owned(),
            (yes(before.receipts), yes(after.receipts)),
        ),
        ("minutes".to_owned(), (minutes(before), minutes(after))),
    ]
}

/// The texts that changed for readers, in each of the survey's languages.
fn changed_words(before: &Document, after: &Document) -> Vec<Correction> {
    let seen = |document: &Document, text: Option<&LocalizedText>, tag: &String| {
        let words = text.and_then(|text| text.0.get(tag));
        words
            .filter(|_| document.languages.contains(tag))
            .cloned()
            .unwrap_or_default()
    };
    let old: BTreeMap<String, &LocalizedText> = before.wordings().collect();
    let mut found = Vec::new();
    for (part, text) in after.wordings() {
        for tag in &after.languages {
            let was = seen(before, old.get(&part).copied(), tag);
            let is = seen(after, Some(text), tag);
            if was != is {
                found.push(Correction {
                    part: part.clone(),
                    language: Some(tag.clone()),
                    before: was,
                    after: is,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
