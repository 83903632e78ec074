//! Tests with the survey in `samples`: a scale from 1 to 5, a required choice, up to two choices, text, schools, and a
//! group.

use proptest::prelude::*;

use super::*;
use crate::responses::samples;

mod kinds;
mod property;

fn posted(pairs: &[(&str, &str)]) -> Fields {
    Fields(
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    )
}

fn weigh_up(pairs: &[(&str, &str)]) -> Result<Answers, Faults> {
    let (document, places) = samples::asked();
    validate(&document, &places, &posted(pairs))
}

/// The fault that one field causes in an otherwise valid form.
fn fault_of(key: &str, values: &[&str]) -> Option<Fault> {
    let mut pairs: Vec<(&str, &str)> = values.iter().map(|value| (key, *value)).collect();
    if key != "change" {
        pairs.push(("change", "buses"));
    }
    weigh_up(&pairs).err().and_then(|mut faults| {
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.remove(key)
    })
}

fn several(keys: &[&str]) -> Answer {
    Answer::Several(keys.iter().map(|key| (*key).to_owned()).collect())
}

#[test]
fn answers_are_stored_as_keys_numbers_and_trimmed_text() {
    let answers = weigh_up(&[
        ("_revision", "3"),
        ("_anything", "ours"),
        ("welcome", " 4 "),
        ("change", "food"),
        ("news", "app"),
        ("news", "text"),
        ("news", "app"),
        ("best", "\n Buses,\nmostly. "),
        ("school", "north"),
        ("school", "oak"),
        ("who", "families"),
    ]);
    let expected = Answers::from([
        ("welcome".to_owned(), Answer::Number(4)),
        ("change".to_owned(), Answer::One("food".to_owned())),
        // In the survey's order, without duplicates.
        ("news".to_owned(), several(&["text", "app"])),
        ("best".to_owned(), Answer::One("Buses,\nmostly.".to_owned())),
        ("school".to_owned(), several(&["oak", "north"])),
        ("who".to_owned(), Answer::One("families".to_owned())),
    ]);
    assert_eq!(answers, Ok(expected));
}

#[test]
fn an_unanswered_question_is_not_stored() {
    let answers = weigh_up(&[
        ("change", "food"),
        ("welcome", ""),
        ("best", "  "),
        ("news", ""),
    ])
    .unwrap();
    assert_eq!(answers.keys().collect::<Vec<_>>(), ["change"]);
}

#[test]
fn a_required_question_must_be_answered() {
    assert_eq!(fault_of("change", &[]), Some(Fault::Choose));
    assert_eq!(fault_of("change", &[" "]), Some(Fault::Choose));
}

#[test]
fn only_offered_choices_are_accepted() {
    assert_eq!(fault_of("change", &["planes"]), Some(Fault::NotOffered));
    assert_eq!(
        fault_of("news", &["text", "pigeon"]),
        Some(Fault::NotOffered)
    );
    assert_eq!(fault_of("school", &["hogwarts"]), Some(Fault::NotOffered));
    assert_eq!(fault_of("who", &["students"]), Some(Fault::NotOffered));
}

#[test]
fn a_group_question_only_offers_the_groups_that_it_lists() {
    let (mut document, places) = samples::asked();
    for item in &mut document.items {
        item.required = false;
        item.only = vec!["staff".to_owned()];
    }
    assert!(validate(&document, &places, &posted(&[("who", "staff")])).is_ok());
    assert!(validate(&document, &places, &posted(&[("who", "families")])).is_err());
}

#[test]
fn a_scale_accepts_whole_numbers_between_its_ends() {
    for wrong in ["0", "6", "3.5", "three", "99999999999999999999", "-1"] {
        assert_eq!(
            fault_of("welcome", &[wrong]),
            Some(Fault::OutOfScale { from: 1, to: 5 }),
            "{wrong}"
        );
    }
    for right in ["1", "5"] {
        assert_eq!(fault_of("welcome", &[right]), None);
    }
}

#[test]
fn a_question_with_one_answer_refuses_two_different_ones() {
    assert_eq!(fault_of("change", &["buses", "food"]), Some(Fault::OnlyOne));
    assert_eq!(fault_of("welcome", &["4", "5"]), Some(Fault::OnlyOne));
    assert_eq!(fault_of("best", &["one", "two"]), Some(Fault::OnlyOne));
    assert_eq!(fault_of("welcome", &["4", "4"]), None);
}

