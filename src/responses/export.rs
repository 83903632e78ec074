//! Exports a survey's responses as rows, one at a time, however many there are.
//!
//! A row has keys, as in the survey's document, and the text of open answers as it is in the ledger. Its columns are
//! the fields of the survey's form ([`Item::fields`]), plus Chorus's own, which start with `_`; no item key does. Rows
//! are sorted by their random IDs, which reveals nothing about when they were submitted.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::model::said;
use super::paper::{self, Mark, Marks};
use super::{Answer, Answers, Batch, BatchId, Response, ResponseId};
use crate::audit::{self, Actor};
use crate::comments::BatchState;
use crate::comments::Status;
use crate::db::{Database, Db, snapshot};
use crate::error::{Error, Result};
use crate::schema::{batches, comments, responses};
use crate::sheet::harmless;
use crate::surveys::{self, Document, Item, ItemKind, Survey};

/// The file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// For spreadsheets. No cell is read as a formula.
    Csv,
    /// One JSON object per line.
    Jsonl,
}

/// What an export wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// How many responses were written.
    pub written: u64,
    /// How many were left out because they were set aside, withdrawn or replaced.
    pub left_out: u64,
}

/// How many responses to read at once.
const CHUNK: i64 = 1000;

/// The statuses to export: counted responses, and those that are counted separately.
const WRITTEN: [Status; 3] = [Status::Counted, Status::Suspected, Status::Late];

/// The separator between several choices in one cell.
const SEPARATOR: &str = ";";

/// Writes the responses of a survey from one database snapshot. Adds an audit entry, because it reads individual rows.
pub fn export_responses(
    database: &Database,
    actor: &Actor,
    slug: &str,
    format: ExportFormat,
    out: impl Write,
) -> Result<Exported> {
    let (survey, document) = database.read(|db| find(db, slug))?;
    let (id, who) = (survey.id.clone(), actor.clone());
    database.write(move |db| {
        let detail = json!({ "format": match format { ExportFormat::Csv => "csv", ExportFormat::Jsonl => "jsonl" } });
        Ok(audit::record(db, &who, "responses.exported", "survey", id.as_str(), &detail)?)
    })?;
    let mut rows = ExportWriter::new(format, &document, out)?;
    database.read(|db| {
        // The outer result is the database's, the inner one the file's.
        snapshot(db, |db| Ok(write_all(db, &survey, &document, &mut rows)))?
    })
}

fn find(db: &mut Db, slug: &str) -> Result<(Survey, Document)> {
    let survey = surveys::by_slug(db, slug).map_err(|error| match error {
        diesel::result::Error::NotFound => Error::Invalid(format!("there is no survey “{slug}”")),
        other => other.into(),
    })?;
    let published = surveys::latest_revision(db, &survey.id)?;
    let document =
        published.map_or_else(|| survey.document.0.clone(), |revision| revision.document.0);
    Ok((survey, document))
}

fn write_all<W: Write>(
    db: &mut Db,
    survey: &Survey,
    document: &Document,
    rows: &mut ExportWriter<W>,
) -> Result<Exported> {
    let live: HashMap<BatchId, Batch> = batches::table
        .filter(
            batches::survey_id
                .eq(&survey.id)
                .and(batches::state.eq(BatchState::Live)),
        )
        .load::<Batch>(db)?
        .into_iter()
        .map(|batch| (batch.id.clone(), batch))
        .collect();
    let mut exported = Exported::default();
    let mut after = String::new();
    loop {
        let chunk: Vec<Response> = responses::table
            .filter(
                responses::survey_id
                    .eq(&survey.id)
                    .and(responses::id.gt(&after)),
            )
            .order(responses::id)
            .limit(CHUNK)
            .load(db)?;
        let Some(last) = chunk.last() else {
            break;
        };
        last.id.as_str().clone_into(&mut after);
        let mut words = words_of(db, &chunk)?;
        let ids: Vec<&ResponseId> = chunk.iter().map(|response| &response.id).collect();
        let mut sheets = paper::sheets_of(db, &ids)?;
        for response in chunk {
            let batch = response.batch_id.as_ref().map(|id| live.get(id));
            if batch == Some(None) {
                // Its import is still running or was undone.
                continue;
            }
            if !WRITTEN.contains(&response.status) {
                exported.left_out += 1;
                continue;
            }
            let words = words.remove(&response.id).unwrap_or_default();
            let sheet = sheets.remove(&response.id);
            rows.write(
                document,
                &ExportedResponse::new(response, document, words, sheet),
            )?;
            exported.written += 1;
        }
    }
    rows.finish()?;
    Ok(exported)
}

/// The text answers of some responses, by response and item.
type Words = HashMap<ResponseId, BTreeMap<String, String>>;

fn words_of(db: &mut Db, chunk: &[Response]) -> QueryResult<Words> {
    let ids: Vec<&ResponseId> = chunk.iter().map(|response| &response.id).collect();
    let rows: Vec<(Option<ResponseId>, String, String)> = comments::table
        .filter(
            comments::response_id
                .eq_any(ids)
                .and(comments::status.eq_any(WRITTEN)),
        )
        .select((comments::response_id, comments::item_key, comments::text))
        .load(db)?;
    let mut words = Words::new();
    for (response, item, text) in rows {
        if let Some(response) = response {
            words.entry(response).or_default().insert(item, text);
        }
    }
    Ok(words)
}

