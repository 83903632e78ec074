//! `docs/database.md` lists exactly the tables and columns of the database.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chorus::db::Db;
use chorus::error::Result;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::support::TestApp;

/// The columns of each table.
type Tables = BTreeMap<String, BTreeSet<String>>;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = diesel::sql_types::Text)]
    of_table: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

/// What the database itself reports.
fn in_the_database(db: &mut Db) -> Result<Tables> {
    let query = match db {
        Db::Sqlite(_) => {
            "SELECT t.name AS of_table, c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND substr(t.name, 1, 2) <> '__' AND t.name NOT LIKE 'sqlite%'"
        }
        Db::Postgres(_) => {
            "SELECT table_name::text AS of_table, column_name::text AS name FROM information_schema.columns
             WHERE table_schema = 'public' AND left(table_name, 2) <> '__'"
        }
    };
    let mut tables = Tables::new();
    for column in sql_query(query).load::<Column>(db)? {
        tables
            .entry(column.of_table)
            .or_default()
            .insert(column.name);
    }
    Ok(tables)
}

/// What the page lists: a heading ``### `table` ``, then a row ``| `column` | meaning |`` for each column.
fn on_the_page() -> Tables {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/database.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mut tables = Tables::new();
    let mut table = None;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("### `") {
            let name = heading.strip_suffix('`').unwrap();
            table = Some(tables.entry(name.to_owned()).or_default());
        } else if line.starts_with("## ") {
            table = None;
        } else if let Some(row) = line.strip_prefix("| `") {
            let (column, meaning) = row.split_once("` | ").unwrap();
            assert!(meaning.len() > 3, "{line} does not say what it means");
            table
                .as_mut()
                .unwrap_or_else(|| panic!("{line} is in no table"))
                .insert(column.to_owned());
        }
    }
    tables
}

#[test]
fn the_database_page_lists_exactly_the_tables_and_columns_of_the_schema() {
    let (page, database) = (on_the_page(), TestApp::start().read(in_the_database));
    let missing: Vec<String> = differences(&database, &page);
    let gone: Vec<String> = differences(&page, &database);
    assert_eq!(
        (missing, gone),
        (Vec::new(), Vec::new()),
        "the first are missing on the page, the second are not in the database"
    );
}

/// The tables and columns that only the first one has.
fn differences(first: &Tables, second: &Tables) -> Vec<String> {
    let columns = |tables: &Tables| -> BTreeSet<(String, String)> {
        tables
            .iter()
            .flat_map(|(table, columns)| {
                columns
                    .iter()
                    .map(move |column| (table.clone(), column.clone()))
            })
            .collect()
    };
    columns(first)
        .difference(&columns(second))
        .map(|(table, column)| format!("{table}.{column}"))
        .collect()
}
