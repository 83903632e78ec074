//! The keywords of a file: `chorus themes keywords FILE.csv --text COLUMN`.

mod written;

use std::{collections::BTreeMap, io::Write, path::PathBuf};

use hashbrown::HashMap;
use rayon::prelude::*;
use serde::Serialize;

use self::written::{
    write_csv, write_keyness, write_keyness_csv, write_negated, write_phrases, write_phrases_csv,
    write_same, write_table,
};
use super::rows::{FileError, RowLanguages, progress, write_json};
use super::said_rows::{SaidRow, SaidRows};
use crate::themes::engine::keyness::{Keyness, keyness};
use crate::themes::engine::keywords::{KeywordCounter, KeywordTable, SpokenComment};
use crate::themes::engine::negated::{Negated, negated};
use crate::themes::engine::phrases::{Phrase, phrases};
use crate::themes::engine::postings::Postings;
use crate::themes::engine::same::{SameWords, SameWordsFinder};
use crate::themes::text::Language;

/// The command's options.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each asks for one more part, and any may be asked for"
)]
pub struct KeywordOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the text.
    pub text: String,
    /// The column that identifies people; rows with the same value count as one person. Without it, or where it's
    /// empty, each row is a person.
    pub person: Option<String>,
    /// The column with the group.
    pub by: Option<String>,
    /// The languages that the text may be in; English if empty. With several, the words of each row decide; the first
    /// one is the default.
    pub languages: Vec<Language>,
    /// How many keywords to write and, for each group, how many that it uses more or less than other groups; all if
    /// `None`.
    pub top: Option<usize>,
    /// Whether to compare the groups.
    pub keyness: bool,
    /// Whether to list phrases too.
    pub phrases: bool,
    /// Whether to list identical messages from many people too.
    pub same: bool,
    /// Whether to list negated words too.
    pub negated: bool,
    /// The output format.
    pub format: Format,
}

/// The format of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text.
    #[default]
    Table,
    /// CSV.
    Csv,
    /// JSON.
    Json,
}

/// Writes the keywords of a file.
pub fn run(options: &KeywordOptions, out: &mut impl Write) -> Result<(), FileError> {
    let further = [options.keyness, options.phrases];
    let further = further.iter().filter(|asked| **asked).count();
    if options.format == Format::Csv && (further > 1 || options.same || options.negated) {
        return Err(FileError::Invalid(
            "a CSV file holds one table: use --keyness or --phrases, not both; --same and --negated need the table or JSON format".to_owned(),
        ));
    }
    let counted = count_all(options)?;
    let (mut table, mut phrases) = (counted.table, counted.phrases);
    let (mut same, mut negated) = (counted.same, counted.negated);
    let mut told = if options.keyness {
        keyness(&table, &counted.sizes)
    } else {
        Vec::new()
    };
    if let Some(top) = options.top {
        table.keys.truncate(top);
        phrases.truncate(top);
        same.truncate(top);
        negated.truncate(top);
        let mut met: HashMap<String, usize> = HashMap::new();
        told.retain(|it| {
            let met = met.entry_ref(it.group.as_str()).or_default();
            *met += 1;
            *met <= top
        });
    }
    match options.format {
        Format::Table => {
            write_table(&table, out)?;
            write_phrases(&phrases, out)?;
            write_keyness(&told, out)?;
            write_same(&same, out)?;
            write_negated(&negated, out)?;
        }
        Format::Csv if options.phrases => write_phrases_csv(&phrases, out)?,
        Format::Csv if options.keyness => write_keyness_csv(&told, out)?,
        Format::Csv => write_csv(&table, out)?,
        Format::Json => {
            let compared = Compared {
                table: &table,
                phrases: options.phrases.then_some(&phrases),
                keyness: options.keyness.then_some(&told),
                same: options
                    .same
                    .then(|| same.iter().map(WrittenSame::of).collect()),
                negated: options.negated.then_some(&negated),
            };
            write_json(&compared, out)?;
        }
    }
    Ok(out.flush()?)
}

/// The JSON format.
#[derive(Serialize)]
struct Compared<'a> {
    #[serde(flatten)]
    table: &'a KeywordTable,
    #[serde(skip_serializing_if = "Option::is_none")]
    phrases: Option<&'a Vec<Phrase>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyness: Option<&'a Vec<Keyness>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same: Option<Vec<WrittenSame<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    negated: Option<&'a Vec<Negated>>,
}

/// A message that many people sent, with its row numbers, counted from 1 without the header.
#[derive(Serialize)]
struct WrittenSame<'a> {
    #[serde(flatten)]
    same: &'a SameWords,
    rows: Vec<u32>,
}

impl<'a> WrittenSame<'a> {
    fn of(same: &'a SameWords) -> Self {
        Self {
            same,
            rows: same.set.iter().map(|row| row + 1).collect(),
        }
    }
}

/// The counts of a file.
struct FileCounts {
    table: KeywordTable,
    /// How many rows each group has.
    sizes: BTreeMap<String, u64>,
    phrases: Vec<Phrase>,
    same: Vec<SameWords>,
    negated: Vec<Negated>,
}

/// Counts the keywords of a file on all cores.
pub fn count(options: &KeywordOptions) -> Result<KeywordTable, FileError> {
    count_all(options).map(|counted| counted.table)
}

