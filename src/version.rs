//! The version of this build.

/// The version in `Cargo.toml`.
pub const NUMBER: &str = env!("CARGO_PKG_VERSION");

/// The first 12 characters of the commit hash, if known; see `build.rs`.
pub const COMMIT: Option<&str> = option_env!("BUILD_COMMIT");

/// The version with the commit, if known: `0.2.0 (1a2b3c4d5e6f)`.
pub const FULL: &str = env!("BUILD_VERSION");
