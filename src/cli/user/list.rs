//! `chorus user list`

use clap::Args;

use super::scope;
use crate::accounts;
use crate::cli::Location;
use crate::cli::console::say;
use crate::error::Result;

/// List the people who can sign in, with their roles
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  chorus user list --data /var/lib/chorus

One line for each account: the email address, the name, and the roles with where they apply, separated by tabs.")]
pub(super) struct List {}

impl List {
    #[expect(clippy::unused_self, reason = "as every command")]
    pub(super) fn run(self, location: &Location) -> Result<()> {
        let lines = location.existing_database()?.read(|db| {
            let mut lines = Vec::new();
            for account in accounts::list(db)? {
                let mut roles = Vec::new();
                for grant in &account.grants {
                    roles.push(format!("{} {}", grant.role, scope::text(db, &grant.scope)?));
                }
                let roles = match roles.as_slice() {
                    _ if account.disabled => "disabled".to_owned(),
                    [] => "no role".to_owned(),
                    roles => roles.join(", "),
                };
                lines.push(format!("{}\t{}\t{roles}", account.email, account.name));
            }
            Ok(lines)
        })?;
        if lines.is_empty() {
            return say("Nobody can sign in yet: `chorus user add` adds the first person.");
        }
        lines.iter().try_for_each(say)
    }
}
