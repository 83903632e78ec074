//! Sets and set algebra: every number is the size of a set, and the set can be opened.
//!
//! The elements are voices: submitted responses, or all rows of one person in an imported file. Forum tables and their
//! notes are counted separately and never added to people.

mod access;
mod answered;
mod changes;
mod chips;
mod comment_set;
pub mod disclosure;
mod facet;
mod filter;
mod filtered;
mod follow;
mod gauge;
mod index;
mod names;
mod sets;
mod view;

pub use access::AccessLevel;
pub use chips::Chips;
pub use comment_set::Tables;
pub use facet::{CommentFacet, Facet, Part};
pub use filter::{Chip, Filter};
pub use follow::{CommentChange, catch_up};
pub use gauge::{Gauge, percent, width};
pub use index::{CommentRow, Index, TableRow};
pub use names::Names;
pub use view::{View, ViewColumn};
