//! What is reported about an invalid document.

use super::*;
use crate::db::Json;
use crate::district::{Group, GroupId};
use crate::surveys::item::{Choice, Item};
use crate::surveys::kind::Intent;
use crate::surveys::rule::Rule;
use crate::surveys::samples::{both, document};

fn reasons(change: impl FnOnce(&mut Document)) -> Vec<String> {
    let mut document = document();
    change(&mut document);
    document.faults().iter().map(Fault::to_string).collect()
}

#[test]
fn the_sample_has_no_faults() {
    assert_eq!(reasons(|_| ()), Vec::<String>::new());
}

#[test]
fn all_faults_are_reported_at_once() {
    let found = reasons(|document| {
        "Family Survey".clone_into(&mut document.slug);
        document.title = LocalizedText::default();
        document.items[1].choices.truncate(1);
        document.items[2].intent = None;
    });
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found[0].contains("“Family Survey”"));
    assert!(found[1].contains("needs a title"));
    assert!(found[2].starts_with("first: the question needs at least two choices"));
    assert!(found[3].starts_with("first: at_most"));
    assert!(found[4].starts_with("best: set intent to what it asks about"));
}

#[test]
fn keys_are_unique_among_questions_and_within_a_question_s_choices() {
    let found = reasons(|document| {
        document.items[1].choices[1].key = "buses".to_owned();
        document.items[2].key = "first".to_owned();
    });
    assert_eq!(
        found,
        [
            "first: two choices have the key “buses”: give each its own",
            "first: two questions have this key: give each its own"
        ]
    );
}

#[test]
fn a_setting_of_a_different_kind_is_reported_rather_than_ignored() {
    let found = reasons(|document| {
        document.items[0].max_length = Some(10);
        document.items[2].several = true;
    });
    assert_eq!(
        found,
        [
            "welcome: max_length is only for questions of kind text or short-text",
            "best: several is only for questions of kind school, grade, or language"
        ]
    );
}

#[test]
fn a_scale_has_two_to_eleven_points_and_two_labeled_ends() {
    let scale = |from, to| {
        reasons(move |document| {
            (document.items[0].from, document.items[0].to) = (Some(from), Some(to));
        })
    };
    assert!(scale(0, 10).is_empty() && scale(1, 2).is_empty());
    assert_eq!(
        (scale(0, 11).len(), scale(3, 3).len(), scale(5, 1).len()),
        (1, 1, 1)
    );
    assert_eq!(scale(i64::MIN, i64::MAX).len(), 1);
    assert_eq!(
        reasons(|document| document.items[0].high = LocalizedText::default()).len(),
        1
    );
}

#[test]
fn a_group_that_the_district_does_not_have_is_reported() {
    let group = Group {
        id: GroupId::new(),
        key: "staff".to_owned(),
        name: Json(both("Staff", "Personal")),
        position: 0,
    };
    let places = Places {
        district: None,
        groups: vec![group],
        schools: Vec::new(),
    };
    let found = document().faults_in(&places);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].to_string(), "the district has no group “families”");
}

#[test]
fn an_incomplete_language_is_listed_with_its_missing_texts() {
    let mut document = document();
    document.items[1].choices[0].label = LocalizedText::one("en", "Buses");
    document.items[2].label = both("What goes well?", "  ");
    let missing = vec![
        "first: choice buses".to_owned(),
        "best: question".to_owned(),
    ];
    assert_eq!(document.missing_words(), [("es".to_owned(), missing)]);
    assert_eq!(document.complete_languages(), ["en"]);
    assert_eq!(document.faults(), []);
}

#[test]
fn a_null_character_in_a_text_is_a_fault() {
    assert_eq!(
        reasons(|document| document.title = both("A\u{0}b", "A")).len(),
        1
    );
    assert!(reasons(|document| document.title = both("Two\nlines", "A")).is_empty());
}

