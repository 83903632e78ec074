//! `chorus user`

use std::io::Read;

use clap::{Args, Subcommand};

use super::Location;
use super::console::say;
use super::location::{actor, round};
use crate::accounts::{self, Role, Scope};
use crate::db::Db;
use crate::district;
use crate::error::{Error, Result};
use crate::forums;

/// Manage people who can sign in
#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
}

impl User {
    pub(super) fn run(self, location: &Location) -> Result<()> {
        match self.command {
            Command::Add(command) => command.run(location),
        }
    }
}

/// Add a person who can sign in
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  echo 'a long password' | chorus user add ana@district.example --role admin --password-stdin
  echo 'a long password' | chorus user add kim@district.example --role viewer --scope school:oak --password-stdin

The password is read from standard input so that it does not appear in the process list or the shell history.")]
struct Add {
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
    fn run(self, location: &Location) -> Result<()> {
        let email = accounts::normalize_email(&self.email)
            .ok_or_else(|| Error::Invalid(format!("“{}” is not an email address", self.email)))?;
        let hash = accounts::hash_password(&password()?)?;
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
            let scope = find_scope(db, &scope)?;
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

/// Reads the password: the first line of standard input.
fn password() -> Result<String> {
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

/// The scope for text such as `school:oak`, `round:vision-2031`, or `district`.
fn find_scope(db: &mut Db, text: &str) -> Result<Scope> {
    match text.split_once(':') {
        None if text == "district" => Ok(Scope::District),
        Some(("school", key)) => {
            let keys: Vec<String> = district::schools(db)?
                .into_iter()
                .map(|school| school.key)
                .collect();
            if keys.iter().any(|known| known == key) {
                Ok(Scope::School(key.to_owned()))
            } else {
                Err(Error::Invalid(format!(
                    "there is no school “{key}”; there are: {}",
                    keys.join(", ")
                )))
            }
        }
        Some(("forum" | "session", slug)) => {
            let forums = forums::list(db)?;
            let slugs: Vec<&str> = forums.iter().map(|forum| forum.slug.as_str()).collect();
            let found = forums.iter().find(|forum| forum.slug == slug);
            found
                .map(|forum| Scope::Forum(forum.id.clone()))
                .ok_or_else(|| {
                    Error::Invalid(format!(
                        "there is no forum “{slug}”; there are: {}",
                        slugs.join(", ")
                    ))
                })
        }
        Some(("round", slug)) => Ok(Scope::Round(round(db, slug)?.id)),
        _ => Err(Error::Invalid(format!(
            "“{text}” is not a scope: use district, school:KEY, round:SLUG, or forum:SLUG"
        ))),
    }
}