#[test]
fn too_many_choices_are_reported_with_their_number() {
    assert_eq!(
        fault_of("news", &["text", "email", "app"]),
        Some(Fault::TooMany { most: 2, given: 3 })
    );
    assert_eq!(fault_of("news", &["text", "email", "text"]), None);
}

#[test]
fn text_length_is_counted_in_characters_not_bytes() {
    assert_eq!(fault_of("best", &["ñ".repeat(2000).as_str()]), None);
    assert_eq!(
        fault_of("best", &["ñ".repeat(2001).as_str()]),
        Some(Fault::TooLong {
            most: 2000,
            given: 2001
        })
    );
}

#[test]
fn an_unknown_field_is_reported_by_name() {
    let faults = weigh_up(&[("change", "buses"), ("changes", "food")]).unwrap_err();
    assert_eq!(
        faults.get(WHOLE_FORM),
        Some(&Fault::Unknown("changes".to_owned()))
    );
}

#[test]
fn a_form_without_answers_is_refused() {
    let (mut document, places) = samples::asked();
    document
        .items
        .iter_mut()
        .for_each(|item| item.required = false);
    let faults = validate(
        &document,
        &places,
        &posted(&[("_revision", "1"), ("best", " ")]),
    )
    .unwrap_err();
    assert_eq!(
        faults,
        Faults::from([(WHOLE_FORM.to_owned(), Fault::Empty)])
    );
}

#[test]
fn all_faults_are_reported_at_once() {
    let faults =
        weigh_up(&[("welcome", "9"), ("news", "pigeon"), ("nobody", "asked")]).unwrap_err();
    assert_eq!(
        faults.keys().collect::<Vec<_>>(),
        [WHOLE_FORM, "change", "news", "welcome"]
    );
}

#[test]
fn a_chosen_group_overrides_the_survey_s_group() {
    let (mut document, _) = samples::asked();
    document.group = Some("families".to_owned());
    let said = Answers::from([("who".to_owned(), Answer::One("staff".to_owned()))]);
    assert_eq!(group_of(&document, &said).as_deref(), Some("staff"));
    assert_eq!(
        group_of(&document, &Answers::new()).as_deref(),
        Some("families")
    );
}

/// Values that are valid for some fields, and values that aren't valid anywhere.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["1", "4", "5", "buses", "food", "text", "app", "oak", "north", "families", "staff", "", " "])
            .prop_map(str::to_owned),
        1 => any::<String>(),
        1 => (1990_usize..2010).prop_map(|length| "ü".repeat(length)),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec!["welcome", "change", "news", "best", "school", "who", "_revision", "_x"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_submission_becomes_valid_answers_or_is_refused_with_faults(
        pairs in prop::collection::vec((name(), value()), 0..12),
    ) {
        let (document, places) = samples::asked();
        let asked = |key: &str| document.items.iter().any(|item| item.key == key);
        match validate(&document, &places, &Fields(pairs.clone())) {
            Ok(answers) => {
                prop_assert!(!answers.is_empty());
                for (key, answer) in &answers {
                    prop_assert!(asked(key));
                    let sent: Vec<&str> =
                        pairs.iter().filter(|(name, _)| name == key).map(|(_, value)| value.trim()).collect();
                    let kept = match answer {
                        Answer::Number(number) => vec![number.to_string()],
                        Answer::One(text) => vec![text.clone()],
                        Answer::Several(keys) => keys.clone(),
                        Answer::Each(_) => unreachable!("the small survey has no rows"),
                    };
                    prop_assert!(!kept.is_empty());
                    for value in kept {
                        prop_assert!(sent.iter().any(|sent| **sent == value || sent.parse::<i64>().ok().map(|n| n.to_string()) == Some(value.clone())));
                    }
                }
                // Validating accepted answers again accepts the same answers.
                let typed = crate::responses::questions::as_typed(&document, &answers);
                let again = typed.into_iter().flat_map(|(key, values)| values.into_iter().map(move |value| (key.clone(), value)));
                prop_assert_eq!(validate(&document, &places, &Fields(again.collect())), Ok(answers));
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.keys().all(|key| key == WHOLE_FORM || asked(key)));
            }
        }
    }
}
