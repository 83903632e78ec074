//! The questions of a survey as a page shows them, and the answers to them as a page shows them again.

use std::collections::BTreeMap;

use serde::Serialize;

use super::intake::{Fault, Faults, offered, takes_several};
use super::model::{Answer, Answers};
use crate::district::Level;
use crate::localised::Wording;
use crate::surveys::{Document, Item, ItemKind, Places};

/// What was typed or ticked, by item key.
pub(super) type Typed = BTreeMap<String, Vec<String>>;

/// One question with what was typed so far.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Question {
    key: String,
    /// Its place among the questions, from 1.
    number: usize,
    /// How it is shown: `choices`, `scale` or `text`.
    kind: &'static str,
    label: Wording,
    help: Option<Wording>,
    hint: Option<Hint>,
    needed: bool,
    /// For choices: `radio` or `checkbox`.
    input: &'static str,
    /// For choices: in groups where they have headings, else one group.
    shelves: Vec<Shelf>,
    /// For a scale: its points.
    points: Vec<Point>,
    low: Option<Wording>,
    high: Option<Wording>,
    /// For words: the most characters.
    most: usize,
    /// For words: what was typed.
    text: String,
    fault: Option<FaultWords>,
    /// The ids of what describes the field.
    described_by: Option<String>,
}

/// A sentence of ours below a question: a key of Fluent and the number in it.
#[derive(Clone, Debug, Serialize)]
struct Hint {
    key: &'static str,
    most: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Shelf {
    /// A key of Fluent.
    heading: Option<String>,
    choices: Vec<Choice>,
}

#[derive(Clone, Debug, Serialize)]
struct Choice {
    value: String,
    label: Wording,
    checked: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Point {
    value: i64,
    /// What an end of the scale means.
    end: Option<Wording>,
    checked: bool,
}

/// A fault as the page says it: a key of Fluent and what its sentence mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct FaultWords {
    key: &'static str,
    most: i64,
    given: i64,
    from: i64,
    name: String,
}

/// A line of the summary above the form.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FaultLine {
    /// Where it leads; nowhere for what belongs to no question.
    item: Option<String>,
    question: Option<Wording>,
    fault: FaultWords,
}

/// The questions in a language.
pub(super) fn questions(
    document: &Document,
    places: &Places,
    language: &str,
    typed: &Typed,
    faults: &Faults,
) -> Vec<Question> {
    let ask = |(number, item): (usize, &Item)| {
        let nothing = Vec::new();
        let values = typed.get(&item.key).unwrap_or(&nothing);
        question(
            item,
            places,
            language,
            values,
            faults.get(&item.key),
            number + 1,
        )
    };
    document.items.iter().enumerate().map(ask).collect()
}

/// What is wrong, in the order of the questions.
pub(super) fn fault_lines(document: &Document, language: &str, faults: &Faults) -> Vec<FaultLine> {
    let whole = faults
        .get(super::intake::WHOLE_FORM)
        .map(|fault| FaultLine {
            item: None,
            question: None,
            fault: FaultWords::of(fault),
        });
    let items = document.items.iter().filter_map(|item| {
        Some(FaultLine {
            item: Some(item.key.clone()),
            question: Some(item.label.wording(language)),
            fault: FaultWords::of(faults.get(&item.key)?),
        })
    });
    whole.into_iter().chain(items).collect()
}

fn question(
    item: &Item,
    places: &Places,
    language: &str,
    values: &[String],
    fault: Option<&Fault>,
    number: usize,
) -> Question {
    let said =
        |text: &crate::localised::LocalisedText| (!text.is_empty()).then(|| text.wording(language));
    let (low, high) = (said(&item.low), said(&item.high));
    let help = said(&item.help);
    let hint = hint(item, help.is_some());
    let ids = [
        (help.is_some() || hint.is_some()).then(|| format!("q-{}-hint", item.key)),
        fault.map(|_| format!("q-{}-fault", item.key)),
    ];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    Question {
        key: item.key.clone(),
        number,
        kind: match item.kind {
            ItemKind::Text => "text",
            ItemKind::Scale => "scale",
            ItemKind::Single | ItemKind::Multiple | ItemKind::Group | ItemKind::School => "choices",
        },
        label: item.label.wording(language),
        help,
        hint,
        needed: item.required,
        input: if takes_several(item) {
            "checkbox"
        } else {
            "radio"
        },
        shelves: shelves(item, places, language, values),
        points: points(item, values, low.as_ref(), high.as_ref()),
        low,
        high,
        most: item.length(),
        text: values.first().cloned().unwrap_or_default(),
        fault: fault.map(FaultWords::of),
        described_by: (!ids.is_empty()).then(|| ids.join(" ")),
    }
}

/// Our own sentence: always the length of words; for ticks only where the district's help does not say it already.
fn hint(item: &Item, has_help: bool) -> Option<Hint> {
    let hint = |key, most| Some(Hint { key, most });
    match (item.kind, item.at_most) {
        (ItemKind::Text, _) => hint("hint-length", item.length()),
        _ if has_help || !takes_several(item) => None,
        (_, Some(most)) => hint("hint-up-to", most),
        (_, None) => hint("hint-all-that-fit", 0),
    }
}

