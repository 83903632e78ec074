//! Suggests themes for a file: `chorus themes suggest FILE.csv --text COLUMN`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::rows::{FileError, RowLanguages, progress, write_json};
use crate::files::shown;
use crate::localized::LocalizedText;
use crate::sheet::Sheet;
use crate::themes::coding::Coding;
use crate::themes::engine::codebook::{Codebook, RuleText, Theme, free_key};
use crate::themes::engine::postings::Postings;
use crate::themes::engine::rule::Term;
use crate::themes::engine::suppressed::{LeftOut, Suppressed};
use crate::themes::suggestion::{Grain, Limits, SuggestedTheme, Suggestion, suggest_within};
use crate::themes::text::Language;
use crate::themes::text::non_answers::is_non_answer;

/// The command's options.
#[derive(Clone, Debug)]
pub struct SuggestOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the text.
    pub text: String,
    /// The languages that the text may be in; English if empty. With several, the words of each row decide; the first
    /// one is the default.
    pub languages: Vec<Language>,
    /// How fine-grained the themes are.
    pub grain: Grain,
    /// Whether to measure stability.
    pub stability: bool,
    /// A codebook whose themes are kept as is; we suggest nothing for rows that they cover.
    pub codebook: Option<Codebook>,
    /// Words and names to leave out of themes.
    pub suppressed: Suppressed,
    /// The output format.
    pub format: Format,
}

/// The format of suggested themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text.
    #[default]
    Table,
    /// JSON, with the themes of every row.
    Json,
    /// A codebook, to edit and count with.
    Toml,
}

/// The JSON format: `answers` has an entry for each row of the file.
#[derive(Serialize)]
struct SuggestionJson<'a> {
    coverage: f64,
    themes: Vec<SuggestedThemeJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<SuppressedTermJson<'a>>,
    answers: Vec<Vec<usize>>,
}

#[derive(Serialize)]
struct SuppressedTermJson<'a> {
    term: &'a str,
    answers: u64,
}

#[derive(Serialize)]
struct SuggestedThemeJson<'a> {
    id: usize,
    name: &'a str,
    terms: Vec<&'a str>,
    answers: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<f64>,
    /// Whether this theme comes from the existing codebook.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    locked: bool,
}

