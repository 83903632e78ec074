//! Ready-made surveys that ship with the program for planners to copy: `fixtures/surveys/`.

use rust_embed::RustEmbed;

use super::document::Document;
use super::file::parse_document;
use super::kind::ItemKind;
use super::model::Places;
use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "fixtures/surveys/"]
struct Files;

/// The ready-made surveys in the order in which a district needs them: the file's name, which is also the slug, and the
/// audience.
const READY: [(&str, &str); 5] = [
    ("family", "Families"),
    ("students-secondary", "Students in grades 6 to 12"),
    ("students-elementary", "Students in grades 3 to 5"),
    ("staff", "Staff"),
    ("community", "Neighbors and community"),
];

/// Every ready-made survey with the desk's label for its audience.
pub(super) fn all() -> Result<Vec<(&'static str, Document)>> {
    let ready = READY.iter();
    ready
        .map(|(name, whom)| Ok((*whom, of_name(name)?)))
        .collect()
}

/// The ready-made survey with a name. Returns "not found" if there isn't one.
pub(super) fn of_name(name: &str) -> Result<Document> {
    let known = READY.iter().map(|(known, _)| *known);
    let name = known.into_iter().find(|known| *known == name);
    let name = name.ok_or(Error::NotFound)?;
    let file = Files::get(&format!("{name}.toml"));
    let file = file.ok_or_else(|| Error::bug(format!("no ready survey {name}")))?;
    let text = String::from_utf8_lossy(&file.data);
    parse_document(&text).map_err(|reason| Error::bug(format!("{name}.toml: {reason}")))
}

/// Adapts a ready-made survey to a district: keeps the languages that both have, uses the district's groups, and drops
/// the question about schools if the district has none.
pub(super) fn fitted(mut document: Document, places: &Places, spoken: &[String]) -> Document {
    let both = |tag: &String| spoken.contains(tag);
    if document.languages.iter().any(both) {
        document.languages.retain(both);
    }
    let known = |key: &String| places.groups.iter().any(|group| group.key == *key);
    document.group = document.group.filter(known);
    document
        .items
        .retain(|item| item.kind != ItemKind::School || !places.schools.is_empty());
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::item::Item;

    fn surveys() -> Vec<Document> {
        all()
            .unwrap()
            .into_iter()
            .map(|(_, survey)| survey)
            .collect()
    }

    #[test]
    fn every_ready_survey_is_listed_valid_and_complete_in_english_and_spanish() {
        let surveys = surveys();
        assert_eq!(surveys.len(), Files::iter().count());
        for ((name, _), survey) in READY.iter().zip(surveys) {
            assert_eq!(survey.slug, *name);
            assert_eq!(survey.faults(), [], "{name}");
            assert_eq!(survey.complete_languages(), ["en", "es"], "{name}");
            assert!(
                survey.open_items().all(|item| item.intent.is_some()),
                "{name}"
            );
        }
    }

    #[test]
    fn the_same_key_means_the_same_question_in_every_ready_survey() {
        let surveys = surveys();
        let asked: Vec<&Item> = surveys.iter().flat_map(Document::questions).collect();
        for (one, other) in asked
            .iter()
            .flat_map(|one| asked.iter().map(move |other| (one, other)))
        {
            if one.key == other.key {
                let kind = |item: &Item| {
                    (
                        item.kind,
                        item.intent,
                        item.at_most,
                        item.is_scale().then(|| item.ends()),
                    )
                };
                assert_eq!(kind(one), kind(other), "{}", one.key);
            }
        }
    }

    #[test]
    fn introductions_give_the_time_and_the_law_and_tell_students_where_to_get_help() {
        for survey in surveys() {
            let (english, spanish) = (survey.intro.get("en").0, survey.intro.get("es").0);
            let is_for_students = survey.group.as_deref() == Some("students");
            assert!(
                english.contains("minutes") && spanish.contains("minutos"),
                "{}",
                survey.slug
            );
            assert!(
                english.contains("law") && spanish.contains("ley"),
                "{}",
                survey.slug
            );
            assert_eq!(
                english.contains("Nobody watches"),
                is_for_students,
                "{}",
                survey.slug
            );
            assert_eq!(
                spanish.contains("Nadie"),
                is_for_students,
                "{}",
                survey.slug
            );
            assert_eq!(
                english.contains("you trust at school"),
                is_for_students,
                "{}",
                survey.slug
            );
        }
    }

    #[test]
    fn a_ready_survey_drops_what_the_district_does_not_have() {
        let survey = of_name("family").unwrap();
        let fitted = fitted(survey.clone(), &Places::default(), &["es".to_owned()]);
        assert_eq!(fitted.languages, ["es"]);
        assert_eq!(fitted.faults_in(&Places::default()), []);
        assert_eq!(fitted.items.len(), survey.items.len() - 1);
        let elsewhere = super::fitted(survey, &Places::default(), &["fr".to_owned()]);
        assert_eq!(elsewhere.languages, ["en", "es"]);
    }
}
