use super::*;
use crate::themes::suggestion::three_things;

/// Comments, each followed by a non-answer.
fn said() -> Vec<String> {
    let nothing = || "n/a".to_owned();
    let said = three_things().into_iter();
    said.flat_map(|text| [text, nothing()]).collect()
}

fn options(format: Format) -> (tempfile::NamedTempFile, SuggestOptions) {
    let file = tempfile::NamedTempFile::new().unwrap();
    let rows = said().join("\"\n\"");
    std::fs::write(file.path(), format!("\u{feff}said\n\"{rows}\"\n")).unwrap();
    let options = SuggestOptions {
        file: file.path().to_owned(),
        text: "said".to_owned(),
        languages: Vec::new(),
        grain: Grain::Usual,
        stability: false,
        codebook: None,
        suppressed: Suppressed::default(),
        format,
    };
    (file, options)
}

fn written_as(format: Format) -> String {
    let (_file, options) = options(format);
    let mut out = Vec::new();
    run(&options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_json_has_an_entry_for_each_row_and_an_empty_one_for_non_answers() {
    let json: serde_json::Value = serde_json::from_str(&written_as(Format::Json)).unwrap();
    let answers = json["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 630);
    let strongest = |place: usize| answers[place].get(0);
    for row in 0..35 {
        assert_eq!(strongest(2 * row), strongest(0));
        assert_eq!(answers[2 * row + 1], serde_json::json!([]));
    }
    assert!(strongest(0).is_some() && strongest(0) != strongest(70));
    assert_eq!(json["coverage"], 1.0);
    assert_eq!(json["themes"][0]["id"], 0);
    assert!(json["themes"][0].get("stability").is_none());
}

#[test]
fn the_suggested_codebook_matches_exactly_the_suggested_rows() {
    let (_file, options) = options(Format::Toml);
    let suggestion = suggest_for(&options).unwrap().suggestion;
    let (codebook, compiled) = Codebook::parse(&written_as(Format::Toml)).unwrap();
    assert_eq!(codebook.themes.len(), suggestion.themes.len());
    for (place, theme) in (0_u32..).zip(&compiled) {
        for (text, themes) in said().iter().zip(&suggestion.comments) {
            let matches = theme.rule.matches(text, Language::ENGLISH);
            assert_eq!(matches, themes.contains(&place), "{text}: {}", theme.key);
        }
    }
}

#[test]
fn themes_fixed_by_people_stay_when_more_are_suggested() {
    let fixed = "note = \"ours\"\n[[themes]]\nkey = \"lunch\"\nname = { en = \"Lunch\" }\n\
            rules.en.any = [\"lunch\", \"fruit\", \"menu\", \"kitchen\", \"milk\", \"hot\", \"vegetables\"]\n";
    let (codebook, _) = Codebook::parse(fixed).unwrap();
    let written_as = |format| {
        let (_file, options) = options(format);
        let options = SuggestOptions {
            codebook: Some(codebook.clone()),
            ..options
        };
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let json: serde_json::Value = serde_json::from_str(&written_as(Format::Json)).unwrap();
    let themes = json["themes"].as_array().unwrap();
    assert_eq!(
        (&themes[0]["locked"], &themes[0]["answers"]),
        (&true.into(), &105.into())
    );
    assert!(themes[1].get("locked").is_none());
    for (text, themes) in said().iter().zip(json["answers"].as_array().unwrap()) {
        let themes = themes.as_array().unwrap();
        let is_lunch = codebook.compile().unwrap()[0]
            .rule
            .matches(text, Language::ENGLISH);
        assert_eq!(themes.contains(&0.into()), is_lunch, "{text}");
        assert_eq!(themes.is_empty(), text == "n/a", "{text}");
        assert!(!is_lunch || themes.len() == 1, "{text}");
    }
    let (again, _) = Codebook::parse(&written_as(Format::Toml)).unwrap();
    assert_eq!(again.themes.len(), themes.len());
    assert_eq!(again.themes[0], codebook.themes[0]);
    let table = written_as(Format::Table);
    assert!(
        table.starts_with("    105  Lunch  (already in the codebook)\n"),
        "{table}"
    );
}

#[test]
fn a_table_says_how_much_is_covered() {
    let table = written_as(Format::Table);
    assert!(
        table.contains("100% of the answers that say something have one."),
        "{table}"
    );
}

#[test]
fn keys_are_plain_and_unique() {
    let mut taken = BTreeSet::new();
    let keys = ["Late bus", "late, bus", "¿?", "más"].map(|name| free_key(name, &mut taken));
    assert_eq!(keys, ["late-bus", "late-bus-2", "theme", "mas"]);
}
