//! Sets and their algebra: every number is the size of a set, and the set can be opened.
//!
//! An element is a voice: a submitted response, or all rows of one person in an imported file. Tables of a forum stand
//! beside, with their notes, and are never added to people.

mod answered;
mod changes;
mod chips;
mod facet;
mod filter;
mod filtered;
mod follow;
pub mod gate;
mod gauge;
mod index;
mod remark_set;
mod sets;
mod sight;
mod view;

pub use chips::{Chips, Names};
pub use facet::{Facet, Part, RemarkFacet};
pub use filter::{Chip, Filter};
pub use follow::{RemarkChange, catch_up};
pub use gauge::{Gauge, percent, width};
pub use index::{Index, RemarkRow, TableRow};
pub use remark_set::Tables;
pub use sight::Sight;
pub use view::{View, ViewColumn};
