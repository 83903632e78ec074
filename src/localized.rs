//! Localized text: one type for every public wording.

use std::collections::BTreeMap;

use icu_locale::LocaleExpander;
use icu_locale_core::LanguageIdentifier;
use icu_locale_core::subtags::Script;
use serde::{Deserialize, Serialize};

/// How the tag of a shared text starts. BCP 47: `und` is a language that isn't determined, and a script follows.
const SHARED: &str = "und-";

/// A wording by language tag, such as `{ en = "Bus", es = "Autobús" }`.
///
/// A proper name is often the same in many languages. It can be written once as a shared text: `und-Latn` is for every
/// language that is written in Latin letters and has no text of its own. A language in another script isn't covered.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalizedText(pub BTreeMap<String, String>);

/// A wording as a page shows it: the text, and its language if that is not the page's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The text itself.
    pub text: String,
    /// The `lang` attribute that the text needs, if any.
    pub lang: Option<String>,
}

impl LocalizedText {
    /// A wording in one language.
    pub fn one(language: &str, text: &str) -> Self {
        Self(BTreeMap::from([(language.to_owned(), text.to_owned())]))
    }

    /// A shared text: the same in every language that is written in the same script as this one.
    pub fn shared(language: &str, text: &str) -> Self {
        let script =
            script(language).map_or_else(|| "Latn".to_owned(), |script| script.to_string());
        Self::one(&format!("{SHARED}{script}"), text)
    }

    /// Whether there is a shared text.
    pub fn is_shared(&self) -> bool {
        self.shared_texts().next().is_some()
    }

    /// The shared texts with their tags: at most one for each script.
    fn shared_texts(&self) -> impl Iterator<Item = (&String, &String)> {
        let texts = self.0.iter();
        texts.filter(|(tag, text)| tag.starts_with(SHARED) && !text.trim().is_empty())
    }

    /// The text for readers of a language, with its tag: its own, or the shared one in its script.
    fn own_or_shared(&self, language: &str) -> Option<(&String, &String)> {
        let own = self.0.get_key_value(language);
        own.filter(|(_, text)| !text.trim().is_empty())
            .or_else(|| self.shared_texts().find(|(tag, _)| covers(tag, language)))
    }

    /// The text in a language, if it has one: its own, or the shared one in its script.
    pub fn said(&self, language: &str) -> Option<&str> {
        self.own_or_shared(language).map(|(_, text)| text.as_str())
    }

    /// The text and its language tag: in `language`, else in English, else shared in another script, else in the first
    /// language that has one. Both are empty if no language has one.
    pub fn get(&self, language: &str) -> (&str, &str) {
        self.own_or_shared(language)
            .or_else(|| self.0.get_key_value("en"))
            .or_else(|| self.shared_texts().next())
            .or_else(|| self.0.first_key_value())
            .map_or(("", ""), |(tag, text)| (text.as_str(), tag.as_str()))
    }

    /// The text in `language` as a page shows it.
    pub fn wording(&self, language: &str) -> Wording {
        let (text, tag) = self.get(language);
        let is_ours = tag.is_empty() || tag == language || covers(tag, language);
        Wording {
            text: text.to_owned(),
            lang: (!is_ours).then(|| tag.to_owned()),
        }
    }

    /// Which of `wanted` have no text.
    pub fn missing<'a>(&self, wanted: &'a [String]) -> Vec<&'a str> {
        wanted
            .iter()
            .map(String::as_str)
            .filter(|tag| self.said(tag).is_none())
            .collect()
    }

    /// This text, from a file, plus the translations in `before` in languages that the file leaves out. If the file
    /// changes any existing text, the other translations are dropped, because they no longer match.
    #[must_use]
    pub fn with_translations_of(&self, before: Option<&Self>) -> Self {
        let Some(before) = before else {
            return self.clone();
        };
        let changed = |(tag, words): (&String, &String)| {
            let old = before.0.get(tag);
            old.is_some_and(|old| old.trim() != words.trim())
        };
        // Whether a name is shared is up to the file. If that changes, there's no tag to compare the names by.
        let was_shared = before.is_shared();
        let renamed = self.is_shared() != was_shared && self.get("en").0 != before.get("en").0;
        if renamed || self.0.iter().any(changed) {
            return self.clone();
        }
        let mut words = before.clone();
        if was_shared && !self.is_shared() {
            words.0.retain(|tag, _| !tag.starts_with(SHARED));
        }
        words.0.extend(self.0.clone());
        words
    }

    /// Whether no language has any text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
}

