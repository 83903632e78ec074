//! Codes a file with a codebook: `chorus themes code FILE.csv --text COLUMN --codebook FILE --out FILE`.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use super::rows::{FileError, RowLanguages, progress};
use crate::files::shown;
use crate::sheet::{Sheet, harmless};
use crate::themes::engine::codebook::{Codebook, CompiledTheme};
use crate::themes::text::Language;
use crate::themes::text::non_answers::is_non_answer;

/// The columns that coding adds.
const ADDED: [&str; 2] = ["themes", "matched"];

/// The command's options.
#[derive(Clone, Debug)]
pub struct CodeOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the text.
    pub text: String,
    /// The codebook to code with.
    pub codebook: Codebook,
    /// The languages that the text may be in; the codebook's languages if empty. With several, the words of each row
    /// decide; the first one is the default.
    pub languages: Vec<Language>,
}

/// The result of coding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeCounts {
    /// The number of rows in the file.
    pub rows: u64,
    /// Rows with at least one theme.
    pub coded: u64,
    /// Rows without content, such as “n/a”.
    pub say_nothing: u64,
    /// How many rows each theme has, in codebook order.
    pub themes: Vec<(String, u64)>,
}

/// Writes the file with two more columns: the names of each row's themes, and the words that matched. A row in a
/// subtheme is in its parent theme too; a row without content is in none.
pub fn run(options: &CodeOptions, out: &mut impl Write) -> Result<CodeCounts, FileError> {
    let coder = Coder::new(&options.codebook)?;
    let mut sheet = Sheet::open(&options.file, &[options.text.trim()])?;
    let text = sheet.column(&options.text)?;
    let mut columns = sheet.columns().to_vec();
    if let Some(taken) = ADDED.iter().find(|name| sheet.column(name).is_ok()) {
        return Err(FileError::Invalid(format!(
            "the file already has a column “{taken}”, and coding adds one with that name; rename yours"
        )));
    }
    columns.extend(ADDED.map(str::to_owned));
    let mut written = csv::Writer::from_writer(out);
    written.write_record(&columns)?;
    let languages = if options.languages.is_empty() {
        Language::english_first(options.codebook.languages())
    } else {
        options.languages.clone()
    };
    let languages = RowLanguages::new(&languages);
    let mut counts = CodeCounts {
        themes: coder.names().map(|name| (name, 0)).collect(),
        ..CodeCounts::default()
    };
    let bar = progress("coding", sheet.size());
    while let Some(row) = sheet.next_row()? {
        bar.set_position(sheet.position());
        let said = sheet.cell(&row, text)?;
        counts.rows += 1;
        let coded = if is_non_answer(said) {
            counts.say_nothing += 1;
            CodedRow::default()
        } else {
            coder.code(said, languages.of(said))
        };
        counts.coded += u64::from(!coded.themes.is_empty());
        for theme in &coded.themes {
            if let Some((_, count)) = counts.themes.get_mut(*theme) {
                *count += 1;
            }
        }
        let names = coded
            .themes
            .iter()
            .filter_map(|theme| counts.themes.get(*theme));
        let names: Vec<&str> = names.map(|(name, _)| name.as_str()).collect();
        for place in 0..row.length() {
            written.write_field(sheet.cell(&row, place)?)?;
        }
        written.write_field(harmless(&names.join("; ")).as_bytes())?;
        written.write_field(harmless(&coded.matched.join("; ")).as_bytes())?;
        written.write_record(None::<&[u8]>)?;
    }
    bar.finish_and_clear();
    written.flush()?;
    Ok(counts)
}

/// Writes how many rows each theme has, as text.
pub fn write_counts(counts: &CodeCounts, out: &mut impl Write) -> io::Result<()> {
    for (name, rows) in &counts.themes {
        writeln!(out, "{rows:>7}  {}", shown(name))?;
    }
    writeln!(
        out,
        "{} of {} rows have a theme; {} say nothing, such as “n/a”.",
        counts.coded, counts.rows, counts.say_nothing
    )
}

/// Codes one text at a time with a codebook.
struct Coder<'a> {
    codebook: &'a Codebook,
    themes: Vec<CompiledTheme>,
    /// For each theme, its own index and those of its ancestors.
    wholes: Vec<BTreeSet<usize>>,
}

