//! The public side: what was heard and what came of it, as a named person published it, from a goal to a voice and back.
//!
//! The last feature of the story, because it reads all the others. Whatever is public and counted comes from a snapshot: frozen,
//! with small counts suppressed, and taken back as a whole.

mod build;
mod difference;
mod material;
mod model;
mod pages;
mod publish;
mod readiness;
mod said;
mod sample_rounds;
mod shelf;
mod snapshot;
mod store;
mod together;
mod whereabouts;

pub use build::build;
pub use difference::difference;
pub use material::{Answered, Asked, Material, Named, gather};
pub use model::{Edition, SnapshotId};
pub use pages::{routes, samples};
pub use publish::{Draft, draft, publish};
pub use readiness::{Gap, Untranslated, gaps, untranslated};
pub use shelf::Shelf;
pub use snapshot::Snapshot;
pub use store::{content, editions, insert, published_rounds, status, take_back};
