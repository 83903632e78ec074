//! Turns what was typed into what a sheet says, and back. Pure: takes a document, the district's lists and fields, and
//! returns answers and marks.
//!
//! The typed fields have the same names as the web form's. A choice is typed as its number on the sheet, several in a
//! row; numbers, ranks, points, dates and text are typed as they are. `-` or nothing means blank, `*` means too many
//! marks, and `?` or `/` means unclear; all of them are on a number pad. The result is turned into the fields that the
//! web form would have submitted, and goes through the same intake.

use std::collections::BTreeMap;

use super::faults::SheetFault;
use super::marks::{Mark, Marked, Marks, complete, parts};
use crate::responses::intake::{self, Fault, WHOLE_FORM};
use crate::responses::model::Answers;
use crate::responses::questions::{Typed, as_typed, codes};
use crate::surveys::{Document, Item, ItemKind, OTHER, Places};
use crate::web::form::Fields;

/// The prefix of the field that marks a text as unclear, followed by the name of the text's field.
pub(super) const UNCLEAR: &str = "_unclear.";

/// What a sheet says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedSheet {
    /// The answers, as the web form would store them.
    pub(super) answers: Answers,
    /// Why questions have no answer.
    pub(super) marks: Marks,
}

/// Everything that is wrong, by item key.
pub(super) type SheetFaults = BTreeMap<String, SheetFault>;

/// What was typed into one field.
enum Entry {
    Nothing,
    Mark(Mark),
    /// What the web form would submit.
    Values(Vec<String>),
}

/// The state while reading a typed sheet.
struct Reading<'a> {
    places: &'a Places,
    typed: &'a Fields,
    posted: Typed,
    marks: Marks,
    faults: SheetFaults,
}

