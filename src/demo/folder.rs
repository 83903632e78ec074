//! The demo's folder, recognized by a marker file.

use std::io::ErrorKind;
use std::path::Path;

use crate::error::{Error, Result};
use crate::files::private;

/// The name of the marker file.
const MARK: &str = "chorus-demo.txt";

/// The marker's text once the demo is loaded.
const READY: &str = "This folder was made by `chorus demo`. Delete it to start over.\n";

/// The marker's text while the demo is loading.
const UNFINISHED: &str = "This folder is being filled by `chorus demo`.\n";

/// The state of the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// It's empty except for the marker. Load the demo, then call [`Folder::finish`].
    Fresh,
    /// It holds a loaded demo.
    Ready,
}

/// Finds or creates the demo's folder. A folder with other content is an error; a partially loaded demo is removed.
pub fn prepare(path: &Path) -> Result<Folder> {
    let failed =
        |error: std::io::Error| Error::Invalid(format!("cannot write {}: {error}", path.display()));
    match std::fs::read_to_string(path.join(MARK)) {
        Ok(text) if text == READY => return Ok(Folder::Ready),
        Ok(_) => clear(path).map_err(failed)?,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            private::make_folder(path).map_err(failed)?;
            if std::fs::read_dir(path).map_err(failed)?.next().is_some() {
                return Err(Error::Invalid(format!(
                    "{} is not empty and was not made by `chorus demo`: choose another folder with --data",
                    path.display()
                )));
            }
        }
        Err(error) => return Err(failed(error)),
    }
    std::fs::write(path.join(MARK), UNFINISHED).map_err(failed)?;
    Ok(Folder::Fresh)
}

impl Folder {
    /// Marks the folder as loaded so that the next start keeps it.
    pub fn finish(path: &Path) -> Result<()> {
        std::fs::write(path.join(MARK), READY)
            .map_err(|error| Error::Invalid(format!("cannot write {}: {error}", path.display())))
    }
}

/// Removes the demo's database and source files and nothing else.
fn clear(path: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name == "files" {
            std::fs::remove_dir_all(entry.path())?;
        } else if name.starts_with("chorus.sqlite") {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_demo_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo");
        assert_eq!(prepare(&path).unwrap(), Folder::Fresh);
        Folder::finish(&path).unwrap();
        std::fs::write(path.join("chorus.sqlite"), "rows").unwrap();
        assert_eq!(prepare(&path).unwrap(), Folder::Ready);
        assert!(path.join("chorus.sqlite").exists());
    }

    #[test]
    fn an_unfinished_demo_starts_over() {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path()).unwrap();
        for name in ["chorus.sqlite", "chorus.sqlite-wal", "secret.key"] {
            std::fs::write(folder.path().join(name), "half").unwrap();
        }
        assert_eq!(prepare(folder.path()).unwrap(), Folder::Fresh);
        assert!(!folder.path().join("chorus.sqlite").exists());
        assert!(!folder.path().join("chorus.sqlite-wal").exists());
        assert!(folder.path().join("secret.key").exists());
    }

    #[test]
    fn a_folder_with_other_files_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("letters.txt"), "mine").unwrap();
        let error = prepare(folder.path()).unwrap_err();
        assert!(error.to_string().contains("is not empty"), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
