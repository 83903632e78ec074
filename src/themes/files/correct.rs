//! Corrects the shares that a rule counted, using a sample that people coded:
//! `chorus themes correct FILE.csv --rule COLUMN --people COLUMN --read COLUMN`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::rows::{FileError, Format, names, progress, write_json};
use crate::sheet::Sheet;
use crate::statistics::correction::Checked;
use crate::statistics::interval::Part;

/// The command's options.
#[derive(Clone, Debug)]
pub struct CorrectOptions {
    /// The file: CSV with a header row.
    pub file: PathBuf,
    /// The column with the themes that the rules assigned, separated by `;`, as `chorus themes code` writes it.
    pub rule: String,
    /// The column with the themes that people assigned.
    pub people: String,
    /// The column that's filled in for the rows that people read. They must be a random sample.
    pub read: String,
    /// The output format.
    pub format: Format,
}

/// The corrected shares of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correction {
    /// The number of rows in the file.
    pub rows: u64,
    /// The number of rows that people read.
    pub read: u64,
    /// Every theme that the rules or people assigned, by name.
    pub themes: Vec<CorrectedTheme>,
}

/// A theme's counted and corrected shares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrectedTheme {
    /// The theme's name.
    pub theme: String,
    /// The rows that the rule put into the theme.
    pub counted: u64,
    /// Their share of all rows, from 0 to 1.
    pub share: f64,
    /// The share corrected by the sample. It can fall slightly outside 0 to 1.
    pub corrected: f64,
    /// The lower end of its 95% confidence interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
    /// The share of the rule's rows in the sample that people agree with; `None` if the rule found none.
    pub precision: Option<f64>,
    /// The share of people's rows in the sample that the rule found too; `None` if people found none.
    pub recall: Option<f64>,
}

/// Writes the corrected shares of a file.
pub fn run(options: &CorrectOptions, out: &mut impl Write) -> Result<(), FileError> {
    let correction = correct(options)?;
    match options.format {
        Format::Table => write_table(&correction, out)?,
        Format::Json => write_json(&correction, out)?,
    }
    Ok(out.flush()?)
}

/// Counts the rules' themes in all rows, and people's themes in the rows they read.
pub fn correct(options: &CorrectOptions) -> Result<Correction, FileError> {
    let wanted = [&options.rule, &options.people, &options.read].map(|name| name.trim());
    let mut sheet = Sheet::open(&options.file, &wanted)?;
    let (rule, people, read) = (
        sheet.column(&options.rule)?,
        sheet.column(&options.people)?,
        sheet.column(&options.read)?,
    );
    let (mut all, mut sample) = (0, 0);
    let mut themes: BTreeMap<String, Checked> = BTreeMap::new();
    let bar = progress("correcting", sheet.size());
    while let Some(row) = sheet.next_row()? {
        bar.set_position(sheet.position());
        all += 1;
        let is_read = !sheet.cell(&row, read)?.trim().is_empty();
        sample += u64::from(is_read);
        let by_rule: BTreeSet<&str> = names(sheet.cell(&row, rule)?).collect();
        let by_people: BTreeSet<&str> = if is_read {
            names(sheet.cell(&row, people)?).collect()
        } else {
            BTreeSet::new()
        };
        for name in by_rule.union(&by_people) {
            let checked = match themes.get_mut(*name) {
                Some(checked) => checked,
                None => themes.entry((*name).to_owned()).or_default(),
            };
            add_row(
                checked,
                is_read,
                by_rule.contains(name),
                by_people.contains(name),
            );
        }
    }
    bar.finish_and_clear();
    if sample == 0 {
        return Err(FileError::Invalid(format!(
            "the column “{}” is empty in every row; fill it in for each row that people read",
            options.read.trim()
        )));
    }
    let themes = themes.into_iter().filter_map(|(theme, checked)| {
        let checked = Checked {
            all,
            neither: sample - checked.sample(),
            ..checked
        };
        CorrectedTheme::of(theme, checked)
    });
    Ok(Correction {
        rows: all,
        read: sample,
        themes: themes.collect(),
    })
}

