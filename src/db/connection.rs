//! The connection itself.
#![expect(
    missing_docs,
    reason = "the derive writes items that nobody can document"
)]

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection to either engine; every store function takes one.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// The embedded default.
    Sqlite(SqliteConnection),
    /// For many nodes.
    Postgres(PgConnection),
}
