//! Putting a backup back.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};
use flate2::read::MultiGzDecoder;
use serde::de::IgnoredAny;

use super::catalogue::{self, Kind, Table};
use super::{Counts, Head, SHAPE, TableLine, Trailer};
use crate::db::{Database, Db, steps_run};
use crate::error::{Error, Result};

/// How many rows, and about how many bytes of them, are written at once.
const ROWS: usize = 500;
const BYTES: usize = 4 << 20;

/// Puts a backup into a database that holds no rows yet, whole or not at all; returns the number of rows of each table.
pub fn restore(database: &Database, file: &Path) -> Result<Counts> {
    let lines = Lines::open(file)?;
    database.write(move |db| restore_all(db, lines))
}

fn restore_all(db: &mut Db, mut lines: Lines) -> Result<Counts> {
    let head = lines.following()?.ok_or_else(cut_off)?;
    let head: Head = serde_json::from_str(&head).map_err(|_| no_backup())?;
    if head.chorus_backup != SHAPE {
        return Err(Error::Invalid(format!(
            "a newer program wrote it (chorus {}); restore it with that",
            head.program
        )));
    }
    let steps = steps_run(db)?;
    if head.steps != steps {
        return Err(Error::Invalid(format!(
            "its schema is at step {}, and this program's at {}: restore it with chorus {}, then run `chorus migrate` with this one",
            head.steps.last().map_or("0", String::as_str),
            steps.last().map_or("0", String::as_str),
            head.program
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
        sql_query(&self.insert).bind::<Text, _>(list).execute(db)?;
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

/// The lines of a file.
struct Lines(BufReader<MultiGzDecoder<BufReader<File>>>);

impl Lines {
    fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| {
            Error::Invalid(match error.kind() {
                io::ErrorKind::NotFound => "there is no such file".to_owned(),
                _ => format!("it cannot be read: {error}"),
            })
        })?;
        Ok(Self(BufReader::new(MultiGzDecoder::new(BufReader::new(
            file,
        )))))
    }

    /// The next line, or none behind the last.
    fn following(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => Ok(None),
            Ok(_) if line.ends_with('\n') => Ok(Some(line)),
            Ok(_) => Err(cut_off()),
            Err(error) => Err(match error.kind() {
                io::ErrorKind::UnexpectedEof => cut_off(),
                io::ErrorKind::InvalidInput => no_backup(),
                io::ErrorKind::InvalidData => damaged("its bytes do not fit together"),
                _ => Error::Invalid(format!("it cannot be read: {error}")),
            }),
        }
    }
}

fn read<'a, T: serde::Deserialize<'a>>(line: &'a str) -> Result<T> {
    serde_json::from_str(line).map_err(|_| damaged("a line cannot be read"))
}

fn cut_off() -> Error {
    Error::Invalid("it ends too early, so it was cut off; nothing was restored".to_owned())
}

fn damaged(why: &str) -> Error {
    Error::Invalid(format!("it is damaged: {why}; nothing was restored"))
}

fn no_backup() -> Error {
    Error::Invalid("it is no backup of Chorus".to_owned())
}
