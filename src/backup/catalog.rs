//! The tables of a database, each after the tables that it references.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};

use crate::db::Db;
use crate::error::{Error, Result};

/// A column's type, as far as the two engines represent its values differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Flag,
    Day,
    Moment,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// A table with its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

impl Table {
    /// Whether its rows can be read in chunks, ordered by a text id.
    pub(super) fn has_text_id(&self) -> bool {
        self.columns
            .iter()
            .any(|column| column.name == "id" && column.kind == Kind::Text)
    }
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    to_table: String,
}

/// Every table except the engine's own and the migrations table. Referenced tables come first.
pub(super) fn tables(db: &mut Db) -> Result<Vec<Table>> {
    let (columns, references) = match db {
        Db::Sqlite(_) => (
            "SELECT t.name AS of_table, c.name AS name, lower(c.type) AS kind
             FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'
             ORDER BY t.name, c.cid",
            "SELECT t.name AS of_table, f.\"table\" AS to_table
             FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
        ),
        Db::Postgres(_) => (
            "SELECT table_name::text AS of_table, column_name::text AS name, data_type::text AS kind
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'
             ORDER BY table_name, ordinal_position",
            "SELECT mine.relname::text AS of_table, theirs.relname::text AS to_table
             FROM pg_constraint c JOIN pg_class mine ON mine.oid = c.conrelid JOIN pg_class theirs ON theirs.oid = c.confrelid
             WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace",
        ),
    };
    let columns: Vec<ColumnRow> = sql_query(columns).load(db)?;
    let references: Vec<Reference> = sql_query(references).load(db)?;
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for row in columns {
        let kind = kind(&row.kind).ok_or_else(|| {
            Error::bug(format!(
                "{}.{} has the type {}",
                row.of_table, row.name, row.kind
            ))
        })?;
        let column = Column {
            name: row.name,
            kind,
        };
        tables.entry(row.of_table).or_default().push(column);
    }
    let references = references
        .into_iter()
        .map(|row| (row.of_table, row.to_table));
    Ok(in_order(tables, &references.collect()))
}

fn kind(declared: &str) -> Option<Kind> {
    match declared {
        "text" | "character varying" => Some(Kind::Text),
        "integer" | "bigint" => Some(Kind::Whole),
        "boolean" => Some(Kind::Flag),
        "date" => Some(Kind::Day),
        "timestamp" | "timestamp without time zone" => Some(Kind::Moment),
        _ => None,
    }
}

/// Sorts tables so that each comes after the tables it references, then by name.
fn in_order(
    mut tables: BTreeMap<String, Vec<Column>>,
    references: &BTreeSet<(String, String)>,
) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let waits = |name: &String| {
            references
                .iter()
                .any(|(of, to)| of == name && to != name && tables.contains_key(to))
        };
        // In a reference cycle, every table would wait forever. The first one goes ahead, and a restore reports the
        // error.
        let next = tables
            .keys()
            .find(|name| !waits(name))
            .or(tables.keys().next())
            .cloned();
        let Some((name, columns)) = next.and_then(|name| tables.remove_entry(&name)) else {
            break;
        };
        ordered.push(Table { name, columns });
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_after_the_tables_that_it_references() {
        let tables =
            ["answers", "people", "rounds", "surveys"].map(|name| (name.to_owned(), Vec::new()));
        let references = [
            ("answers", "surveys"),
            ("answers", "people"),
            ("surveys", "rounds"),
            ("people", "people"),
        ]
        .map(|(of, to)| (of.to_owned(), to.to_owned()));
        let ordered = in_order(tables.into(), &references.into());
        let names: Vec<&str> = ordered.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["people", "rounds", "surveys", "answers"]);
    }
}
