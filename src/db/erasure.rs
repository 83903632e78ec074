//! Erasing for good: what somebody had deleted also disappears from the database's files.
//!
//! A database keeps what it deletes: SQLite in its write-ahead log and in free space, PostgreSQL in the table, until it's
//! vacuumed. So SQLite overwrites what it deletes (`secure_delete`), and after something was erased its log is emptied, or
//! PostgreSQL's table rewritten. PostgreSQL's own log, and backups from before, keep it for as long as they're kept.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Integer;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use super::{Address, Database, Db, Purpose, open};
use crate::error::Result;

/// The tables from which something was erased and that may still hold remains of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Erasures(Arc<Mutex<BTreeSet<&'static str>>>);

impl Erasures {
    fn add(&self, tables: impl IntoIterator<Item = &'static str>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(tables);
    }

    fn take(&self) -> BTreeSet<&'static str> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *all)
    }
}

/// The first column of SQLite's answer to a checkpoint: 1 if a reader or writer was in the way.
#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

impl Database {
    /// Like [`Database::write_later`], for work that erases something from a table. The worker removes the remains.
    pub async fn erase_later<T: Send + 'static>(
        &self,
        table: &'static str,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let outcome = self.write_later(work).await?;
        self.erasures.add([table]);
        Ok(outcome)
    }

    /// Removes what is left in the database's files of everything that was erased. If another connection is in the way,
    /// the next call tries again. If the program is killed first, what it erased stays until the next erasure. Blocks.
    pub fn remove_remains(&self) -> Result<()> {
        let tables = self.erasures.take();
        if tables.is_empty() {
            return Ok(());
        }
        let done = remove_from(&self.address, &tables);
        if !matches!(done, Ok(true)) {
            self.erasures.add(tables);
        }
        done.map(drop)
    }
}

/// Returns whether everything was removed.
fn remove_from(address: &Address, tables: &BTreeSet<&'static str>) -> Result<bool> {
    let mut db = open(address, Purpose::Write)?;
    match &mut db {
        Db::Sqlite(connection) => {
            // Nobody waits longer than this for the log to be free.
            connection.batch_execute("PRAGMA busy_timeout = 1000")?;
            let checkpoint: Checkpoint =
                sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(connection)?;
            Ok(checkpoint.busy == 0)
        }
        Db::Postgres(connection) => {
            for table in tables {
                sql_query(format!("VACUUM (FULL) {table}")).execute(connection)?;
            }
            Ok(true)
        }
    }
}