/// Counts a row that the rule or people put into a theme.
fn add_row(checked: &mut Checked, is_read: bool, by_rule: bool, by_people: bool) {
    checked.counted += u64::from(by_rule);
    checked.both += u64::from(is_read && by_rule && by_people);
    checked.false_finds += u64::from(is_read && by_rule && !by_people);
    checked.missed += u64::from(is_read && !by_rule && by_people);
}

impl CorrectedTheme {
    fn of(theme: String, checked: Checked) -> Option<Self> {
        let corrected = checked.corrected()?;
        let share = Part {
            part: checked.counted,
            whole: checked.all,
        };
        Some(Self {
            theme,
            counted: checked.counted,
            share: share.share()?,
            corrected: corrected.share,
            low: corrected.interval.low,
            high: corrected.interval.high,
            precision: checked.precision(),
            recall: checked.recall(),
        })
    }
}

fn write_table(correction: &Correction, out: &mut impl Write) -> io::Result<()> {
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    let of = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |it| format!("{it:.2}"));
    writeln!(
        out,
        "{:>7} {:>6} {:>9}  {:>13} {:>9} {:>6}  theme",
        "counted", "%", "corrected", "95%", "precision", "recall"
    )?;
    for theme in &correction.themes {
        let interval = format!("{} to {}", percent(theme.low), percent(theme.high));
        writeln!(
            out,
            "{:>7} {:>6} {:>9}  {interval:>13} {:>9} {:>6}  {}",
            theme.counted,
            percent(theme.share),
            percent(theme.corrected),
            of(theme.precision),
            of(theme.recall),
            crate::files::shown(&theme.theme)
        )?;
    }
    writeln!(
        out,
        "People read {} of {} rows. The corrected share is unbiased only if those rows were drawn at random.",
        correction.read, correction.rows
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrected(rows: &str) -> Result<Correction, FileError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), rows).unwrap();
        correct(&CorrectOptions {
            file: file.path().to_owned(),
            rule: "themes".to_owned(),
            people: "said".to_owned(),
            read: "reader".to_owned(),
            format: Format::Json,
        })
    }

    /// By hand: the rule counts 4 of 8 rows. Of the 4 rows read, it missed one, got one false positive and one right.
    /// The values of people minus rule are 1, −1, 0, 0: mean 0, mean square 1/2. So the share stays 1/2, with variance
    /// 1/4 / 8 + 1/2 / 4 = 5/32 and interval 1/2 ± 1.96 · 0.3953.
    #[test]
    fn rows_read_by_people_correct_the_overall_share() {
        let correction = corrected(
            "themes,said,reader\nbuses,buses,ana\nbuses,,ana\n,buses,ana\n,,ana\nbuses,,\nbuses,,\n,,\n,food,\n",
        )
        .unwrap();
        assert_eq!((correction.rows, correction.read), (8, 4));
        let [buses] = &correction.themes[..] else {
            panic!("{correction:?}");
        };
        assert_eq!((buses.counted, buses.share), (4, 0.5));
        assert_eq!((buses.precision, buses.recall), (Some(0.5), Some(0.5)));
        let half = 1.959_963_984_540_054 * (5.0_f64 / 32.0).sqrt();
        for (figure, expected) in [
            (buses.corrected, 0.5),
            (buses.low, 0.5 - half),
            (buses.high, 0.5 + half),
        ] {
            assert!((figure - expected).abs() < 1e-12, "{figure} {expected}");
        }
    }

    #[test]
    fn without_rows_read_by_people_the_error_says_how_to_mark_them() {
        let error = corrected("themes,said,reader\nbuses,,\n").unwrap_err();
        assert!(error.to_string().contains("reader"), "{error}");
    }
}
