//! SQLite alone: commits the rows that Chorus stored a second time, without Chorus.

use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::postgres::Server;
use crate::support::Result;
use crate::support::program::Place;

/// Submissions in one transaction.
const GROUP: usize = 100;

type Row = Vec<Value>;

/// Chorus's database, to read from, and a copy of it from before the first response, to write to.
pub(crate) enum Raw {
    Sqlite {
        source: Connection,
        copy: Connection,
        seen: i64,
    },
    Postgres(Server),
}

impl Raw {
    pub(crate) fn sqlite(place: &Place) -> Result<Self> {
        let file = place.file("copy.sqlite");
        let source = Connection::open(place.file("chorus.sqlite"))?;
        source.execute("VACUUM INTO ?", [file.to_string_lossy()])?;
        let copy = Connection::open(file)?;
        copy.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        )?;
        Ok(Self::Sqlite {
            source,
            copy,
            seen: 0,
        })
    }

    pub(crate) fn postgres(database: &str) -> Result<Self> {
        Ok(Self::Postgres(Server::beside(database)?))
    }

    /// Commits what Chorus stored since the last call. Returns submissions a second.
    pub(crate) fn commit_what_was_stored(&mut self) -> Result<f64> {
        match self {
            Self::Sqlite { source, copy, seen } => {
                let responses = rows(source, "responses", *seen)?;
                let comments = rows(source, "comments", *seen)?;
                *seen =
                    source.query_row("SELECT last FROM change_counter", [], |row| row.get(0))?;
                let start = Instant::now();
                let mut response = copy.prepare(&insert("responses", responses.first()))?;
                let mut comment = copy.prepare(&insert("comments", comments.first()))?;
                for (responses, comments) in responses.chunks(GROUP).zip(comments.chunks(2 * GROUP))
                {
                    copy.execute_batch("BEGIN IMMEDIATE")?;
                    for row in responses {
                        response.execute(params_from_iter(row))?;
                    }
                    for row in comments {
                        comment.execute(params_from_iter(row))?;
                    }
                    copy.execute_batch("COMMIT")?;
                }
                Ok(responses.len() as f64 / start.elapsed().as_secs_f64())
            }
            Self::Postgres(server) => server.commit_what_was_stored(GROUP),
        }
    }

    /// How many responses and comments Chorus has stored.
    pub(crate) fn stored(&mut self) -> Result<(i64, i64)> {
        match self {
            Self::Sqlite { source, .. } => Ok(source.query_row(
                "SELECT (SELECT count(*) FROM responses), (SELECT count(*) FROM comments)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?),
            Self::Postgres(server) => server.stored(),
        }
    }
}

fn rows(source: &Connection, table: &str, seen: i64) -> Result<Vec<Row>> {
    let mut statement = source.prepare(&format!(
        "SELECT * FROM {table} WHERE number > ? ORDER BY number"
    ))?;
    let columns = statement.column_count();
    let rows = statement.query_map([seen], |row| {
        (0..columns).map(|column| row.get(column)).collect()
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn insert(table: &str, row: Option<&Row>) -> String {
    let places = vec!["?"; row.map_or(0, Vec::len)].join(", ");
    format!("INSERT INTO {table} VALUES ({places})")
}
