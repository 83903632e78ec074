//! Compares two codebooks on a file: `chorus themes compare FILE.csv --text COLUMN --before FILE --after FILE`.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::rows::{FileError, Format, RowLanguages, progress, write_json};
use crate::files::shown;
use crate::sheet::Sheet;
use crate::themes::coding::Coding;
use crate::themes::coding::moves::{Moves, ThemeMoves, moves};
use crate::themes::engine::codebook::Codebook;
use crate::themes::engine::postings::Postings;
use crate::themes::text::Language;
use crate::themes::text::non_answers::is_non_answer;

/// The command's options.
#[derive(Clone, Debug)]
pub struct CompareOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the text.
    pub text: String,
    /// The earlier version.
    pub before: Codebook,
    /// The later version.
    pub after: Codebook,
    /// The languages that the text may be in; those of both codebooks if empty.
    pub languages: Vec<Language>,
    /// The output format. The table shows the start of each row that moved; the JSON has its number.
    pub format: Format,
}

/// The JSON format. Rows are counted from 1, not including the header.
#[derive(Serialize)]
struct ComparisonJson<'a> {
    rows: u32,
    themes: Vec<ComparedThemeJson<'a>>,
    covered: MovesJson,
}

#[derive(Serialize)]
struct ComparedThemeJson<'a> {
    theme: &'a str,
    name: &'a str,
    #[serde(flatten)]
    moves: MovesJson,
}

#[derive(Serialize)]
struct MovesJson {
    before: Option<u64>,
    after: Option<u64>,
    entered: Vec<u32>,
    left: Vec<u32>,
}

impl MovesJson {
    fn of(moves: &ThemeMoves) -> Self {
        let rows = |set: &RoaringBitmap| set.iter().map(|row| row + 1).collect();
        Self {
            before: moves.before,
            after: moves.after,
            entered: rows(&moves.entered),
            left: rows(&moves.left),
        }
    }
}

/// Writes which rows of a file moved between two codebook versions.
pub fn run(options: &CompareOptions, out: &mut impl Write) -> Result<(), FileError> {
    let coding =
        |codebook: &Codebook| Coding::new(0, codebook.clone()).map_err(FileError::Codebook);
    let (before, after) = (coding(&options.before)?, coding(&options.after)?);
    let rows = ComparedRows::read(options)?;
    let coded = |coding: &Coding| coding.code(&rows.said, |rule| rows.postings.evaluate(rule));
    let found = moves(
        (&options.before, &coded(&before)),
        (&options.after, &coded(&after)),
    );
    match options.format {
        Format::Table => write_table(&found, &rows.beginnings, out)?,
        Format::Json => {
            let themes = found.themes.iter();
            let written = ComparisonJson {
                rows: rows.count,
                themes: themes
                    .map(|theme| ComparedThemeJson {
                        theme: &theme.key,
                        name: &theme.name,
                        moves: MovesJson::of(theme),
                    })
                    .collect(),
                covered: MovesJson::of(&found.covered),
            };
            write_json(&written, out)?;
        }
    }
    Ok(out.flush()?)
}

/// The rows of the file.
struct ComparedRows {
    count: u32,
    /// Rows with content.
    said: RoaringBitmap,
    postings: Postings,
    /// The start of each row's text, if the output needs it.
    beginnings: Vec<String>,
}

impl ComparedRows {
    fn read(options: &CompareOptions) -> Result<Self, FileError> {
        let mut sheet = Sheet::open(&options.file, &[options.text.trim()])?;
        let text = sheet.column(&options.text)?;
        let named: BTreeSet<Language> = options
            .before
            .languages()
            .into_iter()
            .chain(options.after.languages())
            .collect();
        let languages = if options.languages.is_empty() {
            Language::english_first(named)
        } else {
            options.languages.clone()
        };
        let languages = RowLanguages::new(&languages);
        let mut rows = Self {
            count: 0,
            said: RoaringBitmap::new(),
            postings: Postings::default(),
            beginnings: Vec::new(),
        };
        let bar = progress("comparing", sheet.size());
        while let Some(row) = sheet.next_row()? {
            bar.set_position(sheet.position());
            let text = sheet.cell(&row, text)?;
            if !is_non_answer(text) {
                rows.postings.insert(rows.count, languages.of(text), text);
                rows.said.insert(rows.count);
            }
            if options.format == Format::Table {
                rows.beginnings.push(shown(text));
            }
            rows.count = rows.count.saturating_add(1);
        }
        bar.finish_and_clear();
        Ok(rows)
    }
}

fn write_table(found: &Moves, beginnings: &[String], out: &mut impl Write) -> io::Result<()> {
    for theme in found.themes.iter().filter(|theme| !theme.is_still()) {
        let counted = |count: Option<u64>, when: &str, nouns: bool| match count {
            None => format!("no such theme {when}"),
            Some(1) if nouns => format!("1 row {when}"),
            Some(count) if nouns => format!("{count} rows {when}"),
            Some(count) => format!("{count} {when}"),
        };
        writeln!(
            out,
            "{}: {}, {}",
            shown(&theme.name),
            counted(theme.before, "before", true),
            counted(theme.after, "after", theme.before.is_none())
        )?;
        for (sign, set) in [('+', &theme.entered), ('-', &theme.left)] {
            for row in set {
                let beginning = beginnings.get(row as usize).map_or("", String::as_str);
                writeln!(out, "  {sign} row {}: {beginning}", row + 1)?;
            }
        }
    }
    let rows = |count: u64| match count {
        1 => "1 row has".to_owned(),
        count => format!("{count} rows have"),
    };
    writeln!(
        out,
        "{} a theme now and had none before; {} none now and had one before.",
        rows(found.covered.entered.len()),
        rows(found.covered.left.len())
    )
}
