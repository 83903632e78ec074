//! `chorus user`: accounts, for whoever runs the server. The team's page at the desk does the same.

mod add;
mod disable;
mod list;
mod password;
mod scope;

use std::io::Read;

use clap::{Args, Subcommand};

use super::Location;
use crate::accounts::{self, AccountId};
use crate::db::Db;
use crate::error::{Error, Result};

/// Manage people who can sign in
#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Add),
    List(list::List),
    Password(password::Password),
    Disable(disable::Disable),
    Enable(disable::Enable),
}

impl User {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        match self.command {
            Command::Add(command) => command.run(location),
            Command::List(command) => command.run(location),
            Command::Password(command) => command.run(location),
            Command::Disable(command) => command.run(location),
            Command::Enable(command) => command.run(location),
        }
    }
}

/// Reads the password: the first line of standard input.
fn typed_password() -> Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut text)
        .map_err(|error| Error::Invalid(format!("cannot read the password: {error}")))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(Error::Invalid("standard input has no password".to_owned()));
    }
    Ok(line.to_owned())
}

/// The account with an email address.
fn account(db: &mut Db, email: &str) -> Result<AccountId> {
    let found = match accounts::normalize_email(email) {
        Some(email) => accounts::by_email(db, &email)?,
        None => None,
    };
    let found = found.map(|(id, ..)| id);
    found.ok_or_else(|| {
        Error::Invalid(format!(
            "nobody has an account with “{email}”: `chorus user list` shows who has one"
        ))
    })
}
