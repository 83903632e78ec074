use super::*;

fn rule(tag: &str, any: &[&str], none: &[&str]) -> Rule {
    let terms = |terms: &[&str]| terms.iter().map(|term| term.parse().unwrap()).collect();
    Rule::new(&BTreeMap::from([(
        tag.parse().unwrap(),
        Terms {
            any: terms(any),
            none: terms(none),
        },
    )]))
}

fn is_in(text: &str, any: &[&str], none: &[&str]) -> bool {
    rule("en", any, none).matches(text, Language::ENGLISH)
}

#[test]
fn a_word_matches_its_stem_and_a_prefix_matches_its_words() {
    assert!(is_in("Our SCHOOLS’ roofs", &["school"], &[]));
    assert!(!is_in("scholarship", &["school"], &[]));
    assert!(is_in("Busing is late", &["bus*"], &[]));
    assert!(!is_in("omnibus", &["bus*"], &[]));
}

#[test]
fn a_phrase_needs_its_words_next_to_each_other_and_in_order() {
    for text in ["drop off", "Drop-off zone", "they dropped off", "drop, off"] {
        assert!(is_in(text, &["\"drop off\""], &[]), "{text}");
    }
    for text in ["off drop", "drop them off", "drop"] {
        assert!(!is_in(text, &["\"drop off\""], &[]), "{text}");
    }
    assert!(is_in("public transportation", &["\"public trans*\""], &[]));
    assert!(is_in("a drop off", &["\"drop-off\""], &[]));
}

#[test]
fn near_matches_in_either_order_within_the_distance() {
    for text in [
        "a safe crosswalk",
        "crosswalks that are safe",
        "safe, lit, wide crosswalk",
    ] {
        assert!(is_in(text, &["safe NEAR/2 crosswalk"], &[]), "{text}");
    }
    for text in ["safe and lit and wide crosswalk", "safe", "crosswalk"] {
        assert!(!is_in(text, &["safe NEAR/2 crosswalk"], &[]), "{text}");
    }
    assert!(is_in(
        "late at drop-off",
        &["\"drop off\" NEAR/1 late"],
        &[]
    ));
    // One word is not near itself.
    assert!(!is_in("the bus", &["bus NEAR/5 bus*"], &[]));
    assert!(is_in("the bus, the bus", &["bus NEAR/5 bus*"], &[]));
}

#[test]
fn a_hyphenated_word_matches_as_a_whole_and_by_its_parts() {
    assert!(is_in("Drop-offs", &["drop-off"], &[]));
    assert!(is_in("Drop-offs", &["drop"], &[]));
    assert!(!is_in("drop off", &["drop-off"], &[]));
    assert!(is_in("drop-offs", &["drop-o*"], &[]));
}

#[test]
fn a_none_term_excludes_a_comment() {
    assert!(is_in("a trip by bus", &["bus"], &["\"business trip\""]));
    assert!(!is_in(
        "a business trip by bus",
        &["bus"],
        &["\"business trip\""]
    ));
}

#[test]
fn a_rule_only_matches_its_own_language() {
    assert!(!rule("es", &["plan"], &[]).matches("plan", Language::ENGLISH));
}

#[test]
fn spans_are_merged_and_point_at_the_original_text() {
    let text = "Drop-off at the Schools’ drop–off… school-wide";
    let spans = rule("en", &["\"drop off\"", "drop-off", "off", "school"], &[])
        .spans(text, Language::ENGLISH);
    let written: Vec<_> = spans.into_iter().map(|span| &text[span]).collect();
    assert_eq!(written, ["Drop-off", "Schools", "drop–off", "school"]);
}
