//! Finds what staff should see first: comments that may be about somebody's safety, and text that may identify
//! somebody.

pub mod identity;
pub mod safety;
pub mod watch;
