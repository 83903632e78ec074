//! Words, keywords, and themes on real comments, compared with counts from other programs.

use std::{collections::BTreeMap, error::Error, path::PathBuf};

use chorus::themes::files::keywords::{Format, KeywordOptions, run};
use chorus::themes::{Codebook, Language, Postings};

use crate::support::fixture_path;

fn keywords(
    file: &str,
    [text, person, by]: [&str; 3],
    language: Language,
) -> Result<serde_json::Value, Box<dyn Error>> {
    let options = KeywordOptions {
        file: fixture_path(file).into(),
        text: text.to_owned(),
        person: Some(person.to_owned()),
        by: Some(by.to_owned()),
        languages: vec![language],
        top: None,
        keyness: false,
        phrases: false,
        same: false,
        negated: false,
        format: Format::Json,
    };
    let mut written = Vec::new();
    run(&options, &mut written)?;
    Ok(serde_json::from_slice(&written)?)
}

fn expected(file: &str) -> Result<serde_json::Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&std::fs::read(fixture_path(file))?)?)
}

#[test]
fn english_keywords_match_the_independent_count() {
    let found = keywords(
        "bowling-green/comments.csv",
        ["comment-body", "author-id", "moderated"],
        Language::ENGLISH,
    );
    assert_eq!(
        found.unwrap(),
        expected("keywords/bowling-green.json").unwrap()
    );
}

#[test]
fn spanish_keywords_match_the_independent_count() {
    let found = keywords(
        "keywords/decide-madrid.csv",
        ["text", "thread", "kind"],
        Language::SPANISH,
    );
    assert_eq!(
        found.unwrap(),
        expected("keywords/decide-madrid.json").unwrap()
    );
}

#[test]
fn the_comments_in_every_bowling_green_theme_match_the_independent_count() {
    let written = std::fs::read_to_string(fixture_path("bowling-green/codebook.toml")).unwrap();
    let (_, themes) = Codebook::parse(&written).unwrap();
    let mut postings = Postings::default();
    let mut rows = csv::Reader::from_path(fixture_path("bowling-green/comments.csv")).unwrap();
    for row in rows.deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        if row["moderated"] != "-1" {
            postings.insert(
                row["comment-id"].parse().unwrap(),
                Language::ENGLISH,
                &row["comment-body"],
            );
        }
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/independent/bowling_green_themes.json");
    let counted: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(postings.len() as u64, counted["counted_comments"]);
    assert_eq!(themes.len(), counted["themes"].as_object().unwrap().len());
    for theme in themes {
        let found: Vec<String> = postings
            .evaluate(&theme.rule)
            .iter()
            .map(|ordinal| ordinal.to_string())
            .collect();
        let expected: Vec<String> =
            serde_json::from_value(counted["themes"][&theme.key]["ids"].clone()).unwrap();
        assert_eq!(found, expected, "{}", theme.key);
    }
}
