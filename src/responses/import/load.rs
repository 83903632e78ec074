//! `import responses`: the two passes over a file.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::batches::{OpenBatch, Origin};
use super::ground::Ground;
use super::map_file::MapFile;
use super::report::{ImportProgress, ResponsesReport, Stage, Watch};
use super::rows::{Arrival, ReadRow, RowReader};
use super::store;
use crate::audit::Actor;
use crate::comments::{self, Comment, CommentId, Source, Status};
use crate::db::{Database, Db, Json};
use crate::error::{Error, Result};
use crate::files;
use crate::responses::{self, BatchId, Response, ResponseId};

/// An import of responses.
#[derive(Clone, Debug)]
pub struct ResponsesImport {
    /// The file.
    pub file: PathBuf,
    /// The slug of the survey that its rows answer.
    pub survey: String,
    /// Which column is what.
    pub map: MapFile,
    /// Only report what would happen.
    pub dry_run: bool,
    /// Import the good rows of a file that has bad ones.
    pub skip_bad: bool,
}

/// How many submissions to look up at once.
const LOOKED_UP: usize = 500;

/// Report progress after this many rows.
const TOLD: u64 = 256;

/// Imports a file of responses: all of it or nothing. If any row is bad and `skip_bad` isn't set, nothing is written
/// and the report counts the bad rows. Importing the same file again adds nothing.
pub fn import_responses(
    database: &Database,
    actor: &Actor,
    import: &ResponsesImport,
    watch: &mut dyn Watch,
) -> Result<ResponsesReport> {
    let ground = Arc::new(database.read(|db| Ground::read(db, actor.at, &import.survey))?);
    let digest = files::digest_of(&import.file)?;
    let mut report = check(database, &ground, import, &digest, watch)?;
    if import.dry_run || (report.bad > 0 && !import.skip_bad) {
        return Ok(report);
    }
    let origin = Origin {
        kind: "responses",
        survey: ground.survey.clone(),
        file_name: files::name(&import.file),
        file_digest: digest,
    };
    let batch = OpenBatch::begin(database, actor, origin.clone())?;
    load(
        batch,
        &ground,
        import,
        &origin.file_digest,
        &mut report,
        watch,
    )?;
    Ok(report)
}

/// The first pass: checks every row and writes nothing.
fn check(
    database: &Database,
    ground: &Ground,
    import: &ResponsesImport,
    digest: &str,
    watch: &mut dyn Watch,
) -> Result<ResponsesReport> {
    let mut rows = RowReader::open(&import.file, digest, &import.map, ground)?;
    let mut report = ResponsesReport {
        left_alone: rows.left_alone(),
        ..ResponsesReport::default()
    };
    let mut people = HashSet::new();
    let mut waiting: Vec<(String, String)> = Vec::new();
    while let Some(found) = rows.next()? {
        match found {
            ReadRow::Blank => continue,
            ReadRow::Bad(bad) => {
                report.bad += 1;
                watch.bad_row(&bad);
            }
            ReadRow::Good(arrival) => {
                report.set_aside += u64::from(arrival.is_set_aside);
                report.comments += arrival.words.len() as u64;
                match arrival.person {
                    Some(person) => drop(people.insert(person)),
                    None => report.people += 1,
                }
                if import.dry_run {
                    waiting.push((arrival.submission_id, arrival.answers_digest));
                }
            }
        }
        report.rows += 1;
        if report.rows.is_multiple_of(TOLD) {
            watch.progress(progress(Stage::Checking, &rows, report.rows));
        }
        if waiting.len() == LOOKED_UP {
            look_up(database, ground, digest, &mut waiting, &mut report)?;
        }
    }
    look_up(database, ground, digest, &mut waiting, &mut report)?;
    report.people += people.len() as u64;
    Ok(report)
}

/// Counts which waiting rows are already in the database, and clears the list.
fn look_up(
    database: &Database,
    ground: &Ground,
    file_digest: &str,
    waiting: &mut Vec<(String, String)>,
    report: &mut ResponsesReport,
) -> Result<()> {
    if waiting.is_empty() {
        return Ok(());
    }
    let known = database.read(|db| {
        let submission_ids = waiting
            .iter()
            .map(|(submission_id, _)| submission_id.as_str());
        Ok(store::known(db, &ground.survey, &submission_ids.collect())?)
    })?;
    for (submission_id, digest) in waiting.drain(..) {
        let is_same = known.get(&submission_id).map(|known| *known == digest);
        report.count(&submission_id, file_digest, is_same);
    }
    Ok(())
}

/// The second pass: writes rows in slices. They start to count with the last transaction.
fn load(
    mut batch: OpenBatch<'_>,
    ground: &Arc<Ground>,
    import: &ResponsesImport,
    digest: &str,
    report: &mut ResponsesReport,
    watch: &mut dyn Watch,
) -> Result<()> {
    let loaded = write_rows(&mut batch, ground, import, digest, report, watch);
    let loaded = loaded.and_then(|()| {
        if files::digest_of(&import.file)? == digest {
            Ok(())
        } else {
            Err(Error::Invalid(
                "the file changed while it was being read; nothing was added: run the import again"
                    .to_owned(),
            ))
        }
    });
    if let Err(error) = loaded {
        batch.abandon()?;
        return Err(error);
    }
    if report.added == 0 {
        return Ok(());
    }
    report.written = true;
    let detail = json!({
        "rows": report.rows, "added": report.added, "already": report.already, "differing": report.differing,
        "bad": report.bad, "comments": report.comments, "set_aside": report.set_aside,
    });
    batch.finish(detail, |_, _| Ok(()))
}

