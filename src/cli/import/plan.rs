//! `chorus import plan`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::{actor, round};
use crate::error::Result;
use crate::files;
use crate::plan::{self, PlanFile};

/// Import the stages, statements, and goals of a round's plan
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import plan fixtures/riverside/plan.toml --round vision-2031

Goals and statements refer to priorities as their evidence, so import the decisions first. Importing a changed file replaces
stages, goals, and the statements whose text has changed. What the file does not have stays.")]
pub(super) struct ImportPlan {
    /// The plan's file (TOML)
    file: PathBuf,
    /// The round
    #[arg(long, value_name = "SLUG")]
    round: String,
}

impl ImportPlan {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let file = files::read_as(&self.file, PlanFile::parse)?;
        let slug = self.round;
        let placed = location.existing_database()?.write(move |db| {
            let round = round(db, &slug)?;
            plan::import(db, &actor(), &round.id, &file)
        });
        let imported = files::named(&self.file, placed)?;
        say(format_args!(
            "Imported the plan. Statements: {} added, {} changed, {} that the file does not have were kept.",
            imported.added, imported.changed, imported.kept
        ))
    }
}