/// What a sheet says, or everything that is wrong with what was typed. Only consent is required: a blank is information
/// too, but without consent nothing can be stored. A completely blank sheet is an error.
pub(super) fn read(
    document: &Document,
    places: &Places,
    typed: &Fields,
) -> Result<TypedSheet, SheetFaults> {
    let mut reading = Reading {
        places,
        typed,
        posted: Typed::new(),
        marks: Marks::new(),
        faults: SheetFaults::new(),
    };
    for item in document.questions() {
        reading.item(item);
    }
    let Reading {
        posted,
        marks,
        mut faults,
        ..
    } = reading;
    let answers = match intake::validate(&on_paper(document), places, &as_fields(&posted)) {
        Ok(answers) => answers,
        // There can still be marks.
        Err(found) if is_only_empty(&found) => Answers::new(),
        Err(found) => {
            for (key, fault) in found {
                faults.entry(key).or_insert(SheetFault::Intake(fault));
            }
            return Err(faults);
        }
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let marks = complete(document, &answers, &marks, &posted);
    if answers.is_empty() && marks.values().all(|marked| marked.mark == Mark::Blank) {
        let nothing = (WHOLE_FORM.to_owned(), SheetFault::Intake(Fault::Empty));
        return Err(SheetFaults::from([nothing]));
    }
    Ok(TypedSheet { answers, marks })
}

/// A document in which only consent is required.
fn on_paper(document: &Document) -> Document {
    let mut document = document.clone();
    for item in &mut document.items {
        item.required &= item.kind == ItemKind::Consent;
    }
    document
}

/// Whether the only problem is that there are no answers.
fn is_only_empty(faults: &intake::Faults) -> bool {
    faults.len() == 1 && faults.get(WHOLE_FORM) == Some(&Fault::Empty)
}

fn as_fields(posted: &Typed) -> Fields {
    let each = posted.iter().flat_map(|(name, values)| {
        let values = values.iter();
        values.map(move |value| (name.clone(), value.clone()))
    });
    Fields(each.collect())
}

impl Reading<'_> {
    fn item(&mut self, item: &Item) {
        if item.is_open() {
            return self.words(item, &item.key, &item.key);
        }
        if is_shared(item) {
            return self.shared(item);
        }
        for part in parts(item) {
            match self.entry(item, &part) {
                Ok(Entry::Nothing) => {}
                Ok(Entry::Mark(mark)) => self.mark(&part, Marked::bare(mark)),
                Ok(Entry::Values(values)) => self.values(item, part, values),
                Err(fault) => self.fault(item, fault),
            }
        }
        if item.has_other() {
            self.other(item);
        }
    }

    /// More values than the question accepts count as too many marks, and the values are kept with the mark.
    fn values(&mut self, item: &Item, part: String, values: Vec<String>) {
        let most = match item.at_most {
            Some(most) if item.takes_several() => most,
            _ if item.takes_several() => usize::MAX,
            _ => 1,
        };
        if values.len() > most {
            let marked = Marked {
                mark: Mark::TwoMarks,
                said: BTreeMap::from([(part.clone(), values)]),
            };
            self.mark(&part, marked);
        } else {
            self.posted.insert(part, values);
        }
    }

    /// The text of an "other" choice. Next to another choice, where only one is allowed, it counts as too many marks.
    fn other(&mut self, item: &Item) {
        let field = item.field(OTHER);
        let words = self.typed.get(&field).to_owned();
        if words.is_empty() {
            return;
        }
        let chosen = self.posted.get(&item.key);
        let is_second = !item.takes_several()
            && chosen.is_some_and(|chosen| chosen.iter().any(|key| key != OTHER));
        if is_second {
            let chosen = self.posted.remove(&item.key).unwrap_or_default();
            let marked = Marked {
                mark: Mark::TwoMarks,
                said: BTreeMap::from([(item.key.clone(), chosen)]),
            };
            self.mark(&item.key, marked);
        }
        match self.marks.get_mut(&item.key) {
            Some(marked) => drop(marked.said.insert(field, vec![words])),
            None => drop(self.posted.insert(field, vec![words])),
        }
    }

    fn words(&mut self, item: &Item, field: &str, part: &str) {
        let words = self.typed.get(field).to_owned();
        let is_unclear = !self.typed.get(&format!("{UNCLEAR}{field}")).is_empty();
        match (words.is_empty(), is_unclear) {
            (true, false) => {}
            (true, true) => self.mark(part, Marked::bare(Mark::Unclear)),
            (false, false) => drop(self.posted.insert(field.to_owned(), vec![words])),
            (false, true) => self.fault(item, SheetFault::WordsAndUnclear),
        }
    }

    /// A ranking or points: a mark in any of its fields applies to the whole question.
    fn shared(&mut self, item: &Item) {
        let mut said = Typed::new();
        let mut mark = None;
        for field in item.fields() {
            match self.entry(item, &field) {
                Ok(Entry::Nothing) => {}
                Ok(Entry::Mark(found)) => mark = Some(found),
                Ok(Entry::Values(values)) => drop(said.insert(field, values)),
                Err(fault) => return self.fault(item, fault),
            }
        }
        match mark {
            Some(mark) => self.mark(&item.key, Marked { mark, said }),
            None => self.posted.extend(said),
        }
    }

    fn entry(&self, item: &Item, field: &str) -> Result<Entry, SheetFault> {
        let typed = self.typed.get(field);
        Ok(match typed {
            "" | "-" => Entry::Nothing,
            "*" => Entry::Mark(Mark::TwoMarks),
            "?" | "/" => Entry::Mark(Mark::Unclear),
            _ => Entry::Values(match item.kind {
                ItemKind::Number | ItemKind::Ranking | ItemKind::ConstantSum => {
                    vec![typed.to_owned()]
                }
                ItemKind::Date => vec![with_dashes(typed)],
                _ => keys(item, self.places, typed)?,
            }),
        })
    }

    fn mark(&mut self, part: &str, marked: Marked) {
        self.marks.insert(part.to_owned(), marked);
    }

    fn fault(&mut self, item: &Item, fault: SheetFault) {
        self.faults.entry(item.key.clone()).or_insert(fault);
    }
}

/// The digits 0 to 9, from any of the keyboards for our languages.
fn european(letter: char) -> char {
    let zeros = [0x0660, 0x06F0];
    let zero = zeros
        .into_iter()
        .find(|zero| (*zero..*zero + 10).contains(&u32::from(letter)));
    zero.and_then(|zero| char::from_digit(u32::from(letter) - zero, 10))
        .unwrap_or(letter)
}

