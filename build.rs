//! Embeds the commit in the program and tells cargo to rebuild when migrations change.
//!
//! Only release builds look up the commit, because it would otherwise trigger a full rebuild after each commit. A
//! packager can set `CHORUS_COMMIT`; otherwise the commit comes from git if this folder is the top of a repository.
//! Without either, such as in a build from a source archive, only the version is shown.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script and cargo talk through variables"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    // `cargo run` also passes what is set here to the program, which refuses settings that it doesn't know: no name
    // starts with `CHORUS_`.
    println!("cargo::rerun-if-changed=build.rs");
    // A macro reads the migrations, which cargo can't see.
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-env-changed=CHORUS_COMMIT");
    let mut version = variable("CARGO_PKG_VERSION").unwrap_or_default();
    if let Some(commit) = variable("CHORUS_COMMIT").or_else(checked_out) {
        let start: String = commit.chars().take(12).collect();
        println!("cargo::rustc-env=BUILD_COMMIT={start}");
        version = format!("{version} ({start})");
    }
    println!("cargo::rustc-env=BUILD_VERSION={version}");
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn checked_out() -> Option<String> {
    if variable("PROFILE")? != "release" {
        return None;
    }
    // A source archive unpacked inside another repository wasn't built from that repository's commit.
    let here = Path::new(&variable("CARGO_MANIFEST_DIR")?)
        .canonicalize()
        .ok()?;
    let top = Path::new(&git(&["rev-parse", "--show-toplevel"])?)
        .canonicalize()
        .ok()?;
    if here != top {
        return None;
    }
    // The log of HEAD grows with every commit and checkout. A missing file would trigger a rebuild every time.
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
