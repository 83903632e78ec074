//! Writes a backup.

use std::io::Write;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use super::catalog::{self, Column, Kind, Table};
use super::{Counts, FileHeader, SHAPE, TableLine, Trailer};
use crate::db::{Database, Db, snapshot, steps_run};
use crate::error::{Error, Result};
use crate::version;

/// The number of rows to read at a time.
const CHUNK: usize = 1000;

#[derive(QueryableByName)]
struct StoredRow {
    /// The row's id, or empty if the table isn't read in chunks.
    #[diesel(sql_type = Text)]
    id: String,
    /// The row's values as a JSON array.
    #[diesel(sql_type = Text)]
    line: String,
}

/// Writes every row as of one point in time, without blocking other readers and writers. Returns the number of rows in
/// each table. Calls `told` with the name of each table before it's written.
pub fn write(
    database: &Database,
    now: NaiveDateTime,
    out: impl Write,
    mut told: impl FnMut(&str),
) -> Result<Counts> {
    let mut out = GzEncoder::new(out, Compression::default());
    let counts = database.read(|db| {
        // The outer result is from the database, the inner one from the file.
        snapshot(db, |db| Ok(write_all(db, now, &mut out, &mut told)))?
    })?;
    out.finish()
        .and_then(|mut out| out.flush())
        .map_err(Error::internal)?;
    Ok(counts)
}

fn write_all(
    db: &mut Db,
    now: NaiveDateTime,
    out: &mut impl Write,
    told: &mut impl FnMut(&str),
) -> Result<Counts> {
    let head = FileHeader {
        chorus_backup: SHAPE,
        program: version::NUMBER.to_owned(),
        commit: version::COMMIT.map(str::to_owned),
        taken_at: now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        steps: steps_run(db)?,
    };
    line(out, &head)?;
    let mut counts = Counts::new();
    for table in catalog::tables(db)? {
        told(&table.name);
        let columns = table.columns.iter().map(|column| column.name.clone());
        line(
            out,
            &TableLine {
                table: table.name.clone(),
                columns: columns.collect(),
            },
        )?;
        let count = write_table(db, &table, out)?;
        counts.insert(table.name, count);
    }
    line(
        out,
        &Trailer {
            rows: counts.clone(),
        },
    )?;
    Ok(counts)
}

fn write_table(db: &mut Db, table: &Table, out: &mut impl Write) -> Result<u64> {
    let query = query(db, table);
    let (mut count, mut after) = (0, String::new());
    loop {
        let rows: Vec<StoredRow> = sql_query(&query).bind::<Text, _>(&after).load(db)?;
        for row in &rows {
            // Parse and serialize again so that both engines produce the same bytes.
            let values: Vec<serde_json::Value> =
                serde_json::from_str(&row.line).map_err(Error::internal)?;
            line(out, &values)?;
        }
        count += rows.len() as u64;
        match rows.last() {
            Some(last) if rows.len() == CHUNK && table.has_text_id() => {
                last.id.clone_into(&mut after);
            }
            _ => return Ok(count),
        }
    }
}

/// The query for the rows after an id, each as a JSON array in a form that's the same on both engines.
fn query(db: &Db, table: &Table) -> String {
    let name = &table.name;
    let (list, mark) = match db {
        Db::Sqlite(_) => ("json_array", "?"),
        Db::Postgres(_) => ("json_build_array", "$1"),
    };
    let values: Vec<String> = table
        .columns
        .iter()
        .map(|column| value(db, column))
        .collect();
    let line = format!("CAST({list}({}) AS TEXT) AS line", values.join(", "));
    if table.has_text_id() {
        format!(
            "SELECT \"id\" AS id, {line} FROM \"{name}\" WHERE \"id\" > {mark} ORDER BY \"id\" LIMIT {CHUNK}"
        )
    } else {
        // Tables that aren't read in chunks also take the parameter, so that all queries are bound the same way.
        format!("SELECT '' AS id, {line} FROM \"{name}\" WHERE {mark} = ''")
    }
}

fn value(db: &Db, column: &Column) -> String {
    let name = format!("\"{}\"", column.name);
    match (db, column.kind) {
        (Db::Sqlite(_), Kind::Flag) => {
            format!("json(CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)")
        }
        (Db::Postgres(_), Kind::Day) => format!("to_char({name}, 'YYYY-MM-DD')"),
        (Db::Postgres(_), Kind::Moment) => format!("to_char({name}, 'YYYY-MM-DD HH24:MI:SS')"),
        _ => name,
    }
}

fn line(out: &mut impl Write, value: &impl Serialize) -> Result<()> {
    let mut text = serde_json::to_vec(value).map_err(Error::internal)?;
    text.push(b'\n');
    out.write_all(&text).map_err(Error::internal)
}
