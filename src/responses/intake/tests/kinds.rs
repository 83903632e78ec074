//! Tests with the survey in `samples::kinds`: every kind of question that the small survey doesn't have.

use super::*;
use crate::responses::model::Part;

/// Submits these fields and consent, which is the only required answer.
fn weigh_kinds(pairs: &[(&str, &str)]) -> Result<Answers, Faults> {
    let (document, places) = samples::kinds();
    let agreed = [("agree", "yes")];
    let pairs: Vec<(&str, &str)> = agreed.iter().chain(pairs).copied().collect();
    validate(&document, &places, &posted(&pairs))
}

/// What is stored for these fields, without consent.
fn stored(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = weigh_kinds(pairs).unwrap();
    assert_eq!(answers.remove("agree"), Some(one("yes")));
    answers
}

fn fault(key: &str, pairs: &[(&str, &str)]) -> Option<Fault> {
    let mut faults = weigh_kinds(pairs).err()?;
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(key)
}

fn one(key: &str) -> Answer {
    Answer::One(key.to_owned())
}

fn each(parts: &[(&str, Part)]) -> Answer {
    let parts = parts.iter().cloned();
    Answer::Each(parts.map(|(key, part)| (key.to_owned(), part)).collect())
}

fn answers(entries: &[(&str, Answer)]) -> Answers {
    let entries = entries.iter().cloned();
    entries
        .map(|(key, answer)| (key.to_owned(), answer))
        .collect()
}

#[test]
fn the_sample_survey_is_valid() {
    let (document, places) = samples::kinds();
    assert_eq!(document.faults_in(&places), []);
}

#[test]
fn without_consent_nothing_is_accepted() {
    let (document, places) = samples::kinds();
    let faults = validate(&document, &places, &posted(&[("rides", "no")])).unwrap_err();
    assert_eq!(faults, Faults::from([("agree".to_owned(), Fault::Agree)]));
}

