//! The results of Riverside's family survey match an independent count.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::world::{Sheet, World};
use crate::support::fixture;

/// The other tool's labels by question, each with the key that `map.toml` gives it.
struct Labels(toml::Table);

impl Labels {
    fn key(&self, question: &str, label: &str) -> String {
        if label.is_empty() {
            return "_empty".to_owned();
        }
        let own = self.0.get(question).and_then(toml::Value::as_table);
        let own = own.and_then(|table| table.get(label));
        let key = own
            .or_else(|| self.0.get(label))
            .and_then(toml::Value::as_str);
        key.unwrap_or(label).to_owned()
    }
}

fn counts(value: &Value) -> BTreeMap<&str, u64> {
    let counts = value.as_object().unwrap().iter();
    counts
        .map(|(people, count)| (people.as_str(), count.as_u64().unwrap()))
        .collect()
}

#[test]
fn every_count_of_riverside_matches_the_independent_count() {
    let world = World::new();
    world.app.publish_survey(&fixture("riverside/survey.toml"));
    world.app.import_responses(
        "family",
        &fixture("riverside/responses.csv"),
        &fixture("riverside/map.toml"),
    );
    let planner = world.planner();
    let sheet = |query: &str| {
        let path = format!("/desk/surveys/family/results.csv{query}");
        Sheet::of(&planner.get(&path).expect(200))
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent/riverside.json");
    let report: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let map: toml::Table = fixture("riverside/map.toml").parse().unwrap();
    let labels = Labels(map["choices"].as_table().unwrap().clone());
    let compare = |sheet: &Sheet, question: &str, answers: &Value, asked: &Value| {
        let asked = counts(asked);
        let answers: BTreeMap<String, BTreeMap<&str, u64>> = answers
            .as_object()
            .unwrap()
            .iter()
            .map(|(label, by)| (labels.key(question, label), counts(by)))
            .collect();
        let mut compared = 0;
        for (people, base) in &asked {
            let column = match *people {
                "everyone" => "_everyone".to_owned(),
                label => labels.key("", label),
            };
            if question == "who" && column != "_everyone" {
                continue;
            }
            for (answer, by) in &answers {
                let count = by.get(people).unwrap_or(&0);
                let expected = format!("{count} of {base}");
                assert_eq!(
                    sheet.count(question, answer, &column),
                    expected,
                    "{question} {answer} {column}"
                );
                compared += 1;
            }
        }
        compared
    };
    let everyone = sheet("");
    let mut compared = 0;
    for (question, answers) in report["closed"].as_object().unwrap() {
        compared += compare(&everyone, question, answers, &report["asked"]);
    }
    for (question, by) in report["wrote"].as_object().unwrap() {
        for (people, count) in counts(by) {
            let column = if people == "everyone" {
                "_everyone".to_owned()
            } else {
                labels.key("", people)
            };
            let base = counts(&report["asked"])[people];
            assert_eq!(
                everyone.count(question, "_wrote", &column),
                format!("{count} of {base}")
            );
            compared += 1;
        }
    }
    // Almost every line of the sheet was compared; the rest are lines with nobody in them.
    assert!(
        compared + 10 > everyone.len() && compared > 190,
        "{compared} of {}",
        everyone.len()
    );
    let oak = &report["at_oak"];
    compare(&sheet("?school=oak"), "news", &oak["news"], &oak["asked"]);
    let buses = &report["chose_buses"];
    compare(
        &sheet("?chose=first:buses"),
        "welcome",
        &buses["welcome"],
        &buses["asked"],
    );
}
