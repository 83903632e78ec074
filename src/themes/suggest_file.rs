//! Suggested themes for a file: `chorus themes suggest FILE.csv --text COLUMN`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::codebook::{Codebook, RuleText, Theme};
use super::file_rows::{FileError, RowLanguages, progress};
use super::postings::Postings;
use super::rule::Term;
use super::suggest::{Grain, SuggestedTheme, Suggestion, suggest};
use super::text::language::Language;
use super::text::non_answers::is_non_answer;
use crate::localised::LocalisedText;
use crate::sheet::Sheet;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct SuggestOptions {
    /// The file: CSV with a line of column names.
    pub file: PathBuf,
    /// The column that holds the words.
    pub text: String,
    /// The languages that the words may be in. With several each row's own words decide, and the first holds where they
    /// do not; with none it is English.
    pub languages: Vec<Language>,
    /// How finely remarks are told apart.
    pub grain: Grain,
    /// Whether stability is measured.
    pub stability: bool,
    /// How themes are written.
    pub format: Format,
}

/// How suggested themes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For reading.
    #[default]
    Table,
    /// For a program, with the themes of every row.
    Json,
    /// As a codebook, to be edited and counted by.
    Toml,
}

/// The shape of the JSON: an entry in `answers` for each row of the file.
#[derive(Serialize)]
struct Written<'a> {
    coverage: f64,
    themes: Vec<WrittenTheme<'a>>,
    answers: &'a [Vec<u32>],
}

#[derive(Serialize)]
struct WrittenTheme<'a> {
    id: usize,
    name: &'a str,
    terms: Vec<&'a str>,
    answers: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<f64>,
}

impl<'a> WrittenTheme<'a> {
    fn of((id, theme): (usize, &'a SuggestedTheme)) -> Self {
        Self {
            id,
            name: &theme.name,
            terms: theme.terms.iter().map(|(_, term)| term.as_str()).collect(),
            answers: theme.remarks,
            stability: theme.stability.map(hundredths),
        }
    }
}

/// Writes the suggested themes of a file.
pub fn run(options: &SuggestOptions, out: &mut impl Write) -> Result<(), FileError> {
    let suggestion = suggest_for(options)?;
    match options.format {
        Format::Table => write_table(&suggestion, out)?,
        Format::Json => {
            serde_json::to_writer(&mut *out, &written(&suggestion)).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Toml => write!(out, "{}", codebook(&suggestion).to_toml()?)?,
    }
    Ok(out.flush()?)
}

/// Suggests themes for the rows of a file.
pub fn suggest_for(options: &SuggestOptions) -> Result<Suggestion, FileError> {
    let mut sheet = Sheet::open(&options.file, &[options.text.trim()])?;
    let text = sheet.column(&options.text)?;
    let languages = RowLanguages::new(&options.languages);
    let mut postings = Postings::default();
    let mut rows = 0_u32;
    let bar = progress("reading", sheet.size());
    while let Some(row) = sheet.next_row()? {
        bar.set_position(sheet.position());
        let text = sheet.cell(&row, text)?;
        if !is_non_answer(text) {
            postings.insert(rows, languages.of(text), text);
        }
        rows = rows.saturating_add(1);
    }
    bar.finish_and_clear();
    let ordinals: Vec<u32> = (0..rows).collect();
    Ok(suggest(
        &postings,
        &ordinals,
        options.grain,
        options.stability,
    ))
}

fn written(suggestion: &Suggestion) -> Written<'_> {
    Written {
        coverage: hundredths(suggestion.coverage),
        themes: suggestion
            .themes
            .iter()
            .enumerate()
            .map(WrittenTheme::of)
            .collect(),
        answers: &suggestion.remarks,
    }
}

fn hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

fn write_table(suggestion: &Suggestion, out: &mut impl Write) -> io::Result<()> {
    if suggestion.too_few {
        writeln!(
            out,
            "There are too few answers to tell themes apart well: take these as a first look."
        )?;
    }
    for theme in &suggestion.themes {
        let stable = theme
            .stability
            .map_or_else(String::new, |stability| format!("  stable {stability:.2}"));
        writeln!(out, "{:>7}  {}{stable}", theme.remarks, theme.name)?;
        let terms = theme.terms.iter().take(8).map(|(_, term)| term.as_str());
        writeln!(out, "         {}", terms.collect::<Vec<_>>().join(", "))?;
    }
    writeln!(
        out,
        "{} themes; {:.0} % of the answers that say something have one.",
        suggestion.themes.len(),
        suggestion.coverage * 100.0
    )
}

/// The themes as a codebook: what counts by it are the very same terms.
pub fn codebook(suggestion: &Suggestion) -> Codebook {
    let mut keys = BTreeSet::new();
    let theme = |suggested: &SuggestedTheme| {
        let mut rules: BTreeMap<String, RuleText> = BTreeMap::new();
        for (language, term) in &suggested.terms {
            // What the rules of a codebook cannot say, such as a word of digits, is left out.
            if term.parse::<Term>().is_ok() {
                let rule = rules.entry(language.as_str().to_owned()).or_default();
                rule.any.push(term.clone());
            }
        }
        (!rules.is_empty()).then(|| Theme {
            key: free_key(&suggested.name, &mut keys),
            name: LocalisedText::one("en", &suggested.name),
            rules,
            ..Theme::default()
        })
    };
    Codebook {
        note: "Suggested by the words that answers have in common. Read each theme, name it, and mend its terms."
            .to_owned(),
        themes: suggestion.themes.iter().filter_map(theme).collect(),
    }
}

/// A key that no other theme has.
pub(in crate::themes) fn free_key(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = name
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let base = if words.is_empty() {
        "theme".to_owned()
    } else {
        words.join("-")
    };
    let numbered = |number: usize| match number {
        1 => base.clone(),
        _ => format!("{base}-{number}"),
    };
    let free = (1..=taken.len() + 1)
        .map(numbered)
        .find(|key| !taken.contains(key));
    let free = free.unwrap_or(base);
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::suggest::three_things;

    /// What people say, and after each what says nothing.
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
    fn the_json_has_an_entry_for_each_row_and_none_for_what_says_nothing() {
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
    fn the_codebook_counts_exactly_the_rows_that_the_suggestion_names() {
        let (_file, options) = options(Format::Toml);
        let suggestion = suggest_for(&options).unwrap();
        let (codebook, compiled) = Codebook::parse(&written_as(Format::Toml)).unwrap();
        assert_eq!(codebook.themes.len(), suggestion.themes.len());
        for (place, theme) in (0_u32..).zip(&compiled) {
            for (text, themes) in said().iter().zip(&suggestion.remarks) {
                let matches = theme.rule.matches(text, Language::ENGLISH);
                assert_eq!(matches, themes.contains(&place), "{text}: {}", theme.key);
            }
        }
    }

    #[test]
    fn a_table_says_how_much_is_covered() {
        let table = written_as(Format::Table);
        assert!(
            table.contains("100 % of the answers that say something have one."),
            "{table}"
        );
    }

    #[test]
    fn keys_are_plain_and_never_twice() {
        let mut taken = BTreeSet::new();
        let keys = ["Late bus", "late, bus", "¿?", "más"].map(|name| free_key(name, &mut taken));
        assert_eq!(keys, ["late-bus", "late-bus-2", "theme", "m-s"]);
    }
}
