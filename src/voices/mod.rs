//! The public pages: what was heard and what came of it, published by a named person, with links from a goal to a
//! comment and back.
//!
//! This is the last feature in the chain, because it reads all the others. All public counts come from a snapshot. A
//! snapshot is frozen, its small counts are suppressed, and it can only be unpublished as a whole.

mod build;
mod cells;
mod decided;
mod difference;
mod earlier;
mod figures;
mod material;
mod pages;
mod participation;
mod protection;
mod publish;
mod readiness;
mod said;
mod sample_rounds;
mod shelf;
mod snapshot;
mod store;
mod whereabouts;

pub use build::build;
pub use difference::difference;
pub use material::{Answered, IntentCounts, Material, ThemeVoices, gather};
pub use pages::{routes, samples};
pub use publish::{Draft, draft, publish};
pub use readiness::{Gap, Untranslated, gaps, untranslated};
pub use shelf::Shelf;
pub use snapshot::Snapshot;
