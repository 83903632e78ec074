//! Exports and imports a survey's translations as a sheet: its own texts, and those that the district provides.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, source_mark};
use super::given::DistrictText;
use crate::district::DistrictWord;
use crate::keys::is_language;
use crate::sheet::Sheet;
use crate::sheet::translation as sheet_of;
pub use crate::sheet::translation::{LineFault, Refused, Row};

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

/// The rows of the current translation. Their keys are the names in [`Document::wordings`] and [`DistrictText::wordings`].
pub fn rows(document: &Document, given: &DistrictText, language: &str) -> Vec<Row> {
    let source = source_language(document);
    let stale: BTreeSet<String> = document.stale_words(language).into_iter().collect();
    let said = document.wordings().chain(given.wordings());
    let said = said.filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| Row {
        source: text.said(source).unwrap_or_default().to_owned(),
        translation: text.said(language).unwrap_or_default().to_owned(),
        stale: stale.contains(&key),
        // The district's own text doesn't remember it.
        remembers: given.word(&key).is_none(),
        key,
    })
    .collect()
}

/// The sheet as CSV.
pub fn write_sheet(
    document: &Document,
    given: &DistrictText,
    language: &str,
) -> Result<String, csv::Error> {
    let rows = rows(document, given, language);
    sheet_of::write(&rows, source_language(document), language)
}

/// The columns that a translation sheet must have.
pub fn columns<'a>(document: &'a Document, language: &'a str) -> [&'a str; 3] {
    sheet_of::columns(source_language(document), language)
}

/// Applies a sheet to a copy of the document. An empty cell changes nothing. With `by_machine`, the language is marked
/// as a machine translation that nobody has reviewed.
pub fn take_sheet(
    document: &Document,
    given: &DistrictText,
    language: &str,
    sheet: &mut Sheet,
    by_machine: bool,
) -> Result<Returned, Refused> {
    let known = rows(document, given, language);
    let read = sheet_of::read(sheet, columns(document, language), "the survey", &known)?;
    let mut taken = Taking {
        language,
        given,
        returned: Returned {
            document: document.clone(),
            district: BTreeMap::new(),
            changed: 0,
            stale: Vec::new(),
            missing: Vec::new(),
        },
    };
    for row in read {
        taken.row(row);
    }
    Ok(taken.finish(by_machine))
}

/// An import in progress.
struct Taking<'a> {
    language: &'a str,
    given: &'a DistrictText,
    returned: Returned,
}

impl Taking<'_> {
    fn row(&mut self, row: sheet_of::Translated) {
        if row.stale {
            self.returned.stale.push(row.key.clone());
        }
        // Spreadsheets trim cells, so a difference in surrounding spaces isn't a change.
        let before = |text: Option<&str>| text.is_some_and(|text| text.trim() == row.translation);
        if let Some((word, text)) = self.given.word(&row.key) {
            // A name that every language shares stays shared if its cell comes back as it was.
            if !before(text.said(self.language)) {
                let district = &mut self.returned.district;
                district.insert(word.clone(), row.translation);
                self.returned.changed += 1;
            }
            return;
        }
        let document = &mut self.returned.document;
        let Some(text) = document.wording_mut(&row.key) else {
            return;
        };
        if !before(text.0.get(self.language).map(String::as_str)) {
            text.0.insert(self.language.to_owned(), row.translation);
            self.returned.changed += 1;
        }
        let marks = document.translated_from.entry(self.language.to_owned());
        marks.or_default().insert(row.key, source_mark(&row.source));
    }

    fn finish(mut self, by_machine: bool) -> Returned {
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
        self.returned
    }
}

/// Whether a survey can be translated into a language: any language but its own.
pub fn is_target(document: &Document, language: &str) -> bool {
    is_language(language) && language != source_language(document)
}

