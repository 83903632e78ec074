//! The interface languages: Fluent for every interface string, and the choice of language for a visit.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_locale::{LocaleDirectionality, LocaleExpander};
use rust_embed::RustEmbed;
use serde::Deserialize;
use unic_langid::LanguageIdentifier;

use crate::error::{Error, Result};

/// The Fluent files, `locales/<tag>/*.ftl`, and the notes on languages that aren't complete or reviewed.
#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

/// The complete language. Strings missing in other languages fall back to it.
pub const FALLBACK: &str = "en";

/// How many of the public pages a language covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// The pages families use to answer, plus those behind a receipt.
    Answering,
    /// Every public page.
    #[default]
    Everything,
}

/// The state of a language, from `locales/<tag>/language.toml`. Without that file, the language is complete and was
/// reviewed by a speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Whether a machine wrote the translation and we haven't reviewed it. It stays off until a district turns it on
    /// and names a reviewer.
    #[serde(default)]
    pub machine_draft: bool,
    /// The pages it covers completely.
    #[serde(default)]
    pub covers: Covers,
}

/// The strings of every interface language.
pub struct Languages {
    words: BTreeMap<String, FluentBundle<FluentResource>>,
    about: BTreeMap<String, About>,
}

impl Languages {
    /// Loads the embedded files.
    pub fn load() -> Result<Self> {
        let mut bundles = BTreeMap::new();
        let mut about = BTreeMap::new();
        for path in Locales::iter() {
            let Some((tag, _)) = path.split_once('/') else {
                continue;
            };
            let Some(file) = Locales::get(&path) else {
                continue;
            };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            if path.ends_with(".toml") {
                let read: About = toml::from_str(&text)
                    .map_err(|error| Error::bug(format!("{path}: {error}")))?;
                about.insert(tag.to_owned(), read);
                continue;
            }
            let resource = FluentResource::try_new(text)
                .map_err(|(_, errors)| Error::bug(format!("{path}: {errors:?}")))?;
            if !bundles.contains_key(tag) {
                let language: LanguageIdentifier = tag
                    .parse()
                    .map_err(|_| Error::bug(format!("{tag} is not a language tag")))?;
                let mut bundle = FluentBundle::new_concurrent(vec![language]);
                // Isolation marks are for mixed-direction text within a sentence. Our pages set `dir` on passages
                // instead.
                bundle.set_use_isolating(false);
                bundles.insert(tag.to_owned(), bundle);
            }
            if let Some(bundle) = bundles.get_mut(tag) {
                bundle
                    .add_resource(resource)
                    .map_err(|errors| Error::bug(format!("{path}: {errors:?}")))?;
            }
        }
        Ok(Self {
            words: bundles,
            about,
        })
    }

    /// The language tags, sorted.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The state of a language, or `None` if we don't have it.
    pub fn about(&self, tag: &str) -> Option<About> {
        self.words
            .contains_key(tag)
            .then(|| self.about.get(tag).copied().unwrap_or_default())
    }

    /// The source of our strings in a language, file by file, for reviewers.
    pub fn source(&self, tag: &str) -> Option<String> {
        self.words.get(tag)?;
        let mut files: Vec<_> = Locales::iter()
            .filter(|path| path.starts_with(&format!("{tag}/")) && path.ends_with(".ftl"))
            .collect();
        files.sort_unstable();
        let texts = files.iter().filter_map(|path| Locales::get(path));
        Some(
            texts
                .map(|file| String::from_utf8_lossy(&file.data).into_owned())
                .collect::<Vec<_>>()
                .join("\n"),
        )
    }

    /// Whether to show a language on the pages in `covers`: it must be complete there, and either not a machine draft
    /// or turned on.
    pub fn shows(&self, tag: &str, covers: Covers, turned_on: &[String]) -> bool {
        self.about(tag).is_some_and(|about| {
            about.covers >= covers && (!about.machine_draft || turned_on.iter().any(|on| on == tag))
        })
    }

    /// The languages that cover every public page without being turned on.
    pub fn complete(&self) -> impl Iterator<Item = &str> {
        self.tags()
            .filter(|tag| self.shows(tag, Covers::Everything, &[]))
    }

    /// The text of a key in a language, with its arguments. An unknown key is an internal error.
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
            .filter_map(|tag| self.words.get(*tag))
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

    /// The name of a language in another language: "inglés" for `en` in Spanish. Falls back to the language's own name.
    pub fn name_of(&self, language: &str, tag: &str) -> String {
        let key = format!("language-{tag}");
        let known = self.has(language, &key) || self.has(FALLBACK, &key);
        let said = known.then(|| self.say(language, &key, &[]).ok());
        said.flatten().unwrap_or_else(|| own_name(tag).to_owned())
    }

