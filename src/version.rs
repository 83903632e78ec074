//! Which Chorus this is.

/// The version, as `Cargo.toml` says it.
pub const NUMBER: &str = env!("CARGO_PKG_VERSION");

/// The start of the commit it was built from; `build.rs` says when it is known.
pub const COMMIT: Option<&str> = option_env!("CHORUS_BUILT_FROM");

/// The version, with its commit where it is known: `0.2.0 (1a2b3c4d5e6f)`.
pub const FULL: &str = env!("CHORUS_VERSION");
