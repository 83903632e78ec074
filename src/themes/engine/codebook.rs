//! A codebook document: a round's themes, each with a definition for people and rules for counting.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write as _},
};

use serde::{Deserialize, Serialize};

use super::matcher::{Rule, Spellings, Terms};
use super::rule::{Term, TermWord};
use crate::files::{parse_toml, shown};
use crate::localized::LocalizedText;
use crate::themes::text::Language;

/// A codebook as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// What's new in this version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Accepted spellings by language tag: a word as people type it, and the word they mean. The text of a comment
    /// never changes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub spellings: BTreeMap<String, BTreeMap<String, String>>,
    /// The themes, in display order.
    #[serde(default)]
    pub themes: Vec<Theme>,
}

/// A theme as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The key, the same in every version: lowercase letters, digits, and hyphens.
    pub key: String,
    /// The theme's name.
    pub name: LocalizedText,
    /// What it is about.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub definition: LocalizedText,
    /// What belongs here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<String>,
    /// What does not belong here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude: Option<String>,
    /// A typical comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The key of its parent theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its terms, by language tag.
    #[serde(default)]
    pub rules: BTreeMap<String, RuleText>,
}

/// A theme's terms in one language, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// The comment must contain at least one of these.
    #[serde(default)]
    pub any: Vec<String>,
    /// The comment must contain none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
}

/// A theme ready to count with.
#[derive(Clone, Debug)]
pub struct CompiledTheme {
    /// The theme's key.
    pub key: String,
    /// Its terms, stemmed.
    pub rule: Rule,
}

/// An error in a codebook, in words for its author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// The key of the theme, if the error is about one; `theme 3` if it has no key.
    pub theme: Option<String>,
    /// The language tag of the rule, if the error is about one.
    pub language: Option<String>,
    /// The term as written, if the error is about one.
    pub term: Option<String>,
    /// What's wrong and how to fix it.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(theme) = &self.theme {
            write!(f, "theme {}: ", shown(theme))?;
        }
        if let Some(term) = &self.term {
            let language = self.language.as_deref().unwrap_or_default();
            write!(f, "term {} ({}): ", shown(term), shown(language))?;
        }
        // A reason may quote user input.
        for letter in self.reason.chars() {
            f.write_char(if letter.is_control() { ' ' } else { letter })?;
        }
        Ok(())
    }
}

impl Codebook {
    /// Parses a codebook from TOML and compiles it. The error lists every fault.
    pub fn parse(toml: &str) -> Result<(Self, Vec<CompiledTheme>), Vec<Fault>> {
        let codebook: Self = parse_toml(toml).map_err(|error| {
            vec![Fault {
                reason: error.to_string(),
                ..Fault::default()
            }]
        })?;
        let themes = codebook.compile()?;
        Ok((codebook, themes))
    }