impl<'a> SuggestedThemeJson<'a> {
    fn of((id, theme): (usize, &'a SuggestedTheme)) -> Self {
        Self {
            id,
            name: &theme.name,
            terms: theme.terms.iter().map(|(_, term)| term.as_str()).collect(),
            answers: theme.comments,
            stability: theme.stability.map(hundredths),
            locked: false,
        }
    }

    fn of_locked((id, (theme, rows)): (usize, (&'a Theme, &RoaringBitmap))) -> Self {
        let terms = theme.rules.values().flat_map(|rule| &rule.any);
        Self {
            id,
            name: theme.name.get("en").0,
            terms: terms.map(String::as_str).collect(),
            answers: usize::try_from(rows.len()).unwrap_or(usize::MAX),
            stability: None,
            locked: true,
        }
    }
}

/// The suggestions for a file, along with the existing themes.
#[derive(Clone, Debug, Default)]
pub struct Suggested {
    /// Suggestions for rows that no locked theme covers.
    pub suggestion: Suggestion,
    /// The existing codebook, and the rows of each of its themes.
    pub locked: Codebook,
    locked_rows: Vec<RoaringBitmap>,
    /// The words left out of suggestions.
    pub left_out: Vec<LeftOut>,
}

impl Suggested {
    fn locked(&self) -> impl Iterator<Item = (&Theme, &RoaringBitmap)> {
        self.locked.themes.iter().zip(&self.locked_rows)
    }

    /// The themes of each row, locked ones first.
    fn answers(&self) -> Vec<Vec<usize>> {
        let first = self.locked_rows.len();
        let row = |(row, suggested): (u32, &Vec<u32>)| {
            let locked = self.locked_rows.iter().enumerate();
            let locked = locked.filter(|(_, rows)| rows.contains(row));
            let suggested = suggested.iter().map(|theme| first + *theme as usize);
            locked.map(|(theme, _)| theme).chain(suggested).collect()
        };
        (0..).zip(&self.suggestion.comments).map(row).collect()
    }
}

/// Writes the suggested themes of a file.
pub fn run(options: &SuggestOptions, out: &mut impl Write) -> Result<(), FileError> {
    let found = suggest_for(options)?;
    match options.format {
        Format::Table => write_table(&found, out)?,
        Format::Json => write_json(&written(&found), out)?,
        Format::Toml => write!(out, "{}", codebook(&found).to_toml()?)?,
    }
    Ok(out.flush()?)
}

/// Suggests themes for the rows of a file.
pub fn suggest_for(options: &SuggestOptions) -> Result<Suggested, FileError> {
    let locked = options.codebook.clone().unwrap_or_default();
    let coding = Coding::new(0, locked.clone()).map_err(FileError::Codebook)?;
    let mut sheet = Sheet::open(&options.file, &[options.text.trim()])?;
    let text = sheet.column(&options.text)?;
    let languages = RowLanguages::new(&options.languages);
    let mut postings = Postings::default();
    let mut rows = 0_u32;
    let mut said = RoaringBitmap::new();
    let bar = progress("reading", sheet.size());
    while let Some(row) = sheet.next_row()? {
        bar.set_position(sheet.position());
        let text = sheet.cell(&row, text)?;
        if !is_non_answer(text) {
            postings.insert(rows, languages.of(text), text);
            said.insert(rows);
        }
        rows = rows.saturating_add(1);
    }
    bar.finish_and_clear();
    let ordinals: Vec<u32> = (0..rows).collect();
    let coded = coding.code(&said, |rule| postings.evaluate(rule));
    let rows_of = |theme: &Theme| coded.theme(&theme.key).clone();
    let limits = Limits {
        covered: coded.covered.clone(),
        suppressed: options.suppressed.clone(),
    };
    Ok(Suggested {
        suggestion: suggest_within(
            &postings,
            &ordinals,
            &limits,
            options.grain,
            options.stability,
        ),
        locked_rows: locked.themes.iter().map(rows_of).collect(),
        locked,
        left_out: limits.suppressed.left_out(&postings, &said),
    })
}

fn written(found: &Suggested) -> SuggestionJson<'_> {
    let locked = found
        .locked()
        .enumerate()
        .map(SuggestedThemeJson::of_locked);
    let first = found.locked_rows.len();
    let themes = found.suggestion.themes.iter().enumerate();
    let suggested = themes.map(|(id, theme)| SuggestedThemeJson::of((first + id, theme)));
    let left_out = found.left_out.iter().map(|left_out| SuppressedTermJson {
        term: &left_out.term,
        answers: left_out.comments,
    });
    SuggestionJson {
        coverage: hundredths(found.suggestion.coverage),
        themes: locked.chain(suggested).collect(),
        suppressed: left_out.collect(),
        answers: found.answers(),
    }
}

fn hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

fn write_table(found: &Suggested, out: &mut impl Write) -> io::Result<()> {
    let suggestion = &found.suggestion;
    for (theme, rows) in found.locked() {
        let name = shown(theme.name.get("en").0);
        writeln!(out, "{:>7}  {name}  (already in the codebook)", rows.len())?;
    }
    if suggestion.too_few {
        writeln!(
            out,
            "There are too few answers for reliable themes. Treat these as a first look."
        )?;
    }
    for theme in &suggestion.themes {
        let stable = theme.stability.map_or_else(String::new, |stability| {
            format!("  stability {stability:.2}")
        });
        writeln!(out, "{:>7}  {}{stable}", theme.comments, theme.name)?;
        let terms = theme.terms.iter().take(8).map(|(_, term)| term.as_str());
        writeln!(out, "         {}", terms.collect::<Vec<_>>().join(", "))?;
    }
    if !found.left_out.is_empty() {
        let told = found.left_out.iter();
        let told: Vec<String> = told
            .map(|left_out| format!("{} {}", left_out.term, left_out.comments))
            .collect();
        writeln!(
            out,
            "Not suggested because the question or a name contains it: {}",
            told.join(", ")
        )?;
    }
    writeln!(
        out,
        "{} themes; {:.0}% of the answers that say something have one.",
        found.locked_rows.len() + suggestion.themes.len(),
        suggestion.coverage * 100.0
    )
}

/// All themes as a codebook with exactly these terms. Existing themes come first, unchanged.
pub fn codebook(found: &Suggested) -> Codebook {
    let locked = &found.locked.themes;
    let mut keys: BTreeSet<String> = locked.iter().map(|theme| theme.key.clone()).collect();
    let theme = |suggested: &SuggestedTheme| {
        let mut rules: BTreeMap<String, RuleText> = BTreeMap::new();
        for (language, term) in &suggested.terms {
            // Skip what can't be a term in a codebook, such as a number.
            if term.parse::<Term>().is_ok() {
                let rule = rules.entry(language.as_str().to_owned()).or_default();
                rule.any.push(term.clone());
            }
        }
        (!rules.is_empty()).then(|| Theme {
            key: free_key(&suggested.name, &mut keys),
            name: LocalizedText::one("en", &suggested.name),
            rules,
            ..Theme::default()
        })
    };
    Codebook {
        note: "Suggested from words that answers share. Read each theme, name it, and correct its terms."
            .to_owned(),
        spellings: found.locked.spellings.clone(),
        themes: locked
            .iter()
            .cloned()
            .chain(found.suggestion.themes.iter().filter_map(theme))
            .collect(),
    }
}

#[cfg(test)]
mod tests;
