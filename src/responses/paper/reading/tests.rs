use proptest::prelude::*;

use super::*;
use crate::responses::model::{Answer, Part};
use crate::responses::samples;
use crate::surveys::samples::right_documents;

fn typed(fields: &[(&str, &str)]) -> Fields {
    let own = fields.iter();
    Fields(
        own.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    )
}

fn kinds(fields: &[(&str, &str)]) -> Result<TypedSheet, SheetFaults> {
    let (document, places) = samples::kinds();
    // Without consent, the second part of the survey doesn't apply.
    let mut all = vec![("agree", "1")];
    all.extend(fields.iter().copied());
    read(&document, &places, &typed(&all))
}

fn asked(fields: &[(&str, &str)]) -> Result<TypedSheet, SheetFaults> {
    let (document, places) = samples::asked();
    read(&document, &places, &typed(fields))
}

fn mark(sheet: &TypedSheet, part: &str) -> Option<Mark> {
    sheet.marks.get(part).map(|marked| marked.mark)
}

fn one(text: &str) -> Answer {
    Answer::One(text.to_owned())
}

#[test]
fn every_kind_can_be_typed_as_it_is_printed() {
    let sheet = kinds(&[
        ("rides", "1"),
        ("minutes", "45"),
        ("since", "20260901"),
        ("grades", "12"),
        ("home", "4"),
        ("home.other", "Tagalog"),
        ("one-word", "Warm"),
        ("why", "2"),
        ("use", "1, 3"),
        ("use.other", "Neighbors"),
        ("sure", "4"),
        ("feel.teachers", "5"),
        ("feel.office", "6"),
        ("order.arts", "1"),
        ("order.food", "2"),
        ("share.arts", "7"),
        ("share.sports", "3"),
    ])
    .unwrap();
    let answers = &sheet.answers;
    assert_eq!(answers["agree"], one("yes"));
    assert_eq!(answers["rides"], one("yes"));
    assert_eq!(answers["minutes"], Answer::Number(45));
    assert_eq!(answers["since"], one("2026-09-01"));
    let several =
        |keys: &[&str]| Answer::Several(keys.iter().map(|key| (*key).to_owned()).collect());
    assert_eq!(answers["grades"], several(&["k-2", "3-5"]));
    assert_eq!(
        (&answers["home"], &answers["home.other"]),
        (&one("other"), &one("Tagalog"))
    );
    // The point of a scale is its own number. The choice after a scale of 1 to 3 is 4, and after one of 1 to 5 it's 6.
    assert_eq!(answers["sure"], one("not-applicable"));
    let Answer::Each(feel) = &answers["feel"] else {
        panic!("a matrix")
    };
    assert_eq!(feel["teachers"], Part::Number(5));
    assert_eq!(feel["office"], Part::One("not-applicable".to_owned()));
    assert_eq!(answers["order"], several(&["arts", "food"]));
}

#[test]
fn digits_from_arabic_keyboards_are_accepted() {
    let sheet = kinds(&[("rides", "١"), ("minutes", "٤٥"), ("since", "٢٠٢٦٠٩٠١")]).unwrap();
    assert_eq!(sheet.answers["rides"], one("yes"));
    assert_eq!(sheet.answers["minutes"], Answer::Number(45));
    assert_eq!(sheet.answers["since"], one("2026-09-01"));
}

#[test]
fn blank_double_and_unclear_marks_are_distinguished_and_are_not_answers() {
    let sheet = asked(&[
        ("welcome", "*"),
        ("change", "?"),
        ("news", "-"),
        ("best", "Buses"),
    ])
    .unwrap();
    assert_eq!(sheet.answers.keys().collect::<Vec<_>>(), ["best"]);
    assert_eq!(mark(&sheet, "welcome"), Some(Mark::TwoMarks));
    assert_eq!(mark(&sheet, "change"), Some(Mark::Unclear));
    assert_eq!(mark(&sheet, "news"), Some(Mark::Blank));
    assert_eq!(mark(&sheet, "school"), Some(Mark::Blank));
    assert_eq!(mark(&sheet, "best"), None);
}

#[test]
fn too_many_numbers_count_as_two_marks_and_are_kept() {
    let sheet = asked(&[("change", "1 2"), ("news", "123"), ("best", "x")]).unwrap();
    assert_eq!(sheet.answers.keys().collect::<Vec<_>>(), ["best"]);
    assert_eq!(mark(&sheet, "change"), Some(Mark::TwoMarks));
    assert_eq!(sheet.marks["change"].said["change"], ["buses", "food"]);
    assert_eq!(sheet.marks["news"].said["news"], ["text", "email", "app"]);
}

#[test]
fn text_next_to_a_checked_choice_is_a_second_mark() {
    let sheet = kinds(&[("why", "1"), ("why.other", "No child care")]).unwrap();
    assert_eq!(mark(&sheet, "why"), Some(Mark::TwoMarks));
    assert_eq!(sheet.marks["why"].said["why.other"], ["No child care"]);
    assert!(!sheet.answers.contains_key("why") && !sheet.answers.contains_key("why.other"));
}