/// The source language of a survey.
fn source_language(document: &Document) -> &str {
    document.languages.first().map_or("en", String::as_str)
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
    fn a_sheet_has_a_row_for_each_text_and_marks_missing_ones() {
        let written = write_sheet(&samples::document(), &DistrictText::default(), "es").unwrap();
        let mut rows = written.lines();
        assert_eq!(rows.next(), Some("key,en,es,state,downloaded"));
        assert_eq!(
            rows.next(),
            Some("title,Family survey,Encuesta para familias,,Encuesta para familias")
        );
        let arabic = write_sheet(&samples::document(), &DistrictText::default(), "ar").unwrap();
        assert!(
            arabic.contains("first: choice buses,Buses,,missing,"),
            "{arabic}"
        );
    }

    #[test]
    fn a_returned_sheet_is_applied_and_the_rest_is_listed_as_missing() {
        let document = samples::document();
        let back =
            "key\ten\tar\ntitle\tFamily survey\tاستبيان الأسر\nfirst: choice buses\tBuses\t\n";
        let returned = take_sheet(
            &document,
            &DistrictText::default(),
            "ar",
            &mut sheet(back),
            true,
        )
        .unwrap();
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
            "the survey itself is unchanged"
        );
    }

    #[test]
    fn a_sentence_changed_before_or_after_the_import_marks_its_translation_stale() {
        let mut document = samples::document();
        let back =
            "key,en,ar\ntitle,Families' survey,استبيان\nbest: question,What goes well?,ماذا؟\n";
        let returned = take_sheet(
            &document,
            &DistrictText::default(),
            "ar",
            &mut sheet(back),
            false,
        )
        .unwrap();
        assert_eq!(returned.stale, ["title"]);
        document = returned.document;
        assert_eq!(document.stale_words("ar"), ["title"]);
        let question = document.wording_mut("best: question").unwrap();
        question
            .0
            .insert("en".to_owned(), "What is good?".to_owned());
        assert_eq!(document.stale_words("ar"), ["title", "best: question"]);
        assert!(
            write_sheet(&document, &DistrictText::default(), "ar")
                .unwrap()
                .contains("ماذا؟,stale")
        );
    }

    #[test]
    fn unknown_and_duplicate_keys_and_lost_placeholders_are_all_reported_by_line() {
        let mut document = samples::document();
        let intro = document.wording_mut("intro").unwrap();
        intro
            .0
            .insert("en".to_owned(), "We, {district}, ask you.".to_owned());
        let back = "key,en,ar\nheading,Family survey,عنوان\ntitle,Family survey,استبيان\n\
            title,Family survey,استبيان\nintro,\"We, {district}, ask you.\",نسألك\n";
        let refused = lines(take_sheet(
            &document,
            &DistrictText::default(),
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
    fn a_missing_column_is_reported_with_the_existing_columns() {
        let back = "key,en,arabic\ntitle,Family survey,x\n";
        let mut sheet = Sheet::pasted(back, &["key", "en", "ar"]).unwrap();
        match take_sheet(
            &samples::document(),
            &DistrictText::default(),
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
        fn an_untouched_sheet_changes_nothing(document in samples::documents()) {
            prop_assume!(document.languages.first().is_some_and(|tag| tag != "zz"));
            let names: BTreeSet<String> = document.wordings().map(|(name, _)| name).collect();
            prop_assume!(names.len() == document.wordings().count());
            let written = write_sheet(&document, &DistrictText::default(), "zz").unwrap();
            let wanted = columns(&document, "zz");
            let mut sheet = Sheet::pasted(&written, &wanted).unwrap();
            match take_sheet(&document, &DistrictText::default(), "zz", &mut sheet, false) {
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
        fn any_pasted_text_is_read_without_panicking(text in ".{0,200}") {
            if let Ok(mut sheet) = Sheet::pasted(&text, &["key", "en", "es"]) {
                let _ = take_sheet(&samples::document(), &DistrictText::default(), "es", &mut sheet, true);
            }
        }
    }
}