fn count_all(options: &KeywordOptions) -> Result<FileCounts, FileError> {
    let (person, by) = (options.person.as_deref(), options.by.as_deref());
    let mut source = SaidRows::open(&options.file, &options.text, person, by)?;
    let languages = RowLanguages::new(&options.languages);
    let bar = progress("counting words", source.size());
    let mut counters: Vec<KeywordCounter> = Vec::new();
    counters.resize_with(rayon::current_num_threads().max(1), KeywordCounter::default);
    let mut indexed = IndexedRows::default();
    let mut batch = source.batch()?;
    while !batch.is_empty() {
        indexed.add(&batch, &languages, options);
        bar.set_position(source.position());
        // Read the next rows while these are counted.
        let (next, ()) = rayon::join(
            || source.batch(),
            || count_batch(&mut counters, &batch, &languages),
        );
        batch = next?;
    }
    bar.finish_and_clear();
    let all = counters
        .into_iter()
        .fold(KeywordCounter::default(), KeywordCounter::merge);
    let groups = source.into_groups();
    let names: Vec<String> = groups.iter().map(|(name, _)| name.clone()).collect();
    Ok(FileCounts {
        table: all.table(&names),
        sizes: groups.into_iter().collect(),
        phrases: indexed.phrases(options),
        negated: indexed.negated(options),
        same: indexed.same.found(),
    })
}

/// Counts the words of some rows, divided among the counters.
fn count_batch(counters: &mut [KeywordCounter], batch: &[SaidRow], languages: &RowLanguages) {
    let share = batch.len().div_ceil(counters.len());
    counters
        .par_iter_mut()
        .zip(batch.par_chunks(share))
        .for_each(|(counter, rows)| {
            for row in rows {
                let comment = SpokenComment {
                    text: &row.text,
                    language: languages.of(&row.text),
                    person: row.person,
                    group: row.group,
                };
                counter.count(&comment);
            }
        });
}

/// The rows of a file as an index, for whatever needs their words in order. Empty if nobody asked for any of it.
#[derive(Default)]
struct IndexedRows {
    postings: Postings,
    /// The ordinal of each row, and who said it.
    said: Vec<(u32, u32)>,
    same: SameWordsFinder,
}

impl IndexedRows {
    fn add(&mut self, rows: &[SaidRow], languages: &RowLanguages, options: &KeywordOptions) {
        if !(options.phrases || options.same || options.negated) {
            return;
        }
        for row in rows {
            let ordinal = u32::try_from(self.said.len()).unwrap_or(u32::MAX);
            self.postings
                .insert(ordinal, languages.of(&row.text), &row.text);
            if options.same {
                self.same.add(ordinal, row.person, &row.text);
            }
            self.said.push((ordinal, row.person));
        }
    }

    fn phrases(&self, options: &KeywordOptions) -> Vec<Phrase> {
        if options.phrases {
            phrases(&self.postings, &self.said)
        } else {
            Vec::new()
        }
    }

    fn negated(&self, options: &KeywordOptions) -> Vec<Negated> {
        if options.negated {
            let ordinals = self.said.iter().map(|(ordinal, _)| *ordinal);
            negated(&self.postings, &ordinals.collect())
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "who,said,group\n7,Schools and buses,families\n7,The school,staff\n8,la escuela y las escuelas,families\n,n/a,=cmd\n";

    fn options(
        format: Format,
        languages: &[Language],
    ) -> (tempfile::NamedTempFile, KeywordOptions) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), ROWS).unwrap();
        let options = KeywordOptions {
            file: file.path().to_owned(),
            text: "said".to_owned(),
            person: Some("who".to_owned()),
            by: Some("group".to_owned()),
            languages: languages.to_vec(),
            top: None,
            keyness: false,
            phrases: false,
            same: false,
            negated: false,
            format,
        };
        (file, options)
    }

    fn written(format: Format, languages: &[Language]) -> String {
        let (_file, options) = options(format, languages);
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_row_is_counted_in_its_own_language() {
        let json: serde_json::Value = serde_json::from_str(&written(
            Format::Json,
            &[Language::ENGLISH, Language::SPANISH],
        ))
        .unwrap();
        assert_eq!((&json["rows"], &json["people"]), (&4.into(), &3.into()));
        let keys: Vec<_> = json["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| {
                (
                    key["key"].as_str().unwrap(),
                    key["comments"].as_u64().unwrap(),
                )
            })
            .collect();
        assert_eq!(keys, [("school", 2), ("buse", 1), ("escuel", 1)]);
        assert_eq!(
            json["keys"][0]["by"]["staff"],
            serde_json::json!({"comments": 1, "people": 1})
        );
        assert_eq!(json["keys"][2]["language"], "es");
    }

    #[test]
    fn the_csv_contains_no_formulas() {
        let written = written(Format::Csv, &[Language::ENGLISH]);
        assert!(
            !written.contains(",=cmd")
                && written.starts_with("key,language,word,comments,people,mentions,forms,"),
            "{written}"
        );
        assert!(
            written.contains("\nschool,,school,2,1,2,\"school 1, schools 1\","),
            "{written}"
        );
    }

    #[test]
    fn a_table_can_be_shortened_and_keeps_its_totals() {
        let (_file, mut options) = options(Format::Table, &[]);
        options.top = Some(1);
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written.lines().count(), 4, "{written}");
        assert!(written.ends_with("4 rows, 3 people. Rows that say nothing (such as “n/a”): 1.\nEach group column counts comments.\n"), "{written}");
    }
}
