//! The text that a survey shows but the district provides: its name, its notice, and the groups and schools that a
//! question offers.
//! It's translated with the survey's own text, and a language is only complete if it has both.

use super::document::Document;
use super::kind::ItemKind;
use super::model::Places;
use crate::district::{self, DistrictWord};
use crate::localized::LocalizedText;

/// The district's text that a survey uses, each with its name, such as `district: group families`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistrictText(Vec<(DistrictWord, LocalizedText)>);

impl DistrictText {
    /// The district's text that a survey's pages show.
    pub fn of(document: &Document, places: &Places) -> Self {
        let asks = document
            .items
            .iter()
            .find(|item| item.kind == ItemKind::Group);
        let offered =
            |key: &String| asks.is_some_and(|item| item.only.is_empty() || item.only.contains(key));
        let asks_school = document
            .items
            .iter()
            .any(|item| item.kind == ItemKind::School);
        let words = district::words(places.district.as_ref(), &places.groups, &places.schools);
        let shown = words.into_iter().filter(|(word, text)| match word {
            DistrictWord::Group(key) => offered(key),
            DistrictWord::School(_) => asks_school,
            DistrictWord::Name | DistrictWord::Notice => !text.is_empty(),
        });
        Self(shown.collect())
    }

    /// Each text under its name on a translation sheet.
    pub fn wordings(&self) -> impl Iterator<Item = (String, &LocalizedText)> {
        self.0.iter().map(|(word, text)| (word.to_string(), text))
    }

    /// The text with a name on a translation sheet.
    pub fn word(&self, name: &str) -> Option<(&DistrictWord, &LocalizedText)> {
        let found = self.0.iter().find(|(word, _)| word.to_string() == name);
        found.map(|(word, text)| (word, text))
    }

    /// The names of the texts that are missing in a language.
    fn missing(&self, language: &str) -> Vec<String> {
        let wanted = [language.to_owned()];
        let lacking = self
            .0
            .iter()
            .filter(|(_, text)| !text.missing(&wanted).is_empty());
        lacking.map(|(word, _)| word.to_string()).collect()
    }
}

impl Document {
    /// [`Document::missing_words`], plus the district's texts that are missing in each language.
    pub fn missing_with(&self, given: &DistrictText) -> Vec<(String, Vec<String>)> {
        let mut own = self.missing_words();
        let lacking = |tag: &String| {
            let place = own.iter().position(|(lacking, _)| lacking == tag);
            let names = place.map(|place| own.swap_remove(place).1);
            let mut names = names.unwrap_or_default();
            names.extend(given.missing(tag));
            (tag.clone(), names)
        };
        let all: Vec<_> = self.languages.iter().map(lacking).collect();
        all.into_iter()
            .filter(|(_, names)| !names.is_empty())
            .collect()
    }
}
