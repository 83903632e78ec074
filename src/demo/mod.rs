//! The demo: two rounds in a folder of its own, loaded by the same functions that bring in any district's files.

mod folder;
mod steps;

use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use crate::audit::Actor;
use crate::db::Database;
use crate::error::{Error, Result};
pub use folder::{Folder, prepare};

/// The address with which one signs in to the demo.
pub const EMAIL: &str = "planner@riverside.example";

/// The password that goes with it, known to everybody: it serves only where nobody but this machine can come.
pub const PASSWORD: &str = "listen to riverside";

#[derive(RustEmbed)]
#[folder = "fixtures/"]
#[include = "riverside/*"]
#[include = "bowling-green/*"]
struct Fixtures;

/// What the steps of loading work with.
struct Loading<'a> {
    database: &'a Database,
    /// Where the files lie that are loaded.
    files: PathBuf,
    /// The command line, now.
    actor: Actor,
}

/// Loads the demo into a fresh database, and puts the files that it is made from next to it. `told` is called with what
/// is done next.
pub fn load(
    database: &Database,
    folder: &Path,
    actor: Actor,
    mut told: impl FnMut(&str),
) -> Result<()> {
    let files = folder.join("files");
    unpack(&files)?;
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

/// Writes the files that travel inside the program into a folder.
fn unpack(folder: &Path) -> Result<()> {
    for name in Fixtures::iter() {
        let Some(file) = Fixtures::get(&name) else {
            continue;
        };
        let path = folder.join(name.as_ref());
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, &file.data));
        written.map_err(|error| Error::Invalid(format!("{}: {error}", path.display())))?;
    }
    Ok(())
}
