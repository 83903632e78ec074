//! PostgreSQL alone: commits the rows that Chorus stored a second time, into copies of its tables.

use std::time::Instant;

use chorus::comments::Comment;
use chorus::responses::Response;
use chorus::schema::{comments, responses};
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, copy_from, sql_query};

use crate::support::Result;

/// A connection that reads Chorus's tables, and one that writes to copies of them.
pub(crate) struct Server {
    source: PgConnection,
    copy: PgConnection,
    seen: i64,
}

#[derive(QueryableByName)]
struct Statement {
    #[diesel(sql_type = Text)]
    statement: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// An empty database on a server, by its address.
pub(crate) fn database(server: &str) -> Result<String> {
    let name = format!("chorus_bench_{}", std::process::id());
    PgConnection::establish(server)?.batch_execute(&format!("CREATE DATABASE {name}"))?;
    let (before, after) = server.split_once('?').unwrap_or((server, ""));
    let host = before.rsplit_once('/').map_or(before, |(host, _)| host);
    Ok(format!("{host}/{name}?{after}"))
}

impl Server {
    pub(crate) fn beside(database: &str) -> Result<Self> {
        let source = PgConnection::establish(database)?;
        let mut copy = PgConnection::establish(database)?;
        copy.batch_execute(
            "CREATE SCHEMA bare; \
             CREATE TABLE bare.responses (LIKE public.responses INCLUDING ALL); \
             CREATE TABLE bare.comments (LIKE public.comments INCLUDING ALL);",
        )?;
        // `LIKE` does not copy foreign keys; SQLite alone checks them too.
        let references = sql_query(
            "SELECT format('ALTER TABLE bare.%I ADD %s', relname, pg_get_constraintdef(pg_constraint.oid)) AS statement \
             FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid \
             WHERE contype = 'f' AND relname IN ('responses', 'comments')",
        );
        for reference in references.load::<Statement>(&mut copy)? {
            copy.batch_execute(&reference.statement)?;
        }
        copy.batch_execute("SET search_path TO bare")?;
        Ok(Self {
            source,
            copy,
            seen: 0,
        })
    }

    /// Commits what Chorus stored since the last call, in groups. Returns submissions a second.
    pub(crate) fn commit_what_was_stored(&mut self, group: usize) -> Result<f64> {
        let answers: Vec<Response> = responses::table
            .filter(responses::number.gt(self.seen))
            .order(responses::number)
            .select(Response::as_select())
            .load(&mut self.source)?;
        let words: Vec<Comment> = comments::table
            .filter(comments::number.gt(self.seen))
            .order(comments::number)
            .select(Comment::as_select())
            .load(&mut self.source)?;
        let last = sql_query("SELECT last AS number FROM change_counter");
        self.seen = last.get_result::<Number>(&mut self.source)?.number;
        let start = Instant::now();
        for (some, words) in answers.chunks(group).zip(words.chunks(2 * group)) {
            self.copy.transaction(|copy| {
                copy_from(responses::table)
                    .from_insertable(some)
                    .execute(copy)?;
                copy_from(comments::table)
                    .from_insertable(words)
                    .execute(copy)
            })?;
        }
        Ok(answers.len() as f64 / start.elapsed().as_secs_f64())
    }

    /// How many responses and comments Chorus has stored.
    pub(crate) fn stored(&mut self) -> Result<(i64, i64)> {
        let answers = responses::table.count().get_result(&mut self.source)?;
        let words = comments::table.count().get_result(&mut self.source)?;
        Ok((answers, words))
    }
}
