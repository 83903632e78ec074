//! The demo: two rounds in their own folder, imported with the same functions as any district's files.

mod folder;
mod steps;

use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use crate::audit::Actor;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::files::private;
pub use folder::{Folder, prepare};

/// The email address to sign in to the demo.
pub const EMAIL: &str = "planner@riverside.example";

/// The demo's password. It's public, so it's used only if the server is reachable only from this computer.
pub const PASSWORD: &str = "listen to riverside";

/// The made-up district and its current round.
#[derive(RustEmbed)]
#[folder = "fixtures/riverside/"]
struct Riverside;

/// The round of a real city.
#[derive(RustEmbed)]
#[folder = "fixtures/bowling-green/"]
struct BowlingGreen;

/// The state shared by the loading steps.
struct Loading<'a> {
    database: &'a Database,
    /// The folder with the files to load.
    files: PathBuf,
    /// The command line as the actor, with the current time.
    actor: Actor,
}

/// Loads the demo into an empty database and unpacks its source files next to it. Calls `told` before each step.
pub fn load(
    database: &Database,
    folder: &Path,
    actor: Actor,
    mut told: impl FnMut(&str),
) -> Result<()> {
    let files = folder.join("files");
    unpack::<Riverside>(&files.join("riverside"))?;
    unpack::<BowlingGreen>(&files.join("bowling-green"))?;
    let mut loading = Loading {
        database,
        files,
        actor,
    };
    for (what, step) in steps::STEPS {
        told(what);
        step(&mut loading).map_err(|error| match error {
            Error::Invalid(reason) => Error::Invalid(format!("{what}: {reason}")),
            other => other,
        })?;
    }
    Ok(())
}

/// Writes the embedded files to a folder.
fn unpack<Files: RustEmbed>(folder: &Path) -> Result<()> {
    for name in Files::iter() {
        let Some(file) = Files::get(&name) else {
            continue;
        };
        let path = folder.join(name.as_ref());
        let written = path
            .parent()
            .map_or(Ok(()), private::make_folder)
            .and_then(|()| std::fs::write(&path, &file.data));
        written.map_err(|error| Error::Invalid(format!("{}: {error}", path.display())))?;
    }
    Ok(())
}
