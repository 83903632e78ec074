//! Exports and imports translations as a sheet: one row for each text, with its key, source sentence and translation.
//! Import checks every row and applies nothing until all rows are valid.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, source_mark};
use super::given::Given;
use crate::district::DistrictWord;
use crate::sheet::{Sheet, SheetError, as_written, harmless};

/// A row of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name of the text, as in [`Document::wordings`].
    pub key: String,
    /// The sentence in the survey's source language.
    pub source: String,
    /// The translation. Empty if there isn't one.
    pub translation: String,
    /// Whether the sentence has changed since it was translated.
    pub stale: bool,
}

/// What's wrong with a row of an imported sheet.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LineFault {
    /// The line, counted from 1.
    pub line: u64,
    /// The reason in plain words.
    pub reason: String,
}

/// What an imported sheet changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The survey's document with the translations applied.
    pub document: Document,
    /// The translations of the district's own text that are new or different.
    pub district: BTreeMap<DistrictWord, String>,
    /// How many texts it adds or changes.
    pub changed: usize,
    /// The texts whose source sentence has changed since the sheet was exported. Their translations are applied and
    /// marked stale.
    pub stale: Vec<String>,
    /// The texts that are still missing after the import.
    pub missing: Vec<String>,
}

/// Why a sheet can't be imported.
#[derive(Debug)]
pub enum Refused {
    /// It isn't a sheet with this layout.
    Sheet(SheetError),
    /// These rows are invalid. Nothing was applied.
    Lines(Vec<LineFault>),
}

/// The rows of the current translation.
pub fn rows(document: &Document, given: &Given, language: &str) -> Vec<Row> {
    let source = source_language(document);
    let stale: BTreeSet<String> = document.stale_words(language).into_iter().collect();
    let said = document.wordings().chain(given.wordings());
    let said = said.filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| Row {
        source: text.0.get(source).cloned().unwrap_or_default(),
        translation: text.0.get(language).cloned().unwrap_or_default(),
        stale: stale.contains(&key),
        key,
    })
    .collect()
}

