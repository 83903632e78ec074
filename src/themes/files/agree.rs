//! Agreement of two coders on the same rows: `chorus themes agree FILE.csv --coder-a COLUMN --coder-b COLUMN`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::rows::{FileError, Format, names, progress, write_json};
use crate::sheet::Sheet;
use crate::statistics::agreement::Judged;

/// The command's options.
#[derive(Clone, Debug)]
pub struct AgreeOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the first coder's themes, separated by `;`.
    pub coder_a: String,
    /// The column with the second coder's themes.
    pub coder_b: String,
    /// The output format.
    pub format: Format,
}

/// How well two coders agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The number of rows: all rows of the file. If both cells are empty, both coders found no theme.
    pub rows: u64,
    /// Every theme that either coder used, by name.
    pub themes: Vec<ThemeAgreement>,
}

/// How well two coders agree on one theme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThemeAgreement {
    /// The theme's name.
    pub theme: String,
    /// The rows that both coders put into the theme.
    pub both: u64,
    /// The rows that only the first coder did.
    pub only_a: u64,
    /// The rows that only the second coder did.
    pub only_b: u64,
    /// The rows that neither coder did.
    pub neither: u64,
    /// Cohen's kappa; `None` if both put every row into the theme.
    pub kappa: Option<f64>,
    /// The lower end of its 95% confidence interval.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
}

/// Writes how well two coders of a file agree.
pub fn run(options: &AgreeOptions, out: &mut impl Write) -> Result<(), FileError> {
    let agreement = agree(options)?;
    match options.format {
        Format::Table => write_table(&agreement, out)?,
        Format::Json => write_json(&agreement, out)?,
    }
    Ok(out.flush()?)
}

/// Computes how well two coders of a file agree.
pub fn agree(options: &AgreeOptions) -> Result<Agreement, FileError> {
    let wanted = [options.coder_a.trim(), options.coder_b.trim()];
    let mut sheet = Sheet::open(&options.file, &wanted)?;
    let (first, second) = (
        sheet.column(&options.coder_a)?,
        sheet.column(&options.coder_b)?,
    );
    let mut rows = 0;
    // We compute `neither` once the total number of rows is known.
    let mut themes: BTreeMap<String, Judged> = BTreeMap::new();
    let bar = progress("comparing", sheet.size());
    while let Some(row) = sheet.next_row()? {
        bar.set_position(sheet.position());
        rows += 1;
        let first: BTreeSet<&str> = names(sheet.cell(&row, first)?).collect();
        let second: BTreeSet<&str> = names(sheet.cell(&row, second)?).collect();
        for name in first.union(&second) {
            let judged = match themes.get_mut(*name) {
                Some(judged) => judged,
                None => themes.entry((*name).to_owned()).or_default(),
            };
            judged.note(first.contains(name), second.contains(name));
        }
    }
    bar.finish_and_clear();
    let themes = themes.into_iter().map(|(theme, judged)| {
        let judged = Judged {
            neither: rows - judged.comments(),
            ..judged
        };
        let kappa = judged.kappa();
        ThemeAgreement {
            theme,
            both: judged.both,
            only_a: judged.first,
            only_b: judged.second,
            neither: judged.neither,
            kappa: kappa.map(|kappa| kappa.kappa),
            low: kappa.map(|kappa| kappa.interval.low),
            high: kappa.map(|kappa| kappa.interval.high),
        }
    });
    Ok(Agreement {
        rows,
        themes: themes.collect(),
    })
}

fn write_table(agreement: &Agreement, out: &mut impl Write) -> io::Result<()> {
    let of = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |it| format!("{it:.2}"));
    writeln!(
        out,
        "{:>5}  {:>12}  {:>6} {:>6} {:>6} {:>7}  theme",
        "kappa", "95%", "both", "only A", "only B", "neither"
    )?;
    for theme in &agreement.themes {
        let interval = format!("{} to {}", of(theme.low), of(theme.high));
        writeln!(
            out,
            "{:>5}  {interval:>12}  {:>6} {:>6} {:>6} {:>7}  {}",
            of(theme.kappa),
            theme.both,
            theme.only_a,
            theme.only_b,
            theme.neither,
            crate::files::shown(&theme.theme)
        )?;
    }
    writeln!(
        out,
        "{} rows. 1 is full agreement; 0 is no better than chance. Professional coders reach about 0.85.",
        agreement.rows
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreed(rows: &str) -> Agreement {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), rows).unwrap();
        agree(&AgreeOptions {
            file: file.path().to_owned(),
            coder_a: "ana".to_owned(),
            coder_b: "ben".to_owned(),
            format: Format::Json,
        })
        .unwrap()
    }

    /// scikit-learn 1.9, `cohen_kappa_score([1, 1, 0, 0, 1], [1, 0, 0, 0, 1])`: 0.6153846153846154.
    #[test]
    fn kappa_is_computed_for_each_theme_over_all_rows() {
        let agreement = agreed(
            "ana,ben\nbuses; food,food;buses\nbuses,food\n,\nfood,food\n buses ; buses,buses\n",
        );
        assert_eq!(agreement.rows, 5);
        let [buses, food] = &agreement.themes[..] else {
            panic!("{agreement:?}");
        };
        assert_eq!(
            (buses.both, buses.only_a, buses.only_b, buses.neither),
            (2, 1, 0, 2)
        );
        assert!((buses.kappa.unwrap() - 0.615_384_615_384_615_4).abs() < 1e-9);
        assert_eq!(
            (food.both, food.only_a, food.only_b, food.neither),
            (2, 0, 1, 2)
        );
    }

    #[test]
    fn kappa_is_undefined_for_a_theme_that_both_coders_give_to_every_row() {
        let agreement = agreed("ana,ben\nx,x\nx,x\n");
        assert_eq!(agreement.themes[0].kappa, None);
        let mut table = Vec::new();
        write_table(&agreement, &mut table).unwrap();
        assert!(String::from_utf8(table).unwrap().contains("– to –"));
    }
}
