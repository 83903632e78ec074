use proptest::prelude::*;

use super::*;

const EXAMPLE: &str = r#"
        note = "First version"
        [[themes]]
        key = "getting-around"
        name = { en = "Getting around", es = "Moverse" }
        definition = { en = "Roads, buses, walking" }
        include = "sidewalks"
        [themes.rules.en]
        any = ["bus*", "transit", '"public transportation"']
        none = ['"business trip"']
        [themes.rules.es]
        any = ["autob*", '"transporte público"']
        [[themes]]
        key = "parking"
        name = { en = "Parking" }
        parent = "getting-around"
        [themes.rules.en]
        any = ["parking"]
    "#;

fn faults(toml: &str) -> Vec<String> {
    Codebook::parse(toml)
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_codebook_counts_what_its_terms_match() {
    let (_, themes) = Codebook::parse(EXAMPLE).unwrap();
    let keys: Vec<_> = themes.iter().map(|theme| theme.key.as_str()).collect();
    assert_eq!(keys, ["getting-around", "parking"]);
    assert!(themes[0].rule.matches("Better buses", Language::ENGLISH));
    assert!(
        !themes[0]
            .rule
            .matches("Buses for a business trip", Language::ENGLISH)
    );
    assert!(
        themes[0]
            .rule
            .matches("El transporte público", Language::SPANISH)
    );
}

#[test]
fn a_codebook_written_out_reads_back_the_same() {
    let (codebook, _) = Codebook::parse(EXAMPLE).unwrap();
    let (again, _) = Codebook::parse(&codebook.to_toml().unwrap()).unwrap();
    assert_eq!(again, codebook);
}

#[test]
fn every_fault_is_listed_with_its_theme_and_term() {
    let found = faults(
        r#"
            [[themes]]
            key = "a"
            name = { en = "A" }
            parent = "b"
            [themes.rules.en]
            any = ["two words", "b*s"]
            [[themes]]
            key = "b"
            name = { en = "B" }
            parent = "a"
            [[themes]]
            key = "b"
            name = {}
            parent = "nowhere"
            [themes.rules.english-words]
            any = ["x"]
            [themes.rules.9]
            any = ["x"]
            [[themes]]
            key = "c"
            name = { en = "C" }
        "#,
    );
    for part in [
        "theme a: it is its own parent",
        "theme a: term two words (en): at position 4",
        "theme a: term b*s (en): at position 2",
        "theme b: it is its own parent",
        "theme c: a theme needs at least one term",
        "theme b: another theme has the same key",
        "theme b: a theme needs a name",
        "theme b: its parent “nowhere”",
        "theme b: “9” is not a language tag",
    ] {
        assert!(
            found.iter().any(|fault| fault.starts_with(part)),
            "no fault “{part}” in {found:#?}"
        );
    }
    assert_eq!(found.len(), 9, "{found:#?}");
}

#[test]
fn a_theme_without_terms_needs_a_part_with_terms() {
    let whole = "[[themes]]\nkey = \"whole\"\nname = { en = \"Whole\" }\n";
    let part = "[[themes]]\nkey = \"part\"\nname = { en = \"Part\" }\nparent = \"middle\"\nrules.en.any = [\"bus\"]\n";
    let middle = "[[themes]]\nkey = \"middle\"\nname = { en = \"Middle\" }\nparent = \"whole\"\n";
    assert!(Codebook::parse(&[whole, middle, part].concat()).is_ok());
    assert_eq!(faults(&[whole, middle].concat()).len(), 2);
}

#[test]
fn an_accepted_spelling_counts_as_the_intended_word() {
    let toml = "[spellings.es]\n\"Educacion\" = \"educación\"\n[[themes]]\nkey = \"a\"\nname = { en = \"A\" }\n\
            [themes.rules.es]\nany = [\"educación\", '\"llega tarde\"']\nnone = []\n";
    let (codebook, themes) = Codebook::parse(toml).unwrap();
    let matches = |text| themes[0].rule.matches(text, Language::SPANISH);
    assert!(matches("La EDUCACION pasa") && matches("la educación") && !matches("la cama"));
    assert_eq!(
        Codebook::parse(&codebook.to_toml().unwrap()).unwrap().0,
        codebook
    );
    let plain = toml.replace("\"Educacion\" = \"educación\"\n", "");
    let (_, themes) = Codebook::parse(&plain).unwrap();
    assert!(
        !themes[0]
            .rule
            .matches("La EDUCACION pasa", Language::SPANISH)
    );
    let found = faults(&toml.replace("\"educación\"\n[[", "\"la educación\"\n[["));
    assert_eq!(
        found,
        ["spellings (es): “la educación” is not a single word"]
    );
}

#[test]
fn an_unknown_field_is_reported_with_its_line() {
    let found = faults("[[themes]]\nkey = \"a\"\nname = { en = \"A\" }\nruels = {}\n");
    assert!(
        found[0].contains("ruels") && found[0].contains("line 4"),
        "{found:?}"
    );
}
proptest! {
    /// Random fragments of codebooks, with anything that people might type in the strings.
    #[test]
    fn any_codebook_is_read_or_every_fault_is_one_plain_line(
        pieces in prop::collection::vec(prop::sample::select(&[
            "[[themes]]\n", "[themes.rules.en]\n", "[spellings.es]\n", "key = \"a\"\n", "key = \"b\"\n", "parent = \"a\"\n", "parent = \"b\"\n",
            "name = { en = \"A\" }\n", "any = [\"bus*\", ", "'\"drop off\"'", "]\n", "none = []\n", "\"á\" = \"b c\"\n", "rules.en.any = [\"x\"]\n", "note = 1\n", "=", "\"", "\u{7}",
        ][..]), 0..24),
        key in any::<String>(),
        tag in any::<String>(),
        term in "\\PC{0,40}|[a-z\"*\n\t /NEAR0-9-]{0,40}",
    ) {
        let theme = Theme {
            key: key.clone(),
            name: LocalizedText::one("en", &key),
            rules: [(tag.clone(), RuleText { any: vec![term.clone()], none: vec![term.clone()] })].into(),
            ..Theme::default()
        };
        let built = Codebook {
            spellings: [(tag, [(key, term)].into())].into(),
            themes: vec![theme.clone(), theme],
            ..Codebook::default()
        };
        for text in [pieces.concat(), built.to_toml().unwrap()] {
            match Codebook::parse(&text) {
                Ok((codebook, _)) => {
                    prop_assert_eq!(Codebook::parse(&codebook.to_toml().unwrap()).unwrap().0, codebook);
                }
                Err(faults) => {
                    prop_assert!(!faults.is_empty());
                    for fault in faults {
                        let told = fault.to_string();
                        prop_assert!(!told.is_empty() && !told.chars().any(char::is_control), "{:?}", told);
                    }
                }
            }
        }
    }
}
