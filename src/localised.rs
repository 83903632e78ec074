//! Localized text: one type for every public wording.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A wording by language tag, such as `{ en = "Bus", es = "Autobús" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalisedText(pub BTreeMap<String, String>);

/// A wording as a page shows it: the text, and its language if that is not the page's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The text itself.
    pub text: String,
    /// The `lang` attribute that the text needs, if any.
    pub lang: Option<String>,
}

impl LocalisedText {
    /// A wording in one language.
    pub fn one(language: &str, text: &str) -> Self {
        Self(BTreeMap::from([(language.to_owned(), text.to_owned())]))
    }

    /// The text and its language tag: in `language`, else in English, else in the first language that has one. Both are
    /// empty if no language has one.
    pub fn get(&self, language: &str) -> (&str, &str) {
        self.0
            .get_key_value(language)
            .filter(|(_, text)| !text.trim().is_empty())
            .or_else(|| self.0.get_key_value("en"))
            .or_else(|| self.0.first_key_value())
            .map_or(("", ""), |(tag, text)| (text.as_str(), tag.as_str()))
    }

    /// The text in `language` as a page shows it.
    pub fn wording(&self, language: &str) -> Wording {
        let (text, tag) = self.get(language);
        Wording {
            text: text.to_owned(),
            lang: (tag != language && !tag.is_empty()).then(|| tag.to_owned()),
        }
    }

    /// Which of `wanted` have no text.
    pub fn missing<'a>(&self, wanted: &'a [String]) -> Vec<&'a str> {
        let said = |tag: &str| self.0.get(tag).is_some_and(|text| !text.trim().is_empty());
        wanted
            .iter()
            .map(String::as_str)
            .filter(|tag| !said(tag))
            .collect()
    }

    /// Whether no language has any text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_and_says_which_language_it_is_in() {
        let text = LocalisedText(BTreeMap::from([
            ("en".into(), "Bus".into()),
            ("es".into(), " ".into()),
        ]));
        assert_eq!(
            text.wording("es"),
            Wording {
                text: "Bus".into(),
                lang: Some("en".into())
            }
        );
        assert_eq!(
            text.wording("en"),
            Wording {
                text: "Bus".into(),
                lang: None
            }
        );
        assert_eq!(text.missing(&["en".into(), "es".into()]), ["es"]);
    }
}
