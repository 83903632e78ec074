//! A codebook applied to the comments of a round.
//!
//! `live` keeps the node's one `index` and catches it up before each page; `coded` applies a codebook version to it;
//! `selection` is what an address asks for; `moves` is what changed between two versions.

mod coded;
mod index;
mod live;
pub mod moves;
pub(crate) mod selection;

pub use coded::{Coded, Coding};
pub use index::Index;
pub use live::Live;
