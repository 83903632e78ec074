//! The questions as staff enter them from a paper form: one small field for each, next to the numbers of its choices.

use std::collections::BTreeMap;

use serde::Serialize;

use super::codes::codes;
use super::condition::Condition;
use super::labels::Label;
use super::{AnswerForm, Typed};
use crate::localized::Wording;
use crate::surveys::{Document, Item, ItemKind, OTHER, Places};
use crate::web::languages::FALLBACK;

/// What was entered so far.
#[derive(Debug, Default)]
pub(in crate::responses) struct Entered {
    /// By field, as typed.
    pub(in crate::responses) typed: Typed,
    /// The fields whose text was marked as unclear.
    pub(in crate::responses) unclear: Vec<String>,
    /// The language of text by field, if it isn't the sheet's language.
    pub(in crate::responses) languages: BTreeMap<String, String>,
    /// What is wrong, by item.
    pub(in crate::responses) faults: BTreeMap<String, String>,
}

/// One question or section, as staff enter it.
#[derive(Clone, Debug, Serialize)]
pub(in crate::responses) struct Coded {
    key: String,
    /// Its position among the questions, from 1. 0 for a section.
    number: usize,
    /// In the language of the sheet.
    label: Wording,
    /// In the language of the desk, if that's different.
    desk_label: Option<String>,
    condition: Option<Condition>,
    /// The numbers and what they mean.
    options: Vec<Numbered>,
    fields: Vec<CodedField>,
    words: Option<CodedWords>,
    how: How,
    /// The most choices, the lowest rank, or what points must add up to.
    most: i64,
    fault: Option<String>,
}

/// How a question is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum How {
    /// Not at all: it's a heading.
    Section,
    /// One number.
    One,
    /// Several numbers.
    Several,
    /// A whole number.
    Number,
    /// A date.
    Date,
    /// A rank for each choice.
    Places,
    /// Points for each choice.
    Points,
    /// Only text.
    Words,
}

#[derive(Clone, Debug, Serialize)]
struct Numbered {
    code: i64,
    /// What it means. `None` for a point of a scale without labels.
    label: Option<Label>,
}

#[derive(Clone, Debug, Serialize)]
struct CodedField {
    name: String,
    /// The row of a matrix, or the choice to rank or give points to.
    of: Option<Label>,
    typed: String,
}

#[derive(Clone, Debug, Serialize)]
struct CodedWords {
    field: String,
    most: usize,
    text: String,
    /// Whether the text can be long.
    long: bool,
    /// Whether it's the text of an "other" choice.
    other: bool,
    unclear: bool,
    language: String,
}

/// The questions of a document as staff enter them.
pub(in crate::responses) fn coded(
    document: &Document,
    places: &Places,
    language: &str,
    entered: &Entered,
) -> Vec<Coded> {
    let sheet = AnswerForm {
        document,
        places,
        language,
        typed: &entered.typed,
    };
    let mut number = 0;
    let ask = |item: &Item| {
        number += usize::from(item.is_question());
        let number = if item.is_question() { number } else { 0 };
        sheet.coded(item, number, entered)
    };
    document.items.iter().map(ask).collect()
}

impl AnswerForm<'_> {
    fn coded(&self, item: &Item, number: usize, entered: &Entered) -> Coded {
        let label = item.label.wording(self.language);
        let desk = item.label.wording(FALLBACK);
        let how = how(item);
        let takes_codes = matches!(how, How::One | How::Several);
        let numbered = |(code, key): (i64, String)| Numbered {
            label: self.meaning(item, code, &key),
            code,
        };
        let options = codes(item, self.places).into_iter().map(numbered);
        Coded {
            key: item.key.clone(),
            number,
            desk_label: (desk.lang.is_none() && desk.text != label.text).then_some(desk.text),
            label,
            condition: self.condition(item),
            options: if takes_codes {
                options.collect()
            } else {
                Vec::new()
            },
            fields: self.coded_fields(item, how),
            words: self.coded_words(item, entered),
            how,
            most: most(item),
            fault: entered.faults.get(&item.key).cloned(),
        }
    }

    /// What a number means. For a scale with two labeled ends, the end's label.
    fn meaning(&self, item: &Item, code: i64, key: &str) -> Option<Label> {
        let ends = item.ends();
        if !item.is_scale() || !item.choices.is_empty() || !ends.contains(&code) {
            return Some(self.label(item, key));
        }
        let words = match code {
            _ if code == *ends.start() => self.said(&item.low),
            _ if code == *ends.end() => self.said(&item.high),
            _ => None,
        };
        words.map(Label::Words)
    }

    fn coded_fields(&self, item: &Item, how: How) -> Vec<CodedField> {
        let field = |name: String, of| CodedField {
            typed: self.typed_text(&name),
            name,
            of,
        };
        let row = |row: &crate::surveys::Choice| {
            let label = Label::Words(row.label.wording(self.language));
            field(item.field(&row.key), Some(label))
        };
        match (item.kind, how) {
            (ItemKind::Matrix, _) => item.rows.iter().map(row).collect(),
            (_, How::Places | How::Points) => item.choices.iter().map(row).collect(),
            (_, How::Section | How::Words) => Vec::new(),
            _ => vec![field(item.key.clone(), None)],
        }
    }

    fn coded_words(&self, item: &Item, entered: &Entered) -> Option<CodedWords> {
        let name = item.words_field()?;
        let language = entered.languages.get(&name);
        Some(CodedWords {
            most: item.length(),
            text: self.typed_text(&name),
            long: item.kind == ItemKind::Text,
            other: name == item.field(OTHER),
            unclear: entered.unclear.contains(&name),
            language: language.map_or_else(|| self.language.to_owned(), Clone::clone),
            field: name,
        })
    }
}

fn how(item: &Item) -> How {
    match item.kind {
        ItemKind::Section => How::Section,
        ItemKind::Text | ItemKind::ShortText => How::Words,
        ItemKind::Number => How::Number,
        ItemKind::Date => How::Date,
        ItemKind::Ranking => How::Places,
        ItemKind::ConstantSum => How::Points,
        _ if item.takes_several() => How::Several,
        _ => How::One,
    }
}

fn most(item: &Item) -> i64 {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    match item.kind {
        ItemKind::Ranking => count(item.places()),
        ItemKind::ConstantSum => item.points(),
        _ => item.at_most.map_or(0, count),
    }
}