/// Adds dashes to a date in eight digits, as a form submits it: 20261005 becomes 2026-10-05.
fn with_dashes(typed: &str) -> String {
    let digits: String = typed.chars().map(european).collect();
    match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day))
            if digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            format!("{year}-{month}-{day}")
        }
        _ => digits,
    }
}

/// The keys for the typed numbers, without duplicates. Numbers are separated by a space, a comma or a period. If
/// several can be selected and no number has two digits, they don't need separators.
fn keys(item: &Item, places: &Places, typed: &str) -> Result<Vec<String>, SheetFault> {
    let codes = codes(item, places);
    let all_short = codes.iter().all(|(code, _)| (0..=9).contains(code));
    let text: String = typed.chars().map(european).collect();
    let apart = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '.' | ';' | '+');
    let mut found = Vec::new();
    for piece in text.split(apart).filter(|piece| !piece.is_empty()) {
        let is_row =
            all_short && item.takes_several() && piece.bytes().all(|byte| byte.is_ascii_digit());
        let numbers: Vec<&str> = if is_row {
            piece.split("").filter(|digit| !digit.is_empty()).collect()
        } else {
            vec![piece]
        };
        for number in numbers {
            let code = number.parse::<i64>().ok();
            let key = codes.iter().find(|(known, _)| Some(*known) == code);
            let (_, key) = key.ok_or_else(|| SheetFault::NoSuchNumber(number.to_owned()))?;
            if !found.contains(key) {
                found.push(key.clone());
            }
        }
    }
    if found.is_empty() {
        return Err(SheetFault::NoSuchNumber(typed.to_owned()));
    }
    Ok(found)
}

/// What staff would type for a stored sheet: its answers, its marks, and what is written at those marks.
pub(super) fn as_entered(document: &Document, places: &Places, sheet: &TypedSheet) -> Typed {
    let mut stood = as_typed(document, &sheet.answers);
    let mut entered = Typed::new();
    for item in document.questions() {
        for part in parts(item) {
            let Some(marked) = sheet.marks.get(&part) else {
                continue;
            };
            // If the field itself has too many values, they show the mark.
            if !marked.said.contains_key(&part) {
                entered.extend(mark_as_entered(item, &part, marked));
            }
            stood.extend(marked.said.clone());
        }
    }
    for item in document.questions() {
        for field in item.fields() {
            if let Some(values) = stood.get(&field).filter(|_| !entered.contains_key(&field)) {
                entered.insert(
                    field.clone(),
                    vec![in_numbers(item, places, &field, values)],
                );
            }
        }
    }
    entered
}

/// Whether its fields are parts of one answer.
fn is_shared(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Ranking | ItemKind::ConstantSum)
}

/// The field of a mark, and what is typed there.
fn mark_as_entered(item: &Item, part: &str, marked: &Marked) -> Option<(String, Vec<String>)> {
    let typed = match marked.mark {
        Mark::Unclear => "?",
        Mark::TwoMarks => "*",
        // A mark about which we only know that something was written where nothing was asked.
        Mark::NotAsked if marked.said.is_empty() => "*",
        Mark::Blank | Mark::NotAsked => return None,
    };
    let field = match item.kind {
        _ if item.is_open() => return Some((format!("{UNCLEAR}{part}"), vec!["yes".to_owned()])),
        _ if is_shared(item) => {
            let mut fields = item.fields().into_iter();
            fields.find(|field| !marked.said.contains_key(field))?
        }
        _ => part.to_owned(),
    };
    Some((field, vec![typed.to_owned()]))
}

/// The values of a field as staff type them.
fn in_numbers(item: &Item, places: &Places, field: &str, values: &[String]) -> String {
    let is_words = item.words_field().as_deref() == Some(field);
    if is_words || matches!(item.kind, ItemKind::Number | ItemKind::Date) || is_shared(item) {
        return values.join(" ");
    }
    let codes = codes(item, places);
    let number = |key: &String| {
        let code = codes.iter().find(|(_, known)| known == key);
        code.map_or_else(|| key.clone(), |(code, _)| code.to_string())
    };
    values.iter().map(number).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
