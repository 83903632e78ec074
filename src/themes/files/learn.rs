//! Rules learned from a coded file: `chorus themes learn FILE.csv --text COLUMN --codes COLUMN --out codebook.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use roaring::RoaringBitmap;

use super::rows::{FileError, RowLanguages, names, progress};
use crate::files::shown;
use crate::localized::LocalizedText;
use crate::sheet::Sheet;
use crate::themes::engine::codebook::{Codebook, Theme, free_key};
use crate::themes::engine::postings::Postings;
use crate::themes::engine::rule::Term;
use crate::themes::learning::{Learned, Lesson, Lessons};
use crate::themes::text::Language;
use crate::themes::text::non_answers::is_non_answer;

/// The command's options.
#[derive(Clone, Debug)]
pub struct LearnOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the text.
    pub text: String,
    /// The column with the names of the themes that people assigned, separated by `;`.
    pub codes: String,
    /// The existing codebook, if any; its terms are kept.
    pub codebook: Option<Codebook>,
    /// The languages that the text may be in; English if empty. With several, the words of each row decide; the first
    /// one is the default.
    pub languages: Vec<Language>,
}

/// What we learned from a file.
#[derive(Clone, Debug)]
pub struct Taught {
    /// The codebook, including the learned terms.
    pub codebook: Codebook,
    /// The number of rows in the file.
    pub rows: u64,
    /// What we learned about each theme that people assigned.
    pub themes: Vec<TaughtTheme>,
}

/// What we learned about one theme.
#[derive(Clone, Debug)]
pub struct TaughtTheme {
    /// The theme's name.
    pub name: String,
    /// The rows that people put into the theme.
    pub people: u64,
    /// The codebook's terms that are often wrong, with how often they're right.
    pub false_terms: Vec<Learned>,
    /// The terms that the rule is missing, and terms that exclude rows.
    pub lesson: Lesson,
    /// The rows that its new rule matches.
    pub found: u64,
    /// How many of those people put into the theme.
    pub right: u64,
}

/// A term that's wrong in more than this share of its rows is a false term.
const OFTEN_WRONG: f64 = 0.5;

/// Learns from a coded file.
pub fn learn(options: &LearnOptions) -> Result<Taught, FileError> {
    let rows = CodedRows::read(options)?;
    let mut codebook = options.codebook.clone().unwrap_or_default();
    let known = codebook.compile().map_err(FileError::Codebook)?;
    let lessons = Lessons::new(&rows.postings, &rows.ordinals);
    let mut keys: BTreeSet<String> = codebook.themes.iter().map(|it| it.key.clone()).collect();
    let mut themes = Vec::with_capacity(rows.codes.len());
    for (name, people) in &rows.codes {
        let place = place_of(&codebook, name);
        let rule = place.and_then(|place| known.get(place));
        let now = rule.map_or_else(RoaringBitmap::new, |it| rows.postings.evaluate(&it.rule));
        let lesson = lessons.of(people, &now);
        let place = place.unwrap_or_else(|| {
            codebook.themes.push(Theme {
                key: free_key(name, &mut keys),
                name: LocalizedText::one("en", name),
                ..Theme::default()
            });
            codebook.themes.len() - 1
        });
        let Some(theme) = codebook.themes.get_mut(place) else {
            continue;
        };
        let false_terms = false_terms(theme, people, &rows.postings);
        take_up(theme, &lesson);
        themes.push(TaughtTheme {
            name: name.clone(),
            people: people.len(),
            false_terms,
            lesson,
            found: 0,
            right: 0,
        });
    }
    // A theme without learned terms has no rule to count with.
    codebook
        .themes
        .retain(|theme| theme.rules.values().any(|rule| !rule.any.is_empty()));
    count_found(&codebook, &rows, &mut themes)?;
    Ok(Taught {
        codebook,
        rows: rows.ordinals.len() as u64,
        themes,
    })
}

/// The place of the theme that a code names.
fn place_of(codebook: &Codebook, code: &str) -> Option<usize> {
    let mut themes = codebook.themes.iter();
    themes.position(|theme| is_called(theme, code))
}

/// Counts what the new rules find, and how much of it people put into the same theme.
fn count_found(
    codebook: &Codebook,
    rows: &CodedRows,
    themes: &mut [TaughtTheme],
) -> Result<(), FileError> {
    let compiled = codebook.compile().map_err(FileError::Codebook)?;
    for taught in themes {
        let place = place_of(codebook, &taught.name);
        let Some(theme) = place.and_then(|place| compiled.get(place)) else {
            continue;
        };
        let found = rows.postings.evaluate(&theme.rule);
        let people = rows.codes.get(&taught.name);
        taught.found = found.len();
        taught.right = people.map_or(0, |people| people.intersection_len(&found));
    }
    Ok(())
}

