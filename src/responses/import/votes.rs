//! `import votes`: votes from another tool on statements that were imported earlier.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use serde_json::json;

use super::batches::{OpenBatch, Origin};
use super::ground::Ground;
use super::report::{ImportProgress, Stage, VotesReport, Watch};
use super::votes_file::{self, Votes};
use super::votes_store::{self, Vote};
use crate::audit::Actor;
use crate::comments::CommentId;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::files;
use crate::responses::{BatchId, VoteId};
use crate::surveys::SurveyId;

/// An import of votes.
#[derive(Clone, Debug)]
pub struct VotesImport {
    /// The file.
    pub file: PathBuf,
    /// The slug of the survey that collected the statements.
    pub survey: String,
    /// The item that the statements answer, if statements of several items share IDs.
    pub item: Option<String>,
    /// Only report what would happen.
    pub dry_run: bool,
    /// Import the good rows of a file that has bad ones.
    pub skip_bad: bool,
}

/// How many votes take the space of one response: a vote is a small row without comments.
const VOTES_FOR_A_ROW: usize = 4;

/// How many votes one statement replaces.
const REPLACED: usize = 2000;

/// Imports a file of votes: all of it or nothing. Importing the same file again adds nothing. A changed vote replaces
/// the earlier one.
pub fn import_votes(
    database: &Database,
    actor: &Actor,
    import: &VotesImport,
    watch: &mut dyn Watch,
) -> Result<VotesReport> {
    let ground = database.read(|db| Ground::read(db, actor.at, &import.survey))?;
    let (ids, comments) = statements(database, &ground.survey, import)?;
    let file_digest = files::digest_of(&import.file)?;
    let mut votes = votes_file::read(&import.file, &ground.survey, &ids, watch)?;
    let mut report = VotesReport {
        rows: votes.rows,
        bad: votes.bad,
        votes: votes.cast.len() as u64,
        voters: votes.voters_who_voted(),
        unknown: std::mem::take(&mut votes.unknown),
        ..VotesReport::default()
    };
    let is_refused = report.bad > 0 && !import.skip_bad;
    let origin = Origin {
        kind: "votes",
        survey: ground.survey,
        file_name: files::name(&import.file),
        file_digest,
    };
    let batch = if is_refused || import.dry_run {
        None
    } else {
        Some(OpenBatch::begin(database, actor, origin.clone())?)
    };
    let news = News::find(database, &origin.survey, votes, &comments)?;
    report.added = news.fresh.len() as u64;
    report.changed = news.changed.len() as u64;
    if let Some(batch) = batch
        && report.added + report.changed > 0
    {
        load(batch, news, &report, watch)?;
        report.written = true;
    }
    Ok(report)
}

/// Writes new votes in slices. Votes that replace earlier ones are written in the last transaction, because votes of a
/// batch that isn't live don't count.
fn load(
    mut batch: OpenBatch<'_>,
    news: News,
    report: &VotesReport,
    watch: &mut dyn Watch,
) -> Result<()> {
    let size = report.added;
    // The IDs are random, but inserting them in ascending order touches few index pages, like inserting the votes in
    // order.
    let mut ids: Vec<VoteId> = news.fresh.iter().map(|_| VoteId::new()).collect();
    ids.sort_unstable();
    let mut rest = news.fresh.into_iter().zip(ids);
    let mut done = 0;
    loop {
        let some = batch.slice() * VOTES_FOR_A_ROW;
        let slice: Vec<(Cast, VoteId)> = rest.by_ref().take(some).collect();
        if slice.is_empty() {
            break;
        }
        done += slice.len() as u64;
        let written = batch.write(move |db, batch| {
            let rows = slice.into_iter().map(|(cast, id)| cast.into_row(id, batch));
            let rows: Vec<Vote> = rows.collect();
            Ok(((), votes_store::add(db, &rows)?))
        });
        if let Err(error) = written {
            batch.abandon()?;
            return Err(error);
        }
        watch.progress(ImportProgress {
            stage: Stage::Loading,
            read: done,
            size,
            rows: done,
        });
    }
    let detail = json!({ "votes": report.votes, "added": report.added, "changed": report.changed, "bad": report.bad });
    let changed = news.changed;
    batch.finish(detail, move |db, batch| {
        let rows: Vec<Vote> = changed
            .into_iter()
            .map(|cast| cast.into_row(VoteId::new(), batch))
            .collect();
        for some in rows.chunks(REPLACED) {
            votes_store::replace(db, some)?;
        }
        Ok(())
    })
}

