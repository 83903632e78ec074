//! Disclosure control: which counts may be seen, and by whom. Small counts reveal people, alone or by what is left when two
//! counts are subtracted.
//!
//! Three access levels. *Rows*: planners and admins see what is there. *Counts* for other staff: a set, and its difference from
//! every set that it was narrowed from, holds nobody or at least [`FEW`]. *Public*: nothing but published tables, with
//! columns of at least [`BASE`], shares capped, and nothing that the totals would reveal.

mod bounds;
mod counts;
mod network;
mod public;
mod staff;
mod table;

pub use bounds::{Bounds, Count};
pub use counts::{Shape, show_counts};
pub use public::{Column, PublicCell, PublicRow, fold, publish};
pub use staff::{AccessLevel, Shown, ShownRow, ShownTable, show_table, staff};
pub use table::{Layout, Row};

/// The smallest set of people, other than nobody, that staff without rows and the public may learn the size of.
pub const FEW: u64 = 5;

/// Whether so many people are too few to be told of: between one and four.
pub fn is_few(people: u64) -> bool {
    (1..FEW).contains(&people)
}

/// The smallest number of people that a published column stands for.
pub const BASE: u64 = 10;

/// How many values a hidden count may have, given everything that is shown, at the least.
pub const VALUES: u64 = 3;
