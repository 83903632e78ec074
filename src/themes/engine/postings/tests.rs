use proptest::prelude::*;

use super::*;

fn rule(terms: &[(&str, &[&str], &[&str])]) -> Rule {
    let parse = |terms: &[&str]| terms.iter().map(|term| term.parse().unwrap()).collect();
    let terms = terms.iter().map(|(tag, any, none)| {
        (
            tag.parse().unwrap(),
            Terms {
                any: parse(any),
                none: parse(none),
            },
        )
    });
    Rule::new(&terms.collect())
}

fn found(postings: &Postings, rule: &Rule) -> Vec<u32> {
    postings.evaluate(rule).into_iter().collect()
}

#[test]
fn a_rule_finds_comments_in_every_language() {
    let mut postings = Postings::default();
    postings.insert(1, Language::ENGLISH, "Buses are late");
    postings.insert(2, Language::SPANISH, "Los autobuses llegan tarde");
    postings.insert(3, Language::ENGLISH, "A business trip by bus");
    postings.insert(4, Language::ENGLISH, "Food");
    let rule = rule(&[
        ("en", &["bus*"], &["\"business trip\""]),
        ("es", &["autob*"], &[]),
    ]);
    assert_eq!(found(&postings, &rule), [1, 2]);
}

#[test]
fn a_corrected_or_withdrawn_comment_is_no_longer_found() {
    let mut postings = Postings::default();
    postings.insert(1, Language::ENGLISH, "buses");
    postings.insert(2, Language::ENGLISH, "buses");
    postings.insert(1, Language::SPANISH, "comida");
    postings.remove(2);
    postings.remove(9);
    assert_eq!(
        found(&postings, &rule(&[("en", &["bus*"], &[])])),
        Vec::<u32>::new()
    );
    assert_eq!(found(&postings, &rule(&[("es", &["comidas"], &[])])), [1]);
    assert_eq!(postings.len(), 1);
}

/// A change to the postings: insert or remove a comment.
#[derive(Clone, Debug)]
enum Step {
    Insert(u32, bool, String),
    Remove(u32),
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "bus",
        "Buses",
        "drop",
        "off",
        "drop-off",
        "dropped",
        "school-bus",
        "the",
        "5",
        "niño",
        "niños",
        "not",
    ]);
    prop::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let insert = (0_u32..12, prop::bool::ANY, text())
        .prop_map(|(ordinal, english, text)| Step::Insert(ordinal, english, text));
    prop::collection::vec(
        prop_oneof![3 => insert, 1 => (0_u32..12).prop_map(Step::Remove)],
        0..40,
    )
}

fn terms() -> impl Strategy<Value = Vec<&'static str>> {
    let term = prop::sample::select(vec![
        "bus",
        "bus*",
        "\"drop off\"",
        "\"drop* off\"",
        "drop-off",
        "\"the school bus\"",
        "bus NEAR/1 off",
        "\"drop off\" NEAR/2 bu*",
        "drop-off NEAR/0 niño",
        "\"off bu*\"",
        "niño",
        "d*",
        "\"not\"",
        "\"bus bus\"",
        "\"drop-o*\"",
    ]);
    prop::collection::vec(term, 0..4)
}

/// A reference matcher that shares only the definition of a word with the engine. It tries each term on the plain list
/// of words.
fn naive(text: &str, language: Language, any: &[&str], none: &[&str]) -> bool {
    use crate::themes::text::{
        stems::{Snowball, Stem},
        tokens::tokens,
    };
    let stemmer = Snowball::new(language);
    let all: Vec<String> = tokens(text, language)
        .into_iter()
        .map(|token| token.word)
        .collect();
    let split: Vec<&String> = all.iter().filter(|word| !word.contains('-')).collect();
    let same = |word: &str, wanted: &str| match wanted.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => stemmer.stem(word) == stemmer.stem(wanted),
    };
    let at = |written: &str| -> Vec<(usize, usize)> {
        let wanted: Vec<String> = written
            .trim_matches('"')
            .replace('-', " ")
            .split(' ')
            .map(str::to_owned)
            .collect();
        let fits = |at: &usize| {
            let mut words = wanted.iter().enumerate();
            words.all(|(i, wanted)| split.get(at + i).is_some_and(|word| same(word, wanted)))
        };
        let found = (0..split.len()).filter(fits);
        found.map(|at| (at, at + wanted.len())).collect()
    };
    let matched = |term: &&str| {
        if let Some((one, rest)) = term.split_once(" NEAR/") {
            let (between, other) = rest.split_once(' ').unwrap();
            let between: usize = between.parse().unwrap();
            let (ones, others) = (at(one), at(other));
            let near = |one: &(usize, usize), other: &(usize, usize)| {
                one.1 <= other.0 && other.0 - one.1 <= between
            };
            ones.iter().any(|one| {
                others
                    .iter()
                    .any(|other| near(one, other) || near(other, one))
            })
        } else if term.starts_with('"') {
            !at(term).is_empty()
        } else {
            all.iter().any(|word| same(word, term))
        }
    };
    any.iter().any(matched) && !none.iter().any(matched)
}

proptest! {
    #[test]
    fn updating_rebuilding_and_reading_one_by_one_find_the_same_comments(
        steps in steps(), any in terms(), none in terms(), any_es in terms(),
    ) {
        let mut followed = Postings::default();
        let mut now: BTreeMap<u32, (Language, String)> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Insert(ordinal, english, text) => {
                    let language = if english { Language::ENGLISH } else { Language::SPANISH };
                    followed.insert(ordinal, language, &text);
                    now.insert(ordinal, (language, text));
                }
                Step::Remove(ordinal) => {
                    followed.remove(ordinal);
                    now.remove(&ordinal);
                }
            }
        }
        let mut rebuilt = Postings::default();
        for (ordinal, (language, text)) in now.iter().rev() {
            rebuilt.insert(*ordinal, *language, text);
        }
        let rule = rule(&[("en", &any, &none), ("es", &any_es, &[])]);
        let expected: Vec<u32> = now.iter().filter(|(_, (language, text))| {
            if *language == Language::ENGLISH { naive(text, *language, &any, &none) } else { naive(text, *language, &any_es, &[]) }
        }).map(|(ordinal, _)| *ordinal).collect();
        prop_assert_eq!(&found(&followed, &rule), &expected);
        prop_assert_eq!(&found(&rebuilt, &rule), &expected);
        let matched: Vec<u32> = now.iter().filter(|(_, (language, text))| rule.matches(text, *language)).map(|(ordinal, _)| *ordinal).collect();
        prop_assert_eq!(&matched, &expected);
        for (language, text) in now.values() {
            let spans = rule.spans(text, *language);
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(!rule.matches(text, *language) || !spans.is_empty());
        }
    }
}
