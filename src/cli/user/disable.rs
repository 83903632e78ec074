//! `chorus user disable` and `chorus user enable`

use clap::Args;

use super::account;
use crate::accounts;
use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::actor;
use crate::error::Result;

/// Turn off an account and sign the person out everywhere
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus user disable kim@district.example

What the person did stays under their name. The last admin cannot be turned off.")]
pub(super) struct Disable {
    /// The email address that they sign in with
    email: String,
}

/// Turn an account on again
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus user enable kim@district.example")]
pub(super) struct Enable {
    /// The email address that they sign in with
    email: String,
}

impl Disable {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        set(location, &self.email, true)?;
        say(format_args!(
            "{} cannot sign in anymore and is signed out everywhere.",
            self.email
        ))
    }
}

impl Enable {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        set(location, &self.email, false)?;
        say(format_args!("{} can sign in again.", self.email))
    }
}

fn set(location: &Location, email: &str, disabled: bool) -> Result<()> {
    let email = email.to_owned();
    location.existing_database()?.write(move |db| {
        let account = account(db, &email)?;
        accounts::keeping_an_admin(db, |db| {
            accounts::set_disabled(db, &actor(), &account, disabled)
        })
    })
}