/// A vote: on which comment, by whom, and 1, 0 or -1.
#[derive(Clone, Debug)]
struct Cast {
    comment: CommentId,
    voter: String,
    value: i32,
}

impl Cast {
    fn into_row(self, id: VoteId, batch: &BatchId) -> Vote {
        Vote {
            id,
            comment_id: self.comment,
            voter: self.voter,
            value: self.value,
            batch_id: Some(batch.clone()),
        }
    }
}

/// What is new in a file.
struct News {
    fresh: Vec<Cast>,
    changed: Vec<Cast>,
}

impl News {
    fn find(
        database: &Database,
        survey: &SurveyId,
        file: Votes,
        comments: &[CommentId],
    ) -> Result<Self> {
        let voter_places: HashMap<&str, u32> = (0..)
            .zip(&file.voters)
            .map(|(place, name)| (name.as_str(), place))
            .collect();
        let places: HashMap<&str, u32> = (0..)
            .zip(comments)
            .map(|(place, comment)| (comment.as_str(), place))
            .collect();
        let mut known = HashMap::new();
        database.read(|db| {
            votes_store::each_of(db, survey, |comment, voter, value| {
                if let (Some(comment), Some(voter)) = (places.get(comment), voter_places.get(voter))
                {
                    known.insert((*voter, *comment), value);
                }
            })
        })?;
        let mut news = Self {
            fresh: Vec::new(),
            changed: Vec::new(),
        };
        for (voter, statement, value) in file.cast {
            let (Some(name), Some(comment)) = (
                file.voters.get(voter as usize),
                comments.get(statement as usize),
            ) else {
                continue;
            };
            let list = match known.get(&(voter, statement)) {
                Some(known) if *known == value => continue,
                Some(_) => &mut news.changed,
                None => &mut news.fresh,
            };
            list.push(Cast {
                comment: comment.clone(),
                voter: name.clone(),
                value,
            });
        }
        // In the order of the index that prevents duplicate votes, so that a slice touches few of its pages.
        for list in [&mut news.fresh, &mut news.changed] {
            list.sort_unstable_by(|one, other| {
                (&one.comment, &one.voter).cmp(&(&other.comment, &other.voter))
            });
        }
        Ok(news)
    }
}

/// The position of each statement by ID, and the comment at each position.
type Statements = (HashMap<String, u32>, Vec<CommentId>);

fn statements(database: &Database, survey: &SurveyId, import: &VotesImport) -> Result<Statements> {
    let rows = database.read(|db| Ok(votes_store::statements(db, survey)?))?;
    let mut ids = HashMap::new();
    let mut comments = Vec::new();
    let mut items = BTreeSet::new();
    for (id, item, comment) in rows {
        if import.item.as_ref().is_some_and(|wanted| *wanted != item) {
            continue;
        }
        items.insert(item);
        if ids
            .insert(id, u32::try_from(comments.len()).unwrap_or(u32::MAX))
            .is_some()
            && items.len() > 1
        {
            let items: Vec<String> = items.into_iter().collect();
            return Err(Error::Invalid(format!(
                "several questions have statements with the same id: choose one with --item {}",
                items.join(" or --item ")
            )));
        }
        comments.push(comment);
    }
    if comments.is_empty() {
        return Err(Error::Invalid(
            "the survey has no imported statements with ids to vote on: run `chorus import responses` with an id column first"
                .to_owned(),
        ));
    }
    Ok((ids, comments))
}
