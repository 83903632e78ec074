//! The database connection.
#![expect(
    missing_docs,
    reason = "the derive writes items that nobody can document"
)]

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection to either engine. Every store function takes one.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// The embedded default engine.
    Sqlite(SqliteConnection),
    /// For installations with several nodes.
    Postgres(PgConnection),
}