fn shelves(item: &Item, places: &Places, language: &str, values: &[String]) -> Vec<Shelf> {
    let choice = |key: &str| Choice {
        value: key.to_owned(),
        label: choice_label(item, places, language, key),
        checked: values.iter().any(|value| value == key),
    };
    let keys = offered(item, places);
    if item.kind != ItemKind::School {
        let choices: Vec<Choice> = keys.into_iter().map(choice).collect();
        return vec![Shelf {
            heading: None,
            choices,
        }];
    }
    let at = |level: Level| {
        let schools = places
            .schools
            .iter()
            .filter(move |school| school.level == level);
        schools
            .map(|school| choice(&school.key))
            .collect::<Vec<_>>()
    };
    Level::ALL
        .iter()
        .map(|level| Shelf {
            heading: Some(format!("level-{level}")),
            choices: at(*level),
        })
        .filter(|shelf| !shelf.choices.is_empty())
        .collect()
}

/// What people read for a key; the key itself where nobody knows it any more.
fn choice_label(item: &Item, places: &Places, language: &str, key: &str) -> Wording {
    let label = match item.kind {
        ItemKind::Group => places
            .groups
            .iter()
            .find(|group| group.key == key)
            .map(|group| group.name.wording(language)),
        ItemKind::School => places
            .schools
            .iter()
            .find(|school| school.key == key)
            .map(|school| plain(&school.name)),
        _ => item
            .choices
            .iter()
            .find(|choice| choice.key == key)
            .map(|choice| choice.label.wording(language)),
    };
    label.unwrap_or_else(|| plain(key))
}

fn points(
    item: &Item,
    values: &[String],
    low: Option<&Wording>,
    high: Option<&Wording>,
) -> Vec<Point> {
    if item.kind != ItemKind::Scale {
        return Vec::new();
    }
    let ends = item.ends();
    let point = |value: i64| Point {
        value,
        end: match value {
            _ if value == *ends.start() => low.cloned(),
            _ if value == *ends.end() => high.cloned(),
            _ => None,
        },
        checked: values.iter().any(|typed| *typed == value.to_string()),
    };
    ends.clone().map(point).collect()
}

fn plain(text: &str) -> Wording {
    Wording {
        text: text.to_owned(),
        lang: None,
    }
}

impl FaultWords {
    /// The words of a fault.
    pub(super) fn of(fault: &Fault) -> Self {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let words = |key, most, given, from, name: &str| Self {
            key,
            most,
            given,
            from,
            name: name.to_owned(),
        };
        let bare = |key| words(key, 0, 0, 0, "");
        match fault {
            Fault::Choose => bare("fault-choose"),
            Fault::Write => bare("fault-write"),
            Fault::OnlyOne => bare("fault-only-one"),
            Fault::TooMany { most, given } => {
                words("fault-too-many", number(*most), number(*given), 0, "")
            }
            Fault::TooLong { most, given } => {
                words("fault-too-long", number(*most), number(*given), 0, "")
            }
            Fault::NotOffered => bare("fault-not-offered"),
            Fault::OutOfScale { from, to } => words("fault-out-of-scale", *to, 0, *from, ""),
            Fault::Unknown(name) => words("fault-unknown", 0, 0, 0, name),
            Fault::UnknownRevision => bare("fault-unknown-revision"),
            Fault::Empty => bare("fault-empty"),
        }
    }
}

/// One question and what was answered to it.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    question: Wording,
    /// For a scale: the number and the scale's highest.
    point: Option<(String, i64)>,
    /// What was chosen, in words.
    chosen: Vec<Wording>,
    /// What was written.
    voice: Option<Wording>,
}

impl Received {
    /// An answer to every question, for the samples of pages.
    pub(crate) fn samples() -> Vec<Self> {
        let (document, places) = super::samples::asked();
        let typed = super::samples::typed();
        received(&document, &places, "en", &typed, Some("es"))
    }
}

/// The questions that were answered with the answers to them; `spoken` is the language of the words, if it is known.
pub(super) fn received(
    document: &Document,
    places: &Places,
    language: &str,
    typed: &Typed,
    spoken: Option<&str>,
) -> Vec<Received> {
    let answered = document.items.iter().filter_map(|item| {
        let values: Vec<&str> = typed
            .get(&item.key)?
            .iter()
            .map(|value| value.trim())
            .collect();
        let first = *values.iter().find(|value| !value.is_empty())?;
        let labels = || {
            let given = values.iter().filter(|value| !value.is_empty());
            given
                .map(|key| choice_label(item, places, language, key))
                .collect()
        };
        Some(Received {
            question: item.label.wording(language),
            point: (item.kind == ItemKind::Scale).then(|| (first.to_owned(), *item.ends().end())),
            chosen: match item.kind {
                ItemKind::Text | ItemKind::Scale => Vec::new(),
                _ => labels(),
            },
            voice: item.is_open().then(|| Wording {
                text: first.to_owned(),
                lang: spoken.filter(|tag| *tag != language).map(str::to_owned),
            }),
        })
    });
    answered.collect()
}

/// Stored answers as they were typed.
pub(super) fn as_typed(answers: &Answers) -> Typed {
    let values = |answer: &Answer| match answer {
        Answer::Number(number) => vec![number.to_string()],
        Answer::One(value) => vec![value.clone()],
        Answer::Several(values) => values.clone(),
    };
    answers
        .iter()
        .map(|(key, answer)| (key.clone(), values(answer)))
        .collect()
}