/// Whether a code is the theme's key or its name in any language.
fn is_called(theme: &Theme, code: &str) -> bool {
    theme.key == code || theme.name.0.values().any(|name| name == code)
}

/// Adds the learned terms to a theme.
fn take_up(theme: &mut Theme, lesson: &Lesson) {
    for (learned, keeps_out) in lesson
        .missing
        .iter()
        .map(|it| (it, false))
        .chain(lesson.keeps_out.iter().map(|it| (it, true)))
    {
        // Skip what can't be a term in a codebook, such as a number.
        if learned.term.parse::<Term>().is_err() {
            continue;
        }
        let rule = theme
            .rules
            .entry(learned.language.as_str().to_owned())
            .or_default();
        let terms = if keeps_out {
            &mut rule.none
        } else {
            &mut rule.any
        };
        if !terms.contains(&learned.term) {
            terms.push(learned.term.clone());
        }
    }
}

/// A theme's terms that are wrong more often than right, worst first.
fn false_terms(theme: &Theme, people: &RoaringBitmap, postings: &Postings) -> Vec<Learned> {
    let mut found = Vec::new();
    for (tag, rule) in &theme.rules {
        let Ok(language) = tag.parse::<Language>() else {
            continue;
        };
        for written in &rule.any {
            let Ok(term) = written.parse::<Term>() else {
                continue;
            };
            let comments = postings.holding_term(language, &term);
            let learned = Learned {
                language,
                term: written.clone(),
                comments: comments.len(),
                right: comments.intersection_len(people),
            };
            if learned.comments > 0 && learned.precision() < OFTEN_WRONG {
                found.push(learned);
            }
        }
    }
    found.sort_by_key(|it| (std::cmp::Reverse(it.comments - it.right), it.term.clone()));
    found
}

/// The rows of a file, and the rows in each theme.
struct CodedRows {
    postings: Postings,
    ordinals: Vec<u32>,
    codes: BTreeMap<String, RoaringBitmap>,
}

impl CodedRows {
    fn read(options: &LearnOptions) -> Result<Self, FileError> {
        let wanted = [options.text.trim(), options.codes.trim()];
        let mut sheet = Sheet::open(&options.file, &wanted)?;
        let (text, codes) = (sheet.column(&options.text)?, sheet.column(&options.codes)?);
        let languages = RowLanguages::new(&options.languages);
        let mut rows = Self {
            postings: Postings::default(),
            ordinals: Vec::new(),
            codes: BTreeMap::new(),
        };
        let bar = progress("reading", sheet.size());
        let mut ordinal = 0_u32;
        while let Some(row) = sheet.next_row()? {
            bar.set_position(sheet.position());
            let said = sheet.cell(&row, text)?;
            if !is_non_answer(said) {
                rows.postings.insert(ordinal, languages.of(said), said);
            }
            for name in names(sheet.cell(&row, codes)?) {
                let set = match rows.codes.get_mut(name) {
                    Some(set) => set,
                    None => rows.codes.entry(name.to_owned()).or_default(),
                };
                set.insert(ordinal);
            }
            rows.ordinals.push(ordinal);
            ordinal = ordinal.saturating_add(1);
        }
        bar.finish_and_clear();
        if rows.codes.is_empty() {
            return Err(FileError::Invalid(format!(
                "no row has a theme in the column “{}”, so there is nothing to learn from",
                options.codes.trim()
            )));
        }
        Ok(rows)
    }
}

/// Writes what we learned, as text.
pub fn write_taught(taught: &Taught, out: &mut impl Write) -> io::Result<()> {
    for theme in &taught.themes {
        writeln!(
            out,
            "{}: people coded {} rows; its rule now finds {}, {} of them correctly",
            shown(&theme.name),
            theme.people,
            theme.found,
            theme.right
        )?;
        let parts = [
            ("false matches", &theme.false_terms),
            ("added to any of", &theme.lesson.missing),
            ("added to none of", &theme.lesson.keeps_out),
        ];
        for (what, terms) in parts {
            for term in terms {
                writeln!(
                    out,
                    "  {what}: {} ({}), correct in {} of {} rows ({:.0}%)",
                    term.term,
                    term.language,
                    term.right,
                    term.comments,
                    term.precision() * 100.0
                )?;
            }
        }
    }
    writeln!(
        out,
        "Learned from {} rows. Check each term before you use it.",
        taught.rows
    )
}

#[cfg(test)]
mod tests;