#[test]
fn languages_are_valid_tags_without_duplicates() {
    let tags = |tags: &[&str]| {
        reasons(|document| {
            document.languages = tags.iter().map(|tag| (*tag).to_owned()).collect();
        })
    };
    assert!(tags(&["en", "zh-Hant", "pt-BR"]).is_empty());
    assert_eq!(
        (
            tags(&[]).len(),
            tags(&["en", "en"]).len(),
            tags(&["English!"]).len()
        ),
        (1, 1, 1)
    );
}

/// The problems after one item of the example with every kind is changed.
fn of_kinds(key: &str, change: impl FnOnce(&mut Item)) -> Vec<String> {
    let example = include_str!("../../../fixtures/kinds/survey.toml");
    let mut document = crate::surveys::parse_document(example).unwrap();
    let item = document.items.iter_mut().find(|item| item.key == key);
    change(item.unwrap());
    document.faults().iter().map(Fault::to_string).collect()
}

/// The only problem after that change.
#[track_caller]
fn fault_of(key: &str, change: impl FnOnce(&mut Item)) -> String {
    let mut found = of_kinds(key, change);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn each_kind_reports_missing_and_invalid_settings() {
    let none = LocalizedText::default;
    assert_eq!(
        fault_of("agreed", |item| item.rows.clear()),
        "agreed: a matrix must have 1 to 20 rows"
    );
    assert_eq!(
        fault_of("share", |item| drop(item.choices.pop())),
        "share: the question needs at least two choices"
    );
    assert!(fault_of("home", |item| item.only.clear()).starts_with("home: list the languages"));
    assert!(
        fault_of("home", |item| item.only[0] = "English!".to_owned())
            .contains("not a language tag")
    );
    assert!(
        fault_of("one-word", |item| item.intent = None)
            .starts_with("one-word: set intent to what it asks about")
    );
    assert!(fault_of("feel", |item| item.low = none()).contains("low and high"));
    assert!(fault_of("sure", |item| drop(item.choices.remove(1))).contains("every point"));
    assert!(
        fault_of("sure", |item| item.choices[0].label = none())
            .contains("the point “1” needs text")
    );
    assert!(fault_of("sure", |item| item.low = both("No", "No")).contains("remove low and high"));
    assert!(
        fault_of("minutes", |item| item.from = Some(200)).contains("from cannot be larger than to")
    );
    assert!(
        fault_of("share", |item| item.total = Some(1000)).contains("total must be from 2 to 100")
    );
    assert!(fault_of("order", |item| item.at_most = Some(4)).contains("at_most"));
    assert!(
        fault_of("first-part", |item| item.label = none()).contains("the section needs a heading")
    );
}

#[test]
fn a_setting_that_does_not_fit_its_kind_is_reported_with_the_kinds_that_allow_it() {
    assert!(fault_of("first-part", |item| item.required = true).contains("cannot be required"));
    assert_eq!(
        fault_of("rides", |item| item.other = both("Other", "Otro")),
        "rides: other is only for questions of kind single, multiple, or language"
    );
    assert_eq!(
        fault_of("order", |item| item.total = Some(10)),
        "order: total is only for questions of kind points"
    );
    assert!(
        fault_of("grades", |item| item.intent = Some(Intent::Need)).contains("intent is only for")
    );
    let unexplained = fault_of("use", |item| {
        item.other = LocalizedText::default();
        item.intent = Some(Intent::Need);
    });
    assert!(unexplained.contains("has no other"));
    assert!(fault_of("rides", |item| item.when = both("If", "Si")).contains("has none"));
}

#[test]
fn a_choice_that_duplicates_a_setting_is_a_fault() {
    let choice = |key: &str| Choice {
        key: key.to_owned(),
        label: both("One", "Uno"),
    };
    assert!(
        fault_of("why", |item| item.choices.push(choice("other"))).contains("keep one of them")
    );
    let both_ways = |item: &mut Item| {
        item.choices.push(choice("not-applicable"));
        item.not_applicable = both("No", "No");
    };
    assert!(fault_of("agreed", both_ways).contains("keep one of them"));
}

fn equals(field: &str, value: &str) -> Rule {
    Rule::Equals {
        field: field.to_owned(),
        value: value.to_owned(),
    }
}

/// The problems of a rule on the last question of the example, which comes after all the other questions.
fn of_rule(rule: &Rule) -> Vec<String> {
    of_kinds("share", |item| item.show_if = Some(rule.clone()))
}

#[test]
fn a_rule_can_only_use_earlier_questions() {
    assert!(of_rule(&equals("rides", "yes")).is_empty());
    for field in [
        "nobody",
        "first-part",
        "feel.nobody",
        "order.arts",
        "rides.other",
    ] {
        let found = of_rule(&equals(field, "yes"));
        assert_eq!(
            found,
            [format!(
                "share: its show_if uses “{field}”, which no question answers"
            )]
        );
    }
    let before = fault_of("minutes", |item| item.show_if = Some(equals("why", "late")));
    assert!(
        before.ends_with("“why”, which comes later: move one of them"),
        "{before}"
    );
    assert!(!of_rule(&equals("share", "arts")).is_empty());
}

#[test]
fn a_rule_can_only_test_for_possible_answers() {
    let includes = |field: &str, value: &str| Rule::Includes {
        field: field.to_owned(),
        value: value.to_owned(),
    };
    let at_least = |field: &str| Rule::AtLeast {
        field: field.to_owned(),
        number: 2,
    };
    for right in [
        equals("sure", "2"),
        equals("sure", "not-applicable"),
        equals("feel.office", "5"),
        equals("agreed.safe", "no"),
        equals("home", "other"),
        includes("use", "app"),
        includes("order", "food"),
        includes("grades", "k-2"),
        at_least("minutes"),
        at_least("sure"),
        at_least("feel.office"),
    ] {
        assert!(
            of_rule(&right).is_empty(),
            "{right:?}: {:?}",
            of_rule(&right)
        );
    }
    for wrong in [
        equals("sure", "4"),
        equals("rides", "maybe"),
        equals("feel", "5"),
        equals("use", "app"),
        equals("minutes", "30"),
        equals("one-word", "Warm"),
        includes("rides", "yes"),
        includes("use", "paper"),
        at_least("rides"),
        at_least("feel"),
        at_least("since"),
    ] {
        assert_eq!(of_rule(&wrong).len(), 1, "{wrong:?}: {:?}", of_rule(&wrong));
    }
}

#[test]
fn a_rule_too_complex_for_a_sentence_needs_its_own_text() {
    let involved = || {
        Rule::Not(Box::new(Rule::Or(vec![
            equals("rides", "yes"),
            equals("why", "late"),
        ])))
    };
    assert!(of_rule(&involved())[0].contains("say in when who"));
    let found = of_kinds("share", |item| {
        item.show_if = Some(involved());
        item.when = both("If neither", "Si ninguna");
    });
    assert_eq!(found, Vec::<String>::new());
    assert!(of_rule(&Rule::And(Vec::new()))[0].contains("is empty"));
    let deep = (0..9).fold(equals("rides", "yes"), |rule, _| Rule::Not(Box::new(rule)));
    assert!(
        of_rule(&deep)
            .iter()
            .any(|fault| fault.contains("more than 6 rules"))
    );
}

#[test]
fn a_rule_about_a_school_that_the_district_does_not_have_is_reported() {
    let mut document = document();
    document.items.insert(
        0,
        Item::new("school", ItemKind::School, both("Which?", "¿Cuál?")),
    );
    document.items[1].show_if = Some(equals("school", "oak"));
    assert_eq!(document.faults(), []);
    let found: Vec<String> = document
        .faults_in(&Places::default())
        .iter()
        .map(Fault::to_string)
        .collect();
    assert!(
        found.contains(
            &"welcome: its show_if expects “oak”, which “school” does not offer".to_owned()
        ),
        "{found:?}"
    );
}
