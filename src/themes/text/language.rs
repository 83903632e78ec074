//! The language that a comment is written in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The primary subtag of a language tag (`es` in `es-MX`): two to eight letters, in lowercase.
///
/// Any language is valid. If Chorus doesn't know its function words or stemmer, words are compared as written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 8]);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0\0\0\0\0\0");
    /// Spanish.
    pub const SPANISH: Self = Self(*b"es\0\0\0\0\0\0");
    /// Arabic.
    pub const ARABIC: Self = Self(*b"ar\0\0\0\0\0\0");
    /// Unknown; disables everything language-specific.
    pub const UNDETERMINED: Self = Self(*b"und\0\0\0\0\0");

    /// Sorts languages by tag, but English first, because it's the default language.
    pub fn english_first(languages: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut all: Vec<Self> = languages.into_iter().collect();
        all.sort_unstable_by_key(|language| (*language != Self::ENGLISH, *language));
        all
    }

    /// The tag, such as `en`.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0)
            .unwrap_or_default()
            .trim_end_matches('\0')
    }
}

/// The error for text that isn't a language tag.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a language tag; tags look like en, es, or zh")]
pub struct NoLanguageTag(String);

impl FromStr for Language {
    type Err = NoLanguageTag;

    fn from_str(tag: &str) -> Result<Self, NoLanguageTag> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let letters = primary.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !letters || !(2..=8).contains(&primary.len()) {
            return Err(NoLanguageTag(tag.to_owned()));
        }
        let mut bytes = [0; 8];
        for (place, letter) in bytes.iter_mut().zip(primary.bytes()) {
            *place = letter.to_ascii_lowercase();
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Language {
    type Error = NoLanguageTag;

    fn try_from(tag: String) -> Result<Self, NoLanguageTag> {
        tag.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.as_str().to_owned()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_or_script_does_not_change_the_words() {
        assert_eq!("es-MX".parse(), Ok(Language::SPANISH));
        assert_eq!("EN_us".parse(), Ok(Language::ENGLISH));
        assert_eq!("zh-Hant".parse::<Language>().unwrap().as_str(), "zh");
    }

    #[test]
    fn an_invalid_tag_is_refused_by_name() {
        for tag in ["", "e", "12", "english language", "abcdefghi"] {
            let fault = tag.parse::<Language>().unwrap_err().to_string();
            assert!(fault.contains(tag), "{fault}");
        }
    }
}