/// The themes of a text.
#[derive(Default)]
struct CodedRow {
    /// The indexes of its themes, in codebook order.
    themes: BTreeSet<usize>,
    /// The words that matched, as written, each once.
    matched: Vec<String>,
}

impl<'a> Coder<'a> {
    fn new(codebook: &'a Codebook) -> Result<Self, FileError> {
        let themes = codebook.compile().map_err(FileError::Codebook)?;
        let place = |key: &str| codebook.themes.iter().position(|theme| theme.key == key);
        let wholes = (0..codebook.themes.len()).map(|theme| {
            let above = |part: &usize| place(codebook.themes.get(*part)?.parent.as_deref()?);
            std::iter::successors(Some(theme), above).collect()
        });
        Ok(Self {
            wholes: wholes.collect(),
            codebook,
            themes,
        })
    }

    fn names(&self) -> impl Iterator<Item = String> {
        let themes = self.codebook.themes.iter();
        themes.map(|theme| theme.name.get("en").0.to_owned())
    }

    fn code(&self, text: &str, language: Language) -> CodedRow {
        let mut coded = CodedRow::default();
        let mut spans = Vec::new();
        for (theme, wholes) in self.themes.iter().zip(&self.wholes) {
            if theme.rule.matches(text, language) {
                coded.themes.extend(wholes);
                spans.extend(theme.rule.spans(text, language));
            }
        }
        spans.sort_by_key(|span| (span.start, span.end));
        for word in spans.into_iter().filter_map(|span| text.get(span)) {
            let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
            if !coded.matched.contains(&word) {
                coded.matched.push(word);
            }
        }
        coded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODEBOOK: &str = r#"
        [[themes]]
        key = "getting-around"
        name = { en = "Getting around" }
        [themes.rules.en]
        any = ["bus*", '"drop off"']
        none = ['"bus fare"']
        [themes.rules.es]
        any = ["autob*"]
        [[themes]]
        key = "parking"
        name = { en = "Parking" }
        parent = "getting-around"
        [themes.rules.en]
        any = ["parking"]
        [[themes]]
        key = "sums"
        name = { en = "=Sums" }
        [themes.rules.en]
        any = ["math"]
    "#;

    fn coded(rows: &str) -> Result<(String, CodeCounts), FileError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), rows).unwrap();
        let options = CodeOptions {
            file: file.path().to_owned(),
            text: "said".to_owned(),
            codebook: Codebook::parse(CODEBOOK).unwrap().0,
            languages: Vec::new(),
        };
        let mut out = Vec::new();
        let counts = run(&options, &mut out)?;
        Ok((String::from_utf8(out).unwrap(), counts))
    }

    #[test]
    fn each_row_gets_its_themes_and_the_words_that_matched() {
        let (written, counts) = coded(concat!(
            "\u{feff}id;said\r\n",
            "1;Buses and the drop-off, buses\r\n",
            "2;\"Parking; and math\"\r\n",
            "3;n/a\r\n",
            "4;The bus fare\r\n",
            "5;Los autobuses son para los niños\r\n",
        ))
        .unwrap();
        assert_eq!(
            written,
            concat!(
                "id,said,themes,matched\n",
                "1,\"Buses and the drop-off, buses\",Getting around,Buses; drop-off; buses\n",
                "2,Parking; and math,Getting around; Parking; =Sums,Parking; math\n",
                "3,n/a,,\n",
                "4,The bus fare,,\n",
                "5,Los autobuses son para los niños,Getting around,autobuses\n",
            )
        );
        assert_eq!((counts.rows, counts.coded, counts.say_nothing), (5, 3, 1));
        let themes: Vec<u64> = counts.themes.iter().map(|(_, count)| *count).collect();
        assert_eq!(themes, [3, 1, 1]);
    }

    #[test]
    fn a_name_that_starts_like_a_formula_is_escaped() {
        let (written, _) = coded("said\nmath\n").unwrap();
        assert_eq!(written, "said,themes,matched\nmath,'=Sums,math\n");
    }

    #[test]
    fn a_file_that_is_already_coded_is_refused_and_its_column_named() {
        let error = coded("said,Themes,themes\nmath,,\n").unwrap_err();
        assert!(
            error.to_string().contains("already has a column “themes”"),
            "{error}"
        );
    }
}