#[test]
fn a_required_question_may_be_blank_but_consent_may_not() {
    // `change` is required on the web.
    assert!(asked(&[("welcome", "3")]).is_ok());
    let (document, places) = samples::kinds();
    let faults = read(&document, &places, &typed(&[("rides", "1")])).unwrap_err();
    assert_eq!(faults.get("agree"), Some(&SheetFault::Intake(Fault::Agree)));
}

#[test]
fn an_answer_to_a_question_that_was_not_asked_is_only_kept_as_a_mark() {
    let sheet = kinds(&[("rides", "2"), ("minutes", "30")]).unwrap();
    assert!(!sheet.answers.contains_key("minutes"));
    assert_eq!(mark(&sheet, "minutes"), Some(Mark::NotAsked));
    assert_eq!(sheet.marks["minutes"].said["minutes"], ["30"]);
    // If nothing is written there, there's no mark.
    assert_eq!(mark(&kinds(&[("rides", "2")]).unwrap(), "minutes"), None);
}

#[test]
fn an_unknown_number_is_reported_and_an_empty_sheet_is_refused() {
    let faults = asked(&[("change", "7")]).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults["change"], SheetFault::NoSuchNumber("7".to_owned()));
    let faults = asked(&[("change", "-")]).unwrap_err();
    assert_eq!(faults[WHOLE_FORM], SheetFault::Intake(Fault::Empty));
    // Something was written there, and that is information too.
    let sheet = asked(&[("change", "*")]).unwrap();
    assert!(sheet.answers.is_empty());
}

#[test]
fn illegible_words_are_marked_unclear() {
    let sheet = asked(&[("welcome", "2"), ("_unclear.best", "yes")]).unwrap();
    assert_eq!(mark(&sheet, "best"), Some(Mark::Unclear));
    let faults = asked(&[("best", "Bu"), ("_unclear.best", "yes")]).unwrap_err();
    assert_eq!(faults["best"], SheetFault::WordsAndUnclear);
    // A question mark is valid text.
    assert_eq!(asked(&[("best", "?")]).unwrap().answers["best"], one("?"));
}

/// What a web form might submit to a survey.
fn posted() -> impl Strategy<Value = (Document, Vec<(String, String)>)> {
    right_documents().prop_flat_map(|document| {
        let (_, places) = samples::asked();
        let choices = document.questions().flat_map(|item| {
            let offered: Vec<String> = item.offered(&places).into_iter().map(Into::into).collect();
            let fields = item.fields().into_iter();
            let words = item.words_field();
            fields.flat_map(move |field| {
                let mut values = offered.clone();
                if words.as_ref() == Some(&field) || offered.is_empty() {
                    values = ["1", "2", "3", "10", "2026-10-05", "some words"]
                        .map(str::to_owned)
                        .to_vec();
                }
                values
                    .into_iter()
                    .map(move |value| (field.clone(), value))
                    .collect::<Vec<_>>()
            })
        });
        let choices: Vec<(String, String)> = choices.collect();
        (
            Just(document),
            prop::collection::vec(prop::sample::select(choices), 0..12),
        )
    })
}

/// The same choices as read from a printed sheet: the numbers, several in a row.
fn on_a_sheet(document: &Document, places: &Places, pairs: &[(String, String)]) -> Fields {
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (field, value) in pairs {
        let (item, _) = document.item_of_field(field).unwrap();
        let codes = codes(item, places);
        let is_words = item.words_field().as_ref() == Some(field);
        let code = codes.iter().find(|(_, key)| key == value && !is_words);
        let shown = code.map_or_else(|| value.clone(), |(code, _)| code.to_string());
        let entry = fields.entry(field.clone()).or_default();
        if !entry.contains(&shown) {
            entry.push(shown);
        }
    }
    Fields(
        fields
            .into_iter()
            .map(|(field, values)| (field, values.join(" ")))
            .collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn an_entered_sheet_is_stored_like_the_web_form((document, pairs) in posted()) {
        let (_, places) = samples::asked();
        let web = intake::validate(&on_paper(&document), &places, &Fields(pairs.clone()));
        let sheet = read(&document, &places, &on_a_sheet(&document, &places, &pairs));
        if let Ok(web) = web {
            prop_assert_eq!(&sheet.as_ref().map(|sheet| sheet.answers.clone()), &Ok(web));
        }
        if let Ok(sheet) = sheet {
            // An answered part has no mark, and a marked part has no answer.
            for (part, marked) in &sheet.marks {
                prop_assert!(crate::responses::said(&sheet.answers, part).is_empty(), "{part}: {marked:?}");
            }
            // Entering what the sheet's page shows gives the same sheet again.
            let again = as_entered(&document, &places, &sheet);
            prop_assert_eq!(read(&document, &places, &as_fields(&again)), Ok(sheet));
        }
    }

    #[test]
    fn anything_typed_is_read_or_refused_with_faults(document in right_documents(), values in prop::collection::vec("[-*?/0-9 ,a]{0,4}|.{0,6}", 0..12)) {
        let (_, places) = samples::asked();
        let names = document.items.iter().flat_map(Item::fields);
        let fields = Fields(names.zip(values).collect());
        match read(&document, &places, &fields) {
            Ok(sheet) => {
                let again = as_entered(&document, &places, &sheet);
                prop_assert_eq!(read(&document, &places, &as_fields(&again)), Ok(sheet));
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
