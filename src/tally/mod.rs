//! Sets and their algebra: every number is the size of a set, and the set can be opened.
//!
//! An element is a voice: a submitted response, or all rows of one person in an imported file. Tables of a forum stand
//! beside, with their notes, and are never added to people.

mod changes;
mod facet;
mod filter;
mod follow;
pub mod gate;
mod index;
mod remark_set;
mod sets;

pub use facet::{Facet, RemarkFacet};
pub use filter::{Chip, Filter};
pub use follow::{RemarkChange, catch_up};
pub use index::{Index, RemarkRow, TableRow};
pub use remark_set::Tables;
