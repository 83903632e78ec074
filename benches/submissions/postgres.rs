//! PostgreSQL by itself: the rows that Chorus stored, committed once more into tables beside its own.

use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::BoxedSqlQuery;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use diesel::{QueryableByName, sql_query};

use crate::support::Result;

/// A connection to the database of Chorus, with copies of its tables.
pub(crate) struct Server {
    connection: PgConnection,
    responses: Table,
    remarks: Table,
    seen: i64,
}

/// A table whose rows are read and written as text.
struct Table {
    name: &'static str,
    /// The columns in their order, each with its type.
    columns: Vec<Column>,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Array<Nullable<Text>>)]
    cells: Vec<Option<String>>,
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
        let mut connection = PgConnection::establish(database)?;
        connection.batch_execute(
            "CREATE SCHEMA bare; \
             CREATE TABLE bare.responses (LIKE public.responses INCLUDING ALL); \
             CREATE TABLE bare.remarks (LIKE public.remarks INCLUDING ALL);",
        )?;
        Ok(Self {
            responses: Table::read(&mut connection, "responses")?,
            remarks: Table::read(&mut connection, "remarks")?,
            connection,
            seen: 0,
        })
    }

    /// Commits what Chorus stored since the last time, in groups; returns submissions a second.
    pub(crate) fn commit_what_was_stored(&mut self, group: usize) -> Result<f64> {
        let connection = &mut self.connection;
        let responses = self.responses.after(connection, self.seen)?;
        let remarks = self.remarks.after(connection, self.seen)?;
        let last = sql_query("SELECT last AS number FROM change_counter");
        self.seen = last.get_result::<Number>(connection)?.number;
        let start = Instant::now();
        for (some, words) in responses.chunks(group).zip(remarks.chunks(2 * group)) {
            connection.transaction(|connection| {
                self.responses.insert(connection, some)?;
                self.remarks.insert(connection, words)
            })?;
        }
        Ok(responses.len() as f64 / start.elapsed().as_secs_f64())
    }

    /// How many responses and how many remarks Chorus has stored.
    pub(crate) fn stored(&mut self) -> Result<(i64, i64)> {
        let mut count = |table: &str| -> Result<i64> {
            let count = sql_query(format!("SELECT count(*) AS number FROM public.{table}"));
            Ok(count.get_result::<Number>(&mut self.connection)?.number)
        };
        Ok((count("responses")?, count("remarks")?))
    }
}

impl Table {
    fn read(connection: &mut PgConnection, name: &'static str) -> Result<Self> {
        let columns = sql_query(
            "SELECT attname::text AS name, format_type(atttypid, atttypmod) AS kind FROM pg_attribute \
             WHERE attrelid = ($1)::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        );
        let columns = columns
            .bind::<Text, _>(format!("public.{name}"))
            .load(connection)?;
        Ok(Self { name, columns })
    }

    fn after(&self, connection: &mut PgConnection, number: i64) -> Result<Vec<Row>> {
        let columns = self
            .columns
            .iter()
            .map(|column| format!("{}::text", column.name));
        let rows = sql_query(format!(
            "SELECT ARRAY[{}] AS cells FROM public.{} WHERE number > $1 ORDER BY number",
            columns.collect::<Vec<_>>().join(", "),
            self.name
        ));
        Ok(rows.bind::<BigInt, _>(number).load(connection)?)
    }

    fn insert(&self, connection: &mut PgConnection, rows: &[Row]) -> QueryResult<()> {
        let mut place = 0;
        let mut places = |_: &Row| {
            let cells = self.columns.iter().map(|column| {
                place += 1;
                format!("${place}::{}", column.kind)
            });
            format!("({})", cells.collect::<Vec<_>>().join(", "))
        };
        let places: Vec<String> = rows.iter().map(&mut places).collect();
        let mut insert: BoxedSqlQuery<'_, Pg, _> = sql_query(format!(
            "INSERT INTO bare.{} VALUES {}",
            self.name,
            places.join(", ")
        ))
        .into_boxed();
        for cell in rows.iter().flat_map(|row| &row.cells) {
            insert = insert.bind::<Nullable<Text>, _>(cell);
        }
        insert.execute(connection).map(drop)
    }
}
