//! Property tests: any valid survey with any submission.

use super::*;
use crate::responses::questions::as_typed;
use crate::surveys::samples::right_documents;

/// A value that is valid for many fields, or for none.
fn value() -> impl Strategy<Value = String> {
    let fitting = vec![
        "yes",
        "no",
        "a",
        "b",
        "c",
        "other",
        "not-applicable",
        "1",
        "2",
        "3",
        "5",
        "10",
        "2026-10-05",
        "en",
        "es",
        "oak",
        "staff",
        "some words",
    ];
    prop_oneof![
        12 => prop::sample::select(fitting).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// A survey with values for some of its fields.
fn answered() -> impl Strategy<Value = (Document, Vec<(String, String)>)> {
    right_documents().prop_flat_map(|document| {
        let fields: Vec<String> = document.items.iter().flat_map(Item::fields).collect();
        let name = prop::sample::select(fields);
        (
            Just(document),
            prop::collection::vec((name, value()), 0..16),
        )
    })
}

fn again(document: &Document, answers: &Answers) -> Fields {
    let typed = as_typed(document, answers).into_iter();
    let fields =
        typed.flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)));
    Fields(fields.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn stored_answers_were_asked_and_submitted_and_validate_again((document, pairs) in answered()) {
        let (_, places) = samples::asked();
        prop_assert_eq!(document.faults_in(&places), []);
        let fields = Fields(pairs.clone());
        match validate(&document, &places, &fields) {
            Ok(answers) => {
                let mut walk = Walk::start();
                let mut met: Vec<&str> = Vec::new();
                for item in &document.items {
                    if walk.meets(item, &|field| said(&answers, field)) {
                        met.push(&item.key);
                    }
                }
                for name in answers.keys() {
                    let key = name.split('.').next().unwrap_or_default();
                    prop_assert!(met.contains(&key), "{} is hidden and stored", name);
                }
                for item in document.questions().filter(|item| item.required && met.contains(&item.key.as_str())) {
                    prop_assert!(answers.contains_key(&item.key), "{} is required and missing", item.key);
                }
                for (field, values) in as_typed(&document, &answers) {
                    let came = pairs.iter().filter(|(name, _)| *name == field).count();
                    // Giving text for "other" selects it, and a ranking closes its gaps.
                    let explained = values.iter().any(|value| value == "other");
                    prop_assert!(came > 0 || explained, "{} was never posted", field);
                }
                prop_assert_eq!(validate(&document, &places, &again(&document, &answers)), Ok(answers.clone()));
                let json = serde_json::to_string(&answers).unwrap();
                prop_assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                let asked = |key: &str| key == WHOLE_FORM || document.item(key).is_some();
                prop_assert!(faults.keys().all(|key| asked(key)));
            }
        }
    }
}
