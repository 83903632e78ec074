//! Folders and files that only their owner can read. What families say, and who follows the results, is in them.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Creates a folder and the missing ones above it, all closed to other users. A folder that exists stays as it is.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER);
    builder.create(path)
}

/// Creates an empty file that is closed to other users. A file that exists stays as it is.
pub fn make_file(path: &Path) -> io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE);
    match options.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

#[cfg(unix)]
const FOLDER: u32 = 0o700;
#[cfg(unix)]
const FILE: u32 = 0o600;

/// Closes a folder and everything in it to other users, and returns what was open to them.
#[cfg(unix)]
pub fn close_to_others(path: &Path) -> io::Result<Vec<PathBuf>> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = std::fs::symlink_metadata(path)?;
    if metadata.is_symlink() {
        return Ok(Vec::new());
    }
    let mut closed = Vec::new();
    if metadata.permissions().mode() & 0o077 != 0 {
        let mode = if metadata.is_dir() { FOLDER } else { FILE };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))?;
        closed.push(path.to_owned());
    }
    if metadata.is_dir() {
        for entry in std::fs::read_dir(path)? {
            match close_to_others(&entry?.path()) {
                // SQLite removes its extra files when the last connection is closed.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                found => closed.extend(found?),
            }
        }
    }
    Ok(closed)
}

/// Other systems have no such permissions.
#[cfg(not(unix))]
pub fn close_to_others(_: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(Vec::new())
}
