//! Finds alternate spellings in a file: `chorus themes spellings FILE.csv --text COLUMN`.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::PathBuf;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::rows::{FileError, RowLanguages, progress, write_json};
use super::said_rows::SaidRows;
use crate::themes::text::Language;
use crate::themes::text::listed::is_listed;
use crate::themes::text::spellings::{Proposal, Reason, Use, proposals};
use crate::themes::text::tokens::tokens;

/// The command's options.
#[derive(Clone, Debug)]
pub struct SpellingOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the text.
    pub text: String,
    /// The column that identifies people; without it, each row is a person.
    pub person: Option<String>,
    /// The languages that the text may be in.
    pub languages: Vec<Language>,
    /// The output format.
    pub format: Format,
}

/// The format of proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text.
    #[default]
    Table,
    /// JSON.
    Json,
    /// TOML, as a codebook table; a person then removes wrong proposals.
    Toml,
}

/// How many comments and people use a word.
#[derive(Default)]
struct WordUsers {
    comments: u64,
    people: RoaringBitmap,
}

/// Writes which words of a file may be alternate spellings of other words.
pub fn run(options: &SpellingOptions, out: &mut impl Write) -> Result<(), FileError> {
    let found = find(options)?;
    match options.format {
        Format::Table => {
            for it in &found {
                let reason = match it.reason {
                    Reason::Accent => "accent",
                    Reason::Slip => "typo",
                };
                writeln!(
                    out,
                    "{:>7}  {} → {} ({} in {} rows)",
                    it.comments, it.written, it.meant, reason, it.meant_comments
                )?;
            }
            writeln!(
                out,
                "{} suggestions. They count only after you add them to a codebook: [spellings.es]",
                found.len()
            )?;
        }
        Format::Json => write_json(&found, out)?,
        Format::Toml => write!(out, "{}", toml::to_string(&Table::of(&found))?)?,
    }
    Ok(out.flush()?)
}

/// The part of a codebook with spellings.
#[derive(Serialize)]
struct Table<'a> {
    spellings: BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>,
}

impl<'a> Table<'a> {
    fn of(found: &'a [Proposal]) -> Self {
        let mut spellings: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for it in found {
            let table = spellings.entry(it.language.as_str()).or_default();
            table.insert(&it.written, &it.meant);
        }
        Self { spellings }
    }
}

fn find(options: &SpellingOptions) -> Result<Vec<Proposal>, FileError> {
    let person = options.person.as_deref();
    let mut rows = SaidRows::open(&options.file, &options.text, person, None)?;
    let languages = RowLanguages::new(&options.languages);
    let mut words: BTreeMap<(Language, String), WordUsers> = BTreeMap::new();
    let bar = progress("reading", rows.size());
    let mut batch = rows.batch()?;
    while !batch.is_empty() {
        for row in &batch {
            let language = languages.of(&row.text);
            let mut met = HashSet::new();
            for token in tokens(&row.text, language) {
                if !token.whole && met.insert(token.word.clone()) {
                    let counted = words.entry((language, token.word)).or_default();
                    counted.comments += 1;
                    counted.people.insert(row.person);
                }
            }
        }
        bar.set_position(rows.position());
        batch = rows.batch()?;
    }
    bar.finish_and_clear();
    let mut uses: BTreeMap<Language, Vec<Use>> = BTreeMap::new();
    for ((language, word), counted) in words {
        uses.entry(language).or_default().push(Use {
            word,
            people: counted.people.len(),
            comments: counted.comments,
        });
    }
    let found = uses
        .into_iter()
        .flat_map(|(language, uses)| proposals(language, &uses, |word| is_listed(language, word)));
    Ok(found.collect())
}