/// A response as written.
#[derive(Debug, Serialize)]
struct ExportedResponse {
    #[serde(rename = "_id")]
    id: String,
    /// The source's ID for the person who responded. `None` if every response is a different person.
    #[serde(rename = "_person")]
    person: Option<String>,
    #[serde(rename = "_day")]
    day: String,
    #[serde(rename = "_language")]
    language: String,
    #[serde(rename = "_channel")]
    channel: &'static str,
    #[serde(rename = "_group")]
    group: Option<String>,
    #[serde(rename = "_schools")]
    schools: Vec<String>,
    #[serde(rename = "_status")]
    status: &'static str,
    #[serde(rename = "_revision")]
    revision: i32,
    /// For a response entered from paper: the batch and the number of the sheet.
    #[serde(rename = "_sheet")]
    sheet: Option<String>,
    /// For a response entered from paper: why questions have no answer, except those that are blank.
    #[serde(rename = "_marks")]
    marks: BTreeMap<String, &'static str>,
    #[serde(flatten)]
    answers: Answers,
}

impl ExportedResponse {
    const COLUMNS: [&str; 11] = [
        "_id",
        "_person",
        "_day",
        "_language",
        "_channel",
        "_group",
        "_schools",
        "_status",
        "_revision",
        "_sheet",
        "_marks",
    ];

    fn new(
        response: Response,
        document: &Document,
        words: BTreeMap<String, String>,
        sheet: Option<(String, Marks)>,
    ) -> Self {
        let (sheet, marks) = sheet.unzip();
        let marks = marks.unwrap_or_default().into_iter();
        let mut answers = response.answers.0;
        // The ledger has the last word: a text may have been withdrawn or corrected since.
        for field in document.open_items().filter_map(Item::words_field) {
            answers.remove(&field);
        }
        answers.extend(words.into_iter().map(|(key, text)| {
            let field = document.item(&key).and_then(Item::words_field);
            (field.unwrap_or(key), Answer::One(text))
        }));
        Self {
            person: (response.person != response.id.as_str()).then_some(response.person),
            id: if response.batch_id.is_some() {
                response.submission_id
            } else {
                response.id.as_str().to_owned()
            },
            day: response.day.to_string(),
            language: response.language,
            channel: response.channel.as_str(),
            group: response.group_key,
            schools: response.schools.0,
            status: response.status.as_str(),
            revision: response.revision,
            sheet,
            marks: marks
                .filter(|(_, marked)| marked.mark != Mark::Blank)
                .map(|(part, marked)| (part, marked.mark.as_str()))
                .collect(),
            answers,
        }
    }

    /// The cells, in the order of the header.
    fn cells(&self, document: &Document) -> Vec<String> {
        let safe = |text: &str| harmless(text).into_owned();
        let marks = self.marks.iter();
        let marks: Vec<String> = marks.map(|(part, mark)| format!("{part}:{mark}")).collect();
        let mut cells = vec![
            safe(&self.id),
            safe(self.person.as_deref().unwrap_or_default()),
            self.day.clone(),
            safe(&self.language),
            self.channel.to_owned(),
            safe(self.group.as_deref().unwrap_or_default()),
            safe(&self.schools.join(SEPARATOR)),
            self.status.to_owned(),
            self.revision.to_string(),
            safe(self.sheet.as_deref().unwrap_or_default()),
            safe(&marks.join(SEPARATOR)),
        ];
        let columns = document.items.iter().flat_map(|item| {
            let fields = item.fields().into_iter();
            fields.map(move |field| cell(item, &field, &self.answers))
        });
        cells.extend(columns.map(|text| safe(&text)));
        cells
    }
}

/// The answer to a field. For a ranking, the rank of a choice; for multiple choice, all selected choices.
fn cell(item: &Item, field: &str, answers: &Answers) -> String {
    let ranked = |order: &[String]| {
        let mut order = order.iter();
        order.position(|key| item.field(key) == field)
    };
    match (item.kind, answers.get(&item.key)) {
        (ItemKind::Ranking, Some(Answer::Several(order))) => {
            ranked(order).map_or_else(String::new, |before| (before + 1).to_string())
        }
        _ => said(answers, field).join(SEPARATOR),
    }
}

/// Where rows are written.
enum ExportWriter<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Jsonl(io::BufWriter<W>),
}

impl<W: Write> ExportWriter<W> {
    fn new(format: ExportFormat, document: &Document, out: W) -> Result<Self> {
        if format == ExportFormat::Jsonl {
            return Ok(Self::Jsonl(io::BufWriter::new(out)));
        }
        // Quote every cell that isn't a number: a spreadsheet that splits at semicolons must not split inside a cell.
        let mut writer = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::NonNumeric)
            .from_writer(out);
        let own = ExportedResponse::COLUMNS.into_iter().map(str::to_owned);
        let fields = document.items.iter().flat_map(Item::fields);
        writer.write_record(own.chain(fields)).map_err(from_csv)?;
        Ok(Self::Csv(Box::new(writer)))
    }

    fn write(&mut self, document: &Document, row: &ExportedResponse) -> Result<()> {
        match self {
            Self::Csv(writer) => writer.write_record(row.cells(document)).map_err(from_csv),
            Self::Jsonl(writer) => {
                serde_json::to_writer(&mut *writer, row)
                    .map_err(|error| Error::internal(io::Error::from(error)))?;
                writeln!(writer).map_err(Error::internal)
            }
        }
    }

    fn finish(&mut self) -> Result<()> {
        match self {
            Self::Csv(writer) => writer.flush(),
            Self::Jsonl(writer) => writer.flush(),
        }
        .map_err(Error::internal)
    }
}

fn from_csv(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => Error::internal(cause),
        other => Error::bug(format!("{other:?}")),
    }
}
