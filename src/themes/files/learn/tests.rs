use std::fmt::Write as _;

use super::*;
use crate::themes::engine::codebook::RuleText;

/// Rows about buses and food. People coded some of them by meaning rather than by word.
fn rows() -> String {
    let mut rows = "said,codes\n".to_owned();
    for (times, said, codes) in [
        (20, "The bus is late again", "Getting around"),
        (12, "Our van broke down", "Getting around"),
        (9, "A business trip", ""),
        (9, "Good business classes", ""),
        (15, "Lunch is cold", "Food; Cold things"),
        (6, "A cold bus", "Getting around; Cold things"),
        (3, "n/a", ""),
    ] {
        for time in 0..times {
            writeln!(rows, "{said} {time},{codes}").unwrap();
        }
    }
    rows
}

fn taught(codebook: Option<Codebook>) -> Taught {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), rows()).unwrap();
    learn(&LearnOptions {
        file: file.path().to_owned(),
        text: "said".to_owned(),
        codes: "codes".to_owned(),
        codebook,
        languages: Vec::new(),
    })
    .unwrap()
}

fn with_a_false_term() -> Codebook {
    let rule = RuleText {
        any: vec!["bus*".to_owned()],
        none: Vec::new(),
    };
    Codebook {
        themes: vec![Theme {
            key: "getting-around".to_owned(),
            name: LocalizedText::one("en", "Getting around"),
            rules: BTreeMap::from([("en".to_owned(), rule)]),
            ..Theme::default()
        }],
        ..Codebook::default()
    }
}

#[test]
fn without_a_codebook_each_theme_learns_the_words_that_its_rows_share() {
    let taught = taught(None);
    assert_eq!(taught.rows, 74);
    for theme in &taught.themes {
        assert_eq!(
            (theme.found, theme.right),
            (theme.people, theme.people),
            "{theme:?}"
        );
    }
    let names: Vec<&str> = taught.themes.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Cold things", "Food", "Getting around"]);
}

#[test]
fn missed_rows_and_false_matches_of_a_rule_are_reported() {
    let taught = taught(Some(with_a_false_term()));
    let theme = taught
        .themes
        .iter()
        .find(|it| it.name == "Getting around")
        .unwrap();
    let missing: Vec<&str> = theme
        .lesson
        .missing
        .iter()
        .map(|it| it.term.as_str())
        .collect();
    assert!(
        missing.contains(&"van") || missing.contains(&"broke"),
        "{missing:?}"
    );
    let keeps_out: Vec<&str> = theme
        .lesson
        .keeps_out
        .iter()
        .map(|it| it.term.as_str())
        .collect();
    assert_eq!(keeps_out, ["business"]);
    assert_eq!((theme.found, theme.right), (38, 38));
    // 26 of the 44 rows that bus* matches are right, so it's right more often than wrong.
    assert!(theme.false_terms.is_empty(), "{:?}", theme.false_terms);
    let rule = &taught.codebook.themes[0].rules["en"];
    assert_eq!(
        (rule.any[0].as_str(), rule.none.as_slice()),
        ("bus*", &["business".to_owned()][..])
    );
}

#[test]
fn a_term_that_is_mostly_wrong_is_reported_with_its_counts() {
    let mut codebook = with_a_false_term();
    codebook.themes[0]
        .rules
        .get_mut("en")
        .unwrap()
        .any
        .push("cold".to_owned());
    let taught = taught(Some(codebook));
    let theme = taught
        .themes
        .iter()
        .find(|it| it.name == "Getting around")
        .unwrap();
    let found: Vec<_> = theme
        .false_terms
        .iter()
        .map(|it| (it.term.as_str(), it.right, it.comments))
        .collect();
    assert_eq!(found, [("cold", 6, 21)]);
}

#[test]
fn a_column_without_codes_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "said,codes\nbus,\n").unwrap();
    let error = learn(&LearnOptions {
        file: file.path().to_owned(),
        text: "said".to_owned(),
        codes: "codes".to_owned(),
        codebook: None,
        languages: Vec::new(),
    })
    .unwrap_err();
    assert!(
        error.to_string().contains("nothing to learn from"),
        "{error}"
    );
}
