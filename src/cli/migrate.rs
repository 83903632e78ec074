//! `chorus migrate`

use clap::Args;

use super::Location;
use super::console::say;
use crate::error::Result;

/// Update the database schema
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus migrate --database-url postgres://chorus@db.district.example/chorus

On PostgreSQL, run it once for all nodes before you start the new version. On SQLite, `chorus serve` runs it for you.")]
pub(super) struct Migrate {}

impl Migrate {
    #[expect(clippy::unused_self, reason = "as every command")]
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let steps = crate::app::migrate(&location.config()?)?;
        for step in &steps {
            say(step)?;
        }
        match steps.len() {
            0 => say("The schema is already up to date."),
            1 => say("Applied 1 migration; the schema is up to date."),
            many => say(format_args!(
                "Applied {many} migrations; the schema is up to date."
            )),
        }
    }
}
