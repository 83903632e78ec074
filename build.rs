//! Tells the program which commit it is built from, and cargo when the schema's steps have changed.
//!
//! Only release builds look for the commit: it would otherwise build everything again after each commit. A packager sets
//! `CHORUS_COMMIT`; else the commit is git's, if this folder is the top of a repository. Without either the program goes
//! by its version alone, as in a build from a source archive.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "this is how a build script and cargo talk to each other"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The steps are read by a macro, which cargo cannot see.
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-env-changed=CHORUS_COMMIT");
    let mut version = variable("CARGO_PKG_VERSION").unwrap_or_default();
    if let Some(commit) = variable("CHORUS_COMMIT").or_else(checked_out) {
        let start: String = commit.chars().take(12).collect();
        println!("cargo::rustc-env=CHORUS_BUILT_FROM={start}");
        version = format!("{version} ({start})");
    }
    println!("cargo::rustc-env=CHORUS_VERSION={version}");
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn checked_out() -> Option<String> {
    if variable("PROFILE")? != "release" {
        return None;
    }
    // An archive that was unpacked inside some other repository is not built from that one's commit.
    let here = Path::new(&variable("CARGO_MANIFEST_DIR")?)
        .canonicalize()
        .ok()?;
    let top = Path::new(&git(&["rev-parse", "--show-toplevel"])?)
        .canonicalize()
        .ok()?;
    if here != top {
        return None;
    }
    // The log of HEAD grows with every commit and checkout. A file that is missing would mean building every time.
    let log = PathBuf::from(git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    if log.exists() {
        println!("cargo::rerun-if-changed={}", log.display());
    }
    git(&["rev-parse", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}