fn write_rows(
    batch: &mut OpenBatch<'_>,
    ground: &Arc<Ground>,
    import: &ResponsesImport,
    digest: &str,
    report: &mut ResponsesReport,
    watch: &mut dyn Watch,
) -> Result<()> {
    let kind = Kind {
        set_aside_reason: import
            .map
            .set_aside
            .as_ref()
            .map_or_else(String::new, |set_aside| set_aside.reason.clone()),
    };
    let mut rows = RowReader::open(&import.file, digest, &import.map, ground)?;
    let (mut slice, mut read, mut is_over) = (Vec::new(), 0, false);
    while !is_over {
        match rows.next()? {
            None => is_over = true,
            Some(ReadRow::Good(arrival)) => {
                slice.push(*arrival);
                read += 1;
            }
            Some(ReadRow::Bad(_) | ReadRow::Blank) => {}
        }
        if slice.len() < batch.slice() && !is_over {
            continue;
        }
        for (submission_id, is_same) in
            write_slice(batch, ground, &kind, std::mem::take(&mut slice))?
        {
            report.count(&submission_id, digest, is_same);
        }
        watch.progress(progress(Stage::Loading, &rows, read));
    }
    Ok(())
}

/// What all responses of a file have in common, apart from their survey.
#[derive(Clone)]
struct Kind {
    set_aside_reason: String,
}

/// For each row, its submission and whether it was already stored with the same answers. `None` if it's new.
type Verdicts = Vec<(String, Option<bool>)>;

fn write_slice(
    batch: &mut OpenBatch<'_>,
    ground: &Arc<Ground>,
    kind: &Kind,
    slice: Vec<Arrival>,
) -> Result<Verdicts> {
    if slice.is_empty() {
        return Ok(Vec::new());
    }
    let (ground, kind) = (Arc::clone(ground), kind.clone());
    // A slice that is already stored needs no transaction, and a file that is already stored needs no batch.
    let submission_ids: BTreeSet<&str> =
        slice.iter().map(|row| row.submission_id.as_str()).collect();
    let known = batch.read(|db| Ok(store::known(db, &ground.survey, &submission_ids)?))?;
    if known.len() == slice.len() {
        return Ok(verdicts(&slice, &known));
    }
    batch.write(move |db, batch| {
        let submission_ids = slice.iter().map(|row| row.submission_id.as_str()).collect();
        let known = store::known(db, &ground.survey, &submission_ids)?;
        let verdicts = verdicts(&slice, &known);
        let fresh = slice
            .into_iter()
            .filter(|row| !known.contains_key(&row.submission_id));
        let rows: Vec<(Response, Vec<Comment>)> = fresh
            .map(|row| row.into_rows(&ground, &kind, batch))
            .collect();
        let added = rows.len();
        insert(db, rows)?;
        Ok((verdicts, added))
    })
}

fn verdicts(slice: &[Arrival], known: &HashMap<String, String>) -> Verdicts {
    let verdict = |row: &Arrival| {
        known
            .get(&row.submission_id)
            .map(|digest| *digest == row.answers_digest)
    };
    slice
        .iter()
        .map(|row| (row.submission_id.clone(), verdict(row)))
        .collect()
}

fn insert(db: &mut Db, rows: Vec<(Response, Vec<Comment>)>) -> Result<()> {
    /// As many as one statement takes on every engine: with 18 columns, this stays below SQLite's limit of 32,766
    /// values.
    const COMMENTS: usize = 1000;
    let (responses, comments): (Vec<Response>, Vec<Vec<Comment>>) = rows.into_iter().unzip();
    responses::insert_all(db, &responses)?;
    let comments: Vec<Comment> = comments.into_iter().flatten().collect();
    for some in comments.chunks(COMMENTS) {
        comments::insert_all(db, some)?;
    }
    Ok(())
}

impl Arrival {
    fn into_rows(self, ground: &Ground, kind: &Kind, batch: &BatchId) -> (Response, Vec<Comment>) {
        let id = ResponseId::new();
        let (status, status_reason) = if self.is_set_aside {
            (Status::SetAside, kind.set_aside_reason.clone())
        } else {
            (Status::Counted, String::new())
        };
        let comment = |words: crate::comments::NewComment| Comment {
            id: CommentId::new(),
            round_id: ground.round.clone(),
            source: Source::Import,
            survey_id: Some(ground.survey.clone()),
            response_id: Some(id.clone()),
            table_id: None,
            label: self.label.clone(),
            item_key: words.item_key,
            intent: words.intent,
            language: words.language,
            text: words.text,
            speaks_for: 1,
            status,
            status_reason: status_reason.clone(),
            released_by: None,
            released_at: None,
            batch_id: Some(batch.clone()),
            number: 0,
        };
        let comments = self.words.into_iter().map(comment).collect();
        let response = Response {
            survey_id: ground.survey.clone(),
            revision: ground.revision,
            submission_id: self.submission_id,
            receipt: None,
            answers_digest: self.answers_digest,
            answers: Json(self.answers),
            person: self.person.unwrap_or_else(|| id.as_str().to_owned()),
            group_key: self.group_key,
            schools: Json(self.schools),
            language: self.language,
            channel: self.channel,
            day: self.day,
            status,
            batch_id: Some(batch.clone()),
            number: 0,
            id,
        };
        (response, comments)
    }
}

fn progress(stage: Stage, rows: &RowReader<'_>, count: u64) -> ImportProgress {
    let (read, size) = rows.read_so_far();
    ImportProgress {
        stage,
        read,
        size,
        rows: count,
    }
}
