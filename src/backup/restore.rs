//! Restores a backup from this version or an older one.

use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};
use serde::de::IgnoredAny;

use super::catalog::{self, Kind, Table};
use super::lines::{Lines, cut_off, damaged, not_a_backup, read};
use super::{Counts, FileHeader, SHAPE, TableLine, Trailer};
use crate::db::{Database, Db, bring_to, steps_known};
use crate::error::{Error, Result, is_busy};
use crate::files::shown;
use crate::version;

/// The number of rows, and roughly of bytes, to write at a time.
const ROWS: usize = 500;
const BYTES: usize = 4 << 20;

/// A file that starts with the header of a backup.
pub struct Backup {
    head: FileHeader,
    lines: Lines,
}

/// Opens a backup from this version or an older one. Any other file is an error.
pub fn open(file: &Path) -> Result<Backup> {
    let mut lines = Lines::open(file)?;
    let head = lines.following()?.ok_or_else(not_a_backup)?;
    let head: FileHeader = serde_json::from_str(&head).map_err(|_| not_a_backup())?;
    if head.chorus_backup != SHAPE {
        return Err(newer(&head));
    }
    Ok(Backup { head, lines })
}

impl Backup {
    /// The version of Chorus that wrote the backup, with its commit if known.
    pub fn written_by(&self) -> String {
        let commit = self.head.commit.as_ref();
        let commit = commit.map_or_else(String::new, |commit| format!(" ({})", shown(commit)));
        format!("{}{commit}", shown(&self.head.program))
    }

    /// Restores the backup into a database without rows, all or nothing, and migrates the rows to this version's
    /// schema. The database may be new or at any migration.
    pub fn restore(self, database: &Database) -> Result<Restored> {
        database.write(move |db| restore_all(db, &self.head, self.lines))
    }
}

/// The result of a restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The number of rows in each table, by the table's name in the backup.
    pub rows: Counts,
    /// The migrations that ran on the restored rows because the backup was older.
    pub steps: Vec<String>,
}

fn restore_all(db: &mut Db, head: &FileHeader, lines: Lines) -> Result<Restored> {
    let known = steps_known(db)?;
    if head.steps.is_empty() {
        return Err(damaged("it names no step of its schema"));
    }
    let later = known.strip_prefix(head.steps.as_slice());
    let later = later.ok_or_else(|| newer(head))?.to_vec();
    refuse_rows(db)?;
    // The rows match the schema at the time of the backup, so load them into that schema.
    bring_to(db, head.steps.len())?;
    let tables = catalog::tables(db)?;
    sql_query(format!("DELETE FROM \"{FIRST}\"")).execute(db)?;
    let rows = load(db, &tables, lines)?;
    bring_to(db, known.len())
        .map_err(|error| damaged(&format!("its rows do not fit the newer schema: {error}")))?;
    Ok(Restored { rows, steps: later })
}

/// The error for a backup from a newer version.
fn newer(head: &FileHeader) -> Error {
    Error::Invalid(format!(
        "a newer version of Chorus wrote this backup ({}, schema step {}); this is version {}. Restore it with that version or a later one",
        shown(&head.program),
        head.steps.last().map_or("0".to_owned(), |step| shown(step)),
        version::FULL,
    ))
}

/// Inserts the rows of every table.
fn load(db: &mut Db, tables: &[Table], mut lines: Lines) -> Result<Counts> {
    let mut counts = Counts::new();
    let mut open: Option<OpenTable<'_>> = None;
    loop {
        let line = lines.following()?.ok_or_else(cut_off)?;
        if line.starts_with('[') {
            let Some(table) = &mut open else {
                return Err(damaged("a row comes before the name of its table"));
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
        open = Some(OpenTable::new(db, tables, &part)?);
    }
}

/// The table that migrations fill with one row in a new database.
const FIRST: &str = "change_counter";

/// Fails if the database has rows.
fn refuse_rows(db: &mut Db) -> Result<()> {
    #[derive(QueryableByName)]
    struct Filled {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let tables = catalog::tables(db)?;
    let looks: Vec<String> = tables
        .iter()
        .filter(|table| table.name != FIRST)
        .map(|table| {
            format!(
                "SELECT '{0}' AS name WHERE EXISTS (SELECT 1 FROM \"{0}\")",
                table.name
            )
        })
        .collect();
    if looks.is_empty() {
        return Ok(());
    }
    let filled: Vec<Filled> = sql_query(looks.join(" UNION ALL ")).load(db)?;
    if filled.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = filled.into_iter().map(|row| row.name).collect();
    Err(Error::Conflict(format!(
        "a backup can only be restored into an empty database. These tables already have rows: {}",
        names.join(", ")
    )))
}

/// Compares the rows read with the counts at the end of the file.
fn verified(counts: Counts, trailer: &Trailer, lines: &mut Lines) -> Result<Counts> {
    if counts != trailer.rows {
        return Err(damaged("its row counts do not match its rows"));
    }
    if lines.following()?.is_some() {
        return Err(damaged("there is more data after its end"));
    }
    Ok(counts)
}

/// The table whose rows are being inserted.
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
            .ok_or_else(|| damaged("it has a table that its schema does not have"))?;
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
            return Err(damaged("a row has the wrong number of values"));
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
            other => damaged(&format!("the database refused a row: {other}")),
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

/// The statement that inserts a JSON array of rows, each an array of values.
fn insert(db: &Db, table: &Table, names: &[String]) -> Result<String> {
    let mut columns = Vec::new();
    let mut values = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let column = table.columns.iter().find(|column| column.name == *name);
        let column =
            column.ok_or_else(|| damaged("it has a column that its schema does not have"))?;
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
