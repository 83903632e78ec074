//! `chorus user add`

use clap::Args;

use super::{scope, typed_password};
use crate::accounts::{self, Role};
use crate::cli::Location;
use crate::cli::console::say;
use crate::cli::location::actor;
use crate::error::{Error, Result};

/// Add a person who can sign in
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  echo 'a long password' | chorus user add ana@district.example --role admin --password-stdin
  echo 'a long password' | chorus user add kim@district.example --role viewer --scope school:oak --password-stdin

The password is read from standard input so that it does not appear in the process list or the shell history.")]
pub(super) struct Add {
    /// The email address that they sign in with
    email: String,
    /// Their role: admin, planner, facilitator, clerk, coder, or viewer
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Role,
    /// Their name (default: the part of the address before the @)
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where the role applies: district, school:KEY, round:SLUG, or forum:SLUG
    #[arg(long, value_name = "SCOPE", default_value = "district")]
    scope: String,
    /// Read the password from standard input
    #[arg(long, required = true)]
    password_stdin: bool,
}

impl Add {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let email = accounts::normalize_email(&self.email)
            .ok_or_else(|| Error::Invalid(format!("“{}” is not an email address", self.email)))?;
        let hash = accounts::hash_password(&typed_password()?)?;
        let name = self
            .name
            .or_else(|| email.split('@').next().map(str::to_owned))
            .unwrap_or_default();
        let role = self.role;
        let scope = self.scope;
        let line = format!("{email} can sign in as {role}.");
        location.database()?.write(move |db| {
            if accounts::by_email(db, &email)?.is_some() {
                return Err(Error::Conflict(format!(
                    "{email} already has an account: change its roles on the page /desk/team"
                )));
            }
            let scope = scope::find(db, &scope)?;
            let actor = actor();
            let account = accounts::add(db, &actor, &email, &name, &hash)?;
            Ok(accounts::grant(db, &actor, &account, role, &scope)?)
        })?;
        say(line)
    }
}

fn role(text: &str) -> std::result::Result<Role, String> {
    Role::parse(text).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("use one of {}", names.join(", "))
    })
}
