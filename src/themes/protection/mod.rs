//! What staff should see before anyone else does: comments that may speak of somebody's safety, and words that may tell who somebody is.

pub mod identity;
pub mod safety;
pub mod watch;