/// Whether the tag of a shared text is for readers of a language: it names the script of that language.
fn covers(tag: &str, language: &str) -> bool {
    tag.starts_with(SHARED) && script(tag).is_some_and(|shared| script(language) == Some(shared))
}

/// The script that a language is written in, as far as Unicode's likely subtags know.
fn script(language: &str) -> Option<Script> {
    const EXPANDER: LocaleExpander = LocaleExpander::new_extended();
    let language: LanguageIdentifier = language.parse().ok()?;
    EXPANDER.get_likely_script(&language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_text_covers_languages_in_its_script_that_have_no_text_yet() {
        let mut name = LocalizedText::shared("en", "Oak Elementary");
        assert_eq!(name, LocalizedText::one("und-Latn", "Oak Elementary"));
        for tag in ["en", "es", "vi", "so", "ht", "hmn", "tl", "zh-Latn"] {
            assert_eq!(name.said(tag), Some("Oak Elementary"), "{tag}");
            assert_eq!(name.wording(tag).lang, None, "{tag}");
        }
        for tag in ["ar", "ur", "zh", "ru", "uk", "ko", "am", "not a tag"] {
            assert_eq!(name.said(tag), None, "{tag}");
            assert_eq!(
                name.wording(tag),
                Wording {
                    text: "Oak Elementary".into(),
                    lang: Some("und-Latn".into())
                },
                "{tag}"
            );
        }
        name.0.insert("es".into(), "Primaria Oak".into());
        name.0.insert("ar".into(), "مدرسة أوك الابتدائية".into());
        assert_eq!(name.get("es"), ("Primaria Oak", "es"));
        assert_eq!(name.get("en"), ("Oak Elementary", "und-Latn"));
        assert_eq!(name.get("ru"), ("Oak Elementary", "und-Latn"));
        let wanted = ["en", "es", "ar", "zh", "vi"].map(str::to_owned);
        assert_eq!(name.missing(&wanted), ["zh"]);
    }

    fn text(words: &[(&str, &str)]) -> LocalizedText {
        let words = words.iter();
        LocalizedText(
            words
                .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn importing_a_file_again_keeps_the_translations_of_unchanged_text() {
        let stored = text(&[("en", "Families"), ("ar", "العائلات")]);
        let again = text(&[("en", "Families"), ("es", "Familias")]);
        let both = text(&[("en", "Families"), ("es", "Familias"), ("ar", "العائلات")]);
        assert_eq!(again.with_translations_of(Some(&stored)), both);
        let changed = text(&[("en", "Parents")]);
        assert_eq!(changed.with_translations_of(Some(&stored)), changed);
    }

    #[test]
    fn a_shared_name_keeps_its_translations_until_the_file_changes_it() {
        let arabic = ("ar", "مدرسة أوك");
        let plain = text(&[("und-Latn", "Oak")]);
        let stored = text(&[("und-Latn", "Oak"), arabic]);
        assert_eq!(plain.with_translations_of(Some(&stored)), stored);

        // The file now has a name for each language, and later a shared name again.
        let each = text(&[("en", "Oak"), ("es", "Roble")]);
        let with_each = text(&[("en", "Oak"), ("es", "Roble"), arabic]);
        assert_eq!(each.with_translations_of(Some(&stored)), with_each);
        let again = plain.with_translations_of(Some(&with_each));
        assert_eq!(again.said("ar"), Some("مدرسة أوك"));
        assert_eq!(again.said("vi"), Some("Oak"));

        for renamed in [
            text(&[("und-Latn", "Elm")]),
            text(&[("en", "Elm"), ("es", "Olmo")]),
        ] {
            assert_eq!(renamed.with_translations_of(Some(&stored)), renamed);
            assert_eq!(renamed.with_translations_of(Some(&with_each)), renamed);
        }
    }

    #[test]
    fn a_missing_language_falls_back_to_another_and_names_it() {
        let text = LocalizedText(BTreeMap::from([
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