    /// The codebook as TOML. Round-trips through [`Codebook::parse`].
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }

    /// Compiles every theme, or lists everything that's wrong.
    pub fn compile(&self) -> Result<Vec<CompiledTheme>, Vec<Fault>> {
        let mut faults = Vec::new();
        let spellings = self.spellings(&mut faults);
        let mut keys = BTreeSet::new();
        let counting = self.counting();
        let mut compiled = Vec::with_capacity(self.themes.len());
        for (at, theme) in self.themes.iter().enumerate() {
            let label = if theme.key.is_empty() {
                (at + 1).to_string()
            } else {
                theme.key.clone()
            };
            let mut wrong = |reason: &str| {
                faults.push(Fault {
                    theme: Some(label.clone()),
                    reason: reason.to_owned(),
                    ..Fault::default()
                });
            };
            if !is_key(&theme.key) {
                wrong("a key uses lowercase letters, digits, and hyphens");
            }
            if !keys.insert(theme.key.as_str()) {
                wrong("another theme has the same key");
            }
            if theme.name.is_empty() {
                wrong("a theme needs a name");
            }
            if let Some(parent) = self.parent_fault(theme) {
                wrong(&parent);
            }
            if !counting.contains(theme.key.as_str()) {
                wrong(
                    "a theme needs at least one term that comments can match (any = [\"…\"]), or a subtheme that has one",
                );
            }
            compiled.push(CompiledTheme {
                key: theme.key.clone(),
                rule: Rule::new(&theme.terms(&label, &mut faults)).spelled(&spellings),
            });
        }
        if faults.is_empty() {
            Ok(compiled)
        } else {
            Err(faults)
        }
    }

    /// Finds a theme by key.
    pub fn theme(&self, key: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.key == key)
    }

    /// The accepted spellings, ready for matching. Anything that isn't a single word is a fault.
    fn spellings(&self, faults: &mut Vec<Fault>) -> Spellings {
        let mut spellings = Spellings::new();
        for (tag, written) in &self.spellings {
            let mut wrong = |reason: String| {
                faults.push(Fault {
                    language: Some(tag.clone()),
                    reason: format!("spellings ({tag}): {reason}"),
                    ..Fault::default()
                });
            };
            let language: Language = match tag.parse() {
                Ok(language) => language,
                Err(error) => {
                    wrong(error.to_string());
                    continue;
                }
            };
            let table = spellings.entry(language).or_default();
            for (written, meant) in written {
                match (single_word(written), single_word(meant)) {
                    (Some(written), Some(meant)) => drop(table.insert(written, meant)),
                    (None, _) => wrong(format!("“{}” is not a single word", shown(written))),
                    (_, None) => wrong(format!("“{}” is not a single word", shown(meant))),
                }
            }
        }
        spellings
    }

    /// The languages of the rules.
    pub fn languages(&self) -> BTreeSet<Language> {
        let tags = self.themes.iter().flat_map(|theme| theme.rules.keys());
        tags.filter_map(|tag| tag.parse().ok()).collect()
    }

    /// The keys of themes that comments can be in: those with terms, and those with a subtheme that has terms.
    pub(crate) fn counting(&self) -> BTreeSet<&str> {
        let themes = self.themes.iter();
        let wholes: BTreeMap<&str, &str> = themes
            .filter_map(|theme| Some((theme.key.as_str(), theme.parent.as_deref()?)))
            .collect();
        let mut counting = BTreeSet::new();
        for theme in &self.themes {
            if theme.rules.values().all(|rule| rule.any.is_empty()) {
                continue;
            }
            let mut next = Some(theme.key.as_str());
            while let Some(key) = next.filter(|key| counting.insert(*key)) {
                next = wholes.get(key).copied();
            }
        }
        counting
    }

    /// What's wrong with a theme's parent, if anything.
    fn parent_fault(&self, theme: &Theme) -> Option<String> {
        let find = |key: &str| self.themes.iter().find(|theme| theme.key == key);
        let mut above = theme.parent.as_deref()?;
        if find(above).is_none() {
            return Some(format!(
                "its parent “{above}” is not a theme of this codebook"
            ));
        }
        // A chain of parents longer than the list of themes must be a cycle.
        for _ in &self.themes {
            if above == theme.key {
                return Some("it is its own parent, directly or through other themes".to_owned());
            }
            above = find(above)?.parent.as_deref()?;
        }
        None
    }
}

impl Theme {
    /// The terms in every language. Terms that can't be parsed become faults.
    fn terms(&self, label: &str, faults: &mut Vec<Fault>) -> BTreeMap<Language, Terms> {
        let mut terms: BTreeMap<Language, Terms> = BTreeMap::new();
        for (tag, rule) in &self.rules {
            let mut wrong = |term: Option<&String>, reason: String| {
                faults.push(Fault {
                    theme: Some(label.to_owned()),
                    language: Some(tag.clone()),
                    term: term.cloned(),
                    reason,
                });
            };
            let language: Language = match tag.parse() {
                Ok(language) => language,
                Err(error) => {
                    wrong(None, error.to_string());
                    continue;
                }
            };
            if terms.contains_key(&language) {
                wrong(
                    None,
                    format!("it has two rules for the language {language}"),
                );
            }
            let mut read = |written: &[String]| {
                let mut read = Vec::with_capacity(written.len());
                for text in written {
                    match text.parse::<Term>() {
                        Ok(term) => read.push(term),
                        Err(fault) => wrong(Some(text), fault.to_string()),
                    }
                }
                read
            };
            let read = Terms {
                any: read(&rule.any),
                none: read(&rule.none),
            };
            terms.insert(language, read);
        }
        terms
    }
}

/// The text as one folded word, if it's a single word.
fn single_word(text: &str) -> Option<String> {
    match text.parse() {
        Ok(Term::Word(TermWord::Stem(word))) => Some(word),
        _ => None,
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A key that no other theme has.
pub(crate) fn free_key(name: &str, taken: &mut BTreeSet<String>) -> String {
    let base = match slug::slugify(name) {
        empty if empty.is_empty() => "theme".to_owned(),
        key => key,
    };
    let numbered = |number: usize| match number {
        1 => base.clone(),
        _ => format!("{base}-{number}"),
    };
    let free = (1..=taken.len() + 1)
        .map(numbered)
        .find(|key| !taken.contains(key));
    let free = free.unwrap_or(base);
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests;
