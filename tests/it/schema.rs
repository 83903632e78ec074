//! Both databases have the same schema: the same migrations, tables, and columns.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chorus::app::App;
use chorus::clock::Clock;
use chorus::db::{Address, Database, Db, Schema, bring_to, schema_state};
use chorus::error::Result;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use sha2::{Digest, Sha256};

use crate::support::{Place, TestApp, files_below, is_postgres};

fn steps(engine: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(engine);
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect()
}

#[test]
fn both_engines_have_the_same_migrations() {
    assert_eq!(steps("sqlite"), steps("postgres"));
    assert!(!steps("sqlite").is_empty());
}

/// The migration files by their path below `migrations`.
fn files() -> BTreeMap<String, String> {
    let files = files_below("migrations", "sql").into_iter();
    let named = files.map(|(path, text)| {
        let path = path.strip_prefix("migrations").unwrap();
        (path.to_str().unwrap().to_owned(), text)
    });
    named.collect()
}

#[test]
fn a_migration_that_has_landed_is_never_edited() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let landed = std::fs::read_to_string(root.join("migrations/landed.sha256")).unwrap();
    let landed: BTreeMap<String, String> = landed
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(digest, path)| (path.to_owned(), digest.to_owned()))
        .collect();
    let now: BTreeMap<String, String> = files()
        .into_iter()
        .map(|(path, text)| {
            let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(text));
            (path, digest)
        })
        .collect();
    for (path, digest) in &landed {
        assert_eq!(
            now.get(path),
            Some(digest),
            "{path} has landed and was changed: write a new step instead (migrations/README.md)"
        );
    }
    let missing: Vec<String> = now
        .iter()
        .filter(|(path, _)| !landed.contains_key(*path))
        .map(|(path, digest)| format!("{digest}  {path}"))
        .collect();
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "a new migration: add these lines to migrations/landed.sha256"
    );
}

/// The statements of a script, each with whether a comment precedes it. White space doesn't matter.
fn statements(script: &str) -> Vec<(String, bool)> {
    let (mut statements, mut words, mut announced) = (Vec::new(), Vec::new(), false);
    for line in script.lines() {
        if line.trim_start().starts_with("--") {
            announced = true;
            continue;
        }
        words.extend(line.split_whitespace());
        if line.trim_end().ends_with(';') {
            statements.push((words.join(" "), announced));
            (words, announced) = (Vec::new(), false);
        }
    }
    assert_eq!(words, Vec::<&str>::new(), "a statement without a semicolon");
    statements
}

#[test]
fn the_engines_differ_only_where_a_comment_says_why() {
    let files = files();
    let mut differ = 0;
    for (path, sqlite) in &files {
        let Some(step) = path.strip_prefix("sqlite/") else {
            continue;
        };
        let sqlite = statements(sqlite);
        let postgres = statements(&files[&format!("postgres/{step}")]);
        assert_eq!(sqlite.len(), postgres.len(), "{step}");
        for ((ours, our_reason), (theirs, their_reason)) in sqlite.iter().zip(&postgres) {
            if ours != theirs {
                differ += 1;
                // A comment in both files is about the migration, not about one database.
                assert!(
                    our_reason != their_reason,
                    "{step}: say why\n{ours}\n{theirs}"
                );
            }
        }
    }
    // At least one difference exists, such as `WITHOUT ROWID` in 0008, so the comparison works.
    assert!(differ > 0);
}

#[test]
fn every_migration_can_be_reverted_to_the_schema_before_it() {
    // `chorus restore` does this in an empty, up-to-date database before it loads an older backup.
    let (place, fresh) = (Place::migrated(), Place::empty());
    let (database, growing) = (place.connect(), fresh.connect());
    let mut after: Vec<BTreeSet<Column>> = Vec::new();
    let count = steps("sqlite").len();
    for step in 1..=count {
        growing.write(move |db| bring_to(db, step)).unwrap();
        after.push(growing.read(columns).unwrap());
    }
    for step in (1..=count).rev() {
        database.write(move |db| bring_to(db, step)).unwrap();
        assert_eq!(database.read(columns).unwrap(), after[step - 1], "{step}");
    }
    database.write(move |db| bring_to(db, count)).unwrap();
    assert_eq!(database.read(columns).unwrap(), after[count - 1]);
}

