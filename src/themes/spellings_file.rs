//! Other spellings in a file: `chorus themes spellings FILE.csv --text COLUMN`.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::PathBuf;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::file_rows::{FileError, RowLanguages, progress};
use super::spellings::{Proposal, Reason, Use, proposals};
use super::text::language::Language;
use super::text::listed::is_listed;
use super::text::tokens::tokens;
use crate::sheet::Sheet;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct SpellingOptions {
    /// The file: CSV with a line of column names.
    pub file: PathBuf,
    /// The column that holds the words.
    pub text: String,
    /// The column that tells who wrote them; without it each row is a person.
    pub person: Option<String>,
    /// The languages that the words may be in.
    pub languages: Vec<Language>,
    /// How they are written.
    pub format: Format,
}

/// How proposals are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For reading.
    #[default]
    Table,
    /// For a program.
    Json,
    /// As the table of a codebook, from which a person takes out what is wrong.
    Toml,
}

/// Who and what uses a word.
#[derive(Default)]
struct Counted {
    remarks: u64,
    people: RoaringBitmap,
}

/// Writes which words of a file may be others in another spelling.
pub fn run(options: &SpellingOptions, out: &mut impl Write) -> Result<(), FileError> {
    let found = find(options)?;
    match options.format {
        Format::Table => {
            for it in &found {
                let reason = match it.reason {
                    Reason::Accent => "accent",
                    Reason::Slip => "slip",
                };
                writeln!(
                    out,
                    "{:>7}  {} → {} ({} in {} rows)",
                    it.remarks, it.written, it.meant, reason, it.meant_remarks
                )?;
            }
            writeln!(
                out,
                "{} proposals. None counts before a person has taken it into a codebook: [spellings.es]",
                found.len()
            )?;
        }
        Format::Json => {
            serde_json::to_writer(&mut *out, &found).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Toml => write!(out, "{}", toml::to_string(&Table::of(&found))?)?,
    }
    Ok(out.flush()?)
}

/// The part of a codebook that holds spellings.
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
    let wanted: Vec<&str> = [Some(&options.text), options.person.as_ref()]
        .into_iter()
        .flatten()
        .map(|name| name.trim())
        .collect();
    let mut sheet = Sheet::open(&options.file, &wanted)?;
    let text = sheet.column(&options.text)?;
    let person = options.person.as_ref();
    let person = person.map(|name| sheet.column(name)).transpose()?;
    let languages = RowLanguages::new(&options.languages);
    let mut people: BTreeMap<String, u32> = BTreeMap::new();
    let mut words: BTreeMap<(Language, String), Counted> = BTreeMap::new();
    let mut next = 0_u32;
    let bar = progress("reading", sheet.size());
    while let Some(row) = sheet.next_row()? {
        bar.set_position(sheet.position());
        let name = person.map(|person| sheet.cell(&row, person)).transpose()?;
        let name = name.filter(|name| !name.trim().is_empty());
        let number = name
            .and_then(|name| people.get(name).copied())
            .unwrap_or(next);
        if number == next {
            next = next.saturating_add(1);
            people.extend(name.map(|name| (name.to_owned(), number)));
        }
        let text = sheet.cell(&row, text)?;
        let language = languages.of(text);
        let mut met = HashSet::new();
        for token in tokens(text, language) {
            if !token.whole && met.insert(token.word.clone()) {
                let counted = words.entry((language, token.word)).or_default();
                counted.remarks += 1;
                counted.people.insert(number);
            }
        }
    }
    bar.finish_and_clear();
    let mut uses: BTreeMap<Language, Vec<Use>> = BTreeMap::new();
    for ((language, word), counted) in words {
        uses.entry(language).or_default().push(Use {
            word,
            people: counted.people.len(),
            remarks: counted.remarks,
        });
    }
    let found = uses
        .into_iter()
        .flat_map(|(language, uses)| proposals(language, &uses, |word| is_listed(language, word)));
    Ok(found.collect())
}
