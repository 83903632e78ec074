//! The languages of the pages: Fluent for every word of ours, and which language a visit is in.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::error::{Error, Result};

/// The Fluent files, `locales/<tag>/*.ftl`.
#[derive(RustEmbed)]
#[folder = "locales/"]
#[include = "*.ftl"]
struct Locales;

/// The language whose words are complete; others fall back to it word by word.
pub const FALLBACK: &str = "en";

/// Languages that are written from right to left (ISO 639-1 and -3 tags of those that districts meet).
const RIGHT_TO_LEFT: &[&str] = &["ar", "fa", "he", "ps", "ur", "yi", "ckb", "dv", "sd"];

/// The words of every language that we speak.
pub struct Languages(BTreeMap<String, FluentBundle<FluentResource>>);

impl Languages {
    /// Reads the files inside the program.
    pub fn load() -> Result<Self> {
        let mut bundles = BTreeMap::new();
        for path in Locales::iter() {
            let Some((tag, _)) = path.split_once('/') else {
                continue;
            };
            let Some(file) = Locales::get(&path) else {
                continue;
            };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(text)
                .map_err(|(_, errors)| Error::bug(format!("{path}: {errors:?}")))?;
            if !bundles.contains_key(tag) {
                let language: LanguageIdentifier = tag
                    .parse()
                    .map_err(|_| Error::bug(format!("{tag} is no language tag")))?;
                let mut bundle = FluentBundle::new_concurrent(vec![language]);
                // The marks are for text of mixed direction inside a sentence; our pages set `dir` on passages instead.
                bundle.set_use_isolating(false);
                bundles.insert(tag.to_owned(), bundle);
            }
            if let Some(bundle) = bundles.get_mut(tag) {
                bundle
                    .add_resource(resource)
                    .map_err(|errors| Error::bug(format!("{path}: {errors:?}")))?;
            }
        }
        Ok(Self(bundles))
    }

    /// The tags of the languages, sorted.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether we speak a language.
    pub fn speaks(&self, tag: &str) -> bool {
        self.0.contains_key(tag)
    }

    /// The words of a key in a language, with the parts that they mention. An unknown key is a bug and says so.
    pub fn say(
        &self,
        language: &str,
        key: &str,
        parts: &[(&str, FluentValue<'_>)],
    ) -> Result<String> {
        let mut arguments = FluentArgs::new();
        for (name, value) in parts {
            arguments.set((*name).to_owned(), value.clone());
        }
        [language, FALLBACK]
            .iter()
            .filter_map(|tag| self.0.get(*tag))
            .find_map(|bundle| {
                let pattern = bundle.get_message(key)?.value()?;
                Some(
                    bundle
                        .format_pattern(pattern, Some(&arguments), &mut Vec::new())
                        .into_owned(),
                )
            })
            .ok_or_else(|| Error::bug(format!("no words for “{key}”")))
    }

    /// The keys of a language, for the test that compares languages.
    pub fn has(&self, language: &str, key: &str) -> bool {
        self.0
            .get(language)
            .is_some_and(|bundle| bundle.has_message(key))
    }
}

/// Which way a language is written, as the `dir` attribute says it.
pub fn direction(tag: &str) -> &'static str {
    let language = tag.split('-').next().unwrap_or(tag);
    if RIGHT_TO_LEFT.contains(&language) {
        "rtl"
    } else {
        "ltr"
    }
}

/// The name of a language in itself, as the chooser shows it; the tag where we do not know it.
pub fn own_name(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "es" => "Español",
        "ar" => "العربية",
        "zh" => "中文",
        "vi" => "Tiếng Việt",
        "pt" => "Português",
        "ru" => "Русский",
        "ht" => "Kreyòl ayisyen",
        "hmn" => "Hmoob",
        "ur" => "اردو",
        "tl" => "Tagalog",
        "ko" => "한국어",
        "so" => "Soomaali",
        "fr" => "Français",
        "uk" => "Українська",
        other => other,
    }
}

/// The first of `offered` that fits: what the address asks for, else what the phone prefers, else the first offered.
pub fn choose<'a>(
    offered: &'a [String],
    asked: Option<&str>,
    accept_language: Option<&str>,
) -> &'a str {
    if let Some(tag) = asked.and_then(|asked| offered.iter().find(|tag| *tag == asked)) {
        return tag;
    }
    let wanted = fluent_langneg::accepted_languages::parse(accept_language.unwrap_or_default());
    let available: Vec<fluent_langneg::LanguageIdentifier> =
        offered.iter().filter_map(|tag| tag.parse().ok()).collect();
    let matches = fluent_langneg::negotiate_languages(
        &wanted,
        &available,
        None,
        fluent_langneg::NegotiationStrategy::Lookup,
    );
    let chosen = matches.first().map(ToString::to_string);
    chosen
        .and_then(|chosen| offered.iter().find(|tag| **tag == chosen))
        .or_else(|| offered.first())
        .map_or(FALLBACK, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered() -> Vec<String> {
        vec!["en".to_owned(), "es".to_owned()]
    }

    #[test]
    fn the_address_wins_over_the_phone_and_the_phone_over_the_first_language() {
        assert_eq!(choose(&offered(), Some("en"), Some("es-MX,es;q=0.9")), "en");
        assert_eq!(
            choose(&offered(), None, Some("es-MX,es;q=0.9,en;q=0.8")),
            "es"
        );
        assert_eq!(choose(&offered(), Some("xx"), Some("fr")), "en");
    }

    #[test]
    fn arabic_and_urdu_run_from_right_to_left() {
        assert_eq!(
            (direction("ar"), direction("ur-PK"), direction("es")),
            ("rtl", "rtl", "ltr")
        );
    }
}
