//! quanteda dictionaries in YAML: keys with lists of patterns, and nested keys.
//!
//! A key becomes a theme and a nested key a subtheme, so that a theme counts what its subthemes count, like quanteda's
//! lookup at each level. A pattern of several words becomes a phrase; `bus*` stays the same. A negated category, such
//! as `neg_positive` in the sentiment dictionaries, is a theme like any other. One difference: we match a pattern
//! without `*` by its stem, so `school` matches schools too.
//!
//! Benoit et al. (2018), *quanteda: An R package for the quantitative analysis of textual data*, JOSS 3(30), 774.

use std::collections::{BTreeMap, BTreeSet};

use super::ReadCodebook;
use super::yaml::{self, Node, Value};
use crate::error::{Error, Result};
use crate::files::shown;
use crate::localized::LocalizedText;
use crate::themes::engine::codebook::free_key;
use crate::themes::engine::codebook::{Codebook, Fault, RuleText, Theme};
use crate::themes::engine::rule::Term;
use crate::themes::text::Language;

/// Reads a dictionary. Its patterns apply to each of the languages, or to English if that's empty. Patterns that can't
/// be expressed as rules are left out and reported.
pub fn read(text: &str, languages: &[Language]) -> Result<ReadCodebook> {
    let node = yaml::read(text)?;
    let Value::Keys(keys) = node.value else {
        return Err(Error::Invalid(format!(
            "line {}: a dictionary starts with a key, such as transport: [bus*, \"drop off\"]",
            node.line
        )));
    };
    let tags = if languages.is_empty() {
        vec![Language::ENGLISH]
    } else {
        languages.to_vec()
    };
    let mut dictionary = Dictionary {
        tags: tags.iter().map(ToString::to_string).collect(),
        taken: BTreeSet::new(),
        themes: Vec::new(),
        left_out: Vec::new(),
    };
    for (key, node) in keys {
        dictionary.theme(&key, None, &[], node);
    }
    dictionary.finish()
}

/// A dictionary being converted to a codebook.
struct Dictionary {
    tags: Vec<String>,
    taken: BTreeSet<String>,
    themes: Vec<Theme>,
    left_out: Vec<Fault>,
}

impl Dictionary {
    /// Adds a key with everything below it: first its own theme, then its subthemes.
    fn theme(&mut self, name: &str, parent: Option<&str>, path: &[&str], node: Node) {
        let path = [path, &[name]].concat();
        let key = free_key(&path.join("-"), &mut self.taken);
        let (mut patterns, mut parts) = (Vec::new(), Vec::new());
        sort(node, &mut patterns, &mut parts);
        let mut any = Vec::new();
        for (line, pattern) in patterns {
            match term(&pattern) {
                Ok(term) if any.contains(&term) => {}
                Ok(term) => any.push(term),
                Err(reason) => self.left_out.push(Fault {
                    reason: format!("line {line}: “{}”: {reason}", shown(&pattern)),
                    ..Fault::default()
                }),
            }
        }
        let rule = RuleText {
            any,
            none: Vec::new(),
        };
        let rules = if rule.any.is_empty() {
            BTreeMap::new()
        } else {
            let tags = self.tags.iter();
            tags.map(|tag| (tag.clone(), rule.clone())).collect()
        };
        self.themes.push(Theme {
            key: key.clone(),
            name: LocalizedText::one("en", name.trim()),
            parent: parent.map(str::to_owned),
            rules,
            ..Theme::default()
        });
        for (name, node) in parts {
            self.theme(&name, Some(&key), &path, node);
        }
    }

    /// The codebook, without themes that have no patterns left.
    fn finish(self) -> Result<ReadCodebook> {
        let mut codebook = Codebook {
            note: "From a quanteda dictionary.".to_owned(),
            themes: self.themes,
            ..Codebook::default()
        };
        let counting: BTreeSet<String> =
            codebook.counting().into_iter().map(str::to_owned).collect();
        codebook
            .themes
            .retain(|theme| counting.contains(&theme.key));
        if codebook.themes.is_empty() {
            return Err(Error::Invalid(
                "no key has a pattern that a rule can express".to_owned(),
            ));
        }
        let compiled = codebook.compile().map(|_| ());
        compiled.map_err(|faults| {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Error::Invalid(faults.join("; "))
        })?;
        Ok(ReadCodebook {
            codebook,
            left_out: self.left_out,
        })
    }
}

/// Separates a value's patterns (with line numbers) from its nested keys. A list may contain both.
fn sort(node: Node, patterns: &mut Vec<(usize, String)>, parts: &mut Vec<(String, Node)>) {
    match node.value {
        Value::Nothing => {}
        Value::Text(pattern) => patterns.push((node.line, pattern)),
        Value::List(list) => {
            for node in list {
                sort(node, patterns, parts);
            }
        }
        Value::Keys(keys) => parts.extend(keys),
    }
}

