//! How a document writes rules, and when they hold.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::surveys::samples::rules;

/// Rules with answers that do and don't satisfy them, worked out by hand. `tests/browser` reads the same file, so that
/// the script and the server stay in sync.
const CASES: &str = include_str!("../../../tests/independent/rules.json");

#[derive(Deserialize)]
struct Case {
    rule: Rule,
    said: BTreeMap<String, Vec<String>>,
    holds: bool,
}

fn read(text: &str) -> Result<Rule, String> {
    #[derive(Deserialize)]
    struct Written {
        show_if: Rule,
    }
    let written: Result<Written, _> = toml::from_str(text);
    written
        .map(|written| written.show_if)
        .map_err(|error| error.message().to_owned())
}

#[test]
fn rules_match_cases_worked_out_by_hand() {
    let cases: Vec<Case> = serde_json::from_str(CASES).unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let said = |field: &str| case.said.get(field).cloned().unwrap_or_default();
        assert_eq!(
            case.rule.holds(&said),
            case.holds,
            "{:?} for {:?}",
            case.rule,
            case.said
        );
    }
}

#[test]
fn rules_are_read_from_toml() {
    let rule = read(
        "show_if = { and = [{ item = 'bus', equals = 'yes' }, { not = { item = 'wait', at_least = 10 } }] }",
    );
    let bus = Rule::Equals {
        field: "bus".to_owned(),
        value: "yes".to_owned(),
    };
    let wait = Rule::AtLeast {
        field: "wait".to_owned(),
        number: 10,
    };
    assert_eq!(rule, Ok(Rule::And(vec![bus, Rule::Not(Box::new(wait))])));
    let point = Rule::Equals {
        field: "welcome".to_owned(),
        value: "4".to_owned(),
    };
    assert_eq!(
        read("show_if = { item = 'welcome', equals = 4 }"),
        Ok(point)
    );
    let open = Rule::Answered {
        field: "why".to_owned(),
    };
    assert_eq!(
        read("show_if = { item = 'why', answered = false }"),
        Ok(Rule::Not(Box::new(open)))
    );
}

#[test]
fn a_rule_with_missing_or_extra_parts_is_refused_in_plain_words() {
    for text in [
        "show_if = {}",
        "show_if = { item = 'bus' }",
        "show_if = { equals = 'yes' }",
        "show_if = { item = 'bus', equals = 'yes', at_least = 2 }",
        "show_if = { item = 'bus', equals = 'yes', not = { item = 'a', answered = true } }",
        "show_if = { and = [], or = [] }",
    ] {
        let reason = read(text).unwrap_err();
        assert!(
            reason.contains("a rule needs an item with"),
            "{text}: {reason}"
        );
    }
    let reason = read("show_if = { item = 'bus', is = 'yes' }").unwrap_err();
    assert!(reason.contains("is"), "{reason}");
}

#[test]
fn a_rule_fits_in_a_sentence_if_it_is_one_test_or_one_list_of_tests() {
    let plain = |text: &str| {
        read(text)
            .unwrap()
            .plain()
            .map(|plain| (plain.is_any, plain.tests.len()))
    };
    assert_eq!(
        plain("show_if = { item = 'bus', equals = 'yes' }"),
        Some((false, 1))
    );
    assert_eq!(
        plain("show_if = { not = { item = 'bus', answered = true } }"),
        Some((false, 1))
    );
    let two = "[{ item = 'bus', equals = 'yes' }, { not = { item = 'a', answered = true } }]";
    assert_eq!(
        plain(&format!("show_if = {{ and = {two} }}")),
        Some((false, 2))
    );
    assert_eq!(
        plain(&format!("show_if = {{ or = {two} }}")),
        Some((true, 2))
    );
    assert_eq!(
        plain(&format!("show_if = {{ not = {{ or = {two} }} }}")),
        None
    );
    assert_eq!(
        plain(&format!("show_if = {{ and = [{{ or = {two} }}] }}")),
        None
    );
}

/// Answers to the fields that `samples::rules` uses.
fn answers() -> impl Strategy<Value = BTreeMap<String, Vec<String>>> {
    prop::collection::btree_map(
        "[a-z]{0,1}",
        prop::collection::vec("[a-z0-9]{0,2}", 0..3),
        0..6,
    )
}

proptest! {
    #[test]
    fn a_rule_is_unchanged_after_writing_and_reading(rule in rules()) {
        let json = serde_json::to_string(&rule).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule);
    }

    /// De Morgan: "not all of them" is the same as "any not".
    #[test]
    fn rules_follow_de_morgan_s_law(list in prop::collection::vec(rules(), 0..4), answers in answers()) {
        let said = |field: &str| answers.get(field).cloned().unwrap_or_default();
        let not = |rule: Rule| Rule::Not(Box::new(rule));
        let any_not = Rule::Or(list.iter().cloned().map(not).collect());
        prop_assert_eq!(not(Rule::And(list)).holds(&said), any_not.holds(&said));
    }
}