#[derive(Debug, QueryableByName, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    #[diesel(sql_type = diesel::sql_types::Text)]
    table_name: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    column_name: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    kind: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    required: bool,
}

/// Every column of a migrated database, with its type under the SQL standard's name.
fn columns(db: &mut Db) -> Result<BTreeSet<Column>> {
    let query = match db {
        Db::Sqlite(_) => {
            "SELECT t.name AS table_name, c.name AS column_name, upper(c.type) AS kind, (c.\"notnull\" OR c.pk) AS required
             FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'"
        }
        Db::Postgres(_) => {
            "SELECT table_name::text, column_name::text, upper(data_type)::text AS kind, is_nullable = 'NO' AS required
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'"
        }
    };
    let rows: Vec<Column> = sql_query(query).load(db)?;
    let portable = |kind: String| match kind.as_str() {
        "TIMESTAMP WITHOUT TIME ZONE" => "TIMESTAMP".to_owned(),
        "BYTEA" => "BLOB".to_owned(),
        _ => kind,
    };
    Ok(rows
        .into_iter()
        .map(|row| Column {
            kind: portable(row.kind),
            ..row
        })
        .collect())
}

#[test]
fn both_engines_have_the_same_columns() {
    if !is_postgres() {
        // With only one database there's nothing to compare, but its columns can be read.
        assert!(TestApp::start().read(columns).len() > 100);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Database::connect(&Address::in_folder(folder.path()), 1).unwrap();
    sqlite.migrate().unwrap();
    let (sqlite, postgres) = (
        sqlite.read(columns).unwrap(),
        TestApp::start().read(columns),
    );
    let only = |ours: &BTreeSet<Column>, theirs: &BTreeSet<Column>| {
        ours.difference(theirs)
            .map(|column| format!("{column:?}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (only(&sqlite, &postgres), only(&postgres, &sqlite)),
        (vec![], vec![]),
        "only SQLite has the first, only PostgreSQL the second"
    );
}

#[test]
fn migrations_can_be_reverted_and_run_again() {
    // Running the `down.sql` files in reverse order removes everything.
    let place = Place::empty();
    let database = place.connect();
    database.migrate().unwrap();
    let engine = if is_postgres() { "postgres" } else { "sqlite" };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(engine);
    let down: Vec<String> = steps(engine)
        .into_iter()
        .rev()
        .map(|step| std::fs::read_to_string(folder.join(step).join("down.sql")).unwrap())
        .collect();
    database
        .write(move |db| {
            for script in &down {
                diesel::connection::SimpleConnection::batch_execute(db, script)?;
            }
            sql_query("DELETE FROM __diesel_schema_migrations").execute(db)?;
            Ok(())
        })
        .unwrap();
    assert_eq!(database.read(columns).unwrap(), BTreeSet::new());
    assert_eq!(database.migrate().unwrap().len(), steps(engine).len());
}

#[test]
fn an_empty_database_is_behind_by_every_migration_and_checking_changes_nothing() {
    let place = Place::empty();
    let database = place.connect();
    for _ in 0..2 {
        assert_eq!(
            database.read(schema_state).unwrap(),
            Schema::Behind(steps("sqlite").len())
        );
        assert_eq!(database.read(columns).unwrap(), BTreeSet::new());
    }
}

#[test]
fn the_program_starts_on_an_empty_database_only_if_it_may_migrate_it() {
    let place = Place::empty();
    let started = App::start(place.config(), Clock::system());
    if is_postgres() {
        let reason = started.map(drop).unwrap_err().to_string();
        assert!(reason.contains("chorus migrate"), "{reason}");
        place.connect().migrate().unwrap();
        App::start(place.config(), Clock::system())
            .map(drop)
            .unwrap();
    } else {
        let app = started.map_err(|error| error.to_string());
        assert_eq!(
            app.unwrap().database.read(schema_state).unwrap(),
            Schema::Current
        );
    }
}