#[test]
fn every_kind_of_question_is_stored_as_its_kind_of_answer() {
    let typed = samples::typed_kinds();
    let fields = typed.iter().flat_map(|(name, values)| {
        values
            .iter()
            .map(move |value| (name.clone(), value.clone()))
    });
    let (document, places) = samples::kinds();
    let found = validate(&document, &places, &Fields(fields.collect())).unwrap();
    let part = |key: &str| Part::One(key.to_owned());
    let expected = answers(&[
        ("agree", one("yes")),
        ("rides", one("yes")),
        ("minutes", Answer::Number(45)),
        ("since", one("2026-09-01")),
        ("grades", several(&["k-2", "3-5"])),
        ("home", one("other")),
        ("home.other", one("Tagalog")),
        ("one-word", one("Warm & <kind>")),
        ("why", one("other")),
        ("why.other", one("No child care")),
        ("use", several(&["text", "other"])),
        ("use.other", one("Neighbors")),
        ("sure", one("not-applicable")),
        (
            "feel",
            each(&[("teachers", Part::Number(5)), ("office", Part::Number(4))]),
        ),
        (
            "agreed",
            each(&[("safe", part("no")), ("clean", part("yes"))]),
        ),
        ("order", several(&["arts", "food"])),
        (
            "share",
            each(&[("arts", Part::Number(7)), ("sports", Part::Number(3))]),
        ),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_number_is_whole_and_in_range_and_may_use_arabic_or_persian_digits() {
    let minutes = |text| stored(&[("rides", "yes"), ("minutes", text)]).remove("minutes");
    assert_eq!(minutes("0"), Some(Answer::Number(0)));
    assert_eq!(minutes("٤٥"), Some(Answer::Number(45)));
    assert_eq!(minutes("۱۲"), Some(Answer::Number(12)));
    for wrong in ["181", "-1", "4.5", "1,000", "many", "٤٥٦"] {
        let fault = fault("minutes", &[("rides", "yes"), ("minutes", wrong)]);
        assert_eq!(fault, Some(Fault::NoNumber { from: 0, to: 180 }), "{wrong}");
    }
}

#[test]
fn a_date_must_exist_and_be_plausible() {
    assert_eq!(
        stored(&[("since", "2024-02-29")])["since"],
        one("2024-02-29")
    );
    for wrong in [
        "2026-02-29",
        "10/05/2026",
        "0026-10-05",
        "9999-01-01",
        "soon",
    ] {
        assert_eq!(
            fault("since", &[("since", wrong)]),
            Some(Fault::NoDay),
            "{wrong}"
        );
    }
}

#[test]
fn writing_text_for_other_selects_other() {
    let found = stored(&[("why.other", "  No child care ")]);
    assert_eq!(found["why"], one("other"));
    assert_eq!(found["why.other"], one("No child care"));
    let found = stored(&[("use", "app"), ("use.other", "Neighbors")]);
    assert_eq!(found["use"], several(&["app", "other"]));
}

#[test]
fn other_can_be_chosen_without_text() {
    assert_eq!(
        stored(&[("why", "other")]),
        answers(&[("why", one("other"))])
    );
}

#[test]
fn a_choice_and_text_for_other_count_as_two_answers() {
    let both = [("why", "late"), ("why.other", "No child care")];
    assert_eq!(fault("why", &both), Some(Fault::ChoiceAndOther));
    let three = [("use", "text"), ("use", "app"), ("use.other", "Neighbors")];
    assert_eq!(
        fault("use", &three),
        Some(Fault::TooMany { most: 2, given: 3 })
    );
}

#[test]
fn short_text_and_text_for_other_have_a_maximum_length() {
    let long = "n".repeat(201);
    assert_eq!(
        fault("why", &[("why.other", &long)]),
        Some(Fault::TooLong {
            most: 200,
            given: 201
        })
    );
    let long = "n".repeat(21);
    assert_eq!(
        fault("one-word", &[("one-word", &long)]),
        Some(Fault::TooLong {
            most: 20,
            given: 21
        })
    );
}

#[test]
fn only_a_scale_that_offers_not_applicable_accepts_it() {
    assert_eq!(
        stored(&[("sure", "not-applicable")])["sure"],
        one("not-applicable")
    );
    assert_eq!(stored(&[("sure", "2")])["sure"], Answer::Number(2));
    let (document, places) = samples::asked();
    let fields = posted(&[("change", "buses"), ("welcome", "not-applicable")]);
    assert!(validate(&document, &places, &fields).is_err());
}

#[test]
fn rows_of_a_matrix_are_answered_and_checked_separately() {
    let found = stored(&[("feel.teachers", "2"), ("feel.office", "")]);
    assert_eq!(found["feel"], each(&[("teachers", Part::Number(2))]));
    assert_eq!(
        fault("feel", &[("feel.teachers", "6")]),
        Some(Fault::OutOfScale { from: 1, to: 5 })
    );
    assert_eq!(
        fault("feel", &[("feel.teachers", "1"), ("feel.teachers", "2")]),
        Some(Fault::OnlyOne)
    );
    let wrong = [
        ("feel.office", "5"),
        ("agreed.safe", "maybe"),
        ("agreed.clean", "yes"),
    ];
    assert_eq!(fault("agreed", &wrong), Some(Fault::NotOffered));
}

#[test]
fn a_required_matrix_needs_an_answer_in_every_row() {
    let first = [("feel.office", "5"), ("agreed.safe", "no")];
    assert_eq!(
        fault("agreed", &first),
        Some(Fault::ChooseInEach { missing: 1 })
    );
    assert_eq!(
        fault("agreed", &[("feel.office", "4")]),
        Some(Fault::ChooseInEach { missing: 2 })
    );
}

#[test]
fn a_ranking_keeps_its_order_and_closes_gaps() {
    assert_eq!(
        stored(&[("order.food", "1"), ("order.buses", "2")])["order"],
        several(&["food", "buses"])
    );
    assert_eq!(stored(&[("order.food", "2")])["order"], several(&["food"]));
    let twice = [("order.food", "1"), ("order.buses", "1")];
    assert_eq!(fault("order", &twice), Some(Fault::SameRank { rank: 1 }));
    assert_eq!(
        fault("order", &[("order.food", "3")]),
        Some(Fault::OutOfScale { from: 1, to: 2 })
    );
}

#[test]
fn points_must_add_up_unless_none_are_given() {
    let arts = ("order.arts", "1");
    let found = stored(&[arts, ("share.arts", "10"), ("share.sports", "0")]);
    assert_eq!(found["share"], each(&[("arts", Part::Number(10))]));
    assert_eq!(stored(&[arts, ("share.arts", "0")]).get("share"), None);
    let short = [arts, ("share.arts", "7")];
    assert_eq!(
        fault("share", &short),
        Some(Fault::WrongTotal {
            total: 10,
            given: 7
        })
    );
    let wrong = [arts, ("share.arts", "-3"), ("share.sports", "13")];
    assert_eq!(
        fault("share", &wrong),
        Some(Fault::NoNumber { from: 0, to: 10 })
    );
}

#[test]
fn names_that_are_not_fields_of_the_form_are_refused() {
    for name in [
        "first-part",
        "feel",
        "order",
        "share",
        "rides.other",
        "feel.nobody",
    ] {
        let faults = weigh_kinds(&[(name, "1")]).unwrap_err();
        assert_eq!(faults[WHOLE_FORM], Fault::Unknown(name.to_owned()));
    }
}

#[test]
fn answers_to_hidden_questions_are_neither_stored_nor_checked() {
    let found = stored(&[("rides", "no"), ("minutes", "45"), ("since", "2026-09-01")]);
    assert_eq!(found, answers(&[("rides", one("no"))]));
    // `minutes` is hidden, so its invalid value isn't reported.
    assert_eq!(stored(&[("rides", "no"), ("minutes", "nonsense")]).len(), 1);
}

#[test]
fn questions_in_a_hidden_section_are_hidden() {
    let (mut document, places) = samples::kinds();
    document.items[1].required = false;
    let fields = posted(&[("rides", "no"), ("one-word", "Warm"), ("order.arts", "1")]);
    let found = validate(&document, &places, &fields).unwrap();
    assert_eq!(found, answers(&[("rides", one("no"))]));
}

#[test]
fn short_text_and_text_for_other_are_comments_with_an_intent() {
    let (document, _) = samples::kinds();
    let found = stored(&[
        ("why.other", "No child care"),
        ("use.other", "Neighbors"),
        ("one-word", "Warm"),
    ]);
    let said = words_among(&document, &found, "en");
    let said: Vec<(&str, Intent, &str)> = said
        .iter()
        .map(|words| (words.item_key.as_str(), words.intent, words.text.as_str()))
        .collect();
    let expected = [
        ("one-word", Intent::Hope, "Warm"),
        ("why", Intent::Need, "No child care"),
        ("use", Intent::Other, "Neighbors"),
    ];
    assert_eq!(said, expected);
}
