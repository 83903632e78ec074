//! The results as a sheet: one line for every count on the page, with its base and the same suppression.

use actix_web::{HttpRequest, HttpResponse, web};

use super::answers::Answers;
use super::build::Results;
use super::columns::AnswerHead;
use super::frozen::FrozenAnswers;
use crate::accounts::{Viewer, permission};
use crate::error::{Error, Result};
use crate::sheet::harmless;
use crate::tally::Gauge;
use crate::themes::Live;
use crate::web::{CSV, attachment};

const COLUMNS: [&str; 9] = [
    "question",
    "question_words",
    "answer",
    "answer_words",
    "people",
    "people_words",
    "count",
    "base",
    "share_percent",
];

/// What replaces a suppressed count.
const TOO_FEW: &str = "hidden to protect people";

/// `GET /desk/surveys/{survey}/results.csv`
pub(super) async fn download(
    live: web::Data<Live>,
    viewer: Viewer<permission::Counts>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let results = super::results(&live, &viewer, slug.into_inner(), request.query_string()).await?;
    let name = format!("{}-results.csv", results.found.survey.slug);
    Ok(attachment(name, CSV, sheet(&results)?))
}

fn sheet(results: &Results) -> Result<Vec<u8>> {
    let counted = &results.counted;
    let mut sheet = ResultsSheet::new()?;
    for answers in &counted.questions {
        sheet.question(answers)?;
    }
    for open in &counted.open {
        let question = [&open.key, &open.label.text];
        let heads = &counted.open_heads;
        sheet.line(question, ["_wrote", "Wrote something"], heads, &open.cells)?;
    }
    sheet.finish()
}

impl FrozenAnswers {
    /// The counts as a sheet.
    pub fn sheet(&self) -> Result<Vec<u8>> {
        let mut sheet = ResultsSheet::new()?;
        for answers in &self.questions {
            sheet.question(answers)?;
        }
        for wrote in &self.wrote {
            let question = [&format!("_wrote:{}", wrote.key), &wrote.intent.to_owned()];
            for row in &wrote.rows {
                let answer = [row.key.as_str(), &row.label.text];
                sheet.line(question, answer, &wrote.heads, &row.cells)?;
            }
        }
        sheet.finish()
    }
}

/// A sheet being written. Our own keys start with `_`, which no other key does.
struct ResultsSheet(csv::Writer<Vec<u8>>);

impl ResultsSheet {
    fn new() -> Result<Self> {
        let mut writer = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::NonNumeric)
            .from_writer(Vec::new());
        writer.write_record(COLUMNS).map_err(Error::internal)?;
        Ok(Self(writer))
    }

    fn question(&mut self, answers: &Answers) -> Result<()> {
        let words = answers.of.as_ref().map_or_else(
            || answers.label.text.clone(),
            |of| format!("{} {}", of.text, answers.label.text),
        );
        let question = [&answers.key, &words];
        let gauges = |cells: &[super::columns::Cell]| -> Vec<Gauge> {
            cells.iter().map(|cell| cell.gauge.clone()).collect()
        };
        for row in &answers.rows {
            let answer = [row.key.as_str(), &row.label.text];
            self.line(question, answer, &answers.heads, &gauges(&row.cells))?;
        }
        let empty = ["_empty", "Skipped"];
        self.line(question, empty, &answers.heads, &gauges(&answers.empty))
    }

    /// Writes a line for each column of a row.
    fn line(
        &mut self,
        question: [&String; 2],
        answer: [&str; 2],
        heads: &[AnswerHead],
        cells: &[Gauge],
    ) -> Result<()> {
        let number = |number: Option<u64>| number.map_or_else(String::new, |it| it.to_string());
        for (head, gauge) in heads.iter().zip(cells) {
            let words = question.map(String::as_str).into_iter().chain(answer);
            let mut line: Vec<String> = words
                .chain([head.key.as_str(), head.label.as_str()])
                .map(|text| harmless(text).into_owned())
                .collect();
            line.push(
                gauge
                    .count
                    .map_or_else(|| TOO_FEW.to_owned(), |it| it.to_string()),
            );
            line.push(
                gauge
                    .base
                    .map_or_else(|| TOO_FEW.to_owned(), |it| it.to_string()),
            );
            line.push(number(gauge.share));
            self.0.write_record(line).map_err(Error::internal)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>> {
        self.0
            .into_inner()
            .map_err(|error| Error::bug(format!("the sheet: {error}")))
    }
}
