//! `chorus user password`

use clap::Args;

use super::{account, typed_password};
use crate::accounts;
use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::actor;
use crate::error::Result;

/// Set a new password and sign the person out everywhere
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus user password ana@district.example --password-stdin < password

The password is read from standard input so that it does not appear in the process list or the shell history.")]
pub(super) struct Password {
    /// The email address that they sign in with
    email: String,
    /// Read the password from standard input
    #[arg(long, required = true)]
    password_stdin: bool,
}

impl Password {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let email = self.email;
        let database = location.existing_database()?;
        let asked = email.clone();
        let account = database.read(move |db| account(db, &asked))?;
        let hash = accounts::hash_password(&typed_password()?)?;
        database.write(move |db| Ok(accounts::set_password(db, &actor(), &account, &hash)?))?;
        say(format_args!(
            "{email} has a new password and is signed out everywhere."
        ))
    }
}