/// The sheet as CSV: `key`, the two languages by tag, and a state that is only for reading.
pub fn write_sheet(
    document: &Document,
    given: &Given,
    language: &str,
) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["key", source_language(document), language, "state"])?;
    for row in rows(document, given, language) {
        let state = match (row.translation.trim().is_empty(), row.stale) {
            (true, _) => "missing",
            (_, true) => "stale",
            _ => "",
        };
        writer.write_record([
            harmless(&row.key).as_ref(),
            harmless(&row.source).as_ref(),
            harmless(&row.translation).as_ref(),
            state,
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The columns that a translation sheet must have.
pub fn columns<'a>(document: &'a Document, language: &'a str) -> [&'a str; 3] {
    ["key", source_language(document), language]
}

/// Applies a sheet to a copy of the document. An empty cell changes nothing. With `by_machine`, the language is marked
/// as a machine translation that nobody has reviewed.
pub fn take_sheet(
    document: &Document,
    given: &Given,
    language: &str,
    sheet: &mut Sheet,
    by_machine: bool,
) -> Result<Returned, Refused> {
    let [key, source, target] = columns(document, language);
    let places = [key, source, target].map(|name| sheet.column(name));
    let [key, source, target] = places;
    let places = (
        key.map_err(Refused::Sheet)?,
        source.map_err(Refused::Sheet)?,
        target.map_err(Refused::Sheet)?,
    );
    let mut taken = Taking::new(document, given, language);
    while let Some(row) = sheet.next_row().map_err(Refused::Sheet)? {
        if row.is_empty() {
            continue;
        }
        let cell = |place| sheet.cell(&row, place).map_err(Refused::Sheet);
        taken.row(row.line, cell(places.0)?, cell(places.1)?, cell(places.2)?);
    }
    taken.finish(by_machine)
}

/// An import in progress.
struct Taking<'a> {
    language: &'a str,
    given: &'a Given,
    sentences: BTreeMap<String, String>,
    seen: BTreeSet<String>,
    returned: Returned,
    faults: Vec<LineFault>,
}

impl<'a> Taking<'a> {
    fn new(document: &Document, given: &'a Given, language: &'a str) -> Self {
        let sentences = rows(document, given, language).into_iter();
        Self {
            language,
            given,
            sentences: sentences.map(|row| (row.key, row.source)).collect(),
            seen: BTreeSet::new(),
            returned: Returned {
                document: document.clone(),
                district: BTreeMap::new(),
                changed: 0,
                stale: Vec::new(),
                missing: Vec::new(),
            },
            faults: Vec::new(),
        }
    }

    fn row(&mut self, line: u64, key: &str, source: &str, translation: &str) {
        let (key, source) = (as_written(key.trim()), as_written(source.trim()));
        let translation = as_written(translation.trim());
        let mut wrong = |reason: String| self.faults.push(LineFault { line, reason });
        let Some(sentence) = self.sentences.get(key) else {
            wrong(format!(
                "the survey has no text with the key “{key}”: keep the keys as they were in the sheet"
            ));
            return;
        };
        if !self.seen.insert(key.to_owned()) {
            wrong(format!("“{key}” is in two rows: keep one"));
            return;
        }
        if translation.is_empty() {
            return;
        }
        let lost: Vec<String> = placeholders(source)
            .difference(&placeholders(translation))
            .cloned()
            .collect();
        if !lost.is_empty() {
            wrong(format!(
                "“{key}”: the translation is missing {}, which Chorus fills in: add it back",
                lost.join(", ")
            ));
            return;
        }
        let is_stale = sentence.trim() != source;
        if is_stale {
            self.returned.stale.push(key.to_owned());
        }
        if let Some((word, text)) = self.given.word(key) {
            let before = text.0.get(self.language).map(|words| words.trim());
            if before != Some(translation) {
                let district = &mut self.returned.district;
                district.insert(word.clone(), translation.to_owned());
                self.returned.changed += 1;
            }
            return;
        }
        let document = &mut self.returned.document;
        let Some(text) = document.wording_mut(key) else {
            return;
        };
        // Spreadsheets trim cells, so a difference in surrounding spaces isn't a change.
        let before = text.0.get(self.language).map(|words| words.trim());
        if before != Some(translation) {
            text.0
                .insert(self.language.to_owned(), translation.to_owned());
            self.returned.changed += 1;
        }
        let marks = document.translated_from.entry(self.language.to_owned());
        marks
            .or_default()
            .insert(key.to_owned(), source_mark(source));
    }

    fn finish(mut self, by_machine: bool) -> Result<Returned, Refused> {
        if !self.faults.is_empty() {
            return Err(Refused::Lines(self.faults));
        }
        let language = self.language.to_owned();
        let document = &mut self.returned.document;
        if !document.languages.contains(&language) {
            document.languages.push(language.clone());
        }
        if by_machine {
            document
                .machine_drafts
                .insert(language.clone(), String::new());
        }
        let missing = document.missing_with(self.given).into_iter();
        let missing = missing.filter(|(tag, _)| *tag == language);
        let brought: BTreeSet<String> = self
            .returned
            .district
            .keys()
            .map(ToString::to_string)
            .collect();
        self.returned.missing = missing
            .flat_map(|(_, names)| names)
            .filter(|name| !brought.contains(name))
            .collect();
        Ok(self.returned)
    }
}

/// The source language of a survey.
fn source_language(document: &Document) -> &str {
    document.languages.first().map_or("en", String::as_str)
}

/// The placeholders in a sentence: `{name}`.
fn placeholders(sentence: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = sentence;
    while let Some((_, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else {
            break;
        };
        let name: String = name.split_whitespace().collect();
        if !name.is_empty() && !name.contains('{') {
            found.insert(format!("{{{name}}}"));
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::surveys::samples;

    fn sheet(text: &str) -> Sheet {
        Sheet::pasted(text, &["key", "en", "ar"]).unwrap()
    }

    fn lines(refused: Result<Returned, Refused>) -> Vec<(u64, String)> {
        match refused {
            Err(Refused::Lines(faults)) => faults
                .into_iter()
                .map(|fault| (fault.line, fault.reason))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_sheet_holds_a_row_for_each_wording_with_what_is_missing() {
        let written = write_sheet(&samples::document(), &Given::default(), "es").unwrap();
        let mut rows = written.lines();
        assert_eq!(rows.next(), Some("key,en,es,state"));
        assert_eq!(
            rows.next(),
            Some("title,Family survey,Encuesta para familias,")
        );
        let arabic = write_sheet(&samples::document(), &Given::default(), "ar").unwrap();
        assert!(
            arabic.contains("first: choice buses,Buses,,missing"),
            "{arabic}"
        );
    }

    #[test]
    fn what_a_translator_sends_back_is_taken_over_and_the_rest_is_listed_as_missing() {
        let document = samples::document();
        let back =
            "key\ten\tar\ntitle\tFamily survey\tاستبيان الأسر\nfirst: choice buses\tBuses\t\n";
        let returned =
            take_sheet(&document, &Given::default(), "ar", &mut sheet(back), true).unwrap();
        assert_eq!(
            returned.document.title.0.get("ar").map(String::as_str),
            Some("استبيان الأسر")
        );
        assert_eq!((returned.changed, returned.stale.len()), (1, 0));
        assert!(returned.missing.contains(&"first: choice buses".to_owned()));
        assert_eq!(returned.document.languages, ["en", "es", "ar"]);
        assert!(returned.document.is_unread_draft("ar"));
        assert_eq!(
            document,
            samples::document(),
            "the survey itself is as it was"
        );
    }

    #[test]
    fn a_sentence_that_changed_on_the_way_or_later_marks_its_translation_stale() {
        let mut document = samples::document();
        let back =
            "key,en,ar\ntitle,Families' survey,استبيان\nbest: question,What goes well?,ماذا؟\n";
        let returned =
            take_sheet(&document, &Given::default(), "ar", &mut sheet(back), false).unwrap();
        assert_eq!(returned.stale, ["title"]);
        document = returned.document;
        assert_eq!(document.stale_words("ar"), ["title"]);
        let question = document.wording_mut("best: question").unwrap();
        question
            .0
            .insert("en".to_owned(), "What is good?".to_owned());
        assert_eq!(document.stale_words("ar"), ["title", "best: question"]);
        assert!(
            write_sheet(&document, &Given::default(), "ar")
                .unwrap()
                .contains("ماذا؟,stale")
        );
    }

    #[test]
    fn changed_keys_double_keys_and_lost_placeholders_are_refused_by_line_all_at_once() {
        let mut document = samples::document();
        let intro = document.wording_mut("intro").unwrap();
        intro
            .0
            .insert("en".to_owned(), "We, {district}, ask you.".to_owned());
        let back = "key,en,ar\nheading,Family survey,عنوان\ntitle,Family survey,استبيان\n\
            title,Family survey,استبيان\nintro,\"We, {district}, ask you.\",نسألك\n";
        let refused = lines(take_sheet(
            &document,
            &Given::default(),
            "ar",
            &mut sheet(back),
            false,
        ));
        let words = [
            "no text with the key “heading”",
            "two rows",
            "is missing {district}",
        ];
        assert_eq!(
            refused.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
            [2, 4, 5]
        );
        for ((_, reason), words) in refused.iter().zip(words) {
            assert!(reason.contains(words), "{reason}");
        }
    }

    #[test]
    fn a_sheet_without_a_column_names_it_and_those_that_are_there() {
        let back = "key,en,arabic\ntitle,Family survey,x\n";
        let mut sheet = Sheet::pasted(back, &["key", "en", "ar"]).unwrap();
        match take_sheet(
            &samples::document(),
            &Given::default(),
            "ar",
            &mut sheet,
            false,
        ) {
            Err(Refused::Sheet(error)) => {
                let said = error.to_string();
                assert!(said.contains("“ar”") && said.contains("arabic"), "{said}");
            }
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        #[test]
        fn a_sheet_that_comes_back_untouched_changes_no_words(document in samples::documents()) {
            prop_assume!(document.languages.first().is_some_and(|tag| tag != "zz"));
            let names: BTreeSet<String> = document.wordings().map(|(name, _)| name).collect();
            prop_assume!(names.len() == document.wordings().count());
            let written = write_sheet(&document, &Given::default(), "zz").unwrap();
            let wanted = columns(&document, "zz");
            let mut sheet = Sheet::pasted(&written, &wanted).unwrap();
            match take_sheet(&document, &Given::default(), "zz", &mut sheet, false) {
                Ok(returned) => {
                    prop_assert_eq!(returned.changed, 0);
                    prop_assert!(document.wordings().eq(returned.document.wordings()));
                }
                // A key of spaces or line breaks doesn't survive a spreadsheet, so the import reports it.
                Err(Refused::Lines(faults)) => prop_assert!(!faults.is_empty()),
                Err(Refused::Sheet(error)) => prop_assert!(!error.to_string().is_empty()),
            }
        }

        #[test]
        fn nothing_pasted_makes_it_panic(text in ".{0,200}") {
            if let Ok(mut sheet) = Sheet::pasted(&text, &["key", "en", "es"]) {
                let _ = take_sheet(&samples::document(), &Given::default(), "es", &mut sheet, true);
            }
        }
    }
}