/// Converts a pattern to a rule's term.
fn term(pattern: &str) -> std::result::Result<String, String> {
    let words: Vec<&str> = pattern.split_whitespace().collect();
    let written = match words.as_slice() {
        [word] => (*word).to_owned(),
        words => format!("\"{}\"", words.join(" ")),
    };
    match written.parse::<Term>() {
        Ok(_) => Ok(written),
        Err(fault) => Err(fault.reason),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DICTIONARY: &str = "
# As quanteda's as.yaml() writes one.
TRANSPORT:
  BUS:
    - bus*
    - school bus
    - Bus*
  WALKING: [sidewalk*, \"drop-off\"]
  other: car
FOOD:
  - lunch
  - DRINKS: [milk, no]
  - cafeteria
neg_positive:
  - not good
empty: []
";

    fn keys(codebook: &Codebook) -> Vec<(&str, Option<&str>)> {
        let themes = codebook.themes.iter();
        themes
            .map(|theme| (theme.key.as_str(), theme.parent.as_deref()))
            .collect()
    }

    #[test]
    fn keys_become_themes_and_nested_keys_their_parts() {
        let read = read(DICTIONARY, &[]).unwrap();
        assert_eq!(
            keys(&read.codebook),
            [
                ("transport", None),
                ("transport-bus", Some("transport")),
                ("transport-walking", Some("transport")),
                ("transport-other", Some("transport")),
                ("food", None),
                ("food-drinks", Some("food")),
                ("neg-positive", None),
            ]
        );
        assert_eq!(read.left_out, []);
        assert_eq!(read.codebook.themes[1].name.get("en").0, "BUS");
        assert_eq!(
            read.codebook.themes[1].rules["en"].any,
            ["bus*", "\"school bus\"", "Bus*"]
        );
        assert_eq!(read.codebook.themes[5].rules["en"].any, ["milk", "no"]);
        assert!(read.codebook.themes[0].rules.is_empty());
    }

    #[test]
    fn patterns_match_what_quanteda_matches() {
        let read = read(DICTIONARY, &[Language::ENGLISH]).unwrap();
        let themes = read.codebook.compile().unwrap();
        let of = |text: &str| -> Vec<&str> {
            let themes = themes.iter();
            themes
                .filter(|theme| theme.rule.matches(text, Language::ENGLISH))
                .map(|theme| theme.key.as_str())
                .collect()
        };
        assert_eq!(
            of("BUSES and sidewalks"),
            ["transport-bus", "transport-walking"]
        );
        assert_eq!(of("It is not good, no"), ["food-drinks", "neg-positive"]);
        assert_eq!(of("the good lunch"), ["food"]);
    }

    #[test]
    fn patterns_apply_to_every_requested_language() {
        let read = read("a: [plan*]", &["en".parse().unwrap(), Language::SPANISH]).unwrap();
        let rules: Vec<&String> = read.codebook.themes[0].rules.keys().collect();
        assert_eq!(rules, ["en", "es"]);
    }

    #[test]
    fn patterns_that_no_rule_can_express_are_left_out_and_listed() {
        let read = read("a: [bus, 'b*s', 'labo?r', '9/11']\nb: [':)']\n", &[]).unwrap();
        assert_eq!(keys(&read.codebook), [("a", None)]);
        assert_eq!(read.left_out.len(), 4);
        let told = read.left_out_in_words().unwrap();
        assert!(
            told.starts_with("4 patterns were left out") && told.contains("line 1: “b*s”: *"),
            "{told}"
        );
    }

    #[test]
    fn a_file_that_is_not_a_dictionary_is_refused_with_an_example() {
        for (text, words) in [
            ("- bus\n", "line 1: a dictionary starts with a key"),
            ("bus", "line 1: a dictionary starts with a key"),
            ("a:\nb: []\n", "no key has a pattern"),
        ] {
            let fault = read(text, &[]).unwrap_err().to_string();
            assert!(fault.contains(words), "{text:?}: {fault}");
        }
    }

    #[test]
    fn similar_names_get_different_keys() {
        let read = read("a b: [x]\na-b: [y]\na:\n  b: [z]\n¿?: [w]\n", &[]).unwrap();
        let keys: Vec<_> = keys(&read.codebook)
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(keys, ["a-b", "a-b-2", "a", "a-b-3", "theme"]);
    }

    proptest! {
        #[test]
        fn any_dictionary_that_can_be_read_becomes_a_codebook_that_reads_back(
            text in "([ ]{0,3}[-?]? ?[a-zA-Z*:_'\"\\[\\]{},&!|>#%é ]{0,12}\n){0,8}|.{0,60}"
        ) {
            match read(&text, &[]) {
                Ok(read) => {
                    let toml = read.codebook.to_toml().unwrap();
                    prop_assert_eq!(Codebook::parse(&toml).unwrap().0, read.codebook);
                }
                Err(error) => prop_assert!(!error.to_string().contains('\n')),
            }
        }
    }
}
