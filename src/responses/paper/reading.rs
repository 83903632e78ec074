//! From what a clerk typed to what a sheet says, and back. Pure: a wording, the district's lists and fields in, answers and marks out.
//!
//! What a clerk types has the names of the web form's fields. A choice is typed as its number on the sheet, several behind each
//! other; numbers, places, points, days and words as they stand. `-` or nothing says that nothing stands there, `*` that more is marked
//! than the question takes, `?` or `/` that it cannot be made out: all of them are on a number pad. What is read becomes the fields
//! that the web form would have posted, and goes through the same intake.

use std::collections::BTreeMap;

use super::faults::SheetFault;
use super::marks::{Mark, Marked, Marks, complete, parts};
use crate::responses::intake::{self, Fault, WHOLE_FORM};
use crate::responses::model::Answers;
use crate::responses::questions::{Typed, as_typed, codes};
use crate::surveys::{Document, Item, ItemKind, OTHER, Places};
use crate::web::form::Fields;

/// The field that says that words cannot be made out is called so, and then as the words' own.
pub(super) const UNCLEAR: &str = "_unclear.";

/// What a sheet says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// What was answered, as the web form would have it.
    pub(super) answers: Answers,
    /// What was not, and why.
    pub(super) marks: Marks,
}

/// Everything that is wrong, by item key.
pub(super) type SheetFaults = BTreeMap<String, SheetFault>;

/// What was typed into one field.
enum Entry {
    Nothing,
    Mark(Mark),
    /// What the web form would post.
    Values(Vec<String>),
}

/// What was typed from a sheet, so far.
struct Reading<'a> {
    places: &'a Places,
    typed: &'a Fields,
    posted: Typed,
    marks: Marks,
    faults: SheetFaults,
}

/// What a sheet says, or everything that is wrong with what was typed. Nothing needs an answer but a consent: a blank is a fact,
/// and without consent nothing may be taken. A sheet on which nothing stands at all is none.
pub(super) fn read(
    document: &Document,
    places: &Places,
    typed: &Fields,
) -> Result<Sheet, SheetFaults> {
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
        // Something may stand there all the same.
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
    Ok(Sheet { answers, marks })
}

/// A wording of which nothing must be answered but a consent.
fn on_paper(document: &Document) -> Document {
    let mut document = document.clone();
    for item in &mut document.items {
        item.required &= item.kind == ItemKind::Consent;
    }
    document
}

/// Whether nothing is wrong but that there is no answer.
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

    /// More values than the question takes are two marks, and which they were is kept.
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

    /// The words of a last choice that asks to be explained. Beside another choice where one may be chosen they are a second mark.
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

    /// A ranking, or points: a mark in any of its fields is one of the whole question.
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
                ItemKind::Number | ItemKind::Ranking | ItemKind::Points => vec![typed.to_owned()],
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

/// The digits 0 to 9, as keyboards of our languages type them.
fn european(letter: char) -> char {
    let zeros = [0x0660, 0x06F0];
    let zero = zeros
        .into_iter()
        .find(|zero| (*zero..*zero + 10).contains(&u32::from(letter)));
    zero.and_then(|zero| char::from_digit(u32::from(letter) - zero, 10))
        .unwrap_or(letter)
}

/// A day in eight digits with the dashes that a form posts: 20261005 is 2026-10-05.
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

/// The keys of the numbers that were typed, each once. They stand apart by a space, a comma or a full stop; where no number has two
/// digits and several may be ticked, they may stand without anything between them.
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

/// What a clerk would type for a sheet that is stored: its answers, its marks, and what stood where there is a mark.
pub(super) fn as_entered(document: &Document, places: &Places, sheet: &Sheet) -> Typed {
    let mut stood = as_typed(document, &sheet.answers);
    let mut entered = Typed::new();
    for item in document.questions() {
        for part in parts(item) {
            let Some(marked) = sheet.marks.get(&part) else {
                continue;
            };
            // Where the field itself holds too much, that is the mark.
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
    matches!(item.kind, ItemKind::Ranking | ItemKind::Points)
}

/// The field of a mark, and what is typed there.
fn mark_as_entered(item: &Item, part: &str, marked: &Marked) -> Option<(String, Vec<String>)> {
    let typed = match marked.mark {
        Mark::Unclear => "?",
        Mark::TwoMarks => "*",
        // A mark, of which is known no more than that it stood where nothing was asked.
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

/// The values of a field as a clerk types them.
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