    /// Whether a language has a key.
    pub fn has(&self, language: &str, key: &str) -> bool {
        self.words
            .get(language)
            .is_some_and(|bundle| bundle.has_message(key))
    }
}

/// The writing direction of a language, as a value of the `dir` attribute.
pub fn direction(tag: &str) -> &'static str {
    const DIRECTIONS: LocaleDirectionality<LocaleExpander> = LocaleDirectionality::new_extended();
    let language = tag.parse::<icu_locale_core::LanguageIdentifier>();
    match language {
        Ok(language) if DIRECTIONS.is_right_to_left(&language) => "rtl",
        _ => "ltr",
    }
}

/// A language's name in that language, for the language menu. Falls back to the tag.
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

/// Picks one of `offered`: the language in the URL, or the browser's preference, or the first one offered.
pub fn choose<'a>(
    offered: &'a [String],
    asked: Option<&str>,
    accept_language: Option<&str>,
) -> &'a str {
    if let Some(tag) = asked.and_then(|asked| offered.iter().find(|tag| *tag == asked)) {
        return tag;
    }
    let accepted = accept_language.unwrap_or_default();
    named_first(offered, accepted).unwrap_or_else(|| weighed(offered, accepted))
}

/// The offered language that matches the browser's first preference. This covers nearly every request; weighing the
/// full list takes longer than sending a page.
fn named_first<'a>(offered: &'a [String], accepted: &str) -> Option<&'a str> {
    let first = accepted.split(',').next()?.trim();
    let language = first.split('-').next()?;
    let mut alike = offered
        .iter()
        .filter(|tag| tag.split('-').next() == Some(language));
    match (alike.next(), alike.next()) {
        (Some(tag), None) if tag == language && !first.contains(';') => Some(tag),
        _ => None,
    }
}

/// The offered language that best matches the browser's weighted list.
fn weighed<'a>(offered: &'a [String], accepted: &str) -> &'a str {
    let wanted = fluent_langneg::accepted_languages::parse(accepted);
    let available: Vec<LanguageIdentifier> =
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
    use proptest::prelude::*;

    use super::*;

    fn offered() -> Vec<String> {
        vec!["en".to_owned(), "es".to_owned()]
    }

    #[test]
    fn the_address_overrides_the_phone_s_language_and_the_phone_overrides_the_default() {
        assert_eq!(choose(&offered(), Some("en"), Some("es-MX,es;q=0.9")), "en");
        assert_eq!(
            choose(&offered(), None, Some("es-MX,es;q=0.9,en;q=0.8")),
            "es"
        );
        assert_eq!(choose(&offered(), Some("xx"), Some("fr")), "en");
    }

    #[test]
    fn a_machine_draft_is_only_shown_once_turned_on_and_only_on_pages_it_covers() {
        let languages = Languages::load().unwrap();
        let on = ["ar".to_owned()];
        assert!(!languages.shows("ar", Covers::Answering, &[]));
        assert!(languages.shows("ar", Covers::Answering, &on));
        assert!(!languages.shows("ar", Covers::Everything, &on));
        assert!(languages.shows("es", Covers::Everything, &[]));
        assert!(!languages.shows("vi", Covers::Answering, &["vi".to_owned()]));
        assert_eq!(languages.complete().collect::<Vec<_>>(), ["en", "es"]);
    }

    proptest! {
        #[test]
        fn the_fast_path_picks_the_language_with_the_highest_weight(
            offered in prop::sample::subsequence(vec!["en", "es", "ar", "zh", "hmn"], 1..5),
            accepted in prop::collection::vec("(en|es|ar|zh|hmn|fr)(-(US|MX|TW|419))?(;q=0[.][1-9])?", 1..4),
        ) {
            let offered: Vec<String> = offered.into_iter().map(str::to_owned).collect();
            let accepted = accepted.join(",");
            if let Some(tag) = named_first(&offered, &accepted) {
                prop_assert_eq!(tag, weighed(&offered, &accepted));
            }
        }
    }

    #[test]
    fn right_to_left_languages_are_recognized_by_their_script() {
        for tag in [
            "ar", "ur-PK", "fa", "he", "ps", "yi", "ckb", "dv", "sd", "pa-Arab",
        ] {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
        for tag in ["en", "es", "hmn", "so", "pa", "ar-Latn", "not a tag"] {
            assert_eq!(direction(tag), "ltr", "{tag}");
        }
    }
}
