//! `chorus import released`

use std::path::PathBuf;

use clap::Args;

use crate::cli::Location;
use crate::cli::console::{counted, say};
use crate::cli::location::actor_as;
use crate::comments::{self, ReleasedFile};
use crate::error::Result;
use crate::files;

/// Release comments to the public in someone's name
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus import released fixtures/riverside/released.toml --as ana@district.example

The file lists comments by their id in the imported file. You can release only comments that count.")]
pub(super) struct ImportReleased {
    /// The file that lists the comments (TOML)
    file: PathBuf,
    /// Who releases them: the email address of an account
    #[arg(long = "as", value_name = "EMAIL")]
    by: String,
}

impl ImportReleased {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let file = files::read_as(&self.file, ReleasedFile::parse)?;
        let by = self.by;
        let released = location.existing_database()?.write(move |db| {
            let actor = actor_as(db, &by)?;
            comments::import(db, &actor, &file)
        });
        let released = files::named(&self.file, released)? as u64;
        say(format_args!(
            "{} released.",
            counted(released, "comment was", "comments were")
        ))
    }
}
