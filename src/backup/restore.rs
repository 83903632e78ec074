//! Putting a backup back.

use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};
use serde::de::IgnoredAny;

use super::catalogue::{self, Kind, Table};
use super::lines::{Lines, cut_off, damaged, no_backup, read};
use super::{Counts, Head, SHAPE, TableLine, Trailer};
use crate::db::{Database, Db, steps_run};
use crate::error::{Error, Result, is_busy};
use crate::files::shown;

/// How many rows, and about how many bytes of them, are written at once.
const ROWS: usize = 500;
const BYTES: usize = 4 << 20;

/// A file that begins as a backup does.
pub struct Backup {
    head: Head,
    lines: Lines,
}

/// Opens a backup of this program's time or before; every other file is refused.
pub fn open(file: &Path) -> Result<Backup> {
    let mut lines = Lines::open(file)?;
    let head = lines.following()?.ok_or_else(no_backup)?;
    let head: Head = serde_json::from_str(&head).map_err(|_| no_backup())?;
    if head.chorus_backup != SHAPE {
        return Err(Error::Invalid(format!(
            "a newer program wrote it (chorus {}); restore it with that",
            shown(&head.program)
        )));
    }
    Ok(Backup { head, lines })
}

impl Backup {
    /// Puts the backup into a database that holds no rows yet, whole or not at all; returns the number of rows of each
    /// table.
    pub fn restore(self, database: &Database) -> Result<Counts> {
        database.write(move |db| restore_all(db, &self.head, self.lines))
    }
}

fn restore_all(db: &mut Db, head: &Head, mut lines: Lines) -> Result<Counts> {
    let steps = steps_run(db)?;
    if head.steps != steps {
        return Err(Error::Invalid(format!(
            "its schema is at step {}, and this program's at {}: restore it with chorus {}, then run `chorus migrate` with this one",
            head.steps.last().map_or("0".to_owned(), |step| shown(step)),
            steps.last().map_or("0", String::as_str),
            shown(&head.program)
        )));
    }
    let tables = catalogue::tables(db)?;
    make_way(db, &tables)?;
    let mut counts = Counts::new();
    let mut open: Option<OpenTable<'_>> = None;
    loop {
        let line = lines.following()?.ok_or_else(cut_off)?;
        if line.starts_with('[') {
            let Some(table) = &mut open else {
                return Err(damaged("a row stands before the name of its table"));
            };
            table.take(db, &line)?;
            continue;
        }
        if let Some(table) = open.take() {
            counts.insert(table.table.name.clone(), table.finish(db)?);
        }
        if let Ok(trailer) = serde_json::from_str::<Trailer>(&line) {
            return verified(counts, &trailer, &mut lines);
        }
        let part: TableLine = read(&line)?;
        open = Some(OpenTable::new(db, &tables, &part)?);
    }
}

/// Refuses a place with rows, and takes away the one row that the schema itself begins with.
fn make_way(db: &mut Db, tables: &[Table]) -> Result<()> {
    #[derive(QueryableByName)]
    struct Filled {
        #[diesel(sql_type = Text)]
        name: String,
    }
    const FIRST: &str = "change_counter";
    let others = tables.iter().filter(|table| table.name != FIRST);
    let looks = others.map(|table| {
        format!(
            "SELECT '{0}' AS name WHERE EXISTS (SELECT 1 FROM \"{0}\")",
            table.name
        )
    });
    let query = looks.collect::<Vec<_>>().join(" UNION ALL ");
    let filled: Vec<Filled> = sql_query(query).load(db)?;
    if !filled.is_empty() {
        let names: Vec<String> = filled.into_iter().map(|row| row.name).collect();
        return Err(Error::Conflict(format!(
            "a backup is restored into an empty place only, and here are rows already: {}",
            names.join(", ")
        )));
    }
    sql_query(format!("DELETE FROM \"{FIRST}\"")).execute(db)?;
    Ok(())
}

/// Compares the rows that came with those that were written down.
fn verified(counts: Counts, trailer: &Trailer, lines: &mut Lines) -> Result<Counts> {
    if counts != trailer.rows {
        return Err(damaged(
            "the number of its rows is not the one that it names",
        ));
    }
    if lines.following()?.is_some() {
        return Err(damaged("it goes on behind its end"));
    }
    Ok(counts)
}

/// A table whose rows are being written.
struct OpenTable<'a> {
    table: &'a Table,
    insert: String,
    width: usize,
    rows: Vec<String>,
    bytes: usize,
    count: u64,
}

impl<'a> OpenTable<'a> {
    fn new(db: &Db, tables: &'a [Table], part: &TableLine) -> Result<Self> {
        let table = tables
            .iter()
            .find(|table| table.name == part.table)
            .ok_or_else(|| damaged("it has a table that this schema does not have"))?;
        Ok(Self {
            insert: insert(db, table, &part.columns)?,
            table,
            width: part.columns.len(),
            rows: Vec::new(),
            bytes: 0,
            count: 0,
        })
    }

    fn take(&mut self, db: &mut Db, line: &str) -> Result<()> {
        let values: Vec<IgnoredAny> = read(line)?;
        if values.len() != self.width {
            return Err(damaged(
                "a row has more or fewer values than its table has columns",
            ));
        }
        self.bytes += line.len();
        self.rows.push(line.to_owned());
        self.count += 1;
        if self.rows.len() >= ROWS || self.bytes >= BYTES {
            self.write(db)?;
        }
        Ok(())
    }

    fn write(&mut self, db: &mut Db) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let list = format!("[{}]", self.rows.join(","));
        let written = sql_query(&self.insert).bind::<Text, _>(list).execute(db);
        written.map_err(|error| match error {
            busy if is_busy(&busy) => Error::Busy,
            other => damaged(&format!("the database takes no such row ({other})")),
        })?;
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }

    fn finish(mut self, db: &mut Db) -> Result<u64> {
        self.write(db)?;
        Ok(self.count)
    }
}

/// The statement that writes a JSON list of rows, each a list of values.
fn insert(db: &Db, table: &Table, names: &[String]) -> Result<String> {
    let mut columns = Vec::new();
    let mut values = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let column = table.columns.iter().find(|column| column.name == *name);
        let column =
            column.ok_or_else(|| damaged("it has a column that this schema does not have"))?;
        columns.push(format!("\"{name}\""));
        values.push(match (db, column.kind) {
            (Db::Sqlite(_), _) => format!("json_extract(value, '$[{place}]')"),
            (Db::Postgres(_), Kind::Text) => format!("value->>{place}"),
            (Db::Postgres(_), Kind::Whole) => format!("(value->>{place})::bigint"),
            (Db::Postgres(_), Kind::Flag) => format!("(value->>{place})::boolean"),
            (Db::Postgres(_), Kind::Day) => format!("(value->>{place})::date"),
            (Db::Postgres(_), Kind::Moment) => format!("(value->>{place})::timestamp"),
        });
    }
    let source = match db {
        Db::Sqlite(_) => "json_each(?)",
        Db::Postgres(_) => "json_array_elements($1::json)",
    };
    Ok(format!(
        "INSERT INTO \"{}\" ({}) SELECT {} FROM {source}",
        table.name,
        columns.join(", "),
        values.join(", ")
    ))
}
