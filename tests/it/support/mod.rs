//! What the tests use: a running Chorus, a browser without a window, and pages to read.

mod app;
mod browser;
mod contents;
mod crawl;
mod folder;
mod place;
mod planning;
mod program;
mod queries;
mod queued;
mod reader;
mod reply;
mod survey;
mod town;

use std::path::{Path, PathBuf};

pub(crate) use app::{PASSWORD, TestApp, fixture, fixture_path};
pub(crate) use browser::Browser;
pub(crate) use folder::Folder;
pub(crate) use place::{Place, is_postgres};
pub(crate) use planning::whole_round;
pub(crate) use program::{Outcome, Program, Running, chorus};
pub(crate) use queries::{listen, queries};
pub(crate) use queued::Queued;
pub(crate) use reader::{Layout, PublicRow, Reader};
pub(crate) use reply::Reply;
pub(crate) use survey::survey;
pub(crate) use town::{CODEBOOK, DESK, Said, said};

/// Every file in a folder of the repository with this ending: its path from the root and its text, sorted.
pub(crate) fn files_below(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn collect(root: &Path, folder: &Path, ending: &str, files: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if root.join(&path).is_dir() {
                collect(root, &path, ending, files);
            } else if path.extension().is_some_and(|found| found == ending) {
                let text = std::fs::read_to_string(root.join(&path)).unwrap();
                files.push((path, text));
            }
        }
    }
    let mut files = Vec::new();
    collect(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        Path::new(folder),
        ending,
        &mut files,
    );
    files.sort();
    files
}
