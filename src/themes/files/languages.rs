//! Detects the language of each row of a file by its words:
//! `chorus themes languages FILE.csv --text COLUMN --lang TAG,TAG --out FILE`.

use std::io::{self, Write};
use std::path::PathBuf;

use super::rows::{FileError, progress};
use crate::sheet::{Sheet, harmless};
use crate::themes::text::Language;
use crate::themes::text::vote::{Candidates, Vote};

/// The columns that are added.
const ADDED: [&str; 2] = ["language", "voted"];

/// The command's options.
#[derive(Clone, Debug)]
pub struct LanguagesOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the text.
    pub text: String,
    /// The languages that words can vote for. The first one is the default.
    pub languages: Vec<Language>,
    /// The column with the language of each row's form, which then is the default instead.
    pub form: Option<String>,
}

/// The number of rows in each language, in the order requested.
pub type LanguageCounts = Vec<(Language, u64)>;

/// Writes the file with two more columns: each row's language, and the words that voted, by language.
pub fn run(options: &LanguagesOptions, out: &mut impl Write) -> Result<LanguageCounts, FileError> {
    let Some(first) = options.languages.first() else {
        return Err(FileError::Invalid("give at least one language".to_owned()));
    };
    let wanted: Vec<&str> = std::iter::once(options.text.trim())
        .chain(options.form.as_deref().map(str::trim))
        .collect();
    let mut sheet = Sheet::open(&options.file, &wanted)?;
    let text = sheet.column(&options.text)?;
    let form = options
        .form
        .as_ref()
        .map(|name| sheet.column(name))
        .transpose()?;
    let mut columns = sheet.columns().to_vec();
    if let Some(taken) = ADDED.iter().find(|name| sheet.column(name).is_ok()) {
        return Err(FileError::Invalid(format!(
            "the file already has a column “{taken}”, and this command adds one with that name; rename yours"
        )));
    }
    columns.extend(ADDED.map(str::to_owned));
    let mut written = csv::Writer::from_writer(out);
    written.write_record(&columns)?;
    let candidates = Candidates::new(&options.languages);
    let mut counts: LanguageCounts = options.languages.iter().map(|tag| (*tag, 0)).collect();
    let bar = progress("reading", sheet.size());
    while let Some(row) = sheet.next_row()? {
        bar.set_position(sheet.position());
        let of_form = match form {
            Some(form) => sheet.cell(&row, form)?.parse().unwrap_or(*first),
            None => *first,
        };
        let vote = candidates.vote(sheet.cell(&row, text)?, of_form);
        match counts.iter_mut().find(|(tag, _)| *tag == vote.language) {
            Some((_, count)) => *count += 1,
            // The form's language isn't one of those requested.
            None => counts.push((vote.language, 1)),
        }
        for place in 0..row.length() {
            written.write_field(sheet.cell(&row, place)?)?;
        }
        written.write_field(vote.language.as_str())?;
        written.write_field(harmless(&ballots(&vote)).as_bytes())?;
        written.write_record(None::<&[u8]>)?;
    }
    bar.finish_and_clear();
    written.flush()?;
    Ok(counts)
}

/// The words that voted, such as `es: los, de; en: no`.
fn ballots(vote: &Vote) -> String {
    let said = vote.ballots.iter().filter(|(_, words)| !words.is_empty());
    let said: Vec<String> = said
        .map(|(language, words)| format!("{language}: {}", words.join(", ")))
        .collect();
    said.join("; ")
}

/// Writes the number of rows in each language, as text.
pub fn write_counts(counts: &[(Language, u64)], out: &mut impl Write) -> io::Result<()> {
    counts
        .iter()
        .try_for_each(|(language, rows)| writeln!(out, "{rows:>7}  {language}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_gets_the_language_its_words_vote_for_or_else_the_form_s() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(
            file.path(),
            "said,form\nlos autobuses de la escuela,en\nthe bus,es\nWalmart,es\n",
        )
        .unwrap();
        let mut out = Vec::new();
        let counts = run(
            &LanguagesOptions {
                file: file.path().to_owned(),
                text: "said".to_owned(),
                languages: vec![Language::ENGLISH, Language::SPANISH],
                form: Some("form".to_owned()),
            },
            &mut out,
        )
        .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "said,form,language,voted\nlos autobuses de la escuela,en,es,\"es: los, de, la\"\nthe bus,es,en,en: the\nWalmart,es,es,\n"
        );
        assert_eq!(counts, [(Language::ENGLISH, 1), (Language::SPANISH, 2)]);
    }
}
